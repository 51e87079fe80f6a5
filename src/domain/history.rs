//! What happened, as it is kept: ids and times, never a record's values.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use strum::{FromRepr, VariantArray};
use uuid::Uuid;

use super::activity::Activity;
use super::caller::Actor;
use super::id::{ActivityId, OrganizationId};
use super::program::NodeId;

/// One thing that happened. Written in the transaction that it describes.
#[derive(Clone, Debug, PartialEq)]
pub struct HistoryEvent {
    /// The tenant.
    pub organization: OrganizationId,
    /// What it is about: an enrollment, a record, a definition.
    pub subject: Uuid,
    /// Its key; events of one subject sort by it.
    pub id: Uuid,
    /// When.
    pub at: DateTime<Utc>,
    /// What.
    pub kind: HistoryKind,
    /// Who.
    pub actor: Actor,
    /// The kind's own fields.
    pub detail: HistoryDetail,
}

/// What happened. The numbers are kept: never renumber. Those below 100 are the timeline's, as in
/// the proto.
#[derive(Clone, Copy, Debug, PartialEq, Eq, FromRepr, VariantArray)]
#[repr(i16)]
pub enum HistoryKind {
    /// An enrollment started.
    EnrollmentStarted = 1,
    /// It reached a wait.
    WaitStarted = 2,
    /// The wait expired.
    WaitEnded = 3,
    /// Somebody skipped the wait.
    WaitSkipped = 4,
    /// It reached an activity.
    ActivityDue = 5,
    /// The activity was completed.
    ActivityCompleted = 6,
    /// The activity was skipped.
    ActivitySkipped = 7,
    /// The activity was put off.
    ActivitySnoozed = 8,
    /// The activity came back.
    ActivityWoken = 9,
    /// The enrollment ended while the activity was open.
    ActivityCanceled = 10,
    /// The activity went to another queue.
    ActivityMoved = 11,
    /// The enrollment went through.
    EnrollmentCompleted = 12,
    /// The enrollment ended before its last step.
    EnrollmentExited = 13,
    /// A record was routed, and something changed or was refused.
    RoutingRun = 101,
    /// A definition, setting, seller or key was written.
    AdministrativeWrite = 102,
    /// A record was closed.
    RecordClosed = 103,
    /// A record was deleted.
    RecordDeleted = 104,
}

impl HistoryKind {
    /// Whether it is an enrollment's: its timeline tells of it.
    pub const fn of_enrollment(self) -> bool {
        (self as i16) < 100
    }
}

impl HistoryDetail {
    /// What happened at a node.
    pub fn at(node: NodeId) -> Self {
        Self { node: Some(node), ..Self::default() }
    }

    /// What happened to an activity.
    pub fn of(activity: &Activity) -> Self {
        Self { activity: Some(activity.id), ..Self::at(activity.node) }
    }
}

/// The kinds' own fields; those that a kind doesn't have are absent.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct HistoryDetail {
    /// The program's node that it happened at.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub node: Option<NodeId>,
    /// The activity that it is about.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub activity: Option<ActivityId>,
    /// An outcome or reason.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub outcome: Option<String>,
    /// Until when something was planned.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub planned: Option<DateTime<Utc>>,
    /// What was called: `upnext.v1.SequenceService/ActivateSequence`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub method: Option<String>,
    /// RoutingRun: the segment that took the record.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub segment: Option<Uuid>,
    /// RoutingRun: the segment that it left.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub left_segment: Option<Uuid>,
    /// RoutingRun: the rule that decided.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub assignment_rule: Option<Uuid>,
    /// RoutingRun: the seller who owns the record now.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub seller: Option<Uuid>,
    /// RoutingRun: why the owner is what it is, say `ROUND_ROBIN`, `ALREADY_OWNED`, `NO_RULE`,
    /// `NO_CANDIDATE`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub owner_reason: Option<String>,
    /// RoutingRun: the enrollment that it made.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub enrollment: Option<Uuid>,
    /// RoutingRun: why the sequence is what it is, say `ENROLLED`, `SEQUENCE_UNCHANGED`,
    /// `SEQUENCE_INACTIVE`, `ENROLLED_BEFORE`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sequence_reason: Option<String>,
}
