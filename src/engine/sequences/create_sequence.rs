//! Creates a sequence, as a draft.

use std::collections::BTreeMap;

use crate::domain::draft::PlanPatch;
use crate::domain::id::{ChosenId, SequenceId};
use crate::domain::sequence::{Sequence, State};
use crate::engine::sequences::sequence_plan;
use crate::engine::{Engine, Error, Kind, Opened, Request};
use crate::store::sequences;

/// The sequence to create.
#[derive(Clone, Debug)]
pub struct CreateSequence {
    /// The id, chosen by the caller.
    pub sequence_id: ChosenId,
    /// The id of the type of its records.
    pub record_type: String,
    /// Its name, description and steps.
    pub plan: PlanPatch,
}

impl Engine {
    /// Creates a sequence in state DRAFT.
    ///
    /// # Errors
    /// Invalid, with paths relative to the sequence; Exists.
    pub async fn create_sequence(
        &self,
        request: &Request,
        command: CreateSequence,
    ) -> Result<SequenceId, Error> {
        let mut write = match self.open(request).await? {
            Opened::Repeated(answer) => return Ok(answer),
            Opened::Fresh(write) => write,
        };

        // The lock also keeps a template that the plan names from being deleted meanwhile.
        let organization = write.lock_organization().await?;
        let (organization, limits) = (organization.id, organization.settings.limits);
        let CreateSequence { sequence_id, record_type, plan } = command;
        let (record_type, plan, found) =
            sequence_plan::new(write.conn(), organization, limits, &record_type, &plan).await?;
        found.into_result(())?;

        let sequence = Sequence {
            organization,
            id: SequenceId(self.clock().new_id()),
            sequence_id,
            record_type: record_type.expect("an unknown record type is a violation"),
            plan,
            state: State::Draft,
            split_winners: BTreeMap::new(),
            version: 1,
            create_time: request.now,
            update_time: request.now,
        };

        if !sequences::insert(write.conn(), &sequence).await? {
            return Err(Error::Exists { kind: Kind::Sequence, name: sequence.name() });
        }
        write.commit(sequence.id.0, &sequence.id).await?;
        Ok(sequence.id)
    }
}
