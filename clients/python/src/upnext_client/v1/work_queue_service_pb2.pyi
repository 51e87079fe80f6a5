import datetime

from google.protobuf import duration_pb2 as _duration_pb2
from google.protobuf import field_mask_pb2 as _field_mask_pb2
from google.protobuf import timestamp_pb2 as _timestamp_pb2
from google.rpc import status_pb2 as _status_pb2
from upnext_client.v1 import activity_pb2 as _activity_pb2
from upnext_client.v1 import enrollment_pb2 as _enrollment_pb2
from google.protobuf.internal import containers as _containers
from google.protobuf.internal import enum_type_wrapper as _enum_type_wrapper
from google.protobuf import descriptor as _descriptor
from google.protobuf import message as _message
from collections.abc import Iterable as _Iterable, Mapping as _Mapping
from typing import ClassVar as _ClassVar, Optional as _Optional, Union as _Union

DESCRIPTOR: _descriptor.FileDescriptor

class ListActivitiesRequest(_message.Message):
    __slots__ = ("queue", "page_size", "page_token", "filter", "states", "record_type", "order_by", "due", "closed_since", "group_by", "view", "saved_view")
    class Due(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
        __slots__ = ()
        DUE_UNSPECIFIED: _ClassVar[ListActivitiesRequest.Due]
        OVERDUE: _ClassVar[ListActivitiesRequest.Due]
        TODAY: _ClassVar[ListActivitiesRequest.Due]
        LATER: _ClassVar[ListActivitiesRequest.Due]
    DUE_UNSPECIFIED: ListActivitiesRequest.Due
    OVERDUE: ListActivitiesRequest.Due
    TODAY: ListActivitiesRequest.Due
    LATER: ListActivitiesRequest.Due
    QUEUE_FIELD_NUMBER: _ClassVar[int]
    PAGE_SIZE_FIELD_NUMBER: _ClassVar[int]
    PAGE_TOKEN_FIELD_NUMBER: _ClassVar[int]
    FILTER_FIELD_NUMBER: _ClassVar[int]
    STATES_FIELD_NUMBER: _ClassVar[int]
    RECORD_TYPE_FIELD_NUMBER: _ClassVar[int]
    ORDER_BY_FIELD_NUMBER: _ClassVar[int]
    DUE_FIELD_NUMBER: _ClassVar[int]
    CLOSED_SINCE_FIELD_NUMBER: _ClassVar[int]
    GROUP_BY_FIELD_NUMBER: _ClassVar[int]
    VIEW_FIELD_NUMBER: _ClassVar[int]
    SAVED_VIEW_FIELD_NUMBER: _ClassVar[int]
    queue: str
    page_size: int
    page_token: str
    filter: str
    states: _containers.RepeatedScalarFieldContainer[_activity_pb2.Activity.State]
    record_type: str
    order_by: str
    due: ListActivitiesRequest.Due
    closed_since: _timestamp_pb2.Timestamp
    group_by: str
    view: _activity_pb2.Activity.View
    saved_view: str
    def __init__(self, queue: _Optional[str] = ..., page_size: _Optional[int] = ..., page_token: _Optional[str] = ..., filter: _Optional[str] = ..., states: _Optional[_Iterable[_Union[_activity_pb2.Activity.State, str]]] = ..., record_type: _Optional[str] = ..., order_by: _Optional[str] = ..., due: _Optional[_Union[ListActivitiesRequest.Due, str]] = ..., closed_since: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., group_by: _Optional[str] = ..., view: _Optional[_Union[_activity_pb2.Activity.View, str]] = ..., saved_view: _Optional[str] = ...) -> None: ...

class ListActivitiesResponse(_message.Message):
    __slots__ = ("activities", "next_page_token", "counts", "groups")
    ACTIVITIES_FIELD_NUMBER: _ClassVar[int]
    NEXT_PAGE_TOKEN_FIELD_NUMBER: _ClassVar[int]
    COUNTS_FIELD_NUMBER: _ClassVar[int]
    GROUPS_FIELD_NUMBER: _ClassVar[int]
    activities: _containers.RepeatedCompositeFieldContainer[_activity_pb2.Activity]
    next_page_token: str
    counts: _activity_pb2.QueueCounts
    groups: _containers.RepeatedCompositeFieldContainer[ActivityGroup]
    def __init__(self, activities: _Optional[_Iterable[_Union[_activity_pb2.Activity, _Mapping]]] = ..., next_page_token: _Optional[str] = ..., counts: _Optional[_Union[_activity_pb2.QueueCounts, _Mapping]] = ..., groups: _Optional[_Iterable[_Union[ActivityGroup, _Mapping]]] = ...) -> None: ...

class ActivityGroup(_message.Message):
    __slots__ = ("value", "count")
    VALUE_FIELD_NUMBER: _ClassVar[int]
    COUNT_FIELD_NUMBER: _ClassVar[int]
    value: str
    count: int
    def __init__(self, value: _Optional[str] = ..., count: _Optional[int] = ...) -> None: ...

class SummarizeWorkQueuesRequest(_message.Message):
    __slots__ = ("page_size", "page_token", "team")
    PAGE_SIZE_FIELD_NUMBER: _ClassVar[int]
    PAGE_TOKEN_FIELD_NUMBER: _ClassVar[int]
    TEAM_FIELD_NUMBER: _ClassVar[int]
    page_size: int
    page_token: str
    team: str
    def __init__(self, page_size: _Optional[int] = ..., page_token: _Optional[str] = ..., team: _Optional[str] = ...) -> None: ...

class SummarizeWorkQueuesResponse(_message.Message):
    __slots__ = ("summaries", "next_page_token")
    SUMMARIES_FIELD_NUMBER: _ClassVar[int]
    NEXT_PAGE_TOKEN_FIELD_NUMBER: _ClassVar[int]
    summaries: _containers.RepeatedCompositeFieldContainer[WorkQueueSummary]
    next_page_token: str
    def __init__(self, summaries: _Optional[_Iterable[_Union[WorkQueueSummary, _Mapping]]] = ..., next_page_token: _Optional[str] = ...) -> None: ...

class WorkQueueSummary(_message.Message):
    __slots__ = ("queue", "display_name", "due", "overdue", "snoozed", "oldest_due_time", "completed_today", "skipped_today", "kinds")
    class KindSummary(_message.Message):
        __slots__ = ("kind", "due", "overdue", "snoozed", "completed_today", "skipped_today")
        KIND_FIELD_NUMBER: _ClassVar[int]
        DUE_FIELD_NUMBER: _ClassVar[int]
        OVERDUE_FIELD_NUMBER: _ClassVar[int]
        SNOOZED_FIELD_NUMBER: _ClassVar[int]
        COMPLETED_TODAY_FIELD_NUMBER: _ClassVar[int]
        SKIPPED_TODAY_FIELD_NUMBER: _ClassVar[int]
        kind: _activity_pb2.Activity.Kind
        due: int
        overdue: int
        snoozed: int
        completed_today: int
        skipped_today: int
        def __init__(self, kind: _Optional[_Union[_activity_pb2.Activity.Kind, str]] = ..., due: _Optional[int] = ..., overdue: _Optional[int] = ..., snoozed: _Optional[int] = ..., completed_today: _Optional[int] = ..., skipped_today: _Optional[int] = ...) -> None: ...
    QUEUE_FIELD_NUMBER: _ClassVar[int]
    DISPLAY_NAME_FIELD_NUMBER: _ClassVar[int]
    DUE_FIELD_NUMBER: _ClassVar[int]
    OVERDUE_FIELD_NUMBER: _ClassVar[int]
    SNOOZED_FIELD_NUMBER: _ClassVar[int]
    OLDEST_DUE_TIME_FIELD_NUMBER: _ClassVar[int]
    COMPLETED_TODAY_FIELD_NUMBER: _ClassVar[int]
    SKIPPED_TODAY_FIELD_NUMBER: _ClassVar[int]
    KINDS_FIELD_NUMBER: _ClassVar[int]
    queue: str
    display_name: str
    due: int
    overdue: int
    snoozed: int
    oldest_due_time: _timestamp_pb2.Timestamp
    completed_today: int
    skipped_today: int
    kinds: _containers.RepeatedCompositeFieldContainer[WorkQueueSummary.KindSummary]
    def __init__(self, queue: _Optional[str] = ..., display_name: _Optional[str] = ..., due: _Optional[int] = ..., overdue: _Optional[int] = ..., snoozed: _Optional[int] = ..., oldest_due_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., completed_today: _Optional[int] = ..., skipped_today: _Optional[int] = ..., kinds: _Optional[_Iterable[_Union[WorkQueueSummary.KindSummary, _Mapping]]] = ...) -> None: ...

class GetActivityRequest(_message.Message):
    __slots__ = ("name", "view")
    NAME_FIELD_NUMBER: _ClassVar[int]
    VIEW_FIELD_NUMBER: _ClassVar[int]
    name: str
    view: _activity_pb2.Activity.View
    def __init__(self, name: _Optional[str] = ..., view: _Optional[_Union[_activity_pb2.Activity.View, str]] = ...) -> None: ...

class GetActivityResponse(_message.Message):
    __slots__ = ("activity",)
    ACTIVITY_FIELD_NUMBER: _ClassVar[int]
    activity: _activity_pb2.Activity
    def __init__(self, activity: _Optional[_Union[_activity_pb2.Activity, _Mapping]] = ...) -> None: ...

class GetUpNextRequest(_message.Message):
    __slots__ = ("record",)
    RECORD_FIELD_NUMBER: _ClassVar[int]
    record: str
    def __init__(self, record: _Optional[str] = ...) -> None: ...

class GetUpNextResponse(_message.Message):
    __slots__ = ("current", "upcoming", "completed", "partial")
    CURRENT_FIELD_NUMBER: _ClassVar[int]
    UPCOMING_FIELD_NUMBER: _ClassVar[int]
    COMPLETED_FIELD_NUMBER: _ClassVar[int]
    PARTIAL_FIELD_NUMBER: _ClassVar[int]
    current: _containers.RepeatedCompositeFieldContainer[_activity_pb2.UpNextItem]
    upcoming: _containers.RepeatedCompositeFieldContainer[_activity_pb2.UpNextItem]
    completed: _containers.RepeatedCompositeFieldContainer[_activity_pb2.UpNextItem]
    partial: bool
    def __init__(self, current: _Optional[_Iterable[_Union[_activity_pb2.UpNextItem, _Mapping]]] = ..., upcoming: _Optional[_Iterable[_Union[_activity_pb2.UpNextItem, _Mapping]]] = ..., completed: _Optional[_Iterable[_Union[_activity_pb2.UpNextItem, _Mapping]]] = ..., partial: bool = ...) -> None: ...

class WatchWorkQueueRequest(_message.Message):
    __slots__ = ("queue", "window_size", "resume_token", "filter", "saved_view")
    QUEUE_FIELD_NUMBER: _ClassVar[int]
    WINDOW_SIZE_FIELD_NUMBER: _ClassVar[int]
    RESUME_TOKEN_FIELD_NUMBER: _ClassVar[int]
    FILTER_FIELD_NUMBER: _ClassVar[int]
    SAVED_VIEW_FIELD_NUMBER: _ClassVar[int]
    queue: str
    window_size: int
    resume_token: str
    filter: str
    saved_view: str
    def __init__(self, queue: _Optional[str] = ..., window_size: _Optional[int] = ..., resume_token: _Optional[str] = ..., filter: _Optional[str] = ..., saved_view: _Optional[str] = ...) -> None: ...

class WatchWorkQueueResponse(_message.Message):
    __slots__ = ("resume_token", "queue_revision", "snapshot", "update", "heartbeat", "draining")
    RESUME_TOKEN_FIELD_NUMBER: _ClassVar[int]
    QUEUE_REVISION_FIELD_NUMBER: _ClassVar[int]
    SNAPSHOT_FIELD_NUMBER: _ClassVar[int]
    UPDATE_FIELD_NUMBER: _ClassVar[int]
    HEARTBEAT_FIELD_NUMBER: _ClassVar[int]
    DRAINING_FIELD_NUMBER: _ClassVar[int]
    resume_token: str
    queue_revision: int
    snapshot: QueueSnapshot
    update: QueueUpdate
    heartbeat: QueueHeartbeat
    draining: QueueDraining
    def __init__(self, resume_token: _Optional[str] = ..., queue_revision: _Optional[int] = ..., snapshot: _Optional[_Union[QueueSnapshot, _Mapping]] = ..., update: _Optional[_Union[QueueUpdate, _Mapping]] = ..., heartbeat: _Optional[_Union[QueueHeartbeat, _Mapping]] = ..., draining: _Optional[_Union[QueueDraining, _Mapping]] = ...) -> None: ...

class QueueSnapshot(_message.Message):
    __slots__ = ("activities", "counts", "next_due_time", "cause", "partial", "heartbeat_interval")
    class Cause(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
        __slots__ = ()
        CAUSE_UNSPECIFIED: _ClassVar[QueueSnapshot.Cause]
        STARTED: _ClassVar[QueueSnapshot.Cause]
        CHANGED: _ClassVar[QueueSnapshot.Cause]
        RESTORED: _ClassVar[QueueSnapshot.Cause]
        WINDOW_CHANGED: _ClassVar[QueueSnapshot.Cause]
        FILTER_CHANGED: _ClassVar[QueueSnapshot.Cause]
    CAUSE_UNSPECIFIED: QueueSnapshot.Cause
    STARTED: QueueSnapshot.Cause
    CHANGED: QueueSnapshot.Cause
    RESTORED: QueueSnapshot.Cause
    WINDOW_CHANGED: QueueSnapshot.Cause
    FILTER_CHANGED: QueueSnapshot.Cause
    ACTIVITIES_FIELD_NUMBER: _ClassVar[int]
    COUNTS_FIELD_NUMBER: _ClassVar[int]
    NEXT_DUE_TIME_FIELD_NUMBER: _ClassVar[int]
    CAUSE_FIELD_NUMBER: _ClassVar[int]
    PARTIAL_FIELD_NUMBER: _ClassVar[int]
    HEARTBEAT_INTERVAL_FIELD_NUMBER: _ClassVar[int]
    activities: _containers.RepeatedCompositeFieldContainer[_activity_pb2.Activity]
    counts: _activity_pb2.QueueCounts
    next_due_time: _timestamp_pb2.Timestamp
    cause: QueueSnapshot.Cause
    partial: bool
    heartbeat_interval: _duration_pb2.Duration
    def __init__(self, activities: _Optional[_Iterable[_Union[_activity_pb2.Activity, _Mapping]]] = ..., counts: _Optional[_Union[_activity_pb2.QueueCounts, _Mapping]] = ..., next_due_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., cause: _Optional[_Union[QueueSnapshot.Cause, str]] = ..., partial: bool = ..., heartbeat_interval: _Optional[_Union[datetime.timedelta, _duration_pb2.Duration, _Mapping]] = ...) -> None: ...

class QueueUpdate(_message.Message):
    __slots__ = ("upserts", "removals", "counts", "next_due_time", "partial")
    class Removal(_message.Message):
        __slots__ = ("activity", "cause", "caused_by", "request_id")
        class Cause(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
            __slots__ = ()
            CAUSE_UNSPECIFIED: _ClassVar[QueueUpdate.Removal.Cause]
            COMPLETED: _ClassVar[QueueUpdate.Removal.Cause]
            SKIPPED: _ClassVar[QueueUpdate.Removal.Cause]
            CANCELED: _ClassVar[QueueUpdate.Removal.Cause]
            SNOOZED: _ClassVar[QueueUpdate.Removal.Cause]
            MOVED: _ClassVar[QueueUpdate.Removal.Cause]
            DISPLACED: _ClassVar[QueueUpdate.Removal.Cause]
            PAUSED: _ClassVar[QueueUpdate.Removal.Cause]
        CAUSE_UNSPECIFIED: QueueUpdate.Removal.Cause
        COMPLETED: QueueUpdate.Removal.Cause
        SKIPPED: QueueUpdate.Removal.Cause
        CANCELED: QueueUpdate.Removal.Cause
        SNOOZED: QueueUpdate.Removal.Cause
        MOVED: QueueUpdate.Removal.Cause
        DISPLACED: QueueUpdate.Removal.Cause
        PAUSED: QueueUpdate.Removal.Cause
        ACTIVITY_FIELD_NUMBER: _ClassVar[int]
        CAUSE_FIELD_NUMBER: _ClassVar[int]
        CAUSED_BY_FIELD_NUMBER: _ClassVar[int]
        REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
        activity: str
        cause: QueueUpdate.Removal.Cause
        caused_by: str
        request_id: str
        def __init__(self, activity: _Optional[str] = ..., cause: _Optional[_Union[QueueUpdate.Removal.Cause, str]] = ..., caused_by: _Optional[str] = ..., request_id: _Optional[str] = ...) -> None: ...
    UPSERTS_FIELD_NUMBER: _ClassVar[int]
    REMOVALS_FIELD_NUMBER: _ClassVar[int]
    COUNTS_FIELD_NUMBER: _ClassVar[int]
    NEXT_DUE_TIME_FIELD_NUMBER: _ClassVar[int]
    PARTIAL_FIELD_NUMBER: _ClassVar[int]
    upserts: _containers.RepeatedCompositeFieldContainer[_activity_pb2.Activity]
    removals: _containers.RepeatedCompositeFieldContainer[QueueUpdate.Removal]
    counts: _activity_pb2.QueueCounts
    next_due_time: _timestamp_pb2.Timestamp
    partial: bool
    def __init__(self, upserts: _Optional[_Iterable[_Union[_activity_pb2.Activity, _Mapping]]] = ..., removals: _Optional[_Iterable[_Union[QueueUpdate.Removal, _Mapping]]] = ..., counts: _Optional[_Union[_activity_pb2.QueueCounts, _Mapping]] = ..., next_due_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., partial: bool = ...) -> None: ...

class QueueHeartbeat(_message.Message):
    __slots__ = ("server_time", "next_due_time", "counts", "heartbeat_interval")
    SERVER_TIME_FIELD_NUMBER: _ClassVar[int]
    NEXT_DUE_TIME_FIELD_NUMBER: _ClassVar[int]
    COUNTS_FIELD_NUMBER: _ClassVar[int]
    HEARTBEAT_INTERVAL_FIELD_NUMBER: _ClassVar[int]
    server_time: _timestamp_pb2.Timestamp
    next_due_time: _timestamp_pb2.Timestamp
    counts: _activity_pb2.QueueCounts
    heartbeat_interval: _duration_pb2.Duration
    def __init__(self, server_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., next_due_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., counts: _Optional[_Union[_activity_pb2.QueueCounts, _Mapping]] = ..., heartbeat_interval: _Optional[_Union[datetime.timedelta, _duration_pb2.Duration, _Mapping]] = ...) -> None: ...

class QueueDraining(_message.Message):
    __slots__ = ()
    def __init__(self) -> None: ...

class WatchNextActivityRequest(_message.Message):
    __slots__ = ("queue",)
    QUEUE_FIELD_NUMBER: _ClassVar[int]
    queue: str
    def __init__(self, queue: _Optional[str] = ...) -> None: ...

class WatchNextActivityResponse(_message.Message):
    __slots__ = ("activity", "next_due_time", "queue_revision", "heartbeat_interval")
    ACTIVITY_FIELD_NUMBER: _ClassVar[int]
    NEXT_DUE_TIME_FIELD_NUMBER: _ClassVar[int]
    QUEUE_REVISION_FIELD_NUMBER: _ClassVar[int]
    HEARTBEAT_INTERVAL_FIELD_NUMBER: _ClassVar[int]
    activity: _activity_pb2.Activity
    next_due_time: _timestamp_pb2.Timestamp
    queue_revision: int
    heartbeat_interval: _duration_pb2.Duration
    def __init__(self, activity: _Optional[_Union[_activity_pb2.Activity, _Mapping]] = ..., next_due_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., queue_revision: _Optional[int] = ..., heartbeat_interval: _Optional[_Union[datetime.timedelta, _duration_pb2.Duration, _Mapping]] = ...) -> None: ...

class CompleteActivityRequest(_message.Message):
    __slots__ = ("name", "outcome", "note", "complete_time", "etag", "request_id", "disposition", "lease_id")
    NAME_FIELD_NUMBER: _ClassVar[int]
    OUTCOME_FIELD_NUMBER: _ClassVar[int]
    NOTE_FIELD_NUMBER: _ClassVar[int]
    COMPLETE_TIME_FIELD_NUMBER: _ClassVar[int]
    ETAG_FIELD_NUMBER: _ClassVar[int]
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    DISPOSITION_FIELD_NUMBER: _ClassVar[int]
    LEASE_ID_FIELD_NUMBER: _ClassVar[int]
    name: str
    outcome: str
    note: str
    complete_time: _timestamp_pb2.Timestamp
    etag: str
    request_id: str
    disposition: str
    lease_id: str
    def __init__(self, name: _Optional[str] = ..., outcome: _Optional[str] = ..., note: _Optional[str] = ..., complete_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., etag: _Optional[str] = ..., request_id: _Optional[str] = ..., disposition: _Optional[str] = ..., lease_id: _Optional[str] = ...) -> None: ...

class CompleteActivityResponse(_message.Message):
    __slots__ = ("activity", "enrollment", "next_activity", "waiting_until", "queue_head")
    ACTIVITY_FIELD_NUMBER: _ClassVar[int]
    ENROLLMENT_FIELD_NUMBER: _ClassVar[int]
    NEXT_ACTIVITY_FIELD_NUMBER: _ClassVar[int]
    WAITING_UNTIL_FIELD_NUMBER: _ClassVar[int]
    QUEUE_HEAD_FIELD_NUMBER: _ClassVar[int]
    activity: _activity_pb2.Activity
    enrollment: _enrollment_pb2.Enrollment
    next_activity: _activity_pb2.Activity
    waiting_until: _timestamp_pb2.Timestamp
    queue_head: _activity_pb2.Activity
    def __init__(self, activity: _Optional[_Union[_activity_pb2.Activity, _Mapping]] = ..., enrollment: _Optional[_Union[_enrollment_pb2.Enrollment, _Mapping]] = ..., next_activity: _Optional[_Union[_activity_pb2.Activity, _Mapping]] = ..., waiting_until: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., queue_head: _Optional[_Union[_activity_pb2.Activity, _Mapping]] = ...) -> None: ...

class BatchCompleteActivitiesRequest(_message.Message):
    __slots__ = ("requests",)
    REQUESTS_FIELD_NUMBER: _ClassVar[int]
    requests: _containers.RepeatedCompositeFieldContainer[CompleteActivityRequest]
    def __init__(self, requests: _Optional[_Iterable[_Union[CompleteActivityRequest, _Mapping]]] = ...) -> None: ...

class BatchCompleteActivitiesResponse(_message.Message):
    __slots__ = ("results", "queue_heads")
    class Result(_message.Message):
        __slots__ = ("completed", "error")
        COMPLETED_FIELD_NUMBER: _ClassVar[int]
        ERROR_FIELD_NUMBER: _ClassVar[int]
        completed: BatchCompleteActivitiesResponse.Completed
        error: _status_pb2.Status
        def __init__(self, completed: _Optional[_Union[BatchCompleteActivitiesResponse.Completed, _Mapping]] = ..., error: _Optional[_Union[_status_pb2.Status, _Mapping]] = ...) -> None: ...
    class Completed(_message.Message):
        __slots__ = ("name", "etag", "progress")
        NAME_FIELD_NUMBER: _ClassVar[int]
        ETAG_FIELD_NUMBER: _ClassVar[int]
        PROGRESS_FIELD_NUMBER: _ClassVar[int]
        name: str
        etag: str
        progress: EnrollmentProgress
        def __init__(self, name: _Optional[str] = ..., etag: _Optional[str] = ..., progress: _Optional[_Union[EnrollmentProgress, _Mapping]] = ...) -> None: ...
    RESULTS_FIELD_NUMBER: _ClassVar[int]
    QUEUE_HEADS_FIELD_NUMBER: _ClassVar[int]
    results: _containers.RepeatedCompositeFieldContainer[BatchCompleteActivitiesResponse.Result]
    queue_heads: _containers.RepeatedCompositeFieldContainer[QueueHead]
    def __init__(self, results: _Optional[_Iterable[_Union[BatchCompleteActivitiesResponse.Result, _Mapping]]] = ..., queue_heads: _Optional[_Iterable[_Union[QueueHead, _Mapping]]] = ...) -> None: ...

class EnrollmentProgress(_message.Message):
    __slots__ = ("enrollment", "state", "waiting_until", "next_activity")
    ENROLLMENT_FIELD_NUMBER: _ClassVar[int]
    STATE_FIELD_NUMBER: _ClassVar[int]
    WAITING_UNTIL_FIELD_NUMBER: _ClassVar[int]
    NEXT_ACTIVITY_FIELD_NUMBER: _ClassVar[int]
    enrollment: str
    state: _enrollment_pb2.Enrollment.State
    waiting_until: _timestamp_pb2.Timestamp
    next_activity: str
    def __init__(self, enrollment: _Optional[str] = ..., state: _Optional[_Union[_enrollment_pb2.Enrollment.State, str]] = ..., waiting_until: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., next_activity: _Optional[str] = ...) -> None: ...

class QueueHead(_message.Message):
    __slots__ = ("queue", "activity")
    QUEUE_FIELD_NUMBER: _ClassVar[int]
    ACTIVITY_FIELD_NUMBER: _ClassVar[int]
    queue: str
    activity: str
    def __init__(self, queue: _Optional[str] = ..., activity: _Optional[str] = ...) -> None: ...

class SkipActivityRequest(_message.Message):
    __slots__ = ("name", "reason", "note", "etag", "request_id", "lease_id")
    NAME_FIELD_NUMBER: _ClassVar[int]
    REASON_FIELD_NUMBER: _ClassVar[int]
    NOTE_FIELD_NUMBER: _ClassVar[int]
    ETAG_FIELD_NUMBER: _ClassVar[int]
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    LEASE_ID_FIELD_NUMBER: _ClassVar[int]
    name: str
    reason: str
    note: str
    etag: str
    request_id: str
    lease_id: str
    def __init__(self, name: _Optional[str] = ..., reason: _Optional[str] = ..., note: _Optional[str] = ..., etag: _Optional[str] = ..., request_id: _Optional[str] = ..., lease_id: _Optional[str] = ...) -> None: ...

class SkipActivityResponse(_message.Message):
    __slots__ = ("activity", "enrollment", "next_activity", "waiting_until", "queue_head")
    ACTIVITY_FIELD_NUMBER: _ClassVar[int]
    ENROLLMENT_FIELD_NUMBER: _ClassVar[int]
    NEXT_ACTIVITY_FIELD_NUMBER: _ClassVar[int]
    WAITING_UNTIL_FIELD_NUMBER: _ClassVar[int]
    QUEUE_HEAD_FIELD_NUMBER: _ClassVar[int]
    activity: _activity_pb2.Activity
    enrollment: _enrollment_pb2.Enrollment
    next_activity: _activity_pb2.Activity
    waiting_until: _timestamp_pb2.Timestamp
    queue_head: _activity_pb2.Activity
    def __init__(self, activity: _Optional[_Union[_activity_pb2.Activity, _Mapping]] = ..., enrollment: _Optional[_Union[_enrollment_pb2.Enrollment, _Mapping]] = ..., next_activity: _Optional[_Union[_activity_pb2.Activity, _Mapping]] = ..., waiting_until: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., queue_head: _Optional[_Union[_activity_pb2.Activity, _Mapping]] = ...) -> None: ...

class SnoozeActivityRequest(_message.Message):
    __slots__ = ("name", "until", "etag", "request_id", "lease_id")
    NAME_FIELD_NUMBER: _ClassVar[int]
    UNTIL_FIELD_NUMBER: _ClassVar[int]
    ETAG_FIELD_NUMBER: _ClassVar[int]
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    LEASE_ID_FIELD_NUMBER: _ClassVar[int]
    name: str
    until: _timestamp_pb2.Timestamp
    etag: str
    request_id: str
    lease_id: str
    def __init__(self, name: _Optional[str] = ..., until: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., etag: _Optional[str] = ..., request_id: _Optional[str] = ..., lease_id: _Optional[str] = ...) -> None: ...

class SnoozeActivityResponse(_message.Message):
    __slots__ = ("activity", "queue_head")
    ACTIVITY_FIELD_NUMBER: _ClassVar[int]
    QUEUE_HEAD_FIELD_NUMBER: _ClassVar[int]
    activity: _activity_pb2.Activity
    queue_head: _activity_pb2.Activity
    def __init__(self, activity: _Optional[_Union[_activity_pb2.Activity, _Mapping]] = ..., queue_head: _Optional[_Union[_activity_pb2.Activity, _Mapping]] = ...) -> None: ...

class ReopenActivityRequest(_message.Message):
    __slots__ = ("name", "reason", "etag", "request_id")
    NAME_FIELD_NUMBER: _ClassVar[int]
    REASON_FIELD_NUMBER: _ClassVar[int]
    ETAG_FIELD_NUMBER: _ClassVar[int]
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    name: str
    reason: str
    etag: str
    request_id: str
    def __init__(self, name: _Optional[str] = ..., reason: _Optional[str] = ..., etag: _Optional[str] = ..., request_id: _Optional[str] = ...) -> None: ...

class ReopenActivityResponse(_message.Message):
    __slots__ = ("activity", "enrollment", "queue_head")
    ACTIVITY_FIELD_NUMBER: _ClassVar[int]
    ENROLLMENT_FIELD_NUMBER: _ClassVar[int]
    QUEUE_HEAD_FIELD_NUMBER: _ClassVar[int]
    activity: _activity_pb2.Activity
    enrollment: _enrollment_pb2.Enrollment
    queue_head: _activity_pb2.Activity
    def __init__(self, activity: _Optional[_Union[_activity_pb2.Activity, _Mapping]] = ..., enrollment: _Optional[_Union[_enrollment_pb2.Enrollment, _Mapping]] = ..., queue_head: _Optional[_Union[_activity_pb2.Activity, _Mapping]] = ...) -> None: ...

class AcquireActivitiesRequest(_message.Message):
    __slots__ = ("queue", "max_activities", "lease_duration", "wait_duration", "request_id", "kinds")
    QUEUE_FIELD_NUMBER: _ClassVar[int]
    MAX_ACTIVITIES_FIELD_NUMBER: _ClassVar[int]
    LEASE_DURATION_FIELD_NUMBER: _ClassVar[int]
    WAIT_DURATION_FIELD_NUMBER: _ClassVar[int]
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    KINDS_FIELD_NUMBER: _ClassVar[int]
    queue: str
    max_activities: int
    lease_duration: _duration_pb2.Duration
    wait_duration: _duration_pb2.Duration
    request_id: str
    kinds: _containers.RepeatedScalarFieldContainer[_activity_pb2.Activity.Kind]
    def __init__(self, queue: _Optional[str] = ..., max_activities: _Optional[int] = ..., lease_duration: _Optional[_Union[datetime.timedelta, _duration_pb2.Duration, _Mapping]] = ..., wait_duration: _Optional[_Union[datetime.timedelta, _duration_pb2.Duration, _Mapping]] = ..., request_id: _Optional[str] = ..., kinds: _Optional[_Iterable[_Union[_activity_pb2.Activity.Kind, str]]] = ...) -> None: ...

class AcquireActivitiesResponse(_message.Message):
    __slots__ = ("activities",)
    ACTIVITIES_FIELD_NUMBER: _ClassVar[int]
    activities: _containers.RepeatedCompositeFieldContainer[AcquiredActivity]
    def __init__(self, activities: _Optional[_Iterable[_Union[AcquiredActivity, _Mapping]]] = ...) -> None: ...

class AcquiredActivity(_message.Message):
    __slots__ = ("activity", "lease")
    ACTIVITY_FIELD_NUMBER: _ClassVar[int]
    LEASE_FIELD_NUMBER: _ClassVar[int]
    activity: _activity_pb2.Activity
    lease: _activity_pb2.Lease
    def __init__(self, activity: _Optional[_Union[_activity_pb2.Activity, _Mapping]] = ..., lease: _Optional[_Union[_activity_pb2.Lease, _Mapping]] = ...) -> None: ...

class ExtendLeaseRequest(_message.Message):
    __slots__ = ("name", "lease_id", "lease_duration", "request_id")
    NAME_FIELD_NUMBER: _ClassVar[int]
    LEASE_ID_FIELD_NUMBER: _ClassVar[int]
    LEASE_DURATION_FIELD_NUMBER: _ClassVar[int]
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    name: str
    lease_id: str
    lease_duration: _duration_pb2.Duration
    request_id: str
    def __init__(self, name: _Optional[str] = ..., lease_id: _Optional[str] = ..., lease_duration: _Optional[_Union[datetime.timedelta, _duration_pb2.Duration, _Mapping]] = ..., request_id: _Optional[str] = ...) -> None: ...

class ExtendLeaseResponse(_message.Message):
    __slots__ = ("lease",)
    LEASE_FIELD_NUMBER: _ClassVar[int]
    lease: _activity_pb2.Lease
    def __init__(self, lease: _Optional[_Union[_activity_pb2.Lease, _Mapping]] = ...) -> None: ...

class ReleaseActivityRequest(_message.Message):
    __slots__ = ("name", "lease_id", "request_id")
    NAME_FIELD_NUMBER: _ClassVar[int]
    LEASE_ID_FIELD_NUMBER: _ClassVar[int]
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    name: str
    lease_id: str
    request_id: str
    def __init__(self, name: _Optional[str] = ..., lease_id: _Optional[str] = ..., request_id: _Optional[str] = ...) -> None: ...

class ReleaseActivityResponse(_message.Message):
    __slots__ = ("activity",)
    ACTIVITY_FIELD_NUMBER: _ClassVar[int]
    activity: _activity_pb2.Activity
    def __init__(self, activity: _Optional[_Union[_activity_pb2.Activity, _Mapping]] = ...) -> None: ...

class View(_message.Message):
    __slots__ = ("name", "display_name", "owner", "record_type", "filter", "states", "due", "order_by", "group_by", "window_size", "etag", "create_time", "update_time")
    NAME_FIELD_NUMBER: _ClassVar[int]
    DISPLAY_NAME_FIELD_NUMBER: _ClassVar[int]
    OWNER_FIELD_NUMBER: _ClassVar[int]
    RECORD_TYPE_FIELD_NUMBER: _ClassVar[int]
    FILTER_FIELD_NUMBER: _ClassVar[int]
    STATES_FIELD_NUMBER: _ClassVar[int]
    DUE_FIELD_NUMBER: _ClassVar[int]
    ORDER_BY_FIELD_NUMBER: _ClassVar[int]
    GROUP_BY_FIELD_NUMBER: _ClassVar[int]
    WINDOW_SIZE_FIELD_NUMBER: _ClassVar[int]
    ETAG_FIELD_NUMBER: _ClassVar[int]
    CREATE_TIME_FIELD_NUMBER: _ClassVar[int]
    UPDATE_TIME_FIELD_NUMBER: _ClassVar[int]
    name: str
    display_name: str
    owner: str
    record_type: str
    filter: str
    states: _containers.RepeatedScalarFieldContainer[_activity_pb2.Activity.State]
    due: ListActivitiesRequest.Due
    order_by: str
    group_by: str
    window_size: int
    etag: str
    create_time: _timestamp_pb2.Timestamp
    update_time: _timestamp_pb2.Timestamp
    def __init__(self, name: _Optional[str] = ..., display_name: _Optional[str] = ..., owner: _Optional[str] = ..., record_type: _Optional[str] = ..., filter: _Optional[str] = ..., states: _Optional[_Iterable[_Union[_activity_pb2.Activity.State, str]]] = ..., due: _Optional[_Union[ListActivitiesRequest.Due, str]] = ..., order_by: _Optional[str] = ..., group_by: _Optional[str] = ..., window_size: _Optional[int] = ..., etag: _Optional[str] = ..., create_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., update_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ...) -> None: ...

class CreateViewRequest(_message.Message):
    __slots__ = ("view_id", "view", "request_id")
    VIEW_ID_FIELD_NUMBER: _ClassVar[int]
    VIEW_FIELD_NUMBER: _ClassVar[int]
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    view_id: str
    view: View
    request_id: str
    def __init__(self, view_id: _Optional[str] = ..., view: _Optional[_Union[View, _Mapping]] = ..., request_id: _Optional[str] = ...) -> None: ...

class CreateViewResponse(_message.Message):
    __slots__ = ("view",)
    VIEW_FIELD_NUMBER: _ClassVar[int]
    view: View
    def __init__(self, view: _Optional[_Union[View, _Mapping]] = ...) -> None: ...

class GetViewRequest(_message.Message):
    __slots__ = ("name",)
    NAME_FIELD_NUMBER: _ClassVar[int]
    name: str
    def __init__(self, name: _Optional[str] = ...) -> None: ...

class GetViewResponse(_message.Message):
    __slots__ = ("view",)
    VIEW_FIELD_NUMBER: _ClassVar[int]
    view: View
    def __init__(self, view: _Optional[_Union[View, _Mapping]] = ...) -> None: ...

class ListViewsRequest(_message.Message):
    __slots__ = ("page_size", "page_token")
    PAGE_SIZE_FIELD_NUMBER: _ClassVar[int]
    PAGE_TOKEN_FIELD_NUMBER: _ClassVar[int]
    page_size: int
    page_token: str
    def __init__(self, page_size: _Optional[int] = ..., page_token: _Optional[str] = ...) -> None: ...

class ListViewsResponse(_message.Message):
    __slots__ = ("views", "next_page_token")
    VIEWS_FIELD_NUMBER: _ClassVar[int]
    NEXT_PAGE_TOKEN_FIELD_NUMBER: _ClassVar[int]
    views: _containers.RepeatedCompositeFieldContainer[View]
    next_page_token: str
    def __init__(self, views: _Optional[_Iterable[_Union[View, _Mapping]]] = ..., next_page_token: _Optional[str] = ...) -> None: ...

class UpdateViewRequest(_message.Message):
    __slots__ = ("view", "update_mask", "request_id")
    VIEW_FIELD_NUMBER: _ClassVar[int]
    UPDATE_MASK_FIELD_NUMBER: _ClassVar[int]
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    view: View
    update_mask: _field_mask_pb2.FieldMask
    request_id: str
    def __init__(self, view: _Optional[_Union[View, _Mapping]] = ..., update_mask: _Optional[_Union[_field_mask_pb2.FieldMask, _Mapping]] = ..., request_id: _Optional[str] = ...) -> None: ...

class UpdateViewResponse(_message.Message):
    __slots__ = ("view",)
    VIEW_FIELD_NUMBER: _ClassVar[int]
    view: View
    def __init__(self, view: _Optional[_Union[View, _Mapping]] = ...) -> None: ...

class DeleteViewRequest(_message.Message):
    __slots__ = ("name", "etag", "request_id")
    NAME_FIELD_NUMBER: _ClassVar[int]
    ETAG_FIELD_NUMBER: _ClassVar[int]
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    name: str
    etag: str
    request_id: str
    def __init__(self, name: _Optional[str] = ..., etag: _Optional[str] = ..., request_id: _Optional[str] = ...) -> None: ...

class DeleteViewResponse(_message.Message):
    __slots__ = ()
    def __init__(self) -> None: ...

class CreateActivityRequest(_message.Message):
    __slots__ = ("activity", "request_id")
    ACTIVITY_FIELD_NUMBER: _ClassVar[int]
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    activity: _activity_pb2.Activity
    request_id: str
    def __init__(self, activity: _Optional[_Union[_activity_pb2.Activity, _Mapping]] = ..., request_id: _Optional[str] = ...) -> None: ...

class CreateActivityResponse(_message.Message):
    __slots__ = ("activity",)
    ACTIVITY_FIELD_NUMBER: _ClassVar[int]
    activity: _activity_pb2.Activity
    def __init__(self, activity: _Optional[_Union[_activity_pb2.Activity, _Mapping]] = ...) -> None: ...

class BatchCreateActivitiesRequest(_message.Message):
    __slots__ = ("requests",)
    REQUESTS_FIELD_NUMBER: _ClassVar[int]
    requests: _containers.RepeatedCompositeFieldContainer[CreateActivityRequest]
    def __init__(self, requests: _Optional[_Iterable[_Union[CreateActivityRequest, _Mapping]]] = ...) -> None: ...

class BatchCreateActivitiesResponse(_message.Message):
    __slots__ = ("results",)
    class Result(_message.Message):
        __slots__ = ("created", "error")
        CREATED_FIELD_NUMBER: _ClassVar[int]
        ERROR_FIELD_NUMBER: _ClassVar[int]
        created: BatchCreateActivitiesResponse.Created
        error: _status_pb2.Status
        def __init__(self, created: _Optional[_Union[BatchCreateActivitiesResponse.Created, _Mapping]] = ..., error: _Optional[_Union[_status_pb2.Status, _Mapping]] = ...) -> None: ...
    class Created(_message.Message):
        __slots__ = ("name", "etag", "queue")
        NAME_FIELD_NUMBER: _ClassVar[int]
        ETAG_FIELD_NUMBER: _ClassVar[int]
        QUEUE_FIELD_NUMBER: _ClassVar[int]
        name: str
        etag: str
        queue: str
        def __init__(self, name: _Optional[str] = ..., etag: _Optional[str] = ..., queue: _Optional[str] = ...) -> None: ...
    RESULTS_FIELD_NUMBER: _ClassVar[int]
    results: _containers.RepeatedCompositeFieldContainer[BatchCreateActivitiesResponse.Result]
    def __init__(self, results: _Optional[_Iterable[_Union[BatchCreateActivitiesResponse.Result, _Mapping]]] = ...) -> None: ...

class CancelActivityRequest(_message.Message):
    __slots__ = ("name", "reason", "etag", "request_id")
    NAME_FIELD_NUMBER: _ClassVar[int]
    REASON_FIELD_NUMBER: _ClassVar[int]
    ETAG_FIELD_NUMBER: _ClassVar[int]
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    name: str
    reason: str
    etag: str
    request_id: str
    def __init__(self, name: _Optional[str] = ..., reason: _Optional[str] = ..., etag: _Optional[str] = ..., request_id: _Optional[str] = ...) -> None: ...

class CancelActivityResponse(_message.Message):
    __slots__ = ("activity", "queue_head")
    ACTIVITY_FIELD_NUMBER: _ClassVar[int]
    QUEUE_HEAD_FIELD_NUMBER: _ClassVar[int]
    activity: _activity_pb2.Activity
    queue_head: _activity_pb2.Activity
    def __init__(self, activity: _Optional[_Union[_activity_pb2.Activity, _Mapping]] = ..., queue_head: _Optional[_Union[_activity_pb2.Activity, _Mapping]] = ...) -> None: ...

class UpdateActivityRequest(_message.Message):
    __slots__ = ("activity", "update_mask", "request_id")
    ACTIVITY_FIELD_NUMBER: _ClassVar[int]
    UPDATE_MASK_FIELD_NUMBER: _ClassVar[int]
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    activity: _activity_pb2.Activity
    update_mask: _field_mask_pb2.FieldMask
    request_id: str
    def __init__(self, activity: _Optional[_Union[_activity_pb2.Activity, _Mapping]] = ..., update_mask: _Optional[_Union[_field_mask_pb2.FieldMask, _Mapping]] = ..., request_id: _Optional[str] = ...) -> None: ...

class UpdateActivityResponse(_message.Message):
    __slots__ = ("activity",)
    ACTIVITY_FIELD_NUMBER: _ClassVar[int]
    activity: _activity_pb2.Activity
    def __init__(self, activity: _Optional[_Union[_activity_pb2.Activity, _Mapping]] = ...) -> None: ...

class BatchSkipActivitiesRequest(_message.Message):
    __slots__ = ("requests",)
    REQUESTS_FIELD_NUMBER: _ClassVar[int]
    requests: _containers.RepeatedCompositeFieldContainer[SkipActivityRequest]
    def __init__(self, requests: _Optional[_Iterable[_Union[SkipActivityRequest, _Mapping]]] = ...) -> None: ...

class BatchSkipActivitiesResponse(_message.Message):
    __slots__ = ("results", "queue_heads")
    class Result(_message.Message):
        __slots__ = ("skipped", "error")
        SKIPPED_FIELD_NUMBER: _ClassVar[int]
        ERROR_FIELD_NUMBER: _ClassVar[int]
        skipped: BatchSkipActivitiesResponse.Skipped
        error: _status_pb2.Status
        def __init__(self, skipped: _Optional[_Union[BatchSkipActivitiesResponse.Skipped, _Mapping]] = ..., error: _Optional[_Union[_status_pb2.Status, _Mapping]] = ...) -> None: ...
    class Skipped(_message.Message):
        __slots__ = ("name", "etag", "progress")
        NAME_FIELD_NUMBER: _ClassVar[int]
        ETAG_FIELD_NUMBER: _ClassVar[int]
        PROGRESS_FIELD_NUMBER: _ClassVar[int]
        name: str
        etag: str
        progress: EnrollmentProgress
        def __init__(self, name: _Optional[str] = ..., etag: _Optional[str] = ..., progress: _Optional[_Union[EnrollmentProgress, _Mapping]] = ...) -> None: ...
    RESULTS_FIELD_NUMBER: _ClassVar[int]
    QUEUE_HEADS_FIELD_NUMBER: _ClassVar[int]
    results: _containers.RepeatedCompositeFieldContainer[BatchSkipActivitiesResponse.Result]
    queue_heads: _containers.RepeatedCompositeFieldContainer[QueueHead]
    def __init__(self, results: _Optional[_Iterable[_Union[BatchSkipActivitiesResponse.Result, _Mapping]]] = ..., queue_heads: _Optional[_Iterable[_Union[QueueHead, _Mapping]]] = ...) -> None: ...

class BatchSnoozeActivitiesRequest(_message.Message):
    __slots__ = ("requests",)
    REQUESTS_FIELD_NUMBER: _ClassVar[int]
    requests: _containers.RepeatedCompositeFieldContainer[SnoozeActivityRequest]
    def __init__(self, requests: _Optional[_Iterable[_Union[SnoozeActivityRequest, _Mapping]]] = ...) -> None: ...

class BatchSnoozeActivitiesResponse(_message.Message):
    __slots__ = ("results", "queue_heads")
    class Result(_message.Message):
        __slots__ = ("snoozed", "error")
        SNOOZED_FIELD_NUMBER: _ClassVar[int]
        ERROR_FIELD_NUMBER: _ClassVar[int]
        snoozed: BatchSnoozeActivitiesResponse.Snoozed
        error: _status_pb2.Status
        def __init__(self, snoozed: _Optional[_Union[BatchSnoozeActivitiesResponse.Snoozed, _Mapping]] = ..., error: _Optional[_Union[_status_pb2.Status, _Mapping]] = ...) -> None: ...
    class Snoozed(_message.Message):
        __slots__ = ("name", "etag", "snooze_until")
        NAME_FIELD_NUMBER: _ClassVar[int]
        ETAG_FIELD_NUMBER: _ClassVar[int]
        SNOOZE_UNTIL_FIELD_NUMBER: _ClassVar[int]
        name: str
        etag: str
        snooze_until: _timestamp_pb2.Timestamp
        def __init__(self, name: _Optional[str] = ..., etag: _Optional[str] = ..., snooze_until: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ...) -> None: ...
    RESULTS_FIELD_NUMBER: _ClassVar[int]
    QUEUE_HEADS_FIELD_NUMBER: _ClassVar[int]
    results: _containers.RepeatedCompositeFieldContainer[BatchSnoozeActivitiesResponse.Result]
    queue_heads: _containers.RepeatedCompositeFieldContainer[QueueHead]
    def __init__(self, results: _Optional[_Iterable[_Union[BatchSnoozeActivitiesResponse.Result, _Mapping]]] = ..., queue_heads: _Optional[_Iterable[_Union[QueueHead, _Mapping]]] = ...) -> None: ...

class UnsnoozeActivityRequest(_message.Message):
    __slots__ = ("name", "etag", "request_id")
    NAME_FIELD_NUMBER: _ClassVar[int]
    ETAG_FIELD_NUMBER: _ClassVar[int]
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    name: str
    etag: str
    request_id: str
    def __init__(self, name: _Optional[str] = ..., etag: _Optional[str] = ..., request_id: _Optional[str] = ...) -> None: ...

class UnsnoozeActivityResponse(_message.Message):
    __slots__ = ("activity", "queue_head")
    ACTIVITY_FIELD_NUMBER: _ClassVar[int]
    QUEUE_HEAD_FIELD_NUMBER: _ClassVar[int]
    activity: _activity_pb2.Activity
    queue_head: _activity_pb2.Activity
    def __init__(self, activity: _Optional[_Union[_activity_pb2.Activity, _Mapping]] = ..., queue_head: _Optional[_Union[_activity_pb2.Activity, _Mapping]] = ...) -> None: ...

class ReassignActivityRequest(_message.Message):
    __slots__ = ("name", "queue", "etag", "request_id")
    NAME_FIELD_NUMBER: _ClassVar[int]
    QUEUE_FIELD_NUMBER: _ClassVar[int]
    ETAG_FIELD_NUMBER: _ClassVar[int]
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    name: str
    queue: str
    etag: str
    request_id: str
    def __init__(self, name: _Optional[str] = ..., queue: _Optional[str] = ..., etag: _Optional[str] = ..., request_id: _Optional[str] = ...) -> None: ...

class ReassignActivityResponse(_message.Message):
    __slots__ = ("activity",)
    ACTIVITY_FIELD_NUMBER: _ClassVar[int]
    activity: _activity_pb2.Activity
    def __init__(self, activity: _Optional[_Union[_activity_pb2.Activity, _Mapping]] = ...) -> None: ...

class BatchReassignActivitiesRequest(_message.Message):
    __slots__ = ("requests",)
    REQUESTS_FIELD_NUMBER: _ClassVar[int]
    requests: _containers.RepeatedCompositeFieldContainer[ReassignActivityRequest]
    def __init__(self, requests: _Optional[_Iterable[_Union[ReassignActivityRequest, _Mapping]]] = ...) -> None: ...

class BatchReassignActivitiesResponse(_message.Message):
    __slots__ = ("results",)
    class Result(_message.Message):
        __slots__ = ("reassigned", "error")
        REASSIGNED_FIELD_NUMBER: _ClassVar[int]
        ERROR_FIELD_NUMBER: _ClassVar[int]
        reassigned: BatchReassignActivitiesResponse.Reassigned
        error: _status_pb2.Status
        def __init__(self, reassigned: _Optional[_Union[BatchReassignActivitiesResponse.Reassigned, _Mapping]] = ..., error: _Optional[_Union[_status_pb2.Status, _Mapping]] = ...) -> None: ...
    class Reassigned(_message.Message):
        __slots__ = ("name", "etag")
        NAME_FIELD_NUMBER: _ClassVar[int]
        ETAG_FIELD_NUMBER: _ClassVar[int]
        name: str
        etag: str
        def __init__(self, name: _Optional[str] = ..., etag: _Optional[str] = ...) -> None: ...
    RESULTS_FIELD_NUMBER: _ClassVar[int]
    results: _containers.RepeatedCompositeFieldContainer[BatchReassignActivitiesResponse.Result]
    def __init__(self, results: _Optional[_Iterable[_Union[BatchReassignActivitiesResponse.Result, _Mapping]]] = ...) -> None: ...
