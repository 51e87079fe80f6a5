import datetime

from google.protobuf import struct_pb2 as _struct_pb2
from google.protobuf import timestamp_pb2 as _timestamp_pb2
from upnext_client.v1 import record_pb2 as _record_pb2
from google.protobuf.internal import enum_type_wrapper as _enum_type_wrapper
from google.protobuf import descriptor as _descriptor
from google.protobuf import message as _message
from collections.abc import Mapping as _Mapping
from typing import ClassVar as _ClassVar, Optional as _Optional, Union as _Union

DESCRIPTOR: _descriptor.FileDescriptor

class Seller(_message.Message):
    __slots__ = ("name", "display_name", "email", "assign_records", "etag", "create_time", "update_time", "calendar", "attributes", "max_capacity", "consumed_capacity", "available_capacity", "after_completion")
    class AfterCompletion(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
        __slots__ = ()
        AFTER_COMPLETION_UNSPECIFIED: _ClassVar[Seller.AfterCompletion]
        ASK: _ClassVar[Seller.AfterCompletion]
        NEXT: _ClassVar[Seller.AfterCompletion]
        STAY: _ClassVar[Seller.AfterCompletion]
    AFTER_COMPLETION_UNSPECIFIED: Seller.AfterCompletion
    ASK: Seller.AfterCompletion
    NEXT: Seller.AfterCompletion
    STAY: Seller.AfterCompletion
    NAME_FIELD_NUMBER: _ClassVar[int]
    DISPLAY_NAME_FIELD_NUMBER: _ClassVar[int]
    EMAIL_FIELD_NUMBER: _ClassVar[int]
    ASSIGN_RECORDS_FIELD_NUMBER: _ClassVar[int]
    ETAG_FIELD_NUMBER: _ClassVar[int]
    CREATE_TIME_FIELD_NUMBER: _ClassVar[int]
    UPDATE_TIME_FIELD_NUMBER: _ClassVar[int]
    CALENDAR_FIELD_NUMBER: _ClassVar[int]
    ATTRIBUTES_FIELD_NUMBER: _ClassVar[int]
    MAX_CAPACITY_FIELD_NUMBER: _ClassVar[int]
    CONSUMED_CAPACITY_FIELD_NUMBER: _ClassVar[int]
    AVAILABLE_CAPACITY_FIELD_NUMBER: _ClassVar[int]
    AFTER_COMPLETION_FIELD_NUMBER: _ClassVar[int]
    name: str
    display_name: str
    email: str
    assign_records: bool
    etag: str
    create_time: _timestamp_pb2.Timestamp
    update_time: _timestamp_pb2.Timestamp
    calendar: str
    attributes: _struct_pb2.Struct
    max_capacity: int
    consumed_capacity: int
    available_capacity: int
    after_completion: Seller.AfterCompletion
    def __init__(self, name: _Optional[str] = ..., display_name: _Optional[str] = ..., email: _Optional[str] = ..., assign_records: bool = ..., etag: _Optional[str] = ..., create_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., update_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., calendar: _Optional[str] = ..., attributes: _Optional[_Union[_struct_pb2.Struct, _Mapping]] = ..., max_capacity: _Optional[int] = ..., consumed_capacity: _Optional[int] = ..., available_capacity: _Optional[int] = ..., after_completion: _Optional[_Union[Seller.AfterCompletion, str]] = ...) -> None: ...

class SellerAttribute(_message.Message):
    __slots__ = ("type",)
    TYPE_FIELD_NUMBER: _ClassVar[int]
    type: _record_pb2.Attribute.Type
    def __init__(self, type: _Optional[_Union[_record_pb2.Attribute.Type, str]] = ...) -> None: ...
