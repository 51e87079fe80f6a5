//! The transaction of what moves single enrollments: complete, skip, snooze, exit, skip a wait. Each kind says only how it decides.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::Arc;

use chrono::{DateTime, Utc};
use serde::Serialize;
use serde::de::DeserializeOwned;
use sqlx::PgConnection;
use uuid::Uuid;

use super::batch::{Outcome, Work};
use super::core::Core;
use super::repetitions::Repetitions;
use super::{Error, Kind, Request};
use crate::domain::activity::Activity;
use crate::domain::caller::{Actor, Scope};
use crate::domain::changes::Changes;
use crate::domain::flow::Flow;
use crate::domain::id::{ActivityId, EnrollmentId, OrganizationId};
use crate::domain::program::Program;
use crate::domain::refusal::Refusal;
use crate::domain::settings::Settings;
use crate::domain::version::Version;
use crate::store::activities::{self, ActivityKey, Whereabouts};
use crate::store::enrollments::{self, EnrollmentKey, Locking, Standing};
use crate::store::sequence_revisions::RevisionKey;
use crate::store::{changes, requests};

/// What a caller names.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Subject {
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
            Subject::Activity(id) => format!("activities/{id}"),
            Subject::Enrollment(id) => format!("enrollments/{id}"),
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

/// One kind of move.
pub(super) trait Move: Send + Sync + 'static {
    /// What is kept for a repetition, and answered.
    type Answer: Serialize + DeserializeOwned + Send + Sync + 'static;

    /// What it moves.
    fn subject(&self) -> Subject;

    /// Checks first, and decides then: a refusal leaves `flow` as it was. May be called again for a batch that runs again.
    fn decide(&self, scene: Scene<'_>, flow: &mut Flow<'_>) -> Result<Self::Answer, Error>;
}

/// What a move is decided by.
pub(super) struct Scene<'a> {
    /// The enrollment as it stands, open activity and target included.
    pub standing: &'a Standing,
    /// Its program.
    pub program: &'a Program,
    /// Its organization's settings.
    pub settings: &'a Settings,
    /// Who asks.
    pub by: Actor,
    /// The item, as closed activities note it.
    pub item: Uuid,
}

impl Scene<'_> {
    /// The open activity of a move that names one: the frame has seen that it is the one named.
    pub fn activity(&self) -> Result<&Activity, Error> {
        self.standing
            .open
            .as_ref()
            .ok_or(Error::Fault("a move that names an activity was decided without one"))
    }
}

/// A move and who asks for it.
pub(super) struct Item<M> {
    id: Uuid,
    request: Request,
    command: M,
}

impl<M> Item<M> {
    /// An item; without a request id it is known by one of its own.
    pub fn new(core: &Core, request: Request, command: M) -> Self {
        let id = request.repetition.map_or_else(|| core.clock.new_id(), |repetition| repetition.request_id);
        Self { id, request, command }
    }
}

/// Names what two items of one batch must not share.
#[derive(PartialEq, Eq, Hash)]
pub(super) enum BatchKey {
    Subject(OrganizationId, Uuid),
    Request(requests::Key),
}

/// The transaction.
pub(super) struct Moves<M> {
    core: Arc<Core>,
    kind: std::marker::PhantomData<fn(M)>,
}

impl<M> Moves<M> {
    pub fn new(core: Arc<Core>) -> Self {
        Self { core, kind: std::marker::PhantomData }
    }
}

impl<M: Move> Work for Moves<M> {
    type Item = Item<M>;
    type Answer = M::Answer;
    type Key = BatchKey;

    fn keys(&self, item: &Item<M>) -> Vec<BatchKey> {
        let organization = item.request.caller.organization;
        let subject = BatchKey::Subject(organization, item.command.subject().key());
        [Some(subject), item.request.key().map(BatchKey::Request)].into_iter().flatten().collect()
    }

    async fn run(&self, items: &[Item<M>], locking: Locking) -> Result<Vec<Outcome<M::Answer>>, Error> {
        let mut tx = self.core.begin_keyed(locking, items.len()).await?;
        match self.save(&mut tx, items, locking).await {
            Ok((decided, outcomes)) => {
                self.core.commit(tx, &decided).await?;
                Ok(outcomes)
            }
            Err(failure) => Err(self.core.roll_back(tx, failure).await),
        }
    }
}

impl<M: Move> Moves<M> {
    async fn save(
        &self,
        conn: &mut PgConnection,
        items: &[Item<M>],
        locking: Locking,
    ) -> Result<(Changes, Vec<Outcome<M::Answer>>), Error> {
        let core = &*self.core;
        let now = core.clock.now();
        let requests: Vec<&Request> = items.iter().map(|item| &item.request).collect();
        let (repetitions, before) = Repetitions::begin(conn, &requests, now).await?;
        let fresh: Vec<&Item<M>> =
            items.iter().zip(&before).filter(|(_, before)| before.is_none()).map(|(item, _)| item).collect();
        let scenes = Scenes::load(core, conn, &fresh, locking).await?;
        let (decided, outcomes) = decide(core, now, items, before, &scenes);
        changes::save_rows(conn, &decided).await?;
        let answers: Vec<Option<&M::Answer>> = outcomes.iter().map(answer).collect();
        repetitions.finish(conn, &answers).await?;
        Ok((decided, outcomes))
    }
}

/// Item by item, each seeing what the ones before it decided.
fn decide<M: Move>(
    core: &Core,
    now: DateTime<Utc>,
    items: &[Item<M>],
    before: Vec<Option<Result<M::Answer, Error>>>,
    scenes: &Scenes,
) -> (Changes, Vec<Outcome<M::Answer>>) {
    let mut decided = Changes::new();
    let mut mint = || core.clock.new_id();
    let mut flow = Flow { now, mint: &mut mint, changes: &mut decided };
    let decide = |(item, before): (&Item<M>, Option<Result<M::Answer, Error>>)| match before {
        Some(before) => Outcome::Done(before),
        None => scenes.decide(item, &mut flow),
    };
    let outcomes = items.iter().zip(before).map(decide).collect();
    (decided, outcomes)
}

fn answer<A>(outcome: &Outcome<A>) -> Option<&A> {
    match outcome {
        Outcome::Done(Ok(answer)) => Some(answer),
        Outcome::Done(Err(_)) | Outcome::Held => None,
    }
}

/// What the items of a batch are decided by.
struct Scenes {
    enrollment_of: HashMap<ActivityKey, EnrollmentKey>,
    locked: BTreeSet<EnrollmentKey>,
    standings: BTreeMap<EnrollmentKey, Standing>,
    elsewhere: HashMap<ActivityKey, Whereabouts>,
    programs: HashMap<RevisionKey, Arc<Program>>,
    settings: HashMap<OrganizationId, Arc<Settings>>,
}

impl Scenes {
    /// Locks, and then loads: what was locked after a wait is only seen by a later statement.
    async fn load<M: Move>(
        core: &Core,
        conn: &mut PgConnection,
        items: &[&Item<M>],
        locking: Locking,
    ) -> Result<Self, Error> {
        let (mut by_activity, mut by_enrollment) = (Vec::new(), Vec::new());
        for item in items {
            let organization = item.request.caller.organization;
            match item.command.subject() {
                Subject::Activity(id) => by_activity.push((organization, id)),
                Subject::Enrollment(id) => by_enrollment.push((organization, id)),
            }
        }
        let enrollment_of: HashMap<ActivityKey, EnrollmentKey> =
            activities::lock(conn, &by_activity, locking).await?.into_iter().collect();
        let mut locked: BTreeSet<EnrollmentKey> = enrollment_of.values().copied().collect();
        locked.extend(enrollments::lock(conn, &by_enrollment, locking).await?);
        // Those that are held are loaded, too: somebody's that may not be seen must not be told apart by it.
        let wanted: BTreeSet<EnrollmentKey> = locked.iter().copied().chain(by_enrollment).collect();
        let standings = enrollments::load(conn, &wanted.into_iter().collect::<Vec<_>>()).await?;
        let standings: BTreeMap<EnrollmentKey, Standing> =
            standings.into_iter().map(|standing| (standing.key(), standing)).collect();
        let is_open = |key: &&ActivityKey| {
            let standing = enrollment_of.get(key).and_then(|enrollment| standings.get(enrollment));
            standing.and_then(|standing| standing.open.as_ref()).is_some_and(|open| open.id == key.1)
        };
        let closed: Vec<ActivityKey> = by_activity.iter().filter(|key| !is_open(key)).copied().collect();
        let elsewhere = activities::whereabouts(conn, &closed).await?;
        let revisions = standings.values().map(|standing| {
            let Standing { enrollment, .. } = standing;
            (enrollment.organization, enrollment.sequence, enrollment.revision)
        });
        let programs = core.programs.load(conn, revisions).await?;
        let epochs =
            standings.values().map(|standing| (standing.enrollment.organization, standing.definition_epoch));
        let settings = core.programs.settings(conn, epochs).await?;
        Ok(Self { enrollment_of, locked, standings, elsewhere, programs, settings })
    }

    fn decide<M: Move>(&self, item: &Item<M>, flow: &mut Flow<'_>) -> Outcome<M::Answer> {
        let organization = item.request.caller.organization;
        let subject = item.command.subject();
        let standing = match subject {
            Subject::Enrollment(id) => self.standings.get(&(organization, id)),
            Subject::Activity(id) => match self.elsewhere.get(&(organization, id)) {
                Some(Whereabouts::Held) => return Outcome::Held,
                Some(Whereabouts::Closed(closed)) => return Outcome::Done(Err(was_closed(item, closed))),
                None => {
                    let enrollment = self.enrollment_of.get(&(organization, id));
                    enrollment.and_then(|enrollment| self.standings.get(enrollment))
                }
            },
        };
        let Some(standing) = standing.filter(|standing| is_in(item.request.caller.scope(), standing)) else {
            return Outcome::Done(Err(subject.missing()));
        };
        if !self.locked.contains(&standing.key()) {
            return Outcome::Held;
        }
        Outcome::Done(self.decide_standing(item, standing, flow))
    }

    fn decide_standing<M: Move>(
        &self,
        item: &Item<M>,
        standing: &Standing,
        flow: &mut Flow<'_>,
    ) -> Result<M::Answer, Error> {
        let Standing { enrollment, .. } = standing;
        let revision = (enrollment.organization, enrollment.sequence, enrollment.revision);
        let program =
            self.programs.get(&revision).ok_or(Error::Fault("an enrollment's revision is missing"))?;
        let settings = self
            .settings
            .get(&enrollment.organization)
            .ok_or(Error::Fault("an organization's settings are missing"))?;
        let by = item.request.actor();
        item.command.decide(Scene { standing, program, settings, by, item: item.id }, flow)
    }
}

/// Whether somebody may act on an enrollment: on those of own records, and on what is in the own queue.
fn is_in(scope: Scope, standing: &Standing) -> bool {
    scope.has_owner(standing.owner) || standing.open.as_ref().is_some_and(|open| scope.has_queue(open.queue))
}

fn was_closed<M: Move>(item: &Item<M>, closed: &activities::Closed) -> Error {
    let scope = item.request.caller.scope();
    if !(scope.has_owner(closed.owner) || scope.has_queue(closed.queue)) {
        return item.command.subject().missing();
    }
    Error::Refused(Refusal::ActivityClosed {
        activity: closed.activity,
        state: closed.state.as_str(),
        outcome: closed.outcome.clone(),
        closed_by: closed.closed_by.clone(),
        close_time: closed.close_time,
    })
}
