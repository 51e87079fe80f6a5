//! The first steps of every verb of a segment: lock it, check its version, count its matches, queue
//! its backfill.

use std::time::{Duration, Instant};

use sqlx::PgConnection;
use uuid::Uuid;

use crate::domain::condition::Condition;
use crate::domain::id::{OperationId, OrganizationId, RecordTypeId};
use crate::domain::names;
use crate::domain::operation::OperationKind;
use crate::domain::record_type::RecordType;
use crate::domain::segment::Segment;
use crate::domain::version::Version;
use crate::engine::{Error, Kind, Write};
use crate::store::records::Fields;
use crate::store::{self, records, segments};

/// A segment as a request names it.
#[derive(Clone, Debug)]
pub struct SegmentTarget {
    /// Its id.
    pub segment_id: String,
    /// The version that the caller saw, if it sent an etag.
    pub expected_version: Option<Version>,
}

impl SegmentTarget {
    /// Reads the segment without a lock.
    ///
    /// # Errors
    /// Missing; Stale.
    pub(in crate::engine) async fn find(
        &self,
        conn: &mut PgConnection,
        organization: OrganizationId,
    ) -> Result<Segment, Error> {
        let found = segments::find(conn, organization, &self.segment_id).await?;
        let segment = found.ok_or_else(|| self.missing())?;
        let current = Version::of(segment.id.0, segment.version);
        Error::if_stale(self.expected_version, current, || segment.name())?;
        Ok(segment)
    }

    fn missing(&self) -> Error {
        Error::Missing { kind: Kind::Segment, name: names::SEGMENT.name([&self.segment_id]) }
    }
}

/// How long matches are counted. A segment with a slow condition can be activated all the same.
const COUNTING: Duration = Duration::from_secs(2);

/// The most matches that one statement counts.
const CHUNK: i64 = 20_000;

/// The records that match a segment's condition.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::engine) struct MatchCount {
    pub count: i64,
    /// True if there may be more.
    pub partial: bool,
}

/// MatchCount, counted before anything is locked, because counting takes a while.
pub(in crate::engine) struct Counted {
    condition: String,
    matches: MatchCount,
}

impl Write {
    /// Locks the segment.
    ///
    /// # Errors
    /// Missing; Stale.
    pub(in crate::engine) async fn lock_segment(&mut self, target: &SegmentTarget) -> Result<Segment, Error> {
        let organization = self.organization();
        let found = segments::lock(self.conn(), organization, &target.segment_id).await?;
        let segment = found.ok_or_else(|| target.missing())?;
        let current = Version::of(segment.id.0, segment.version);
        Error::if_stale(target.expected_version, current, || segment.name())?;
        self.sees(segment.id.0).await?;
        Ok(segment)
    }

    /// Reads the record type of something that exists. Record types are never deleted.
    pub(in crate::engine) async fn record_type(&mut self, id: RecordTypeId) -> Result<RecordType, Error> {
        let organization = self.organization();
        let found = records::types::by_keys(self.conn(), organization, &[id.0]).await?;
        let missing = store::Error::Inconsistent { table: "record_type", column: "id", id: id.0 };
        Ok(found.into_iter().next().ok_or(missing)?)
    }

    /// Counts the active records that match a segment, without a lock.
    pub(in crate::engine) async fn count_matches(
        &mut self,
        target: &SegmentTarget,
    ) -> Result<Counted, Error> {
        let organization = self.organization();
        let found = segments::find(self.conn(), organization, &target.segment_id).await?;
        self.count_matches_of(&found.ok_or_else(|| target.missing())?).await
    }

    async fn count_matches_of(&mut self, segment: &Segment) -> Result<Counted, Error> {
        let record_type = self.record_type(segment.record_type).await?;
        let condition = kept_condition(segment, &record_type)?;
        let source = Fields { record_type: &record_type, now: self.now() };
        let (began, mut after) = (Instant::now(), Uuid::nil());
        let mut matches = MatchCount { count: 0, partial: false };

        loop {
            let left = COUNTING.saturating_sub(began.elapsed());
            let Some(keys) = self.matches_after(&source, &condition, after, left).await? else {
                matches.partial = true;
                break;
            };
            let found = i64::try_from(keys.len()).unwrap_or(CHUNK);
            matches.count += found;
            match keys.last() {
                Some(last) if found == CHUNK => after = *last,
                _ => break,
            }
        }

        Ok(Counted { condition: segment.profile.condition.clone(), matches })
    }

    /// Returns the next keys of records that match, or `None` if that takes longer than `limit`.
    async fn matches_after(
        &mut self,
        source: &Fields<'_>,
        condition: &Condition,
        after: Uuid,
        limit: Duration,
    ) -> Result<Option<Vec<Uuid>>, Error> {
        if limit < Duration::from_millis(1) {
            return Ok(None);
        }

        let mut attempt = store::savepoint(self.conn()).await?;
        store::limit_statements(&mut attempt, limit).await?;
        let found = segments::matches::keys(&mut attempt, source, condition, after, CHUNK).await;

        // The limit ends with the savepoint.
        attempt.rollback().await.map_err(store::Error::from)?;
        match found {
            Ok(keys) => Ok(Some(keys)),
            Err(store::Error::Timeout(_)) => Ok(None),
            Err(error) => Err(error.into()),
        }
    }

    /// Returns the earlier count, or counts again if the condition has changed meanwhile.
    pub(in crate::engine) async fn matches(
        &mut self,
        segment: &Segment,
        counted: Counted,
    ) -> Result<MatchCount, Error> {
        if counted.condition == segment.profile.condition {
            return Ok(counted.matches);
        }
        Ok(self.count_matches_of(segment).await?.matches)
    }

    /// Queues an operation over all records of a segment's type.
    pub(in crate::engine) async fn queue_over_records(
        &mut self,
        kind: OperationKind,
        segment: &Segment,
    ) -> Result<OperationId, Error> {
        let target = (segment.id.0, segment.name());
        let operation = self.new_operation(kind, target, segment.record_type);
        let id = operation.id;
        self.queue_counted(operation).await?;
        Ok(id)
    }
}

/// Returns the parsed condition of a segment. It can only fail if the database is inconsistent: the
/// condition was checked when it was saved, and the types of attributes never change.
pub(in crate::engine) fn kept_condition(
    segment: &Segment,
    record_type: &RecordType,
) -> Result<Condition, store::Error> {
    let inconsistent =
        |_| store::Error::Inconsistent { table: "segment", column: "condition", id: segment.id.0 };
    Condition::parse(&segment.profile.condition, &record_type.subject().as_saved()).map_err(inconsistent)
}
