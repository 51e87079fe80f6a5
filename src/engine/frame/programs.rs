//! Each server's cache of compiled revisions and of settings. A revision never changes; cached
//! settings are used only if their epoch is recent enough.

use std::collections::{BTreeSet, HashMap, HashSet};
use std::hash::Hash;
use std::sync::Arc;

use sqlx::PgConnection;

use crate::domain::assignee::Assignee;
use crate::domain::calendar::WorkingTime;
use crate::domain::condition::{Condition, Formula};
use crate::domain::exit_criteria::ExitCriteria;
use crate::domain::halt::Halt;
use crate::domain::id::{ChosenId, OrganizationId, QueueId, RecordTypeId, SequenceId, TemplateId};
use crate::domain::priority::Priority;
use crate::domain::program::{Node, NodeId, Program};
use crate::domain::record_type::RecordType;
use crate::domain::settings::Settings;
use crate::domain::step::{Wait, Work};
use crate::domain::throttle::Throttle;
use crate::engine::frame::recent::Recent;
use crate::store::sequences::revisions::{RevisionKey, Running};
use crate::store::tenants::calendars::OwnerKey;
use crate::store::{self, activities, enrollments, queues, records, sequences, tenants};

/// The most bytes of cached revisions, and of cached settings.
const REVISION_BYTES: usize = 32 << 20;
const SETTINGS_BYTES: usize = 8 << 20;
/// The most bytes of cached working times.
const WORKING_BYTES: usize = 16 << 20;
/// The bytes of a record type with its formula, about.
const PRIORITY_BYTES: usize = 32 << 10;
/// How many bytes a value takes for each byte of its JSON, about.
const MADE_OF_A_BYTE: usize = 2;

/// An organization and the lowest epoch that its settings must have.
type SettingsKey = (OrganizationId, i64);

/// A compiled revision, and what answers show of it.
#[derive(Debug)]
pub struct Compiled {
    /// The program.
    pub program: Arc<Program>,
    /// What ends enrollments before their last step.
    pub exit_criteria: Arc<ExitCriteria>,
    /// What decisions about its steps ask of the record. `None` if nothing.
    pub questions: Option<Questions>,
    /// True if it has a split.
    pub splits: bool,
    /// True if workers carry out some of its steps.
    pub automated: bool,
    /// The chosen ids of the templates that its steps use.
    pub templates: HashMap<TemplateId, ChosenId>,
    /// True if times depend on when owners work.
    pub follows_calendars: bool,
    /// True if due times outside the owner's working hours move to the next working instant.
    pub working_hours_only: bool,
    /// The attributes that its waits need.
    pub instants: Vec<String>,
    /// The type of its records.
    pub record_type: RecordTypeId,
    /// The priority of activities whose records say none.
    pub priority: Priority,
    /// Those who do its activities, and whose queues have to be looked up.
    pub assignees: BTreeSet<Assignee>,
}

/// What all decisions of an organization need.
#[derive(Debug)]
pub struct OrganizationFacts {
    /// The settings.
    pub settings: Arc<Settings>,
    /// The last halt of each sequence that had one.
    pub halts: HashMap<SequenceId, Halt>,
    /// What each sequence with a throttle lets sellers have.
    pub throttles: HashMap<SequenceId, Throttle>,
    /// The types whose records have priorities of their own, with their formulas.
    pub priorities: HashMap<RecordTypeId, (RecordType, Formula)>,
    /// The queues of deleted sellers and teams.
    pub closed_queues: Arc<BTreeSet<QueueId>>,
}

/// The conditions of a program's branches over the record.
#[derive(Debug)]
pub struct Questions {
    /// The type of the records, as it was when the program was compiled. Attributes that were
    /// declared since aren't asked for.
    pub record_type: RecordType,
    /// The branches, each with its condition, in the order of the nodes. Without a condition, a
    /// branch asks for what was removed since it was saved.
    pub conditions: Vec<(NodeId, Option<Condition>)>,
}

/// The revisions and settings that decisions and answers need. Loads what is missing for a whole
/// batch in one query.
#[derive(Debug, Default)]
pub struct Programs {
    revisions: Recent<RevisionKey, Arc<Compiled>, REVISION_BYTES>,
    organizations: Recent<OrganizationId, (i64, Arc<OrganizationFacts>), SETTINGS_BYTES>,
    /// The queues of the automation teams. They never change.
    automation: Recent<OrganizationId, QueueId, SETTINGS_BYTES>,
    /// When owners work, each of an epoch. `None`: all the time.
    working: Recent<OwnerKey, (i64, Option<Arc<WorkingTime>>), WORKING_BYTES>,
}

impl Programs {
    /// Returns the revisions that are cached, and the keys of the others, each once.
    pub fn kept(
        &self,
        keys: impl IntoIterator<Item = RevisionKey>,
    ) -> (HashMap<RevisionKey, Arc<Compiled>>, Vec<RevisionKey>) {
        split(keys, |key| self.revisions.get(key))
    }

    /// Returns these revisions, without those that don't exist.
    pub async fn load(
        &self,
        conn: &mut PgConnection,
        keys: impl IntoIterator<Item = RevisionKey>,
    ) -> Result<HashMap<RevisionKey, Arc<Compiled>>, store::Error> {
        let (mut found, missing) = self.kept(keys);
        if missing.is_empty() {
            return Ok(found);
        }

        let mut definitions = sequences::revisions::definitions(conn, &missing).await?;
        if definitions.len() < missing.len() {
            // What is no revision of a sequence may be the text of a manual activity.
            let known: HashSet<RevisionKey> = definitions.iter().map(|running| running.key).collect();
            let others: Vec<_> = missing.into_iter().filter(|key| !known.contains(key)).collect();
            definitions.extend(activities::manual::running(conn, &others).await?);
        }
        let used = definitions.iter().flat_map(|Running { key: (organization, ..), definition, .. }| {
            definition.templates().into_iter().map(|template| (*organization, template))
        });
        let used: BTreeSet<(OrganizationId, TemplateId)> = used.collect();
        let names = sequences::templates::chosen_ids(conn, &used).await?;

        for running in definitions {
            let Running { key, record_type, .. } = running;
            let bytes = json_bytes(&running.definition) * MADE_OF_A_BYTE;
            let mut compiled = Compiled::new(running, &names);
            if compiled.asks_record() {
                let found = records::types::by_keys(conn, key.0, &[record_type.0]).await?.pop();
                compiled.questions = found.map(|record_type| Questions::of(&compiled.program, record_type));
            }
            let compiled = Arc::new(compiled);
            self.revisions.keep(key, compiled.clone(), bytes);
            found.insert(key, compiled);
        }
        Ok(found)
    }

    /// Returns the queues of the automation teams of organizations.
    pub async fn automation(
        &self,
        conn: &mut PgConnection,
        organizations: impl IntoIterator<Item = OrganizationId>,
    ) -> Result<HashMap<OrganizationId, QueueId>, store::Error> {
        let (mut found, missing) = split(organizations, |id| self.automation.get(id));
        if !missing.is_empty() {
            for (id, queue) in tenants::teams::automation_queues(conn, &missing).await? {
                self.automation.keep(id, queue, size_of::<QueueId>());
                found.insert(id, queue);
            }
        }
        Ok(found)
    }

    /// Returns the settings and halts of organizations, each at least as recent as the epoch given
    /// with it.
    pub async fn organizations(
        &self,
        conn: &mut PgConnection,
        keys: impl IntoIterator<Item = SettingsKey>,
    ) -> Result<HashMap<OrganizationId, Arc<OrganizationFacts>>, store::Error> {
        let kept = |(id, epoch): &SettingsKey| {
            // An older epoch means that the settings have changed since they were cached.
            let kept = self.organizations.get(id).filter(|(kept, _)| kept >= epoch);
            kept.map(|(_, facts)| facts)
        };
        let (found, missing) = split(keys, kept);
        let found = found.into_iter().map(|((id, _), facts)| (id, facts));
        let mut found: HashMap<_, _> = found.collect();

        if !missing.is_empty() {
            let missing: Vec<OrganizationId> = missing.into_iter().map(|(id, _)| id).collect();
            let settings = tenants::organizations::settings(conn, &missing).await?;
            // Read later, so at least as recent as the epoch.
            let mut halts = sequences::halts::of_organizations(conn, &missing).await?;
            let mut throttles = enrollments::places::throttles(conn, &missing).await?;
            let mut ranked = Vec::new();
            for organization in &missing {
                ranked.extend(records::types::with_priorities(conn, *organization).await?);
            }
            let mut closed = queues::closed(conn, &missing).await?;
            for (id, epoch, settings) in settings {
                let halts = halts.remove(&id).unwrap_or_default();
                let throttles = throttles.remove(&id).unwrap_or_default();
                let priorities = priorities(ranked.iter().filter(|of| of.organization == id));
                let closed_queues = Arc::new(closed.remove(&id).unwrap_or_default());
                let bytes = json_bytes(&settings) * MADE_OF_A_BYTE
                    + closed_queues.len() * size_of::<[QueueId; 2]>()
                    + halts.len() * size_of::<[Halt; 4]>()
                    + throttles.len() * size_of::<[Throttle; 4]>()
                    + priorities.len() * PRIORITY_BYTES;
                let settings = Arc::new(settings);
                let facts =
                    Arc::new(OrganizationFacts { settings, halts, throttles, priorities, closed_queues });
                self.organizations.keep(id, (epoch, facts.clone()), bytes);
                found.insert(id, facts);
            }
        }
        Ok(found)
    }
}

impl Programs {
    /// Returns when owners work, each at least as recent as the epoch given with it.
    pub async fn working_times(
        &self,
        conn: &mut PgConnection,
        keys: impl IntoIterator<Item = (OwnerKey, i64)>,
    ) -> Result<HashMap<OwnerKey, Option<Arc<WorkingTime>>>, store::Error> {
        let kept = |(owner, epoch): &(OwnerKey, i64)| {
            let kept = self.working.get(owner).filter(|(kept, _)| kept >= epoch);
            kept.map(|(_, working)| working)
        };
        let (found, missing) = split(keys, kept);
        let found = found.into_iter().map(|((owner, _), working)| (owner, working));
        let mut found: HashMap<_, _> = found.collect();
        if missing.is_empty() {
            return Ok(found);
        }

        let missing: Vec<OwnerKey> = missing.into_iter().map(|(owner, _)| owner).collect();
        for one in tenants::calendars::schedules(conn, &missing).await? {
            let bytes = one.schedule.as_ref().map_or(0, json_bytes) * MADE_OF_A_BYTE;
            let working = one.schedule.map(|schedule| Arc::new(WorkingTime::of(&schedule)));
            self.working.keep(one.owner, (one.definition_epoch, working.clone()), bytes);
            found.insert(one.owner, working);
        }
        Ok(found)
    }
}

impl Compiled {
    /// True if decisions look at attributes whenever the record changes: at a goal, an instant for
    /// which a wait is, or who does activities.
    pub fn follows_attributes(&self) -> bool {
        let by_attribute = |one: &Assignee| matches!(one, Assignee::Attribute(_));
        !self.exit_criteria.goal_condition.is_empty()
            || !self.instants.is_empty()
            || self.assignees.iter().any(by_attribute)
    }

    /// True if the times of its steps depend on more than the steps.
    pub fn is_timed(&self) -> bool {
        self.follows_calendars || !self.instants.is_empty()
    }

    /// Compiles a revision. `names` are the chosen ids of its templates. What its decisions ask of
    /// the record is still to be added.
    pub(in crate::engine) fn new(running: Running, names: &HashMap<TemplateId, ChosenId>) -> Self {
        let Running {
            record_type, definition, exit_criteria, working_hours_only, priority, assign_to, ..
        } = running;
        let used = definition.templates().into_iter();
        let templates = used.filter_map(|template| Some((template, names.get(&template)?.clone()))).collect();
        let program = Program::compile(&definition).assigning(assign_to);
        // Decisions of most programs need none of this, and then nothing is loaded for it.
        let works = || program.nodes().iter().map(|node| node.step.kind.work());
        let splits = works().any(|work| matches!(work, Work::Split(_)));
        let automated = works().any(|work| matches!(work, Work::Act(kind) if kind.is_automated()));
        let waits = || {
            works().filter_map(|work| match work {
                Work::Wait(wait) => Some(wait),
                _ => None,
            })
        };
        let follows_calendars = working_hours_only || waits().any(Wait::follows_calendar);
        let instants: BTreeSet<String> = waits().filter_map(Wait::attribute).map(str::to_owned).collect();

        Self {
            questions: None,
            splits,
            automated,
            templates,
            follows_calendars,
            working_hours_only,
            instants: Vec::from_iter(instants),
            record_type,
            priority,
            assignees: program.looked_up(),
            program: Arc::new(program),
            exit_criteria: Arc::new(exit_criteria),
        }
    }

    /// Adds what its decisions ask of records of this type.
    #[must_use]
    pub(in crate::engine) fn asking(self, record_type: &RecordType) -> Self {
        let questions = self.asks_record().then(|| Questions::of(&self.program, record_type.clone()));
        Self { questions, ..self }
    }

    fn asks_record(&self) -> bool {
        let asks = |node: &Node| match node.step.kind.work() {
            Work::Branch(branch) => branch.condition.step_id().is_none(),
            _ => false,
        };
        self.program.nodes().iter().any(asks)
    }
}

impl Questions {
    fn of(program: &Program, record_type: RecordType) -> Self {
        let condition = |(id, node): (i32, &Node)| match node.step.kind.work() {
            Work::Branch(branch) if branch.condition.step_id().is_none() => {
                Some((NodeId(id), branch.condition.over_record(&record_type).ok().flatten()))
            }
            _ => None,
        };
        let conditions = (0..).zip(program.nodes()).filter_map(condition).collect();
        Self { record_type, conditions }
    }
}

fn priorities<'a>(
    types: impl Iterator<Item = &'a RecordType>,
) -> HashMap<RecordTypeId, (RecordType, Formula)> {
    let ranked = |of: &RecordType| Some((of.id, (of.clone(), of.priority_formula()?)));
    types.filter_map(ranked).collect()
}

/// The bytes of a value as JSON.
fn json_bytes(value: &impl serde::Serialize) -> usize {
    serde_json::to_vec(value).map_or(0, |json| json.len())
}

/// Splits keys into cached values and missing keys, each once.
fn split<K: Copy + Eq + Hash, V>(
    keys: impl IntoIterator<Item = K>,
    kept: impl Fn(&K) -> Option<V>,
) -> (HashMap<K, V>, Vec<K>) {
    let (mut found, mut missing) = (HashMap::new(), Vec::new());

    for key in keys {
        if found.contains_key(&key) || missing.contains(&key) {
            continue;
        }
        match kept(&key) {
            Some(value) => drop(found.insert(key, value)),
            None => missing.push(key),
        }
    }

    (found, missing)
}
