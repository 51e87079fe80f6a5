//! Automated text message steps: a worker sends a text message.

use serde::{Deserialize, Serialize};

use super::{Act, Form};
use crate::domain::consent::Channel;

/// A text message that a worker sends.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AutomatedTextMessage<T> {
    /// What is sent. `None` only in a draft.
    pub template: Option<T>,
}

// Not derived, because that would need a default for `T`.
impl<T> Default for AutomatedTextMessage<T> {
    fn default() -> Self {
        Self { template: None }
    }
}

impl<T> Form<T> for AutomatedTextMessage<T> {
    const NAME: &'static str = "Automated text message";
    const NEEDS_TEMPLATE: bool = true;

    type Referring<U> = AutomatedTextMessage<U>;

    fn refer<U>(self, to: &mut dyn FnMut(T) -> Option<U>) -> AutomatedTextMessage<U> {
        AutomatedTextMessage { template: self.template.and_then(to) }
    }

    fn template(&self) -> Option<&T> {
        self.template.as_ref()
    }
}

impl<T> Act for AutomatedTextMessage<T> {
    const CHANNEL: Option<Channel> = Some(Channel::Phone);
    const AUTOMATED: bool = true;
}
