//! Copies a sequence, or one of its revisions, to a new draft.

use crate::domain::filing::{Filing, FilingPatch};
use crate::domain::id::{ChosenId, SequenceId};
use crate::domain::names;
use crate::domain::sequence::{Plan, Sequence, State};
use crate::domain::settings::Limits;
use crate::domain::violation::Violations;
use crate::engine::sequences::sequence_verb;
use crate::engine::{Engine, Error, Kind, Opened, Request, Write};
use crate::store::sequences;

/// The copy to make.
#[derive(Clone, Debug)]
pub struct CloneSequence {
    /// The id of the sequence to copy.
    pub source: String,
    /// The revision to copy. `None`: the draft.
    pub revision: Option<i32>,
    /// The id of the copy, chosen by the caller.
    pub sequence_id: ChosenId,
    /// The name of the copy. `None`: that of the original, after "Copy of".
    pub display_name: Option<String>,
    /// The description of the copy. `None`: that of the original.
    pub description: Option<String>,
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
        let (source, plan) = write.load_original(&command).await?;
        let plan = command.plan(plan, &limits)?;
        let own = write.new_filing(&FilingPatch::default()).await??;

        let copy = Sequence {
            id: SequenceId(self.clock().new_id()),
            sequence_id: command.sequence_id,
            plan,
            filing: Filing { tags: source.filing.tags.clone(), ..own },
            state: State::Draft,
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
        let copied = || format!("Copy of {}", original.display_name);
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
    /// Returns the sequence to copy, and the plan of its draft or revision.
    async fn load_original(&mut self, command: &CloneSequence) -> Result<(Sequence, Plan), Error> {
        let organization = self.organization();
        let found = sequences::find(self.conn(), organization, &command.source).await?;
        let source = sequence_verb::present(found, &command.source)?.sequence;
        let Some(number) = command.revision else {
            let plan = source.plan.clone();
            return Ok((source, plan));
        };

        let revision = sequences::revisions::get(self.conn(), organization, source.id, number).await?;
        let name = || names::REVISION.name([command.source.as_str(), &number.to_string()]);
        let missing = || Error::Missing { kind: Kind::SequenceRevision, name: name() };
        Ok((source, revision.ok_or_else(missing)?.plan))
    }
}
