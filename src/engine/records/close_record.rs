//! Closes a record: all work on it ends.

use chrono::{DateTime, Utc};

use crate::domain::caller::Scope;
use crate::domain::enrollment::ExitReason;
use crate::domain::history::{HistoryDetail, HistoryKind};
use crate::domain::id::{ChosenId, RecordId};
use crate::domain::names;
use crate::domain::record::{CloseOutcome, Record, RecordType};
use crate::domain::refusal::Refusal;
use crate::domain::tally::{Counted, Tallies, TallyKey, WHOLE};
use crate::domain::version::Version;
use crate::engine::{Engine, Error, Kind, Opened, Request, Write};
use crate::store::enrollments::Locking;
use crate::store::sequences::{split_entries, tallies};
use crate::store::{records, segments};

/// The record to close.
#[derive(Clone, Debug)]
pub struct CloseRecord {
    /// The id of its record type.
    pub record_type: String,
    /// The record's id.
    pub record_id: String,
    /// How it ended.
    pub outcome: CloseOutcome,
    /// The version that the caller saw, if it sent an etag.
    pub expected_version: Option<Version>,
}

impl Engine {
    /// Closes a record: its open enrollments exit, and it leaves its segment.
    ///
    /// # Errors
    /// Missing, even if the record exists but the caller may not see it; Stale; Refused if it is
    /// already closed.
    pub async fn close_record(&self, request: &Request, command: CloseRecord) -> Result<RecordId, Error> {
        let mut write = match self.open(request).await? {
            Opened::Repeated(answer) => return Ok(answer),
            Opened::Fresh(write) => write,
        };

        let names = (command.record_type.as_str(), command.record_id.as_str());
        let scope = request.caller.scope();
        let (record_type, before) = write.lock_record(names, command.expected_version, scope).await?;
        let after = before.close(command.outcome, &record_type, request.now)?;

        let organization = write.organization();
        records::update(write.conn(), organization, &[&after]).await?;
        segments::memberships::leave(write.conn(), organization, &[after.id.0]).await?;
        records::flips::remove(write.conn(), organization, &[after.id]).await?;
        write.free_places(after.owner).await?;
        let (record, by) = ((organization, after.id), request.actor());
        let reason = ExitReason::RecordClosed;
        let core = self.core();
        let exited = core.exit_enrollments(write.conn(), record, reason, by, request.now).await?;

        // Instead of a note: this event says who did it and how.
        let outcome = Some(command.outcome.as_str().to_owned());
        let detail = HistoryDetail { outcome, ..HistoryDetail::default() };
        write.append(after.id.0, HistoryKind::RecordClosed, detail).await?;
        write.tally(after.id, HistoryKind::RecordClosed, command.outcome, request.now).await?;
        write.commit_with_queues(&after.id, exited).await?;
        Ok(after.id)
    }
}

impl Write {
    /// Locks a record that the caller may change, and returns it with its type. `names` are the ids
    /// of the type and the record.
    ///
    /// # Errors
    /// Missing; Stale.
    pub(in crate::engine) async fn lock_record(
        &mut self,
        names: (&str, &str),
        expected_version: Option<Version>,
        scope: Scope,
    ) -> Result<(RecordType, Record), Error> {
        let (record_type, record_id) = names;
        let name = || names::RECORD.name([record_type, record_id]);
        let missing = || Error::Missing { kind: Kind::Record, name: name() };

        let organization = self.organization();
        let found = records::types::find(self.conn(), organization, record_type).await?;
        let record_type = found.ok_or_else(missing)?;
        let wanted = (record_type.id, ChosenId::known(record_id));
        let locked = records::lock(self.conn(), organization, &[wanted], Locking::Wait).await?;

        // A record of somebody else looks like one that doesn't exist.
        let record = locked.into_iter().next().filter(|record| scope.has_owner(record.owner));
        let Some(record) = record else {
            self.check_unmerged((&record_type, record_id), scope).await?;
            return Err(missing());
        };
        Error::if_stale(expected_version, Version::of(record.id.0, record.version), name)?;
        Ok((record_type, record))
    }

    /// Checks of a record that isn't there that it wasn't merged into one that the caller may see.
    ///
    /// # Errors
    /// Refused, with the name of the record that survived.
    pub(in crate::engine) async fn check_unmerged(
        &mut self,
        (record_type, record_id): (&RecordType, &str),
        scope: Scope,
    ) -> Result<(), Error> {
        let organization = self.organization();
        let found = records::find(self.conn(), organization, record_type.id, record_id, scope).await?;
        // A merged record's name leads to the one that survived.
        let found = found.map(|row| row.record).filter(|found| found.record_id.as_str() != record_id);
        let Some(survivor) = found else { return Ok(()) };
        let record = names::RECORD.name([record_type.record_type_id.as_str(), record_id]);
        Err(Refusal::RecordMerged { record, survivor: survivor.name(record_type) }.into())
    }

    /// Counts a closing of a record, or that it is taken back, for each sequence that the record is
    /// or was in, and for the splits there.
    pub(in crate::engine) async fn tally(
        &mut self,
        record: RecordId,
        kind: HistoryKind,
        outcome: CloseOutcome,
        now: DateTime<Utc>,
    ) -> Result<(), Error> {
        let organization = self.organization();
        if outcome.is_won() {
            let won = (kind == HistoryKind::RecordClosed).then_some(now);
            split_entries::set_won(self.conn(), organization, record, won).await?;
        }

        let mut counted = Tallies::default();
        for (sequence, revision) in tallies::sequences_of_record(self.conn(), organization, record).await? {
            let key = TallyKey { organization, sequence, revision, day: now.date_naive() };
            let word = outcome.as_str().to_owned();
            counted.add(key, self.new_id(), Counted { node: WHOLE, kind: kind as i16, word }, 1);
        }
        Ok(tallies::append(self.conn(), &counted).await?)
    }
}
