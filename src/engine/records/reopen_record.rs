//! Opens a closed record again: segments evaluate it like one that changed.

use crate::domain::changes::Changes;
use crate::domain::history::{HistoryDetail, HistoryKind};
use crate::domain::id::RecordId;
use crate::domain::version::Version;
use crate::engine::{Engine, Error, Opened, Request};
use crate::store::records;

/// The record to reopen.
#[derive(Clone, Debug)]
pub struct ReopenRecord {
    /// The id of its record type.
    pub record_type: String,
    /// The record's id.
    pub record_id: String,
    /// The version that the caller saw, if it sent an etag.
    pub expected_version: Option<Version>,
}

impl Engine {
    /// Reopens a record. Nothing that ended with its closing is resumed.
    ///
    /// # Errors
    /// Missing, even if the record exists but the caller may not see it; Stale; Refused if it isn't
    /// closed.
    pub async fn reopen_record(&self, request: &Request, command: ReopenRecord) -> Result<RecordId, Error> {
        let mut write = match self.open(request).await? {
            Opened::Repeated(answer) => return Ok(answer),
            Opened::Fresh(write) => write,
        };

        let names = (command.record_type.as_str(), command.record_id.as_str());
        let scope = request.caller.scope();
        let (record_type, before) = write.lock_record(names, command.expected_version, scope).await?;
        let before_outcome = before.state.outcome();
        let after = before.reopen(&record_type, request.now)?;

        let organization = write.organization();
        records::update(write.conn(), organization, &[&after]).await?;
        let change = (write.new_id(), after.id);
        records::changes::append(write.conn(), organization, &[change]).await?;

        // Instead of a note: this event says who did it, and what was taken back.
        let outcome = before_outcome.map(|outcome| outcome.as_str().to_owned());
        let detail = HistoryDetail { outcome, ..HistoryDetail::default() };
        write.append(after.id.0, HistoryKind::RecordReopened, detail).await?;
        if let Some(outcome) = before_outcome {
            write.tally(after.id, HistoryKind::RecordReopened, outcome, request.now).await?;
        }
        write.routes_records();
        write.commit_with_queues(&after.id, Changes::new()).await?;
        Ok(after.id)
    }
}
