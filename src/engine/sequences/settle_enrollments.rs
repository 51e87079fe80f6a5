//! Writes the last halt of a sequence, or its end, to the enrollments: in the transaction that
//! decided it if they are few, else by an operation.

use chrono::{DateTime, Utc};
use sqlx::PgConnection;
use uuid::Uuid;

use crate::domain::case::Broken;
use crate::domain::changes::Changes;
use crate::domain::id::{OperationId, OrganizationId, RecordId, SequenceId};
use crate::domain::operation::OperationKind;
use crate::domain::sequence::Sequence;
use crate::engine::{Engine, Error, Write};
use crate::store::{self, changes, enrollments, routing, sequences};

/// The most enrollments that are settled in the transaction that decides the halt.
const AT_ONCE: i64 = 1_000;

impl Engine {
    /// Settles the open enrollments of a sequence whose halt has just changed, in this transaction
    /// or by an operation, whose id it returns. Call it before the epoch of the definitions goes
    /// up: otherwise this server could cache what isn't committed.
    pub(in crate::engine) async fn settle(
        &self,
        write: &mut Write,
        sequence: &Sequence,
    ) -> Result<(Option<OperationId>, Changes), Error> {
        let (organization, now) = (write.organization(), write.now());
        let uses = sequences::uses(write.conn(), organization, sequence.id).await?;
        let target = (sequence.id.0, sequence.name());
        let mut operation =
            write.new_operation(OperationKind::SettleEnrollments, target, sequence.record_type);
        operation.total = uses.open_enrollments;

        // An operation that runs already must stay ahead of what is decided now.
        let running = routing::operations::settling(write.conn(), organization, sequence.id).await?;
        if uses.open_enrollments > AT_ONCE || running.is_some() {
            write.queue(&operation).await?;
            return Ok((Some(operation.id), Changes::new()));
        }

        let records = routing::operations::next_records(write.conn(), &operation, AT_ONCE, now).await?;
        let key = (organization, sequence.id);
        let halted = Some(sequence);
        Ok((None, self.write_halt(write.conn(), key, &records, halted, now).await?))
    }

    /// Settles the open enrollments of records in a sequence. Saves everything but the queues,
    /// which the commit bumps.
    pub(in crate::engine) async fn settle_enrollments(
        &self,
        conn: &mut PgConnection,
        sequence: (OrganizationId, SequenceId),
        records: &[RecordId],
        now: DateTime<Utc>,
    ) -> Result<Changes, store::Error> {
        self.write_halt(conn, sequence, records, None, now).await
    }

    /// Like [`Self::settle_enrollments`], but by the halt of `halted`, which isn't committed yet.
    async fn write_halt(
        &self,
        conn: &mut PgConnection,
        (organization, sequence): (OrganizationId, SequenceId),
        records: &[RecordId],
        halted: Option<&Sequence>,
        now: DateTime<Utc>,
    ) -> Result<Changes, store::Error> {
        let all = Uuid::max();
        let keys = enrollments::lock_open_in_sequence(conn, organization, sequence, records, all).await?;
        let mut cases = self.core().load_cases(conn, &keys, now).await?;
        if let Some(halted) = halted {
            cases.iter_mut().for_each(|case| case.facts.halt = halted.halt);
        }

        let (decided, settled) =
            self.core().decide(now, |flow| cases.iter().try_for_each(|case| case.settled(flow).map(|_| ())));
        settled.map_err(|broken: Broken| store::Error::from(broken))?;
        changes::save_rows(conn, &decided).await?;
        Ok(decided)
    }
}
