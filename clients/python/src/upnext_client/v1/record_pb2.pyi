import datetime

from google.protobuf import struct_pb2 as _struct_pb2
from google.protobuf import timestamp_pb2 as _timestamp_pb2
from google.protobuf.internal import containers as _containers
from google.protobuf.internal import enum_type_wrapper as _enum_type_wrapper
from google.protobuf import descriptor as _descriptor
from google.protobuf import message as _message
from collections.abc import Iterable as _Iterable, Mapping as _Mapping
from typing import ClassVar as _ClassVar, Optional as _Optional, Union as _Union

DESCRIPTOR: _descriptor.FileDescriptor

class Attribute(_message.Message):
    __slots__ = ("type", "reference_type", "description", "indexed", "index_state", "index_operation")
    class IndexState(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
        __slots__ = ()
        INDEX_STATE_UNSPECIFIED: _ClassVar[Attribute.IndexState]
        BUILDING: _ClassVar[Attribute.IndexState]
        READY: _ClassVar[Attribute.IndexState]
    INDEX_STATE_UNSPECIFIED: Attribute.IndexState
    BUILDING: Attribute.IndexState
    READY: Attribute.IndexState
    class Type(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
        __slots__ = ()
        TYPE_UNSPECIFIED: _ClassVar[Attribute.Type]
        STRING: _ClassVar[Attribute.Type]
        INT: _ClassVar[Attribute.Type]
        DOUBLE: _ClassVar[Attribute.Type]
        BOOL: _ClassVar[Attribute.Type]
        TIMESTAMP: _ClassVar[Attribute.Type]
        DATE: _ClassVar[Attribute.Type]
        STRING_LIST: _ClassVar[Attribute.Type]
        REFERENCE: _ClassVar[Attribute.Type]
    TYPE_UNSPECIFIED: Attribute.Type
    STRING: Attribute.Type
    INT: Attribute.Type
    DOUBLE: Attribute.Type
    BOOL: Attribute.Type
    TIMESTAMP: Attribute.Type
    DATE: Attribute.Type
    STRING_LIST: Attribute.Type
    REFERENCE: Attribute.Type
    TYPE_FIELD_NUMBER: _ClassVar[int]
    REFERENCE_TYPE_FIELD_NUMBER: _ClassVar[int]
    DESCRIPTION_FIELD_NUMBER: _ClassVar[int]
    INDEXED_FIELD_NUMBER: _ClassVar[int]
    INDEX_STATE_FIELD_NUMBER: _ClassVar[int]
    INDEX_OPERATION_FIELD_NUMBER: _ClassVar[int]
    type: Attribute.Type
    reference_type: str
    description: str
    indexed: bool
    index_state: Attribute.IndexState
    index_operation: str
    def __init__(self, type: _Optional[_Union[Attribute.Type, str]] = ..., reference_type: _Optional[str] = ..., description: _Optional[str] = ..., indexed: bool = ..., index_state: _Optional[_Union[Attribute.IndexState, str]] = ..., index_operation: _Optional[str] = ...) -> None: ...

class RecordType(_message.Message):
    __slots__ = ("name", "display_name", "attributes", "display_name_attribute", "email_attribute", "phone_attributes", "do_not_email_attribute", "do_not_phone_attribute", "priority_expression", "built_in", "etag", "create_time", "update_time")
    class AttributesEntry(_message.Message):
        __slots__ = ("key", "value")
        KEY_FIELD_NUMBER: _ClassVar[int]
        VALUE_FIELD_NUMBER: _ClassVar[int]
        key: str
        value: Attribute
        def __init__(self, key: _Optional[str] = ..., value: _Optional[_Union[Attribute, _Mapping]] = ...) -> None: ...
    NAME_FIELD_NUMBER: _ClassVar[int]
    DISPLAY_NAME_FIELD_NUMBER: _ClassVar[int]
    ATTRIBUTES_FIELD_NUMBER: _ClassVar[int]
    DISPLAY_NAME_ATTRIBUTE_FIELD_NUMBER: _ClassVar[int]
    EMAIL_ATTRIBUTE_FIELD_NUMBER: _ClassVar[int]
    PHONE_ATTRIBUTES_FIELD_NUMBER: _ClassVar[int]
    DO_NOT_EMAIL_ATTRIBUTE_FIELD_NUMBER: _ClassVar[int]
    DO_NOT_PHONE_ATTRIBUTE_FIELD_NUMBER: _ClassVar[int]
    PRIORITY_EXPRESSION_FIELD_NUMBER: _ClassVar[int]
    BUILT_IN_FIELD_NUMBER: _ClassVar[int]
    ETAG_FIELD_NUMBER: _ClassVar[int]
    CREATE_TIME_FIELD_NUMBER: _ClassVar[int]
    UPDATE_TIME_FIELD_NUMBER: _ClassVar[int]
    name: str
    display_name: str
    attributes: _containers.MessageMap[str, Attribute]
    display_name_attribute: str
    email_attribute: str
    phone_attributes: _containers.RepeatedScalarFieldContainer[str]
    do_not_email_attribute: str
    do_not_phone_attribute: str
    priority_expression: str
    built_in: bool
    etag: str
    create_time: _timestamp_pb2.Timestamp
    update_time: _timestamp_pb2.Timestamp
    def __init__(self, name: _Optional[str] = ..., display_name: _Optional[str] = ..., attributes: _Optional[_Mapping[str, Attribute]] = ..., display_name_attribute: _Optional[str] = ..., email_attribute: _Optional[str] = ..., phone_attributes: _Optional[_Iterable[str]] = ..., do_not_email_attribute: _Optional[str] = ..., do_not_phone_attribute: _Optional[str] = ..., priority_expression: _Optional[str] = ..., built_in: bool = ..., etag: _Optional[str] = ..., create_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., update_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ...) -> None: ...

class Record(_message.Message):
    __slots__ = ("name", "id", "owner", "attributes", "state", "close_outcome", "source_version", "segment", "etag", "create_time", "update_time", "close_time", "unsubscribe_time")
    class State(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
        __slots__ = ()
        STATE_UNSPECIFIED: _ClassVar[Record.State]
        ACTIVE: _ClassVar[Record.State]
        CLOSED: _ClassVar[Record.State]
    STATE_UNSPECIFIED: Record.State
    ACTIVE: Record.State
    CLOSED: Record.State
    class CloseOutcome(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
        __slots__ = ()
        CLOSE_OUTCOME_UNSPECIFIED: _ClassVar[Record.CloseOutcome]
        QUALIFIED: _ClassVar[Record.CloseOutcome]
        DISQUALIFIED: _ClassVar[Record.CloseOutcome]
        WON: _ClassVar[Record.CloseOutcome]
        LOST: _ClassVar[Record.CloseOutcome]
        OTHER: _ClassVar[Record.CloseOutcome]
    CLOSE_OUTCOME_UNSPECIFIED: Record.CloseOutcome
    QUALIFIED: Record.CloseOutcome
    DISQUALIFIED: Record.CloseOutcome
    WON: Record.CloseOutcome
    LOST: Record.CloseOutcome
    OTHER: Record.CloseOutcome
    NAME_FIELD_NUMBER: _ClassVar[int]
    ID_FIELD_NUMBER: _ClassVar[int]
    OWNER_FIELD_NUMBER: _ClassVar[int]
    ATTRIBUTES_FIELD_NUMBER: _ClassVar[int]
    STATE_FIELD_NUMBER: _ClassVar[int]
    CLOSE_OUTCOME_FIELD_NUMBER: _ClassVar[int]
    SOURCE_VERSION_FIELD_NUMBER: _ClassVar[int]
    SEGMENT_FIELD_NUMBER: _ClassVar[int]
    ETAG_FIELD_NUMBER: _ClassVar[int]
    CREATE_TIME_FIELD_NUMBER: _ClassVar[int]
    UPDATE_TIME_FIELD_NUMBER: _ClassVar[int]
    CLOSE_TIME_FIELD_NUMBER: _ClassVar[int]
    UNSUBSCRIBE_TIME_FIELD_NUMBER: _ClassVar[int]
    name: str
    id: str
    owner: str
    attributes: _struct_pb2.Struct
    state: Record.State
    close_outcome: Record.CloseOutcome
    source_version: int
    segment: str
    etag: str
    create_time: _timestamp_pb2.Timestamp
    update_time: _timestamp_pb2.Timestamp
    close_time: _timestamp_pb2.Timestamp
    unsubscribe_time: _timestamp_pb2.Timestamp
    def __init__(self, name: _Optional[str] = ..., id: _Optional[str] = ..., owner: _Optional[str] = ..., attributes: _Optional[_Union[_struct_pb2.Struct, _Mapping]] = ..., state: _Optional[_Union[Record.State, str]] = ..., close_outcome: _Optional[_Union[Record.CloseOutcome, str]] = ..., source_version: _Optional[int] = ..., segment: _Optional[str] = ..., etag: _Optional[str] = ..., create_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., update_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., close_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., unsubscribe_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ...) -> None: ...

class RecordUpsert(_message.Message):
    __slots__ = ("id", "owner", "attributes", "source_version")
    ID_FIELD_NUMBER: _ClassVar[int]
    OWNER_FIELD_NUMBER: _ClassVar[int]
    ATTRIBUTES_FIELD_NUMBER: _ClassVar[int]
    SOURCE_VERSION_FIELD_NUMBER: _ClassVar[int]
    id: str
    owner: str
    attributes: _struct_pb2.Struct
    source_version: int
    def __init__(self, id: _Optional[str] = ..., owner: _Optional[str] = ..., attributes: _Optional[_Union[_struct_pb2.Struct, _Mapping]] = ..., source_version: _Optional[int] = ...) -> None: ...
