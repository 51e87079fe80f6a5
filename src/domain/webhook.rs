//! Webhooks: where events are sent, and when a failed attempt is repeated or given up.

use chrono::{DateTime, TimeDelta, Utc};

use super::event_filter::EventFilter;
use super::id::{ChosenId, OrganizationId, WebhookDeliveryId, WebhookId};

/// An address to which events are sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Webhook {
    /// The organization whose events are sent.
    pub organization: OrganizationId,
    /// Its key.
    pub id: WebhookId,
    /// Its id, chosen by the caller.
    pub webhook_id: ChosenId,
    /// Where events are sent.
    pub target: Target,
    /// How the sending goes.
    pub progress: Progress,
    /// Increases with each change by a caller.
    pub version: i64,
    /// When it was created.
    pub create_time: DateTime<Utc>,
    /// When a caller last changed it.
    pub update_time: DateTime<Utc>,
}

/// What callers can change about a webhook.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Target {
    /// Where events are sent.
    pub url: String,
    /// Which events are sent.
    pub filter: EventFilter,
    /// True if nothing is sent.
    pub disabled: bool,
}

/// How the sending of a webhook's events goes.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Progress {
    /// The position of the last event that has arrived, was given up, or isn't wanted.
    pub position: i64,
    /// The failed attempts for the next event.
    pub attempts: i32,
    /// Why the last attempt failed. Empty if it didn't.
    pub last_error: String,
    /// When the next attempt is made at the earliest. `None`: at once.
    pub next_attempt: Option<DateTime<Utc>>,
}

/// An event that was given up.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Delivery {
    /// Its key.
    pub id: WebhookDeliveryId,
    /// The event's position.
    pub position: i64,
    /// How often it was sent.
    pub attempts: i32,
    /// Why the last attempt failed.
    pub last_error: String,
    /// When it was given up first.
    pub create_time: DateTime<Utc>,
    /// When somebody asked for another attempt, which isn't made yet.
    pub retry_time: Option<DateTime<Utc>>,
}

/// How an attempt failed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Failure {
    /// What kind of failure it is.
    pub kind: FailureKind,
    /// The status of the answer. `None` if nobody answered.
    pub status: Option<u16>,
    /// What happened, for people.
    pub error: String,
}

/// What a failed attempt means for the next ones.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FailureKind {
    /// Nobody answered, or the answer says that something is wrong there. It may pass.
    Passing,
    /// The event itself was refused. Another event may be accepted.
    Refused,
    /// The receiver wants no more events.
    Gone,
}

/// What happens after a failed attempt.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum After {
    /// It is repeated.
    Again(Progress),
    /// The event is given up, and the next one is sent.
    GivenUp(Progress),
    /// The webhook is disabled.
    Disabled(Progress),
}

/// The most attempts for an event.
const MOST_ATTEMPTS: i32 = 16;
/// The most attempts for an event that is refused.
const MOST_REFUSALS: i32 = 5;
/// The pause after the first attempt. It doubles with each further one.
const FIRST_PAUSE: TimeDelta = TimeDelta::seconds(1);
const LONGEST_PAUSE: TimeDelta = TimeDelta::hours(1);

impl FailureKind {
    /// Tells what an answer with this status means, which isn't one of success.
    pub fn of_status(status: u16) -> Self {
        match status {
            410 => Self::Gone,
            400 | 413 | 415 | 422 => Self::Refused,
            _ => Self::Passing,
        }
    }

    fn most_attempts(self) -> i32 {
        match self {
            Self::Passing | Self::Gone => MOST_ATTEMPTS,
            Self::Refused => MOST_REFUSALS,
        }
    }
}

impl Progress {
    /// Decides what happens after a failed attempt for the event at `position`. `share` is a random
    /// number from 0 to 1: many webhooks of one receiver don't try again at the same instant.
    pub fn after(&self, position: i64, failure: &Failure, now: DateTime<Utc>, share: f64) -> After {
        let (attempts, last_error) = (self.attempts + 1, failure.error.clone());
        if failure.kind == FailureKind::Gone {
            return After::Disabled(Self { attempts, last_error, next_attempt: None, ..self.clone() });
        }
        if attempts >= failure.kind.most_attempts() {
            return After::GivenUp(Self { position, attempts: 0, last_error, next_attempt: None });
        }
        let next_attempt = Some(now + pause(attempts, share));
        After::Again(Self { attempts, last_error, next_attempt, ..self.clone() })
    }

    /// Returns the progress after an event has arrived, or was passed over.
    pub fn at(position: i64) -> Self {
        Self { position, ..Self::default() }
    }
}

/// The pause after this many attempts: half of it at least, so that it still grows.
fn pause(attempts: i32, share: f64) -> TimeDelta {
    let doublings = u32::try_from(attempts - 1).unwrap_or_default().min(30);
    let whole = (FIRST_PAUSE * 2_i32.pow(doublings)).min(LONGEST_PAUSE);
    let varied = share.clamp(0.0, 1.0) * 500.0;
    // At most a half is cut off.
    whole - whole * (varied as i32) / 1000
}

#[cfg(test)]
mod tests {
    use super::*;

    fn failure(kind: FailureKind) -> Failure {
        Failure { kind, status: Some(500), error: "answered 500".to_owned() }
    }

    /// The pauses until the event is given up.
    fn pauses(kind: FailureKind, share: f64) -> Vec<i64> {
        let now = DateTime::from_timestamp(1_800_000_000, 0).expect("in range");
        let (mut progress, mut pauses) = (Progress::at(6), Vec::new());
        loop {
            match progress.after(7, &failure(kind), now, share) {
                After::Again(next) => {
                    assert_eq!(next.position, 6);
                    pauses.push((next.next_attempt.expect("there is one") - now).num_milliseconds());
                    progress = next;
                }
                After::GivenUp(next) => {
                    assert_eq!((next.position, next.attempts, next.next_attempt), (7, 0, None));
                    return pauses;
                }
                After::Disabled(_) => panic!("it isn't gone"),
            }
        }
    }

    #[test]
    fn pauses_grow_from_a_second_to_an_hour_until_the_event_is_given_up() {
        let whole = pauses(FailureKind::Passing, 0.0);
        assert_eq!(whole[..3], [1_000, 2_000, 4_000]);
        assert_eq!((whole.len(), whole.last()), (15, Some(&3_600_000)));
        assert_eq!(pauses(FailureKind::Passing, 1.0)[..3], [500, 1_000, 2_000]);
    }

    #[test]
    fn a_refused_event_is_given_up_soon_and_who_is_gone_gets_nothing_more() {
        assert_eq!(pauses(FailureKind::Refused, 0.0).len(), 4);
        let now = DateTime::from_timestamp(1_800_000_000, 0).expect("in range");
        let gone = Progress::at(6).after(7, &failure(FailureKind::Gone), now, 0.5);
        assert!(matches!(gone, After::Disabled(Progress { position: 6, .. })));
        assert_eq!(FailureKind::of_status(410), FailureKind::Gone);
        assert_eq!(FailureKind::of_status(302), FailureKind::Passing);
        assert_eq!(FailureKind::of_status(422), FailureKind::Refused);
    }
}
