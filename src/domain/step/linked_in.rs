//! LinkedIn steps: a seller does something on LinkedIn.

use serde::{Deserialize, Serialize};
use strum::{FromRepr, IntoStaticStr, VariantArray};

use super::{Act, Form};
use crate::domain::consent::Channel;

/// Something for the seller to do on LinkedIn.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct LinkedIn {
    /// What to do.
    pub action: LinkedInAction,
}

/// What a seller does on LinkedIn. The numbers are the same in the proto. Never change them.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, FromRepr, IntoStaticStr, VariantArray, Serialize, Deserialize,
)]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "SCREAMING_SNAKE_CASE", const_into_str)]
#[repr(i32)]
pub enum LinkedInAction {
    /// Learn about the person and the company.
    #[default]
    Research = 1,
    /// Send a connection request.
    Connect = 2,
    /// Ask a common connection for an introduction.
    GetIntroduced = 3,
    /// Send an InMail.
    SendInMail = 4,
}

impl LinkedInAction {
    /// Returns its name in the API.
    pub const fn as_str(self) -> &'static str {
        self.into_str()
    }
}

impl<T> Form<T> for LinkedIn {
    const NAME: &'static str = "LinkedIn";

    type Referring<U> = LinkedIn;

    fn refer<U>(self, _: &mut dyn FnMut(T) -> Option<U>) -> LinkedIn {
        self
    }
}

impl Act for LinkedIn {
    // A record says nothing about reaching its person there.
    const CHANNEL: Option<Channel> = None;
}
