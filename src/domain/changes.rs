//! What a batch decided, as rows to write: collected item by item, saved as one statement chain.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, Utc};

use super::activity::{Activity, ActivityState, ClosedActivity};
use super::enrollment::Enrollment;
use super::history::HistoryEvent;
use super::id::{ActivityId, EnrollmentId, OrganizationId, QueueId};
use super::timer::Timer;

/// How a queue's counts move.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct QueueDelta {
    /// Due activities.
    pub due: i64,
    /// Snoozed activities.
    pub snoozed: i64,
}

/// Rows to write. Each row stands in at most one place, so that no part of the statement reads what
/// another writes.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Changes {
    /// New enrollments.
    pub started: Vec<Enrollment>,
    /// Enrollments that moved, as they now stand.
    pub moved: BTreeMap<EnrollmentId, Enrollment>,
    /// New activities.
    pub opened: Vec<Activity>,
    /// Open activities that changed, as they now stand.
    pub changed: BTreeMap<ActivityId, Activity>,
    /// Activities that are no longer open.
    pub closed: Vec<ClosedActivity>,
    /// New timers, each with the queue where it will show.
    pub timers_set: BTreeMap<Timer, QueueId>,
    /// Timers to delete.
    pub timers_cleared: BTreeSet<Timer>,
    /// Timers that will show in another queue.
    pub timers_moved: BTreeMap<Timer, QueueId>,
    /// What happened.
    pub history: Vec<HistoryEvent>,
    /// The queues whose revision goes up.
    pub queues: BTreeMap<(OrganizationId, QueueId), QueueDelta>,
}

impl Changes {
    /// Nothing yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// Whether there is nothing to write.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }

    /// Notes an enrollment as it now stands, also one that started in this batch.
    pub fn move_enrollment(&mut self, enrollment: Enrollment) {
        // The one that moves has mostly started just now.
        match self.started.iter_mut().rfind(|started| started.id == enrollment.id) {
            Some(started) => *started = enrollment,
            None => {
                self.moved.insert(enrollment.id, enrollment);
            }
        }
    }

    /// Adds an activity that is due.
    pub fn open_activity(&mut self, activity: Activity) {
        *self.count(&activity) += 1;
        self.opened.push(activity);
    }

    /// Replaces an open activity, even one of this batch, which stood as `before`. Its timer
    /// follows it.
    pub fn change_activity(&mut self, before: &Activity, after: Activity) {
        *self.count(before) -= 1;
        *self.count(&after) += 1;

        match (before.timer(), after.timer()) {
            (was, is) if was != is => {
                was.into_iter().for_each(|timer| self.clear_timer(timer));
                is.into_iter().for_each(|timer| self.set_timer(timer, after.queue));
            }
            (_, Some(timer)) if before.queue != after.queue => self.move_timer(timer, after.queue),
            _ => {}
        }

        match self.opened.iter_mut().rfind(|opened| opened.id == after.id) {
            Some(opened) => *opened = after,
            None => {
                self.changed.insert(after.id, after);
            }
        }
    }

    /// Ends an activity, also one of this batch.
    pub fn close_activity(&mut self, closed: ClosedActivity) {
        *self.count(&closed.activity) -= 1;
        if let Some(timer) = closed.activity.timer() {
            self.clear_timer(timer);
        }
        self.opened.retain(|opened| opened.id != closed.activity.id);
        self.changed.remove(&closed.activity.id);
        self.closed.push(closed);
    }

    /// Sets a timer; one that this batch cleared just stays.
    pub fn set_timer(&mut self, timer: Timer, queue: QueueId) {
        if self.timers_cleared.remove(&timer) {
            self.timers_moved.insert(timer, queue);
        } else {
            self.timers_set.insert(timer, queue);
        }
    }

    /// Clears a timer; one that this batch set was never there.
    pub fn clear_timer(&mut self, timer: Timer) {
        self.timers_moved.remove(&timer);
        if self.timers_set.remove(&timer).is_none() {
            self.timers_cleared.insert(timer);
        }
    }

    /// Shows a timer in another queue.
    pub fn move_timer(&mut self, timer: Timer, queue: QueueId) {
        match self.timers_set.get_mut(&timer) {
            Some(shown) => *shown = queue,
            None => {
                self.timers_moved.insert(timer, queue);
            }
        }
    }

    /// The earliest timer that was set.
    pub fn earliest_timer(&self) -> Option<DateTime<Utc>> {
        self.timers_set.keys().map(|timer| timer.due_at).min()
    }

    /// The count of its queue that an activity is in.
    fn count(&mut self, activity: &Activity) -> &mut i64 {
        let delta = self.queues.entry((activity.organization, activity.queue)).or_default();
        match activity.state {
            ActivityState::Due => &mut delta.due,
            ActivityState::Snoozed { .. } => &mut delta.snoozed,
        }
    }
}
