//! Leases: one caller has an activity alone for a while. The lease's id is the proof, and its epoch
//! tells later leases from earlier ones.

use chrono::{DateTime, TimeDelta, Utc};

use super::activity::{Activity, ActivityState};
use super::caller::Actor;
use super::case::{Broken, Case};
use super::flow::Flow;
use super::history::{HistoryDetail, HistoryKind};
use super::id::{KeyId, LeaseId, QueueId};
use super::reason::Reason;
use super::refusal::Refusal;
use super::violation::Violation;

/// The right to act on an activity alone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Lease {
    /// Its key, which only its holder knows.
    pub id: LeaseId,
    /// Higher than that of every earlier lease of the activity.
    pub epoch: i64,
    /// The first instant at which it no longer holds.
    pub until: DateTime<Utc>,
    /// The API key that acquired it.
    pub holder: KeyId,
}

/// The shortest and the longest lease, inclusive.
const LENGTHS: [TimeDelta; 2] = [TimeDelta::seconds(10), TimeDelta::hours(1)];

/// The length of a lease if the caller doesn't choose one.
pub const DEFAULT_LENGTH: TimeDelta = TimeDelta::minutes(5);

/// Checks how long a lease shall last: 10 seconds to an hour.
///
/// # Errors
/// It is shorter or longer.
pub fn check_length(field: &str, length: TimeDelta) -> Result<TimeDelta, Violation> {
    let [shortest, longest] = LENGTHS;
    match (shortest..=longest).contains(&length) {
        true => Ok(length),
        false => {
            let (shortest, longest) = (shortest.num_seconds(), longest.num_seconds());
            let description = format!("must be from {shortest}s to {longest}s");
            Err(Violation::new(field, Reason::FieldInvalid, description))
        }
    }
}

impl Activity {
    /// Returns the lease that holds at this time. At its last instant it no longer does, even if
    /// its timer hasn't fired yet.
    pub fn lease_at(&self, now: DateTime<Utc>) -> Option<Lease> {
        self.lease.filter(|lease| now < lease.until)
    }

    /// Checks that a caller, who has shown this lease or none, may act on it.
    ///
    /// # Errors
    /// The lease isn't the present one, or somebody else has it.
    pub fn check_lease(&self, shown: Option<LeaseId>, by: Actor, now: DateTime<Utc>) -> Result<(), Refusal> {
        match (shown, self.lease_at(now)) {
            (Some(id), Some(lease)) if lease.id == id => Ok(()),
            (Some(_), _) => Err(Refusal::LeaseLost { activity: self.id, state: self.state.as_str() }),
            (None, Some(Lease { holder, until, .. })) if by.key != Some(holder) => {
                Err(Refusal::ActivityLeased { activity: self.id, holder, until })
            }
            (None, _) => Ok(()),
        }
    }
}

impl Case {
    /// Ends a lease that nobody extended in time. The activity is due as before, in its old place.
    pub(super) fn expire(&self, before: &Activity, until: DateTime<Utc>, flow: &mut Flow<'_>) {
        let detail = HistoryDetail { planned: Some(until), ..HistoryDetail::of(before) };
        flow.note(&self.enrollment, HistoryKind::LeaseExpired, Actor::UPNEXT, detail);
        Self::let_to(before, None, flow);
    }

    /// Writes the last halt of the case's sequence, if that is still to be done. The case itself
    /// stays as it was, and can't be leased. Otherwise the work of a halted sequence would keep the
    /// head of a queue until its operation comes to it.
    ///
    /// # Errors
    /// The case is broken.
    pub fn settle_head(&self, flow: &mut Flow<'_>) -> Result<(), Broken> {
        // Another call of the batch may have done it.
        if self.is_unsettled() && !flow.changes.moved.contains_key(&self.enrollment.id) {
            self.settled(flow)?;
        }
        Ok(())
    }

    /// Leases the open activity to an API key for so long, and returns the lease. `None` if it
    /// isn't due in this queue, or is leased already.
    pub fn lease(
        &self,
        queue: QueueId,
        holder: KeyId,
        length: TimeDelta,
        flow: &mut Flow<'_>,
    ) -> Option<Lease> {
        let before = self.open.as_ref().filter(|open| open.queue == queue)?;
        let free = before.state == ActivityState::Due && before.lease.is_none() && !self.is_unsettled();
        // An earlier call of the batch may have changed it.
        if !free || flow.changes.still_open(before.id).is_some() {
            return None;
        }

        // Each change raises the version, so it tells later leases from earlier ones.
        let epoch = before.version + 1;
        let lease = Lease { id: LeaseId((flow.mint)()), epoch, until: flow.now + length, holder };
        Self::let_to(before, Some(lease), flow);
        Some(lease)
    }

    /// Makes the present lease last for so long from now. Call this after checking that the caller
    /// has it.
    ///
    /// # Errors
    /// Broken if no activity is open, or it isn't leased.
    pub fn extend_lease(&self, length: TimeDelta, flow: &mut Flow<'_>) -> Result<Lease, Broken> {
        let before = self.activity()?;
        let lease = before.lease.ok_or(self.broken("activity_id"))?;
        let lease = Lease { until: flow.now + length, ..lease };
        Self::let_to(before, Some(lease), flow);
        Ok(lease)
    }

    /// Ends the present lease. The activity is due as before, in its old place.
    ///
    /// # Errors
    /// Broken if no activity is open.
    pub fn end_lease(&self, flow: &mut Flow<'_>) -> Result<(), Broken> {
        Self::let_to(self.activity()?, None, flow);
        Ok(())
    }

    fn let_to(before: &Activity, lease: Option<Lease>, flow: &mut Flow<'_>) {
        let after = Activity { lease, version: before.version + 1, ..before.clone() };
        flow.changes.change_activity(before, after);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_lease_lasts_from_ten_seconds_to_an_hour() {
        let micro = TimeDelta::microseconds(1);
        for length in [TimeDelta::seconds(10), DEFAULT_LENGTH, TimeDelta::hours(1)] {
            assert_eq!(check_length("x", length), Ok(length));
        }
        for length in [TimeDelta::seconds(10) - micro, TimeDelta::hours(1) + micro, -micro] {
            assert_eq!(check_length("x", length).unwrap_err().reason, Reason::FieldInvalid);
        }
    }
}
