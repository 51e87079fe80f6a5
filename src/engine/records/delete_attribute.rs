//! Deletes an attribute that nothing uses, and its values.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use sqlx::PgConnection;

use crate::domain::id::{OperationId, OrganizationId, RecordId, RecordTypeId};
use crate::domain::operation::OperationKind;
use crate::domain::record_type::attribute_name;
use crate::engine::records::update_record_type::RecordTypeTarget;
use crate::engine::{Engine, Error, Kind, Opened, Request};
use crate::store::{self, records, routing};

/// The result of a deletion.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DeletedAttribute {
    /// The record type.
    pub record_type: RecordTypeId,
    /// The operation that erases the values; `None` if there are no records.
    pub erase_operation: Option<OperationId>,
}

impl Engine {
    /// Deletes an attribute. Its values are hidden immediately, and an operation erases them.
    ///
    /// # Errors
    /// Missing; Stale; Refused if it is in use.
    pub async fn delete_attribute(
        &self,
        request: &Request,
        target: RecordTypeTarget,
        attribute: &str,
    ) -> Result<DeletedAttribute, Error> {
        let mut write = match self.open(request).await? {
            Opened::Repeated(answer) => return Ok(answer),
            Opened::Fresh(write) => write,
        };
        let organization = write.organization();
        let sellers = write.lock_organization().await?.seller_attributes;
        let before = write.seen_record_type(&target).await?;
        if before.attribute(attribute).is_none() {
            let name = attribute_name(&before, attribute);
            return Err(Error::Missing { kind: Kind::RecordType, name });
        }
        // This waits for transactions that are adding records with the attribute; later ones read
        // the type again.
        records::types::lock(write.conn(), organization, before.id).await?;
        let readers = records::type_users::readers(write.conn(), organization, before.id).await?;
        let mut referring = Vec::new();
        for other in records::types::referring(write.conn(), organization, &before.record_type_id).await? {
            let readers = records::type_users::readers(write.conn(), organization, other.id).await?;
            referring.push((other, readers));
        }

        let readers = (readers.as_slice(), referring.as_slice());
        let after = before.delete_attribute(attribute, readers, &sellers, request.now)?;

        records::types::update(write.conn(), &after).await?;
        write.definitions_changed().await?;
        let target = (after.id.0, attribute_name(&after, attribute));
        let erase = write.new_operation(OperationKind::EraseAttribute, target, after.id);
        let id = erase.id;
        let erase_operation = write.queue_over_type(erase).await?.then_some(id);
        let answer = DeletedAttribute { record_type: after.id, erase_operation };
        write.commit(after.id.0, &answer).await?;
        Ok(answer)
    }

    /// Erases the values that records have of a deleted attribute.
    pub(in crate::engine) async fn erase_attribute(
        &self,
        conn: &mut PgConnection,
        organization: OrganizationId,
        name: &str,
        ids: &[RecordId],
        now: DateTime<Utc>,
    ) -> Result<(), store::Error> {
        let attribute = name.rsplit('/').next().unwrap_or_default();
        routing::lock_records(conn, organization, ids).await?;
        let cleared: Vec<_> = ids.iter().map(|id| (*id, attribute.to_owned())).collect();
        records::references::remove(conn, organization, &cleared).await?;
        records::values::remove(conn, organization, &cleared).await?;
        records::erase_attribute(conn, organization, ids, attribute, now).await
    }
}
