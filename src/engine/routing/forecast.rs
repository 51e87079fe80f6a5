//! Says what routing would make of records if a segment were different. Writes and locks nothing.

use std::collections::HashMap;
use std::time::{Duration, Instant};

use sqlx::PgConnection;
use uuid::Uuid;

use crate::domain::condition::Condition;
use crate::domain::id::{OrganizationId, RecordId, SequenceId};
use crate::domain::record_type::RecordType;
use crate::domain::routing::{Forecast, Outlook, Standing, feed};
use crate::domain::segment::Segment;
use crate::domain::sequence::State;
use crate::engine::routing::routing_plan::{Placed, RoutingPlan};
use crate::engine::segments::segment_target::kept_condition;
use crate::engine::{Engine, Error};
use crate::store::{self, records, routing, segments};

/// The most records in one statement.
const CHUNK: i64 = 5_000;

/// How long a preview looks at records.
const PREVIEWING: Duration = Duration::from_secs(2);

/// The records to look at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Walk {
    /// Those that match the segment.
    Matching,
    /// All that a backfill evaluates: the active records of the segment's type.
    Backfill,
}

impl Engine {
    /// Counts what would become of records if this segment were as given, and routing ran now. A
    /// walk over matching records stops after two seconds; one for a backfill looks at all records.
    ///
    /// Takes no locks. A connection is held for one chunk only, because a walk may take long.
    ///
    /// # Errors
    /// Store.
    pub async fn forecast(&self, supposed: &Segment, walk: Walk) -> Result<Forecast, Error> {
        let organization = supposed.organization;
        let mut conn = self.store().read(organization).await?;
        let plan = RoutingPlan::supposing(&mut conn, organization, supposed).await?;
        let states = routing::sequence_states(&mut conn, organization, &plan.connected()).await?;
        let types = records::types::by_keys(&mut conn, organization, &[supposed.record_type.0]).await?;
        let Some(record_type) = types.into_iter().next() else { return Ok(Forecast::default()) };
        let condition = kept_condition(supposed, &record_type)?;
        drop(conn);

        let (began, mut forecast, mut after) = (Instant::now(), Forecast::default(), Uuid::nil());
        loop {
            if walk == Walk::Matching && began.elapsed() > PREVIEWING {
                return Ok(Forecast { partial: true, ..forecast });
            }
            let mut conn = self.store().survey(organization).await?;
            let keys = chunk(&mut conn, &record_type, &condition, walk, after).await?;
            let Some(last) = keys.last() else { return Ok(forecast) };
            after = *last;
            for outlook in look(&mut conn, organization, &plan, &states, supposed, &keys).await? {
                forecast.count(outlook);
            }
        }
    }
}

/// Returns the keys of the next records of a walk.
async fn chunk(
    conn: &mut PgConnection,
    record_type: &RecordType,
    condition: &Condition,
    walk: Walk,
    after: Uuid,
) -> Result<Vec<Uuid>, store::Error> {
    match walk {
        Walk::Matching => segments::matches::keys(conn, record_type, condition, after, CHUNK).await,
        Walk::Backfill => routing::active_records(conn, record_type, after, CHUNK).await,
    }
}

/// Returns the outlook of each record.
async fn look(
    conn: &mut PgConnection,
    organization: OrganizationId,
    plan: &RoutingPlan,
    states: &HashMap<SequenceId, State>,
    supposed: &Segment,
    keys: &[Uuid],
) -> Result<Vec<Outlook>, store::Error> {
    let records = routing::load_records(conn, organization, keys).await?;
    let matches = plan.evaluate(conn, &records).await?;
    let placed: Vec<Placed<'_>> = records.iter().map(|record| plan.place(record, &matches)).collect();

    let fed = |one: &Placed<'_>| Some((one.segment?.segment.connected_sequence?, one.record.id));
    let asked: Vec<(SequenceId, RecordId)> = placed.iter().filter_map(fed).collect();
    let passes = routing::latest_passes(conn, organization, &asked).await?;

    let outlook = |one: &Placed<'_>| Outlook {
        matches: plan.matches(one.record, supposed.id, &matches),
        placement: one.placement,
        segment: one.segment.map(|planned| (planned.segment.id, planned.segment.priority)),
        feeding: fed(one).map(|(sequence, record)| {
            let standing =
                passes.get(&(sequence, record)).map_or(Standing::New, |latest| match latest.open {
                    true => Standing::Open,
                    false => Standing::Ended,
                });
            feed(standing, states.get(&sequence).and_then(State::active_revision).is_some())
        }),
        supposed: (supposed.id, supposed.priority),
    };
    Ok(placed.iter().map(outlook).collect())
}
