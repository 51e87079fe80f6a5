//! Plans when records are routed again because time alone may change the answer of a condition.

use std::collections::{BTreeSet, HashMap};

use chrono::{DateTime, Utc};
use sqlx::PgConnection;

use crate::domain::condition::Flip;
use crate::domain::id::{OrganizationId, RecordId, RecordTypeId};
use crate::domain::operation::OperationKind;
use crate::domain::segment::Segment;
use crate::engine::frame::write::Write;
use crate::engine::routing::routing_plan::{RoutingPlan, TypePlan};
use crate::engine::segments::segment_target::kept_condition;
use crate::engine::{Engine, Error};
use crate::store::records::{self, Fields, flips};
use crate::store::{self, routing};

impl Engine {
    /// Plans when these records are routed again, by the definitions as they are. What time has
    /// changed after `since` is due at once.
    pub(in crate::engine) async fn plan_flips(
        &self,
        conn: &mut PgConnection,
        organization: OrganizationId,
        ids: &[RecordId],
        since: DateTime<Utc>,
    ) -> Result<(), store::Error> {
        let plan = self.core().routing_plans.load(conn, organization).await?;
        // A record that is being closed must not be planned afterwards.
        routing::lock_records(conn, organization, ids).await?;
        let types = records::types::of_records(conn, organization, ids).await?;
        for (record_type, ids) in types {
            plan_flips(conn, &plan, (record_type.id, &Vec::from_iter(ids)), None, since).await?;
        }
        Ok(())
    }
}

/// True if time alone may change where records belong.
pub(in crate::engine) fn knows_time(of_type: &TypePlan) -> bool {
    let graces = of_type.segments.iter().any(|planned| planned.segment.profile.leave_grace.is_some());
    graces || !of_type.flips.is_empty()
}

/// Plans when records of one type are routed again, if time alone may change where they belong.
/// `leaving` are the members who leave unless they match again by then. `None`: that isn't known,
/// so that nothing planned is put off.
pub(in crate::engine) async fn plan_flips(
    conn: &mut PgConnection,
    plan: &RoutingPlan,
    (record_type, ids): (RecordTypeId, &[RecordId]),
    leaving: Option<&HashMap<RecordId, DateTime<Utc>>>,
    now: DateTime<Utc>,
) -> Result<(), store::Error> {
    let Some(of_type) = plan.of_type(record_type).filter(|of_type| knows_time(of_type)) else {
        return Ok(());
    };

    let names: BTreeSet<&str> = of_type.flips.iter().map(|flip| flip.field.as_str()).collect();
    let names = Vec::from_iter(names);
    let source = Fields { record_type: &of_type.record_type, now };
    let mut next = Vec::new();
    for (record, values) in flips::timestamps(conn, &source, ids, &names).await? {
        let value = |name: &str| {
            let place = names.binary_search(&name).ok()?;
            values.get(place).copied().flatten()
        };
        let flip = Flip::next(&of_type.flips, value, now);
        let leaves_at = leaving.and_then(|leaving| leaving.get(&record).copied());
        next.extend(flip.into_iter().chain(leaves_at).min().map(|due_at| (record, due_at)));
    }

    let organization = of_type.record_type.organization;
    if leaving.is_none() {
        return flips::bring_forward(conn, organization, &next).await;
    }

    // Closed records, and those whose answers time can't change any more.
    let known: BTreeSet<RecordId> = next.iter().map(|(record, _)| *record).collect();
    let planned = |record: &&RecordId| known.contains(*record);
    let without: Vec<RecordId> = ids.iter().filter(|record| !planned(record)).copied().collect();
    flips::save(conn, organization, &next, &without).await
}

impl Write {
    /// Queues the operation that plans when the records that are there are routed again, if the
    /// segment's condition compares their timestamps with `now`.
    pub(in crate::engine) async fn queue_flips(&mut self, segment: &Segment) -> Result<(), Error> {
        let record_type = self.record_type(segment.record_type).await?;
        if !kept_condition(segment, &record_type)?.flips().is_empty() {
            self.queue_over_records(OperationKind::PlanFlips, segment).await?;
        }
        Ok(())
    }
}
