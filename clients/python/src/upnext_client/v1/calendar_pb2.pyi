import datetime

from google.protobuf import timestamp_pb2 as _timestamp_pb2
from google.protobuf.internal import containers as _containers
from google.protobuf.internal import enum_type_wrapper as _enum_type_wrapper
from google.protobuf import descriptor as _descriptor
from google.protobuf import message as _message
from collections.abc import Iterable as _Iterable, Mapping as _Mapping
from typing import ClassVar as _ClassVar, Optional as _Optional, Union as _Union

DESCRIPTOR: _descriptor.FileDescriptor

class Calendar(_message.Message):
    __slots__ = ("name", "display_name", "time_zone", "working_hours", "holidays", "time_off", "etag", "create_time", "update_time")
    class DayOfWeek(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
        __slots__ = ()
        DAY_OF_WEEK_UNSPECIFIED: _ClassVar[Calendar.DayOfWeek]
        MONDAY: _ClassVar[Calendar.DayOfWeek]
        TUESDAY: _ClassVar[Calendar.DayOfWeek]
        WEDNESDAY: _ClassVar[Calendar.DayOfWeek]
        THURSDAY: _ClassVar[Calendar.DayOfWeek]
        FRIDAY: _ClassVar[Calendar.DayOfWeek]
        SATURDAY: _ClassVar[Calendar.DayOfWeek]
        SUNDAY: _ClassVar[Calendar.DayOfWeek]
    DAY_OF_WEEK_UNSPECIFIED: Calendar.DayOfWeek
    MONDAY: Calendar.DayOfWeek
    TUESDAY: Calendar.DayOfWeek
    WEDNESDAY: Calendar.DayOfWeek
    THURSDAY: Calendar.DayOfWeek
    FRIDAY: Calendar.DayOfWeek
    SATURDAY: Calendar.DayOfWeek
    SUNDAY: Calendar.DayOfWeek
    NAME_FIELD_NUMBER: _ClassVar[int]
    DISPLAY_NAME_FIELD_NUMBER: _ClassVar[int]
    TIME_ZONE_FIELD_NUMBER: _ClassVar[int]
    WORKING_HOURS_FIELD_NUMBER: _ClassVar[int]
    HOLIDAYS_FIELD_NUMBER: _ClassVar[int]
    TIME_OFF_FIELD_NUMBER: _ClassVar[int]
    ETAG_FIELD_NUMBER: _ClassVar[int]
    CREATE_TIME_FIELD_NUMBER: _ClassVar[int]
    UPDATE_TIME_FIELD_NUMBER: _ClassVar[int]
    name: str
    display_name: str
    time_zone: str
    working_hours: _containers.RepeatedCompositeFieldContainer[WorkingHours]
    holidays: _containers.RepeatedCompositeFieldContainer[Holiday]
    time_off: _containers.RepeatedCompositeFieldContainer[TimeOff]
    etag: str
    create_time: _timestamp_pb2.Timestamp
    update_time: _timestamp_pb2.Timestamp
    def __init__(self, name: _Optional[str] = ..., display_name: _Optional[str] = ..., time_zone: _Optional[str] = ..., working_hours: _Optional[_Iterable[_Union[WorkingHours, _Mapping]]] = ..., holidays: _Optional[_Iterable[_Union[Holiday, _Mapping]]] = ..., time_off: _Optional[_Iterable[_Union[TimeOff, _Mapping]]] = ..., etag: _Optional[str] = ..., create_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., update_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ...) -> None: ...

class WorkingHours(_message.Message):
    __slots__ = ("days", "start_time", "end_time", "breaks")
    DAYS_FIELD_NUMBER: _ClassVar[int]
    START_TIME_FIELD_NUMBER: _ClassVar[int]
    END_TIME_FIELD_NUMBER: _ClassVar[int]
    BREAKS_FIELD_NUMBER: _ClassVar[int]
    days: _containers.RepeatedScalarFieldContainer[Calendar.DayOfWeek]
    start_time: str
    end_time: str
    breaks: _containers.RepeatedCompositeFieldContainer[Break]
    def __init__(self, days: _Optional[_Iterable[_Union[Calendar.DayOfWeek, str]]] = ..., start_time: _Optional[str] = ..., end_time: _Optional[str] = ..., breaks: _Optional[_Iterable[_Union[Break, _Mapping]]] = ...) -> None: ...

class Break(_message.Message):
    __slots__ = ("start_time", "end_time")
    START_TIME_FIELD_NUMBER: _ClassVar[int]
    END_TIME_FIELD_NUMBER: _ClassVar[int]
    start_time: str
    end_time: str
    def __init__(self, start_time: _Optional[str] = ..., end_time: _Optional[str] = ...) -> None: ...

class Holiday(_message.Message):
    __slots__ = ("date", "display_name")
    DATE_FIELD_NUMBER: _ClassVar[int]
    DISPLAY_NAME_FIELD_NUMBER: _ClassVar[int]
    date: str
    display_name: str
    def __init__(self, date: _Optional[str] = ..., display_name: _Optional[str] = ...) -> None: ...

class TimeOff(_message.Message):
    __slots__ = ("start_date", "start_time", "end_date", "end_time", "display_name")
    START_DATE_FIELD_NUMBER: _ClassVar[int]
    START_TIME_FIELD_NUMBER: _ClassVar[int]
    END_DATE_FIELD_NUMBER: _ClassVar[int]
    END_TIME_FIELD_NUMBER: _ClassVar[int]
    DISPLAY_NAME_FIELD_NUMBER: _ClassVar[int]
    start_date: str
    start_time: str
    end_date: str
    end_time: str
    display_name: str
    def __init__(self, start_date: _Optional[str] = ..., start_time: _Optional[str] = ..., end_date: _Optional[str] = ..., end_time: _Optional[str] = ..., display_name: _Optional[str] = ...) -> None: ...
