//! Saves what a batch decided: one statement for the rows, and one, the last, for the queues.

use sqlx::postgres::PgArguments;
use sqlx::query::Query;
use sqlx::{PgConnection, Postgres};
use uuid::Uuid;

use super::columns::column;
use super::enrollments::{Place, place_columns};
use super::{Error, history, queues};
use crate::domain::activity::{Activity, ClosedActivity};
use crate::domain::changes::{Changes, Timer};
use crate::domain::enrollment::Enrollment;
use crate::domain::history::HistoryEvent;
use crate::domain::id::QueueId;

type Statement<'q> = Query<'q, Postgres, PgArguments>;

/// Writes all rows but the queues, whose locks are the hottest: [`bump`] them last.
///
/// The rows that change must be locked. Fails as [`Error::Duplicate`] when another transaction enrolled one of the records first.
pub async fn save_rows(conn: &mut PgConnection, changes: &Changes) -> Result<(), Error> {
    if changes.has_rows() {
        let moved: Vec<&Enrollment> = changes.moved.values().collect();
        let changed: Vec<&Activity> = changes.changed.values().collect();
        let cleared: Vec<&Timer> = changes.timers_cleared.iter().collect();
        let set: Vec<(&Timer, &QueueId)> = changes.timers_set.iter().collect();
        let shown: Vec<(&Timer, &QueueId)> = changes.timers_moved.iter().collect();
        let statement = sqlx::query(include_str!("sql/changes_save.sql"));
        let statement = bind_moved(bind_started(statement, &changes.started), &moved);
        let statement = bind_changed(bind_opened(statement, &changes.opened), &changed);
        let statement = bind_cleared(bind_closed(statement, &changes.closed), &cleared);
        let statement = bind_timers(bind_timers(statement, &set), &shown);
        bind_history(statement, &changes.history).execute(conn).await?;
    }
    Ok(())
}

/// Locks the touched queues in their order and raises their revisions, each with a new stamp. Nothing comes after it but the commit.
pub async fn bump(
    conn: &mut PgConnection,
    changes: &Changes,
    stamp: impl FnMut() -> Uuid,
) -> Result<(), Error> {
    queues::bump(conn, &changes.queues, stamp).await
}

/// [`save_rows`] and [`bump`], for a transaction that has nothing to write in between.
pub async fn save(
    conn: &mut PgConnection,
    changes: &Changes,
    stamp: impl FnMut() -> Uuid,
) -> Result<(), Error> {
    save_rows(conn, changes).await?;
    bump(conn, changes, stamp).await
}

/// Program nodes and step counts are small.
fn node_number(node: usize) -> i32 {
    i32::try_from(node).expect("a program has at most some hundred nodes")
}

fn bind_started<'q>(statement: Statement<'q>, rows: &[Enrollment]) -> Statement<'q> {
    let places = place_columns(rows.iter());
    statement
        .bind(column(rows, |row| row.organization.0))
        .bind(column(rows, |row| row.id.0))
        .bind(column(rows, |row| row.sequence.0))
        .bind(column(rows, |row| row.revision))
        .bind(column(rows, |row| row.record.0))
        .bind(column(rows, |row| row.pass))
        .bind(column(&places, |place| place.state))
        .bind(column(&places, |place| place.reason))
        .bind(column(rows, |row| row.source as i16))
        .bind(column(rows, |row| row.segment.map(|segment| segment.0)))
        .bind(column(rows, |row| node_number(row.node)))
        .bind(column(rows, |row| row.step_reach_time))
        .bind(column(&places, |place| place.waiting_until))
        .bind(column(&places, |place| place.activity_id))
        .bind(column(rows, |row| row.version))
        .bind(column(rows, |row| row.create_time))
        .bind(column(&places, |place| place.end_time))
}

fn bind_moved<'q>(statement: Statement<'q>, rows: &[&Enrollment]) -> Statement<'q> {
    let places: Vec<Place> = place_columns(rows.iter().copied());
    statement
        .bind(column(rows, |row| row.organization.0))
        .bind(column(rows, |row| row.id.0))
        .bind(column(&places, |place| place.state))
        .bind(column(&places, |place| place.reason))
        .bind(column(rows, |row| node_number(row.node)))
        .bind(column(rows, |row| row.step_reach_time))
        .bind(column(&places, |place| place.waiting_until))
        .bind(column(&places, |place| place.activity_id))
        .bind(column(rows, |row| row.version))
        .bind(column(&places, |place| place.end_time))
}

fn bind_opened<'q>(statement: Statement<'q>, rows: &[Activity]) -> Statement<'q> {
    statement
        .bind(column(rows, |row| row.organization.0))
        .bind(column(rows, |row| row.id.0))
        .bind(column(rows, |row| row.enrollment.0))
        .bind(column(rows, |row| row.record.0))
        .bind(column(rows, |row| row.sequence.0))
        .bind(column(rows, |row| row.revision))
        .bind(column(rows, |row| node_number(row.node)))
        .bind(column(rows, |row| row.kind as i16))
        .bind(column(rows, |row| row.queue.0))
        .bind(column(rows, |row| row.record_display_name.clone()))
        .bind(column(rows, |row| row.due_time))
        .bind(column(rows, |row| row.rank))
        .bind(column(rows, |row| row.snooze_until))
        .bind(column(rows, |row| row.snooze_count))
        .bind(column(rows, |row| row.version))
        .bind(column(rows, |row| row.create_time))
}

fn bind_changed<'q>(statement: Statement<'q>, rows: &[&Activity]) -> Statement<'q> {
    statement
        .bind(column(rows, |row| row.organization.0))
        .bind(column(rows, |row| row.id.0))
        .bind(column(rows, |row| row.queue.0))
        .bind(column(rows, |row| row.record_display_name.clone()))
        .bind(column(rows, |row| row.snooze_until))
        .bind(column(rows, |row| row.snooze_count))
        .bind(column(rows, |row| row.version))
}

fn bind_closed<'q>(statement: Statement<'q>, rows: &[ClosedActivity]) -> Statement<'q> {
    statement
        .bind(column(rows, |row| row.activity.organization.0))
        .bind(column(rows, |row| row.activity.id.0))
        .bind(column(rows, |row| row.activity.enrollment.0))
        .bind(column(rows, |row| row.activity.record.0))
        .bind(column(rows, |row| row.activity.sequence.0))
        .bind(column(rows, |row| row.activity.revision))
        .bind(column(rows, |row| node_number(row.activity.node)))
        .bind(column(rows, |row| row.activity.kind as i16))
        .bind(column(rows, |row| row.activity.queue.0))
        .bind(column(rows, |row| row.activity.due_time))
        .bind(column(rows, |row| row.activity.rank))
        .bind(column(rows, |row| row.activity.snooze_count))
        // Closing is a change, too.
        .bind(column(rows, |row| row.activity.version + 1))
        .bind(column(rows, |row| row.activity.create_time))
        .bind(column(rows, |row| row.closing.state as i16))
        .bind(column(rows, |row| row.closing.outcome.clone()))
        .bind(column(rows, |row| row.closing.note.clone()))
        .bind(column(rows, |row| row.closing.by.seller.map(|seller| seller.0)))
        .bind(column(rows, |row| row.closing.by.key.map(|key| key.0)))
        .bind(column(rows, |row| row.closing.at))
        .bind(column(rows, |row| row.closing.item))
}

fn bind_cleared<'q>(statement: Statement<'q>, rows: &[&Timer]) -> Statement<'q> {
    statement
        .bind(column(rows, |row| row.organization.0))
        .bind(column(rows, |row| row.due_at))
        .bind(column(rows, |row| row.kind as i16))
        .bind(column(rows, |row| row.subject))
}

fn bind_timers<'q>(statement: Statement<'q>, rows: &[(&Timer, &QueueId)]) -> Statement<'q> {
    statement
        .bind(column(rows, |(timer, _)| timer.organization.0))
        .bind(column(rows, |(timer, _)| timer.due_at))
        .bind(column(rows, |(timer, _)| timer.kind as i16))
        .bind(column(rows, |(timer, _)| timer.subject))
        .bind(column(rows, |(_, queue)| queue.0))
}

fn bind_history<'q>(statement: Statement<'q>, events: &[HistoryEvent]) -> Statement<'q> {
    let columns = history::Columns::of(events);
    statement
        .bind(columns.organizations)
        .bind(columns.subjects)
        .bind(columns.ids)
        .bind(columns.ats)
        .bind(columns.kinds)
        .bind(columns.actor_sellers)
        .bind(columns.actor_keys)
        .bind(columns.details)
}
