//! Begins to send automated emails, and follows what workers say came of them.
//!
//! Not batched like the other verbs of activities: counting against a cap locks rows that all
//! emails of a day share.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use crate::domain::activity::{ClosedState, Closing};
use crate::domain::calendar::WorkingTime;
use crate::domain::case::Case;
use crate::domain::consent::{Channel, Reaction};
use crate::domain::enrollment::ExitReason;
use crate::domain::flow::Flow;
use crate::domain::id::{ActivityId, LeaseId, OrganizationId};
use crate::domain::refusal::Refusal;
use crate::domain::sending::{Manual, Sending, SendingResult, SendingState, SendingTimes, Verdict};
use crate::domain::settings::Settings;
use crate::domain::step::ActivityKind;
use crate::engine::cases::verbs::{Asked, Found, LeaseUse, Subject, check_lease, lost_if_leased};
use crate::engine::{Engine, Error, Opened, Request, Write};
use crate::store::enrollments::Locking;
use crate::store::tenants::{calendars, teams};
use crate::store::{activities, changes, emails, enrollments};

/// The outcome of an automated email that was sent.
const SENT: &str = "sent";

/// Begins to send an automated email.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BeginSending {
    /// The activity.
    pub activity: ActivityId,
    /// The lease that the caller has.
    pub lease: LeaseId,
    /// Whether there is a text to send.
    pub made: Result<(), Manual>,
}

/// What was decided of an email. It is kept for repetitions.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Begun {
    /// The caller sends it.
    Send,
    /// The person must not be emailed.
    Skipped,
    /// It is an email of the record's owner now.
    Manual,
    /// It is snoozed until it may be sent.
    Later,
    /// It was sent before.
    SentBefore,
}

/// Says what came of sending an email.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FinishSending {
    /// The activity.
    pub activity: ActivityId,
    /// The lease under which it was begun.
    pub lease: LeaseId,
    /// What came of it.
    pub result: SendingResult,
    /// What the mail server said. Can be empty.
    pub reply: String,
}

impl Engine {
    /// Decides whether an automated email may be sent now, and notes that it is being sent, or does
    /// what follows if it may not.
    ///
    /// # Errors
    /// - [`Error::Missing`], even if the activity exists but is not the caller's.
    /// - [`Error::Refused`] with `ActivityNotEmail`, `ActivityClosed`, `LeaseLost`,
    ///   `EnrollmentPaused` or `EnrollmentEnded`.
    pub async fn begin_sending(&self, request: &Request, command: BeginSending) -> Result<Begun, Error> {
        let mut write = match self.open(request).await? {
            // Boxed because it is rare.
            Opened::Repeated(Begun::Send) => return Box::pin(self.still_sending(request, &command)).await,
            Opened::Repeated(answer) => return Ok(answer),
            Opened::Fresh(write) => write,
        };

        let organization = write.organization();
        let (case, before) = self.lock_email(&mut write, &command).await?;
        let times = times(&mut write, organization, case.settings()?).await?;

        let now = write.now();
        let mut verdict = case.may_send(before.as_ref(), command.made.as_ref().copied(), &times, now)?;
        let begun = before.map(|before| Sending { state: ended_in(&verdict, before.state), ..before });
        let mut sending = begun;
        if verdict == Verdict::Send {
            let fresh = begin(&case, &command, before.as_ref(), &times, now)?;
            match count(&mut write, &fresh, case.settings()?).await? {
                true => sending = Some(fresh),
                false => verdict = Verdict::Later(times.next_day(now)),
            }
        }

        let (decided, answer) = self.core().decide(now, |flow| apply(&verdict, &case, request, flow));
        let answer = answer?;
        // The mark is written before the worker may talk to a mail server.
        if let Some(sending) = sending.filter(|sending| Some(*sending) != before) {
            emails::save(write.conn(), &sending).await?;
        }
        changes::save_rows(write.conn(), &decided).await?;
        write.commit_with_queues(&answer, decided).await?;
        Ok(answer)
    }

    /// Says once more that an email is to be sent, while the first time counts. If the answer was
    /// lost for longer than the lease, somebody else may have sent it, or it mustn't be sent now.
    async fn still_sending(&self, request: &Request, command: &BeginSending) -> Result<Begun, Error> {
        let (organization, activity) = (request.caller.organization, command.activity);
        let mut conn = self.store().read(organization).await?;
        let sending = emails::find(&mut conn, organization, activity).await?;
        let found = activities::rows::get(&mut conn, &[(organization, activity)]).await?.pop();

        let open = found.as_ref().filter(|found| found.ending.is_none()).map(|found| &found.shown.activity);
        let lease = open.and_then(|open| open.lease_at(request.now));
        let leased = lease.is_some_and(|lease| lease.id == command.lease);
        let begun = sending
            .is_some_and(|sending| sending.state == SendingState::Sending && sending.lease == command.lease);
        if leased && begun {
            return Ok(Begun::Send);
        }

        let ending = found.as_ref().and_then(|found| found.ending.as_ref()).map(|ending| ending.state);
        let closed = ending.unwrap_or(ClosedState::Canceled).as_str();
        let state = open.map_or(closed, |open| open.state.as_str());
        Err(Error::Refused(Refusal::LeaseLost { activity, state }))
    }

    /// Locks and loads the case of an automated email that the caller has leased, with what is
    /// known of the email.
    async fn lock_email(
        &self,
        write: &mut Write,
        command: &BeginSending,
    ) -> Result<(Case, Option<Sending>), Error> {
        let (organization, caller, now) = (write.organization(), write.caller().clone(), write.now());
        let subject = Subject::Activity(command.activity);
        let key = [(organization, command.activity)];
        let mut found =
            Found::load(self.core(), write.conn(), &key, Vec::new(), (Locking::Wait, now)).await?;
        if caller.works_in_pools() {
            found.pools = teams::queues(write.conn(), &[organization]).await?.into_iter().collect();
        }

        let lease = LeaseUse::Shown(Some(command.lease));
        let case = found.case(subject, &caller).map_err(|error| lost_if_leased(lease, error))?;
        let case = case.ok_or(Error::Fault("a locked activity is held by another transaction"))?;
        let open = case.activity()?;
        if open.kind != ActivityKind::AutomatedEmail {
            return Err(Error::Refused(Refusal::ActivityNotEmail {
                activity: open.id,
                kind: open.kind.as_str(),
            }));
        }
        // Whoever settles the halt of its sequence later pauses or ends it.
        let (_, settled) = self.core().decide(now, |flow| {
            let case = case.settled(flow)?.into_owned();
            case.enrollment.check_running()?;
            let asked = Asked { by: caller.actor(), item: command.activity.0, destination: None };
            check_lease((subject, lease), &case, &caller, asked, now)?;
            Ok::<_, Error>(())
        });
        settled?;

        let before = emails::find(write.conn(), organization, command.activity).await?;
        Ok((case.clone(), before))
    }

    /// Follows what a worker says came of an email.
    ///
    /// # Errors
    /// - [`Error::Missing`] if no email of the activity was ever begun.
    /// - [`Error::Refused`] with `LeaseLost`: it was begun under another lease, or something else
    ///   was said since.
    pub async fn finish_sending(
        &self,
        request: &Request,
        command: FinishSending,
    ) -> Result<ActivityId, Error> {
        let mut write = match self.open(request).await? {
            Opened::Repeated(answer) => return Ok(answer),
            Opened::Fresh(write) => write,
        };

        let Some((case, before)) = self.lock_begun(&mut write, &command).await? else {
            write.commit_unnoted(&command.activity).await?;
            return Ok(command.activity);
        };

        let (decided, after) = self.core().decide(write.now(), |flow| {
            let case = case.settled(flow)?;
            let closing = |at| sent(request, at);
            case.sending_ended(before, (command.result, &command.reply), closing, flow)
        });
        let after = after?;

        emails::save(write.conn(), &after).await?;
        // What certainly wasn't sent makes room for another one of that day.
        if !after.state.counts() {
            for whom in counted_for(&after) {
                emails::uncount(write.conn(), after.organization, after.day, whom).await?;
            }
        }
        changes::save_rows(write.conn(), &decided).await?;
        write.commit_with_queues(&command.activity, decided).await?;
        Ok(command.activity)
    }

    /// Locks and loads the case of an email that was begun. `None` if the same was said before.
    async fn lock_begun(
        &self,
        write: &mut Write,
        command: &FinishSending,
    ) -> Result<Option<(Case, Sending)>, Error> {
        let (organization, activity, now) = (write.organization(), command.activity, write.now());
        let missing = || Subject::Activity(activity).missing();
        let begun = emails::find(write.conn(), organization, activity).await?.ok_or_else(missing)?;
        let key = (organization, begun.enrollment);
        enrollments::lock(write.conn(), &[key], Locking::Wait).await?;

        // Read again: somebody may have said something before the lock was there.
        let begun = emails::find(write.conn(), organization, activity).await?.ok_or_else(missing)?;
        let case = self.core().load_cases(write.conn(), &[key], now).await?.pop().ok_or_else(missing)?;
        match (begun.state, command.result) {
            (SendingState::Sent, SendingResult::Sent) if begun.lease == command.lease => return Ok(None),
            (SendingState::Sending | SendingState::Unknown, _) if begun.lease == command.lease => {}
            _ => {
                let state = state(write, &case, activity).await?;
                return Err(Error::Refused(Refusal::LeaseLost { activity, state }));
            }
        }
        Ok(Some((case, begun)))
    }
}

/// Returns the state of an activity, open or closed.
async fn state(write: &mut Write, case: &Case, activity: ActivityId) -> Result<&'static str, Error> {
    if let Some(open) = case.open.as_ref().filter(|open| open.id == activity) {
        return Ok(open.state.as_str());
    }
    let key = (write.organization(), activity);
    Ok(match activities::why_not_locked(write.conn(), &[key]).await?.remove(&key) {
        Some(activities::LockMiss::Closed(closed)) => closed.state.as_str(),
        _ => ClosedState::Canceled.as_str(),
    })
}

/// Returns when the organization's emails are sent.
async fn times(
    write: &mut Write,
    organization: OrganizationId,
    settings: &Settings,
) -> Result<SendingTimes, Error> {
    let mut working = None;
    let calendar = settings.email_calendar.as_ref().or(settings.calendar.as_ref());
    if let Some(calendar) = calendar {
        let found = calendars::find(write.conn(), organization, calendar.as_str()).await?;
        working = found.map(|found| WorkingTime::of(&found.content.schedule));
    }
    let zone = working.as_ref().map_or(chrono_tz::UTC, WorkingTime::zone);
    let hours = working.filter(|_| settings.email_calendar.is_some()).map(std::sync::Arc::new);
    Ok(SendingTimes { hours, zone })
}

/// Returns what is known of an email that is begun now.
fn begin(
    case: &Case,
    command: &BeginSending,
    before: Option<&Sending>,
    times: &SendingTimes,
    now: DateTime<Utc>,
) -> Result<Sending, Error> {
    Ok(Sending {
        organization: case.enrollment.organization,
        activity: command.activity,
        enrollment: case.enrollment.id,
        state: SendingState::Sending,
        lease: command.lease,
        attempts: before.map_or(0, |before| before.attempts) + 1,
        day: times.day(now),
        seller: case.facts.owner,
        begin_time: now,
    })
}

/// Returns the state of an email that was begun before, after a verdict.
fn ended_in(verdict: &Verdict, before: SendingState) -> SendingState {
    match (verdict, before) {
        (Verdict::Manual(_), SendingState::Sending) => SendingState::Unknown,
        (_, before) => before,
    }
}

/// Counts an email against the caps of its seller and of the organization. Returns false, and
/// counts nothing, if one is reached.
async fn count(write: &mut Write, sending: &Sending, settings: &Settings) -> Result<bool, Error> {
    let (organization, day) = (sending.organization, sending.day);
    let mut counted = Vec::new();
    for whom in counted_for(sending) {
        let most = match whom.is_nil() {
            true => settings.limits.emails_per_day,
            false => settings.limits.emails_per_seller_and_day,
        };
        if !emails::count(write.conn(), organization, day, whom, most).await? {
            for whom in counted {
                emails::uncount(write.conn(), organization, day, whom).await?;
            }
            return Ok(false);
        }
        counted.push(whom);
    }
    Ok(true)
}

/// Returns for whom an email counts: its seller first, then zero, which stands for the whole
/// organization and whose row is the busiest.
fn counted_for(sending: &Sending) -> Vec<uuid::Uuid> {
    let seller = sending.seller.map(|seller| seller.0);
    seller.into_iter().chain([uuid::Uuid::nil()]).collect()
}

/// The way in which an email that was sent is completed.
fn sent(request: &Request, at: DateTime<Utc>) -> Closing {
    Closing {
        state: ClosedState::Completed,
        outcome: SENT.to_owned(),
        note: String::new(),
        by: request.actor(),
        at,
        item: None,
    }
}

/// Does what follows from a verdict.
fn apply(verdict: &Verdict, case: &Case, request: &Request, flow: &mut Flow<'_>) -> Result<Begun, Error> {
    let by = request.actor();
    Ok(match verdict {
        Verdict::Send => Begun::Send,
        Verdict::SentBefore => {
            case.close(sent(request, flow.now), flow)?;
            Begun::SentBefore
        }
        Verdict::Forbidden(Reaction::Exit) => {
            case.exit(ExitReason::NoConsent, by, flow);
            Begun::Skipped
        }
        Verdict::Forbidden(Reaction::Skip | Reaction::Due) => {
            let warnings = case.target()?.reach.warnings(Some(Channel::Email));
            case.close(Closing::skip_for(warnings, flow.now), flow)?;
            Begun::Skipped
        }
        Verdict::Manual(manual) => {
            case.make_manual(manual.clone(), by, flow)?;
            Begun::Manual
        }
        Verdict::Later(until) => {
            case.snooze(*until, by, flow)?;
            Begun::Later
        }
    })
}
