use chrono::TimeDelta;

use super::*;
use crate::domain::definition::Definition;
use crate::domain::step::{
    AutomatedEmail, Branch, Delay, Email, Ending, PhoneCall, SplitGoal, StepKind, Task, Variant, Wait,
};

fn task(id: &str) -> Step {
    Step::of(id, StepKind::Task(Task {}))
}

fn call(id: &str) -> Step {
    Step::of(id, StepKind::PhoneCall(PhoneCall::default()))
}

fn email(id: &str) -> Step {
    Step::of(id, StepKind::Email(Email::default()))
}

fn automated(id: &str) -> Step {
    Step::of(id, StepKind::AutomatedEmail(AutomatedEmail::default()))
}

fn wait(id: &str) -> Step {
    Step::of(id, StepKind::Wait(Wait::default()))
}

fn branch(condition: BranchCondition, yes: Vec<Step>, no: Vec<Step>) -> Step {
    Step { paths: vec![yes, no], ..Step::of("branch", StepKind::Branch(Branch { condition })) }
}

fn fork(yes: Vec<Step>, no: Vec<Step>) -> Step {
    branch(BranchCondition::default(), yes, no)
}

fn outcome(outcomes: &[&str]) -> BranchCondition {
    let outcomes = outcomes.iter().map(|one| (*one).to_owned()).collect();
    BranchCondition::CallOutcome { step_id: "call".to_owned(), outcomes }
}

fn ended(ending: Ending) -> BranchCondition {
    BranchCondition::Step { step_id: "call".to_owned(), ending }
}

fn engaged(actions: &[EngagementKind], all: bool) -> BranchCondition {
    BranchCondition::Engagement {
        step_id: "email".to_owned(),
        actions: actions.to_vec(),
        all,
        limit: Delay::default(),
        wait_for_limit: false,
    }
}

fn split(end_time: Option<DateTime<Utc>>) -> Step {
    measured(end_time, None)
}

fn measured(end_time: Option<DateTime<Utc>>, goal: Option<SplitGoal>) -> Step {
    let variant = |id: &str| Variant { variant_id: id.to_owned(), weight: 50 };
    let variants = vec![variant("a"), variant("b")];
    let split = Split { variants, end_time, default_variant: "b".to_owned(), goal };
    let paths = vec![vec![task("x")], vec![task("y")]];
    Step { paths, ..Step::of("split", StepKind::Split(split)) }
}

const SETTING: Setting<'_> =
    Setting { record_type: None, consent_policy: ConsentPolicy::Warn, now: DateTime::UNIX_EPOCH };

fn all(steps: Vec<Step>) -> Vec<SequenceWarning> {
    let plan = Plan { definition: Definition { steps }, ..Plan::default() };
    warnings(&plan, SETTING)
}

fn found(steps: Vec<Step>) -> Vec<(String, WarningReason)> {
    all(steps).into_iter().map(|warning| (warning.field, warning.reason)).collect()
}

fn one(field: &str, reason: WarningReason) -> Vec<(String, WarningReason)> {
    vec![(field.to_owned(), reason)]
}

#[test]
fn a_plain_sequence_has_none() {
    let opened = branch(engaged(&[EngagementKind::EmailOpened], false), vec![call("c")], vec![task("d")]);
    assert_eq!(found(vec![email("email"), opened, wait("w"), automated("a"), wait("v"), task("t")]), []);
}

#[test]
fn a_reply_that_ends_the_enrollment_never_decides_a_branch() {
    let waits = |actions: &[EngagementKind], all| {
        vec![email("email"), branch(engaged(actions, all), vec![call("c")], vec![])]
    };
    let (opened, replied) = (EngagementKind::EmailOpened, EngagementKind::Replied);
    let field = |place: usize| format!("steps[1].branch.condition.engagement.actions[{place}]");
    let expected = one(&field(1), WarningReason::ExitComesFirst);
    assert_eq!(found(waits(&[opened, replied], false)), expected);
    assert!(all(waits(&[opened, replied], false))[0].description.contains("a reply never leads"));
    assert!(all(waits(&[opened, replied], true))[0].description.contains("no enrollment ever"));
    assert!(all(waits(&[replied], false))[0].description.contains("no enrollment ever"));
    assert_eq!(found(waits(&[opened], false)), []);

    let exit_criteria = ExitCriteria { replied: false, ..ExitCriteria::default() };
    let definition = Definition { steps: waits(&[replied], false) };
    assert_eq!(warnings(&Plan { definition, exit_criteria, ..Plan::default() }, SETTING), []);
}

#[test]
fn a_path_that_earlier_branches_rule_out_is_found() {
    let inner = |condition| branch(condition, vec![task("x")], vec![task("y")]);
    let nested = |outer, condition| vec![call("call"), branch(outer, vec![inner(condition)], vec![])];
    let (yes, no) =
        ("steps[1].branch.yes_steps[0].branch.yes_steps", "steps[1].branch.yes_steps[0].branch.no_steps");
    let unreachable = |field| one(field, WarningReason::PathUnreachable);

    assert_eq!(found(nested(outcome(&["made"]), outcome(&["made", "busy"]))), unreachable(no));
    assert_eq!(found(nested(outcome(&["made"]), outcome(&["busy"]))), unreachable(yes));
    assert_eq!(found(nested(outcome(&["made", "busy"]), outcome(&["busy"]))), []);
    assert_eq!(found(nested(outcome(&["made"]), ended(Ending::Completed))), unreachable(no));
    assert_eq!(found(nested(outcome(&["made"]), ended(Ending::Skipped))), unreachable(yes));
    assert_eq!(found(nested(ended(Ending::Skipped), outcome(&["made"]))), unreachable(yes));
    assert_eq!(found(nested(ended(Ending::Completed), outcome(&["made"]))), []);

    // On the other path, and after the branch.
    let other = vec![call("call"), branch(outcome(&["made"]), vec![], vec![inner(outcome(&["made"]))])];
    assert_eq!(found(other), unreachable("steps[1].branch.no_steps[0].branch.yes_steps"));
    let after =
        vec![call("call"), branch(outcome(&["made"]), vec![task("z")], vec![]), inner(outcome(&["made"]))];
    assert_eq!(found(after), []);
}

#[test]
fn the_variants_of_a_split_that_has_ended_are_not_reached() {
    let ended = Some(SETTING.now);
    assert_eq!(
        found(vec![split(ended)]),
        one("steps[0].split.variants[0].steps", WarningReason::PathUnreachable)
    );
    assert_eq!(found(vec![split(Some(SETTING.now + TimeDelta::seconds(1)))]), []);
    assert_eq!(found(vec![split(None)]), []);

    // Which variant wins isn't known.
    let goal = |metric| Some(SplitGoal { metric, decide_at_end: true, min_enrollments: None });
    assert_eq!(found(vec![measured(ended, goal(Metric::Replied))]), []);
    assert_eq!(
        found(vec![measured(None, goal(Metric::GoalMet))]),
        one("steps[0].split.goal.metric", WarningReason::GoalUnreachable)
    );
}

#[test]
fn a_wait_after_a_wait_is_found_even_behind_a_branch() {
    let twice = one("steps[1]", WarningReason::WaitAfterWait);
    assert_eq!(found(vec![wait("a"), wait("b"), task("c")]), twice);
    assert_eq!(found(vec![fork(vec![task("a"), wait("b")], vec![]), wait("c"), task("d")]), twice);
    // The branch is decided between them.
    assert_eq!(found(vec![wait("a"), fork(vec![wait("b")], vec![]), task("c")]), []);
}

#[test]
fn a_branch_without_steps_is_found() {
    assert_eq!(
        found(vec![fork(vec![], vec![]), task("a")]),
        one("steps[0]", WarningReason::BranchWithoutSteps)
    );
    assert_eq!(found(vec![fork(vec![task("b")], vec![]), task("a")]), []);
}

#[test]
fn two_messages_at_once_are_found() {
    let at_once = |field| one(field, WarningReason::MessagesAtOnce);
    assert_eq!(found(vec![automated("a"), automated("b")]), at_once("steps[1]"));
    assert_eq!(found(vec![automated("a"), wait("w"), automated("b")]), []);
    assert_eq!(found(vec![automated("a"), call("c"), automated("b")]), []);
    let path = fork(vec![automated("b")], vec![]);
    assert_eq!(found(vec![automated("a"), path]), at_once("steps[1].branch.yes_steps[0]"));
    let after = vec![fork(vec![automated("a")], vec![task("t")]), automated("b")];
    assert_eq!(found(after), at_once("steps[1]"));
}

#[test]
fn a_record_type_without_an_address_is_told_once_for_each_channel() {
    let mut next = 0;
    let mut mint = || {
        next += 1;
        uuid::Uuid::from_u128(next)
    };
    let organization = crate::domain::id::OrganizationId(uuid::Uuid::from_u128(1));
    let mut types = crate::domain::record_type::built_in_types(organization, DateTime::UNIX_EPOCH, &mut mint);
    let mut lead = types.remove(0);
    lead.roles.email.clear();
    lead.roles.phones.clear();

    let steps = vec![email("a"), call("b"), email("c"), task("d")];
    let plan = Plan { definition: Definition { steps }, ..Plan::default() };
    let skipping =
        Setting { record_type: Some(&lead), consent_policy: ConsentPolicy::Skip, now: DateTime::UNIX_EPOCH };
    let found = warnings(&plan, skipping);
    let fields: Vec<_> = found.iter().map(|warning| warning.field.as_str()).collect();
    assert_eq!(fields, ["steps[0].email", "steps[1].phone_call"]);
    assert!(
        found[0].description.contains("NO_EMAIL_ADDRESS, and the organization's consent_policy skips it")
    );
    assert!(found[1].description.contains("NO_PHONE_NUMBER"));
}
