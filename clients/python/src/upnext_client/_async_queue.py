"""The live queue for programs with an event loop: one task keeps it in step."""

from __future__ import annotations

import asyncio
import contextlib
import datetime
from collections.abc import Callable
from types import TracebackType
from typing import Any, Self, TypeVar

from upnext_client import v1
from upnext_client._calls import AsyncCalls
from upnext_client._errors import UpnextError
from upnext_client._state import PATH, Change, QueueState, Reopening, log

Wanted = TypeVar("Wanted")
OnAsyncChange = Callable[["AsyncQueue", Change], None]


class AsyncQueue:
    """The first activities of a queue as they are now. It opens its stream again for ever; `live`
    says whether it is in step. While it isn't, the list stays as it was."""

    def __init__(self, calls: AsyncCalls, queue: str, window: int, on_change: OnAsyncChange | None) -> None:
        self._calls, self._on_change = calls, on_change
        self._state = QueueState(queue, window)
        self._reopening = Reopening(self._state, calls.credentials.asked)
        self._changed = asyncio.Condition()
        self._task = asyncio.get_running_loop().create_task(self._keep(), name=f"upnext {queue}")

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

    async def wait(self, until: Callable[[AsyncQueue], Wanted | None]) -> Wanted:
        """Waits until a condition of the queue holds, and returns what it gave, the head for
        instance; raises `last_error` once it is set. `asyncio.timeout` limits it."""
        found: Wanted | None = None

        def over() -> bool:
            nonlocal found
            found = until(self)
            return bool(found) or self.last_error is not None or self._task.done()

        async with self._changed:
            await self._changed.wait_for(over)
        if not found:
            raise self.last_error or RuntimeError("the queue is closed")
        return found

    async def close(self) -> None:
        """Ends the stream."""
        self._task.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await self._task
        async with self._changed:
            self._changed.notify_all()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.close()

    async def _keep(self) -> None:
        while True:
            error = await self._listen()
            if self._state.live:
                self._state.live = False
                await self._tell(Change())
            delay = self._reopening.after(error)
            if delay is None:
                break
            await asyncio.sleep(delay)
        async with self._changed:
            self._changed.notify_all()

    async def _listen(self) -> UpnextError | None:
        """One stream, from its opening to its end."""
        try:
            async with asyncio.timeout(self._state.silence) as silence:
                stream = self._calls.stream(PATH, self._state.request(), v1.WatchWorkQueueResponse, None)
                async for message in stream:
                    silence.reschedule(asyncio.get_running_loop().time() + self._state.silence)
                    self._reopening.heard()
                    await self._tell(self._state.apply(message))
        except UpnextError as error:
            return error
        except Exception as error:
            # Silence, or the key function's: as if the way to the server had failed.
            log.debug("queue %s: %r", self._state.queue, error)
        return None

    async def _tell(self, change: Change | None) -> None:
        async with self._changed:
            self._changed.notify_all()
        if change is None or self._on_change is None:
            return
        try:
            self._on_change(self, change)
        except Exception:
            log.exception("queue %s: on_change failed", self._state.queue)
