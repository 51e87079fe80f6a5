"""Lists: iterate their items, or their pages if you want what else a page says."""

from collections.abc import AsyncIterator, Iterator
from typing import Any, Generic, TypeVar, cast

from google.protobuf.message import Message

from upnext_client._calls import AsyncCalls, Calls

Item = TypeVar("Item")
Page = TypeVar("Page", bound=Message)


class _Pages(Generic[Item, Page]):
    """A list that nobody has asked for yet; each iteration asks anew. The timeout is that of each
    page."""

    def __init__(
        self, calls: Any, path: str, request: Message, response: type[Page], items: str, timeout: float | None
    ) -> None:
        self._calls, self._path, self._request, self._response = calls, path, request, response
        self._items, self._timeout = items, timeout

    def _first(self) -> Any:
        request = type(self._request)()
        request.CopyFrom(self._request)
        return request

    def _of(self, page: Page) -> list[Item]:
        return cast(list[Item], list(getattr(page, self._items)))


class Pages(_Pages[Item, Page]):
    """A list whose items are read page by page as they are iterated."""

    _calls: Calls

    def __iter__(self) -> Iterator[Item]:
        for page in self.pages():
            yield from self._of(page)

    def pages(self) -> Iterator[Page]:
        """The answers themselves."""
        request = self._first()
        while True:
            page = self._calls.unary(self._path, request, self._response, self._timeout)
            yield page
            request.page_token = getattr(page, "next_page_token")
            if not request.page_token:
                return


class AsyncPages(_Pages[Item, Page]):
    """A list whose items are read page by page as they are iterated."""

    _calls: AsyncCalls

    async def __aiter__(self) -> AsyncIterator[Item]:
        async for page in self.pages():
            for item in self._of(page):
                yield item

    async def pages(self) -> AsyncIterator[Page]:
        """The answers themselves."""
        request = self._first()
        while True:
            page = await self._calls.unary(self._path, request, self._response, self._timeout)
            yield page
            request.page_token = getattr(page, "next_page_token")
            if not request.page_token:
                return
