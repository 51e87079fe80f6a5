//! What the conditions of an explanation read of the records to which a record refers.

use std::collections::BTreeSet;

use sqlx::PgConnection;

use crate::domain::attribute::AttributeType;
use crate::domain::caller::Scope;
use crate::domain::condition::Condition;
use crate::domain::explanation::RelatedValue;
use crate::domain::id::RecordId;
use crate::domain::names;
use crate::domain::record_type::RecordType;
use crate::store;
use crate::store::records::Fields;
use crate::store::records::references::{self, Look};

/// Returns the values that conditions read of related records, those in `scope`.
pub(super) async fn related_values(
    conn: &mut PgConnection,
    (source, scope): (&Fields<'_>, Scope),
    record: RecordId,
    conditions: &[&Condition],
) -> Result<Vec<RelatedValue>, store::Error> {
    let record_type = source.record_type;
    let fields = conditions.iter().flat_map(|condition| condition.related_fields());
    let fields: BTreeSet<(String, String)> = fields.collect();
    let look = |(reference, attribute)| look(record_type, reference, attribute);
    let looks: Vec<Look<'_>> =
        fields.iter().map(|(one, other)| (one.as_str(), other.as_str())).filter_map(look).collect();
    if looks.is_empty() {
        return Ok(Vec::new());
    }

    let found = references::values(conn, record_type.organization, record, &looks, scope).await?;
    let told = found.into_iter().filter_map(|(place, id, value)| {
        let (reference, _, attribute) = looks.get(place)?;
        let AttributeType::Reference { record_type: of } = record_type.attribute(reference)? else {
            return None;
        };
        let field = format!("{reference}.{attribute}");
        Some(RelatedValue { field, record: names::RECORD.name([of.as_str(), &id]), value })
    });
    Ok(told.collect())
}

fn look<'a>(record_type: &RecordType, reference: &'a str, attribute: &'a str) -> Option<Look<'a>> {
    Some((reference, record_type.related_by(reference)?.id, attribute))
}
