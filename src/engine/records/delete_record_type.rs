//! Deletes a record type that nothing uses.

use crate::domain::id::RecordTypeId;
use crate::engine::records::update_record_type::RecordTypeTarget;
use crate::engine::{Engine, Error, Opened, Request};
use crate::store::records;

impl Engine {
    /// Deletes a record type.
    ///
    /// # Errors
    /// Missing; Stale; Refused if it is built in or in use.
    pub async fn delete_record_type(
        &self,
        request: &Request,
        target: RecordTypeTarget,
    ) -> Result<RecordTypeId, Error> {
        let mut write = match self.open(request).await? {
            Opened::Repeated(answer) => return Ok(answer),
            Opened::Fresh(write) => write,
        };
        let organization = write.organization();
        write.lock_organization().await?;
        let record_type = write.seen_record_type(&target).await?;
        // This waits for transactions that are adding records of the type; later ones won't find
        // it.
        records::types::lock(write.conn(), organization, record_type.id).await?;
        let chosen = record_type.record_type_id.as_str();
        let users = records::type_users::users(write.conn(), organization, record_type.id, chosen).await?;

        record_type.check_deletable(users)?;

        records::types::delete(write.conn(), organization, record_type.id).await?;
        write.definitions_changed().await?;
        write.commit(record_type.id.0, &record_type.id).await?;
        Ok(record_type.id)
    }
}
