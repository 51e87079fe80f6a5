//! An activity for tests that care about little of it.

use chrono::{DateTime, Utc};
use uuid::Uuid;

use super::{Activity, ActivityState, Marks};
use crate::domain::consent::Warnings;
use crate::domain::id::{ActivityId, EnrollmentId, OrganizationId, QueueId, RecordId, SequenceId};
use crate::domain::priority::Priority;
use crate::domain::program::NodeId;
use crate::domain::step::ActivityKind;

impl Activity {
    /// A task that is due, in its first version.
    pub fn sample(id: u128, rank: DateTime<Utc>) -> Self {
        Self {
            organization: OrganizationId(Uuid::nil()),
            id: ActivityId(Uuid::from_u128(id)),
            enrollment: EnrollmentId(Uuid::nil()),
            record: RecordId(Uuid::nil()),
            sequence: SequenceId(Uuid::nil()),
            revision: 1,
            node: NodeId(0),
            kind: ActivityKind::Task,
            queue: QueueId(Uuid::nil()),
            record_display_name: String::new(),
            warnings: Warnings::default(),
            due_time: rank,
            priority: Priority::default(),
            rank,
            state: ActivityState::Due,
            lease: None,
            reassigned_from: None,
            marks: Marks::default(),
            note: String::new(),
            manual: None,
            auto_skip_time: None,
            snooze_count: 0,
            version: 1,
            create_time: rank,
        }
    }
}
