//! Emails, which sellers send.

use serde::{Deserialize, Serialize};

use super::{Act, Form};

/// An email for the seller to send.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Email<T> {
    /// What the composer opens with; without one it is empty.
    pub template: Option<T>,
}

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

impl<T> Act for Email<T> {}
