//! More attributes for a record type.

use crate::domain::id::RecordTypeId;
use crate::domain::record_type::{Declared, Declined, attribute_name};
use crate::domain::refusal::Refusal;
use crate::engine::{Engine, Error, Kind, Opened, Request};
use crate::store::{operations, record_types};

/// The attributes to be declared.
#[derive(Clone, Debug)]
pub struct DeclareAttributes {
    /// The record type's chosen id.
    pub record_type: String,
    /// The attributes; those that are declared alike stay.
    pub attributes: Declared,
}

impl Engine {
    /// Declares attributes. Declaring the same again changes nothing.
    ///
    /// # Errors
    /// Missing; Invalid with paths that begin at the request; Refused if an attribute is declared
    /// with another type.
    pub async fn declare_attributes(
        &self,
        request: &Request,
        command: DeclareAttributes,
    ) -> Result<RecordTypeId, Error> {
        let mut write = match self.open(request).await? {
            Opened::Repeated(answer) => return Ok(answer),
            Opened::Fresh(write) => write,
        };
        let organization = write.organization();
        // Of all writers of record types each takes this lock first, so the type needs none of its
        // own.
        write.lock_organization().await?;
        let before =
            record_types::find(write.conn(), organization, &command.record_type).await?.ok_or_else(|| {
                let name = format!("recordTypes/{}", command.record_type);
                Error::Missing { kind: Kind::RecordType, name }
            })?;
        let after = before.declare(&command.attributes, request.now).map_err(|declined| match declined {
            Declined::Invalid(found) => Error::Invalid(found),
            Declined::Refused(refusal) => Error::Refused(refusal),
        })?;
        write.check_references(&command.attributes, &command.record_type).await?.into_result(())?;
        if after == before {
            write.commit_unnoted(&before.id).await?;
            return Ok(before.id);
        }
        let new = after.attributes.keys().filter(|name| before.attribute(name.as_str()).is_none());
        let new: Vec<String> = new.map(|name| attribute_name(&before, name.as_str())).collect();
        if let Some((operation, name)) = operations::erasing(write.conn(), organization, &new).await? {
            let attribute = name.rsplit('/').next().unwrap_or_default().to_owned();
            let users = vec![format!("operations/{operation}, which erases the values of its predecessor")];
            return Err(Error::Refused(Refusal::AttributeInUse { attribute, users }));
        }

        record_types::update(write.conn(), &after).await?;
        write.definitions_changed().await?;
        write.commit(after.id.0, &after.id).await?;
        Ok(after.id)
    }
}
