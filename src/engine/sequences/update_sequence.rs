//! A change of a sequence's name, description or draft.

use crate::domain::draft::PlanPatch;
use crate::domain::id::SequenceId;
use crate::domain::refusal::Reason;
use crate::domain::version::Version;
use crate::domain::violation::Violations;
use crate::engine::sequences::sequence_plan;
use crate::engine::{Engine, Error, Opened, Request};
use crate::store::{record_types, sequences};

/// What is to change.
#[derive(Clone, Debug)]
pub struct UpdateSequence {
    /// The chosen id.
    pub sequence_id: String,
    /// The version that the caller saw.
    pub expected_version: Option<Version>,
    /// The record type that the caller takes it to have: it can't be changed.
    pub record_type: Option<String>,
    /// What is to be set.
    pub plan: PlanPatch,
}

impl Engine {
    /// Changes a sequence; what runs doesn't change until the next activation.
    ///
    /// # Errors
    /// Missing; Stale; Invalid with paths that begin at the sequence; ResourceDeleted.
    pub async fn update_sequence(
        &self,
        request: &Request,
        command: UpdateSequence,
    ) -> Result<SequenceId, Error> {
        let mut write = match self.open(request).await? {
            Opened::Repeated(answer) => return Ok(answer),
            Opened::Fresh(write) => write,
        };
        let organization = write.organization();
        // Also so that no template which it names is deleted at this moment.
        let limits = write.lock_organization().await?.settings.limits;
        let before = write.lock_draft(&command.sequence_id, command.expected_version).await?;
        let (plan, mut found) = sequence_plan::changed(write.conn(), &before, limits, &command.plan).await?;
        if let Some(given) = &command.record_type {
            let given = record_types::find(write.conn(), organization, given).await?;
            if given.is_none_or(|given| given.id != before.record_type) {
                found.extend(record_type_is_fixed());
            }
        }
        found.into_result(())?;
        let id = before.id;
        let after = before.clone().edit(plan, request.now)?;
        if after == before {
            write.commit_unnoted(&id).await?;
            return Ok(id);
        }
        sequences::update(write.conn(), &after).await?;
        write.commit(id.0, &id).await?;
        Ok(id)
    }
}

fn record_type_is_fixed() -> Violations {
    Violations::one("record_type", Reason::FieldImmutable, "can't be changed once the sequence is made")
}
