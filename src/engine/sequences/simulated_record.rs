//! The record of a simulation: an actual one as it is now, or one that is only assumed. Commands
//! change it in memory, and the database answers conditions about it as it is then.

use std::cell::Cell;
use std::collections::HashMap;
use std::sync::Arc;

use chrono::{DateTime, Utc};
use sqlx::PgConnection;
use uuid::Uuid;

use crate::domain::assignee::{Assignee, Unassigned};
use crate::domain::calendar::WorkingTime;
use crate::domain::caller::Scope;
use crate::domain::command::Done;
use crate::domain::condition::Condition;
use crate::domain::consent::Reach;
use crate::domain::enrollment::ExitReason;
use crate::domain::flow::Target;
use crate::domain::id::{ChosenId, EnrollmentId, QueueId, RecordId, SellerId};
use crate::domain::names;
use crate::domain::program::NodeId;
use crate::domain::reason::Reason;
use crate::domain::record::{HINTS, Merge, OwnerChange, Record, RecordState, RecordType, Upsert};
use crate::domain::refusal::Refusal;
use crate::domain::simulation::Play;
use crate::domain::step::{AssignOwner, AssignTo, StepKind};
use crate::domain::timing::Timing;
use crate::domain::violation::Violations;
use crate::domain::writing::Writing;
use crate::engine::cases::enroll_records::check_entrant;
use crate::engine::cases::team_rounds::TeamRounds;
use crate::engine::frame::programs::Compiled;
use crate::engine::{Error, Kind, SimulateSequence};
use crate::store::enrollments::entrants;
use crate::store::records::Fields;
use crate::store::tenants::assignees::Queues;
use crate::store::{self, records, sequences, tenants, truths};

/// A record in memory.
pub(in crate::engine) struct SimulatedRecord<'a> {
    record_type: &'a RecordType,
    record: Record,
    /// True if it is an actual one.
    is_actual: bool,
}

/// The key of a record that is only assumed.
const ASSUMED: RecordId = RecordId(Uuid::nil());

impl<'a> SimulatedRecord<'a> {
    /// Loads the actual record, if one is named, and gives it the assumed attributes.
    ///
    /// # Errors
    /// Missing; Refused (RecordTypeMismatch); Invalid.
    pub async fn load(
        conn: &mut PgConnection,
        record_type: &'a RecordType,
        command: &SimulateSequence,
        scope: Scope,
        now: DateTime<Utc>,
    ) -> Result<Self, Error> {
        let actual = match &command.record {
            None => None,
            Some(name) => Some(find(conn, record_type, name, scope).await?),
        };
        let is_actual = actual.is_some();
        let record = actual.unwrap_or_else(|| assumed(record_type, now));
        let mut own = Self { record_type, record, is_actual };

        let attributes = command.attributes.clone();
        let writing = Writing { attributes, owner: OwnerChange::Keep };
        own.write(&writing, &HashMap::new(), now)?;
        Ok(own)
    }

    /// Returns its key.
    pub const fn key(&self) -> RecordId {
        self.record.id
    }

    /// Returns its owner.
    pub const fn owner(&self) -> Option<SellerId> {
        self.record.owner
    }

    /// Returns what activities get from it.
    pub fn target(&self) -> Target {
        // Nobody says anything about the person of a record that is only assumed.
        let reach = match self.is_actual {
            true => self.record.reach(self.record_type),
            false => Reach { email: true, phone: true, ..Reach::default() },
        };
        let owner = self.record.owner.map_or(Uuid::nil(), |owner| owner.0);
        let display_name = self.record.display_name(self.record_type).to_owned();
        Target { queue: QueueId(owner), display_name, reach }
    }

    /// Returns what the times of its steps depend on.
    ///
    /// # Errors
    /// Store.
    pub async fn timing(&self, conn: &mut PgConnection, compiled: &Compiled) -> Result<Timing, store::Error> {
        let mut timing = Timing { working_hours_only: compiled.working_hours_only, ..Timing::default() };
        if compiled.follows_calendars {
            let owner = (self.record.organization, self.record.owner);
            let schedule = tenants::calendars::schedules(conn, &[owner]).await?.pop();
            let schedule = schedule.and_then(|found| found.schedule);
            timing.working = schedule.map(|schedule| Arc::new(WorkingTime::of(&schedule)));
        }

        let held = |name: &String| {
            let instant = self.record.attributes.get(name)?.as_str()?.parse().ok()?;
            Some((name.clone(), instant))
        };
        timing.instants = compiled.instants.iter().filter_map(held).collect();
        Ok(timing)
    }

    /// Returns the queues of those who do its activities.
    ///
    /// # Errors
    /// Store.
    pub async fn assignees(
        &self,
        conn: &mut PgConnection,
        compiled: &Compiled,
    ) -> Result<Queues, store::Error> {
        let organization = self.record.organization;
        let mut found = Queues::new();
        for assignee in &compiled.assignees {
            let queue = match assignee {
                Assignee::Attribute(attribute) => {
                    let to = AssignTo::Attribute(attribute.clone());
                    let named = Vec::from_iter(to.seller(Some(&self.record.attributes)));
                    let sellers = tenants::sellers::keys(conn, organization, &named).await?;
                    let unknown = match self.record.attributes.contains_key(attribute.as_str()) {
                        true => Unassigned::SellerUnknown,
                        false => Unassigned::AttributeMissing,
                    };
                    sellers.into_values().next().map(QueueId::from).ok_or(unknown)
                }
                Assignee::Team(team) => {
                    let queue = tenants::teams::queue(conn, organization, team).await?;
                    queue.ok_or(Unassigned::TeamUnknown)
                }
                Assignee::RecordOwner | Assignee::Enroller => continue,
            };
            found.insert(assignee.clone(), queue);
        }
        Ok(found)
    }

    /// Carries out the command at which a play stops, or answers what its branch asks.
    ///
    /// # Errors
    /// Store.
    pub async fn carry_out(
        &mut self,
        conn: &mut PgConnection,
        play: &mut Play,
        compiled: &Compiled,
    ) -> Result<(), Error> {
        let Some(kind) = play.simulation().command().cloned() else { return Ok(()) };
        let done = match &kind {
            StepKind::Branch(_) => {
                self.answer(conn, play, compiled).await?;
                Done::Answered
            }
            StepKind::AdvanceToSequence(advance) => {
                let now = play.simulation().now();
                self.advance(conn, &advance.sequence, now).await?
            }
            _ => self.command(conn, play, &kind, compiled).await?,
        };

        // A goal that was reached has ended it.
        if !play.simulation().has_ended() {
            play.simulation().carry_out(&done)?;
        }
        Ok(())
    }

    /// Answers the conditions of the branches ahead, as long as nothing changes the record.
    async fn answer(
        &self,
        conn: &mut PgConnection,
        play: &mut Play,
        compiled: &Compiled,
    ) -> Result<(), Error> {
        let here = play.simulation().case().enrollment.node;
        let all = compiled.questions.iter().flat_map(|questions| &questions.conditions);
        let ahead: Vec<&(NodeId, Option<Condition>)> = all.filter(|(node, _)| *node >= here).collect();
        let asked = ahead.iter().filter_map(|(node, condition)| Some((*node, condition.as_ref()?)));
        let (nodes, conditions): (Vec<NodeId>, Vec<&Condition>) = asked.unzip();
        let source = Fields { record_type: self.record_type, now: play.simulation().now() };
        let truths = truths::of_unsaved(conn, &source, &self.record, &conditions).await?;

        let paths = play.assumptions().paths.clone();
        let answers = &mut play.simulation().facts().answers;
        // What can't be asked is unknown.
        answers.extend(ahead.iter().map(|(node, _)| (*node, None)));
        answers.extend(nodes.into_iter().zip(truths));
        let assumed = paths.iter().filter_map(|(step_id, met)| Some((compiled.program.find(step_id)?, *met)));
        answers.extend(assumed.map(|(node, met)| (node, Some(met))));
        Ok(())
    }

    /// Writes what a command writes. Ends the enrollment if that reaches the goal.
    async fn command(
        &mut self,
        conn: &mut PgConnection,
        play: &mut Play,
        kind: &StepKind,
        compiled: &Compiled,
    ) -> Result<Done, Error> {
        // Nothing is saved, so the turns are only looked at.
        let round = match kind {
            StepKind::AssignOwner(AssignOwner { to: AssignTo::Team(team) }) => Some(team.clone()),
            _ => None,
        };
        let (organization, now) = (self.record.organization, play.simulation().now());
        let teams = round.into_iter().collect();
        let mut rounds = TeamRounds::load(conn, organization, teams, now).await?;
        let writing = match kind.writing(Some(&self.record.attributes), &mut |team| rounds.draw(team)) {
            Ok(Some(writing)) => writing,
            Ok(None) => return Ok(Done::Answered),
            Err(done) => return Ok(done),
        };
        let named = writing.owner.named().cloned();
        let sellers = tenants::sellers::keys(conn, organization, &Vec::from_iter(named)).await?;
        let changed = match self.write(&writing, &sellers, now) {
            Ok(changed) => changed,
            // The timeline tells it, as that of a real enrollment does.
            Err(found) => return Ok(writing.refused(&found)),
        };

        if changed {
            let (owner, target) = (self.owner(), self.target());
            let timing = self.timing(conn, compiled).await?;
            let assignees = self.assignees(conn, compiled).await?;
            let facts = play.simulation().facts();
            (facts.timing, facts.assignees) = (timing, assignees);
            (facts.owner, facts.target) = (owner, Some(target));
            // They were about the record before.
            facts.answers.clear();
            let goal = facts.exit_criteria.goal(&self.record_type.subject().as_saved());
            if let Some(goal) = goal
                && self.matches(conn, &goal, now).await?
            {
                play.simulation().exit(ExitReason::GoalMet);
            }
        }
        Ok(writing.done(changed, self.owner()))
    }

    /// Writes to the record in memory. Returns whether that changes it.
    fn write(
        &mut self,
        writing: &Writing,
        sellers: &HashMap<String, SellerId>,
        now: DateTime<Utc>,
    ) -> Result<bool, Violations> {
        let merge = Merge { record_type: self.record_type, sellers, now, hints: Cell::new(HINTS) };
        let upsert = Upsert {
            record_id: self.record.record_id.clone(),
            owner: writing.owner.clone(),
            attributes: writing.attributes.clone(),
            source_version: 0,
        };

        let merged = merge.apply(Some(&self.record), &upsert, &mut Uuid::nil)?;
        self.record = merged.record;
        Ok(merged.content_changed)
    }

    async fn matches(
        &self,
        conn: &mut PgConnection,
        condition: &Condition,
        now: DateTime<Utc>,
    ) -> Result<bool, store::Error> {
        let source = Fields { record_type: self.record_type, now };
        let truths = truths::of_unsaved(conn, &source, &self.record, &[condition]).await?;
        Ok(truths.first() == Some(&Some(true)))
    }

    /// Says what would become of an advance to another sequence.
    async fn advance(&self, conn: &mut PgConnection, to: &str, now: DateTime<Utc>) -> Result<Done, Error> {
        Ok(match self.refusal(conn, to, now).await? {
            Some(reason) => Done::not_started(reason),
            None => Done::Advanced { enrollment: Some(EnrollmentId(Uuid::nil())), why: None },
        })
    }

    /// Returns why another sequence wouldn't take the record. `None` if it would.
    async fn refusal(
        &self,
        conn: &mut PgConnection,
        to: &str,
        now: DateTime<Utc>,
    ) -> Result<Option<Reason>, store::Error> {
        let organization = self.record.organization;
        let found = sequences::find(conn, organization, to).await?;
        let Some(target) = found.filter(|found| found.sequence.state.delete_time().is_none()) else {
            return Ok(Some(Reason::ReferenceNotFound));
        };
        let target = target.sequence;
        // Nobody can have enrolled a record that is only assumed.
        if !self.is_actual {
            let mismatch = target.record_type != self.record_type.id;
            let refused = match target.state.active_revision() {
                None => Some(Reason::SequenceNotActive),
                Some(_) => mismatch.then_some(Reason::RecordTypeMismatch),
            };
            return Ok(refused);
        }

        let entrant =
            entrants::load(conn, &[(organization, self.record.id, target.id)]).await?.pop().flatten();
        let Some(entrant) = entrant else { return Ok(Some(Reason::ReferenceNotFound)) };
        Ok(check_entrant(&entrant, now).err().map(|refusal| refusal.reason()))
    }
}

async fn find(
    conn: &mut PgConnection,
    record_type: &RecordType,
    (of, id): &(String, String),
    scope: Scope,
) -> Result<Record, Error> {
    if *of != record_type.record_type_id.as_str() {
        let expected = record_type.record_type_id.to_string();
        return Err(Refusal::RecordTypeMismatch { expected, given: of.clone() }.into());
    }
    let found = records::find(conn, record_type.organization, record_type.id, id, scope).await?;
    let missing = || Error::Missing { kind: Kind::Record, name: names::RECORD.name([of, id]) };
    Ok(found.ok_or_else(missing)?.record)
}

/// A record of which nothing is known.
fn assumed(record_type: &RecordType, now: DateTime<Utc>) -> Record {
    Record {
        organization: record_type.organization,
        id: ASSUMED,
        record_type: record_type.id,
        record_id: ChosenId::known(""),
        attributes: Default::default(),
        owner: None,
        state: RecordState::Active,
        source_version: 0,
        unsubscribe_time: None,
        version: 1,
        create_time: now,
        update_time: now,
    }
}
