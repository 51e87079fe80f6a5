import datetime

from google.protobuf import timestamp_pb2 as _timestamp_pb2
from upnext_client.v1 import sequence_pb2 as _sequence_pb2
from google.protobuf.internal import containers as _containers
from google.protobuf.internal import enum_type_wrapper as _enum_type_wrapper
from google.protobuf import descriptor as _descriptor
from google.protobuf import message as _message
from collections.abc import Iterable as _Iterable, Mapping as _Mapping
from typing import ClassVar as _ClassVar, Optional as _Optional, Union as _Union

DESCRIPTOR: _descriptor.FileDescriptor

class Segment(_message.Message):
    __slots__ = ("name", "display_name", "description", "record_type", "condition", "priority", "on_leave", "allow_resegmentation", "reassign_on_resegmentation", "leave_grace", "state", "connected_sequence", "member_count", "etag", "create_time", "update_time")
    class State(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
        __slots__ = ()
        STATE_UNSPECIFIED: _ClassVar[Segment.State]
        DRAFT: _ClassVar[Segment.State]
        ACTIVE: _ClassVar[Segment.State]
        INACTIVE: _ClassVar[Segment.State]
    STATE_UNSPECIFIED: Segment.State
    DRAFT: Segment.State
    ACTIVE: Segment.State
    INACTIVE: Segment.State
    class OnLeave(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
        __slots__ = ()
        ON_LEAVE_UNSPECIFIED: _ClassVar[Segment.OnLeave]
        STAY: _ClassVar[Segment.OnLeave]
        EXIT_ENROLLMENT: _ClassVar[Segment.OnLeave]
    ON_LEAVE_UNSPECIFIED: Segment.OnLeave
    STAY: Segment.OnLeave
    EXIT_ENROLLMENT: Segment.OnLeave
    NAME_FIELD_NUMBER: _ClassVar[int]
    DISPLAY_NAME_FIELD_NUMBER: _ClassVar[int]
    DESCRIPTION_FIELD_NUMBER: _ClassVar[int]
    RECORD_TYPE_FIELD_NUMBER: _ClassVar[int]
    CONDITION_FIELD_NUMBER: _ClassVar[int]
    PRIORITY_FIELD_NUMBER: _ClassVar[int]
    ON_LEAVE_FIELD_NUMBER: _ClassVar[int]
    ALLOW_RESEGMENTATION_FIELD_NUMBER: _ClassVar[int]
    REASSIGN_ON_RESEGMENTATION_FIELD_NUMBER: _ClassVar[int]
    LEAVE_GRACE_FIELD_NUMBER: _ClassVar[int]
    STATE_FIELD_NUMBER: _ClassVar[int]
    CONNECTED_SEQUENCE_FIELD_NUMBER: _ClassVar[int]
    MEMBER_COUNT_FIELD_NUMBER: _ClassVar[int]
    ETAG_FIELD_NUMBER: _ClassVar[int]
    CREATE_TIME_FIELD_NUMBER: _ClassVar[int]
    UPDATE_TIME_FIELD_NUMBER: _ClassVar[int]
    name: str
    display_name: str
    description: str
    record_type: str
    condition: str
    priority: int
    on_leave: Segment.OnLeave
    allow_resegmentation: bool
    reassign_on_resegmentation: bool
    leave_grace: _sequence_pb2.Delay
    state: Segment.State
    connected_sequence: str
    member_count: int
    etag: str
    create_time: _timestamp_pb2.Timestamp
    update_time: _timestamp_pb2.Timestamp
    def __init__(self, name: _Optional[str] = ..., display_name: _Optional[str] = ..., description: _Optional[str] = ..., record_type: _Optional[str] = ..., condition: _Optional[str] = ..., priority: _Optional[int] = ..., on_leave: _Optional[_Union[Segment.OnLeave, str]] = ..., allow_resegmentation: bool = ..., reassign_on_resegmentation: bool = ..., leave_grace: _Optional[_Union[_sequence_pb2.Delay, _Mapping]] = ..., state: _Optional[_Union[Segment.State, str]] = ..., connected_sequence: _Optional[str] = ..., member_count: _Optional[int] = ..., etag: _Optional[str] = ..., create_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., update_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ...) -> None: ...

class SegmentMember(_message.Message):
    __slots__ = ("record", "join_time", "lapse_time")
    RECORD_FIELD_NUMBER: _ClassVar[int]
    JOIN_TIME_FIELD_NUMBER: _ClassVar[int]
    LAPSE_TIME_FIELD_NUMBER: _ClassVar[int]
    record: str
    join_time: _timestamp_pb2.Timestamp
    lapse_time: _timestamp_pb2.Timestamp
    def __init__(self, record: _Optional[str] = ..., join_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., lapse_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ...) -> None: ...

class AssignmentRule(_message.Message):
    __slots__ = ("name", "display_name", "condition", "listed", "any_seller", "team", "seller_condition", "distribution", "priority", "disabled", "etag", "create_time", "update_time", "respect_capacity", "available_within_hours")
    class Distribution(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
        __slots__ = ()
        DISTRIBUTION_UNSPECIFIED: _ClassVar[AssignmentRule.Distribution]
        ROUND_ROBIN: _ClassVar[AssignmentRule.Distribution]
        LOAD_BALANCING: _ClassVar[AssignmentRule.Distribution]
    DISTRIBUTION_UNSPECIFIED: AssignmentRule.Distribution
    ROUND_ROBIN: AssignmentRule.Distribution
    LOAD_BALANCING: AssignmentRule.Distribution
    class NoCandidateReason(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
        __slots__ = ()
        NO_CANDIDATE_REASON_UNSPECIFIED: _ClassVar[AssignmentRule.NoCandidateReason]
        NOBODY_LISTED: _ClassVar[AssignmentRule.NoCandidateReason]
        NOBODY_TAKES_RECORDS: _ClassVar[AssignmentRule.NoCandidateReason]
        NOBODY_MATCHES: _ClassVar[AssignmentRule.NoCandidateReason]
        ALL_UNAVAILABLE: _ClassVar[AssignmentRule.NoCandidateReason]
        ALL_AT_CAPACITY: _ClassVar[AssignmentRule.NoCandidateReason]
        OLDER_FIRST: _ClassVar[AssignmentRule.NoCandidateReason]
    NO_CANDIDATE_REASON_UNSPECIFIED: AssignmentRule.NoCandidateReason
    NOBODY_LISTED: AssignmentRule.NoCandidateReason
    NOBODY_TAKES_RECORDS: AssignmentRule.NoCandidateReason
    NOBODY_MATCHES: AssignmentRule.NoCandidateReason
    ALL_UNAVAILABLE: AssignmentRule.NoCandidateReason
    ALL_AT_CAPACITY: AssignmentRule.NoCandidateReason
    OLDER_FIRST: AssignmentRule.NoCandidateReason
    class ListedSellers(_message.Message):
        __slots__ = ("sellers",)
        SELLERS_FIELD_NUMBER: _ClassVar[int]
        sellers: _containers.RepeatedScalarFieldContainer[str]
        def __init__(self, sellers: _Optional[_Iterable[str]] = ...) -> None: ...
    NAME_FIELD_NUMBER: _ClassVar[int]
    DISPLAY_NAME_FIELD_NUMBER: _ClassVar[int]
    CONDITION_FIELD_NUMBER: _ClassVar[int]
    LISTED_FIELD_NUMBER: _ClassVar[int]
    ANY_SELLER_FIELD_NUMBER: _ClassVar[int]
    TEAM_FIELD_NUMBER: _ClassVar[int]
    SELLER_CONDITION_FIELD_NUMBER: _ClassVar[int]
    DISTRIBUTION_FIELD_NUMBER: _ClassVar[int]
    PRIORITY_FIELD_NUMBER: _ClassVar[int]
    DISABLED_FIELD_NUMBER: _ClassVar[int]
    ETAG_FIELD_NUMBER: _ClassVar[int]
    CREATE_TIME_FIELD_NUMBER: _ClassVar[int]
    UPDATE_TIME_FIELD_NUMBER: _ClassVar[int]
    RESPECT_CAPACITY_FIELD_NUMBER: _ClassVar[int]
    AVAILABLE_WITHIN_HOURS_FIELD_NUMBER: _ClassVar[int]
    name: str
    display_name: str
    condition: str
    listed: AssignmentRule.ListedSellers
    any_seller: AnySeller
    team: str
    seller_condition: str
    distribution: AssignmentRule.Distribution
    priority: int
    disabled: bool
    etag: str
    create_time: _timestamp_pb2.Timestamp
    update_time: _timestamp_pb2.Timestamp
    respect_capacity: bool
    available_within_hours: int
    def __init__(self, name: _Optional[str] = ..., display_name: _Optional[str] = ..., condition: _Optional[str] = ..., listed: _Optional[_Union[AssignmentRule.ListedSellers, _Mapping]] = ..., any_seller: _Optional[_Union[AnySeller, _Mapping]] = ..., team: _Optional[str] = ..., seller_condition: _Optional[str] = ..., distribution: _Optional[_Union[AssignmentRule.Distribution, str]] = ..., priority: _Optional[int] = ..., disabled: bool = ..., etag: _Optional[str] = ..., create_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., update_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., respect_capacity: bool = ..., available_within_hours: _Optional[int] = ...) -> None: ...

class AnySeller(_message.Message):
    __slots__ = ()
    def __init__(self) -> None: ...
