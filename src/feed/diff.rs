//! The difference between what a client has and the queue's window. Pure.

use std::collections::HashMap;
use std::sync::Arc;

use super::resume_token::Resume;
use crate::domain::activity::ClosedState;
use crate::domain::history::HistoryKind;
use crate::domain::id::{ActivityId, QueueId};
use crate::store::activities::departures::{Departed, OpenState, TakenOut, Whereabouts};
use crate::store::queues::rows::QueueRow;
use crate::store::queues::states::QueueState;

/// Why a client gets the whole window.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SnapshotCause {
    /// It came without a token.
    Started,
    /// The queue has changed since its token.
    Changed,
    /// It has a state from another history of the database.
    Restored,
    /// Its token is for another window.
    WindowChanged,
    /// Its token, or its stream so far, is for other activities of the queue.
    FilterChanged,
}

/// How a client gets from its state to another.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Difference {
    /// It already has it.
    Nothing,
    /// It already has it, except for the next due time.
    NextDueTime,
    /// It starts over.
    Snapshot(SnapshotCause),
    /// It applies these changes.
    Update {
        /// New or changed, in queue order.
        upserts: Vec<Arc<QueueRow>>,
        /// No longer in the window, in their old order.
        removals: Vec<ActivityId>,
    },
}

/// Why an activity is no longer in the window of a queue.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Departure {
    /// It was closed.
    Closed(ClosedState),
    /// It was snoozed.
    Snoozed,
    /// Its enrollment was paused.
    Paused,
    /// It is in another queue.
    Moved,
    /// It is still due in this queue, but other activities now come before it, or the stream is
    /// narrowed and it no longer matches.
    Displaced,
}

/// Why an activity is no longer in the window of a queue, and who did it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Explained {
    /// Why.
    pub departure: Departure,
    /// Who did it, and by which call. `None` if nobody did, or it isn't known.
    pub taken_out: Option<TakenOut>,
}

impl Explained {
    /// Explains why an activity left the window of `queue`.
    pub fn from_queue(queue: QueueId, departed: Departed) -> Self {
        let departure = Departure::from_queue(queue, departed.whereabouts);
        // If something else happened since, it isn't known who did this.
        let taken_out = departed.last.filter(|last| Some(last.kind) == departure.told_as());
        Self { departure, taken_out }
    }
}

impl Departure {
    /// Returns the kind of the event that tells it. `None` if it is no event of the activity.
    fn told_as(self) -> Option<HistoryKind> {
        match self {
            Self::Closed(state) => Some(state.told_as()),
            Self::Snoozed => Some(HistoryKind::ActivitySnoozed),
            Self::Paused => Some(HistoryKind::EnrollmentPaused),
            Self::Moved => Some(HistoryKind::ActivityMoved),
            Self::Displaced => None,
        }
    }

    /// Returns why an activity that is now at `whereabouts` left the window of `queue`.
    pub fn from_queue(queue: QueueId, whereabouts: Whereabouts) -> Self {
        match whereabouts {
            Whereabouts::Closed(state) => Self::Closed(state),
            Whereabouts::Open { queue: now_in, .. } if now_in != queue => Self::Moved,
            Whereabouts::Open { state: OpenState::Snoozed, .. } => Self::Snoozed,
            Whereabouts::Open { state: OpenState::Paused, .. } => Self::Paused,
            Whereabouts::Open { state: OpenState::Due, .. } => Self::Displaced,
        }
    }
}

/// The first `size` activities.
pub fn window(state: &QueueState, size: usize) -> &[Arc<QueueRow>] {
    &state.rows[..size.min(state.rows.len())]
}

/// How a stream starts for a client that has the state in its token.
pub fn opening(resume: Option<&Resume>, state: &QueueState, (size, filter): (usize, u64)) -> Difference {
    let Some(resume) = resume else { return Difference::Snapshot(SnapshotCause::Started) };
    // Checked first: after a restore, revisions of before mean nothing.
    if goes_back((resume.revision, resume.stamp), state) {
        Difference::Snapshot(SnapshotCause::Restored)
    } else if resume.window != size {
        Difference::Snapshot(SnapshotCause::WindowChanged)
    } else if resume.filter != filter {
        Difference::Snapshot(SnapshotCause::FilterChanged)
    } else if resume.revision < state.revision {
        Difference::Snapshot(SnapshotCause::Changed)
    } else {
        Difference::Nothing
    }
}

/// How a client gets from the state that it was sent to a later one.
pub fn difference(sent: &QueueState, state: &QueueState, size: usize) -> Difference {
    if goes_back((sent.revision, sent.stamp), state) {
        return Difference::Snapshot(SnapshotCause::Restored);
    }

    let (before, after) = (by_id(window(sent, size)), by_id(window(state, size)));
    let unchanged = |row: &QueueRow| before.get(&row.activity.id).is_some_and(|sent| looks_alike(sent, row));
    let upserts: Vec<_> = window(state, size).iter().filter(|row| !unchanged(row)).cloned().collect();
    let ids = window(sent, size).iter().map(|row| row.activity.id);
    let removals: Vec<_> = ids.filter(|id| !after.contains_key(id)).collect();

    // Counts include activities beyond the window, so they can change on their own.
    let counts_alike = (sent.due, sent.snoozed) == (state.due, state.snoozed);
    match upserts.is_empty() && removals.is_empty() && counts_alike {
        true if sent.next_due_time == state.next_due_time => Difference::Nothing,
        true => Difference::NextDueTime,
        false => Difference::Update { upserts, removals },
    }
}

/// Whether two rows of one activity show the same. Texts are frozen and chosen ids fixed, so only
/// these fields can differ.
pub fn looks_alike(one: &QueueRow, other: &QueueRow) -> bool {
    one.activity == other.activity && one.record == other.record
}

/// Revisions increase, and the same number means the same state, unless the database has another
/// history, for example from a backup.
fn goes_back((revision, stamp): (i64, uuid::Uuid), state: &QueueState) -> bool {
    state.revision < revision || (state.revision == revision && state.stamp != stamp)
}

fn by_id(rows: &[Arc<QueueRow>]) -> HashMap<ActivityId, &QueueRow> {
    rows.iter().map(|row| (row.activity.id, &**row)).collect()
}

#[cfg(test)]
mod tests;
