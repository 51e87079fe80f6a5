//! Sequences and their lifecycle: `DRAFT → ACTIVE ⇄ INACTIVE`, delete and undelete. A transition
//! consumes the sequence and returns the changed one.

mod state;

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, Utc};

use super::assignee::Assignee;
use super::definition::Definition;
use super::exit_criteria::ExitCriteria;
use super::filing::Filing;
use super::halt::{Halt, HaltEffect};
use super::id::{ChosenId, OrganizationId, RecordTypeId, SequenceId};
use super::names;
use super::priority::Priority;
use super::program::Program;
use super::reason::Reason;
use super::record_type::RecordType;
use super::reenrollment::Reenrollment;
use super::references::References;
use super::refusal::Refusal;
use super::settings::Limits;
use super::step::Split;
use super::structure;
use super::throttle::Throttle;
use super::validation;
use super::violation::Violations;

pub use state::State;

/// A named plan for the records of one type.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sequence {
    /// The organization that it belongs to.
    pub organization: OrganizationId,
    /// The key.
    pub id: SequenceId,
    /// The id that the caller chose.
    pub sequence_id: ChosenId,
    /// The type of its records. Never changes.
    pub record_type: RecordTypeId,
    /// The part that people edit: its name and the draft. Can be changed in any state but deleted.
    pub plan: Plan,
    /// Its owner and its tags.
    pub filing: Filing,
    /// When a record may begin it again.
    pub reenrollment: Reenrollment,
    /// How many enrollments a seller gets.
    pub throttle: Throttle,
    /// The lifecycle state.
    pub state: State,
    /// The last halt of its enrollments. `None` if there was none.
    pub halt: Option<Halt>,
    /// The variants that were chosen as winners, or led at the end, by the ids of the splits'
    /// steps.
    pub split_winners: BTreeMap<String, String>,
    /// Increases with every change.
    pub version: i64,
    /// When the sequence was created.
    pub create_time: DateTime<Utc>,
    /// When the sequence was last changed.
    pub update_time: DateTime<Utc>,
}

/// The part of a sequence that people edit.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Plan {
    /// The name shown to people.
    pub display_name: String,
    /// The purpose of the sequence.
    pub description: String,
    /// The draft of the definition.
    pub definition: Definition,
    /// What ends enrollments before their last step.
    pub exit_criteria: ExitCriteria,
    /// True if due times outside the owner's working hours move to the next working instant.
    pub working_hours_only: bool,
    /// The priority of activities whose records say none.
    pub priority: Priority,
    /// Who does the activities of steps that don't say it.
    pub assign_to: Assignee,
}

impl Plan {
    /// Compiles its draft.
    pub fn program(&self) -> Program {
        Program::compile(&self.definition).assigning(self.assign_to.clone())
    }

    /// Returns the chosen ids of all teams that it names.
    pub fn teams(&self) -> BTreeSet<String> {
        let steps = self.definition.all();
        let own = steps.iter().filter_map(|placed| placed.step.assign_to.as_ref());
        let assignees = own.chain([&self.assign_to]).filter_map(Assignee::team);
        assignees.chain(self.definition.rounds()).map(str::to_owned).collect()
    }

    /// True if enrollments go through another plan in the same way. A new name makes no difference.
    fn runs_like(&self, other: &Plan) -> bool {
        let Plan { display_name: _, description: _, definition, exit_criteria, .. } = self;
        (definition, exit_criteria) == (&other.definition, &other.exit_criteria)
            && self.working_hours_only == other.working_hours_only
            && self.priority == other.priority
            && self.assign_to == other.assign_to
    }
}

/// A revision: the plan frozen by an activation. Never changes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Revision {
    /// The organization that it belongs to.
    pub organization: OrganizationId,
    /// The sequence.
    pub sequence: SequenceId,
    /// The number of the revision, from 1.
    pub number: i32,
    /// The description given with the activation.
    pub revision_description: String,
    /// The plan at the time of the activation.
    pub plan: Plan,
    /// When the revision was created.
    pub create_time: DateTime<Utc>,
}

/// Everything that an activation depends on besides the sequence itself.
#[derive(Clone, Debug)]
pub struct ActivationFacts {
    /// The organization's current limits.
    pub limits: Limits,
    /// The newest revision, or `None` if there is none yet.
    pub newest: Option<Revision>,
    /// The number of active sequences in the organization.
    pub active_sequences: i64,
    /// The type of the records. `None` only if it is missing.
    pub record_type: Option<RecordType>,
    /// What exists of the things that the draft names.
    pub references: References,
}

/// The result of an activation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Activation {
    /// The sequence after the activation.
    pub sequence: Sequence,
    /// The new revision, or `None` if the draft hasn't changed.
    pub revision: Option<Revision>,
    /// True if the members of connected segments must be routed again.
    pub feeds: bool,
    /// True if paused enrollments are resumed.
    pub resumes: bool,
}

/// What a deactivation does to open enrollments.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DeactivateMode {
    /// They continue to their end, even those that an earlier deactivation paused.
    Drain,
    /// They are paused until the next activation.
    Pause,
    /// They end.
    Exit,
}

/// The reason why a sequence can't be activated.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Denied {
    /// The draft is wrong. Paths are relative to the sequence: `steps[1]`.
    Invalid(Violations),
    /// The draft is fine, but the sequence's state or a limit forbids it.
    Refused(Refusal),
}

/// Everything that still uses a sequence.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Uses {
    /// The number of open enrollments.
    pub open_enrollments: i64,
    /// The names of the segments connected to it.
    pub connected_segments: Vec<String>,
}

impl Sequence {
    /// The resource name: `sequences/{sequence}`.
    pub fn name(&self) -> String {
        names::SEQUENCE.name([&self.sequence_id])
    }

    /// Replaces the plan, the filing, the reenrollment and the throttle. Equal ones change nothing.
    ///
    /// # Errors
    /// The sequence is deleted.
    pub fn edit(
        self,
        plan: Plan,
        filing: Filing,
        (reenrollment, throttle): (Reenrollment, Throttle),
        now: DateTime<Utc>,
    ) -> Result<Self, Refusal> {
        self.check_not_deleted()?;
        let before = (&self.plan, &self.filing, self.reenrollment, self.throttle);
        if (&plan, &filing, reenrollment, throttle) == before {
            return Ok(self);
        }
        Ok(Self { plan, filing, reenrollment, throttle, ..self }.changed(now))
    }

    /// Activates the sequence, with a new revision if the draft has changed. An active sequence
    /// with an unchanged draft stays as it is.
    ///
    /// # Errors
    /// The sequence is deleted, the draft is wrong (with everything that is wrong), or a limit is
    /// reached.
    pub fn activate(
        self,
        facts: &ActivationFacts,
        revision_description: &str,
        now: DateTime<Utc>,
    ) -> Result<Activation, Denied> {
        self.check_not_deleted()?;
        if matches!(self.state, State::Active { .. }) && !self.draft_changed(facts) {
            return Ok(Activation { sequence: self, revision: None, feeds: false, resumes: false });
        }

        let found = self.check_draft(facts);
        if !found.is_empty() {
            return Err(Denied::Invalid(found));
        }
        self.check_limits(facts)?;

        // While it was inactive, members of its segments were not enrolled. A draft has no
        // connections.
        let feeds = matches!(self.state, State::Inactive { .. });
        let revision = self.draft_changed(facts).then(|| self.freeze(revision_description, now));
        // An unchanged draft continues on the newest revision.
        let number = revision.as_ref().map_or(self.state.revision(), |revision| revision.number);
        let resumed = self.halt.and_then(|halt| halt.resumed(now));
        let halt = resumed.or(self.halt);
        let sequence = Self { state: State::Active { revision: number }, halt, ..self }.changed(now);
        Ok(Activation { sequence, revision, feeds, resumes: resumed.is_some() })
    }

    /// Returns everything that prevents an activation. Problems that aren't about a field have the
    /// path `""`.
    pub fn problems(&self, facts: &ActivationFacts) -> Violations {
        let mut found = Violations::new();
        if self.check_not_deleted().is_err() {
            found.push("", Reason::ResourceDeleted, "the sequence is deleted: undelete it first");
        }
        found.extend(self.check_draft(facts));
        // Checked after the draft's problems, so that authors see everything at once.
        if let Err(Refusal::LimitExceeded { limit, value }) = self.check_limits(facts) {
            let description = format!("the organization's limit {limit} of {value} is reached");
            found.push("", Reason::LimitExceeded, description);
        }
        found
    }

    /// Deactivates the sequence. An inactive sequence stays inactive, and what becomes of its open
    /// enrollments can be changed. A repetition changes nothing.
    ///
    /// # Errors
    /// The sequence was never active, or is deleted.
    pub fn deactivate(self, mode: DeactivateMode, now: DateTime<Utc>) -> Result<Self, Refusal> {
        let (revision, was_active) = match self.state {
            State::Draft => {
                let (sequence, state) = (self.name(), self.state.as_str());
                return Err(Refusal::SequenceNotActive { sequence, state });
            }
            State::Deleted { .. } => return Err(Refusal::ResourceDeleted { name: self.name() }),
            State::Active { revision } => (revision, true),
            State::Inactive { revision } => (revision, false),
        };

        let halt = self.halted(mode, was_active, now);
        if !was_active && halt == self.halt {
            return Ok(self);
        }
        Ok(Self { state: State::Inactive { revision }, halt, ..self }.changed(now))
    }

    /// Returns the last halt after a deactivation.
    fn halted(&self, mode: DeactivateMode, was_active: bool, now: DateTime<Utc>) -> Option<Halt> {
        let number = self.halt.map_or(0, |halt| halt.number) + 1;
        // The halt of an active sequence is over for those that were enrolled since.
        let lasting = self.halt.filter(|halt| halt.lasts() && !was_active).map(|halt| halt.effect);

        let effect = match (mode, lasting) {
            (DeactivateMode::Drain, _) => return self.halt.and_then(|halt| halt.resumed(now)).or(self.halt),
            (DeactivateMode::Pause, Some(HaltEffect::Pause { .. } | HaltEffect::Exit { .. }))
            | (DeactivateMode::Exit, Some(HaltEffect::Exit { .. })) => return self.halt,
            (DeactivateMode::Pause, None) => HaltEffect::Pause { at: now, resumed_at: None },
            (DeactivateMode::Exit, _) => HaltEffect::Exit { at: now },
        };
        Some(Halt { number, effect })
    }

    /// Chooses the winner of a split, or none if `variant_id` is empty. The same winner changes
    /// nothing. `newest` is the newest revision.
    ///
    /// # Errors
    /// Neither the draft nor the newest revision has the split or the variant.
    pub fn decide_split(
        self,
        newest: Option<&Revision>,
        step_id: &str,
        variant_id: &str,
        now: DateTime<Utc>,
    ) -> Result<Self, Violations> {
        let newest = newest.map(|newest| &newest.plan.definition);
        let definitions = [Some(&self.plan.definition), newest];
        let splits: Vec<Split> =
            definitions.into_iter().flatten().filter_map(|definition| definition.split(step_id)).collect();
        if splits.is_empty() {
            let rule = format!("must be the id of a split of {}, {step_id:?} isn't one", self.name());
            return Err(Violations::one("step_id", Reason::ReferenceNotFound, rule));
        }
        if !variant_id.is_empty() && splits.iter().all(|split| split.place(variant_id).is_none()) {
            let rule = format!("must be a variant of the split, {variant_id:?} isn't one");
            return Err(Violations::one("variant_id", Reason::ReferenceNotFound, rule));
        }

        Ok(match self.split_winners.get(step_id).map(String::as_str).unwrap_or_default() == variant_id {
            true => self,
            false => self.with_winner(step_id, variant_id.to_owned(), now),
        })
    }

    /// Returns it with another winner of a split, or with none if `variant_id` is empty.
    pub(super) fn with_winner(mut self, step_id: &str, variant_id: String, now: DateTime<Utc>) -> Self {
        match variant_id.is_empty() {
            true => _ = self.split_winners.remove(step_id),
            false => _ = self.split_winners.insert(step_id.to_owned(), variant_id),
        }
        self.changed(now)
    }

    /// Deletes the sequence. An active one is deactivated, too.
    ///
    /// # Errors
    /// The sequence is deleted, or it is in use and `force` isn't set.
    pub fn delete(self, uses: &Uses, force: bool, now: DateTime<Utc>) -> Result<Self, Refusal> {
        self.check_not_deleted()?;
        if *uses != Uses::default() && !force {
            let Uses { open_enrollments, connected_segments } = uses.clone();
            return Err(Refusal::SequenceInUse { open_enrollments, connected_segments });
        }

        // Without a revision, it comes back as a draft.
        let revision = Some(self.state.revision()).filter(|revision| *revision > 0);
        Ok(Self { state: State::Deleted { revision, at: now }, ..self }.changed(now))
    }

    /// Restores a deleted sequence as a draft, or as inactive if it was ever active. One that isn't
    /// deleted stays as it is.
    pub fn undelete(self, now: DateTime<Utc>) -> Self {
        let state = match self.state {
            State::Deleted { revision: None, .. } => State::Draft,
            State::Deleted { revision: Some(revision), .. } => State::Inactive { revision },
            State::Draft | State::Active { .. } | State::Inactive { .. } => return self,
        };
        Self { state, ..self }.changed(now)
    }

    /// Checks that the sequence isn't deleted.
    ///
    /// # Errors
    /// The sequence is deleted.
    pub fn check_not_deleted(&self) -> Result<(), Refusal> {
        match self.state {
            State::Deleted { .. } => Err(Refusal::ResourceDeleted { name: self.name() }),
            State::Draft | State::Active { .. } | State::Inactive { .. } => Ok(()),
        }
    }

    fn draft_changed(&self, facts: &ActivationFacts) -> bool {
        facts.newest.as_ref().is_none_or(|newest| !newest.plan.runs_like(&self.plan))
    }

    /// Checks values against the current limits, the structure, what the draft names, and its goal.
    fn check_draft(&self, facts: &ActivationFacts) -> Violations {
        let definition = &self.plan.definition;
        let mut found = validation::check_values(definition, &facts.limits, facts.record_type.as_ref());
        found.extend(structure::check(definition));
        found.extend(facts.references.check(definition, self.sequence_id.as_str(), self.record_type));
        let assign_to = &self.plan.assign_to;
        let mut assignee = validation::check_assignee(assign_to, facts.record_type.as_ref());
        assignee.extend(facts.references.check_assignee(assign_to));
        found.extend_under("assign_to", assignee);
        if let Some(record_type) = &facts.record_type {
            let subject = record_type.subject();
            found.extend_under("exit_criteria", self.plan.exit_criteria.check(&subject));
        }
        found
    }

    fn check_limits(&self, facts: &ActivationFacts) -> Result<(), Refusal> {
        let limits = &facts.limits;
        let most = i64::from(limits.active_sequences);
        // A sequence that is already active is among those counted.
        if !matches!(self.state, State::Active { .. }) && facts.active_sequences >= most {
            return Err(Refusal::LimitExceeded { limit: "active_sequences", value: most });
        }
        if self.draft_changed(facts) && self.state.revision() >= limits.revisions_per_sequence {
            let value = i64::from(limits.revisions_per_sequence);
            return Err(Refusal::LimitExceeded { limit: "revisions_per_sequence", value });
        }
        Ok(())
    }

    fn freeze(&self, revision_description: &str, now: DateTime<Utc>) -> Revision {
        Revision {
            organization: self.organization,
            sequence: self.id,
            number: self.state.revision() + 1,
            revision_description: revision_description.to_owned(),
            plan: self.plan.clone(),
            create_time: now,
        }
    }

    fn changed(self, now: DateTime<Utc>) -> Self {
        Self { version: self.version + 1, update_time: now, ..self }
    }
}

impl From<Refusal> for Denied {
    fn from(refusal: Refusal) -> Self {
        Self::Refused(refusal)
    }
}

#[cfg(test)]
mod tests;
