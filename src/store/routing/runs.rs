//! The decisions of routing about all records of an organization. History has them.

use sqlx::{FromRow, PgConnection, QueryBuilder};
use uuid::Uuid;

use crate::domain::condition::Condition;
use crate::domain::history::{HistoryEvent, HistoryKind};
use crate::domain::id::{ChosenId, OrganizationId};
use crate::store::condition_sql::{FieldSource, Place};
use crate::store::statement::reading::push_matching;
use crate::store::{Error, Portion, history, statement};

/// One decision, and the record that it is about.
#[derive(Clone, Debug, PartialEq)]
pub struct Run {
    /// The event.
    pub event: HistoryEvent,
    /// The chosen ids of the record's type and of the record.
    pub record: (ChosenId, ChosenId),
}

/// Returns at most `limit` decisions that match, the newest first, from the one before `before`.
pub async fn page(
    conn: &mut PgConnection,
    organization: OrganizationId,
    filter: Option<&Condition>,
    before: Option<Uuid>,
    limit: i64,
) -> Result<Portion<Run>, Error> {
    let mut query = QueryBuilder::new(
        "SELECT run.organization_id, run.subject_id, run.id, run.at, run.kind, run.actor_seller_id,
           run.actor_key_id, run.request_id, run.detail, record_type.record_type_id, record.record_id
         FROM history AS run
         JOIN record ON record.organization_id = run.organization_id AND record.id = run.subject_id
         JOIN record_type ON record_type.organization_id = record.organization_id
           AND record_type.id = record.record_type_id
         WHERE run.organization_id = ",
    );
    query.push_bind(organization.0);
    // In the text, because only then does Postgres see that the index of these events will do.
    query.push(format_args!(" AND run.kind = {}", HistoryKind::RoutingRun as i16));
    if let Some(before) = before {
        query.push(" AND run.id < ").push_bind(before);
    }
    push_matching(&mut query, filter, &Fields);
    query.push(" ORDER BY run.id DESC LIMIT ").push_bind(limit);
    statement::reading::portion::<Row, _>(conn, query).await
}

/// Appends the chosen id of what a member of the detail names; null if that was deleted since.
macro_rules! named {
    ($before:literal, $column:literal, $table:literal, $member:literal) => {
        concat!(
            "(SELECT ",
            $before,
            "named.",
            $column,
            " FROM ",
            $table,
            " AS named WHERE named.organization_id = $1 AND named.id = (run.detail ->> '",
            $member,
            "')::uuid)"
        )
    };
}

/// Appends the chosen id of the sequence. The detail names it only if it names no enrollment.
macro_rules! sequence {
    ($before:literal) => {
        concat!(
            "coalesce(",
            named!($before, "sequence_id", "sequence", "sequence"),
            ", (SELECT ",
            $before,
            "named.sequence_id FROM enrollment AS started
               JOIN sequence AS named ON named.organization_id = started.organization_id
                 AND named.id = started.sequence_id
               WHERE started.organization_id = $1 AND started.id = (run.detail ->> 'enrollment')::uuid))"
        )
    };
}

/// The full name of the rule; null if it was deleted since.
const RULE_NAME: &str = "(SELECT 'segments/' || segment.segment_id || '/rules/' || named.assignment_rule_id
   FROM assignment_rule AS named
   JOIN segment ON segment.organization_id = named.organization_id AND segment.id = named.segment_id
   WHERE named.organization_id = $1 AND named.id = (run.detail ->> 'assignment_rule')::uuid)";

/// Maps the fields of a filter to columns.
struct Fields;

impl FieldSource for Fields {
    fn place(&self, name: &str) -> Place {
        match name {
            "record" => Place::Column("record.record_id"),
            "record_type" => Place::Column("record_type.record_type_id"),
            "event_time" => Place::Column("run.at"),
            "segment" => Place::Column(named!("", "segment_id", "segment", "segment")),
            "left_segment" => Place::Column(named!("", "segment_id", "segment", "left_segment")),
            "sequence" => Place::Column(sequence!("")),
            "owner" => Place::Column(named!("", "seller_id", "seller", "seller")),
            "assignment_rule" => {
                Place::Column(named!("", "assignment_rule_id", "assignment_rule", "assignment_rule"))
            }
            "segment_reason" => Place::Column("(run.detail ->> 'segment_reason')"),
            "no_candidate_reason" => Place::Column("(run.detail ->> 'no_candidate_reason')"),
            // What routing doesn't note, as the API shows it.
            "owner_reason" => Place::Column("coalesce(run.detail ->> 'owner_reason', 'NOT_ASKED')"),
            "sequence_reason" => Place::Column(
                "coalesce(run.detail ->> 'sequence_reason',
                   CASE WHEN run.detail ? 'segment' THEN 'NOT_CONNECTED' ELSE 'NO_SEGMENT' END)",
            ),
            _ => Place::Nowhere,
        }
    }

    fn full_name(&self, name: &str) -> Option<&'static str> {
        match name {
            "segment" => Some(named!("'segments/' || ", "segment_id", "segment", "segment")),
            "left_segment" => Some(named!("'segments/' || ", "segment_id", "segment", "left_segment")),
            "sequence" => Some(sequence!("'sequences/' || ")),
            "owner" => Some(named!("'sellers/' || ", "seller_id", "seller", "seller")),
            "assignment_rule" => Some(RULE_NAME),
            "record" => {
                Some("('recordTypes/' || record_type.record_type_id || '/records/' || record.record_id)")
            }
            "record_type" => Some("('recordTypes/' || record_type.record_type_id)"),
            _ => None,
        }
    }
}

#[derive(FromRow)]
struct Row {
    #[sqlx(flatten)]
    event: history::Row,
    record_type_id: String,
    record_id: String,
}

impl TryFrom<Row> for Run {
    type Error = Error;

    fn try_from(row: Row) -> Result<Self, Error> {
        let record = (ChosenId::known(row.record_type_id), ChosenId::known(row.record_id));
        Ok(Self { event: row.event.try_into()?, record })
    }
}
