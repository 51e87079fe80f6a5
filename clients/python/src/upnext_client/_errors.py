"""What a call that failed raises: a class for each code, the reason, and every violation."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from typing import Any

import grpc
from google.rpc import error_details_pb2, status_pb2


@dataclass(frozen=True)
class Violation:
    """One field that is wrong."""

    field: str
    reason: str
    description: str


class UpnextError(Exception):
    """A call failed. Decide by the class and `reason`, never by the text.

    `reason` is a name of `ErrorReason`, or "" if the server never answered: then the way to it
    failed. `violations` may be cut by the server; `metadata["violations"]` has their number.
    """

    code: grpc.StatusCode = grpc.StatusCode.UNKNOWN

    def __init__(self, code: grpc.StatusCode, message: str, details: status_pb2.Status) -> None:
        super().__init__(message)
        self.code, self.message = code, message
        self.reason = ""
        self.metadata: dict[str, str] = {}
        self.violations: list[Violation] = []
        self.retry_after: datetime.timedelta | None = None
        for packed in details.details:
            self._read(packed)

    def _read(self, packed: Any) -> None:
        info, request = error_details_pb2.ErrorInfo(), error_details_pb2.BadRequest()
        retry = error_details_pb2.RetryInfo()
        if packed.Unpack(info):
            self.reason, self.metadata = info.reason, dict(info.metadata)
        elif packed.Unpack(request):
            self.violations = [Violation(v.field, v.reason, v.description) for v in request.field_violations]
        elif packed.Unpack(retry):
            self.retry_after = retry.retry_delay.ToTimedelta()

    def __str__(self) -> str:
        return f"{self.code.name} {self.reason or '(no answer)'}: {self.message}"


class InvalidArgument(UpnextError):
    """Fields are wrong: `violations` has them all."""


class NotFound(UpnextError):
    """It doesn't exist, or it is another organization's."""


class AlreadyExists(UpnextError):
    """The id is taken."""


class FailedPrecondition(UpnextError):
    """The state of things refuses it."""


class ResourceExhausted(UpnextError):
    """A limit is reached: `metadata` says which, and its value."""


class Aborted(UpnextError):
    """The etag is stale: read it again, then decide."""


class Unauthenticated(UpnextError):
    """No key, or one that is unknown, revoked or expired."""


class PermissionDenied(UpnextError):
    """The caller's roles don't allow it: `metadata["allowed_roles"]` has those that do."""


class Unavailable(UpnextError):
    """The database or the server is away, also after five attempts."""


class DeadlineExceeded(UpnextError):
    """The deadline passed. What had begun may still be done; the same `request_id` tells."""


class Cancelled(UpnextError):
    """The caller called it off, or the operation was canceled."""


_CLASSES: dict[grpc.StatusCode, type[UpnextError]] = {
    grpc.StatusCode.INVALID_ARGUMENT: InvalidArgument,
    grpc.StatusCode.NOT_FOUND: NotFound,
    grpc.StatusCode.ALREADY_EXISTS: AlreadyExists,
    grpc.StatusCode.FAILED_PRECONDITION: FailedPrecondition,
    grpc.StatusCode.RESOURCE_EXHAUSTED: ResourceExhausted,
    grpc.StatusCode.ABORTED: Aborted,
    grpc.StatusCode.UNAUTHENTICATED: Unauthenticated,
    grpc.StatusCode.PERMISSION_DENIED: PermissionDenied,
    grpc.StatusCode.UNAVAILABLE: Unavailable,
    grpc.StatusCode.DEADLINE_EXCEEDED: DeadlineExceeded,
    grpc.StatusCode.CANCELLED: Cancelled,
}
_CODES = {code.value[0]: code for code in grpc.StatusCode}


def from_status(status: status_pb2.Status) -> UpnextError:
    """The error of a batch's item or of an operation, the same as a call's."""
    code = _CODES.get(status.code, grpc.StatusCode.UNKNOWN)
    return _CLASSES.get(code, UpnextError)(code, status.message, status)


def from_call(error: Any) -> UpnextError:
    """The error of a call."""
    status = status_pb2.Status()
    for key, value in error.trailing_metadata() or ():
        if key == "grpc-status-details-bin":
            status.ParseFromString(value)
    code = error.code()
    return _CLASSES.get(code, UpnextError)(code, error.details() or "", status)
