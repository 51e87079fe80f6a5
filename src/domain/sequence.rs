//! A sequence and its lifecycle: `DRAFT → ACTIVE ⇄ INACTIVE`, deletion and back. A transition
//! consumes the sequence as it stood.

use std::collections::BTreeSet;

use chrono::{DateTime, Utc};

use super::definition::Definition;
use super::id::{ChosenId, OrganizationId, RecordTypeId, SequenceId, TemplateId};
use super::names;
use super::refusal::{Reason, Refusal};
use super::settings::Limits;
use super::validation;
use super::violation::Violations;

/// A named plan for the records of one type.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sequence {
    /// The tenant.
    pub organization: OrganizationId,
    /// The key.
    pub id: SequenceId,
    /// The id that the caller chose.
    pub sequence_id: ChosenId,
    /// The type of its records; never changes.
    pub record_type: RecordTypeId,
    /// What people write: its name and the draft. Can be changed in any state.
    pub plan: Plan,
    /// Where it is in its life.
    pub state: State,
    /// Goes up with every change.
    pub version: i64,
    /// When it was made.
    pub create_time: DateTime<Utc>,
    /// When it was last changed.
    pub update_time: DateTime<Utc>,
}

/// What people write of a sequence.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Plan {
    /// What people call it.
    pub display_name: String,
    /// What it is for.
    pub description: String,
    /// The draft.
    pub definition: Definition,
}

/// Where a sequence is in its life. Revisions count from 1.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
    /// Never activated.
    Draft,
    /// Takes records, on its newest revision.
    Active {
        /// The newest revision.
        revision: i32,
    },
    /// Takes no records; those that run go on.
    Inactive {
        /// The newest revision.
        revision: i32,
    },
    /// Takes no records and can't be changed, only undeleted.
    Deleted {
        /// The newest revision; none if it was never active.
        revision: Option<i32>,
        /// When.
        at: DateTime<Utc>,
    },
}

/// What an activation froze. Never changes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Revision {
    /// The tenant.
    pub organization: OrganizationId,
    /// The sequence.
    pub sequence: SequenceId,
    /// 1 for the first activation.
    pub number: i32,
    /// What the activation was told of it.
    pub revision_description: String,
    /// The plan as it was.
    pub plan: Plan,
    /// When it was frozen.
    pub create_time: DateTime<Utc>,
}

/// What an activation depends on besides the sequence.
#[derive(Clone, Debug)]
pub struct ActivationFacts {
    /// The organization's limits as they stand.
    pub limits: Limits,
    /// The newest revision.
    pub newest: Option<Revision>,
    /// How many sequences of the organization are active.
    pub active_sequences: i64,
    /// Those of the draft's templates that exist for its record type.
    pub templates: BTreeSet<TemplateId>,
}

/// What an activation does.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Activation {
    /// The sequence as it now stands.
    pub sequence: Sequence,
    /// The new revision; none if the draft hasn't changed.
    pub revision: Option<Revision>,
    /// Whether the members of connected segments are to be enrolled.
    pub feeds: bool,
}

/// Why a sequence can't be activated.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Denied {
    /// The draft is wrong. Paths begin at the sequence: `steps[1]`.
    Invalid(Violations),
    /// Something else is in the way.
    Refused(Refusal),
}

/// What hangs on a sequence.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Uses {
    /// Enrollments that haven't ended.
    pub open_enrollments: i64,
    /// Names of the segments that feed it.
    pub connected_segments: Vec<String>,
}

impl State {
    /// The state whose word, newest revision and time of deletion these are.
    pub fn of(word: &str, revision: i32, delete_time: Option<DateTime<Utc>>) -> Option<Self> {
        match (word, delete_time) {
            ("DRAFT", None) => Some(State::Draft),
            ("ACTIVE", None) => Some(State::Active { revision }),
            ("INACTIVE", None) => Some(State::Inactive { revision }),
            ("DRAFT", Some(at)) => Some(State::Deleted { revision: None, at }),
            ("INACTIVE", Some(at)) => Some(State::Deleted { revision: Some(revision), at }),
            _ => None,
        }
    }

    /// The word on the wire. A deleted sequence has the one that it comes back with.
    pub const fn as_str(&self) -> &'static str {
        match self {
            State::Draft | State::Deleted { revision: None, .. } => "DRAFT",
            State::Active { .. } => "ACTIVE",
            State::Inactive { .. } | State::Deleted { revision: Some(_), .. } => "INACTIVE",
        }
    }

    /// The newest revision; 0 before the first activation.
    pub fn revision(&self) -> i32 {
        match *self {
            State::Draft => 0,
            State::Active { revision } | State::Inactive { revision } => revision,
            State::Deleted { revision, .. } => revision.unwrap_or_default(),
        }
    }

    /// The revision on which it takes records; none if it takes none.
    pub fn active_revision(&self) -> Option<i32> {
        match *self {
            State::Active { revision } => Some(revision),
            State::Draft | State::Inactive { .. } | State::Deleted { .. } => None,
        }
    }

    /// When it was deleted; none if it isn't.
    pub fn delete_time(&self) -> Option<DateTime<Utc>> {
        match *self {
            State::Deleted { at, .. } => Some(at),
            State::Draft | State::Active { .. } | State::Inactive { .. } => None,
        }
    }
}

impl Sequence {
    /// `sequences/{sequence}`.
    pub fn name(&self) -> String {
        names::SEQUENCE.name([&self.sequence_id])
    }

    /// Puts another plan in place of its own, in any state but deleted.
    pub fn edit(self, plan: Plan, now: DateTime<Utc>) -> Result<Self, Refusal> {
        self.check_not_deleted()?;
        if plan == self.plan {
            return Ok(self);
        }
        Ok(Self { plan, ..self }.changed(now))
    }

    /// Lets it take records, on a new revision if the draft has changed. An active one with an
    /// unchanged draft stays as it is.
    pub fn activate(
        self,
        facts: &ActivationFacts,
        revision_description: &str,
        now: DateTime<Utc>,
    ) -> Result<Activation, Denied> {
        self.check_not_deleted()?;
        if matches!(self.state, State::Active { .. }) && !self.draft_changed(facts) {
            return Ok(Activation { sequence: self, revision: None, feeds: false });
        }
        let found = self.check_draft(facts);
        if !found.is_empty() {
            return Err(Denied::Invalid(found));
        }
        self.check_limits(facts)?;
        let feeds = matches!(self.state, State::Inactive { .. });
        let revision = self.draft_changed(facts).then(|| self.freeze(revision_description, now));
        let number = revision.as_ref().map_or(self.state.revision(), |revision| revision.number);
        let sequence = Self { state: State::Active { revision: number }, ..self }.changed(now);
        Ok(Activation { sequence, revision, feeds })
    }

    /// All that stands between the draft and its activation; what isn't about a field has the path
    /// `""`.
    pub fn problems(&self, facts: &ActivationFacts) -> Violations {
        let mut found = Violations::new();
        if self.check_not_deleted().is_err() {
            found.push("", Reason::ResourceDeleted, "the sequence is deleted: undelete it first");
        }
        found.extend(self.check_draft(facts));
        if let Err(Refusal::LimitExceeded { limit, value }) = self.check_limits(facts) {
            let description = format!("the organization's limit {limit} of {value} is reached");
            found.push("", Reason::LimitExceeded, description);
        }
        found
    }

    /// Lets it take no more records; those that run go on. An inactive one stays as it is.
    pub fn deactivate(self, now: DateTime<Utc>) -> Result<Self, Refusal> {
        match self.state {
            State::Draft => {
                Err(Refusal::SequenceNotActive { sequence: self.name(), state: self.state.as_str() })
            }
            State::Active { revision } => {
                Ok(Self { state: State::Inactive { revision }, ..self }.changed(now))
            }
            State::Inactive { .. } => Ok(self),
            State::Deleted { .. } => Err(Refusal::ResourceDeleted { name: self.name() }),
        }
    }

    /// Deletes it, unless something hangs on it and `force` isn't set. An active one is deactivated
    /// with that.
    pub fn delete(self, uses: &Uses, force: bool, now: DateTime<Utc>) -> Result<Self, Refusal> {
        self.check_not_deleted()?;
        if *uses != Uses::default() && !force {
            let Uses { open_enrollments, connected_segments } = uses.clone();
            return Err(Refusal::SequenceInUse { open_enrollments, connected_segments });
        }
        let revision = Some(self.state.revision()).filter(|revision| *revision > 0);
        Ok(Self { state: State::Deleted { revision, at: now }, ..self }.changed(now))
    }

    /// Brings it back, not active. One that isn't deleted stays as it is.
    pub fn undelete(self, now: DateTime<Utc>) -> Self {
        let state = match self.state {
            State::Deleted { revision: None, .. } => State::Draft,
            State::Deleted { revision: Some(revision), .. } => State::Inactive { revision },
            State::Draft | State::Active { .. } | State::Inactive { .. } => return self,
        };
        Self { state, ..self }.changed(now)
    }

    /// Nothing, or that it is deleted.
    pub fn check_not_deleted(&self) -> Result<(), Refusal> {
        match self.state {
            State::Deleted { .. } => Err(Refusal::ResourceDeleted { name: self.name() }),
            State::Draft | State::Active { .. } | State::Inactive { .. } => Ok(()),
        }
    }

    fn draft_changed(&self, facts: &ActivationFacts) -> bool {
        facts.newest.as_ref().is_none_or(|newest| newest.plan.definition != self.plan.definition)
    }

    /// Values by the limits as they stand now, structure, and what the draft refers to.
    fn check_draft(&self, facts: &ActivationFacts) -> Violations {
        let mut found = validation::check_values(&self.plan.definition, &facts.limits);
        found.extend(validation::check_structure(&self.plan.definition));
        found.extend(validation::check_templates(&self.plan.definition, &facts.templates));
        found
    }

    fn check_limits(&self, facts: &ActivationFacts) -> Result<(), Refusal> {
        let limits = &facts.limits;
        let most = i64::from(limits.active_sequences);
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
