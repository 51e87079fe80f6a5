"""The live queue under faults: every SDK listens to one queue while a thousand activities come, and
the way to the server is cut, closed, stalled and refused, and the server itself stopped and killed.
At the end each has the same list as ListActivities, nothing twice."""

import asyncio
import json
import os
import signal
import tempfile
import time
import uuid

import upnext_client as upnext
from proxy import Proxy
from server import Server

LEADS, AT_ONCE, WINDOW = 1000, 20, 500
PAUSE = 0.7


class Listener:
    """An SDK's `listen` program."""

    def __init__(self, name: str, command: list[str]) -> None:
        self.name, self._command = name, command
        self._log = tempfile.TemporaryFile()

    async def start(self, queue: str, environment: dict[str, str]) -> None:
        environment = {**os.environ, **environment}
        pipe = asyncio.subprocess.PIPE
        self._process = await asyncio.create_subprocess_exec(
            *self._command, "listen", queue, stdin=pipe, stdout=pipe, stderr=self._log, env=environment, limit=1 << 24
        )

    async def state(self) -> dict:
        assert self._process.stdin and self._process.stdout
        self._process.stdin.write(b"\n")
        line = await asyncio.wait_for(self._process.stdout.readline(), 30)
        if not line:
            raise RuntimeError(f"{self.name}: its program has ended")
        return json.loads(line)

    def log(self) -> str:
        """The last of what it said."""
        self._log.seek(0)
        return f"--- {self.name} ---\n" + self._log.read().decode()[-3000:]

    async def end(self) -> None:
        assert self._process.stdin
        self._process.stdin.close()
        try:
            await asyncio.wait_for(self._process.wait(), 20)
        except TimeoutError:
            self._process.kill()
            raise RuntimeError(f"{self.name}: its program doesn't end") from None


async def surely(call, **arguments):
    """A write that is sent again, with the same request ids, until the server is back."""
    deadline = time.monotonic() + 60
    while True:
        try:
            return await call(**arguments)
        except upnext.UpnextError as error:
            if error.reason not in ("", "SERVICE_UNAVAILABLE", "CONFLICT", "STREAM_DRAINED") or time.monotonic() > deadline:
                raise


class Work:
    """A seller, a sequence, and what happens to them."""

    def __init__(self, client: upnext.AsyncClient, leads: int, description: str = "") -> None:
        self.leads, self.description, self.completed = leads, description, 0
        run = uuid.uuid4().hex[:8]
        self.client, self.seller, self.sequence = client, f"ana-{run}", f"s-{run}"
        self.queue = f"sellers/{self.seller}"

    async def prepare(self) -> str:
        steps = [{"display_name": "Call", "description": self.description, "task": {}}]
        await self.client.sellers.create_seller(seller_id=self.seller, seller={"display_name": "Ana"})
        await self.client.sequences.create_sequence(
            sequence_id=self.sequence, sequence={"display_name": "Burst", "steps": steps})
        await self.client.sequences.activate_sequence(name=self.sequence)
        return await self.make_key()

    async def make_key(self) -> str:
        """A key of the seller's, which `end_of_the_key` takes back."""
        key = {"display_name": "Ana", "roles": ["SALESPERSON"], "seller": self.seller}
        made = await self.client.api_keys.create_api_key(api_key=key)
        self.key = made.api_key.name
        return made.secret

    async def burst(self) -> None:
        for first in range(0, self.leads, AT_ONCE):
            names = [f"{self.seller}-{n}" for n in range(first, first + AT_ONCE)]
            records = [{"id": name, "owner": self.seller} for name in names]
            await surely(self.client.records.batch_upsert_records, record_type="lead", records=records)
            requests = [
                {"record": f"recordTypes/lead/records/{name}", "sequence": self.sequence, "request_id": str(uuid.uuid4())}
                for name in names
            ]
            enrolled = await surely(self.client.enrollments.batch_enroll_records, requests=requests)
            failed = [upnext.from_status(r.error) for r in enrolled.results if r.HasField("error")]
            assert not failed, failed[0]
            await self.complete_two()

    async def complete_two(self) -> None:
        page = await surely(self.client.calls.unary, path="/upnext.v1.WorkQueueService/ListActivities",
                            request=upnext.v1.ListActivitiesRequest(queue=self.queue, page_size=2),
                            response=upnext.v1.ListActivitiesResponse, timeout=None)
        for activity in page.activities:
            await surely(self.client.work_queue.complete_activity, name=activity.name, request_id=str(uuid.uuid4()))
            self.completed += 1

    async def first(self) -> list[list[str]]:
        listed = []
        async for activity in self.client.work_queue.list_activities(queue=self.queue, page_size=WINDOW):
            listed.append([activity.name, activity.etag])
        assert len(listed) == self.leads - self.completed, f"{len(listed)} activities: something was done twice, or not"
        return listed[:WINDOW]


async def disturb(proxy: Proxy, server: Server, working: asyncio.Task) -> int:
    """Every fault in turn, until each came once and the work is done."""
    faults = [
        lambda: proxy.cut(),
        lambda: proxy.close(),
        lambda: proxy.stall(1.5),
        lambda: proxy.refuse(1),
        lambda: server.restart(signal.SIGTERM),
        lambda: server.restart(signal.SIGKILL),
    ]
    count = 0
    while count < len(faults) or not working.done():
        await asyncio.sleep(PAUSE)
        await faults[count % len(faults)]()
        count += 1
    return count


async def agree(listeners: list[Listener], expected: list[list[str]], within: float = 60) -> None:
    """Each has the list, live and in order, within so many seconds."""
    deadline = time.monotonic() + within
    for listener in listeners:
        while True:
            state = await listener.state()
            if state["live"] and state["items"] == expected:
                break
            if time.monotonic() > deadline:
                raise RuntimeError(f"{listener.name}: {len(state['items'])} items at revision {state['revision']},"
                                   f" live {state['live']}, error {state['error']!r}: not those of ListActivities")
            await asyncio.sleep(0.1)
        assert state["twice"] == 0, f"{listener.name}: {state['twice']} twice"
        print(f"{listener.name}: the same {len(expected)} activities after {state['reconnects']} reconnects")


async def end_of_the_key(work: Work, listeners: list[Listener]) -> None:
    """A key that is taken back ends the queue for good."""
    await work.client.api_keys.revoke_api_key(name=work.key)
    await all_end(listeners, "CREDENTIALS_INVALID")


async def all_end(listeners: list[Listener], reason: str) -> None:
    """Each ends for good, with this reason."""
    deadline = time.monotonic() + 15
    for listener in listeners:
        while (state := await listener.state())["error"] != reason:
            if time.monotonic() > deadline:
                raise RuntimeError(f"{listener.name}: has not ended with {reason}: {state['error']!r}")
            await asyncio.sleep(0.1)
        assert not state["live"], f"{listener.name}: live after its end"


async def too_large_for_one_message(client: upnext.AsyncClient, server: Server, commands: dict[str, list[str]]) -> None:
    """A snapshot beyond 4 MiB comes in parts, and is one list all the same."""
    work = Work(client, WINDOW + 3 * AT_ONCE, "🙂" * 2000)
    secret = await work.prepare()
    await work.burst()
    listeners = [Listener(name, command) for name, command in commands.items()]
    for listener in listeners:
        await listener.start(work.queue, {"UPNEXT_ADDRESS": f"127.0.0.1:{server.port}", "UPNEXT_KEY": secret})
    await agree(listeners, await work.first())
    for listener in listeners:
        await listener.end()


async def run(server: Server, commands: dict[str, list[str]]) -> None:
    proxy = Proxy(server.port)
    await proxy.start()
    listeners = [Listener(name, command) for name, command in commands.items()]
    async with upnext.AsyncClient(f"127.0.0.1:{server.port}", server.key) as client:
        work = Work(client, LEADS)
        secret = await work.prepare()
        for listener in listeners:
            await listener.start(work.queue, {"UPNEXT_ADDRESS": f"127.0.0.1:{proxy.port}", "UPNEXT_KEY": secret})

        begun = time.monotonic()
        working = asyncio.create_task(work.burst())
        count = await disturb(proxy, server, working)
        await working
        print(f"{LEADS} leads and {count} faults in {time.monotonic() - begun:.0f} s")
        try:
            await agree(listeners, await work.first())
            await end_of_the_key(work, listeners)
        except Exception:
            print(*(listener.log() for listener in listeners), sep="\n")
            raise
        for listener in listeners:
            await listener.end()
        await too_large_for_one_message(client, server, commands)
