//! Carries out the commands at which enrollments stand: they write the record, or start another
//! sequence. Each does so by the same code as a call would.
//!
//! The walk of an enrollment stops at a command, because the record and the other sequence come
//! before the enrollment in the lock order. A timer that is due at once leads here.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use chrono::{DateTime, Utc};
use futures::FutureExt;
use serde_json::{Map, Value};
use sqlx::PgConnection;

use crate::domain::caller::Actor;
use crate::domain::case::{Broken, Case};
use crate::domain::changes::Changes;
use crate::domain::command::Done;
use crate::domain::enrollment::EnrollmentSource;
use crate::domain::flow::{Beginning, Flow, Start};
use crate::domain::id::{EnrollmentId, OrganizationId, RecordId, SequenceId};
use crate::domain::reason::Reason;
use crate::domain::record::{OwnerChange, Upsert};
use crate::domain::step::{AssignOwner, AssignTo, StepKind};
use crate::domain::timer::Timer;
use crate::engine::Error;
use crate::engine::cases::enroll_records::check_entrant;
use crate::engine::cases::load::Incomplete;
use crate::engine::cases::team_rounds::TeamRounds;
use crate::engine::cases::timer_work::TimerWork;
use crate::engine::frame::batch::{Outcome, STILL_HELD};
use crate::engine::frame::commit::Wakes;
use crate::engine::frame::core::Core;
use crate::engine::records::upsert_batch::{UpsertBatch, UpsertItem};
use crate::store::changes;
use crate::store::enrollments::commands::{self, Standing};
use crate::store::enrollments::entrants::{self, Entrant};
use crate::store::enrollments::{self, Locking};
use crate::store::{routing, segments};

/// Carries out the commands of timers.
pub(in crate::engine) const RUN_COMMANDS: TimerWork = TimerWork {
    name: "commands",
    panicked: "a command panicked",
    run: |core, conn, organization, timers, now| core.carry_out(conn, organization, timers, now).boxed(),
};

/// What a transaction wrote, except the queues.
pub(in crate::engine) struct CarriedOut {
    pub decided: Changes,
    pub wakes: Wakes,
}

/// A command and the enrollment that stands at it.
struct Command {
    standing: Standing,
    kind: StepKind,
}

/// What came of the commands that write records.
struct Written {
    done: HashMap<EnrollmentId, Done>,
    saved: Changes,
    wakes: Wakes,
}

impl Core {
    /// Carries out commands and saves everything except the queues. Timers whose enrollments have
    /// moved on stay as they are.
    pub(in crate::engine) async fn carry_out(
        &self,
        conn: &mut PgConnection,
        organization: OrganizationId,
        timers: &[Timer],
        now: DateTime<Utc>,
    ) -> Result<CarriedOut, Error> {
        let commands = self.find_commands(conn, organization, timers).await?;
        if commands.iter().any(|command| command.round().is_some()) {
            // Of two servers, one decides whose turn it is. It comes before all other locks.
            routing::lock(conn, organization).await?;
        }

        // Sequences come before records, and records before enrollments.
        let targets: BTreeSet<String> = commands.iter().filter_map(Command::advances_to).collect();
        let targets: Vec<_> = targets.into_iter().map(|id| (organization, id)).collect();
        let targets = entrants::sequences(conn, &targets, Some(Locking::Wait)).await?;
        let items: Vec<UpsertItem> =
            commands.iter().map(|command| command.upsert(organization, OwnerChange::Keep)).collect();
        let mut batch = UpsertBatch::load(conn, organization, &items, Locking::Wait).await?;
        // Another server may have carried some out while the locks were waited for.
        let (commands, halted) = self.lock_standing(conn, organization, commands, now).await?;

        let written = self.write_records(conn, organization, &mut batch, &commands, now).await?;
        // Loaded only now, so that the next conditions see what was written. Writing a record may
        // have settled some of its halted cases.
        let halted: Vec<_> = halted.iter().map(Case::key).collect();
        let halted = self.load_cases(conn, &halted, now).await?;
        let keys: BTreeSet<_> = commands.iter().map(|command| (organization, command.enrollment())).collect();
        let cases = self.load_cases(conn, &Vec::from_iter(keys), now).await?;
        let entrants = self.load_entrants(conn, organization, (&commands, now), &targets).await?;

        let (mut decided, failed) = self.decide(now, |flow| {
            halted.iter().try_for_each(|case| case.settled(flow).map(|_| ()))?;
            Decision { commands, cases, entrants }.run(written.done, flow)
        });
        failed?;
        changes::save_rows(conn, &decided).await?;
        decided.add_saved(written.saved);
        Ok(CarriedOut { decided, wakes: written.wakes })
    }

    /// Finds what enrollments stand at. Nothing is locked yet.
    async fn find_commands(
        &self,
        conn: &mut PgConnection,
        organization: OrganizationId,
        timers: &[Timer],
    ) -> Result<Vec<Command>, Error> {
        let standing = commands::standing(conn, organization, timers).await?;
        let revisions = standing.iter().map(|one| (organization, one.sequence, one.revision));
        let programs = self.programs.load(conn, revisions).await?;

        let found = standing.into_iter().filter_map(|standing| {
            let compiled = programs.get(&(organization, standing.sequence, standing.revision))?;
            let kind = compiled.program.node(standing.node)?.step.kind.clone();
            Some(Command { standing, kind })
        });
        Ok(found.collect())
    }

    /// Locks the open enrollments of the records, and returns the commands at which enrollments
    /// still stand, and the cases whose sequence was halted meanwhile, which carry out nothing.
    async fn lock_standing(
        &self,
        conn: &mut PgConnection,
        organization: OrganizationId,
        commands: Vec<Command>,
        now: DateTime<Utc>,
    ) -> Result<(Vec<Command>, Vec<Case>), Error> {
        let records: BTreeSet<RecordId> = commands.iter().map(|command| command.standing.record).collect();
        let records: Vec<_> = records.into_iter().map(|record| (organization, record)).collect();
        let open = enrollments::lock_open_of_records(conn, &records).await?;

        // A halt that was decided meanwhile comes first.
        let cases = self.load_cases(conn, &open, now).await?;
        let (halted, running): (Vec<Case>, Vec<Case>) = cases.into_iter().partition(Case::is_unsettled);
        let running: HashMap<EnrollmentId, Case> =
            running.into_iter().map(|case| (case.enrollment.id, case)).collect();
        let still = |command: &Command| {
            running.get(&command.enrollment()).is_some_and(|case| {
                let enrollment = &case.enrollment;
                enrollment.timer() == Some(command.standing.timer) && enrollment.node == command.standing.node
            })
        };
        Ok((commands.into_iter().filter(still).collect(), halted))
    }

    /// Carries out the commands that write records, in the order of their timers.
    async fn write_records(
        &self,
        conn: &mut PgConnection,
        organization: OrganizationId,
        batch: &mut UpsertBatch,
        commands: &[Command],
        now: DateTime<Utc>,
    ) -> Result<Written, Error> {
        let teams = commands.iter().filter_map(Command::round).map(str::to_owned).collect();
        let mut rounds = TeamRounds::load(conn, organization, teams, now).await?;
        let mut named: BTreeSet<String> =
            commands.iter().filter_map(|command| command.seller(batch)).collect();
        named.append(&mut rounds.members());
        batch.load_sellers(conn, organization, &named).await?;

        let mut done = HashMap::new();
        for command in commands {
            let written = self.write_record(organization, (batch, &mut rounds), command, now)?;
            done.insert(command.enrollment(), written);
        }
        segments::rules::save_turns(conn, organization, rounds.turns()).await?;

        let (saved, wakes) = self.save_known(conn, organization, batch, now).await?;
        Ok(Written { done, saved, wakes })
    }

    fn write_record(
        &self,
        organization: OrganizationId,
        (batch, rounds): (&mut UpsertBatch, &mut TeamRounds),
        command: &Command,
        now: DateTime<Utc>,
    ) -> Result<Done, Error> {
        let name = (command.standing.record_type, command.standing.record_id.clone());
        let attributes = batch.record(&name).map(|record| &record.attributes);
        let writing = match command.kind.writing(attributes, &mut |team| rounds.draw(team)) {
            Ok(Some(writing)) => writing,
            // Nothing is written: what it needs is loaded after all other commands were.
            Ok(None) => return Ok(Done::Answered),
            Err(done) => return Ok(done),
        };

        let item = command.upsert(organization, writing.owner.clone());
        match batch.apply(&item, now, &mut || self.clock.new_id()) {
            Outcome::Held => Err(STILL_HELD),
            Outcome::Done(Ok(upserted)) => {
                let owner = upserted.record.as_ref().and_then(|record| record.owner);
                Ok(writing.done(upserted.writes(), owner))
            }
            Outcome::Done(Err(Error::Invalid(found))) => Ok(writing.refused(&found)),
            Outcome::Done(Err(failure)) => Err(failure),
        }
    }

    /// Loads the records that advance, each with the sequence that it advances to.
    async fn load_entrants(
        &self,
        conn: &mut PgConnection,
        organization: OrganizationId,
        (commands, now): (&[Command], DateTime<Utc>),
        targets: &HashMap<(OrganizationId, String), SequenceId>,
    ) -> Result<HashMap<EnrollmentId, Entrant>, Error> {
        let advancing: Vec<_> = commands
            .iter()
            .filter_map(|command| {
                let target = targets.get(&(organization, command.advances_to()?))?;
                Some((command.enrollment(), (organization, command.standing.record, *target)))
            })
            .collect();
        let keys: Vec<_> = advancing.iter().map(|(_, key)| *key).collect();
        let loaded = entrants::load(conn, &keys).await?;

        let of = advancing.into_iter().map(|(enrollment, _)| enrollment).zip(loaded);
        let mut found: HashMap<_, _> = of.filter_map(|(id, entrant)| Some((id, entrant?))).collect();
        let incomplete = found.values_mut().filter_map(|entrant| {
            let revision = (organization, entrant.sequence, entrant.state.active_revision()?);
            Some(Incomplete { revision, record: entrant.record, enrollment: None, facts: &mut entrant.facts })
        });
        self.complete(conn, incomplete, now).await?;
        Ok(found)
    }
}

impl Command {
    fn enrollment(&self) -> EnrollmentId {
        EnrollmentId(self.standing.timer.subject)
    }

    /// Returns the chosen id of the sequence that it advances to.
    fn advances_to(&self) -> Option<String> {
        match &self.kind {
            StepKind::AdvanceToSequence(advance) => Some(advance.sequence.clone()),
            _ => None,
        }
    }

    /// Returns the chosen id of the team whose members it gives records to in turn.
    fn round(&self) -> Option<&str> {
        match &self.kind {
            StepKind::AssignOwner(AssignOwner { to: AssignTo::Team(team) }) => Some(team),
            _ => None,
        }
    }

    /// Returns the chosen id of the seller whom it names. `None` if it names nobody.
    fn seller(&self, batch: &UpsertBatch) -> Option<String> {
        let StepKind::AssignOwner(assign) = &self.kind else { return None };
        let name = (self.standing.record_type, self.standing.record_id.clone());
        assign.to.seller(batch.record(&name).map(|record| &record.attributes))
    }

    /// Returns what it writes to the record. Without anything to write, it still locks the record.
    fn upsert(&self, organization: OrganizationId, owner: OwnerChange) -> UpsertItem {
        let attributes: Map<String, Value> = match &self.kind {
            StepKind::UpdateAttribute(update) => {
                Map::from_iter([(update.attribute.clone(), update.value.clone())])
            }
            _ => Map::new(),
        };
        UpsertItem {
            organization,
            record_type: self.standing.record_type,
            record_type_id: self.standing.record_type_id.clone(),
            upsert: Upsert {
                record_id: self.standing.record_id.clone(),
                owner,
                attributes,
                source_version: 0,
            },
            suppress_segmentation: false,
            by: Actor::UPNEXT,
        }
    }
}

/// Everything that decides how the enrollments go on.
struct Decision {
    commands: Vec<Command>,
    cases: Vec<Case>,
    entrants: HashMap<EnrollmentId, Entrant>,
}

impl Decision {
    fn run(self, mut done: HashMap<EnrollmentId, Done>, flow: &mut Flow<'_>) -> Result<(), Broken> {
        let cases: BTreeMap<_, _> = self.cases.iter().map(|case| (case.enrollment.id, case)).collect();
        let mut started = BTreeSet::new();
        for command in &self.commands {
            let id = command.enrollment();
            let (Some(case), Some(mut done)) = (cases.get(&id), done.remove(&id)) else { continue };
            if command.advances_to().is_some() {
                done = advance(case, self.entrants.get(&id), &mut started, flow);
            }
            case.carry_out(command.standing.timer, &done, flow)?;
        }
        Ok(())
    }
}

/// Starts the record in the other sequence, if that takes it. `started` are the records that the
/// transaction has started, each with the sequence.
fn advance(
    case: &Case,
    entrant: Option<&Entrant>,
    started: &mut BTreeSet<(RecordId, SequenceId)>,
    flow: &mut Flow<'_>,
) -> Done {
    let Some(entrant) = entrant.filter(|entrant| entrant.state.delete_time().is_none()) else {
        return Done::not_started(Reason::ReferenceNotFound);
    };
    let revision = match check_entrant(entrant, flow.now) {
        Ok(revision) => revision,
        Err(refusal) => return Done::not_started(refusal.reason()),
    };
    let Ok(basis) = entrant.facts.basis() else { return Done::not_started(Reason::SequenceNotActive) };
    // What this transaction started isn't among the rows that were loaded.
    if !started.insert((entrant.record, entrant.sequence)) {
        return Done::not_started(Reason::AlreadyEnrolled);
    }

    let start = Start {
        organization: entrant.organization,
        enrollment: EnrollmentId((flow.mint)()),
        sequence: entrant.sequence,
        revision,
        record: entrant.record,
        pass_number: entrant.pass_number + 1,
        source: EnrollmentSource::Advance,
        segment: None,
        advanced_from: Some(case.enrollment.id),
        enroller: case.enrollment.enroller,
        halts: entrant.facts.halts(),
        beginning: Beginning::default(),
    };
    let advance = flow.start(start, basis, Actor::UPNEXT);
    Done::Advanced { enrollment: Some(advance.enrollment.id), why: None }
}
