//! Pictures of sequences: of a draft or a revision, with the counts of a revision's enrollments.

use tonic::Status;

use crate::api::call::Call;
use crate::api::convert::picture as convert;
use crate::api::sequences::service::revision_number;
use crate::api::{Api, pb};
use crate::domain::names;
use crate::domain::picture::Picture;
use crate::domain::program::Program;
use crate::domain::violation::Violation;
use crate::engine::{Error, Kind};
use crate::store::{enrollments, sequences};

impl Api {
    /// Draws the draft or revision that a request names.
    pub(super) async fn render(
        &self,
        call: &Call,
        message: &pb::RenderSequenceRequest,
    ) -> Result<pb::RenderSequenceResponse, Status> {
        let (id, number) = named("name", &message.name)?;
        let missing = || missing_named(id, number);

        let (organization, mut conn) = (call.organization(), self.read(call.organization()).await?);
        let found = sequences::find(&mut conn, organization, id).await?;
        let sequence = found.ok_or_else(missing)?.sequence;
        let counted = match number {
            None => sequence.state.revision(),
            Some(text) => revision_number(text).ok_or_else(missing)?,
        };

        // Before the first activation there is none.
        let revision = sequences::revisions::get(&mut conn, organization, sequence.id, counted).await?;
        let revision = revision.map(|revision| Program::compile(&revision.plan.definition));
        let drawn = match number {
            None => Some(Picture::of(&Program::compile(&sequence.plan.definition))),
            Some(_) => revision.as_ref().map(Picture::of),
        };
        let drawn = drawn.ok_or_else(missing)?;
        let (Some(revision), true) = (revision, message.with_counts) else {
            return Ok(convert::picture(&drawn, message.with_counts));
        };

        let found = enrollments::stays::of_revision(&mut conn, organization, sequence.id, counted).await?;
        let choices = enrollments::stays::choices(&mut conn, organization, sequence.id, counted).await?;
        let drawn = drawn.with_counts_of(&Picture::counted(&revision, &found.stays, &choices));
        Ok(pb::RenderSequenceResponse {
            counted_revision: names::REVISION.name([id, &counted.to_string()]),
            elsewhere_count: found.open - drawn.current(),
            ..convert::picture(&drawn, true)
        })
    }
}

/// Reads the id of a sequence, and the number of a revision. `None` is the draft.
pub(super) fn named<'a>(field: &str, name: &'a str) -> Result<(&'a str, Option<&'a str>), Violation> {
    if !name.contains("/revisions/") {
        let [id] = names::SEQUENCE.parse(field, name)?;
        return Ok((id, None));
    }
    let [id, number] = names::REVISION.parse(field, name)?;
    Ok((id, Some(number)))
}

/// The error if there is no such sequence or revision.
pub(super) fn missing_named(id: &str, number: Option<&str>) -> Error {
    match number {
        None => Error::Missing { kind: Kind::Sequence, name: names::SEQUENCE.name([id]) },
        Some(number) => {
            Error::Missing { kind: Kind::SequenceRevision, name: names::REVISION.name([id, number]) }
        }
    }
}
