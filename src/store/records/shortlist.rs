//! Finds the records that may match a condition by an index, so that only these are tested.

use sqlx::{PgConnection, Postgres, QueryBuilder};
use tracing::Instrument as _;

use crate::domain::attribute_index::AttributeIndex;
use crate::domain::condition::{Condition, Demand};
use crate::domain::id::OperationId;
use crate::store::records::Fields;
use crate::store::{Error, statement};

/// Which records of a type a statement tests: all of them, or those that an index finds.
#[derive(Debug)]
pub struct Shortlist<'a> {
    by: Option<(&'a str, AttributeIndex, Demand)>,
}

impl<'a> Shortlist<'a> {
    /// All records of a type.
    pub const ALL: Shortlist<'static> = Shortlist { by: None };

    /// Those of a condition.
    pub fn of(source: &Fields<'a>, condition: Option<&Condition>) -> Self {
        let indexes = &source.record_type.indexes;
        let ready = indexes.iter().filter(|(_, index)| index.ready).map(|(name, _)| name.as_str());
        let demanded = condition.and_then(|condition| condition.demand(ready, Some(source.now)));
        Self { by: demanded.and_then(|(name, demand)| Some((name, *indexes.get(name)?, demand))) }
    }

    /// Those of a condition, for a walk through all that match, a chunk at a time. An index has
    /// them in the order of the walk only for a single value. Otherwise each chunk would sort all
    /// that are left.
    pub fn in_order(source: &Fields<'a>, condition: Option<&Condition>) -> Self {
        let Self { by } = Self::of(source, condition);
        let is_single = |demand: &Demand| matches!(demand, Demand::OneOf(keys) if keys.len() == 1);
        Self { by: by.filter(|(_, _, demand)| is_single(demand)) }
    }

    /// Appends the join that leaves only these records of the table `record`.
    pub fn push_join(&self, query: &mut QueryBuilder<Postgres>, source: &Fields<'_>) {
        let Some((attribute, _, demand)) = &self.by else { return };
        query.push(
            " JOIN record_value AS found ON found.organization_id = record.organization_id \
             AND found.record_id = record.id AND found.organization_id = ",
        );
        query.push_bind(source.record_type.organization.0).push(" AND found.record_type_id = ");
        query.push_bind(source.record_type.id.0).push(" AND found.attribute = ");
        query.push_bind((*attribute).to_owned());

        push_keys(query, demand);
    }

    /// The SQL of a record's key. By it, the index goes on where a page or a chunk ended.
    pub fn key(&self) -> &'static str {
        if self.by.is_some() { "found.record_id" } else { "record.id" }
    }

    /// True if the index had all records while the statement ran: its mark is the same as when the
    /// type was read. If not, these are all records from now on, and the statement has to run
    /// again.
    pub async fn was_complete(
        &mut self,
        conn: &mut PgConnection,
        source: &Fields<'_>,
    ) -> Result<bool, Error> {
        let Some((attribute, index, _)) = &self.by else { return Ok(true) };
        let same = is_marked(conn, source, attribute, index.operation).await?;
        self.by = self.by.take().filter(|_| same);
        Ok(same)
    }
}

/// Appends the conditions on keys.
fn push_keys(query: &mut QueryBuilder<Postgres>, demand: &Demand) {
    match demand {
        Demand::OneOf(keys) => match (keys.first(), keys.len()) {
            // Unlike those of an array, its records are in the order of their keys.
            (Some(key), 1) => _ = query.push(" AND found.value = ").push_bind(key.clone()),
            _ => {
                let keys: Vec<String> = keys.iter().cloned().collect();
                query.push(" AND found.value = ANY (").push_bind(keys).push(")");
            }
        },

        Demand::Between(least, most) => {
            push_bound(query, " >= ", least.as_deref());
            push_bound(query, " <= ", most.as_deref());
        }
    }
}

fn push_bound(query: &mut QueryBuilder<Postgres>, sign: &'static str, bound: Option<&str>) {
    if let Some(bound) = bound {
        query.push(" AND found.value").push(sign).push_bind(bound.to_owned());
    }
}

/// True if an attribute still has the index that an operation fills.
async fn is_marked(
    conn: &mut PgConnection,
    source: &Fields<'_>,
    attribute: &str,
    operation: OperationId,
) -> Result<bool, Error> {
    let same: Option<bool> = sqlx::query_scalar(
        "SELECT coalesce(attribute_indexes ->> $3 = $4, false) FROM record_type
         WHERE organization_id = $1 AND id = $2",
    )
    .bind(source.record_type.organization.0)
    .bind(source.record_type.id.0)
    .bind(attribute)
    .bind(operation.0.to_string())
    .fetch_optional(conn)
    .instrument(statement::span::of("shortlist.is_marked"))
    .await?;

    Ok(same == Some(true))
}
