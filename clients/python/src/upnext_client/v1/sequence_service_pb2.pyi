from google.protobuf import field_mask_pb2 as _field_mask_pb2
from upnext_client.v1 import sequence_pb2 as _sequence_pb2
from google.protobuf.internal import containers as _containers
from google.protobuf.internal import enum_type_wrapper as _enum_type_wrapper
from google.protobuf import descriptor as _descriptor
from google.protobuf import message as _message
from collections.abc import Iterable as _Iterable, Mapping as _Mapping
from typing import ClassVar as _ClassVar, Optional as _Optional, Union as _Union

DESCRIPTOR: _descriptor.FileDescriptor

class CreateSequenceRequest(_message.Message):
    __slots__ = ("sequence_id", "sequence", "request_id")
    SEQUENCE_ID_FIELD_NUMBER: _ClassVar[int]
    SEQUENCE_FIELD_NUMBER: _ClassVar[int]
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    sequence_id: str
    sequence: _sequence_pb2.Sequence
    request_id: str
    def __init__(self, sequence_id: _Optional[str] = ..., sequence: _Optional[_Union[_sequence_pb2.Sequence, _Mapping]] = ..., request_id: _Optional[str] = ...) -> None: ...

class CreateSequenceResponse(_message.Message):
    __slots__ = ("sequence",)
    SEQUENCE_FIELD_NUMBER: _ClassVar[int]
    sequence: _sequence_pb2.Sequence
    def __init__(self, sequence: _Optional[_Union[_sequence_pb2.Sequence, _Mapping]] = ...) -> None: ...

class GetSequenceRequest(_message.Message):
    __slots__ = ("name", "view")
    NAME_FIELD_NUMBER: _ClassVar[int]
    VIEW_FIELD_NUMBER: _ClassVar[int]
    name: str
    view: _sequence_pb2.Sequence.View
    def __init__(self, name: _Optional[str] = ..., view: _Optional[_Union[_sequence_pb2.Sequence.View, str]] = ...) -> None: ...

class GetSequenceResponse(_message.Message):
    __slots__ = ("sequence",)
    SEQUENCE_FIELD_NUMBER: _ClassVar[int]
    sequence: _sequence_pb2.Sequence
    def __init__(self, sequence: _Optional[_Union[_sequence_pb2.Sequence, _Mapping]] = ...) -> None: ...

class ListSequencesRequest(_message.Message):
    __slots__ = ("page_size", "page_token", "filter", "show_deleted")
    PAGE_SIZE_FIELD_NUMBER: _ClassVar[int]
    PAGE_TOKEN_FIELD_NUMBER: _ClassVar[int]
    FILTER_FIELD_NUMBER: _ClassVar[int]
    SHOW_DELETED_FIELD_NUMBER: _ClassVar[int]
    page_size: int
    page_token: str
    filter: str
    show_deleted: bool
    def __init__(self, page_size: _Optional[int] = ..., page_token: _Optional[str] = ..., filter: _Optional[str] = ..., show_deleted: bool = ...) -> None: ...

class ListSequencesResponse(_message.Message):
    __slots__ = ("sequences", "next_page_token")
    SEQUENCES_FIELD_NUMBER: _ClassVar[int]
    NEXT_PAGE_TOKEN_FIELD_NUMBER: _ClassVar[int]
    sequences: _containers.RepeatedCompositeFieldContainer[_sequence_pb2.Sequence]
    next_page_token: str
    def __init__(self, sequences: _Optional[_Iterable[_Union[_sequence_pb2.Sequence, _Mapping]]] = ..., next_page_token: _Optional[str] = ...) -> None: ...

class UpdateSequenceRequest(_message.Message):
    __slots__ = ("sequence", "update_mask", "request_id")
    SEQUENCE_FIELD_NUMBER: _ClassVar[int]
    UPDATE_MASK_FIELD_NUMBER: _ClassVar[int]
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    sequence: _sequence_pb2.Sequence
    update_mask: _field_mask_pb2.FieldMask
    request_id: str
    def __init__(self, sequence: _Optional[_Union[_sequence_pb2.Sequence, _Mapping]] = ..., update_mask: _Optional[_Union[_field_mask_pb2.FieldMask, _Mapping]] = ..., request_id: _Optional[str] = ...) -> None: ...

class UpdateSequenceResponse(_message.Message):
    __slots__ = ("sequence",)
    SEQUENCE_FIELD_NUMBER: _ClassVar[int]
    sequence: _sequence_pb2.Sequence
    def __init__(self, sequence: _Optional[_Union[_sequence_pb2.Sequence, _Mapping]] = ...) -> None: ...

class DeleteSequenceRequest(_message.Message):
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

class DeleteSequenceResponse(_message.Message):
    __slots__ = ("sequence", "exit_operation")
    SEQUENCE_FIELD_NUMBER: _ClassVar[int]
    EXIT_OPERATION_FIELD_NUMBER: _ClassVar[int]
    sequence: _sequence_pb2.Sequence
    exit_operation: str
    def __init__(self, sequence: _Optional[_Union[_sequence_pb2.Sequence, _Mapping]] = ..., exit_operation: _Optional[str] = ...) -> None: ...

class UndeleteSequenceRequest(_message.Message):
    __slots__ = ("name", "request_id")
    NAME_FIELD_NUMBER: _ClassVar[int]
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    name: str
    request_id: str
    def __init__(self, name: _Optional[str] = ..., request_id: _Optional[str] = ...) -> None: ...

class UndeleteSequenceResponse(_message.Message):
    __slots__ = ("sequence",)
    SEQUENCE_FIELD_NUMBER: _ClassVar[int]
    sequence: _sequence_pb2.Sequence
    def __init__(self, sequence: _Optional[_Union[_sequence_pb2.Sequence, _Mapping]] = ...) -> None: ...

class ValidateSequenceRequest(_message.Message):
    __slots__ = ("name",)
    NAME_FIELD_NUMBER: _ClassVar[int]
    name: str
    def __init__(self, name: _Optional[str] = ...) -> None: ...

class ValidateSequenceResponse(_message.Message):
    __slots__ = ("problems",)
    class Problem(_message.Message):
        __slots__ = ("field", "reason", "description")
        FIELD_FIELD_NUMBER: _ClassVar[int]
        REASON_FIELD_NUMBER: _ClassVar[int]
        DESCRIPTION_FIELD_NUMBER: _ClassVar[int]
        field: str
        reason: str
        description: str
        def __init__(self, field: _Optional[str] = ..., reason: _Optional[str] = ..., description: _Optional[str] = ...) -> None: ...
    PROBLEMS_FIELD_NUMBER: _ClassVar[int]
    problems: _containers.RepeatedCompositeFieldContainer[ValidateSequenceResponse.Problem]
    def __init__(self, problems: _Optional[_Iterable[_Union[ValidateSequenceResponse.Problem, _Mapping]]] = ...) -> None: ...

class RenderSequenceRequest(_message.Message):
    __slots__ = ("name", "with_counts")
    NAME_FIELD_NUMBER: _ClassVar[int]
    WITH_COUNTS_FIELD_NUMBER: _ClassVar[int]
    name: str
    with_counts: bool
    def __init__(self, name: _Optional[str] = ..., with_counts: bool = ...) -> None: ...

class RenderSequenceResponse(_message.Message):
    __slots__ = ("mermaid", "steps", "edges", "counted_revision", "elsewhere_count")
    MERMAID_FIELD_NUMBER: _ClassVar[int]
    STEPS_FIELD_NUMBER: _ClassVar[int]
    EDGES_FIELD_NUMBER: _ClassVar[int]
    COUNTED_REVISION_FIELD_NUMBER: _ClassVar[int]
    ELSEWHERE_COUNT_FIELD_NUMBER: _ClassVar[int]
    mermaid: str
    steps: _containers.RepeatedCompositeFieldContainer[RenderedStep]
    edges: _containers.RepeatedCompositeFieldContainer[RenderedEdge]
    counted_revision: str
    elsewhere_count: int
    def __init__(self, mermaid: _Optional[str] = ..., steps: _Optional[_Iterable[_Union[RenderedStep, _Mapping]]] = ..., edges: _Optional[_Iterable[_Union[RenderedEdge, _Mapping]]] = ..., counted_revision: _Optional[str] = ..., elsewhere_count: _Optional[int] = ...) -> None: ...

class RenderedStep(_message.Message):
    __slots__ = ("step_id", "display_name", "caption", "passes", "current_count", "exited_count", "nesting")
    STEP_ID_FIELD_NUMBER: _ClassVar[int]
    DISPLAY_NAME_FIELD_NUMBER: _ClassVar[int]
    CAPTION_FIELD_NUMBER: _ClassVar[int]
    PASSES_FIELD_NUMBER: _ClassVar[int]
    CURRENT_COUNT_FIELD_NUMBER: _ClassVar[int]
    EXITED_COUNT_FIELD_NUMBER: _ClassVar[int]
    NESTING_FIELD_NUMBER: _ClassVar[int]
    step_id: str
    display_name: str
    caption: str
    passes: bool
    current_count: int
    exited_count: int
    nesting: int
    def __init__(self, step_id: _Optional[str] = ..., display_name: _Optional[str] = ..., caption: _Optional[str] = ..., passes: bool = ..., current_count: _Optional[int] = ..., exited_count: _Optional[int] = ..., nesting: _Optional[int] = ...) -> None: ...

class RenderedEdge(_message.Message):
    __slots__ = ("from_step_id", "to_step_id", "passed_count", "label")
    FROM_STEP_ID_FIELD_NUMBER: _ClassVar[int]
    TO_STEP_ID_FIELD_NUMBER: _ClassVar[int]
    PASSED_COUNT_FIELD_NUMBER: _ClassVar[int]
    LABEL_FIELD_NUMBER: _ClassVar[int]
    from_step_id: str
    to_step_id: str
    passed_count: int
    label: str
    def __init__(self, from_step_id: _Optional[str] = ..., to_step_id: _Optional[str] = ..., passed_count: _Optional[int] = ..., label: _Optional[str] = ...) -> None: ...

class ActivateSequenceRequest(_message.Message):
    __slots__ = ("name", "revision_description", "etag", "request_id", "validate_only")
    NAME_FIELD_NUMBER: _ClassVar[int]
    REVISION_DESCRIPTION_FIELD_NUMBER: _ClassVar[int]
    ETAG_FIELD_NUMBER: _ClassVar[int]
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    VALIDATE_ONLY_FIELD_NUMBER: _ClassVar[int]
    name: str
    revision_description: str
    etag: str
    request_id: str
    validate_only: bool
    def __init__(self, name: _Optional[str] = ..., revision_description: _Optional[str] = ..., etag: _Optional[str] = ..., request_id: _Optional[str] = ..., validate_only: bool = ...) -> None: ...

class ActivateSequenceResponse(_message.Message):
    __slots__ = ("sequence", "feed_operation")
    SEQUENCE_FIELD_NUMBER: _ClassVar[int]
    FEED_OPERATION_FIELD_NUMBER: _ClassVar[int]
    sequence: _sequence_pb2.Sequence
    feed_operation: str
    def __init__(self, sequence: _Optional[_Union[_sequence_pb2.Sequence, _Mapping]] = ..., feed_operation: _Optional[str] = ...) -> None: ...

class DeactivateSequenceRequest(_message.Message):
    __slots__ = ("name", "mode", "etag", "request_id")
    class Mode(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
        __slots__ = ()
        MODE_UNSPECIFIED: _ClassVar[DeactivateSequenceRequest.Mode]
        DRAIN: _ClassVar[DeactivateSequenceRequest.Mode]
        PAUSE: _ClassVar[DeactivateSequenceRequest.Mode]
        EXIT: _ClassVar[DeactivateSequenceRequest.Mode]
    MODE_UNSPECIFIED: DeactivateSequenceRequest.Mode
    DRAIN: DeactivateSequenceRequest.Mode
    PAUSE: DeactivateSequenceRequest.Mode
    EXIT: DeactivateSequenceRequest.Mode
    NAME_FIELD_NUMBER: _ClassVar[int]
    MODE_FIELD_NUMBER: _ClassVar[int]
    ETAG_FIELD_NUMBER: _ClassVar[int]
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    name: str
    mode: DeactivateSequenceRequest.Mode
    etag: str
    request_id: str
    def __init__(self, name: _Optional[str] = ..., mode: _Optional[_Union[DeactivateSequenceRequest.Mode, str]] = ..., etag: _Optional[str] = ..., request_id: _Optional[str] = ...) -> None: ...

class DeactivateSequenceResponse(_message.Message):
    __slots__ = ("sequence",)
    SEQUENCE_FIELD_NUMBER: _ClassVar[int]
    sequence: _sequence_pb2.Sequence
    def __init__(self, sequence: _Optional[_Union[_sequence_pb2.Sequence, _Mapping]] = ...) -> None: ...

class DecideSplitRequest(_message.Message):
    __slots__ = ("name", "step_id", "variant_id", "etag", "request_id")
    NAME_FIELD_NUMBER: _ClassVar[int]
    STEP_ID_FIELD_NUMBER: _ClassVar[int]
    VARIANT_ID_FIELD_NUMBER: _ClassVar[int]
    ETAG_FIELD_NUMBER: _ClassVar[int]
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    name: str
    step_id: str
    variant_id: str
    etag: str
    request_id: str
    def __init__(self, name: _Optional[str] = ..., step_id: _Optional[str] = ..., variant_id: _Optional[str] = ..., etag: _Optional[str] = ..., request_id: _Optional[str] = ...) -> None: ...

class DecideSplitResponse(_message.Message):
    __slots__ = ("sequence",)
    SEQUENCE_FIELD_NUMBER: _ClassVar[int]
    sequence: _sequence_pb2.Sequence
    def __init__(self, sequence: _Optional[_Union[_sequence_pb2.Sequence, _Mapping]] = ...) -> None: ...

class GetSequenceRevisionRequest(_message.Message):
    __slots__ = ("name", "view")
    NAME_FIELD_NUMBER: _ClassVar[int]
    VIEW_FIELD_NUMBER: _ClassVar[int]
    name: str
    view: _sequence_pb2.Sequence.View
    def __init__(self, name: _Optional[str] = ..., view: _Optional[_Union[_sequence_pb2.Sequence.View, str]] = ...) -> None: ...

class GetSequenceRevisionResponse(_message.Message):
    __slots__ = ("sequence_revision",)
    SEQUENCE_REVISION_FIELD_NUMBER: _ClassVar[int]
    sequence_revision: _sequence_pb2.SequenceRevision
    def __init__(self, sequence_revision: _Optional[_Union[_sequence_pb2.SequenceRevision, _Mapping]] = ...) -> None: ...

class ListSequenceRevisionsRequest(_message.Message):
    __slots__ = ("parent", "page_size", "page_token")
    PARENT_FIELD_NUMBER: _ClassVar[int]
    PAGE_SIZE_FIELD_NUMBER: _ClassVar[int]
    PAGE_TOKEN_FIELD_NUMBER: _ClassVar[int]
    parent: str
    page_size: int
    page_token: str
    def __init__(self, parent: _Optional[str] = ..., page_size: _Optional[int] = ..., page_token: _Optional[str] = ...) -> None: ...

class ListSequenceRevisionsResponse(_message.Message):
    __slots__ = ("sequence_revisions", "next_page_token")
    SEQUENCE_REVISIONS_FIELD_NUMBER: _ClassVar[int]
    NEXT_PAGE_TOKEN_FIELD_NUMBER: _ClassVar[int]
    sequence_revisions: _containers.RepeatedCompositeFieldContainer[_sequence_pb2.SequenceRevision]
    next_page_token: str
    def __init__(self, sequence_revisions: _Optional[_Iterable[_Union[_sequence_pb2.SequenceRevision, _Mapping]]] = ..., next_page_token: _Optional[str] = ...) -> None: ...
