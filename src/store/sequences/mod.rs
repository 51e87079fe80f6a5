//! Sequences: their drafts and states, and what depends on them.

pub mod advances;
mod fields;
pub mod halts;
pub mod revisions;
pub mod split_entries;
pub mod splits;
pub mod tallies;
pub mod templates;
pub mod winners;

use chrono::{DateTime, Utc};
use serde_json::Value;
use sqlx::types::Json;
use sqlx::{FromRow, PgConnection, Postgres, QueryBuilder};
use tracing::Instrument as _;
use uuid::Uuid;

use crate::domain::assignee::Assignee;
use crate::domain::condition::Condition;
use crate::domain::definition::Definition;
use crate::domain::exit_criteria::ExitCriteria;
use crate::domain::filing::Filing;
use crate::domain::id::{ChosenId, OrganizationId, RecordTypeId, SellerId, SequenceId};
use crate::domain::names;
use crate::domain::priority::Priority;
use crate::domain::reenrollment::Reenrollment;
use crate::domain::sequence::{Plan, Sequence, State, Uses};
use crate::domain::throttle::Throttle;
use crate::store::sequences::fields::Fields;
use crate::store::sequences::halts::HaltColumns;
use crate::store::sequences::winners::Winners;
use crate::store::statement::reading::push_matching;
use crate::store::{Error, Portion, statement};

const CHOSEN_ID: &str = "sequence.sequence_id";

/// A sequence with the names and counts that an answer needs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SequenceRow {
    /// The sequence.
    pub sequence: Sequence,
    /// The chosen id of its record type.
    pub record_type: ChosenId,
    /// The chosen id of its owner, or `None` without one.
    pub owner: Option<ChosenId>,
    /// True if the draft differs from the newest revision, or if there is no revision.
    pub draft_changed: bool,
    /// The ordered chosen ids of the segments that feed it, at most 1,000.
    pub connected_segments: Vec<String>,
    /// The number of enrollments that haven't ended.
    pub open_enrollments: i64,
}

/// Adds a sequence. Returns false, and adds nothing, if the id is taken.
pub async fn insert(conn: &mut PgConnection, sequence: &Sequence) -> Result<bool, Error> {
    let inserted: Option<Uuid> = sqlx::query_scalar(
        "INSERT INTO sequence (organization_id, id, sequence_id, record_type_id, display_name,
           description, definition, state, revision, version, create_time, update_time, delete_time,
           owner_id, tags, exit_criteria, working_hours_only, reenrollment, priority, assign_to, throttle)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21)
         ON CONFLICT (organization_id, sequence_id) DO NOTHING
         RETURNING id",
    )
    .bind(sequence.organization.0)
    .bind(sequence.id.0)
    .bind(sequence.sequence_id.as_str())
    .bind(sequence.record_type.0)
    .bind(&sequence.plan.display_name)
    .bind(&sequence.plan.description)
    .bind(definition_value(&sequence.plan.definition))
    .bind(sequence.state.as_str())
    .bind(sequence.state.revision())
    .bind(sequence.version)
    .bind(sequence.create_time)
    .bind(sequence.update_time)
    .bind(sequence.state.delete_time())
    .bind(sequence.filing.owner.map(|owner| owner.0))
    .bind(&sequence.filing.tags)
    .bind(Json(&sequence.plan.exit_criteria))
    .bind(sequence.plan.working_hours_only)
    .bind(Json(sequence.reenrollment))
    .bind(sequence.plan.priority.points())
    .bind(Json(&sequence.plan.assign_to))
    .bind(Json(sequence.throttle))
    .fetch_optional(conn)
    .instrument(statement::span::of("sequences.insert"))
    .await?;

    Ok(inserted.is_some())
}

/// Updates a sequence. Its row must be locked.
pub async fn update(conn: &mut PgConnection, sequence: &Sequence) -> Result<(), Error> {
    let [pause_time, resume_time, exit_time] = halts::times(sequence.halt);
    let written: Option<Uuid> = sqlx::query_scalar(
        "UPDATE sequence
         SET display_name = $3, description = $4, definition = $5, state = $6, revision = $7,
           version = $8, update_time = $9, delete_time = $10, split_winners = $11, owner_id = $12, tags = $13,
           exit_criteria = $14, working_hours_only = $15, halt_number = $16, pause_time = $17,
           resume_time = $18, exit_time = $19, reenrollment = $20, priority = $21, assign_to = $22,
           throttle = $23
         WHERE organization_id = $1 AND id = $2 RETURNING id",
    )
    .bind(sequence.organization.0)
    .bind(sequence.id.0)
    .bind(&sequence.plan.display_name)
    .bind(&sequence.plan.description)
    .bind(definition_value(&sequence.plan.definition))
    .bind(sequence.state.as_str())
    .bind(sequence.state.revision())
    .bind(sequence.version)
    .bind(sequence.update_time)
    .bind(sequence.state.delete_time())
    .bind(Json(&sequence.split_winners))
    .bind(sequence.filing.owner.map(|owner| owner.0))
    .bind(&sequence.filing.tags)
    .bind(Json(&sequence.plan.exit_criteria))
    .bind(sequence.plan.working_hours_only)
    .bind(sequence.halt.map_or(0, |halt| halt.number))
    .bind(pause_time)
    .bind(resume_time)
    .bind(exit_time)
    .bind(Json(sequence.reenrollment))
    .bind(sequence.plan.priority.points())
    .bind(Json(&sequence.plan.assign_to))
    .bind(Json(sequence.throttle))
    .fetch_optional(conn)
    .instrument(statement::span::of("sequences.update"))
    .await?;

    statement::reading::check_written(written, "sequence", sequence.id.0)
}

/// Reads a sequence and locks it until the end of the transaction. For changes of its state:
/// transactions that enroll into it wait.
pub async fn lock(
    conn: &mut PgConnection,
    organization: OrganizationId,
    id: &str,
) -> Result<Option<Sequence>, Error> {
    statement::reading::lock::<Row, _>(conn, select(organization), CHOSEN_ID, id, "FOR UPDATE").await
}

/// Like [`lock`], but for changes of the draft: transactions that enroll don't wait.
pub async fn lock_draft(
    conn: &mut PgConnection,
    organization: OrganizationId,
    id: &str,
) -> Result<Option<Sequence>, Error> {
    statement::reading::lock::<Row, _>(conn, select(organization), CHOSEN_ID, id, "FOR NO KEY UPDATE").await
}

/// Reads sequences, even deleted ones. Locks them like [`lock_draft`], if it `locks`.
pub async fn keyed(
    conn: &mut PgConnection,
    organization: OrganizationId,
    ids: &[SequenceId],
    locks: bool,
) -> Result<Vec<Sequence>, Error> {
    let mut query = select(organization);
    let ids: Vec<Uuid> = ids.iter().map(|id| id.0).collect();
    query.push(" AND id = ANY (").push_bind(ids).push(") ORDER BY id");
    query.push(if locks { " FOR NO KEY UPDATE" } else { "" });
    statement::reading::all::<Row, _>(conn, query).await
}

/// Selects the sequences that get another owner.
#[derive(Clone, Copy, Debug)]
pub enum Reassigned<'a> {
    /// Those with these chosen ids.
    Named(&'a [String]),
    /// Those of this seller that aren't deleted.
    OwnedBy(SellerId),
}

/// Reads sequences, even deleted ones if they are named, and locks them like [`lock_draft`].
pub async fn lock_drafts(
    conn: &mut PgConnection,
    organization: OrganizationId,
    which: Reassigned<'_>,
) -> Result<Vec<Sequence>, Error> {
    let mut query = select(organization);
    match which {
        Reassigned::Named(ids) => query.push(" AND sequence_id = ANY (").push_bind(ids.to_vec()).push(")"),
        Reassigned::OwnedBy(SellerId(seller)) => {
            query.push(" AND delete_time IS NULL AND owner_id = ").push_bind(seller)
        }
    };
    query.push(" ORDER BY id FOR NO KEY UPDATE");
    statement::reading::all::<Row, _>(conn, query).await
}

/// Gives sequences, which must be locked, another owner.
pub async fn reassign(
    conn: &mut PgConnection,
    organization: OrganizationId,
    sequences: &[SequenceId],
    owner: Option<SellerId>,
    now: DateTime<Utc>,
) -> Result<(), Error> {
    sqlx::query(
        "UPDATE sequence SET owner_id = $3, version = version + 1, update_time = $4
         WHERE organization_id = $1 AND id = ANY ($2)",
    )
    .bind(organization.0)
    .bind(sequences.iter().map(|sequence| sequence.0).collect::<Vec<_>>())
    .bind(owner.map(|owner| owner.0))
    .bind(now)
    .execute(conn)
    .instrument(statement::span::of("sequences.reassign"))
    .await?;
    Ok(())
}

/// Reads a sequence, even a deleted one, with names and counts by the id that the caller chose.
pub async fn find(
    conn: &mut PgConnection,
    organization: OrganizationId,
    id: &str,
) -> Result<Option<SequenceRow>, Error> {
    statement::reading::find::<NamedRow, _>(conn, select_shown(organization), CHOSEN_ID, id).await
}

/// Reads a sequence, even a deleted one, with names and counts by key.
pub async fn get(
    conn: &mut PgConnection,
    organization: OrganizationId,
    id: SequenceId,
) -> Result<Option<SequenceRow>, Error> {
    statement::reading::get::<NamedRow, _>(conn, select_shown(organization), "sequence.id", id.0).await
}

/// Selects the sequences of a list.
#[derive(Clone, Copy, Debug)]
pub struct Selection<'a> {
    /// Only those that match. `None`: all.
    pub filter: Option<&'a Condition>,
    /// Include deleted ones.
    pub show_deleted: bool,
    /// Only those after this chosen id. `None`: from the first.
    pub after: Option<&'a str>,
}

/// Returns at most `limit` of the selected sequences, ordered by chosen id.
pub async fn page(
    conn: &mut PgConnection,
    organization: OrganizationId,
    selection: Selection<'_>,
    limit: i64,
) -> Result<Portion<SequenceRow>, Error> {
    let mut query = select_shown(organization);
    if !selection.show_deleted {
        query.push(" AND sequence.delete_time IS NULL");
    }
    push_matching(&mut query, selection.filter, &Fields);
    statement::reading::page::<NamedRow, _>(conn, query, CHOSEN_ID, selection.after, limit).await
}

/// Counts the active sequences. The count stays true while the organization's row is locked.
pub async fn count_active(conn: &mut PgConnection, organization: OrganizationId) -> Result<i64, Error> {
    Ok(sqlx::query_scalar("SELECT count(*) FROM sequence WHERE organization_id = $1 AND state = 'ACTIVE'")
        .bind(organization.0)
        .fetch_one(conn)
        .instrument(statement::span::of("sequences.count_active"))
        .await?)
}

/// Returns what depends on a sequence. It stays true while the sequence's row is locked.
pub async fn uses(
    conn: &mut PgConnection,
    organization: OrganizationId,
    id: SequenceId,
) -> Result<Uses, Error> {
    let open_enrollments = sqlx::query_scalar(
        "SELECT count(*) FROM enrollment
         WHERE organization_id = $1 AND sequence_id = $2 AND end_time IS NULL",
    );
    let open_enrollments = open_enrollments
        .bind(organization.0)
        .bind(id.0)
        .fetch_one(&mut *conn)
        .instrument(statement::span::of("sequences.uses"))
        .await?;

    let segments: Vec<String> = sqlx::query_scalar(
        "SELECT segment_id FROM segment WHERE organization_id = $1 AND connected_sequence_id = $2
         ORDER BY segment_id",
    )
    .bind(organization.0)
    .bind(id.0)
    .fetch_all(conn)
    .instrument(statement::span::of("sequences.uses"))
    .await?;

    let connected_segments = segments.into_iter().map(|segment| names::SEGMENT.name([segment])).collect();
    Ok(Uses { open_enrollments, connected_segments })
}

/// Returns a definition in its stored form.
pub(in crate::store) fn definition_value(definition: &Definition) -> Value {
    serde_json::to_value(definition).expect("definitions are plain data")
}

/// Reads a definition in its stored form, from row `id` of `table`.
pub(in crate::store) fn definition(kept: Value, table: &'static str, id: Uuid) -> Result<Definition, Error> {
    serde_json::from_value(kept).map_err(|_| Error::Inconsistent { table, column: "definition", id })
}

fn select(organization: OrganizationId) -> QueryBuilder<Postgres> {
    let mut query = QueryBuilder::new(
        "SELECT organization_id, id, sequence_id, record_type_id, display_name, description,
           definition, state, revision, split_winners, version, create_time, update_time, delete_time,
           owner_id, tags, exit_criteria, working_hours_only, halt_number, pause_time, resume_time,
           exit_time, reenrollment, throttle, priority, assign_to
         FROM sequence WHERE organization_id = ",
    );
    query.push_bind(organization.0);
    query
}

fn select_shown(organization: OrganizationId) -> QueryBuilder<Postgres> {
    let mut query = QueryBuilder::new(include_str!("../sql/sequence_select.sql"));
    query.push_bind(organization.0);
    query
}

#[derive(FromRow)]
struct Row {
    organization_id: Uuid,
    id: Uuid,
    sequence_id: String,
    record_type_id: Uuid,
    display_name: String,
    description: String,
    definition: Value,
    exit_criteria: Json<ExitCriteria>,
    #[sqlx(flatten)]
    state: StateColumns,
    #[sqlx(flatten)]
    halt: HaltColumns,
    split_winners: Json<Winners>,
    version: i64,
    create_time: DateTime<Utc>,
    update_time: DateTime<Utc>,
    owner_id: Option<Uuid>,
    tags: Vec<String>,
    working_hours_only: bool,
    priority: i32,
    reenrollment: Json<Reenrollment>,
    throttle: Json<Throttle>,
    assign_to: Json<Assignee>,
}

/// The columns that make up the state of a sequence.
#[derive(FromRow)]
pub(in crate::store) struct StateColumns {
    state: String,
    revision: i32,
    delete_time: Option<DateTime<Utc>>,
}

impl StateColumns {
    /// Returns the state of sequence `id`.
    pub(in crate::store) fn read(&self, id: Uuid) -> Result<State, Error> {
        let state = State::of(&self.state, self.revision, self.delete_time);
        state.ok_or(Error::Inconsistent { table: "sequence", column: "state", id })
    }
}

impl TryFrom<Row> for Sequence {
    type Error = Error;

    fn try_from(row: Row) -> Result<Self, Error> {
        let state = row.state.read(row.id)?;
        let definition = definition(row.definition, "sequence", row.id)?;
        Ok(Self {
            organization: OrganizationId(row.organization_id),
            id: SequenceId(row.id),
            sequence_id: ChosenId::known(row.sequence_id),
            record_type: RecordTypeId(row.record_type_id),
            plan: Plan {
                display_name: row.display_name,
                description: row.description,
                definition,
                exit_criteria: row.exit_criteria.0,
                working_hours_only: row.working_hours_only,
                priority: Priority::of(row.priority),
                assign_to: row.assign_to.0,
            },
            filing: Filing { owner: row.owner_id.map(SellerId), tags: row.tags },
            reenrollment: row.reenrollment.0,
            throttle: row.throttle.0,
            state,
            halt: row.halt.read(),
            split_winners: row.split_winners.0,
            version: row.version,
            create_time: row.create_time,
            update_time: row.update_time,
        })
    }
}

#[derive(FromRow)]
struct NamedRow {
    #[sqlx(flatten)]
    sequence: Row,
    record_type: String,
    draft_changed: bool,
    owner: Option<String>,
    connected_segments: Vec<String>,
    open_enrollments: i64,
}

impl TryFrom<NamedRow> for SequenceRow {
    type Error = Error;

    fn try_from(row: NamedRow) -> Result<Self, Error> {
        Ok(Self {
            sequence: row.sequence.try_into()?,
            record_type: ChosenId::known(row.record_type),
            draft_changed: row.draft_changed,
            owner: row.owner.map(ChosenId::known),
            connected_segments: row.connected_segments,
            open_enrollments: row.open_enrollments,
        })
    }
}
