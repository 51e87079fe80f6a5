//! Saves what a batch decided: one statement for all rows, and one, the last, for the queues.

use sqlx::PgConnection;
use uuid::Uuid;

use super::chain::{Chain, Column, Role, Table, Values, table};
use super::columns::column;
use super::{Error, history, queues};
use crate::domain::activity::{Activity, ClosedActivity};
use crate::domain::changes::Changes;
use crate::domain::enrollment::Enrollment;
use crate::domain::id::QueueId;
use crate::domain::timer::Timer;

const ENROLLMENT: Table<Enrollment> = table!("enrollment", Enrollment {
    Key organization_id: uuid => |row| row.organization.0,
    Key id: uuid => |row| row.id.0,
    Fixed sequence_id: uuid => |row| row.sequence.0,
    Fixed revision: integer => |row| row.revision,
    Fixed record_id: uuid => |row| row.record.0,
    Fixed pass_number: integer => |row| row.pass_number,
    Changing state: smallint => |row| row.position.state() as i16,
    Changing reason: smallint => |row| row.position.exit_reason().map_or(0, |reason| reason as i16),
    Fixed source: smallint => |row| row.source as i16,
    Fixed segment_id: uuid => |row| row.segment.map(|segment| segment.0),
    Changing node: integer => |row| row.node.0,
    Changing step_reach_time: timestamptz => |row| row.step_reach_time,
    Changing waiting_until: timestamptz => |row| row.position.waiting().map(|(until, _)| until),
    Changing waiting_for: smallint => |row| row.position.waiting().map(|(_, reason)| reason as i16),
    Changing activity_id: uuid => |row| row.position.activity().map(|activity| activity.0),
    Changing version: bigint => |row| row.version,
    Fixed create_time: timestamptz => |row| row.create_time,
    Changing end_time: timestamptz => |row| row.end_time(),
});

const ACTIVITY: Table<Activity> = table!("activity", Activity {
    Key organization_id: uuid => |row| row.organization.0,
    Key id: uuid => |row| row.id.0,
    Fixed enrollment_id: uuid => |row| row.enrollment.0,
    Fixed record_id: uuid => |row| row.record.0,
    Fixed sequence_id: uuid => |row| row.sequence.0,
    Fixed revision: integer => |row| row.revision,
    Fixed node: integer => |row| row.node.0,
    Fixed kind: smallint => |row| row.kind as i16,
    Changing queue_id: uuid => |row| row.queue.0,
    Changing record_display_name: text => |row| row.record_display_name.as_str(),
    Fixed due_time: timestamptz => |row| row.due_time,
    Fixed rank: timestamptz => |row| row.rank,
    Changing state: smallint => |row| row.state.number(),
    Changing snooze_until: timestamptz => |row| row.state.snooze_until(),
    Changing snooze_count: integer => |row| row.snooze_count,
    Changing version: bigint => |row| row.version,
    Fixed create_time: timestamptz => |row| row.create_time,
});

const CLOSED_ACTIVITY: Table<ClosedActivity> = table!("closed_activity", ClosedActivity {
    Key organization_id: uuid => |row| row.activity.organization.0,
    Key id: uuid => |row| row.activity.id.0,
    Fixed enrollment_id: uuid => |row| row.activity.enrollment.0,
    Fixed record_id: uuid => |row| row.activity.record.0,
    Fixed sequence_id: uuid => |row| row.activity.sequence.0,
    Fixed revision: integer => |row| row.activity.revision,
    Fixed node: integer => |row| row.activity.node.0,
    Fixed kind: smallint => |row| row.activity.kind as i16,
    Fixed queue_id: uuid => |row| row.activity.queue.0,
    Fixed due_time: timestamptz => |row| row.activity.due_time,
    Fixed rank: timestamptz => |row| row.activity.rank,
    Fixed snooze_count: integer => |row| row.activity.snooze_count,
    // Closing is a change, too.
    Fixed version: bigint => |row| row.activity.version + 1,
    Fixed create_time: timestamptz => |row| row.activity.create_time,
    Fixed state: smallint => |row| row.closing.state as i16,
    Fixed outcome: text => |row| row.closing.outcome.as_str(),
    Fixed note: text => |row| row.closing.note.as_str(),
    Fixed closed_by_seller_id: uuid => |row| row.closing.by.seller.map(|seller| seller.0),
    Fixed closed_by_key_id: uuid => |row| row.closing.by.key.map(|key| key.0),
    Fixed close_time: timestamptz => |row| row.closing.at,
    Fixed item_id: uuid => |row| row.closing.item,
});

/// A timer, and the queue where it shows; none where that doesn't matter.
type ShownTimer = (Timer, Option<QueueId>);

const TIMER: Table<ShownTimer> = table!("timer", ShownTimer {
    Key organization_id: uuid => |row| row.0.organization.0,
    Key due_at: timestamptz => |row| row.0.due_at,
    Key kind: smallint => |row| row.0.kind as i16,
    Key subject_id: uuid => |row| row.0.subject,
    Fixed enrollment_id: uuid => |row| row.0.enrollment.0,
    Changing queue_id: uuid => |row| row.1.map(|queue| queue.0),
});

/// Writes all rows but the queues, whose locks are the hottest: [`bump`] them last.
///
/// The rows that change must be locked. Fails as [`Error::Duplicate`] when another transaction
/// enrolled one of the records first.
pub async fn save_rows(conn: &mut PgConnection, changes: &Changes) -> Result<(), Error> {
    let shown = |(timer, queue): (&Timer, &QueueId)| (*timer, Some(*queue));
    let cleared: Vec<ShownTimer> = changes.timers_cleared.iter().map(|timer| (*timer, None)).collect();
    let set: Vec<ShownTimer> = changes.timers_set.iter().map(shown).collect();
    let moved: Vec<ShownTimer> = changes.timers_moved.iter().map(shown).collect();

    let mut chain = Chain::new();
    chain.insert(&ENROLLMENT, &rows(&changes.started));
    chain.update(&ENROLLMENT, &rows(changes.moved.values()));
    chain.insert(&ACTIVITY, &rows(&changes.opened));
    chain.update(&ACTIVITY, &rows(changes.changed.values()));
    chain.delete(&ACTIVITY, &rows(changes.closed.iter().map(|closed| &closed.activity)));
    chain.insert(&CLOSED_ACTIVITY, &rows(&changes.closed));
    chain.delete(&TIMER, &rows(&cleared));
    chain.insert(&TIMER, &rows(&set));
    chain.update(&TIMER, &rows(&moved));
    chain.insert(&history::HISTORY, &rows(&changes.history));
    chain.execute(conn).await
}

fn rows<'a, T>(rows: impl IntoIterator<Item = &'a T>) -> Vec<&'a T> {
    rows.into_iter().collect()
}

/// Locks the touched queues in their order and raises their revisions, each with a new stamp.
/// Nothing comes after it but the commit.
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
