//! The events that are stored as history. They contain ids and times, but no values of records.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use strum::{FromRepr, IntoStaticStr, VariantArray};
use uuid::Uuid;

use super::activity::Activity;
use super::audit::Audit;
use super::caller::Actor;
use super::engagement::EngagementKind;
use super::id::{ActivityId, OrganizationId};
use super::program::NodeId;
use super::split_end::SplitEnd;

/// One event. It is saved in the same transaction as the change that it describes.
#[derive(Clone, Debug, PartialEq)]
pub struct HistoryEvent {
    /// The organization that it belongs to.
    pub organization: OrganizationId,
    /// The key of its subject, like an enrollment, a record or a definition.
    pub subject: Uuid,
    /// Its key. The events of a subject are sorted by it.
    pub id: Uuid,
    /// The time when it happened.
    pub at: DateTime<Utc>,
    /// The kind of the event.
    pub kind: HistoryKind,
    /// The seller or API key that caused it, or upnext itself.
    pub actor: Actor,
    /// The fields of its kind.
    pub detail: HistoryDetail,
}

impl HistoryEvent {
    /// True if the operator of the installation caused it, by a command with access to the
    /// database.
    pub fn is_of_operator(&self) -> bool {
        let nobody = self.actor.seller.is_none() && self.actor.key.is_none();
        nobody && self.kind == HistoryKind::AdministrativeWrite
    }
}

/// The kind of an event. The numbers are stored. Never change them. Most kinds below 100
/// and a few others appear in the timeline of an enrollment.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, FromRepr, IntoStaticStr, VariantArray)]
#[strum(serialize_all = "snake_case")]
#[repr(i16)]
pub enum HistoryKind {
    /// An enrollment started.
    EnrollmentStarted = 1,
    /// The enrollment reached a wait.
    WaitStarted = 2,
    /// The wait expired.
    WaitEnded = 3,
    /// Somebody skipped the wait.
    WaitSkipped = 4,
    /// The enrollment reached an activity, which is due.
    ActivityDue = 5,
    /// The activity was completed.
    ActivityCompleted = 6,
    /// The activity was skipped.
    ActivitySkipped = 7,
    /// The activity was snoozed.
    ActivitySnoozed = 8,
    /// The snooze expired, or somebody ended it, and the activity is due again.
    ActivityWoken = 9,
    /// The enrollment ended while the activity was open, or an earlier one was reopened.
    ActivityCanceled = 10,
    /// The activity moved to another queue.
    ActivityMoved = 11,
    /// The enrollment passed its last step.
    EnrollmentCompleted = 12,
    /// The enrollment ended before its last step.
    EnrollmentExited = 13,
    /// Somebody opened a completed or skipped activity again.
    ActivityReopened = 14,
    /// A wait ended because the activity before it was reopened.
    WaitCanceled = 15,
    /// A completed enrollment goes on because its last activity was reopened.
    EnrollmentReopened = 16,
    /// The enrollment was paused.
    EnrollmentPaused = 30,
    /// The paused enrollment was resumed.
    EnrollmentResumed = 31,
    /// The enrollment moved to another revision.
    EnrollmentMigrated = 32,
    /// Somebody judged how the enrollment went, or took that back.
    DispositionSet = 37,
    /// A step of the enrollment couldn't be carried out.
    EnrollmentFailed = 38,
    /// Somebody let the failed enrollment try its step again.
    EnrollmentRetried = 39,
    /// An enrollment took a path of a branch.
    BranchDecided = 17,
    /// An enrollment took a variant of a split.
    SplitDecided = 18,
    /// A step set an attribute of the record.
    AttributeUpdated = 19,
    /// A step gave the record to a seller.
    OwnerAssigned = 20,
    /// A step told the outside that an enrollment came there.
    EventEmitted = 21,
    /// The person of the record, or a seller, did something outside of upnext.
    EngagementRecorded = 45,
    /// The running wait got another end, because its owner, working time or attribute changed.
    WaitRescheduled = 60,
    /// A lease expired before its activity was done.
    LeaseExpired = 65,
    /// The record of the enrollment was merged into another one, which it is of since.
    EnrollmentMoved = 66,
    /// A record was merged into another one.
    RecordMerged = 67,
    /// An email that a worker was to send became one for the record's owner.
    EmailHandedOver = 130,
    /// Somebody made a manual activity.
    ActivityCreated = 131,
    /// Somebody edited a manual activity.
    ActivityEdited = 132,
    /// A record was routed, and that changed something or was refused.
    #[strum(serialize = "record_routed")]
    RoutingRun = 101,
    /// A definition, a setting, a seller or an API key was written.
    AdministrativeWrite = 102,
    /// A record was closed.
    RecordClosed = 103,
    /// A record was deleted.
    RecordDeleted = 104,
    /// A closed record was reopened.
    RecordReopened = 105,
    /// A split that decides at its end came to it. The subject is its sequence.
    SplitEnded = 133,
}

impl HistoryKind {
    /// Returns its word outside of upnext, like `activity_completed`: a field of the API's `Event`.
    pub fn as_str(self) -> &'static str {
        self.into()
    }

    /// True if the subject is an enrollment. Its timeline shows the event.
    pub const fn of_enrollment(self) -> bool {
        (self as i16) < 100 && !matches!(self, Self::RecordMerged)
            || matches!(self, Self::EmailHandedOver | Self::ActivityCreated | Self::ActivityEdited)
    }

    /// True if it tells of an enrollment as a whole. Of the enrollment that only carries a manual
    /// activity there are no such events: those of the activity say it all.
    pub const fn is_of_whole(self) -> bool {
        matches!(
            self,
            Self::EnrollmentStarted
                | Self::EnrollmentCompleted
                | Self::EnrollmentExited
                | Self::EnrollmentReopened
        )
    }

    /// True if an enrollment came to a step by it.
    pub const fn reaches_step(self) -> bool {
        matches!(
            self,
            Self::WaitStarted
                | Self::ActivityDue
                | Self::ActivityCreated
                | Self::ActivityReopened
                | Self::EnrollmentMigrated
        ) || self.comes_and_goes()
    }

    /// True if it tells where an enrollment goes, or where it went before. Snoozes, for example,
    /// tell neither.
    pub const fn moves(self) -> bool {
        matches!(
            self,
            Self::EnrollmentStarted
                | Self::EnrollmentCompleted
                | Self::EnrollmentExited
                | Self::EnrollmentReopened
                | Self::EnrollmentPaused
                | Self::EnrollmentResumed
                | Self::EnrollmentFailed
                | Self::EnrollmentRetried
        ) || self.reaches_step()
            || self.leaves_step()
    }

    /// True if an enrollment left a step by it. An exit that ends a wait has no event of the wait.
    pub const fn leaves_step(self) -> bool {
        matches!(
            self,
            Self::WaitEnded
                | Self::WaitSkipped
                | Self::WaitCanceled
                | Self::ActivityCompleted
                | Self::ActivitySkipped
                | Self::ActivityCanceled
        ) || self.comes_and_goes()
    }

    /// True if an enrollment came to a step and left it by it.
    const fn comes_and_goes(self) -> bool {
        matches!(
            self,
            Self::BranchDecided
                | Self::SplitDecided
                | Self::AttributeUpdated
                | Self::OwnerAssigned
                | Self::EventEmitted
        )
    }
}

impl HistoryDetail {
    /// Returns the detail of an event at a node.
    pub fn at(node: NodeId) -> Self {
        Self { node: Some(node), ..Self::default() }
    }

    /// Returns the detail of an event about an activity.
    pub fn of(activity: &Activity) -> Self {
        Self { activity: Some(activity.id), ..Self::at(activity.node) }
    }
}

/// The fields of all kinds. Each kind uses some of them. The others are absent.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct HistoryDetail {
    // Absent fields are not stored, because most events have only a few of them.
    /// The node of the program where it happened.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub node: Option<NodeId>,
    /// When an enrollment is resumed by itself.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub resume: Option<DateTime<Utc>>,
    /// The activity that it is about.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub activity: Option<ActivityId>,
    /// The outcome of an activity, a disposition, the reason of an end or a pause, why an activity
    /// was reopened, the path of a branch, or the variant of a split.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub outcome: Option<String>,
    /// ActivityReopened: the seller's note, which the activity no longer has.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
    /// RecordMerged: the record into which it was merged. EnrollmentMoved: the one that the
    /// enrollment was of before.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub record: Option<Uuid>,
    /// EnrollmentMigrated: the revision that it was on before.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub revision: Option<i32>,
    /// BranchDecided: why this path. SplitDecided, SplitEnded: why this variant. AttributeUpdated,
    /// OwnerAssigned: why nothing changed, if nothing did. EnrollmentExited by advancing: why no
    /// enrollment was started. EmailHandedOver: the reason in words. EnrollmentFailed: what was
    /// refused.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub why: Option<String>,
    /// The planned end of a wait or snooze. ActivityCreated, ActivityEdited: the due time, if it is
    /// new. EngagementRecorded: when the person returns.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub planned: Option<DateTime<Utc>>,
    /// EngagementRecorded: what happened.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub engagement: Option<EngagementKind>,
    /// EngagementRecorded: when it happened.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub engagement_time: Option<DateTime<Utc>>,
    /// EngagementRecorded: true if a program did it.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub by_machine: bool,
    /// The method that was called, like `upnext.v1.SequenceService/ActivateSequence`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub method: Option<String>,
    /// AdministrativeWrite: what it changed. Absent in events that were written before there was
    /// an audit.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub audit: Option<Box<Audit>>,
    /// RoutingRun: what became of the record's membership, like `ENTERED`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub segment_reason: Option<String>,
    /// RoutingRun: the segment that the record entered.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub segment: Option<Uuid>,
    /// RoutingRun: the segment that the record left.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub left_segment: Option<Uuid>,
    /// RoutingRun: the assignment rule that applied.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub assignment_rule: Option<Uuid>,
    /// RoutingRun, OwnerAssigned: the seller who owns the record now.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub seller: Option<Uuid>,
    /// RoutingRun: why the record has this owner, like `ROUND_ROBIN`, `ALREADY_OWNED`, `NO_RULE` or
    /// `NO_CANDIDATE`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub owner_reason: Option<String>,
    /// RoutingRun: why a rule that matches finds nobody, like `ALL_AT_CAPACITY`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub no_candidate_reason: Option<String>,
    /// RoutingRun: the sequence that started no enrollment. An enrollment knows its own.
    /// SplitEnded: that of the split.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sequence: Option<Uuid>,
    /// RoutingRun, or EnrollmentExited by advancing: the enrollment that it started.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub enrollment: Option<Uuid>,
    /// RoutingRun: why the record is in this sequence or in none, like `ENROLLED`,
    /// `SEQUENCE_UNCHANGED`, `SEQUENCE_INACTIVE` or `ENROLLED_BEFORE`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sequence_reason: Option<String>,
    /// SplitEnded: the split, and how its variants did.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub split: Option<Box<SplitEnd>>,
}
