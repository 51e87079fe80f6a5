import datetime

from google.protobuf import timestamp_pb2 as _timestamp_pb2
from google.protobuf.internal import enum_type_wrapper as _enum_type_wrapper
from google.protobuf import descriptor as _descriptor
from google.protobuf import message as _message
from collections.abc import Mapping as _Mapping
from typing import ClassVar as _ClassVar, Optional as _Optional, Union as _Union

DESCRIPTOR: _descriptor.FileDescriptor

class Problem(_message.Message):
    __slots__ = ("name", "kind", "state", "record", "enrollment", "operation", "reason", "cure", "attempt_count", "create_time", "next_attempt_time")
    class Kind(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
        __slots__ = ()
        KIND_UNSPECIFIED: _ClassVar[Problem.Kind]
        TIMER: _ClassVar[Problem.Kind]
        RECORD_CHANGE: _ClassVar[Problem.Kind]
        OPERATION: _ClassVar[Problem.Kind]
    KIND_UNSPECIFIED: Problem.Kind
    TIMER: Problem.Kind
    RECORD_CHANGE: Problem.Kind
    OPERATION: Problem.Kind
    class State(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
        __slots__ = ()
        STATE_UNSPECIFIED: _ClassVar[Problem.State]
        RETRYING: _ClassVar[Problem.State]
        SET_ASIDE: _ClassVar[Problem.State]
    STATE_UNSPECIFIED: Problem.State
    RETRYING: Problem.State
    SET_ASIDE: Problem.State
    NAME_FIELD_NUMBER: _ClassVar[int]
    KIND_FIELD_NUMBER: _ClassVar[int]
    STATE_FIELD_NUMBER: _ClassVar[int]
    RECORD_FIELD_NUMBER: _ClassVar[int]
    ENROLLMENT_FIELD_NUMBER: _ClassVar[int]
    OPERATION_FIELD_NUMBER: _ClassVar[int]
    REASON_FIELD_NUMBER: _ClassVar[int]
    CURE_FIELD_NUMBER: _ClassVar[int]
    ATTEMPT_COUNT_FIELD_NUMBER: _ClassVar[int]
    CREATE_TIME_FIELD_NUMBER: _ClassVar[int]
    NEXT_ATTEMPT_TIME_FIELD_NUMBER: _ClassVar[int]
    name: str
    kind: Problem.Kind
    state: Problem.State
    record: str
    enrollment: str
    operation: str
    reason: str
    cure: str
    attempt_count: int
    create_time: _timestamp_pb2.Timestamp
    next_attempt_time: _timestamp_pb2.Timestamp
    def __init__(self, name: _Optional[str] = ..., kind: _Optional[_Union[Problem.Kind, str]] = ..., state: _Optional[_Union[Problem.State, str]] = ..., record: _Optional[str] = ..., enrollment: _Optional[str] = ..., operation: _Optional[str] = ..., reason: _Optional[str] = ..., cure: _Optional[str] = ..., attempt_count: _Optional[int] = ..., create_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., next_attempt_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ...) -> None: ...
