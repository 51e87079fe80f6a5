//! Copies a sequence, one of its revisions, or a sequence template to a new draft.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};

use crate::domain::filing::{Filing, FilingPatch};
use crate::domain::id::{ChosenId, SequenceId};
use crate::domain::names;
use crate::domain::reenrollment::Reenrollment;
use crate::domain::sequence::{Plan, Sequence, State};
use crate::domain::sequence_template;
use crate::domain::settings::Limits;
use crate::domain::throttle::Throttle;
use crate::domain::violation::Violations;
use crate::engine::segments::create_segment::unknown_record_type;
use crate::engine::sequences::sequence_verb;
use crate::engine::{Engine, Error, Kind, Opened, Request, Write};
use crate::store::{records, sequences};

/// The copy to make.
#[derive(Clone, Debug)]
pub struct CloneSequence {
    /// What to copy.
    pub original: Original,
    /// The id of the copy, chosen by the caller.
    pub sequence_id: ChosenId,
    /// The name of the copy. `None`: that of the original, after "Copy of" unless it is a template.
    pub display_name: Option<String>,
    /// The description of the copy. `None`: that of the original.
    pub description: Option<String>,
}

/// What is copied.
#[derive(Clone, Debug)]
pub enum Original {
    /// A sequence.
    Sequence {
        /// Its id.
        id: String,
        /// The number of its revision. `None`: the draft.
        revision: Option<i32>,
    },
    /// The sequence template with this id.
    Template(String),
}

impl Engine {
    /// Copies a sequence, even a deleted one, in state DRAFT. The copy has the steps and the tags
    /// of the original.
    ///
    /// # Errors
    /// Missing; Invalid; Exists; Refused (SellerAuthoringOff).
    pub async fn clone_sequence(
        &self,
        request: &Request,
        command: CloneSequence,
    ) -> Result<SequenceId, Error> {
        let mut write = match self.open(request).await? {
            Opened::Repeated(answer) => return Ok(answer),
            Opened::Fresh(write) => write,
        };

        // The lock also keeps a template that the plan names from being deleted meanwhile.
        let limits = write.lock_organization().await?.settings.limits;
        let (source, plan) = match &command.original {
            Original::Template(id) => write.load_template(id, request.now).await?,
            Original::Sequence { id, revision } => write.load_original(id, *revision).await?,
        };
        let plan = command.plan(plan, &limits)?;
        let own = write.new_filing(&FilingPatch::default()).await??;

        let copy = Sequence {
            id: SequenceId(self.clock().new_id()),
            sequence_id: command.sequence_id,
            plan,
            filing: Filing { tags: source.filing.tags.clone(), ..own },
            state: State::Draft,
            halt: None,
            version: 1,
            create_time: request.now,
            update_time: request.now,
            ..source
        };
        write.check_author(&copy).await?;
        if !sequences::insert(write.conn(), &copy).await? {
            return Err(Error::Exists { kind: Kind::Sequence, name: copy.name() });
        }
        write.commit(copy.id.0, &copy.id).await?;
        Ok(copy.id)
    }
}

impl CloneSequence {
    /// Returns the plan of the copy. What is copied is not checked: activating it does that.
    fn plan(&self, original: Plan, limits: &Limits) -> Result<Plan, Violations> {
        let mut found = Violations::new();
        // Not cut to the limit: the caller is told instead, and can choose.
        let copied = || match &self.original {
            Original::Sequence { .. } => format!("Copy of {}", original.display_name),
            Original::Template(_) => original.display_name.clone(),
        };
        let display_name = self.display_name.clone().unwrap_or_else(copied);
        found.extend(limits.check_display_name("display_name", &display_name));
        if let Some(description) = &self.description {
            found.extend(limits.check_description("description", description));
        }
        let description = self.description.clone().unwrap_or_else(|| original.description.clone());
        found.into_result(Plan { display_name, description, ..original })
    }
}

impl Write {
    /// Returns what a sequence made from a template begins with.
    async fn load_template(&mut self, id: &str, now: DateTime<Utc>) -> Result<(Sequence, Plan), Error> {
        let missing =
            || Error::Missing { kind: Kind::SequenceTemplate, name: names::SEQUENCE_TEMPLATE.name([id]) };
        let template = sequence_template::find(id).ok_or_else(missing)?;
        let organization = self.organization();
        let record_type = records::types::find(self.conn(), organization, template.record_type).await?;

        let unknown = || unknown_record_type(template.record_type);
        let sequence = Sequence {
            organization,
            id: SequenceId(uuid::Uuid::nil()),
            sequence_id: ChosenId::known(id),
            record_type: record_type.ok_or_else(unknown)?.id,
            plan: template.plan(),
            filing: Filing::default(),
            reenrollment: Reenrollment::default(),
            throttle: Throttle::default(),
            state: State::Draft,
            halt: None,
            split_winners: BTreeMap::new(),
            version: 1,
            create_time: now,
            update_time: now,
        };

        let plan = sequence.plan.clone();
        Ok((sequence, plan))
    }

    /// Returns the sequence to copy, and the plan of its draft or revision.
    async fn load_original(&mut self, id: &str, revision: Option<i32>) -> Result<(Sequence, Plan), Error> {
        let organization = self.organization();
        let found = sequences::find(self.conn(), organization, id).await?;
        let source = sequence_verb::present(found, id)?.sequence;
        let Some(number) = revision else {
            let plan = source.plan.clone();
            return Ok((source, plan));
        };

        let revision = sequences::revisions::get(self.conn(), organization, source.id, number).await?;
        let name = || names::REVISION.name([id, &number.to_string()]);
        let missing = || Error::Missing { kind: Kind::SequenceRevision, name: name() };
        Ok((source, revision.ok_or_else(missing)?.plan))
    }
}
