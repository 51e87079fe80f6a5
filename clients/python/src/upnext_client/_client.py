"""A client: the services, waiting for an operation, and the live queue."""

from __future__ import annotations

import threading
from collections.abc import Callable
from types import TracebackType
from typing import Self

import grpc
import grpc.aio
from google.longrunning import operations_pb2
from google.protobuf import duration_pb2

from upnext_client import v1
from upnext_client._async_queue import AsyncQueue, OnAsyncChange
from upnext_client._calls import AsyncCalls, Calls
from upnext_client._connect import OPTIONS, Credentials, Key, target
from upnext_client._errors import from_status
from upnext_client._queue import OnChange, Queue
from upnext_client.v1 import async_services, services

OnProgress = Callable[[v1.OperationMetadata], None]
WAIT = "/google.longrunning.Operations/WaitOperation"


def _tls(roots: bytes | None, certificate: tuple[bytes, bytes] | None) -> grpc.ChannelCredentials:
    chain, private_key = certificate or (None, None)
    return grpc.ssl_channel_credentials(roots, private_key, chain)


def _wait_request(name: str, seconds: int) -> operations_pb2.WaitOperationRequest:
    return operations_pb2.WaitOperationRequest(name=name, timeout=duration_pb2.Duration(seconds=seconds))


def _read(operation: operations_pb2.Operation, on_progress: OnProgress | None) -> v1.OperationResult | None:
    """The result of an operation, once it is done."""
    progress, result = v1.OperationMetadata(), v1.OperationResult()
    if on_progress and operation.metadata.Unpack(progress):
        on_progress(progress)
    if not operation.done:
        return None
    if operation.HasField("error"):
        raise from_status(operation.error)
    operation.response.Unpack(result)
    return result


class Client:
    """Calls that block. It connects with its first call. Make it after a fork, not before.

    Args:
        address: `host:port`, `http://host:port` or `https://host:port`; default `UPNEXT_ADDRESS`,
            then 127.0.0.1:50051. Without a scheme, TLS is spoken except with this machine.
        key: The API key, or a function that is asked for it (or a JWT) before each call; default
            `UPNEXT_KEY`.
        roots: Root certificates, PEM; default the system's.
        certificate: The client's certificate chain and private key, PEM.
    """

    def __init__(
        self,
        address: str | None = None,
        key: Key | None = None,
        *,
        roots: bytes | None = None,
        certificate: tuple[bytes, bytes] | None = None,
    ) -> None:
        place = target(address)
        if place.tls:
            self._channel = grpc.secure_channel(place.host_and_port, _tls(roots, certificate), OPTIONS)
        else:
            self._channel = grpc.insecure_channel(place.host_and_port, OPTIONS)
        self.calls = Calls(self._channel, Credentials(key))
        self._queues: set[Queue] = set()
        self._lock = threading.Lock()
        self.api_keys = services.ApiKeyService(self.calls)
        self.calendars = services.CalendarService(self.calls)
        self.emails = services.EmailService(self.calls)
        self.events = services.EventService(self.calls)
        self.teams = services.TeamService(self.calls)
        self.enrollments = services.EnrollmentService(self.calls)
        self.operations = services.Operations(self.calls)
        self.organization = services.OrganizationService(self.calls)
        self.records = services.RecordService(self.calls)
        self.segments = services.SegmentService(self.calls)
        self.sellers = services.SellerService(self.calls)
        self.sequences = services.SequenceService(self.calls)
        self.templates = services.TemplateService(self.calls)
        self.work_queue = services.WorkQueueService(self.calls)

    def wait(self, name: str, on_progress: OnProgress | None = None) -> v1.OperationResult:
        """Waits for an operation: `operations/…`, or "", which is done at once. Raises its error
        like a call's."""
        seconds = 2 if on_progress else 60
        result = None if name else v1.OperationResult()
        while result is None:
            operation = self.calls.unary(WAIT, _wait_request(name, seconds), operations_pb2.Operation, seconds + 10)
            result = _read(operation, on_progress)
        return result

    def watch(self, queue: str, *, window: int = 50, on_change: OnChange | None = None) -> Queue:
        """Opens a live queue: `sellers/…`, `sellers/me` or `teams/…`; at most its first 500
        activities.

        `on_change` is called in the queue's own thread, one call at a time."""
        opened = Queue(self.calls, queue, window, on_change)
        with self._lock:
            self._queues.add(opened)
        return opened

    def close(self) -> None:
        """Ends every stream and the connection."""
        with self._lock:
            queues, self._queues = self._queues, set()
        for queue in queues:
            queue.close()
        self._channel.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


class AsyncClient:
    """The same, to be awaited. Make it inside of the event loop that uses it; see `Client` for what
    it takes."""

    def __init__(
        self,
        address: str | None = None,
        key: Key | None = None,
        *,
        roots: bytes | None = None,
        certificate: tuple[bytes, bytes] | None = None,
    ) -> None:
        place = target(address)
        if place.tls:
            self._channel = grpc.aio.secure_channel(place.host_and_port, _tls(roots, certificate), OPTIONS)
        else:
            self._channel = grpc.aio.insecure_channel(place.host_and_port, OPTIONS)
        self.calls = AsyncCalls(self._channel, Credentials(key))
        self._queues: set[AsyncQueue] = set()
        self.api_keys = async_services.ApiKeyService(self.calls)
        self.calendars = async_services.CalendarService(self.calls)
        self.emails = async_services.EmailService(self.calls)
        self.events = async_services.EventService(self.calls)
        self.teams = async_services.TeamService(self.calls)
        self.enrollments = async_services.EnrollmentService(self.calls)
        self.operations = async_services.Operations(self.calls)
        self.organization = async_services.OrganizationService(self.calls)
        self.records = async_services.RecordService(self.calls)
        self.segments = async_services.SegmentService(self.calls)
        self.sellers = async_services.SellerService(self.calls)
        self.sequences = async_services.SequenceService(self.calls)
        self.templates = async_services.TemplateService(self.calls)
        self.work_queue = async_services.WorkQueueService(self.calls)

    async def wait(self, name: str, on_progress: OnProgress | None = None) -> v1.OperationResult:
        """Waits for an operation: `operations/…`, or "", which is done at once. Raises its error
        like a call's."""
        seconds = 2 if on_progress else 60
        result = None if name else v1.OperationResult()
        while result is None:
            request = _wait_request(name, seconds)
            operation = await self.calls.unary(WAIT, request, operations_pb2.Operation, seconds + 10)
            result = _read(operation, on_progress)
        return result

    def watch(self, queue: str, *, window: int = 50, on_change: OnAsyncChange | None = None) -> AsyncQueue:
        """Opens a live queue: `sellers/…`, `sellers/me` or `teams/…`; at most its first 500
        activities."""
        opened = AsyncQueue(self.calls, queue, window, on_change)
        self._queues.add(opened)
        return opened

    async def close(self) -> None:
        """Ends every stream and the connection."""
        queues, self._queues = self._queues, set()
        for queue in queues:
            await queue.close()
        await self._channel.close()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.close()
