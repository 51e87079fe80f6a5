import datetime

from google.protobuf import timestamp_pb2 as _timestamp_pb2
from google.protobuf.internal import enum_type_wrapper as _enum_type_wrapper
from google.protobuf import descriptor as _descriptor
from google.protobuf import message as _message
from collections.abc import Mapping as _Mapping
from typing import ClassVar as _ClassVar, Optional as _Optional, Union as _Union

DESCRIPTOR: _descriptor.FileDescriptor

class EngagementEvent(_message.Message):
    __slots__ = ("event_id", "record", "activity", "event_time", "email_opened", "replied", "link_clicked", "attachment_downloaded", "bounced", "unsubscribed", "resubscribed", "out_of_office", "call_outcome", "meeting_booked", "email_sent", "call_ended")
    class EventKind(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
        __slots__ = ()
        EVENT_KIND_UNSPECIFIED: _ClassVar[EngagementEvent.EventKind]
        EMAIL_OPENED: _ClassVar[EngagementEvent.EventKind]
        REPLIED: _ClassVar[EngagementEvent.EventKind]
        LINK_CLICKED: _ClassVar[EngagementEvent.EventKind]
        ATTACHMENT_DOWNLOADED: _ClassVar[EngagementEvent.EventKind]
        BOUNCED: _ClassVar[EngagementEvent.EventKind]
        UNSUBSCRIBED: _ClassVar[EngagementEvent.EventKind]
        RESUBSCRIBED: _ClassVar[EngagementEvent.EventKind]
        OUT_OF_OFFICE: _ClassVar[EngagementEvent.EventKind]
        CALL_OUTCOME: _ClassVar[EngagementEvent.EventKind]
        MEETING_BOOKED: _ClassVar[EngagementEvent.EventKind]
        EMAIL_SENT: _ClassVar[EngagementEvent.EventKind]
        CALL_ENDED: _ClassVar[EngagementEvent.EventKind]
    EVENT_KIND_UNSPECIFIED: EngagementEvent.EventKind
    EMAIL_OPENED: EngagementEvent.EventKind
    REPLIED: EngagementEvent.EventKind
    LINK_CLICKED: EngagementEvent.EventKind
    ATTACHMENT_DOWNLOADED: EngagementEvent.EventKind
    BOUNCED: EngagementEvent.EventKind
    UNSUBSCRIBED: EngagementEvent.EventKind
    RESUBSCRIBED: EngagementEvent.EventKind
    OUT_OF_OFFICE: EngagementEvent.EventKind
    CALL_OUTCOME: EngagementEvent.EventKind
    MEETING_BOOKED: EngagementEvent.EventKind
    EMAIL_SENT: EngagementEvent.EventKind
    CALL_ENDED: EngagementEvent.EventKind
    EVENT_ID_FIELD_NUMBER: _ClassVar[int]
    RECORD_FIELD_NUMBER: _ClassVar[int]
    ACTIVITY_FIELD_NUMBER: _ClassVar[int]
    EVENT_TIME_FIELD_NUMBER: _ClassVar[int]
    EMAIL_OPENED_FIELD_NUMBER: _ClassVar[int]
    REPLIED_FIELD_NUMBER: _ClassVar[int]
    LINK_CLICKED_FIELD_NUMBER: _ClassVar[int]
    ATTACHMENT_DOWNLOADED_FIELD_NUMBER: _ClassVar[int]
    BOUNCED_FIELD_NUMBER: _ClassVar[int]
    UNSUBSCRIBED_FIELD_NUMBER: _ClassVar[int]
    RESUBSCRIBED_FIELD_NUMBER: _ClassVar[int]
    OUT_OF_OFFICE_FIELD_NUMBER: _ClassVar[int]
    CALL_OUTCOME_FIELD_NUMBER: _ClassVar[int]
    MEETING_BOOKED_FIELD_NUMBER: _ClassVar[int]
    EMAIL_SENT_FIELD_NUMBER: _ClassVar[int]
    CALL_ENDED_FIELD_NUMBER: _ClassVar[int]
    event_id: str
    record: str
    activity: str
    event_time: _timestamp_pb2.Timestamp
    email_opened: EmailOpened
    replied: EmailReplied
    link_clicked: EmailLinkClicked
    attachment_downloaded: EmailAttachmentDownloaded
    bounced: EmailBounced
    unsubscribed: Unsubscribed
    resubscribed: Resubscribed
    out_of_office: OutOfOffice
    call_outcome: CallOutcomeReported
    meeting_booked: MeetingBooked
    email_sent: EmailSent
    call_ended: CallEnded
    def __init__(self, event_id: _Optional[str] = ..., record: _Optional[str] = ..., activity: _Optional[str] = ..., event_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., email_opened: _Optional[_Union[EmailOpened, _Mapping]] = ..., replied: _Optional[_Union[EmailReplied, _Mapping]] = ..., link_clicked: _Optional[_Union[EmailLinkClicked, _Mapping]] = ..., attachment_downloaded: _Optional[_Union[EmailAttachmentDownloaded, _Mapping]] = ..., bounced: _Optional[_Union[EmailBounced, _Mapping]] = ..., unsubscribed: _Optional[_Union[Unsubscribed, _Mapping]] = ..., resubscribed: _Optional[_Union[Resubscribed, _Mapping]] = ..., out_of_office: _Optional[_Union[OutOfOffice, _Mapping]] = ..., call_outcome: _Optional[_Union[CallOutcomeReported, _Mapping]] = ..., meeting_booked: _Optional[_Union[MeetingBooked, _Mapping]] = ..., email_sent: _Optional[_Union[EmailSent, _Mapping]] = ..., call_ended: _Optional[_Union[CallEnded, _Mapping]] = ...) -> None: ...

class EmailOpened(_message.Message):
    __slots__ = ("by_machine",)
    BY_MACHINE_FIELD_NUMBER: _ClassVar[int]
    by_machine: bool
    def __init__(self, by_machine: bool = ...) -> None: ...

class EmailReplied(_message.Message):
    __slots__ = ()
    def __init__(self) -> None: ...

class EmailLinkClicked(_message.Message):
    __slots__ = ("by_machine",)
    BY_MACHINE_FIELD_NUMBER: _ClassVar[int]
    by_machine: bool
    def __init__(self, by_machine: bool = ...) -> None: ...

class EmailAttachmentDownloaded(_message.Message):
    __slots__ = ("by_machine",)
    BY_MACHINE_FIELD_NUMBER: _ClassVar[int]
    by_machine: bool
    def __init__(self, by_machine: bool = ...) -> None: ...

class EmailBounced(_message.Message):
    __slots__ = ()
    def __init__(self) -> None: ...

class Unsubscribed(_message.Message):
    __slots__ = ()
    def __init__(self) -> None: ...

class Resubscribed(_message.Message):
    __slots__ = ()
    def __init__(self) -> None: ...

class OutOfOffice(_message.Message):
    __slots__ = ("return_time",)
    RETURN_TIME_FIELD_NUMBER: _ClassVar[int]
    return_time: _timestamp_pb2.Timestamp
    def __init__(self, return_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ...) -> None: ...

class CallOutcomeReported(_message.Message):
    __slots__ = ("outcome",)
    OUTCOME_FIELD_NUMBER: _ClassVar[int]
    outcome: str
    def __init__(self, outcome: _Optional[str] = ...) -> None: ...

class MeetingBooked(_message.Message):
    __slots__ = ()
    def __init__(self) -> None: ...

class EmailSent(_message.Message):
    __slots__ = ()
    def __init__(self) -> None: ...

class CallEnded(_message.Message):
    __slots__ = ("outcome",)
    OUTCOME_FIELD_NUMBER: _ClassVar[int]
    outcome: str
    def __init__(self, outcome: _Optional[str] = ...) -> None: ...
