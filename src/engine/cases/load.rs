//! Loads everything that decisions about enrollments need. All deciders use this one loader: verbs,
//! timers, new enrollments and routing.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::Arc;

use chrono::{DateTime, Utc};
use sqlx::PgConnection;

use crate::domain::case::{Case, Facts};
use crate::domain::enrollment::Enrollment;
use crate::domain::id::{OrganizationId, RecordId};
use crate::domain::past::{Past, Unnamed};
use crate::domain::program::NodeId;
use crate::engine::frame::core::Core;
use crate::engine::frame::programs::{Compiled, OrganizationFacts, Questions};
use crate::store::enrollments::past::{self, Passed};
use crate::store::enrollments::{self, EnrollmentKey};
use crate::store::records::Fields;
use crate::store::sequences::revisions::RevisionKey;
use crate::store::sequences::winners;
use crate::store::tenants::assignees;
use crate::store::{self, priorities, truths};

/// The facts of a record in a revision, to be completed.
pub(in crate::engine) struct Incomplete<'a> {
    pub revision: RevisionKey,
    pub record: RecordId,
    /// The enrollment, and the node that it is at. `None` if it starts only now.
    pub enrollment: Option<(EnrollmentKey, NodeId)>,
    pub facts: &'a mut Facts,
}

pub(in crate::engine) type Revisions = HashMap<RevisionKey, Arc<Compiled>>;

/// Checks that a case is of the record that was locked for it, which may have been merged before.
///
/// # Errors
/// Unavailable if it isn't: once tried again, it is found with the other record.
pub(super) fn check_record(case: &Case, record: RecordId) -> Result<(), store::Error> {
    (case.enrollment.record == record).then_some(()).ok_or_else(store::Error::unavailable)
}

impl Core {
    /// Loads the cases of enrollments, in the order of their keys. Enrollments that will change
    /// must be locked.
    pub(in crate::engine) async fn load_cases(
        &self,
        conn: &mut PgConnection,
        keys: &[EnrollmentKey],
        now: DateTime<Utc>,
    ) -> Result<Vec<Case>, store::Error> {
        let mut cases = enrollments::load(conn, keys).await?;
        let incomplete = cases.iter_mut().map(|case| Incomplete {
            revision: revision(&case.enrollment),
            record: case.enrollment.record,
            enrollment: Some((case.key(), case.enrollment.node)),
            facts: &mut case.facts,
        });
        // Boxed because it is large, and nearly every transaction loads cases.
        Box::pin(self.complete(conn, incomplete, now)).await?;
        Ok(cases)
    }

    /// Completes the facts of records, each in a revision: with the program, the exit criteria, the
    /// settings and the sequence's halt, which are cached, and with what the steps ahead ask for.
    pub(in crate::engine) async fn complete<'a>(
        &self,
        conn: &mut PgConnection,
        incomplete: impl IntoIterator<Item = Incomplete<'a>>,
        now: DateTime<Utc>,
    ) -> Result<(), store::Error> {
        let incomplete: Vec<_> = incomplete.into_iter().collect();
        let revisions = self.programs.load(conn, incomplete.iter().map(|one| one.revision)).await?;
        self.complete_by(conn, revisions, incomplete, now).await
    }

    /// Like [`Self::complete`], with the revisions, of which some may not be saved yet.
    pub(in crate::engine) async fn complete_by<'a>(
        &self,
        conn: &mut PgConnection,
        revisions: Revisions,
        incomplete: impl IntoIterator<Item = Incomplete<'a>>,
        now: DateTime<Utc>,
    ) -> Result<(), store::Error> {
        let mut incomplete: Vec<_> = incomplete.into_iter().collect();
        // The epoch is as fresh as the rows, so outdated settings and halts in the cache are
        // noticed.
        let epochs = incomplete.iter().map(|one| (one.revision.0, one.facts.definition_epoch));
        let organizations = self.programs.organizations(conn, epochs).await?;

        for one in &mut incomplete {
            let compiled = revisions.get(&one.revision);
            one.facts.program = compiled.map(|compiled| compiled.program.clone());
            let criteria = compiled.map(|compiled| compiled.exit_criteria.clone());
            one.facts.exit_criteria = criteria.unwrap_or_default();
            one.facts.priority = compiled.map(|compiled| compiled.priority).unwrap_or_default();
            let of = organizations.get(&one.revision.0);
            one.facts.settings = of.map(|of| of.settings.clone());
            one.facts.closed_queues = of.map(|of| of.closed_queues.clone()).unwrap_or_default();
            one.facts.halt = of.and_then(|of| of.halts.get(&one.revision.1)).copied();
        }

        add_priorities(conn, &mut incomplete, &revisions, (&organizations, now)).await?;
        answer(conn, &mut incomplete, &revisions, now).await?;
        self.recall(conn, &mut incomplete, &revisions).await?;
        add_winners(conn, &mut incomplete, &revisions).await?;
        self.add_automation(conn, &mut incomplete, &revisions).await?;
        self.add_lines(conn, &mut incomplete, &organizations, now).await?;
        add_assignees(conn, &mut incomplete, &revisions).await?;
        self.add_timing(conn, &mut incomplete, &revisions).await
    }

    /// Adds the queues of what workers carry out.
    async fn add_automation(
        &self,
        conn: &mut PgConnection,
        incomplete: &mut [Incomplete<'_>],
        revisions: &Revisions,
    ) -> Result<(), store::Error> {
        let automated = |one: &Incomplete<'_>| is(revisions, one, |compiled| compiled.automated);
        let organizations: Vec<_> =
            incomplete.iter().filter(|one| automated(one)).map(|one| one.revision.0).collect();
        if organizations.is_empty() {
            return Ok(());
        }

        let queues = self.programs.automation(conn, organizations).await?;
        for one in incomplete.iter_mut().filter(|one| automated(one)) {
            one.facts.automation = queues.get(&one.revision.0).copied();
        }
        Ok(())
    }

    /// Adds how earlier steps ended, for programs that ask.
    async fn recall(
        &self,
        conn: &mut PgConnection,
        incomplete: &mut [Incomplete<'_>],
        revisions: &Revisions,
    ) -> Result<(), store::Error> {
        let asks = |one: &&Incomplete<'_>| is(revisions, one, |compiled| compiled.program.asks_past());
        let keyed = |one: &Incomplete<'_>| Some((one.enrollment?.0, one.record));
        let asked: Vec<_> = incomplete.iter().filter(asks).filter_map(keyed).collect();
        if asked.is_empty() {
            return Ok(());
        }
        let engages =
            |one: &&Incomplete<'_>| is(revisions, one, |compiled| compiled.program.asks_engagement());
        let engaging: Vec<_> = incomplete.iter().filter(engages).filter_map(keyed).collect();

        let ended = past::of(conn, &asked).await?;
        let heard = past::engagement(conn, &engaging).await?;
        let unnamed = past::unnamed(conn, &engaging).await?;
        let present: HashMap<EnrollmentKey, RevisionKey> =
            incomplete.iter().filter_map(|one| Some((one.enrollment?.0, one.revision))).collect();
        let moved = self.moved_steps(conn, ended.iter().map(|(passed, _)| *passed), &present).await?;

        let mut pasts: HashMap<EnrollmentKey, Past> = HashMap::new();
        for (passed, ended) in ended {
            let Some(node) = moved.get(&passed) else { continue };
            let past = pasts.entry(passed.0).or_default();
            past.end(*node, ended);
            // Later events about the step are told by its old number.
            past.follow(passed.1, passed.2, *node);
        }
        for (passed, kind, at) in heard {
            let Some(node) = moved.get(&passed) else { continue };
            pasts.entry(passed.0).or_default().hear(*node, kind, at);
        }
        for (key, heard, step) in unnamed {
            let node = step.and_then(|(revision, node)| moved.get(&(key, revision, node)).copied());
            pasts.entry(key).or_default().hear_unnamed(Unnamed { node, ..heard });
        }
        for one in incomplete {
            let past = one.enrollment.and_then(|(key, _)| pasts.remove(&key));
            one.facts.past = past.unwrap_or_default();
        }
        Ok(())
    }

    /// Returns the nodes that steps have in the present revision of their enrollments. Those that
    /// are gone there are absent.
    async fn moved_steps(
        &self,
        conn: &mut PgConnection,
        passed: impl Iterator<Item = Passed>,
        present: &HashMap<EnrollmentKey, RevisionKey>,
    ) -> Result<HashMap<Passed, NodeId>, store::Error> {
        let passed: Vec<(Passed, RevisionKey)> =
            passed.filter_map(|passed| Some((passed, *present.get(&passed.0)?))).collect();
        let then = |(passed, now): &(Passed, RevisionKey)| (now.0, now.1, passed.1);
        // Only enrollments that moved need the programs of other revisions.
        let elsewhere = passed.iter().filter(|(passed, now)| passed.1 != now.2);
        let keys: BTreeSet<_> = elsewhere.flat_map(|of| [then(of), of.1]).collect();
        let programs = if keys.is_empty() { HashMap::new() } else { self.programs.load(conn, keys).await? };

        let node = |of: &(Passed, RevisionKey)| {
            let (passed, now) = of;
            if passed.1 == now.2 {
                return Some(passed.2);
            }
            let step = programs.get(&then(of))?.program.node(passed.2)?;
            programs.get(now)?.program.find(&step.step.step_id)
        };
        Ok(passed.iter().filter_map(|of| Some((of.0, node(of)?))).collect())
    }
}

/// Answers the conditions of the branches ahead, one statement for each revision that has some.
async fn answer(
    conn: &mut PgConnection,
    incomplete: &mut [Incomplete<'_>],
    revisions: &Revisions,
    now: DateTime<Utc>,
) -> Result<(), store::Error> {
    let mut asking: BTreeMap<RevisionKey, (&Questions, NodeId, BTreeSet<RecordId>)> = BTreeMap::new();
    for one in incomplete.iter() {
        let questions = revisions.get(&one.revision).and_then(|compiled| compiled.questions.as_ref());
        if let Some(questions) = questions {
            let from = one.from();
            let asked = asking.entry(one.revision).or_insert((questions, from, BTreeSet::new()));
            asked.1 = asked.1.min(from);
            asked.2.insert(one.record);
        }
    }

    for (revision, (questions, from, records)) in asking {
        // Nodes are numbered so that an enrollment only comes to higher numbers.
        let ahead = || questions.conditions.iter().filter(|(node, _)| *node >= from);
        let asked = ahead().filter_map(|(node, condition)| Some((*node, condition.as_ref()?)));
        let (nodes, conditions): (Vec<_>, Vec<_>) = asked.unzip();
        let records = Vec::from_iter(records);
        let source = Fields { record_type: &questions.record_type, now };
        let truths = truths::of_records(conn, &source, &records, &conditions).await?;

        for one in incomplete.iter_mut().filter(|one| one.revision == revision) {
            // What can't be asked, or not of this record, is unknown.
            one.facts.answers = ahead().map(|(node, _)| (*node, None)).collect();
            let told = truths.get(&one.record).into_iter().flatten().copied();
            one.facts.answers.extend(nodes.iter().copied().zip(told));
        }
    }
    Ok(())
}

/// Adds the priorities that records have of their own, one statement for each of their types.
async fn add_priorities(
    conn: &mut PgConnection,
    incomplete: &mut [Incomplete<'_>],
    revisions: &Revisions,
    (organizations, now): (&HashMap<OrganizationId, Arc<OrganizationFacts>>, DateTime<Utc>),
) -> Result<(), store::Error> {
    let own = |one: &Incomplete<'_>| {
        let record_type = revisions.get(&one.revision)?.record_type;
        organizations.get(&one.revision.0)?.priorities.get(&record_type)
    };
    let mut asked: BTreeMap<_, (_, BTreeSet<RecordId>)> = BTreeMap::new();
    for one in incomplete.iter() {
        if let Some((record_type, formula)) = own(one) {
            let of = asked.entry(record_type.id).or_insert(((record_type, formula), BTreeSet::new()));
            of.1.insert(one.record);
        }
    }

    for ((record_type, formula), records) in asked.into_values() {
        let records = Vec::from_iter(records);
        let source = Fields { record_type, now };
        let found = priorities::of_records(conn, &source, formula, &records).await?;
        for one in incomplete.iter_mut() {
            if let Some(priority) = found.get(&one.record) {
                one.facts.priority = *priority;
            }
        }
    }
    Ok(())
}

/// Adds the winners of splits.
async fn add_winners(
    conn: &mut PgConnection,
    incomplete: &mut [Incomplete<'_>],
    revisions: &Revisions,
) -> Result<(), store::Error> {
    let splits = |one: &Incomplete<'_>| is(revisions, one, |compiled| compiled.splits);
    let sequence = |one: &Incomplete<'_>| (one.revision.0, one.revision.1);
    let sequences: BTreeSet<_> = incomplete.iter().filter(|one| splits(one)).map(sequence).collect();
    if sequences.is_empty() {
        return Ok(());
    }

    let winners = winners::of(conn, &Vec::from_iter(sequences)).await?;
    for one in incomplete.iter_mut().filter(|one| splits(one)) {
        one.facts.winners = winners.get(&sequence(one)).cloned().unwrap_or_default();
    }
    Ok(())
}

/// Adds the queues of those who do activities, for programs that name some.
async fn add_assignees(
    conn: &mut PgConnection,
    incomplete: &mut [Incomplete<'_>],
    revisions: &Revisions,
) -> Result<(), store::Error> {
    let mut wanted = BTreeSet::new();
    for one in incomplete.iter() {
        let named = revisions.get(&one.revision).into_iter().flat_map(|compiled| &compiled.assignees);
        wanted.extend(named.map(|assignee| (one.revision.0, one.record, assignee.clone())));
    }
    if wanted.is_empty() {
        return Ok(());
    }

    let found = assignees::of(conn, &wanted).await?;
    for one in incomplete {
        // A record may be there several times, in several sequences.
        if let Some(queues) = found.get(&(one.revision.0, one.record)) {
            one.facts.assignees.clone_from(queues);
        }
    }
    Ok(())
}

impl Incomplete<'_> {
    /// Returns the first node that a decision could ask about.
    fn from(&self) -> NodeId {
        self.enrollment.map_or(NodeId(0), |(_, node)| node)
    }
}

fn is(revisions: &Revisions, one: &Incomplete<'_>, what: impl FnOnce(&Compiled) -> bool) -> bool {
    revisions.get(&one.revision).is_some_and(|compiled| what(compiled))
}

pub(super) fn revision(enrollment: &Enrollment) -> RevisionKey {
    (enrollment.organization, enrollment.sequence, enrollment.revision)
}
