//! The gRPC code of each reason.

use tonic::Code;

use crate::domain::reason::Reason;

/// The code that the published enum assigns to a reason.
pub fn code(reason: Reason) -> Code {
    use Reason::*;
    match reason {
        FieldsInvalid
        | FieldRequired
        | FieldInvalid
        | FieldTooLong
        | FieldImmutable
        | ResourceNameInvalid
        | ReferenceNotFound
        | UpdateMaskInvalid
        | PageTokenInvalid
        | ResumeTokenInvalid
        | RequestIdReused
        | DispositionUnknown
        | EventIdReused
        | ConditionInvalid
        | WaitTooLong
        | WaitEmpty
        | StepIdDuplicate
        | SequenceHasNoSteps
        | SequenceEndsWithWait
        | TemplateUnknown
        | SplitWeightsInvalid
        | WebhookUrlInvalid
        | TemplateRequired
        | StepReferenceInvalid
        | AdvanceMisplaced
        | AdvanceTargetInvalid
        | NestingTooDeep
        | OutcomeRequired
        | OutcomeUnknown
        | AttributeUnknown
        | AttributeValueInvalid
        | AttributeTypeInvalid
        | TemplateInvalid
        | MalformedRequest => Code::InvalidArgument,
        ResourceNotFound => Code::NotFound,
        ResourceExists => Code::AlreadyExists,
        EtagMismatch => Code::Aborted,
        LimitExceeded | TooManyStreams | TooManyCalls | MessageTooLarge | RateLimited | TooMuchInFlight
        | WebhookTestRunning => Code::ResourceExhausted,
        SequenceNotActive
        | SequenceInUse
        | ResourceDeleted
        | SegmentAlreadyConnected
        | SegmentNotConnected
        | SegmentActive
        | RecordTypeMismatch
        | RecordClosed
        | RecordNotClosed
        | RecordErased
        | RecordMerged
        | ActivityOpen
        | LeaseLost
        | ActivityLeased
        | ActivityNotSnoozed
        | ActivityAutomated
        | ActivityNotEmail
        | ActivityNotManual
        | ActivityHasWarnings
        | ReopenGraceOver
        | LaterStepActedOn
        | EnrolledAgain
        | ActivityNotReopenable
        | AlreadyEnrolled
        | EnrolledBefore
        | EnrollmentEnded
        | EnrollmentNotWaiting
        | EnrollmentPaused
        | EnrollmentNotPaused
        | EnrollmentFailed
        | EnrollmentNotFailed
        | SequencePaused
        | SequenceSettling
        | StepGone
        | ActivityClosed
        | AttributeTypeConflict
        | AttributeInUse
        | RecordTypeInUse
        | TemplateInUse
        | CalendarInUse
        | TeamInUse
        | SellerInUse
        | ResourceBuiltIn
        | EventsNotPublished
        | EventsForgotten
        | OperationDone
        | OperationNotCancelable
        | ApiKeyEnded
        | LastAdministratorKey => Code::FailedPrecondition,
        CredentialsInvalid | TokenExpired | TokenRejected => Code::Unauthenticated,
        RoleRequired | SequenceOwnedByAnother | OrganizationSuspended => Code::PermissionDenied,
        ServiceUnavailable | StreamDrained | Conflict => Code::Unavailable,
        StatementTimeout | DeadlinePassed | RequestIncomplete => Code::DeadlineExceeded,
        NotServed => Code::Unimplemented,
        InternalFault => Code::Internal,
    }
}
