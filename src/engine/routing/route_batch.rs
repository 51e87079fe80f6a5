//! Routes a batch of records: segment, owner, enrollment and first activity. Part of the
//! transactions of record changes and of operations.

use std::collections::BTreeSet;

use chrono::{DateTime, Utc};
use sqlx::PgConnection;
use uuid::Uuid;

use crate::domain::changes::Changes;
use crate::domain::id::{OrganizationId, RecordId};
use crate::domain::segment::Placement;
use crate::engine::Engine;
use crate::engine::routing::decide_records::Considered;
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
}

impl Engine {
    /// Routes records. The routing row must be locked. No row that comes later in the lock order
    /// may be locked yet.
    pub(in crate::engine) async fn route(
        &self,
        conn: &mut PgConnection,
        organization: OrganizationId,
        records: &[RecordId],
        now: DateTime<Utc>,
    ) -> Result<Routed, store::Error> {
        // Lock in the lock order: sequences, then records.
        let plan = self.core().routing_plans.load(conn, organization).await?;
        let sequences = routing::lock_sequences(conn, organization, &plan.connected()).await?;
        let ids: Vec<Uuid> =
            records.iter().map(|record| record.0).collect::<BTreeSet<_>>().into_iter().collect();
        routing::lock_records(conn, organization, &ids).await?;

        // Load after locking: a statement that waits for a lock sees rows as they were before.
        let records = routing::load_records(conn, organization, &ids).await?;
        let considered = self.core().consider(conn, organization, &plan, &records, sequences).await?;

        // The open enrollments come last: only the placement and the owner say which ones change. A
        // goal can depend on the owner, so the owners are saved before.
        save(conn, organization, &considered, now).await?;
        let open = self.core().open_cases(conn, organization, &considered.touched()).await?;
        let reached = self.core().reached_goals(conn, organization, &open).await?;
        let (decided, outcomes) = self.core().decide_records(&considered, open, &reached, now)?;
        let enrolled = outcomes.iter().map(|outcome| i64::from(outcome.enrollment.is_some())).sum();

        segments::rules::save_turns(conn, organization, &considered.turns).await?;
        changes::save_rows(conn, &decided).await?;
        Ok(Routed { decided, enrolled, refused: 0 })
    }
}

/// Saves the memberships and owners.
async fn save(
    conn: &mut PgConnection,
    organization: OrganizationId,
    considered: &Considered<'_>,
    now: DateTime<Utc>,
) -> Result<(), store::Error> {
    let (mut joined, mut left, mut owned) = (Vec::new(), Vec::new(), Vec::new());
    for (one, ownership) in considered.placed.iter().zip(&considered.ownerships) {
        match one.placement {
            Placement::Enters(_) | Placement::Moves { .. } | Placement::Taken { .. } => {
                joined.extend(one.segment.map(|planned| (one.record.id, planned.segment.id)));
            }
            Placement::Leaves(_) => left.push(one.record.id.0),
            Placement::Outside | Placement::Stays(_) => {}
        }
        owned.extend(ownership.new_owner().map(|seller| (one.record.id, seller)));
    }

    routing::save_owners(conn, organization, &owned, now).await?;
    segments::memberships::leave(conn, organization, &left).await?;
    segments::memberships::join(conn, organization, &joined, now).await
}
