//! Saves what a batch decided: one statement for all rows, and one, the last, for the queues.

use sqlx::PgConnection;
use uuid::Uuid;

use super::chain::{Chain, Values};
use super::columns::column;
use super::enrollments::{Place, place_columns};
use super::{Error, history, queues};
use crate::domain::activity::{Activity, ClosedActivity};
use crate::domain::changes::{Changes, Timer};
use crate::domain::enrollment::Enrollment;
use crate::domain::id::QueueId;

/// Writes all rows but the queues, whose locks are the hottest: [`bump`] them last.
///
/// The rows that change must be locked. Fails as [`Error::Duplicate`] when another transaction enrolled one of the records first.
pub async fn save_rows(conn: &mut PgConnection, changes: &Changes) -> Result<(), Error> {
    let moved: Vec<&Enrollment> = changes.moved.values().collect();
    let changed: Vec<&Activity> = changes.changed.values().collect();
    let cleared: Vec<&Timer> = changes.timers_cleared.iter().collect();
    let set: Vec<(&Timer, &QueueId)> = changes.timers_set.iter().collect();
    let shown: Vec<(&Timer, &QueueId)> = changes.timers_moved.iter().collect();
    let mut chain = Chain::new();
    chain.part(&changes.started, include_str!("sql/enrollments_start.sql"), bind_started);
    chain.part(&moved, include_str!("sql/enrollments_move.sql"), bind_moved);
    chain.part(&changes.opened, include_str!("sql/activities_open.sql"), bind_opened);
    chain.part(&changed, include_str!("sql/activities_change.sql"), bind_changed);
    chain.part(&changes.closed, include_str!("sql/activities_close.sql"), bind_gone);
    chain.part(&changes.closed, include_str!("sql/closed_activities_append.sql"), bind_closed);
    chain.part(&cleared, include_str!("sql/timers_clear.sql"), bind_cleared);
    chain.part(&set, include_str!("sql/timers_set.sql"), bind_set);
    chain.part(&shown, include_str!("sql/timers_show.sql"), bind_shown);
    chain.part(&changes.history, include_str!("sql/history_append.sql"), history::bind);
    chain.execute(conn).await
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

fn bind_started(values: Values, rows: &[Enrollment]) -> Values {
    let places = place_columns(rows.iter());
    values
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
        .bind(column(rows, |row| row.node.0))
        .bind(column(rows, |row| row.step_reach_time))
        .bind(column(&places, |place| place.waiting_until))
        .bind(column(&places, |place| place.waiting_for))
        .bind(column(&places, |place| place.activity_id))
        .bind(column(rows, |row| row.version))
        .bind(column(rows, |row| row.create_time))
        .bind(column(&places, |place| place.end_time))
}

fn bind_moved(values: Values, rows: &[&Enrollment]) -> Values {
    let places: Vec<Place> = place_columns(rows.iter().copied());
    values
        .bind(column(rows, |row| row.organization.0))
        .bind(column(rows, |row| row.id.0))
        .bind(column(&places, |place| place.state))
        .bind(column(&places, |place| place.reason))
        .bind(column(rows, |row| row.node.0))
        .bind(column(rows, |row| row.step_reach_time))
        .bind(column(&places, |place| place.waiting_until))
        .bind(column(&places, |place| place.waiting_for))
        .bind(column(&places, |place| place.activity_id))
        .bind(column(rows, |row| row.version))
        .bind(column(&places, |place| place.end_time))
}

fn bind_opened(values: Values, rows: &[Activity]) -> Values {
    values
        .bind(column(rows, |row| row.organization.0))
        .bind(column(rows, |row| row.id.0))
        .bind(column(rows, |row| row.enrollment.0))
        .bind(column(rows, |row| row.record.0))
        .bind(column(rows, |row| row.sequence.0))
        .bind(column(rows, |row| row.revision))
        .bind(column(rows, |row| row.node.0))
        .bind(column(rows, |row| row.kind as i16))
        .bind(column(rows, |row| row.queue.0))
        .bind(column(rows, |row| row.record_display_name.as_str()))
        .bind(column(rows, |row| row.due_time))
        .bind(column(rows, |row| row.rank))
        .bind(column(rows, |row| row.state.number()))
        .bind(column(rows, |row| row.state.snooze_until()))
        .bind(column(rows, |row| row.snooze_count))
        .bind(column(rows, |row| row.version))
        .bind(column(rows, |row| row.create_time))
}

fn bind_changed(values: Values, rows: &[&Activity]) -> Values {
    values
        .bind(column(rows, |row| row.organization.0))
        .bind(column(rows, |row| row.id.0))
        .bind(column(rows, |row| row.queue.0))
        .bind(column(rows, |row| row.record_display_name.as_str()))
        .bind(column(rows, |row| row.state.number()))
        .bind(column(rows, |row| row.state.snooze_until()))
        .bind(column(rows, |row| row.snooze_count))
        .bind(column(rows, |row| row.version))
}

fn bind_gone(values: Values, rows: &[ClosedActivity]) -> Values {
    values.bind(column(rows, |row| row.activity.organization.0)).bind(column(rows, |row| row.activity.id.0))
}

fn bind_closed(values: Values, rows: &[ClosedActivity]) -> Values {
    values
        .bind(column(rows, |row| row.activity.organization.0))
        .bind(column(rows, |row| row.activity.id.0))
        .bind(column(rows, |row| row.activity.enrollment.0))
        .bind(column(rows, |row| row.activity.record.0))
        .bind(column(rows, |row| row.activity.sequence.0))
        .bind(column(rows, |row| row.activity.revision))
        .bind(column(rows, |row| row.activity.node.0))
        .bind(column(rows, |row| row.activity.kind as i16))
        .bind(column(rows, |row| row.activity.queue.0))
        .bind(column(rows, |row| row.activity.due_time))
        .bind(column(rows, |row| row.activity.rank))
        .bind(column(rows, |row| row.activity.snooze_count))
        // Closing is a change, too.
        .bind(column(rows, |row| row.activity.version + 1))
        .bind(column(rows, |row| row.activity.create_time))
        .bind(column(rows, |row| row.closing.state as i16))
        .bind(column(rows, |row| row.closing.outcome.as_str()))
        .bind(column(rows, |row| row.closing.note.as_str()))
        .bind(column(rows, |row| row.closing.by.seller.map(|seller| seller.0)))
        .bind(column(rows, |row| row.closing.by.key.map(|key| key.0)))
        .bind(column(rows, |row| row.closing.at))
        .bind(column(rows, |row| row.closing.item))
}

fn bind_cleared(values: Values, rows: &[&Timer]) -> Values {
    values
        .bind(column(rows, |row| row.organization.0))
        .bind(column(rows, |row| row.due_at))
        .bind(column(rows, |row| row.kind as i16))
        .bind(column(rows, |row| row.subject))
}

fn bind_shown(values: Values, rows: &[(&Timer, &QueueId)]) -> Values {
    values
        .bind(column(rows, |(timer, _)| timer.organization.0))
        .bind(column(rows, |(timer, _)| timer.due_at))
        .bind(column(rows, |(timer, _)| timer.kind as i16))
        .bind(column(rows, |(timer, _)| timer.subject))
        .bind(column(rows, |(_, queue)| queue.0))
}

fn bind_set(values: Values, rows: &[(&Timer, &QueueId)]) -> Values {
    bind_shown(values, rows).bind(column(rows, |(timer, _)| timer.enrollment.0))
}
