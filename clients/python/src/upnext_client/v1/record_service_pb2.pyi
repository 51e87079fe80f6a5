from google.protobuf import field_mask_pb2 as _field_mask_pb2
from google.rpc import status_pb2 as _status_pb2
from upnext_client.v1 import engagement_pb2 as _engagement_pb2
from upnext_client.v1 import enrollment_pb2 as _enrollment_pb2
from upnext_client.v1 import record_pb2 as _record_pb2
from google.protobuf.internal import containers as _containers
from google.protobuf.internal import enum_type_wrapper as _enum_type_wrapper
from google.protobuf import descriptor as _descriptor
from google.protobuf import message as _message
from collections.abc import Iterable as _Iterable, Mapping as _Mapping
from typing import ClassVar as _ClassVar, Optional as _Optional, Union as _Union

DESCRIPTOR: _descriptor.FileDescriptor

class CreateRecordTypeRequest(_message.Message):
    __slots__ = ("record_type_id", "record_type", "request_id")
    RECORD_TYPE_ID_FIELD_NUMBER: _ClassVar[int]
    RECORD_TYPE_FIELD_NUMBER: _ClassVar[int]
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    record_type_id: str
    record_type: _record_pb2.RecordType
    request_id: str
    def __init__(self, record_type_id: _Optional[str] = ..., record_type: _Optional[_Union[_record_pb2.RecordType, _Mapping]] = ..., request_id: _Optional[str] = ...) -> None: ...

class CreateRecordTypeResponse(_message.Message):
    __slots__ = ("record_type",)
    RECORD_TYPE_FIELD_NUMBER: _ClassVar[int]
    record_type: _record_pb2.RecordType
    def __init__(self, record_type: _Optional[_Union[_record_pb2.RecordType, _Mapping]] = ...) -> None: ...

class GetRecordTypeRequest(_message.Message):
    __slots__ = ("name",)
    NAME_FIELD_NUMBER: _ClassVar[int]
    name: str
    def __init__(self, name: _Optional[str] = ...) -> None: ...

class GetRecordTypeResponse(_message.Message):
    __slots__ = ("record_type",)
    RECORD_TYPE_FIELD_NUMBER: _ClassVar[int]
    record_type: _record_pb2.RecordType
    def __init__(self, record_type: _Optional[_Union[_record_pb2.RecordType, _Mapping]] = ...) -> None: ...

class ListRecordTypesRequest(_message.Message):
    __slots__ = ("page_size", "page_token")
    PAGE_SIZE_FIELD_NUMBER: _ClassVar[int]
    PAGE_TOKEN_FIELD_NUMBER: _ClassVar[int]
    page_size: int
    page_token: str
    def __init__(self, page_size: _Optional[int] = ..., page_token: _Optional[str] = ...) -> None: ...

class ListRecordTypesResponse(_message.Message):
    __slots__ = ("record_types", "next_page_token")
    RECORD_TYPES_FIELD_NUMBER: _ClassVar[int]
    NEXT_PAGE_TOKEN_FIELD_NUMBER: _ClassVar[int]
    record_types: _containers.RepeatedCompositeFieldContainer[_record_pb2.RecordType]
    next_page_token: str
    def __init__(self, record_types: _Optional[_Iterable[_Union[_record_pb2.RecordType, _Mapping]]] = ..., next_page_token: _Optional[str] = ...) -> None: ...

class UpdateRecordTypeRequest(_message.Message):
    __slots__ = ("record_type", "update_mask", "request_id")
    RECORD_TYPE_FIELD_NUMBER: _ClassVar[int]
    UPDATE_MASK_FIELD_NUMBER: _ClassVar[int]
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    record_type: _record_pb2.RecordType
    update_mask: _field_mask_pb2.FieldMask
    request_id: str
    def __init__(self, record_type: _Optional[_Union[_record_pb2.RecordType, _Mapping]] = ..., update_mask: _Optional[_Union[_field_mask_pb2.FieldMask, _Mapping]] = ..., request_id: _Optional[str] = ...) -> None: ...

class UpdateRecordTypeResponse(_message.Message):
    __slots__ = ("record_type",)
    RECORD_TYPE_FIELD_NUMBER: _ClassVar[int]
    record_type: _record_pb2.RecordType
    def __init__(self, record_type: _Optional[_Union[_record_pb2.RecordType, _Mapping]] = ...) -> None: ...

class DeleteRecordTypeRequest(_message.Message):
    __slots__ = ("name", "etag", "request_id")
    NAME_FIELD_NUMBER: _ClassVar[int]
    ETAG_FIELD_NUMBER: _ClassVar[int]
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    name: str
    etag: str
    request_id: str
    def __init__(self, name: _Optional[str] = ..., etag: _Optional[str] = ..., request_id: _Optional[str] = ...) -> None: ...

class DeleteRecordTypeResponse(_message.Message):
    __slots__ = ()
    def __init__(self) -> None: ...

class DeclareAttributesRequest(_message.Message):
    __slots__ = ("record_type", "attributes", "request_id", "validate_only")
    class AttributesEntry(_message.Message):
        __slots__ = ("key", "value")
        KEY_FIELD_NUMBER: _ClassVar[int]
        VALUE_FIELD_NUMBER: _ClassVar[int]
        key: str
        value: _record_pb2.Attribute
        def __init__(self, key: _Optional[str] = ..., value: _Optional[_Union[_record_pb2.Attribute, _Mapping]] = ...) -> None: ...
    RECORD_TYPE_FIELD_NUMBER: _ClassVar[int]
    ATTRIBUTES_FIELD_NUMBER: _ClassVar[int]
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    VALIDATE_ONLY_FIELD_NUMBER: _ClassVar[int]
    record_type: str
    attributes: _containers.MessageMap[str, _record_pb2.Attribute]
    request_id: str
    validate_only: bool
    def __init__(self, record_type: _Optional[str] = ..., attributes: _Optional[_Mapping[str, _record_pb2.Attribute]] = ..., request_id: _Optional[str] = ..., validate_only: bool = ...) -> None: ...

class DeclareAttributesResponse(_message.Message):
    __slots__ = ("record_type",)
    RECORD_TYPE_FIELD_NUMBER: _ClassVar[int]
    record_type: _record_pb2.RecordType
    def __init__(self, record_type: _Optional[_Union[_record_pb2.RecordType, _Mapping]] = ...) -> None: ...

class UpdateAttributeRequest(_message.Message):
    __slots__ = ("record_type", "attribute", "description", "etag", "request_id", "indexed")
    RECORD_TYPE_FIELD_NUMBER: _ClassVar[int]
    ATTRIBUTE_FIELD_NUMBER: _ClassVar[int]
    DESCRIPTION_FIELD_NUMBER: _ClassVar[int]
    ETAG_FIELD_NUMBER: _ClassVar[int]
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    INDEXED_FIELD_NUMBER: _ClassVar[int]
    record_type: str
    attribute: str
    description: str
    etag: str
    request_id: str
    indexed: bool
    def __init__(self, record_type: _Optional[str] = ..., attribute: _Optional[str] = ..., description: _Optional[str] = ..., etag: _Optional[str] = ..., request_id: _Optional[str] = ..., indexed: bool = ...) -> None: ...

class UpdateAttributeResponse(_message.Message):
    __slots__ = ("record_type",)
    RECORD_TYPE_FIELD_NUMBER: _ClassVar[int]
    record_type: _record_pb2.RecordType
    def __init__(self, record_type: _Optional[_Union[_record_pb2.RecordType, _Mapping]] = ...) -> None: ...

class DeleteAttributeRequest(_message.Message):
    __slots__ = ("record_type", "attribute", "etag", "request_id")
    RECORD_TYPE_FIELD_NUMBER: _ClassVar[int]
    ATTRIBUTE_FIELD_NUMBER: _ClassVar[int]
    ETAG_FIELD_NUMBER: _ClassVar[int]
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    record_type: str
    attribute: str
    etag: str
    request_id: str
    def __init__(self, record_type: _Optional[str] = ..., attribute: _Optional[str] = ..., etag: _Optional[str] = ..., request_id: _Optional[str] = ...) -> None: ...

class DeleteAttributeResponse(_message.Message):
    __slots__ = ("record_type", "erase_operation")
    RECORD_TYPE_FIELD_NUMBER: _ClassVar[int]
    ERASE_OPERATION_FIELD_NUMBER: _ClassVar[int]
    record_type: _record_pb2.RecordType
    erase_operation: str
    def __init__(self, record_type: _Optional[_Union[_record_pb2.RecordType, _Mapping]] = ..., erase_operation: _Optional[str] = ...) -> None: ...

class UpsertRecordRequest(_message.Message):
    __slots__ = ("record_type", "record", "suppress_segmentation", "validate_only", "allow_unknown_owner")
    RECORD_TYPE_FIELD_NUMBER: _ClassVar[int]
    RECORD_FIELD_NUMBER: _ClassVar[int]
    SUPPRESS_SEGMENTATION_FIELD_NUMBER: _ClassVar[int]
    VALIDATE_ONLY_FIELD_NUMBER: _ClassVar[int]
    ALLOW_UNKNOWN_OWNER_FIELD_NUMBER: _ClassVar[int]
    record_type: str
    record: _record_pb2.RecordUpsert
    suppress_segmentation: bool
    validate_only: bool
    allow_unknown_owner: bool
    def __init__(self, record_type: _Optional[str] = ..., record: _Optional[_Union[_record_pb2.RecordUpsert, _Mapping]] = ..., suppress_segmentation: bool = ..., validate_only: bool = ..., allow_unknown_owner: bool = ...) -> None: ...

class UpsertRecordResponse(_message.Message):
    __slots__ = ("record", "effect", "owner_unknown")
    class Effect(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
        __slots__ = ()
        EFFECT_UNSPECIFIED: _ClassVar[UpsertRecordResponse.Effect]
        CREATED: _ClassVar[UpsertRecordResponse.Effect]
        UPDATED: _ClassVar[UpsertRecordResponse.Effect]
        UNCHANGED: _ClassVar[UpsertRecordResponse.Effect]
        OUTDATED: _ClassVar[UpsertRecordResponse.Effect]
    EFFECT_UNSPECIFIED: UpsertRecordResponse.Effect
    CREATED: UpsertRecordResponse.Effect
    UPDATED: UpsertRecordResponse.Effect
    UNCHANGED: UpsertRecordResponse.Effect
    OUTDATED: UpsertRecordResponse.Effect
    RECORD_FIELD_NUMBER: _ClassVar[int]
    EFFECT_FIELD_NUMBER: _ClassVar[int]
    OWNER_UNKNOWN_FIELD_NUMBER: _ClassVar[int]
    record: _record_pb2.Record
    effect: UpsertRecordResponse.Effect
    owner_unknown: bool
    def __init__(self, record: _Optional[_Union[_record_pb2.Record, _Mapping]] = ..., effect: _Optional[_Union[UpsertRecordResponse.Effect, str]] = ..., owner_unknown: bool = ...) -> None: ...

class BatchUpsertRecordsRequest(_message.Message):
    __slots__ = ("record_type", "records", "suppress_segmentation", "validate_only", "allow_unknown_owner")
    RECORD_TYPE_FIELD_NUMBER: _ClassVar[int]
    RECORDS_FIELD_NUMBER: _ClassVar[int]
    SUPPRESS_SEGMENTATION_FIELD_NUMBER: _ClassVar[int]
    VALIDATE_ONLY_FIELD_NUMBER: _ClassVar[int]
    ALLOW_UNKNOWN_OWNER_FIELD_NUMBER: _ClassVar[int]
    record_type: str
    records: _containers.RepeatedCompositeFieldContainer[_record_pb2.RecordUpsert]
    suppress_segmentation: bool
    validate_only: bool
    allow_unknown_owner: bool
    def __init__(self, record_type: _Optional[str] = ..., records: _Optional[_Iterable[_Union[_record_pb2.RecordUpsert, _Mapping]]] = ..., suppress_segmentation: bool = ..., validate_only: bool = ..., allow_unknown_owner: bool = ...) -> None: ...

class BatchUpsertRecordsResponse(_message.Message):
    __slots__ = ("results",)
    class Result(_message.Message):
        __slots__ = ("upserted", "error")
        UPSERTED_FIELD_NUMBER: _ClassVar[int]
        ERROR_FIELD_NUMBER: _ClassVar[int]
        upserted: BatchUpsertRecordsResponse.Upserted
        error: _status_pb2.Status
        def __init__(self, upserted: _Optional[_Union[BatchUpsertRecordsResponse.Upserted, _Mapping]] = ..., error: _Optional[_Union[_status_pb2.Status, _Mapping]] = ...) -> None: ...
    class Upserted(_message.Message):
        __slots__ = ("name", "effect", "etag", "owner_unknown")
        NAME_FIELD_NUMBER: _ClassVar[int]
        EFFECT_FIELD_NUMBER: _ClassVar[int]
        ETAG_FIELD_NUMBER: _ClassVar[int]
        OWNER_UNKNOWN_FIELD_NUMBER: _ClassVar[int]
        name: str
        effect: UpsertRecordResponse.Effect
        etag: str
        owner_unknown: bool
        def __init__(self, name: _Optional[str] = ..., effect: _Optional[_Union[UpsertRecordResponse.Effect, str]] = ..., etag: _Optional[str] = ..., owner_unknown: bool = ...) -> None: ...
    RESULTS_FIELD_NUMBER: _ClassVar[int]
    results: _containers.RepeatedCompositeFieldContainer[BatchUpsertRecordsResponse.Result]
    def __init__(self, results: _Optional[_Iterable[_Union[BatchUpsertRecordsResponse.Result, _Mapping]]] = ...) -> None: ...

class GetRecordRequest(_message.Message):
    __slots__ = ("name",)
    NAME_FIELD_NUMBER: _ClassVar[int]
    name: str
    def __init__(self, name: _Optional[str] = ...) -> None: ...

class GetRecordResponse(_message.Message):
    __slots__ = ("record",)
    RECORD_FIELD_NUMBER: _ClassVar[int]
    record: _record_pb2.Record
    def __init__(self, record: _Optional[_Union[_record_pb2.Record, _Mapping]] = ...) -> None: ...

class ListRecordsRequest(_message.Message):
    __slots__ = ("record_type", "page_size", "page_token", "filter")
    RECORD_TYPE_FIELD_NUMBER: _ClassVar[int]
    PAGE_SIZE_FIELD_NUMBER: _ClassVar[int]
    PAGE_TOKEN_FIELD_NUMBER: _ClassVar[int]
    FILTER_FIELD_NUMBER: _ClassVar[int]
    record_type: str
    page_size: int
    page_token: str
    filter: str
    def __init__(self, record_type: _Optional[str] = ..., page_size: _Optional[int] = ..., page_token: _Optional[str] = ..., filter: _Optional[str] = ...) -> None: ...

class ListRecordsResponse(_message.Message):
    __slots__ = ("records", "next_page_token")
    RECORDS_FIELD_NUMBER: _ClassVar[int]
    NEXT_PAGE_TOKEN_FIELD_NUMBER: _ClassVar[int]
    records: _containers.RepeatedCompositeFieldContainer[_record_pb2.Record]
    next_page_token: str
    def __init__(self, records: _Optional[_Iterable[_Union[_record_pb2.Record, _Mapping]]] = ..., next_page_token: _Optional[str] = ...) -> None: ...

class ListRecordHistoryRequest(_message.Message):
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

class ListRecordHistoryResponse(_message.Message):
    __slots__ = ("events", "next_page_token")
    EVENTS_FIELD_NUMBER: _ClassVar[int]
    NEXT_PAGE_TOKEN_FIELD_NUMBER: _ClassVar[int]
    events: _containers.RepeatedCompositeFieldContainer[_enrollment_pb2.Event]
    next_page_token: str
    def __init__(self, events: _Optional[_Iterable[_Union[_enrollment_pb2.Event, _Mapping]]] = ..., next_page_token: _Optional[str] = ...) -> None: ...

class CloseRecordRequest(_message.Message):
    __slots__ = ("name", "close_outcome", "etag", "request_id")
    NAME_FIELD_NUMBER: _ClassVar[int]
    CLOSE_OUTCOME_FIELD_NUMBER: _ClassVar[int]
    ETAG_FIELD_NUMBER: _ClassVar[int]
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    name: str
    close_outcome: _record_pb2.Record.CloseOutcome
    etag: str
    request_id: str
    def __init__(self, name: _Optional[str] = ..., close_outcome: _Optional[_Union[_record_pb2.Record.CloseOutcome, str]] = ..., etag: _Optional[str] = ..., request_id: _Optional[str] = ...) -> None: ...

class CloseRecordResponse(_message.Message):
    __slots__ = ("record",)
    RECORD_FIELD_NUMBER: _ClassVar[int]
    record: _record_pb2.Record
    def __init__(self, record: _Optional[_Union[_record_pb2.Record, _Mapping]] = ...) -> None: ...

class ReopenRecordRequest(_message.Message):
    __slots__ = ("name", "etag", "request_id")
    NAME_FIELD_NUMBER: _ClassVar[int]
    ETAG_FIELD_NUMBER: _ClassVar[int]
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    name: str
    etag: str
    request_id: str
    def __init__(self, name: _Optional[str] = ..., etag: _Optional[str] = ..., request_id: _Optional[str] = ...) -> None: ...

class ReopenRecordResponse(_message.Message):
    __slots__ = ("record",)
    RECORD_FIELD_NUMBER: _ClassVar[int]
    record: _record_pb2.Record
    def __init__(self, record: _Optional[_Union[_record_pb2.Record, _Mapping]] = ...) -> None: ...

class DeleteRecordRequest(_message.Message):
    __slots__ = ("name", "etag", "request_id", "source_version")
    NAME_FIELD_NUMBER: _ClassVar[int]
    ETAG_FIELD_NUMBER: _ClassVar[int]
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    SOURCE_VERSION_FIELD_NUMBER: _ClassVar[int]
    name: str
    etag: str
    request_id: str
    source_version: int
    def __init__(self, name: _Optional[str] = ..., etag: _Optional[str] = ..., request_id: _Optional[str] = ..., source_version: _Optional[int] = ...) -> None: ...

class EraseRecordRequest(_message.Message):
    __slots__ = ("name", "request_id")
    NAME_FIELD_NUMBER: _ClassVar[int]
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    name: str
    request_id: str
    def __init__(self, name: _Optional[str] = ..., request_id: _Optional[str] = ...) -> None: ...

class EraseRecordResponse(_message.Message):
    __slots__ = ()
    def __init__(self) -> None: ...

class DeleteRecordResponse(_message.Message):
    __slots__ = ("effect",)
    class Effect(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
        __slots__ = ()
        EFFECT_UNSPECIFIED: _ClassVar[DeleteRecordResponse.Effect]
        DELETED: _ClassVar[DeleteRecordResponse.Effect]
        OUTDATED: _ClassVar[DeleteRecordResponse.Effect]
    EFFECT_UNSPECIFIED: DeleteRecordResponse.Effect
    DELETED: DeleteRecordResponse.Effect
    OUTDATED: DeleteRecordResponse.Effect
    EFFECT_FIELD_NUMBER: _ClassVar[int]
    effect: DeleteRecordResponse.Effect
    def __init__(self, effect: _Optional[_Union[DeleteRecordResponse.Effect, str]] = ...) -> None: ...

class MergeRecordsRequest(_message.Message):
    __slots__ = ("name", "merged_records", "etag", "request_id")
    NAME_FIELD_NUMBER: _ClassVar[int]
    MERGED_RECORDS_FIELD_NUMBER: _ClassVar[int]
    ETAG_FIELD_NUMBER: _ClassVar[int]
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    name: str
    merged_records: _containers.RepeatedScalarFieldContainer[str]
    etag: str
    request_id: str
    def __init__(self, name: _Optional[str] = ..., merged_records: _Optional[_Iterable[str]] = ..., etag: _Optional[str] = ..., request_id: _Optional[str] = ...) -> None: ...

class MergeRecordsResponse(_message.Message):
    __slots__ = ("record", "continued_count", "exited_count")
    RECORD_FIELD_NUMBER: _ClassVar[int]
    CONTINUED_COUNT_FIELD_NUMBER: _ClassVar[int]
    EXITED_COUNT_FIELD_NUMBER: _ClassVar[int]
    record: _record_pb2.Record
    continued_count: int
    exited_count: int
    def __init__(self, record: _Optional[_Union[_record_pb2.Record, _Mapping]] = ..., continued_count: _Optional[int] = ..., exited_count: _Optional[int] = ...) -> None: ...

class IngestEngagementEventsRequest(_message.Message):
    __slots__ = ("events",)
    EVENTS_FIELD_NUMBER: _ClassVar[int]
    events: _containers.RepeatedCompositeFieldContainer[_engagement_pb2.EngagementEvent]
    def __init__(self, events: _Optional[_Iterable[_Union[_engagement_pb2.EngagementEvent, _Mapping]]] = ...) -> None: ...

class IngestEngagementEventsResponse(_message.Message):
    __slots__ = ("results",)
    class Effect(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
        __slots__ = ()
        EFFECT_UNSPECIFIED: _ClassVar[IngestEngagementEventsResponse.Effect]
        RECORDED: _ClassVar[IngestEngagementEventsResponse.Effect]
        DUPLICATE: _ClassVar[IngestEngagementEventsResponse.Effect]
    EFFECT_UNSPECIFIED: IngestEngagementEventsResponse.Effect
    RECORDED: IngestEngagementEventsResponse.Effect
    DUPLICATE: IngestEngagementEventsResponse.Effect
    class Result(_message.Message):
        __slots__ = ("ingested", "error")
        INGESTED_FIELD_NUMBER: _ClassVar[int]
        ERROR_FIELD_NUMBER: _ClassVar[int]
        ingested: IngestEngagementEventsResponse.Ingested
        error: _status_pb2.Status
        def __init__(self, ingested: _Optional[_Union[IngestEngagementEventsResponse.Ingested, _Mapping]] = ..., error: _Optional[_Union[_status_pb2.Status, _Mapping]] = ...) -> None: ...
    class Ingested(_message.Message):
        __slots__ = ("effect", "completed_activity", "exited_count")
        EFFECT_FIELD_NUMBER: _ClassVar[int]
        COMPLETED_ACTIVITY_FIELD_NUMBER: _ClassVar[int]
        EXITED_COUNT_FIELD_NUMBER: _ClassVar[int]
        effect: IngestEngagementEventsResponse.Effect
        completed_activity: str
        exited_count: int
        def __init__(self, effect: _Optional[_Union[IngestEngagementEventsResponse.Effect, str]] = ..., completed_activity: _Optional[str] = ..., exited_count: _Optional[int] = ...) -> None: ...
    RESULTS_FIELD_NUMBER: _ClassVar[int]
    results: _containers.RepeatedCompositeFieldContainer[IngestEngagementEventsResponse.Result]
    def __init__(self, results: _Optional[_Iterable[_Union[IngestEngagementEventsResponse.Result, _Mapping]]] = ...) -> None: ...
