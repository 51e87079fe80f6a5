//! Phone call steps: a seller calls somebody.

use serde::{Deserialize, Serialize};

use super::{Act, Form};
use crate::domain::consent::Channel;
use crate::domain::reason::Reason;
use crate::domain::settings::{Limits, Settings};
use crate::domain::violation::Violations;

/// A call for the seller to make. Completing it needs an outcome.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct PhoneCall {
    /// The text for the seller to say. Can be empty.
    pub script: String,
}

impl<T> Form<T> for PhoneCall {
    const NAME: &'static str = "Phone call";

    type Referring<U> = PhoneCall;

    fn refer<U>(self, _: &mut dyn FnMut(T) -> Option<U>) -> PhoneCall {
        self
    }

    fn text_bytes(&self) -> usize {
        self.script.len()
    }

    fn check(&self, limits: &Limits) -> Violations {
        limits.check_description("script", &self.script)
    }
}

impl Act for PhoneCall {
    const CHANNEL: Option<Channel> = Some(Channel::Phone);
    const CHOSEN_OUTCOMES: bool = true;

    fn check_outcome(outcome: &str, settings: &Settings) -> Violations {
        // Joined only for a violation, which is rare.
        let known = || settings.phone_outcomes.join(", ");
        if outcome.is_empty() {
            let description = format!("a phone call needs an outcome, one of: {}", known());
            return Violations::one("outcome", Reason::OutcomeRequired, description);
        }
        if !settings.phone_outcomes.iter().any(|known| known == outcome) {
            let description = format!("unknown outcome {outcome:?}, known: {}", known());
            return Violations::one("outcome", Reason::OutcomeUnknown, description);
        }
        Violations::new()
    }
}
