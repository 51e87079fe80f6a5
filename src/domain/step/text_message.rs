//! Text message steps: a seller sends a text message.

use serde::{Deserialize, Serialize};

use super::{Act, Form};
use crate::domain::consent::Channel;

/// A text message for the seller to send.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TextMessage<T> {
    /// The template that the composer opens with. `None`: it opens empty.
    pub template: Option<T>,
}

// Not derived, because that would need a default for `T`.
impl<T> Default for TextMessage<T> {
    fn default() -> Self {
        Self { template: None }
    }
}

impl<T> Form<T> for TextMessage<T> {
    const NAME: &'static str = "Text message";

    type Referring<U> = TextMessage<U>;

    fn refer<U>(self, to: &mut dyn FnMut(T) -> Option<U>) -> TextMessage<U> {
        TextMessage { template: self.template.and_then(to) }
    }

    fn template(&self) -> Option<&T> {
        self.template.as_ref()
    }
}

impl<T> Act for TextMessage<T> {
    const CHANNEL: Option<Channel> = Some(Channel::Phone);
}
