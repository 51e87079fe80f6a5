import datetime

from google.protobuf import duration_pb2 as _duration_pb2
from google.protobuf import timestamp_pb2 as _timestamp_pb2
from upnext_client.v1 import sequence_pb2 as _sequence_pb2
from google.protobuf.internal import containers as _containers
from google.protobuf.internal import enum_type_wrapper as _enum_type_wrapper
from google.protobuf import descriptor as _descriptor
from google.protobuf import message as _message
from collections.abc import Iterable as _Iterable, Mapping as _Mapping
from typing import ClassVar as _ClassVar, Optional as _Optional, Union as _Union

DESCRIPTOR: _descriptor.FileDescriptor

class Activity(_message.Message):
    __slots__ = ("name", "queue", "kind", "state", "display_name", "description", "email", "phone_call", "task", "automated_email", "text_message", "automated_text_message", "linked_in", "appointment", "record", "record_display_name", "enrollment", "sequence", "step_id", "step_number", "step_count", "due_time", "order_key", "snooze_until", "snooze_count", "outcome", "skip_reason", "note", "closed_by", "close_time", "etag", "create_time", "warnings", "lease", "read", "followed", "handover", "priority", "auto_skip_time", "cancel_reason")
    class View(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
        __slots__ = ()
        VIEW_UNSPECIFIED: _ClassVar[Activity.View]
        BASIC: _ClassVar[Activity.View]
        FULL: _ClassVar[Activity.View]
    VIEW_UNSPECIFIED: Activity.View
    BASIC: Activity.View
    FULL: Activity.View
    class Kind(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
        __slots__ = ()
        KIND_UNSPECIFIED: _ClassVar[Activity.Kind]
        EMAIL: _ClassVar[Activity.Kind]
        PHONE_CALL: _ClassVar[Activity.Kind]
        TASK: _ClassVar[Activity.Kind]
        AUTOMATED_EMAIL: _ClassVar[Activity.Kind]
        TEXT_MESSAGE: _ClassVar[Activity.Kind]
        AUTOMATED_TEXT_MESSAGE: _ClassVar[Activity.Kind]
        LINKED_IN: _ClassVar[Activity.Kind]
        APPOINTMENT: _ClassVar[Activity.Kind]
    KIND_UNSPECIFIED: Activity.Kind
    EMAIL: Activity.Kind
    PHONE_CALL: Activity.Kind
    TASK: Activity.Kind
    AUTOMATED_EMAIL: Activity.Kind
    TEXT_MESSAGE: Activity.Kind
    AUTOMATED_TEXT_MESSAGE: Activity.Kind
    LINKED_IN: Activity.Kind
    APPOINTMENT: Activity.Kind
    class Warning(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
        __slots__ = ()
        WARNING_UNSPECIFIED: _ClassVar[Activity.Warning]
        DO_NOT_PHONE: _ClassVar[Activity.Warning]
        NO_PHONE_NUMBER: _ClassVar[Activity.Warning]
        DO_NOT_EMAIL: _ClassVar[Activity.Warning]
        NO_EMAIL_ADDRESS: _ClassVar[Activity.Warning]
        UNSUBSCRIBED: _ClassVar[Activity.Warning]
    WARNING_UNSPECIFIED: Activity.Warning
    DO_NOT_PHONE: Activity.Warning
    NO_PHONE_NUMBER: Activity.Warning
    DO_NOT_EMAIL: Activity.Warning
    NO_EMAIL_ADDRESS: Activity.Warning
    UNSUBSCRIBED: Activity.Warning
    class State(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
        __slots__ = ()
        STATE_UNSPECIFIED: _ClassVar[Activity.State]
        DUE: _ClassVar[Activity.State]
        SNOOZED: _ClassVar[Activity.State]
        COMPLETED: _ClassVar[Activity.State]
        SKIPPED: _ClassVar[Activity.State]
        CANCELED: _ClassVar[Activity.State]
        PAUSED: _ClassVar[Activity.State]
        SCHEDULED: _ClassVar[Activity.State]
    STATE_UNSPECIFIED: Activity.State
    DUE: Activity.State
    SNOOZED: Activity.State
    COMPLETED: Activity.State
    SKIPPED: Activity.State
    CANCELED: Activity.State
    PAUSED: Activity.State
    SCHEDULED: Activity.State
    NAME_FIELD_NUMBER: _ClassVar[int]
    QUEUE_FIELD_NUMBER: _ClassVar[int]
    KIND_FIELD_NUMBER: _ClassVar[int]
    STATE_FIELD_NUMBER: _ClassVar[int]
    DISPLAY_NAME_FIELD_NUMBER: _ClassVar[int]
    DESCRIPTION_FIELD_NUMBER: _ClassVar[int]
    EMAIL_FIELD_NUMBER: _ClassVar[int]
    PHONE_CALL_FIELD_NUMBER: _ClassVar[int]
    TASK_FIELD_NUMBER: _ClassVar[int]
    AUTOMATED_EMAIL_FIELD_NUMBER: _ClassVar[int]
    TEXT_MESSAGE_FIELD_NUMBER: _ClassVar[int]
    AUTOMATED_TEXT_MESSAGE_FIELD_NUMBER: _ClassVar[int]
    LINKED_IN_FIELD_NUMBER: _ClassVar[int]
    APPOINTMENT_FIELD_NUMBER: _ClassVar[int]
    RECORD_FIELD_NUMBER: _ClassVar[int]
    RECORD_DISPLAY_NAME_FIELD_NUMBER: _ClassVar[int]
    ENROLLMENT_FIELD_NUMBER: _ClassVar[int]
    SEQUENCE_FIELD_NUMBER: _ClassVar[int]
    STEP_ID_FIELD_NUMBER: _ClassVar[int]
    STEP_NUMBER_FIELD_NUMBER: _ClassVar[int]
    STEP_COUNT_FIELD_NUMBER: _ClassVar[int]
    DUE_TIME_FIELD_NUMBER: _ClassVar[int]
    ORDER_KEY_FIELD_NUMBER: _ClassVar[int]
    SNOOZE_UNTIL_FIELD_NUMBER: _ClassVar[int]
    SNOOZE_COUNT_FIELD_NUMBER: _ClassVar[int]
    OUTCOME_FIELD_NUMBER: _ClassVar[int]
    SKIP_REASON_FIELD_NUMBER: _ClassVar[int]
    NOTE_FIELD_NUMBER: _ClassVar[int]
    CLOSED_BY_FIELD_NUMBER: _ClassVar[int]
    CLOSE_TIME_FIELD_NUMBER: _ClassVar[int]
    ETAG_FIELD_NUMBER: _ClassVar[int]
    CREATE_TIME_FIELD_NUMBER: _ClassVar[int]
    WARNINGS_FIELD_NUMBER: _ClassVar[int]
    LEASE_FIELD_NUMBER: _ClassVar[int]
    READ_FIELD_NUMBER: _ClassVar[int]
    FOLLOWED_FIELD_NUMBER: _ClassVar[int]
    HANDOVER_FIELD_NUMBER: _ClassVar[int]
    PRIORITY_FIELD_NUMBER: _ClassVar[int]
    AUTO_SKIP_TIME_FIELD_NUMBER: _ClassVar[int]
    CANCEL_REASON_FIELD_NUMBER: _ClassVar[int]
    name: str
    queue: str
    kind: Activity.Kind
    state: Activity.State
    display_name: str
    description: str
    email: EmailContent
    phone_call: PhoneCallContent
    task: TaskContent
    automated_email: AutomatedEmailContent
    text_message: TextMessageContent
    automated_text_message: AutomatedTextMessageContent
    linked_in: LinkedInContent
    appointment: AppointmentContent
    record: str
    record_display_name: str
    enrollment: str
    sequence: str
    step_id: str
    step_number: int
    step_count: int
    due_time: _timestamp_pb2.Timestamp
    order_key: str
    snooze_until: _timestamp_pb2.Timestamp
    snooze_count: int
    outcome: str
    skip_reason: str
    note: str
    closed_by: str
    close_time: _timestamp_pb2.Timestamp
    etag: str
    create_time: _timestamp_pb2.Timestamp
    warnings: _containers.RepeatedScalarFieldContainer[Activity.Warning]
    lease: Lease
    read: bool
    followed: bool
    handover: EmailHandover
    priority: int
    auto_skip_time: _timestamp_pb2.Timestamp
    cancel_reason: str
    def __init__(self, name: _Optional[str] = ..., queue: _Optional[str] = ..., kind: _Optional[_Union[Activity.Kind, str]] = ..., state: _Optional[_Union[Activity.State, str]] = ..., display_name: _Optional[str] = ..., description: _Optional[str] = ..., email: _Optional[_Union[EmailContent, _Mapping]] = ..., phone_call: _Optional[_Union[PhoneCallContent, _Mapping]] = ..., task: _Optional[_Union[TaskContent, _Mapping]] = ..., automated_email: _Optional[_Union[AutomatedEmailContent, _Mapping]] = ..., text_message: _Optional[_Union[TextMessageContent, _Mapping]] = ..., automated_text_message: _Optional[_Union[AutomatedTextMessageContent, _Mapping]] = ..., linked_in: _Optional[_Union[LinkedInContent, _Mapping]] = ..., appointment: _Optional[_Union[AppointmentContent, _Mapping]] = ..., record: _Optional[str] = ..., record_display_name: _Optional[str] = ..., enrollment: _Optional[str] = ..., sequence: _Optional[str] = ..., step_id: _Optional[str] = ..., step_number: _Optional[int] = ..., step_count: _Optional[int] = ..., due_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., order_key: _Optional[str] = ..., snooze_until: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., snooze_count: _Optional[int] = ..., outcome: _Optional[str] = ..., skip_reason: _Optional[str] = ..., note: _Optional[str] = ..., closed_by: _Optional[str] = ..., close_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., etag: _Optional[str] = ..., create_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., warnings: _Optional[_Iterable[_Union[Activity.Warning, str]]] = ..., lease: _Optional[_Union[Lease, _Mapping]] = ..., read: bool = ..., followed: bool = ..., handover: _Optional[_Union[EmailHandover, _Mapping]] = ..., priority: _Optional[int] = ..., auto_skip_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., cancel_reason: _Optional[str] = ...) -> None: ...

class Lease(_message.Message):
    __slots__ = ("lease_id", "epoch", "expire_time", "holder")
    LEASE_ID_FIELD_NUMBER: _ClassVar[int]
    EPOCH_FIELD_NUMBER: _ClassVar[int]
    EXPIRE_TIME_FIELD_NUMBER: _ClassVar[int]
    HOLDER_FIELD_NUMBER: _ClassVar[int]
    lease_id: str
    epoch: int
    expire_time: _timestamp_pb2.Timestamp
    holder: str
    def __init__(self, lease_id: _Optional[str] = ..., epoch: _Optional[int] = ..., expire_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., holder: _Optional[str] = ...) -> None: ...

class EmailContent(_message.Message):
    __slots__ = ("template", "draft")
    TEMPLATE_FIELD_NUMBER: _ClassVar[int]
    DRAFT_FIELD_NUMBER: _ClassVar[int]
    template: str
    draft: RenderedEmail
    def __init__(self, template: _Optional[str] = ..., draft: _Optional[_Union[RenderedEmail, _Mapping]] = ...) -> None: ...

class RenderedEmail(_message.Message):
    __slots__ = ("to", "subject", "body", "reply_to", "unsubscribe_url")
    TO_FIELD_NUMBER: _ClassVar[int]
    SUBJECT_FIELD_NUMBER: _ClassVar[int]
    BODY_FIELD_NUMBER: _ClassVar[int]
    REPLY_TO_FIELD_NUMBER: _ClassVar[int]
    UNSUBSCRIBE_URL_FIELD_NUMBER: _ClassVar[int]
    to: str
    subject: str
    body: str
    reply_to: str
    unsubscribe_url: str
    def __init__(self, to: _Optional[str] = ..., subject: _Optional[str] = ..., body: _Optional[str] = ..., reply_to: _Optional[str] = ..., unsubscribe_url: _Optional[str] = ...) -> None: ...

class EmailHandover(_message.Message):
    __slots__ = ("reason", "detail")
    class Reason(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
        __slots__ = ()
        REASON_UNSPECIFIED: _ClassVar[EmailHandover.Reason]
        VARIABLE_MISSING: _ClassVar[EmailHandover.Reason]
        TEMPLATE_UNUSABLE: _ClassVar[EmailHandover.Reason]
        NO_EMAIL_ADDRESS: _ClassVar[EmailHandover.Reason]
        OUTCOME_UNKNOWN: _ClassVar[EmailHandover.Reason]
        REFUSED: _ClassVar[EmailHandover.Reason]
    REASON_UNSPECIFIED: EmailHandover.Reason
    VARIABLE_MISSING: EmailHandover.Reason
    TEMPLATE_UNUSABLE: EmailHandover.Reason
    NO_EMAIL_ADDRESS: EmailHandover.Reason
    OUTCOME_UNKNOWN: EmailHandover.Reason
    REFUSED: EmailHandover.Reason
    REASON_FIELD_NUMBER: _ClassVar[int]
    DETAIL_FIELD_NUMBER: _ClassVar[int]
    reason: EmailHandover.Reason
    detail: str
    def __init__(self, reason: _Optional[_Union[EmailHandover.Reason, str]] = ..., detail: _Optional[str] = ...) -> None: ...

class PhoneCallContent(_message.Message):
    __slots__ = ("script",)
    SCRIPT_FIELD_NUMBER: _ClassVar[int]
    script: str
    def __init__(self, script: _Optional[str] = ...) -> None: ...

class TaskContent(_message.Message):
    __slots__ = ()
    def __init__(self) -> None: ...

class AutomatedEmailContent(_message.Message):
    __slots__ = ("template",)
    TEMPLATE_FIELD_NUMBER: _ClassVar[int]
    template: str
    def __init__(self, template: _Optional[str] = ...) -> None: ...

class TextMessageContent(_message.Message):
    __slots__ = ("template",)
    TEMPLATE_FIELD_NUMBER: _ClassVar[int]
    template: str
    def __init__(self, template: _Optional[str] = ...) -> None: ...

class AutomatedTextMessageContent(_message.Message):
    __slots__ = ("template",)
    TEMPLATE_FIELD_NUMBER: _ClassVar[int]
    template: str
    def __init__(self, template: _Optional[str] = ...) -> None: ...

class LinkedInContent(_message.Message):
    __slots__ = ("action",)
    ACTION_FIELD_NUMBER: _ClassVar[int]
    action: _sequence_pb2.LinkedInStep.Action
    def __init__(self, action: _Optional[_Union[_sequence_pb2.LinkedInStep.Action, str]] = ...) -> None: ...

class AppointmentContent(_message.Message):
    __slots__ = ("duration", "location")
    DURATION_FIELD_NUMBER: _ClassVar[int]
    LOCATION_FIELD_NUMBER: _ClassVar[int]
    duration: _duration_pb2.Duration
    location: str
    def __init__(self, duration: _Optional[_Union[datetime.timedelta, _duration_pb2.Duration, _Mapping]] = ..., location: _Optional[str] = ...) -> None: ...

class QueueCounts(_message.Message):
    __slots__ = ("due", "snoozed")
    DUE_FIELD_NUMBER: _ClassVar[int]
    SNOOZED_FIELD_NUMBER: _ClassVar[int]
    due: int
    snoozed: int
    def __init__(self, due: _Optional[int] = ..., snoozed: _Optional[int] = ...) -> None: ...

class UpNextItem(_message.Message):
    __slots__ = ("activity", "wait", "step")
    ACTIVITY_FIELD_NUMBER: _ClassVar[int]
    WAIT_FIELD_NUMBER: _ClassVar[int]
    STEP_FIELD_NUMBER: _ClassVar[int]
    activity: Activity
    wait: UpNextWait
    step: UpNextStep
    def __init__(self, activity: _Optional[_Union[Activity, _Mapping]] = ..., wait: _Optional[_Union[UpNextWait, _Mapping]] = ..., step: _Optional[_Union[UpNextStep, _Mapping]] = ...) -> None: ...

class UpNextWait(_message.Message):
    __slots__ = ("enrollment", "step_id", "display_name", "start_time", "waiting_until")
    ENROLLMENT_FIELD_NUMBER: _ClassVar[int]
    STEP_ID_FIELD_NUMBER: _ClassVar[int]
    DISPLAY_NAME_FIELD_NUMBER: _ClassVar[int]
    START_TIME_FIELD_NUMBER: _ClassVar[int]
    WAITING_UNTIL_FIELD_NUMBER: _ClassVar[int]
    enrollment: str
    step_id: str
    display_name: str
    start_time: _timestamp_pb2.Timestamp
    waiting_until: _timestamp_pb2.Timestamp
    def __init__(self, enrollment: _Optional[str] = ..., step_id: _Optional[str] = ..., display_name: _Optional[str] = ..., start_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., waiting_until: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ...) -> None: ...

class UpNextStep(_message.Message):
    __slots__ = ("enrollment", "step")
    ENROLLMENT_FIELD_NUMBER: _ClassVar[int]
    STEP_FIELD_NUMBER: _ClassVar[int]
    enrollment: str
    step: _sequence_pb2.Step
    def __init__(self, enrollment: _Optional[str] = ..., step: _Optional[_Union[_sequence_pb2.Step, _Mapping]] = ...) -> None: ...
