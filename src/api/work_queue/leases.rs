//! Leases: activities that one caller has alone for a while. Acquiring waits for work if there is
//! none.

use chrono::{DateTime, TimeDelta, Utc};
use prost_types::Duration;
use tonic::{Request, Response, Status};
use uuid::Uuid;

use crate::api::call::Call;
use crate::api::convert::{activity as convert, length, length_within};
use crate::api::pb::activity::View;
use crate::api::work_queue::service::activity_id;
use crate::api::{Api, pb};
use crate::domain::id::{LeaseId, QueueId};
use crate::domain::lease::{DEFAULT_LENGTH, Lease, check_length};
use crate::domain::names;
use crate::domain::reason::Reason;
use crate::domain::violation::{Violation, Violations};
use crate::engine::{AcquireActivities, Acquired, ExtendLease, ReleaseActivity, Repetition};

/// The longest time for which a call waits for work.
const LONGEST_WAIT: TimeDelta = TimeDelta::seconds(30);

impl Api {
    pub(super) async fn acquire(
        &self,
        request: Request<pb::AcquireActivitiesRequest>,
    ) -> Result<Response<pb::AcquireActivitiesResponse>, Status> {
        let (call, mut message) = self.enter(request)?;
        let (repetition, mut found) = call.check(&mut message, |message| &mut message.request_id);
        if !message.queue.is_empty() {
            found.keep("", names::queue("queue", &message.queue));
        }
        let length = found.keep("", lease_length(message.lease_duration.as_ref()));
        let wait = message.wait_duration.as_ref();
        let wait = found.keep("", length_within("wait_duration", wait, TimeDelta::zero(), LONGEST_WAIT));
        let (length, wait) = found.settle((length, wait))?;

        let queue = self.workplace(&call, "queue", &message.queue).await?;
        let most = usize::try_from(message.max_activities).unwrap_or_default().max(1);
        // Without kinds, every bit is set.
        let kinds = message.kinds().map(|kind| 1_i64 << kind as i32).reduce(|bits, bit| bits | bit);
        let command = AcquireActivities { queue, kinds: kinds.unwrap_or(-1), most, length };
        let acquired = self.acquire_by(&call, repetition, command, call.now + wait).await?;

        let ids: Vec<_> = acquired.iter().map(|acquired| acquired.activity).collect();
        let shown = self.activities(&call, &ids, View::Basic).await?;
        let told = |acquired: &Acquired| pb::AcquiredActivity {
            activity: shown.get(&acquired.activity).cloned(),
            lease: Some(lease(&call, acquired)),
        };
        let activities = acquired.iter().map(told).collect();
        Ok(Response::new(pb::AcquireActivitiesResponse { activities }))
    }

    /// Acquires activities, or waits for some until `deadline`.
    async fn acquire_by(
        &self,
        call: &Call,
        repetition: Option<Repetition>,
        command: AcquireActivities,
        deadline: DateTime<Utc>,
    ) -> Result<Vec<Acquired>, Status> {
        let acquire = || self.engine.acquire_activities(call.request(repetition), command);
        let acquired = acquire().await?;
        let (clock, stop) = (self.engine.clock(), &self.live.stop);
        if !acquired.is_empty() || clock.now() >= deadline {
            return Ok(acquired);
        }

        // Its first state is read after this, so it tells of all that came since the attempt above.
        let mut session = self.live.feed.follow((call.organization(), command.queue));
        let mut right = self.live.rights.of(&call.caller);
        loop {
            tokio::select! {
                () = session.changed() => {}
                () = right.changed() => {}
                () = stop.cancelled() => return Ok(Vec::new()),
                () = clock.sleep_until(deadline) => return Ok(Vec::new()),
            }
            // Noted before the attempt, so that a change during it is seen.
            session.note_seen();
            right.admitted(call.method, clock.now())?;
            let acquired = acquire().await?;
            if !acquired.is_empty() {
                return Ok(acquired);
            }
        }
    }

    pub(super) async fn extend(
        &self,
        request: Request<pb::ExtendLeaseRequest>,
    ) -> Result<Response<pb::ExtendLeaseResponse>, Status> {
        let (call, mut message) = self.enter(request)?;
        let (repetition, mut found) = call.check(&mut message, |message| &mut message.request_id);
        let activity = found.keep_once(activity_id(&message.name));
        let lease_id = found.keep_once(required(&message.lease_id));
        let length = found.keep("", lease_length(message.lease_duration.as_ref()));
        let (activity, lease_id, length) = found.settle((activity, lease_id, length))?;

        let command = ExtendLease { activity, lease: lease_id, length };
        let extended = self.engine.extend_lease(call.request(repetition), command).await?;
        Ok(Response::new(pb::ExtendLeaseResponse { lease: Some(lease(&call, &extended)) }))
    }

    pub(super) async fn release(
        &self,
        request: Request<pb::ReleaseActivityRequest>,
    ) -> Result<Response<pb::ReleaseActivityResponse>, Status> {
        let (call, mut message) = self.enter(request)?;
        let (repetition, mut found) = call.check(&mut message, |message| &mut message.request_id);
        let activity = found.keep_once(activity_id(&message.name));
        let lease_id = found.keep_once(required(&message.lease_id));
        let (activity, lease_id) = found.settle((activity, lease_id))?;

        let command = ReleaseActivity { activity, lease: lease_id };
        let id = self.engine.release_activity(call.request(repetition), command).await?;
        let activity = self.activities(&call, &[id], View::Basic).await?.remove(&id);
        Ok(Response::new(pb::ReleaseActivityResponse { activity }))
    }

    /// Like [`Api::queue`], but a worker may also name a team.
    async fn workplace(&self, call: &Call, field: &str, text: &str) -> Result<QueueId, Status> {
        self.queue_if(call, field, text, call.caller.works_in_pools()).await
    }
}

/// Reads a lease that the caller may have shown. One that is malformed is reported by the rules in
/// the proto.
pub(in crate::api) fn shown(text: &str) -> Option<LeaseId> {
    Uuid::parse_str(text).ok().map(LeaseId)
}

/// Reads a lease that the caller must show.
pub(in crate::api) fn required(text: &str) -> Result<LeaseId, Violation> {
    shown(text).ok_or_else(|| Violation::new("lease_id", Reason::FieldInvalid, "must be a UUID"))
}

/// How long a lease lasts; five minutes unless given.
fn lease_length(given: Option<&Duration>) -> Result<TimeDelta, Violations> {
    let Some(given) = given else { return Ok(DEFAULT_LENGTH) };
    Ok(check_length("lease_duration", length("lease_duration", given)?)?)
}

/// The lease as its holder, who calls, is told it.
fn lease(call: &Call, acquired: &Acquired) -> pb::Lease {
    let Acquired { lease: id, epoch, until, .. } = *acquired;
    let lease = Lease { id, epoch, until, holder: call.caller.key };
    pb::Lease { lease_id: id.to_string(), ..convert::lease(lease, call.caller.subject.as_deref()) }
}
