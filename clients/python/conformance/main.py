"""Runs the scenario that every SDK runs, or listens to a queue for the fault test.

python main.py scenario FILE [async]      python main.py listen QUEUE
"""

import asyncio
import datetime
import json
import logging
import os
import pathlib
import sys
import uuid
from typing import Any

from google.protobuf import json_format

# JSON of a batch's errors names its types.
from google.rpc import error_details_pb2 as error_details_pb2

import upnext_client as upnext
from upnext_client import v1

CERTIFICATES = ("UPNEXT_CA", "UPNEXT_CERT", "UPNEXT_CERT_KEY")
tomorrow = datetime.datetime.now(datetime.UTC) + datetime.timedelta(days=1)


def fill(value: Any, saved: dict[str, str]) -> Any:
    """The value with `${name}` replaced by what was saved."""
    if isinstance(value, dict):
        return {name: fill(one, saved) for name, one in value.items()}
    if isinstance(value, list):
        return [fill(one, saved) for one in value]
    if isinstance(value, str):
        for name, text in {**saved, "uuid": str(uuid.uuid4())}.items():
            value = value.replace("${" + name + "}", text)
    return value


def difference(expected: Any, found: Any, path: str = "") -> str:
    """Where the answer isn't as expected; "" if it is."""
    if expected == "*":
        return "" if found else f"{path} is empty"
    if isinstance(expected, dict) and isinstance(found or {}, dict):
        found = found or {}
        return next(filter(None, (difference(e, found.get(n), f"{path}.{n}") for n, e in expected.items())), "")
    if isinstance(expected, list) and isinstance(found or [], list):
        found = found or []
        if len(expected) != len(found):
            return f"{path} has {len(found)} items, not {len(expected)}"
        return next(filter(None, (difference(e, f, f"{path}[{i}]") for i, (e, f) in enumerate(zip(expected, found)))), "")
    if expected == found or (found is None and expected in (0, "0", "", False)):
        return ""
    return f"{path} is {found!r}, not {expected!r}"


def error_json(error: upnext.UpnextError) -> Any:
    violations = [{"field": v.field, "reason": v.reason} for v in error.violations]
    return {"code": error.code.name, "reason": error.reason, "metadata": error.metadata, "violations": violations}


class Runner:
    def __init__(self, client: Any) -> None:
        run = uuid.uuid4().hex[:8]
        self.client, self.queue = client, None
        self.saved = {"run": run, "fixed": str(uuid.uuid4()), "tomorrow": tomorrow.strftime("%Y-%m-%dT%H:%M:%SZ")}

    def step(self, step: dict[str, Any]) -> str:
        try:
            found = self.do(step)
        except upnext.UpnextError as error:
            if "error" not in step:
                return f"refused: {error}"
            return difference(step["error"], error_json(error))
        if "error" in step:
            return "not refused"
        problem = difference(step.get("expect", {}), found)
        for name, path in {}.items() if problem else step.get("save", {}).items():
            value = found
            for part in path.split("."):
                value = value[int(part)] if part.isdigit() else value[part]
            self.saved[name] = value
        return problem

    def do(self, step: dict[str, Any]) -> Any:
        if "call" in step:
            client = upnext.Client(key=step["key"]) if "key" in step else self.client
            return self.pages(client, step) if "pages" in step else self.call(client, step)
        if "wait" in step:
            return as_json(self.client.wait(step["wait"], lambda progress: None))
        if "watch" in step:
            self.queue = self.client.watch(step["watch"])
        self.queue.wait(lambda queue: queue.live and len(queue.items) == step["until"], 20)
        return {}

    def call(self, client: Any, step: dict[str, Any]) -> Any:
        request, response = messages(step)
        return as_json(client.calls.unary(f"/upnext.v1.{step['call']}", request, response, None))

    def pages(self, client: Any, step: dict[str, Any]) -> Any:
        request, response = messages(step)
        listed = list(upnext.Pages[Any, Any](client.calls, f"/upnext.v1.{step['call']}", request, response, step["pages"], None))
        assert len(listed) == step.get("count", len(listed)) and len(listed) >= step.get("atLeast", 0), len(listed)
        return {}


class AsyncRunner(Runner):
    """The same over an event loop."""

    def __init__(self) -> None:
        self.loop = asyncio.new_event_loop()
        super().__init__(self.loop.run_until_complete(self.make(None)))

    async def make(self, key: str | None) -> upnext.AsyncClient:
        return upnext.AsyncClient(key=key)

    def do(self, step: dict[str, Any]) -> Any:
        return self.loop.run_until_complete(asyncio.wait_for(self.do_async(step), 30))

    async def do_async(self, step: dict[str, Any]) -> Any:
        if "call" in step:
            client = upnext.AsyncClient(key=step["key"]) if "key" in step else self.client
            request, response = messages(step)
            path = f"/upnext.v1.{step['call']}"
            if "pages" not in step:
                return as_json(await client.calls.unary(path, request, response, None))
            pages = upnext.AsyncPages[Any, Any](client.calls, path, request, response, step["pages"], None)
            listed = [item async for item in pages]
            assert len(listed) == step.get("count", len(listed)) and len(listed) >= step.get("atLeast", 0), len(listed)
            return {}
        if "wait" in step:
            return as_json(await self.client.wait(step["wait"], lambda progress: None))
        if "watch" in step:
            self.queue = self.client.watch(step["watch"])
        await self.queue.wait(lambda queue: queue.live and len(queue.items) == step["until"])
        return {}


def messages(step: dict[str, Any]) -> Any:
    method = step["call"].rpartition("/")[2]
    return json_format.ParseDict(step["request"], getattr(v1, method + "Request")()), getattr(v1, method + "Response")


def as_json(message: Any) -> Any:
    return json_format.MessageToDict(message)


def scenario(path: str, runner: Runner) -> None:
    with open(path, encoding="utf-8") as text:
        steps = json.load(text)
    for number, step in enumerate(steps, 1):
        problem = runner.step(fill(step, runner.saved))
        if problem:
            sys.exit(f"step {number}, {step['do']}: {problem}")
    print(f"{len(steps)} steps as promised")


def connect() -> upnext.Client:
    """As the driver says: with certificates, or a key that is read from its file before each
    call."""
    pem = {name: pathlib.Path(file).read_bytes() for name, file in os.environ.items() if name in CERTIFICATES}
    certificate = (pem["UPNEXT_CERT"], pem["UPNEXT_CERT_KEY"]) if "UPNEXT_CERT" in pem else None
    file = os.environ.get("UPNEXT_KEY_FILE")
    key = pathlib.Path(file).read_text if file else None
    return upnext.Client(key=key, roots=pem.get("UPNEXT_CA"), certificate=certificate)


def listen(name: str) -> None:
    logging.basicConfig(level=logging.DEBUG, format="%(asctime)s %(message)s")
    with connect() as client, client.watch(name, window=500) as queue:
        for _ in sys.stdin:
            items = [[activity.name, activity.etag] for activity in queue.items]
            names = [name for name, _ in items]
            print(json.dumps({
                "revision": queue.revision, "live": queue.live, "items": items, "due": queue.counts.due,
                "twice": len(names) - len(set(names)), "reconnects": queue.reconnects,
                "error": queue.last_error.reason if queue.last_error else "",
            }), flush=True)


if __name__ == "__main__":
    if sys.argv[1] == "listen":
        listen(sys.argv[2])
    else:
        scenario(sys.argv[2], AsyncRunner() if "async" in sys.argv else Runner(upnext.Client()))
