//! Manual activities: work that somebody puts on a record by hand, without a sequence.
//!
//! Each has an enrollment of its own, in a program of one step. So the decisions about activities
//! of sequences are those about manual ones, too. Nobody sees that enrollment.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, TimeDelta, Utc};

use super::activity::{Activity, ActivityState, ClosedState, Closing};
use super::caller::Actor;
use super::case::{Broken, Case};
use super::consent::Reaction;
use super::definition::{Definition, Step};
use super::enrollment::{Enrollment, EnrollmentSource, ExitReason, Position};
use super::flow::{Basis, Flow};
use super::handling::Notes;
use super::history::{HistoryDetail, HistoryKind};
use super::id::{
    ChosenId, EnrollmentId, OrganizationId, QueueId, RecordId, RecordTypeId, SequenceId, TemplateId,
};
use super::names;
use super::program::NodeId;
use super::reason::Reason;
use super::refusal::Refusal;
use super::settings::Limits;
use super::step::{ActivityKind, StepKind, Work};
use super::violation::Violations;

/// The most open manual activities of a record: a change of the record moves all of them.
pub const MOST_OPEN: i64 = 100;

/// The longest time from now to a due time, in either direction, inclusive.
const FARTHEST: TimeDelta = TimeDelta::days(365);

/// The text of a manual activity, as somebody wrote it. An edit writes a new revision: earlier ones
/// never change, except that deleting the record erases them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ManualActivity {
    /// The organization that it belongs to.
    pub organization: OrganizationId,
    /// What its enrollment has in place of a sequence.
    pub sequence: SequenceId,
    /// 1 when it was made, one more with each edit.
    pub revision: i32,
    /// The record.
    pub record: RecordId,
    /// The type of the record.
    pub record_type: RecordTypeId,
    /// What is to be done.
    pub step: Step,
    /// When this revision was written.
    pub create_time: DateTime<Utc>,
}

/// What somebody writes of a manual activity. Fields that are `None` stay the same.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ManualPatch {
    /// The new name.
    pub display_name: Option<String>,
    /// The new description.
    pub description: Option<String>,
    /// The new fields of its kind. The kind stays.
    pub kind: Option<StepKind<ChosenId>>,
    /// The new due time.
    pub due_time: Option<DateTime<Utc>>,
}

/// A change of a manual activity that is allowed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Edit {
    /// The revision with its new text. `None`: the text stays.
    pub revision: Option<i32>,
    /// Its new due time. `None`: that stays.
    pub due_time: Option<DateTime<Utc>>,
}

impl ManualActivity {
    /// Returns it as the only step of a sequence.
    pub fn definition(&self) -> Definition {
        Definition { steps: vec![self.step.clone()] }
    }

    /// Returns its next revision, with another text.
    #[must_use]
    pub fn edited(&self, step: Step, now: DateTime<Utc>) -> Self {
        Self { revision: self.revision + 1, step, create_time: now, ..self.clone() }
    }

    /// Returns the kind of the activity. A step on which nobody acts is shown like a task.
    fn kind(&self) -> ActivityKind {
        match self.step.kind.work() {
            Work::Act(kind) => kind,
            _ => ActivityKind::Task,
        }
    }
}

impl ManualPatch {
    /// True if it changes nothing.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }

    /// True if it changes what deleting the record erases.
    pub fn has_words(&self) -> bool {
        self.display_name.is_some() || self.description.is_some() || self.kind.is_some()
    }

    /// Returns the chosen id of the template that it names, if it names one.
    pub fn template_ids(&self) -> BTreeSet<String> {
        let named = self.kind.as_ref().and_then(StepKind::template);
        named.map(|id| id.as_str().to_owned()).into_iter().collect()
    }

    /// Returns the new step, and everything that is wrong. `before` is the step until now. `None`:
    /// the activity is new. `templates` are those that it may use, by their chosen ids. Paths begin
    /// at the activity.
    pub fn apply(
        &self,
        before: Option<&Step>,
        templates: &BTreeMap<String, TemplateId>,
        limits: &Limits,
        now: DateTime<Utc>,
    ) -> (Option<Step>, Violations) {
        let mut found = self.check_texts(limits);
        found.extend(self.due_time.map(|time| check_due_time(time, now)).unwrap_or_default());
        let kind = self.kind.clone().map(|kind| known(kind, templates, &mut found));
        found.extend(stays(kind.as_ref(), before));
        found.extend(kind.as_ref().map(|kind| kind.check(limits)).unwrap_or_default());

        let kind = kind.or_else(|| before.map(|before| before.kind.clone()));
        (kind.map(|kind| self.step(kind, before)), found)
    }

    fn check_texts(&self, limits: &Limits) -> Violations {
        let name = self.display_name.as_deref().unwrap_or_default();
        let mut found = limits.check_optional_display_name("display_name", name);
        let description = self.description.as_deref().unwrap_or_default();
        found.extend(limits.check_description("description", description));
        found
    }

    /// Returns the step of this kind, with the texts from before where the patch has none.
    fn step(&self, kind: StepKind, before: Option<&Step>) -> Step {
        let text = |new: &Option<String>, old: fn(&Step) -> &String| {
            new.clone().or_else(|| before.map(|before| old(before).clone())).unwrap_or_default()
        };

        Step {
            // It is the only one, and callers don't see it.
            step_id: "manual".to_owned(),
            display_name: text(&self.display_name, |step| &step.display_name),
            description: text(&self.description, |step| &step.description),
            auto_skip_after: None,
            assign_to: None,
            kind,
            paths: Vec::new(),
        }
    }
}

/// Checks that an activity stays of its kind.
fn stays(kind: Option<&StepKind>, before: Option<&Step>) -> Violations {
    let both = kind.zip(before.map(|before| &before.kind));
    let changed = both.filter(|(kind, before)| kind.field() != before.field());
    let Some((kind, before)) = changed else { return Violations::new() };
    let rule = format!("must not be set: the activity's kind never changes, it is {}", before.field());
    Violations::one(kind.field(), Reason::FieldImmutable, rule)
}

/// Returns a kind with the key of its template.
fn known(
    kind: StepKind<ChosenId>,
    templates: &BTreeMap<String, TemplateId>,
    found: &mut Violations,
) -> StepKind {
    let field = format!("{}.template", kind.field());
    kind.refer(|id| {
        let template = templates.get(id.as_str()).copied();
        if template.is_none() {
            let name = names::TEMPLATE.name([id.as_str()]);
            let rule = format!("must be a template for the record's type, {name} isn't one");
            found.push(field.clone(), Reason::TemplateUnknown, rule);
        }
        template
    })
}

fn check_due_time(due_time: DateTime<Utc>, now: DateTime<Utc>) -> Violations {
    if (due_time - now).abs() <= FARTHEST {
        return Violations::new();
    }
    let rule = format!("must be at most {} days ago or ahead", FARTHEST.num_days());
    Violations::one("due_time", Reason::FieldInvalid, rule)
}

impl Flow<'_> {
    /// Makes a manual activity. It is due at `due_time`, which may be still to come, in the queue
    /// of the record's owner, unless it is put into another one.
    ///
    /// # Errors
    /// A refusal if it would have warnings, and the organization wants such activities skipped.
    pub fn make(
        &mut self,
        (manual, key): (&ManualActivity, EnrollmentId),
        (queue, due_time): (Option<QueueId>, DateTime<Utc>),
        note: &str,
        basis: Basis<'_>,
        by: Actor,
    ) -> Result<Activity, Refusal> {
        let kind = manual.kind();
        let warnings = basis.target.reach.warnings(kind.channel());
        if basis.reaction(kind, warnings) != Reaction::Due {
            return Err(Refusal::ActivityHasWarnings { warnings });
        }

        let mut enrollment = manual.enrollment(key, self.now);
        let id = super::id::ActivityId((self.mint)());
        let home = basis.facts.home((enrollment.node, kind), None, basis.target);
        let place = (queue.unwrap_or(home.queue), basis.target);
        let due = Activity::due(id, kind, &enrollment, place, basis.facts.priority, due_time, self.now);
        let activity = Activity {
            // Until its due time, a timer puts it off like a snooze.
            state: ActivityState::snoozed(Some(due_time), self.now),
            // It stays where it was put until it belongs in another queue.
            reassigned_from: (due.queue != home.queue).then_some(home.queue),
            note: note.to_owned(),
            ..due
        };

        enrollment.position = Position::Acting { activity: id };
        let detail = HistoryDetail { planned: Some(due_time), ..HistoryDetail::of(&activity) };
        self.note(&enrollment, HistoryKind::ActivityCreated, by, detail);
        self.changes.open_activity(activity.clone());
        self.changes.started.push(enrollment);
        self.changes.manual_texts.push(manual.clone());
        Ok(activity)
    }
}

impl ManualActivity {
    /// Returns its enrollment, before the activity is there.
    fn enrollment(&self, id: EnrollmentId, now: DateTime<Utc>) -> Enrollment {
        Enrollment {
            organization: self.organization,
            id,
            sequence: self.sequence,
            revision: self.revision,
            record: self.record,
            pass_number: 1,
            source: EnrollmentSource::ManualActivity,
            segment: None,
            advanced_from: None,
            enroller: None,
            place: None,
            node: NodeId(0),
            step_reach_time: now,
            position: Position::Completed { at: now },
            resumed: None,
            disposition: None,
            halts: 0,
            version: 1,
            create_time: now,
        }
    }
}

impl Case {
    /// Changes what sellers note on the open activity and, if it is a manual one, its text and due
    /// time.
    ///
    /// # Errors
    /// Broken if no activity is open.
    pub fn update(&self, notes: &Notes, edit: Edit, by: Actor, flow: &mut Flow<'_>) -> Result<(), Broken> {
        self.edit(edit, by, flow)?;
        self.clone().caught_up(flow).annotate(notes, flow)
    }

    fn edit(&self, edit: Edit, by: Actor, flow: &mut Flow<'_>) -> Result<(), Broken> {
        let before = self.activity()?;
        let due_time = edit.due_time.filter(|due_time| *due_time != before.due_time);
        if edit.revision.is_none() && due_time.is_none() {
            return Ok(());
        }

        let detail = HistoryDetail { planned: due_time, ..HistoryDetail::of(before) };
        flow.note(&self.enrollment, HistoryKind::ActivityEdited, by, detail);
        let revision = edit.revision.unwrap_or(before.revision);
        let after = Activity { revision, version: before.version + 1, ..before.clone() };
        let after = due_time.map_or(after.clone(), |due_time| after.due_at(due_time, flow.now));
        flow.changes.change_activity(before, after);

        if revision != before.revision {
            flow.moved(Enrollment { revision, ..self.enrollment.clone() }, None);
        }
        Ok(())
    }

    /// Cancels the open activity, which is a manual one. `by` has the id of the batch item, too.
    ///
    /// # Errors
    /// Broken if no activity is open.
    pub fn cancel(
        &self,
        reason: &str,
        by: (Actor, uuid::Uuid),
        flow: &mut Flow<'_>,
    ) -> Result<Activity, Broken> {
        let open = self.activity()?;
        flow.close(&self.enrollment, open, Closing::cancel(reason, by, flow.now));

        let position = Position::Exited { at: flow.now, reason: ExitReason::Manual };
        flow.moved(Enrollment { position, ..self.enrollment.clone() }, None);
        Ok(open.clone())
    }
}

impl Closing {
    /// The way in which somebody cancels an activity.
    fn cancel(reason: &str, (by, item): (Actor, uuid::Uuid), at: DateTime<Utc>) -> Self {
        let (outcome, note, item) = (reason.to_owned(), String::new(), Some(item));
        Self { state: ClosedState::Canceled, outcome, note, by, at, item }
    }
}

impl Activity {
    /// Returns it with another due time, and in the state in which it then is. A snooze that lasts
    /// longer goes on.
    fn due_at(self, due_time: DateTime<Utc>, now: DateTime<Utc>) -> Self {
        let snoozed = self.state.snooze_until().filter(|_| !self.is_scheduled());
        let state = ActivityState::snoozed(snoozed.max(Some(due_time)), now);
        // A lease is for what can be done now.
        let lease = self.lease.filter(|_| state == ActivityState::Due);
        let rank = self.priority.rank(due_time);
        Self { due_time, rank, state, lease, ..self }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::step::{Email, PhoneCall, Task};

    fn at(hours: i64) -> DateTime<Utc> {
        DateTime::UNIX_EPOCH + TimeDelta::hours(hours)
    }

    fn apply(patch: &ManualPatch, before: Option<&Step>) -> (Option<Step>, Vec<(String, Reason)>) {
        let (step, found) = patch.apply(before, &BTreeMap::new(), &Limits::default(), at(0));
        (step, found.iter().map(|one| (one.field.clone(), one.reason)).collect())
    }

    #[test]
    fn what_a_patch_leaves_out_stays_and_the_kind_does_too() {
        let call = StepKind::PhoneCall(PhoneCall { script: "Hello".to_owned(), retry: None });
        let before = Step { display_name: "Ring".to_owned(), ..Step::of("manual", call.clone()) };
        let patch = ManualPatch { description: Some("At noon".to_owned()), ..ManualPatch::default() };
        let (step, found) = apply(&patch, Some(&before));
        assert_eq!(step, Some(Step { description: "At noon".to_owned(), ..before.clone() }));
        assert!(found.is_empty());

        let task = ManualPatch { kind: Some(StepKind::Task(Task {})), ..ManualPatch::default() };
        assert_eq!(apply(&task, Some(&before)).1, [("task".to_owned(), Reason::FieldImmutable)]);
        assert!(apply(&task, None).1.is_empty());
    }

    #[test]
    fn everything_that_is_wrong_is_told_at_once() {
        let wrong = ManualPatch {
            display_name: Some("x".repeat(161)),
            description: Some("x".repeat(2_001)),
            kind: Some(StepKind::Email(Email { template: Some(ChosenId::known("gone")) })),
            due_time: Some(at(366 * 24)),
        };
        let fields = ["display_name", "description", "due_time", "email.template"];
        let reasons =
            [Reason::FieldTooLong, Reason::FieldTooLong, Reason::FieldInvalid, Reason::TemplateUnknown];
        let expected: Vec<_> = fields.map(str::to_owned).into_iter().zip(reasons).collect();
        assert_eq!(apply(&wrong, None).1, expected);
    }
}
