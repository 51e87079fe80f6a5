"""The smallest honest seller: does what is next, for ever.

UPNEXT_KEY=… python seller.py sellers/ana
"""

import sys

import upnext_client as upnext


def main() -> None:
    with upnext.Client() as client, client.watch(sys.argv[1]) as queue:
        while True:
            head = queue.wait(lambda q: q.head if q.live else None)
            print(f"{head.display_name}: {head.record_display_name}")
            is_call = head.kind == upnext.v1.Activity.PHONE_CALL
            outcome = input("outcome: ") if is_call else input("return when it is done ") and ""
            try:
                client.work_queue.complete_activity(name=head.name, outcome=outcome)
            except upnext.InvalidArgument as error:
                print(error.message)
                continue
            except upnext.FailedPrecondition as error:
                print(error.reason)  # Somebody was quicker.
            name = head.name
            queue.wait(lambda q: not q.head or q.head.name != name)


if __name__ == "__main__":
    main()
