//! Emit event steps: upnext tells the outside that an enrollment came there.

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use super::Form;
use crate::domain::reason::Reason;
use crate::domain::settings::Limits;
use crate::domain::violation::Violations;

/// News for the outside.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct EmitEvent {
    /// The name of the event.
    pub event_name: String,
    /// What else to tell.
    pub attributes: Map<String, Value>,
}

/// The most bytes of the attributes as JSON.
const LARGEST: usize = 4 << 10;

impl EmitEvent {
    fn attribute_bytes(&self) -> usize {
        serde_json::to_vec(&self.attributes).map_or(0, |json| json.len())
    }
}

impl<T> Form<T> for EmitEvent {
    const NAME: &'static str = "Emit event";

    type Referring<U> = EmitEvent;

    fn refer<U>(self, _: &mut dyn FnMut(T) -> Option<U>) -> EmitEvent {
        self
    }

    fn text_bytes(&self) -> usize {
        self.event_name.len() + self.attribute_bytes()
    }

    fn check(&self, _: &Limits) -> Violations {
        match self.attribute_bytes() {
            0..=LARGEST => Violations::new(),
            bytes => {
                let rule = format!("must have at most {LARGEST} bytes as JSON, has {bytes}");
                Violations::one("attributes", Reason::FieldTooLong, rule)
            }
        }
    }
}
