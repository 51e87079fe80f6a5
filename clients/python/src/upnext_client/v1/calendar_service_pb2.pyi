from google.protobuf import field_mask_pb2 as _field_mask_pb2
from upnext_client.v1 import calendar_pb2 as _calendar_pb2
from google.protobuf.internal import containers as _containers
from google.protobuf.internal import enum_type_wrapper as _enum_type_wrapper
from google.protobuf import descriptor as _descriptor
from google.protobuf import message as _message
from collections.abc import Iterable as _Iterable, Mapping as _Mapping
from typing import ClassVar as _ClassVar, Optional as _Optional, Union as _Union

DESCRIPTOR: _descriptor.FileDescriptor

class CreateCalendarRequest(_message.Message):
    __slots__ = ("calendar_id", "calendar", "request_id")
    CALENDAR_ID_FIELD_NUMBER: _ClassVar[int]
    CALENDAR_FIELD_NUMBER: _ClassVar[int]
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    calendar_id: str
    calendar: _calendar_pb2.Calendar
    request_id: str
    def __init__(self, calendar_id: _Optional[str] = ..., calendar: _Optional[_Union[_calendar_pb2.Calendar, _Mapping]] = ..., request_id: _Optional[str] = ...) -> None: ...

class CreateCalendarResponse(_message.Message):
    __slots__ = ("calendar",)
    CALENDAR_FIELD_NUMBER: _ClassVar[int]
    calendar: _calendar_pb2.Calendar
    def __init__(self, calendar: _Optional[_Union[_calendar_pb2.Calendar, _Mapping]] = ...) -> None: ...

class GetCalendarRequest(_message.Message):
    __slots__ = ("name",)
    NAME_FIELD_NUMBER: _ClassVar[int]
    name: str
    def __init__(self, name: _Optional[str] = ...) -> None: ...

class GetCalendarResponse(_message.Message):
    __slots__ = ("calendar",)
    CALENDAR_FIELD_NUMBER: _ClassVar[int]
    calendar: _calendar_pb2.Calendar
    def __init__(self, calendar: _Optional[_Union[_calendar_pb2.Calendar, _Mapping]] = ...) -> None: ...

class ListCalendarsRequest(_message.Message):
    __slots__ = ("page_size", "page_token", "filter")
    PAGE_SIZE_FIELD_NUMBER: _ClassVar[int]
    PAGE_TOKEN_FIELD_NUMBER: _ClassVar[int]
    FILTER_FIELD_NUMBER: _ClassVar[int]
    page_size: int
    page_token: str
    filter: str
    def __init__(self, page_size: _Optional[int] = ..., page_token: _Optional[str] = ..., filter: _Optional[str] = ...) -> None: ...

class ListCalendarsResponse(_message.Message):
    __slots__ = ("calendars", "next_page_token")
    CALENDARS_FIELD_NUMBER: _ClassVar[int]
    NEXT_PAGE_TOKEN_FIELD_NUMBER: _ClassVar[int]
    calendars: _containers.RepeatedCompositeFieldContainer[_calendar_pb2.Calendar]
    next_page_token: str
    def __init__(self, calendars: _Optional[_Iterable[_Union[_calendar_pb2.Calendar, _Mapping]]] = ..., next_page_token: _Optional[str] = ...) -> None: ...

class UpdateCalendarRequest(_message.Message):
    __slots__ = ("calendar", "update_mask", "request_id")
    CALENDAR_FIELD_NUMBER: _ClassVar[int]
    UPDATE_MASK_FIELD_NUMBER: _ClassVar[int]
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    calendar: _calendar_pb2.Calendar
    update_mask: _field_mask_pb2.FieldMask
    request_id: str
    def __init__(self, calendar: _Optional[_Union[_calendar_pb2.Calendar, _Mapping]] = ..., update_mask: _Optional[_Union[_field_mask_pb2.FieldMask, _Mapping]] = ..., request_id: _Optional[str] = ...) -> None: ...

class UpdateCalendarResponse(_message.Message):
    __slots__ = ("calendar",)
    CALENDAR_FIELD_NUMBER: _ClassVar[int]
    calendar: _calendar_pb2.Calendar
    def __init__(self, calendar: _Optional[_Union[_calendar_pb2.Calendar, _Mapping]] = ...) -> None: ...

class DeleteCalendarRequest(_message.Message):
    __slots__ = ("name", "etag", "request_id")
    NAME_FIELD_NUMBER: _ClassVar[int]
    ETAG_FIELD_NUMBER: _ClassVar[int]
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    name: str
    etag: str
    request_id: str
    def __init__(self, name: _Optional[str] = ..., etag: _Optional[str] = ..., request_id: _Optional[str] = ...) -> None: ...

class DeleteCalendarResponse(_message.Message):
    __slots__ = ()
    def __init__(self) -> None: ...

class ImportCalendarEventsRequest(_message.Message):
    __slots__ = ("name", "content", "target", "etag", "validate_only", "request_id")
    class Target(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
        __slots__ = ()
        TARGET_UNSPECIFIED: _ClassVar[ImportCalendarEventsRequest.Target]
        HOLIDAYS: _ClassVar[ImportCalendarEventsRequest.Target]
        TIME_OFF: _ClassVar[ImportCalendarEventsRequest.Target]
    TARGET_UNSPECIFIED: ImportCalendarEventsRequest.Target
    HOLIDAYS: ImportCalendarEventsRequest.Target
    TIME_OFF: ImportCalendarEventsRequest.Target
    NAME_FIELD_NUMBER: _ClassVar[int]
    CONTENT_FIELD_NUMBER: _ClassVar[int]
    TARGET_FIELD_NUMBER: _ClassVar[int]
    ETAG_FIELD_NUMBER: _ClassVar[int]
    VALIDATE_ONLY_FIELD_NUMBER: _ClassVar[int]
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    name: str
    content: str
    target: ImportCalendarEventsRequest.Target
    etag: str
    validate_only: bool
    request_id: str
    def __init__(self, name: _Optional[str] = ..., content: _Optional[str] = ..., target: _Optional[_Union[ImportCalendarEventsRequest.Target, str]] = ..., etag: _Optional[str] = ..., validate_only: bool = ..., request_id: _Optional[str] = ...) -> None: ...

class ImportCalendarEventsResponse(_message.Message):
    __slots__ = ("calendar", "added_count", "existing_count", "past_count", "skipped_count", "skipped_events")
    class SkippedEvent(_message.Message):
        __slots__ = ("display_name", "reason")
        DISPLAY_NAME_FIELD_NUMBER: _ClassVar[int]
        REASON_FIELD_NUMBER: _ClassVar[int]
        display_name: str
        reason: str
        def __init__(self, display_name: _Optional[str] = ..., reason: _Optional[str] = ...) -> None: ...
    CALENDAR_FIELD_NUMBER: _ClassVar[int]
    ADDED_COUNT_FIELD_NUMBER: _ClassVar[int]
    EXISTING_COUNT_FIELD_NUMBER: _ClassVar[int]
    PAST_COUNT_FIELD_NUMBER: _ClassVar[int]
    SKIPPED_COUNT_FIELD_NUMBER: _ClassVar[int]
    SKIPPED_EVENTS_FIELD_NUMBER: _ClassVar[int]
    calendar: _calendar_pb2.Calendar
    added_count: int
    existing_count: int
    past_count: int
    skipped_count: int
    skipped_events: _containers.RepeatedCompositeFieldContainer[ImportCalendarEventsResponse.SkippedEvent]
    def __init__(self, calendar: _Optional[_Union[_calendar_pb2.Calendar, _Mapping]] = ..., added_count: _Optional[int] = ..., existing_count: _Optional[int] = ..., past_count: _Optional[int] = ..., skipped_count: _Optional[int] = ..., skipped_events: _Optional[_Iterable[_Union[ImportCalendarEventsResponse.SkippedEvent, _Mapping]]] = ...) -> None: ...
