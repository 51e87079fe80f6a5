//! What sellers do with an open activity without closing it.

use chrono::{DateTime, Utc};

use super::activity::{Activity, ActivityState, Marks};
use super::caller::Actor;
use super::case::{Broken, Case};
use super::flow::Flow;
use super::history::{HistoryDetail, HistoryKind};
use super::id::QueueId;

/// New values of what sellers note on an open activity. `None` leaves a value as it is.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Notes {
    /// The note.
    pub note: Option<String>,
    /// Whether it was read.
    pub read: Option<bool>,
    /// Whether it is followed.
    pub followed: Option<bool>,
}

impl Case {
    /// Snoozes the open activity until a time.
    ///
    /// # Errors
    /// Broken if no activity is open.
    pub fn snooze(&self, until: DateTime<Utc>, by: Actor, flow: &mut Flow<'_>) -> Result<Activity, Broken> {
        let before = self.activity()?;
        let detail = HistoryDetail { planned: Some(until), ..HistoryDetail::of(before) };
        flow.note(&self.enrollment, HistoryKind::ActivitySnoozed, by, detail);

        let after = Activity {
            state: ActivityState::Snoozed { until },
            // Nobody works on what is put off.
            lease: None,
            auto_skip_time: None,
            snooze_count: before.snooze_count + 1,
            version: before.version + 1,
            ..before.clone()
        };
        flow.changes.change_activity(before, after.clone());
        Ok(after)
    }

    /// Ends the snooze of the open activity before its time. `None` if it is due already.
    ///
    /// # Errors
    /// Broken if no activity is open.
    pub fn unsnooze(&self, by: Actor, flow: &mut Flow<'_>) -> Result<Option<Activity>, Broken> {
        let before = self.activity()?;
        let snoozed = before.state.snooze_until();
        Ok(snoozed.map(|until| self.wake(before, until, by, flow)))
    }

    /// Puts the open activity into another queue, where it stays until it belongs in another
    /// one. Does nothing if it is there.
    ///
    /// # Errors
    /// Broken if no activity is open.
    pub fn reassign(&self, to: QueueId, by: Actor, flow: &mut Flow<'_>) -> Result<Activity, Broken> {
        let before = self.activity()?;
        let home = self.home_of(before, self.target()?).queue;
        if before.queue == to {
            return Ok(before.clone());
        }

        flow.note(&self.enrollment, HistoryKind::ActivityMoved, by, HistoryDetail::of(before));
        let after = Activity {
            queue: to,
            // A lease is for the work of one queue.
            lease: None,
            // They were the other seller's.
            marks: Marks::default(),
            auto_skip_time: None,
            reassigned_from: (to != home).then_some(home),
            version: before.version + 1,
            ..before.clone()
        };
        flow.changes.change_activity(before, after.clone());
        Ok(after)
    }

    /// Makes a snoozed activity due again. Its snooze was until `until`.
    pub(super) fn wake(
        &self,
        before: &Activity,
        until: DateTime<Utc>,
        by: Actor,
        flow: &mut Flow<'_>,
    ) -> Activity {
        let detail = HistoryDetail { planned: Some(until), ..HistoryDetail::of(before) };
        flow.note(&self.enrollment, HistoryKind::ActivityWoken, by, detail);

        // The due time stays, so the activity returns to its old place in the queue. Only one that
        // was scheduled for later is due since now.
        let due_time = before.due_time.min(flow.now);
        let rank = before.priority.rank(due_time);
        let version = before.version + 1;
        let after = Activity { state: ActivityState::Due, due_time, rank, version, ..before.clone() };
        flow.changes.change_activity(before, after.clone());
        after
    }

    /// Gives the open activity the place in its queue that its record has by now.
    ///
    /// # Errors
    /// Broken if the case lacks something.
    pub fn rank_anew(&self, flow: &mut Flow<'_>) -> Result<(), Broken> {
        let case = self.settled(flow)?;
        let Some(before) = &case.open else { return Ok(()) };
        let priority = case.facts.priority;
        if priority != before.priority {
            let rank = priority.rank(before.due_time);
            let after = Activity { priority, rank, version: before.version + 1, ..before.clone() };
            flow.changes.change_activity(before, after);
        }
        Ok(())
    }

    /// Changes what sellers note on the open activity. Does nothing if all is so already.
    ///
    /// # Errors
    /// Broken if no activity is open.
    pub fn annotate(&self, notes: &Notes, flow: &mut Flow<'_>) -> Result<(), Broken> {
        let before = self.activity()?;
        let marks = Marks {
            read: notes.read.unwrap_or(before.marks.read),
            followed: notes.followed.unwrap_or(before.marks.followed),
        };
        // No event: the timeline tells how work goes, not who looked at it.
        let note = notes.note.as_ref().unwrap_or(&before.note).clone();
        // Only having read it leaves it untouched.
        let touched = marks.followed || note != before.note;
        let auto_skip_time = before.auto_skip_time.filter(|_| !touched);
        let after = Activity { marks, note, auto_skip_time, ..before.clone() };
        if after != *before {
            flow.changes.change_activity(before, Activity { version: before.version + 1, ..after });
        }

        Ok(())
    }
}
