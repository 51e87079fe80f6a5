//! Finds the sellers who match conditions for records: all pairs of many records and sellers at
//! once.

use chrono::{DateTime, Utc};
use sqlx::{PgConnection, Postgres, QueryBuilder};
use tracing::Instrument as _;
use uuid::Uuid;

use crate::domain::condition::Condition;
use crate::domain::id::{RecordId, SellerId};
use crate::domain::record_type::RecordType;
use crate::domain::seller_attributes::SellerAttributes;
use crate::store::answers::TEXT_PER_STATEMENT;
use crate::store::condition_sql::{FieldSource, Place, Related, push_filter};
use crate::store::records::{self, CONDITION_TABLES};
use crate::store::tenants::sellers;
use crate::store::{Error, statement};

/// A condition over sellers, and the records for which it is asked.
#[derive(Clone, Debug)]
pub struct Pairing<'a> {
    /// The condition.
    pub condition: &'a Condition,
    /// The records.
    pub records: Vec<RecordId>,
}

/// Records for which the same sellers match a condition: the place of its pairing, the records, and
/// the sellers in the order in which they were created. Records for which nobody matches are in no
/// group.
pub type Matched = (usize, Vec<RecordId>, Vec<SellerId>);

/// Asks which sellers match for records of one type. Takes one statement, unless the conditions are
/// long.
pub async fn ask(
    conn: &mut PgConnection,
    record: records::Fields<'_>,
    attributes: &SellerAttributes,
    pairings: &[Pairing<'_>],
) -> Result<Vec<Matched>, Error> {
    let record_type = record.record_type;
    let source = Pairs { record, seller: sellers::Fields { attributes } };
    let (mut matched, mut first) = (Vec::new(), 0);
    while first < pairings.len() {
        let count = fitting(&pairings[first..]);
        let mut query = QueryBuilder::new("");
        for (place, pairing) in pairings.iter().enumerate().skip(first).take(count) {
            query.push(if place == first { "" } else { " UNION ALL " });
            push_pairing(&mut query, (record_type, place), pairing, &source);
        }

        type Row = (i64, Vec<Uuid>, Vec<Uuid>);
        let span = statement::span::of("sellers.matching");
        let rows: Vec<Row> = query.build_query_as().fetch_all(&mut *conn).instrument(span).await?;
        matched.extend(rows.into_iter().filter_map(read));
        first += count;
    }
    Ok(matched)
}

fn read((place, records, sellers): (i64, Vec<Uuid>, Vec<Uuid>)) -> Option<Matched> {
    let records = records.into_iter().map(RecordId).collect();
    let sellers = sellers.into_iter().map(SellerId).collect();
    Some((usize::try_from(place).ok()?, records, sellers))
}

/// Writes the query of one pairing. Records for which the same sellers match come as one row, so
/// that a condition that ignores the record answers with its sellers once.
fn push_pairing(
    query: &mut QueryBuilder<Postgres>,
    (record_type, place): (&RecordType, usize),
    pairing: &Pairing<'_>,
    source: &dyn FieldSource,
) {
    let records: Vec<Uuid> = pairing.records.iter().map(|record| record.0).collect();

    query.push(format_args!("(SELECT {place}::bigint, "));
    query.push("array_agg(matched.record ORDER BY matched.record), matched.sellers FROM (");
    query.push("SELECT record.id AS record, array_agg(seller.id ORDER BY seller.id) AS sellers FROM ");
    query.push(CONDITION_TABLES).push(" JOIN seller ON seller.organization_id = record.organization_id");
    query.push(" WHERE record.organization_id = ").push_bind(record_type.organization.0);
    query.push(" AND seller.delete_time IS NULL AND record.id = ANY (").push_bind(records).push(") AND (");
    // In WHERE, so that an equality of both sides can become a join.
    push_filter(query, pairing.condition, source);
    query.push(") GROUP BY record.id) AS matched GROUP BY matched.sellers)");
}

/// Returns how many pairings, from the first, one statement evaluates. At least one.
fn fitting(pairings: &[Pairing<'_>]) -> usize {
    let mut length = 0;
    let fits = |pairing: &&Pairing<'_>| {
        length += pairing.condition.text().len();
        length <= TEXT_PER_STATEMENT
    };
    pairings.iter().take_while(fits).count().max(1)
}

/// Finds the fields of a seller, and of the record beside it.
struct Pairs<'a> {
    record: records::Fields<'a>,
    seller: sellers::Fields<'a>,
}

impl FieldSource for Pairs<'_> {
    fn place(&self, name: &str) -> Place {
        match name.strip_prefix("record.") {
            Some(name) => self.record.place(name),
            None => self.seller.place(name),
        }
    }

    fn related(&self, name: &str) -> Option<Related> {
        self.record.related(name.strip_prefix("record.")?)
    }

    fn now(&self) -> Option<DateTime<Utc>> {
        self.record.now()
    }

    fn full_name(&self, name: &str) -> Option<&'static str> {
        name.strip_prefix("record.").and_then(|name| self.record.full_name(name))
    }
}
