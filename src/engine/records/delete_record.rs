//! A record is deleted: nothing is kept but that it was there.

use crate::domain::enrollment::ExitReason;
use crate::domain::history::{HistoryDetail, HistoryKind};
use crate::domain::id::RecordId;
use crate::domain::version::Version;
use crate::engine::{Engine, Error, Opened, Request};
use crate::store::{activities, history, memberships, records};

/// The record to be deleted.
#[derive(Clone, Debug)]
pub struct DeleteRecord {
    /// The record type's chosen id.
    pub record_type: String,
    /// The record's chosen id.
    pub record_id: String,
    /// The version that the caller saw.
    pub expected_version: Option<Version>,
}

impl Engine {
    /// Deletes a record: its open enrollments exit, and everything that holds its values is erased.
    ///
    /// # Errors
    /// Missing, also for a record that the caller may not see; Stale.
    pub async fn delete_record(&self, request: &Request, command: DeleteRecord) -> Result<RecordId, Error> {
        let mut write = match self.open(request).await? {
            Opened::Repeated(answer) => return Ok(answer),
            Opened::Fresh(write) => write,
        };

        let names = (command.record_type.as_str(), command.record_id.as_str());
        let scope = request.caller.scope();
        let (_, record) = write.lock_record(names, command.expected_version, scope).await?;

        let organization = write.organization();
        memberships::leave(write.conn(), organization, &[record.id.0]).await?;
        let (key, by) = ((organization, record.id), request.actor());
        let reason = ExitReason::RecordDeleted;
        let exited = self.core().exit_enrollments(write.conn(), key, reason, by, request.now).await?;

        let worded = activities::erase_words(write.conn(), organization, record.id).await?;
        history::erase_outcomes(write.conn(), organization, &worded).await?;
        records::delete(write.conn(), organization, record.id).await?;

        write.append(record.id.0, HistoryKind::RecordDeleted, HistoryDetail::default()).await?;
        write.commit_with_queues(&record.id, exited).await?;
        Ok(record.id)
    }
}
