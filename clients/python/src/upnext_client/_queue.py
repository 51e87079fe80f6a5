"""The live queue for programs with threads: one thread keeps it in step."""

from __future__ import annotations

import threading
from collections.abc import Callable
from types import TracebackType
from typing import Any, Self, TypeVar

import datetime
import grpc

from upnext_client import v1
from upnext_client._calls import Calls
from upnext_client._errors import UpnextError, from_call
from upnext_client._state import PATH, Change, QueueState, Reopening, log

Wanted = TypeVar("Wanted")
OnChange = Callable[["Queue", Change], None]


class Queue:
    """The first activities of a queue as they are now. It opens its stream again for ever; `live`
    says whether it is in step. While it isn't, the list stays as it was."""

    def __init__(self, calls: Calls, queue: str, window: int, on_change: OnChange | None) -> None:
        self._calls, self._on_change = calls, on_change
        self._state = QueueState(queue, window)
        self._reopening = Reopening(self._state, calls.credentials.asked)
        self._changed = threading.Condition()
        self._closed = threading.Event()
        self._call: Any = None
        self._thread = threading.Thread(target=self._keep, name=f"upnext {queue}", daemon=True)
        self._thread.start()

    @property
    def items(self) -> list[v1.Activity]:
        """The due activities, the first one first; BASIC."""
        return list(self._state.items)

    @property
    def head(self) -> v1.Activity | None:
        """What to do next."""
        return next(iter(self._state.items), None)

    @property
    def counts(self) -> v1.QueueCounts:
        """Of the whole queue, beyond the window."""
        return self._state.counts

    @property
    def next_due_time(self) -> datetime.datetime | None:
        """When the next wait or snooze ends, if any is known."""
        return self._state.next_due_time

    @property
    def revision(self) -> int:
        """The queue's revision that the list is of."""
        return self._state.revision

    @property
    def live(self) -> bool:
        """Whether the list is in step now."""
        return self._state.live

    @property
    def last_error(self) -> UpnextError | None:
        """Why the queue has ended for good, if it has."""
        return self._state.last_error

    @property
    def reconnects(self) -> int:
        """How often its stream has ended."""
        return self._reopening.count

    def wait(self, until: Callable[[Queue], Wanted | None], timeout: float | None = None) -> Wanted:
        """Waits until a condition of the queue holds, and returns what it gave, the head for
        instance. Raises `last_error` once it is set, TimeoutError after `timeout` seconds."""
        found: Wanted | None = None

        def over() -> bool:
            nonlocal found
            found = until(self)
            return bool(found) or self.last_error is not None or self._closed.is_set()

        with self._changed:
            if not self._changed.wait_for(over, timeout):
                raise TimeoutError(f"queue {self._state.queue}: not so within {timeout} s")
        if not found:
            raise self.last_error or RuntimeError("the queue is closed")
        return found

    def close(self) -> None:
        """Ends the stream. No callback runs afterwards, unless one closes the queue itself."""
        self._closed.set()
        if self._call is not None:
            self._call.cancel()
        if threading.current_thread() is not self._thread:
            self._thread.join()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def _keep(self) -> None:
        while not self._closed.is_set():
            error = self._listen()
            if self._closed.is_set():
                break
            if self._state.live:
                self._state.live = False
                self._tell(Change())
            delay = self._reopening.after(error)
            if delay is None:
                break
            self._closed.wait(delay)
        self._state.live = False
        with self._changed:
            self._changed.notify_all()

    def _listen(self) -> UpnextError | None:
        """One stream, from its opening to its end."""
        sign, ended = threading.Event(), threading.Event()
        try:
            # gRPC notices a connection only every 5 s unless a call is waiting for it.
            waits = self._reopening.cut_off
            self._call = self._calls.open(PATH, self._state.request(), v1.WatchWorkQueueResponse, None, waits)
            threading.Thread(target=self._guard, args=(self._call, sign, ended), daemon=True).start()
            if self._closed.is_set():
                self._call.cancel()
            for message in self._call:
                sign.set()
                self._reopening.heard()
                self._tell(self._state.apply(message))
        except grpc.RpcError as error:
            return from_call(error)
        except Exception as error:
            # The key function's, say: as if the way to the server had failed.
            log.debug("queue %s: %r", self._state.queue, error)
        finally:
            ended.set()
            sign.set()
        return None

    def _guard(self, call: Any, sign: threading.Event, ended: threading.Event) -> None:
        """Cancels a stream that has been silent for too long."""
        while sign.wait(self._state.silence) and not ended.is_set():
            sign.clear()
        if not ended.is_set():
            call.cancel()

    def _tell(self, change: Change | None) -> None:
        with self._changed:
            self._changed.notify_all()
        if change is None or self._on_change is None:
            return
        try:
            self._on_change(self, change)
        except Exception:
            log.exception("queue %s: on_change failed", self._state.queue)
