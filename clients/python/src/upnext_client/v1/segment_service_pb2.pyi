import datetime

from google.protobuf import field_mask_pb2 as _field_mask_pb2
from google.protobuf import struct_pb2 as _struct_pb2
from google.protobuf import timestamp_pb2 as _timestamp_pb2
from upnext_client.v1 import enrollment_pb2 as _enrollment_pb2
from upnext_client.v1 import record_pb2 as _record_pb2
from upnext_client.v1 import segment_pb2 as _segment_pb2
from google.protobuf.internal import containers as _containers
from google.protobuf.internal import enum_type_wrapper as _enum_type_wrapper
from google.protobuf import descriptor as _descriptor
from google.protobuf import message as _message
from collections.abc import Iterable as _Iterable, Mapping as _Mapping
from typing import ClassVar as _ClassVar, Optional as _Optional, Union as _Union

DESCRIPTOR: _descriptor.FileDescriptor

class CreateSegmentRequest(_message.Message):
    __slots__ = ("segment_id", "segment", "request_id")
    SEGMENT_ID_FIELD_NUMBER: _ClassVar[int]
    SEGMENT_FIELD_NUMBER: _ClassVar[int]
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    segment_id: str
    segment: _segment_pb2.Segment
    request_id: str
    def __init__(self, segment_id: _Optional[str] = ..., segment: _Optional[_Union[_segment_pb2.Segment, _Mapping]] = ..., request_id: _Optional[str] = ...) -> None: ...

class CreateSegmentResponse(_message.Message):
    __slots__ = ("segment",)
    SEGMENT_FIELD_NUMBER: _ClassVar[int]
    segment: _segment_pb2.Segment
    def __init__(self, segment: _Optional[_Union[_segment_pb2.Segment, _Mapping]] = ...) -> None: ...

class GetSegmentRequest(_message.Message):
    __slots__ = ("name",)
    NAME_FIELD_NUMBER: _ClassVar[int]
    name: str
    def __init__(self, name: _Optional[str] = ...) -> None: ...

class GetSegmentResponse(_message.Message):
    __slots__ = ("segment",)
    SEGMENT_FIELD_NUMBER: _ClassVar[int]
    segment: _segment_pb2.Segment
    def __init__(self, segment: _Optional[_Union[_segment_pb2.Segment, _Mapping]] = ...) -> None: ...

class ListSegmentsRequest(_message.Message):
    __slots__ = ("page_size", "page_token", "filter")
    PAGE_SIZE_FIELD_NUMBER: _ClassVar[int]
    PAGE_TOKEN_FIELD_NUMBER: _ClassVar[int]
    FILTER_FIELD_NUMBER: _ClassVar[int]
    page_size: int
    page_token: str
    filter: str
    def __init__(self, page_size: _Optional[int] = ..., page_token: _Optional[str] = ..., filter: _Optional[str] = ...) -> None: ...

class ListSegmentsResponse(_message.Message):
    __slots__ = ("segments", "next_page_token")
    SEGMENTS_FIELD_NUMBER: _ClassVar[int]
    NEXT_PAGE_TOKEN_FIELD_NUMBER: _ClassVar[int]
    segments: _containers.RepeatedCompositeFieldContainer[_segment_pb2.Segment]
    next_page_token: str
    def __init__(self, segments: _Optional[_Iterable[_Union[_segment_pb2.Segment, _Mapping]]] = ..., next_page_token: _Optional[str] = ...) -> None: ...

class UpdateSegmentRequest(_message.Message):
    __slots__ = ("segment", "update_mask", "request_id")
    SEGMENT_FIELD_NUMBER: _ClassVar[int]
    UPDATE_MASK_FIELD_NUMBER: _ClassVar[int]
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    segment: _segment_pb2.Segment
    update_mask: _field_mask_pb2.FieldMask
    request_id: str
    def __init__(self, segment: _Optional[_Union[_segment_pb2.Segment, _Mapping]] = ..., update_mask: _Optional[_Union[_field_mask_pb2.FieldMask, _Mapping]] = ..., request_id: _Optional[str] = ...) -> None: ...

class UpdateSegmentResponse(_message.Message):
    __slots__ = ("segment",)
    SEGMENT_FIELD_NUMBER: _ClassVar[int]
    segment: _segment_pb2.Segment
    def __init__(self, segment: _Optional[_Union[_segment_pb2.Segment, _Mapping]] = ...) -> None: ...

class CloneSegmentRequest(_message.Message):
    __slots__ = ("name", "segment_id", "display_name", "request_id")
    NAME_FIELD_NUMBER: _ClassVar[int]
    SEGMENT_ID_FIELD_NUMBER: _ClassVar[int]
    DISPLAY_NAME_FIELD_NUMBER: _ClassVar[int]
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    name: str
    segment_id: str
    display_name: str
    request_id: str
    def __init__(self, name: _Optional[str] = ..., segment_id: _Optional[str] = ..., display_name: _Optional[str] = ..., request_id: _Optional[str] = ...) -> None: ...

class CloneSegmentResponse(_message.Message):
    __slots__ = ("segment",)
    SEGMENT_FIELD_NUMBER: _ClassVar[int]
    segment: _segment_pb2.Segment
    def __init__(self, segment: _Optional[_Union[_segment_pb2.Segment, _Mapping]] = ...) -> None: ...

class DeleteSegmentRequest(_message.Message):
    __slots__ = ("name", "etag", "request_id")
    NAME_FIELD_NUMBER: _ClassVar[int]
    ETAG_FIELD_NUMBER: _ClassVar[int]
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    name: str
    etag: str
    request_id: str
    def __init__(self, name: _Optional[str] = ..., etag: _Optional[str] = ..., request_id: _Optional[str] = ...) -> None: ...

class DeleteSegmentResponse(_message.Message):
    __slots__ = ()
    def __init__(self) -> None: ...

class ActivateSegmentRequest(_message.Message):
    __slots__ = ("name", "backfill", "etag", "request_id", "validate_only")
    NAME_FIELD_NUMBER: _ClassVar[int]
    BACKFILL_FIELD_NUMBER: _ClassVar[int]
    ETAG_FIELD_NUMBER: _ClassVar[int]
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    VALIDATE_ONLY_FIELD_NUMBER: _ClassVar[int]
    name: str
    backfill: bool
    etag: str
    request_id: str
    validate_only: bool
    def __init__(self, name: _Optional[str] = ..., backfill: bool = ..., etag: _Optional[str] = ..., request_id: _Optional[str] = ..., validate_only: bool = ...) -> None: ...

class ActivateSegmentResponse(_message.Message):
    __slots__ = ("segment", "existing_matches", "matches_partial", "backfill_operation", "forecast")
    SEGMENT_FIELD_NUMBER: _ClassVar[int]
    EXISTING_MATCHES_FIELD_NUMBER: _ClassVar[int]
    MATCHES_PARTIAL_FIELD_NUMBER: _ClassVar[int]
    BACKFILL_OPERATION_FIELD_NUMBER: _ClassVar[int]
    FORECAST_FIELD_NUMBER: _ClassVar[int]
    segment: _segment_pb2.Segment
    existing_matches: int
    matches_partial: bool
    backfill_operation: str
    forecast: SegmentForecast
    def __init__(self, segment: _Optional[_Union[_segment_pb2.Segment, _Mapping]] = ..., existing_matches: _Optional[int] = ..., matches_partial: bool = ..., backfill_operation: _Optional[str] = ..., forecast: _Optional[_Union[SegmentForecast, _Mapping]] = ...) -> None: ...

class DeactivateSegmentRequest(_message.Message):
    __slots__ = ("name", "etag", "request_id")
    NAME_FIELD_NUMBER: _ClassVar[int]
    ETAG_FIELD_NUMBER: _ClassVar[int]
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    name: str
    etag: str
    request_id: str
    def __init__(self, name: _Optional[str] = ..., etag: _Optional[str] = ..., request_id: _Optional[str] = ...) -> None: ...

class DeactivateSegmentResponse(_message.Message):
    __slots__ = ("segment",)
    SEGMENT_FIELD_NUMBER: _ClassVar[int]
    segment: _segment_pb2.Segment
    def __init__(self, segment: _Optional[_Union[_segment_pb2.Segment, _Mapping]] = ...) -> None: ...

class MoveSegmentRequest(_message.Message):
    __slots__ = ("name", "priority", "etag", "request_id")
    NAME_FIELD_NUMBER: _ClassVar[int]
    PRIORITY_FIELD_NUMBER: _ClassVar[int]
    ETAG_FIELD_NUMBER: _ClassVar[int]
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    name: str
    priority: int
    etag: str
    request_id: str
    def __init__(self, name: _Optional[str] = ..., priority: _Optional[int] = ..., etag: _Optional[str] = ..., request_id: _Optional[str] = ...) -> None: ...

class MoveSegmentResponse(_message.Message):
    __slots__ = ("segment",)
    SEGMENT_FIELD_NUMBER: _ClassVar[int]
    segment: _segment_pb2.Segment
    def __init__(self, segment: _Optional[_Union[_segment_pb2.Segment, _Mapping]] = ...) -> None: ...

class RunAssignmentRequest(_message.Message):
    __slots__ = ("name", "validate_only", "etag", "request_id")
    NAME_FIELD_NUMBER: _ClassVar[int]
    VALIDATE_ONLY_FIELD_NUMBER: _ClassVar[int]
    ETAG_FIELD_NUMBER: _ClassVar[int]
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    name: str
    validate_only: bool
    etag: str
    request_id: str
    def __init__(self, name: _Optional[str] = ..., validate_only: bool = ..., etag: _Optional[str] = ..., request_id: _Optional[str] = ...) -> None: ...

class RunAssignmentResponse(_message.Message):
    __slots__ = ("waiting_count", "operation", "assigned_counts", "unassigned_count", "partial")
    class AssignedCount(_message.Message):
        __slots__ = ("seller", "count")
        SELLER_FIELD_NUMBER: _ClassVar[int]
        COUNT_FIELD_NUMBER: _ClassVar[int]
        seller: str
        count: int
        def __init__(self, seller: _Optional[str] = ..., count: _Optional[int] = ...) -> None: ...
    WAITING_COUNT_FIELD_NUMBER: _ClassVar[int]
    OPERATION_FIELD_NUMBER: _ClassVar[int]
    ASSIGNED_COUNTS_FIELD_NUMBER: _ClassVar[int]
    UNASSIGNED_COUNT_FIELD_NUMBER: _ClassVar[int]
    PARTIAL_FIELD_NUMBER: _ClassVar[int]
    waiting_count: int
    operation: str
    assigned_counts: _containers.RepeatedCompositeFieldContainer[RunAssignmentResponse.AssignedCount]
    unassigned_count: int
    partial: bool
    def __init__(self, waiting_count: _Optional[int] = ..., operation: _Optional[str] = ..., assigned_counts: _Optional[_Iterable[_Union[RunAssignmentResponse.AssignedCount, _Mapping]]] = ..., unassigned_count: _Optional[int] = ..., partial: bool = ...) -> None: ...

class ConnectSequenceRequest(_message.Message):
    __slots__ = ("name", "sequence", "replace", "backfill", "etag", "request_id", "validate_only")
    NAME_FIELD_NUMBER: _ClassVar[int]
    SEQUENCE_FIELD_NUMBER: _ClassVar[int]
    REPLACE_FIELD_NUMBER: _ClassVar[int]
    BACKFILL_FIELD_NUMBER: _ClassVar[int]
    ETAG_FIELD_NUMBER: _ClassVar[int]
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    VALIDATE_ONLY_FIELD_NUMBER: _ClassVar[int]
    name: str
    sequence: str
    replace: bool
    backfill: bool
    etag: str
    request_id: str
    validate_only: bool
    def __init__(self, name: _Optional[str] = ..., sequence: _Optional[str] = ..., replace: bool = ..., backfill: bool = ..., etag: _Optional[str] = ..., request_id: _Optional[str] = ..., validate_only: bool = ...) -> None: ...

class ConnectSequenceResponse(_message.Message):
    __slots__ = ("segment", "existing_matches", "matches_partial", "backfill_operation", "forecast")
    SEGMENT_FIELD_NUMBER: _ClassVar[int]
    EXISTING_MATCHES_FIELD_NUMBER: _ClassVar[int]
    MATCHES_PARTIAL_FIELD_NUMBER: _ClassVar[int]
    BACKFILL_OPERATION_FIELD_NUMBER: _ClassVar[int]
    FORECAST_FIELD_NUMBER: _ClassVar[int]
    segment: _segment_pb2.Segment
    existing_matches: int
    matches_partial: bool
    backfill_operation: str
    forecast: SegmentForecast
    def __init__(self, segment: _Optional[_Union[_segment_pb2.Segment, _Mapping]] = ..., existing_matches: _Optional[int] = ..., matches_partial: bool = ..., backfill_operation: _Optional[str] = ..., forecast: _Optional[_Union[SegmentForecast, _Mapping]] = ...) -> None: ...

class DisconnectSequenceRequest(_message.Message):
    __slots__ = ("name", "etag", "request_id")
    NAME_FIELD_NUMBER: _ClassVar[int]
    ETAG_FIELD_NUMBER: _ClassVar[int]
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    name: str
    etag: str
    request_id: str
    def __init__(self, name: _Optional[str] = ..., etag: _Optional[str] = ..., request_id: _Optional[str] = ...) -> None: ...

class DisconnectSequenceResponse(_message.Message):
    __slots__ = ("segment",)
    SEGMENT_FIELD_NUMBER: _ClassVar[int]
    segment: _segment_pb2.Segment
    def __init__(self, segment: _Optional[_Union[_segment_pb2.Segment, _Mapping]] = ...) -> None: ...

class PreviewSegmentRequest(_message.Message):
    __slots__ = ("record_type", "condition", "sample_size", "segment", "sequence")
    RECORD_TYPE_FIELD_NUMBER: _ClassVar[int]
    CONDITION_FIELD_NUMBER: _ClassVar[int]
    SAMPLE_SIZE_FIELD_NUMBER: _ClassVar[int]
    SEGMENT_FIELD_NUMBER: _ClassVar[int]
    SEQUENCE_FIELD_NUMBER: _ClassVar[int]
    record_type: str
    condition: str
    sample_size: int
    segment: str
    sequence: str
    def __init__(self, record_type: _Optional[str] = ..., condition: _Optional[str] = ..., sample_size: _Optional[int] = ..., segment: _Optional[str] = ..., sequence: _Optional[str] = ...) -> None: ...

class PreviewSegmentResponse(_message.Message):
    __slots__ = ("count", "sample", "lacking_attributes", "forecast", "entering_sample", "leaving_sample")
    COUNT_FIELD_NUMBER: _ClassVar[int]
    SAMPLE_FIELD_NUMBER: _ClassVar[int]
    LACKING_ATTRIBUTES_FIELD_NUMBER: _ClassVar[int]
    FORECAST_FIELD_NUMBER: _ClassVar[int]
    ENTERING_SAMPLE_FIELD_NUMBER: _ClassVar[int]
    LEAVING_SAMPLE_FIELD_NUMBER: _ClassVar[int]
    count: int
    sample: _containers.RepeatedScalarFieldContainer[str]
    lacking_attributes: _containers.RepeatedCompositeFieldContainer[LackingAttribute]
    forecast: SegmentForecast
    entering_sample: _containers.RepeatedScalarFieldContainer[str]
    leaving_sample: _containers.RepeatedScalarFieldContainer[str]
    def __init__(self, count: _Optional[int] = ..., sample: _Optional[_Iterable[str]] = ..., lacking_attributes: _Optional[_Iterable[_Union[LackingAttribute, _Mapping]]] = ..., forecast: _Optional[_Union[SegmentForecast, _Mapping]] = ..., entering_sample: _Optional[_Iterable[str]] = ..., leaving_sample: _Optional[_Iterable[str]] = ...) -> None: ...

class LackingAttribute(_message.Message):
    __slots__ = ("attribute", "count", "matching_count")
    ATTRIBUTE_FIELD_NUMBER: _ClassVar[int]
    COUNT_FIELD_NUMBER: _ClassVar[int]
    MATCHING_COUNT_FIELD_NUMBER: _ClassVar[int]
    attribute: str
    count: int
    matching_count: int
    def __init__(self, attribute: _Optional[str] = ..., count: _Optional[int] = ..., matching_count: _Optional[int] = ...) -> None: ...

class SegmentForecast(_message.Message):
    __slots__ = ("higher_priority_count", "kept_count", "member_count", "entering_count", "enrolled_now_count", "enrolled_before_count", "enrolling_count", "total_count", "enrolled_count", "partial", "leaving_count", "leaving_partial")
    HIGHER_PRIORITY_COUNT_FIELD_NUMBER: _ClassVar[int]
    KEPT_COUNT_FIELD_NUMBER: _ClassVar[int]
    MEMBER_COUNT_FIELD_NUMBER: _ClassVar[int]
    ENTERING_COUNT_FIELD_NUMBER: _ClassVar[int]
    ENROLLED_NOW_COUNT_FIELD_NUMBER: _ClassVar[int]
    ENROLLED_BEFORE_COUNT_FIELD_NUMBER: _ClassVar[int]
    ENROLLING_COUNT_FIELD_NUMBER: _ClassVar[int]
    TOTAL_COUNT_FIELD_NUMBER: _ClassVar[int]
    ENROLLED_COUNT_FIELD_NUMBER: _ClassVar[int]
    PARTIAL_FIELD_NUMBER: _ClassVar[int]
    LEAVING_COUNT_FIELD_NUMBER: _ClassVar[int]
    LEAVING_PARTIAL_FIELD_NUMBER: _ClassVar[int]
    higher_priority_count: int
    kept_count: int
    member_count: int
    entering_count: int
    enrolled_now_count: int
    enrolled_before_count: int
    enrolling_count: int
    total_count: int
    enrolled_count: int
    partial: bool
    leaving_count: int
    leaving_partial: bool
    def __init__(self, higher_priority_count: _Optional[int] = ..., kept_count: _Optional[int] = ..., member_count: _Optional[int] = ..., entering_count: _Optional[int] = ..., enrolled_now_count: _Optional[int] = ..., enrolled_before_count: _Optional[int] = ..., enrolling_count: _Optional[int] = ..., total_count: _Optional[int] = ..., enrolled_count: _Optional[int] = ..., partial: bool = ..., leaving_count: _Optional[int] = ..., leaving_partial: bool = ...) -> None: ...

class ExplainRecordRequest(_message.Message):
    __slots__ = ("name",)
    NAME_FIELD_NUMBER: _ClassVar[int]
    name: str
    def __init__(self, name: _Optional[str] = ...) -> None: ...

class ExplainRecordResponse(_message.Message):
    __slots__ = ("record", "close_outcome", "change_pending", "problem", "current_segment", "segment", "membership", "no_segment_reason", "segments", "assignment_rules", "partial", "owner", "sequence", "exits")
    class Membership(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
        __slots__ = ()
        MEMBERSHIP_UNSPECIFIED: _ClassVar[ExplainRecordResponse.Membership]
        OUTSIDE: _ClassVar[ExplainRecordResponse.Membership]
        STAYS: _ClassVar[ExplainRecordResponse.Membership]
        ENTERS: _ClassVar[ExplainRecordResponse.Membership]
        LEAVES: _ClassVar[ExplainRecordResponse.Membership]
        MOVES: _ClassVar[ExplainRecordResponse.Membership]
        TAKEN: _ClassVar[ExplainRecordResponse.Membership]
    MEMBERSHIP_UNSPECIFIED: ExplainRecordResponse.Membership
    OUTSIDE: ExplainRecordResponse.Membership
    STAYS: ExplainRecordResponse.Membership
    ENTERS: ExplainRecordResponse.Membership
    LEAVES: ExplainRecordResponse.Membership
    MOVES: ExplainRecordResponse.Membership
    TAKEN: ExplainRecordResponse.Membership
    class NoSegmentReason(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
        __slots__ = ()
        NO_SEGMENT_REASON_UNSPECIFIED: _ClassVar[ExplainRecordResponse.NoSegmentReason]
        RECORD_CLOSED: _ClassVar[ExplainRecordResponse.NoSegmentReason]
        NO_ACTIVE_SEGMENT: _ClassVar[ExplainRecordResponse.NoSegmentReason]
        NOTHING_CONNECTED: _ClassVar[ExplainRecordResponse.NoSegmentReason]
        NO_MATCH: _ClassVar[ExplainRecordResponse.NoSegmentReason]
    NO_SEGMENT_REASON_UNSPECIFIED: ExplainRecordResponse.NoSegmentReason
    RECORD_CLOSED: ExplainRecordResponse.NoSegmentReason
    NO_ACTIVE_SEGMENT: ExplainRecordResponse.NoSegmentReason
    NOTHING_CONNECTED: ExplainRecordResponse.NoSegmentReason
    NO_MATCH: ExplainRecordResponse.NoSegmentReason
    RECORD_FIELD_NUMBER: _ClassVar[int]
    CLOSE_OUTCOME_FIELD_NUMBER: _ClassVar[int]
    CHANGE_PENDING_FIELD_NUMBER: _ClassVar[int]
    PROBLEM_FIELD_NUMBER: _ClassVar[int]
    CURRENT_SEGMENT_FIELD_NUMBER: _ClassVar[int]
    SEGMENT_FIELD_NUMBER: _ClassVar[int]
    MEMBERSHIP_FIELD_NUMBER: _ClassVar[int]
    NO_SEGMENT_REASON_FIELD_NUMBER: _ClassVar[int]
    SEGMENTS_FIELD_NUMBER: _ClassVar[int]
    ASSIGNMENT_RULES_FIELD_NUMBER: _ClassVar[int]
    PARTIAL_FIELD_NUMBER: _ClassVar[int]
    OWNER_FIELD_NUMBER: _ClassVar[int]
    SEQUENCE_FIELD_NUMBER: _ClassVar[int]
    EXITS_FIELD_NUMBER: _ClassVar[int]
    record: str
    close_outcome: _record_pb2.Record.CloseOutcome
    change_pending: bool
    problem: str
    current_segment: str
    segment: str
    membership: ExplainRecordResponse.Membership
    no_segment_reason: ExplainRecordResponse.NoSegmentReason
    segments: _containers.RepeatedCompositeFieldContainer[ExplainedSegment]
    assignment_rules: _containers.RepeatedCompositeFieldContainer[ExplainedRule]
    partial: bool
    owner: ExplainedOwner
    sequence: ExplainedSequence
    exits: _containers.RepeatedCompositeFieldContainer[ExplainedExit]
    def __init__(self, record: _Optional[str] = ..., close_outcome: _Optional[_Union[_record_pb2.Record.CloseOutcome, str]] = ..., change_pending: bool = ..., problem: _Optional[str] = ..., current_segment: _Optional[str] = ..., segment: _Optional[str] = ..., membership: _Optional[_Union[ExplainRecordResponse.Membership, str]] = ..., no_segment_reason: _Optional[_Union[ExplainRecordResponse.NoSegmentReason, str]] = ..., segments: _Optional[_Iterable[_Union[ExplainedSegment, _Mapping]]] = ..., assignment_rules: _Optional[_Iterable[_Union[ExplainedRule, _Mapping]]] = ..., partial: bool = ..., owner: _Optional[_Union[ExplainedOwner, _Mapping]] = ..., sequence: _Optional[_Union[ExplainedSequence, _Mapping]] = ..., exits: _Optional[_Iterable[_Union[ExplainedExit, _Mapping]]] = ...) -> None: ...

class ExplainedCondition(_message.Message):
    __slots__ = ("truth", "join", "parts")
    class Truth(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
        __slots__ = ()
        TRUTH_UNSPECIFIED: _ClassVar[ExplainedCondition.Truth]
        TRUE: _ClassVar[ExplainedCondition.Truth]
        FALSE: _ClassVar[ExplainedCondition.Truth]
        UNKNOWN: _ClassVar[ExplainedCondition.Truth]
    TRUTH_UNSPECIFIED: ExplainedCondition.Truth
    TRUE: ExplainedCondition.Truth
    FALSE: ExplainedCondition.Truth
    UNKNOWN: ExplainedCondition.Truth
    class Join(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
        __slots__ = ()
        JOIN_UNSPECIFIED: _ClassVar[ExplainedCondition.Join]
        ALL: _ClassVar[ExplainedCondition.Join]
        ANY: _ClassVar[ExplainedCondition.Join]
    JOIN_UNSPECIFIED: ExplainedCondition.Join
    ALL: ExplainedCondition.Join
    ANY: ExplainedCondition.Join
    class Part(_message.Message):
        __slots__ = ("text", "truth", "missing_attributes", "related_values")
        TEXT_FIELD_NUMBER: _ClassVar[int]
        TRUTH_FIELD_NUMBER: _ClassVar[int]
        MISSING_ATTRIBUTES_FIELD_NUMBER: _ClassVar[int]
        RELATED_VALUES_FIELD_NUMBER: _ClassVar[int]
        text: str
        truth: ExplainedCondition.Truth
        missing_attributes: _containers.RepeatedScalarFieldContainer[str]
        related_values: _containers.RepeatedCompositeFieldContainer[ExplainedCondition.RelatedValue]
        def __init__(self, text: _Optional[str] = ..., truth: _Optional[_Union[ExplainedCondition.Truth, str]] = ..., missing_attributes: _Optional[_Iterable[str]] = ..., related_values: _Optional[_Iterable[_Union[ExplainedCondition.RelatedValue, _Mapping]]] = ...) -> None: ...
    class RelatedValue(_message.Message):
        __slots__ = ("attribute", "record", "value")
        ATTRIBUTE_FIELD_NUMBER: _ClassVar[int]
        RECORD_FIELD_NUMBER: _ClassVar[int]
        VALUE_FIELD_NUMBER: _ClassVar[int]
        attribute: str
        record: str
        value: _struct_pb2.Value
        def __init__(self, attribute: _Optional[str] = ..., record: _Optional[str] = ..., value: _Optional[_Union[_struct_pb2.Value, _Mapping]] = ...) -> None: ...
    TRUTH_FIELD_NUMBER: _ClassVar[int]
    JOIN_FIELD_NUMBER: _ClassVar[int]
    PARTS_FIELD_NUMBER: _ClassVar[int]
    truth: ExplainedCondition.Truth
    join: ExplainedCondition.Join
    parts: _containers.RepeatedCompositeFieldContainer[ExplainedCondition.Part]
    def __init__(self, truth: _Optional[_Union[ExplainedCondition.Truth, str]] = ..., join: _Optional[_Union[ExplainedCondition.Join, str]] = ..., parts: _Optional[_Iterable[_Union[ExplainedCondition.Part, _Mapping]]] = ...) -> None: ...

class ExplainedSegment(_message.Message):
    __slots__ = ("segment", "display_name", "priority", "condition", "verdict")
    class Verdict(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
        __slots__ = ()
        VERDICT_UNSPECIFIED: _ClassVar[ExplainedSegment.Verdict]
        WINS: _ClassVar[ExplainedSegment.Verdict]
        NO_MATCH: _ClassVar[ExplainedSegment.Verdict]
        HIGHER_PRIORITY: _ClassVar[ExplainedSegment.Verdict]
        KEPT: _ClassVar[ExplainedSegment.Verdict]
        RECORD_CLOSED: _ClassVar[ExplainedSegment.Verdict]
        NOTHING_CONNECTED: _ClassVar[ExplainedSegment.Verdict]
    VERDICT_UNSPECIFIED: ExplainedSegment.Verdict
    WINS: ExplainedSegment.Verdict
    NO_MATCH: ExplainedSegment.Verdict
    HIGHER_PRIORITY: ExplainedSegment.Verdict
    KEPT: ExplainedSegment.Verdict
    RECORD_CLOSED: ExplainedSegment.Verdict
    NOTHING_CONNECTED: ExplainedSegment.Verdict
    SEGMENT_FIELD_NUMBER: _ClassVar[int]
    DISPLAY_NAME_FIELD_NUMBER: _ClassVar[int]
    PRIORITY_FIELD_NUMBER: _ClassVar[int]
    CONDITION_FIELD_NUMBER: _ClassVar[int]
    VERDICT_FIELD_NUMBER: _ClassVar[int]
    segment: str
    display_name: str
    priority: int
    condition: ExplainedCondition
    verdict: ExplainedSegment.Verdict
    def __init__(self, segment: _Optional[str] = ..., display_name: _Optional[str] = ..., priority: _Optional[int] = ..., condition: _Optional[_Union[ExplainedCondition, _Mapping]] = ..., verdict: _Optional[_Union[ExplainedSegment.Verdict, str]] = ...) -> None: ...

class ExplainedRule(_message.Message):
    __slots__ = ("assignment_rule", "display_name", "condition", "verdict", "matching_sellers", "matching_seller_count")
    class Verdict(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
        __slots__ = ()
        VERDICT_UNSPECIFIED: _ClassVar[ExplainedRule.Verdict]
        DECIDES: _ClassVar[ExplainedRule.Verdict]
        NO_MATCH: _ClassVar[ExplainedRule.Verdict]
        HIGHER_PRIORITY: _ClassVar[ExplainedRule.Verdict]
        NOT_RUN: _ClassVar[ExplainedRule.Verdict]
    VERDICT_UNSPECIFIED: ExplainedRule.Verdict
    DECIDES: ExplainedRule.Verdict
    NO_MATCH: ExplainedRule.Verdict
    HIGHER_PRIORITY: ExplainedRule.Verdict
    NOT_RUN: ExplainedRule.Verdict
    ASSIGNMENT_RULE_FIELD_NUMBER: _ClassVar[int]
    DISPLAY_NAME_FIELD_NUMBER: _ClassVar[int]
    CONDITION_FIELD_NUMBER: _ClassVar[int]
    VERDICT_FIELD_NUMBER: _ClassVar[int]
    MATCHING_SELLERS_FIELD_NUMBER: _ClassVar[int]
    MATCHING_SELLER_COUNT_FIELD_NUMBER: _ClassVar[int]
    assignment_rule: str
    display_name: str
    condition: ExplainedCondition
    verdict: ExplainedRule.Verdict
    matching_sellers: _containers.RepeatedScalarFieldContainer[str]
    matching_seller_count: int
    def __init__(self, assignment_rule: _Optional[str] = ..., display_name: _Optional[str] = ..., condition: _Optional[_Union[ExplainedCondition, _Mapping]] = ..., verdict: _Optional[_Union[ExplainedRule.Verdict, str]] = ..., matching_sellers: _Optional[_Iterable[str]] = ..., matching_seller_count: _Optional[int] = ...) -> None: ...

class ExplainedOwner(_message.Message):
    __slots__ = ("current_owner", "owner", "assignment_rule", "reason", "no_candidate_reason", "retry_time")
    class Reason(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
        __slots__ = ()
        REASON_UNSPECIFIED: _ClassVar[ExplainedOwner.Reason]
        ROUND_ROBIN: _ClassVar[ExplainedOwner.Reason]
        ALREADY_OWNED: _ClassVar[ExplainedOwner.Reason]
        NO_CANDIDATE: _ClassVar[ExplainedOwner.Reason]
        NO_RULE: _ClassVar[ExplainedOwner.Reason]
        RULES_NOT_RUN: _ClassVar[ExplainedOwner.Reason]
        NOT_ASKED: _ClassVar[ExplainedOwner.Reason]
        LOAD_BALANCING: _ClassVar[ExplainedOwner.Reason]
    REASON_UNSPECIFIED: ExplainedOwner.Reason
    ROUND_ROBIN: ExplainedOwner.Reason
    ALREADY_OWNED: ExplainedOwner.Reason
    NO_CANDIDATE: ExplainedOwner.Reason
    NO_RULE: ExplainedOwner.Reason
    RULES_NOT_RUN: ExplainedOwner.Reason
    NOT_ASKED: ExplainedOwner.Reason
    LOAD_BALANCING: ExplainedOwner.Reason
    CURRENT_OWNER_FIELD_NUMBER: _ClassVar[int]
    OWNER_FIELD_NUMBER: _ClassVar[int]
    ASSIGNMENT_RULE_FIELD_NUMBER: _ClassVar[int]
    REASON_FIELD_NUMBER: _ClassVar[int]
    NO_CANDIDATE_REASON_FIELD_NUMBER: _ClassVar[int]
    RETRY_TIME_FIELD_NUMBER: _ClassVar[int]
    current_owner: str
    owner: str
    assignment_rule: str
    reason: ExplainedOwner.Reason
    no_candidate_reason: _segment_pb2.AssignmentRule.NoCandidateReason
    retry_time: _timestamp_pb2.Timestamp
    def __init__(self, current_owner: _Optional[str] = ..., owner: _Optional[str] = ..., assignment_rule: _Optional[str] = ..., reason: _Optional[_Union[ExplainedOwner.Reason, str]] = ..., no_candidate_reason: _Optional[_Union[_segment_pb2.AssignmentRule.NoCandidateReason, str]] = ..., retry_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ...) -> None: ...

class ExplainedSequence(_message.Message):
    __slots__ = ("sequence", "reason", "enrollment")
    class Reason(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
        __slots__ = ()
        REASON_UNSPECIFIED: _ClassVar[ExplainedSequence.Reason]
        ENROLLED: _ClassVar[ExplainedSequence.Reason]
        SEQUENCE_UNCHANGED: _ClassVar[ExplainedSequence.Reason]
        ENROLLED_BEFORE: _ClassVar[ExplainedSequence.Reason]
        SEQUENCE_INACTIVE: _ClassVar[ExplainedSequence.Reason]
        NOT_CONNECTED: _ClassVar[ExplainedSequence.Reason]
        NO_SEGMENT: _ClassVar[ExplainedSequence.Reason]
    REASON_UNSPECIFIED: ExplainedSequence.Reason
    ENROLLED: ExplainedSequence.Reason
    SEQUENCE_UNCHANGED: ExplainedSequence.Reason
    ENROLLED_BEFORE: ExplainedSequence.Reason
    SEQUENCE_INACTIVE: ExplainedSequence.Reason
    NOT_CONNECTED: ExplainedSequence.Reason
    NO_SEGMENT: ExplainedSequence.Reason
    SEQUENCE_FIELD_NUMBER: _ClassVar[int]
    REASON_FIELD_NUMBER: _ClassVar[int]
    ENROLLMENT_FIELD_NUMBER: _ClassVar[int]
    sequence: str
    reason: ExplainedSequence.Reason
    enrollment: str
    def __init__(self, sequence: _Optional[str] = ..., reason: _Optional[_Union[ExplainedSequence.Reason, str]] = ..., enrollment: _Optional[str] = ...) -> None: ...

class ExplainedExit(_message.Message):
    __slots__ = ("enrollment", "reason")
    ENROLLMENT_FIELD_NUMBER: _ClassVar[int]
    REASON_FIELD_NUMBER: _ClassVar[int]
    enrollment: str
    reason: _enrollment_pb2.Enrollment.Reason
    def __init__(self, enrollment: _Optional[str] = ..., reason: _Optional[_Union[_enrollment_pb2.Enrollment.Reason, str]] = ...) -> None: ...

class ListRoutingRunsRequest(_message.Message):
    __slots__ = ("page_size", "page_token", "filter")
    PAGE_SIZE_FIELD_NUMBER: _ClassVar[int]
    PAGE_TOKEN_FIELD_NUMBER: _ClassVar[int]
    FILTER_FIELD_NUMBER: _ClassVar[int]
    page_size: int
    page_token: str
    filter: str
    def __init__(self, page_size: _Optional[int] = ..., page_token: _Optional[str] = ..., filter: _Optional[str] = ...) -> None: ...

class ListRoutingRunsResponse(_message.Message):
    __slots__ = ("routing_runs", "next_page_token")
    ROUTING_RUNS_FIELD_NUMBER: _ClassVar[int]
    NEXT_PAGE_TOKEN_FIELD_NUMBER: _ClassVar[int]
    routing_runs: _containers.RepeatedCompositeFieldContainer[_enrollment_pb2.Event]
    next_page_token: str
    def __init__(self, routing_runs: _Optional[_Iterable[_Union[_enrollment_pb2.Event, _Mapping]]] = ..., next_page_token: _Optional[str] = ...) -> None: ...

class ListSegmentMembersRequest(_message.Message):
    __slots__ = ("parent", "page_size", "page_token")
    PARENT_FIELD_NUMBER: _ClassVar[int]
    PAGE_SIZE_FIELD_NUMBER: _ClassVar[int]
    PAGE_TOKEN_FIELD_NUMBER: _ClassVar[int]
    parent: str
    page_size: int
    page_token: str
    def __init__(self, parent: _Optional[str] = ..., page_size: _Optional[int] = ..., page_token: _Optional[str] = ...) -> None: ...

class ListSegmentMembersResponse(_message.Message):
    __slots__ = ("segment_members", "next_page_token")
    SEGMENT_MEMBERS_FIELD_NUMBER: _ClassVar[int]
    NEXT_PAGE_TOKEN_FIELD_NUMBER: _ClassVar[int]
    segment_members: _containers.RepeatedCompositeFieldContainer[_segment_pb2.SegmentMember]
    next_page_token: str
    def __init__(self, segment_members: _Optional[_Iterable[_Union[_segment_pb2.SegmentMember, _Mapping]]] = ..., next_page_token: _Optional[str] = ...) -> None: ...

class CreateAssignmentRuleRequest(_message.Message):
    __slots__ = ("parent", "assignment_rule_id", "assignment_rule", "request_id")
    PARENT_FIELD_NUMBER: _ClassVar[int]
    ASSIGNMENT_RULE_ID_FIELD_NUMBER: _ClassVar[int]
    ASSIGNMENT_RULE_FIELD_NUMBER: _ClassVar[int]
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    parent: str
    assignment_rule_id: str
    assignment_rule: _segment_pb2.AssignmentRule
    request_id: str
    def __init__(self, parent: _Optional[str] = ..., assignment_rule_id: _Optional[str] = ..., assignment_rule: _Optional[_Union[_segment_pb2.AssignmentRule, _Mapping]] = ..., request_id: _Optional[str] = ...) -> None: ...

class CreateAssignmentRuleResponse(_message.Message):
    __slots__ = ("assignment_rule",)
    ASSIGNMENT_RULE_FIELD_NUMBER: _ClassVar[int]
    assignment_rule: _segment_pb2.AssignmentRule
    def __init__(self, assignment_rule: _Optional[_Union[_segment_pb2.AssignmentRule, _Mapping]] = ...) -> None: ...

class GetAssignmentRuleRequest(_message.Message):
    __slots__ = ("name",)
    NAME_FIELD_NUMBER: _ClassVar[int]
    name: str
    def __init__(self, name: _Optional[str] = ...) -> None: ...

class GetAssignmentRuleResponse(_message.Message):
    __slots__ = ("assignment_rule",)
    ASSIGNMENT_RULE_FIELD_NUMBER: _ClassVar[int]
    assignment_rule: _segment_pb2.AssignmentRule
    def __init__(self, assignment_rule: _Optional[_Union[_segment_pb2.AssignmentRule, _Mapping]] = ...) -> None: ...

class ListAssignmentRulesRequest(_message.Message):
    __slots__ = ("parent", "page_size", "page_token")
    PARENT_FIELD_NUMBER: _ClassVar[int]
    PAGE_SIZE_FIELD_NUMBER: _ClassVar[int]
    PAGE_TOKEN_FIELD_NUMBER: _ClassVar[int]
    parent: str
    page_size: int
    page_token: str
    def __init__(self, parent: _Optional[str] = ..., page_size: _Optional[int] = ..., page_token: _Optional[str] = ...) -> None: ...

class ListAssignmentRulesResponse(_message.Message):
    __slots__ = ("assignment_rules", "next_page_token")
    ASSIGNMENT_RULES_FIELD_NUMBER: _ClassVar[int]
    NEXT_PAGE_TOKEN_FIELD_NUMBER: _ClassVar[int]
    assignment_rules: _containers.RepeatedCompositeFieldContainer[_segment_pb2.AssignmentRule]
    next_page_token: str
    def __init__(self, assignment_rules: _Optional[_Iterable[_Union[_segment_pb2.AssignmentRule, _Mapping]]] = ..., next_page_token: _Optional[str] = ...) -> None: ...

class UpdateAssignmentRuleRequest(_message.Message):
    __slots__ = ("assignment_rule", "update_mask", "request_id")
    ASSIGNMENT_RULE_FIELD_NUMBER: _ClassVar[int]
    UPDATE_MASK_FIELD_NUMBER: _ClassVar[int]
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    assignment_rule: _segment_pb2.AssignmentRule
    update_mask: _field_mask_pb2.FieldMask
    request_id: str
    def __init__(self, assignment_rule: _Optional[_Union[_segment_pb2.AssignmentRule, _Mapping]] = ..., update_mask: _Optional[_Union[_field_mask_pb2.FieldMask, _Mapping]] = ..., request_id: _Optional[str] = ...) -> None: ...

class UpdateAssignmentRuleResponse(_message.Message):
    __slots__ = ("assignment_rule",)
    ASSIGNMENT_RULE_FIELD_NUMBER: _ClassVar[int]
    assignment_rule: _segment_pb2.AssignmentRule
    def __init__(self, assignment_rule: _Optional[_Union[_segment_pb2.AssignmentRule, _Mapping]] = ...) -> None: ...

class MoveAssignmentRuleRequest(_message.Message):
    __slots__ = ("name", "priority", "etag", "request_id")
    NAME_FIELD_NUMBER: _ClassVar[int]
    PRIORITY_FIELD_NUMBER: _ClassVar[int]
    ETAG_FIELD_NUMBER: _ClassVar[int]
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    name: str
    priority: int
    etag: str
    request_id: str
    def __init__(self, name: _Optional[str] = ..., priority: _Optional[int] = ..., etag: _Optional[str] = ..., request_id: _Optional[str] = ...) -> None: ...

class MoveAssignmentRuleResponse(_message.Message):
    __slots__ = ("assignment_rule",)
    ASSIGNMENT_RULE_FIELD_NUMBER: _ClassVar[int]
    assignment_rule: _segment_pb2.AssignmentRule
    def __init__(self, assignment_rule: _Optional[_Union[_segment_pb2.AssignmentRule, _Mapping]] = ...) -> None: ...

class DeleteAssignmentRuleRequest(_message.Message):
    __slots__ = ("name", "etag", "request_id")
    NAME_FIELD_NUMBER: _ClassVar[int]
    ETAG_FIELD_NUMBER: _ClassVar[int]
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    name: str
    etag: str
    request_id: str
    def __init__(self, name: _Optional[str] = ..., etag: _Optional[str] = ..., request_id: _Optional[str] = ...) -> None: ...

class DeleteAssignmentRuleResponse(_message.Message):
    __slots__ = ()
    def __init__(self) -> None: ...
