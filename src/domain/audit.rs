//! What an administrative write changed, and from where it came: what an auditor asks.

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use strum::{EnumString, IntoStaticStr, VariantArray};

/// The most bytes of one field that history keeps. A definition of usual size is far below.
const LARGEST_FIELD: usize = 64 << 10;

/// The kinds of resources that administrators write. The words are stored. Never change them.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, EnumString, IntoStaticStr, VariantArray, Serialize, Deserialize,
)]
#[strum(serialize_all = "snake_case")]
#[serde(rename_all = "snake_case")]
pub enum AuditedKind {
    /// The organization itself, with its settings.
    Organization,
    /// An API key.
    ApiKey,
    /// A seller.
    Seller,
    /// A team.
    Team,
    /// A calendar.
    Calendar,
    /// A template of emails.
    Template,
    /// A type of records.
    RecordType,
    /// A sequence.
    Sequence,
    /// A segment.
    Segment,
    /// An assignment rule.
    AssignmentRule,
    /// A webhook.
    Webhook,
    /// A saved view.
    View,
    /// An operation.
    Operation,
    /// A problem.
    Problem,
}

impl AuditedKind {
    /// Returns its word, like `api_key`.
    pub fn as_str(self) -> &'static str {
        self.into()
    }
}

/// A resource as it is at one moment.
#[derive(Clone, Debug, PartialEq)]
pub struct Audited {
    /// Its kind.
    pub kind: AuditedKind,
    /// Its name, like `sellers/ana`.
    pub name: String,
    /// Its fields, without secrets.
    pub fields: Map<String, Value>,
}

/// What one write did to one resource.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Audit {
    /// The kind of the resource.
    pub kind: AuditedKind,
    /// Its name, which stays known after it is deleted.
    pub resource: String,
    /// The address of the peer that called. `None` if nobody called: the operator wrote to the
    /// database.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub peer: Option<String>,
    /// The fields that changed, as they were; all of them if it was deleted. `None` if it was
    /// created.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub before: Option<Map<String, Value>>,
    /// The fields that changed, as they are now; all of them if it was created. `None` if it was
    /// deleted.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub after: Option<Map<String, Value>>,
}

impl Audit {
    /// Compares a resource before a write with what it is afterwards. `None` if it was never there.
    pub fn of(before: Option<&Audited>, after: Option<&Audited>, peer: Option<String>) -> Option<Self> {
        let there = after.or(before)?;
        let (kind, resource) = (there.kind, there.name.clone());
        let kept = |one: Option<&Audited>, other: Option<&Audited>| one.map(|one| changed(one, other));
        Some(Self { kind, resource, peer, before: kept(before, after), after: kept(after, before) })
    }

    /// True if the write left everything as it was.
    pub fn changes_nothing(&self) -> bool {
        self.before.as_ref().is_some_and(Map::is_empty) && self.after.as_ref().is_some_and(Map::is_empty)
    }
}

/// The fields of `one` that differ from `other`; all of them without an other.
fn changed(one: &Audited, other: Option<&Audited>) -> Map<String, Value> {
    let is_same = |name: &String, value: &Value| {
        other.is_some_and(|other| other.fields.get(name).unwrap_or(&Value::Null) == value)
    };
    let fields = one.fields.iter().filter(|(name, value)| !is_same(name, value));
    fields.map(|(name, value)| (name.clone(), bounded(value))).collect()
}

/// A value, or how long it is if that is too long for history.
fn bounded(value: &Value) -> Value {
    let bytes = value.to_string().len();
    match bytes <= LARGEST_FIELD {
        true => value.clone(),
        false => Value::String(format!("({bytes} bytes)")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn seller(fields: Value) -> Audited {
        let fields = fields.as_object().expect("an object").clone();
        Audited { kind: AuditedKind::Seller, name: "sellers/ana".to_owned(), fields }
    }

    #[test]
    fn only_what_changed_is_kept_of_an_update_and_everything_of_a_creation() {
        let (before, after) = (seller(json!({"a": 1, "b": 2})), seller(json!({"a": 1, "b": 3})));
        let told = Audit::of(Some(&before), Some(&after), None).expect("it is there");
        assert_eq!(told.before, json!({"b": 2}).as_object().cloned());
        assert_eq!(told.after, json!({"b": 3}).as_object().cloned());
        assert!(!told.changes_nothing());

        let created = Audit::of(None, Some(&after), None).expect("it is there");
        assert_eq!((created.before, created.after), (None, Some(after.fields.clone())));
        let deleted = Audit::of(Some(&before), None, None).expect("it was there");
        assert_eq!((deleted.before, deleted.after), (Some(before.fields), None));
        assert!(Audit::of(Some(&after), Some(&after), None).expect("it is there").changes_nothing());
        assert_eq!(Audit::of(None, None, None), None);
    }

    #[test]
    fn of_a_field_that_is_too_long_only_its_length_is_kept() {
        let long = seller(json!({"text": "x".repeat(LARGEST_FIELD)}));
        let told = Audit::of(None, Some(&long), None).expect("it is there").after.expect("created");
        assert_eq!(told["text"], json!(format!("({} bytes)", LARGEST_FIELD + 2)));
    }
}
