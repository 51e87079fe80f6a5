//! Where the lists of activities find the fields of their filters.

use std::sync::LazyLock;

use chrono::{DateTime, Utc};

use crate::domain::record_type::RecordType;
use crate::domain::step::ActivityKind;
use crate::store::activities::table::CLOSED_RECORD_NAME;
use crate::store::condition_sql::{FieldSource, Place, Related};
use crate::store::{records, statement};

/// Maps the fields of a list filter to columns: those of activities, open or closed, and those of
/// their records, whose names begin with `record.`.
pub(super) struct Fields<'a> {
    /// The type of the records. `None`: no field of a record is asked for.
    pub record_type: Option<&'a RecordType>,
    /// True if the activities are closed.
    pub closed: bool,
    /// The instant that `now` stands for.
    pub now: DateTime<Utc>,
}

impl Fields<'_> {
    /// The joins that the fields need, after `FROM activity`. Each finds one row by a unique key,
    /// so Postgres drops the joins that a filter doesn't use.
    pub(super) const JOINS: &'static str = " \
        LEFT JOIN sequence ON sequence.organization_id = activity.organization_id AND sequence.id = activity.sequence_id \
        LEFT JOIN record ON record.organization_id = activity.organization_id AND record.id = activity.record_id \
        LEFT JOIN record_type ON record_type.organization_id = record.organization_id \
          AND record_type.id = record.record_type_id \
        LEFT JOIN sequence_revision ON sequence_revision.organization_id = activity.organization_id \
          AND sequence_revision.sequence_id = activity.sequence_id AND sequence_revision.revision = activity.revision";
}

/// The word on the wire for the kind of an activity.
static KIND: LazyLock<String> =
    LazyLock::new(|| statement::words::shown("activity.kind", |kind: ActivityKind| kind as i16));

impl<'a> Fields<'a> {
    /// Returns the fields of records, and the name of one without its variable.
    fn of_record<'n>(&self, name: &'n str) -> Option<(records::Fields<'a>, &'n str)> {
        let record_type = self.record_type?;
        Some((records::Fields { record_type, now: self.now }, name.strip_prefix("record.")?))
    }
}

impl FieldSource for Fields<'_> {
    fn place(&self, name: &str) -> Place {
        if let Some((fields, name)) = self.of_record(name) {
            return fields.place(name);
        }

        match name {
            "kind" => Place::Column(&KIND),
            "record" => Place::Column("record.record_id"),
            "record_display_name" if self.closed => Place::Column(CLOSED_RECORD_NAME),
            "record_display_name" => Place::Column("activity.record_display_name"),
            "sequence" => Place::Column("sequence.sequence_id"),
            // Nodes count from 0, but arrays in Postgres from 1.
            "step_id" => Place::Column("(sequence_revision.step_ids[activity.node + 1])"),
            "due_time" => Place::Column("activity.due_time"),
            "snooze_count" => Place::Column("activity.snooze_count"),
            "priority" => Place::Column("activity.priority"),
            "create_time" => Place::Column("activity.create_time"),
            "record_type" => Place::Column("record_type.record_type_id"),
            "read" => Place::Column("(activity.is_read IS TRUE)"),
            "followed" => Place::Column("(activity.is_followed IS TRUE)"),
            "outcome" => Place::Column("nullif(activity.outcome, '')"),
            "closed_by" => Place::Column("closer.seller_id"),
            "close_time" => Place::Column("activity.close_time"),
            _ => Place::Nowhere,
        }
    }

    fn related(&self, name: &str) -> Option<Related> {
        let (fields, name) = self.of_record(name)?;
        fields.related(name)
    }

    fn now(&self) -> Option<DateTime<Utc>> {
        Some(self.now)
    }

    fn full_name(&self, name: &str) -> Option<&'static str> {
        if let Some((fields, name)) = self.of_record(name) {
            return fields.full_name(name);
        }
        match name {
            "record" => {
                Some("('recordTypes/' || record_type.record_type_id || '/records/' || record.record_id)")
            }
            "sequence" => Some("('sequences/' || sequence.sequence_id)"),
            "record_type" => Some("('recordTypes/' || record_type.record_type_id)"),
            "closed_by" => Some("('sellers/' || closer.seller_id)"),
            _ => None,
        }
    }
}
