//! Email steps: a seller sends an email.

use serde::{Deserialize, Serialize};

use super::{Act, Form};
use crate::domain::consent::Channel;

/// An email for the seller to send.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Email<T> {
    /// The template that the composer opens with. `None`: it opens empty.
    pub template: Option<T>,
}

// Not derived, because that would need a default for `T`.
impl<T> Default for Email<T> {
    fn default() -> Self {
        Self { template: None }
    }
}

impl<T> Form<T> for Email<T> {
    const NAME: &'static str = "Email";

    type Referring<U> = Email<U>;

    fn refer<U>(self, to: &mut dyn FnMut(T) -> Option<U>) -> Email<U> {
        Email { template: self.template.and_then(to) }
    }

    fn template(&self) -> Option<&T> {
        self.template.as_ref()
    }
}

impl<T> Act for Email<T> {
    const CHANNEL: Option<Channel> = Some(Channel::Email);
}
