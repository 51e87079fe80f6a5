//! Tells what would happen to a record in a sequence. Reads from one state of the database, and
//! writes nothing.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::Arc;

use chrono::{DateTime, Utc};
use serde_json::{Map, Value};
use sqlx::PgConnection;

use crate::domain::case::Facts;
use crate::domain::history::HistoryEvent;
use crate::domain::id::{ChosenId, OrganizationId, QueueId};
use crate::domain::names;
use crate::domain::record::RecordName;
use crate::domain::record::RecordType;
use crate::domain::sequence::{Plan, Sequence};
use crate::domain::settings::Settings;
use crate::domain::simulation::{Play, Simulation, Stated, Stop, Subject};
use crate::engine::frame::programs::Compiled;
use crate::engine::sequences::sequence_plan;
use crate::engine::sequences::simulated_record::SimulatedRecord;
use crate::engine::{Engine, Error, Kind, Request, Sketch};
use crate::store::enrollments::rows::EnrollmentRow;
use crate::store::sequences::revisions::{RevisionKey, Running};
use crate::store::{sequences, tenants};

/// What to simulate.
#[derive(Clone, Debug, Default)]
pub struct SimulateSequence {
    /// The id of the sequence. `None`: the sketch as a new one.
    pub sequence_id: Option<String>,
    /// The number of a revision. `None`: the draft.
    pub revision: Option<i32>,
    /// The definition in place of the draft.
    pub sketch: Option<Sketch>,
    /// The time of the enrollment.
    pub start_time: DateTime<Utc>,
    /// The actual record. `None`: one without attributes, whose person can be reached.
    pub record: Option<(String, String)>,
    /// The attributes that it is assumed to have.
    pub attributes: Map<String, Value>,
    /// What is assumed to happen.
    pub stated: Stated,
}

/// What would happen.
#[derive(Clone, Debug)]
pub struct Simulated {
    /// The enrollment in the end, with the names that an answer needs.
    pub row: EnrollmentRow,
    /// Everything that would happen, in order.
    pub timeline: Vec<HistoryEvent>,
    /// The revision, which needn't exist, and its program.
    pub revision: (RevisionKey, Arc<Compiled>),
    /// The steps of which something is assumed, but which aren't reached.
    pub unreached: Vec<String>,
}

impl Engine {
    /// Tells what would happen to a record in a sequence.
    ///
    /// # Errors
    /// Missing: the sequence, revision or record, in the caller's scope. Refused
    /// (RecordTypeMismatch). Invalid, with paths relative to the request.
    pub async fn simulate_sequence(
        &self,
        request: &Request,
        command: &SimulateSequence,
    ) -> Result<Simulated, Error> {
        let organization = request.caller.organization;
        let mut held = self.store().read(organization).await?;
        let mut conn = held.snapshot().await?;
        let found = tenants::organizations::get(&mut conn, organization).await?;
        let settings = Arc::new(found.map(|organization| organization.settings).unwrap_or_default());

        let (sequence, plan) = command.plan(&mut conn, organization, (&settings, request.now)).await?;
        let record_type = sequence_plan::record_type_of(&mut conn, &sequence).await?;
        let record_type = record_type.ok_or(Error::Fault("a sequence has no record type"))?;
        let record =
            SimulatedRecord::load(&mut conn, &record_type, command, request.caller.scope(), request.now)
                .await?;

        let key = (organization, sequence.id, command.revision.unwrap_or_default());
        let running = Running {
            key,
            record_type: record_type.id,
            definition: plan.definition,
            exit_criteria: plan.exit_criteria,
            working_hours_only: plan.working_hours_only,
            priority: plan.priority,
            assign_to: plan.assign_to,
        };
        // Names of templates are shown nowhere in a timeline.
        let compiled = Arc::new(Compiled::new(running, &HashMap::new()).asking(&record_type));
        let mut assumptions = command.stated.fit(&compiled.program, &settings)?;
        let mut winners = sequence.split_winners.clone();
        // An assumption counts before a winner that was chosen.
        winners.append(&mut assumptions.variants);

        let subject = Subject { organization, sequence: key.1, revision: key.2, record: record.key() };
        let timing = record.timing(&mut conn, &compiled).await?;
        let assignees = record.assignees(&mut conn, &compiled).await?;
        let facts = Facts { timing, assignees, ..facts(&compiled, &settings, winners, &record) };
        let simulation = Simulation::start(subject, facts, command.start_time)?;
        let play = Play::new(simulation, assumptions);
        let ended = carry_on(&mut conn, play, record, &compiled).await?;

        Ok(command.told(&sequence, &record_type, ended, (key, compiled)))
    }
}

/// Plays until nothing more happens.
async fn carry_on(
    conn: &mut PgConnection,
    mut play: Play,
    mut record: SimulatedRecord<'_>,
    compiled: &Compiled,
) -> Result<Simulation, Error> {
    while play.go()? == Stop::Command {
        record.carry_out(conn, &mut play, compiled).await?;
    }
    Ok(play.into_simulation())
}

fn facts(
    compiled: &Compiled,
    settings: &Arc<Settings>,
    winners: BTreeMap<String, String>,
    record: &SimulatedRecord<'_>,
) -> Facts {
    Facts {
        owner: record.owner(),
        target: Some(record.target()),
        program: Some(compiled.program.clone()),
        exit_criteria: compiled.exit_criteria.clone(),
        settings: Some(settings.clone()),
        winners,
        // Nobody sees it.
        automation: Some(QueueId(uuid::Uuid::nil())),
        ..Facts::default()
    }
}

impl SimulateSequence {
    /// Returns the sequence, and the plan of the draft, revision or sketch.
    async fn plan(
        &self,
        conn: &mut PgConnection,
        organization: OrganizationId,
        (settings, now): (&Settings, DateTime<Utc>),
    ) -> Result<(Sequence, Plan), Error> {
        let (limits, id) = ((&settings.limits, now), self.sequence_id.as_deref());
        let (sequence, found) = Sketch::drawn(conn, organization, id, self.sketch.as_ref(), limits).await?;
        found.into_result(()).map_err(|found| found.under("sequence"))?;
        // Without a record type there is a violation.
        let sequence = sequence.ok_or(Error::Fault("a sketch has no record type"))?;
        let Some(number) = self.revision else {
            let plan = sequence.plan.clone();
            return Ok((sequence, plan));
        };

        let revision = sequences::revisions::get(conn, organization, sequence.id, number).await?;
        let name = || names::REVISION.name([sequence.sequence_id.as_str(), &number.to_string()]);
        let missing = || Error::Missing { kind: Kind::SequenceRevision, name: name() };
        let plan = revision.ok_or_else(missing)?.plan;
        Ok((sequence, plan))
    }

    fn told(
        &self,
        sequence: &Sequence,
        record_type: &RecordType,
        ended: Simulation,
        revision: (RevisionKey, Arc<Compiled>),
    ) -> Simulated {
        let timeline = ended.timeline().to_vec();
        let nodes: BTreeSet<_> = timeline.iter().filter_map(|event| event.detail.node).collect();
        let program = &revision.1.program;
        let reached = |step_id: &str| program.find(step_id).is_some_and(|node| nodes.contains(&node));
        let unreached = self.stated.step_ids().into_iter().filter(|step_id| !reached(step_id));
        let unreached = unreached.map(str::to_owned).collect();

        let record = self.record.as_ref();
        let row = EnrollmentRow {
            enrollment: ended.case().enrollment.clone(),
            sequence: sequence.sequence_id.clone(),
            record: record.map(|(_, id)| RecordName {
                record_type: record_type.record_type_id.clone(),
                id: ChosenId::known(id),
            }),
            owner: ended.case().facts.owner,
            segment: None::<ChosenId>,
        };
        Simulated { row, timeline, revision, unreached }
    }
}
