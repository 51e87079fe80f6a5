//! Saves the changes of a batch: one statement for all rows, then a last one for the queues.

use sqlx::PgConnection;
use uuid::Uuid;

use crate::domain::changes::Changes;
use crate::domain::id::QueueId;
use crate::domain::timer::Timer;
use crate::store::activities::manual::TEXT;
use crate::store::activities::table::{ACTIVITY, CLOSED};
use crate::store::enrollments::places;
use crate::store::enrollments::table::ENROLLMENT;
use crate::store::sequences::split_entries;
use crate::store::sequences::tallies::{self, TALLY};
use crate::store::statement::chain::{Chain, Values};
use crate::store::statement::columns::column;
use crate::store::statement::table::{Column, Role, Table, table};
use crate::store::{Error, activities, history, queues};

/// A timer, and the queue whose next due time it counts for. `None` if it counts for none, or that
/// doesn't matter.
type ShownTimer = (Timer, Option<QueueId>);

const TIMER: Table<ShownTimer> = table!("timer", ShownTimer {
    Key organization_id: uuid => |row| row.0.organization.0,
    Key due_at: timestamptz => |row| row.0.due_at,
    Key kind: smallint => |row| row.0.kind as i16,
    Key subject_id: uuid => |row| row.0.subject,
    Fixed enrollment_id: uuid => |row| row.0.enrollment.0,
    Changing queue_id: uuid => |row| row.1.map(|queue| queue.0),
});

/// Writes all rows except the queues. Queues have the most contended locks, so [`bump`] them last.
///
/// Rows that change must be locked.
///
/// # Errors
/// [`Error::Duplicate`] if another transaction enrolled one of the records first.
pub async fn save_rows(conn: &mut PgConnection, changes: &Changes) -> Result<(), Error> {
    let shown = |(timer, queue): (&Timer, &QueueId)| (*timer, timer.kind.counts_as_due().then_some(*queue));
    // Timers are deleted by key, and the queue is not part of the key.
    let cleared: Vec<ShownTimer> = changes.timers_cleared.iter().map(|timer| (*timer, None)).collect();
    let set: Vec<ShownTimer> = changes.timers_set.iter().map(shown).collect();
    let moved: Vec<ShownTimer> = changes.timers_moved.iter().map(shown).collect();

    let closed = rows(changes.closed.iter().map(|closed| &closed.activity));
    let tallies = tallies::fresh(&changes.tallies);
    let closings = rows(changes.closed.iter().map(|closed| &closed.closing));

    let mut chain = Chain::new();
    chain.insert(&ENROLLMENT, &rows(&changes.started));
    let (in_full, others): (Vec<_>, Vec<_>) =
        changes.moved.values().partition(|enrollment| changes.in_full.contains(&enrollment.id));
    chain.update(&ENROLLMENT, &others);
    chain.update_rare(&ENROLLMENT, &in_full);
    // One that is put into another queue or noted at once has a column that new activities don't.
    let opened = changes.opened.iter().chain(&changes.reopened);
    let (in_full, opened): (Vec<_>, Vec<_>) =
        opened.partition(|activity| activity.reassigned_from.is_some() || !activity.note.is_empty());
    chain.insert(&ACTIVITY, &opened);
    chain.insert_in_full(&ACTIVITY, &in_full);
    chain.insert(&TEXT, &rows(&changes.manual_texts));
    let (wide, narrow): (Vec<_>, Vec<_>) =
        changes.changed.values().partition(|activity| changes.changed_rarely.contains(&activity.id));
    chain.update(&ACTIVITY, &narrow);
    chain.update_rare(&ACTIVITY, &wide);
    // A closed activity moves from one table to the other, and back if it is reopened.
    chain.delete(&ACTIVITY, &closed);
    chain.insert_into("closed_activity", activities::table::closed(&closed, &closings));
    chain.delete(&CLOSED, &rows(&changes.reopened));
    chain.delete(&TIMER, &rows(&cleared));
    chain.insert(&TIMER, &rows(&set));
    chain.update(&TIMER, &rows(&moved));
    chain.insert(&places::PLACE, &rows(changes.places_taken.values()));
    // One that begins may end in the same moment.
    let (begun, ended): (Vec<_>, Vec<_>) =
        changes.places_changed.values().partition(|place| place.begin_time.is_some());
    chain.update(&places::BEGUN, &begun);
    chain.update(&places::ENDED, &ended);
    chain.delete(&places::PLACE, &rows(changes.places_left.values()));
    history::append_to(&mut chain, &rows(&changes.history));
    chain.insert(&TALLY, &rows(&tallies));
    split_entries::append_to(&mut chain, &changes.splits);
    chain.run(conn).await
}

fn rows<'a, T>(rows: impl IntoIterator<Item = &'a T>) -> Vec<&'a T> {
    rows.into_iter().collect()
}

/// Locks the touched queues in the order of their keys, raises their revisions, and gives each a
/// new stamp. Call it last, directly before the commit.
pub async fn bump(
    conn: &mut PgConnection,
    changes: &Changes,
    stamp: impl FnMut() -> Uuid,
) -> Result<(), Error> {
    queues::bump(conn, &changes.queues, stamp).await
}

/// Runs [`save_rows`] and [`bump`], for a transaction that writes nothing in between.
pub async fn save(
    conn: &mut PgConnection,
    changes: &Changes,
    stamp: impl FnMut() -> Uuid,
) -> Result<(), Error> {
    save_rows(conn, changes).await?;
    bump(conn, changes, stamp).await
}
