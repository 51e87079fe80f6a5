//! Phone call steps: a seller calls somebody.

use serde::{Deserialize, Serialize};

use super::{Act, Delay, Form};
use crate::domain::consent::Channel;
use crate::domain::reason::Reason;
use crate::domain::settings::{Limits, Settings};
use crate::domain::violation::Violations;

/// A call for the seller to make. Completing it needs an outcome.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct PhoneCall {
    /// The text for the seller to say. Can be empty.
    pub script: String,
    /// How to call again until somebody is reached. `None`: the seller calls once.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub retry: Option<CallRetry>,
}

/// How a seller calls again until somebody is reached.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct CallRetry {
    /// The most calls in all, at least 2.
    pub max_calls: i32,
    /// The time between a call and the next one.
    pub delay: Delay,
    /// The outcomes that mean that somebody was reached.
    pub reached_outcomes: Vec<String>,
}

impl CallRetry {
    /// True if there is another call after this many, of which the last had this outcome.
    pub fn calls_again(&self, calls: i32, outcome: &str) -> bool {
        calls < self.max_calls && !self.reached_outcomes.iter().any(|reached| reached == outcome)
    }
}

impl<T> Form<T> for PhoneCall {
    const NAME: &'static str = "Phone call";

    type Referring<U> = PhoneCall;

    fn refer<U>(self, _: &mut dyn FnMut(T) -> Option<U>) -> PhoneCall {
        self
    }

    fn text_bytes(&self) -> usize {
        let outcomes = self.retry.iter().flat_map(|retry| &retry.reached_outcomes);
        self.script.len() + outcomes.map(String::len).sum::<usize>()
    }

    fn check(&self, limits: &Limits) -> Violations {
        let mut found = limits.check_description("script", &self.script);
        if let Some(retry) = &self.retry {
            found.extend_under("retry.delay", retry.delay.check(limits));
        }
        found
    }
}

impl Act for PhoneCall {
    const CHANNEL: Option<Channel> = Some(Channel::Phone);
    const CHOSEN_OUTCOMES: bool = true;
    const TEXTS: &'static [&'static str] = &["script"];

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
