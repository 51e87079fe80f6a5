import datetime

from google.protobuf import duration_pb2 as _duration_pb2
from google.protobuf import field_mask_pb2 as _field_mask_pb2
from google.protobuf import struct_pb2 as _struct_pb2
from google.protobuf import timestamp_pb2 as _timestamp_pb2
from upnext_client.v1 import engagement_pb2 as _engagement_pb2
from upnext_client.v1 import enrollment_pb2 as _enrollment_pb2
from upnext_client.v1 import record_pb2 as _record_pb2
from upnext_client.v1 import sequence_pb2 as _sequence_pb2
from google.protobuf.internal import containers as _containers
from google.protobuf.internal import enum_type_wrapper as _enum_type_wrapper
from google.protobuf import descriptor as _descriptor
from google.protobuf import message as _message
from collections.abc import Iterable as _Iterable, Mapping as _Mapping
from typing import ClassVar as _ClassVar, Optional as _Optional, Union as _Union

DESCRIPTOR: _descriptor.FileDescriptor

class CreateSequenceRequest(_message.Message):
    __slots__ = ("sequence_id", "sequence", "request_id")
    SEQUENCE_ID_FIELD_NUMBER: _ClassVar[int]
    SEQUENCE_FIELD_NUMBER: _ClassVar[int]
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    sequence_id: str
    sequence: _sequence_pb2.Sequence
    request_id: str
    def __init__(self, sequence_id: _Optional[str] = ..., sequence: _Optional[_Union[_sequence_pb2.Sequence, _Mapping]] = ..., request_id: _Optional[str] = ...) -> None: ...

class CreateSequenceResponse(_message.Message):
    __slots__ = ("sequence",)
    SEQUENCE_FIELD_NUMBER: _ClassVar[int]
    sequence: _sequence_pb2.Sequence
    def __init__(self, sequence: _Optional[_Union[_sequence_pb2.Sequence, _Mapping]] = ...) -> None: ...

class GetSequenceRequest(_message.Message):
    __slots__ = ("name", "view")
    NAME_FIELD_NUMBER: _ClassVar[int]
    VIEW_FIELD_NUMBER: _ClassVar[int]
    name: str
    view: _sequence_pb2.Sequence.View
    def __init__(self, name: _Optional[str] = ..., view: _Optional[_Union[_sequence_pb2.Sequence.View, str]] = ...) -> None: ...

class GetSequenceResponse(_message.Message):
    __slots__ = ("sequence",)
    SEQUENCE_FIELD_NUMBER: _ClassVar[int]
    sequence: _sequence_pb2.Sequence
    def __init__(self, sequence: _Optional[_Union[_sequence_pb2.Sequence, _Mapping]] = ...) -> None: ...

class ListSequencesRequest(_message.Message):
    __slots__ = ("page_size", "page_token", "filter", "show_deleted")
    PAGE_SIZE_FIELD_NUMBER: _ClassVar[int]
    PAGE_TOKEN_FIELD_NUMBER: _ClassVar[int]
    FILTER_FIELD_NUMBER: _ClassVar[int]
    SHOW_DELETED_FIELD_NUMBER: _ClassVar[int]
    page_size: int
    page_token: str
    filter: str
    show_deleted: bool
    def __init__(self, page_size: _Optional[int] = ..., page_token: _Optional[str] = ..., filter: _Optional[str] = ..., show_deleted: bool = ...) -> None: ...

class ListSequencesResponse(_message.Message):
    __slots__ = ("sequences", "next_page_token")
    SEQUENCES_FIELD_NUMBER: _ClassVar[int]
    NEXT_PAGE_TOKEN_FIELD_NUMBER: _ClassVar[int]
    sequences: _containers.RepeatedCompositeFieldContainer[_sequence_pb2.Sequence]
    next_page_token: str
    def __init__(self, sequences: _Optional[_Iterable[_Union[_sequence_pb2.Sequence, _Mapping]]] = ..., next_page_token: _Optional[str] = ...) -> None: ...

class UpdateSequenceRequest(_message.Message):
    __slots__ = ("sequence", "update_mask", "request_id")
    SEQUENCE_FIELD_NUMBER: _ClassVar[int]
    UPDATE_MASK_FIELD_NUMBER: _ClassVar[int]
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    sequence: _sequence_pb2.Sequence
    update_mask: _field_mask_pb2.FieldMask
    request_id: str
    def __init__(self, sequence: _Optional[_Union[_sequence_pb2.Sequence, _Mapping]] = ..., update_mask: _Optional[_Union[_field_mask_pb2.FieldMask, _Mapping]] = ..., request_id: _Optional[str] = ...) -> None: ...

class UpdateSequenceResponse(_message.Message):
    __slots__ = ("sequence",)
    SEQUENCE_FIELD_NUMBER: _ClassVar[int]
    sequence: _sequence_pb2.Sequence
    def __init__(self, sequence: _Optional[_Union[_sequence_pb2.Sequence, _Mapping]] = ...) -> None: ...

class DeleteSequenceRequest(_message.Message):
    __slots__ = ("name", "etag", "force", "request_id")
    NAME_FIELD_NUMBER: _ClassVar[int]
    ETAG_FIELD_NUMBER: _ClassVar[int]
    FORCE_FIELD_NUMBER: _ClassVar[int]
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    name: str
    etag: str
    force: bool
    request_id: str
    def __init__(self, name: _Optional[str] = ..., etag: _Optional[str] = ..., force: bool = ..., request_id: _Optional[str] = ...) -> None: ...

class DeleteSequenceResponse(_message.Message):
    __slots__ = ("sequence", "exit_operation")
    SEQUENCE_FIELD_NUMBER: _ClassVar[int]
    EXIT_OPERATION_FIELD_NUMBER: _ClassVar[int]
    sequence: _sequence_pb2.Sequence
    exit_operation: str
    def __init__(self, sequence: _Optional[_Union[_sequence_pb2.Sequence, _Mapping]] = ..., exit_operation: _Optional[str] = ...) -> None: ...

class UndeleteSequenceRequest(_message.Message):
    __slots__ = ("name", "request_id")
    NAME_FIELD_NUMBER: _ClassVar[int]
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    name: str
    request_id: str
    def __init__(self, name: _Optional[str] = ..., request_id: _Optional[str] = ...) -> None: ...

class UndeleteSequenceResponse(_message.Message):
    __slots__ = ("sequence",)
    SEQUENCE_FIELD_NUMBER: _ClassVar[int]
    sequence: _sequence_pb2.Sequence
    def __init__(self, sequence: _Optional[_Union[_sequence_pb2.Sequence, _Mapping]] = ...) -> None: ...

class ValidateSequenceRequest(_message.Message):
    __slots__ = ("name", "sequence")
    NAME_FIELD_NUMBER: _ClassVar[int]
    SEQUENCE_FIELD_NUMBER: _ClassVar[int]
    name: str
    sequence: _sequence_pb2.Sequence
    def __init__(self, name: _Optional[str] = ..., sequence: _Optional[_Union[_sequence_pb2.Sequence, _Mapping]] = ...) -> None: ...

class ValidateSequenceResponse(_message.Message):
    __slots__ = ("violations", "warnings")
    class Violation(_message.Message):
        __slots__ = ("field", "reason", "description")
        FIELD_FIELD_NUMBER: _ClassVar[int]
        REASON_FIELD_NUMBER: _ClassVar[int]
        DESCRIPTION_FIELD_NUMBER: _ClassVar[int]
        field: str
        reason: str
        description: str
        def __init__(self, field: _Optional[str] = ..., reason: _Optional[str] = ..., description: _Optional[str] = ...) -> None: ...
    class Warning(_message.Message):
        __slots__ = ("field", "reason", "description")
        class Reason(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
            __slots__ = ()
            REASON_UNSPECIFIED: _ClassVar[ValidateSequenceResponse.Warning.Reason]
            EXIT_COMES_FIRST: _ClassVar[ValidateSequenceResponse.Warning.Reason]
            PATH_UNREACHABLE: _ClassVar[ValidateSequenceResponse.Warning.Reason]
            WAIT_AFTER_WAIT: _ClassVar[ValidateSequenceResponse.Warning.Reason]
            BRANCH_WITHOUT_STEPS: _ClassVar[ValidateSequenceResponse.Warning.Reason]
            MESSAGES_AT_ONCE: _ClassVar[ValidateSequenceResponse.Warning.Reason]
            ADDRESS_UNKNOWN: _ClassVar[ValidateSequenceResponse.Warning.Reason]
            GOAL_UNREACHABLE: _ClassVar[ValidateSequenceResponse.Warning.Reason]
        REASON_UNSPECIFIED: ValidateSequenceResponse.Warning.Reason
        EXIT_COMES_FIRST: ValidateSequenceResponse.Warning.Reason
        PATH_UNREACHABLE: ValidateSequenceResponse.Warning.Reason
        WAIT_AFTER_WAIT: ValidateSequenceResponse.Warning.Reason
        BRANCH_WITHOUT_STEPS: ValidateSequenceResponse.Warning.Reason
        MESSAGES_AT_ONCE: ValidateSequenceResponse.Warning.Reason
        ADDRESS_UNKNOWN: ValidateSequenceResponse.Warning.Reason
        GOAL_UNREACHABLE: ValidateSequenceResponse.Warning.Reason
        FIELD_FIELD_NUMBER: _ClassVar[int]
        REASON_FIELD_NUMBER: _ClassVar[int]
        DESCRIPTION_FIELD_NUMBER: _ClassVar[int]
        field: str
        reason: ValidateSequenceResponse.Warning.Reason
        description: str
        def __init__(self, field: _Optional[str] = ..., reason: _Optional[_Union[ValidateSequenceResponse.Warning.Reason, str]] = ..., description: _Optional[str] = ...) -> None: ...
    VIOLATIONS_FIELD_NUMBER: _ClassVar[int]
    WARNINGS_FIELD_NUMBER: _ClassVar[int]
    violations: _containers.RepeatedCompositeFieldContainer[ValidateSequenceResponse.Violation]
    warnings: _containers.RepeatedCompositeFieldContainer[ValidateSequenceResponse.Warning]
    def __init__(self, violations: _Optional[_Iterable[_Union[ValidateSequenceResponse.Violation, _Mapping]]] = ..., warnings: _Optional[_Iterable[_Union[ValidateSequenceResponse.Warning, _Mapping]]] = ...) -> None: ...

class SimulateSequenceRequest(_message.Message):
    __slots__ = ("name", "sequence", "start_time", "record", "attributes", "steps", "engagements")
    NAME_FIELD_NUMBER: _ClassVar[int]
    SEQUENCE_FIELD_NUMBER: _ClassVar[int]
    START_TIME_FIELD_NUMBER: _ClassVar[int]
    RECORD_FIELD_NUMBER: _ClassVar[int]
    ATTRIBUTES_FIELD_NUMBER: _ClassVar[int]
    STEPS_FIELD_NUMBER: _ClassVar[int]
    ENGAGEMENTS_FIELD_NUMBER: _ClassVar[int]
    name: str
    sequence: _sequence_pb2.Sequence
    start_time: _timestamp_pb2.Timestamp
    record: str
    attributes: _struct_pb2.Struct
    steps: _containers.RepeatedCompositeFieldContainer[StepAssumption]
    engagements: _containers.RepeatedCompositeFieldContainer[EngagementAssumption]
    def __init__(self, name: _Optional[str] = ..., sequence: _Optional[_Union[_sequence_pb2.Sequence, _Mapping]] = ..., start_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., record: _Optional[str] = ..., attributes: _Optional[_Union[_struct_pb2.Struct, _Mapping]] = ..., steps: _Optional[_Iterable[_Union[StepAssumption, _Mapping]]] = ..., engagements: _Optional[_Iterable[_Union[EngagementAssumption, _Mapping]]] = ...) -> None: ...

class StepAssumption(_message.Message):
    __slots__ = ("step_id", "completed", "skipped", "open", "path", "variant_id")
    STEP_ID_FIELD_NUMBER: _ClassVar[int]
    COMPLETED_FIELD_NUMBER: _ClassVar[int]
    SKIPPED_FIELD_NUMBER: _ClassVar[int]
    OPEN_FIELD_NUMBER: _ClassVar[int]
    PATH_FIELD_NUMBER: _ClassVar[int]
    VARIANT_ID_FIELD_NUMBER: _ClassVar[int]
    step_id: str
    completed: CompletedAssumption
    skipped: SkippedAssumption
    open: OpenAssumption
    path: _enrollment_pb2.BranchDecided.Path
    variant_id: str
    def __init__(self, step_id: _Optional[str] = ..., completed: _Optional[_Union[CompletedAssumption, _Mapping]] = ..., skipped: _Optional[_Union[SkippedAssumption, _Mapping]] = ..., open: _Optional[_Union[OpenAssumption, _Mapping]] = ..., path: _Optional[_Union[_enrollment_pb2.BranchDecided.Path, str]] = ..., variant_id: _Optional[str] = ...) -> None: ...

class CompletedAssumption(_message.Message):
    __slots__ = ("outcome", "delay")
    OUTCOME_FIELD_NUMBER: _ClassVar[int]
    DELAY_FIELD_NUMBER: _ClassVar[int]
    outcome: str
    delay: _sequence_pb2.Delay
    def __init__(self, outcome: _Optional[str] = ..., delay: _Optional[_Union[_sequence_pb2.Delay, _Mapping]] = ...) -> None: ...

class SkippedAssumption(_message.Message):
    __slots__ = ("reason", "delay")
    REASON_FIELD_NUMBER: _ClassVar[int]
    DELAY_FIELD_NUMBER: _ClassVar[int]
    reason: str
    delay: _sequence_pb2.Delay
    def __init__(self, reason: _Optional[str] = ..., delay: _Optional[_Union[_sequence_pb2.Delay, _Mapping]] = ...) -> None: ...

class OpenAssumption(_message.Message):
    __slots__ = ()
    def __init__(self) -> None: ...

class EngagementAssumption(_message.Message):
    __slots__ = ("kind", "step_id", "delay")
    KIND_FIELD_NUMBER: _ClassVar[int]
    STEP_ID_FIELD_NUMBER: _ClassVar[int]
    DELAY_FIELD_NUMBER: _ClassVar[int]
    kind: _engagement_pb2.EngagementEvent.EventKind
    step_id: str
    delay: _sequence_pb2.Delay
    def __init__(self, kind: _Optional[_Union[_engagement_pb2.EngagementEvent.EventKind, str]] = ..., step_id: _Optional[str] = ..., delay: _Optional[_Union[_sequence_pb2.Delay, _Mapping]] = ...) -> None: ...

class SimulateSequenceResponse(_message.Message):
    __slots__ = ("enrollment", "partial", "unreached_step_ids")
    ENROLLMENT_FIELD_NUMBER: _ClassVar[int]
    PARTIAL_FIELD_NUMBER: _ClassVar[int]
    UNREACHED_STEP_IDS_FIELD_NUMBER: _ClassVar[int]
    enrollment: _enrollment_pb2.Enrollment
    partial: bool
    unreached_step_ids: _containers.RepeatedScalarFieldContainer[str]
    def __init__(self, enrollment: _Optional[_Union[_enrollment_pb2.Enrollment, _Mapping]] = ..., partial: bool = ..., unreached_step_ids: _Optional[_Iterable[str]] = ...) -> None: ...

class ListSequenceTemplatesRequest(_message.Message):
    __slots__ = ("page_size", "page_token")
    PAGE_SIZE_FIELD_NUMBER: _ClassVar[int]
    PAGE_TOKEN_FIELD_NUMBER: _ClassVar[int]
    page_size: int
    page_token: str
    def __init__(self, page_size: _Optional[int] = ..., page_token: _Optional[str] = ...) -> None: ...

class ListSequenceTemplatesResponse(_message.Message):
    __slots__ = ("sequence_templates", "next_page_token")
    SEQUENCE_TEMPLATES_FIELD_NUMBER: _ClassVar[int]
    NEXT_PAGE_TOKEN_FIELD_NUMBER: _ClassVar[int]
    sequence_templates: _containers.RepeatedCompositeFieldContainer[SequenceTemplate]
    next_page_token: str
    def __init__(self, sequence_templates: _Optional[_Iterable[_Union[SequenceTemplate, _Mapping]]] = ..., next_page_token: _Optional[str] = ...) -> None: ...

class SequenceTemplate(_message.Message):
    __slots__ = ("name", "display_name", "description", "record_type", "steps", "step_count", "day_count")
    NAME_FIELD_NUMBER: _ClassVar[int]
    DISPLAY_NAME_FIELD_NUMBER: _ClassVar[int]
    DESCRIPTION_FIELD_NUMBER: _ClassVar[int]
    RECORD_TYPE_FIELD_NUMBER: _ClassVar[int]
    STEPS_FIELD_NUMBER: _ClassVar[int]
    STEP_COUNT_FIELD_NUMBER: _ClassVar[int]
    DAY_COUNT_FIELD_NUMBER: _ClassVar[int]
    name: str
    display_name: str
    description: str
    record_type: str
    steps: _containers.RepeatedCompositeFieldContainer[_sequence_pb2.Step]
    step_count: int
    day_count: int
    def __init__(self, name: _Optional[str] = ..., display_name: _Optional[str] = ..., description: _Optional[str] = ..., record_type: _Optional[str] = ..., steps: _Optional[_Iterable[_Union[_sequence_pb2.Step, _Mapping]]] = ..., step_count: _Optional[int] = ..., day_count: _Optional[int] = ...) -> None: ...

class RenderSequenceRequest(_message.Message):
    __slots__ = ("name", "with_counts")
    NAME_FIELD_NUMBER: _ClassVar[int]
    WITH_COUNTS_FIELD_NUMBER: _ClassVar[int]
    name: str
    with_counts: bool
    def __init__(self, name: _Optional[str] = ..., with_counts: bool = ...) -> None: ...

class RenderSequenceResponse(_message.Message):
    __slots__ = ("mermaid", "steps", "edges", "counted_revision", "elsewhere_count")
    MERMAID_FIELD_NUMBER: _ClassVar[int]
    STEPS_FIELD_NUMBER: _ClassVar[int]
    EDGES_FIELD_NUMBER: _ClassVar[int]
    COUNTED_REVISION_FIELD_NUMBER: _ClassVar[int]
    ELSEWHERE_COUNT_FIELD_NUMBER: _ClassVar[int]
    mermaid: str
    steps: _containers.RepeatedCompositeFieldContainer[RenderedStep]
    edges: _containers.RepeatedCompositeFieldContainer[RenderedEdge]
    counted_revision: str
    elsewhere_count: int
    def __init__(self, mermaid: _Optional[str] = ..., steps: _Optional[_Iterable[_Union[RenderedStep, _Mapping]]] = ..., edges: _Optional[_Iterable[_Union[RenderedEdge, _Mapping]]] = ..., counted_revision: _Optional[str] = ..., elsewhere_count: _Optional[int] = ...) -> None: ...

class RenderedStep(_message.Message):
    __slots__ = ("step_id", "display_name", "caption", "passes", "current_count", "exited_count", "nesting")
    STEP_ID_FIELD_NUMBER: _ClassVar[int]
    DISPLAY_NAME_FIELD_NUMBER: _ClassVar[int]
    CAPTION_FIELD_NUMBER: _ClassVar[int]
    PASSES_FIELD_NUMBER: _ClassVar[int]
    CURRENT_COUNT_FIELD_NUMBER: _ClassVar[int]
    EXITED_COUNT_FIELD_NUMBER: _ClassVar[int]
    NESTING_FIELD_NUMBER: _ClassVar[int]
    step_id: str
    display_name: str
    caption: str
    passes: bool
    current_count: int
    exited_count: int
    nesting: int
    def __init__(self, step_id: _Optional[str] = ..., display_name: _Optional[str] = ..., caption: _Optional[str] = ..., passes: bool = ..., current_count: _Optional[int] = ..., exited_count: _Optional[int] = ..., nesting: _Optional[int] = ...) -> None: ...

class RenderedEdge(_message.Message):
    __slots__ = ("from_step_id", "to_step_id", "passed_count", "label")
    FROM_STEP_ID_FIELD_NUMBER: _ClassVar[int]
    TO_STEP_ID_FIELD_NUMBER: _ClassVar[int]
    PASSED_COUNT_FIELD_NUMBER: _ClassVar[int]
    LABEL_FIELD_NUMBER: _ClassVar[int]
    from_step_id: str
    to_step_id: str
    passed_count: int
    label: str
    def __init__(self, from_step_id: _Optional[str] = ..., to_step_id: _Optional[str] = ..., passed_count: _Optional[int] = ..., label: _Optional[str] = ...) -> None: ...

class CloneSequenceRequest(_message.Message):
    __slots__ = ("name", "sequence_id", "display_name", "description", "request_id")
    NAME_FIELD_NUMBER: _ClassVar[int]
    SEQUENCE_ID_FIELD_NUMBER: _ClassVar[int]
    DISPLAY_NAME_FIELD_NUMBER: _ClassVar[int]
    DESCRIPTION_FIELD_NUMBER: _ClassVar[int]
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    name: str
    sequence_id: str
    display_name: str
    description: str
    request_id: str
    def __init__(self, name: _Optional[str] = ..., sequence_id: _Optional[str] = ..., display_name: _Optional[str] = ..., description: _Optional[str] = ..., request_id: _Optional[str] = ...) -> None: ...

class CloneSequenceResponse(_message.Message):
    __slots__ = ("sequence",)
    SEQUENCE_FIELD_NUMBER: _ClassVar[int]
    sequence: _sequence_pb2.Sequence
    def __init__(self, sequence: _Optional[_Union[_sequence_pb2.Sequence, _Mapping]] = ...) -> None: ...

class ReassignSequencesRequest(_message.Message):
    __slots__ = ("sequences", "current_owner", "new_owner", "request_id")
    SEQUENCES_FIELD_NUMBER: _ClassVar[int]
    CURRENT_OWNER_FIELD_NUMBER: _ClassVar[int]
    NEW_OWNER_FIELD_NUMBER: _ClassVar[int]
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    sequences: _containers.RepeatedScalarFieldContainer[str]
    current_owner: str
    new_owner: str
    request_id: str
    def __init__(self, sequences: _Optional[_Iterable[str]] = ..., current_owner: _Optional[str] = ..., new_owner: _Optional[str] = ..., request_id: _Optional[str] = ...) -> None: ...

class ReassignSequencesResponse(_message.Message):
    __slots__ = ("reassigned_count",)
    REASSIGNED_COUNT_FIELD_NUMBER: _ClassVar[int]
    reassigned_count: int
    def __init__(self, reassigned_count: _Optional[int] = ...) -> None: ...

class DiffSequenceRequest(_message.Message):
    __slots__ = ("name", "base_name")
    NAME_FIELD_NUMBER: _ClassVar[int]
    BASE_NAME_FIELD_NUMBER: _ClassVar[int]
    name: str
    base_name: str
    def __init__(self, name: _Optional[str] = ..., base_name: _Optional[str] = ...) -> None: ...

class DiffSequenceResponse(_message.Message):
    __slots__ = ("name", "base_name", "fields", "steps", "partial")
    NAME_FIELD_NUMBER: _ClassVar[int]
    BASE_NAME_FIELD_NUMBER: _ClassVar[int]
    FIELDS_FIELD_NUMBER: _ClassVar[int]
    STEPS_FIELD_NUMBER: _ClassVar[int]
    PARTIAL_FIELD_NUMBER: _ClassVar[int]
    name: str
    base_name: str
    fields: _containers.RepeatedCompositeFieldContainer[FieldDifference]
    steps: _containers.RepeatedCompositeFieldContainer[StepDifference]
    partial: bool
    def __init__(self, name: _Optional[str] = ..., base_name: _Optional[str] = ..., fields: _Optional[_Iterable[_Union[FieldDifference, _Mapping]]] = ..., steps: _Optional[_Iterable[_Union[StepDifference, _Mapping]]] = ..., partial: bool = ...) -> None: ...

class FieldDifference(_message.Message):
    __slots__ = ("field", "before", "after")
    FIELD_FIELD_NUMBER: _ClassVar[int]
    BEFORE_FIELD_NUMBER: _ClassVar[int]
    AFTER_FIELD_NUMBER: _ClassVar[int]
    field: str
    before: str
    after: str
    def __init__(self, field: _Optional[str] = ..., before: _Optional[str] = ..., after: _Optional[str] = ...) -> None: ...

class StepDifference(_message.Message):
    __slots__ = ("step_id", "kind", "before", "after", "changed_fields")
    class Kind(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
        __slots__ = ()
        KIND_UNSPECIFIED: _ClassVar[StepDifference.Kind]
        ADDED: _ClassVar[StepDifference.Kind]
        REMOVED: _ClassVar[StepDifference.Kind]
        CHANGED: _ClassVar[StepDifference.Kind]
        MOVED: _ClassVar[StepDifference.Kind]
    KIND_UNSPECIFIED: StepDifference.Kind
    ADDED: StepDifference.Kind
    REMOVED: StepDifference.Kind
    CHANGED: StepDifference.Kind
    MOVED: StepDifference.Kind
    STEP_ID_FIELD_NUMBER: _ClassVar[int]
    KIND_FIELD_NUMBER: _ClassVar[int]
    BEFORE_FIELD_NUMBER: _ClassVar[int]
    AFTER_FIELD_NUMBER: _ClassVar[int]
    CHANGED_FIELDS_FIELD_NUMBER: _ClassVar[int]
    step_id: str
    kind: StepDifference.Kind
    before: _sequence_pb2.Step
    after: _sequence_pb2.Step
    changed_fields: _containers.RepeatedScalarFieldContainer[str]
    def __init__(self, step_id: _Optional[str] = ..., kind: _Optional[_Union[StepDifference.Kind, str]] = ..., before: _Optional[_Union[_sequence_pb2.Step, _Mapping]] = ..., after: _Optional[_Union[_sequence_pb2.Step, _Mapping]] = ..., changed_fields: _Optional[_Iterable[str]] = ...) -> None: ...

class GetSequenceStatsRequest(_message.Message):
    __slots__ = ("name", "window")
    class Window(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
        __slots__ = ()
        WINDOW_UNSPECIFIED: _ClassVar[GetSequenceStatsRequest.Window]
        DAYS_30: _ClassVar[GetSequenceStatsRequest.Window]
        DAYS_90: _ClassVar[GetSequenceStatsRequest.Window]
        DAYS_180: _ClassVar[GetSequenceStatsRequest.Window]
        ONE_YEAR: _ClassVar[GetSequenceStatsRequest.Window]
        TWO_YEARS: _ClassVar[GetSequenceStatsRequest.Window]
    WINDOW_UNSPECIFIED: GetSequenceStatsRequest.Window
    DAYS_30: GetSequenceStatsRequest.Window
    DAYS_90: GetSequenceStatsRequest.Window
    DAYS_180: GetSequenceStatsRequest.Window
    ONE_YEAR: GetSequenceStatsRequest.Window
    TWO_YEARS: GetSequenceStatsRequest.Window
    NAME_FIELD_NUMBER: _ClassVar[int]
    WINDOW_FIELD_NUMBER: _ClassVar[int]
    name: str
    window: GetSequenceStatsRequest.Window
    def __init__(self, name: _Optional[str] = ..., window: _Optional[_Union[GetSequenceStatsRequest.Window, str]] = ...) -> None: ...

class GetSequenceStatsResponse(_message.Message):
    __slots__ = ("name", "start_time", "previous_start_time", "open_count", "totals", "previous_totals", "steps", "revisions")
    NAME_FIELD_NUMBER: _ClassVar[int]
    START_TIME_FIELD_NUMBER: _ClassVar[int]
    PREVIOUS_START_TIME_FIELD_NUMBER: _ClassVar[int]
    OPEN_COUNT_FIELD_NUMBER: _ClassVar[int]
    TOTALS_FIELD_NUMBER: _ClassVar[int]
    PREVIOUS_TOTALS_FIELD_NUMBER: _ClassVar[int]
    STEPS_FIELD_NUMBER: _ClassVar[int]
    REVISIONS_FIELD_NUMBER: _ClassVar[int]
    name: str
    start_time: _timestamp_pb2.Timestamp
    previous_start_time: _timestamp_pb2.Timestamp
    open_count: int
    totals: SequenceTotals
    previous_totals: SequenceTotals
    steps: _containers.RepeatedCompositeFieldContainer[StepStats]
    revisions: _containers.RepeatedCompositeFieldContainer[RevisionStats]
    def __init__(self, name: _Optional[str] = ..., start_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., previous_start_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., open_count: _Optional[int] = ..., totals: _Optional[_Union[SequenceTotals, _Mapping]] = ..., previous_totals: _Optional[_Union[SequenceTotals, _Mapping]] = ..., steps: _Optional[_Iterable[_Union[StepStats, _Mapping]]] = ..., revisions: _Optional[_Iterable[_Union[RevisionStats, _Mapping]]] = ...) -> None: ...

class SequenceTotals(_message.Message):
    __slots__ = ("started_count", "completed_count", "exited_count", "exits", "success_rate", "median_completion_duration", "close_outcomes", "conversion_rate")
    STARTED_COUNT_FIELD_NUMBER: _ClassVar[int]
    COMPLETED_COUNT_FIELD_NUMBER: _ClassVar[int]
    EXITED_COUNT_FIELD_NUMBER: _ClassVar[int]
    EXITS_FIELD_NUMBER: _ClassVar[int]
    SUCCESS_RATE_FIELD_NUMBER: _ClassVar[int]
    MEDIAN_COMPLETION_DURATION_FIELD_NUMBER: _ClassVar[int]
    CLOSE_OUTCOMES_FIELD_NUMBER: _ClassVar[int]
    CONVERSION_RATE_FIELD_NUMBER: _ClassVar[int]
    started_count: int
    completed_count: int
    exited_count: int
    exits: _containers.RepeatedCompositeFieldContainer[WordCount]
    success_rate: float
    median_completion_duration: _duration_pb2.Duration
    close_outcomes: _containers.RepeatedCompositeFieldContainer[CloseOutcomeCount]
    conversion_rate: float
    def __init__(self, started_count: _Optional[int] = ..., completed_count: _Optional[int] = ..., exited_count: _Optional[int] = ..., exits: _Optional[_Iterable[_Union[WordCount, _Mapping]]] = ..., success_rate: _Optional[float] = ..., median_completion_duration: _Optional[_Union[datetime.timedelta, _duration_pb2.Duration, _Mapping]] = ..., close_outcomes: _Optional[_Iterable[_Union[CloseOutcomeCount, _Mapping]]] = ..., conversion_rate: _Optional[float] = ...) -> None: ...

class CloseOutcomeCount(_message.Message):
    __slots__ = ("close_outcome", "count")
    CLOSE_OUTCOME_FIELD_NUMBER: _ClassVar[int]
    COUNT_FIELD_NUMBER: _ClassVar[int]
    close_outcome: _record_pb2.Record.CloseOutcome
    count: int
    def __init__(self, close_outcome: _Optional[_Union[_record_pb2.Record.CloseOutcome, str]] = ..., count: _Optional[int] = ...) -> None: ...

class WordCount(_message.Message):
    __slots__ = ("word", "count")
    WORD_FIELD_NUMBER: _ClassVar[int]
    COUNT_FIELD_NUMBER: _ClassVar[int]
    word: str
    count: int
    def __init__(self, word: _Optional[str] = ..., count: _Optional[int] = ...) -> None: ...

class StepStats(_message.Message):
    __slots__ = ("step_id", "display_name", "caption", "open_count", "totals", "previous_totals", "variants")
    STEP_ID_FIELD_NUMBER: _ClassVar[int]
    DISPLAY_NAME_FIELD_NUMBER: _ClassVar[int]
    CAPTION_FIELD_NUMBER: _ClassVar[int]
    OPEN_COUNT_FIELD_NUMBER: _ClassVar[int]
    TOTALS_FIELD_NUMBER: _ClassVar[int]
    PREVIOUS_TOTALS_FIELD_NUMBER: _ClassVar[int]
    VARIANTS_FIELD_NUMBER: _ClassVar[int]
    step_id: str
    display_name: str
    caption: str
    open_count: int
    totals: StepTotals
    previous_totals: StepTotals
    variants: _containers.RepeatedCompositeFieldContainer[_sequence_pb2.VariantResult]
    def __init__(self, step_id: _Optional[str] = ..., display_name: _Optional[str] = ..., caption: _Optional[str] = ..., open_count: _Optional[int] = ..., totals: _Optional[_Union[StepTotals, _Mapping]] = ..., previous_totals: _Optional[_Union[StepTotals, _Mapping]] = ..., variants: _Optional[_Iterable[_Union[_sequence_pb2.VariantResult, _Mapping]]] = ...) -> None: ...

class StepTotals(_message.Message):
    __slots__ = ("entered_count", "completed_count", "outcomes", "skipped_count", "skips", "exited_count", "exits", "reopened_count", "median_duration")
    ENTERED_COUNT_FIELD_NUMBER: _ClassVar[int]
    COMPLETED_COUNT_FIELD_NUMBER: _ClassVar[int]
    OUTCOMES_FIELD_NUMBER: _ClassVar[int]
    SKIPPED_COUNT_FIELD_NUMBER: _ClassVar[int]
    SKIPS_FIELD_NUMBER: _ClassVar[int]
    EXITED_COUNT_FIELD_NUMBER: _ClassVar[int]
    EXITS_FIELD_NUMBER: _ClassVar[int]
    REOPENED_COUNT_FIELD_NUMBER: _ClassVar[int]
    MEDIAN_DURATION_FIELD_NUMBER: _ClassVar[int]
    entered_count: int
    completed_count: int
    outcomes: _containers.RepeatedCompositeFieldContainer[WordCount]
    skipped_count: int
    skips: _containers.RepeatedCompositeFieldContainer[WordCount]
    exited_count: int
    exits: _containers.RepeatedCompositeFieldContainer[WordCount]
    reopened_count: int
    median_duration: _duration_pb2.Duration
    def __init__(self, entered_count: _Optional[int] = ..., completed_count: _Optional[int] = ..., outcomes: _Optional[_Iterable[_Union[WordCount, _Mapping]]] = ..., skipped_count: _Optional[int] = ..., skips: _Optional[_Iterable[_Union[WordCount, _Mapping]]] = ..., exited_count: _Optional[int] = ..., exits: _Optional[_Iterable[_Union[WordCount, _Mapping]]] = ..., reopened_count: _Optional[int] = ..., median_duration: _Optional[_Union[datetime.timedelta, _duration_pb2.Duration, _Mapping]] = ...) -> None: ...

class RevisionStats(_message.Message):
    __slots__ = ("revision", "open_count", "totals", "previous_totals")
    REVISION_FIELD_NUMBER: _ClassVar[int]
    OPEN_COUNT_FIELD_NUMBER: _ClassVar[int]
    TOTALS_FIELD_NUMBER: _ClassVar[int]
    PREVIOUS_TOTALS_FIELD_NUMBER: _ClassVar[int]
    revision: int
    open_count: int
    totals: SequenceTotals
    previous_totals: SequenceTotals
    def __init__(self, revision: _Optional[int] = ..., open_count: _Optional[int] = ..., totals: _Optional[_Union[SequenceTotals, _Mapping]] = ..., previous_totals: _Optional[_Union[SequenceTotals, _Mapping]] = ...) -> None: ...

class ActivateSequenceRequest(_message.Message):
    __slots__ = ("name", "revision_description", "etag", "request_id", "validate_only")
    NAME_FIELD_NUMBER: _ClassVar[int]
    REVISION_DESCRIPTION_FIELD_NUMBER: _ClassVar[int]
    ETAG_FIELD_NUMBER: _ClassVar[int]
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    VALIDATE_ONLY_FIELD_NUMBER: _ClassVar[int]
    name: str
    revision_description: str
    etag: str
    request_id: str
    validate_only: bool
    def __init__(self, name: _Optional[str] = ..., revision_description: _Optional[str] = ..., etag: _Optional[str] = ..., request_id: _Optional[str] = ..., validate_only: bool = ...) -> None: ...

class ActivateSequenceResponse(_message.Message):
    __slots__ = ("sequence", "feed_operation", "resume_operation")
    SEQUENCE_FIELD_NUMBER: _ClassVar[int]
    FEED_OPERATION_FIELD_NUMBER: _ClassVar[int]
    RESUME_OPERATION_FIELD_NUMBER: _ClassVar[int]
    sequence: _sequence_pb2.Sequence
    feed_operation: str
    resume_operation: str
    def __init__(self, sequence: _Optional[_Union[_sequence_pb2.Sequence, _Mapping]] = ..., feed_operation: _Optional[str] = ..., resume_operation: _Optional[str] = ...) -> None: ...

class DeactivateSequenceRequest(_message.Message):
    __slots__ = ("name", "mode", "etag", "request_id")
    class Mode(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
        __slots__ = ()
        MODE_UNSPECIFIED: _ClassVar[DeactivateSequenceRequest.Mode]
        DRAIN: _ClassVar[DeactivateSequenceRequest.Mode]
        PAUSE: _ClassVar[DeactivateSequenceRequest.Mode]
        EXIT: _ClassVar[DeactivateSequenceRequest.Mode]
    MODE_UNSPECIFIED: DeactivateSequenceRequest.Mode
    DRAIN: DeactivateSequenceRequest.Mode
    PAUSE: DeactivateSequenceRequest.Mode
    EXIT: DeactivateSequenceRequest.Mode
    NAME_FIELD_NUMBER: _ClassVar[int]
    MODE_FIELD_NUMBER: _ClassVar[int]
    ETAG_FIELD_NUMBER: _ClassVar[int]
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    name: str
    mode: DeactivateSequenceRequest.Mode
    etag: str
    request_id: str
    def __init__(self, name: _Optional[str] = ..., mode: _Optional[_Union[DeactivateSequenceRequest.Mode, str]] = ..., etag: _Optional[str] = ..., request_id: _Optional[str] = ...) -> None: ...

class DeactivateSequenceResponse(_message.Message):
    __slots__ = ("sequence", "settle_operation")
    SEQUENCE_FIELD_NUMBER: _ClassVar[int]
    SETTLE_OPERATION_FIELD_NUMBER: _ClassVar[int]
    sequence: _sequence_pb2.Sequence
    settle_operation: str
    def __init__(self, sequence: _Optional[_Union[_sequence_pb2.Sequence, _Mapping]] = ..., settle_operation: _Optional[str] = ...) -> None: ...

class DecideSplitRequest(_message.Message):
    __slots__ = ("name", "step_id", "variant_id", "etag", "request_id")
    NAME_FIELD_NUMBER: _ClassVar[int]
    STEP_ID_FIELD_NUMBER: _ClassVar[int]
    VARIANT_ID_FIELD_NUMBER: _ClassVar[int]
    ETAG_FIELD_NUMBER: _ClassVar[int]
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    name: str
    step_id: str
    variant_id: str
    etag: str
    request_id: str
    def __init__(self, name: _Optional[str] = ..., step_id: _Optional[str] = ..., variant_id: _Optional[str] = ..., etag: _Optional[str] = ..., request_id: _Optional[str] = ...) -> None: ...

class DecideSplitResponse(_message.Message):
    __slots__ = ("sequence",)
    SEQUENCE_FIELD_NUMBER: _ClassVar[int]
    sequence: _sequence_pb2.Sequence
    def __init__(self, sequence: _Optional[_Union[_sequence_pb2.Sequence, _Mapping]] = ...) -> None: ...

class GetSequenceRevisionRequest(_message.Message):
    __slots__ = ("name", "view")
    NAME_FIELD_NUMBER: _ClassVar[int]
    VIEW_FIELD_NUMBER: _ClassVar[int]
    name: str
    view: _sequence_pb2.Sequence.View
    def __init__(self, name: _Optional[str] = ..., view: _Optional[_Union[_sequence_pb2.Sequence.View, str]] = ...) -> None: ...

class GetSequenceRevisionResponse(_message.Message):
    __slots__ = ("sequence_revision",)
    SEQUENCE_REVISION_FIELD_NUMBER: _ClassVar[int]
    sequence_revision: _sequence_pb2.SequenceRevision
    def __init__(self, sequence_revision: _Optional[_Union[_sequence_pb2.SequenceRevision, _Mapping]] = ...) -> None: ...

class ListSequenceRevisionsRequest(_message.Message):
    __slots__ = ("parent", "page_size", "page_token")
    PARENT_FIELD_NUMBER: _ClassVar[int]
    PAGE_SIZE_FIELD_NUMBER: _ClassVar[int]
    PAGE_TOKEN_FIELD_NUMBER: _ClassVar[int]
    parent: str
    page_size: int
    page_token: str
    def __init__(self, parent: _Optional[str] = ..., page_size: _Optional[int] = ..., page_token: _Optional[str] = ...) -> None: ...

class ListSequenceRevisionsResponse(_message.Message):
    __slots__ = ("sequence_revisions", "next_page_token")
    SEQUENCE_REVISIONS_FIELD_NUMBER: _ClassVar[int]
    NEXT_PAGE_TOKEN_FIELD_NUMBER: _ClassVar[int]
    sequence_revisions: _containers.RepeatedCompositeFieldContainer[_sequence_pb2.SequenceRevision]
    next_page_token: str
    def __init__(self, sequence_revisions: _Optional[_Iterable[_Union[_sequence_pb2.SequenceRevision, _Mapping]]] = ..., next_page_token: _Optional[str] = ...) -> None: ...
