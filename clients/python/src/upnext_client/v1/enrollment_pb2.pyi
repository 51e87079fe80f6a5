import datetime

from google.protobuf import struct_pb2 as _struct_pb2
from google.protobuf import timestamp_pb2 as _timestamp_pb2
from upnext_client.v1 import activity_pb2 as _activity_pb2
from upnext_client.v1 import engagement_pb2 as _engagement_pb2
from upnext_client.v1 import record_pb2 as _record_pb2
from upnext_client.v1 import segment_pb2 as _segment_pb2
from upnext_client.v1 import sequence_pb2 as _sequence_pb2
from google.protobuf.internal import containers as _containers
from google.protobuf.internal import enum_type_wrapper as _enum_type_wrapper
from google.protobuf import descriptor as _descriptor
from google.protobuf import message as _message
from collections.abc import Iterable as _Iterable, Mapping as _Mapping
from typing import ClassVar as _ClassVar, Optional as _Optional, Union as _Union

DESCRIPTOR: _descriptor.FileDescriptor

class Enrollment(_message.Message):
    __slots__ = ("name", "sequence", "revision", "record", "pass_number", "state", "reason", "origin", "current_step_id", "current_step_display_name", "step_reach_time", "done_step_count", "step_count", "waiting_until", "open_activity", "etag", "create_time", "end_time", "timeline", "pause_time", "resume_time", "disposition", "fail_time")
    class View(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
        __slots__ = ()
        VIEW_UNSPECIFIED: _ClassVar[Enrollment.View]
        BASIC: _ClassVar[Enrollment.View]
        FULL: _ClassVar[Enrollment.View]
    VIEW_UNSPECIFIED: Enrollment.View
    BASIC: Enrollment.View
    FULL: Enrollment.View
    class State(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
        __slots__ = ()
        STATE_UNSPECIFIED: _ClassVar[Enrollment.State]
        PENDING: _ClassVar[Enrollment.State]
        ACTIVE: _ClassVar[Enrollment.State]
        PAUSED: _ClassVar[Enrollment.State]
        COMPLETED: _ClassVar[Enrollment.State]
        EXITED: _ClassVar[Enrollment.State]
        FAILED: _ClassVar[Enrollment.State]
    STATE_UNSPECIFIED: Enrollment.State
    PENDING: Enrollment.State
    ACTIVE: Enrollment.State
    PAUSED: Enrollment.State
    COMPLETED: Enrollment.State
    EXITED: Enrollment.State
    FAILED: Enrollment.State
    class Reason(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
        __slots__ = ()
        REASON_UNSPECIFIED: _ClassVar[Enrollment.Reason]
        MANUAL: _ClassVar[Enrollment.Reason]
        RECORD_CLOSED: _ClassVar[Enrollment.Reason]
        RECORD_DELETED: _ClassVar[Enrollment.Reason]
        LEFT_SEGMENT: _ClassVar[Enrollment.Reason]
        SUPERSEDED: _ClassVar[Enrollment.Reason]
        SEQUENCE_DELETED: _ClassVar[Enrollment.Reason]
        SEQUENCE_DEACTIVATED: _ClassVar[Enrollment.Reason]
        SEQUENCE_PAUSED: _ClassVar[Enrollment.Reason]
        REPLIED: _ClassVar[Enrollment.Reason]
        BOUNCED: _ClassVar[Enrollment.Reason]
        UNSUBSCRIBED: _ClassVar[Enrollment.Reason]
        ACCOUNT_REPLIED: _ClassVar[Enrollment.Reason]
        MEETING_BOOKED: _ClassVar[Enrollment.Reason]
        GOAL_MET: _ClassVar[Enrollment.Reason]
        NO_CONSENT: _ClassVar[Enrollment.Reason]
        OUT_OF_OFFICE: _ClassVar[Enrollment.Reason]
        ADVANCED: _ClassVar[Enrollment.Reason]
        RECORD_MERGED: _ClassVar[Enrollment.Reason]
        ATTRIBUTE_REFUSED: _ClassVar[Enrollment.Reason]
        SEQUENCE_UNAVAILABLE: _ClassVar[Enrollment.Reason]
        THROTTLED: _ClassVar[Enrollment.Reason]
    REASON_UNSPECIFIED: Enrollment.Reason
    MANUAL: Enrollment.Reason
    RECORD_CLOSED: Enrollment.Reason
    RECORD_DELETED: Enrollment.Reason
    LEFT_SEGMENT: Enrollment.Reason
    SUPERSEDED: Enrollment.Reason
    SEQUENCE_DELETED: Enrollment.Reason
    SEQUENCE_DEACTIVATED: Enrollment.Reason
    SEQUENCE_PAUSED: Enrollment.Reason
    REPLIED: Enrollment.Reason
    BOUNCED: Enrollment.Reason
    UNSUBSCRIBED: Enrollment.Reason
    ACCOUNT_REPLIED: Enrollment.Reason
    MEETING_BOOKED: Enrollment.Reason
    GOAL_MET: Enrollment.Reason
    NO_CONSENT: Enrollment.Reason
    OUT_OF_OFFICE: Enrollment.Reason
    ADVANCED: Enrollment.Reason
    RECORD_MERGED: Enrollment.Reason
    ATTRIBUTE_REFUSED: Enrollment.Reason
    SEQUENCE_UNAVAILABLE: Enrollment.Reason
    THROTTLED: Enrollment.Reason
    class StepPolicy(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
        __slots__ = ()
        STEP_POLICY_UNSPECIFIED: _ClassVar[Enrollment.StepPolicy]
        SAME_STEP: _ClassVar[Enrollment.StepPolicy]
        SAME_STEP_OR_RESTART: _ClassVar[Enrollment.StepPolicy]
        RESTART: _ClassVar[Enrollment.StepPolicy]
    STEP_POLICY_UNSPECIFIED: Enrollment.StepPolicy
    SAME_STEP: Enrollment.StepPolicy
    SAME_STEP_OR_RESTART: Enrollment.StepPolicy
    RESTART: Enrollment.StepPolicy
    class Origin(_message.Message):
        __slots__ = ("source", "segment", "enrollment")
        class Source(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
            __slots__ = ()
            SOURCE_UNSPECIFIED: _ClassVar[Enrollment.Origin.Source]
            MANUAL: _ClassVar[Enrollment.Origin.Source]
            SEGMENT: _ClassVar[Enrollment.Origin.Source]
            ADVANCE: _ClassVar[Enrollment.Origin.Source]
        SOURCE_UNSPECIFIED: Enrollment.Origin.Source
        MANUAL: Enrollment.Origin.Source
        SEGMENT: Enrollment.Origin.Source
        ADVANCE: Enrollment.Origin.Source
        SOURCE_FIELD_NUMBER: _ClassVar[int]
        SEGMENT_FIELD_NUMBER: _ClassVar[int]
        ENROLLMENT_FIELD_NUMBER: _ClassVar[int]
        source: Enrollment.Origin.Source
        segment: str
        enrollment: str
        def __init__(self, source: _Optional[_Union[Enrollment.Origin.Source, str]] = ..., segment: _Optional[str] = ..., enrollment: _Optional[str] = ...) -> None: ...
    NAME_FIELD_NUMBER: _ClassVar[int]
    SEQUENCE_FIELD_NUMBER: _ClassVar[int]
    REVISION_FIELD_NUMBER: _ClassVar[int]
    RECORD_FIELD_NUMBER: _ClassVar[int]
    PASS_NUMBER_FIELD_NUMBER: _ClassVar[int]
    STATE_FIELD_NUMBER: _ClassVar[int]
    REASON_FIELD_NUMBER: _ClassVar[int]
    ORIGIN_FIELD_NUMBER: _ClassVar[int]
    CURRENT_STEP_ID_FIELD_NUMBER: _ClassVar[int]
    CURRENT_STEP_DISPLAY_NAME_FIELD_NUMBER: _ClassVar[int]
    STEP_REACH_TIME_FIELD_NUMBER: _ClassVar[int]
    DONE_STEP_COUNT_FIELD_NUMBER: _ClassVar[int]
    STEP_COUNT_FIELD_NUMBER: _ClassVar[int]
    WAITING_UNTIL_FIELD_NUMBER: _ClassVar[int]
    OPEN_ACTIVITY_FIELD_NUMBER: _ClassVar[int]
    ETAG_FIELD_NUMBER: _ClassVar[int]
    CREATE_TIME_FIELD_NUMBER: _ClassVar[int]
    END_TIME_FIELD_NUMBER: _ClassVar[int]
    TIMELINE_FIELD_NUMBER: _ClassVar[int]
    PAUSE_TIME_FIELD_NUMBER: _ClassVar[int]
    RESUME_TIME_FIELD_NUMBER: _ClassVar[int]
    DISPOSITION_FIELD_NUMBER: _ClassVar[int]
    FAIL_TIME_FIELD_NUMBER: _ClassVar[int]
    name: str
    sequence: str
    revision: int
    record: str
    pass_number: int
    state: Enrollment.State
    reason: Enrollment.Reason
    origin: Enrollment.Origin
    current_step_id: str
    current_step_display_name: str
    step_reach_time: _timestamp_pb2.Timestamp
    done_step_count: int
    step_count: int
    waiting_until: _timestamp_pb2.Timestamp
    open_activity: str
    etag: str
    create_time: _timestamp_pb2.Timestamp
    end_time: _timestamp_pb2.Timestamp
    timeline: _containers.RepeatedCompositeFieldContainer[Event]
    pause_time: _timestamp_pb2.Timestamp
    resume_time: _timestamp_pb2.Timestamp
    disposition: str
    fail_time: _timestamp_pb2.Timestamp
    def __init__(self, name: _Optional[str] = ..., sequence: _Optional[str] = ..., revision: _Optional[int] = ..., record: _Optional[str] = ..., pass_number: _Optional[int] = ..., state: _Optional[_Union[Enrollment.State, str]] = ..., reason: _Optional[_Union[Enrollment.Reason, str]] = ..., origin: _Optional[_Union[Enrollment.Origin, _Mapping]] = ..., current_step_id: _Optional[str] = ..., current_step_display_name: _Optional[str] = ..., step_reach_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., done_step_count: _Optional[int] = ..., step_count: _Optional[int] = ..., waiting_until: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., open_activity: _Optional[str] = ..., etag: _Optional[str] = ..., create_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., end_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., timeline: _Optional[_Iterable[_Union[Event, _Mapping]]] = ..., pause_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., resume_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., disposition: _Optional[str] = ..., fail_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ...) -> None: ...

class Event(_message.Message):
    __slots__ = ("name", "event_time", "actor", "request_id", "record", "enrollment_started", "wait_started", "wait_ended", "wait_skipped", "activity_due", "activity_completed", "activity_skipped", "activity_snoozed", "activity_woken", "activity_canceled", "activity_moved", "enrollment_completed", "enrollment_exited", "activity_reopened", "wait_canceled", "enrollment_reopened", "enrollment_paused", "enrollment_resumed", "enrollment_migrated", "enrollment_failed", "enrollment_retried", "disposition_set", "engagement_recorded", "branch_decided", "split_decided", "attribute_updated", "owner_assigned", "event_emitted", "lease_expired", "email_handed_over", "activity_created", "activity_edited", "record_routed", "record_closed", "record_reopened", "wait_rescheduled", "record_deleted", "administrative_write", "record_merged", "enrollment_moved", "split_ended", "webhook_test")
    NAME_FIELD_NUMBER: _ClassVar[int]
    EVENT_TIME_FIELD_NUMBER: _ClassVar[int]
    ACTOR_FIELD_NUMBER: _ClassVar[int]
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    RECORD_FIELD_NUMBER: _ClassVar[int]
    ENROLLMENT_STARTED_FIELD_NUMBER: _ClassVar[int]
    WAIT_STARTED_FIELD_NUMBER: _ClassVar[int]
    WAIT_ENDED_FIELD_NUMBER: _ClassVar[int]
    WAIT_SKIPPED_FIELD_NUMBER: _ClassVar[int]
    ACTIVITY_DUE_FIELD_NUMBER: _ClassVar[int]
    ACTIVITY_COMPLETED_FIELD_NUMBER: _ClassVar[int]
    ACTIVITY_SKIPPED_FIELD_NUMBER: _ClassVar[int]
    ACTIVITY_SNOOZED_FIELD_NUMBER: _ClassVar[int]
    ACTIVITY_WOKEN_FIELD_NUMBER: _ClassVar[int]
    ACTIVITY_CANCELED_FIELD_NUMBER: _ClassVar[int]
    ACTIVITY_MOVED_FIELD_NUMBER: _ClassVar[int]
    ENROLLMENT_COMPLETED_FIELD_NUMBER: _ClassVar[int]
    ENROLLMENT_EXITED_FIELD_NUMBER: _ClassVar[int]
    ACTIVITY_REOPENED_FIELD_NUMBER: _ClassVar[int]
    WAIT_CANCELED_FIELD_NUMBER: _ClassVar[int]
    ENROLLMENT_REOPENED_FIELD_NUMBER: _ClassVar[int]
    ENROLLMENT_PAUSED_FIELD_NUMBER: _ClassVar[int]
    ENROLLMENT_RESUMED_FIELD_NUMBER: _ClassVar[int]
    ENROLLMENT_MIGRATED_FIELD_NUMBER: _ClassVar[int]
    ENROLLMENT_FAILED_FIELD_NUMBER: _ClassVar[int]
    ENROLLMENT_RETRIED_FIELD_NUMBER: _ClassVar[int]
    DISPOSITION_SET_FIELD_NUMBER: _ClassVar[int]
    ENGAGEMENT_RECORDED_FIELD_NUMBER: _ClassVar[int]
    BRANCH_DECIDED_FIELD_NUMBER: _ClassVar[int]
    SPLIT_DECIDED_FIELD_NUMBER: _ClassVar[int]
    ATTRIBUTE_UPDATED_FIELD_NUMBER: _ClassVar[int]
    OWNER_ASSIGNED_FIELD_NUMBER: _ClassVar[int]
    EVENT_EMITTED_FIELD_NUMBER: _ClassVar[int]
    LEASE_EXPIRED_FIELD_NUMBER: _ClassVar[int]
    EMAIL_HANDED_OVER_FIELD_NUMBER: _ClassVar[int]
    ACTIVITY_CREATED_FIELD_NUMBER: _ClassVar[int]
    ACTIVITY_EDITED_FIELD_NUMBER: _ClassVar[int]
    RECORD_ROUTED_FIELD_NUMBER: _ClassVar[int]
    RECORD_CLOSED_FIELD_NUMBER: _ClassVar[int]
    RECORD_REOPENED_FIELD_NUMBER: _ClassVar[int]
    WAIT_RESCHEDULED_FIELD_NUMBER: _ClassVar[int]
    RECORD_DELETED_FIELD_NUMBER: _ClassVar[int]
    ADMINISTRATIVE_WRITE_FIELD_NUMBER: _ClassVar[int]
    RECORD_MERGED_FIELD_NUMBER: _ClassVar[int]
    ENROLLMENT_MOVED_FIELD_NUMBER: _ClassVar[int]
    SPLIT_ENDED_FIELD_NUMBER: _ClassVar[int]
    WEBHOOK_TEST_FIELD_NUMBER: _ClassVar[int]
    name: str
    event_time: _timestamp_pb2.Timestamp
    actor: str
    request_id: str
    record: str
    enrollment_started: EnrollmentStarted
    wait_started: WaitStarted
    wait_ended: WaitEnded
    wait_skipped: WaitSkipped
    activity_due: ActivityDue
    activity_completed: ActivityCompleted
    activity_skipped: ActivitySkipped
    activity_snoozed: ActivitySnoozed
    activity_woken: ActivityWoken
    activity_canceled: ActivityCanceled
    activity_moved: ActivityMoved
    enrollment_completed: EnrollmentCompleted
    enrollment_exited: EnrollmentExited
    activity_reopened: ActivityReopened
    wait_canceled: WaitCanceled
    enrollment_reopened: EnrollmentReopened
    enrollment_paused: EnrollmentPaused
    enrollment_resumed: EnrollmentResumed
    enrollment_migrated: EnrollmentMigrated
    enrollment_failed: EnrollmentFailed
    enrollment_retried: EnrollmentRetried
    disposition_set: DispositionSet
    engagement_recorded: EngagementRecorded
    branch_decided: BranchDecided
    split_decided: SplitDecided
    attribute_updated: AttributeUpdated
    owner_assigned: OwnerAssigned
    event_emitted: EventEmitted
    lease_expired: LeaseExpired
    email_handed_over: EmailHandedOver
    activity_created: ActivityCreated
    activity_edited: ActivityEdited
    record_routed: RecordRouted
    record_closed: RecordClosed
    record_reopened: RecordReopened
    wait_rescheduled: WaitRescheduled
    record_deleted: RecordDeleted
    administrative_write: AdministrativeWrite
    record_merged: RecordMerged
    enrollment_moved: EnrollmentMoved
    split_ended: SplitEnded
    webhook_test: WebhookTest
    def __init__(self, name: _Optional[str] = ..., event_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., actor: _Optional[str] = ..., request_id: _Optional[str] = ..., record: _Optional[str] = ..., enrollment_started: _Optional[_Union[EnrollmentStarted, _Mapping]] = ..., wait_started: _Optional[_Union[WaitStarted, _Mapping]] = ..., wait_ended: _Optional[_Union[WaitEnded, _Mapping]] = ..., wait_skipped: _Optional[_Union[WaitSkipped, _Mapping]] = ..., activity_due: _Optional[_Union[ActivityDue, _Mapping]] = ..., activity_completed: _Optional[_Union[ActivityCompleted, _Mapping]] = ..., activity_skipped: _Optional[_Union[ActivitySkipped, _Mapping]] = ..., activity_snoozed: _Optional[_Union[ActivitySnoozed, _Mapping]] = ..., activity_woken: _Optional[_Union[ActivityWoken, _Mapping]] = ..., activity_canceled: _Optional[_Union[ActivityCanceled, _Mapping]] = ..., activity_moved: _Optional[_Union[ActivityMoved, _Mapping]] = ..., enrollment_completed: _Optional[_Union[EnrollmentCompleted, _Mapping]] = ..., enrollment_exited: _Optional[_Union[EnrollmentExited, _Mapping]] = ..., activity_reopened: _Optional[_Union[ActivityReopened, _Mapping]] = ..., wait_canceled: _Optional[_Union[WaitCanceled, _Mapping]] = ..., enrollment_reopened: _Optional[_Union[EnrollmentReopened, _Mapping]] = ..., enrollment_paused: _Optional[_Union[EnrollmentPaused, _Mapping]] = ..., enrollment_resumed: _Optional[_Union[EnrollmentResumed, _Mapping]] = ..., enrollment_migrated: _Optional[_Union[EnrollmentMigrated, _Mapping]] = ..., enrollment_failed: _Optional[_Union[EnrollmentFailed, _Mapping]] = ..., enrollment_retried: _Optional[_Union[EnrollmentRetried, _Mapping]] = ..., disposition_set: _Optional[_Union[DispositionSet, _Mapping]] = ..., engagement_recorded: _Optional[_Union[EngagementRecorded, _Mapping]] = ..., branch_decided: _Optional[_Union[BranchDecided, _Mapping]] = ..., split_decided: _Optional[_Union[SplitDecided, _Mapping]] = ..., attribute_updated: _Optional[_Union[AttributeUpdated, _Mapping]] = ..., owner_assigned: _Optional[_Union[OwnerAssigned, _Mapping]] = ..., event_emitted: _Optional[_Union[EventEmitted, _Mapping]] = ..., lease_expired: _Optional[_Union[LeaseExpired, _Mapping]] = ..., email_handed_over: _Optional[_Union[EmailHandedOver, _Mapping]] = ..., activity_created: _Optional[_Union[ActivityCreated, _Mapping]] = ..., activity_edited: _Optional[_Union[ActivityEdited, _Mapping]] = ..., record_routed: _Optional[_Union[RecordRouted, _Mapping]] = ..., record_closed: _Optional[_Union[RecordClosed, _Mapping]] = ..., record_reopened: _Optional[_Union[RecordReopened, _Mapping]] = ..., wait_rescheduled: _Optional[_Union[WaitRescheduled, _Mapping]] = ..., record_deleted: _Optional[_Union[RecordDeleted, _Mapping]] = ..., administrative_write: _Optional[_Union[AdministrativeWrite, _Mapping]] = ..., record_merged: _Optional[_Union[RecordMerged, _Mapping]] = ..., enrollment_moved: _Optional[_Union[EnrollmentMoved, _Mapping]] = ..., split_ended: _Optional[_Union[SplitEnded, _Mapping]] = ..., webhook_test: _Optional[_Union[WebhookTest, _Mapping]] = ...) -> None: ...

class WebhookTest(_message.Message):
    __slots__ = ("webhook",)
    WEBHOOK_FIELD_NUMBER: _ClassVar[int]
    webhook: str
    def __init__(self, webhook: _Optional[str] = ...) -> None: ...

class RecordDeleted(_message.Message):
    __slots__ = ()
    def __init__(self) -> None: ...

class RecordMerged(_message.Message):
    __slots__ = ("record", "survivor")
    RECORD_FIELD_NUMBER: _ClassVar[int]
    SURVIVOR_FIELD_NUMBER: _ClassVar[int]
    record: str
    survivor: str
    def __init__(self, record: _Optional[str] = ..., survivor: _Optional[str] = ...) -> None: ...

class EnrollmentMoved(_message.Message):
    __slots__ = ("enrollment",)
    ENROLLMENT_FIELD_NUMBER: _ClassVar[int]
    enrollment: str
    def __init__(self, enrollment: _Optional[str] = ...) -> None: ...

class AdministrativeWrite(_message.Message):
    __slots__ = ("method", "resource", "resource_kind", "peer_address", "before", "after")
    METHOD_FIELD_NUMBER: _ClassVar[int]
    RESOURCE_FIELD_NUMBER: _ClassVar[int]
    RESOURCE_KIND_FIELD_NUMBER: _ClassVar[int]
    PEER_ADDRESS_FIELD_NUMBER: _ClassVar[int]
    BEFORE_FIELD_NUMBER: _ClassVar[int]
    AFTER_FIELD_NUMBER: _ClassVar[int]
    method: str
    resource: str
    resource_kind: str
    peer_address: str
    before: _struct_pb2.Struct
    after: _struct_pb2.Struct
    def __init__(self, method: _Optional[str] = ..., resource: _Optional[str] = ..., resource_kind: _Optional[str] = ..., peer_address: _Optional[str] = ..., before: _Optional[_Union[_struct_pb2.Struct, _Mapping]] = ..., after: _Optional[_Union[_struct_pb2.Struct, _Mapping]] = ...) -> None: ...

class EnrollmentStarted(_message.Message):
    __slots__ = ("enrollment",)
    ENROLLMENT_FIELD_NUMBER: _ClassVar[int]
    enrollment: str
    def __init__(self, enrollment: _Optional[str] = ...) -> None: ...

class WaitRescheduled(_message.Message):
    __slots__ = ("enrollment", "step_id", "step_display_name", "planned_end_time")
    ENROLLMENT_FIELD_NUMBER: _ClassVar[int]
    STEP_ID_FIELD_NUMBER: _ClassVar[int]
    STEP_DISPLAY_NAME_FIELD_NUMBER: _ClassVar[int]
    PLANNED_END_TIME_FIELD_NUMBER: _ClassVar[int]
    enrollment: str
    step_id: str
    step_display_name: str
    planned_end_time: _timestamp_pb2.Timestamp
    def __init__(self, enrollment: _Optional[str] = ..., step_id: _Optional[str] = ..., step_display_name: _Optional[str] = ..., planned_end_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ...) -> None: ...

class WaitStarted(_message.Message):
    __slots__ = ("enrollment", "step_id", "step_display_name", "planned_end_time")
    ENROLLMENT_FIELD_NUMBER: _ClassVar[int]
    STEP_ID_FIELD_NUMBER: _ClassVar[int]
    STEP_DISPLAY_NAME_FIELD_NUMBER: _ClassVar[int]
    PLANNED_END_TIME_FIELD_NUMBER: _ClassVar[int]
    enrollment: str
    step_id: str
    step_display_name: str
    planned_end_time: _timestamp_pb2.Timestamp
    def __init__(self, enrollment: _Optional[str] = ..., step_id: _Optional[str] = ..., step_display_name: _Optional[str] = ..., planned_end_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ...) -> None: ...

class WaitEnded(_message.Message):
    __slots__ = ("enrollment", "step_id", "step_display_name", "planned_end_time", "attribute_missing")
    ENROLLMENT_FIELD_NUMBER: _ClassVar[int]
    STEP_ID_FIELD_NUMBER: _ClassVar[int]
    STEP_DISPLAY_NAME_FIELD_NUMBER: _ClassVar[int]
    PLANNED_END_TIME_FIELD_NUMBER: _ClassVar[int]
    ATTRIBUTE_MISSING_FIELD_NUMBER: _ClassVar[int]
    enrollment: str
    step_id: str
    step_display_name: str
    planned_end_time: _timestamp_pb2.Timestamp
    attribute_missing: bool
    def __init__(self, enrollment: _Optional[str] = ..., step_id: _Optional[str] = ..., step_display_name: _Optional[str] = ..., planned_end_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., attribute_missing: bool = ...) -> None: ...

class WaitSkipped(_message.Message):
    __slots__ = ("enrollment", "step_id", "step_display_name", "planned_end_time")
    ENROLLMENT_FIELD_NUMBER: _ClassVar[int]
    STEP_ID_FIELD_NUMBER: _ClassVar[int]
    STEP_DISPLAY_NAME_FIELD_NUMBER: _ClassVar[int]
    PLANNED_END_TIME_FIELD_NUMBER: _ClassVar[int]
    enrollment: str
    step_id: str
    step_display_name: str
    planned_end_time: _timestamp_pb2.Timestamp
    def __init__(self, enrollment: _Optional[str] = ..., step_id: _Optional[str] = ..., step_display_name: _Optional[str] = ..., planned_end_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ...) -> None: ...

class ActivityDue(_message.Message):
    __slots__ = ("enrollment", "step_id", "step_display_name", "activity", "not_assigned_reason")
    ENROLLMENT_FIELD_NUMBER: _ClassVar[int]
    STEP_ID_FIELD_NUMBER: _ClassVar[int]
    STEP_DISPLAY_NAME_FIELD_NUMBER: _ClassVar[int]
    ACTIVITY_FIELD_NUMBER: _ClassVar[int]
    NOT_ASSIGNED_REASON_FIELD_NUMBER: _ClassVar[int]
    enrollment: str
    step_id: str
    step_display_name: str
    activity: str
    not_assigned_reason: _sequence_pb2.Assignee.NotAssignedReason
    def __init__(self, enrollment: _Optional[str] = ..., step_id: _Optional[str] = ..., step_display_name: _Optional[str] = ..., activity: _Optional[str] = ..., not_assigned_reason: _Optional[_Union[_sequence_pb2.Assignee.NotAssignedReason, str]] = ...) -> None: ...

class ActivityCompleted(_message.Message):
    __slots__ = ("enrollment", "step_id", "step_display_name", "activity", "outcome", "note")
    ENROLLMENT_FIELD_NUMBER: _ClassVar[int]
    STEP_ID_FIELD_NUMBER: _ClassVar[int]
    STEP_DISPLAY_NAME_FIELD_NUMBER: _ClassVar[int]
    ACTIVITY_FIELD_NUMBER: _ClassVar[int]
    OUTCOME_FIELD_NUMBER: _ClassVar[int]
    NOTE_FIELD_NUMBER: _ClassVar[int]
    enrollment: str
    step_id: str
    step_display_name: str
    activity: str
    outcome: str
    note: str
    def __init__(self, enrollment: _Optional[str] = ..., step_id: _Optional[str] = ..., step_display_name: _Optional[str] = ..., activity: _Optional[str] = ..., outcome: _Optional[str] = ..., note: _Optional[str] = ...) -> None: ...

class ActivitySkipped(_message.Message):
    __slots__ = ("enrollment", "step_id", "step_display_name", "activity", "skip_reason", "note")
    ENROLLMENT_FIELD_NUMBER: _ClassVar[int]
    STEP_ID_FIELD_NUMBER: _ClassVar[int]
    STEP_DISPLAY_NAME_FIELD_NUMBER: _ClassVar[int]
    ACTIVITY_FIELD_NUMBER: _ClassVar[int]
    SKIP_REASON_FIELD_NUMBER: _ClassVar[int]
    NOTE_FIELD_NUMBER: _ClassVar[int]
    enrollment: str
    step_id: str
    step_display_name: str
    activity: str
    skip_reason: str
    note: str
    def __init__(self, enrollment: _Optional[str] = ..., step_id: _Optional[str] = ..., step_display_name: _Optional[str] = ..., activity: _Optional[str] = ..., skip_reason: _Optional[str] = ..., note: _Optional[str] = ...) -> None: ...

class ActivitySnoozed(_message.Message):
    __slots__ = ("enrollment", "step_id", "step_display_name", "activity", "snooze_until")
    ENROLLMENT_FIELD_NUMBER: _ClassVar[int]
    STEP_ID_FIELD_NUMBER: _ClassVar[int]
    STEP_DISPLAY_NAME_FIELD_NUMBER: _ClassVar[int]
    ACTIVITY_FIELD_NUMBER: _ClassVar[int]
    SNOOZE_UNTIL_FIELD_NUMBER: _ClassVar[int]
    enrollment: str
    step_id: str
    step_display_name: str
    activity: str
    snooze_until: _timestamp_pb2.Timestamp
    def __init__(self, enrollment: _Optional[str] = ..., step_id: _Optional[str] = ..., step_display_name: _Optional[str] = ..., activity: _Optional[str] = ..., snooze_until: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ...) -> None: ...

class ActivityWoken(_message.Message):
    __slots__ = ("enrollment", "step_id", "step_display_name", "activity")
    ENROLLMENT_FIELD_NUMBER: _ClassVar[int]
    STEP_ID_FIELD_NUMBER: _ClassVar[int]
    STEP_DISPLAY_NAME_FIELD_NUMBER: _ClassVar[int]
    ACTIVITY_FIELD_NUMBER: _ClassVar[int]
    enrollment: str
    step_id: str
    step_display_name: str
    activity: str
    def __init__(self, enrollment: _Optional[str] = ..., step_id: _Optional[str] = ..., step_display_name: _Optional[str] = ..., activity: _Optional[str] = ...) -> None: ...

class ActivityCanceled(_message.Message):
    __slots__ = ("enrollment", "step_id", "step_display_name", "activity", "reason")
    ENROLLMENT_FIELD_NUMBER: _ClassVar[int]
    STEP_ID_FIELD_NUMBER: _ClassVar[int]
    STEP_DISPLAY_NAME_FIELD_NUMBER: _ClassVar[int]
    ACTIVITY_FIELD_NUMBER: _ClassVar[int]
    REASON_FIELD_NUMBER: _ClassVar[int]
    enrollment: str
    step_id: str
    step_display_name: str
    activity: str
    reason: str
    def __init__(self, enrollment: _Optional[str] = ..., step_id: _Optional[str] = ..., step_display_name: _Optional[str] = ..., activity: _Optional[str] = ..., reason: _Optional[str] = ...) -> None: ...

class ActivityMoved(_message.Message):
    __slots__ = ("enrollment", "step_id", "step_display_name", "activity", "not_assigned_reason")
    ENROLLMENT_FIELD_NUMBER: _ClassVar[int]
    STEP_ID_FIELD_NUMBER: _ClassVar[int]
    STEP_DISPLAY_NAME_FIELD_NUMBER: _ClassVar[int]
    ACTIVITY_FIELD_NUMBER: _ClassVar[int]
    NOT_ASSIGNED_REASON_FIELD_NUMBER: _ClassVar[int]
    enrollment: str
    step_id: str
    step_display_name: str
    activity: str
    not_assigned_reason: _sequence_pb2.Assignee.NotAssignedReason
    def __init__(self, enrollment: _Optional[str] = ..., step_id: _Optional[str] = ..., step_display_name: _Optional[str] = ..., activity: _Optional[str] = ..., not_assigned_reason: _Optional[_Union[_sequence_pb2.Assignee.NotAssignedReason, str]] = ...) -> None: ...

class EnrollmentCompleted(_message.Message):
    __slots__ = ("enrollment",)
    ENROLLMENT_FIELD_NUMBER: _ClassVar[int]
    enrollment: str
    def __init__(self, enrollment: _Optional[str] = ...) -> None: ...

class DispositionSet(_message.Message):
    __slots__ = ("enrollment", "disposition")
    ENROLLMENT_FIELD_NUMBER: _ClassVar[int]
    DISPOSITION_FIELD_NUMBER: _ClassVar[int]
    enrollment: str
    disposition: str
    def __init__(self, enrollment: _Optional[str] = ..., disposition: _Optional[str] = ...) -> None: ...

class EnrollmentExited(_message.Message):
    __slots__ = ("enrollment", "step_id", "step_display_name", "reason", "next_enrollment", "not_started_reason")
    ENROLLMENT_FIELD_NUMBER: _ClassVar[int]
    STEP_ID_FIELD_NUMBER: _ClassVar[int]
    STEP_DISPLAY_NAME_FIELD_NUMBER: _ClassVar[int]
    REASON_FIELD_NUMBER: _ClassVar[int]
    NEXT_ENROLLMENT_FIELD_NUMBER: _ClassVar[int]
    NOT_STARTED_REASON_FIELD_NUMBER: _ClassVar[int]
    enrollment: str
    step_id: str
    step_display_name: str
    reason: Enrollment.Reason
    next_enrollment: str
    not_started_reason: str
    def __init__(self, enrollment: _Optional[str] = ..., step_id: _Optional[str] = ..., step_display_name: _Optional[str] = ..., reason: _Optional[_Union[Enrollment.Reason, str]] = ..., next_enrollment: _Optional[str] = ..., not_started_reason: _Optional[str] = ...) -> None: ...

class BranchDecided(_message.Message):
    __slots__ = ("enrollment", "step_id", "step_display_name", "path", "why")
    class Path(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
        __slots__ = ()
        PATH_UNSPECIFIED: _ClassVar[BranchDecided.Path]
        YES: _ClassVar[BranchDecided.Path]
        NO: _ClassVar[BranchDecided.Path]
    PATH_UNSPECIFIED: BranchDecided.Path
    YES: BranchDecided.Path
    NO: BranchDecided.Path
    class Why(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
        __slots__ = ()
        WHY_UNSPECIFIED: _ClassVar[BranchDecided.Why]
        MET: _ClassVar[BranchDecided.Why]
        NOT_MET: _ClassVar[BranchDecided.Why]
        ATTRIBUTE_MISSING: _ClassVar[BranchDecided.Why]
        STEP_SKIPPED: _ClassVar[BranchDecided.Why]
    WHY_UNSPECIFIED: BranchDecided.Why
    MET: BranchDecided.Why
    NOT_MET: BranchDecided.Why
    ATTRIBUTE_MISSING: BranchDecided.Why
    STEP_SKIPPED: BranchDecided.Why
    ENROLLMENT_FIELD_NUMBER: _ClassVar[int]
    STEP_ID_FIELD_NUMBER: _ClassVar[int]
    STEP_DISPLAY_NAME_FIELD_NUMBER: _ClassVar[int]
    PATH_FIELD_NUMBER: _ClassVar[int]
    WHY_FIELD_NUMBER: _ClassVar[int]
    enrollment: str
    step_id: str
    step_display_name: str
    path: BranchDecided.Path
    why: BranchDecided.Why
    def __init__(self, enrollment: _Optional[str] = ..., step_id: _Optional[str] = ..., step_display_name: _Optional[str] = ..., path: _Optional[_Union[BranchDecided.Path, str]] = ..., why: _Optional[_Union[BranchDecided.Why, str]] = ...) -> None: ...

class SplitDecided(_message.Message):
    __slots__ = ("enrollment", "step_id", "step_display_name", "variant_id", "why")
    class Why(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
        __slots__ = ()
        WHY_UNSPECIFIED: _ClassVar[SplitDecided.Why]
        CHANCE: _ClassVar[SplitDecided.Why]
        WINNER: _ClassVar[SplitDecided.Why]
        ENDED: _ClassVar[SplitDecided.Why]
    WHY_UNSPECIFIED: SplitDecided.Why
    CHANCE: SplitDecided.Why
    WINNER: SplitDecided.Why
    ENDED: SplitDecided.Why
    ENROLLMENT_FIELD_NUMBER: _ClassVar[int]
    STEP_ID_FIELD_NUMBER: _ClassVar[int]
    STEP_DISPLAY_NAME_FIELD_NUMBER: _ClassVar[int]
    VARIANT_ID_FIELD_NUMBER: _ClassVar[int]
    WHY_FIELD_NUMBER: _ClassVar[int]
    enrollment: str
    step_id: str
    step_display_name: str
    variant_id: str
    why: SplitDecided.Why
    def __init__(self, enrollment: _Optional[str] = ..., step_id: _Optional[str] = ..., step_display_name: _Optional[str] = ..., variant_id: _Optional[str] = ..., why: _Optional[_Union[SplitDecided.Why, str]] = ...) -> None: ...

class SplitEnded(_message.Message):
    __slots__ = ("sequence", "step_id", "variant_id", "why", "metric", "variants")
    class Why(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
        __slots__ = ()
        WHY_UNSPECIFIED: _ClassVar[SplitEnded.Why]
        LED: _ClassVar[SplitEnded.Why]
        TIED: _ClassVar[SplitEnded.Why]
        TOO_FEW: _ClassVar[SplitEnded.Why]
        CHOSEN: _ClassVar[SplitEnded.Why]
    WHY_UNSPECIFIED: SplitEnded.Why
    LED: SplitEnded.Why
    TIED: SplitEnded.Why
    TOO_FEW: SplitEnded.Why
    CHOSEN: SplitEnded.Why
    SEQUENCE_FIELD_NUMBER: _ClassVar[int]
    STEP_ID_FIELD_NUMBER: _ClassVar[int]
    VARIANT_ID_FIELD_NUMBER: _ClassVar[int]
    WHY_FIELD_NUMBER: _ClassVar[int]
    METRIC_FIELD_NUMBER: _ClassVar[int]
    VARIANTS_FIELD_NUMBER: _ClassVar[int]
    sequence: str
    step_id: str
    variant_id: str
    why: SplitEnded.Why
    metric: _sequence_pb2.SplitGoal.Metric
    variants: _containers.RepeatedCompositeFieldContainer[_sequence_pb2.VariantResult]
    def __init__(self, sequence: _Optional[str] = ..., step_id: _Optional[str] = ..., variant_id: _Optional[str] = ..., why: _Optional[_Union[SplitEnded.Why, str]] = ..., metric: _Optional[_Union[_sequence_pb2.SplitGoal.Metric, str]] = ..., variants: _Optional[_Iterable[_Union[_sequence_pb2.VariantResult, _Mapping]]] = ...) -> None: ...

class AttributeUpdated(_message.Message):
    __slots__ = ("enrollment", "step_id", "step_display_name", "not_changed_reason")
    ENROLLMENT_FIELD_NUMBER: _ClassVar[int]
    STEP_ID_FIELD_NUMBER: _ClassVar[int]
    STEP_DISPLAY_NAME_FIELD_NUMBER: _ClassVar[int]
    NOT_CHANGED_REASON_FIELD_NUMBER: _ClassVar[int]
    enrollment: str
    step_id: str
    step_display_name: str
    not_changed_reason: str
    def __init__(self, enrollment: _Optional[str] = ..., step_id: _Optional[str] = ..., step_display_name: _Optional[str] = ..., not_changed_reason: _Optional[str] = ...) -> None: ...

class OwnerAssigned(_message.Message):
    __slots__ = ("enrollment", "step_id", "step_display_name", "seller", "not_changed_reason")
    class NotChangedReason(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
        __slots__ = ()
        NOT_CHANGED_REASON_UNSPECIFIED: _ClassVar[OwnerAssigned.NotChangedReason]
        UNCHANGED: _ClassVar[OwnerAssigned.NotChangedReason]
        ATTRIBUTE_MISSING: _ClassVar[OwnerAssigned.NotChangedReason]
        SELLER_UNKNOWN: _ClassVar[OwnerAssigned.NotChangedReason]
        TEAM_UNKNOWN: _ClassVar[OwnerAssigned.NotChangedReason]
        NOBODY_LISTED: _ClassVar[OwnerAssigned.NotChangedReason]
        NOBODY_TAKES_RECORDS: _ClassVar[OwnerAssigned.NotChangedReason]
    NOT_CHANGED_REASON_UNSPECIFIED: OwnerAssigned.NotChangedReason
    UNCHANGED: OwnerAssigned.NotChangedReason
    ATTRIBUTE_MISSING: OwnerAssigned.NotChangedReason
    SELLER_UNKNOWN: OwnerAssigned.NotChangedReason
    TEAM_UNKNOWN: OwnerAssigned.NotChangedReason
    NOBODY_LISTED: OwnerAssigned.NotChangedReason
    NOBODY_TAKES_RECORDS: OwnerAssigned.NotChangedReason
    ENROLLMENT_FIELD_NUMBER: _ClassVar[int]
    STEP_ID_FIELD_NUMBER: _ClassVar[int]
    STEP_DISPLAY_NAME_FIELD_NUMBER: _ClassVar[int]
    SELLER_FIELD_NUMBER: _ClassVar[int]
    NOT_CHANGED_REASON_FIELD_NUMBER: _ClassVar[int]
    enrollment: str
    step_id: str
    step_display_name: str
    seller: str
    not_changed_reason: OwnerAssigned.NotChangedReason
    def __init__(self, enrollment: _Optional[str] = ..., step_id: _Optional[str] = ..., step_display_name: _Optional[str] = ..., seller: _Optional[str] = ..., not_changed_reason: _Optional[_Union[OwnerAssigned.NotChangedReason, str]] = ...) -> None: ...

class EventEmitted(_message.Message):
    __slots__ = ("enrollment", "step_id", "step_display_name", "event_name", "attributes")
    ENROLLMENT_FIELD_NUMBER: _ClassVar[int]
    STEP_ID_FIELD_NUMBER: _ClassVar[int]
    STEP_DISPLAY_NAME_FIELD_NUMBER: _ClassVar[int]
    EVENT_NAME_FIELD_NUMBER: _ClassVar[int]
    ATTRIBUTES_FIELD_NUMBER: _ClassVar[int]
    enrollment: str
    step_id: str
    step_display_name: str
    event_name: str
    attributes: _struct_pb2.Struct
    def __init__(self, enrollment: _Optional[str] = ..., step_id: _Optional[str] = ..., step_display_name: _Optional[str] = ..., event_name: _Optional[str] = ..., attributes: _Optional[_Union[_struct_pb2.Struct, _Mapping]] = ...) -> None: ...

class ActivityReopened(_message.Message):
    __slots__ = ("enrollment", "step_id", "step_display_name", "activity", "reason", "note")
    ENROLLMENT_FIELD_NUMBER: _ClassVar[int]
    STEP_ID_FIELD_NUMBER: _ClassVar[int]
    STEP_DISPLAY_NAME_FIELD_NUMBER: _ClassVar[int]
    ACTIVITY_FIELD_NUMBER: _ClassVar[int]
    REASON_FIELD_NUMBER: _ClassVar[int]
    NOTE_FIELD_NUMBER: _ClassVar[int]
    enrollment: str
    step_id: str
    step_display_name: str
    activity: str
    reason: str
    note: str
    def __init__(self, enrollment: _Optional[str] = ..., step_id: _Optional[str] = ..., step_display_name: _Optional[str] = ..., activity: _Optional[str] = ..., reason: _Optional[str] = ..., note: _Optional[str] = ...) -> None: ...

class WaitCanceled(_message.Message):
    __slots__ = ("enrollment", "step_id", "step_display_name", "planned_end_time")
    ENROLLMENT_FIELD_NUMBER: _ClassVar[int]
    STEP_ID_FIELD_NUMBER: _ClassVar[int]
    STEP_DISPLAY_NAME_FIELD_NUMBER: _ClassVar[int]
    PLANNED_END_TIME_FIELD_NUMBER: _ClassVar[int]
    enrollment: str
    step_id: str
    step_display_name: str
    planned_end_time: _timestamp_pb2.Timestamp
    def __init__(self, enrollment: _Optional[str] = ..., step_id: _Optional[str] = ..., step_display_name: _Optional[str] = ..., planned_end_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ...) -> None: ...

class EnrollmentReopened(_message.Message):
    __slots__ = ("enrollment",)
    ENROLLMENT_FIELD_NUMBER: _ClassVar[int]
    enrollment: str
    def __init__(self, enrollment: _Optional[str] = ...) -> None: ...

class EnrollmentPaused(_message.Message):
    __slots__ = ("enrollment", "step_id", "step_display_name", "reason", "planned_end_time", "resume_time")
    ENROLLMENT_FIELD_NUMBER: _ClassVar[int]
    STEP_ID_FIELD_NUMBER: _ClassVar[int]
    STEP_DISPLAY_NAME_FIELD_NUMBER: _ClassVar[int]
    REASON_FIELD_NUMBER: _ClassVar[int]
    PLANNED_END_TIME_FIELD_NUMBER: _ClassVar[int]
    RESUME_TIME_FIELD_NUMBER: _ClassVar[int]
    enrollment: str
    step_id: str
    step_display_name: str
    reason: Enrollment.Reason
    planned_end_time: _timestamp_pb2.Timestamp
    resume_time: _timestamp_pb2.Timestamp
    def __init__(self, enrollment: _Optional[str] = ..., step_id: _Optional[str] = ..., step_display_name: _Optional[str] = ..., reason: _Optional[_Union[Enrollment.Reason, str]] = ..., planned_end_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., resume_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ...) -> None: ...

class EnrollmentResumed(_message.Message):
    __slots__ = ("enrollment", "step_id", "step_display_name", "planned_end_time")
    ENROLLMENT_FIELD_NUMBER: _ClassVar[int]
    STEP_ID_FIELD_NUMBER: _ClassVar[int]
    STEP_DISPLAY_NAME_FIELD_NUMBER: _ClassVar[int]
    PLANNED_END_TIME_FIELD_NUMBER: _ClassVar[int]
    enrollment: str
    step_id: str
    step_display_name: str
    planned_end_time: _timestamp_pb2.Timestamp
    def __init__(self, enrollment: _Optional[str] = ..., step_id: _Optional[str] = ..., step_display_name: _Optional[str] = ..., planned_end_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ...) -> None: ...

class EnrollmentFailed(_message.Message):
    __slots__ = ("enrollment", "step_id", "step_display_name", "reason", "refused_reason")
    ENROLLMENT_FIELD_NUMBER: _ClassVar[int]
    STEP_ID_FIELD_NUMBER: _ClassVar[int]
    STEP_DISPLAY_NAME_FIELD_NUMBER: _ClassVar[int]
    REASON_FIELD_NUMBER: _ClassVar[int]
    REFUSED_REASON_FIELD_NUMBER: _ClassVar[int]
    enrollment: str
    step_id: str
    step_display_name: str
    reason: Enrollment.Reason
    refused_reason: str
    def __init__(self, enrollment: _Optional[str] = ..., step_id: _Optional[str] = ..., step_display_name: _Optional[str] = ..., reason: _Optional[_Union[Enrollment.Reason, str]] = ..., refused_reason: _Optional[str] = ...) -> None: ...

class EnrollmentRetried(_message.Message):
    __slots__ = ("enrollment", "step_id", "step_display_name")
    ENROLLMENT_FIELD_NUMBER: _ClassVar[int]
    STEP_ID_FIELD_NUMBER: _ClassVar[int]
    STEP_DISPLAY_NAME_FIELD_NUMBER: _ClassVar[int]
    enrollment: str
    step_id: str
    step_display_name: str
    def __init__(self, enrollment: _Optional[str] = ..., step_id: _Optional[str] = ..., step_display_name: _Optional[str] = ...) -> None: ...

class EnrollmentMigrated(_message.Message):
    __slots__ = ("enrollment", "step_id", "step_display_name", "from_revision", "planned_end_time")
    ENROLLMENT_FIELD_NUMBER: _ClassVar[int]
    STEP_ID_FIELD_NUMBER: _ClassVar[int]
    STEP_DISPLAY_NAME_FIELD_NUMBER: _ClassVar[int]
    FROM_REVISION_FIELD_NUMBER: _ClassVar[int]
    PLANNED_END_TIME_FIELD_NUMBER: _ClassVar[int]
    enrollment: str
    step_id: str
    step_display_name: str
    from_revision: int
    planned_end_time: _timestamp_pb2.Timestamp
    def __init__(self, enrollment: _Optional[str] = ..., step_id: _Optional[str] = ..., step_display_name: _Optional[str] = ..., from_revision: _Optional[int] = ..., planned_end_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ...) -> None: ...

class RecordRouted(_message.Message):
    __slots__ = ("record", "segment", "left_segment", "assignment_rule", "owner", "owner_reason", "sequence", "enrollment", "sequence_reason", "segment_reason", "no_candidate_reason")
    class SegmentReason(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
        __slots__ = ()
        SEGMENT_REASON_UNSPECIFIED: _ClassVar[RecordRouted.SegmentReason]
        STAYED: _ClassVar[RecordRouted.SegmentReason]
        ENTERED: _ClassVar[RecordRouted.SegmentReason]
        LEFT: _ClassVar[RecordRouted.SegmentReason]
        MOVED: _ClassVar[RecordRouted.SegmentReason]
        TAKEN: _ClassVar[RecordRouted.SegmentReason]
    SEGMENT_REASON_UNSPECIFIED: RecordRouted.SegmentReason
    STAYED: RecordRouted.SegmentReason
    ENTERED: RecordRouted.SegmentReason
    LEFT: RecordRouted.SegmentReason
    MOVED: RecordRouted.SegmentReason
    TAKEN: RecordRouted.SegmentReason
    class OwnerReason(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
        __slots__ = ()
        OWNER_REASON_UNSPECIFIED: _ClassVar[RecordRouted.OwnerReason]
        ROUND_ROBIN: _ClassVar[RecordRouted.OwnerReason]
        ALREADY_OWNED: _ClassVar[RecordRouted.OwnerReason]
        NO_CANDIDATE: _ClassVar[RecordRouted.OwnerReason]
        NO_RULE: _ClassVar[RecordRouted.OwnerReason]
        RULES_NOT_RUN: _ClassVar[RecordRouted.OwnerReason]
        NOT_ASKED: _ClassVar[RecordRouted.OwnerReason]
        LOAD_BALANCING: _ClassVar[RecordRouted.OwnerReason]
    OWNER_REASON_UNSPECIFIED: RecordRouted.OwnerReason
    ROUND_ROBIN: RecordRouted.OwnerReason
    ALREADY_OWNED: RecordRouted.OwnerReason
    NO_CANDIDATE: RecordRouted.OwnerReason
    NO_RULE: RecordRouted.OwnerReason
    RULES_NOT_RUN: RecordRouted.OwnerReason
    NOT_ASKED: RecordRouted.OwnerReason
    LOAD_BALANCING: RecordRouted.OwnerReason
    class SequenceReason(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
        __slots__ = ()
        SEQUENCE_REASON_UNSPECIFIED: _ClassVar[RecordRouted.SequenceReason]
        ENROLLED: _ClassVar[RecordRouted.SequenceReason]
        SEQUENCE_UNCHANGED: _ClassVar[RecordRouted.SequenceReason]
        ENROLLED_BEFORE: _ClassVar[RecordRouted.SequenceReason]
        SEQUENCE_INACTIVE: _ClassVar[RecordRouted.SequenceReason]
        NOT_CONNECTED: _ClassVar[RecordRouted.SequenceReason]
        NO_SEGMENT: _ClassVar[RecordRouted.SequenceReason]
    SEQUENCE_REASON_UNSPECIFIED: RecordRouted.SequenceReason
    ENROLLED: RecordRouted.SequenceReason
    SEQUENCE_UNCHANGED: RecordRouted.SequenceReason
    ENROLLED_BEFORE: RecordRouted.SequenceReason
    SEQUENCE_INACTIVE: RecordRouted.SequenceReason
    NOT_CONNECTED: RecordRouted.SequenceReason
    NO_SEGMENT: RecordRouted.SequenceReason
    RECORD_FIELD_NUMBER: _ClassVar[int]
    SEGMENT_FIELD_NUMBER: _ClassVar[int]
    LEFT_SEGMENT_FIELD_NUMBER: _ClassVar[int]
    ASSIGNMENT_RULE_FIELD_NUMBER: _ClassVar[int]
    OWNER_FIELD_NUMBER: _ClassVar[int]
    OWNER_REASON_FIELD_NUMBER: _ClassVar[int]
    SEQUENCE_FIELD_NUMBER: _ClassVar[int]
    ENROLLMENT_FIELD_NUMBER: _ClassVar[int]
    SEQUENCE_REASON_FIELD_NUMBER: _ClassVar[int]
    SEGMENT_REASON_FIELD_NUMBER: _ClassVar[int]
    NO_CANDIDATE_REASON_FIELD_NUMBER: _ClassVar[int]
    record: str
    segment: str
    left_segment: str
    assignment_rule: str
    owner: str
    owner_reason: RecordRouted.OwnerReason
    sequence: str
    enrollment: str
    sequence_reason: RecordRouted.SequenceReason
    segment_reason: RecordRouted.SegmentReason
    no_candidate_reason: _segment_pb2.AssignmentRule.NoCandidateReason
    def __init__(self, record: _Optional[str] = ..., segment: _Optional[str] = ..., left_segment: _Optional[str] = ..., assignment_rule: _Optional[str] = ..., owner: _Optional[str] = ..., owner_reason: _Optional[_Union[RecordRouted.OwnerReason, str]] = ..., sequence: _Optional[str] = ..., enrollment: _Optional[str] = ..., sequence_reason: _Optional[_Union[RecordRouted.SequenceReason, str]] = ..., segment_reason: _Optional[_Union[RecordRouted.SegmentReason, str]] = ..., no_candidate_reason: _Optional[_Union[_segment_pb2.AssignmentRule.NoCandidateReason, str]] = ...) -> None: ...

class RecordClosed(_message.Message):
    __slots__ = ("record", "close_outcome")
    RECORD_FIELD_NUMBER: _ClassVar[int]
    CLOSE_OUTCOME_FIELD_NUMBER: _ClassVar[int]
    record: str
    close_outcome: _record_pb2.Record.CloseOutcome
    def __init__(self, record: _Optional[str] = ..., close_outcome: _Optional[_Union[_record_pb2.Record.CloseOutcome, str]] = ...) -> None: ...

class RecordReopened(_message.Message):
    __slots__ = ("record",)
    RECORD_FIELD_NUMBER: _ClassVar[int]
    record: str
    def __init__(self, record: _Optional[str] = ...) -> None: ...

class EngagementRecorded(_message.Message):
    __slots__ = ("enrollment", "step_id", "step_display_name", "activity", "kind", "engagement_time", "by_machine", "outcome", "return_time")
    ENROLLMENT_FIELD_NUMBER: _ClassVar[int]
    STEP_ID_FIELD_NUMBER: _ClassVar[int]
    STEP_DISPLAY_NAME_FIELD_NUMBER: _ClassVar[int]
    ACTIVITY_FIELD_NUMBER: _ClassVar[int]
    KIND_FIELD_NUMBER: _ClassVar[int]
    ENGAGEMENT_TIME_FIELD_NUMBER: _ClassVar[int]
    BY_MACHINE_FIELD_NUMBER: _ClassVar[int]
    OUTCOME_FIELD_NUMBER: _ClassVar[int]
    RETURN_TIME_FIELD_NUMBER: _ClassVar[int]
    enrollment: str
    step_id: str
    step_display_name: str
    activity: str
    kind: _engagement_pb2.EngagementEvent.EventKind
    engagement_time: _timestamp_pb2.Timestamp
    by_machine: bool
    outcome: str
    return_time: _timestamp_pb2.Timestamp
    def __init__(self, enrollment: _Optional[str] = ..., step_id: _Optional[str] = ..., step_display_name: _Optional[str] = ..., activity: _Optional[str] = ..., kind: _Optional[_Union[_engagement_pb2.EngagementEvent.EventKind, str]] = ..., engagement_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., by_machine: bool = ..., outcome: _Optional[str] = ..., return_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ...) -> None: ...

class LeaseExpired(_message.Message):
    __slots__ = ("enrollment", "step_id", "step_display_name", "activity")
    ENROLLMENT_FIELD_NUMBER: _ClassVar[int]
    STEP_ID_FIELD_NUMBER: _ClassVar[int]
    STEP_DISPLAY_NAME_FIELD_NUMBER: _ClassVar[int]
    ACTIVITY_FIELD_NUMBER: _ClassVar[int]
    enrollment: str
    step_id: str
    step_display_name: str
    activity: str
    def __init__(self, enrollment: _Optional[str] = ..., step_id: _Optional[str] = ..., step_display_name: _Optional[str] = ..., activity: _Optional[str] = ...) -> None: ...

class ActivityCreated(_message.Message):
    __slots__ = ("activity", "display_name", "due_time")
    ACTIVITY_FIELD_NUMBER: _ClassVar[int]
    DISPLAY_NAME_FIELD_NUMBER: _ClassVar[int]
    DUE_TIME_FIELD_NUMBER: _ClassVar[int]
    activity: str
    display_name: str
    due_time: _timestamp_pb2.Timestamp
    def __init__(self, activity: _Optional[str] = ..., display_name: _Optional[str] = ..., due_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ...) -> None: ...

class ActivityEdited(_message.Message):
    __slots__ = ("activity", "display_name", "due_time")
    ACTIVITY_FIELD_NUMBER: _ClassVar[int]
    DISPLAY_NAME_FIELD_NUMBER: _ClassVar[int]
    DUE_TIME_FIELD_NUMBER: _ClassVar[int]
    activity: str
    display_name: str
    due_time: _timestamp_pb2.Timestamp
    def __init__(self, activity: _Optional[str] = ..., display_name: _Optional[str] = ..., due_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ...) -> None: ...

class EmailHandedOver(_message.Message):
    __slots__ = ("enrollment", "step_id", "step_display_name", "activity", "handover")
    ENROLLMENT_FIELD_NUMBER: _ClassVar[int]
    STEP_ID_FIELD_NUMBER: _ClassVar[int]
    STEP_DISPLAY_NAME_FIELD_NUMBER: _ClassVar[int]
    ACTIVITY_FIELD_NUMBER: _ClassVar[int]
    HANDOVER_FIELD_NUMBER: _ClassVar[int]
    enrollment: str
    step_id: str
    step_display_name: str
    activity: str
    handover: _activity_pb2.EmailHandover
    def __init__(self, enrollment: _Optional[str] = ..., step_id: _Optional[str] = ..., step_display_name: _Optional[str] = ..., activity: _Optional[str] = ..., handover: _Optional[_Union[_activity_pb2.EmailHandover, _Mapping]] = ...) -> None: ...
