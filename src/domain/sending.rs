//! Automated emails: whether one may be sent, and what becomes of it. An email is noted as being
//! sent before a worker hands it to a mail server. If the worker says nothing afterwards, nobody
//! knows whether it was sent. Then a person decides, and it is never sent again by itself.

use chrono::{DateTime, NaiveDate, NaiveTime, TimeDelta, Utc};
use serde::{Deserialize, Serialize};
use strum::{FromRepr, IntoStaticStr, VariantArray};

use super::activity::Activity;
use super::calendar::{WorkingTime, instant};
use super::caller::Actor;
use super::case::{Broken, Case};
use super::consent::{Channel, Reaction, Warning};
use super::flow::Flow;
use super::history::{HistoryDetail, HistoryKind};
use super::id::{ActivityId, EnrollmentId, LeaseId, OrganizationId, SellerId};
use super::step::ActivityKind;

/// An automated email that was begun at least once.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Sending {
    /// The organization.
    pub organization: OrganizationId,
    /// The activity. An activity is one email.
    pub activity: ActivityId,
    /// Its enrollment.
    pub enrollment: EnrollmentId,
    /// What is known of it.
    pub state: SendingState,
    /// The lease under which it was begun last.
    pub lease: LeaseId,
    /// The number of times it was begun.
    pub attempts: i32,
    /// The day for which it counts while it is being sent, was sent, or may have been.
    pub day: NaiveDate,
    /// The seller for whom it counts. `None` if its record had no owner.
    pub seller: Option<SellerId>,
    /// When it was begun last.
    pub begin_time: DateTime<Utc>,
}

/// What is known of an email. The numbers are stored. Never change them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, FromRepr, VariantArray)]
#[repr(i16)]
pub enum SendingState {
    /// A worker is sending it.
    Sending = 1,
    /// The mail server took it.
    Sent = 2,
    /// Nobody knows whether it was sent.
    Unknown = 3,
    /// It wasn't sent, and is tried again.
    Deferred = 4,
    /// It wasn't sent, and never will be.
    Refused = 5,
}

impl SendingState {
    /// True if it counts as sent, so that no cap is exceeded whatever happened.
    pub const fn counts(self) -> bool {
        matches!(self, Self::Sending | Self::Sent | Self::Unknown)
    }
}

/// What a worker says came of an email. The numbers are those of the API.
#[derive(Clone, Copy, Debug, PartialEq, Eq, FromRepr)]
#[repr(i32)]
pub enum SendingResult {
    /// The mail server took it.
    Sent = 1,
    /// It wasn't sent, and may be sent later.
    Deferred = 2,
    /// It wasn't sent, and never will be.
    Refused = 3,
    /// Nobody knows.
    Unknown = 4,
}

/// Why a worker can't send an email. The numbers are stored, and they are the same in the proto.
/// Never change them.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, FromRepr, IntoStaticStr, VariantArray, Serialize, Deserialize,
)]
#[strum(serialize_all = "SCREAMING_SNAKE_CASE", const_into_str)]
#[repr(i16)]
pub enum ManualReason {
    /// A variable of the template has no value.
    VariableMissing = 1,
    /// The template is gone, contains an error, or takes too long.
    TemplateUnusable = 2,
    /// The record has no email address.
    NoEmailAddress = 3,
    /// Nobody knows whether the email was sent.
    OutcomeUnknown = 4,
    /// The mail server doesn't take it.
    Refused = 5,
}

impl ManualReason {
    /// Returns its name in the API.
    pub const fn as_str(self) -> &'static str {
        self.into_str()
    }
}

/// Why an email that a worker was to send is an email for the record's owner.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Manual {
    /// The reason.
    pub reason: ManualReason,
    /// The reason in words.
    pub detail: String,
}

impl Manual {
    /// Returns a reason in words.
    pub fn new(reason: ManualReason, detail: impl Into<String>) -> Self {
        Self { reason, detail: detail.into() }
    }

    /// Nobody knows whether the email was sent.
    fn unknown(since: DateTime<Utc>) -> Self {
        let since = since.to_rfc3339_opts(chrono::SecondsFormat::Secs, true);
        let detail = format!(
            "a worker began to send it at {since} and didn't say what came of it: nobody knows whether it was sent"
        );
        Self::new(ManualReason::OutcomeUnknown, detail)
    }

    /// Returns the words that history keeps: no values of records, which a mail server repeats.
    fn kept(&self) -> String {
        match self.reason {
            ManualReason::Refused => {
                let is_code = |word: &&str| word.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.');
                self.detail.split_whitespace().take_while(is_code).collect::<Vec<_>>().join(" ")
            }
            _ => self.detail.clone(),
        }
    }
}

/// What becomes of an automated email.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// It may be sent, unless a cap is reached.
    Send,
    /// It was sent before.
    SentBefore,
    /// The person must not be emailed.
    Forbidden(Reaction),
    /// A worker can't send it.
    Manual(Manual),
    /// Not before this time.
    Later(DateTime<Utc>),
}

/// When automated emails are sent, and when the days begin by which they are counted.
#[derive(Clone, Debug, PartialEq)]
pub struct SendingTimes {
    /// The hours. `None`: all the time.
    pub hours: Option<std::sync::Arc<WorkingTime>>,
    /// The zone of the days.
    pub zone: chrono_tz::Tz,
}

impl SendingTimes {
    /// Returns the first time, not before `from`, at which emails are sent.
    pub fn next(&self, from: DateTime<Utc>) -> DateTime<Utc> {
        self.hours.as_ref().map_or(from, |hours| hours.next(from))
    }

    /// Returns the day at a time.
    pub fn day(&self, now: DateTime<Utc>) -> NaiveDate {
        now.with_timezone(&self.zone).date_naive()
    }

    /// Returns the first time after the day of `now` at which emails are sent.
    pub fn next_day(&self, now: DateTime<Utc>) -> DateTime<Utc> {
        let midnight = self.day(now).succ_opt().map(|day| instant(self.zone, day.and_time(NaiveTime::MIN)));
        self.next(midnight.unwrap_or(now + TimeDelta::days(1)))
    }
}

/// The first pause before an email is tried again; each is twice the one before.
const FIRST_PAUSE: TimeDelta = TimeDelta::minutes(5);
/// The longest of these pauses.
const LONGEST_PAUSE: TimeDelta = TimeDelta::hours(4);
/// How often an email is tried.
const MOST_ATTEMPTS: i32 = 10;

/// Returns the pause after so many attempts. `None` if there is no other attempt.
fn pause(attempts: i32) -> Option<TimeDelta> {
    let doubled = u32::try_from(attempts - 1).ok().and_then(|times| 2_i32.checked_pow(times));
    (attempts < MOST_ATTEMPTS)
        .then(|| doubled.map_or(LONGEST_PAUSE, |times| FIRST_PAUSE * times))
        .map(|pause| pause.min(LONGEST_PAUSE))
}

impl Case {
    /// Decides whether its open activity, an automated email, may be sent now. `made` says whether
    /// there is a text to send.
    ///
    /// # Errors
    /// Broken if rows that it needs are missing.
    pub fn may_send(
        &self,
        before: Option<&Sending>,
        made: Result<(), &Manual>,
        times: &SendingTimes,
        now: DateTime<Utc>,
    ) -> Result<Verdict, Broken> {
        match before.map(|before| (before.state, before.begin_time)) {
            Some((SendingState::Sent, _)) => return Ok(Verdict::SentBefore),
            Some((SendingState::Sending | SendingState::Unknown, since)) => {
                return Ok(Verdict::Manual(Manual::unknown(since)));
            }
            Some((SendingState::Deferred | SendingState::Refused, _)) | None => {}
        }

        // What the record says now, not what the activity shows: a change may still be on its way.
        let warnings = self.target()?.reach.warnings(Some(Channel::Email));
        match self.basis()?.reaction(ActivityKind::AutomatedEmail, warnings) {
            Reaction::Due => {}
            forbidden @ (Reaction::Skip | Reaction::Exit) => return Ok(Verdict::Forbidden(forbidden)),
        }
        if warnings.iter().any(|warning| warning == Warning::NoEmailAddress) {
            let manual = Manual::new(ManualReason::NoEmailAddress, "the record has no email address");
            return Ok(Verdict::Manual(manual));
        }
        if let Err(manual) = made {
            return Ok(Verdict::Manual(manual.clone()));
        }

        let next = times.next(now);
        Ok(if next > now { Verdict::Later(next) } else { Verdict::Send })
    }

    /// Gives its open activity, an automated email, to the record's owner as an email to send, or
    /// to whoever else does the step.
    ///
    /// # Errors
    /// Broken if no activity is open, or its record is deleted.
    pub fn make_manual(&self, manual: Manual, by: Actor, flow: &mut Flow<'_>) -> Result<(), Broken> {
        let before = self.activity()?;
        let outcome = Some(manual.reason.as_str().to_owned());
        let detail = HistoryDetail { outcome, why: Some(manual.kept()), ..HistoryDetail::of(before) };
        flow.note(&self.enrollment, HistoryKind::EmailHandedOver, by, detail);

        let email = Activity { kind: ActivityKind::Email, manual: Some(manual), ..before.clone() };
        let home = self.home_of(&email, self.target()?);
        let after = Activity { version: before.version + 1, ..email.at_home(home.queue) };
        flow.changes.change_activity(before, after);
        Ok(())
    }

    /// Follows what a worker says of an email that is being sent, and returns what is known of it
    /// then. The activity may no longer be open, or be an email of the record's owner already.
    ///
    /// # Errors
    /// Broken if rows that it needs are missing.
    pub fn sending_ended(
        &self,
        sending: Sending,
        (result, reply): (SendingResult, &str),
        closing: impl FnOnce(DateTime<Utc>) -> super::activity::Closing,
        flow: &mut Flow<'_>,
    ) -> Result<Sending, Broken> {
        let by = closing(flow.now);
        let running = self.enrollment.position.paused().is_none();
        let open = self.open.as_ref().filter(|open| open.id == sending.activity && running);
        let automated = open.filter(|open| open.kind == ActivityKind::AutomatedEmail);
        let unknown = open.filter(|open| open.lacks_word());
        let actor = by.by;

        let state = match result {
            SendingResult::Sent => {
                if automated.or(unknown).is_some() {
                    self.close(by, flow)?;
                }
                SendingState::Sent
            }
            SendingResult::Unknown => {
                if automated.is_some() {
                    self.make_manual(Manual::unknown(sending.begin_time), actor, flow)?;
                }
                SendingState::Unknown
            }
            SendingResult::Deferred if automated.is_some() || !running => match pause(sending.attempts) {
                Some(pause) => {
                    if automated.is_some() {
                        self.snooze(flow.now + pause, actor, flow)?;
                    }
                    SendingState::Deferred
                }
                None => {
                    self.refused(automated, format!("{reply} (tried {MOST_ATTEMPTS} times)"), actor, flow)?
                }
            },
            SendingResult::Deferred | SendingResult::Refused => {
                self.refused(automated, reply.to_owned(), actor, flow)?
            }
        };
        Ok(Sending { state, ..sending })
    }

    fn refused(
        &self,
        automated: Option<&Activity>,
        reply: String,
        by: Actor,
        flow: &mut Flow<'_>,
    ) -> Result<SendingState, Broken> {
        if automated.is_some() {
            self.make_manual(Manual::new(ManualReason::Refused, reply), by, flow)?;
        }
        Ok(SendingState::Refused)
    }
}

impl Activity {
    /// True if it is with the record's owner only because nobody knew whether it was sent.
    fn lacks_word(&self) -> bool {
        self.manual.as_ref().is_some_and(|manual| manual.reason == ManualReason::OutcomeUnknown)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_email_is_tried_ten_times_within_some_25_hours() {
        let pauses: Vec<i64> = (1..=10).filter_map(pause).map(|pause| pause.num_minutes()).collect();
        assert_eq!(pauses, [5, 10, 20, 40, 80, 160, 240, 240, 240]);
    }

    #[test]
    fn history_keeps_the_code_of_a_refusal_and_no_address() {
        let refused = Manual::new(ManualReason::Refused, "550 5.1.1 <kim@example.com> unknown");
        assert_eq!(refused.kept(), "550 5.1.1");
        let missing = Manual::new(ManualReason::VariableMissing, "record.city has no value");
        assert_eq!(missing.kept(), "record.city has no value");
    }

    #[test]
    fn the_day_after_begins_at_midnight_of_the_zone_or_when_emails_are_sent_again() {
        let zone = chrono_tz::Europe::Berlin;
        let now = "2026-07-03T21:30:00Z".parse().expect("an instant");
        let times = SendingTimes { hours: None, zone };
        assert_eq!(times.day(now).to_string(), "2026-07-03");
        assert_eq!(times.next_day(now).to_rfc3339(), "2026-07-03T22:00:00+00:00");
        assert_eq!(times.next(now), now);
    }
}
