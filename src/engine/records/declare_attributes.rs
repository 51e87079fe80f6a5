//! Declares more attributes of a record type.

use std::collections::BTreeMap;

use crate::domain::id::{OperationId, RecordTypeId};
use crate::domain::names;
use crate::domain::record_type::{Declared, Declined, attribute_name, check_descriptions, index_field};
use crate::domain::refusal::Refusal;
use crate::engine::{Engine, Error, Kind, Opened, Request};
use crate::store::{records, routing};

/// The attributes to declare.
#[derive(Clone, Debug)]
pub struct DeclareAttributes {
    /// The record type's id.
    pub record_type: String,
    /// The attributes. Those already declared with the same type stay as they are.
    pub attributes: Declared,
    /// Descriptions of these attributes, by name. None of them is empty.
    pub descriptions: BTreeMap<String, String>,
    /// Those of these attributes to index from now on.
    pub indexed: Vec<String>,
    /// Only check whether it would succeed.
    pub validate_only: bool,
}

impl Engine {
    /// Declares attributes. Declaring an attribute again with the same type changes nothing.
    ///
    /// # Errors
    /// Missing; Invalid, with paths relative to the request; Refused if an attribute is already
    /// declared with another type.
    pub async fn declare_attributes(
        &self,
        request: &Request,
        command: DeclareAttributes,
    ) -> Result<RecordTypeId, Error> {
        let mut write = match self.open(request).await? {
            Opened::Repeated(answer) => return Ok(answer),
            Opened::Fresh(write) => write,
        };

        // Every write of a record type locks the organization first, so the type itself needs no
        // lock.
        let organization = write.lock_organization().await?;
        let (organization, limits) = (organization.id, organization.settings.limits);
        let before = records::types::find(write.conn(), organization, &command.record_type).await?;
        let before = before.ok_or_else(|| {
            let name = names::RECORD_TYPE.name([&command.record_type]);
            Error::Missing { kind: Kind::RecordType, name }
        })?;

        write.sees(before.id.0).await?;
        let after = before.declare(&command.attributes, request.now)?;
        let mut found = write.check_references(&command.attributes, &command.record_type).await?;
        found.extend(check_descriptions(&command.descriptions, &limits));
        found.into_result(())?;
        let described = command.descriptions.iter().map(|(name, text)| (name.as_str(), text.as_str()));
        let after = after.describe(described, request.now);
        let operation = OperationId(write.new_id());
        let marks = command.indexed.iter().map(|attribute| (attribute.as_str(), true));
        let after = after.mark_indexed(marks, operation, index_field, request.now)?;

        if after == before && !command.validate_only {
            write.commit_unnoted(&before.id).await?;
            return Ok(before.id);
        }

        let new = after.attributes.keys().filter(|name| before.attribute(name.as_str()).is_none());
        let new: Vec<String> = new.map(|name| attribute_name(&before, name.as_str())).collect();
        if let Some((operation, name)) =
            routing::operations::erasing(write.conn(), organization, &new).await?
        {
            let attribute = name.rsplit('/').next().unwrap_or_default().to_owned();
            let operation = names::OPERATION.uuid_name(operation.0);
            let users = vec![format!("{operation}, which erases the values of its predecessor")];
            return Err(Error::Refused(Refusal::AttributeInUse { attribute, users }));
        }

        if command.validate_only {
            // Dropping the write rolls it back. Even its request id can be used again.
            return Ok(before.id);
        }

        write.queue_indexing((&before, &after), operation).await?;
        records::types::update(write.conn(), &after).await?;
        write.definitions_changed().await?;
        write.commit(after.id.0, &after.id).await?;
        Ok(after.id)
    }
}

impl From<Declined> for Error {
    fn from(declined: Declined) -> Self {
        match declined {
            Declined::Invalid(found) => Self::Invalid(found),
            Declined::Refused(refusal) => Self::Refused(refusal),
        }
    }
}
