//! Routes a batch of records: segment, owner, enrollment and first activity. Part of the
//! transactions of record changes and of operations.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use chrono::{DateTime, Utc};
use sqlx::PgConnection;
use uuid::Uuid;

use crate::domain::case::Case;
use crate::domain::changes::Changes;
use crate::domain::id::{ChosenId, OperationId, OrganizationId, RecordId, RecordTypeId, SegmentId};
use crate::domain::names;
use crate::domain::operation::{Operation, OperationKind, OperationState};
use crate::domain::segment::Placement;
use crate::engine::Engine;
use crate::engine::frame::commit::Wakes;
use crate::engine::routing::choose_owners::Occasion;
use crate::engine::routing::decide_records::Considered;
use crate::engine::routing::plan_flips::plan_flips;
use crate::engine::routing::routing_plan::Placed;
use crate::store::routing::operations::Assigning;
use crate::store::segments::rules::Asking;
use crate::store::{self, changes, routing, segments};

/// The result of routing a batch. Everything is written except the queues.
#[derive(Debug, Default)]
pub(in crate::engine) struct Routed {
    /// The changes. The commit still bumps their queues and wakes the watchers.
    pub decided: Changes,
    /// The number of enrollments that were started.
    pub enrolled: i64,
    /// The number of enrollments whose state didn't allow what the operation does.
    pub refused: i64,
    /// True if the operation has nothing more to do, although it may have more records.
    pub finished: bool,
    /// True if it saved an operation.
    pub queued: bool,
    /// Whom the commit wakes, besides those who wait for the changes.
    pub wakes: Wakes,
}

impl Routed {
    /// Returns the changes, and whom the commit wakes besides those who wait for them.
    pub fn changes_and_wakes(self) -> (Changes, Wakes) {
        let operations = self.wakes.operations || self.queued;
        (self.decided, Wakes { operations, ..self.wakes })
    }
}

impl Engine {
    /// Routes records. The routing row must be locked. No row that comes later in the lock order
    /// may be locked yet.
    pub(in crate::engine) async fn route(
        &self,
        conn: &mut PgConnection,
        organization: OrganizationId,
        records: &[RecordId],
        occasion: Occasion,
    ) -> Result<Routed, store::Error> {
        let now = occasion.now;
        let plan = self.core().routing_plans.load(conn, organization).await?;
        let ids: BTreeSet<RecordId> = records.iter().copied().collect();
        let ids = match occasion.operation {
            // Most changes concern no segment. Most records of an operation are there for a reason.
            None => plan.concerned(conn, ids, now).await?,
            Some(_) => ids.into_iter().collect(),
        };
        if ids.is_empty() {
            return Ok(Routed::default());
        }

        // Lock in the lock order: sequences, then records.
        let sequences = routing::lock_sequences(conn, organization, &plan.connected()).await?;
        routing::lock_records(conn, organization, &ids).await?;

        // Load after locking: a statement that waits for a lock sees rows as they were before.
        let records = routing::load_records(conn, organization, &ids).await?;
        let considered =
            self.core().consider(conn, organization, &plan, &records, (sequences, occasion)).await?;

        // The open enrollments come last: only the placement and the owner say which ones change. A
        // goal can depend on the owner, so the owners are saved before.
        save(conn, organization, &considered, now).await?;
        let mut open = self.core().open_cases(conn, organization, &considered.touched(), now).await?;
        let new_owner = |case: &Case| considered.new_owner(case.enrollment.record);
        self.core().time_for(conn, &mut open, new_owner).await?;
        let reached = self.core().reached_goals(conn, organization, &open, now).await?;
        let (decided, outcomes) = self.core().decide_records(&considered, open, &reached, now)?;
        let enrolled = outcomes.iter().map(|outcome| i64::from(outcome.enrollment.is_some())).sum();

        let leaving = leaving(&considered);
        for (record_type, ids) in by_type(&considered) {
            plan_flips(conn, &plan, (record_type, &ids), Some(&leaving), now).await?;
        }
        segments::rules::save_turns(conn, organization, &considered.turns).await?;
        let queued = self.come_back(conn, organization, &considered, occasion).await?;
        changes::save_rows(conn, &decided).await?;
        let finished = is_finished(&considered, occasion);
        Ok(Routed { decided, enrolled, finished, queued, ..Routed::default() })
    }

    /// Keeps the places of sellers who lost records, and saves an operation for each segment whose
    /// records wait for a seller to come to work. Returns true if it saved any.
    async fn come_back(
        &self,
        conn: &mut PgConnection,
        organization: OrganizationId,
        considered: &Considered<'_>,
        occasion: Occasion,
    ) -> Result<bool, store::Error> {
        let losing = considered.losing().into_iter();
        let freed: Vec<_> = losing.map(|seller| (self.clock().new_id(), seller)).collect();
        routing::freed_places::append(conn, organization, &freed).await?;

        let mut queued = false;
        for (segment, start_time) in considered.retries().into_values() {
            // Another one that begins by then serves them, too.
            let serves = |one: &Assigning| {
                Some(one.operation) != occasion.operation
                    && one.segment == segment.id
                    && one.untouched
                    && one.start_time.is_none_or(|at| at <= start_time)
            };
            if !considered.assigning.iter().any(serves) {
                let target = (segment.id, &segment.segment_id, segment.record_type);
                let operation = self.assigning(organization, target, (Some(start_time), occasion.now));
                routing::operations::insert(conn, &operation).await?;
                queued = true;
            }
        }
        Ok(queued)
    }

    /// Returns an operation that runs the rules of a segment for its members without an owner,
    /// whoever they are when it gets there.
    fn assigning(
        &self,
        organization: OrganizationId,
        (segment, segment_id, record_type): (SegmentId, &ChosenId, RecordTypeId),
        (start_time, now): (Option<DateTime<Utc>>, DateTime<Utc>),
    ) -> Operation {
        Operation {
            organization,
            id: OperationId(self.clock().new_id()),
            kind: OperationKind::AssignMembers,
            target: segment.0,
            target_name: names::SEGMENT.name([segment_id]),
            record_type,
            bulk: None,
            cursor: None,
            upto: RecordId(Uuid::max()),
            total: 0,
            done: 0,
            failed: 0,
            enrolled: 0,
            state: OperationState::Running,
            create_time: now,
            end_time: None,
            start_time,
        }
    }

    /// Saves operations that let the members who wait have the places that were freed. The routing
    /// row must be locked. Returns true if it saved any.
    pub(in crate::engine) async fn give_freed_places(
        &self,
        conn: &mut PgConnection,
        organization: OrganizationId,
        now: DateTime<Utc>,
    ) -> Result<bool, store::Error> {
        let sellers = routing::freed_places::claim(conn, organization).await?;
        if sellers.is_empty() {
            return Ok(false);
        }

        let choosing =
            segments::rules::segments_choosing(conn, organization, &sellers, Asking::Capacity).await?;
        let waiting = segments::memberships::without_owner(conn, organization, &choosing).await?;
        let running = routing::operations::assigning(conn, organization).await?;
        let mut queued = false;
        for one in waiting {
            let serves = |other: &Assigning| {
                other.segment == one.segment && other.untouched && other.start_time.is_none()
            };
            if running.iter().any(serves) {
                continue;
            }
            let target = (one.segment, &one.segment_id, one.record_type);
            let operation = self.assigning(organization, target, (None, now));
            let operation = Operation { total: one.count, ..operation };
            routing::operations::insert(conn, &operation).await?;
            queued = true;
        }
        Ok(queued)
    }
}

/// Returns when the members leave that stay for now although they don't match.
fn leaving(considered: &Considered<'_>) -> HashMap<RecordId, DateTime<Utc>> {
    let leaves_at = |one: &Placed<'_>| one.segment?.segment.profile.leaves_at(one.lapse_time?);
    let leaving = considered.placed.iter().filter_map(|one| Some((one.record.id, leaves_at(one)?)));
    leaving.collect()
}

/// Returns the records of each type.
fn by_type(considered: &Considered<'_>) -> BTreeMap<RecordTypeId, Vec<RecordId>> {
    let mut by_type: BTreeMap<RecordTypeId, Vec<RecordId>> = BTreeMap::new();
    for one in &considered.placed {
        by_type.entry(one.record.record_type).or_default().push(one.record.id);
    }
    by_type
}

/// True if an operation that serves members without an owner is superseded by a newer one, which
/// begins with the oldest again, or if nobody can take more records.
fn is_finished(considered: &Considered<'_>, occasion: Occasion) -> bool {
    let Some(own) = occasion.operation else { return false };
    let Some(own) = considered.assigning.iter().find(|one| one.operation == own) else { return false };
    let supersedes = |other: &&Assigning| {
        other.segment == own.segment
            && other.operation > own.operation
            && other.start_time.is_none_or(|start| start <= occasion.now)
    };
    considered.assigning.iter().find(supersedes).is_some()
        || considered.is_exhausted(own.segment, occasion.now)
}

/// Saves the memberships and owners.
async fn save(
    conn: &mut PgConnection,
    organization: OrganizationId,
    considered: &Considered<'_>,
    now: DateTime<Utc>,
) -> Result<(), store::Error> {
    let (mut joined, mut left, mut lapsed, mut owned) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
    for (one, ownership) in considered.placed.iter().zip(&considered.ownerships) {
        match one.placement {
            Placement::Enters(_) | Placement::Moves { .. } | Placement::Taken { .. } => {
                joined.extend(one.segment.map(|planned| (one.record.id, planned.segment.id)));
            }
            Placement::Leaves(_) => left.push(one.record.id.0),
            Placement::Stays(_) if one.lapse_time != one.record.lapse_time => {
                lapsed.push((one.record.id, one.lapse_time));
            }
            Placement::Outside | Placement::Stays(_) => {}
        }
        owned.extend(ownership.new_owner().map(|seller| (one.record.id, seller)));
    }

    routing::save_owners(conn, organization, &owned, now).await?;
    segments::memberships::leave(conn, organization, &left).await?;
    segments::memberships::lapse(conn, organization, &lapsed).await?;
    segments::memberships::join(conn, organization, &joined, now).await
}
