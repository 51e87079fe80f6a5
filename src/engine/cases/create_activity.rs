//! Makes activities by hand.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::Arc;

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use sqlx::PgConnection;

use crate::domain::definition::Step;
use crate::domain::flow::Flow;
use crate::domain::id::{
    ActivityId, EnrollmentId, OrganizationId, QueueId, RecordId, RecordTypeId, SequenceId, TemplateId,
};
use crate::domain::manual_activity::{MOST_OPEN, ManualActivity, ManualPatch};
use crate::domain::names;
use crate::domain::reason::Reason;
use crate::domain::refusal::Refusal;
use crate::domain::violation::Violations;
use crate::engine::cases::load::Incomplete;
use crate::engine::cases::named_records::NamedRecords;
use crate::engine::cases::verbs::queue_deleted;
use crate::engine::frame::batch::Outcome;
use crate::engine::frame::core::Core;
use crate::engine::frame::programs::Compiled;
use crate::engine::frame::verb::{Item, Verb};
use crate::engine::{Engine, Error, Request, Write};
use crate::store::activities::manual::{self, Burdened};
use crate::store::enrollments::Locking;
use crate::store::enrollments::entrants::RecordName;
use crate::store::tenants::{sellers, teams};
use crate::store::{self, sequences};

/// Makes a manual activity.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CreateActivity {
    /// The chosen ids of the record type and the record.
    pub record: RecordName,
    /// Whose queue it is put into, where it stays until the record has another owner. The queue
    /// exists. `None`: the record's owner.
    pub queue: Option<QueueId>,
    /// What is to be done. It names a kind.
    pub content: ManualPatch,
    /// A note on it. Can be empty.
    pub note: String,
}

/// The answer to making an activity. It is kept for repetitions.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ActivityCreated {
    /// The activity.
    pub activity: ActivityId,
}

impl Engine {
    /// Makes one manual activity.
    ///
    /// # Errors
    /// - [`Error::Invalid`] for the content, and with `REFERENCE_NOT_FOUND` for `activity.queue`
    ///   and `activity.record`, even if the record exists but is not the caller's.
    /// - [`Error::Refused`] with `RecordClosed`, `LimitExceeded` or `ActivityHasWarnings`.
    pub async fn create_activity(
        &self,
        request: Request,
        command: CreateActivity,
    ) -> Result<ActivityCreated, Error> {
        self.batches().create.submit(Making::item(self.core(), request, command)).await
    }

    /// Like [`Self::create_activity`], but for many activities, each with its own request id. The
    /// answers are in the order of the commands.
    pub async fn create_activities(
        &self,
        commands: Vec<(Request, CreateActivity)>,
    ) -> Vec<Result<ActivityCreated, Error>> {
        let items =
            commands.into_iter().map(|(request, command)| Making::item(self.core(), request, command));
        self.batches().create.submit_all(items.collect()).await
    }
}

/// An activity to make.
pub(in crate::engine) struct Making {
    /// The key of the enrollment that will carry it.
    enrollment: EnrollmentId,
    command: CreateActivity,
}

impl Making {
    fn item(core: &Core, request: Request, command: CreateActivity) -> Item<Self> {
        Item::new(core, request, Self { enrollment: EnrollmentId(core.clock.new_id()), command })
    }
}

impl Verb for Making {
    /// Several of one record are made in one batch.
    type Subject = EnrollmentId;
    type Facts = Wanted;
    type Answer = ActivityCreated;
    type Kept = ActivityCreated;

    // Records are found by name, so a generic plan could scan a whole table.
    const KEYED: bool = false;

    fn subject(&self) -> EnrollmentId {
        self.enrollment
    }

    async fn load(
        core: &Core,
        conn: &mut PgConnection,
        items: &[&Item<Self>],
        at: (Locking, DateTime<Utc>),
    ) -> Result<Wanted, Error> {
        Wanted::load(core, conn, items, at).await
    }

    fn decide(item: &Item<Self>, facts: &Wanted, flow: &mut Flow<'_>) -> Outcome<ActivityCreated> {
        // Never of somebody else's record: the caller could tell it from one that doesn't exist.
        match facts.key(item) {
            Some((_, record)) if facts.records.is_held(record) => Outcome::Held,
            _ => Outcome::Done(facts.decide(item, flow)),
        }
    }

    fn kept(answer: &ActivityCreated) -> Option<&ActivityCreated> {
        Some(answer)
    }

    fn repeated(kept: ActivityCreated) -> ActivityCreated {
        kept
    }
}

/// A record, by its key.
type RecordKey = (OrganizationId, RecordId);

/// The facts by which the items of a batch are decided.
pub(in crate::engine) struct Wanted {
    records: NamedRecords,
    burdened: HashMap<RecordKey, Burdened>,
    /// The texts of the items, or what is wrong with them.
    texts: HashMap<EnrollmentId, Result<ManualActivity, Violations>>,
    /// The queues that are named and were just deleted.
    deleted: BTreeSet<(OrganizationId, QueueId)>,
}

impl Wanted {
    async fn load(
        core: &Core,
        conn: &mut PgConnection,
        items: &[&Item<Making>],
        (locking, now): (Locking, DateTime<Utc>),
    ) -> Result<Self, Error> {
        let names = items.iter().map(|item| (item.organization(), item.command.command.record.clone()));
        let records = NamedRecords::lock(conn, names.collect(), locking).await?;
        // Whoever deletes a team or a seller sees the work that was given to it.
        let targets: BTreeSet<_> = items
            .iter()
            .filter_map(|item| Some((item.organization(), item.command.command.queue?)))
            .collect();
        let mut deleted = BTreeSet::new();
        if !targets.is_empty() {
            let targets = Vec::from_iter(targets);
            deleted.extend(sellers::keep(conn, &targets).await?);
            deleted.extend(teams::keep(conn, &targets).await?);
        }

        let mut wanted = Self { records, burdened: HashMap::new(), texts: HashMap::new(), deleted };
        // Load only what is locked: rows of other transactions may change at any moment.
        let keys: BTreeSet<RecordKey> = items.iter().filter_map(|item| wanted.key(item)).collect();
        let keys = keys.into_iter().filter(|key| !wanted.records.is_held(key.1));
        let loaded = manual::burdened(conn, &Vec::from_iter(keys)).await?;
        wanted.burdened = loaded.into_iter().map(|one| ((one.organization, one.record), one)).collect();
        wanted.read_texts(core, conn, items, now).await?;
        wanted.complete(core, conn, now).await?;
        Ok(wanted)
    }

    /// Reads what is to be done of each item, by the limits of its organization.
    async fn read_texts(
        &mut self,
        core: &Core,
        conn: &mut PgConnection,
        items: &[&Item<Making>],
        now: DateTime<Utc>,
    ) -> Result<(), Error> {
        let epochs = self.burdened.values().map(|one| (one.organization, one.facts.definition_epoch));
        let organizations = core.programs.organizations(conn, epochs).await?;
        let known: Vec<_> =
            items.iter().filter_map(|item| Some((*item, self.of(item)?.record_type))).collect();
        let templates = templates_of(conn, &known).await?;

        let mut texts = HashMap::new();
        for (item, record_type) in known {
            let Some((organization, record)) = self.key(item) else { continue };
            let Some(facts) = organizations.get(&organization) else { continue };
            let Making { enrollment, command } = &item.command;
            let named = templates.get(&(organization, record_type));
            let none = BTreeMap::new();
            let limits = &facts.settings.limits;
            let (step, mut found) = command.content.apply(None, named.unwrap_or(&none), limits, now);
            found.extend(limits.check_description("note", &command.note));
            let step = found.into_result(step).transpose();
            let text = step.map(|step| {
                let sequence = SequenceId(core.clock.new_id());
                step.map(|step| ManualActivity {
                    organization,
                    sequence,
                    revision: 1,
                    record,
                    record_type,
                    step,
                    create_time: now,
                })
            });
            texts.extend(text.map(|text| (*enrollment, text)));
        }
        self.texts = texts;
        Ok(())
    }

    /// Completes the facts of the records. They are the same whatever is to be done, so any text of
    /// a record will do.
    async fn complete(
        &mut self,
        core: &Core,
        conn: &mut PgConnection,
        now: DateTime<Utc>,
    ) -> Result<(), Error> {
        let texts = self.texts.values().flatten();
        let of_record: HashMap<RecordKey, &ManualActivity> =
            texts.map(|text| ((text.organization, text.record), text)).collect();
        let revision = |text: &ManualActivity| (text.organization, text.sequence, text.revision);
        let compiled = |text: &ManualActivity| Compiled::new(text.clone().into(), &HashMap::new());
        // The texts aren't saved yet, so they can't be found like the revisions of sequences.
        let revisions = of_record.values().map(|text| (revision(text), Arc::new(compiled(text)))).collect();

        let incomplete = self.burdened.iter_mut().filter_map(|(key, one)| {
            let revision = revision(of_record.get(key)?);
            Some(Incomplete { revision, record: key.1, enrollment: None, facts: &mut one.facts })
        });
        Box::pin(core.complete_by(conn, revisions, incomplete, now)).await?;
        Ok(())
    }

    fn key(&self, item: &Item<Making>) -> Option<RecordKey> {
        let record = &item.command.command.record;
        let record = self.records.find(item.organization(), record, &item.request.caller)?;
        Some((item.organization(), record))
    }

    fn of(&self, item: &Item<Making>) -> Option<&Burdened> {
        self.burdened.get(&self.key(item)?)
    }

    fn decide(&self, item: &Item<Making>, flow: &mut Flow<'_>) -> Result<ActivityCreated, Error> {
        let Making { enrollment, command } = &item.command;
        let name = || names::RECORD.name([&command.record.0, &command.record.1]);
        let found = self.of(item).ok_or_else(|| {
            let rule = format!("there is no {}", name());
            Violations::one("activity.record", Reason::ReferenceNotFound, rule)
        })?;
        let text = self.texts.get(enrollment).ok_or(Error::Fault("a manual activity has no kind"))?;
        let text = text.as_ref().map_err(|found| Error::Invalid(found.clone().under("activity")))?;
        if command.queue.is_some_and(|queue| self.deleted.contains(&(item.organization(), queue))) {
            return Err(queue_deleted().under("activity").into());
        }

        if found.closed {
            return Err(Error::Refused(Refusal::RecordClosed { record: name() }));
        }
        let own = |text: &&ManualActivity| text.record == found.record;
        let of_batch = flow.changes.manual_texts.iter().filter(own).count();
        if found.open + i64::try_from(of_batch).unwrap_or(MOST_OPEN) >= MOST_OPEN {
            let limit = "open_manual_activities_per_record";
            return Err(Error::Refused(Refusal::LimitExceeded { limit, value: MOST_OPEN }));
        }

        let basis =
            found.facts.basis().map_err(|_| Error::Fault("a record lacks what its activities need"))?;
        let due_time = command.content.due_time.unwrap_or(flow.now);
        let by = item.request.actor();
        let made = flow.make((text, *enrollment), (command.queue, due_time), &command.note, basis, by)?;
        Ok(ActivityCreated { activity: made.id })
    }
}

/// Returns the keys of the templates that items name, by their chosen ids, for each type of record.
async fn templates_of(
    conn: &mut PgConnection,
    items: &[(&Item<Making>, RecordTypeId)],
) -> Result<HashMap<(OrganizationId, RecordTypeId), BTreeMap<String, TemplateId>>, store::Error> {
    let mut named: BTreeMap<_, BTreeSet<String>> = BTreeMap::new();
    for (item, record_type) in items {
        let ids = item.command.command.content.template_ids();
        named.entry((item.organization(), *record_type)).or_default().extend(ids);
    }

    let mut found = HashMap::new();
    for ((organization, record_type), ids) in named {
        let keys = sequences::templates::keys(conn, organization, record_type, &ids).await?;
        found.insert((organization, record_type), keys);
    }
    Ok(found)
}

impl ManualActivity {
    /// Returns its next revision, and everything that is wrong with the patch. `None` if the text
    /// stays. Paths begin at the activity.
    pub(super) async fn patched(
        &self,
        write: &mut Write,
        patch: &ManualPatch,
        now: DateTime<Utc>,
    ) -> Result<(Option<Self>, Violations), Error> {
        let limits = write.settings().await?.limits;
        let (organization, ids) = (write.organization(), patch.template_ids());
        let templates =
            sequences::templates::keys(write.conn(), organization, self.record_type, &ids).await?;
        let (step, found) = patch.apply(Some(&self.step), &templates, &limits, now);
        let next: Option<Step> = step.filter(|step| *step != self.step);
        Ok((next.map(|step| self.edited(step, now)), found))
    }
}
