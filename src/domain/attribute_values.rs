//! Values of declared attributes: how given values change those that are there. Records and sellers
//! have them.

use std::cell::Cell;
use std::collections::BTreeMap;

use serde_json::{Map, Value};

use super::attribute::{AttributeName, AttributeType};
use super::condition::suggest;
use super::reason::Reason;
use super::record::Attributes;
use super::record_size::{bytes, check_size, check_text};
use super::violation::Violations;

/// The declared attributes of a record type, or of sellers, and what to check values by.
pub struct Declarations<'a> {
    /// The types by name.
    pub types: &'a BTreeMap<AttributeName, AttributeType>,
    /// Whose attributes they are, in words.
    pub of: &'a str,
    /// The most bytes that all values may have.
    pub largest: usize,
    /// How many more unknown names get a suggestion.
    pub hints: &'a Cell<usize>,
}

impl Declarations<'_> {
    /// Returns the values after the given ones are set. Null or an empty text clears a value. Paths
    /// of violations are relative to the attributes.
    ///
    /// # Errors
    /// Everything that is wrong.
    pub fn merge(
        &self,
        current: Option<&Attributes>,
        given: &Map<String, Value>,
    ) -> Result<Attributes, Violations> {
        // Refuse far too large a change before spending time on its parts.
        check_size(given)?;

        let mut found = Violations::new();
        let mut attributes = current.cloned().unwrap_or_default();
        // What is left of a deleted attribute goes with the first change, or with its operation.
        attributes.retain(|name, _| self.types.contains_key(name.as_str()));
        for (name, value) in given {
            match self.stored(name, value) {
                Ok(Some(stored)) => _ = attributes.insert(name.clone(), stored),
                Ok(None) => _ = attributes.remove(name),
                Err(violations) => found.extend_under(&path(name), violations),
            }
        }

        // What already exceeds the limit can still shrink.
        let (size, largest) = (bytes(&attributes), self.largest);
        if size > largest && size > current.map_or(0, bytes) {
            let rule = format!("must be at most {largest} bytes with the other attributes, would be {size}");
            found.push("", Reason::FieldTooLong, rule);
        }
        found.into_result(attributes)
    }

    /// Returns the stored form of a value, or `None` if the value clears the attribute.
    fn stored(&self, name: &str, value: &Value) -> Result<Option<Value>, Violations> {
        let Some(declared) = self.types.get(name) else {
            let hint = match self.nearest(name) {
                Some(near) => format!(", did you mean {near}?"),
                None => "; declare it first".to_owned(),
            };
            let description = format!("isn't a declared attribute of {}{hint}", self.of);
            return Err(Violations::one("", Reason::AttributeUnknown, description));
        };

        // Systems that send everything as text send a missing value as an empty text.
        if value.is_null() || value.as_str().is_some_and(str::is_empty) {
            return Ok(None);
        }

        let invalid = |rule: String| Violations::one("", Reason::AttributeValueInvalid, rule);
        let stored = declared.coerce(value).map_err(invalid)?;
        check_text(&stored).map_err(invalid)?;
        Ok(Some(stored))
    }

    /// Returns the declared name that an unknown one was probably meant to be. One search costs as
    /// much as many records do, so only the first few unknown names of a batch get one.
    fn nearest(&self, name: &str) -> Option<&str> {
        let hints = self.hints.get().checked_sub(1)?;
        self.hints.set(hints);
        suggest::nearest(name, self.types.keys().map(|name| name.as_str()))
    }
}

/// The path of an attribute, relative to the attributes. An odd name is quoted in brackets.
fn path(name: &str) -> String {
    // A declared name always looks like this. An unknown one can be anything, and of any length.
    let plain = !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_');
    let short: String = name.chars().take(LONGEST_NAME_SHOWN).collect();
    if plain { short } else { format!("[{short:?}]") }
}

/// How many characters of an unknown attribute's name a violation shows.
const LONGEST_NAME_SHOWN: usize = 64;
