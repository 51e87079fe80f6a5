//! Deletes a record. Only the fact that it existed is kept.

use serde::{Deserialize, Serialize};

use crate::domain::changes::Changes;
use crate::domain::enrollment::ExitReason;
use crate::domain::history::{HistoryDetail, HistoryKind};
use crate::domain::record::Record;
use crate::domain::related::RelatedChange;
use crate::domain::version::Version;
use crate::engine::records::upsert_batch::RecordName;
use crate::engine::{Engine, Error, Opened, Request, Write};
use crate::store::records::tombstones::{self, fingerprint};
use crate::store::sequences::tallies;
use crate::store::{activities, engagement, history, records, segments};

/// The record to delete.
#[derive(Clone, Debug)]
pub struct DeleteRecord {
    /// The id of its record type.
    pub record_type: String,
    /// The record's id.
    pub record_id: String,
    /// The version that the caller saw, if it sent an etag.
    pub expected_version: Option<Version>,
    /// The CRM's version of the deletion; 0 if the CRM has no versions.
    pub source_version: i64,
}

/// The effect of a deletion.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum DeleteEffect {
    /// The record was deleted.
    Deleted,
    /// The deletion was ignored: its version is older than the last accepted one.
    Outdated,
}

impl Engine {
    /// Deletes a record: its open enrollments exit, and everything that holds its values is erased.
    /// Late upserts with an older version of the CRM's don't bring it back.
    ///
    /// # Errors
    /// Missing, even if the record exists but the caller may not see it; Stale.
    pub async fn delete_record(
        &self,
        request: &Request,
        command: DeleteRecord,
    ) -> Result<DeleteEffect, Error> {
        let mut write = match self.open(request).await? {
            Opened::Repeated(answer) => return Ok(answer),
            Opened::Fresh(write) => write,
        };

        let names = (command.record_type.as_str(), command.record_id.as_str());
        let scope = request.caller.scope();
        let (_, record) = write.lock_record(names, command.expected_version, scope).await?;

        if record.outdates(command.source_version) {
            write.commit_unnoted(&DeleteEffect::Outdated).await?;
            return Ok(DeleteEffect::Outdated);
        }

        let exited = self.erase(&mut write, &record, false).await?;
        let source_version = record.source_version.max(command.source_version);
        if source_version > 0 {
            let name = (record.record_type, record.record_id);
            write.bury(&name, (source_version, false)).await?;
        }

        // Instead of a note: this event is all that is kept.
        write.append(record.id.0, HistoryKind::RecordDeleted, HistoryDetail::default()).await?;
        write.commit_with_queues(&DeleteEffect::Deleted, exited).await?;
        Ok(DeleteEffect::Deleted)
    }

    /// Erases a locked record, with everything that holds its values, like the ids of records that
    /// were merged into it. Its open enrollments exit. With `for_good`, what was merged can't come
    /// back for a while either. Routing must be stopped then, because changes that it would tell
    /// nobody are removed.
    pub(in crate::engine) async fn erase(
        &self,
        write: &mut Write,
        record: &Record,
        for_good: bool,
    ) -> Result<Changes, Error> {
        let organization = write.organization();
        segments::memberships::leave(write.conn(), organization, &[record.id.0]).await?;
        records::flips::remove(write.conn(), organization, &[record.id]).await?;
        write.free_places(record.owner.filter(|_| record.is_active())).await?;
        let (key, by, now) = ((organization, record.id), write.actor(), write.now());
        let reason = ExitReason::RecordDeleted;
        let core = self.core();
        let exited = core.exit_enrollments(write.conn(), key, reason, by, now).await?;

        // Notes, skip reasons and outcomes may contain the person's data. This comes after the
        // exits, so that it reaches the activities which they close.
        activities::manual::erase(write.conn(), organization, record.id).await?;
        let clock = self.clock().clone();
        let forgotten =
            tallies::without_forgotten_words(write.conn(), organization, record.id, || clock.new_id())
                .await?;
        tallies::append(write.conn(), &forgotten).await?;
        let mut worded = activities::erase_words(write.conn(), organization, record.id).await?;
        worded.extend(history::reopened_of_record(write.conn(), organization, record.id).await?);
        let untold = tallies::without_words(write.conn(), organization, &worded, || clock.new_id()).await?;
        tallies::append(write.conn(), &untold).await?;
        history::erase_words(write.conn(), organization, &worded).await?;
        history::erase_details(write.conn(), organization, record.id).await?;
        engagement::erase(write.conn(), organization, record.id).await?;
        records::handovers::erase(write.conn(), organization, record.id).await?;
        records::references::remove_all(write.conn(), organization, &[record.id]).await?;
        records::values::retain(write.conn(), organization, &[record.id], &[]).await?;
        write.tell_of_deletion(record).await?;
        if for_good {
            let name = (record.record_type, record.record_id.clone());
            records::related_changes::erase(write.conn(), organization, &name, Some(record.id)).await?;
        }
        tombstones::bury_merged(write.conn(), organization, record.id, for_good, now).await?;
        records::delete(write.conn(), organization, record.id).await?;

        Ok(exited)
    }
}

impl Write {
    /// Queues what records that refer to a deleted one have to be told.
    async fn tell_of_deletion(&mut self, record: &Record) -> Result<(), Error> {
        let organization = self.organization();
        let types = records::types::by_keys(self.conn(), organization, &[record.record_type.0]).await?;
        if types.iter().any(|record_type| record_type.referred)
            && let Some(change) = RelatedChange::deletion(record)
        {
            let change = (self.new_id(), change);
            records::related_changes::append(self.conn(), organization, &[change]).await?;
            self.routes_records();
        }
        Ok(())
    }

    /// Keeps a deleted record from coming back, by a fingerprint of its name. `left` is the last
    /// version of the CRM's, and true if no version may come back.
    pub(in crate::engine) async fn bury(
        &mut self,
        name: &RecordName,
        left: (i64, bool),
    ) -> Result<(), Error> {
        let (organization, now, fingerprint) = (self.organization(), self.now(), fingerprint(name));
        Ok(tombstones::insert(self.conn(), organization, &fingerprint, left, now).await?)
    }
}
