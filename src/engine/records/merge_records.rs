//! Merges records: one survives, and everything of the others becomes its own.

use std::collections::{BTreeSet, HashMap};

use serde::{Deserialize, Serialize};

use crate::domain::changes::Changes;
use crate::domain::enrollment::ExitReason;
use crate::domain::history::{HistoryDetail, HistoryKind};
use crate::domain::id::{ChosenId, EnrollmentId, ProblemId, QueueId, RecordId, SellerId};
use crate::domain::merging::{self, Pass};
use crate::domain::names;
use crate::domain::operation::Operation;
use crate::domain::problem::{Item, Problem};
use crate::domain::record::{CloseOutcome, Record, RecordType};
use crate::domain::related::RelatedChange;
use crate::domain::version::Version;
use crate::engine::{Engine, Error, Kind, Opened, Request, Write};
use crate::store::enrollments::Locking;
use crate::store::records::merges;
use crate::store::records::tombstones::{self, MergedRecord};
use crate::store::records::values::Indexed;
use crate::store::routing::set_aside;
use crate::store::sequences::split_entries;
use crate::store::{self, engagement, records, routing, segments};

/// Why an operation looks at a record once more.
const PASSED_OVER: &str = "another record was merged into it after the operation had passed it";

/// The records to merge, all of one type.
#[derive(Clone, Debug)]
pub struct MergeRecords {
    /// The id of their record type.
    pub record_type: String,
    /// The id of the record that survives.
    pub survivor: String,
    /// The ids of those that are merged into it, the one whose values count first at the front.
    pub merged: Vec<String>,
    /// The version of the survivor that the caller saw, if it sent an etag.
    pub expected_version: Option<Version>,
}

/// What became of the open enrollments.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct RecordsMerged {
    /// How many go on for the survivor.
    pub continued: i32,
    /// How many ended, because the survivor is in the same sequence.
    pub exited: i32,
}

/// The locked records.
struct Together {
    record_type: RecordType,
    survivor: Record,
    merged: Vec<Record>,
}

/// The locked enrollments, and what becomes of them.
struct Plan {
    passes: Vec<Pass>,
    /// Those that end, even the leftovers.
    ending: BTreeSet<EnrollmentId>,
    /// Those that a deleted sequence leaves to an operation, which may be past the survivor.
    leftovers: BTreeSet<EnrollmentId>,
    numbered: Vec<(EnrollmentId, i32)>,
}

impl Engine {
    /// Merges records into one. Their open enrollments go on for it, unless it is in the same
    /// sequence, and their names lead to it from then on.
    ///
    /// # Errors
    /// Missing; Stale; Refused if one was merged before, or the survivor is closed; Invalid if it
    /// would be too large.
    pub async fn merge_records(
        &self,
        request: &Request,
        command: MergeRecords,
    ) -> Result<RecordsMerged, Error> {
        let mut write = match self.open(request).await? {
            Opened::Repeated(answer) => return Ok(answer),
            Opened::Fresh(write) => write,
        };

        // Operations find enrollments by their records, which must not change under them.
        write.stop_routing().await?;
        let organization = write.organization();
        let operations = routing::operations::lock_unfinished(write.conn(), organization).await?;
        let together = write.lock_together(&command).await?;
        let after = together.survivor.absorb(&together.merged, &together.record_type, request.now)?;
        after.check_merged_size()?;
        let plan = self.join_records(&mut write, &together, &after).await?;

        // Those that end are still of their own records.
        let mut changes = self.end_passes(&mut write, &plan).await?;
        let shown = write.move_rows(&together, &plan).await?;
        write.join_operations(&together, &operations).await?;
        shown.into_iter().for_each(|queue| _ = changes.queues.entry((organization, queue)).or_default());
        changes.add_saved(self.follow_survivor(&mut write, &after).await?);

        write.tell_merge(&together, &plan).await?;
        let decided = plan.decided(after.id);
        write.routes_records();
        write.commit_with_queues(&decided, changes).await?;
        Ok(decided)
    }

    /// Saves the survivor, takes the others out of everything that only one record can be in, and
    /// locks the enrollments of all.
    async fn join_records(
        &self,
        write: &mut Write,
        together: &Together,
        after: &Record,
    ) -> Result<Plan, Error> {
        let (organization, now) = (write.organization(), write.now());
        let merged = together.merged_keys();
        records::update(write.conn(), organization, &[after]).await?;
        write.join_references(together, after).await?;
        write.join_values(together, after).await?;
        let left: Vec<_> = merged.iter().map(|record| record.0).collect();
        segments::memberships::leave(write.conn(), organization, &left).await?;
        records::flips::remove(write.conn(), organization, &merged).await?;
        write.free_places(together.freed(after)).await?;
        // One evaluation, of all that it has now.
        let change = (write.new_id(), after.id);
        records::changes::append(write.conn(), organization, &[change]).await?;

        let all = together.keys();
        let passes = merges::lock_passes(write.conn(), organization, &all).await?;
        let deleted = merges::deleted_sequences(write.conn(), organization, &passes).await?;
        let leftovers = merging::open_in(&passes, &deleted);
        let mut ending = merging::ending(&passes, &all);
        ending.extend(&leftovers);
        let numbered = merging::numbered(&passes, &ending, after.id, now);
        Ok(Plan { passes, ending, leftovers, numbered })
    }

    async fn end_passes(&self, write: &mut Write, plan: &Plan) -> Result<Changes, Error> {
        let merged: Vec<_> = plan.ending.difference(&plan.leftovers).copied().collect();
        let mut changes = self.exit_all(write, &merged, ExitReason::RecordMerged).await?;
        let left: Vec<_> = plan.leftovers.iter().copied().collect();
        changes.add_saved(self.exit_all(write, &left, ExitReason::SequenceDeleted).await?);
        Ok(changes)
    }

    /// Ends enrollments. Saves everything but the queues, which the commit bumps.
    async fn exit_all(
        &self,
        write: &mut Write,
        ending: &[EnrollmentId],
        reason: ExitReason,
    ) -> Result<Changes, Error> {
        let (organization, by, now) = (write.organization(), write.actor(), write.now());
        let keys: Vec<_> = ending.iter().map(|enrollment| (organization, *enrollment)).collect();
        let core = self.core();
        let cases = core.load_cases(write.conn(), &keys, now).await?;
        Ok(core.exit_cases(write.conn(), &cases, reason, by, now).await?)
    }

    /// Lets all work go on for the survivor: in the queues of its owner, under its name.
    async fn follow_survivor(&self, write: &mut Write, after: &Record) -> Result<Changes, Error> {
        let (organization, by, now) = (write.organization(), write.actor(), write.now());
        let own = [after.id];
        let since = engagement::unsubscribed_since(write.conn(), organization, &own).await?;
        engagement::save_unsubscribed(write.conn(), organization, &since, now).await?;

        let changed = HashMap::from([(after.id, by)]);
        let core = self.core();
        // Boxed because it is large.
        let followed = Box::pin(core.follow_records(write.conn(), organization, &changed, &changed, now));
        Ok(followed.await?)
    }
}

impl Write {
    /// Locks the records in the order of their keys.
    async fn lock_together(&mut self, command: &MergeRecords) -> Result<Together, Error> {
        let (organization, scope) = (self.organization(), self.caller().scope());
        let name = |id: &str| names::RECORD.name([command.record_type.as_str(), id]);
        let missing = |id: &str| Error::Missing { kind: Kind::Record, name: name(id) };
        let found = records::types::find(self.conn(), organization, &command.record_type).await?;
        let record_type = found.ok_or_else(|| missing(&command.survivor))?;
        let ids = || std::iter::once(&command.survivor).chain(&command.merged);
        let wanted: Vec<_> = ids().map(|id| (record_type.id, ChosenId::known(id.clone()))).collect();
        let locked = records::lock(self.conn(), organization, &wanted, Locking::Wait).await?;

        let mut locked: HashMap<String, Record> =
            locked.into_iter().map(|record| (record.record_id.to_string(), record)).collect();
        if let Some(id) = ids().find(|id| !locked.contains_key(*id)) {
            self.check_unmerged((&record_type, id), scope).await?;
            return Err(missing(id));
        }
        let mut taken = ids().filter_map(|id| locked.remove(id));
        let survivor = taken.next().ok_or_else(|| missing(&command.survivor))?;
        let merged: Vec<Record> = taken.collect();
        let version = Version::of(survivor.id.0, survivor.version);
        Error::if_stale(command.expected_version, version, || name(&command.survivor))?;

        // Again, now that nobody writes the records: an attribute may have been deleted since.
        let types = records::types::by_keys(self.conn(), organization, &[record_type.id.0]).await?;
        let record_type = types.into_iter().next().ok_or_else(|| missing(&command.survivor))?;
        Ok(Together { record_type, survivor, merged })
    }

    /// Saves what the survivor refers to now, and queues what records that refer to one of them
    /// have to be told: they go on referring to the same id.
    async fn join_references(&mut self, together: &Together, after: &Record) -> Result<(), store::Error> {
        let (organization, record_type) = (self.organization(), &together.record_type);
        let references = after.references(record_type).into_values();
        let references: Vec<_> = references.map(|one| (after.id, after.record_type, one)).collect();
        records::references::save(self.conn(), organization, &references).await?;
        records::references::remove_all(self.conn(), organization, &together.merged_keys()).await?;
        if !record_type.referred {
            return Ok(());
        }

        let gone = together.merged.iter().filter_map(RelatedChange::deletion);
        let changes = gone.chain(RelatedChange::of(after, &together.survivor.attributes));
        let changes: Vec<_> = changes.map(|change| (self.new_id(), change)).collect();
        records::related_changes::append(self.conn(), organization, &changes).await?;
        Ok(())
    }

    /// Makes the indexes have the survivor's values as they are now, and none of the merged
    /// records.
    async fn join_values(&mut self, together: &Together, after: &Record) -> Result<(), store::Error> {
        let organization = self.organization();
        records::values::retain(self.conn(), organization, &together.merged_keys(), &[]).await?;
        let keys = after.index_keys(&together.record_type).into_iter();
        let (record, record_type) = (after.id, after.record_type);
        let indexed = keys.map(|(attribute, key)| Indexed { record, record_type, attribute, key });
        records::values::save(self.conn(), organization, &Vec::from_iter(indexed)).await
    }

    /// Gives the rows of the merged records to the survivor, and deletes the records. Returns the
    /// queues that show some of them.
    async fn move_rows(&mut self, together: &Together, plan: &Plan) -> Result<Vec<QueueId>, store::Error> {
        let (organization, now) = (self.organization(), self.now());
        let (survivor, merged) = (together.survivor.id, together.merged_keys());
        merges::move_passes(self.conn(), organization, survivor, &plan.numbered).await?;
        if together.merged.iter().filter_map(|record| record.state.outcome()).any(CloseOutcome::is_won) {
            // They are passes of a record that is open.
            split_entries::set_won(self.conn(), organization, survivor, None).await?;
        }
        let shown = merges::move_activities(self.conn(), organization, survivor, &merged).await?;
        merges::move_past(self.conn(), organization, survivor, &merged).await?;
        merges::delete(self.conn(), organization, &merged).await?;

        let left: Vec<MergedRecord> = together.merged.iter().map(Record::left).collect();
        tombstones::redirect(self.conn(), organization, &left, survivor, now).await?;
        Ok(shown)
    }

    /// Lets operations do for the survivor what they have still to do for the merged records.
    async fn join_operations(
        &mut self,
        together: &Together,
        operations: &[Operation],
    ) -> Result<(), store::Error> {
        if operations.is_empty() {
            return Ok(());
        }
        let (organization, now, survivor) = (self.organization(), self.now(), together.survivor.id);
        let (all, merged) = (together.keys(), together.merged_keys());
        let problems = set_aside::of_operations(self.conn(), organization, &all).await?;
        let (mut moved, mut doubled) = (Vec::new(), Vec::new());

        // There are hardly ever several.
        for operation in operations {
            let left = merging::unfinished(operation, &problems, survivor, &merged);
            moved.extend(left.moved);
            doubled.extend(left.doubled);
            if left.passed_over {
                let item = Item::OfOperation { record: survivor, operation: Some(operation.id) };
                let id = ProblemId(self.new_id());
                let problem = Problem::first(organization, id, item, PASSED_OVER.to_owned(), now);
                set_aside::save(self.conn(), &problem).await?;
                self.keeps_problems();
            }
            if left.operation != *operation {
                routing::operations::update(self.conn(), &left.operation).await?;
            }
        }
        set_aside::give(self.conn(), organization, &moved, survivor).await?;
        set_aside::drop_doubled(self.conn(), organization, &doubled).await
    }

    /// Adds to the history that the records were merged, and of which record each enrollment was
    /// before.
    async fn tell_merge(&mut self, together: &Together, plan: &Plan) -> Result<(), Error> {
        let survivor = together.survivor.id;
        let of = |record: RecordId| HistoryDetail { record: Some(record.0), ..HistoryDetail::default() };
        let moved = plan.passes.iter().filter(|pass| pass.record != survivor && !pass.is_manual);
        let moved = moved.map(|pass| (pass.enrollment.0, HistoryKind::EnrollmentMoved, of(pass.record)));
        let left = |record: RecordId| (record.0, HistoryKind::RecordMerged, of(survivor));
        self.append_all(moved.chain(together.merged_keys().into_iter().map(left)).collect()).await
    }
}

impl Together {
    fn merged_keys(&self) -> Vec<RecordId> {
        self.merged.iter().map(|record| record.id).collect()
    }

    /// The keys of all, the survivor's first.
    fn keys(&self) -> Vec<RecordId> {
        std::iter::once(self.survivor.id).chain(self.merged_keys()).collect()
    }

    /// Returns the sellers who have room for another record since. One may have got the survivor.
    fn freed(&self, after: &Record) -> Vec<SellerId> {
        let active = self.merged.iter().filter(|record| record.is_active());
        let mut freed: Vec<SellerId> = active.filter_map(|record| record.owner).collect();
        let got = after.owner.filter(|_| self.survivor.owner.is_none());
        let place = freed.iter().position(|seller| Some(*seller) == got);
        place.into_iter().for_each(|place| _ = freed.remove(place));
        freed
    }
}

impl Plan {
    fn decided(&self, survivor: RecordId) -> RecordsMerged {
        let open = self.passes.iter().filter(|pass| pass.record != survivor && pass.end_time.is_none());
        let continued = open.filter(|pass| !self.ending.contains(&pass.enrollment)).count();
        let count = |count: usize| i32::try_from(count).unwrap_or(i32::MAX);
        RecordsMerged { continued: count(continued), exited: count(self.ending.len()) }
    }
}

impl Record {
    /// What is left of it once it is merged.
    fn left(&self) -> MergedRecord {
        let name = (self.record_type, self.record_id.clone());
        MergedRecord { id: self.id, name, source_version: self.source_version }
    }
}
