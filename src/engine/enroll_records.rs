//! Records start a sequence: by hand, and as a part of transactions that route them.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use chrono::{DateTime, Utc};
use sqlx::PgConnection;
use uuid::Uuid;

use super::batch::{Outcome, Work};
use super::core::Core;
use super::repetitions::Repetitions;
use super::{Engine, Error, Request};
use crate::domain::changes::Changes;
use crate::domain::enrollment::{Enrollment, EnrollmentSource};
use crate::domain::flow::{Flow, Start};
use crate::domain::id::{EnrollmentId, OrganizationId, RecordId, SellerId, SequenceId};
use crate::domain::program::Program;
use crate::domain::refusal::{Reason, Refusal};
use crate::domain::violation::Violations;
use crate::store::enrollments::Locking;
use crate::store::entrants::{self, Entrant, EntrantKey, RecordName, SequenceName};
use crate::store::sequence_revisions::RevisionKey;
use crate::store::{changes, requests};

/// Starts a record in a sequence by hand, on its newest revision.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EnrollRecord {
    /// The record type's and the record's chosen ids.
    pub record: RecordName,
    /// The sequence's chosen id.
    pub sequence: String,
    /// Only tell what would happen. Needs no request id: nothing is kept.
    pub validate_only: bool,
}

/// What enrolling led to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Enrolled {
    /// It was made.
    Made(EnrollmentId),
    /// It would be made like this; its key, and that of its activity, mean nothing.
    Possible(Box<Enrollment>),
}

impl Engine {
    /// Enrolls one record.
    ///
    /// # Errors
    /// [`Error::Invalid`] with `REFERENCE_NOT_FOUND` for `record` and `sequence` (also for what is not the caller's), and [`Error::Refused`] with
    /// `SequenceNotActive`, `RecordTypeMismatch`, `RecordClosed` or `AlreadyEnrolled`, which names the open enrollment.
    pub async fn enroll_record(&self, request: Request, command: EnrollRecord) -> Result<Enrolled, Error> {
        self.batches().enroll.submit(EnrollItem::new(self.core(), request, command)).await
    }

    /// As [`Self::enroll_record`], for many, each with its own request id; answers in their order.
    pub async fn enroll_records(
        &self,
        commands: Vec<(Request, EnrollRecord)>,
    ) -> Vec<Result<Enrolled, Error>> {
        let items =
            commands.into_iter().map(|(request, command)| EnrollItem::new(self.core(), request, command));
        self.batches().enroll.submit_all(items.collect()).await
    }
}

/// The revision on which a record may start a sequence now.
fn check_entrant(entrant: &Entrant) -> Result<i32, Refusal> {
    let Some(revision) = entrant.state.active_revision() else {
        let sequence = entrant.sequence_name.clone();
        return Err(Refusal::SequenceNotActive { sequence, state: entrant.state.as_str() });
    };
    if entrant.record_type != entrant.sequence_record_type {
        return Err(Refusal::RecordTypeMismatch {
            expected: entrant.sequence_record_type_name.clone(),
            given: entrant.record_type_name.clone(),
        });
    }
    if entrant.closed {
        return Err(Refusal::RecordClosed { record: entrant.record_name.clone() });
    }
    match entrant.open {
        Some(enrollment) => Err(Refusal::AlreadyEnrolled { enrollment }),
        None => Ok(revision),
    }
}

/// A record to enroll and who asks for it.
pub(super) struct EnrollItem {
    /// The key of the enrollment that it makes: by it, an item that runs again knows its own.
    enrollment: EnrollmentId,
    request: Request,
    command: EnrollRecord,
}

impl EnrollItem {
    fn new(core: &Core, mut request: Request, command: EnrollRecord) -> Self {
        if command.validate_only {
            request.repetition = None;
        }
        Self { enrollment: EnrollmentId(core.clock.new_id()), request, command }
    }

    fn organization(&self) -> OrganizationId {
        self.request.caller.organization
    }
}

/// Names what two items of one batch must not share.
#[derive(PartialEq, Eq, Hash)]
pub(super) enum EnrollKey {
    Subject(OrganizationId, RecordName, String),
    Request(requests::Key),
}

/// The transaction.
pub(super) struct Enrolling {
    pub core: Arc<Core>,
}

impl Work for Enrolling {
    type Item = EnrollItem;
    type Answer = Enrolled;
    type Key = EnrollKey;

    fn keys(&self, item: &EnrollItem) -> Vec<EnrollKey> {
        let EnrollRecord { record, sequence, .. } = &item.command;
        let subject = EnrollKey::Subject(item.organization(), record.clone(), sequence.clone());
        [Some(subject), item.request.key().map(EnrollKey::Request)].into_iter().flatten().collect()
    }

    async fn run(&self, items: &[EnrollItem], locking: Locking) -> Result<Vec<Outcome<Enrolled>>, Error> {
        let mut tx = self.core.begin(locking).await?;
        match self.save(&mut tx, items, locking).await {
            Ok((decided, outcomes)) => {
                self.core.commit(tx, &decided).await?;
                Ok(outcomes)
            }
            Err(failure) => Err(self.core.roll_back(tx, failure).await),
        }
    }
}

impl Enrolling {
    async fn save(
        &self,
        conn: &mut PgConnection,
        items: &[EnrollItem],
        locking: Locking,
    ) -> Result<(Changes, Vec<Outcome<Enrolled>>), Error> {
        let core = &*self.core;
        let now = core.clock.now();
        let requests: Vec<&Request> = items.iter().map(|item| &item.request).collect();
        let (repetitions, before) = Repetitions::begin(conn, &requests, now).await?;
        let scenes = Scenes::load(core, conn, items, locking).await?;
        let (decided, outcomes) = decide(core, now, items, before, &scenes);
        changes::save_rows(conn, &decided).await?;
        let kept: Vec<Option<&EnrollmentId>> = outcomes.iter().map(kept).collect();
        repetitions.finish(conn, &kept).await?;
        Ok((decided, outcomes))
    }
}

fn kept(outcome: &Outcome<Enrolled>) -> Option<&EnrollmentId> {
    match outcome {
        Outcome::Done(Ok(Enrolled::Made(id))) => Some(id),
        Outcome::Done(Ok(Enrolled::Possible(_)) | Err(_)) | Outcome::Held => None,
    }
}

/// Item by item. Two of one record in one sequence are never in one batch.
fn decide(
    core: &Core,
    now: DateTime<Utc>,
    items: &[EnrollItem],
    before: Vec<Option<Result<EnrollmentId, Error>>>,
    scenes: &Scenes,
) -> (Changes, Vec<Outcome<Enrolled>>) {
    let mut decided = Changes::new();
    let mut mint = || core.clock.new_id();
    let decide = |(item, before): (&EnrollItem, Option<Result<EnrollmentId, Error>>)| match before {
        Some(before) => Outcome::Done(before.map(Enrolled::Made)),
        None if scenes.is_held(item) => Outcome::Held,
        None => Outcome::Done(scenes.decide(item, now, &mut mint, &mut decided)),
    };
    let outcomes = items.iter().zip(before).map(decide).collect();
    (decided, outcomes)
}

/// What the items of a batch are decided by.
struct Scenes {
    sequences: HashMap<SequenceName, SequenceId>,
    records: HashMap<(OrganizationId, RecordName), (RecordId, Option<SellerId>)>,
    /// Those of them that other transactions hold, by key.
    held: HashSet<Uuid>,
    entrants: HashMap<EntrantKey, Entrant>,
    programs: HashMap<RevisionKey, Arc<Program>>,
}

impl Scenes {
    async fn load(
        core: &Core,
        conn: &mut PgConnection,
        items: &[EnrollItem],
        locking: Locking,
    ) -> Result<Self, Error> {
        let mut scenes = Self::lock(conn, items, locking).await?;
        let free = items.iter().filter(|item| !scenes.is_held(item));
        let keys: HashSet<EntrantKey> = free.filter_map(|item| scenes.key(item)).collect();
        let keys: Vec<EntrantKey> = keys.into_iter().collect();
        let loaded = entrants::load(conn, &keys).await?;
        scenes.entrants =
            keys.into_iter().zip(loaded).filter_map(|(key, entrant)| Some((key, entrant?))).collect();
        let revisions = scenes.entrants.values().filter_map(|entrant| {
            Some((entrant.organization, entrant.sequence, entrant.state.active_revision()?))
        });
        scenes.programs = core.programs.load(conn, revisions).await?;
        Ok(scenes)
    }

    /// Locks what the items name; of what others hold, only the keys are read.
    async fn lock(conn: &mut PgConnection, items: &[EnrollItem], locking: Locking) -> Result<Self, Error> {
        let mut names: HashSet<_> =
            items.iter().map(|item| (item.organization(), item.command.sequence.clone())).collect();
        let mut sequences = entrants::sequences(conn, &Vec::from_iter(names.clone()), Some(locking)).await?;
        names.retain(|name| !sequences.contains_key(name));
        let mut held = HashSet::new();
        if locking == Locking::Skip && !names.is_empty() {
            let others = entrants::sequences(conn, &Vec::from_iter(names), None).await?;
            held.extend(others.values().map(|sequence| sequence.0));
            sequences.extend(others);
        }
        let mut names: HashSet<_> =
            items.iter().map(|item| (item.organization(), item.command.record.clone())).collect();
        let mut records = entrants::records(conn, &Vec::from_iter(names.clone()), Some(locking)).await?;
        names.retain(|name| !records.contains_key(name));
        if locking == Locking::Skip && !names.is_empty() {
            let others = entrants::records(conn, &Vec::from_iter(names), None).await?;
            held.extend(others.values().map(|(record, _)| record.0));
            records.extend(others);
        }
        Ok(Self { sequences, records, held, entrants: HashMap::new(), programs: HashMap::new() })
    }

    /// Whether another transaction holds what the item needs. Never of somebody else's record, which must not be told apart by it.
    fn is_held(&self, item: &EnrollItem) -> bool {
        let key = self.key(item);
        key.is_some_and(|(_, record, sequence)| {
            self.held.contains(&record.0) || self.held.contains(&sequence.0)
        })
    }

    fn key(&self, item: &EnrollItem) -> Option<EntrantKey> {
        Some((item.organization(), self.record(item)?, self.sequence(item)?))
    }

    /// The record, unless it is somebody else's.
    fn record(&self, item: &EnrollItem) -> Option<RecordId> {
        let (record, owner) = self.records.get(&(item.organization(), item.command.record.clone()))?;
        item.request.caller.scope().has_owner(*owner).then_some(*record)
    }

    fn sequence(&self, item: &EnrollItem) -> Option<SequenceId> {
        self.sequences.get(&(item.organization(), item.command.sequence.clone())).copied()
    }

    /// The record and the sequence, or every reference that leads nowhere.
    fn entrant(&self, item: &EnrollItem) -> Result<&Entrant, Error> {
        let entrant = self.key(item).and_then(|key| self.entrants.get(&key));
        if let Some(entrant) = entrant.filter(|entrant| entrant.state.delete_time().is_none()) {
            return Ok(entrant);
        }
        let mut found = Violations::new();
        if self.record(item).is_none() {
            let (of, record) = &item.command.record;
            let description = format!("there is no recordTypes/{of}/records/{record}");
            found.push("record", Reason::ReferenceNotFound, description);
        }
        if self.sequence(item).is_none() || entrant.is_some() {
            let description = format!("there is no sequences/{}", item.command.sequence);
            found.push("sequence", Reason::ReferenceNotFound, description);
        }
        Err(found.into())
    }

    fn decide(
        &self,
        item: &EnrollItem,
        now: DateTime<Utc>,
        mint: &mut dyn FnMut() -> Uuid,
        decided: &mut Changes,
    ) -> Result<Enrolled, Error> {
        let entrant = self.entrant(item)?;
        if entrant.open == Some(item.enrollment) {
            return Ok(Enrolled::Made(item.enrollment));
        }
        let revision = check_entrant(entrant)?;
        let program = self.programs.get(&(entrant.organization, entrant.sequence, revision));
        let program = program.ok_or(Error::Fault("a newest revision is missing"))?;
        let start = Start {
            organization: entrant.organization,
            enrollment: item.enrollment,
            sequence: entrant.sequence,
            revision,
            record: entrant.record,
            pass: entrant.pass + 1,
            source: EnrollmentSource::ByHand,
            segment: None,
        };
        let mut discarded = Changes::new();
        let changes = if item.command.validate_only { &mut discarded } else { decided };
        let mut flow = Flow { now, mint, changes };
        let advance = flow.start(start, program, &entrant.target, item.request.caller.actor());
        Ok(match item.command.validate_only {
            true => Enrolled::Possible(Box::new(advance.enrollment)),
            false => Enrolled::Made(item.enrollment),
        })
    }
}
