//! What the author of a sequence probably doesn't want, although it can be activated.

mod known;

use std::collections::BTreeSet;

use chrono::{DateTime, SecondsFormat, Utc};
use strum::{FromRepr, IntoStaticStr, VariantArray};

use super::consent::{Channel, ConsentPolicy};
use super::definition::Step;
use super::engagement::EngagementKind;
use super::exit_criteria::ExitCriteria;
use super::record_type::RecordType;
use super::sequence::Plan;
use super::step::{ActivityKind, BranchCondition, Metric, Split, Work};
use known::Known;

/// Something that its author probably doesn't want.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SequenceWarning {
    /// The path within the sequence, like `steps[1].branch.no_steps`.
    pub field: String,
    /// The published reason.
    pub reason: WarningReason,
    /// A description for people.
    pub description: String,
}

/// The reason of a warning. The numbers are the same in the proto. Never change them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, FromRepr, IntoStaticStr, VariantArray)]
#[strum(serialize_all = "SCREAMING_SNAKE_CASE", const_into_str)]
#[repr(i32)]
pub enum WarningReason {
    /// An exit criterion ends the enrollment by the event that a branch waits for.
    ExitComesFirst = 1,
    /// No enrollment can come to a path.
    PathUnreachable = 2,
    /// A wait follows a wait.
    WaitAfterWait = 3,
    /// All paths of a branch are empty.
    BranchWithoutSteps = 4,
    /// Two messages are sent at the same moment, one after the other.
    MessagesAtOnce = 5,
    /// The record type doesn't say which attribute is the address.
    AddressUnknown = 6,
    /// A split is measured by the goal of the sequence, which has none.
    GoalUnreachable = 7,
}

impl WarningReason {
    /// Returns its name in the API.
    pub const fn as_str(self) -> &'static str {
        self.into_str()
    }
}

/// What a plan is looked at with.
#[derive(Clone, Copy, Debug)]
pub struct Setting<'a> {
    /// The type of the records. `None` if it is unknown: then nothing about it is said.
    pub record_type: Option<&'a RecordType>,
    /// What the organization does with activities that have warnings.
    pub consent_policy: ConsentPolicy,
    /// The present time.
    pub now: DateTime<Utc>,
}

/// Returns everything that the author of a plan probably doesn't want, in the order of its steps.
pub fn warnings(plan: &Plan, setting: Setting<'_>) -> Vec<SequenceWarning> {
    let mut looking = Looking {
        setting,
        exit_criteria: &plan.exit_criteria,
        known: Known::default(),
        unaddressed: BTreeSet::new(),
        found: Vec::new(),
    };
    looking.list(&plan.definition.steps, "steps", Just::default());
    looking.found
}

/// What just happened to an enrollment when it comes to a step.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Just {
    /// A wait ended.
    waited: bool,
    /// A worker sent a message through these channels.
    sent: BTreeSet<&'static str>,
}

struct Looking<'a> {
    setting: Setting<'a>,
    exit_criteria: &'a ExitCriteria,
    /// How the earlier steps of the present path ended.
    known: Known<'a>,
    /// The channels whose missing address was told.
    unaddressed: BTreeSet<&'static str>,
    found: Vec<SequenceWarning>,
}

impl<'a> Looking<'a> {
    /// Looks at a list of steps, and returns what just happened after it.
    fn list(&mut self, steps: &'a [Step], field: &str, mut just: Just) -> Just {
        for (index, step) in steps.iter().enumerate() {
            just = self.step(step, &format!("{field}[{index}]"), just);
        }
        just
    }

    fn step(&mut self, step: &'a Step, field: &str, just: Just) -> Just {
        match step.kind.work() {
            Work::Act(kind) => self.act(kind, field, just),
            Work::Wait(_) => {
                if just.waited {
                    let rule = "follows a wait directly: the seller sees one long wait. Join them";
                    self.warn(field, WarningReason::WaitAfterWait, rule);
                }
                Just { waited: true, sent: BTreeSet::new() }
            }
            Work::Branch(branch) => self.branch(step, &branch.condition, field, just),
            Work::Split(split) => self.split(step, split, field, just),
            Work::UpdateAttribute(_)
            | Work::AssignOwner(_)
            | Work::AdvanceToSequence(_)
            | Work::EmitEvent(_) => Just { waited: false, ..just },
        }
    }

    fn act(&mut self, kind: ActivityKind, field: &str, just: Just) -> Just {
        let Some(channel) = kind.channel() else { return Just::default() };
        self.address(channel, kind, field);
        // Only what a seller does takes a while.
        if !kind.is_automated() {
            return Just::default();
        }

        let mut sent = just.sent;
        if !sent.insert(word(channel)) {
            let rule = "is sent at the same moment as the message before it: put a wait between them";
            self.warn(field, WarningReason::MessagesAtOnce, rule);
        }
        Just { waited: false, sent }
    }

    fn branch(&mut self, step: &'a Step, condition: &'a BranchCondition, field: &str, just: Just) -> Just {
        self.exit(condition, field);
        if step.paths.iter().all(Vec::is_empty) {
            let rule = "has no steps on either path, so nothing depends on it";
            self.warn(field, WarningReason::BranchWithoutSteps, rule);
        }

        // What waits for the person takes a while.
        let waits = matches!(condition, BranchCondition::Engagement { .. });
        let before = Just { waited: false, sent: if waits { BTreeSet::new() } else { just.sent } };
        let outside = self.known.clone();
        let mut after = Just::default();
        let yes_and_no = step.kind.path_fields().into_iter().zip(&step.paths).zip([true, false]);
        for ((path, steps), met) in yes_and_no {
            let field = format!("{field}.{path}");
            match outside.given(condition, met) {
                Some(known) => {
                    self.known = known;
                    after.add(self.list(steps, &field, before.clone()));
                }
                None if steps.is_empty() => {}
                None => self.warn(&field, WarningReason::PathUnreachable, &impossible(condition, met)),
            }
        }
        self.known = outside;
        after
    }

    fn split(&mut self, step: &'a Step, split: &Split, field: &str, just: Just) -> Just {
        let aims = split.goal.is_some_and(|goal| goal.metric == Metric::GoalMet);
        if aims && self.exit_criteria.goal_condition.is_empty() {
            let rule = "can't be reached: the sequence has no exit_criteria.goal_condition; set one, or \
                        choose another metric";
            self.warn(&format!("{field}.split.goal.metric"), WarningReason::GoalUnreachable, rule);
        }

        // If the split decides at its end, any path can become the only one.
        let decides = split.decision().is_some();
        let ended = split.end_time.filter(|end_time| *end_time <= self.setting.now && !decides);
        let (outside, mut after) = (self.known.clone(), Just::default());
        let before = Just { waited: false, ..just };

        let paths = step.kind.path_fields().into_iter().zip(&step.paths).zip(&split.variants);
        for ((path, steps), variant) in paths {
            let field = format!("{field}.{path}");
            self.known.clone_from(&outside);
            match ended.filter(|_| variant.variant_id != split.default_variant && !steps.is_empty()) {
                None => after.add(self.list(steps, &field, before.clone())),
                Some(ended) => {
                    let (at, default) = (time(ended), &split.default_variant);
                    let rule = format!("can't be reached: the split ended at {at}, and all take {default:?}");
                    self.warn(&field, WarningReason::PathUnreachable, &rule);
                }
            }
        }
        self.known = outside;
        after
    }

    /// Warns of an exit that comes before the decision of a branch.
    fn exit(&mut self, condition: &BranchCondition, field: &str) {
        let BranchCondition::Engagement { actions, all, .. } = condition else { return };
        let replied = actions.iter().position(|action| *action == EngagementKind::Replied);
        let Some(place) = replied.filter(|_| self.exit_criteria.replied) else { return };

        let never = *all || actions.len() == 1;
        let effect = match never {
            true => "no enrollment ever takes yes_steps",
            false => "a reply never leads to yes_steps",
        };
        let field = format!("{field}.branch.condition.engagement.actions[{place}]");
        let rule = format!("a reply ends the enrollment first, by exit_criteria.replied, so {effect}");
        self.warn(&field, WarningReason::ExitComesFirst, &rule);
    }

    /// Warns once for each channel of a missing address.
    fn address(&mut self, channel: Channel, kind: ActivityKind, field: &str) {
        let Some(record_type) = self.setting.record_type else { return };
        let (known, what, warning) = match channel {
            Channel::Email => (!record_type.roles.email.is_empty(), "email address", "NO_EMAIL_ADDRESS"),
            Channel::Phone => (!record_type.roles.phones.is_empty(), "phone number", "NO_PHONE_NUMBER"),
        };
        if known || !self.unaddressed.insert(word(channel)) {
            return;
        }

        let effect = match self.setting.consent_policy {
            ConsentPolicy::Skip => "and the organization's consent_policy skips it",
            ConsentPolicy::Warn => "and the organization's consent_policy lets it fall due all the same",
        };
        let name = record_type.name();
        let rule = format!("{name} doesn't say which attribute is the {what}: it has {warning}, {effect}");
        self.warn(&format!("{field}.{}", kind.field()), WarningReason::AddressUnknown, &rule);
    }

    fn warn(&mut self, field: &str, reason: WarningReason, description: &str) {
        let (field, description) = (field.to_owned(), description.to_owned());
        self.found.push(SequenceWarning { field, reason, description });
    }
}

impl Just {
    /// Adds what just happened on another way.
    fn add(&mut self, other: Just) {
        self.waited |= other.waited;
        self.sent.extend(other.sent);
    }
}

fn word(channel: Channel) -> &'static str {
    match channel {
        Channel::Email => "email",
        Channel::Phone => "phone",
    }
}

fn impossible(condition: &BranchCondition, met: bool) -> String {
    let never = if met { "can never be met" } else { "is always met" };
    let step_id = condition.step_id().unwrap_or_default();
    format!("can't be reached: by the branches before it, the condition on {step_id:?} {never} here")
}

fn time(at: DateTime<Utc>) -> String {
    at.to_rfc3339_opts(SecondsFormat::AutoSi, true)
}

#[cfg(test)]
mod tests;
