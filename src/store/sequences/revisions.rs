//! Revisions of sequences, which activations freeze. Their rows never change.

use std::collections::{BTreeSet, HashMap};

use chrono::{DateTime, Utc};
use serde_json::Value;
use sqlx::types::Json;
use sqlx::{FromRow, PgConnection};
use tracing::Instrument as _;
use uuid::Uuid;

use crate::domain::assignee::Assignee;
use crate::domain::definition::Definition;
use crate::domain::exit_criteria::ExitCriteria;
use crate::domain::id::{OrganizationId, RecordTypeId, SequenceId};
use crate::domain::priority::Priority;
use crate::domain::sequence::{Plan, Revision};
use crate::store::sequences::{definition, definition_value};
use crate::store::statement::columns::column;
use crate::store::{Error, Portion, statement};

/// Identifies a revision.
pub type RevisionKey = (OrganizationId, SequenceId, i32);

/// Returns the numbers of the newest revisions of sequences that were ever active.
pub async fn newest(
    conn: &mut PgConnection,
    sequences: &[(OrganizationId, SequenceId)],
) -> Result<HashMap<(OrganizationId, SequenceId), i32>, Error> {
    if sequences.is_empty() {
        return Ok(HashMap::new());
    }

    let rows: Vec<(Uuid, Uuid, i32)> = sqlx::query_as(
        "SELECT sequence.organization_id, sequence.id, sequence.revision
         FROM unnest($1::uuid[], $2::uuid[]) AS item (organization_id, id)
         JOIN sequence ON sequence.organization_id = item.organization_id AND sequence.id = item.id
         WHERE sequence.revision > 0 AND one_shard(item.organization_id, $1[1])
         ORDER BY sequence.organization_id, sequence.id",
    )
    .bind(column(sequences, |key| key.0.0))
    .bind(column(sequences, |key| key.1.0))
    .fetch_all(conn)
    .instrument(statement::span::of("revisions.newest"))
    .await?;

    let keyed = |(organization, id, revision)| ((OrganizationId(organization), SequenceId(id)), revision);
    Ok(rows.into_iter().map(keyed).collect())
}

macro_rules! select {
    ($rest:literal) => {
        concat!(
            "SELECT organization_id, sequence_id, revision, revision_description, display_name,
               description, definition, exit_criteria, working_hours_only, priority, assign_to,
               create_time
             FROM sequence_revision WHERE organization_id = $1 AND sequence_id = $2 ",
            $rest
        )
    };
}

/// Adds a revision.
pub async fn insert(conn: &mut PgConnection, revision: &Revision) -> Result<(), Error> {
    sqlx::query(
        "INSERT INTO sequence_revision (organization_id, sequence_id, revision,
           revision_description, display_name, description, definition, step_ids, create_time,
           exit_criteria, working_hours_only, priority, assign_to)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)",
    )
    .bind(revision.organization.0)
    .bind(revision.sequence.0)
    .bind(revision.number)
    .bind(&revision.revision_description)
    .bind(&revision.plan.display_name)
    .bind(&revision.plan.description)
    .bind(definition_value(&revision.plan.definition))
    .bind(revision.plan.definition.step_ids())
    .bind(revision.create_time)
    .bind(Json(&revision.plan.exit_criteria))
    .bind(revision.plan.working_hours_only)
    .bind(revision.plan.priority.points())
    .bind(Json(&revision.plan.assign_to))
    .execute(conn)
    .instrument(statement::span::of("revisions.insert"))
    .await?;

    Ok(())
}

/// Reads one revision.
pub async fn get(
    conn: &mut PgConnection,
    organization: OrganizationId,
    sequence: SequenceId,
    number: i32,
) -> Result<Option<Revision>, Error> {
    let row: Option<Row> = sqlx::query_as(select!("AND revision = $3"))
        .bind(organization.0)
        .bind(sequence.0)
        .bind(number)
        .fetch_optional(conn)
        .instrument(statement::span::of("revisions.get"))
        .await?;
    row.map(Revision::try_from).transpose()
}

/// Returns at most `limit` revisions of a sequence, newest first, before `before`.
pub async fn page(
    conn: &mut PgConnection,
    organization: OrganizationId,
    sequence: SequenceId,
    before: Option<i32>,
    limit: i64,
) -> Result<Portion<Revision>, Error> {
    let rows =
        sqlx::query(select!("AND ($3::integer IS NULL OR revision < $3) ORDER BY revision DESC LIMIT $4"))
            .bind(organization.0)
            .bind(sequence.0)
            .bind(before)
            .bind(limit)
            .fetch(conn);
    statement::reading::cut::<Row, _>(rows).instrument(statement::span::of("revisions.page")).await
}

/// A revision as it runs.
#[derive(Clone, Debug)]
pub struct Running {
    /// Its key.
    pub key: RevisionKey,
    /// The type of its records.
    pub record_type: RecordTypeId,
    /// Its steps.
    pub definition: Definition,
    /// What ends its enrollments.
    pub exit_criteria: ExitCriteria,
    /// True if due times outside the owner's working hours move to the next working instant.
    pub working_hours_only: bool,
    /// The priority of activities whose records say none.
    pub priority: Priority,
    /// Who does the activities of steps that don't say it.
    pub assign_to: Assignee,
}

#[derive(FromRow)]
struct RunningRow {
    organization_id: Uuid,
    sequence_id: Uuid,
    revision: i32,
    record_type_id: Uuid,
    definition: Json<Definition>,
    exit_criteria: Json<ExitCriteria>,
    working_hours_only: bool,
    priority: i32,
    assign_to: Json<Assignee>,
}

/// Returns what revisions run by. Unknown revisions are absent.
pub async fn definitions(conn: &mut PgConnection, keys: &[RevisionKey]) -> Result<Vec<Running>, Error> {
    let rows: Vec<RunningRow> = sqlx::query_as(
        "SELECT revision.organization_id, revision.sequence_id, revision.revision,
           sequence.record_type_id, revision.definition, revision.exit_criteria,
           revision.working_hours_only, revision.priority, revision.assign_to
         FROM unnest($1::uuid[], $2::uuid[], $3::integer[])
           AS item (organization_id, sequence_id, revision)
         JOIN sequence_revision AS revision ON revision.organization_id = item.organization_id
           AND revision.sequence_id = item.sequence_id AND revision.revision = item.revision
         JOIN sequence ON sequence.organization_id = revision.organization_id
           AND sequence.id = revision.sequence_id
         WHERE one_shard(item.organization_id, $1[1])
         ORDER BY revision.organization_id, revision.sequence_id, revision.revision",
    )
    .bind(column(keys, |key| key.0.0))
    .bind(column(keys, |key| key.1.0))
    .bind(column(keys, |key| key.2))
    .fetch_all(conn)
    .instrument(statement::span::of("revisions.definitions"))
    .await?;

    let read = |row: RunningRow| Running {
        key: (OrganizationId(row.organization_id), SequenceId(row.sequence_id), row.revision),
        record_type: RecordTypeId(row.record_type_id),
        definition: row.definition.0,
        exit_criteria: row.exit_criteria.0,
        working_hours_only: row.working_hours_only,
        priority: Priority::of(row.priority),
        assign_to: row.assign_to.0,
    };
    Ok(rows.into_iter().map(read).collect())
}

/// Returns the ids of all steps in any revision of a sequence.
pub async fn step_ids(
    conn: &mut PgConnection,
    organization: OrganizationId,
    sequence: SequenceId,
) -> Result<BTreeSet<String>, Error> {
    let ids: Vec<String> = sqlx::query_scalar(
        "SELECT DISTINCT unnest(step_ids) AS step_id FROM sequence_revision
         WHERE organization_id = $1 AND sequence_id = $2
         ORDER BY step_id",
    )
    .bind(organization.0)
    .bind(sequence.0)
    .fetch_all(conn)
    .instrument(statement::span::of("revisions.step_ids"))
    .await?;

    Ok(ids.into_iter().collect())
}

/// Returns the ids of the steps of each revision of a sequence, by node.
pub async fn step_ids_by_revision(
    conn: &mut PgConnection,
    organization: OrganizationId,
    sequence: SequenceId,
) -> Result<HashMap<i32, Vec<String>>, Error> {
    let rows: Vec<(i32, Vec<String>)> = sqlx::query_as(
        "SELECT revision, step_ids FROM sequence_revision
         WHERE organization_id = $1 AND sequence_id = $2
         ORDER BY revision",
    )
    .bind(organization.0)
    .bind(sequence.0)
    .fetch_all(conn)
    .instrument(statement::span::of("revisions.step_ids_by_revision"))
    .await?;
    Ok(rows.into_iter().collect())
}

#[derive(FromRow)]
struct Row {
    organization_id: Uuid,
    sequence_id: Uuid,
    revision: i32,
    revision_description: String,
    display_name: String,
    description: String,
    definition: Value,
    exit_criteria: Json<ExitCriteria>,
    create_time: DateTime<Utc>,
    working_hours_only: bool,
    priority: i32,
    assign_to: Json<Assignee>,
}

impl TryFrom<Row> for Revision {
    type Error = Error;

    fn try_from(row: Row) -> Result<Self, Error> {
        let definition = definition(row.definition, "sequence_revision", row.sequence_id)?;
        Ok(Self {
            organization: OrganizationId(row.organization_id),
            sequence: SequenceId(row.sequence_id),
            number: row.revision,
            revision_description: row.revision_description,
            plan: Plan {
                display_name: row.display_name,
                description: row.description,
                definition,
                exit_criteria: row.exit_criteria.0,
                working_hours_only: row.working_hours_only,
                priority: Priority::of(row.priority),
                assign_to: row.assign_to.0,
            },
            create_time: row.create_time,
        })
    }
}
