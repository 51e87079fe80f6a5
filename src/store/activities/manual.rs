//! The texts of manual activities, by revision. Their rows never change, except that deleting a
//! record erases them.

use chrono::{DateTime, Utc};
use sqlx::types::Json;
use sqlx::{FromRow, PgConnection};
use strum::VariantArray as _;
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
use crate::domain::step::ActivityKind;
use crate::store::enrollments::facts::{FactsRow, with_facts};
use crate::store::sequences::revisions::{RevisionKey, Running};
use crate::store::statement::chain::Values;
use crate::store::statement::columns::column;
use crate::store::statement::table::{Column, Role, Table, table};
use crate::store::{Error, statement};

/// A new revision of a text.
pub(in crate::store) const TEXT: Table<ManualActivity> = table!("manual_activity", ManualActivity {
    Key organization_id: uuid => |row| row.organization.0,
    Key sequence_id: uuid => |row| row.sequence.0,
    Key revision: integer => |row| row.revision,
    Fixed record_id: uuid => |row| row.record.0,
    Fixed record_type_id: uuid => |row| row.record_type.0,
    Fixed definition: jsonb => |row| Json(row.definition()),
    Fixed create_time: timestamptz => |row| row.create_time,
});

/// A record that is to have a manual activity.
#[derive(Debug)]
pub struct Burdened {
    /// The organization.
    pub organization: OrganizationId,
    /// The record.
    pub record: RecordId,
    /// Its type.
    pub record_type: RecordTypeId,
    /// True if it is closed.
    pub closed: bool,
    /// The number of its open manual activities.
    pub open: i64,
    /// The facts for decisions about it.
    pub facts: Facts,
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
         WHERE one_shard(item.organization_id, $1[1])
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
    Ok(get(conn, keys).await?.into_iter().map(Running::from).collect())
}

impl From<ManualActivity> for Running {
    fn from(manual: ManualActivity) -> Self {
        Self {
            key: (manual.organization, manual.sequence, manual.revision),
            record_type: manual.record_type,
            definition: manual.definition(),
            // Whatever the person does, it is still to be done.
            exit_criteria: ExitCriteria::nothing(),
            working_hours_only: false,
            priority: Priority::default(),
            assign_to: Assignee::default(),
        }
    }
}

/// Returns records that are to have manual activities. They must be locked. Unknown keys are
/// absent.
pub async fn burdened(
    conn: &mut PgConnection,
    keys: &[(OrganizationId, RecordId)],
) -> Result<Vec<Burdened>, Error> {
    if keys.is_empty() {
        return Ok(Vec::new());
    }

    let statement = with_facts(
        // OFFSET 0 finds the enrollments by the index that begins with the record.
        "SELECT item.organization_id, record.id AS record_id, record.record_type_id, record.closed,
           own.open, {facts}
         FROM unnest($1::uuid[], $2::uuid[]) AS item (organization_id, record_id)
         JOIN record ON record.organization_id = item.organization_id AND record.id = item.record_id
         {tables}
         CROSS JOIN LATERAL (
           SELECT count(*) FILTER (WHERE source = $3 AND end_time IS NULL) AS open
           FROM (
             SELECT enrollment.source, enrollment.end_time
             FROM enrollment
             WHERE enrollment.organization_id = item.organization_id
               AND enrollment.record_id = item.record_id
               AND one_shard(enrollment.organization_id, $1[1])
             OFFSET 0
           ) AS one
         ) AS own
         WHERE one_shard(item.organization_id, $1[1])
         ORDER BY item.organization_id, item.record_id",
    );

    // The text contains only constants.
    let rows: Vec<BurdenedRow> = sqlx::query_as(sqlx::AssertSqlSafe(statement))
        .bind(column(keys, |key| key.0.0))
        .bind(column(keys, |key| key.1.0))
        .bind(EnrollmentSource::ManualActivity as i16)
        .fetch_all(conn)
        .instrument(statement::span::of("manual.burdened"))
        .await?;
    Ok(rows.into_iter().map(Burdened::from).collect())
}

/// Erases the words in the manual activities of a record. The record's row must be locked.
pub async fn erase(
    conn: &mut PgConnection,
    organization: OrganizationId,
    record: RecordId,
) -> Result<(), Error> {
    // The text contains only constants.
    sqlx::query(sqlx::AssertSqlSafe(format!(
        "UPDATE manual_activity SET definition = {without_words}
         WHERE organization_id = $1 AND record_id = $2",
        without_words = without_words()
    )))
    .bind(organization.0)
    .bind(record.0)
    .execute(conn)
    .instrument(statement::span::of("manual.erase"))
    .await?;

    Ok(())
}

/// Returns the SQL for a definition of one step without the words that people wrote.
fn without_words() -> String {
    let of_kind = |kind: &ActivityKind| {
        let field = kind.field();
        kind.texts().iter().map(move |text| format!("kind,{field},{text}"))
    };
    let own = ["display_name", "description"].map(str::to_owned).into_iter();
    let texts = own.chain(ActivityKind::VARIANTS.iter().flat_map(of_kind));

    // Without the last argument, a kind would get fields that it doesn't have.
    texts.fold("definition".to_owned(), |definition, text| {
        format!(r#"jsonb_set({definition}, '{{0,{text}}}', '""', false)"#)
    })
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

#[derive(FromRow)]
struct BurdenedRow {
    organization_id: Uuid,
    record_id: Uuid,
    record_type_id: Uuid,
    closed: bool,
    open: i64,
    #[sqlx(flatten)]
    facts: FactsRow,
}

impl From<BurdenedRow> for Burdened {
    fn from(row: BurdenedRow) -> Self {
        Self {
            organization: OrganizationId(row.organization_id),
            record: RecordId(row.record_id),
            record_type: RecordTypeId(row.record_type_id),
            closed: row.closed,
            open: row.open,
            facts: row.facts.into(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_words_of_the_step_and_of_each_kind_are_left_out() {
        let sql = without_words();
        for text in ["display_name", "description", "kind,phone_call,script", "kind,appointment,location"] {
            assert!(sql.contains(&format!(r#"'{{0,{text}}}', '""', false)"#)), "{sql}");
        }
    }
}
