//! Copies of sequences, revisions and sequence templates.

use tonic::Status;

use crate::api::call::Call;
use crate::api::sequences::pictures::named;
use crate::api::sequences::service::revision_number;
use crate::api::{Api, pb};
use crate::domain::names;
use crate::domain::violation::Violation;
use crate::engine::{CloneSequence, Error, Kind, Original};

impl Api {
    /// Copies what a request names.
    pub(super) async fn copied(
        &self,
        call: &Call,
        mut message: pb::CloneSequenceRequest,
    ) -> Result<pb::CloneSequenceResponse, Status> {
        let (repetition, mut found) = call.check(&mut message, |message| &mut message.request_id);
        let sequence_id = found.keep_once(names::new_id("sequence_id", &message.sequence_id));
        let original = found.keep_once(original(&message.name));
        let (sequence_id, original) = found.settle((sequence_id, original))?;
        let original = original.ok_or_else(|| missing_revision(&message.name))?;

        let given = |text: &String| (!text.is_empty()).then(|| text.clone());
        let command = CloneSequence {
            original,
            sequence_id,
            display_name: given(&message.display_name),
            description: given(&message.description),
        };
        let id = self.engine.clone_sequence(&call.request(repetition), command).await?;
        Ok(pb::CloneSequenceResponse { sequence: Some(self.sequence(call, id).await?) })
    }
}

/// Reads what to copy. `None` if the number of the revision can't be one.
fn original(name: &str) -> Result<Option<Original>, Violation> {
    if name.starts_with("sequenceTemplates/") {
        return names::SEQUENCE_TEMPLATE.parse_id("name", name).map(|id| Some(Original::Template(id)));
    }
    let (id, number) = named("name", name)?;
    let sequence = |revision| Original::Sequence { id: id.to_owned(), revision };
    Ok(match number {
        None => Some(sequence(None)),
        Some(text) => revision_number(text).map(|number| sequence(Some(number))),
    })
}

fn missing_revision(name: &str) -> Error {
    Error::Missing { kind: Kind::SequenceRevision, name: name.to_owned() }
}
