//! How many activities of a list have each value of a field.

use sqlx::{PgConnection, Postgres, QueryBuilder};
use tracing::Instrument as _;

use crate::domain::condition::Field;
use crate::domain::id::OrganizationId;
use crate::store::activities::fields::Fields;
use crate::store::activities::lists::{Closed, Open, Selection};
use crate::store::activities::rows::CLOSER;
use crate::store::condition_sql::push_shown_value;
use crate::store::records::CONDITION_JOINS;
use crate::store::{Error, statement};

/// The most groups to return.
const MOST: i64 = 200;

/// The activities of a list that have the same value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Group {
    /// The first 256 characters of the value. `None` if it is missing.
    pub value: Option<String>,
    /// The number of activities.
    pub count: i64,
}

/// Groups open activities by a field, the largest group first. The place and the limit of a page
/// don't count.
pub async fn open(
    conn: &mut PgConnection,
    organization: OrganizationId,
    selection: &Selection<'_>,
    open: &Open<'_>,
    by: &Field,
) -> Result<Vec<Group>, Error> {
    let fields = Fields { record_type: selection.record_type, closed: false, now: selection.now };
    let mut query = grouping(organization, by, &fields, ["activity", ""]);
    query.push(" AND (false");
    open.states().for_each(|state| _ = query.push(" OR activity.state = ").push(state));
    query.push(")");

    selection.push_queue(&mut query, "activity.queue_id");
    open.push_times(&mut query);
    selection.push_conditions(&mut query, &fields);
    counted(conn, query).await
}

/// Groups closed activities by a field, the largest group first. The place and the limit of a page
/// don't count.
pub async fn closed(
    conn: &mut PgConnection,
    organization: OrganizationId,
    selection: &Selection<'_>,
    closed: &Closed<'_>,
    by: &Field,
) -> Result<Vec<Group>, Error> {
    let fields = Fields { record_type: selection.record_type, closed: true, now: selection.now };
    let mut query = grouping(organization, by, &fields, ["closed_activity AS activity", CLOSER]);
    closed.push_seen(&mut query, selection);
    selection.push_conditions(&mut query, &fields);
    counted(conn, query).await
}

/// Begins a query for the groups of a table of activities, which is joined with another.
fn grouping(
    organization: OrganizationId,
    by: &Field,
    fields: &Fields<'_>,
    [table, joined]: [&str; 2],
) -> QueryBuilder<Postgres> {
    let mut query = QueryBuilder::new("SELECT left(");
    push_shown_value(&mut query, by, fields);
    query.push(", 256) COLLATE \"C\" AS value, count(*) AS number FROM ").push(table);
    query.push(Fields::JOINS).push(CONDITION_JOINS).push(" ").push(joined);
    query.push(" WHERE activity.organization_id = ").push_bind(organization.0);
    query
}

async fn counted(conn: &mut PgConnection, mut query: QueryBuilder<Postgres>) -> Result<Vec<Group>, Error> {
    query.push(" GROUP BY 1 ORDER BY 2 DESC, 1 NULLS LAST LIMIT ").push_bind(MOST);
    let rows: Vec<(Option<String>, i64)> =
        query.build_query_as().fetch_all(conn).instrument(statement::span::of("activities.groups")).await?;
    Ok(rows.into_iter().map(|(value, count)| Group { value, count }).collect())
}
