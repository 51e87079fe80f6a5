//! Automated email steps: a worker sends an email.

use serde::{Deserialize, Serialize};

use super::{Act, Form};
use crate::domain::consent::Channel;

/// An email that a worker sends.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AutomatedEmail<T> {
    /// What is sent. `None` only in a draft.
    pub template: Option<T>,
}

// Not derived, because that would need a default for `T`.
impl<T> Default for AutomatedEmail<T> {
    fn default() -> Self {
        Self { template: None }
    }
}

impl<T> Form<T> for AutomatedEmail<T> {
    const NAME: &'static str = "Automated email";
    const NEEDS_TEMPLATE: bool = true;

    type Referring<U> = AutomatedEmail<U>;

    fn refer<U>(self, to: &mut dyn FnMut(T) -> Option<U>) -> AutomatedEmail<U> {
        AutomatedEmail { template: self.template.and_then(to) }
    }

    fn template(&self) -> Option<&T> {
        self.template.as_ref()
    }
}

impl<T> Act for AutomatedEmail<T> {
    const CHANNEL: Option<Channel> = Some(Channel::Email);
    const AUTOMATED: bool = true;
}
