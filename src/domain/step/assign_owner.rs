//! Assign owner steps: upnext gives the record to a seller.

use serde::{Deserialize, Serialize};

use super::Form;

/// A new owner for the record.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct AssignOwner {
    /// Who becomes the owner.
    pub to: AssignTo,
}

/// Who becomes the owner of a record.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AssignTo {
    /// The seller with this chosen id.
    Seller(String),
    /// The seller whose chosen id this attribute of the record holds.
    Attribute(String),
    /// The member of the team with this chosen id whose turn it is.
    Team(String),
}

impl Default for AssignTo {
    fn default() -> Self {
        AssignTo::Attribute(String::new())
    }
}

impl<T> Form<T> for AssignOwner {
    const NAME: &'static str = "Assign owner";

    type Referring<U> = AssignOwner;

    fn refer<U>(self, _: &mut dyn FnMut(T) -> Option<U>) -> AssignOwner {
        self
    }

    fn text_bytes(&self) -> usize {
        match &self.to {
            AssignTo::Seller(name) | AssignTo::Attribute(name) | AssignTo::Team(name) => name.len(),
        }
    }
}
