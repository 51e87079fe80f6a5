"""A sales team's first day: leads of a CSV file go through the main job, and what became of them is
drawn as a funnel.

UPNEXT_KEY=… python first_day.py leads.csv funnel.png

The file needs a header line; its first column is the id, and a column `origin` says where a lead
comes from. Needs an empty organization, the one whose key `upnext dev` prints first, and
matplotlib.
"""

import csv
import sys
import uuid
from itertools import islice

import matplotlib
import matplotlib.pyplot as plt

import upnext_client as upnext
from upnext_client import v1

LEADS = 200
SELLERS = {"ana": "Ana Ruiz", "ben": "Ben Okoro"}
STEPS = [
    {"step_id": "hello", "display_name": "Say hello", "email": {}},
    {"step_id": "pause", "wait": {"delay": {"seconds": 2}}},
    {"step_id": "call", "display_name": "Call", "phone_call": {"script": "Hi, this is …"}},
]


def load(client: upnext.Client, path: str) -> int:
    """Upserts the first leads of the file; the number of those that were taken."""
    with open(path, newline="", encoding="utf-8-sig") as file:
        rows = list(islice(csv.DictReader(file), LEADS))
    id_column = next(iter(rows[0]))
    records = [{"id": row[id_column], "attributes": {"origin": row["origin"]}} for row in rows]
    client.records.declare_attributes(record_type="lead", attributes={"origin": {"type": "STRING"}})
    answer = client.records.batch_upsert_records(record_type="lead", records=records)
    for result in answer.results:
        if result.HasField("error"):
            print(upnext.from_status(result.error))
    return sum(result.HasField("upserted") for result in answer.results)


def design(client: upnext.Client) -> v1.OperationResult:
    """A sequence, and the segment that feeds it; what the backfill did."""
    for seller, name in SELLERS.items():
        client.sellers.create_seller(seller_id=seller, seller={"display_name": name})
    client.sequences.create_sequence(
        sequence_id="first-day", sequence={"display_name": "First day", "steps": STEPS})
    client.sequences.activate_sequence(name="first-day")
    segment = {"display_name": "Searchers", "condition": 'record.origin in ["organic search", "paid search"]'}
    client.segments.create_segment(segment_id="searchers", segment=segment)
    client.segments.create_assignment_rule(
        parent="searchers", assignment_rule_id="in-turn",
        assignment_rule={"display_name": "In turn", "listed": {"sellers": list(SELLERS)}, "distribution": "ROUND_ROBIN"})
    client.segments.connect_sequence(name="searchers", sequence="first-day")
    backfill = client.segments.activate_segment(name="searchers", backfill=True).backfill_operation
    return client.wait(backfill, lambda p: print(f"backfill: {p.done_count} of {p.total_count}"))


def work(client: upnext.Client, seller: str) -> dict[str, int]:
    """Does what is on a seller's queue until nothing is due and nothing waits; every third call
    reaches nobody."""
    done = {"Say hello": 0, "Call": 0, "reached": 0}
    with client.watch(f"sellers/{seller}", window=500) as queue:
        queue.wait(lambda q: q.live)
        while queue.head or queue.next_due_time:
            queue.wait(lambda q: q.head or not q.next_due_time, 60)
            requests = []
            for activity in queue.items:
                done[activity.display_name] += 1
                is_call = activity.kind == v1.Activity.PHONE_CALL
                outcome = ("voicemail" if done["Call"] % 3 == 0 else "made") if is_call else ""
                done["reached"] += outcome == "made"
                requests.append({"name": activity.name, "outcome": outcome, "request_id": str(uuid.uuid4())})
            if requests:
                answer = client.work_queue.batch_complete_activities(requests=requests)
                assert all(result.HasField("completed") for result in answer.results)
                closed = {request["name"] for request in requests}
                queue.wait(lambda q: not closed & {a.name for a in q.items}, 60)
    return done


def draw(stages: dict[str, int], path: str) -> None:
    matplotlib.use("Agg")
    figure, axes = plt.subplots(figsize=(8, 4))
    bars = axes.barh(list(stages), list(stages.values()), color="#2f6f8f")
    axes.bar_label(bars, padding=4)
    axes.invert_yaxis()
    axes.set_title("What became of the first day's leads")
    axes.spines[["top", "right", "bottom"]].set_visible(False)
    axes.set_xticks([])
    figure.tight_layout()
    figure.savefig(path, dpi=120)


def main(path: str, picture: str) -> None:
    with upnext.Client() as client:
        leads = load(client, path)
        enrolled = design(client).enrolled_count
        done = [work(client, seller) for seller in SELLERS]
        finished = sum(1 for _ in client.enrollments.list_enrollments(
            filter='enrollment.sequence == "first-day" && enrollment.state == "COMPLETED"', page_size=1000))
    total = {name: sum(one[name] for one in done) for name in ("Say hello", "Call", "reached")}
    stages = {"Leads": leads, "Enrolled": enrolled, "Emails sent": total["Say hello"], "Calls made": total["Call"],
              "Reached": total["reached"]}
    assert finished == enrolled, f"{finished} of {enrolled} have gone through"
    print(stages)
    draw(stages, picture)


if __name__ == "__main__":
    main(*sys.argv[1:])
