//! Attributes by whose values records are found, and the form in which an index keeps values.
//!
//! An index may find a few records too many: whoever asks it tests the whole condition on what it
//! finds. So a key may say less than its value, as long as a greater value never has a smaller key.

use std::collections::BTreeMap;

use serde_json::Value;

use super::attribute::{AttributeType, timestamp_text};
use super::condition::Literal;
use super::id::OperationId;
use super::record::Record;
use super::record_type::RecordType;

/// The most indexed attributes of a record type.
pub const MOST_INDEXED: usize = 20;

/// The most characters of a key. Postgres can't index much longer texts.
pub const KEY_LENGTH: usize = 120;

/// The index of an attribute.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct AttributeIndex {
    /// The operation that fills it with the records that were there before it.
    pub operation: OperationId,
    /// True if it has all records.
    pub ready: bool,
}

impl Record {
    /// Returns the keys by which indexes find the record, by attribute.
    pub fn index_keys(&self, record_type: &RecordType) -> BTreeMap<String, String> {
        let key = |attribute: &String| {
            let declared = record_type.attribute(attribute)?;
            let key = key_of(declared, self.attributes.get(attribute)?)?;
            Some((attribute.clone(), key))
        };
        record_type.indexes.keys().filter_map(key).collect()
    }
}

impl AttributeType {
    /// True if attributes of this type can be indexed.
    pub fn is_indexable(&self) -> bool {
        !matches!(self, Self::StringList)
    }
}

/// Returns the key of a stored value. `None` if it isn't of the declared type: to conditions it is
/// missing.
pub fn key_of(declared: &AttributeType, value: &Value) -> Option<String> {
    match (declared, value) {
        (AttributeType::Int | AttributeType::Double, Value::Number(number)) => {
            number.as_f64().map(key_of_number)
        }
        (AttributeType::Bool, Value::Bool(value)) => Some(value.to_string()),
        (AttributeType::Int | AttributeType::Double | AttributeType::Bool, _) => None,
        (AttributeType::StringList, _) => None,
        // What else there is, is compared as text.
        (_, Value::String(text)) => Some(key_of_text(text)),
        _ => None,
    }
}

/// Returns the key of the values that equal a literal. `None` if no value can be compared with it.
pub fn key_of_literal(literal: &Literal) -> Option<String> {
    match literal {
        Literal::String(text) => Some(key_of_text(text)),
        Literal::Int(whole) => Some(key_of_number(*whole as f64)),
        Literal::Double(double) => Some(key_of_number(*double)),
        Literal::Bool(value) => Some(value.to_string()),
        Literal::Timestamp(instant) => timestamp_text(*instant),
        Literal::Date(date) => Some(date.format("%Y-%m-%d").to_string()),
        Literal::Duration(_) => None,
    }
}

fn key_of_text(text: &str) -> String {
    text.chars().take(KEY_LENGTH).collect()
}

/// Sixteen digits in the order of the numbers, after rounding to a double.
fn key_of_number(number: f64) -> String {
    const SIGN: u64 = 1 << 63;
    // Zero has two signs, and the sum only one.
    let bits = (number + 0.0).to_bits();
    let ordered = if bits & SIGN == 0 { bits | SIGN } else { !bits };
    format!("{ordered:016x}")
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn keys_of_numbers_are_in_their_order() {
        let numbers = [
            json!(-1.797_693_134_862_315_7e308),
            json!(i64::MIN),
            json!(-1.5),
            json!(-5e-324),
            json!(0),
            json!(5e-324),
            json!(0.1),
            json!(1),
            json!(1.000_000_000_000_000_2),
            json!(i64::MAX),
            json!(1e300),
        ];
        let keys: Vec<_> =
            numbers.iter().map(|number| key_of(&AttributeType::Double, number).expect("has one")).collect();
        assert!(keys.is_sorted() && keys.iter().all(|key| key.len() == 16), "{keys:?}");
        assert!(keys.windows(2).all(|pair| pair[0] != pair[1]), "{keys:?}");
    }

    #[test]
    fn zero_has_one_key_whatever_its_sign() {
        let zero = key_of(&AttributeType::Double, &json!(0));
        assert_eq!(key_of(&AttributeType::Double, &json!(-0.0)), zero);
        assert_eq!(key_of_literal(&Literal::Double(-0.0)), zero);
        assert_eq!(key_of_literal(&Literal::Int(0)), zero);
    }

    #[test]
    fn numbers_that_a_double_cannot_tell_apart_have_one_key() {
        let key = |whole| key_of_literal(&Literal::Int(whole));
        assert_eq!(key(i64::MAX), key(i64::MAX - 1));
        assert_eq!(key_of(&AttributeType::Int, &json!(i64::MAX)), key(i64::MAX));
    }

    #[test]
    fn long_texts_have_the_key_of_their_beginning() {
        let long = "é".repeat(KEY_LENGTH + 7);
        let key = key_of(&AttributeType::String, &json!(long)).expect("has one");
        assert_eq!(key.chars().count(), KEY_LENGTH);
        assert_eq!(key_of_literal(&Literal::String(long)), Some(key));
    }

    #[test]
    fn a_value_of_another_type_has_no_key() {
        for (declared, value) in [
            (AttributeType::String, json!(1)),
            (AttributeType::Int, json!("1")),
            (AttributeType::Bool, json!("true")),
            (AttributeType::Date, json!(["2026-03-31"])),
            (AttributeType::StringList, json!(["a"])),
            (AttributeType::Timestamp, json!(null)),
        ] {
            assert_eq!(key_of(&declared, &value), None, "{declared} {value}");
        }
        assert_eq!(key_of(&AttributeType::Bool, &json!(false)).as_deref(), Some("false"));
    }
}
