//! Merging records: what the one that survives takes over, and what becomes of their enrollments.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, Utc};
use serde_json::Value;

use super::id::{EnrollmentId, ProblemId, RecordId, SequenceId};
use super::operation::{Operation, OperationKind, OperationState};
use super::problem::{Item, Problem};
use super::reason::Reason;
use super::record::{LARGEST_RECORD, Record, RecordType};
use super::record_size::bytes;
use super::refusal::Refusal;
use super::violation::Violations;

/// An enrollment of one of the records.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Pass {
    /// Its key. Later ones have higher keys.
    pub enrollment: EnrollmentId,
    /// The record.
    pub record: RecordId,
    /// The sequence.
    pub sequence: SequenceId,
    /// 1 for the record's first enrollment in this sequence, 2 for the second, and so on.
    pub number: i32,
    /// When it ended. `None` while it is open.
    pub end_time: Option<DateTime<Utc>>,
    /// True if it only carries a manual activity.
    pub is_manual: bool,
}

impl Record {
    /// Returns it with the values that it lacks and the merged records have, the first ones first.
    /// If one of them says that its person must not be contacted, so does it.
    ///
    /// # Errors
    /// Refused if it is closed, because nothing could go on for it.
    pub fn absorb(
        &self,
        merged: &[Record],
        record_type: &RecordType,
        now: DateTime<Utc>,
    ) -> Result<Self, Refusal> {
        if !self.is_active() {
            return Err(Refusal::RecordClosed { record: self.name(record_type) });
        }

        let mut after = Self { version: self.version + 1, update_time: now, ..self.clone() };
        for other in merged {
            after.owner = after.owner.or(other.owner);
            after.source_version = after.source_version.max(other.source_version);
            for (name, value) in &other.attributes {
                let protects = record_type.roles.forbids(name) && *value == Value::Bool(true);
                // What is left of a deleted attribute is about to be erased.
                let is_declared = record_type.attribute(name).is_some();
                if is_declared && (protects || !after.attributes.contains_key(name)) {
                    after.attributes.insert(name.clone(), value.clone());
                }
            }
        }
        Ok(after)
    }

    /// Checks that it isn't larger than a record may be.
    ///
    /// # Errors
    /// The limit.
    pub fn check_merged_size(&self) -> Result<(), Violations> {
        let size = bytes(&self.attributes);
        let description =
            || format!("must leave the survivor at most {LARGEST_RECORD} bytes of attributes, leave {size}");
        let too_large = || Violations::one("merged_records", Reason::FieldTooLong, description());
        (size <= LARGEST_RECORD).then_some(()).ok_or_else(too_large)
    }
}

/// Returns the open enrollments that end because another record goes on in the same sequence. The
/// records are in order: the one that survives, and those that are merged into it.
pub fn ending(passes: &[Pass], records: &[RecordId]) -> BTreeSet<EnrollmentId> {
    let place = |pass: &&Pass| records.iter().position(|record| *record == pass.record);
    let mut open: Vec<&Pass> = passes.iter().filter(|pass| pass.end_time.is_none()).collect();
    open.sort_by_key(|pass| place(pass));

    let mut going_on = BTreeSet::new();
    open.retain(|pass| !going_on.insert(pass.sequence));
    open.into_iter().map(|pass| pass.enrollment).collect()
}

/// Returns the open enrollments in some sequences.
pub fn open_in(passes: &[Pass], sequences: &BTreeSet<SequenceId>) -> BTreeSet<EnrollmentId> {
    let open = passes.iter().filter(|pass| pass.end_time.is_none() && sequences.contains(&pass.sequence));
    open.map(|pass| pass.enrollment).collect()
}

/// Numbers all passes anew as those of the survivor, in the order in which they ended, and returns
/// those that change.
pub fn numbered(
    passes: &[Pass],
    ending: &BTreeSet<EnrollmentId>,
    survivor: RecordId,
    now: DateTime<Utc>,
) -> Vec<(EnrollmentId, i32)> {
    let mut by_sequence: BTreeMap<SequenceId, Vec<&Pass>> = BTreeMap::new();
    passes.iter().for_each(|pass| by_sequence.entry(pass.sequence).or_default().push(pass));
    // An open one is the last.
    let ends = |pass: &Pass| {
        let end_time = pass.end_time.or(ending.contains(&pass.enrollment).then_some(now));
        (end_time.is_none(), end_time, pass.enrollment)
    };

    let mut numbered = Vec::new();
    for mut passes in by_sequence.into_values() {
        passes.sort_by_key(|pass| ends(pass));
        let changed = (1..).zip(passes).filter(|(number, pass)| {
            let stays = pass.record == survivor && pass.number == *number;
            !stays
        });
        numbered.extend(changed.map(|(number, pass)| (pass.enrollment, number)));
    }
    numbered
}

/// What an operation has still to do for records that are merged.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unfinished {
    /// The operation afterwards.
    pub operation: Operation,
    /// The problem with a merged record that becomes one with the survivor.
    pub moved: Option<ProblemId>,
    /// The other problems with merged records: the survivor has one already.
    pub doubled: Vec<ProblemId>,
    /// True if the survivor gets a problem, because the operation is past it, but wasn't yet at a
    /// merged record. It would never come to what was that record's.
    pub passed_over: bool,
}

/// Returns what an operation has still to do for merged records, given the problems of operations
/// with all of them.
pub fn unfinished(
    operation: &Operation,
    problems: &[Problem],
    survivor: RecordId,
    merged: &[RecordId],
) -> Unfinished {
    let is_its = |problem: &&Problem| match problem.item {
        Item::OfOperation { operation: of, .. } => of == Some(operation.id),
        Item::Timer { .. } | Item::RecordChange { .. } => false,
    };
    let (own, others): (Vec<&Problem>, Vec<&Problem>) =
        problems.iter().filter(is_its).partition(|problem| problem.item.subject() == survivor.0);
    let mut others = others.into_iter().map(|problem| problem.id);
    let moved = if own.is_empty() { others.next() } else { None };
    let doubled: Vec<ProblemId> = others.collect();

    let hides = matches!(operation.kind, OperationKind::ActOnEnrollments | OperationKind::ReassignRecords);
    let was_before = |cursor: RecordId| survivor <= cursor && merged.iter().any(|record| *record > cursor);
    let passed_over = own.is_empty()
        && moved.is_none()
        && hides
        && operation.state == OperationState::Running
        && operation.cursor.is_some_and(was_before);
    let mut after = doubled.iter().fold(operation.clone(), |after, _| after.mended(0));
    after.failed += i64::from(passed_over);
    Unfinished { operation: after, moved, doubled, passed_over }
}

#[cfg(test)]
mod tests {
    use chrono::TimeDelta;
    use uuid::Uuid;

    use super::super::id::{OperationId, OrganizationId, RecordTypeId};
    use super::*;

    const SURVIVOR: RecordId = RecordId(Uuid::from_u128(1));
    const FIRST: RecordId = RecordId(Uuid::from_u128(2));
    const SECOND: RecordId = RecordId(Uuid::from_u128(3));

    fn at(hours: i64) -> DateTime<Utc> {
        DateTime::UNIX_EPOCH + TimeDelta::hours(hours)
    }

    fn pass(key: u128, record: RecordId, sequence: u128, number: i32, ended: Option<i64>) -> Pass {
        Pass {
            enrollment: EnrollmentId(Uuid::from_u128(key)),
            record,
            sequence: SequenceId(Uuid::from_u128(sequence)),
            number,
            end_time: ended.map(at),
            is_manual: false,
        }
    }

    fn keys(found: &BTreeSet<EnrollmentId>) -> Vec<u128> {
        found.iter().map(|enrollment| enrollment.0.as_u128()).collect()
    }

    #[test]
    fn the_survivor_goes_on_else_the_first_of_the_others() {
        let passes = [
            pass(10, SECOND, 1, 1, None),
            pass(11, FIRST, 1, 1, None),
            pass(12, SURVIVOR, 1, 1, None),
            pass(13, SECOND, 2, 1, None),
            pass(14, FIRST, 2, 1, None),
            pass(15, SURVIVOR, 2, 1, Some(1)),
            pass(16, SECOND, 3, 1, None),
        ];
        let ending = ending(&passes, &[SURVIVOR, FIRST, SECOND]);
        assert_eq!(keys(&ending), [10, 11, 13]);
        let deleted = BTreeSet::from([2, 3].map(|key| SequenceId(Uuid::from_u128(key))));
        assert_eq!(keys(&open_in(&passes, &deleted)), [13, 14, 16]);
    }

    #[test]
    fn passes_are_numbered_by_their_ends_and_the_open_one_is_last() {
        let passes = [
            pass(10, SURVIVOR, 1, 1, Some(2)),
            pass(11, SURVIVOR, 1, 2, None),
            pass(12, FIRST, 1, 1, Some(1)),
            pass(13, FIRST, 1, 2, None),
            // The first and only pass of a survivor stays as it is.
            pass(14, SURVIVOR, 2, 1, Some(5)),
        ];
        let ending = ending(&passes, &[SURVIVOR, FIRST]);
        assert_eq!(keys(&ending), [13]);

        let numbered = numbered(&passes, &ending, SURVIVOR, at(9));
        let numbered: Vec<_> = numbered.iter().map(|(key, number)| (key.0.as_u128(), *number)).collect();
        assert_eq!(numbered, [(12, 1), (10, 2), (13, 3), (11, 4)]);
    }
    /// A running operation that is past a record.
    fn operation(cursor: u128) -> Operation {
        Operation {
            organization: OrganizationId(Uuid::nil()),
            id: OperationId(Uuid::from_u128(9)),
            kind: OperationKind::ActOnEnrollments,
            target: Uuid::nil(),
            target_name: String::new(),
            record_type: RecordTypeId(Uuid::nil()),
            bulk: None,
            cursor: Some(RecordId(Uuid::from_u128(cursor))),
            upto: RecordId(Uuid::max()),
            total: 3,
            done: 2,
            failed: 2,
            enrolled: 0,
            state: OperationState::Running,
            create_time: at(0),
            end_time: None,
            start_time: None,
        }
    }

    fn problem(key: u128, record: RecordId, operation: u128) -> Problem {
        let operation = Some(OperationId(Uuid::from_u128(operation)));
        let (id, item) = (ProblemId(Uuid::from_u128(key)), Item::OfOperation { record, operation });
        Problem::first(OrganizationId(Uuid::nil()), id, item, String::new(), at(0))
    }

    #[test]
    fn an_operation_looks_once_more_at_a_survivor_that_it_has_passed() {
        let passed_over = |operation: &Operation| {
            let left = unfinished(operation, &[], SURVIVOR, &[FIRST, SECOND]);
            (left.passed_over, left.operation.failed)
        };
        assert_eq!(passed_over(&operation(1)), (true, 3));
        assert_eq!(passed_over(&operation(2)), (true, 3), "one of them is still before it");
        assert_eq!(passed_over(&operation(3)), (false, 2), "it is past all");
        assert_eq!(passed_over(&Operation { cursor: None, ..operation(1) }), (false, 2));
        assert_eq!(passed_over(&Operation { state: OperationState::Canceled, ..operation(1) }), (false, 2));
        let exits = OperationKind::ExitEnrollments;
        assert_eq!(passed_over(&Operation { kind: exits, ..operation(1) }), (false, 2));
    }

    #[test]
    fn of_the_problems_of_an_operation_with_all_of_them_one_is_left() {
        let ids = |keys: &[u128]| keys.iter().map(|key| ProblemId(Uuid::from_u128(*key))).collect::<Vec<_>>();
        let others = [problem(20, FIRST, 9), problem(21, SECOND, 9), problem(22, FIRST, 8)];
        let left = unfinished(&operation(2), &others, SURVIVOR, &[FIRST, SECOND]);
        assert_eq!((Vec::from_iter(left.moved), left.doubled), (ids(&[20]), ids(&[21])));
        assert_eq!((left.passed_over, left.operation.failed), (false, 1));

        let all = [&others[..], &[problem(23, SURVIVOR, 9)]].concat();
        let left = unfinished(&operation(2), &all, SURVIVOR, &[FIRST, SECOND]);
        assert_eq!((left.moved, left.doubled), (None, ids(&[20, 21])));
        assert_eq!((left.passed_over, left.operation.failed), (false, 0));
    }
}
