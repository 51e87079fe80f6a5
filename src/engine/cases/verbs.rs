//! The verbs of single cases: complete, skip, snooze, exit, skip a wait and so on. Each verb only
//! defines how it decides. Locking, loading and the check of leases are the same for all of them.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use chrono::{DateTime, Utc};
use serde::Serialize;
use serde::de::DeserializeOwned;
use sqlx::PgConnection;
use uuid::Uuid;

use crate::domain::activity::ClosedState;
use crate::domain::caller::{Actor, Caller, Scope};
use crate::domain::case::Case;
use crate::domain::flow::Flow;
use crate::domain::id::{ActivityId, EnrollmentId, LeaseId, OrganizationId, QueueId};
use crate::domain::migration::Destination;
use crate::domain::names;
use crate::domain::reason::Reason;
use crate::domain::refusal::Refusal;
use crate::domain::version::Version;
use crate::domain::violation::Violations;
use crate::engine::frame::batch::Outcome;
use crate::engine::frame::core::Core;
use crate::engine::frame::verb::{Item, Verb};
use crate::engine::{Error, Kind};
use crate::store::activities::{self, ActivityKey, LockMiss};
use crate::store::enrollments::{self, EnrollmentKey, Locking};
use crate::store::sequences::revisions::RevisionKey;
use crate::store::tenants::{sellers, teams};

/// The resource that a call names.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(in crate::engine) enum Subject {
    /// An open activity. The call moves its enrollment.
    Activity(ActivityId),
    /// An enrollment.
    Enrollment(EnrollmentId),
}

impl Subject {
    fn key(self) -> Uuid {
        match self {
            Subject::Activity(id) => id.0,
            Subject::Enrollment(id) => id.0,
        }
    }

    /// Returns the resource's name.
    pub fn name(self) -> String {
        match self {
            Subject::Activity(id) => names::ACTIVITY.uuid_name(id.0),
            Subject::Enrollment(id) => names::ENROLLMENT.uuid_name(id.0),
        }
    }

    /// Returns the error that there is no such resource for the caller.
    pub fn missing(self) -> Error {
        let kind = match self {
            Subject::Activity(_) => Kind::Activity,
            Subject::Enrollment(_) => Kind::Enrollment,
        };
        Error::Missing { kind, name: self.name() }
    }

    /// Returns [`Error::Stale`] if the version is not the expected one. `None` accepts any version.
    pub fn check_version(self, expected: Option<Version>, number: i64) -> Result<(), Error> {
        match expected {
            Some(expected) if expected != Version::of(self.key(), number) => {
                Err(Error::Stale { name: self.name() })
            }
            _ => Ok(()),
        }
    }
}

/// A verb that acts on one case.
pub(in crate::engine) trait CaseVerb: Send + Sync + 'static {
    /// The answer. All of it is kept for repetitions.
    type Answer: Serialize + DeserializeOwned + Send + Sync + 'static;

    /// Returns the resource that the call names.
    fn subject(&self) -> Subject;

    /// Returns what the verb has to do with leases.
    fn lease(&self) -> LeaseUse {
        LeaseUse::Ignored
    }

    /// Returns the revision to which it moves the enrollment: 0 for the newest. `None` if it moves
    /// none.
    fn destination(&self) -> Option<i32> {
        None
    }

    /// Returns the queue to which it moves the activity. `None` if it moves none.
    fn queue(&self) -> Option<QueueId> {
        None
    }

    /// Decides. Makes all checks before the first change, so that a refusal leaves `flow` as it
    /// was.
    fn decide(&self, case: &Case, asked: Asked<'_>, flow: &mut Flow<'_>) -> Result<Self::Answer, Error>;
}

/// What a verb has to do with leases.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::engine) enum LeaseUse {
    /// It goes ahead, whoever has leased the activity.
    Ignored,
    /// It is refused while somebody else has the activity. The caller may have shown a lease.
    Shown(Option<LeaseId>),
}

/// The caller and the item of a call.
#[derive(Clone, Copy)]
pub(in crate::engine) struct Asked<'a> {
    /// The caller.
    pub by: Actor,
    /// The id of the item. Closed activities store it.
    pub item: Uuid,
    /// The revision to which the enrollment moves, if there is one.
    pub destination: Option<&'a Destination>,
}

impl<V: CaseVerb> Verb for V {
    type Subject = Subject;
    type Facts = Found;
    type Answer = <V as CaseVerb>::Answer;
    type Kept = <V as CaseVerb>::Answer;

    const KEYED: bool = true;

    fn subject(&self) -> Subject {
        CaseVerb::subject(self)
    }

    async fn load(
        core: &Core,
        conn: &mut PgConnection,
        items: &[&Item<V>],
        (locking, now): (Locking, DateTime<Utc>),
    ) -> Result<Found, Error> {
        let (mut by_activity, mut by_enrollment) = (Vec::new(), Vec::new());
        let workers = items.iter().filter(|item| item.request.caller.works_in_pools());
        let pools_of: BTreeSet<OrganizationId> = workers.map(|item| item.organization()).collect();
        for item in items {
            match CaseVerb::subject(&item.command) {
                Subject::Activity(id) => by_activity.push((item.organization(), id)),
                Subject::Enrollment(id) => by_enrollment.push((item.organization(), id)),
            }
        }
        // Before the enrollments: whoever deletes a team or a seller sees the work that was given
        // to it.
        let targets: BTreeSet<_> = items.iter().filter_map(|item| target(item)).collect();
        let mut deleted = Vec::new();
        if !targets.is_empty() {
            let targets = Vec::from_iter(targets);
            deleted = sellers::keep(conn, &targets).await?;
            deleted.extend(teams::keep(conn, &targets).await?);
        }

        let mut found = Found::load(core, conn, &by_activity, by_enrollment, (locking, now)).await?;
        found.deleted.extend(deleted);
        if !pools_of.is_empty() {
            found.pools = teams::queues(conn, &Vec::from_iter(pools_of)).await?.into_iter().collect();
        }
        let moving: Vec<_> = items.iter().filter_map(|item| found.moving(item)).collect();
        let asked = moving.iter().map(|(key, _)| *key).collect();
        found.destinations = core.destinations(conn, &asked, &moving, now).await?;
        Ok(found)
    }

    fn decide(item: &Item<V>, facts: &Found, flow: &mut Flow<'_>) -> Outcome<Self::Answer> {
        let destination = facts.moving(item).and_then(|(key, _)| facts.destinations.get(&key));
        let asked = Asked { by: item.request.actor(), item: item.id, destination };
        let (verb, caller) = (&item.command, &item.request.caller);
        let subject = CaseVerb::subject(verb);

        match facts.case(subject, caller) {
            // What a halt of the sequence changed stays, even if the call is then refused.
            Ok(Some(case)) => Outcome::Done(match case.settled(flow) {
                Ok(case) => check_lease((subject, verb.lease()), &case, caller, asked, flow.now)
                    .and_then(|()| facts.check_target(item))
                    .and_then(|()| CaseVerb::decide(verb, &case, asked, flow)),
                Err(broken) => Err(broken.into()),
            }),
            Ok(None) => Outcome::Held,
            Err(error) => Outcome::Done(Err(lost_if_leased(verb.lease(), error))),
        }
    }

    fn kept(answer: &Self::Answer) -> Option<&Self::Answer> {
        Some(answer)
    }

    fn repeated(kept: Self::Answer) -> Self::Answer {
        kept
    }
}

/// Checks that nobody else has leased the activity, and that a worker has.
pub(super) fn check_lease(
    (subject, lease): (Subject, LeaseUse),
    case: &Case,
    caller: &Caller,
    asked: Asked<'_>,
    now: DateTime<Utc>,
) -> Result<(), Error> {
    let LeaseUse::Shown(shown) = lease else { return Ok(()) };
    let Some(open) = &case.open else {
        // A halt that wasn't written yet has just canceled it.
        return match (shown, subject) {
            (Some(_), Subject::Activity(activity)) => {
                let state = ClosedState::Canceled.as_str();
                Err(Error::Refused(Refusal::LeaseLost { activity, state }))
            }
            _ => Ok(()),
        };
    };

    // It sees the activity only because it is in the queue of a team.
    if shown.is_none() && !is_in(caller.scope(), case) {
        let description = "is required with the role worker: acquire the activity first";
        return Err(Violations::one("lease_id", Reason::FieldRequired, description).into());
    }
    open.check_lease(shown, asked.by, now).map_err(Error::Refused)
}

/// Who shows a lease of a closed activity has lost it: the lease ended with the activity.
pub(super) fn lost_if_leased(lease: LeaseUse, error: Error) -> Error {
    match (lease, error) {
        (LeaseUse::Shown(Some(_)), Error::Refused(Refusal::ActivityClosed { activity, state, .. })) => {
            Error::Refused(Refusal::LeaseLost { activity, state })
        }
        (_, error) => error,
    }
}

/// The rows that were found for the items of a batch.
pub(in crate::engine) struct Found {
    enrollment_of: HashMap<ActivityKey, EnrollmentKey>,
    locked: BTreeSet<EnrollmentKey>,
    cases: BTreeMap<EnrollmentKey, Case>,
    elsewhere: HashMap<ActivityKey, LockMiss>,
    destinations: HashMap<RevisionKey, Destination>,
    /// The queues of teams, if workers call.
    pub pools: BTreeSet<(OrganizationId, QueueId)>,
    /// The queues to which activities should move, but whose teams or sellers were just deleted.
    deleted: BTreeSet<(OrganizationId, QueueId)>,
}

/// The queue to which an item moves its activity.
fn target<V: CaseVerb>(item: &Item<V>) -> Option<(OrganizationId, QueueId)> {
    Some((item.organization(), item.command.queue()?))
}

impl Found {
    /// Returns a violation if the queue of an item is that of a team which was just deleted.
    fn check_target<V: CaseVerb>(&self, item: &Item<V>) -> Result<(), Error> {
        if !target(item).is_some_and(|target| self.deleted.contains(&target)) {
            return Ok(());
        }
        Err(queue_deleted().into())
    }

    /// Returns the enrollment that an item moves, with the revision to which it does.
    fn moving<V: CaseVerb>(&self, item: &Item<V>) -> Option<(RevisionKey, &Case)> {
        let revision = item.command.destination()?;
        let Subject::Enrollment(id) = CaseVerb::subject(&item.command) else { return None };
        let case = self.cases.get(&(item.organization(), id))?;
        Some(((item.organization(), case.enrollment.sequence, revision), case))
    }

    /// Locks what the items of a batch name, then loads it.
    pub async fn load(
        core: &Core,
        conn: &mut PgConnection,
        by_activity: &[ActivityKey],
        by_enrollment: Vec<EnrollmentKey>,
        (locking, now): (Locking, DateTime<Utc>),
    ) -> Result<Self, Error> {
        // An open activity is locked through its enrollment.
        let enrollment_of = activities::lock(conn, by_activity, locking).await?;
        let enrollment_of: HashMap<ActivityKey, EnrollmentKey> = enrollment_of.into_iter().collect();
        let mut locked: BTreeSet<EnrollmentKey> = enrollment_of.values().copied().collect();
        locked.extend(enrollments::lock(conn, &by_enrollment, locking).await?);

        // Load held ones too: otherwise a caller could tell "held" from "not yours to see".
        let wanted: BTreeSet<EnrollmentKey> = locked.iter().copied().chain(by_enrollment).collect();
        let cases = core.load_cases(conn, &Vec::from_iter(wanted), now).await?;
        let cases: BTreeMap<EnrollmentKey, Case> = cases.into_iter().map(|case| (case.key(), case)).collect();

        // An activity can close between the lock's snapshot and the end of its wait.
        let is_open = |key: &&ActivityKey| {
            let case = enrollment_of.get(key).and_then(|enrollment| cases.get(enrollment));
            case.and_then(|case| case.open.as_ref()).is_some_and(|open| open.id == key.1)
        };
        let closed: Vec<ActivityKey> = by_activity.iter().filter(|key| !is_open(key)).copied().collect();
        let elsewhere = activities::why_not_locked(conn, &closed).await?;

        let (destinations, pools, deleted) = (HashMap::new(), BTreeSet::new(), BTreeSet::new());
        Ok(Self { enrollment_of, locked, cases, elsewhere, destinations, pools, deleted })
    }

    /// Returns the case of a subject, or `None` if another transaction holds it.
    ///
    /// # Errors
    /// Missing if the caller may not act on it; Refused if the activity is closed.
    pub fn case(&self, subject: Subject, caller: &Caller) -> Result<Option<&Case>, Error> {
        let organization = caller.organization;
        let case = match subject {
            Subject::Enrollment(id) => {
                // Nobody sees the enrollment that only carries a manual activity.
                let case = self.cases.get(&(organization, id));
                case.filter(|case| !case.enrollment.is_manual_activity())
            }
            Subject::Activity(id) => match self.elsewhere.get(&(organization, id)) {
                Some(LockMiss::Held) => return Ok(None),
                Some(LockMiss::Closed(closed)) => return Err(self.was_closed(subject, closed, caller)),
                None => {
                    let enrollment = self.enrollment_of.get(&(organization, id));
                    enrollment.and_then(|enrollment| self.cases.get(enrollment))
                }
            },
        };

        let open_to = |case: &&Case| {
            is_in(caller.scope(), case)
                || case.open.as_ref().is_some_and(|open| self.is_pooled(open.queue, caller))
        };
        let case = case.filter(open_to).ok_or_else(|| subject.missing())?;
        Ok(Some(case).filter(|case| self.locked.contains(&case.key())))
    }

    /// True if the caller may work in this queue because it is a team's.
    fn is_pooled(&self, queue: QueueId, caller: &Caller) -> bool {
        caller.works_in_pools() && self.pools.contains(&(caller.organization, queue))
    }

    fn was_closed(&self, subject: Subject, closed: &activities::ClosedActivityRow, caller: &Caller) -> Error {
        // Don't reveal that an activity outside the caller's scope exists.
        let scope = caller.scope();
        let own = scope.has_owner(closed.owner) || scope.has_queue(closed.queue);
        if !(own || self.is_pooled(closed.queue, caller)) {
            return subject.missing();
        }
        was_closed(closed)
    }
}

/// Returns the error that an activity is closed.
pub(in crate::engine) fn was_closed(closed: &activities::ClosedActivityRow) -> Error {
    Error::Refused(Refusal::ActivityClosed {
        activity: closed.activity,
        state: closed.state.as_str(),
        outcome: closed.outcome.clone(),
        closed_by: closed.closed_by.clone(),
        close_time: closed.close_time,
    })
}

/// True if a caller may act on an enrollment: one of the caller's own records, or one whose open
/// activity is in the caller's own queue.
pub(in crate::engine) fn is_in(scope: Scope, case: &Case) -> bool {
    scope.has_owner(case.facts.owner) || case.open.as_ref().is_some_and(|open| scope.has_queue(open.queue))
}

/// Returns the violation that a queue was deleted while the call came to it.
pub(super) fn queue_deleted() -> Violations {
    let description = "there is no such queue: its team or seller was just deleted";
    Violations::one("queue", Reason::ReferenceNotFound, description)
}
