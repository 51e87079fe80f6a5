//! Every transition of the lifecycle, including those that are refused.

use chrono::TimeDelta;
use uuid::Uuid;

use super::*;
use crate::domain::definition::Step;
use crate::domain::filing::Filing;
use crate::domain::id::TemplateId;
use crate::domain::reenrollment::Reenrollment;
use crate::domain::step::{Delay, Email, PhoneCall, StepKind, Task, Variant, Wait};
use crate::domain::throttle::Throttle;

fn instant() -> DateTime<Utc> {
    DateTime::from_timestamp(1_790_000_000, 0).expect("in range")
}

fn later() -> DateTime<Utc> {
    instant() + TimeDelta::hours(1)
}

fn step(step_id: &str, kind: StepKind) -> Step {
    Step::of(step_id, kind)
}

fn edited(sequence: &Sequence, plan: Plan) -> Result<Sequence, Refusal> {
    let others = (Reenrollment::default(), Throttle::default());
    sequence.clone().edit(plan, Filing::default(), others, later())
}

fn sequence(state: State) -> Sequence {
    let definition = Definition { steps: vec![step("call", StepKind::PhoneCall(PhoneCall::default()))] };

    Sequence {
        organization: OrganizationId(Uuid::from_u128(1)),
        id: SequenceId(Uuid::from_u128(2)),
        sequence_id: ChosenId::known("s"),
        record_type: RecordTypeId(Uuid::from_u128(3)),
        plan: Plan { display_name: "S".to_owned(), definition, ..Plan::default() },
        filing: Filing::default(),
        reenrollment: Reenrollment::default(),
        throttle: Throttle::default(),
        state,
        halt: None,
        split_winners: BTreeMap::new(),
        version: 7,
        create_time: instant(),
        update_time: instant(),
    }
}

/// The facts for an activation of `sequence` whose newest revision has the same draft.
fn facts(sequence: &Sequence) -> ActivationFacts {
    let newest = Revision { number: sequence.state.revision(), ..sequence.freeze("", instant()) };
    ActivationFacts {
        limits: Limits::default(),
        newest: (newest.number > 0).then_some(newest),
        active_sequences: 0,
        record_type: None,
        references: References::default(),
    }
}

fn with_task(mut sequence: Sequence) -> Sequence {
    sequence.plan.definition.steps.push(step("task", StepKind::Task(Task {})));
    sequence
}

const DELETED_DRAFT: fn() -> State = || State::Deleted { revision: None, at: instant() };
const DELETED: fn() -> State = || State::Deleted { revision: Some(2), at: instant() };

#[test]
fn a_draft_becomes_active_with_its_first_revision() {
    let draft = sequence(State::Draft);
    let done = draft.clone().activate(&facts(&draft), "first", later()).expect("it can be activated");
    assert_eq!(done.sequence.state, State::Active { revision: 1 });
    assert_eq!((done.sequence.version, done.sequence.update_time), (8, later()));
    let revision = done.revision.expect("a first activation freezes");
    assert_eq!((revision.number, revision.revision_description.as_str()), (1, "first"));
    assert_eq!((revision.plan, revision.create_time), (draft.plan, later()));
    assert!(!done.feeds);
}

#[test]
fn activating_an_inactive_sequence_routes_members_and_freezes_only_a_changed_draft() {
    let inactive = sequence(State::Inactive { revision: 2 });
    let facts = facts(&inactive);
    let same = inactive.clone().activate(&facts, "", later()).expect("it can be activated");
    assert_eq!((same.sequence.state, same.revision, same.feeds), (State::Active { revision: 2 }, None, true));

    let changed = with_task(inactive).activate(&facts, "", later()).expect("it can be activated");
    assert_eq!(changed.sequence.state, State::Active { revision: 3 });
    assert_eq!((changed.revision.map(|revision| revision.number), changed.feeds), (Some(3), true));
}

#[test]
fn activating_an_active_sequence_freezes_a_changed_draft_and_otherwise_changes_nothing() {
    let active = sequence(State::Active { revision: 2 });
    let mut facts = facts(&active);
    facts.active_sequences = 250;
    // At the limit, but this sequence is already counted.
    let same = active.clone().activate(&facts, "", later()).expect("nothing to do");
    assert_eq!((same.sequence, same.revision, same.feeds), (active.clone(), None, false));
    let changed = with_task(active).activate(&facts, "", later()).expect("it is among the 250");
    assert_eq!((changed.sequence.state, changed.feeds), (State::Active { revision: 3 }, false));
}

#[test]
fn a_deleted_sequence_can_only_be_undeleted() {
    for state in [DELETED_DRAFT(), DELETED()] {
        let deleted = sequence(state);
        let refusal = Refusal::ResourceDeleted { name: "sequences/s".to_owned() };
        let facts = facts(&deleted);
        let denied = deleted.clone().activate(&facts, "", later());
        assert_eq!(denied, Err(Denied::Refused(refusal.clone())));
        assert_eq!(deleted.clone().deactivate(DeactivateMode::Drain, later()), Err(refusal.clone()));
        assert_eq!(edited(&deleted, Plan::default()), Err(refusal.clone()));
        assert_eq!(deleted.clone().delete(&Uses::default(), true, later()), Err(refusal));
        assert_eq!(deleted.problems(&facts).shared_reason(), Some(Reason::ResourceDeleted));
    }
}

#[test]
fn only_an_active_sequence_is_deactivated() {
    let drain = DeactivateMode::Drain;
    let done = sequence(State::Active { revision: 2 }).deactivate(drain, later()).expect("it is active");
    assert_eq!((done.state, done.version), (State::Inactive { revision: 2 }, 8));
    let inactive = sequence(State::Inactive { revision: 2 });
    assert_eq!(inactive.clone().deactivate(drain, later()), Ok(inactive));
    let refused = sequence(State::Draft).deactivate(drain, later());
    let expected = Refusal::SequenceNotActive { sequence: "sequences/s".to_owned(), state: "DRAFT" };
    assert_eq!(refused, Err(expected));
}

#[test]
fn each_way_to_deactivate_follows_from_the_last_halt() {
    use DeactivateMode::{Drain, Exit, Pause};
    use HaltEffect as Effect;
    let before = instant();
    let pause = |resumed_at| Effect::Pause { at: before, resumed_at };
    let (paused, resumed, exited) = (pause(None), pause(Some(before)), Effect::Exit { at: before });
    let (pauses, exits) = (Effect::Pause { at: later(), resumed_at: None }, Effect::Exit { at: later() });
    let resumes = pause(Some(later()));

    let (active, inactive) = (State::Active { revision: 2 }, State::Inactive { revision: 2 });
    let cases = [
        (active, None, Drain, None),
        (active, None, Pause, Some((1, pauses))),
        (active, None, Exit, Some((1, exits))),
        (active, Some(resumed), Drain, Some((1, resumed))),
        (active, Some(resumed), Pause, Some((2, pauses))),
        (active, Some(exited), Pause, Some((2, pauses))),
        (active, Some(exited), Exit, Some((2, exits))),
        (inactive, None, Pause, Some((1, pauses))),
        (inactive, Some(paused), Drain, Some((1, resumes))),
        (inactive, Some(paused), Pause, Some((1, paused))),
        (inactive, Some(paused), Exit, Some((2, exits))),
        (inactive, Some(resumed), Pause, Some((2, pauses))),
        (inactive, Some(exited), Drain, Some((1, exited))),
        (inactive, Some(exited), Pause, Some((1, exited))),
        (inactive, Some(exited), Exit, Some((1, exited))),
    ];

    for (state, last, mode, expected) in cases {
        let halt = last.map(|effect| Halt { number: 1, effect });
        let before = Sequence { halt, ..sequence(state) };
        let after = before.clone().deactivate(mode, later()).expect("was active");
        let expected = expected.map(|(number, effect)| Halt { number, effect });
        assert_eq!((after.state, after.halt), (inactive, expected), "{state:?} {last:?} {mode:?}");
        let changed = state != inactive || halt != expected;
        assert_eq!(after.version, before.version + i64::from(changed));
    }
}

#[test]
fn an_activation_resumes_only_what_is_paused() {
    let halted = |effect| Some(Halt { number: 1, effect });
    let paused = halted(HaltEffect::Pause { at: instant(), resumed_at: None });
    let resumed = halted(HaltEffect::Pause { at: instant(), resumed_at: Some(later()) });
    let exited = halted(HaltEffect::Exit { at: instant() });
    for (before, after, resumes) in
        [(None, None, false), (paused, resumed, true), (resumed, resumed, false), (exited, exited, false)]
    {
        let inactive = Sequence { halt: before, ..sequence(State::Inactive { revision: 2 }) };
        let done = inactive.clone().activate(&facts(&inactive), "", later()).expect("can be activated");
        assert_eq!((done.sequence.halt, done.resumes), (after, resumes));
    }
}

#[test]
fn a_deleted_sequence_comes_back_as_draft_or_inactive() {
    let cases = [
        (State::Draft, DELETED_DRAFT(), State::Draft),
        (State::Active { revision: 2 }, DELETED(), State::Inactive { revision: 2 }),
        (State::Inactive { revision: 2 }, DELETED(), State::Inactive { revision: 2 }),
    ];

    for (before, deleted, back) in cases {
        let done = sequence(before).delete(&Uses::default(), false, instant()).expect("it isn't in use");
        assert_eq!((done.state, done.version), (deleted, 8));
        assert_eq!(done.state.as_str(), back.as_str());
        let undeleted = done.undelete(later());
        assert_eq!((undeleted.state, undeleted.version), (back, 9));
    }

    for state in [State::Draft, State::Active { revision: 2 }, State::Inactive { revision: 2 }] {
        assert_eq!(sequence(state).undelete(later()), sequence(state));
    }
}

#[test]
fn a_sequence_in_use_is_deleted_only_with_force() {
    let uses = [
        Uses { open_enrollments: 1, connected_segments: vec![] },
        Uses { open_enrollments: 0, connected_segments: vec!["segments/a".to_owned()] },
    ];
    for uses in uses {
        let active = sequence(State::Active { revision: 2 });
        let refused = active.clone().delete(&uses, false, later()).expect_err("it is in use");
        assert_eq!(refused.reason(), Reason::SequenceInUse);
        assert!(active.delete(&uses, true, later()).is_ok());
    }
}

#[test]
fn a_plan_is_edited_in_any_state_and_an_equal_one_changes_nothing() {
    for state in [State::Draft, State::Active { revision: 2 }, State::Inactive { revision: 2 }] {
        let before = sequence(state);
        let plan = Plan { display_name: "T".to_owned(), ..before.plan.clone() };
        let after = edited(&before, plan).expect("not deleted");
        assert_eq!((after.state, after.version), (state, 8));
        assert_eq!(edited(&before, before.plan.clone()), Ok(before));
    }
}

#[test]
fn every_problem_of_the_draft_is_reported_before_the_limit() {
    let mut draft = sequence(State::Draft);
    let template = Some(TemplateId(Uuid::from_u128(9)));
    let wait = StepKind::Wait(Wait::Delay(Delay { days: 31, ..Delay::default() }));
    draft.plan.definition.steps = vec![step("mail", StepKind::Email(Email { template })), step("wait", wait)];
    let mut facts = facts(&draft);
    facts.active_sequences = 250;

    let Err(Denied::Invalid(found)) = draft.clone().activate(&facts, "", later()) else {
        panic!("the draft is wrong");
    };

    let told: Vec<_> = found.iter().map(|found| (found.field.as_str(), found.reason)).collect();
    let expected = [
        ("steps[1].wait.delay", Reason::WaitTooLong),
        ("steps[1]", Reason::SequenceEndsWithWait),
        ("steps[0].email.template", Reason::TemplateUnknown),
    ];
    assert_eq!(told, expected);
    // The fourth is the limit.
    assert_eq!(draft.problems(&facts).len(), 4);
}

#[test]
fn the_251st_active_sequence_and_the_501st_revision_are_refused() {
    let draft = sequence(State::Draft);
    let mut full = facts(&draft);
    full.active_sequences = 250;
    let refused = draft.clone().activate(&full, "", later());
    let limit = |limit, value| Err(Denied::Refused(Refusal::LimitExceeded { limit, value }));
    assert_eq!(refused, limit("active_sequences", 250));
    full.active_sequences = 249;
    assert!(draft.activate(&full, "", later()).is_ok());

    let inactive = sequence(State::Inactive { revision: 500 });
    let facts = facts(&inactive);
    assert!(inactive.clone().activate(&facts, "", later()).is_ok());
    assert_eq!(with_task(inactive).activate(&facts, "", later()), limit("revisions_per_sequence", 500));
}

#[test]
fn a_winner_is_chosen_among_the_variants_of_a_split() {
    let variants = ["a", "b"].map(|id| Variant { variant_id: id.to_owned(), weight: 50 }).into();
    let split = StepKind::Split(Split { variants, ..Split::default() });
    let mut before = sequence(State::Active { revision: 1 });
    before.plan.definition.steps.push(step("split", split));

    let decide = |from: &Sequence, step: &str, to: &str| from.clone().decide_split(None, step, to, later());
    let decided = decide(&before, "split", "b").expect("a variant");
    assert_eq!(decided.split_winners.get("split").map(String::as_str), Some("b"));
    assert_eq!((decided.version, decided.update_time), (8, later()));
    assert_eq!(decide(&decided, "split", "b"), Ok(decided.clone()));
    assert!(decide(&decided, "split", "").expect("no winner").split_winners.is_empty());
    for (step, variant, field) in
        [("call", "a", "step_id"), ("gone", "a", "step_id"), ("split", "c", "variant_id")]
    {
        let refused = decide(&before, step, variant).expect_err("refused");
        assert_eq!(refused.iter().map(|one| one.field.as_str()).collect::<Vec<_>>(), [field]);
    }
}
