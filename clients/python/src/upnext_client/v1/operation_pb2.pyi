import datetime

from google.protobuf import timestamp_pb2 as _timestamp_pb2
from google.protobuf.internal import enum_type_wrapper as _enum_type_wrapper
from google.protobuf import descriptor as _descriptor
from google.protobuf import message as _message
from collections.abc import Mapping as _Mapping
from typing import ClassVar as _ClassVar, Optional as _Optional, Union as _Union

DESCRIPTOR: _descriptor.FileDescriptor

class OperationMetadata(_message.Message):
    __slots__ = ("kind", "target", "total_count", "done_count", "failed_count", "create_time", "end_time")
    class Kind(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
        __slots__ = ()
        KIND_UNSPECIFIED: _ClassVar[OperationMetadata.Kind]
        BACKFILL_SEGMENT: _ClassVar[OperationMetadata.Kind]
        FEED_SEQUENCE: _ClassVar[OperationMetadata.Kind]
        EXIT_ENROLLMENTS: _ClassVar[OperationMetadata.Kind]
        ERASE_ATTRIBUTE: _ClassVar[OperationMetadata.Kind]
        REFRESH_ACTIVITIES: _ClassVar[OperationMetadata.Kind]
        ASSIGN_MEMBERS: _ClassVar[OperationMetadata.Kind]
        SETTLE_ENROLLMENTS: _ClassVar[OperationMetadata.Kind]
        ACT_ON_ENROLLMENTS: _ClassVar[OperationMetadata.Kind]
        ENROLL_RECORDS: _ClassVar[OperationMetadata.Kind]
        REFRESH_WAITS: _ClassVar[OperationMetadata.Kind]
        PLAN_FLIPS: _ClassVar[OperationMetadata.Kind]
        RANK_ACTIVITIES: _ClassVar[OperationMetadata.Kind]
        INDEX_REFERENCES: _ClassVar[OperationMetadata.Kind]
        INDEX_ATTRIBUTES: _ClassVar[OperationMetadata.Kind]
        REASSIGN_RECORDS: _ClassVar[OperationMetadata.Kind]
    KIND_UNSPECIFIED: OperationMetadata.Kind
    BACKFILL_SEGMENT: OperationMetadata.Kind
    FEED_SEQUENCE: OperationMetadata.Kind
    EXIT_ENROLLMENTS: OperationMetadata.Kind
    ERASE_ATTRIBUTE: OperationMetadata.Kind
    REFRESH_ACTIVITIES: OperationMetadata.Kind
    ASSIGN_MEMBERS: OperationMetadata.Kind
    SETTLE_ENROLLMENTS: OperationMetadata.Kind
    ACT_ON_ENROLLMENTS: OperationMetadata.Kind
    ENROLL_RECORDS: OperationMetadata.Kind
    REFRESH_WAITS: OperationMetadata.Kind
    PLAN_FLIPS: OperationMetadata.Kind
    RANK_ACTIVITIES: OperationMetadata.Kind
    INDEX_REFERENCES: OperationMetadata.Kind
    INDEX_ATTRIBUTES: OperationMetadata.Kind
    REASSIGN_RECORDS: OperationMetadata.Kind
    KIND_FIELD_NUMBER: _ClassVar[int]
    TARGET_FIELD_NUMBER: _ClassVar[int]
    TOTAL_COUNT_FIELD_NUMBER: _ClassVar[int]
    DONE_COUNT_FIELD_NUMBER: _ClassVar[int]
    FAILED_COUNT_FIELD_NUMBER: _ClassVar[int]
    CREATE_TIME_FIELD_NUMBER: _ClassVar[int]
    END_TIME_FIELD_NUMBER: _ClassVar[int]
    kind: OperationMetadata.Kind
    target: str
    total_count: int
    done_count: int
    failed_count: int
    create_time: _timestamp_pb2.Timestamp
    end_time: _timestamp_pb2.Timestamp
    def __init__(self, kind: _Optional[_Union[OperationMetadata.Kind, str]] = ..., target: _Optional[str] = ..., total_count: _Optional[int] = ..., done_count: _Optional[int] = ..., failed_count: _Optional[int] = ..., create_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., end_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ...) -> None: ...

class OperationResult(_message.Message):
    __slots__ = ("done_count", "failed_count", "enrolled_count")
    DONE_COUNT_FIELD_NUMBER: _ClassVar[int]
    FAILED_COUNT_FIELD_NUMBER: _ClassVar[int]
    ENROLLED_COUNT_FIELD_NUMBER: _ClassVar[int]
    done_count: int
    failed_count: int
    enrolled_count: int
    def __init__(self, done_count: _Optional[int] = ..., failed_count: _Optional[int] = ..., enrolled_count: _Optional[int] = ...) -> None: ...
