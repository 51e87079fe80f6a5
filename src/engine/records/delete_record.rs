//! Deletes a record. Only the fact that it existed is kept.

use crate::domain::enrollment::ExitReason;
use crate::domain::history::{HistoryDetail, HistoryKind};
use crate::domain::id::RecordId;
use crate::domain::version::Version;
use crate::engine::{Engine, Error, Opened, Request};
use crate::store::{activities, history, records, segments};

/// The record to delete.
#[derive(Clone, Debug)]
pub struct DeleteRecord {
    /// The id of its record type.
    pub record_type: String,
    /// The record's id.
    pub record_id: String,
    /// The version that the caller saw, if it sent an etag.
    pub expected_version: Option<Version>,
}

impl Engine {
    /// Deletes a record: its open enrollments exit, and everything that holds its values is erased.
    ///
    /// # Errors
    /// Missing, even if the record exists but the caller may not see it; Stale.
    pub async fn delete_record(&self, request: &Request, command: DeleteRecord) -> Result<RecordId, Error> {
        let mut write = match self.open(request).await? {
            Opened::Repeated(answer) => return Ok(answer),
            Opened::Fresh(write) => write,
        };

        let names = (command.record_type.as_str(), command.record_id.as_str());
        let scope = request.caller.scope();
        let (_, record) = write.lock_record(names, command.expected_version, scope).await?;

        let organization = write.organization();
        segments::memberships::leave(write.conn(), organization, &[record.id.0]).await?;
        let (key, by) = ((organization, record.id), request.actor());
        let reason = ExitReason::RecordDeleted;
        let core = self.core();
        let exited = core.exit_enrollments(write.conn(), key, reason, by, request.now).await?;

        // Notes, skip reasons and outcomes may contain the person's data. This comes after the
        // exits, so that it reaches the activities which they close.
        let worded = activities::erase_words(write.conn(), organization, record.id).await?;
        history::erase_outcomes(write.conn(), organization, &worded).await?;
        records::delete(write.conn(), organization, record.id).await?;

        // Instead of a note: this event is all that is kept.
        write.append(record.id.0, HistoryKind::RecordDeleted, HistoryDetail::default()).await?;
        write.commit_with_queues(&record.id, exited).await?;
        Ok(record.id)
    }
}
