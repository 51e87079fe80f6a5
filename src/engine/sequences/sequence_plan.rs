//! Checks the plan of a new or changed sequence against the organization: its limits, templates and
//! record types.

use std::collections::BTreeSet;

use sqlx::PgConnection;

use crate::domain::draft::{PlanPatch, Surroundings};
use crate::domain::id::{OrganizationId, RecordTypeId};
use crate::domain::reason::Reason;
use crate::domain::record_type::RecordType;
use crate::domain::sequence::{Plan, Sequence};
use crate::domain::settings::Limits;
use crate::domain::violation::Violations;
use crate::engine::segments::create_segment::unknown_record_type;
use crate::engine::{Engine, Error};
use crate::store::{self, records, sequences, tenants};

/// Returns the record type and plan of a new sequence, and all violations. The record type is
/// `None` if it doesn't exist.
pub(in crate::engine) async fn new(
    conn: &mut PgConnection,
    organization: OrganizationId,
    limits: Limits,
    record_type: &str,
    patch: &PlanPatch,
) -> Result<(Option<RecordTypeId>, Plan, Violations), store::Error> {
    let found_type = records::types::find(conn, organization, record_type).await?;
    let known = found_type.as_ref().map(|known| known.id);
    let mut found = Violations::new();
    let templates = match known {
        Some(known) => sequences::templates::keys(conn, organization, known, &patch.template_ids()).await?,
        None => {
            found.extend(unknown_record_type(record_type));
            Default::default()
        }
    };

    let used_step_ids = BTreeSet::new();
    let around = Surroundings { limits, templates, used_step_ids, record_type: found_type };
    let (plan, wrong) = patch.apply(Plan::default(), &around);

    // A template belongs to a record type. Without one, every template would count as unknown.
    let wrong = wrong.into_iter();
    let wrong = wrong.filter(|one| known.is_some() || one.reason != Reason::TemplateUnknown);
    found.extend(wrong.collect());
    Ok((known, plan, found))
}

/// Returns the changed plan of a sequence, and all violations.
pub(in crate::engine) async fn changed(
    conn: &mut PgConnection,
    sequence: &Sequence,
    limits: Limits,
    patch: &PlanPatch,
) -> Result<(Plan, Violations), store::Error> {
    let (organization, record_type) = (sequence.organization, sequence.record_type);
    let templates =
        sequences::templates::keys(conn, organization, record_type, &patch.template_ids()).await?;

    // A new step must not get the id of a step that is gone: old revisions still have that one.
    let mut used_step_ids = BTreeSet::new();
    if patch.draft.is_some() {
        let own = sequence.plan.definition.step_ids();
        used_step_ids = sequences::revisions::step_ids(conn, organization, sequence.id).await?;
        used_step_ids.extend(own.into_iter().map(str::to_owned));
    }

    let record_type = record_type_of(conn, sequence).await?;
    let around = Surroundings { limits, templates, used_step_ids, record_type };
    Ok(patch.apply(sequence.plan.clone(), &around))
}

/// Returns the type of a sequence's records.
pub(in crate::engine) async fn record_type_of(
    conn: &mut PgConnection,
    sequence: &Sequence,
) -> Result<Option<RecordType>, store::Error> {
    let key = sequence.record_type.0;
    Ok(records::types::by_keys(conn, sequence.organization, &[key]).await?.pop())
}

impl Engine {
    /// Finds the violations of a new sequence without creating it. For a request that is refused
    /// anyway, so that the caller sees all violations at once. Paths are relative to the sequence.
    pub async fn check_new_sequence(
        &self,
        organization: OrganizationId,
        record_type: &str,
        patch: &PlanPatch,
    ) -> Result<Violations, Error> {
        let mut conn = self.store().read(organization).await?;
        let limits = limits(&mut conn, organization).await?;
        let (_, _, found) = new(&mut conn, organization, limits, record_type, patch).await?;
        Ok(found)
    }

    /// Like [`Engine::check_new_sequence`], but for a change. Finds no violations if the sequence
    /// doesn't exist.
    pub async fn check_sequence_change(
        &self,
        organization: OrganizationId,
        sequence_id: &str,
        patch: &PlanPatch,
    ) -> Result<Violations, Error> {
        let mut conn = self.store().read(organization).await?;
        let Some(shown) = sequences::find(&mut conn, organization, sequence_id).await? else {
            return Ok(Violations::new());
        };
        let limits = limits(&mut conn, organization).await?;
        let (_, found) = changed(&mut conn, &shown.sequence, limits, patch).await?;
        Ok(found)
    }
}

async fn limits(conn: &mut PgConnection, organization: OrganizationId) -> Result<Limits, store::Error> {
    let found = tenants::organizations::get(conn, organization).await?;
    Ok(found.map(|organization| organization.settings.limits).unwrap_or_default())
}
