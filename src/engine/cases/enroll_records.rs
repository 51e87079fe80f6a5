//! Enrolls records in a sequence by hand.

use std::collections::{HashMap, HashSet};

use chrono::{DateTime, Utc};
use sqlx::PgConnection;

use crate::domain::changes::Changes;
use crate::domain::enrollment::{Enrollment, EnrollmentSource};
use crate::domain::flow::{Beginning, Flow, Start};
use crate::domain::id::{EnrollmentId, RecordId, SequenceId};
use crate::domain::names;
use crate::domain::program::Program;
use crate::domain::reason::Reason;
use crate::domain::refusal::Refusal;
use crate::domain::violation::Violations;
use crate::engine::cases::load::Incomplete;
use crate::engine::cases::named_records::NamedRecords;
use crate::engine::frame::batch::Outcome;
use crate::engine::frame::core::Core;
use crate::engine::frame::verb::{Item, Verb};
use crate::engine::{Engine, Error, Request};
use crate::store::enrollments;
use crate::store::enrollments::Locking;
use crate::store::enrollments::entrants::{Entrant, EntrantKey, RecordName, SequenceName};

/// Enrolls a record in the newest revision of a sequence by hand.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EnrollRecord {
    /// The chosen ids of the record type and the record.
    pub record: RecordName,
    /// The chosen id of the sequence.
    pub sequence: String,
    /// The time when it begins. `None`: now.
    pub start_time: Option<DateTime<Utc>>,
    /// The id of the step where it begins. `None`: the first one.
    pub start_step_id: Option<String>,
    /// Only say what would happen. Needs no request id, because nothing is kept.
    pub validate_only: bool,
}

/// The answer to enrolling a record.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Enrolled {
    /// The enrollment was created.
    Made(EnrollmentId),
    /// The enrollment that would be created. Its key and the key of its activity have no
    /// meaning.
    Possible(Box<Enrollment>),
}

impl Engine {
    /// Enrolls one record.
    ///
    /// # Errors
    /// - [`Error::Invalid`] with `REFERENCE_NOT_FOUND` for `record` and `sequence`, even if the
    ///   record exists but is not the caller's, and for `start_step_id`.
    /// - [`Error::Refused`] with `SequenceNotActive`, `RecordTypeMismatch`, `RecordClosed`,
    ///   `EnrolledBefore` or `AlreadyEnrolled`, which names the open enrollment.
    pub async fn enroll_record(&self, request: Request, command: EnrollRecord) -> Result<Enrolled, Error> {
        self.batches().enroll.submit(Entry::item(self.core(), request, command)).await
    }

    /// Like [`Self::enroll_record`], but for many records, each with its own request id. The
    /// answers are in the order of the commands.
    pub async fn enroll_records(
        &self,
        commands: Vec<(Request, EnrollRecord)>,
    ) -> Vec<Result<Enrolled, Error>> {
        let items = commands.into_iter().map(|(request, command)| Entry::item(self.core(), request, command));
        self.batches().enroll.submit_all(items.collect()).await
    }
}

/// Returns the revision in which a record may start a sequence now.
pub(in crate::engine) fn check_entrant(entrant: &Entrant, now: DateTime<Utc>) -> Result<i32, Refusal> {
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

    if let Some(enrollment) = entrant.open {
        return Err(Refusal::AlreadyEnrolled { enrollment });
    }
    match entrant.end_time.map(|at| entrant.reenrollment.by_hand_from(at)) {
        Some(opens) if !opens.is_open(now) => {
            let sequence = entrant.sequence_name.clone();
            Err(Refusal::EnrolledBefore { sequence, opens })
        }
        _ => Ok(revision),
    }
}

/// A record to enroll.
pub(in crate::engine) struct Entry {
    /// The key of the enrollment that it creates. An item that runs again recognizes its own
    /// enrollment by this key.
    enrollment: EnrollmentId,
    record: RecordName,
    sequence: String,
    start_time: Option<DateTime<Utc>>,
    start_step_id: Option<String>,
    validate_only: bool,
}

impl Entry {
    fn item(core: &Core, mut request: Request, command: EnrollRecord) -> Item<Self> {
        let EnrollRecord { record, sequence, start_time, start_step_id, validate_only } = command;
        // A dry run writes nothing, so it has no answer to keep.
        if validate_only {
            request.repetition = None;
        }

        let enrollment = EnrollmentId(core.clock.new_id());
        Item::new(
            core,
            request,
            Self { enrollment, record, sequence, start_time, start_step_id, validate_only },
        )
    }
}

impl Entry {
    fn beginning(&self, program: &Program) -> Result<Beginning, Violations> {
        let node = match &self.start_step_id {
            None => None,
            Some(step_id) => Some(program.find(step_id).ok_or_else(|| {
                let description = format!("the sequence's newest revision has no step {step_id}");
                Violations::one("start_step_id", Reason::ReferenceNotFound, description)
            })?),
        };
        Ok(Beginning { at: self.start_time, node })
    }
}

impl Verb for Entry {
    type Subject = (RecordName, String);
    type Facts = Entrants;
    type Answer = Enrolled;
    type Kept = EnrollmentId;

    // Records and sequences are found by name, so a generic plan could scan a whole table.
    const KEYED: bool = false;

    fn subject(&self) -> (RecordName, String) {
        (self.record.clone(), self.sequence.clone())
    }

    async fn load(
        core: &Core,
        conn: &mut PgConnection,
        items: &[&Item<Self>],
        at: (Locking, DateTime<Utc>),
    ) -> Result<Entrants, Error> {
        Entrants::load(core, conn, items, at).await
    }

    fn decide(item: &Item<Self>, facts: &Entrants, flow: &mut Flow<'_>) -> Outcome<Enrolled> {
        match facts.is_held(item) {
            true => Outcome::Held,
            false => Outcome::Done(facts.decide(item, flow)),
        }
    }

    fn kept(answer: &Enrolled) -> Option<&EnrollmentId> {
        match answer {
            Enrolled::Made(id) => Some(id),
            Enrolled::Possible(_) => None,
        }
    }

    fn repeated(kept: EnrollmentId) -> Enrolled {
        Enrolled::Made(kept)
    }
}

/// The facts by which the items of a batch are decided.
pub(in crate::engine) struct Entrants {
    sequences: HashMap<SequenceName, SequenceId>,
    records: NamedRecords,
    /// The sequences that other transactions hold.
    held: HashSet<SequenceId>,
    entrants: HashMap<EntrantKey, Entrant>,
}

impl Entrants {
    async fn load(
        core: &Core,
        conn: &mut PgConnection,
        items: &[&Item<Entry>],
        (locking, now): (Locking, DateTime<Utc>),
    ) -> Result<Self, Error> {
        let mut found = Self::lock(conn, items, locking).await?;

        // Load only what is locked: rows of other transactions may change at any moment.
        let free = items.iter().filter(|item| !found.is_held(item));
        let keys: HashSet<EntrantKey> = free.filter_map(|item| found.key(item)).collect();
        let keys: Vec<EntrantKey> = keys.into_iter().collect();
        let loaded = enrollments::entrants::load(conn, &keys).await?;

        found.entrants =
            keys.into_iter().zip(loaded).filter_map(|(key, entrant)| Some((key, entrant?))).collect();

        let facts = found.entrants.values_mut().filter_map(|entrant| {
            let revision = entrant.state.active_revision()?;
            let revision = (entrant.organization, entrant.sequence, revision);
            Some(Incomplete { revision, record: entrant.record, enrollment: None, facts: &mut entrant.facts })
        });
        core.complete(conn, facts, now).await?;
        Ok(found)
    }

    /// Locks the sequences and records that the items name. Of those that other transactions hold,
    /// it reads only the keys.
    async fn lock(conn: &mut PgConnection, items: &[&Item<Entry>], locking: Locking) -> Result<Self, Error> {
        // Sequences come before records in the lock order.
        let mut names: HashSet<_> =
            items.iter().map(|item| (item.organization(), item.command.sequence.clone())).collect();
        let mut sequences =
            enrollments::entrants::sequences(conn, &Vec::from_iter(names.clone()), Some(locking)).await?;
        names.retain(|name| !sequences.contains_key(name));

        // A name without a locked row is either held or unknown. A read without a lock tells which.
        let mut held = HashSet::new();
        if locking == Locking::Skip && !names.is_empty() {
            let others = enrollments::entrants::sequences(conn, &Vec::from_iter(names), None).await?;
            held.extend(others.values().copied());
            sequences.extend(others);
        }

        let names = items.iter().map(|item| (item.organization(), item.command.record.clone()));
        let records = NamedRecords::lock(conn, names.collect(), locking).await?;
        Ok(Self { sequences, records, held, entrants: HashMap::new() })
    }

    /// True if another transaction holds a row that the item needs. Always false if the record is
    /// somebody else's: otherwise the caller could tell such a record from one that doesn't exist.
    fn is_held(&self, item: &Item<Entry>) -> bool {
        let key = self.key(item);
        key.is_some_and(|(_, record, sequence)| self.records.is_held(record) || self.held.contains(&sequence))
    }

    fn key(&self, item: &Item<Entry>) -> Option<EntrantKey> {
        Some((item.organization(), self.record(item)?, self.sequence(item)?))
    }

    /// Returns the record, or `None` if it doesn't exist or is somebody else's.
    fn record(&self, item: &Item<Entry>) -> Option<RecordId> {
        self.records.find(item.organization(), &item.command.record, &item.request.caller)
    }

    fn sequence(&self, item: &Item<Entry>) -> Option<SequenceId> {
        self.sequences.get(&(item.organization(), item.command.sequence.clone())).copied()
    }

    /// Returns the record and the sequence, or an error with every reference that was not found.
    fn entrant(&self, item: &Item<Entry>) -> Result<&Entrant, Error> {
        let entrant = self.key(item).and_then(|key| self.entrants.get(&key));
        if let Some(entrant) = entrant.filter(|entrant| entrant.state.delete_time().is_none()) {
            return Ok(entrant);
        }

        let mut found = Violations::new();
        if self.record(item).is_none() {
            let (of, record) = &item.command.record;
            let description = format!("there is no {}", names::RECORD.name([of, record]));
            found.push("record", Reason::ReferenceNotFound, description);
        }
        // An entrant that was found but not returned has a deleted sequence.
        if self.sequence(item).is_none() || entrant.is_some() {
            let description = format!("there is no {}", names::SEQUENCE.name([&item.command.sequence]));
            found.push("sequence", Reason::ReferenceNotFound, description);
        }

        Err(found.into())
    }

    fn decide(&self, item: &Item<Entry>, flow: &mut Flow<'_>) -> Result<Enrolled, Error> {
        let entrant = self.entrant(item)?;
        // An earlier run of this item committed, but its COMMIT got no answer.
        if entrant.open == Some(item.command.enrollment) {
            return Ok(Enrolled::Made(item.command.enrollment));
        }

        let revision = check_entrant(entrant, flow.now)?;
        let basis = entrant.facts.basis().map_err(|_| Error::Fault("the newest revision is missing"))?;
        let start = Start {
            organization: entrant.organization,
            enrollment: item.command.enrollment,
            sequence: entrant.sequence,
            revision,
            record: entrant.record,
            pass_number: entrant.pass_number + 1,
            source: EnrollmentSource::Manual,
            segment: None,
            halts: entrant.facts.halts(),
            advanced_from: None,
            enroller: item.request.actor().seller,
            beginning: item.command.beginning(basis.program)?,
        };

        // A dry run takes the same path, but its changes are thrown away.
        let mut discarded = Changes::new();
        let mut flow = match item.command.validate_only {
            true => Flow { now: flow.now, mint: &mut *flow.mint, changes: &mut discarded },
            false => Flow { now: flow.now, mint: &mut *flow.mint, changes: &mut *flow.changes },
        };
        let advance = flow.start(start, basis, item.request.actor());

        Ok(match item.command.validate_only {
            true => Enrolled::Possible(Box::new(advance.enrollment)),
            false => Enrolled::Made(item.command.enrollment),
        })
    }
}
