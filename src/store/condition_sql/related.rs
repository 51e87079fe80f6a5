//! Attributes of related records. Each value is looked up by the key of the record that has it, so
//! that a statement needs no further table, and reads a record only for conditions that ask.

use super::{Place, Writer};
use crate::domain::condition::Field;
use crate::domain::id::{OrganizationId, RecordTypeId};

/// The place of every field of a related record.
pub const RELATED: Place = Place::Attributes("related.attributes");

/// A record to which an attribute of the subject refers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Related {
    /// The organization of both.
    pub organization: OrganizationId,
    /// The SQL of the object that holds the reference, like `record.attributes`.
    pub attributes: &'static str,
    /// The type of the related record.
    pub record_type: RecordTypeId,
}

impl Writer<'_> {
    /// Writes a value of a related record. It is null if there is no such record.
    pub(super) fn of_related(&mut self, related: Related, field: &Field, value: impl FnOnce(&mut Self)) {
        self.push("(SELECT ");
        value(self);
        self.push(" FROM record AS related WHERE related.organization_id = ");
        self.query.push_bind(related.organization.0);
        self.push(" AND related.record_type_id = ");
        self.query.push_bind(related.record_type.0);
        self.push(" AND related.record_id = (CASE WHEN jsonb_typeof(");
        self.reference(related, "->", field);
        self.push(") = 'string' THEN ");
        self.reference(related, "->>", field);
        self.push(" END))");
    }

    /// Writes the attribute that refers to the record which has the field.
    fn reference(&mut self, related: Related, operator: &'static str, field: &Field) {
        let through = field.name.rsplit_once('.').map_or("", |(through, _)| through);
        let through = Field { name: through.to_owned(), attribute_type: field.attribute_type.clone() };
        self.member(related.attributes, operator, &through);
    }
}
