//! Update attribute steps: upnext sets an attribute of the record.

use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::Form;

/// A new value for an attribute of the record.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct UpdateAttribute {
    /// The name of the attribute.
    pub attribute: String,
    /// The new value. Null clears it.
    pub value: Value,
}

impl<T> Form<T> for UpdateAttribute {
    const NAME: &'static str = "Update attribute";

    type Referring<U> = UpdateAttribute;

    fn refer<U>(self, _: &mut dyn FnMut(T) -> Option<U>) -> UpdateAttribute {
        self
    }

    fn text_bytes(&self) -> usize {
        self.attribute.len() + self.value.to_string().len()
    }
}
