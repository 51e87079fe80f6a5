//! Changes the description of an attribute, and whether it is indexed.

use crate::domain::id::{OperationId, RecordTypeId};
use crate::domain::record_type::attribute_name;
use crate::domain::violation::Violations;
use crate::engine::records::update_record_type::RecordTypeTarget;
use crate::engine::{Engine, Error, Kind, Opened, Request};
use crate::store::records;

/// What changes in an attribute. What is `None` stays.
#[derive(Clone, Debug, Default)]
pub struct AttributePatch {
    /// What its values mean, for people.
    pub description: Option<String>,
    /// Whether records are found by its values.
    pub indexed: Option<bool>,
}

impl Engine {
    /// Changes an attribute. Its name and type never change.
    ///
    /// # Errors
    /// Missing; Stale; Invalid, with paths relative to the request.
    pub async fn update_attribute(
        &self,
        request: &Request,
        target: RecordTypeTarget,
        (attribute, patch): (&str, AttributePatch),
    ) -> Result<RecordTypeId, Error> {
        let mut write = match self.open(request).await? {
            Opened::Repeated(answer) => return Ok(answer),
            Opened::Fresh(write) => write,
        };
        let limits = write.lock_organization().await?.settings.limits;
        let before = write.seen_record_type(&target).await?;
        if before.attribute(attribute).is_none() {
            let name = attribute_name(&before, attribute);
            return Err(Error::Missing { kind: Kind::RecordType, name });
        }

        let described = patch.description.as_deref().map(|description| (attribute, description));
        let mut found = Violations::new();
        if let Some((_, description)) = described {
            found.extend(limits.check_description("description", description));
        }
        let after = before.describe(described, request.now);
        let operation = OperationId(write.new_id());
        let marks = patch.indexed.map(|indexed| (attribute, indexed));
        let marked = after.mark_indexed(marks, operation, |_| "indexed".to_owned(), request.now);
        // Without violations there is a type.
        let marked = found.keep("", marked);
        let after = found.settle(marked)?;
        if after == before {
            write.commit_unnoted(&before.id).await?;
            return Ok(before.id);
        }

        write.queue_indexing((&before, &after), operation).await?;
        records::types::update(write.conn(), &after).await?;
        write.definitions_changed().await?;
        write.commit(after.id.0, &after.id).await?;
        Ok(after.id)
    }
}
