//! References between records: what a record refers to, and what its changes mean to those who
//! refer to it.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use super::id::RecordTypeId;
use super::record::{Attributes, Record};
use super::record_type::RecordType;

/// The value of a reference attribute. The record that it names needn't exist.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reference {
    /// The attribute.
    pub attribute: String,
    /// The type of the record referred to.
    pub target_type: RecordTypeId,
    /// The chosen id of the record referred to.
    pub target: String,
}

/// The change of a record to which others may refer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RelatedChange {
    /// Its type.
    pub record_type: RecordTypeId,
    /// Its chosen id.
    pub record_id: String,
    /// The attributes that have other values than before. Never empty.
    pub attributes: BTreeSet<String>,
}

impl Record {
    /// Returns what the record refers to, by attribute.
    pub fn references(&self, record_type: &RecordType) -> BTreeMap<String, Reference> {
        let reference = |(attribute, related): (&str, &super::record_type::RelatedType)| {
            let Value::String(target) = self.attributes.get(attribute)? else { return None };
            let (attribute, target_type) = (attribute.to_owned(), related.id);
            Some((attribute.clone(), Reference { attribute, target_type, target: target.clone() }))
        };
        record_type.references().filter_map(reference).collect()
    }
}

impl RelatedChange {
    /// The change that a record is deleted. `None` if nobody could have seen anything of it.
    pub fn deletion(record: &Record) -> Option<Self> {
        Self::of(record, &Attributes::new())
    }

    /// The change of a record that has other values than before. `None` if all are the same.
    pub fn of(record: &Record, before: &Attributes) -> Option<Self> {
        let attributes = different(before, &record.attributes);
        (!attributes.is_empty()).then(|| Self {
            record_type: record.record_type,
            record_id: record.record_id.to_string(),
            attributes,
        })
    }
}

/// Returns the names of the attributes that have another value, or only one of both has.
pub fn different(before: &Attributes, after: &Attributes) -> BTreeSet<String> {
    let gone = before.keys().filter(|name| !after.contains_key(*name));
    let new = after.iter().filter(|(name, value)| before.get(*name) != Some(value)).map(|(name, _)| name);
    gone.chain(new).cloned().collect()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn what_is_set_changed_or_cleared_is_different() {
        let attributes = |value: Value| value.as_object().cloned().expect("an object");
        let before = attributes(json!({"same": 1, "changed": "a", "cleared": [], "typed": 1}));
        let after = attributes(json!({"same": 1, "changed": "b", "set": null, "typed": "1"}));
        let names = Vec::from_iter(different(&before, &after));
        assert_eq!(names, ["changed", "cleared", "set", "typed"]);
        assert!(different(&after, &after).is_empty());
    }
}
