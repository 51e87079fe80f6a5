//! Merging records: what the one that survives takes over, and what becomes of their enrollments.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, Utc};
use serde_json::Value;

use super::id::{EnrollmentId, RecordId, SequenceId};
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

#[cfg(test)]
mod tests {
    use chrono::TimeDelta;
    use uuid::Uuid;

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
}
