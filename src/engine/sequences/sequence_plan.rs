//! What creating and changing a sequence have in common: its plan as sent, held against the
//! organization as it stands.

use std::collections::BTreeSet;

use sqlx::PgConnection;

use crate::domain::draft::{PlanPatch, Surroundings};
use crate::domain::id::{OrganizationId, RecordTypeId};
use crate::domain::refusal::Reason;
use crate::domain::sequence::{Plan, Sequence};
use crate::domain::settings::Limits;
use crate::domain::violation::Violations;
use crate::engine::{Engine, Error};
use crate::store::{self, organizations, record_types, sequence_revisions, sequences, templates};

/// A plan for a new sequence, and all that is wrong with it; the record type is none if there is no
/// such.
pub(in crate::engine) async fn new(
    conn: &mut PgConnection,
    organization: OrganizationId,
    limits: Limits,
    record_type: &str,
    patch: &PlanPatch,
) -> Result<(Option<RecordTypeId>, Plan, Violations), store::Error> {
    let known = record_types::find(conn, organization, record_type).await?.map(|known| known.id);
    let mut found = Violations::new();
    let templates = match known {
        Some(known) => templates::keys(conn, organization, known, &patch.template_ids()).await?,
        None => {
            let description = format!("must be a record type, there is no {record_type:?}");
            found.push("record_type", Reason::ReferenceNotFound, description);
            Default::default()
        }
    };
    let around = Surroundings { limits, templates, used_step_ids: BTreeSet::new() };
    let (plan, wrong) = patch.apply(Plan::default(), &around);
    // Which templates there are is known only for a record type.
    found.extend(
        wrong
            .into_iter()
            .filter(|wrong| known.is_some() || wrong.reason != Reason::TemplateUnknown)
            .collect(),
    );
    Ok((known, plan, found))
}

/// The changed plan of a sequence, and all that is wrong with the change.
pub(in crate::engine) async fn changed(
    conn: &mut PgConnection,
    sequence: &Sequence,
    limits: Limits,
    patch: &PlanPatch,
) -> Result<(Plan, Violations), store::Error> {
    let organization = sequence.organization;
    let templates = templates::keys(conn, organization, sequence.record_type, &patch.template_ids()).await?;
    let mut used_step_ids = BTreeSet::new();
    if patch.draft.is_some() {
        used_step_ids = sequence_revisions::step_ids(conn, organization, sequence.id).await?;
        used_step_ids.extend(sequence.plan.definition.steps.iter().map(|step| step.step_id.clone()));
    }
    let around = Surroundings { limits, templates, used_step_ids };
    Ok(patch.apply(sequence.plan.clone(), &around))
}

impl Engine {
    /// Finds what is wrong with a new sequence without making it: for a request that is refused
    /// anyway, so that its caller learns all at once. Paths begin at the sequence.
    pub async fn check_new_sequence(
        &self,
        organization: OrganizationId,
        record_type: &str,
        patch: &PlanPatch,
    ) -> Result<Violations, Error> {
        let mut conn = self.store().connection().await?;
        let limits = limits(&mut conn, organization).await?;
        let (_, _, found) = new(&mut conn, organization, limits, record_type, patch).await?;
        Ok(found)
    }

    /// Finds what is wrong with a change of a sequence without making it, as
    /// [`Engine::check_new_sequence`]. Nothing, if there is no such sequence.
    pub async fn check_sequence_change(
        &self,
        organization: OrganizationId,
        sequence_id: &str,
        patch: &PlanPatch,
    ) -> Result<Violations, Error> {
        let mut conn = self.store().connection().await?;
        let Some(shown) = sequences::find(&mut conn, organization, sequence_id).await? else {
            return Ok(Violations::new());
        };
        let limits = limits(&mut conn, organization).await?;
        let (_, found) = changed(&mut conn, &shown.sequence, limits, patch).await?;
        Ok(found)
    }
}

async fn limits(conn: &mut PgConnection, organization: OrganizationId) -> Result<Limits, store::Error> {
    let found = organizations::get(conn, organization).await?;
    Ok(found.map(|organization| organization.settings.limits).unwrap_or_default())
}
