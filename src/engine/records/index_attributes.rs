//! Indexes attributes: fills the index of a marked one, and empties that of one whose mark is gone.

use sqlx::PgConnection;
use uuid::Uuid;

use crate::domain::id::{OperationId, OrganizationId, RecordId};
use crate::domain::operation::OperationKind;
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
        let keys: Vec<Uuid> = ids.iter().map(|record| record.0).collect();
        routing::lock_records(conn, organization, &keys).await?;
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
        // Not the operation's own key: the clock of a server that added a record may be ahead.
        let Some(last) = records::last(self.conn(), organization, after.id).await? else { return Ok(()) };

        let target = (after.id.0, after.name());
        let mut indexing = self.new_operation(OperationKind::IndexAttributes, target, after.id);
        (indexing.id, indexing.upto) = (operation, last);
        indexing.total = routing::operation_totals::count_all_records(self.conn(), &indexing).await?;
        self.queue(&indexing).await
    }
}
