//! Creates a custom record type.

use std::collections::BTreeMap;

use crate::domain::attribute::AttributeType;
use crate::domain::attribute_index::AttributeIndex;
use crate::domain::id::{ChosenId, OperationId, RecordTypeId};
use crate::domain::names;
use crate::domain::reason::Reason;
use crate::domain::record_type::{Declared, RecordType, RecordTypeDraft};
use crate::domain::violation::Violations;
use crate::engine::{Engine, Error, Kind, Opened, Request, Write};
use crate::store::records;

/// The record type to create.
#[derive(Clone, Debug)]
pub struct CreateRecordType {
    /// The id, chosen by the caller: a CEL identifier.
    pub record_type_id: ChosenId,
    /// Its name, attributes and roles.
    pub draft: RecordTypeDraft,
}

impl Engine {
    /// Creates a record type.
    ///
    /// # Errors
    /// Invalid, with paths relative to the record type; Exists.
    pub async fn create_record_type(
        &self,
        request: &Request,
        command: CreateRecordType,
    ) -> Result<RecordTypeId, Error> {
        let mut write = match self.open(request).await? {
            Opened::Repeated(answer) => return Ok(answer),
            Opened::Fresh(write) => write,
        };

        let limits = write.lock_organization().await?.settings.limits;

        // Collect all violations before failing, so that the caller sees them at once.
        let CreateRecordType { record_type_id, draft } = command;
        let mut found = Violations::new();
        let attributes = found.keep("", draft.check(&limits)).unwrap_or_default();
        found.extend(write.check_references(&draft.attributes, record_type_id.as_str()).await?);
        found.into_result(())?;

        let index = AttributeIndex { operation: OperationId(self.clock().new_id()), ready: true };
        let record_type = RecordType {
            organization: write.organization(),
            id: RecordTypeId(self.clock().new_id()),
            record_type_id,
            display_name: draft.display_name,
            built_in: false,
            attributes,
            // Both are read with the type, and never written.
            related: BTreeMap::new(),
            referred: false,
            descriptions: draft.descriptions,
            // There are no records to fill them with.
            indexes: draft.indexed.into_iter().map(|attribute| (attribute, index)).collect(),
            roles: draft.roles,
            priority: draft.priority,
            version: 1,
            create_time: request.now,
            update_time: request.now,
        };

        if !records::types::insert(write.conn(), &record_type).await? {
            return Err(Error::Exists { kind: Kind::RecordType, name: record_type.name() });
        }
        write.definitions_changed().await?;
        write.commit(record_type.id.0, &record_type.id).await?;
        Ok(record_type.id)
    }
}

impl Write {
    /// Finds references to record types that don't exist. A type may refer to itself: `own` is its
    /// id.
    pub(in crate::engine) async fn check_references(
        &mut self,
        declared: &Declared,
        own: &str,
    ) -> Result<Violations, Error> {
        let references: BTreeMap<&String, &String> = declared.iter().filter_map(reference).collect();
        if references.is_empty() {
            return Ok(Violations::new());
        }

        let wanted: Vec<String> = references.values().map(|wanted| (*wanted).clone()).collect();
        let organization = self.organization();
        let known = records::types::known(self.conn(), organization, &wanted).await?;

        let mut found = Violations::new();
        for (name, wanted) in references {
            if wanted != own && !known.contains(wanted) {
                let field = format!("attributes[{name:?}].reference_type");
                let description = format!(
                    "must name an existing record type: {} doesn't exist",
                    names::RECORD_TYPE.name([wanted])
                );
                found.push(field, Reason::ReferenceNotFound, description);
            }
        }
        Ok(found)
    }
}

/// Returns the name of a reference attribute with the record type that it refers to.
fn reference<'a>((name, declared): (&'a String, &'a AttributeType)) -> Option<(&'a String, &'a String)> {
    match declared {
        AttributeType::Reference { record_type } => Some((name, record_type)),
        _ => None,
    }
}
