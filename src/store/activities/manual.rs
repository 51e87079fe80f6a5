//! The texts of manual activities, by revision. Their rows never change, except that deleting a
//! record erases them.

use chrono::{DateTime, Utc};
use sqlx::types::Json;
use sqlx::{FromRow, PgConnection};
use tracing::Instrument as _;
use uuid::Uuid;

use crate::domain::assignee::Assignee;
use crate::domain::case::Facts;
use crate::domain::definition::Definition;
use crate::domain::enrollment::EnrollmentSource;
use crate::domain::exit_criteria::ExitCriteria;
use crate::domain::id::{OrganizationId, RecordId, RecordTypeId, SequenceId};
use crate::domain::manual_activity::ManualActivity;
use crate::domain::priority::Priority;
use crate::store::enrollments::facts::{FactsRow, with_facts};
use crate::store::sequences::revisions::{RevisionKey, Running};
use crate::store::statement::columns::column;
use crate::store::{Error, statement};

/// Adds a revision of the text.
pub async fn insert(conn: &mut PgConnection, manual: &ManualActivity) -> Result<(), Error> {
    sqlx::query(
        "INSERT INTO manual_activity (organization_id, sequence_id, revision, record_id,
           record_type_id, definition, create_time)
         VALUES ($1, $2, $3, $4, $5, $6, $7)",
    )
    .bind(manual.organization.0)
    .bind(manual.sequence.0)
    .bind(manual.revision)
    .bind(manual.record.0)
    .bind(manual.record_type.0)
    .bind(Json(manual.definition()))
    .bind(manual.create_time)
    .execute(conn)
    .instrument(statement::span::of("manual.insert"))
    .await?;

    Ok(())
}

/// Returns manual activities by the keys of their revisions. Other keys are absent.
pub async fn get(conn: &mut PgConnection, keys: &[RevisionKey]) -> Result<Vec<ManualActivity>, Error> {
    if keys.is_empty() {
        return Ok(Vec::new());
    }

    let rows: Vec<Row> = sqlx::query_as(
        "SELECT manual_activity.organization_id, manual_activity.sequence_id, manual_activity.revision,
           manual_activity.record_id, manual_activity.record_type_id, manual_activity.definition,
           manual_activity.create_time
         FROM unnest($1::uuid[], $2::uuid[], $3::integer[])
           AS item (organization_id, sequence_id, revision)
         JOIN manual_activity ON manual_activity.organization_id = item.organization_id
           AND manual_activity.sequence_id = item.sequence_id
           AND manual_activity.revision = item.revision
         ORDER BY manual_activity.organization_id, manual_activity.sequence_id, manual_activity.revision",
    )
    .bind(column(keys, |key| key.0.0))
    .bind(column(keys, |key| key.1.0))
    .bind(column(keys, |key| key.2))
    .fetch_all(conn)
    .instrument(statement::span::of("manual.get"))
    .await?;
    rows.into_iter().map(ManualActivity::try_from).collect()
}

/// Returns what manual activities run by, like the revisions of a sequence. Other keys are absent.
pub async fn running(conn: &mut PgConnection, keys: &[RevisionKey]) -> Result<Vec<Running>, Error> {
    let running = |manual: ManualActivity| Running {
        key: (manual.organization, manual.sequence, manual.revision),
        record_type: manual.record_type,
        definition: manual.definition(),
        // Whatever the person does, it is still to be done.
        exit_criteria: ExitCriteria::nothing(),
        working_hours_only: false,
        priority: Priority::default(),
        assign_to: Assignee::default(),
    };
    Ok(get(conn, keys).await?.into_iter().map(running).collect())
}

/// Returns the number of open manual activities of a record, which must be locked.
pub async fn count_open(
    conn: &mut PgConnection,
    organization: OrganizationId,
    record: RecordId,
) -> Result<i64, Error> {
    let count = sqlx::query_scalar(
        // MATERIALIZED finds them by the index that begins with the record.
        "WITH own AS MATERIALIZED (
           SELECT source, end_time FROM enrollment WHERE organization_id = $1 AND record_id = $2
         )
         SELECT count(*) FROM own WHERE source = $3 AND end_time IS NULL",
    )
    .bind(organization.0)
    .bind(record.0)
    .bind(EnrollmentSource::ManualActivity as i16);

    Ok(count.fetch_one(conn).instrument(statement::span::of("manual.count_open")).await?)
}

/// Returns the facts for decisions about a record, which must be locked.
pub async fn facts(
    conn: &mut PgConnection,
    organization: OrganizationId,
    record: RecordId,
) -> Result<Facts, Error> {
    let statement = with_facts(
        "SELECT {facts}
         FROM unnest(ARRAY[$1::uuid]) AS item (organization_id)
         LEFT JOIN record ON record.organization_id = item.organization_id AND record.id = $2
         {tables}",
    );

    // The text contains only constants.
    let row: FactsRow = sqlx::query_as(sqlx::AssertSqlSafe(statement))
        .bind(organization.0)
        .bind(record.0)
        .fetch_one(conn)
        .instrument(statement::span::of("manual.facts"))
        .await?;
    Ok(row.into())
}

/// Erases the words in the manual activities of a record. The record's row must be locked.
pub async fn erase(
    conn: &mut PgConnection,
    organization: OrganizationId,
    record: RecordId,
) -> Result<(), Error> {
    sqlx::query(
        // Without the last argument, a kind would get fields that it doesn't have.
        r#"UPDATE manual_activity SET definition = jsonb_set(jsonb_set(jsonb_set(jsonb_set(definition,
             '{0,display_name}', '""'), '{0,description}', '""'),
             '{0,kind,phone_call,script}', '""', false), '{0,kind,appointment,location}', '""', false)
           WHERE organization_id = $1 AND record_id = $2"#,
    )
    .bind(organization.0)
    .bind(record.0)
    .execute(conn)
    .instrument(statement::span::of("manual.erase"))
    .await?;

    Ok(())
}

#[derive(FromRow)]
struct Row {
    organization_id: Uuid,
    sequence_id: Uuid,
    revision: i32,
    record_id: Uuid,
    record_type_id: Uuid,
    definition: Json<Definition>,
    create_time: DateTime<Utc>,
}

impl TryFrom<Row> for ManualActivity {
    type Error = Error;

    fn try_from(row: Row) -> Result<Self, Error> {
        let step = row.definition.0.steps.into_iter().next();
        let column = "definition";
        let inconsistent = Error::Inconsistent { table: "manual_activity", column, id: row.sequence_id };

        Ok(Self {
            organization: OrganizationId(row.organization_id),
            sequence: SequenceId(row.sequence_id),
            revision: row.revision,
            record: RecordId(row.record_id),
            record_type: RecordTypeId(row.record_type_id),
            step: step.ok_or(inconsistent)?,
            create_time: row.create_time,
        })
    }
}
