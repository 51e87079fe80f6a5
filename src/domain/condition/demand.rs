//! What a condition demands of one field: every match has one of these keys in the index.

use std::collections::BTreeSet;

use chrono::{DateTime, Utc};

use super::Condition;
use super::now::shifted;
use super::tree::{Comparison, Expression, Literal, Predicate};
use crate::domain::attribute_index::key_of_literal;

/// The keys that a field can have in a match.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Demand {
    /// One of these.
    OneOf(BTreeSet<String>),
    /// One between two, which are among them. `None`: there is no such bound.
    Between(Option<String>, Option<String>),
}

impl Condition {
    /// Returns the field, of these, that finds matches best by its keys, with what the condition
    /// demands of it. `None` if it demands nothing of any.
    pub fn demand<'a>(
        &self,
        fields: impl IntoIterator<Item = &'a str>,
        now: Option<DateTime<Utc>>,
    ) -> Option<(&'a str, Demand)> {
        let demands = fields.into_iter().filter_map(|field| Some((field, self.root.demand(field, now)?)));
        demands.min_by_key(|(_, demand)| demand.width())
    }
}

impl Predicate {
    /// Returns what every match has in a field. `None` if it can be missing, or have any key.
    fn demand(&self, field: &str, now: Option<DateTime<Utc>>) -> Option<Demand> {
        let is_field = |side: &Expression| matches!(side, Expression::Field(named) if named.name == field);
        match self {
            Self::All(parts) => parts.iter().filter_map(|part| part.demand(field, now)).reduce(Demand::and),
            Self::Any(parts) => {
                let parts = parts.iter().map(|part| part.demand(field, now));
                parts.reduce(|one, other| one?.or(other?)).flatten()
            }
            Self::Compare { operator, left, right } => match (left, right) {
                (side, Expression::Literal(value)) if is_field(side) => Demand::of(*operator, value),
                (Expression::Literal(value), side) if is_field(side) => {
                    Demand::of(operator.mirrored(), value)
                }
                _ => None,
            },

            Self::Now { operator, field: named, shift } if named.name == field => {
                Demand::of(*operator, &Literal::Timestamp(shifted(now?, *shift)))
            }
            Self::OneOf { value, choices } if is_field(value) => {
                choices.iter().map(key_of_literal).collect::<Option<_>>().map(Demand::OneOf)
            }
            Self::Value(value) if is_field(value) => Demand::of(Comparison::Equal, &Literal::Bool(true)),
            Self::Not(inner) => match &**inner {
                Self::Value(value) if is_field(value) => Demand::of(Comparison::Equal, &Literal::Bool(false)),
                _ => None,
            },
            _ => None,
        }
    }
}

impl Demand {
    /// What a comparison with a literal demands. Keys can be shorter than their values, so bounds
    /// are among what they bound.
    fn of(operator: Comparison, value: &Literal) -> Option<Self> {
        let key = key_of_literal(value)?;
        match operator {
            Comparison::Equal => Some(Self::OneOf([key].into())),
            Comparison::Less | Comparison::LessOrEqual => Some(Self::Between(None, Some(key))),
            Comparison::Greater | Comparison::GreaterOrEqual => Some(Self::Between(Some(key), None)),
            // Who lacks the field matches, too.
            Comparison::NotEqual => None,
        }
    }

    /// What both demand.
    fn and(self, other: Self) -> Self {
        match (self, other) {
            (Self::OneOf(keys), other) | (other, Self::OneOf(keys)) => {
                Self::OneOf(keys.into_iter().filter(|key| other.admits(key)).collect())
            }
            (Self::Between(least, most), Self::Between(other_least, other_most)) => {
                let most = [most, other_most].into_iter().flatten().min();
                // `None` is less than any key.
                Self::Between(least.max(other_least), most)
            }
        }
    }

    /// What one or the other demands, if that is no wide range.
    fn or(self, other: Self) -> Option<Self> {
        let (Self::OneOf(mut keys), Self::OneOf(more)) = (self, other) else { return None };
        keys.extend(more);
        Some(Self::OneOf(keys))
    }

    fn admits(&self, key: &str) -> bool {
        match self {
            Self::OneOf(keys) => keys.contains(key),
            Self::Between(least, most) => {
                // `None` is less than any key.
                least.as_deref() <= Some(key) && most.as_deref().is_none_or(|most| key <= most)
            }
        }
    }

    /// How much is probably found by it, compared with other demands.
    fn width(&self) -> usize {
        // Half of all records, perhaps.
        let is_bool = |keys: &BTreeSet<String>| keys.contains("true") || keys.contains("false");
        match self {
            Self::OneOf(keys) if is_bool(keys) => usize::MAX - 2,
            Self::OneOf(keys) => keys.len(),
            Self::Between(Some(_), Some(_)) => usize::MAX - 1,
            Self::Between(..) => usize::MAX,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::attribute::AttributeType;
    use crate::domain::condition::Subject;

    fn demand(text: &str) -> Option<(&'static str, Demand)> {
        let fields = [
            ("origin", AttributeType::String),
            ("visits", AttributeType::Int),
            ("vip", AttributeType::Bool),
            ("seen", AttributeType::Timestamp),
            ("other", AttributeType::String),
        ];
        let subject = Subject { knows_now: true, ..Subject::new("record", fields) };
        let condition = Condition::parse(text, &subject).unwrap_or_else(|found| panic!("{text}: {found:?}"));
        condition.demand(["origin", "visits", "vip", "seen"], Some(DateTime::UNIX_EPOCH))
    }

    fn one_of(keys: &[&str]) -> Demand {
        Demand::OneOf(keys.iter().map(|key| (*key).to_owned()).collect())
    }

    fn between(least: Option<&str>, most: Option<&str>) -> Demand {
        Demand::Between(least.map(str::to_owned), most.map(str::to_owned))
    }

    #[test]
    fn every_match_of_an_equality_or_a_range_has_a_key() {
        for (text, field, expected) in [
            ("record.origin == \"web\"", "origin", one_of(&["web"])),
            ("\"web\" == record.origin && record.other != \"x\"", "origin", one_of(&["web"])),
            ("record.origin in [\"a\", \"b\"] && record.origin != \"a\"", "origin", one_of(&["a", "b"])),
            ("record.origin == \"a\" || record.origin in [\"b\"]", "origin", one_of(&["a", "b"])),
            ("record.origin in [\"a\", \"b\"] && record.origin > \"aa\"", "origin", one_of(&["b"])),
            ("record.origin == \"a\" && record.origin == \"b\"", "origin", one_of(&[])),
            ("record.origin >= \"a\" && record.origin < \"c\"", "origin", between(Some("a"), Some("c"))),
            ("\"b\" < record.origin && record.origin > \"a\"", "origin", between(Some("b"), None)),
            ("record.origin < \"b\" && record.origin <= \"a\"", "origin", between(None, Some("a"))),
            ("record.vip", "vip", one_of(&["true"])),
            ("!record.vip && record.origin > \"a\"", "vip", one_of(&["false"])),
            (
                "record.seen < now - duration(\"1d\")",
                "seen",
                between(None, Some("1969-12-31T00:00:00.000000Z")),
            ),
            ("record.origin in [\"a\", \"b\"] && record.vip == true", "origin", one_of(&["a", "b"])),
            ("record.origin > \"a\" && record.seen > now && record.seen < now", "seen", {
                let now = "1970-01-01T00:00:00.000000Z";
                between(Some(now), Some(now))
            }),
        ] {
            assert_eq!(demand(text), Some((field, expected)), "{text}");
        }
    }

    #[test]
    fn what_a_record_without_the_field_may_match_demands_nothing() {
        for text in [
            "record.origin != \"web\"",
            "!(record.origin == \"web\")",
            "record.origin == \"web\" || record.vip",
            "record.origin == \"web\" || record.origin > \"x\"",
            "record.origin == \"web\" || record.other == \"x\"",
            "record.origin == record.other",
            "record.origin.lowerAscii() == \"web\"",
            "record.other == \"web\"",
            "has(record.origin)",
            "record.visits + 1 == 2",
        ] {
            assert_eq!(demand(text), None, "{text}");
        }
    }
}
