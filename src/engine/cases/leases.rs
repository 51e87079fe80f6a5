//! Extends leases and gives leased activities back.

use chrono::TimeDelta;

use crate::domain::case::Case;
use crate::domain::flow::Flow;
use crate::domain::id::{ActivityId, LeaseId};
use crate::engine::cases::acquire_activities::Acquired;
use crate::engine::cases::verbs::{Asked, CaseVerb, LeaseUse, Subject};
use crate::engine::frame::verb::Item;
use crate::engine::{Engine, Error, Request};

/// Makes a lease end later, or earlier.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ExtendLease {
    /// The activity.
    pub activity: ActivityId,
    /// The lease that the caller has.
    pub lease: LeaseId,
    /// How long it lasts from now.
    pub length: TimeDelta,
}

/// Gives a leased activity back.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ReleaseActivity {
    /// The activity.
    pub activity: ActivityId,
    /// The lease that the caller has.
    pub lease: LeaseId,
}

impl Engine {
    /// Extends a lease.
    ///
    /// # Errors
    /// - [`Error::Missing`], even if the activity exists but is not the caller's.
    /// - [`Error::Refused`] with `LeaseLost`.
    pub async fn extend_lease(&self, request: Request, command: ExtendLease) -> Result<Acquired, Error> {
        self.batches().extend_lease.submit(Item::new(self.core(), request, command)).await
    }

    /// Gives a leased activity back. Returns its key.
    ///
    /// # Errors
    /// Like [`Self::extend_lease`].
    pub async fn release_activity(
        &self,
        request: Request,
        command: ReleaseActivity,
    ) -> Result<ActivityId, Error> {
        self.batches().release.submit(Item::new(self.core(), request, command)).await
    }
}

impl CaseVerb for ExtendLease {
    type Answer = Acquired;

    fn subject(&self) -> Subject {
        Subject::Activity(self.activity)
    }

    fn lease(&self) -> LeaseUse {
        LeaseUse::Shown(Some(self.lease))
    }

    fn decide(&self, case: &Case, _: Asked<'_>, flow: &mut Flow<'_>) -> Result<Acquired, Error> {
        Ok(Acquired::of(self.activity, case.extend_lease(self.length, flow)?))
    }
}

impl CaseVerb for ReleaseActivity {
    type Answer = ActivityId;

    fn subject(&self) -> Subject {
        Subject::Activity(self.activity)
    }

    fn lease(&self) -> LeaseUse {
        LeaseUse::Shown(Some(self.lease))
    }

    fn decide(&self, case: &Case, _: Asked<'_>, flow: &mut Flow<'_>) -> Result<ActivityId, Error> {
        case.end_lease(flow)?;
        Ok(self.activity)
    }
}
