//! The closed set of reasons that the API publishes.

/// Declares [`Reason`], with the API name of each value.
macro_rules! reasons {
    ($($name:ident => $wire:literal,)*) => {
        /// A machine-readable reason. `ErrorReason` in `proto/upnext/v1/error_reason.proto`
        /// describes each of them.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub enum Reason {
            $(#[doc = concat!("`", $wire, "`.")] $name,)*
        }

        impl Reason {
            /// Every reason, in the order of the published enum.
            pub const ALL: &[Reason] = &[$(Reason::$name,)*];

            /// Returns its name in the API, like `WAIT_TOO_LONG`.
            pub const fn as_str(self) -> &'static str {
                match self {
                    $(Reason::$name => $wire,)*
                }
            }
        }
    };
}

reasons! {
    FieldsInvalid => "FIELDS_INVALID",
    FieldRequired => "FIELD_REQUIRED",
    FieldInvalid => "FIELD_INVALID",
    FieldTooLong => "FIELD_TOO_LONG",
    FieldImmutable => "FIELD_IMMUTABLE",
    ResourceNameInvalid => "RESOURCE_NAME_INVALID",
    ReferenceNotFound => "REFERENCE_NOT_FOUND",
    UpdateMaskInvalid => "UPDATE_MASK_INVALID",
    PageTokenInvalid => "PAGE_TOKEN_INVALID",
    ResumeTokenInvalid => "RESUME_TOKEN_INVALID",
    RequestIdReused => "REQUEST_ID_REUSED",
    ConditionInvalid => "CONDITION_INVALID",
    OperationNotCancelable => "OPERATION_NOT_CANCELABLE",
    ResourceNotFound => "RESOURCE_NOT_FOUND",
    ResourceExists => "RESOURCE_EXISTS",
    EtagMismatch => "ETAG_MISMATCH",
    LimitExceeded => "LIMIT_EXCEEDED",
    WaitTooLong => "WAIT_TOO_LONG",
    WaitEmpty => "WAIT_EMPTY",
    StepIdDuplicate => "STEP_ID_DUPLICATE",
    SequenceHasNoSteps => "SEQUENCE_HAS_NO_STEPS",
    SequenceEndsWithWait => "SEQUENCE_ENDS_WITH_WAIT",
    TemplateUnknown => "TEMPLATE_UNKNOWN",
    SequenceNotActive => "SEQUENCE_NOT_ACTIVE",
    SequenceInUse => "SEQUENCE_IN_USE",
    ResourceDeleted => "RESOURCE_DELETED",
    SegmentAlreadyConnected => "SEGMENT_ALREADY_CONNECTED",
    SegmentNotConnected => "SEGMENT_NOT_CONNECTED",
    SegmentActive => "SEGMENT_ACTIVE",
    RecordTypeMismatch => "RECORD_TYPE_MISMATCH",
    RecordClosed => "RECORD_CLOSED",
    AlreadyEnrolled => "ALREADY_ENROLLED",
    EnrollmentEnded => "ENROLLMENT_ENDED",
    EnrollmentNotWaiting => "ENROLLMENT_NOT_WAITING",
    ActivityClosed => "ACTIVITY_CLOSED",
    OutcomeRequired => "OUTCOME_REQUIRED",
    OutcomeUnknown => "OUTCOME_UNKNOWN",
    AttributeUnknown => "ATTRIBUTE_UNKNOWN",
    AttributeValueInvalid => "ATTRIBUTE_VALUE_INVALID",
    AttributeTypeConflict => "ATTRIBUTE_TYPE_CONFLICT",
    CredentialsInvalid => "CREDENTIALS_INVALID",
    RoleRequired => "ROLE_REQUIRED",
    TooManyStreams => "TOO_MANY_STREAMS",
    TemplateInUse => "TEMPLATE_IN_USE",
    OperationDone => "OPERATION_DONE",
    Conflict => "CONFLICT",
    ServiceUnavailable => "SERVICE_UNAVAILABLE",
    StatementTimeout => "STATEMENT_TIMEOUT",
    InternalFault => "INTERNAL_FAULT",
    StreamDrained => "STREAM_DRAINED",
    MalformedRequest => "MALFORMED_REQUEST",
    MessageTooLarge => "MESSAGE_TOO_LARGE",
    RateLimited => "RATE_LIMITED",
    DeadlinePassed => "DEADLINE_PASSED",
    NotServed => "NOT_SERVED",
    AttributeInUse => "ATTRIBUTE_IN_USE",
    RecordTypeInUse => "RECORD_TYPE_IN_USE",
    LastAdministratorKey => "LAST_ADMINISTRATOR_KEY",
    TooMuchInFlight => "TOO_MUCH_IN_FLIGHT",
    RequestIncomplete => "REQUEST_INCOMPLETE",
    TooManyCalls => "TOO_MANY_CALLS",
    RecordNotClosed => "RECORD_NOT_CLOSED",
    ActivityOpen => "ACTIVITY_OPEN",
    ReopenGraceOver => "REOPEN_GRACE_OVER",
    LaterStepActedOn => "LATER_STEP_ACTED_ON",
    EnrolledAgain => "ENROLLED_AGAIN",
    ActivityNotReopenable => "ACTIVITY_NOT_REOPENABLE",
    EnrollmentPaused => "ENROLLMENT_PAUSED",
    EnrollmentNotPaused => "ENROLLMENT_NOT_PAUSED",
    SequencePaused => "SEQUENCE_PAUSED",
    SequenceSettling => "SEQUENCE_SETTLING",
    StepGone => "STEP_GONE",
    EnrolledBefore => "ENROLLED_BEFORE",
    DispositionUnknown => "DISPOSITION_UNKNOWN",
    ActivityHasWarnings => "ACTIVITY_HAS_WARNINGS",
    EventIdReused => "EVENT_ID_REUSED",
    ActivityNotManual => "ACTIVITY_NOT_MANUAL",
    RecordErased => "RECORD_ERASED",
    EventsForgotten => "EVENTS_FORGOTTEN",
    WebhookTestRunning => "WEBHOOK_TEST_RUNNING",
    SellerInUse => "SELLER_IN_USE",
    RecordMerged => "RECORD_MERGED",
    AttributeTypeInvalid => "ATTRIBUTE_TYPE_INVALID",
    SequenceOwnedByAnother => "SEQUENCE_OWNED_BY_ANOTHER",
    CalendarInUse => "CALENDAR_IN_USE",
    EventsNotPublished => "EVENTS_NOT_PUBLISHED",
    WebhookUrlInvalid => "WEBHOOK_URL_INVALID",
    SplitWeightsInvalid => "SPLIT_WEIGHTS_INVALID",
    TemplateRequired => "TEMPLATE_REQUIRED",
    StepReferenceInvalid => "STEP_REFERENCE_INVALID",
    AdvanceMisplaced => "ADVANCE_MISPLACED",
    AdvanceTargetInvalid => "ADVANCE_TARGET_INVALID",
    NestingTooDeep => "NESTING_TOO_DEEP",
    EnrollmentFailed => "ENROLLMENT_FAILED",
    EnrollmentNotFailed => "ENROLLMENT_NOT_FAILED",
    TokenExpired => "TOKEN_EXPIRED",
    TokenRejected => "TOKEN_REJECTED",
    ApiKeyEnded => "API_KEY_ENDED",
    OrganizationSuspended => "ORGANIZATION_SUSPENDED",
    LeaseLost => "LEASE_LOST",
    ActivityLeased => "ACTIVITY_LEASED",
    ActivityNotSnoozed => "ACTIVITY_NOT_SNOOZED",
    ActivityAutomated => "ACTIVITY_AUTOMATED",
    TeamInUse => "TEAM_IN_USE",
    ResourceBuiltIn => "RESOURCE_BUILT_IN",
    TemplateInvalid => "TEMPLATE_INVALID",
    ActivityNotEmail => "ACTIVITY_NOT_EMAIL",
}
