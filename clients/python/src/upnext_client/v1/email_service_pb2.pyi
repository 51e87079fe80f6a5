from upnext_client.v1 import activity_pb2 as _activity_pb2
from google.protobuf.internal import enum_type_wrapper as _enum_type_wrapper
from google.protobuf import descriptor as _descriptor
from google.protobuf import message as _message
from collections.abc import Mapping as _Mapping
from typing import ClassVar as _ClassVar, Optional as _Optional, Union as _Union

DESCRIPTOR: _descriptor.FileDescriptor

class EmailSender(_message.Message):
    __slots__ = ("display_name", "email")
    DISPLAY_NAME_FIELD_NUMBER: _ClassVar[int]
    EMAIL_FIELD_NUMBER: _ClassVar[int]
    display_name: str
    email: str
    def __init__(self, display_name: _Optional[str] = ..., email: _Optional[str] = ...) -> None: ...

class RenderActivityRequest(_message.Message):
    __slots__ = ("name", "sender")
    NAME_FIELD_NUMBER: _ClassVar[int]
    SENDER_FIELD_NUMBER: _ClassVar[int]
    name: str
    sender: EmailSender
    def __init__(self, name: _Optional[str] = ..., sender: _Optional[_Union[EmailSender, _Mapping]] = ...) -> None: ...

class RenderActivityResponse(_message.Message):
    __slots__ = ("email", "problem")
    EMAIL_FIELD_NUMBER: _ClassVar[int]
    PROBLEM_FIELD_NUMBER: _ClassVar[int]
    email: _activity_pb2.RenderedEmail
    problem: RenderProblem
    def __init__(self, email: _Optional[_Union[_activity_pb2.RenderedEmail, _Mapping]] = ..., problem: _Optional[_Union[RenderProblem, _Mapping]] = ...) -> None: ...

class RenderProblem(_message.Message):
    __slots__ = ("reason", "detail")
    REASON_FIELD_NUMBER: _ClassVar[int]
    DETAIL_FIELD_NUMBER: _ClassVar[int]
    reason: _activity_pb2.EmailHandover.Reason
    detail: str
    def __init__(self, reason: _Optional[_Union[_activity_pb2.EmailHandover.Reason, str]] = ..., detail: _Optional[str] = ...) -> None: ...

class BeginSendingRequest(_message.Message):
    __slots__ = ("name", "lease_id", "sender", "request_id")
    NAME_FIELD_NUMBER: _ClassVar[int]
    LEASE_ID_FIELD_NUMBER: _ClassVar[int]
    SENDER_FIELD_NUMBER: _ClassVar[int]
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    name: str
    lease_id: str
    sender: EmailSender
    request_id: str
    def __init__(self, name: _Optional[str] = ..., lease_id: _Optional[str] = ..., sender: _Optional[_Union[EmailSender, _Mapping]] = ..., request_id: _Optional[str] = ...) -> None: ...

class BeginSendingResponse(_message.Message):
    __slots__ = ("decision", "email", "activity")
    class Decision(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
        __slots__ = ()
        DECISION_UNSPECIFIED: _ClassVar[BeginSendingResponse.Decision]
        SEND: _ClassVar[BeginSendingResponse.Decision]
        SKIPPED: _ClassVar[BeginSendingResponse.Decision]
        HANDED_OVER: _ClassVar[BeginSendingResponse.Decision]
        LATER: _ClassVar[BeginSendingResponse.Decision]
        SENT_BEFORE: _ClassVar[BeginSendingResponse.Decision]
    DECISION_UNSPECIFIED: BeginSendingResponse.Decision
    SEND: BeginSendingResponse.Decision
    SKIPPED: BeginSendingResponse.Decision
    HANDED_OVER: BeginSendingResponse.Decision
    LATER: BeginSendingResponse.Decision
    SENT_BEFORE: BeginSendingResponse.Decision
    DECISION_FIELD_NUMBER: _ClassVar[int]
    EMAIL_FIELD_NUMBER: _ClassVar[int]
    ACTIVITY_FIELD_NUMBER: _ClassVar[int]
    decision: BeginSendingResponse.Decision
    email: _activity_pb2.RenderedEmail
    activity: _activity_pb2.Activity
    def __init__(self, decision: _Optional[_Union[BeginSendingResponse.Decision, str]] = ..., email: _Optional[_Union[_activity_pb2.RenderedEmail, _Mapping]] = ..., activity: _Optional[_Union[_activity_pb2.Activity, _Mapping]] = ...) -> None: ...

class FinishSendingRequest(_message.Message):
    __slots__ = ("name", "lease_id", "result", "reply", "request_id")
    class Result(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
        __slots__ = ()
        RESULT_UNSPECIFIED: _ClassVar[FinishSendingRequest.Result]
        SENT: _ClassVar[FinishSendingRequest.Result]
        DEFERRED: _ClassVar[FinishSendingRequest.Result]
        REFUSED: _ClassVar[FinishSendingRequest.Result]
        UNKNOWN: _ClassVar[FinishSendingRequest.Result]
    RESULT_UNSPECIFIED: FinishSendingRequest.Result
    SENT: FinishSendingRequest.Result
    DEFERRED: FinishSendingRequest.Result
    REFUSED: FinishSendingRequest.Result
    UNKNOWN: FinishSendingRequest.Result
    NAME_FIELD_NUMBER: _ClassVar[int]
    LEASE_ID_FIELD_NUMBER: _ClassVar[int]
    RESULT_FIELD_NUMBER: _ClassVar[int]
    REPLY_FIELD_NUMBER: _ClassVar[int]
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    name: str
    lease_id: str
    result: FinishSendingRequest.Result
    reply: str
    request_id: str
    def __init__(self, name: _Optional[str] = ..., lease_id: _Optional[str] = ..., result: _Optional[_Union[FinishSendingRequest.Result, str]] = ..., reply: _Optional[str] = ..., request_id: _Optional[str] = ...) -> None: ...

class FinishSendingResponse(_message.Message):
    __slots__ = ("activity",)
    ACTIVITY_FIELD_NUMBER: _ClassVar[int]
    activity: _activity_pb2.Activity
    def __init__(self, activity: _Optional[_Union[_activity_pb2.Activity, _Mapping]] = ...) -> None: ...
