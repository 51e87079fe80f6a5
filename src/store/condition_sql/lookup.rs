//! Finds the conditions that a subject may match by its values, however many conditions there are.
//!
//! Most conditions require, among other things, that a field equals one of some constants, like
//! `record.origin == "paid search" && …`. They are found by the value of that field. Postgres reads
//! the values, in the form in which it compares them, so that a look-up finds what a test would.

use std::collections::HashMap;

use sqlx::{Postgres, QueryBuilder};

use super::stored::Stored;
use super::{FieldSource, Place, Writer, literals, number};
use crate::domain::attribute::AttributeType;
use crate::domain::condition::{Condition, Expression, Field, Literal};

/// Conditions by the values that they ask for. Knows them by their places.
#[derive(Debug, Default)]
pub struct Lookup {
    keys: Vec<Key>,
    /// Those that ask for no value.
    rest: Vec<usize>,
}

/// A field, and the conditions by the values that they ask for in it.
#[derive(Debug)]
struct Key {
    field: Field,
    conditions: HashMap<String, Vec<Found>>,
}

/// A condition that asks for a value of the subject.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Found {
    /// Its place.
    pub place: usize,
    /// True if it asks for nothing else, and therefore matches.
    pub matches: bool,
}

impl Lookup {
    /// Makes the look-up of these conditions. `source` must have the same places later.
    pub fn of<'a>(conditions: impl IntoIterator<Item = &'a Condition>, source: &dyn FieldSource) -> Self {
        let mut lookup = Self::default();
        for (place, condition) in conditions.into_iter().enumerate() {
            match condition.root().asked(&|field, values| is_key(field, values, source)) {
                None => lookup.rest.push(place),
                Some((field, values)) => {
                    let matches = !condition.root().is_conjunction();
                    lookup.add(field, values, Found { place, matches });
                }
            }
        }
        lookup
    }

    fn add(&mut self, field: &Field, values: &[Literal], found: Found) {
        let known = self.keys.iter().position(|key| key.field == *field);
        let place = known.unwrap_or_else(|| {
            self.keys.push(Key { field: field.clone(), conditions: HashMap::new() });
            self.keys.len() - 1
        });
        for value in values {
            self.keys[place].conditions.entry(form_of(value)).or_default().push(found);
        }
    }

    /// The places of the conditions that must be tested on every subject, ascending.
    pub fn rest(&self) -> &[usize] {
        &self.rest
    }

    /// True if there is nothing to look up.
    pub fn is_empty(&self) -> bool {
        self.keys.is_empty()
    }

    /// Appends the values of a subject as one value. Pass it to [`Lookup::found`].
    pub fn push_values(&self, query: &mut QueryBuilder<Postgres>, source: &dyn FieldSource) {
        query.push("ARRAY[");
        let mut writer = Writer { query, source, by_full_name: false, taken: None };
        for (place, key) in self.keys.iter().enumerate() {
            writer.push(if place == 0 { "" } else { ", " });
            writer.key(&key.field);
        }
        query.push("]::text[]");
    }

    /// Returns the conditions that ask for one of a subject's values, ascending. All others, apart
    /// from the rest, don't match it.
    pub fn found(&self, values: &[Option<String>]) -> Vec<Found> {
        let mut found = Vec::new();
        for (key, value) in self.keys.iter().zip(values) {
            let Some(value) = value else { continue };
            let mut look_up = |value: &str| found.extend(key.conditions.get(value).into_iter().flatten());
            match key.field.attribute_type {
                AttributeType::StringList => elements(value).iter().for_each(|element| look_up(element)),
                _ => look_up(value),
            }
        }

        // Several elements of a list can find the same condition.
        found.sort_unstable();
        found.dedup();
        found
    }
}

impl Writer<'_> {
    /// Writes the value of a field as text, such that equal values have equal texts. It is null if
    /// it is missing.
    fn key(&mut self, field: &Field) {
        let value = Expression::Field(field.clone());
        match (&field.attribute_type, self.source.place(&field.name)) {
            (AttributeType::StringList, Place::Attributes(object)) => {
                self.push("(SELECT jsonb_agg(element) FROM jsonb_array_elements(");
                self.stored(Stored::List, object, field);
                self.push(") AS element WHERE jsonb_typeof(element) = 'string')::text");
            }
            (AttributeType::Int | AttributeType::Double, _) => {
                self.push("trim_scale(");
                self.number(&value);
                self.push(")::text");
            }
            (AttributeType::Bool, _) => {
                self.push("(");
                self.boolean(&value);
                self.push(")::text");
            }
            _ => self.text(&value),
        }
    }
}

/// True if a look-up finds a field by these values.
fn is_key(field: &Field, values: &[Literal], source: &dyn FieldSource) -> bool {
    let by_name = || source.full_name(&field.name).is_some() && values.iter().any(literals::holds_slash);
    match (&field.attribute_type, source.place(&field.name)) {
        (_, Place::Nowhere) => false,
        // Columns of these types have no text that is compared.
        (AttributeType::Timestamp | AttributeType::StringList, Place::Column(_)) => false,
        // A full name, like `sellers/ana`, is not the value of the column.
        _ => !by_name(),
    }
}

/// The text of the values that equal a literal.
fn form_of(literal: &Literal) -> String {
    match literal {
        Literal::Int(_) | Literal::Double(_) => plain(&number::text_of(literal)),
        _ => literals::text_of(literal),
    }
}

/// Returns a number like `-1.25e3` without an exponent, and without zeros that say nothing.
fn plain(number: &str) -> String {
    let (mantissa, exponent) = number.split_once('e').unwrap_or((number, "0"));
    let (sign, digits) = mantissa.strip_prefix('-').map_or(("", mantissa), |digits| ("-", digits));
    let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
    let all = format!("{whole}{fraction}");
    // How many digits stand before the point. May be none, or beyond the last digit.
    let before = whole.len() as i64 + exponent.parse::<i64>().unwrap_or_default();

    let zeros = |count: i64| "0".repeat(usize::try_from(count).unwrap_or_default());
    let length = all.len() as i64;
    let all = format!("{}{all}{}", zeros(-before), zeros(before - length));
    let (whole, fraction) = all.split_at(usize::try_from(before).unwrap_or_default());
    let (whole, fraction) = (whole.trim_start_matches('0'), fraction.trim_end_matches('0'));
    match (whole, fraction) {
        ("", "") => "0".to_owned(),
        (_, "") => format!("{sign}{whole}"),
        ("", _) => format!("{sign}0.{fraction}"),
        _ => format!("{sign}{whole}.{fraction}"),
    }
}

/// Reads the elements of a list.
fn elements(list: &str) -> Vec<String> {
    // Written by Postgres, so it can be read.
    serde_json::from_str(list).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_have_the_plain_text_that_postgres_gives_them() {
        for (number, expected) in [
            ("0", "0"),
            ("-0e0", "0"),
            ("1e0", "1"),
            ("-7", "-7"),
            ("1.25e3", "1250"),
            ("-1.25e1", "-12.5"),
            ("1e-3", "0.001"),
            ("1.2345678e4", "12345.678"),
            ("-9223372036854775808", "-9223372036854775808"),
        ] {
            assert_eq!(plain(number), expected, "{number}");
        }
        assert_eq!(plain("1e308").len(), 309);
        assert_eq!(plain("5e-324"), format!("0.{}5", "0".repeat(323)));
    }
}
