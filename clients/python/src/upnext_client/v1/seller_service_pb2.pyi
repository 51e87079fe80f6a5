from google.protobuf import field_mask_pb2 as _field_mask_pb2
from upnext_client.v1 import seller_pb2 as _seller_pb2
from google.protobuf.internal import containers as _containers
from google.protobuf import descriptor as _descriptor
from google.protobuf import message as _message
from collections.abc import Iterable as _Iterable, Mapping as _Mapping
from typing import ClassVar as _ClassVar, Optional as _Optional, Union as _Union

DESCRIPTOR: _descriptor.FileDescriptor

class CreateSellerRequest(_message.Message):
    __slots__ = ("seller_id", "seller", "request_id")
    SELLER_ID_FIELD_NUMBER: _ClassVar[int]
    SELLER_FIELD_NUMBER: _ClassVar[int]
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    seller_id: str
    seller: _seller_pb2.Seller
    request_id: str
    def __init__(self, seller_id: _Optional[str] = ..., seller: _Optional[_Union[_seller_pb2.Seller, _Mapping]] = ..., request_id: _Optional[str] = ...) -> None: ...

class CreateSellerResponse(_message.Message):
    __slots__ = ("seller",)
    SELLER_FIELD_NUMBER: _ClassVar[int]
    seller: _seller_pb2.Seller
    def __init__(self, seller: _Optional[_Union[_seller_pb2.Seller, _Mapping]] = ...) -> None: ...

class GetSellerRequest(_message.Message):
    __slots__ = ("name",)
    NAME_FIELD_NUMBER: _ClassVar[int]
    name: str
    def __init__(self, name: _Optional[str] = ...) -> None: ...

class GetSellerResponse(_message.Message):
    __slots__ = ("seller",)
    SELLER_FIELD_NUMBER: _ClassVar[int]
    seller: _seller_pb2.Seller
    def __init__(self, seller: _Optional[_Union[_seller_pb2.Seller, _Mapping]] = ...) -> None: ...

class ListSellersRequest(_message.Message):
    __slots__ = ("page_size", "page_token", "filter")
    PAGE_SIZE_FIELD_NUMBER: _ClassVar[int]
    PAGE_TOKEN_FIELD_NUMBER: _ClassVar[int]
    FILTER_FIELD_NUMBER: _ClassVar[int]
    page_size: int
    page_token: str
    filter: str
    def __init__(self, page_size: _Optional[int] = ..., page_token: _Optional[str] = ..., filter: _Optional[str] = ...) -> None: ...

class ListSellersResponse(_message.Message):
    __slots__ = ("sellers", "next_page_token")
    SELLERS_FIELD_NUMBER: _ClassVar[int]
    NEXT_PAGE_TOKEN_FIELD_NUMBER: _ClassVar[int]
    sellers: _containers.RepeatedCompositeFieldContainer[_seller_pb2.Seller]
    next_page_token: str
    def __init__(self, sellers: _Optional[_Iterable[_Union[_seller_pb2.Seller, _Mapping]]] = ..., next_page_token: _Optional[str] = ...) -> None: ...

class UpdateSellerRequest(_message.Message):
    __slots__ = ("seller", "update_mask", "request_id")
    SELLER_FIELD_NUMBER: _ClassVar[int]
    UPDATE_MASK_FIELD_NUMBER: _ClassVar[int]
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    seller: _seller_pb2.Seller
    update_mask: _field_mask_pb2.FieldMask
    request_id: str
    def __init__(self, seller: _Optional[_Union[_seller_pb2.Seller, _Mapping]] = ..., update_mask: _Optional[_Union[_field_mask_pb2.FieldMask, _Mapping]] = ..., request_id: _Optional[str] = ...) -> None: ...

class UpdateSellerResponse(_message.Message):
    __slots__ = ("seller",)
    SELLER_FIELD_NUMBER: _ClassVar[int]
    seller: _seller_pb2.Seller
    def __init__(self, seller: _Optional[_Union[_seller_pb2.Seller, _Mapping]] = ...) -> None: ...

class DeleteSellerRequest(_message.Message):
    __slots__ = ("name", "etag", "force", "request_id")
    NAME_FIELD_NUMBER: _ClassVar[int]
    ETAG_FIELD_NUMBER: _ClassVar[int]
    FORCE_FIELD_NUMBER: _ClassVar[int]
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    name: str
    etag: str
    force: bool
    request_id: str
    def __init__(self, name: _Optional[str] = ..., etag: _Optional[str] = ..., force: bool = ..., request_id: _Optional[str] = ...) -> None: ...

class DeleteSellerResponse(_message.Message):
    __slots__ = ()
    def __init__(self) -> None: ...

class DeclareSellerAttributesRequest(_message.Message):
    __slots__ = ("attributes", "request_id")
    class AttributesEntry(_message.Message):
        __slots__ = ("key", "value")
        KEY_FIELD_NUMBER: _ClassVar[int]
        VALUE_FIELD_NUMBER: _ClassVar[int]
        key: str
        value: _seller_pb2.SellerAttribute
        def __init__(self, key: _Optional[str] = ..., value: _Optional[_Union[_seller_pb2.SellerAttribute, _Mapping]] = ...) -> None: ...
    ATTRIBUTES_FIELD_NUMBER: _ClassVar[int]
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    attributes: _containers.MessageMap[str, _seller_pb2.SellerAttribute]
    request_id: str
    def __init__(self, attributes: _Optional[_Mapping[str, _seller_pb2.SellerAttribute]] = ..., request_id: _Optional[str] = ...) -> None: ...

class DeclareSellerAttributesResponse(_message.Message):
    __slots__ = ("attributes",)
    class AttributesEntry(_message.Message):
        __slots__ = ("key", "value")
        KEY_FIELD_NUMBER: _ClassVar[int]
        VALUE_FIELD_NUMBER: _ClassVar[int]
        key: str
        value: _seller_pb2.SellerAttribute
        def __init__(self, key: _Optional[str] = ..., value: _Optional[_Union[_seller_pb2.SellerAttribute, _Mapping]] = ...) -> None: ...
    ATTRIBUTES_FIELD_NUMBER: _ClassVar[int]
    attributes: _containers.MessageMap[str, _seller_pb2.SellerAttribute]
    def __init__(self, attributes: _Optional[_Mapping[str, _seller_pb2.SellerAttribute]] = ...) -> None: ...

class DeleteSellerAttributeRequest(_message.Message):
    __slots__ = ("attribute", "request_id")
    ATTRIBUTE_FIELD_NUMBER: _ClassVar[int]
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    attribute: str
    request_id: str
    def __init__(self, attribute: _Optional[str] = ..., request_id: _Optional[str] = ...) -> None: ...

class DeleteSellerAttributeResponse(_message.Message):
    __slots__ = ("attributes",)
    class AttributesEntry(_message.Message):
        __slots__ = ("key", "value")
        KEY_FIELD_NUMBER: _ClassVar[int]
        VALUE_FIELD_NUMBER: _ClassVar[int]
        key: str
        value: _seller_pb2.SellerAttribute
        def __init__(self, key: _Optional[str] = ..., value: _Optional[_Union[_seller_pb2.SellerAttribute, _Mapping]] = ...) -> None: ...
    ATTRIBUTES_FIELD_NUMBER: _ClassVar[int]
    attributes: _containers.MessageMap[str, _seller_pb2.SellerAttribute]
    def __init__(self, attributes: _Optional[_Mapping[str, _seller_pb2.SellerAttribute]] = ...) -> None: ...

class ReassignRecordsRequest(_message.Message):
    __slots__ = ("current_owner", "record_type", "condition", "new_owner", "team", "nobody", "include_closed", "include_activities", "validate_only", "request_id")
    class NoOwner(_message.Message):
        __slots__ = ()
        def __init__(self) -> None: ...
    CURRENT_OWNER_FIELD_NUMBER: _ClassVar[int]
    RECORD_TYPE_FIELD_NUMBER: _ClassVar[int]
    CONDITION_FIELD_NUMBER: _ClassVar[int]
    NEW_OWNER_FIELD_NUMBER: _ClassVar[int]
    TEAM_FIELD_NUMBER: _ClassVar[int]
    NOBODY_FIELD_NUMBER: _ClassVar[int]
    INCLUDE_CLOSED_FIELD_NUMBER: _ClassVar[int]
    INCLUDE_ACTIVITIES_FIELD_NUMBER: _ClassVar[int]
    VALIDATE_ONLY_FIELD_NUMBER: _ClassVar[int]
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    current_owner: str
    record_type: str
    condition: str
    new_owner: str
    team: str
    nobody: ReassignRecordsRequest.NoOwner
    include_closed: bool
    include_activities: bool
    validate_only: bool
    request_id: str
    def __init__(self, current_owner: _Optional[str] = ..., record_type: _Optional[str] = ..., condition: _Optional[str] = ..., new_owner: _Optional[str] = ..., team: _Optional[str] = ..., nobody: _Optional[_Union[ReassignRecordsRequest.NoOwner, _Mapping]] = ..., include_closed: bool = ..., include_activities: bool = ..., validate_only: bool = ..., request_id: _Optional[str] = ...) -> None: ...

class ReassignRecordsResponse(_message.Message):
    __slots__ = ("operation", "record_count", "activity_count")
    OPERATION_FIELD_NUMBER: _ClassVar[int]
    RECORD_COUNT_FIELD_NUMBER: _ClassVar[int]
    ACTIVITY_COUNT_FIELD_NUMBER: _ClassVar[int]
    operation: str
    record_count: int
    activity_count: int
    def __init__(self, operation: _Optional[str] = ..., record_count: _Optional[int] = ..., activity_count: _Optional[int] = ...) -> None: ...

class HandBackRecordsRequest(_message.Message):
    __slots__ = ("operation", "validate_only", "request_id")
    OPERATION_FIELD_NUMBER: _ClassVar[int]
    VALIDATE_ONLY_FIELD_NUMBER: _ClassVar[int]
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    operation: str
    validate_only: bool
    request_id: str
    def __init__(self, operation: _Optional[str] = ..., validate_only: bool = ..., request_id: _Optional[str] = ...) -> None: ...

class HandBackRecordsResponse(_message.Message):
    __slots__ = ("operation", "record_count", "activity_count")
    OPERATION_FIELD_NUMBER: _ClassVar[int]
    RECORD_COUNT_FIELD_NUMBER: _ClassVar[int]
    ACTIVITY_COUNT_FIELD_NUMBER: _ClassVar[int]
    operation: str
    record_count: int
    activity_count: int
    def __init__(self, operation: _Optional[str] = ..., record_count: _Optional[int] = ..., activity_count: _Optional[int] = ...) -> None: ...
