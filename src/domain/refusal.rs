//! The refusals: one case for each way in which the present state forbids a request.

use chrono::{DateTime, TimeDelta, Utc};

use super::consent::Warnings;
use super::id::{ActivityId, EnrollmentId, KeyId, OperationId};
use super::reason::Reason;
use super::reenrollment::Opens;
use super::reopening::{LaterAction, ReopenObstacle};

/// The reason why a valid request is refused. It contains only data. The API turns it into a
/// sentence.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// The organization has reached a limit.
    LimitExceeded {
        /// The name of the limit in `Organization.Limits`, or of what is limited.
        limit: &'static str,
        /// Its value.
        value: i64,
    },
    /// The sequence isn't active. Only active sequences take records and connections.
    SequenceNotActive {
        /// `sequences/{sequence}`.
        sequence: String,
        /// DRAFT or INACTIVE.
        state: &'static str,
    },
    /// The sequence is in use, so it can only be deleted with force.
    SequenceInUse {
        /// The number of open enrollments.
        open_enrollments: i64,
        /// The names of the segments that are connected to it.
        connected_segments: Vec<String>,
    },
    /// The resource is deleted.
    ResourceDeleted {
        /// Its name.
        name: String,
    },
    /// The segment is connected to another sequence, and can only be connected to one.
    SegmentAlreadyConnected {
        /// `segments/{segment}`.
        segment: String,
        /// `sequences/{sequence}`, to which it is connected.
        connected_sequence: String,
    },
    /// The organization doesn't publish its events.
    EventsNotPublished,
    /// The events that a token goes on with are no longer kept.
    EventsForgotten,
    /// A test of a webhook of the organization is on its way.
    WebhookTestRunning,
    /// The organization doesn't let salespeople create and change sequences.
    SellerAuthoringOff,
    /// A salesperson can only say where the own client goes after an activity.
    SellerNotKept,
    /// A salesperson can only keep own views: the others are everybody's.
    ViewShared,
    /// A salesperson can only change own sequences.
    SequenceOwnedByAnother {
        /// `sequences/{sequence}`.
        sequence: String,
    },
    /// The segment isn't connected to a sequence, so it can't be disconnected.
    SegmentNotConnected {
        /// `segments/{segment}`.
        segment: String,
    },
    /// The segment is active, so it can't be deleted.
    SegmentActive {
        /// `segments/{segment}`.
        segment: String,
    },
    /// Sequence, segment and record don't have the same record type.
    RecordTypeMismatch {
        /// The record type that is needed.
        expected: String,
        /// The record type that was given.
        given: String,
    },
    /// The record is closed.
    RecordClosed {
        /// Its name.
        record: String,
    },
    /// The record was erased, so it can't come back for a while.
    RecordErased {
        /// Its name.
        record: String,
    },
    /// The record was merged into another one.
    RecordMerged {
        /// Its name.
        record: String,
        /// The name of the record that survived.
        survivor: String,
    },
    /// The record isn't closed.
    RecordNotClosed {
        /// Its name.
        record: String,
    },
    /// The record has an open enrollment in this sequence.
    AlreadyEnrolled {
        /// The open enrollment.
        enrollment: EnrollmentId,
    },
    /// The record was enrolled in this sequence before, which doesn't let it begin again now.
    EnrolledBefore {
        /// `sequences/{sequence}`.
        sequence: String,
        /// When it may begin again.
        opens: Opens,
    },
    /// The enrollment has ended.
    EnrollmentEnded {
        /// COMPLETED or EXITED.
        state: &'static str,
        /// The reason of the exit. Empty if it is completed.
        reason: &'static str,
    },
    /// The enrollment doesn't wait, so there is no wait to skip.
    EnrollmentNotWaiting {
        /// The activity that is open instead. `None`: a command is being carried out.
        activity: Option<ActivityId>,
    },
    /// The enrollment is paused, so nobody can act on it.
    EnrollmentPaused {
        /// The enrollment.
        enrollment: EnrollmentId,
        /// The reason of the pause.
        reason: &'static str,
        /// The time since which it is paused.
        pause_time: DateTime<Utc>,
    },
    /// The enrollment has failed, so only a retry lets it go on.
    EnrollmentFailed {
        /// The enrollment.
        enrollment: EnrollmentId,
        /// Why its step couldn't be carried out.
        reason: &'static str,
        /// The time since which it stands there.
        fail_time: DateTime<Utc>,
    },
    /// The enrollment hasn't failed, so there is nothing to try again.
    EnrollmentNotFailed {
        /// The enrollment.
        enrollment: EnrollmentId,
    },
    /// The enrollment isn't paused, so it can't be resumed.
    EnrollmentNotPaused {
        /// The enrollment.
        enrollment: EnrollmentId,
    },
    /// The enrollment is paused with its sequence, and can only be resumed with it.
    SequencePaused {
        /// The enrollment.
        enrollment: EnrollmentId,
    },
    /// An operation still writes the last pause, resumption or exit of the sequence's enrollments.
    SequenceSettling {
        /// `sequences/{sequence}`.
        sequence: String,
        /// The operation.
        operation: OperationId,
    },
    /// The revision doesn't have the step where the enrollment is.
    StepGone {
        /// The id of the step.
        step_id: String,
        /// The revision.
        revision: i32,
    },
    /// The activity is already closed.
    ActivityClosed {
        /// The activity.
        activity: ActivityId,
        /// COMPLETED, SKIPPED or CANCELED.
        state: &'static str,
        /// If completed, the result, like `made`. If skipped or canceled, the reason. Empty if none
        /// was given.
        outcome: String,
        /// The name of the seller or API key that closed it. Empty if upnext did.
        closed_by: String,
        /// The time when it was closed.
        close_time: DateTime<Utc>,
    },
    /// The caller has shown a lease that isn't the present one of the activity.
    LeaseLost {
        /// The activity.
        activity: ActivityId,
        /// Its state now.
        state: &'static str,
    },
    /// The activity is no email that the call takes.
    ActivityNotEmail {
        /// The activity.
        activity: ActivityId,
        /// Its kind.
        kind: &'static str,
    },
    /// Somebody else has leased the activity.
    ActivityLeased {
        /// The activity.
        activity: ActivityId,
        /// The API key that has the lease.
        holder: KeyId,
        /// When the lease ends, unless it is extended.
        until: DateTime<Utc>,
    },
    /// The activity is due, so there is no snooze to end.
    ActivityNotSnoozed {
        /// The activity.
        activity: ActivityId,
    },
    /// A worker carries the activity out, so it can't go to another queue.
    ActivityAutomated {
        /// The activity.
        activity: ActivityId,
    },
    /// The activity isn't a manual one, so nobody can edit or cancel it.
    ActivityNotManual {
        /// The activity.
        activity: ActivityId,
    },
    /// A manual activity would have warnings, and the organization has such activities skipped.
    ActivityHasWarnings {
        /// The warnings.
        warnings: Warnings,
    },
    /// The activity is open, so it can't be reopened.
    ActivityOpen {
        /// The activity.
        activity: ActivityId,
        /// DUE or SNOOZED.
        state: &'static str,
    },
    /// The activity was closed too long ago to be reopened.
    ReopenGraceOver {
        /// The activity.
        activity: ActivityId,
        /// The time of the call that closed it.
        call_time: DateTime<Utc>,
        /// How long it could be reopened. Zero: never.
        grace: TimeDelta,
    },
    /// Somebody acted on a later step, so the activity can't be reopened.
    LaterStepActedOn {
        /// The activity to reopen.
        activity: ActivityId,
        /// What somebody did.
        later: LaterAction,
    },
    /// The record was enrolled in the sequence again, so the earlier enrollment has to stay ended.
    EnrolledAgain {
        /// The next enrollment.
        enrollment: EnrollmentId,
    },
    /// The activity can't be reopened, whenever that is tried.
    ActivityNotReopenable {
        /// The activity.
        activity: ActivityId,
        /// Why.
        obstacle: ReopenObstacle,
    },
    /// The attribute has another type, which can't change.
    AttributeTypeConflict {
        /// The name of the attribute.
        attribute: String,
        /// The declared type.
        declared: String,
        /// The type that was given.
        given: String,
    },
    /// The attribute is in use, so it can't be deleted, or can't be declared yet.
    AttributeInUse {
        /// The attribute.
        attribute: String,
        /// What uses it: resource names, or words.
        users: Vec<String>,
    },
    /// The record type is in use, so it can't be deleted.
    RecordTypeInUse {
        /// `recordTypes/{record_type}`.
        record_type: String,
        /// What uses it: resource names, or words.
        users: Vec<String>,
    },
    /// Sequences use the template, so it can't be deleted.
    TemplateInUse {
        /// The names of these sequences.
        sequences: Vec<String>,
    },
    /// The calendar is in use, so it can't be deleted.
    CalendarInUse {
        /// `calendars/{calendar}`.
        calendar: String,
        /// What uses it: resource names, or words.
        users: Vec<String>,
    },
    /// The team is in use, so it can't be deleted.
    TeamInUse {
        /// `teams/{team}`.
        team: String,
        /// What uses it: resource names, or words.
        users: Vec<String>,
    },
    /// Something is left to the seller, so it can't be deleted.
    SellerInUse {
        /// `sellers/{seller}`.
        seller: String,
        /// What is left: resource names, or words.
        users: Vec<String>,
    },
    /// Every organization has the record type or team, so it can't be deleted.
    ResourceBuiltIn {
        /// Its name.
        resource: String,
    },
    /// The operation has ended.
    OperationDone {
        /// SUCCEEDED, FAILED or CANCELED.
        state: &'static str,
    },
    /// The operation has to go on to its end.
    OperationNotCancelable {
        /// What it does, like "ranks open activities".
        work: &'static str,
    },
    /// This key was revoked or has expired.
    ApiKeyEnded {
        /// `apiKeys/{uuid}`.
        key: String,
    },
    /// Without this key the organization would have no administrator's key that never expires.
    LastAdministratorKey {
        /// `apiKeys/{uuid}`.
        key: String,
    },
}

impl Refusal {
    /// Returns the published reason.
    pub const fn reason(&self) -> Reason {
        match self {
            Refusal::LimitExceeded { .. } => Reason::LimitExceeded,
            Refusal::SequenceNotActive { .. } => Reason::SequenceNotActive,
            Refusal::SequenceInUse { .. } => Reason::SequenceInUse,
            Refusal::ResourceDeleted { .. } => Reason::ResourceDeleted,
            Refusal::SellerAuthoringOff | Refusal::SellerNotKept | Refusal::ViewShared => {
                Reason::RoleRequired
            }
            Refusal::SequenceOwnedByAnother { .. } => Reason::SequenceOwnedByAnother,
            Refusal::SegmentAlreadyConnected { .. } => Reason::SegmentAlreadyConnected,
            Refusal::SegmentNotConnected { .. } => Reason::SegmentNotConnected,
            Refusal::SegmentActive { .. } => Reason::SegmentActive,
            Refusal::RecordTypeMismatch { .. } => Reason::RecordTypeMismatch,
            Refusal::RecordClosed { .. } => Reason::RecordClosed,
            Refusal::RecordErased { .. } => Reason::RecordErased,
            Refusal::RecordMerged { .. } => Reason::RecordMerged,
            Refusal::RecordNotClosed { .. } => Reason::RecordNotClosed,
            Refusal::AlreadyEnrolled { .. } => Reason::AlreadyEnrolled,
            Refusal::EnrolledBefore { .. } => Reason::EnrolledBefore,
            Refusal::EnrollmentEnded { .. } => Reason::EnrollmentEnded,
            Refusal::EnrollmentNotWaiting { .. } => Reason::EnrollmentNotWaiting,
            Refusal::EnrollmentPaused { .. } => Reason::EnrollmentPaused,
            Refusal::EnrollmentNotPaused { .. } => Reason::EnrollmentNotPaused,
            Refusal::EnrollmentFailed { .. } => Reason::EnrollmentFailed,
            Refusal::EnrollmentNotFailed { .. } => Reason::EnrollmentNotFailed,
            Refusal::SequencePaused { .. } => Reason::SequencePaused,
            Refusal::SequenceSettling { .. } => Reason::SequenceSettling,
            Refusal::StepGone { .. } => Reason::StepGone,
            Refusal::ActivityClosed { .. } => Reason::ActivityClosed,
            Refusal::LeaseLost { .. } => Reason::LeaseLost,
            Refusal::ActivityLeased { .. } => Reason::ActivityLeased,
            Refusal::ActivityNotSnoozed { .. } => Reason::ActivityNotSnoozed,
            Refusal::ActivityAutomated { .. } => Reason::ActivityAutomated,
            Refusal::ActivityNotEmail { .. } => Reason::ActivityNotEmail,
            Refusal::ActivityNotManual { .. } => Reason::ActivityNotManual,
            Refusal::ActivityHasWarnings { .. } => Reason::ActivityHasWarnings,
            Refusal::ActivityOpen { .. } => Reason::ActivityOpen,
            Refusal::ReopenGraceOver { .. } => Reason::ReopenGraceOver,
            Refusal::LaterStepActedOn { .. } => Reason::LaterStepActedOn,
            Refusal::EnrolledAgain { .. } => Reason::EnrolledAgain,
            Refusal::ActivityNotReopenable { .. } => Reason::ActivityNotReopenable,
            Refusal::AttributeTypeConflict { .. } => Reason::AttributeTypeConflict,
            Refusal::AttributeInUse { .. } => Reason::AttributeInUse,
            Refusal::RecordTypeInUse { .. } => Reason::RecordTypeInUse,
            Refusal::TemplateInUse { .. } => Reason::TemplateInUse,
            Refusal::CalendarInUse { .. } => Reason::CalendarInUse,
            Refusal::TeamInUse { .. } => Reason::TeamInUse,
            Refusal::SellerInUse { .. } => Reason::SellerInUse,
            Refusal::EventsNotPublished => Reason::EventsNotPublished,
            Refusal::EventsForgotten => Reason::EventsForgotten,
            Refusal::WebhookTestRunning => Reason::WebhookTestRunning,
            Refusal::ResourceBuiltIn { .. } => Reason::ResourceBuiltIn,
            Refusal::OperationDone { .. } => Reason::OperationDone,
            Refusal::OperationNotCancelable { .. } => Reason::OperationNotCancelable,
            Refusal::ApiKeyEnded { .. } => Reason::ApiKeyEnded,
            Refusal::LastAdministratorKey { .. } => Reason::LastAdministratorKey,
        }
    }
}
