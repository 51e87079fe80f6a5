//! Runs operations in chunks. Each chunk and its progress are one transaction, so any server can
//! continue where another stopped. Where chunks don't depend on each other, the next one is decided
//! while Postgres saves the one before, and committed after it.

use std::time::Instant;

use chrono::{DateTime, Utc};
use sqlx::{PgConnection, Postgres, Transaction};
use tokio::sync::oneshot;
use tracing::Instrument as _;

use crate::domain::id::{OperationId, OrganizationId, RecordId, SequenceId};
use crate::domain::operation::{Chunk, Operation, OperationKind};
use crate::domain::problem::{Item, ItemKind};
use crate::engine::cases::act_on_enrollments::BulkDuty;
use crate::engine::frame::core::transaction;
use crate::engine::frame::halves::Halves;
use crate::engine::frame::one_by_one::one_by_one;
use crate::engine::routing::route_batch::Routed;
use crate::engine::routing::route_records::{Duty, Ticked};
use crate::engine::sequences::delete_sequence::Leftovers;
use crate::engine::{Engine, Error};
use crate::measures;
use crate::store::{self, database, routing};

/// The most records in one chunk.
pub(in crate::engine) const CHUNK: i64 = 1_000;

/// The number of new enrollments from which outdated statistics can lead to bad query plans.
const MANY: i64 = 10_000;

impl Engine {
    /// Returns the organizations that have running operations.
    ///
    /// # Errors
    /// The database failed.
    pub async fn organizations_at_work(&self, now: DateTime<Utc>) -> Result<Vec<OrganizationId>, Error> {
        Ok(routing::operations::organizations_at_work(&mut *self.store().connection().await?, now).await?)
    }

    /// Returns when the next operation may begin. `None` if none waits.
    ///
    /// # Errors
    /// The database failed.
    pub async fn next_operation(&self, now: DateTime<Utc>) -> Result<Option<DateTime<Utc>>, Error> {
        Ok(routing::operations::next_start(&mut *self.store().connection().await?, now).await?)
    }

    /// Runs one chunk of each organization that has running operations, one after the other.
    ///
    /// # Errors
    /// Returns the error of the first organization that failed. The others were served.
    pub async fn run_operations(&self, now: DateTime<Utc>) -> Result<Ticked, Error> {
        let at_work = self.organizations_at_work(now).await?;
        one_by_one(at_work, |organization| self.run_operations_of(organization, now)).await
    }

    /// Runs one chunk of an organization's operations. Changed records are routed first: they need
    /// the same lock, users wait for them, and an operation may take long.
    ///
    /// # Errors
    /// The database failed, and the records didn't cause it.
    pub async fn run_operations_of(
        &self,
        organization: OrganizationId,
        now: DateTime<Utc>,
    ) -> Result<Ticked, Error> {
        let routed = self.route_changes_of(organization, now).await;
        let worked = self.run_chunk_of(organization, now).await?;
        Ok(Ticked { worked, again_at: None }.and(Ticked { worked: false, ..routed? }))
    }

    /// Runs up to a chunk. A chunk that fails, other than for a passing reason, is halved, down to
    /// the failing record. Returns true if it did anything.
    async fn run_chunk_of(
        &self,
        organization: OrganizationId,
        now: DateTime<Utc>,
    ) -> Result<bool, store::Error> {
        let pace = &self.core().operation_pace;
        let (mut worked, mut rest) = (false, Halves::of(pace.next(organization)));

        while let Some(limit) = rest.next() {
            let began = Instant::now();
            match self.run_chunk(organization, limit, now).instrument(transaction("operations")).await {
                Ok(None) => break,
                Ok(Some(done)) => {
                    pace.took(organization, limit, done, began.elapsed());
                    worked = true;
                }
                Err(error) if error.retryable() => return Err(error),
                Err(_) => {
                    pace.failed(organization, limit);
                    if rest.failed(limit).is_some() {
                        self.run_record(organization, now).instrument(transaction("operations")).await?;
                        worked = true;
                    }
                }
            }
        }

        Ok(worked)
    }

    /// Runs a chunk in one transaction, and perhaps the one after it beside it. Returns the number
    /// of records, or `None` if no running operation is free.
    async fn run_chunk(
        &self,
        organization: OrganizationId,
        limit: i64,
        now: DateTime<Utc>,
    ) -> Result<Option<i64>, store::Error> {
        let mut tx = self.core().begin_batch().await?;
        let claimed = match self.claim_chunk(&mut tx, organization, limit, now).await {
            Ok(Some(claimed)) => claimed,
            Ok(None) => {
                self.core().undo(tx).await;
                return Ok(None);
            }
            Err(error) => return Err(self.core().roll_back(tx, error).await),
        };

        let (saved, is_saved) = oneshot::channel();
        let (done, ahead) = tokio::join!(
            Box::pin(self.finish_chunk(tx, &claimed, saved, now)),
            Box::pin(self.run_ahead(&claimed, is_saved, now)),
        );
        Ok(Some(done? + ahead))
    }

    /// Processes the records of a chunk, commits, and says so to the chunk ahead.
    async fn finish_chunk(
        &self,
        mut tx: Transaction<'static, Postgres>,
        claimed: &Claimed,
        saved: oneshot::Sender<Operation>,
        now: DateTime<Utc>,
    ) -> Result<i64, store::Error> {
        let Claimed { operation, records, more, .. } = claimed;
        match self.route_chunk(&mut tx, operation, (records, *more), now).await {
            Ok((operation, routed)) => {
                let done = self.commit_chunk(tx, &operation, routed, records.len(), now).await?;
                // Nobody listens if there is no chunk ahead.
                _ = saved.send(operation);
                Ok(done)
            }
            Err(error) => Err(self.core().roll_back(tx, error).await),
        }
    }

    /// Commits a chunk, and wakes those who wait for it. Returns the number of records.
    pub(super) async fn commit_chunk(
        &self,
        tx: Transaction<'static, Postgres>,
        operation: &Operation,
        routed: Routed,
        records: usize,
        now: DateTime<Utc>,
    ) -> Result<i64, store::Error> {
        self.core().commit_and_wake(tx, &routed.decided, routed.wakes).await?;
        self.wake().operation_changed(operation.id);
        self.core().successes.note(ItemKind::Operation, now);
        let done = count(records);
        metrics::counter!(measures::OPERATION_RECORDS).increment(done.unsigned_abs());

        // After the commit: ANALYZE must see the new rows.
        if multiplies(operation, routed.enrolled) {
            self.gather_statistics().await;
        }
        Ok(done)
    }

    /// Runs ANALYZE on the tables that bulk work has filled. Postgres would do so by itself, but
    /// only within a minute or so, and until then it plans for tables as small as they were. A
    /// failure is only logged, because only plans depend on it.
    async fn gather_statistics(&self) {
        let gathered = async { database::analyze(&mut *self.store().connection().await?).await };
        if let Err(error) = gathered.await {
            tracing::debug!(error = &error as &dyn std::error::Error, "gathering statistics failed");
        }
    }

    /// Claims an operation, if one is free, with its next records.
    async fn claim_chunk(
        &self,
        conn: &mut PgConnection,
        organization: OrganizationId,
        limit: i64,
        now: DateTime<Utc>,
    ) -> Result<Option<Claimed>, store::Error> {
        routing::lock_for_operation(conn, organization).await?;
        let Some(operation) = routing::operations::claim(conn, organization, now).await? else {
            return Ok(None);
        };

        // A smaller chunk looks for what makes it fail, or is small because its records take long.
        let ahead = limit == CHUNK && self.runs_ahead(conn, &operation).await?;
        let asked = if ahead { 2 * limit } else { limit };
        let mut records = routing::operations::next_records(conn, &operation, asked, now).await?;
        let ahead = records.split_off(records.len().min(usize::try_from(limit).unwrap_or(usize::MAX)));
        // A short chunk means that no records are left.
        let more = count(records.len()) == limit;
        Ok(Some(Claimed { operation, records, ahead, more }))
    }

    /// Processes the records of a chunk, and saves the operation's progress.
    async fn route_chunk(
        &self,
        conn: &mut PgConnection,
        operation: &Operation,
        (records, more): (&[RecordId], bool),
        now: DateTime<Utc>,
    ) -> Result<(Operation, Routed), store::Error> {
        let routed = self.do_duty(conn, operation.organization, duty(operation), records, now).await?;
        // A finished one says that the rest can wait.
        let operation = operation.pass(chunk(records, more && !routed.finished, &routed), now);
        routing::operations::update(conn, &operation).await?;
        Ok((operation, routed))
    }

    /// Processes the next record alone. If it fails again, it is tried later.
    async fn run_record(&self, organization: OrganizationId, now: DateTime<Utc>) -> Result<(), store::Error> {
        let mut tx = self.core().begin_write().await?;

        match self.route_next(&mut tx, organization, now).await {
            Ok(None) => self.core().undo(tx).await,
            Ok(Some((operation, routed))) => {
                // The attempt has bumped the queues.
                let (decided, wakes) = routed.changes_and_wakes();
                self.core().commit_bumped(tx, &decided, wakes).await?;
                self.wake().operation_changed(operation);
                // If it was noted as a problem, that is committed now.
                self.wake().problem_due();
            }
            Err(error) => return Err(self.core().roll_back(tx, error).await),
        }

        Ok(())
    }

    async fn route_next(
        &self,
        conn: &mut PgConnection,
        organization: OrganizationId,
        now: DateTime<Utc>,
    ) -> Result<Option<(OperationId, Routed)>, store::Error> {
        routing::lock(conn, organization).await?;
        let Some(operation) = routing::operations::claim(conn, organization, now).await? else {
            return Ok(None);
        };

        let records = match routing::operations::next_records(conn, &operation, 1, now).await {
            Ok(records) => records,
            Err(error) => return give_up(conn, &operation, error, now).await.map(Some),
        };
        let Some(record) = records.first().copied() else { return Ok(None) };

        let item = Item::OfOperation { record, operation: Some(operation.id) };
        let routed = self.do_or_note(conn, organization, (duty(&operation), item), record, now).await?;
        let failed = i64::from(routed.is_none());
        let routed = routed.unwrap_or_default();
        let failed = failed + routed.refused;

        // `more`, because one record doesn't say whether others follow. The next chunk finds out.
        let chunk = Chunk { last: Some(record), more: true, done: 1, failed, enrolled: routed.enrolled };
        routing::operations::update(conn, &operation.pass(chunk, now)).await?;
        Ok(Some((operation.id, routed)))
    }
}

/// Cancels an operation that doesn't say any more what it has to do. Those behind it would wait for
/// ever.
async fn give_up(
    conn: &mut PgConnection,
    operation: &Operation,
    error: store::Error,
    now: DateTime<Utc>,
) -> Result<(OperationId, Routed), store::Error> {
    let is_of_it = matches!(error, store::Error::Inconsistent { table: "operation", .. });
    let (true, Ok(canceled)) = (is_of_it, operation.cancel(now)) else { return Err(error) };

    routing::operations::update(conn, &canceled).await?;
    tracing::error!(
        organization.id = %operation.organization, operation.id = %operation.id,
        error = &error as &dyn std::error::Error, "an operation can't go on, canceled"
    );
    Ok((operation.id, Routed::default()))
}

/// An operation, and what one round does of it.
pub(super) struct Claimed {
    pub(super) operation: Operation,
    /// The records of its next chunk.
    records: Vec<RecordId>,
    /// True if others may follow.
    more: bool,
    /// Those of the chunk after it, if that one is processed at the same time.
    pub(super) ahead: Vec<RecordId>,
}

/// Returns what processing records adds to an operation.
pub(super) fn chunk(records: &[RecordId], more: bool, routed: &Routed) -> Chunk {
    let (failed, enrolled) = (routed.refused, routed.enrolled);
    Chunk { last: records.last().copied(), more, done: count(records.len()), failed, enrolled }
}

pub(super) fn count(records: usize) -> i64 {
    i64::try_from(records).unwrap_or(i64::MAX)
}

/// True if an operation that just started `started` enrollments may have multiplied the size of
/// tables: at its first ten thousand, its first hundred thousand and so on, and at its end. One
/// that indexes attributes does so without enrollments.
fn multiplies(operation: &Operation, started: i64) -> bool {
    let magnitude = |enrolled: i64| enrolled.max(1).ilog10();
    let grown = magnitude(operation.enrolled) > magnitude(operation.enrolled - started);
    let ended = operation.end_time.is_some();
    let indexed = operation.kind == OperationKind::IndexAttributes && ended && operation.done >= MANY;
    indexed || operation.enrolled >= MANY && (grown || ended)
}

/// Returns the work of an operation on its records.
pub(in crate::engine) fn duty(operation: &Operation) -> Duty {
    match operation.kind {
        OperationKind::BackfillSegment | OperationKind::FeedSequence | OperationKind::AssignMembers => {
            Duty::RouteForOperation(Some(operation.id))
        }
        OperationKind::ExitEnrollments => Duty::Exit(Leftovers::of(operation)),
        // Without its bulk, an operation finds no records, and fails before it comes here.
        OperationKind::ActOnEnrollments | OperationKind::EnrollRecords => {
            operation.bulk.clone().map_or(Duty::RouteForOperation(Some(operation.id)), |bulk| {
                let (sequence, upto) = (SequenceId(operation.target), operation.upto.0);
                Duty::Bulk(Box::new(BulkDuty { bulk, sequence, upto }))
            })
        }
        OperationKind::SettleEnrollments => Duty::Settle(SequenceId(operation.target)),
        OperationKind::EraseAttribute => Duty::Erase(operation.target_name.clone()),
        OperationKind::RefreshActivities | OperationKind::RefreshWaits => Duty::Refresh,
        OperationKind::PlanFlips => Duty::PlanFlips(operation.create_time),
        OperationKind::IndexReferences => Duty::IndexReferences,
        OperationKind::IndexAttributes => Duty::IndexAttributes(operation.id),
        OperationKind::RankActivities => Duty::Rank,
        OperationKind::ReassignRecords => Duty::Reassign(Box::new(operation.clone())),
    }
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;
    use crate::domain::id::RecordTypeId;
    use crate::domain::operation::OperationState;

    fn operation(enrolled: i64, end_time: Option<DateTime<Utc>>) -> Operation {
        Operation {
            organization: OrganizationId(Uuid::nil()),
            id: OperationId(Uuid::nil()),
            kind: OperationKind::BackfillSegment,
            target: Uuid::nil(),
            target_name: "segments/live".to_owned(),
            record_type: RecordTypeId(Uuid::nil()),
            bulk: None,
            cursor: None,
            upto: RecordId(Uuid::nil()),
            total: 1_000_000,
            done: 500_000,
            failed: 0,
            enrolled,
            state: OperationState::Running,
            create_time: DateTime::UNIX_EPOCH,
            end_time,
            start_time: None,
        }
    }

    #[test]
    fn tables_are_multiplied_by_each_further_power_of_ten_and_once_at_the_end() {
        let ended = Some(DateTime::UNIX_EPOCH);
        assert!(!multiplies(&operation(9_999, None), 1_000));
        assert!(multiplies(&operation(10_000, None), 1_000));
        assert!(!multiplies(&operation(11_000, None), 1_000));
        assert!(multiplies(&operation(100_500, None), 1_000));
        assert!(multiplies(&operation(25_000, ended), 0));
        // An operation that enrolled nobody has filled no table, however many records it read.
        assert!(!multiplies(&operation(0, None), 0));
        assert!(!multiplies(&operation(9_999, ended), 10));
        let kind = OperationKind::IndexAttributes;
        assert!(multiplies(&Operation { kind, ..operation(0, ended) }, 0));
        assert!(!multiplies(&Operation { kind, ..operation(0, None) }, 0));
    }
}
