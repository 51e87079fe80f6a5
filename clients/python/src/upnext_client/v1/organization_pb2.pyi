import datetime

from google.protobuf import duration_pb2 as _duration_pb2
from google.protobuf import timestamp_pb2 as _timestamp_pb2
from upnext_client.v1 import seller_pb2 as _seller_pb2
from upnext_client.v1 import sequence_pb2 as _sequence_pb2
from google.protobuf.internal import containers as _containers
from google.protobuf.internal import enum_type_wrapper as _enum_type_wrapper
from google.protobuf import descriptor as _descriptor
from google.protobuf import message as _message
from collections.abc import Iterable as _Iterable, Mapping as _Mapping
from typing import ClassVar as _ClassVar, Optional as _Optional, Union as _Union

DESCRIPTOR: _descriptor.FileDescriptor

class Organization(_message.Message):
    __slots__ = ("name", "display_name", "settings", "etag", "create_time", "update_time", "seller_attributes")
    class ConsentPolicy(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
        __slots__ = ()
        CONSENT_POLICY_UNSPECIFIED: _ClassVar[Organization.ConsentPolicy]
        WARN: _ClassVar[Organization.ConsentPolicy]
        SKIP: _ClassVar[Organization.ConsentPolicy]
    CONSENT_POLICY_UNSPECIFIED: Organization.ConsentPolicy
    WARN: Organization.ConsentPolicy
    SKIP: Organization.ConsentPolicy
    class SellerAttributesEntry(_message.Message):
        __slots__ = ("key", "value")
        KEY_FIELD_NUMBER: _ClassVar[int]
        VALUE_FIELD_NUMBER: _ClassVar[int]
        key: str
        value: _seller_pb2.SellerAttribute
        def __init__(self, key: _Optional[str] = ..., value: _Optional[_Union[_seller_pb2.SellerAttribute, _Mapping]] = ...) -> None: ...
    class Settings(_message.Message):
        __slots__ = ("phone_outcomes", "dispositions", "limits", "consent_policy", "reopen_grace_period", "seller_authoring", "calendar", "email_calendar", "round_robin_across_rules", "auto_skip_after", "publish_events", "history_retention_days")
        PHONE_OUTCOMES_FIELD_NUMBER: _ClassVar[int]
        DISPOSITIONS_FIELD_NUMBER: _ClassVar[int]
        LIMITS_FIELD_NUMBER: _ClassVar[int]
        CONSENT_POLICY_FIELD_NUMBER: _ClassVar[int]
        REOPEN_GRACE_PERIOD_FIELD_NUMBER: _ClassVar[int]
        SELLER_AUTHORING_FIELD_NUMBER: _ClassVar[int]
        CALENDAR_FIELD_NUMBER: _ClassVar[int]
        EMAIL_CALENDAR_FIELD_NUMBER: _ClassVar[int]
        ROUND_ROBIN_ACROSS_RULES_FIELD_NUMBER: _ClassVar[int]
        AUTO_SKIP_AFTER_FIELD_NUMBER: _ClassVar[int]
        PUBLISH_EVENTS_FIELD_NUMBER: _ClassVar[int]
        HISTORY_RETENTION_DAYS_FIELD_NUMBER: _ClassVar[int]
        phone_outcomes: _containers.RepeatedScalarFieldContainer[str]
        dispositions: _containers.RepeatedScalarFieldContainer[str]
        limits: Organization.Limits
        consent_policy: Organization.ConsentPolicy
        reopen_grace_period: _duration_pb2.Duration
        seller_authoring: bool
        calendar: str
        email_calendar: str
        round_robin_across_rules: bool
        auto_skip_after: _sequence_pb2.Delay
        publish_events: bool
        history_retention_days: int
        def __init__(self, phone_outcomes: _Optional[_Iterable[str]] = ..., dispositions: _Optional[_Iterable[str]] = ..., limits: _Optional[_Union[Organization.Limits, _Mapping]] = ..., consent_policy: _Optional[_Union[Organization.ConsentPolicy, str]] = ..., reopen_grace_period: _Optional[_Union[datetime.timedelta, _duration_pb2.Duration, _Mapping]] = ..., seller_authoring: bool = ..., calendar: _Optional[str] = ..., email_calendar: _Optional[str] = ..., round_robin_across_rules: bool = ..., auto_skip_after: _Optional[_Union[_sequence_pb2.Delay, _Mapping]] = ..., publish_events: bool = ..., history_retention_days: _Optional[int] = ...) -> None: ...
    class Limits(_message.Message):
        __slots__ = ("active_sequences", "active_segments", "active_rules_per_segment", "longest_wait_days", "steps_per_definition", "revisions_per_sequence", "display_name_characters", "description_characters", "emails_per_day", "emails_per_seller_and_day")
        ACTIVE_SEQUENCES_FIELD_NUMBER: _ClassVar[int]
        ACTIVE_SEGMENTS_FIELD_NUMBER: _ClassVar[int]
        ACTIVE_RULES_PER_SEGMENT_FIELD_NUMBER: _ClassVar[int]
        LONGEST_WAIT_DAYS_FIELD_NUMBER: _ClassVar[int]
        STEPS_PER_DEFINITION_FIELD_NUMBER: _ClassVar[int]
        REVISIONS_PER_SEQUENCE_FIELD_NUMBER: _ClassVar[int]
        DISPLAY_NAME_CHARACTERS_FIELD_NUMBER: _ClassVar[int]
        DESCRIPTION_CHARACTERS_FIELD_NUMBER: _ClassVar[int]
        EMAILS_PER_DAY_FIELD_NUMBER: _ClassVar[int]
        EMAILS_PER_SELLER_AND_DAY_FIELD_NUMBER: _ClassVar[int]
        active_sequences: int
        active_segments: int
        active_rules_per_segment: int
        longest_wait_days: int
        steps_per_definition: int
        revisions_per_sequence: int
        display_name_characters: int
        description_characters: int
        emails_per_day: int
        emails_per_seller_and_day: int
        def __init__(self, active_sequences: _Optional[int] = ..., active_segments: _Optional[int] = ..., active_rules_per_segment: _Optional[int] = ..., longest_wait_days: _Optional[int] = ..., steps_per_definition: _Optional[int] = ..., revisions_per_sequence: _Optional[int] = ..., display_name_characters: _Optional[int] = ..., description_characters: _Optional[int] = ..., emails_per_day: _Optional[int] = ..., emails_per_seller_and_day: _Optional[int] = ...) -> None: ...
    NAME_FIELD_NUMBER: _ClassVar[int]
    DISPLAY_NAME_FIELD_NUMBER: _ClassVar[int]
    SETTINGS_FIELD_NUMBER: _ClassVar[int]
    ETAG_FIELD_NUMBER: _ClassVar[int]
    CREATE_TIME_FIELD_NUMBER: _ClassVar[int]
    UPDATE_TIME_FIELD_NUMBER: _ClassVar[int]
    SELLER_ATTRIBUTES_FIELD_NUMBER: _ClassVar[int]
    name: str
    display_name: str
    settings: Organization.Settings
    etag: str
    create_time: _timestamp_pb2.Timestamp
    update_time: _timestamp_pb2.Timestamp
    seller_attributes: _containers.MessageMap[str, _seller_pb2.SellerAttribute]
    def __init__(self, name: _Optional[str] = ..., display_name: _Optional[str] = ..., settings: _Optional[_Union[Organization.Settings, _Mapping]] = ..., etag: _Optional[str] = ..., create_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., update_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., seller_attributes: _Optional[_Mapping[str, _seller_pb2.SellerAttribute]] = ...) -> None: ...
