//! Decides what engagement events do to enrollments: activities are completed, enrollments end, and
//! warnings change.

use std::collections::HashMap;

use super::activity::{ClosedState, Closing};
use super::caller::Actor;
use super::case::{Broken, Case};
use super::engagement::{About, CLOCK_TOLERANCE, EngagementEvent, EngagementKind};
use super::enrollment::ExitReason;
use super::flow::Flow;
use super::history::{HistoryEvent, HistoryKind};
use super::id::{ActivityId, EnrollmentId, RecordId};
use super::past::Unnamed;
use super::program::NodeId;

/// The open cases on which the events of a batch can act. Each event sees the results of the ones
/// before it.
#[derive(Debug, Default)]
pub struct Engaged {
    cases: Vec<Case>,
    /// The places of each record's cases.
    of_record: HashMap<RecordId, Vec<usize>>,
    /// The other records of the same account.
    account: HashMap<RecordId, Vec<RecordId>>,
    /// The emails that events of the batch completed.
    emails: HashMap<RecordId, Vec<About>>,
}

/// What an event did.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Effect {
    /// The activity that it completed.
    pub completed: Option<ActivityId>,
    /// The number of enrollments that it ended.
    pub exited: i32,
}

impl Engaged {
    /// Takes the open cases of the events' records and of those records of the same account on
    /// which a reply acts. `account` names these records for each record that replied.
    pub fn new(cases: Vec<Case>, account: HashMap<RecordId, Vec<RecordId>>) -> Self {
        let mut of_record: HashMap<RecordId, Vec<usize>> = HashMap::new();
        for (place, case) in cases.iter().enumerate() {
            of_record.entry(case.enrollment.record).or_default().push(place);
        }
        Self { cases, of_record, account, emails: HashMap::new() }
    }

    /// Returns the cases as the events left them.
    pub fn into_cases(self) -> Vec<Case> {
        self.cases
    }

    /// Leaves each case as its sequence's last halt left it.
    ///
    /// # Errors
    /// A case is broken.
    pub fn settle_halts(&mut self, flow: &mut Flow<'_>) -> Result<(), Broken> {
        for case in &mut self.cases {
            if case.is_unsettled() {
                *case = case.settled(flow)?.into_owned();
            }
        }
        Ok(())
    }

    /// Notes that a record's person wants no emails, or wants them again.
    pub fn set_unsubscribed(&mut self, record: RecordId, unsubscribed: bool) {
        for place in self.places(record) {
            if let Some(target) = &mut self.cases[place].facts.target {
                target.reach.unsubscribed = unsubscribed;
            }
        }
    }

    /// Applies an event, which is about the given activity, if it is about any. Settle the cases
    /// first.
    ///
    /// # Errors
    /// A case is broken.
    pub fn apply(
        &mut self,
        event: &EngagementEvent,
        about: Option<About>,
        by: Actor,
        flow: &mut Flow<'_>,
    ) -> Result<Effect, Broken> {
        let completes = self.completed_by(event);
        let completed = completes.and_then(|place| self.cases[place].open.as_ref().map(About::from));
        // The activity that it completes is the best answer to what it is about.
        let about = completed.or_else(|| self.email_of(event, about));
        self.note(event, about, by, flow);

        let mut effect = Effect::default();
        if let Some(place) = completes {
            effect.completed = Some(self.complete(place, event, by, flow)?);
        }
        for (place, reason) in self.exits(event) {
            self.cases[place].exit(reason, by, flow);
            self.cases[place].catch_up(flow.changes);
            effect.exited += 1;
        }
        if let Some(back) = event.engagement.return_time {
            // The person is away for all of them.
            for place in self.open(event.record).collect::<Vec<_>>() {
                self.cases[place] = self.cases[place].hold(back, by, flow);
            }
        }
        if event.engagement.kind.of_consent() {
            self.follow(event.record, by, flow)?;
        }
        if !event.engagement.by_machine {
            self.hear(event, about);
            self.settle(event, about, flow)?;
        }
        Ok(effect)
    }

    fn places(&self, record: RecordId) -> Vec<usize> {
        self.of_record.get(&record).cloned().unwrap_or_default()
    }

    /// Returns the places of a record's cases that are still open.
    fn open(&self, record: RecordId) -> impl Iterator<Item = usize> {
        let places = self.places(record).into_iter();
        places.filter(|place| self.cases[*place].enrollment.end_time().is_none())
    }

    /// Returns the place of the case whose open activity the event completes: of several, the one
    /// that comes first in its queue. A paused one is in no queue, so it stays.
    fn completed_by(&self, event: &EngagementEvent) -> Option<usize> {
        let fitting = self.open(event.record).filter_map(|place| {
            let case = &self.cases[place];
            let running = case.enrollment.position.paused().is_none();
            let open = case.open.as_ref().filter(|open| running && event.may_complete(open))?;
            Some(((open.rank, open.id.0), place))
        });
        fitting.min().map(|(_, place)| place)
    }

    /// Returns what an event is about: if it seeks an email, the latest one, even of this batch.
    fn email_of(&self, event: &EngagementEvent, loaded: Option<About>) -> Option<About> {
        if !event.seeks_email() {
            return loaded;
        }
        let own = self.emails.get(&event.record).into_iter().flatten().copied();
        let by_then = own.filter(|email| email.completed_at <= Some(event.at + CLOCK_TOLERANCE));
        loaded.into_iter().chain(by_then).max_by_key(|email| email.completed_at)
    }

    fn complete(
        &mut self,
        place: usize,
        event: &EngagementEvent,
        by: Actor,
        flow: &mut Flow<'_>,
    ) -> Result<ActivityId, Broken> {
        let case = &mut self.cases[place];
        let open = case.activity()?;
        let (activity, at) = (open.id, event.at.max(open.create_time).min(flow.now));

        let closing = Closing {
            state: ClosedState::Completed,
            outcome: event.engagement.outcome.clone().unwrap_or_default(),
            note: String::new(),
            by,
            at,
            item: None,
        };
        let about = About { completed_at: Some(at), ..About::from(open) };
        let before = flow.changes.closed.len();
        case.close(closing, flow)?;
        remember(case, flow, before);
        case.catch_up(flow.changes);
        if event.engagement.kind == EngagementKind::EmailSent {
            self.emails.entry(event.record).or_default().push(about);
        }
        Ok(activity)
    }

    /// Returns the places of the cases that the event ends, with the reasons. What happened before
    /// an enrollment began doesn't end it.
    fn exits(&self, event: &EngagementEvent) -> Vec<(usize, ExitReason)> {
        let kind = event.engagement.kind;
        let others = self.account.get(&event.record).into_iter().flatten();
        let others = others
            .flat_map(|record| self.open(*record))
            .filter_map(|place| Some((place, self.cases[place].facts.exit_criteria.exit_by_account(kind)?)));

        let own = self
            .open(event.record)
            .filter_map(|place| Some((place, self.cases[place].facts.exit_criteria.exit_by(kind)?)));
        let began = |place: usize| self.cases[place].enrollment.create_time;
        own.chain(others).filter(|(place, _)| began(*place) <= event.at).collect()
    }

    /// Adds the event to the past of the cases that it is, or may come to be, about.
    fn hear(&mut self, event: &EngagementEvent, about: Option<About>) {
        let (kind, at) = (event.engagement.kind, event.at);

        for place in self.open(event.record).collect::<Vec<_>>() {
            let case = &mut self.cases[place];
            let own = about.filter(|about| about.enrollment == case.enrollment.id);
            // Branches of this revision can only look at steps that it has.
            let node = own.and_then(|about| node_of(case, about));
            let email_at = about.and_then(|about| about.completed_at);
            match node {
                _ if event.seeks_email() => {
                    case.facts.past.hear_unnamed(Unnamed { kind, at, node, email_at });
                }
                Some(node) => case.facts.past.hear(node, kind, at),
                None => {}
            }
        }
    }

    /// Decides the branch at which the enrollment of an email waits, if the event is enough.
    fn settle(
        &mut self,
        event: &EngagementEvent,
        about: Option<About>,
        flow: &mut Flow<'_>,
    ) -> Result<(), Broken> {
        let Some(about) = about else { return Ok(()) };
        for place in self.open(event.record).collect::<Vec<_>>() {
            let case = &mut self.cases[place];
            if case.enrollment.id == about.enrollment {
                let before = flow.changes.closed.len();
                case.settle_branch(flow)?;
                remember(case, flow, before);
                case.catch_up(flow.changes);
            }
        }

        Ok(())
    }

    /// Gives the open activities of a record the warnings that it has now.
    fn follow(&mut self, record: RecordId, by: Actor, flow: &mut Flow<'_>) -> Result<(), Broken> {
        for place in self.open(record).collect::<Vec<_>>() {
            let case = &mut self.cases[place];
            let target = case.target()?.clone();
            let before = flow.changes.closed.len();
            case.follow(&target, by, flow)?;
            remember(case, flow, before);
            case.catch_up(flow.changes);
        }
        Ok(())
    }

    /// Adds the event to the timeline of the enrollment that it belongs to, or else of each open
    /// enrollment of its record.
    fn note(&self, event: &EngagementEvent, about: Option<About>, by: Actor, flow: &mut Flow<'_>) {
        let cases = self.open(event.record).map(|place| &self.cases[place]);
        let told: Vec<(EnrollmentId, Option<NodeId>)> = match about {
            // An enrollment may have moved since, and then its steps have other numbers.
            Some(about) => {
                let case = cases.into_iter().find(|case| case.enrollment.id == about.enrollment);
                let node = case.map_or(about.current.then_some(about.node), |case| node_of(case, about));
                vec![(about.enrollment, node)]
            }
            None => {
                // A manual activity is no story to which it would belong.
                let running = cases.filter(|case| !case.enrollment.is_manual_activity());
                running.map(|case| (case.enrollment.id, Some(case.enrollment.node))).collect()
            }
        };

        for (enrollment, node) in told {
            let id = (flow.mint)();
            let told = HistoryEvent {
                organization: event.organization,
                subject: enrollment.0,
                id,
                at: flow.now,
                kind: HistoryKind::EngagementRecorded,
                actor: by,
                detail: event.told(node, about.map(|about| about.activity)),
            };
            flow.changes.splits.tell(&told);
            flow.changes.history.push(told);
        }
    }
}

/// Returns the node that an activity's step has in the revision that its enrollment is on now.
/// `None` if that revision doesn't have it.
fn node_of(case: &Case, about: About) -> Option<NodeId> {
    if about.current { Some(about.node) } else { case.facts.past.moved(about.revision, about.node) }
}

/// Adds to a case's past what the batch has closed of it since `before`, even what was skipped on
/// the way, so that later events of the batch know it.
fn remember(case: &mut Case, flow: &Flow<'_>, before: usize) {
    let closed = flow.changes.closed.iter().skip(before);
    for closed in closed.filter(|closed| closed.activity.enrollment == case.enrollment.id) {
        case.facts.past.note(closed.activity.node, closed.activity.kind, &closed.closing);
    }
}
