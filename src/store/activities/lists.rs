//! Lists of activities: open ones in the order of their queues or in another, closed ones by the
//! time when they were closed.

use chrono::{DateTime, Utc};
use sqlx::{FromRow, PgConnection, Postgres, QueryBuilder};

use crate::domain::activity::ClosedState;
use crate::domain::caller::Scope;
use crate::domain::condition::{Condition, Field};
use crate::domain::id::{ActivityId, OrganizationId, QueueId};
use crate::domain::record_type::RecordType;
use crate::store::activities::fields::Fields;
use crate::store::activities::rows::{ActivityRow, CLOSED, CLOSER, ENDING, FullRow, OPEN};
use crate::store::condition_sql::{FieldSource, SortForm, push_filter, push_sort_value, sort_form};
use crate::store::queues::rows::{COLUMNS, JOINS, QueueRow, Row};
use crate::store::records::CONDITION_JOINS;
use crate::store::{Error, Portion, statement};

/// Selects activities, open or closed.
#[derive(Clone, Copy, Debug)]
pub struct Selection<'a> {
    /// Only those in this queue. `None`: in all queues of the scope.
    pub queue: Option<QueueId>,
    /// What the caller may see.
    pub scope: Scope,
    /// Only those whose record is of this type. `None`: of any.
    pub record_type: Option<&'a RecordType>,
    /// Only those that match. `None`: all.
    pub filter: Option<&'a Condition>,
    /// The instant that `now` stands for.
    pub now: DateTime<Utc>,
    /// The most activities to return.
    pub limit: i64,
}

/// Selects the open activities of a list.
#[derive(Clone, Copy, Debug)]
pub struct Open<'a> {
    /// True to include due activities.
    pub due: bool,
    /// True to include snoozed activities.
    pub snoozed: bool,
    /// True to include those that fall due later for the first time.
    pub scheduled: bool,
    /// Only those that can be done from this time on. A snoozed one can when its snooze ends.
    pub from: Option<DateTime<Utc>>,
    /// Only those that can be done before this time.
    pub to: Option<DateTime<Utc>>,
    /// The order.
    pub order: &'a Order,
    /// Only those after this place in the list. `None`: from the first.
    pub after: Option<&'a Position>,
}

/// The order of a list.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Order {
    /// The field that counts first; what lacks it comes last. `None`: none. Among equals, the order
    /// of the queue counts.
    pub by: Option<Field>,
    /// True to show high values of the field first.
    pub descending: bool,
}

/// A place in a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Position {
    /// The value of the order's field, as text. `None` if it is missing, or there is no field.
    pub value: Option<String>,
    /// The place in the queue.
    pub rank: DateTime<Utc>,
    /// The activity.
    pub id: ActivityId,
}

/// An open activity, and the value by which its list is ordered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ListedRow {
    /// The activity.
    pub shown: QueueRow,
    /// See [`Position::value`].
    pub value: Option<String>,
}

impl ListedRow {
    /// Returns its place in the list.
    pub fn position(&self) -> Position {
        let activity = &self.shown.activity;
        Position { value: self.value.clone(), rank: activity.rank, id: activity.id }
    }
}

/// Returns open activities.
pub async fn open(
    conn: &mut PgConnection,
    organization: OrganizationId,
    selection: &Selection<'_>,
    open: &Open<'_>,
) -> Result<Portion<ListedRow>, Error> {
    // Read queue by queue: in the order of the queue, each part comes out of an index, and stops at
    // the limit.
    let mut query = QueryBuilder::new("SELECT ");
    query.push(COLUMNS.as_str()).push(", activity.order_value::text AS order_value");
    query.push(" FROM queue CROSS JOIN LATERAL (");

    for (index, state) in open.states().enumerate() {
        if index > 0 {
            query.push(" UNION ALL ");
        }
        push_part(&mut query, (organization, selection), open, state);
    }

    // The scope narrows the queues, not the activities, so other queues are not read at all.
    query.push(") AS activity").push(JOINS);
    query.push(" WHERE queue.organization_id = ").push_bind(organization.0);
    query.push(" AND one_shard(activity.organization_id, ").push_bind(organization.0).push(")");
    selection.push_queue(&mut query, "queue.id");
    open.order.push(&mut query, selection.limit);
    statement::reading::portion::<OpenRow, _>(conn, query).await
}

fn push_part(
    query: &mut QueryBuilder<Postgres>,
    (organization, selection): (OrganizationId, &Selection<'_>),
    open: &Open<'_>,
    state: &'static str,
) {
    let fields = Fields { record_type: selection.record_type, closed: false, now: selection.now };
    query.push("(SELECT activity.* FROM (SELECT ").push(OPEN.as_str()).push(", ");
    match &open.order.by {
        None => _ = query.push("NULL::text"),
        Some(field) => push_sort_value(query, field, &fields),
    }
    query.push(" AS order_value FROM activity").push(Fields::JOINS).push(CONDITION_JOINS);
    query.push(" WHERE activity.organization_id = queue.organization_id AND activity.queue_id = queue.id");
    query.push(" AND one_shard(activity.organization_id, ").push_bind(organization.0);
    query.push(") AND activity.state = ").push(state);

    open.push_times(query);
    selection.push_conditions(query, &fields);
    query.push(") AS activity");

    // The value is computed once, below, and compared here.
    if let Some(position) = open.after {
        query.push(" WHERE ");
        open.order.push_after(query, position);
    }
    open.order.push(query, selection.limit);
    query.push(")");
}

impl Open<'_> {
    /// Returns the conditions of the states to include. Each begins with that of an index.
    pub(super) fn states(&self) -> impl Iterator<Item = &'static str> {
        self.due.then_some("1").into_iter().chain(self.later())
    }

    fn later(&self) -> Option<&'static str> {
        match (self.snoozed, self.scheduled) {
            (true, true) => Some("2"),
            (true, false) => Some("2 AND activity.snooze_until <> activity.due_time"),
            (false, true) => Some("2 AND activity.snooze_until = activity.due_time"),
            (false, false) => None,
        }
    }

    /// Appends the conditions of when the activities can be done.
    pub(super) fn push_times(&self, query: &mut QueryBuilder<Postgres>) {
        for (sign, instant) in [(" >= ", self.from), (" < ", self.to)] {
            if let Some(instant) = instant {
                query.push(" AND coalesce(activity.snooze_until, activity.due_time)");
                query.push(sign).push_bind(instant);
            }
        }
    }
}

impl Selection<'_> {
    /// Appends the conditions of open activities that their queue, which this column names, is the
    /// selected one, and may be seen.
    pub(super) fn push_queue(&self, query: &mut QueryBuilder<Postgres>, column: &str) {
        let own = match self.scope {
            Scope::All | Scope::Nothing => None,
            Scope::Own(seller) => Some(seller.0),
        };
        for queue in self.queue.map(|queue| queue.0).into_iter().chain(own) {
            query.push(format_args!(" AND {column} = ")).push_bind(queue);
        }
        if let Scope::Nothing = self.scope {
            query.push(" AND false");
        }
    }

    /// Appends the conditions over activities and their records.
    pub(super) fn push_conditions(&self, query: &mut QueryBuilder<Postgres>, fields: &dyn FieldSource) {
        if let Some(record_type) = self.record_type {
            query.push(" AND record.record_type_id = ").push_bind(record_type.id.0);
        }
        if let Some(filter) = self.filter {
            query.push(" AND ");
            push_filter(query, filter, fields);
        }
    }
}

impl Order {
    /// Appends the order and the limit.
    fn push(&self, query: &mut QueryBuilder<Postgres>, limit: i64) {
        query.push(match (&self.by, self.descending) {
            (None, _) => " ORDER BY ",
            (Some(_), false) => " ORDER BY activity.order_value NULLS LAST, ",
            (Some(_), true) => " ORDER BY activity.order_value DESC NULLS LAST, ",
        });
        query.push("activity.rank, activity.id LIMIT ").push_bind(limit);
    }

    /// Appends the condition that a row comes after a place.
    fn push_after(&self, query: &mut QueryBuilder<Postgres>, position: &Position) {
        let form = self.by.as_ref().map(sort_form).zip(position.value.as_ref());
        query.push(match (&self.by, form) {
            (None, _) => "(",
            // Only others without a value come after one without.
            (Some(_), None) => "(activity.order_value IS NULL AND ",
            (Some(_), Some(_)) => "(activity.order_value IS NULL OR activity.order_value",
        });

        if let Some((form, value)) = form {
            let mut push_value = |sign| {
                query.push(sign).push_bind(value.clone());
                query.push(match form {
                    SortForm::Number => "::numeric",
                    SortForm::Text => " COLLATE \"C\"",
                });
            };
            push_value(if self.descending { " < " } else { " > " });
            push_value(" OR activity.order_value = ");
            query.push(" AND ");
        }

        // Among equals, the place in the queue counts.
        query.push("(activity.rank, activity.id) > (").push_bind(position.rank);
        query.push(", ").push_bind(position.id.0).push("))");
    }
}

/// Selects the closed activities of a list.
#[derive(Clone, Copy, Debug)]
pub struct Closed<'a> {
    /// The states to include.
    pub states: &'a [ClosedState],
    /// Only those that were closed at this time or later.
    pub since: DateTime<Utc>,
    /// Only those after this one: its close time and its key. `None`: from the last closed one on.
    pub after: Option<(DateTime<Utc>, ActivityId)>,
}

impl Closed<'_> {
    /// Appends the conditions that an activity was closed like this, and may be seen.
    pub(super) fn push_seen(&self, query: &mut QueryBuilder<Postgres>, selection: &Selection<'_>) {
        query.push(" AND activity.close_time >= ").push_bind(self.since);
        let states: Vec<i16> = self.states.iter().map(|state| *state as i16).collect();
        query.push(" AND activity.state = ANY (").push_bind(states).push(")");

        if let Some(queue) = selection.queue {
            query.push(" AND activity.queue_id = ").push_bind(queue.0);
        }
        match selection.scope {
            Scope::All => {}
            // Work of a team's queue is the seller's, too, once the seller has done it.
            Scope::Own(seller) => {
                query.push(" AND (activity.queue_id = ").push_bind(seller.0);
                query.push(" OR activity.closed_by_seller_id = ").push_bind(seller.0).push(")");
            }
            Scope::Nothing => _ = query.push(" AND false"),
        }
    }
}

/// Returns closed activities, the last closed one first. A seller sees those that were in the own
/// queue, and those that the seller closed.
pub async fn closed(
    conn: &mut PgConnection,
    organization: OrganizationId,
    selection: &Selection<'_>,
    closed: &Closed<'_>,
) -> Result<Portion<ActivityRow>, Error> {
    const ORDER: &str = " ORDER BY activity.close_time DESC, activity.id DESC";
    let fields = Fields { record_type: selection.record_type, closed: true, now: selection.now };
    let mut query = QueryBuilder::new("SELECT ");
    query.push(COLUMNS.as_str()).push(ENDING).push(" FROM (SELECT ").push(CLOSED.as_str());
    query
        .push(" FROM closed_activity AS activity")
        .push(Fields::JOINS)
        .push(CONDITION_JOINS)
        .push(" ")
        .push(CLOSER);
    query.push(" WHERE activity.organization_id = ").push_bind(organization.0);
    closed.push_seen(&mut query, selection);
    if let Some((close_time, id)) = closed.after {
        query.push(" AND (activity.close_time, activity.id) < (").push_bind(close_time);
        query.push(", ").push_bind(id.0).push(")");
    }
    selection.push_conditions(&mut query, &fields);

    query.push(ORDER).push(" LIMIT ").push_bind(selection.limit);
    query.push(") AS activity").push(JOINS).push(CLOSER).push(ORDER);
    statement::reading::portion::<FullRow, _>(conn, query).await
}

#[derive(FromRow)]
struct OpenRow {
    #[sqlx(flatten)]
    shown: Row,
    order_value: Option<String>,
}

impl TryFrom<OpenRow> for ListedRow {
    type Error = Error;

    fn try_from(row: OpenRow) -> Result<Self, Error> {
        Ok(Self { shown: row.shown.try_into()?, value: row.order_value })
    }
}
