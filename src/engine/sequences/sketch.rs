//! A definition that isn't saved: what a sequence would be with it.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use sqlx::PgConnection;

use crate::domain::draft::PlanPatch;
use crate::domain::filing::Filing;
use crate::domain::id::{ChosenId, OrganizationId, SequenceId};
use crate::domain::record::DEFAULT;
use crate::domain::reenrollment::Reenrollment;
use crate::domain::sequence::{Sequence, State};
use crate::domain::settings::Limits;
use crate::domain::throttle::Throttle;
use crate::domain::violation::Violations;
use crate::engine::Error;
use crate::engine::sequences::update_sequence::record_type_is_fixed;
use crate::engine::sequences::{sequence_plan, sequence_verb};
use crate::store::{self, records, sequences};

/// A definition that isn't saved.
#[derive(Clone, Debug, Default)]
pub struct Sketch {
    /// The id of the type of its records. `None`: that of the sequence, or `lead`.
    pub record_type: Option<String>,
    /// Its steps and exit criteria.
    pub plan: PlanPatch,
}

impl Sketch {
    /// Returns the sequence as it would be with the sketch, and everything wrong with the sketch,
    /// with paths relative to the sequence. Without an id, it is a new sequence; without a sketch,
    /// the saved one. `None` if the record type doesn't exist.
    ///
    /// # Errors
    /// Missing.
    pub(in crate::engine) async fn drawn(
        conn: &mut PgConnection,
        organization: OrganizationId,
        sequence_id: Option<&str>,
        sketch: Option<&Self>,
        (limits, now): (&Limits, DateTime<Utc>),
    ) -> Result<(Option<Sequence>, Violations), Error> {
        let unchanged = Self::default();
        let sketch = sketch.unwrap_or(&unchanged);
        let Some(sequence_id) = sequence_id else {
            return Ok(sketch.as_new(conn, organization, limits, now).await?);
        };

        let found = sequences::find(conn, organization, sequence_id).await?;
        let saved = sequence_verb::present(found, sequence_id)?.sequence;
        let (plan, mut found) = sequence_plan::changed(conn, &saved, limits.clone(), &sketch.plan).await?;
        if let Some(given) = &sketch.record_type {
            let given = records::types::find(conn, organization, given).await?;
            if given.is_none_or(|given| given.id != saved.record_type) {
                found.extend(record_type_is_fixed());
            }
        }
        Ok((Some(Sequence { plan, ..saved }), found))
    }

    async fn as_new(
        &self,
        conn: &mut PgConnection,
        organization: OrganizationId,
        limits: &Limits,
        now: DateTime<Utc>,
    ) -> Result<(Option<Sequence>, Violations), store::Error> {
        let of = self.record_type.as_deref().unwrap_or(DEFAULT);
        let (record_type, plan, found) =
            sequence_plan::new(conn, organization, limits.clone(), of, &self.plan).await?;

        let sequence = record_type.map(|record_type| Sequence {
            organization,
            // Nothing is saved, so no other sequence has this key.
            id: SequenceId(uuid::Uuid::nil()),
            sequence_id: ChosenId::known(""),
            record_type,
            plan,
            filing: Filing::default(),
            reenrollment: Reenrollment::default(),
            throttle: Throttle::default(),
            state: State::Draft,
            halt: None,
            split_winners: BTreeMap::new(),
            version: 1,
            create_time: now,
            update_time: now,
        });

        Ok((sequence, found))
    }
}
