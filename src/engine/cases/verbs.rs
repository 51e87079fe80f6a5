//! The verbs of single cases: complete, skip, snooze, exit, skip a wait. Each says only how it
//! decides.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use serde::Serialize;
use serde::de::DeserializeOwned;
use sqlx::PgConnection;
use uuid::Uuid;

use crate::domain::caller::{Actor, Scope};
use crate::domain::case::Case;
use crate::domain::flow::Flow;
use crate::domain::id::{ActivityId, EnrollmentId, OrganizationId};
use crate::domain::names;
use crate::domain::refusal::Refusal;
use crate::domain::version::Version;
use crate::engine::frame::batch::Outcome;
use crate::engine::frame::core::Core;
use crate::engine::frame::verb::{Item, Verb};
use crate::engine::{Error, Kind};
use crate::store::activities::{self, ActivityKey, LockMiss};
use crate::store::enrollments::{self, EnrollmentKey, Locking};

/// What a caller names.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(in crate::engine) enum Subject {
    /// An open activity, whose enrollment moves.
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

    /// The resource's name.
    pub fn name(self) -> String {
        match self {
            Subject::Activity(id) => names::ACTIVITY.uuid_name(id.0),
            Subject::Enrollment(id) => names::ENROLLMENT.uuid_name(id.0),
        }
    }

    fn missing(self) -> Error {
        let kind = match self {
            Subject::Activity(_) => Kind::Activity,
            Subject::Enrollment(_) => Kind::Enrollment,
        };
        Error::Missing { kind, name: self.name() }
    }

    /// Refuses a version other than the one expected.
    pub fn check_version(self, expected: Option<Version>, number: i64) -> Result<(), Error> {
        match expected {
            Some(expected) if expected != Version::of(self.key(), number) => {
                Err(Error::Stale { name: self.name() })
            }
            _ => Ok(()),
        }
    }
}

/// A verb of one case.
pub(in crate::engine) trait CaseVerb: Send + Sync + 'static {
    /// What is kept for a repetition, and answered.
    type Answer: Serialize + DeserializeOwned + Send + Sync + 'static;

    /// What it names.
    fn subject(&self) -> Subject;

    /// Checks first, and decides then: a refusal leaves `flow` as it was.
    fn decide(&self, case: &Case, asked: Asked, flow: &mut Flow<'_>) -> Result<Self::Answer, Error>;
}

/// Who asks, with which item.
#[derive(Clone, Copy)]
pub(in crate::engine) struct Asked {
    /// Who asks.
    pub by: Actor,
    /// The item, as closed activities note it.
    pub item: Uuid,
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
        locking: Locking,
    ) -> Result<Found, Error> {
        let (mut by_activity, mut by_enrollment) = (Vec::new(), Vec::new());
        for item in items {
            match CaseVerb::subject(&item.command) {
                Subject::Activity(id) => by_activity.push((item.organization(), id)),
                Subject::Enrollment(id) => by_enrollment.push((item.organization(), id)),
            }
        }
        Found::load(core, conn, &by_activity, by_enrollment, locking).await
    }

    fn decide(item: &Item<V>, facts: &Found, flow: &mut Flow<'_>) -> Outcome<Self::Answer> {
        let asked = Asked { by: item.request.actor(), item: item.id };
        match facts.case(item.organization(), CaseVerb::subject(&item.command), item.request.caller.scope()) {
            Ok(Some(case)) => Outcome::Done(CaseVerb::decide(&item.command, case, asked, flow)),
            Ok(None) => Outcome::Held,
            Err(error) => Outcome::Done(Err(error)),
        }
    }

    fn kept(answer: &Self::Answer) -> Option<&Self::Answer> {
        Some(answer)
    }

    fn repeated(kept: Self::Answer) -> Self::Answer {
        kept
    }
}

/// What was found of what the items of a batch name.
pub(in crate::engine) struct Found {
    enrollment_of: HashMap<ActivityKey, EnrollmentKey>,
    locked: BTreeSet<EnrollmentKey>,
    cases: BTreeMap<EnrollmentKey, Case>,
    elsewhere: HashMap<ActivityKey, LockMiss>,
}

impl Found {
    async fn load(
        core: &Core,
        conn: &mut PgConnection,
        by_activity: &[ActivityKey],
        by_enrollment: Vec<EnrollmentKey>,
        locking: Locking,
    ) -> Result<Self, Error> {
        let enrollment_of = activities::lock(conn, by_activity, locking).await?;
        let enrollment_of: HashMap<ActivityKey, EnrollmentKey> = enrollment_of.into_iter().collect();
        let mut locked: BTreeSet<EnrollmentKey> = enrollment_of.values().copied().collect();
        locked.extend(enrollments::lock(conn, &by_enrollment, locking).await?);

        // Load held ones too: otherwise a caller could tell "held" from "not yours to see".
        let wanted: BTreeSet<EnrollmentKey> = locked.iter().copied().chain(by_enrollment).collect();
        let cases = core.load_cases(conn, &Vec::from_iter(wanted)).await?;
        let cases: BTreeMap<EnrollmentKey, Case> = cases.into_iter().map(|case| (case.key(), case)).collect();

        let is_open = |key: &&ActivityKey| {
            let case = enrollment_of.get(key).and_then(|enrollment| cases.get(enrollment));
            case.and_then(|case| case.open.as_ref()).is_some_and(|open| open.id == key.1)
        };
        let closed: Vec<ActivityKey> = by_activity.iter().filter(|key| !is_open(key)).copied().collect();
        let elsewhere = activities::why_not_locked(conn, &closed).await?;
        Ok(Self { enrollment_of, locked, cases, elsewhere })
    }

    /// The case of what a caller names, who must be allowed to act on it; none if another
    /// transaction holds it.
    fn case(
        &self,
        organization: OrganizationId,
        subject: Subject,
        scope: Scope,
    ) -> Result<Option<&Case>, Error> {
        let case = match subject {
            Subject::Enrollment(id) => self.cases.get(&(organization, id)),
            Subject::Activity(id) => match self.elsewhere.get(&(organization, id)) {
                Some(LockMiss::Held) => return Ok(None),
                Some(LockMiss::Closed(closed)) => return Err(was_closed(subject, closed, scope)),
                None => {
                    let enrollment = self.enrollment_of.get(&(organization, id));
                    enrollment.and_then(|enrollment| self.cases.get(enrollment))
                }
            },
        };

        let case = case.filter(|case| is_in(scope, case)).ok_or_else(|| subject.missing())?;
        Ok(Some(case).filter(|case| self.locked.contains(&case.key())))
    }
}

/// Whether somebody may act on an enrollment: on those of own records, and on what is in the own
/// queue.
fn is_in(scope: Scope, case: &Case) -> bool {
    scope.has_owner(case.facts.owner) || case.open.as_ref().is_some_and(|open| scope.has_queue(open.queue))
}

fn was_closed(subject: Subject, closed: &activities::ClosedActivityRow, scope: Scope) -> Error {
    if !(scope.has_owner(closed.owner) || scope.has_queue(closed.queue)) {
        return subject.missing();
    }
    Error::Refused(Refusal::ActivityClosed {
        activity: closed.activity,
        state: closed.state.as_str(),
        outcome: closed.outcome.clone(),
        closed_by: closed.closed_by.clone(),
        close_time: closed.close_time,
    })
}
