"""What a live queue is made of, without threads or an event loop: its state, and when to open the
stream again."""

import bisect
import datetime
import logging
import random
from dataclasses import dataclass, field

import grpc

from upnext_client import v1
from upnext_client._errors import UpnextError

log = logging.getLogger("upnext_client")
PATH = "/upnext.v1.WorkQueueService/WatchWorkQueue"
FIRST_DELAY, LAST_DELAY = 0.25, 8.0
FINAL = {
    grpc.StatusCode.UNAUTHENTICATED,
    grpc.StatusCode.PERMISSION_DENIED,
    grpc.StatusCode.NOT_FOUND,
    grpc.StatusCode.INVALID_ARGUMENT,
    grpc.StatusCode.UNIMPLEMENTED,
}


@dataclass(frozen=True)
class Change:
    """What became different: activities, or only `live`."""

    added: list[v1.Activity] = field(default_factory=list)
    changed: list[v1.Activity] = field(default_factory=list)
    removed: list[v1.Activity] = field(default_factory=list)
    live: bool = False


def _is_final(error: UpnextError) -> bool:
    """Whether to open the stream again would be in vain, or would end another program's."""
    return error.code in FINAL or error.reason == "TOO_MANY_STREAMS"


class QueueState:
    """The list, in step with the messages applied to it."""

    def __init__(self, queue: str, window: int) -> None:
        self.queue, self.window = queue, window
        self.items: list[v1.Activity] = []
        self.counts = v1.QueueCounts()
        self.next_due_time: datetime.datetime | None = None
        self.revision = 0
        self.live = False
        self.last_error: UpnextError | None = None
        self.silence = 65.0
        self._token = ""
        self._pending: list[v1.WatchWorkQueueResponse] = []

    def request(self) -> v1.WatchWorkQueueRequest:
        """How to open the stream where we are."""
        self._pending = []
        return v1.WatchWorkQueueRequest(queue=self.queue, window_size=self.window, resume_token=self._token)

    def apply(self, message: v1.WatchWorkQueueResponse) -> Change | None:
        """Takes one message in; None if nobody can see a difference. What comes in parts is applied
        as a whole."""
        kind = message.WhichOneof("event")
        if kind in ("snapshot", "update") and getattr(message, kind).partial:
            self._pending.append(message)
            return None
        parts, self._pending = [*self._pending, message], []

        before = {activity.name: activity for activity in self.items}
        after = dict(before)
        for part in parts:
            _apply_to(after, part, replaces=part is parts[0])
        self._note(message, kind)
        came_live, self.live = not self.live, kind != "draining"
        return self._replace(before, after, came_live)

    def _note(self, message: v1.WatchWorkQueueResponse, kind: str | None) -> None:
        if message.resume_token:
            self._token = message.resume_token
        if kind not in ("snapshot", "update", "heartbeat"):
            return
        event = getattr(message, kind)
        self.revision = message.queue_revision or self.revision
        self.counts = event.counts
        due = event.HasField("next_due_time")
        self.next_due_time = event.next_due_time.ToDatetime(datetime.UTC) if due else None
        if kind != "update" and event.heartbeat_interval.ToTimedelta():
            self.silence = 3 * event.heartbeat_interval.ToTimedelta().total_seconds() + 5

    def _replace(
        self, before: dict[str, v1.Activity], after: dict[str, v1.Activity], came_live: bool
    ) -> Change | None:
        added = [a for name, a in after.items() if name not in before]
        changed = [a for name, a in after.items() if name in before and before[name] != a]
        removed = [a for name, a in before.items() if name not in after]
        if not (added or changed or removed or came_live):
            return None
        items: list[v1.Activity] = []
        for activity in after.values():
            bisect.insort(items, activity, key=lambda a: a.order_key.encode())
        # A new list: whoever holds the old one may go on reading it.
        self.items = items
        return Change(added, changed, removed, self.live)

    def forget_token(self) -> bool:
        """Whether there was a token to forget."""
        had, self._token = bool(self._token), ""
        return had


def _apply_to(items: dict[str, v1.Activity], message: v1.WatchWorkQueueResponse, replaces: bool) -> None:
    if message.HasField("snapshot"):
        if replaces:
            items.clear()
        items.update((activity.name, activity) for activity in message.snapshot.activities)
    elif message.HasField("update"):
        for removal in message.update.removals:
            items.pop(removal.activity, None)
        items.update((activity.name, activity) for activity in message.update.upserts)


class Reopening:
    """When a stream that ended is opened again: for ever, unless the server's answer is final."""

    def __init__(self, state: QueueState, key_is_asked: bool) -> None:
        self._state, self._key_is_asked = state, key_is_asked
        self._failures, self._heard, self._asked_again, self._told = 0, False, False, False
        self.count = 0

    def heard(self) -> None:
        """A message came: only that ends an outage, never a mere connection."""
        if self._told:
            log.info("queue %s is live again", self._state.queue)
        self._failures, self._heard, self._asked_again, self._told = 0, True, False, False

    @property
    def cut_off(self) -> bool:
        """Whether an outage was told, and isn't over."""
        return self._told

    def after(self, error: UpnextError | None) -> float | None:
        """Seconds to wait after the stream's end; None if it was final, which `last_error` then
        tells."""
        heard, self._heard = self._heard, False
        self.count += 1
        if error and _is_final(error) and not self._may_go_on(error):
            self._state.last_error = error
            log.error("queue %s ended: %s", self._state.queue, error)
            return None
        if error and error.reason == "RESUME_TOKEN_INVALID":
            return 0.0
        if error and error.reason == "STREAM_DRAINED" and heard:
            return 0.0
        self._tell(error)
        delay = min(LAST_DELAY, FIRST_DELAY * 2**self._failures) * random.uniform(0.5, 1)
        self._failures = min(self._failures + 1, 16)
        return error.retry_after.total_seconds() if error and error.retry_after else delay

    def _may_go_on(self, error: UpnextError) -> bool:
        if error.reason == "RESUME_TOKEN_INVALID":
            return self._state.forget_token()
        if error.code is grpc.StatusCode.UNAUTHENTICATED and self._key_is_asked and not self._asked_again:
            self._asked_again = True
            return True
        return False

    def _tell(self, error: UpnextError | None) -> None:
        level = logging.DEBUG if self._told else logging.WARNING
        log.log(level, "queue %s is cut off, and opened again until it is back: %s", self._state.queue, error)
        self._told = True
