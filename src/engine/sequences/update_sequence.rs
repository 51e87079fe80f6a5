//! Changes a sequence's name, description or draft.

use crate::domain::draft::PlanPatch;
use crate::domain::filing::FilingPatch;
use crate::domain::id::SequenceId;
use crate::domain::reason::Reason;
use crate::domain::reenrollment::Reenrollment;
use crate::domain::version::Version;
use crate::domain::violation::Violations;
use crate::engine::sequences::sequence_plan;
use crate::engine::{Engine, Error, Opened, Request};
use crate::store::records;

/// The change to make.
#[derive(Clone, Debug)]
pub struct UpdateSequence {
    /// Its id.
    pub sequence_id: String,
    /// The version that the caller saw, if it sent an etag.
    pub expected_version: Option<Version>,
    /// The id of the record type, if given. It must be the sequence's current one.
    pub record_type: Option<String>,
    /// The new values.
    pub plan: PlanPatch,
    /// The new owner and tags.
    pub filing: FilingPatch,
    /// When a record may begin it again. `None`: as before.
    pub reenrollment: Option<Reenrollment>,
}

impl Engine {
    /// Changes a sequence. A changed draft takes effect with the next activation.
    ///
    /// # Errors
    /// Missing; Stale; Refused (ResourceDeleted, SellerAuthoringOff, SequenceOwnedByAnother);
    /// Invalid, with paths relative to the sequence.
    pub async fn update_sequence(
        &self,
        request: &Request,
        command: UpdateSequence,
    ) -> Result<SequenceId, Error> {
        let mut write = match self.open(request).await? {
            Opened::Repeated(answer) => return Ok(answer),
            Opened::Fresh(write) => write,
        };

        // The lock also keeps a template that the plan names from being deleted meanwhile.
        let organization = write.lock_organization().await?;
        let (organization, limits) = (organization.id, organization.settings.limits);
        let before = write.lock_draft(&command.sequence_id, command.expected_version).await?;

        let (plan, mut found) = sequence_plan::changed(write.conn(), &before, limits, &command.plan).await?;
        let named = command.filing.owner.as_ref().and_then(Option::as_ref);
        let owner = write.named_seller(named).await?;
        let (filing, wrong) = command.filing.apply(&before.filing, owner);
        found.extend(wrong);
        if let Some(given) = &command.record_type {
            let given = records::types::find(write.conn(), organization, given).await?;
            if given.is_none_or(|given| given.id != before.record_type) {
                found.extend(record_type_is_fixed());
            }
        }
        found.into_result(())?;

        let reenrollment = command.reenrollment.unwrap_or(before.reenrollment);
        let after = before.clone().edit(plan, filing, reenrollment, request.now)?;
        // Nobody who may only change own sequences gives one away.
        write.check_author(&after).await?;
        // Servers cache revisions, not drafts, so their caches stay valid.
        write.save_uncached(&before, &after).await
    }
}

pub(in crate::engine) fn record_type_is_fixed() -> Violations {
    Violations::one("record_type", Reason::FieldImmutable, "is immutable")
}
