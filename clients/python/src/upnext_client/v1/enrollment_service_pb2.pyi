import datetime

from google.protobuf import field_mask_pb2 as _field_mask_pb2
from google.protobuf import timestamp_pb2 as _timestamp_pb2
from google.rpc import status_pb2 as _status_pb2
from upnext_client.v1 import activity_pb2 as _activity_pb2
from upnext_client.v1 import enrollment_pb2 as _enrollment_pb2
from upnext_client.v1 import sequence_pb2 as _sequence_pb2
from google.protobuf.internal import containers as _containers
from google.protobuf.internal import enum_type_wrapper as _enum_type_wrapper
from google.protobuf import descriptor as _descriptor
from google.protobuf import message as _message
from collections.abc import Iterable as _Iterable, Mapping as _Mapping
from typing import ClassVar as _ClassVar, Optional as _Optional, Union as _Union

DESCRIPTOR: _descriptor.FileDescriptor

class EnrollRecordRequest(_message.Message):
    __slots__ = ("record", "sequence", "request_id", "validate_only", "start_time", "start_delay", "start_step_id")
    RECORD_FIELD_NUMBER: _ClassVar[int]
    SEQUENCE_FIELD_NUMBER: _ClassVar[int]
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    VALIDATE_ONLY_FIELD_NUMBER: _ClassVar[int]
    START_TIME_FIELD_NUMBER: _ClassVar[int]
    START_DELAY_FIELD_NUMBER: _ClassVar[int]
    START_STEP_ID_FIELD_NUMBER: _ClassVar[int]
    record: str
    sequence: str
    request_id: str
    validate_only: bool
    start_time: _timestamp_pb2.Timestamp
    start_delay: _sequence_pb2.Delay
    start_step_id: str
    def __init__(self, record: _Optional[str] = ..., sequence: _Optional[str] = ..., request_id: _Optional[str] = ..., validate_only: bool = ..., start_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., start_delay: _Optional[_Union[_sequence_pb2.Delay, _Mapping]] = ..., start_step_id: _Optional[str] = ...) -> None: ...

class EnrollRecordResponse(_message.Message):
    __slots__ = ("enrollment",)
    ENROLLMENT_FIELD_NUMBER: _ClassVar[int]
    enrollment: _enrollment_pb2.Enrollment
    def __init__(self, enrollment: _Optional[_Union[_enrollment_pb2.Enrollment, _Mapping]] = ...) -> None: ...

class BatchEnrollRecordsRequest(_message.Message):
    __slots__ = ("requests", "validate_only")
    REQUESTS_FIELD_NUMBER: _ClassVar[int]
    VALIDATE_ONLY_FIELD_NUMBER: _ClassVar[int]
    requests: _containers.RepeatedCompositeFieldContainer[EnrollRecordRequest]
    validate_only: bool
    def __init__(self, requests: _Optional[_Iterable[_Union[EnrollRecordRequest, _Mapping]]] = ..., validate_only: bool = ...) -> None: ...

class BatchEnrollRecordsResponse(_message.Message):
    __slots__ = ("results",)
    class Result(_message.Message):
        __slots__ = ("enrolled", "error")
        ENROLLED_FIELD_NUMBER: _ClassVar[int]
        ERROR_FIELD_NUMBER: _ClassVar[int]
        enrolled: EnrollRecordResponse
        error: _status_pb2.Status
        def __init__(self, enrolled: _Optional[_Union[EnrollRecordResponse, _Mapping]] = ..., error: _Optional[_Union[_status_pb2.Status, _Mapping]] = ...) -> None: ...
    RESULTS_FIELD_NUMBER: _ClassVar[int]
    results: _containers.RepeatedCompositeFieldContainer[BatchEnrollRecordsResponse.Result]
    def __init__(self, results: _Optional[_Iterable[_Union[BatchEnrollRecordsResponse.Result, _Mapping]]] = ...) -> None: ...

class ExitEnrollmentRequest(_message.Message):
    __slots__ = ("name", "etag", "request_id")
    NAME_FIELD_NUMBER: _ClassVar[int]
    ETAG_FIELD_NUMBER: _ClassVar[int]
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    name: str
    etag: str
    request_id: str
    def __init__(self, name: _Optional[str] = ..., etag: _Optional[str] = ..., request_id: _Optional[str] = ...) -> None: ...

class ExitEnrollmentResponse(_message.Message):
    __slots__ = ("enrollment",)
    ENROLLMENT_FIELD_NUMBER: _ClassVar[int]
    enrollment: _enrollment_pb2.Enrollment
    def __init__(self, enrollment: _Optional[_Union[_enrollment_pb2.Enrollment, _Mapping]] = ...) -> None: ...

class PauseEnrollmentRequest(_message.Message):
    __slots__ = ("name", "etag", "request_id", "resume_time")
    NAME_FIELD_NUMBER: _ClassVar[int]
    ETAG_FIELD_NUMBER: _ClassVar[int]
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    RESUME_TIME_FIELD_NUMBER: _ClassVar[int]
    name: str
    etag: str
    request_id: str
    resume_time: _timestamp_pb2.Timestamp
    def __init__(self, name: _Optional[str] = ..., etag: _Optional[str] = ..., request_id: _Optional[str] = ..., resume_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ...) -> None: ...

class PauseEnrollmentResponse(_message.Message):
    __slots__ = ("enrollment",)
    ENROLLMENT_FIELD_NUMBER: _ClassVar[int]
    enrollment: _enrollment_pb2.Enrollment
    def __init__(self, enrollment: _Optional[_Union[_enrollment_pb2.Enrollment, _Mapping]] = ...) -> None: ...

class ResumeEnrollmentRequest(_message.Message):
    __slots__ = ("name", "etag", "request_id")
    NAME_FIELD_NUMBER: _ClassVar[int]
    ETAG_FIELD_NUMBER: _ClassVar[int]
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    name: str
    etag: str
    request_id: str
    def __init__(self, name: _Optional[str] = ..., etag: _Optional[str] = ..., request_id: _Optional[str] = ...) -> None: ...

class ResumeEnrollmentResponse(_message.Message):
    __slots__ = ("enrollment",)
    ENROLLMENT_FIELD_NUMBER: _ClassVar[int]
    enrollment: _enrollment_pb2.Enrollment
    def __init__(self, enrollment: _Optional[_Union[_enrollment_pb2.Enrollment, _Mapping]] = ...) -> None: ...

class RetryEnrollmentRequest(_message.Message):
    __slots__ = ("name", "etag", "request_id")
    NAME_FIELD_NUMBER: _ClassVar[int]
    ETAG_FIELD_NUMBER: _ClassVar[int]
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    name: str
    etag: str
    request_id: str
    def __init__(self, name: _Optional[str] = ..., etag: _Optional[str] = ..., request_id: _Optional[str] = ...) -> None: ...

class RetryEnrollmentResponse(_message.Message):
    __slots__ = ("enrollment",)
    ENROLLMENT_FIELD_NUMBER: _ClassVar[int]
    enrollment: _enrollment_pb2.Enrollment
    def __init__(self, enrollment: _Optional[_Union[_enrollment_pb2.Enrollment, _Mapping]] = ...) -> None: ...

class MigrateEnrollmentRequest(_message.Message):
    __slots__ = ("name", "revision", "step_policy", "step_id", "etag", "request_id")
    NAME_FIELD_NUMBER: _ClassVar[int]
    REVISION_FIELD_NUMBER: _ClassVar[int]
    STEP_POLICY_FIELD_NUMBER: _ClassVar[int]
    STEP_ID_FIELD_NUMBER: _ClassVar[int]
    ETAG_FIELD_NUMBER: _ClassVar[int]
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    name: str
    revision: int
    step_policy: _enrollment_pb2.Enrollment.StepPolicy
    step_id: str
    etag: str
    request_id: str
    def __init__(self, name: _Optional[str] = ..., revision: _Optional[int] = ..., step_policy: _Optional[_Union[_enrollment_pb2.Enrollment.StepPolicy, str]] = ..., step_id: _Optional[str] = ..., etag: _Optional[str] = ..., request_id: _Optional[str] = ...) -> None: ...

class MigrateEnrollmentResponse(_message.Message):
    __slots__ = ("enrollment",)
    ENROLLMENT_FIELD_NUMBER: _ClassVar[int]
    enrollment: _enrollment_pb2.Enrollment
    def __init__(self, enrollment: _Optional[_Union[_enrollment_pb2.Enrollment, _Mapping]] = ...) -> None: ...

class UpdateEnrollmentRequest(_message.Message):
    __slots__ = ("enrollment", "update_mask", "request_id")
    ENROLLMENT_FIELD_NUMBER: _ClassVar[int]
    UPDATE_MASK_FIELD_NUMBER: _ClassVar[int]
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    enrollment: _enrollment_pb2.Enrollment
    update_mask: _field_mask_pb2.FieldMask
    request_id: str
    def __init__(self, enrollment: _Optional[_Union[_enrollment_pb2.Enrollment, _Mapping]] = ..., update_mask: _Optional[_Union[_field_mask_pb2.FieldMask, _Mapping]] = ..., request_id: _Optional[str] = ...) -> None: ...

class UpdateEnrollmentResponse(_message.Message):
    __slots__ = ("enrollment",)
    ENROLLMENT_FIELD_NUMBER: _ClassVar[int]
    enrollment: _enrollment_pb2.Enrollment
    def __init__(self, enrollment: _Optional[_Union[_enrollment_pb2.Enrollment, _Mapping]] = ...) -> None: ...

class EnrollmentAction(_message.Message):
    __slots__ = ("pause", "resume", "exit", "migrate", "retry")
    PAUSE_FIELD_NUMBER: _ClassVar[int]
    RESUME_FIELD_NUMBER: _ClassVar[int]
    EXIT_FIELD_NUMBER: _ClassVar[int]
    MIGRATE_FIELD_NUMBER: _ClassVar[int]
    RETRY_FIELD_NUMBER: _ClassVar[int]
    pause: PauseAction
    resume: ResumeAction
    exit: ExitAction
    migrate: MigrateAction
    retry: RetryAction
    def __init__(self, pause: _Optional[_Union[PauseAction, _Mapping]] = ..., resume: _Optional[_Union[ResumeAction, _Mapping]] = ..., exit: _Optional[_Union[ExitAction, _Mapping]] = ..., migrate: _Optional[_Union[MigrateAction, _Mapping]] = ..., retry: _Optional[_Union[RetryAction, _Mapping]] = ...) -> None: ...

class PauseAction(_message.Message):
    __slots__ = ("resume_time",)
    RESUME_TIME_FIELD_NUMBER: _ClassVar[int]
    resume_time: _timestamp_pb2.Timestamp
    def __init__(self, resume_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ...) -> None: ...

class ResumeAction(_message.Message):
    __slots__ = ()
    def __init__(self) -> None: ...

class ExitAction(_message.Message):
    __slots__ = ()
    def __init__(self) -> None: ...

class RetryAction(_message.Message):
    __slots__ = ()
    def __init__(self) -> None: ...

class MigrateAction(_message.Message):
    __slots__ = ("revision", "step_policy", "step_id")
    REVISION_FIELD_NUMBER: _ClassVar[int]
    STEP_POLICY_FIELD_NUMBER: _ClassVar[int]
    STEP_ID_FIELD_NUMBER: _ClassVar[int]
    revision: int
    step_policy: _enrollment_pb2.Enrollment.StepPolicy
    step_id: str
    def __init__(self, revision: _Optional[int] = ..., step_policy: _Optional[_Union[_enrollment_pb2.Enrollment.StepPolicy, str]] = ..., step_id: _Optional[str] = ...) -> None: ...

class EnrollAction(_message.Message):
    __slots__ = ()
    def __init__(self) -> None: ...

class BatchActOnEnrollmentsRequest(_message.Message):
    __slots__ = ("action", "requests")
    class Item(_message.Message):
        __slots__ = ("name", "etag", "request_id")
        NAME_FIELD_NUMBER: _ClassVar[int]
        ETAG_FIELD_NUMBER: _ClassVar[int]
        REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
        name: str
        etag: str
        request_id: str
        def __init__(self, name: _Optional[str] = ..., etag: _Optional[str] = ..., request_id: _Optional[str] = ...) -> None: ...
    ACTION_FIELD_NUMBER: _ClassVar[int]
    REQUESTS_FIELD_NUMBER: _ClassVar[int]
    action: EnrollmentAction
    requests: _containers.RepeatedCompositeFieldContainer[BatchActOnEnrollmentsRequest.Item]
    def __init__(self, action: _Optional[_Union[EnrollmentAction, _Mapping]] = ..., requests: _Optional[_Iterable[_Union[BatchActOnEnrollmentsRequest.Item, _Mapping]]] = ...) -> None: ...

class BatchActOnEnrollmentsResponse(_message.Message):
    __slots__ = ("results",)
    class Result(_message.Message):
        __slots__ = ("enrollment", "error")
        ENROLLMENT_FIELD_NUMBER: _ClassVar[int]
        ERROR_FIELD_NUMBER: _ClassVar[int]
        enrollment: _enrollment_pb2.Enrollment
        error: _status_pb2.Status
        def __init__(self, enrollment: _Optional[_Union[_enrollment_pb2.Enrollment, _Mapping]] = ..., error: _Optional[_Union[_status_pb2.Status, _Mapping]] = ...) -> None: ...
    RESULTS_FIELD_NUMBER: _ClassVar[int]
    results: _containers.RepeatedCompositeFieldContainer[BatchActOnEnrollmentsResponse.Result]
    def __init__(self, results: _Optional[_Iterable[_Union[BatchActOnEnrollmentsResponse.Result, _Mapping]]] = ...) -> None: ...

class ActOnEnrollmentsRequest(_message.Message):
    __slots__ = ("sequence", "condition", "enroll", "action", "request_id", "validate_only")
    SEQUENCE_FIELD_NUMBER: _ClassVar[int]
    CONDITION_FIELD_NUMBER: _ClassVar[int]
    ENROLL_FIELD_NUMBER: _ClassVar[int]
    ACTION_FIELD_NUMBER: _ClassVar[int]
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    VALIDATE_ONLY_FIELD_NUMBER: _ClassVar[int]
    sequence: str
    condition: str
    enroll: EnrollAction
    action: EnrollmentAction
    request_id: str
    validate_only: bool
    def __init__(self, sequence: _Optional[str] = ..., condition: _Optional[str] = ..., enroll: _Optional[_Union[EnrollAction, _Mapping]] = ..., action: _Optional[_Union[EnrollmentAction, _Mapping]] = ..., request_id: _Optional[str] = ..., validate_only: bool = ...) -> None: ...

class ActOnEnrollmentsResponse(_message.Message):
    __slots__ = ("operation", "changed_count", "restarted_count", "unchanged_count", "refused_count")
    OPERATION_FIELD_NUMBER: _ClassVar[int]
    CHANGED_COUNT_FIELD_NUMBER: _ClassVar[int]
    RESTARTED_COUNT_FIELD_NUMBER: _ClassVar[int]
    UNCHANGED_COUNT_FIELD_NUMBER: _ClassVar[int]
    REFUSED_COUNT_FIELD_NUMBER: _ClassVar[int]
    operation: str
    changed_count: int
    restarted_count: int
    unchanged_count: int
    refused_count: int
    def __init__(self, operation: _Optional[str] = ..., changed_count: _Optional[int] = ..., restarted_count: _Optional[int] = ..., unchanged_count: _Optional[int] = ..., refused_count: _Optional[int] = ...) -> None: ...

class SkipWaitRequest(_message.Message):
    __slots__ = ("name", "etag", "request_id")
    NAME_FIELD_NUMBER: _ClassVar[int]
    ETAG_FIELD_NUMBER: _ClassVar[int]
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    name: str
    etag: str
    request_id: str
    def __init__(self, name: _Optional[str] = ..., etag: _Optional[str] = ..., request_id: _Optional[str] = ...) -> None: ...

class SkipWaitResponse(_message.Message):
    __slots__ = ("enrollment", "next_activity", "waiting_until", "queue_head")
    ENROLLMENT_FIELD_NUMBER: _ClassVar[int]
    NEXT_ACTIVITY_FIELD_NUMBER: _ClassVar[int]
    WAITING_UNTIL_FIELD_NUMBER: _ClassVar[int]
    QUEUE_HEAD_FIELD_NUMBER: _ClassVar[int]
    enrollment: _enrollment_pb2.Enrollment
    next_activity: _activity_pb2.Activity
    waiting_until: _timestamp_pb2.Timestamp
    queue_head: _activity_pb2.Activity
    def __init__(self, enrollment: _Optional[_Union[_enrollment_pb2.Enrollment, _Mapping]] = ..., next_activity: _Optional[_Union[_activity_pb2.Activity, _Mapping]] = ..., waiting_until: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., queue_head: _Optional[_Union[_activity_pb2.Activity, _Mapping]] = ...) -> None: ...

class GetEnrollmentRequest(_message.Message):
    __slots__ = ("name", "view")
    NAME_FIELD_NUMBER: _ClassVar[int]
    VIEW_FIELD_NUMBER: _ClassVar[int]
    name: str
    view: _enrollment_pb2.Enrollment.View
    def __init__(self, name: _Optional[str] = ..., view: _Optional[_Union[_enrollment_pb2.Enrollment.View, str]] = ...) -> None: ...

class GetEnrollmentResponse(_message.Message):
    __slots__ = ("enrollment",)
    ENROLLMENT_FIELD_NUMBER: _ClassVar[int]
    enrollment: _enrollment_pb2.Enrollment
    def __init__(self, enrollment: _Optional[_Union[_enrollment_pb2.Enrollment, _Mapping]] = ...) -> None: ...

class ExplainEnrollmentRequest(_message.Message):
    __slots__ = ("name",)
    NAME_FIELD_NUMBER: _ClassVar[int]
    name: str
    def __init__(self, name: _Optional[str] = ...) -> None: ...

class ExplainEnrollmentResponse(_message.Message):
    __slots__ = ("enrollment", "activity", "cause", "move_time", "problem", "changes", "sentences", "wait", "assignment")
    ENROLLMENT_FIELD_NUMBER: _ClassVar[int]
    ACTIVITY_FIELD_NUMBER: _ClassVar[int]
    CAUSE_FIELD_NUMBER: _ClassVar[int]
    MOVE_TIME_FIELD_NUMBER: _ClassVar[int]
    PROBLEM_FIELD_NUMBER: _ClassVar[int]
    CHANGES_FIELD_NUMBER: _ClassVar[int]
    SENTENCES_FIELD_NUMBER: _ClassVar[int]
    WAIT_FIELD_NUMBER: _ClassVar[int]
    ASSIGNMENT_FIELD_NUMBER: _ClassVar[int]
    enrollment: _enrollment_pb2.Enrollment
    activity: _activity_pb2.Activity
    cause: _enrollment_pb2.Event
    move_time: _timestamp_pb2.Timestamp
    problem: str
    changes: _containers.RepeatedCompositeFieldContainer[ExplainedChange]
    sentences: _containers.RepeatedScalarFieldContainer[str]
    wait: ExplainedWait
    assignment: ExplainedAssignment
    def __init__(self, enrollment: _Optional[_Union[_enrollment_pb2.Enrollment, _Mapping]] = ..., activity: _Optional[_Union[_activity_pb2.Activity, _Mapping]] = ..., cause: _Optional[_Union[_enrollment_pb2.Event, _Mapping]] = ..., move_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., problem: _Optional[str] = ..., changes: _Optional[_Iterable[_Union[ExplainedChange, _Mapping]]] = ..., sentences: _Optional[_Iterable[str]] = ..., wait: _Optional[_Union[ExplainedWait, _Mapping]] = ..., assignment: _Optional[_Union[ExplainedAssignment, _Mapping]] = ...) -> None: ...

class ExplainedAssignment(_message.Message):
    __slots__ = ("assign_to", "not_assigned_reason")
    ASSIGN_TO_FIELD_NUMBER: _ClassVar[int]
    NOT_ASSIGNED_REASON_FIELD_NUMBER: _ClassVar[int]
    assign_to: _sequence_pb2.Assignee
    not_assigned_reason: _sequence_pb2.Assignee.NotAssignedReason
    def __init__(self, assign_to: _Optional[_Union[_sequence_pb2.Assignee, _Mapping]] = ..., not_assigned_reason: _Optional[_Union[_sequence_pb2.Assignee.NotAssignedReason, str]] = ...) -> None: ...

class ExplainedWait(_message.Message):
    __slots__ = ("kind", "length", "start_time", "calendar", "time_zone", "attribute", "attribute_time", "unmoved_time")
    class Kind(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
        __slots__ = ()
        KIND_UNSPECIFIED: _ClassVar[ExplainedWait.Kind]
        ELAPSED_TIME: _ClassVar[ExplainedWait.Kind]
        WORKING_TIME: _ClassVar[ExplainedWait.Kind]
        LOCAL_TIME: _ClassVar[ExplainedWait.Kind]
        ATTRIBUTE: _ClassVar[ExplainedWait.Kind]
        BRANCH_LIMIT: _ClassVar[ExplainedWait.Kind]
        NEXT_CALL: _ClassVar[ExplainedWait.Kind]
        WORKING_HOURS: _ClassVar[ExplainedWait.Kind]
    KIND_UNSPECIFIED: ExplainedWait.Kind
    ELAPSED_TIME: ExplainedWait.Kind
    WORKING_TIME: ExplainedWait.Kind
    LOCAL_TIME: ExplainedWait.Kind
    ATTRIBUTE: ExplainedWait.Kind
    BRANCH_LIMIT: ExplainedWait.Kind
    NEXT_CALL: ExplainedWait.Kind
    WORKING_HOURS: ExplainedWait.Kind
    KIND_FIELD_NUMBER: _ClassVar[int]
    LENGTH_FIELD_NUMBER: _ClassVar[int]
    START_TIME_FIELD_NUMBER: _ClassVar[int]
    CALENDAR_FIELD_NUMBER: _ClassVar[int]
    TIME_ZONE_FIELD_NUMBER: _ClassVar[int]
    ATTRIBUTE_FIELD_NUMBER: _ClassVar[int]
    ATTRIBUTE_TIME_FIELD_NUMBER: _ClassVar[int]
    UNMOVED_TIME_FIELD_NUMBER: _ClassVar[int]
    kind: ExplainedWait.Kind
    length: str
    start_time: _timestamp_pb2.Timestamp
    calendar: str
    time_zone: str
    attribute: str
    attribute_time: _timestamp_pb2.Timestamp
    unmoved_time: _timestamp_pb2.Timestamp
    def __init__(self, kind: _Optional[_Union[ExplainedWait.Kind, str]] = ..., length: _Optional[str] = ..., start_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., calendar: _Optional[str] = ..., time_zone: _Optional[str] = ..., attribute: _Optional[str] = ..., attribute_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., unmoved_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ...) -> None: ...

class ExplainedChange(_message.Message):
    __slots__ = ("kind", "enrollment", "sentence")
    class Kind(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
        __slots__ = ()
        KIND_UNSPECIFIED: _ClassVar[ExplainedChange.Kind]
        TIME_PASSES: _ClassVar[ExplainedChange.Kind]
        SKIP_WAIT: _ClassVar[ExplainedChange.Kind]
        COMPLETE_ACTIVITY: _ClassVar[ExplainedChange.Kind]
        SKIP_ACTIVITY: _ClassVar[ExplainedChange.Kind]
        WITHDRAW_CONSENT: _ClassVar[ExplainedChange.Kind]
        LEAVE_SEGMENT: _ClassVar[ExplainedChange.Kind]
        CLOSE_RECORD: _ClassVar[ExplainedChange.Kind]
        EXIT_ENROLLMENT: _ClassVar[ExplainedChange.Kind]
        RESUME_ENROLLMENT: _ClassVar[ExplainedChange.Kind]
        ACTIVATE_SEQUENCE: _ClassVar[ExplainedChange.Kind]
        RETRY_ENROLLMENT: _ClassVar[ExplainedChange.Kind]
    KIND_UNSPECIFIED: ExplainedChange.Kind
    TIME_PASSES: ExplainedChange.Kind
    SKIP_WAIT: ExplainedChange.Kind
    COMPLETE_ACTIVITY: ExplainedChange.Kind
    SKIP_ACTIVITY: ExplainedChange.Kind
    WITHDRAW_CONSENT: ExplainedChange.Kind
    LEAVE_SEGMENT: ExplainedChange.Kind
    CLOSE_RECORD: ExplainedChange.Kind
    EXIT_ENROLLMENT: ExplainedChange.Kind
    RESUME_ENROLLMENT: ExplainedChange.Kind
    ACTIVATE_SEQUENCE: ExplainedChange.Kind
    RETRY_ENROLLMENT: ExplainedChange.Kind
    KIND_FIELD_NUMBER: _ClassVar[int]
    ENROLLMENT_FIELD_NUMBER: _ClassVar[int]
    SENTENCE_FIELD_NUMBER: _ClassVar[int]
    kind: ExplainedChange.Kind
    enrollment: _enrollment_pb2.Enrollment
    sentence: str
    def __init__(self, kind: _Optional[_Union[ExplainedChange.Kind, str]] = ..., enrollment: _Optional[_Union[_enrollment_pb2.Enrollment, _Mapping]] = ..., sentence: _Optional[str] = ...) -> None: ...

class ListEnrollmentEventsRequest(_message.Message):
    __slots__ = ("parent", "page_size", "page_token", "order_by")
    PARENT_FIELD_NUMBER: _ClassVar[int]
    PAGE_SIZE_FIELD_NUMBER: _ClassVar[int]
    PAGE_TOKEN_FIELD_NUMBER: _ClassVar[int]
    ORDER_BY_FIELD_NUMBER: _ClassVar[int]
    parent: str
    page_size: int
    page_token: str
    order_by: str
    def __init__(self, parent: _Optional[str] = ..., page_size: _Optional[int] = ..., page_token: _Optional[str] = ..., order_by: _Optional[str] = ...) -> None: ...

class ListEnrollmentEventsResponse(_message.Message):
    __slots__ = ("events", "next_page_token")
    EVENTS_FIELD_NUMBER: _ClassVar[int]
    NEXT_PAGE_TOKEN_FIELD_NUMBER: _ClassVar[int]
    events: _containers.RepeatedCompositeFieldContainer[_enrollment_pb2.Event]
    next_page_token: str
    def __init__(self, events: _Optional[_Iterable[_Union[_enrollment_pb2.Event, _Mapping]]] = ..., next_page_token: _Optional[str] = ...) -> None: ...

class ListEnrollmentsRequest(_message.Message):
    __slots__ = ("page_size", "page_token", "filter")
    PAGE_SIZE_FIELD_NUMBER: _ClassVar[int]
    PAGE_TOKEN_FIELD_NUMBER: _ClassVar[int]
    FILTER_FIELD_NUMBER: _ClassVar[int]
    page_size: int
    page_token: str
    filter: str
    def __init__(self, page_size: _Optional[int] = ..., page_token: _Optional[str] = ..., filter: _Optional[str] = ...) -> None: ...

class ListEnrollmentsResponse(_message.Message):
    __slots__ = ("enrollments", "next_page_token")
    ENROLLMENTS_FIELD_NUMBER: _ClassVar[int]
    NEXT_PAGE_TOKEN_FIELD_NUMBER: _ClassVar[int]
    enrollments: _containers.RepeatedCompositeFieldContainer[_enrollment_pb2.Enrollment]
    next_page_token: str
    def __init__(self, enrollments: _Optional[_Iterable[_Union[_enrollment_pb2.Enrollment, _Mapping]]] = ..., next_page_token: _Optional[str] = ...) -> None: ...
