import datetime

from google.protobuf import struct_pb2 as _struct_pb2
from google.protobuf import duration_pb2 as _duration_pb2
from google.protobuf import timestamp_pb2 as _timestamp_pb2
from upnext_client.v1 import calendar_pb2 as _calendar_pb2
from google.protobuf.internal import containers as _containers
from google.protobuf.internal import enum_type_wrapper as _enum_type_wrapper
from google.protobuf import descriptor as _descriptor
from google.protobuf import message as _message
from collections.abc import Iterable as _Iterable, Mapping as _Mapping
from typing import ClassVar as _ClassVar, Optional as _Optional, Union as _Union

DESCRIPTOR: _descriptor.FileDescriptor

class Sequence(_message.Message):
    __slots__ = ("name", "display_name", "description", "record_type", "steps", "state", "revision", "draft_changed", "connected_segments", "open_enrollment_count", "etag", "create_time", "update_time", "delete_time", "pause_time", "exit_criteria", "working_hours_only", "priority", "assign_to", "split_winners", "owner", "tags", "reenrollment", "throttle")
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
    OPEN_ENROLLMENT_COUNT_FIELD_NUMBER: _ClassVar[int]
    ETAG_FIELD_NUMBER: _ClassVar[int]
    CREATE_TIME_FIELD_NUMBER: _ClassVar[int]
    UPDATE_TIME_FIELD_NUMBER: _ClassVar[int]
    DELETE_TIME_FIELD_NUMBER: _ClassVar[int]
    PAUSE_TIME_FIELD_NUMBER: _ClassVar[int]
    EXIT_CRITERIA_FIELD_NUMBER: _ClassVar[int]
    WORKING_HOURS_ONLY_FIELD_NUMBER: _ClassVar[int]
    PRIORITY_FIELD_NUMBER: _ClassVar[int]
    ASSIGN_TO_FIELD_NUMBER: _ClassVar[int]
    SPLIT_WINNERS_FIELD_NUMBER: _ClassVar[int]
    OWNER_FIELD_NUMBER: _ClassVar[int]
    TAGS_FIELD_NUMBER: _ClassVar[int]
    REENROLLMENT_FIELD_NUMBER: _ClassVar[int]
    THROTTLE_FIELD_NUMBER: _ClassVar[int]
    name: str
    display_name: str
    description: str
    record_type: str
    steps: _containers.RepeatedCompositeFieldContainer[Step]
    state: Sequence.State
    revision: int
    draft_changed: bool
    connected_segments: _containers.RepeatedScalarFieldContainer[str]
    open_enrollment_count: int
    etag: str
    create_time: _timestamp_pb2.Timestamp
    update_time: _timestamp_pb2.Timestamp
    delete_time: _timestamp_pb2.Timestamp
    pause_time: _timestamp_pb2.Timestamp
    exit_criteria: ExitCriteria
    working_hours_only: bool
    priority: int
    assign_to: Assignee
    split_winners: _containers.RepeatedCompositeFieldContainer[SplitWinner]
    owner: str
    tags: _containers.RepeatedScalarFieldContainer[str]
    reenrollment: Reenrollment
    throttle: Throttle
    def __init__(self, name: _Optional[str] = ..., display_name: _Optional[str] = ..., description: _Optional[str] = ..., record_type: _Optional[str] = ..., steps: _Optional[_Iterable[_Union[Step, _Mapping]]] = ..., state: _Optional[_Union[Sequence.State, str]] = ..., revision: _Optional[int] = ..., draft_changed: bool = ..., connected_segments: _Optional[_Iterable[str]] = ..., open_enrollment_count: _Optional[int] = ..., etag: _Optional[str] = ..., create_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., update_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., delete_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., pause_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., exit_criteria: _Optional[_Union[ExitCriteria, _Mapping]] = ..., working_hours_only: bool = ..., priority: _Optional[int] = ..., assign_to: _Optional[_Union[Assignee, _Mapping]] = ..., split_winners: _Optional[_Iterable[_Union[SplitWinner, _Mapping]]] = ..., owner: _Optional[str] = ..., tags: _Optional[_Iterable[str]] = ..., reenrollment: _Optional[_Union[Reenrollment, _Mapping]] = ..., throttle: _Optional[_Union[Throttle, _Mapping]] = ...) -> None: ...

class SplitWinner(_message.Message):
    __slots__ = ("step_id", "variant_id")
    STEP_ID_FIELD_NUMBER: _ClassVar[int]
    VARIANT_ID_FIELD_NUMBER: _ClassVar[int]
    step_id: str
    variant_id: str
    def __init__(self, step_id: _Optional[str] = ..., variant_id: _Optional[str] = ...) -> None: ...

class Reenrollment(_message.Message):
    __slots__ = ("by_segment", "by_hand", "gap")
    class Policy(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
        __slots__ = ()
        POLICY_UNSPECIFIED: _ClassVar[Reenrollment.Policy]
        NEVER: _ClassVar[Reenrollment.Policy]
        AFTER_GAP: _ClassVar[Reenrollment.Policy]
        ALWAYS: _ClassVar[Reenrollment.Policy]
    POLICY_UNSPECIFIED: Reenrollment.Policy
    NEVER: Reenrollment.Policy
    AFTER_GAP: Reenrollment.Policy
    ALWAYS: Reenrollment.Policy
    BY_SEGMENT_FIELD_NUMBER: _ClassVar[int]
    BY_HAND_FIELD_NUMBER: _ClassVar[int]
    GAP_FIELD_NUMBER: _ClassVar[int]
    by_segment: Reenrollment.Policy
    by_hand: Reenrollment.Policy
    gap: Delay
    def __init__(self, by_segment: _Optional[_Union[Reenrollment.Policy, str]] = ..., by_hand: _Optional[_Union[Reenrollment.Policy, str]] = ..., gap: _Optional[_Union[Delay, _Mapping]] = ...) -> None: ...

class Throttle(_message.Message):
    __slots__ = ("new_per_seller_and_day", "active_per_seller")
    NEW_PER_SELLER_AND_DAY_FIELD_NUMBER: _ClassVar[int]
    ACTIVE_PER_SELLER_FIELD_NUMBER: _ClassVar[int]
    new_per_seller_and_day: int
    active_per_seller: int
    def __init__(self, new_per_seller_and_day: _Optional[int] = ..., active_per_seller: _Optional[int] = ...) -> None: ...

class ExitCriteria(_message.Message):
    __slots__ = ("replied", "bounced", "unsubscribed", "account_replied", "meeting_booked", "goal_condition", "no_consent", "out_of_office_hold")
    REPLIED_FIELD_NUMBER: _ClassVar[int]
    BOUNCED_FIELD_NUMBER: _ClassVar[int]
    UNSUBSCRIBED_FIELD_NUMBER: _ClassVar[int]
    ACCOUNT_REPLIED_FIELD_NUMBER: _ClassVar[int]
    MEETING_BOOKED_FIELD_NUMBER: _ClassVar[int]
    GOAL_CONDITION_FIELD_NUMBER: _ClassVar[int]
    NO_CONSENT_FIELD_NUMBER: _ClassVar[int]
    OUT_OF_OFFICE_HOLD_FIELD_NUMBER: _ClassVar[int]
    replied: bool
    bounced: bool
    unsubscribed: bool
    account_replied: bool
    meeting_booked: bool
    goal_condition: str
    no_consent: bool
    out_of_office_hold: bool
    def __init__(self, replied: bool = ..., bounced: bool = ..., unsubscribed: bool = ..., account_replied: bool = ..., meeting_booked: bool = ..., goal_condition: _Optional[str] = ..., no_consent: bool = ..., out_of_office_hold: bool = ...) -> None: ...

class Step(_message.Message):
    __slots__ = ("step_id", "display_name", "description", "assign_to", "email", "phone_call", "task", "wait", "automated_email", "text_message", "automated_text_message", "linked_in", "branch", "split", "update_attribute", "assign_owner", "advance_to_sequence", "emit_event", "appointment", "auto_skip_after")
    STEP_ID_FIELD_NUMBER: _ClassVar[int]
    DISPLAY_NAME_FIELD_NUMBER: _ClassVar[int]
    DESCRIPTION_FIELD_NUMBER: _ClassVar[int]
    ASSIGN_TO_FIELD_NUMBER: _ClassVar[int]
    EMAIL_FIELD_NUMBER: _ClassVar[int]
    PHONE_CALL_FIELD_NUMBER: _ClassVar[int]
    TASK_FIELD_NUMBER: _ClassVar[int]
    WAIT_FIELD_NUMBER: _ClassVar[int]
    AUTOMATED_EMAIL_FIELD_NUMBER: _ClassVar[int]
    TEXT_MESSAGE_FIELD_NUMBER: _ClassVar[int]
    AUTOMATED_TEXT_MESSAGE_FIELD_NUMBER: _ClassVar[int]
    LINKED_IN_FIELD_NUMBER: _ClassVar[int]
    BRANCH_FIELD_NUMBER: _ClassVar[int]
    SPLIT_FIELD_NUMBER: _ClassVar[int]
    UPDATE_ATTRIBUTE_FIELD_NUMBER: _ClassVar[int]
    ASSIGN_OWNER_FIELD_NUMBER: _ClassVar[int]
    ADVANCE_TO_SEQUENCE_FIELD_NUMBER: _ClassVar[int]
    EMIT_EVENT_FIELD_NUMBER: _ClassVar[int]
    APPOINTMENT_FIELD_NUMBER: _ClassVar[int]
    AUTO_SKIP_AFTER_FIELD_NUMBER: _ClassVar[int]
    step_id: str
    display_name: str
    description: str
    assign_to: Assignee
    email: EmailStep
    phone_call: PhoneCallStep
    task: TaskStep
    wait: WaitStep
    automated_email: AutomatedEmailStep
    text_message: TextMessageStep
    automated_text_message: AutomatedTextMessageStep
    linked_in: LinkedInStep
    branch: BranchStep
    split: SplitStep
    update_attribute: UpdateAttributeStep
    assign_owner: AssignOwnerStep
    advance_to_sequence: AdvanceToSequenceStep
    emit_event: EmitEventStep
    appointment: AppointmentStep
    auto_skip_after: Delay
    def __init__(self, step_id: _Optional[str] = ..., display_name: _Optional[str] = ..., description: _Optional[str] = ..., assign_to: _Optional[_Union[Assignee, _Mapping]] = ..., email: _Optional[_Union[EmailStep, _Mapping]] = ..., phone_call: _Optional[_Union[PhoneCallStep, _Mapping]] = ..., task: _Optional[_Union[TaskStep, _Mapping]] = ..., wait: _Optional[_Union[WaitStep, _Mapping]] = ..., automated_email: _Optional[_Union[AutomatedEmailStep, _Mapping]] = ..., text_message: _Optional[_Union[TextMessageStep, _Mapping]] = ..., automated_text_message: _Optional[_Union[AutomatedTextMessageStep, _Mapping]] = ..., linked_in: _Optional[_Union[LinkedInStep, _Mapping]] = ..., branch: _Optional[_Union[BranchStep, _Mapping]] = ..., split: _Optional[_Union[SplitStep, _Mapping]] = ..., update_attribute: _Optional[_Union[UpdateAttributeStep, _Mapping]] = ..., assign_owner: _Optional[_Union[AssignOwnerStep, _Mapping]] = ..., advance_to_sequence: _Optional[_Union[AdvanceToSequenceStep, _Mapping]] = ..., emit_event: _Optional[_Union[EmitEventStep, _Mapping]] = ..., appointment: _Optional[_Union[AppointmentStep, _Mapping]] = ..., auto_skip_after: _Optional[_Union[Delay, _Mapping]] = ...) -> None: ...

class Assignee(_message.Message):
    __slots__ = ("record_owner", "attribute", "team", "enroller")
    class NotAssignedReason(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
        __slots__ = ()
        NOT_ASSIGNED_REASON_UNSPECIFIED: _ClassVar[Assignee.NotAssignedReason]
        ATTRIBUTE_MISSING: _ClassVar[Assignee.NotAssignedReason]
        SELLER_UNKNOWN: _ClassVar[Assignee.NotAssignedReason]
        TEAM_UNKNOWN: _ClassVar[Assignee.NotAssignedReason]
        NO_ENROLLER: _ClassVar[Assignee.NotAssignedReason]
    NOT_ASSIGNED_REASON_UNSPECIFIED: Assignee.NotAssignedReason
    ATTRIBUTE_MISSING: Assignee.NotAssignedReason
    SELLER_UNKNOWN: Assignee.NotAssignedReason
    TEAM_UNKNOWN: Assignee.NotAssignedReason
    NO_ENROLLER: Assignee.NotAssignedReason
    RECORD_OWNER_FIELD_NUMBER: _ClassVar[int]
    ATTRIBUTE_FIELD_NUMBER: _ClassVar[int]
    TEAM_FIELD_NUMBER: _ClassVar[int]
    ENROLLER_FIELD_NUMBER: _ClassVar[int]
    record_owner: RecordOwner
    attribute: str
    team: str
    enroller: Enroller
    def __init__(self, record_owner: _Optional[_Union[RecordOwner, _Mapping]] = ..., attribute: _Optional[str] = ..., team: _Optional[str] = ..., enroller: _Optional[_Union[Enroller, _Mapping]] = ...) -> None: ...

class RecordOwner(_message.Message):
    __slots__ = ()
    def __init__(self) -> None: ...

class Enroller(_message.Message):
    __slots__ = ()
    def __init__(self) -> None: ...

class EmailStep(_message.Message):
    __slots__ = ("template",)
    TEMPLATE_FIELD_NUMBER: _ClassVar[int]
    template: str
    def __init__(self, template: _Optional[str] = ...) -> None: ...

class PhoneCallStep(_message.Message):
    __slots__ = ("script", "retry")
    class CallRetry(_message.Message):
        __slots__ = ("max_calls", "delay", "reached_outcomes")
        MAX_CALLS_FIELD_NUMBER: _ClassVar[int]
        DELAY_FIELD_NUMBER: _ClassVar[int]
        REACHED_OUTCOMES_FIELD_NUMBER: _ClassVar[int]
        max_calls: int
        delay: Delay
        reached_outcomes: _containers.RepeatedScalarFieldContainer[str]
        def __init__(self, max_calls: _Optional[int] = ..., delay: _Optional[_Union[Delay, _Mapping]] = ..., reached_outcomes: _Optional[_Iterable[str]] = ...) -> None: ...
    SCRIPT_FIELD_NUMBER: _ClassVar[int]
    RETRY_FIELD_NUMBER: _ClassVar[int]
    script: str
    retry: PhoneCallStep.CallRetry
    def __init__(self, script: _Optional[str] = ..., retry: _Optional[_Union[PhoneCallStep.CallRetry, _Mapping]] = ...) -> None: ...

class TaskStep(_message.Message):
    __slots__ = ()
    def __init__(self) -> None: ...

class AutomatedEmailStep(_message.Message):
    __slots__ = ("template",)
    TEMPLATE_FIELD_NUMBER: _ClassVar[int]
    template: str
    def __init__(self, template: _Optional[str] = ...) -> None: ...

class TextMessageStep(_message.Message):
    __slots__ = ("template",)
    TEMPLATE_FIELD_NUMBER: _ClassVar[int]
    template: str
    def __init__(self, template: _Optional[str] = ...) -> None: ...

class AutomatedTextMessageStep(_message.Message):
    __slots__ = ("template",)
    TEMPLATE_FIELD_NUMBER: _ClassVar[int]
    template: str
    def __init__(self, template: _Optional[str] = ...) -> None: ...

class LinkedInStep(_message.Message):
    __slots__ = ("action",)
    class Action(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
        __slots__ = ()
        ACTION_UNSPECIFIED: _ClassVar[LinkedInStep.Action]
        RESEARCH: _ClassVar[LinkedInStep.Action]
        CONNECT: _ClassVar[LinkedInStep.Action]
        GET_INTRODUCED: _ClassVar[LinkedInStep.Action]
        SEND_IN_MAIL: _ClassVar[LinkedInStep.Action]
    ACTION_UNSPECIFIED: LinkedInStep.Action
    RESEARCH: LinkedInStep.Action
    CONNECT: LinkedInStep.Action
    GET_INTRODUCED: LinkedInStep.Action
    SEND_IN_MAIL: LinkedInStep.Action
    ACTION_FIELD_NUMBER: _ClassVar[int]
    action: LinkedInStep.Action
    def __init__(self, action: _Optional[_Union[LinkedInStep.Action, str]] = ...) -> None: ...

class AppointmentStep(_message.Message):
    __slots__ = ("duration", "location")
    DURATION_FIELD_NUMBER: _ClassVar[int]
    LOCATION_FIELD_NUMBER: _ClassVar[int]
    duration: _duration_pb2.Duration
    location: str
    def __init__(self, duration: _Optional[_Union[datetime.timedelta, _duration_pb2.Duration, _Mapping]] = ..., location: _Optional[str] = ...) -> None: ...

class BranchStep(_message.Message):
    __slots__ = ("condition", "yes_steps", "no_steps")
    CONDITION_FIELD_NUMBER: _ClassVar[int]
    YES_STEPS_FIELD_NUMBER: _ClassVar[int]
    NO_STEPS_FIELD_NUMBER: _ClassVar[int]
    condition: BranchCondition
    yes_steps: _containers.RepeatedCompositeFieldContainer[Step]
    no_steps: _containers.RepeatedCompositeFieldContainer[Step]
    def __init__(self, condition: _Optional[_Union[BranchCondition, _Mapping]] = ..., yes_steps: _Optional[_Iterable[_Union[Step, _Mapping]]] = ..., no_steps: _Optional[_Iterable[_Union[Step, _Mapping]]] = ...) -> None: ...

class BranchCondition(_message.Message):
    __slots__ = ("engagement", "call_outcome", "record", "stage", "step")
    ENGAGEMENT_FIELD_NUMBER: _ClassVar[int]
    CALL_OUTCOME_FIELD_NUMBER: _ClassVar[int]
    RECORD_FIELD_NUMBER: _ClassVar[int]
    STAGE_FIELD_NUMBER: _ClassVar[int]
    STEP_FIELD_NUMBER: _ClassVar[int]
    engagement: EngagementCondition
    call_outcome: CallOutcomeCondition
    record: RecordCondition
    stage: StageCondition
    step: StepCondition
    def __init__(self, engagement: _Optional[_Union[EngagementCondition, _Mapping]] = ..., call_outcome: _Optional[_Union[CallOutcomeCondition, _Mapping]] = ..., record: _Optional[_Union[RecordCondition, _Mapping]] = ..., stage: _Optional[_Union[StageCondition, _Mapping]] = ..., step: _Optional[_Union[StepCondition, _Mapping]] = ...) -> None: ...

class EngagementCondition(_message.Message):
    __slots__ = ("step_id", "actions", "all", "limit", "wait_for_limit")
    class Action(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
        __slots__ = ()
        ACTION_UNSPECIFIED: _ClassVar[EngagementCondition.Action]
        OPENED: _ClassVar[EngagementCondition.Action]
        REPLIED: _ClassVar[EngagementCondition.Action]
        LINK_CLICKED: _ClassVar[EngagementCondition.Action]
        ATTACHMENT_DOWNLOADED: _ClassVar[EngagementCondition.Action]
    ACTION_UNSPECIFIED: EngagementCondition.Action
    OPENED: EngagementCondition.Action
    REPLIED: EngagementCondition.Action
    LINK_CLICKED: EngagementCondition.Action
    ATTACHMENT_DOWNLOADED: EngagementCondition.Action
    STEP_ID_FIELD_NUMBER: _ClassVar[int]
    ACTIONS_FIELD_NUMBER: _ClassVar[int]
    ALL_FIELD_NUMBER: _ClassVar[int]
    LIMIT_FIELD_NUMBER: _ClassVar[int]
    WAIT_FOR_LIMIT_FIELD_NUMBER: _ClassVar[int]
    step_id: str
    actions: _containers.RepeatedScalarFieldContainer[EngagementCondition.Action]
    all: bool
    limit: Delay
    wait_for_limit: bool
    def __init__(self, step_id: _Optional[str] = ..., actions: _Optional[_Iterable[_Union[EngagementCondition.Action, str]]] = ..., all: bool = ..., limit: _Optional[_Union[Delay, _Mapping]] = ..., wait_for_limit: bool = ...) -> None: ...

class CallOutcomeCondition(_message.Message):
    __slots__ = ("step_id", "outcomes")
    STEP_ID_FIELD_NUMBER: _ClassVar[int]
    OUTCOMES_FIELD_NUMBER: _ClassVar[int]
    step_id: str
    outcomes: _containers.RepeatedScalarFieldContainer[str]
    def __init__(self, step_id: _Optional[str] = ..., outcomes: _Optional[_Iterable[str]] = ...) -> None: ...

class RecordCondition(_message.Message):
    __slots__ = ("condition",)
    CONDITION_FIELD_NUMBER: _ClassVar[int]
    condition: str
    def __init__(self, condition: _Optional[str] = ...) -> None: ...

class StageCondition(_message.Message):
    __slots__ = ("stages",)
    STAGES_FIELD_NUMBER: _ClassVar[int]
    stages: _containers.RepeatedScalarFieldContainer[str]
    def __init__(self, stages: _Optional[_Iterable[str]] = ...) -> None: ...

class StepCondition(_message.Message):
    __slots__ = ("step_id", "ending")
    class Ending(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
        __slots__ = ()
        ENDING_UNSPECIFIED: _ClassVar[StepCondition.Ending]
        COMPLETED: _ClassVar[StepCondition.Ending]
        SKIPPED: _ClassVar[StepCondition.Ending]
    ENDING_UNSPECIFIED: StepCondition.Ending
    COMPLETED: StepCondition.Ending
    SKIPPED: StepCondition.Ending
    STEP_ID_FIELD_NUMBER: _ClassVar[int]
    ENDING_FIELD_NUMBER: _ClassVar[int]
    step_id: str
    ending: StepCondition.Ending
    def __init__(self, step_id: _Optional[str] = ..., ending: _Optional[_Union[StepCondition.Ending, str]] = ...) -> None: ...

class SplitStep(_message.Message):
    __slots__ = ("variants", "end_time", "default_variant", "goal")
    VARIANTS_FIELD_NUMBER: _ClassVar[int]
    END_TIME_FIELD_NUMBER: _ClassVar[int]
    DEFAULT_VARIANT_FIELD_NUMBER: _ClassVar[int]
    GOAL_FIELD_NUMBER: _ClassVar[int]
    variants: _containers.RepeatedCompositeFieldContainer[SplitVariant]
    end_time: _timestamp_pb2.Timestamp
    default_variant: str
    goal: SplitGoal
    def __init__(self, variants: _Optional[_Iterable[_Union[SplitVariant, _Mapping]]] = ..., end_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., default_variant: _Optional[str] = ..., goal: _Optional[_Union[SplitGoal, _Mapping]] = ...) -> None: ...

class SplitGoal(_message.Message):
    __slots__ = ("metric", "decide_at_end", "min_enrollments")
    class Metric(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
        __slots__ = ()
        METRIC_UNSPECIFIED: _ClassVar[SplitGoal.Metric]
        EMAIL_OPENED: _ClassVar[SplitGoal.Metric]
        LINK_CLICKED: _ClassVar[SplitGoal.Metric]
        REPLIED: _ClassVar[SplitGoal.Metric]
        MEETING_BOOKED: _ClassVar[SplitGoal.Metric]
        GOAL_MET: _ClassVar[SplitGoal.Metric]
        WON: _ClassVar[SplitGoal.Metric]
    METRIC_UNSPECIFIED: SplitGoal.Metric
    EMAIL_OPENED: SplitGoal.Metric
    LINK_CLICKED: SplitGoal.Metric
    REPLIED: SplitGoal.Metric
    MEETING_BOOKED: SplitGoal.Metric
    GOAL_MET: SplitGoal.Metric
    WON: SplitGoal.Metric
    METRIC_FIELD_NUMBER: _ClassVar[int]
    DECIDE_AT_END_FIELD_NUMBER: _ClassVar[int]
    MIN_ENROLLMENTS_FIELD_NUMBER: _ClassVar[int]
    metric: SplitGoal.Metric
    decide_at_end: bool
    min_enrollments: int
    def __init__(self, metric: _Optional[_Union[SplitGoal.Metric, str]] = ..., decide_at_end: bool = ..., min_enrollments: _Optional[int] = ...) -> None: ...

class VariantResult(_message.Message):
    __slots__ = ("variant_id", "entered_count", "reached_count", "leads")
    VARIANT_ID_FIELD_NUMBER: _ClassVar[int]
    ENTERED_COUNT_FIELD_NUMBER: _ClassVar[int]
    REACHED_COUNT_FIELD_NUMBER: _ClassVar[int]
    LEADS_FIELD_NUMBER: _ClassVar[int]
    variant_id: str
    entered_count: int
    reached_count: int
    leads: bool
    def __init__(self, variant_id: _Optional[str] = ..., entered_count: _Optional[int] = ..., reached_count: _Optional[int] = ..., leads: bool = ...) -> None: ...

class SplitVariant(_message.Message):
    __slots__ = ("variant_id", "weight", "steps")
    VARIANT_ID_FIELD_NUMBER: _ClassVar[int]
    WEIGHT_FIELD_NUMBER: _ClassVar[int]
    STEPS_FIELD_NUMBER: _ClassVar[int]
    variant_id: str
    weight: int
    steps: _containers.RepeatedCompositeFieldContainer[Step]
    def __init__(self, variant_id: _Optional[str] = ..., weight: _Optional[int] = ..., steps: _Optional[_Iterable[_Union[Step, _Mapping]]] = ...) -> None: ...

class UpdateAttributeStep(_message.Message):
    __slots__ = ("attribute", "value")
    ATTRIBUTE_FIELD_NUMBER: _ClassVar[int]
    VALUE_FIELD_NUMBER: _ClassVar[int]
    attribute: str
    value: _struct_pb2.Value
    def __init__(self, attribute: _Optional[str] = ..., value: _Optional[_Union[_struct_pb2.Value, _Mapping]] = ...) -> None: ...

class AssignOwnerStep(_message.Message):
    __slots__ = ("seller", "attribute", "team")
    SELLER_FIELD_NUMBER: _ClassVar[int]
    ATTRIBUTE_FIELD_NUMBER: _ClassVar[int]
    TEAM_FIELD_NUMBER: _ClassVar[int]
    seller: str
    attribute: str
    team: str
    def __init__(self, seller: _Optional[str] = ..., attribute: _Optional[str] = ..., team: _Optional[str] = ...) -> None: ...

class AdvanceToSequenceStep(_message.Message):
    __slots__ = ("sequence",)
    SEQUENCE_FIELD_NUMBER: _ClassVar[int]
    sequence: str
    def __init__(self, sequence: _Optional[str] = ...) -> None: ...

class EmitEventStep(_message.Message):
    __slots__ = ("event_name", "attributes")
    EVENT_NAME_FIELD_NUMBER: _ClassVar[int]
    ATTRIBUTES_FIELD_NUMBER: _ClassVar[int]
    event_name: str
    attributes: _struct_pb2.Struct
    def __init__(self, event_name: _Optional[str] = ..., attributes: _Optional[_Union[_struct_pb2.Struct, _Mapping]] = ...) -> None: ...

class WaitStep(_message.Message):
    __slots__ = ("delay", "business_days", "business_hours", "until_local_time", "until_attribute")
    DELAY_FIELD_NUMBER: _ClassVar[int]
    BUSINESS_DAYS_FIELD_NUMBER: _ClassVar[int]
    BUSINESS_HOURS_FIELD_NUMBER: _ClassVar[int]
    UNTIL_LOCAL_TIME_FIELD_NUMBER: _ClassVar[int]
    UNTIL_ATTRIBUTE_FIELD_NUMBER: _ClassVar[int]
    delay: Delay
    business_days: BusinessDays
    business_hours: BusinessHours
    until_local_time: UntilLocalTime
    until_attribute: UntilAttribute
    def __init__(self, delay: _Optional[_Union[Delay, _Mapping]] = ..., business_days: _Optional[_Union[BusinessDays, _Mapping]] = ..., business_hours: _Optional[_Union[BusinessHours, _Mapping]] = ..., until_local_time: _Optional[_Union[UntilLocalTime, _Mapping]] = ..., until_attribute: _Optional[_Union[UntilAttribute, _Mapping]] = ...) -> None: ...

class BusinessDays(_message.Message):
    __slots__ = ("days",)
    DAYS_FIELD_NUMBER: _ClassVar[int]
    days: int
    def __init__(self, days: _Optional[int] = ...) -> None: ...

class BusinessHours(_message.Message):
    __slots__ = ("hours", "minutes")
    HOURS_FIELD_NUMBER: _ClassVar[int]
    MINUTES_FIELD_NUMBER: _ClassVar[int]
    hours: int
    minutes: int
    def __init__(self, hours: _Optional[int] = ..., minutes: _Optional[int] = ...) -> None: ...

class UntilLocalTime(_message.Message):
    __slots__ = ("time", "days", "time_zone")
    TIME_FIELD_NUMBER: _ClassVar[int]
    DAYS_FIELD_NUMBER: _ClassVar[int]
    TIME_ZONE_FIELD_NUMBER: _ClassVar[int]
    time: str
    days: _containers.RepeatedScalarFieldContainer[_calendar_pb2.Calendar.DayOfWeek]
    time_zone: str
    def __init__(self, time: _Optional[str] = ..., days: _Optional[_Iterable[_Union[_calendar_pb2.Calendar.DayOfWeek, str]]] = ..., time_zone: _Optional[str] = ...) -> None: ...

class UntilAttribute(_message.Message):
    __slots__ = ("attribute", "before", "after")
    ATTRIBUTE_FIELD_NUMBER: _ClassVar[int]
    BEFORE_FIELD_NUMBER: _ClassVar[int]
    AFTER_FIELD_NUMBER: _ClassVar[int]
    attribute: str
    before: Delay
    after: Delay
    def __init__(self, attribute: _Optional[str] = ..., before: _Optional[_Union[Delay, _Mapping]] = ..., after: _Optional[_Union[Delay, _Mapping]] = ...) -> None: ...

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
    __slots__ = ("name", "revision", "revision_description", "display_name", "description", "record_type", "steps", "create_time", "exit_criteria", "working_hours_only", "priority", "assign_to")
    NAME_FIELD_NUMBER: _ClassVar[int]
    REVISION_FIELD_NUMBER: _ClassVar[int]
    REVISION_DESCRIPTION_FIELD_NUMBER: _ClassVar[int]
    DISPLAY_NAME_FIELD_NUMBER: _ClassVar[int]
    DESCRIPTION_FIELD_NUMBER: _ClassVar[int]
    RECORD_TYPE_FIELD_NUMBER: _ClassVar[int]
    STEPS_FIELD_NUMBER: _ClassVar[int]
    CREATE_TIME_FIELD_NUMBER: _ClassVar[int]
    EXIT_CRITERIA_FIELD_NUMBER: _ClassVar[int]
    WORKING_HOURS_ONLY_FIELD_NUMBER: _ClassVar[int]
    PRIORITY_FIELD_NUMBER: _ClassVar[int]
    ASSIGN_TO_FIELD_NUMBER: _ClassVar[int]
    name: str
    revision: int
    revision_description: str
    display_name: str
    description: str
    record_type: str
    steps: _containers.RepeatedCompositeFieldContainer[Step]
    create_time: _timestamp_pb2.Timestamp
    exit_criteria: ExitCriteria
    working_hours_only: bool
    priority: int
    assign_to: Assignee
    def __init__(self, name: _Optional[str] = ..., revision: _Optional[int] = ..., revision_description: _Optional[str] = ..., display_name: _Optional[str] = ..., description: _Optional[str] = ..., record_type: _Optional[str] = ..., steps: _Optional[_Iterable[_Union[Step, _Mapping]]] = ..., create_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., exit_criteria: _Optional[_Union[ExitCriteria, _Mapping]] = ..., working_hours_only: bool = ..., priority: _Optional[int] = ..., assign_to: _Optional[_Union[Assignee, _Mapping]] = ...) -> None: ...
