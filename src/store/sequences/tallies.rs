//! Tallies of sequences. Each transaction adds rows with what it counts, and a loop merges those of
//! a day. The sum of the rows is right at every instant, because a merge replaces rows by their
//! sum.

use std::sync::LazyLock;

use chrono::NaiveDate;
use sqlx::types::Json;
use sqlx::{AssertSqlSafe, FromRow, PgConnection};
use strum::VariantArray as _;
use tracing::Instrument as _;
use uuid::Uuid;

use crate::domain::activity::ClosedState;
use crate::domain::enrollment::EnrollmentSource;
use crate::domain::history::HistoryKind;
use crate::domain::id::{ActivityId, EnrollmentId, OrganizationId, RecordId, SequenceId};
use crate::domain::step::ActivityKind;
use crate::domain::tally::{Counted, STAYS, Tallies, Tally, TallyKey, WHOLE};
use crate::store::enrollments::timers;
use crate::store::statement::chain::{Chain, Values};
use crate::store::statement::columns::column;
use crate::store::statement::table::{Column, Role, Table, table};
use crate::store::{Error, horizons, statement};

/// A row of the table.
#[derive(Clone, Debug, PartialEq)]
pub struct TallyRow {
    /// The revision and day.
    pub key: TallyKey,
    /// Its own key.
    pub id: Uuid,
    /// True for the sum of earlier rows.
    pub merged: bool,
    /// What is counted.
    pub tally: Tally,
}

pub(in crate::store) const TALLY: Table<TallyRow> = table!("sequence_tally", TallyRow {
    Key organization_id: uuid => |row| row.key.organization.0,
    Key sequence_id: uuid => |row| row.key.sequence.0,
    Key revision: integer => |row| row.key.revision,
    Key day: date => |row| row.key.day,
    Key id: uuid => |row| row.id,
    Fixed merged: boolean => |row| row.merged,
    Fixed tally: jsonb => |row| Json(&row.tally),
});

/// Returns the rows with what a transaction counted.
pub(in crate::store) fn fresh(tallies: &Tallies) -> Vec<TallyRow> {
    let counting = tallies.iter().filter(|(.., tally)| !tally.is_empty());
    counting.map(|(key, id, tally)| TallyRow { key: *key, id, merged: false, tally: tally.clone() }).collect()
}

/// Adds what a transaction counted.
pub async fn append(conn: &mut PgConnection, tallies: &Tallies) -> Result<(), Error> {
    let rows = fresh(tallies);
    let mut chain = Chain::new();
    chain.insert(&TALLY, &rows.iter().collect::<Vec<_>>());
    chain.run(conn).await
}

/// Returns the organizations that have rows to merge.
pub async fn organizations_waiting(conn: &mut PgConnection) -> Result<Vec<OrganizationId>, Error> {
    let ids: Vec<Uuid> = sqlx::query_scalar(
        "SELECT organization_id FROM organization
         WHERE EXISTS (
           SELECT FROM sequence_tally AS fresh
           WHERE fresh.organization_id = organization.organization_id AND NOT fresh.merged)
         ORDER BY organization_id",
    )
    .fetch_all(conn)
    .instrument(statement::span::of("tallies.organizations_waiting"))
    .await?;
    Ok(ids.into_iter().map(OrganizationId).collect())
}

/// Locks at most `limit` rows to merge, the oldest first, and with them the merged rows of the same
/// revisions and days. Leaves out what another transaction merges.
pub async fn lock_to_merge(
    conn: &mut PgConnection,
    organization: OrganizationId,
    limit: i64,
) -> Result<Vec<TallyRow>, Error> {
    let mut rows: Vec<Row> = sqlx::query_as(
        "SELECT organization_id, sequence_id, revision, day, id, merged, tally FROM sequence_tally
         WHERE organization_id = $1 AND NOT merged ORDER BY id LIMIT $2 FOR UPDATE SKIP LOCKED",
    )
    .bind(organization.0)
    .bind(limit)
    .fetch_all(&mut *conn)
    .instrument(statement::span::of("tallies.lock_to_merge"))
    .await?;

    let mut keys: Vec<_> = rows.iter().map(|row| (row.sequence_id, row.revision, row.day)).collect();
    keys.sort_unstable();
    keys.dedup();
    let merged: Vec<Row> = sqlx::query_as(
        "SELECT kept.organization_id, kept.sequence_id, kept.revision, kept.day, kept.id, kept.merged, kept.tally
         FROM unnest($2::uuid[], $3::integer[], $4::date[]) AS item (sequence_id, revision, day)
         JOIN sequence_tally AS kept ON kept.sequence_id = item.sequence_id
           AND kept.revision = item.revision AND kept.day = item.day
         WHERE kept.organization_id = $1 AND kept.merged
         ORDER BY kept.id FOR UPDATE OF kept SKIP LOCKED",
    )
    .bind(organization.0)
    .bind(column(&keys, |key| key.0))
    .bind(column(&keys, |key| key.1))
    .bind(column(&keys, |key| key.2))
    .fetch_all(conn)
    .instrument(statement::span::of("tallies.lock_to_merge"))
    .await?;
    rows.extend(merged);
    Ok(rows.into_iter().map(TallyRow::from).collect())
}

/// Replaces rows, which must be locked, by their sums.
pub async fn replace(conn: &mut PgConnection, rows: &[TallyRow], sums: &[TallyRow]) -> Result<(), Error> {
    let mut chain = Chain::new();
    chain.delete(&TALLY, &rows.iter().collect::<Vec<_>>());
    chain.insert(&TALLY, &sums.iter().collect::<Vec<_>>());
    chain.run(conn).await
}

/// Returns the tallies of a sequence, of one revision or of all, in one state of the database.
pub async fn of_sequence(
    conn: &mut PgConnection,
    organization: OrganizationId,
    sequence: SequenceId,
    revision: Option<i32>,
) -> Result<Vec<TallyRow>, Error> {
    let rows: Vec<Row> = sqlx::query_as(
        "SELECT organization_id, sequence_id, revision, day, id, merged, tally FROM sequence_tally
         WHERE organization_id = $1 AND sequence_id = $2 AND ($3::integer IS NULL OR revision = $3)
         ORDER BY revision, day, id",
    )
    .bind(organization.0)
    .bind(sequence.0)
    .bind(revision)
    .fetch_all(conn)
    .instrument(statement::span::of("tallies.of_sequence"))
    .await?;
    Ok(rows.into_iter().map(TallyRow::from).collect())
}

/// Returns the sequences that a record is or was enrolled in, each with the revision of its latest
/// enrollment.
pub async fn sequences_of_record(
    conn: &mut PgConnection,
    organization: OrganizationId,
    record: RecordId,
) -> Result<Vec<(SequenceId, i32)>, Error> {
    let rows: Vec<(Uuid, i32)> = sqlx::query_as(
        "SELECT DISTINCT ON (sequence_id) sequence_id, revision FROM enrollment
         WHERE organization_id = $1 AND record_id = $2 AND source <> $3
         ORDER BY sequence_id, id DESC",
    )
    .bind(organization.0)
    .bind(record.0)
    .bind(EnrollmentSource::ManualActivity as i16)
    .fetch_all(conn)
    .instrument(statement::span::of("tallies.sequences_of_record"))
    .await?;
    Ok(rows.into_iter().map(|(sequence, revision)| (SequenceId(sequence), revision)).collect())
}

/// Returns what takes the words of closed activities out of the tallies: each event counts without
/// its word instead. Call it before the words are erased from history.
pub async fn without_words(
    conn: &mut PgConnection,
    organization: OrganizationId,
    closed: &[(EnrollmentId, ActivityId)],
    new_id: impl FnMut() -> Uuid,
) -> Result<Tallies, Error> {
    let worded = HistoryKind::VARIANTS.iter().filter(|kind| kind.has_word());
    let (subjects, activities): (Vec<Uuid>, Vec<String>) =
        closed.iter().map(|(enrollment, activity)| (enrollment.0, activity.to_string())).unzip();
    let rows: Vec<WordRow> = sqlx::query_as(
        "SELECT enrollment.sequence_id, coalesce((
             -- Before it moved to its revision, it was on the one that the next move tells.
             SELECT (move.detail ->> 'revision')::integer
             FROM history AS move
             WHERE move.organization_id = $1 AND move.subject_id = history.subject_id
               AND move.kind = $5 AND move.id > history.id
             ORDER BY move.id
             LIMIT 1), enrollment.revision), (history.at AT TIME ZONE 'UTC')::date,
           (history.detail ->> 'node')::integer, history.kind, history.detail ->> 'outcome'
         FROM history
         JOIN enrollment ON enrollment.organization_id = history.organization_id AND enrollment.id = history.subject_id
         WHERE history.organization_id = $1 AND history.subject_id = ANY ($2)
           AND history.detail ->> 'activity' = ANY ($3) AND history.kind = ANY ($4)
           AND history.detail ? 'outcome' AND enrollment.source <> $6
         ORDER BY history.id",
    )
    .bind(organization.0)
    .bind(subjects)
    .bind(activities)
    .bind(worded.map(|kind| *kind as i16).collect::<Vec<_>>())
    .bind(HistoryKind::EnrollmentMigrated as i16)
    .bind(EnrollmentSource::ManualActivity as i16)
    .fetch_all(conn)
    .instrument(statement::span::of("tallies.without_words"))
    .await?;

    Ok(unworded(organization, rows, new_id))
}

/// Like [`without_words`], for what a record's activities were closed with whose timelines are
/// forgotten. Call it before the words are erased from the activities.
pub async fn without_forgotten_words(
    conn: &mut PgConnection,
    organization: OrganizationId,
    record: RecordId,
    new_id: impl FnMut() -> Uuid,
) -> Result<Tallies, Error> {
    let chosen = ActivityKind::VARIANTS.iter().filter(|kind| kind.has_chosen_outcomes());
    let rows: Vec<WordRow> = sqlx::query_as(AssertSqlSafe(FORGOTTEN.as_str()))
        .bind(organization.0)
        .bind(record.0)
        .bind(EnrollmentSource::ManualActivity as i16)
        .bind(chosen.map(|kind| *kind as i16).collect::<Vec<_>>())
        .fetch_all(conn)
        .instrument(statement::span::of("tallies.without_forgotten_words"))
        .await?;
    Ok(unworded(organization, rows, new_id))
}

/// Finds the words of closed activities that no event tells any more, each with a day on which it
/// is counted: that of the activity's end, if it isn't another one because it was reported late.
static FORGOTTEN: LazyLock<String> = LazyLock::new(|| {
    let told = [ClosedState::Completed, ClosedState::Skipped];
    let kind =
        statement::words::case("closed.state", told.map(|state| (state as i16, state.told_as() as i16)));
    format!(
        "SELECT closed.sequence_id, closed.revision, counted.day, closed.node, {kind}::smallint, closed.outcome
         FROM closed_activity AS closed
         JOIN enrollment ON enrollment.organization_id = closed.organization_id
           AND enrollment.id = closed.enrollment_id AND enrollment.source <> $3
         JOIN history_horizon AS horizon ON horizon.organization_id = closed.organization_id
           AND enrollment.end_time < horizon.at
         CROSS JOIN LATERAL (
           SELECT kept.day FROM sequence_tally AS kept
           CROSS JOIN LATERAL jsonb_array_elements(kept.tally -> 'counts') AS part (item)
           WHERE kept.organization_id = $1 AND kept.sequence_id = closed.sequence_id
             AND kept.revision = closed.revision AND kept.day >= (closed.close_time AT TIME ZONE 'UTC')::date
             AND part.item ->> 0 = closed.node::text AND part.item ->> 1 = {kind}::text
             AND part.item ->> 2 = closed.outcome
           GROUP BY kept.day HAVING sum((part.item ->> 3)::bigint) > 0
           ORDER BY kept.day LIMIT 1
         ) AS counted
         WHERE closed.organization_id = $1 AND closed.record_id = $2 AND closed.outcome <> ''
           AND (closed.state = {skipped} OR closed.state = {completed} AND closed.kind <> ALL ($4))
           AND NOT EXISTS (
             SELECT FROM history
             WHERE history.organization_id = $1
               AND history.subject_id = closed.enrollment_id AND history.detail ->> 'activity' = closed.id::text)",
        skipped = ClosedState::Skipped as i16,
        completed = ClosedState::Completed as i16
    )
});

/// A word that tallies count: sequence, revision, day, node, kind and the word.
type WordRow = (Uuid, i32, NaiveDate, i32, i16, String);

/// Returns what counts these without their words.
fn unworded(organization: OrganizationId, rows: Vec<WordRow>, mut new_id: impl FnMut() -> Uuid) -> Tallies {
    let mut tallies = Tallies::default();
    for (sequence, revision, day, node, kind, word) in rows {
        let key = TallyKey { organization, sequence: SequenceId(sequence), revision, day };
        tallies.add(key, new_id(), Counted { node, kind, word }, -1);
        tallies.add(key, new_id(), Counted { node, kind, word: String::new() }, 1);
    }
    tallies
}

static RECOUNT: LazyLock<String> = LazyLock::new(|| {
    let kinds = |wanted: fn(HistoryKind) -> bool| {
        let kinds = HistoryKind::VARIANTS.iter().filter(|kind| wanted(**kind));
        statement::words::numbers(kinds.map(|kind| *kind as i16))
    };
    let one = |kind: HistoryKind| (kind as i16).to_string();
    include_str!("../sql/tallies_recount.sql")
        .replace("{whole}", &WHOLE.to_string())
        .replace("{stays}", &STAYS.to_string())
        .replace("{worded}", &kinds(HistoryKind::has_word))
        .replace("{of_enrollment}", &kinds(HistoryKind::is_tallied))
        .replace("{passing}", &kinds(HistoryKind::passes_step))
        .replace("{arriving}", &kinds(|kind| kind.reaches_step() && kind != HistoryKind::ActivityReopened))
        .replace("{elsewhere}", &timers::elsewhere())
        .replace(
            "{closings}",
            &kinds(|kind| matches!(kind, HistoryKind::RecordClosed | HistoryKind::RecordReopened)),
        )
        .replace("{manual}", &(EnrollmentSource::ManualActivity as i16).to_string())
        .replace("{migrated}", &one(HistoryKind::EnrollmentMigrated))
        .replace("{moved}", &one(HistoryKind::EnrollmentMoved))
        .replace("{completed}", &one(HistoryKind::EnrollmentCompleted))
});

/// Counts the history of an organization anew. What is counted of forgotten days stays. `id` is a
/// new key. The transaction must read one state of the database (REPEATABLE READ), so that rows of
/// later transactions stay.
pub async fn recount(conn: &mut PgConnection, organization: OrganizationId, id: Uuid) -> Result<(), Error> {
    let horizon = horizons::of(conn, organization).await?;
    let first = horizon.map(|horizon| horizon.date_naive());
    sqlx::query("DELETE FROM sequence_tally WHERE organization_id = $1 AND ($2::date IS NULL OR day >= $2)")
        .bind(organization.0)
        .bind(first)
        .execute(&mut *conn)
        .instrument(statement::span::of("tallies.recount"))
        .await?;
    // The text contains only numbers of enums.
    let recount = sqlx::query(AssertSqlSafe(RECOUNT.as_str()));
    recount
        .bind(organization.0)
        .bind(id)
        .bind(first)
        .execute(conn)
        .instrument(statement::span::of("tallies.recount"))
        .await?;
    Ok(())
}

#[derive(FromRow)]
struct Row {
    organization_id: Uuid,
    sequence_id: Uuid,
    revision: i32,
    day: NaiveDate,
    id: Uuid,
    merged: bool,
    tally: Json<Tally>,
}

impl From<Row> for TallyRow {
    fn from(row: Row) -> Self {
        let (organization, sequence) = (OrganizationId(row.organization_id), SequenceId(row.sequence_id));
        let key = TallyKey { organization, sequence, revision: row.revision, day: row.day };
        Self { key, id: row.id, merged: row.merged, tally: row.tally.0 }
    }
}
