//! Indexes attributes: fills the index of a marked one, and empties that of one whose mark is gone.

use sqlx::PgConnection;

use crate::domain::id::{OperationId, OrganizationId, RecordId};
use crate::domain::operation::{Operation, OperationKind};
use crate::domain::record_type::RecordType;
use crate::engine::frame::write::Write;
use crate::engine::{Engine, Error};
use crate::store::{self, records, routing};

impl Engine {
    /// Makes the indexes have what records hold of the attributes that an operation is to index,
    /// and nothing of those that aren't marked. Done again, it changes nothing.
    pub(in crate::engine) async fn index_attributes(
        &self,
        conn: &mut PgConnection,
        (organization, operation): (OrganizationId, OperationId),
        ids: &[RecordId],
    ) -> Result<(), store::Error> {
        // A record that is being changed must not be overwritten with what it held before. Whoever
        // changes it later sees the marks as they are now.
        routing::lock_records(conn, organization, ids).await?;
        for (record_type, ids) in records::types::of_records(conn, organization, ids).await? {
            let ids = Vec::from_iter(ids);
            let (own, others) = marked(&record_type, operation);
            records::values::retain(conn, organization, &ids, &others).await?;
            let held = records::values::held(conn, &record_type, &ids, &own).await?;
            records::values::save(conn, organization, &held).await?;
        }
        Ok(())
    }
}

/// Returns the attributes that an operation is to index, and the other marked ones.
fn marked(record_type: &RecordType, operation: OperationId) -> (Vec<&String>, Vec<&String>) {
    let is_own =
        |name: &&String| record_type.indexes.get(*name).is_some_and(|one| one.operation == operation);
    record_type.indexes.keys().partition(is_own)
}

impl Write {
    /// Queues the operation that makes the indexes of a record type have what the marks of its
    /// attributes say, if they have changed and there are records.
    pub(in crate::engine) async fn queue_indexing(
        &mut self,
        (before, after): (&RecordType, &RecordType),
        operation: OperationId,
    ) -> Result<(), Error> {
        if after.indexes == before.indexes {
            return Ok(());
        }
        // This waits for transactions that are adding records without the marks; later ones read
        // the type again.
        let organization = self.organization();
        records::types::lock(self.conn(), organization, after.id).await?;

        let target = (after.id.0, after.name());
        let indexing = self.new_operation(OperationKind::IndexAttributes, target, after.id);
        self.queue_over_type(Operation { id: operation, ..indexing }).await?;
        Ok(())
    }
}
