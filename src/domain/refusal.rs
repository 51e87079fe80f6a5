//! Why upnext says no: one case for each way in which the state of things forbids a request.

use chrono::{DateTime, Utc};

use super::id::{ActivityId, EnrollmentId};
use super::reason::Reason;

/// "No, because": why a request that is well formed isn't carried out. Carries data; the sentence
/// is made where it leaves the server.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// A limit of the organization is reached.
    LimitExceeded {
        /// The limit's name in `Organization.Limits`, or what is limited.
        limit: &'static str,
        /// Its value.
        value: i64,
    },
    /// Only active sequences take records and connections.
    SequenceNotActive {
        /// `sequences/{sequence}`.
        sequence: String,
        /// DRAFT or INACTIVE.
        state: &'static str,
    },
    /// The sequence can't be deleted without force.
    SequenceInUse {
        /// How many enrollments are open.
        open_enrollments: i64,
        /// Names of the segments that feed it.
        connected_segments: Vec<String>,
    },
    /// It is deleted.
    ResourceDeleted {
        /// Its name.
        name: String,
    },
    /// A segment is connected to one sequence at a time.
    SegmentAlreadyConnected {
        /// `segments/{segment}`.
        segment: String,
        /// `sequences/{sequence}` that it is connected to.
        connected_sequence: String,
    },
    /// There is nothing to disconnect.
    SegmentNotConnected {
        /// `segments/{segment}`.
        segment: String,
    },
    /// An active segment can't be deleted.
    SegmentActive {
        /// `segments/{segment}`.
        segment: String,
    },
    /// Sequence, segment and record must be of one type.
    RecordTypeMismatch {
        /// The record type that was needed.
        expected: String,
        /// The one that was given.
        given: String,
    },
    /// The record is closed.
    RecordClosed {
        /// Its name.
        record: String,
    },
    /// The record has an open enrollment in this sequence.
    AlreadyEnrolled {
        /// That one.
        enrollment: EnrollmentId,
    },
    /// The enrollment has ended.
    EnrollmentEnded {
        /// COMPLETED or EXITED.
        state: &'static str,
        /// Why it exited; empty when completed.
        reason: &'static str,
    },
    /// There is no wait to skip.
    EnrollmentNotWaiting {
        /// The activity that is open instead.
        activity: ActivityId,
    },
    /// The activity was closed before.
    ActivityClosed {
        /// The activity.
        activity: ActivityId,
        /// COMPLETED, SKIPPED or CANCELED.
        state: &'static str,
        /// Completed: how, say `made`. Skipped: why. Empty when nothing was said.
        outcome: String,
        /// Name of the seller or key who did it; empty when upnext did.
        closed_by: String,
        /// When.
        close_time: DateTime<Utc>,
    },
    /// An attribute's type never changes.
    AttributeTypeConflict {
        /// The attribute.
        attribute: String,
        /// The declared type.
        declared: String,
        /// The type asked for.
        given: String,
    },
    /// An attribute can't be deleted, or not be declared yet.
    AttributeInUse {
        /// The attribute.
        attribute: String,
        /// Who uses it: names, or words.
        users: Vec<String>,
    },
    /// A record type can't be deleted.
    RecordTypeInUse {
        /// `recordTypes/{record_type}`.
        record_type: String,
        /// Who uses it: names, or words.
        users: Vec<String>,
    },
    /// Sequences name this template.
    TemplateInUse {
        /// Their names.
        sequences: Vec<String>,
    },
    /// The operation has ended.
    OperationDone {
        /// SUCCEEDED, FAILED or CANCELED.
        state: &'static str,
    },
}

impl Refusal {
    /// The published reason.
    pub const fn reason(&self) -> Reason {
        match self {
            Refusal::LimitExceeded { .. } => Reason::LimitExceeded,
            Refusal::SequenceNotActive { .. } => Reason::SequenceNotActive,
            Refusal::SequenceInUse { .. } => Reason::SequenceInUse,
            Refusal::ResourceDeleted { .. } => Reason::ResourceDeleted,
            Refusal::SegmentAlreadyConnected { .. } => Reason::SegmentAlreadyConnected,
            Refusal::SegmentNotConnected { .. } => Reason::SegmentNotConnected,
            Refusal::SegmentActive { .. } => Reason::SegmentActive,
            Refusal::RecordTypeMismatch { .. } => Reason::RecordTypeMismatch,
            Refusal::RecordClosed { .. } => Reason::RecordClosed,
            Refusal::AlreadyEnrolled { .. } => Reason::AlreadyEnrolled,
            Refusal::EnrollmentEnded { .. } => Reason::EnrollmentEnded,
            Refusal::EnrollmentNotWaiting { .. } => Reason::EnrollmentNotWaiting,
            Refusal::ActivityClosed { .. } => Reason::ActivityClosed,
            Refusal::AttributeTypeConflict { .. } => Reason::AttributeTypeConflict,
            Refusal::AttributeInUse { .. } => Reason::AttributeInUse,
            Refusal::RecordTypeInUse { .. } => Reason::RecordTypeInUse,
            Refusal::TemplateInUse { .. } => Reason::TemplateInUse,
            Refusal::OperationDone { .. } => Reason::OperationDone,
        }
    }
}
