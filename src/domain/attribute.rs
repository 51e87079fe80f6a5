//! Attributes of records: their types, their names, and the canonical form in which values are
//! stored.
//!
//! Every value is converted to its canonical form once, when it arrives. Conditions then compare
//! stored values directly: numbers as exact decimals, everything else as text by code point.

use std::borrow::{Borrow, Cow};
use std::fmt;
use std::str::FromStr;

use chrono::{DateTime, Datelike, NaiveDate, SecondsFormat, Timelike, Utc};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use unicode_normalization::{UnicodeNormalization as _, is_nfc};

mod number;

/// The longest attribute name, in characters.
pub const LONGEST_NAME: usize = 64;
/// The longest id of a record, in characters.
pub const LONGEST_RECORD_ID: usize = 128;

/// Names that every record has without a declaration.
pub const BUILT_IN_NAMES: [&str; 4] = ["id", "owner", "create_time", "update_time"];

/// The name of a record's state in list filters. New attributes can't have this name; one that was
/// declared before the name was reserved stays.
pub const STATE_NAME: &str = "state";

/// Reserved words of the condition language. An attribute can't have such a name.
const LANGUAGE_WORDS: [&str; 21] = [
    "as",
    "break",
    "const",
    "continue",
    "else",
    "false",
    "for",
    "function",
    "if",
    "import",
    "in",
    "let",
    "loop",
    "namespace",
    "null",
    "package",
    "return",
    "true",
    "var",
    "void",
    "while",
];

/// The type of an attribute's values. It decides which comparisons are allowed.
///
/// The database stores this serde form.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "SCREAMING_SNAKE_CASE", rename_all_fields = "snake_case")]
pub enum AttributeType {
    /// Text, compared by code point.
    String,
    /// A 64-bit whole number. Stored as a JSON number with all its digits.
    Int,
    /// A finite double. Stored as a JSON number, compared as the decimal that its shortest text
    /// shows.
    Double,
    /// True or false.
    Bool,
    /// A point in time. Stored as `YYYY-MM-DDTHH:MM:SS.ffffffZ`, so that text order is time order.
    Timestamp,
    /// A calendar day. Stored as `YYYY-MM-DD`.
    Date,
    /// Strings in the order given, including duplicates.
    StringList,
    /// A reference to another record. Stored as its bare id.
    Reference {
        /// The type of the record referred to, like `account`.
        record_type: String,
    },
}

impl AttributeType {
    /// The name of the type. For a reference, without the record type.
    pub fn word(&self) -> &'static str {
        match self {
            Self::String => "STRING",
            Self::Int => "INT",
            Self::Double => "DOUBLE",
            Self::Bool => "BOOL",
            Self::Timestamp => "TIMESTAMP",
            Self::Date => "DATE",
            Self::StringList => "STRING_LIST",
            Self::Reference { .. } => "REFERENCE",
        }
    }

    /// Returns the stored form of a JSON value. Numbers and truth values may be texts, which are
    /// then read like the cells of a file.
    ///
    /// `null` is refused like any other wrong kind: it clears an attribute and isn't a value.
    ///
    /// # Errors
    /// The rule that the value breaks, worded to follow the attribute's name: "must be …".
    pub fn coerce(&self, value: &Value) -> Result<Value, String> {
        match (self, value) {
            (Self::String, Value::String(text)) => storable(text).map(Value::from),
            (Self::Int, Value::Number(number)) => number::whole(number).map(Value::from),
            (Self::Double, Value::Number(number)) => number::finite(number.as_f64()),
            (Self::Bool, Value::Bool(_)) => Ok(value.clone()),
            // Text is accepted too, for numbers that a JSON number can't carry exactly.
            (Self::Int | Self::Double | Self::Bool, Value::String(text)) => self.parse_text(text),

            (Self::Timestamp, Value::String(text)) => canonical_timestamp(text).map(Value::from),
            (Self::Date, Value::String(text)) => canonical_date(text).map(Value::from),
            (Self::StringList, Value::Array(items)) => string_list(items),
            (Self::Reference { record_type }, Value::String(text)) => {
                record_id(record_type, text).map(Value::from)
            }
            _ => Err(self.rule(kind(value))),
        }
    }

    /// Like [`AttributeType::coerce`], but for text, like a cell of a CSV file. Surrounding white
    /// space counts only in a string. List elements are separated by semicolons. The caller decides
    /// what an empty cell means.
    ///
    /// # Errors
    /// The rule that the text breaks, worded like those of [`AttributeType::coerce`].
    pub fn parse_text(&self, text: &str) -> Result<Value, String> {
        let word = text.trim();
        match self {
            Self::String => storable(text).map(Value::from),
            Self::Int => number::whole_text(word).map(Value::from),
            Self::Double => number::double_text(word),

            Self::Bool => match word.to_ascii_lowercase().as_str() {
                "true" | "yes" | "1" => Ok(Value::Bool(true)),
                "false" | "no" | "0" => Ok(Value::Bool(false)),
                _ => Err("must be true or false".to_owned()),
            },

            Self::Timestamp => canonical_timestamp(word).map(Value::from),
            Self::Date => canonical_date(word).map(Value::from),
            Self::StringList => {
                let items = word.split(';').map(str::trim).filter(|item| !item.is_empty());
                items.map(|item| storable(item).map(Value::from)).collect()
            }
            Self::Reference { record_type } => record_id(record_type, word).map(Value::from),
        }
    }

    fn rule(&self, got: &str) -> String {
        let wanted = match self {
            Self::String => "a string",
            Self::Int => "a 64-bit whole number",
            Self::Double => "a number",
            Self::Bool => "true or false",
            Self::Timestamp => "a timestamp as text",
            Self::Date => "a date as text",
            Self::StringList => "a list of strings",
            Self::Reference { .. } => "the id of a record",
        };
        format!("must be {wanted}, not {got}")
    }
}

impl fmt::Display for AttributeType {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.word())
    }
}

/// Parses the name of a type. `REFERENCE` can't be parsed, because a reference also needs the
/// record type that it refers to.
impl FromStr for AttributeType {
    type Err = String;

    fn from_str(word: &str) -> Result<Self, String> {
        Ok(match word {
            "STRING" => Self::String,
            "INT" => Self::Int,
            "DOUBLE" => Self::Double,
            "BOOL" => Self::Bool,
            "TIMESTAMP" => Self::Timestamp,
            "DATE" => Self::Date,
            "STRING_LIST" => Self::StringList,

            "REFERENCE" => {
                return Err("a REFERENCE must say which record type it refers to".to_owned());
            }
            _ => {
                return Err(format!(
                    "unknown attribute type {word:?}, expected one of STRING, INT, DOUBLE, BOOL, \
                     TIMESTAMP, DATE, STRING_LIST, REFERENCE"
                ));
            }
        })
    }
}

/// The name of a declared attribute: an identifier of the condition language that isn't reserved or
/// built in.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct AttributeName(String);

impl AttributeName {
    /// Checks a name.
    ///
    /// # Errors
    /// The rule that the name breaks.
    pub fn new(name: impl Into<String>) -> Result<Self, String> {
        let name = name.into();
        if !is_identifier(&name) || name.len() > LONGEST_NAME {
            return Err(format!(
                "must begin with a letter or an underscore and contain only a-z, A-Z, 0-9 and \
                 underscores, at most {LONGEST_NAME} characters"
            ));
        }
        if LANGUAGE_WORDS.contains(&name.as_str()) {
            return Err(format!("must not be {name:?}, a reserved word of the condition language"));
        }

        if BUILT_IN_NAMES.contains(&name.as_str()) {
            return Err(format!("must not be {name:?}, which every record already has"));
        }
        Ok(Self(name))
    }

    /// The name as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for AttributeName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// Lets maps keyed by name be searched with a `&str`.
impl Borrow<str> for AttributeName {
    fn borrow(&self) -> &str {
        &self.0
    }
}

impl TryFrom<String> for AttributeName {
    type Error = String;

    fn try_from(name: String) -> Result<Self, String> {
        Self::new(name)
    }
}

impl From<AttributeName> for String {
    fn from(name: AttributeName) -> Self {
        name.0
    }
}

fn is_identifier(name: &str) -> bool {
    name.starts_with(|first: char| first.is_ascii_alphabetic() || first == '_')
        && name.chars().all(|c| c.is_ascii_alphanumeric() || c == '_')
}

/// Returns the stored form of a timestamp: in UTC, with six fractional digits. Finer digits are cut
/// off.
///
/// # Errors
/// The rule that the text breaks.
pub fn canonical_timestamp(text: &str) -> Result<String, String> {
    let instant = DateTime::parse_from_rfc3339(&with_colon(text))
        .map_err(|_| "must be a timestamp like 2026-03-31T09:00:00Z, with Z or an offset".to_owned())?;
    // The offset is applied first: it can move the timestamp into another year.
    let stored = timestamp_text(instant.with_timezone(&Utc));
    stored.ok_or_else(|| "must lie in the years 1 to 9999".to_owned())
}

/// Some systems write offsets without the colon, `+0000`, which can mean nothing else.
fn with_colon(text: &str) -> Cow<'_, str> {
    let offset = text.len().checked_sub(5).and_then(|at| text.split_at_checked(at));
    match offset {
        Some((before, offset))
            if offset.starts_with(['+', '-']) && offset[1..].bytes().all(|byte| byte.is_ascii_digit()) =>
        {
            Cow::Owned(format!("{before}{}:{}", &offset[..3], &offset[3..]))
        }
        _ => Cow::Borrowed(text),
    }
}

/// Returns the stored form of a timestamp, or `None` outside the years 1 to 9999, where text order
/// would no longer be time order.
pub fn timestamp_text(instant: DateTime<Utc>) -> Option<String> {
    // A leap second would be written as :60. That sorts well, but Postgres has no such instant, so
    // it becomes the last microsecond of its minute.
    let leap = instant.nanosecond() >= 1_000_000_000;
    let instant = if leap { instant.with_nanosecond(999_999_999)? } else { instant };

    let storable = (1..=9999).contains(&instant.year());
    storable.then(|| instant.to_rfc3339_opts(SecondsFormat::Micros, true))
}

/// Returns the stored form of a date.
///
/// # Errors
/// The rule that the text breaks.
pub fn canonical_date(text: &str) -> Result<String, String> {
    let rule = || "must be a date like 2026-03-31, in the years 1 to 9999".to_owned();
    // chrono accepts shapes like 2026-2-1, too, which would not sort in time order.
    let shaped = text.len() == 10
        && text
            .bytes()
            .enumerate()
            .all(|(i, b)| if i == 4 || i == 7 { b == b'-' } else { b.is_ascii_digit() });
    let date = NaiveDate::parse_from_str(text, "%Y-%m-%d").map_err(|_| rule())?;
    if shaped && date.year() >= 1 { Ok(text.to_owned()) } else { Err(rule()) }
}

/// Returns the bare id of a record, given the id itself or the full name
/// `recordTypes/{record_type}/records/{id}`.
///
/// # Errors
/// The rule that the text breaks.
pub fn record_id(record_type: &str, text: &str) -> Result<String, String> {
    let id = match text.strip_prefix("recordTypes/") {
        None => text,
        Some(rest) => rest
            .strip_prefix(record_type)
            .and_then(|rest| rest.strip_prefix("/records/"))
            .ok_or_else(|| format!("must name a record of type {record_type:?}"))?,
    };

    let allowed = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '_' | '@' | '-');
    if id.is_empty() || id.len() > LONGEST_RECORD_ID || !id.chars().all(allowed) {
        return Err(format!(
            "must be the id of a record of type {record_type:?}: letters, digits and . _ @ -, \
             at most {LONGEST_RECORD_ID} characters"
        ));
    }

    Ok(id.to_owned())
}

/// Checks that JSON in Postgres can hold the text: any character except NUL.
/// Returns a text as it is stored: in Unicode's composed form, in which most systems write, so that
/// an accent compares the same whoever typed it.
fn storable(text: &str) -> Result<String, String> {
    if text.contains('\0') {
        Err("must not contain the character NUL".to_owned())
    } else {
        Ok(composed(text).into_owned())
    }
}

/// Returns a text in Unicode's composed form (NFC).
pub fn composed(text: &str) -> Cow<'_, str> {
    // Nearly all texts are, and a quick look shows it.
    match is_nfc(text) {
        true => Cow::Borrowed(text),
        false => Cow::Owned(text.nfc().collect()),
    }
}

fn string_list(items: &[Value]) -> Result<Value, String> {
    let stored = items.iter().map(|item| match item {
        Value::String(text) => storable(text).map(Value::from),
        other => Err(format!("must be a list of strings, but it contains {}", kind(other))),
    });
    stored.collect()
}

fn kind(value: &Value) -> &'static str {
    match value {
        Value::Null => "null",
        Value::Bool(_) => "a bool",
        Value::Number(_) => "a number",
        Value::String(_) => "a string",
        Value::Array(_) => "a list",
        Value::Object(_) => "an object",
    }
}

#[cfg(test)]
#[path = "attribute_tests.rs"]
mod tests;
