mod paths;

use std::collections::BTreeMap;
use std::sync::Arc;

use super::*;
use crate::domain::activity::ActivityState;
use crate::domain::activity::{ClosedState, Closing};
use crate::domain::case::{Case, Facts};
use crate::domain::changes::QueueDelta;
use crate::domain::definition::{Definition, Step};
use crate::domain::enrollment::ExitReason;
use crate::domain::settings::Settings;
use crate::domain::step::{Delay, Email, PhoneCall, StepKind, Task, Wait, Work};
use crate::domain::timer::{Timer, TimerKind, WaitReason};
use chrono::TimeDelta;

const AUTOMATION: QueueId = QueueId(Uuid::from_u128(2000));

/// One enrollment, without a database: each test makes the decisions and moves the time.
struct Story {
    now: DateTime<Utc>,
    keys: u128,
    program: Program,
    target: Target,
    consent_policy: ConsentPolicy,
    answers: BTreeMap<NodeId, Option<bool>>,
    past: Past,
}

impl Story {
    fn new(kinds: Vec<StepKind>) -> Self {
        let step = |(index, kind): (usize, StepKind)| Step::of(&format!("s{index}"), kind);
        Self::of(kinds.into_iter().enumerate().map(step).collect())
    }

    fn of(steps: Vec<Step>) -> Self {
        let definition = Definition { steps };
        Self {
            now: DateTime::UNIX_EPOCH,
            keys: 0,
            program: Program::compile(&definition),
            target: Target {
                queue: QueueId(Uuid::from_u128(1000)),
                display_name: "Kim".to_owned(),
                reach: Reach::default(),
            },
            consent_policy: ConsentPolicy::Warn,
            answers: BTreeMap::new(),
            past: Past::default(),
        }
    }

    fn decide<T>(&mut self, decision: impl FnOnce(&mut Flow<'_>, Basis<'_>) -> T) -> (T, Changes) {
        let mut changes = Changes::new();
        let facts = self.facts();
        // Counted up over the whole story, so that no key comes twice.
        let keys = &mut self.keys;
        let mut mint = || {
            *keys += 1;
            Uuid::from_u128(*keys)
        };

        let mut flow = Flow { now: self.now, mint: &mut mint, changes: &mut changes };
        let decided = decision(
            &mut flow,
            Basis {
                program: &self.program,
                target: &self.target,
                consent_policy: self.consent_policy,
                facts: &facts,
            },
        );
        (decided, changes)
    }

    fn start(&mut self) -> (Advance, Changes) {
        let start = Start {
            organization: OrganizationId(Uuid::from_u128(1)),
            enrollment: EnrollmentId(Uuid::from_u128(4)),
            sequence: SequenceId(Uuid::from_u128(2)),
            revision: 1,
            record: RecordId(Uuid::from_u128(3)),
            pass_number: 1,
            source: EnrollmentSource::Manual,
            segment: None,
            halts: 0,
            advanced_from: None,
            enroller: None,
            beginning: Beginning::default(),
        };
        self.decide(|flow, basis| flow.start(start, basis, Actor::UPNEXT))
    }

    /// Returns the case of an enrollment and its open activity.
    fn case(&self, enrollment: Enrollment, open: Option<Activity>) -> Case {
        Case { enrollment, open, facts: self.facts() }
    }

    fn facts(&self) -> Facts {
        Facts {
            line: None,
            record_name: None,
            owner: None,
            target: Some(self.target.clone()),
            halt: None,
            definition_epoch: 0,
            program: Some(Arc::new(self.program.clone())),
            settings: Some(Arc::new(Settings { consent_policy: self.consent_policy, ..Settings::default() })),
            answers: self.answers.clone(),
            past: self.past.clone(),
            winners: BTreeMap::new(),
            exit_criteria: Arc::default(),
            automation: Some(AUTOMATION),
            closed_queues: Arc::default(),
            assignees: BTreeMap::new(),
            timing: Default::default(),
            priority: Default::default(),
        }
    }

    fn close(&mut self, from: Advance, state: ClosedState, at: DateTime<Utc>) -> (Advance, Changes) {
        let closing =
            Closing { state, outcome: String::new(), note: String::new(), by: Actor::UPNEXT, at, item: None };
        let case = self.case(from.enrollment, from.opened);
        self.decide(|flow, _| case.close(closing, flow).expect("an activity is open"))
    }
}

fn wait(seconds: i32) -> StepKind {
    StepKind::Wait(Wait::Delay(Delay { seconds, ..Delay::default() }))
}

fn kinds(changes: &Changes) -> Vec<HistoryKind> {
    changes.history.iter().map(|event| event.kind).collect()
}

fn one_queue(changes: &Changes) -> QueueDelta {
    assert_eq!(changes.queues.len(), 1);
    *changes.queues.values().next().expect("one queue")
}

#[test]
fn an_enrollment_starts_at_its_first_activity() {
    let mut story = Story::new(vec![StepKind::Task(Task {}), wait(5), StepKind::Task(Task {})]);
    let (advance, changes) = story.start();
    let opened = advance.opened.expect("the first step is an activity");
    assert_eq!(advance.enrollment.position, Position::Acting { activity: opened.id });
    assert_eq!(one_queue(&changes), QueueDelta { due: 1, snoozed: 0 });
    assert_eq!(kinds(&changes), [HistoryKind::EnrollmentStarted, HistoryKind::ActivityDue]);
    assert_eq!((changes.started.len(), changes.opened.len()), (1, 1));
}

#[test]
fn a_first_wait_starts_at_enrollment() {
    let mut story = Story::new(vec![wait(5), StepKind::Task(Task {})]);
    let (advance, changes) = story.start();

    let until = story.now + TimeDelta::seconds(5);
    assert_eq!(advance.enrollment.position, Position::Waiting { until, reason: WaitReason::Step });
    assert!(advance.opened.is_none() && changes.queues.is_empty());
    assert_eq!(changes.earliest_timer(), Some(until));
}

#[test]
fn completing_leads_into_the_wait_and_its_end_to_the_next_activity() {
    let mut story = Story::new(vec![StepKind::Task(Task {}), wait(5), StepKind::Task(Task {})]);
    let (started, _) = story.start();

    let (waiting, changes) = story.close(started, ClosedState::Completed, story.now);
    let until = story.now + TimeDelta::seconds(5);
    assert_eq!(waiting.enrollment.position, Position::Waiting { until, reason: WaitReason::Step });
    assert_eq!(one_queue(&changes), QueueDelta { due: -1, snoozed: 0 });

    story.now = until + TimeDelta::seconds(60);
    let case = story.case(waiting.enrollment, None);
    let (due, changes) = story.decide(|flow, _| case.end_wait(until, None, flow).expect("waits"));
    let opened = due.opened.expect("the call is due");
    assert_eq!(opened.due_time, until, "due when the wait was to end, not when it was noticed");
    assert_eq!(changes.timers_cleared.len(), 1);

    let (ended, changes) = story.close(
        Advance { enrollment: due.enrollment, opened: Some(opened) },
        ClosedState::Skipped,
        story.now,
    );
    assert_eq!(ended.enrollment.position, Position::Completed { at: story.now });
    assert_eq!(kinds(&changes), [HistoryKind::ActivitySkipped, HistoryKind::EnrollmentCompleted]);
}

#[test]
fn a_wait_counts_from_when_the_work_was_really_done() {
    let mut story = Story::new(vec![StepKind::Task(Task {}), wait(5), StepKind::Task(Task {})]);
    let (started, _) = story.start();
    let done_at = story.now;
    // The seller reports it a minute later, when the wait of five seconds is over.
    story.now += TimeDelta::seconds(60);
    let (advance, changes) = story.close(started, ClosedState::Completed, done_at);
    assert!(advance.opened.is_some(), "the wait was over long ago");
    assert!(changes.timers_set.is_empty());
}

#[test]
fn skipping_a_wait_makes_the_next_activity_due_now() {
    let mut story = Story::new(vec![wait(500), StepKind::Task(Task {})]);
    let (waiting, _) = story.start();

    let until = waiting.enrollment.waiting_until().expect("waits");
    story.now += TimeDelta::seconds(1);
    let case = story.case(waiting.enrollment, None);
    let (advance, changes) =
        story.decide(|flow, _| case.end_wait(until, Some(Actor::UPNEXT), flow).expect("waits"));
    assert_eq!(advance.opened.expect("due").due_time, story.now);
    assert_eq!(changes.history[0].kind, HistoryKind::WaitSkipped);
}

#[test]
fn a_snooze_leaves_the_rank_and_a_second_one_replaces_the_timer() {
    let mut story = Story::new(vec![StepKind::Task(Task {})]);
    let (started, _) = story.start();
    let (enrollment, activity) = (started.enrollment, started.opened.expect("due"));

    let first = story.now + TimeDelta::seconds(10);
    let case = story.case(enrollment.clone(), Some(activity.clone()));
    let (snoozed, changes) =
        story.decide(|flow, _| case.snooze(first, Actor::UPNEXT, flow).expect("an activity is open"));
    assert_eq!(one_queue(&changes), QueueDelta { due: -1, snoozed: 1 });
    assert_eq!(snoozed.rank, activity.rank);

    let second = first + TimeDelta::seconds(10);
    let case = story.case(enrollment.clone(), Some(snoozed));
    let (again, changes) =
        story.decide(|flow, _| case.snooze(second, Actor::UPNEXT, flow).expect("an activity is open"));
    assert_eq!(one_queue(&changes), QueueDelta::default());
    assert_eq!((changes.timers_set.len(), changes.timers_cleared.len()), (1, 1));

    let case = story.case(enrollment, Some(again.clone()));
    let timer = again.timer().expect("is snoozed");
    let (fired, changes) = story.decide(|flow, _| case.fire(timer, flow));
    assert_eq!((fired, one_queue(&changes)), (Ok(()), QueueDelta { due: 1, snoozed: -1 }));
    let woken = &changes.changed[&again.id];
    assert_eq!((woken.state, woken.snooze_count), (ActivityState::Due, 2));
}

#[test]
fn an_exit_cancels_the_activity_or_deletes_the_wait() {
    let mut story = Story::new(vec![StepKind::Task(Task {})]);
    let (started, _) = story.start();
    let case = story.case(started.enrollment, started.opened);
    let (exited, changes) = story.decide(|flow, _| case.exit(ExitReason::Manual, Actor::UPNEXT, flow));
    assert_eq!(exited.position, Position::Exited { at: story.now, reason: ExitReason::Manual });
    assert_eq!(changes.closed[0].closing.state, ClosedState::Canceled);
    assert_eq!(one_queue(&changes), QueueDelta { due: -1, snoozed: 0 });

    let mut story = Story::new(vec![wait(5), StepKind::Task(Task {})]);
    let (waiting, _) = story.start();
    let case = story.case(waiting.enrollment, None);
    let (_, changes) = story.decide(|flow, _| case.exit(ExitReason::RecordClosed, Actor::UPNEXT, flow));
    assert_eq!(changes.timers_cleared.len(), 1);
}

#[test]
fn a_new_owner_takes_the_activity_along() {
    let mut story = Story::new(vec![StepKind::Task(Task {})]);
    let (started, _) = story.start();
    let (enrollment, activity) = (started.enrollment, started.opened.expect("due"));

    let other = Target {
        queue: QueueId(Uuid::from_u128(2000)),
        display_name: "Kim".to_owned(),
        reach: Reach::default(),
    };
    let case = story.case(enrollment, Some(activity.clone()));
    let (followed, changes) = story.decide(|flow, _| case.follow(&other, Actor::UPNEXT, flow));
    assert_eq!(followed, Ok(()));
    let deltas: Vec<_> = changes.queues.values().copied().collect();
    assert_eq!(deltas, [QueueDelta { due: -1, snoozed: 0 }, QueueDelta { due: 1, snoozed: 0 }]);
    assert_eq!(changes.changed[&activity.id].queue, other.queue);

    // The same owner and name change nothing.
    let same = story.target.clone();
    let (followed, changes) = story.decide(|flow, _| case.follow(&same, Actor::UPNEXT, flow));
    assert!(followed.is_ok() && changes.is_empty());
}

#[test]
fn clearing_a_timer_of_this_batch_and_setting_it_again_leaves_one() {
    let timer = Timer {
        organization: OrganizationId(Uuid::nil()),
        due_at: DateTime::UNIX_EPOCH,
        kind: TimerKind::Wait,
        subject: Uuid::nil(),
        enrollment: EnrollmentId(Uuid::nil()),
    };

    let queue = QueueId(Uuid::nil());
    let mut changes = Changes::new();
    changes.set_timer(timer, queue);
    changes.clear_timer(timer);
    assert!(changes.is_empty());

    // The other way round, the timer is a saved row that just stays.
    changes.clear_timer(timer);
    changes.set_timer(timer, queue);
    assert!(changes.timers_cleared.is_empty() && changes.timers_set.is_empty());
}

/// The warnings of the step that is due, or `None` if the enrollment has gone past it.
fn warned(kind: StepKind, reach: Reach, consent_policy: ConsentPolicy) -> (Option<String>, Changes) {
    let mut story = Story::new(vec![kind, wait(5), StepKind::Task(Task {})]);
    story.target.reach = reach;
    story.consent_policy = consent_policy;
    let (advance, changes) = story.start();
    (advance.opened.map(|opened| opened.warnings.words()), changes)
}

#[test]
fn every_kind_of_step_warns_or_is_skipped_for_what_it_needs() {
    let all = Reach { email: true, phone: true, ..Reach::default() };
    let none = Reach { do_not_email: true, do_not_phone: true, ..Reach::default() };
    for kind in StepKind::each() {
        let expected = match &kind {
            StepKind::Email(_) | StepKind::AutomatedEmail(_) => "DO_NOT_EMAIL, NO_EMAIL_ADDRESS",
            StepKind::PhoneCall(_) | StepKind::TextMessage(_) | StepKind::AutomatedTextMessage(_) => {
                "DO_NOT_PHONE, NO_PHONE_NUMBER"
            }
            StepKind::Task(_) | StepKind::LinkedIn(_) | StepKind::Appointment(_) => "",
            passes => {
                assert!(!matches!(passes.work(), Work::Act(_)), "{passes:?}");
                continue;
            }
        };
        assert_eq!(warned(kind.clone(), all, ConsentPolicy::Skip).0.as_deref(), Some(""));
        // What a worker does never reaches a person who doesn't want that.
        let automated = matches!(kind.work(), Work::Act(kind) if kind.is_automated());
        let warns = Some(expected).filter(|_| !automated);
        assert_eq!(warned(kind.clone(), none, ConsentPolicy::Warn).0.as_deref(), warns);

        let (opened, changes) = warned(kind, none, ConsentPolicy::Skip);
        if expected.is_empty() {
            assert_eq!(opened.as_deref(), Some(""));
            continue;
        }
        assert_eq!(opened, None, "the wait runs");
        let closing = &changes.closed[0].closing;
        assert_eq!((closing.state, closing.outcome.as_str()), (ClosedState::Skipped, expected));
        assert_eq!((changes.opened.len(), one_queue(&changes)), (0, QueueDelta::default()));
        let told = [HistoryKind::EnrollmentStarted, HistoryKind::ActivityDue, HistoryKind::ActivitySkipped];
        assert_eq!(kinds(&changes)[..3], told);
        assert_eq!(changes.history[2].detail.outcome.as_deref(), Some(expected));
    }
}

#[test]
fn an_open_activity_follows_its_record_and_is_skipped_where_consent_is_withdrawn() {
    let reach = Reach { email: true, phone: true, ..Reach::default() };
    for consent_policy in [ConsentPolicy::Warn, ConsentPolicy::Skip] {
        let mut story =
            Story::new(vec![StepKind::PhoneCall(PhoneCall::default()), StepKind::Email(Email::default())]);
        story.target.reach = reach;
        story.consent_policy = consent_policy;
        let (started, _) = story.start();
        let call = started.opened.clone().expect("due");
        let case = story.case(started.enrollment, started.opened);

        let quiet = Target { reach: Reach { do_not_phone: true, ..reach }, ..story.target.clone() };
        let (followed, changes) = story.decide(|flow, _| case.follow(&quiet, Actor::UPNEXT, flow));
        assert_eq!(followed, Ok(()));
        match consent_policy {
            ConsentPolicy::Warn => {
                assert_eq!(changes.changed[&call.id].warnings.words(), "DO_NOT_PHONE");
                assert!(changes.history.is_empty(), "history keeps no values of records");
            }
            ConsentPolicy::Skip => {
                assert_eq!(changes.closed[0].closing.outcome, "DO_NOT_PHONE");
                assert_eq!(changes.opened[0].warnings.words(), "", "the email is fine");
            }
        }
    }
}
