//! How large records and their values can be.

use serde_json::{Map, Value};

use super::reason::Reason;
use super::record::Attributes;
use super::record_type::MOST_ATTRIBUTES;
use super::violation::Violations;

/// The longest string in an attribute value, in characters.
pub const LONGEST_TEXT: usize = 32_768;
/// The most bytes in the attributes of one upsert, as JSON.
pub const LARGEST_ATTRIBUTES: usize = 256 * 1024;
/// The most bytes in all attribute names and values of a record: a client reads a record in one
/// message.
pub const LARGEST_RECORD: usize = 1 << 20;

/// The size of all names and values of a record, in bytes.
pub fn bytes(attributes: &Attributes) -> usize {
    attributes.iter().map(|(name, value)| name.len() + value_bytes(value)).sum()
}

/// The size of a stored value in bytes: exact for text, an estimate for other values.
fn value_bytes(value: &Value) -> usize {
    const OTHERS: usize = 8;
    match value {
        Value::String(text) => text.len(),
        Value::Array(items) => items.iter().map(|item| value_bytes(item) + OTHERS).sum(),
        _ => OTHERS,
    }
}

/// Checks the number and the size of the attributes in an upsert.
///
/// # Errors
/// The limit that is exceeded.
pub fn check_size(given: &Map<String, Value>) -> Result<(), Violations> {
    if given.len() > MOST_ATTRIBUTES {
        let description = format!("must have at most {MOST_ATTRIBUTES} attributes, has {}", given.len());
        return Err(Violations::one("", Reason::FieldTooLong, description));
    }
    // Serializing a map of JSON values can't fail.
    let size = serde_json::to_string(given).map_or(0, |text| text.len());
    if size > LARGEST_ATTRIBUTES {
        let description = format!("must be at most {LARGEST_ATTRIBUTES} bytes as JSON, is {size}");
        return Err(Violations::one("", Reason::FieldTooLong, description));
    }
    Ok(())
}

/// Checks that no string in a value is longer than [`LONGEST_TEXT`].
///
/// # Errors
/// The limit, and the length of the longest string.
pub fn check_text(stored: &Value) -> Result<(), String> {
    let texts = match stored {
        Value::Array(items) => items.as_slice(),
        one => std::slice::from_ref(one),
    };
    let lengths = texts.iter().filter_map(Value::as_str).map(|text| text.chars().count());
    let longest = lengths.max().unwrap_or(0);
    if longest <= LONGEST_TEXT {
        return Ok(());
    }
    Err(format!("must be at most {LONGEST_TEXT} characters, has {longest}"))
}
