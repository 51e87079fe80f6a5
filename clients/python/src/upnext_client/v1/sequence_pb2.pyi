import datetime

from google.protobuf import timestamp_pb2 as _timestamp_pb2
from google.protobuf.internal import containers as _containers
from google.protobuf.internal import enum_type_wrapper as _enum_type_wrapper
from google.protobuf import descriptor as _descriptor
from google.protobuf import message as _message
from collections.abc import Iterable as _Iterable, Mapping as _Mapping
from typing import ClassVar as _ClassVar, Optional as _Optional, Union as _Union

DESCRIPTOR: _descriptor.FileDescriptor

class Sequence(_message.Message):
    __slots__ = ("name", "display_name", "description", "record_type", "steps", "state", "revision", "draft_changed", "connected_segments", "open_enrollments", "etag", "create_time", "update_time", "delete_time")
    class View(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
        __slots__ = ()
        VIEW_UNSPECIFIED: _ClassVar[Sequence.View]
        BASIC: _ClassVar[Sequence.View]
        FULL: _ClassVar[Sequence.View]
    VIEW_UNSPECIFIED: Sequence.View
    BASIC: Sequence.View
    FULL: Sequence.View
    class State(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
        __slots__ = ()
        STATE_UNSPECIFIED: _ClassVar[Sequence.State]
        DRAFT: _ClassVar[Sequence.State]
        ACTIVE: _ClassVar[Sequence.State]
        INACTIVE: _ClassVar[Sequence.State]
    STATE_UNSPECIFIED: Sequence.State
    DRAFT: Sequence.State
    ACTIVE: Sequence.State
    INACTIVE: Sequence.State
    NAME_FIELD_NUMBER: _ClassVar[int]
    DISPLAY_NAME_FIELD_NUMBER: _ClassVar[int]
    DESCRIPTION_FIELD_NUMBER: _ClassVar[int]
    RECORD_TYPE_FIELD_NUMBER: _ClassVar[int]
    STEPS_FIELD_NUMBER: _ClassVar[int]
    STATE_FIELD_NUMBER: _ClassVar[int]
    REVISION_FIELD_NUMBER: _ClassVar[int]
    DRAFT_CHANGED_FIELD_NUMBER: _ClassVar[int]
    CONNECTED_SEGMENTS_FIELD_NUMBER: _ClassVar[int]
    OPEN_ENROLLMENTS_FIELD_NUMBER: _ClassVar[int]
    ETAG_FIELD_NUMBER: _ClassVar[int]
    CREATE_TIME_FIELD_NUMBER: _ClassVar[int]
    UPDATE_TIME_FIELD_NUMBER: _ClassVar[int]
    DELETE_TIME_FIELD_NUMBER: _ClassVar[int]
    name: str
    display_name: str
    description: str
    record_type: str
    steps: _containers.RepeatedCompositeFieldContainer[Step]
    state: Sequence.State
    revision: int
    draft_changed: bool
    connected_segments: _containers.RepeatedScalarFieldContainer[str]
    open_enrollments: int
    etag: str
    create_time: _timestamp_pb2.Timestamp
    update_time: _timestamp_pb2.Timestamp
    delete_time: _timestamp_pb2.Timestamp
    def __init__(self, name: _Optional[str] = ..., display_name: _Optional[str] = ..., description: _Optional[str] = ..., record_type: _Optional[str] = ..., steps: _Optional[_Iterable[_Union[Step, _Mapping]]] = ..., state: _Optional[_Union[Sequence.State, str]] = ..., revision: _Optional[int] = ..., draft_changed: bool = ..., connected_segments: _Optional[_Iterable[str]] = ..., open_enrollments: _Optional[int] = ..., etag: _Optional[str] = ..., create_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., update_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., delete_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ...) -> None: ...

class Step(_message.Message):
    __slots__ = ("step_id", "display_name", "description", "email", "phone_call", "task", "wait")
    STEP_ID_FIELD_NUMBER: _ClassVar[int]
    DISPLAY_NAME_FIELD_NUMBER: _ClassVar[int]
    DESCRIPTION_FIELD_NUMBER: _ClassVar[int]
    EMAIL_FIELD_NUMBER: _ClassVar[int]
    PHONE_CALL_FIELD_NUMBER: _ClassVar[int]
    TASK_FIELD_NUMBER: _ClassVar[int]
    WAIT_FIELD_NUMBER: _ClassVar[int]
    step_id: str
    display_name: str
    description: str
    email: EmailStep
    phone_call: PhoneCallStep
    task: TaskStep
    wait: WaitStep
    def __init__(self, step_id: _Optional[str] = ..., display_name: _Optional[str] = ..., description: _Optional[str] = ..., email: _Optional[_Union[EmailStep, _Mapping]] = ..., phone_call: _Optional[_Union[PhoneCallStep, _Mapping]] = ..., task: _Optional[_Union[TaskStep, _Mapping]] = ..., wait: _Optional[_Union[WaitStep, _Mapping]] = ...) -> None: ...

class EmailStep(_message.Message):
    __slots__ = ("template",)
    TEMPLATE_FIELD_NUMBER: _ClassVar[int]
    template: str
    def __init__(self, template: _Optional[str] = ...) -> None: ...

class PhoneCallStep(_message.Message):
    __slots__ = ("script",)
    SCRIPT_FIELD_NUMBER: _ClassVar[int]
    script: str
    def __init__(self, script: _Optional[str] = ...) -> None: ...

class TaskStep(_message.Message):
    __slots__ = ()
    def __init__(self) -> None: ...

class WaitStep(_message.Message):
    __slots__ = ("delay", "business_days")
    DELAY_FIELD_NUMBER: _ClassVar[int]
    BUSINESS_DAYS_FIELD_NUMBER: _ClassVar[int]
    delay: Delay
    business_days: BusinessDays
    def __init__(self, delay: _Optional[_Union[Delay, _Mapping]] = ..., business_days: _Optional[_Union[BusinessDays, _Mapping]] = ...) -> None: ...

class BusinessDays(_message.Message):
    __slots__ = ("days",)
    DAYS_FIELD_NUMBER: _ClassVar[int]
    days: int
    def __init__(self, days: _Optional[int] = ...) -> None: ...

class Delay(_message.Message):
    __slots__ = ("days", "hours", "minutes", "seconds")
    DAYS_FIELD_NUMBER: _ClassVar[int]
    HOURS_FIELD_NUMBER: _ClassVar[int]
    MINUTES_FIELD_NUMBER: _ClassVar[int]
    SECONDS_FIELD_NUMBER: _ClassVar[int]
    days: int
    hours: int
    minutes: int
    seconds: int
    def __init__(self, days: _Optional[int] = ..., hours: _Optional[int] = ..., minutes: _Optional[int] = ..., seconds: _Optional[int] = ...) -> None: ...

class SequenceRevision(_message.Message):
    __slots__ = ("name", "revision", "revision_description", "display_name", "description", "record_type", "steps", "create_time")
    NAME_FIELD_NUMBER: _ClassVar[int]
    REVISION_FIELD_NUMBER: _ClassVar[int]
    REVISION_DESCRIPTION_FIELD_NUMBER: _ClassVar[int]
    DISPLAY_NAME_FIELD_NUMBER: _ClassVar[int]
    DESCRIPTION_FIELD_NUMBER: _ClassVar[int]
    RECORD_TYPE_FIELD_NUMBER: _ClassVar[int]
    STEPS_FIELD_NUMBER: _ClassVar[int]
    CREATE_TIME_FIELD_NUMBER: _ClassVar[int]
    name: str
    revision: int
    revision_description: str
    display_name: str
    description: str
    record_type: str
    steps: _containers.RepeatedCompositeFieldContainer[Step]
    create_time: _timestamp_pb2.Timestamp
    def __init__(self, name: _Optional[str] = ..., revision: _Optional[int] = ..., revision_description: _Optional[str] = ..., display_name: _Optional[str] = ..., description: _Optional[str] = ..., record_type: _Optional[str] = ..., steps: _Optional[_Iterable[_Union[Step, _Mapping]]] = ..., create_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ...) -> None: ...
