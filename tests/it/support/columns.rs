//! What a row needs, and the statements that write rows: the one place that knows every column
//! without a default.
//!
//! Tests and benches name the columns that matter to them. A new column with a default needs
//! nothing here; one without needs a line in [`UNNAMED`].

/// What a column holds that nobody names.
enum Value {
    /// This expression.
    Sql(&'static str),
    /// What that other column holds.
    Like(&'static str),
}

use Value::{Like, Sql};

/// By table: the columns that must not be null, apart from keys and references, with a value that
/// is valid and says nothing.
const UNNAMED: &[(&str, &[(&str, Value)])] = &[
    ("routing", &[]),
    (
        "api_key",
        &[
            ("secret_hash", Sql("''")),
            ("display_name", Sql("'A key'")),
            ("roles", Sql("'{SYSTEM_ADMINISTRATOR}'")),
        ],
    ),
    (
        "seller",
        &[
            ("display_name", Like("seller_id")),
            ("email", Sql("''")),
            ("assign_records", Sql("true")),
            ("version", Sql("1")),
            ("update_time", Like("create_time")),
        ],
    ),
    ("team", &[("display_name", Like("team_id"))]),
    ("freed_place", &[]),
    ("sequence_place", &[]),
    (
        "queue",
        &[
            ("revision", Sql("0")),
            ("stamp", Like("id")),
            ("due_count", Sql("0")),
            ("snoozed_count", Sql("0")),
        ],
    ),
    (
        "record_type",
        &[
            ("display_name", Like("record_type_id")),
            ("built_in", Sql("true")),
            ("attributes", Sql("'{}'")),
            ("attribute_descriptions", Sql("'{}'")),
            ("display_name_attribute", Sql("''")),
            ("email_attribute", Sql("''")),
            ("phone_attributes", Sql("'{}'")),
            ("do_not_email_attribute", Sql("''")),
            ("do_not_phone_attribute", Sql("''")),
            ("version", Sql("1")),
            ("update_time", Like("create_time")),
        ],
    ),
    (
        "record",
        &[
            ("attributes", Sql("'{}'")),
            ("closed", Sql("false")),
            ("source_version", Sql("0")),
            ("version", Sql("1")),
            ("update_time", Like("create_time")),
        ],
    ),
    ("record_change", &[]),
    (
        "sequence",
        &[
            ("display_name", Like("sequence_id")),
            ("description", Sql("''")),
            ("state", Sql("'ACTIVE'")),
            ("revision", Sql("1")),
            ("version", Sql("1")),
            ("update_time", Like("create_time")),
        ],
    ),
    (
        "sequence_revision",
        &[
            ("revision", Sql("1")),
            ("revision_description", Sql("''")),
            ("display_name", Sql("''")),
            ("description", Sql("''")),
        ],
    ),
    (
        "segment",
        &[
            ("display_name", Like("segment_id")),
            ("description", Sql("''")),
            ("condition", Sql("'true'")),
            ("priority", Sql("1")),
            ("on_leave", Sql("'STAY'")),
            ("allow_resegmentation", Sql("false")),
            ("reassign_on_resegmentation", Sql("false")),
            ("state", Sql("'ACTIVE'")),
            ("version", Sql("1")),
            ("update_time", Like("create_time")),
        ],
    ),
    ("assignment_turn", &[]),
    ("membership", &[]),
    (
        "enrollment",
        &[
            ("revision", Sql("1")),
            ("pass_number", Sql("1")),
            // Active, without a reason to have ended, enrolled by hand.
            ("state", Sql("2")),
            ("reason", Sql("0")),
            ("source", Sql("1")),
            ("node", Sql("0")),
            ("step_reach_time", Like("create_time")),
            ("version", Sql("1")),
        ],
    ),
    (
        "activity",
        &[
            ("revision", Sql("1")),
            ("node", Sql("0")),
            // An email that is due.
            ("kind", Sql("1")),
            ("record_display_name", Sql("'A lead'")),
            ("warnings", Sql("0")),
            ("due_time", Like("create_time")),
            ("rank", Like("due_time")),
            ("state", Sql("1")),
            ("snooze_count", Sql("0")),
            ("version", Sql("1")),
        ],
    ),
    (
        "closed_activity",
        &[
            ("revision", Sql("1")),
            ("node", Sql("0")),
            ("kind", Sql("1")),
            ("due_time", Like("create_time")),
            ("rank", Like("due_time")),
            ("snooze_count", Sql("0")),
            ("version", Sql("2")),
            // Completed.
            ("state", Sql("3")),
            ("outcome", Sql("''")),
            ("note", Sql("''")),
            ("close_time", Like("create_time")),
        ],
    ),
    // The end of a wait.
    ("timer", &[("kind", Sql("1")), ("subject_id", Like("enrollment_id"))]),
    ("history", &[("detail", Sql("'{}'"))]),
    ("set_aside", &[]),
];

/// A statement that inserts rows: for each row of `from`, the named columns' expressions, and for
/// every other column that must not be null a value that says nothing.
pub fn insert(table: &str, named: &[(&str, &str)], from: &str) -> String {
    let (_, unnamed) = UNNAMED
        .iter()
        .find(|(known, _)| *known == table)
        .unwrap_or_else(|| panic!("{table} has no row in UNNAMED"));

    let is_named = |column: &str| named.iter().any(|(name, _)| *name == column);
    let others = unnamed.iter().map(|(column, _)| *column).filter(|column| !is_named(column));
    let columns: Vec<&str> = named.iter().map(|(column, _)| *column).chain(others).collect();

    let values: Vec<&str> = columns.iter().map(|column| value(column, named, unnamed)).collect();
    format!("INSERT INTO {table} ({}) SELECT {} {from}", columns.join(", "), values.join(", "))
}

fn value<'a>(column: &str, named: &[(&str, &'a str)], unnamed: &[(&str, Value)]) -> &'a str {
    if let Some((_, expression)) = named.iter().find(|(name, _)| *name == column) {
        return expression;
    }
    match unnamed.iter().find(|(name, _)| *name == column) {
        Some((_, Sql(expression))) => expression,
        Some((_, Like(other))) => value(other, named, unnamed),
        None => panic!("{column} is needed and not named"),
    }
}
