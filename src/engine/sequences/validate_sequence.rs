//! Validates a sequence, saved or not: what keeps it from being activated, and what its author
//! probably doesn't want.

use crate::domain::sequence_warnings::{SequenceWarning, Setting, warnings};
use crate::domain::violation::Violations;
use crate::engine::sequences::activate_sequence::facts;
use crate::engine::sequences::sequence_plan;
use crate::engine::{Engine, Error, Request, Sketch};
use crate::store::tenants;

/// What was found. Paths are relative to the sequence.
#[derive(Clone, Debug, Default)]
pub struct Validated {
    /// Everything that prevents an activation.
    pub problems: Violations,
    /// Everything that its author probably doesn't want.
    pub warnings: Vec<SequenceWarning>,
}

impl Engine {
    /// Validates the draft of a sequence, with a sketch in its place if one is given. Without an
    /// id, validates the sketch as a new sequence. Changes nothing.
    ///
    /// # Errors
    /// Missing.
    pub async fn validate_sequence(
        &self,
        request: &Request,
        sequence_id: Option<&str>,
        sketch: Option<&Sketch>,
    ) -> Result<Validated, Error> {
        let organization = request.caller.organization;
        let mut conn = self.store().read(organization).await?;
        let found = tenants::organizations::get(&mut conn, organization).await?;
        let settings = found.map(|organization| organization.settings).unwrap_or_default();
        let limits = (&settings.limits, request.now);
        let (sequence, mut problems) =
            Sketch::drawn(&mut conn, organization, sequence_id, sketch, limits).await?;
        let Some(sequence) = sequence else { return Ok(Validated { problems, warnings: Vec::new() }) };

        let consent_policy = settings.consent_policy;
        let facts = facts(&mut conn, &sequence, settings).await?;
        // The values of a sketch were checked when it was drawn.
        problems.extend_once(sequence.problems(&facts));
        let record_type = sequence_plan::record_type_of(&mut conn, &sequence).await?;
        let setting = Setting { record_type: record_type.as_ref(), consent_policy, now: request.now };
        Ok(Validated { problems, warnings: warnings(&sequence.plan, setting) })
    }
}
