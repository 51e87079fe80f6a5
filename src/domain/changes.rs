//! The rows that a batch decided to write. They are collected item by item, and saved in one chain
//! of statements.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, Utc};

use super::activity::{Activity, ActivityState, ClosedActivity};
use super::enrollment::Enrollment;
use super::history::HistoryEvent;
use super::id::{ActivityId, EnrollmentId, OrganizationId, QueueId};
use super::manual_activity::ManualActivity;
use super::split_entry::SplitEntries;
use super::tally::Tallies;
use super::throttle::{Line, LineKey, Place};
use super::timer::Timer;

/// The changes of a queue's counts.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct QueueDelta {
    /// The change in the number of due activities.
    pub due: i64,
    /// The change in the number of snoozed activities.
    pub snoozed: i64,
}

/// Rows to write. Each row is in at most one of the fields, so that no part of the statement chain
/// reads what another part writes.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Changes {
    /// New enrollments.
    pub started: Vec<Enrollment>,
    /// Enrollments that moved, in their new state.
    pub moved: BTreeMap<EnrollmentId, Enrollment>,
    /// New activities.
    pub opened: Vec<Activity>,
    /// New texts of manual activities.
    pub manual_texts: Vec<ManualActivity>,
    /// Closed activities that are open again.
    pub reopened: Vec<Activity>,
    /// Those of them of which even the rarely changing columns are written.
    pub in_full: BTreeSet<EnrollmentId>,
    /// Open activities that changed, in their new state.
    pub changed: BTreeMap<ActivityId, Activity>,
    /// Those of them of which something changed that rarely does: the lease, the marks, the note,
    /// where it was reassigned from, or why it is manual.
    pub changed_rarely: BTreeSet<ActivityId>,
    /// Activities that are no longer open.
    pub closed: Vec<ClosedActivity>,
    /// New timers, each with the queue of its work.
    pub timers_set: BTreeMap<Timer, QueueId>,
    /// Timers to delete.
    pub timers_cleared: BTreeSet<Timer>,
    /// Saved timers, each with the queue that shows it from now on.
    pub timers_moved: BTreeMap<Timer, QueueId>,
    /// New places in the lines of sequences.
    pub places_taken: BTreeMap<EnrollmentId, Place>,
    /// Places of which the given times are new.
    pub places_changed: BTreeMap<EnrollmentId, Place>,
    /// Places in lines that somebody left who waited there.
    pub places_left: BTreeMap<EnrollmentId, Place>,
    /// Events to add to the history.
    pub history: Vec<HistoryEvent>,
    /// The same events of enrollments, counted.
    pub tallies: Tallies,
    /// What they tell of splits: who took which variant, and what was reached.
    pub splits: SplitEntries,
    /// The queues whose revision goes up, with the changes of their counts.
    pub queues: BTreeMap<(OrganizationId, QueueId), QueueDelta>,
    /// The organization of a call, whose transaction may write more than these changes.
    pub call_of: Option<OrganizationId>,
}

impl Changes {
    /// Returns no changes.
    pub fn new() -> Self {
        Self::default()
    }

    /// True if there is nothing to write.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }

    /// Sets the new state of an enrollment, even of one that this batch started.
    pub fn move_enrollment(&mut self, enrollment: Enrollment) {
        // From the end, because usually the last one that started is the one that moves.
        match self.started.iter_mut().rfind(|started| started.id == enrollment.id) {
            Some(started) => *started = enrollment,
            None => _ = self.moved.insert(enrollment.id, enrollment),
        }
    }

    /// Adds a new activity, which is due.
    pub fn open_activity(&mut self, activity: Activity) {
        self.count(&activity, 1);
        activity.timer().into_iter().for_each(|timer| self.set_timer(timer, activity.queue));
        self.opened.push(activity);
    }

    /// Replaces an open activity, even one of this batch, and its timer. `before` is the state that
    /// it replaces.
    pub fn change_activity(&mut self, before: &Activity, after: Activity) {
        self.count(before, -1);
        self.count(&after, 1);

        match (before.timer(), after.timer()) {
            // The time is part of a timer's key, so a new time needs a new row.
            (was, is) if was != is => {
                was.into_iter().for_each(|timer| self.clear_timer(timer));
                is.into_iter().for_each(|timer| self.set_timer(timer, after.queue));
            }
            (_, Some(timer)) if before.queue != after.queue => self.move_timer(timer, after.queue),
            _ => {}
        }

        // One that this batch opened isn't saved yet, so its new row is replaced, not updated.
        match self.opened.iter_mut().rfind(|opened| opened.id == after.id) {
            Some(opened) => *opened = after,
            None => {
                if before.has_other_rare_columns_than(&after) {
                    self.changed_rarely.insert(after.id);
                }
                self.changed.insert(after.id, after);
            }
        }
    }

    /// Closes an activity, even one of this batch.
    pub fn close_activity(&mut self, closed: ClosedActivity) {
        // A closed activity still has its last open state, which says where it was counted.
        self.count(&closed.activity, -1);
        if let Some(timer) = closed.activity.timer() {
            self.clear_timer(timer);
        }

        // The closed row replaces all others: each row is in at most one place.
        self.opened.retain(|opened| opened.id != closed.activity.id);
        self.changed.remove(&closed.activity.id);
        self.changed_rarely.remove(&closed.activity.id);
        self.closed.push(closed);
    }

    /// Opens a saved, closed activity again.
    pub fn reopen_activity(&mut self, activity: Activity) {
        self.count(&activity, 1);
        if let Some(timer) = activity.timer() {
            self.set_timer(timer, activity.queue);
        }
        self.reopened.push(activity);
    }

    /// Sets a timer. If this batch cleared it, its saved row is kept instead.
    pub fn set_timer(&mut self, timer: Timer, queue: QueueId) {
        if self.timers_cleared.remove(&timer) {
            // The saved row has the queue from before.
            self.timers_moved.insert(timer, queue);
        } else {
            self.timers_set.insert(timer, queue);
        }
    }

    /// Clears a timer. If this batch set it, there is no saved row to delete.
    pub fn clear_timer(&mut self, timer: Timer) {
        // A row that is deleted must not be updated by the same chain of statements.
        self.timers_moved.remove(&timer);
        if self.timers_set.remove(&timer).is_none() {
            self.timers_cleared.insert(timer);
        }
    }

    /// Moves a timer to another queue, even one that this batch set.
    pub fn move_timer(&mut self, timer: Timer, queue: QueueId) {
        match self.timers_set.get_mut(&timer) {
            // Not saved yet, so the new row just gets the other queue.
            Some(shown) => *shown = queue,
            None => _ = self.timers_moved.insert(timer, queue),
        }
    }

    /// Adds a place in a line.
    pub fn take_place(&mut self, place: Place) {
        self.places_taken.insert(place.enrollment, place);
    }

    /// Sets those times of a place that are given, even of one that this batch added.
    pub fn change_place(&mut self, place: Place) {
        let changed = match self.places_taken.get_mut(&place.enrollment) {
            Some(taken) => taken,
            None => self.places_changed.entry(place.enrollment).or_insert(place),
        };
        changed.begin_time = place.begin_time.or(changed.begin_time);
        changed.end_time = place.end_time.or(changed.end_time);
    }

    /// Removes a place of somebody who waits in a line, even of one that this batch added.
    pub fn leave_line(&mut self, place: Place) {
        if self.places_taken.remove(&place.enrollment).is_none() {
            self.places_left.insert(place.enrollment, place);
        }
    }

    /// Returns a line as this batch leaves it so far. Places that it frees count from the commit
    /// on: the line is served then.
    pub fn line_now(&self, line: Line, key: LineKey) -> Line {
        let taken = self.places_taken.values().filter(|place| place.line == key);
        taken.fold(line, |line, place| match place.begin_time {
            Some(_) => {
                let active = line.active + i64::from(place.end_time.is_none());
                Line { begun_today: line.begun_today + 1, active, ..line }
            }
            None => Line { waiting: line.waiting + 1, ..line },
        })
    }

    /// Returns the new state of an open activity. `None` if it didn't change.
    pub fn still_open(&self, id: ActivityId) -> Option<&Activity> {
        self.changed.get(&id).or_else(|| self.opened.iter().rfind(|opened| opened.id == id))
    }

    /// Adds what a commit still needs of changes whose rows are saved: the queues to bump, and what
    /// wakes others.
    pub fn add_saved(&mut self, saved: Changes) {
        for (queue, delta) in saved.queues {
            let sum = self.queues.entry(queue).or_default();
            sum.due += delta.due;
            sum.snoozed += delta.snoozed;
        }
        self.history.extend(saved.history);
        self.moved.extend(saved.moved);
        self.timers_set.extend(saved.timers_set);
        self.timers_moved.extend(saved.timers_moved);
    }

    /// Returns the earliest time of a new timer. `None` if no timer was set.
    pub fn earliest_timer(&self) -> Option<DateTime<Utc>> {
        self.timers_set.keys().map(|timer| timer.due_at).min()
    }

    /// Changes the count that includes the activity: that of its state in its queue.
    fn count(&mut self, activity: &Activity, by: i64) {
        let key = (activity.organization, activity.queue);
        match activity.state {
            ActivityState::Due => self.queues.entry(key).or_default().due += by,
            ActivityState::Snoozed { .. } => self.queues.entry(key).or_default().snoozed += by,
            // It is in no queue, so it touches none.
            ActivityState::Paused { .. } => {}
        }
    }
}
