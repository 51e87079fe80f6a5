//! Appointment steps: a seller meets the person, or arranges to.

use serde::{Deserialize, Serialize};

use super::{Act, Form};
use crate::domain::consent::Channel;
use crate::domain::reason::Reason;
use crate::domain::settings::Limits;
use crate::domain::violation::Violations;

/// A meeting. It begins when its activity falls due.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Appointment {
    /// How long it takes, in seconds. 0: nobody has said.
    pub seconds: i64,
    /// Where it is: a place, or a link. Can be empty.
    pub location: String,
}

/// The longest appointment, in seconds, inclusive: a week.
const LONGEST: i64 = 7 * 24 * 60 * 60;

impl<T> Form<T> for Appointment {
    const NAME: &'static str = "Appointment";

    type Referring<U> = Appointment;

    fn refer<U>(self, _: &mut dyn FnMut(T) -> Option<U>) -> Appointment {
        self
    }

    fn text_bytes(&self) -> usize {
        self.location.len()
    }

    fn check(&self, limits: &Limits) -> Violations {
        let mut found = limits.check_description("location", &self.location);
        if !(0..=LONGEST).contains(&self.seconds) {
            let rule = format!("must be from 0s (unset) to {LONGEST}s (7 days), is {}s", self.seconds);
            found.push("duration", Reason::FieldInvalid, rule);
        }
        found
    }
}

impl Act for Appointment {
    // How both agreed on it is another activity's business.
    const CHANNEL: Option<Channel> = None;
    const TEXTS: &'static [&'static str] = &["location"];
}
