//! Changes the description of an attribute.

use crate::domain::id::RecordTypeId;
use crate::domain::record_type::attribute_name;
use crate::engine::records::update_record_type::RecordTypeTarget;
use crate::engine::{Engine, Error, Kind, Opened, Request};
use crate::store::records;

impl Engine {
    /// Sets the description of an attribute. Its name and type never change.
    ///
    /// # Errors
    /// Missing; Stale; Invalid, with paths relative to the request.
    pub async fn update_attribute(
        &self,
        request: &Request,
        target: RecordTypeTarget,
        (attribute, description): (&str, &str),
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

        limits.check_description("description", description).into_result(())?;
        let after = before.describe([(attribute, description)], request.now);
        if after == before {
            write.commit_unnoted(&before.id).await?;
            return Ok(before.id);
        }

        records::types::update(write.conn(), &after).await?;
        write.definitions_changed().await?;
        write.commit(after.id.0, &after.id).await?;
        Ok(after.id)
    }
}
