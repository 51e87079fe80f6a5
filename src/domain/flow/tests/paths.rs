//! Paths, repeated calls, what workers do, and commands.

use super::*;
use crate::domain::command::Done;
use crate::domain::step::{AutomatedEmail, Branch, BranchCondition, CallRetry, Ending, UpdateAttribute};

fn task(id: &str) -> Step {
    Step::of(id, StepKind::Task(Task {}))
}

fn fork(condition: BranchCondition) -> Step {
    let branch = Step::of("fork", StepKind::Branch(Branch { condition }));
    Step { paths: vec![vec![task("yes")], vec![task("no")]], ..branch }
}

fn over_record() -> BranchCondition {
    BranchCondition::Record { condition: "record.x == 1".to_owned() }
}

/// Returns the outcome and the reason of the first decision of a branch.
fn choice(changes: &Changes) -> Option<(&str, &str)> {
    let decided = changes.history.iter().find(|event| event.kind == HistoryKind::BranchDecided)?;
    Some((decided.detail.outcome.as_deref()?, decided.detail.why.as_deref()?))
}

#[test]
fn a_branch_takes_the_path_of_its_answer_and_goes_on_after_it() {
    for (answer, node, told) in [
        (Some(true), 1, ("YES", "MET")),
        (Some(false), 2, ("NO", "NOT_MET")),
        (None, 2, ("NO", "ATTRIBUTE_MISSING")),
    ] {
        let mut story = Story::of(vec![fork(over_record()), task("after")]);
        story.answers = BTreeMap::from([(NodeId(0), answer)]);
        let (on_path, changes) = story.start();
        assert_eq!(on_path.enrollment.node, NodeId(node));
        assert_eq!(choice(&changes), Some(told));

        let (after, _) = story.close(on_path, ClosedState::Completed, story.now);
        assert_eq!(after.enrollment.node, NodeId(3));
        let (end, _) = story.close(after, ClosedState::Completed, story.now);
        assert!(matches!(end.enrollment.position, Position::Completed { .. }));
    }
}

#[test]
fn a_branch_without_an_answer_yet_is_asked_again_at_once() {
    let mut story = Story::of(vec![fork(over_record())]);
    let (waits, changes) = story.start();
    let timer = waits.enrollment.timer().expect("a timer");
    assert_eq!((timer.kind, timer.due_at), (TimerKind::Command, story.now));
    assert!(changes.timers_set.contains_key(&timer) && choice(&changes).is_none());

    story.answers = BTreeMap::from([(NodeId(0), Some(true))]);
    let case = story.case(waits.enrollment, None);
    let (_, changes) = story.decide(|flow, _| case.carry_out(timer, &Done::Answered, flow).expect("sound"));
    assert_eq!(choice(&changes), Some(("YES", "MET")));
    assert!(changes.timers_cleared.contains(&timer));
}

#[test]
fn a_branch_looks_at_how_an_earlier_step_ended() {
    let looks = |ending| BranchCondition::Step { step_id: "first".to_owned(), ending };
    for (ending, state, told) in [
        (Ending::Completed, ClosedState::Completed, ("YES", "MET")),
        (Ending::Completed, ClosedState::Skipped, ("NO", "STEP_SKIPPED")),
        (Ending::Skipped, ClosedState::Skipped, ("YES", "MET")),
        (Ending::Skipped, ClosedState::Completed, ("NO", "NOT_MET")),
    ] {
        let mut story = Story::of(vec![task("first"), fork(looks(ending))]);
        let (first, _) = story.start();
        let (_, changes) = story.close(first, state, story.now);
        assert_eq!(choice(&changes), Some(told));
    }
}

fn calls(max_calls: i32) -> Story {
    let delay = Delay { hours: 1, ..Delay::default() };
    let retry = Some(CallRetry { max_calls, delay, reached_outcomes: vec!["made".to_owned()] });
    let call = Step::of("call", StepKind::PhoneCall(PhoneCall { retry, ..PhoneCall::default() }));
    let condition =
        BranchCondition::CallOutcome { step_id: "call".to_owned(), outcomes: vec!["made".to_owned()] };
    Story::of(vec![call, fork(condition)])
}

impl Story {
    /// Completes the call that is open, and notes it as the database would.
    fn call(&mut self, from: Advance, outcome: &str) -> (Advance, Changes) {
        let closing = Closing {
            state: ClosedState::Completed,
            outcome: outcome.to_owned(),
            note: String::new(),
            by: Actor::UPNEXT,
            at: self.now,
            item: None,
        };
        let node = from.enrollment.node;
        let case = self.case(from.enrollment, from.opened);
        let closed = self.decide(|flow, _| case.close(closing.clone(), flow).expect("an activity is open"));
        self.past.note(node, ActivityKind::PhoneCall, &closing);
        closed
    }
}

#[test]
fn a_call_is_made_again_until_somebody_is_reached_or_the_last_one_is_made() {
    for (outcomes, told) in
        [(vec!["busy", "made"], ("YES", "MET")), (vec!["busy", "busy", "busy"], ("NO", "NOT_MET"))]
    {
        let mut story = calls(3);
        let (mut at, _) = story.start();
        let (last, before) = outcomes.split_last().expect("some");
        for outcome in before {
            let (waits, _) = story.call(at, outcome);
            let timer = waits.enrollment.timer().expect("the next call is planned");
            assert_eq!((timer.kind, timer.due_at), (TimerKind::Wait, story.now + TimeDelta::hours(1)));

            story.now = timer.due_at;
            let case = story.case(waits.enrollment, None);
            let again = story.decide(|flow, _| case.end_wait(timer.due_at, None, flow).expect("sound"));
            at = again.0;
            assert_eq!(at.enrollment.node, NodeId(0));
        }
        let (_, changes) = story.call(at, last);
        assert_eq!(choice(&changes), Some(told));
    }
}

#[test]
fn a_skipped_call_is_not_made_again() {
    let mut story = calls(3);
    let (first, _) = story.start();
    let (_, changes) = story.close(first, ClosedState::Skipped, story.now);
    assert_eq!(choice(&changes), Some(("NO", "STEP_SKIPPED")));
}

#[test]
fn what_a_worker_does_is_in_the_automation_queue_and_stays_there() {
    let template = Some(crate::domain::id::TemplateId(Uuid::from_u128(5)));
    let mut story = Story::new(vec![StepKind::AutomatedEmail(AutomatedEmail { template })]);
    let (start, _) = story.start();
    assert_eq!(start.opened.as_ref().map(|opened| opened.queue), Some(AUTOMATION));

    let case = story.case(start.enrollment, start.opened);
    let moved = Target { queue: QueueId(Uuid::from_u128(1001)), ..story.target.clone() };
    let (_, changes) = story.decide(|flow, _| case.follow(&moved, Actor::UPNEXT, flow).expect("sound"));
    assert!(changes.is_empty());
}

#[test]
fn a_command_stops_the_walk_until_it_is_carried_out() {
    let update = UpdateAttribute { attribute: "x".to_owned(), value: 1.into() };
    let mut story = Story::of(vec![task("a"), Step::of("set", StepKind::UpdateAttribute(update)), task("b")]);
    let (first, _) = story.start();
    // Reported late: the next step counts from when the work was done.
    let done_at = story.now;
    story.now += TimeDelta::hours(1);
    let (stands, changes) = story.close(first, ClosedState::Completed, done_at);
    let timer = stands.enrollment.timer().expect("a timer");
    assert_eq!((timer.kind, timer.due_at, stands.enrollment.node), (TimerKind::Command, done_at, NodeId(1)));
    assert!(changes.timers_set.contains_key(&timer));
    assert!(stands.enrollment.waiting_until().is_err(), "nobody skips a command");

    let case = story.case(stands.enrollment, None);
    let done = Done::AttributeUpdated { why: None };
    let (_, changes) = story.decide(|flow, _| case.carry_out(timer, &done, flow).expect("sound"));
    assert_eq!(kinds(&changes), [HistoryKind::AttributeUpdated, HistoryKind::ActivityDue]);
    assert_eq!(changes.opened[0].due_time, done_at);
    assert!(changes.timers_cleared.contains(&timer));
}
