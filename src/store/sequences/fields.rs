//! Where lists of sequences find the fields of their filters.

use crate::store::condition_sql::{FieldSource, Place};

/// Maps the fields of a list filter to columns.
pub(super) struct Fields;

impl FieldSource for Fields {
    fn place(&self, name: &str) -> Place {
        match name {
            "id" => Place::Column("sequence.sequence_id"),
            "display_name" => Place::Column("sequence.display_name"),
            "record_type" => Place::Column("record_type.record_type_id"),
            "state" => Place::Column("sequence.state"),
            "revision" => Place::Column("sequence.revision"),
            "create_time" => Place::Column("sequence.create_time"),
            "update_time" => Place::Column("sequence.update_time"),
            "owner" => Place::Column("owner.seller_id"),
            "tags" => Place::Column(TAGS_WITH_LEVELS_ABOVE),
            _ => Place::Nowhere,
        }
    }

    fn full_name(&self, name: &str) -> Option<&'static str> {
        match name {
            "owner" => Some("('sellers/' || owner.seller_id)"),
            "record_type" => Some("('recordTypes/' || record_type.record_type_id)"),
            _ => None,
        }
    }
}

/// The tags of a sequence with all levels above them, so that a tag finds what is filed below it.
const TAGS_WITH_LEVELS_ABOVE: &str = "ARRAY( \
    SELECT DISTINCT array_to_string((string_to_array(tag, '/'))[:level], '/') \
    FROM unnest(sequence.tags) AS tag CROSS JOIN generate_series(1, 4) AS level)";
