//! What the design says, as simply as it can be said: the steps that are still to do, and what is
//! known of the earlier ones. It shares nothing with what it checks, and stays so.

use std::collections::{BTreeMap, VecDeque};

use sha2::{Digest as _, Sha256};
use uuid::Uuid;

use super::Told;
use super::plan::{Condition, Kind, Plan, Step, variant};
use super::story::{Act, Engagement, What};

/// The seconds by which upnext lets the clocks of senders differ: an event can belong to an email
/// that was completed so much later.
const CLOCKS: i64 = 60;

/// An enrollment on its way.
pub struct Reference<'p> {
    plan: &'p Plan,
    enrollment: Uuid,
    now: i64,
    todo: VecDeque<&'p Step>,
    at: At<'p>,
    past: BTreeMap<&'p str, Ended>,
    /// The completed emails, with when: the latest is the last.
    emails: Vec<(&'p str, i64)>,
    heard: Vec<(i64, Engagement)>,
    word: Option<&'static str>,
    /// Whether the long text is there, or there is no room for it.
    noted: bool,
    full: bool,
    /// Whether the sequence that it goes on with takes records.
    onward: bool,
    told: Vec<Told>,
}

/// Where it is.
#[derive(Clone, Copy)]
enum At<'p> {
    /// An activity is open; snoozed until then.
    Activity(&'p Step, Option<i64>),
    /// A wait, or the time before the next call.
    Wait(&'p Step, i64),
    /// A branch that waits for the person until then. It arrived at the first time.
    Branch(&'p Step, i64, i64),
    /// A step that couldn't be carried out.
    Failed(&'p Step),
    Ended,
}

/// How a step ended.
struct Ended {
    completed: i32,
    /// The outcome, if it was completed the last time.
    outcome: Option<&'static str>,
}

impl<'p> Reference<'p> {
    /// Enrolls.
    pub fn start(plan: &'p Plan, enrollment: Uuid) -> Self {
        let mut own = Self {
            plan,
            enrollment,
            now: 0,
            todo: plan.steps.iter().collect(),
            at: At::Ended,
            past: BTreeMap::new(),
            emails: Vec::new(),
            heard: Vec::new(),
            word: None,
            noted: false,
            full: plan.full,
            onward: false,
            told: Vec::new(),
        };

        own.tell("enrollmentStarted".to_owned());
        own.go_on(0);
        own
    }

    pub fn timeline(&self) -> Vec<Told> {
        self.told.clone()
    }

    /// Lets time pass, and then does what is possible of an act.
    pub fn play(&mut self, act: &Act) {
        self.now += act.after;
        self.expire();

        match (act.what, self.at) {
            (What::Set(value), _) => self.word = value,
            (What::Open(open), _) => self.onward = open,
            (What::MakeRoom, _) => self.full = false,
            (_, At::Ended) | (What::Nothing, _) => {}
            (What::Complete(outcome), At::Activity(step, _)) => {
                let is_call = matches!(step.kind, Kind::Call(_));
                self.complete(step, if is_call { outcome } else { "" });
            }
            (What::Skip, At::Activity(step, _)) => self.skip(step),
            (What::Snooze(seconds), At::Activity(step, _)) => {
                let until = self.now + seconds;
                self.at = At::Activity(step, Some(until));
                self.tell(format!("activitySnoozed {} {until}", step.id));
            }
            (What::SkipWait, At::Wait(step, until)) => {
                self.tell(format!("waitSkipped {} {until}", step.id));
                self.after_wait(step, self.now);
            }
            (What::SkipWait, At::Branch(step, _, limit)) => {
                self.tell(format!("waitSkipped {} {limit}", step.id));
                self.decide(step, self.met(step).is_some_and(|met| met < limit), self.now);
            }
            (What::Engage(engagement), _) => self.engage(engagement),
            (What::Retry, At::Failed(step)) => {
                self.tell(format!("enrollmentRetried {}", step.id));
                self.todo.push_front(step);
                self.go_on(self.now);
            }
            (What::Exit, _) => self.exit("MANUAL"),
            (What::CloseRecord, _) => self.exit("RECORD_CLOSED"),
            _ => {}
        }
    }

    /// Ends what is over: a snooze, a wait, or the time for a branch.
    fn expire(&mut self) {
        match self.at {
            At::Activity(step, Some(until)) if until <= self.now => {
                self.at = At::Activity(step, None);
                self.tell(format!("activityWoken {}", step.id));
            }
            At::Wait(step, until) if until <= self.now => {
                self.tell(format!("waitEnded {} {until}", step.id));
                // What comes next counts from the planned end, however late it was noticed.
                self.after_wait(step, until);
            }
            At::Branch(step, _, limit) if limit <= self.now => {
                self.tell(format!("waitEnded {} {limit}", step.id));
                self.decide(step, self.met(step).is_some_and(|met| met < limit), limit);
            }
            _ => return,
        }

        self.expire();
    }

    fn complete(&mut self, step: &'p Step, outcome: &'static str) {
        self.tell(said(format!("activityCompleted {}", step.id), outcome));
        let ended = self.past.entry(&step.id).or_insert(Ended { completed: 0, outcome: None });
        ended.completed += 1;
        ended.outcome = Some(outcome);
        let calls = ended.completed;
        if matches!(step.kind, Kind::Email) {
            self.emails.push((&step.id, self.now));
        }

        // A call is made again until somebody is reached.
        match step.kind {
            Kind::Call(Some((most, delay))) if outcome != "made" && calls < most => {
                let next = self.now + delay;
                self.tell(format!("waitStarted {} {next}", step.id));
                self.at = At::Wait(step, next);
            }
            _ => self.go_on(self.now),
        }
    }

    fn skip(&mut self, step: &'p Step) {
        self.tell(format!("activitySkipped {}", step.id));
        self.past.entry(&step.id).or_insert(Ended { completed: 0, outcome: None }).outcome = None;
        self.go_on(self.now);
    }

    /// Goes on after a wait, or makes the next call.
    fn after_wait(&mut self, step: &'p Step, since: i64) {
        match step.kind {
            Kind::Call(_) => {
                self.tell(format!("activityDue {}", step.id));
                self.at = At::Activity(step, None);
            }
            _ => self.go_on(since),
        }
    }

    /// Goes on with what is to do. `since` is when the step before ended.
    fn go_on(&mut self, mut since: i64) {
        while let Some(step) = self.todo.pop_front() {
            match &step.kind {
                Kind::Email | Kind::Task | Kind::Call(_) => {
                    self.tell(format!("activityDue {}", step.id));
                    self.at = At::Activity(step, None);
                    return;
                }
                Kind::Wait(seconds) => {
                    let until = since + seconds;
                    self.tell(format!("waitStarted {} {until}", step.id));
                    if until > self.now {
                        self.at = At::Wait(step, until);
                        return;
                    }
                    self.tell(format!("waitEnded {} {until}", step.id));
                    since = until;
                }
                Kind::Emit => self.tell(format!("eventEmitted {}", step.id)),
                Kind::Set(value) => {
                    let unchanged = if *value == self.word { "UNCHANGED" } else { "" };
                    self.word = *value;
                    self.tell(said(format!("attributeUpdated {}", step.id), unchanged));
                }
                Kind::Note if self.full => return self.fail(step, "ATTRIBUTE_REFUSED FIELD_TOO_LONG"),
                Kind::Note => {
                    let unchanged = if self.noted { "UNCHANGED" } else { "" };
                    self.noted = true;
                    self.tell(said(format!("attributeUpdated {}", step.id), unchanged));
                }
                Kind::Advance if self.onward => {
                    self.tell(format!("enrollmentExited {} ADVANCED", step.id));
                    self.at = At::Ended;
                    return;
                }
                Kind::Advance => return self.fail(step, "SEQUENCE_UNAVAILABLE SEQUENCE_NOT_ACTIVE"),
                Kind::Split(variants) => {
                    let place = self.draw(&step.id, variants);
                    self.tell(format!("splitDecided {} {} CHANCE", step.id, variant(place)));
                    self.take(&variants[place].1);
                }
                Kind::Branch(condition, ..) => match self.arrive(step, condition, since) {
                    Some(later) => since = later,
                    None => return,
                },
            }
        }

        self.tell("enrollmentCompleted".to_owned());
        self.at = At::Ended;
    }

    /// Decides a branch on arrival. Returns from when on the next step counts, or nothing if it
    /// waits for the person.
    fn arrive(&mut self, step: &'p Step, condition: &'p Condition, since: i64) -> Option<i64> {
        let (met, why, later) = match condition {
            Condition::Engaged { step: email, limit, at_limit, .. } => {
                let limit = since + limit;
                let met = self.met(step).filter(|met| *met < limit);
                match met {
                    _ if !self.was_completed(email) => (false, "STEP_SKIPPED", since),
                    // At once, though not before it happened.
                    Some(at) if !at_limit => (true, "MET", since.max(at)),
                    _ if limit > self.now => {
                        self.tell(format!("waitStarted {} {limit}", step.id));
                        self.at = At::Branch(step, since, limit);
                        return None;
                    }
                    met => (met.is_some(), if met.is_some() { "MET" } else { "NOT_MET" }, limit),
                }
            }
            Condition::Attribute(value) => match self.word {
                None => (false, "ATTRIBUTE_MISSING", since),
                Some(word) => verdict(word == *value, since),
            },
            Condition::Outcome { step: call, outcomes } => match self.last(call) {
                Some(outcome) => verdict(outcomes.contains(&outcome), since),
                None => (false, "STEP_SKIPPED", since),
            },
            Condition::Completed(step) if self.was_completed(step) => verdict(true, since),
            Condition::Completed(_) => (false, "STEP_SKIPPED", since),
            Condition::Skipped(step) => verdict(!self.was_completed(step), since),
        };

        self.tell_branch(step, met, why);
        Some(later)
    }

    /// Decides a branch that waited for the person.
    fn decide(&mut self, step: &'p Step, met: bool, since: i64) {
        self.tell_branch(step, met, if met { "MET" } else { "NOT_MET" });
        self.go_on(since);
    }

    fn tell_branch(&mut self, step: &'p Step, met: bool, why: &str) {
        let path = if met { "YES" } else { "NO" };
        self.tell(format!("branchDecided {} {path} {why}", step.id));
        if let Kind::Branch(_, yes, no) = &step.kind {
            self.take(if met { yes } else { no });
        }
    }

    /// Stops at a step that can't be carried out. Nothing but a retry goes on there.
    fn fail(&mut self, step: &'p Step, why: &str) {
        self.tell(format!("enrollmentFailed {} {why}", step.id));
        self.at = At::Failed(step);
    }

    fn take(&mut self, path: &'p [Step]) {
        for step in path.iter().rev() {
            self.todo.push_front(step);
        }
    }

    /// The lot that an enrollment draws at a split: a number below 100 from a hash of both.
    fn draw(&self, step_id: &str, variants: &[(i32, Vec<Step>)]) -> usize {
        let hash = Sha256::new().chain_update(self.enrollment).chain_update(step_id).finalize();
        let number = hash[..8].iter().fold(0_u64, |number, byte| number << 8 | u64::from(*byte));
        let (lot, mut sum) = ((number % 100) as i32, 0);
        for (place, (weight, _)) in variants.iter().enumerate() {
            sum += weight;
            if lot < sum {
                return place;
            }
        }
        unreachable!("the weights add up to 100")
    }

    fn engage(&mut self, engagement: Engagement) {
        let of_email = engagement != Engagement::Booked;
        let email = self.emails.last().map(|(email, _)| *email).filter(|_| of_email);
        let step = email.unwrap_or(self.step().map_or("", |step| &step.id));
        self.tell(format!("engagementRecorded {step} {}", engagement.kind()));
        self.heard.push((self.now, engagement));

        // An exit comes before a branch that waits for the same.
        match engagement {
            Engagement::Replied if self.plan.replied => return self.exit("REPLIED"),
            Engagement::Bounced => return self.exit("BOUNCED"),
            _ => {}
        }
        let At::Branch(step, arrival, limit) = self.at else { return };
        let Kind::Branch(Condition::Engaged { at_limit: false, .. }, ..) = &step.kind else { return };
        if let Some(met) = self.met(step).filter(|met| *met < limit) {
            self.tell(format!("waitEnded {} {limit}", step.id));
            self.decide(step, true, met.max(arrival));
        }
    }

    /// When the person had done what a branch waits for.
    fn met(&self, step: &'p Step) -> Option<i64> {
        let Kind::Branch(Condition::Engaged { step: email, actions, all, .. }, ..) = &step.kind else {
            return None;
        };
        let first = |action: &Engagement| {
            let about =
                |(at, heard): &&(i64, Engagement)| heard == action && self.email_at(*at) == Some(email);
            self.heard.iter().find(about).map(|(at, _)| *at)
        };
        let times: Vec<Option<i64>> = actions.iter().map(first).collect();
        match all {
            true => times.into_iter().collect::<Option<Vec<_>>>()?.into_iter().max(),
            false => times.into_iter().flatten().min(),
        }
    }

    /// The email that an event at this time belongs to.
    fn email_at(&self, at: i64) -> Option<&str> {
        let by_then = self.emails.iter().rev().find(|(_, completed)| *completed <= at + CLOCKS);
        by_then.map(|(email, _)| *email)
    }

    fn last(&self, step: &str) -> Option<&'static str> {
        self.past.get(step)?.outcome
    }

    fn was_completed(&self, step: &str) -> bool {
        self.last(step).is_some()
    }

    fn exit(&mut self, reason: &str) {
        let Some(step) = self.step() else { return };
        if let At::Activity(..) = self.at {
            self.tell(format!("activityCanceled {}", step.id));
        }
        self.tell(format!("enrollmentExited {} {reason}", step.id));
        self.at = At::Ended;
    }

    fn step(&self) -> Option<&'p Step> {
        match self.at {
            At::Activity(step, _) | At::Wait(step, _) | At::Branch(step, ..) | At::Failed(step) => Some(step),
            At::Ended => None,
        }
    }

    fn tell(&mut self, what: String) {
        self.told.push((self.now, what));
    }
}

fn verdict(met: bool, since: i64) -> (bool, &'static str, i64) {
    (met, if met { "MET" } else { "NOT_MET" }, since)
}

/// Adds a word, unless it is empty.
pub fn said(what: String, word: &str) -> String {
    if word.is_empty() { what } else { format!("{what} {word}") }
}
