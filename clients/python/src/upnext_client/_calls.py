"""One call: key, deadline, request ids, and the error's type. Retries are the channel's, by
service_config.json."""

import uuid
from collections.abc import AsyncIterator, Iterator
from typing import TypeVar

import grpc
import grpc.aio
from google.protobuf.message import Message

from upnext_client._connect import Credentials
from upnext_client._errors import from_call

Response = TypeVar("Response", bound=Message)
DEFAULT_TIMEOUT = 30.0


def fill_request_ids(request: Message) -> None:
    """Gives the request, and each item of a batch, an id if it has none: attempts of one call share
    it."""
    for field in request.DESCRIPTOR.fields:
        if field.name == "request_id":
            if not getattr(request, "request_id"):
                setattr(request, "request_id", str(uuid.uuid4()))
        elif field.name == "requests" and field.message_type:
            for item in getattr(request, "requests"):
                fill_request_ids(item)


class Calls:
    """Calls over a channel that blocks."""

    def __init__(self, channel: grpc.Channel, credentials: Credentials) -> None:
        self._channel, self.credentials = channel, credentials

    def unary(self, path: str, request: Message, response: type[Response], timeout: float | None) -> Response:
        fill_request_ids(request)
        call = self._channel.unary_unary(path, type(request).SerializeToString, response.FromString)
        try:
            answer: Response = call(
                request, timeout=DEFAULT_TIMEOUT if timeout is None else timeout, metadata=self.credentials.metadata()
            )
        except grpc.RpcError as error:
            raise from_call(error) from None
        return answer

    def open(
        self, path: str, request: Message, response: type[Response], timeout: float | None, waits: bool = False
    ) -> grpc.Call:
        """A stream that can be cancelled from elsewhere. Without a server it fails at once, or
        waits for one."""
        call = self._channel.unary_stream(path, type(request).SerializeToString, response.FromString)
        return call(request, timeout=timeout, metadata=self.credentials.metadata(), wait_for_ready=waits)

    def stream(self, path: str, request: Message, response: type[Response], timeout: float | None) -> Iterator[Response]:
        call = self.open(path, request, response, timeout)
        try:
            yield from call
        except grpc.RpcError as error:
            raise from_call(error) from None
        finally:
            call.cancel()


class AsyncCalls:
    """Calls over a channel of an event loop."""

    def __init__(self, channel: grpc.aio.Channel, credentials: Credentials) -> None:
        self._channel, self.credentials = channel, credentials

    async def unary(self, path: str, request: Message, response: type[Response], timeout: float | None) -> Response:
        fill_request_ids(request)
        call = self._channel.unary_unary(path, type(request).SerializeToString, response.FromString)
        try:
            answer: Response = await call(
                request, timeout=DEFAULT_TIMEOUT if timeout is None else timeout, metadata=self.credentials.metadata()
            )
        except grpc.aio.AioRpcError as error:
            raise from_call(error) from None
        return answer

    async def stream(
        self, path: str, request: Message, response: type[Response], timeout: float | None
    ) -> AsyncIterator[Response]:
        call = self._channel.unary_stream(path, type(request).SerializeToString, response.FromString)(
            request, timeout=timeout, metadata=self.credentials.metadata()
        )
        try:
            async for message in call:
                yield message
        except grpc.aio.AioRpcError as error:
            raise from_call(error) from None
        finally:
            call.cancel()
