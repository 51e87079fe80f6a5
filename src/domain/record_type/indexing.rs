//! Which attributes of a record type are indexed.

use std::collections::BTreeSet;

use chrono::{DateTime, Utc};

use super::RecordType;
use crate::domain::attribute::AttributeType;
use crate::domain::attribute_index::{AttributeIndex, MOST_INDEXED};
use crate::domain::id::OperationId;
use crate::domain::reason::Reason;
use crate::domain::violation::Violations;

impl RecordType {
    /// Marks attributes as indexed, or not any more; `operation` does the work. If nothing changes,
    /// even the version stays the same. `field` is the path of an attribute's mark.
    ///
    /// # Errors
    /// Everything that can't be indexed.
    pub fn mark_indexed<'a>(
        &self,
        marks: impl IntoIterator<Item = (&'a str, bool)>,
        operation: OperationId,
        field: impl Fn(&str) -> String,
        now: DateTime<Utc>,
    ) -> Result<Self, Violations> {
        let mut indexes = self.indexes.clone();
        for (attribute, indexed) in marks {
            if indexed {
                let new = AttributeIndex { operation, ready: false };
                indexes.entry(attribute.to_owned()).or_insert(new);
            } else {
                indexes.remove(attribute);
            }
        }
        if indexes == self.indexes {
            return Ok(self.clone());
        }

        let marked: BTreeSet<&str> = indexes.keys().map(String::as_str).collect();
        let new = |name: &str| !self.indexes.contains_key(name);
        check(&marked, |name| self.attribute(name), new, field).into_result(())?;
        Ok(Self { indexes, version: self.version + 1, update_time: now, ..self.clone() })
    }
}

/// Returns what is wrong with the marks of attributes. Those that aren't new are as they were.
pub(super) fn check<'a>(
    marked: &BTreeSet<&str>,
    declared: impl Fn(&str) -> Option<&'a AttributeType>,
    new: impl Fn(&str) -> bool,
    field: impl Fn(&str) -> String,
) -> Violations {
    let mut found = Violations::new();
    let fresh: Vec<&str> = marked.iter().copied().filter(|name| new(name)).collect();
    for name in &fresh {
        found.extend_under(&field(name), declared(name).map(check_type).unwrap_or_default());
    }
    if let Some(first) = fresh.first() {
        found.extend_under(&field(first), check_number(marked.len()));
    }
    found
}

fn check_type(declared: &AttributeType) -> Violations {
    if declared.is_indexable() {
        return Violations::new();
    }
    let rule = format!("must be false for type {declared}: lists can't be indexed");
    Violations::one("", Reason::FieldInvalid, rule)
}

fn check_number(marked: usize) -> Violations {
    if marked <= MOST_INDEXED {
        return Violations::new();
    }
    let rule =
        format!("a record type has at most {MOST_INDEXED} indexed attributes, this one would have {marked}");
    Violations::one("", Reason::FieldInvalid, rule)
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::super::Declared;
    use super::super::tests::lead;
    use super::*;

    const BY: OperationId = OperationId(Uuid::nil());

    fn mark(record_type: &RecordType, marks: &[(&str, bool)]) -> Result<RecordType, Vec<String>> {
        let marks = marks.iter().copied();
        let marked = record_type.mark_indexed(marks, BY, str::to_owned, DateTime::UNIX_EPOCH);
        marked
            .map_err(|found| found.iter().map(|one| format!("{}: {}", one.field, one.description)).collect())
    }

    #[test]
    fn marks_come_and_go_and_the_same_again_changes_nothing() {
        let marked = mark(&lead(), &[("email", true), ("name", true)]).expect("fine");
        assert_eq!((marked.indexes.len(), marked.version), (2, 2));
        assert_eq!(mark(&marked, &[("email", true), ("phone", false)]), Ok(marked.clone()));
        let left = mark(&marked, &[("email", false)]).expect("fine");
        assert_eq!(left.indexes.keys().collect::<Vec<_>>(), ["name"]);
    }

    /// A lead with these attributes, too.
    fn wide(declared: impl IntoIterator<Item = (String, AttributeType)>) -> RecordType {
        let declared: Declared = declared.into_iter().collect();
        lead().declare(&declared, DateTime::UNIX_EPOCH).expect("fine")
    }

    #[test]
    fn a_list_is_refused() {
        let lists = wide([("tags".to_owned(), AttributeType::StringList)]);
        let told = "tags: must be false for type STRING_LIST: lists can't be indexed";
        assert_eq!(mark(&lists, &[("tags", true)]), Err(vec![told.to_owned()]));
    }

    #[test]
    fn more_than_twenty_are_refused() {
        let names: Vec<String> = (10..31).map(|number| format!("a{number}")).collect();
        let wide = wide(names.iter().map(|name| (name.clone(), AttributeType::Int)));
        let marks: Vec<(&str, bool)> = names.iter().map(|name| (name.as_str(), true)).collect();
        let rule = "a record type has at most 20 indexed attributes, this one would have 21";
        assert_eq!(mark(&wide, &marks), Err(vec![format!("a10: {rule}")]));
        let most = mark(&wide, &marks[..20]).expect("fine");
        assert_eq!(mark(&most, &marks[20..]), Err(vec![format!("a30: {rule}")]));
    }
}
