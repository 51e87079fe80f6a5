//! An enrollment that exists only in memory. It goes through its steps by the decisions that real
//! enrollments go by, and its time passes when the caller says so.

mod assumptions;
mod stated;

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use uuid::Uuid;

use super::action::Action;
use super::activity::{Activity, ClosedActivity, ClosedState, Closing};
use super::caller::Actor;
use super::case::{Broken, Case, Facts};
use super::changes::Changes;
use super::command::Done;
use super::engaged::Engaged;
use super::engagement::{About, Engagement, EngagementEvent, EngagementKind};
use super::enrollment::{EnrollmentSource, ExitReason};
use super::flow::{Beginning, Flow, Start, Target};
use super::history::HistoryEvent;
use super::id::{EnrollmentId, OrganizationId, RecordId, SequenceId};
use super::step::{ActivityKind, StepKind};
use super::timer::{Timer, TimerKind};

pub use assumptions::{Assumed, AssumedEnding, AssumedEngagement, Assumptions, Play, Stop};
pub use stated::{Stated, StatedStep};

/// The enrollment, its time and its timeline.
#[derive(Clone, Debug)]
pub struct Simulation {
    now: DateTime<Utc>,
    case: Case,
    /// The last key that was made.
    keys: u128,
    timeline: Vec<HistoryEvent>,
    closed: Vec<ClosedActivity>,
}

/// What a simulated enrollment is of.
#[derive(Clone, Copy, Debug)]
pub struct Subject {
    /// The organization.
    pub organization: OrganizationId,
    /// The sequence.
    pub sequence: SequenceId,
    /// The number of the revision. 0: a draft.
    pub revision: i32,
    /// The record.
    pub record: RecordId,
}

/// The key of every simulated enrollment. Splits draw by it.
const ENROLLMENT: EnrollmentId = EnrollmentId(Uuid::from_u128(1));

impl Simulation {
    /// Enrolls the record. `facts` are those of the record in the revision.
    ///
    /// # Errors
    /// A fact is missing.
    pub fn start(subject: Subject, facts: Facts, now: DateTime<Utc>) -> Result<Self, Broken> {
        let start = Start {
            organization: subject.organization,
            enrollment: ENROLLMENT,
            sequence: subject.sequence,
            revision: subject.revision,
            record: subject.record,
            pass_number: 1,
            source: EnrollmentSource::Manual,
            segment: None,
            halts: 0,
            advanced_from: None,
            enroller: None,
            beginning: Beginning::default(),
        };

        // Nobody is before it in line.
        let facts = Facts { line: None, ..facts };
        let (mut changes, mut keys) = (Changes::new(), ENROLLMENT.0.as_u128());
        let basis = facts.basis().map_err(|column| Broken { enrollment: ENROLLMENT, column })?;
        let mut mint = || next(&mut keys);
        let mut flow = Flow { now, mint: &mut mint, changes: &mut changes };
        let advance = flow.start(start, basis, Actor::UPNEXT);
        let case = Case { enrollment: advance.enrollment, open: advance.opened, facts };
        let mut simulation = Self { now, case, keys, timeline: Vec::new(), closed: Vec::new() };
        simulation.keep(changes);
        Ok(simulation)
    }

    /// Returns its time.
    pub const fn now(&self) -> DateTime<Utc> {
        self.now
    }

    /// Returns the enrollment, its open activity and its facts.
    pub const fn case(&self) -> &Case {
        &self.case
    }

    /// Returns its facts, to change what is known of the record.
    pub const fn facts(&mut self) -> &mut Facts {
        &mut self.case.facts
    }

    /// Returns what has happened, in order.
    pub fn timeline(&self) -> &[HistoryEvent] {
        &self.timeline
    }

    /// Returns what was completed, skipped or canceled, in order.
    pub fn closed(&self) -> &[ClosedActivity] {
        &self.closed
    }

    /// True if the enrollment has ended.
    pub fn has_ended(&self) -> bool {
        self.case.enrollment.end_time().is_some()
    }

    /// Returns the step at which it stands until somebody carries out its command, or answers what
    /// its branch asks. `None` if it doesn't stand at one.
    pub fn command(&self) -> Option<&StepKind> {
        let timer = self.case.enrollment.timer().filter(|timer| timer.kind == TimerKind::Command);
        timer.and_then(|_| self.kind())
    }

    /// Returns the timer that fires next: the end of a wait or of a snooze.
    pub fn timer(&self) -> Option<Timer> {
        let own = self.case.enrollment.timer().filter(|timer| timer.kind != TimerKind::Command);
        own.or_else(|| self.case.open.as_ref().and_then(Activity::timer))
    }

    /// Lets time pass up to `time`. An earlier time leaves it as it is. Doesn't fire timers.
    pub fn pass(&mut self, time: DateTime<Utc>) {
        self.now = self.now.max(time);
    }

    /// Lets time pass up to the next timer, and fires it.
    ///
    /// # Errors
    /// The case is broken.
    pub fn fire(&mut self) -> Result<(), Broken> {
        let Some(timer) = self.timer() else { return Ok(()) };
        self.pass(timer.due_at);
        self.decide(|case, flow| case.fire(timer, flow))
    }

    /// Goes on after a command was carried out, or a question was answered.
    ///
    /// # Errors
    /// The case is broken.
    pub fn carry_out(&mut self, done: &Done) -> Result<(), Broken> {
        let Some(timer) = self.case.enrollment.timer() else { return Ok(()) };
        self.decide(|case, flow| case.carry_out(timer, done, flow))
    }

    /// Completes or skips the open activity now.
    ///
    /// # Errors
    /// No activity is open, or the case is broken.
    pub fn close(&mut self, state: ClosedState, outcome: &str) -> Result<(), Broken> {
        let (outcome, note, by) = (outcome.to_owned(), String::new(), Actor::UPNEXT);
        let closing = Closing { state, outcome, note, by, at: self.now, item: None };
        self.decide(|case, flow| case.close(closing, flow).map(drop))
    }

    /// Snoozes the open activity.
    ///
    /// # Errors
    /// No activity is open, or the case is broken.
    pub fn snooze(&mut self, until: DateTime<Utc>) -> Result<(), Broken> {
        self.decide(|case, flow| case.snooze(until, Actor::UPNEXT, flow).map(drop))
    }

    /// Skips the running wait, if it waits.
    ///
    /// # Errors
    /// The case is broken.
    pub fn skip_wait(&mut self) -> Result<(), Broken> {
        let Ok(until) = self.case.enrollment.waiting_until() else { return Ok(()) };
        self.decide(|case, flow| case.end_wait(until, Some(Actor::UPNEXT), flow).map(drop))
    }

    /// Lets it try its step again, if that failed.
    ///
    /// # Errors
    /// The case is broken.
    pub fn retry(&mut self) -> Result<(), Broken> {
        self.decide(|case, flow| case.act(&Action::Retry, None, Actor::UPNEXT, flow).map(drop))
    }

    /// Ends the enrollment.
    pub fn exit(&mut self, reason: ExitReason) {
        let ended: Result<(), Broken> = self.decide(|case, flow| {
            case.exit(reason, Actor::UPNEXT, flow);
            Ok(())
        });
        debug_assert!(ended.is_ok(), "an exit needs no facts");
    }

    /// Follows a change of the record.
    ///
    /// # Errors
    /// The case is broken.
    pub fn follow(&mut self, target: Target) -> Result<(), Broken> {
        self.case.facts.target = Some(target.clone());
        self.decide(|case, flow| case.follow(&target, Actor::UPNEXT, flow))
    }

    /// Takes what the person does now. It is about the given activity, or else about the latest
    /// email, if it is of that kind.
    ///
    /// # Errors
    /// The case is broken.
    pub fn engage(&mut self, kind: EngagementKind, about: Option<About>) -> Result<(), Broken> {
        let (record, now) = (self.case.enrollment.record, self.now);
        let event = EngagementEvent {
            organization: self.case.enrollment.organization,
            event_id: String::new(),
            fingerprint: Vec::new(),
            record,
            activity: about.map(|about| about.activity),
            engagement: Engagement::of(kind),
            at: now,
            ingest_time: now,
        };

        let about = about.or_else(|| self.latest_email().filter(|_| event.seeks_email()));
        let mut engaged = Engaged::new(vec![self.case.clone()], HashMap::new());
        if kind.of_consent() {
            engaged.set_unsubscribed(record, kind == EngagementKind::Unsubscribed);
        }
        self.decide(|_, flow| engaged.apply(&event, about, Actor::UPNEXT, flow).map(drop))?;
        // It knows of the event, and of what it closed.
        self.case = engaged.into_cases().pop().unwrap_or_else(|| self.case.clone());
        Ok(())
    }

    /// Returns the latest email that was completed.
    pub fn latest_email(&self) -> Option<About> {
        let is_email = |kind| matches!(kind, ActivityKind::Email | ActivityKind::AutomatedEmail);
        let sent = |closed: &&ClosedActivity| {
            is_email(closed.activity.kind) && closed.closing.state == ClosedState::Completed
        };
        // Of several at one moment, the last one.
        let latest = self.closed.iter().filter(sent).max_by_key(|closed| closed.closing.at);
        latest.map(completed)
    }

    fn kind(&self) -> Option<&StepKind> {
        Some(&self.case.facts.program.as_ref()?.node(self.case.enrollment.node)?.step.kind)
    }

    /// Runs a decision, and keeps what it decided.
    fn decide(
        &mut self,
        decision: impl FnOnce(&Case, &mut Flow<'_>) -> Result<(), Broken>,
    ) -> Result<(), Broken> {
        let mut changes = Changes::new();
        let keys = &mut self.keys;
        let mut mint = || next(keys);
        let mut flow = Flow { now: self.now, mint: &mut mint, changes: &mut changes };
        decision(&self.case, &mut flow)?;
        self.case.catch_up(&changes);
        self.keep(changes);
        Ok(())
    }

    fn keep(&mut self, changes: Changes) {
        for closed in &changes.closed {
            let activity = &closed.activity;
            self.case.facts.past.note(activity.node, activity.kind, &closed.closing);
        }
        self.timeline.extend(changes.history);
        self.closed.extend(changes.closed);
    }
}

/// Returns what an event about a completed activity is about.
fn completed(closed: &ClosedActivity) -> About {
    About { completed_at: Some(closed.closing.at), ..About::from(&closed.activity) }
}

/// Returns the key after this one.
fn next(last: &mut u128) -> Uuid {
    *last += 1;
    Uuid::from_u128(*last)
}
