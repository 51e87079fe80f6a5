//! Says whether conditions are true, false or unknown for one record, for explanations. Decisions ask
//! [`crate::store::answers`], which evaluates the same predicates, but only says which match.

use sqlx::{PgConnection, QueryBuilder};
use tracing::Instrument as _;

use crate::domain::condition::Condition;
use crate::domain::id::RecordId;
use crate::domain::record_type::RecordType;
use crate::store::answers::TEXT_PER_STATEMENT;
use crate::store::condition_sql::push_filter;
use crate::store::records::{CONDITION_TABLES, Fields};
use crate::store::{Error, statement};

/// Returns for each condition whether it is true for a record of this type. `None` is unknown, and
/// so is everything about a record that doesn't exist. Takes one statement, unless the conditions
/// are long.
pub async fn of(
    conn: &mut PgConnection,
    record_type: &RecordType,
    record: RecordId,
    conditions: &[&Condition],
) -> Result<Vec<Option<bool>>, Error> {
    let mut truths = Vec::with_capacity(conditions.len());
    let mut rest = conditions;
    while !rest.is_empty() {
        let (now, later) = rest.split_at(fitting(rest));
        truths.extend(ask(conn, record_type, record, now).await?);
        rest = later;
    }
    Ok(truths)
}

async fn ask(
    conn: &mut PgConnection,
    record_type: &RecordType,
    record: RecordId,
    conditions: &[&Condition],
) -> Result<Vec<Option<bool>>, Error> {
    let mut query = QueryBuilder::new("SELECT ARRAY[");
    for (place, condition) in conditions.iter().enumerate() {
        query.push(if place == 0 { "" } else { ", " });
        push_filter(&mut query, condition, &Fields { record_type });
    }
    query.push("]::boolean[] FROM ").push(CONDITION_TABLES).push(" WHERE record.organization_id = ");
    query.push_bind(record_type.organization.0).push(" AND record.id = ").push_bind(record.0);

    let row: Option<Vec<Option<bool>>> =
        query.build_query_scalar().fetch_optional(conn).instrument(statement::span::of("truths.of")).await?;
    Ok(row.unwrap_or_else(|| vec![None; conditions.len()]))
}

/// Returns the number of conditions, from the first, that one statement evaluates: at least one.
fn fitting(conditions: &[&Condition]) -> usize {
    let mut length = 0;
    let fits = |condition: &&&Condition| {
        length += condition.text().len();
        length <= TEXT_PER_STATEMENT
    };
    conditions.iter().take_while(fits).count().max(1)
}
