//! Says what routing would make of records if a segment were different. Writes and locks nothing.

use std::collections::HashMap;
use std::time::{Duration, Instant};

use chrono::{DateTime, Utc};
use sqlx::PgConnection;
use uuid::Uuid;

use crate::domain::condition::Condition;
use crate::domain::id::{RecordId, SequenceId};
use crate::domain::record_type::RecordType;
use crate::domain::routing::{ConnectedSequence, Forecast, Outlook, Standing, feed};
use crate::domain::segment::Segment;
use crate::engine::routing::routing_plan::{Matches, Placed, RoutingPlan};
use crate::engine::segments::segment_target::kept_condition;
use crate::engine::{Engine, Error};
use crate::store::routing::LatestPass;
use crate::store::{self, records, routing, segments};

/// The records in the first statement, and the most in one. Conditions decide how many it can
/// evaluate in its time.
const FIRST: i64 = 1_000;
const MOST: i64 = 5_000;

/// How long a preview looks at records.
const PREVIEWING: Duration = Duration::from_secs(2);

/// How long a preview looks at members, besides.
const LEAVING: Duration = Duration::from_secs(1);

/// How long a dry run of a backfill looks at records.
const DRY_RUN: Duration = Duration::from_secs(20);

/// The records to look at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Walk {
    /// Those that match the segment.
    Matching,
    /// All that a backfill evaluates: the active records of the segment's type.
    Backfill,
    /// Those that are members of the segment now.
    Members,
}

/// What would become of records if a segment were different.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Supposition {
    /// How many records each decision would concern.
    pub forecast: Forecast,
    /// The first records that would enter, in the order of their creation.
    pub entering: Vec<RecordId>,
    /// The first members that would leave, likewise.
    pub leaving: Vec<RecordId>,
}

impl Walk {
    fn time(self) -> Duration {
        match self {
            Walk::Matching => PREVIEWING,
            Walk::Backfill => DRY_RUN,
            Walk::Members => LEAVING,
        }
    }
}

impl Engine {
    /// Counts what would become of records if this segment were as given, and routing ran now. A
    /// walk stops when it has had its time, or when a statement has had all of its own for a single
    /// record.
    ///
    /// Takes no locks. A connection is held for one chunk only, because a walk may take long.
    ///
    /// # Errors
    /// Store.
    pub async fn forecast(
        &self,
        supposed: &Segment,
        walk: Walk,
        now: DateTime<Utc>,
    ) -> Result<Forecast, Error> {
        let mut forecast = Forecast::default();
        let Some(walked) = self.supposing(supposed, now).await? else { return Ok(forecast) };
        let partial = self.walk(&walked, walk, &mut |_, outlook| forecast.count(outlook)).await?;
        Ok(Forecast { partial, ..forecast })
    }

    /// Says what would become of the records that match this segment, and of its members, with at
    /// most so many examples of those that would enter and leave. Walks like [`Self::forecast`].
    ///
    /// # Errors
    /// Store.
    pub async fn suppose(
        &self,
        supposed: &Segment,
        examples: usize,
        now: DateTime<Utc>,
    ) -> Result<Supposition, Error> {
        let mut found = Supposition::default();
        let Some(walked) = self.supposing(supposed, now).await? else { return Ok(found) };
        let mut enter = |record, outlook: Outlook| {
            found.forecast.count(outlook);
            if outlook.enters() && found.entering.len() < examples {
                found.entering.push(record);
            }
        };
        found.forecast.partial = self.walk(&walked, Walk::Matching, &mut enter).await?;

        // A new segment has no members.
        if supposed.id.0.is_nil() {
            return Ok(found);
        }
        let mut leave = |record, outlook: Outlook| {
            found.forecast.leaving += i64::from(!outlook.is_member());
            if !outlook.is_member() && found.leaving.len() < examples {
                found.leaving.push(record);
            }
        };
        found.forecast.leaving_partial = self.walk(&walked, Walk::Members, &mut leave).await?;
        Ok(found)
    }

    /// Loads what routing would decide by if the segment were as given. `None` if its record type
    /// is gone.
    async fn supposing<'a>(
        &self,
        supposed: &'a Segment,
        now: DateTime<Utc>,
    ) -> Result<Option<Walked<'a>>, Error> {
        let organization = supposed.organization;
        let mut conn = self.store().read(organization).await?;
        let plan = RoutingPlan::supposing(&mut conn, organization, supposed).await?;
        let connected = routing::connected_sequences(&mut conn, organization, &plan.connected()).await?;
        let types = records::types::by_keys(&mut conn, organization, &[supposed.record_type.0]).await?;
        let Some(record_type) = types.into_iter().next() else { return Ok(None) };
        let condition = kept_condition(supposed, &record_type)?;
        Ok(Some(Walked { supposed, plan, connected, record_type, condition, now }))
    }

    /// Tells the outlook of each record of a walk. Returns true if there are more records.
    async fn walk(
        &self,
        walked: &Walked<'_>,
        walk: Walk,
        tell: &mut (dyn FnMut(RecordId, Outlook) + Send),
    ) -> Result<bool, Error> {
        let began = Instant::now();
        let (mut after, mut size, mut most) = (Uuid::nil(), FIRST, MOST);
        while began.elapsed() < walk.time() {
            let mut conn = self.store().survey(walked.supposed.organization).await?;
            match walked.look(&mut conn, walk, after, size).await {
                Ok((None, _)) => return Ok(false),
                Ok((Some(last), outlooks)) => {
                    outlooks.into_iter().for_each(|(record, outlook)| tell(record, outlook));
                    (after, size) = (last, (size * 2).min(most));
                }
                Err(store::Error::Timeout(_)) if size > 1 => {
                    most = (size / 8).max(1);
                    size = most;
                }
                Err(store::Error::Timeout(_)) => break,
                Err(error) => return Err(error.into()),
            }
        }
        Ok(true)
    }
}

/// What is known of the segment that is supposed.
struct Walked<'a> {
    supposed: &'a Segment,
    plan: RoutingPlan,
    connected: HashMap<SequenceId, ConnectedSequence>,
    record_type: RecordType,
    condition: Condition,
    now: DateTime<Utc>,
}

impl Walked<'_> {
    /// Returns the outlook of each of the next records, and the key of the last one. `None` if
    /// there are no more.
    async fn look(
        &self,
        conn: &mut PgConnection,
        walk: Walk,
        after: Uuid,
        size: i64,
    ) -> Result<(Option<Uuid>, Vec<(RecordId, Outlook)>), store::Error> {
        let (of, condition) = (&self.record_type, &self.condition);
        let source = records::Fields { record_type: of, now: self.now };
        let (organization, segment) = (self.supposed.organization, self.supposed.id);
        let keys = match walk {
            Walk::Matching => segments::matches::keys(conn, &source, condition, after, size).await?,
            Walk::Backfill => routing::active_records(conn, of, after, size).await?,
            Walk::Members => segments::memberships::keys(conn, organization, segment, after, size).await?,
        };

        let ids: Vec<RecordId> = keys.iter().copied().map(RecordId).collect();
        let records = routing::load_records(conn, organization, &ids).await?;
        let matches = self.plan.evaluate(conn, &records, self.now).await?;
        let placed: Vec<Placed<'_>> =
            records.iter().map(|record| self.plan.place(record, &matches, self.now)).collect();
        let asked: Vec<(SequenceId, RecordId)> = placed.iter().filter_map(fed).collect();
        let passes = routing::latest_passes(conn, organization, &asked).await?;

        let outlooks = placed.iter().map(|one| (one.record.id, self.outlook(one, &matches, &passes)));
        Ok((keys.last().copied(), outlooks.collect()))
    }

    fn outlook(
        &self,
        one: &Placed<'_>,
        matches: &Matches,
        passes: &HashMap<(SequenceId, RecordId), LatestPass>,
    ) -> Outlook {
        let supposed = (self.supposed.id, self.supposed.priority);
        Outlook {
            matches: self.plan.matches(one.record, self.supposed.id, matches),
            placement: one.placement,
            segment: one.segment.map(|planned| (planned.segment.id, planned.segment.priority)),
            feeding: fed(one).and_then(|(sequence, record)| {
                let latest = passes.get(&(sequence, record)).map(|latest| latest.end_time);
                let standing = latest.map_or(Standing::New, |end_time| {
                    end_time.map_or(Standing::Open, |at| Standing::Ended { at })
                });
                let joined = one.placement.joined(one.record.join_time, self.now);
                Some(feed(standing, self.connected.get(&sequence)?, joined, self.now))
            }),
            supposed,
        }
    }
}

/// Returns the sequence that a record may be enrolled in. `None` without one.
fn fed(one: &Placed<'_>) -> Option<(SequenceId, RecordId)> {
    Some((one.segment?.segment.connected_sequence?, one.record.id))
}
