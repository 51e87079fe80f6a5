//! The enrollments of a sequence, or the records to enroll in it, on which an operation works.

use chrono::{DateTime, TimeDelta, Utc};
use sqlx::{PgConnection, Postgres, QueryBuilder};
use tracing::Instrument as _;
use uuid::Uuid;

use crate::domain::action::Alike;
use crate::domain::bulk::BulkWork;
use crate::domain::condition::{Condition, Subject};
use crate::domain::enrollment::{EnrollmentState, FIELDS, PauseReason};
use crate::domain::id::{OrganizationId, RecordId, RecordTypeId, SequenceId};
use crate::domain::operation::Operation;
use crate::domain::program::NodeId;
use crate::domain::record_type::RecordType;
use crate::domain::reenrollment::{Again, Reenrollment};
use crate::domain::sequence::Sequence;
use crate::domain::violation::Violations;
use crate::store::condition_sql::push_filter;
use crate::store::enrollments::EnrollmentKey;
use crate::store::enrollments::rows::{Fields, TABLES};
use crate::store::records::{CONDITION_TABLES, Fields as RecordFields, Shortlist, handovers, types};
use crate::store::{Error, statement};

/// Parses a condition over enrollments. `None` if it is empty.
///
/// # Errors
/// Everything that is wrong with it.
pub fn condition(text: &str) -> Result<Option<Condition>, Violations> {
    match text {
        "" => Ok(None),
        _ => Condition::check("condition", text, &Subject::new("enrollment", FIELDS).as_saved()).map(Some),
    }
}

/// Counts the open enrollments of a sequence that match, by what makes a difference for actions.
pub async fn alike(
    conn: &mut PgConnection,
    organization: OrganizationId,
    sequence: SequenceId,
    condition: Option<&Condition>,
) -> Result<Vec<(Alike, i64)>, Error> {
    let mut query = QueryBuilder::new(
        "SELECT enrollment.state, enrollment.reason, enrollment.revision, enrollment.node, count(*) FROM ",
    );
    push_open(&mut query, organization, sequence, condition);
    query.push(" GROUP BY 1, 2, 3, 4 ORDER BY 1, 2, 3, 4");
    let rows: Vec<(i16, i16, i32, i32, i64)> =
        query.build_query_as().fetch_all(conn).instrument(statement::span::of("bulk.alike")).await?;

    let group = |(state, reason, revision, node, count)| {
        let unknown = Error::Inconsistent { table: "enrollment", column: "state", id: sequence.0 };
        let state = EnrollmentState::from_repr(state).ok_or(unknown)?;
        let with_sequence = state == EnrollmentState::Paused && reason == PauseReason::SequencePaused as i16;
        Ok((Alike { state, with_sequence, revision, node: NodeId(node) }, count))
    };
    rows.into_iter().map(group).collect()
}

/// Counts the active records that match: first those without an open enrollment in the sequence,
/// then those with one.
pub async fn count_entrants(
    conn: &mut PgConnection,
    source: &RecordFields<'_>,
    condition: Option<&Condition>,
    sequence: &Sequence,
) -> Result<(i64, i64), Error> {
    let mut shortlist = Shortlist::of(source, condition);
    loop {
        let mut query = QueryBuilder::new("SELECT count(*) FILTER (WHERE NOT entrant.kept), ");
        query.push("count(*) FILTER (WHERE entrant.kept) FROM (SELECT ");
        push_kept(&mut query, sequence, source.now);

        query.push(" AS kept FROM ");
        push_records(&mut query, source, condition, &shortlist);
        query.push(") AS entrant");
        let span = statement::span::of("bulk.count_entrants");
        let counts = query.build_query_as().fetch_one(&mut *conn).instrument(span).await?;
        if shortlist.was_complete(conn, source).await? {
            return Ok(counts);
        }
    }
}

/// Returns those of some enrollments, which must be locked, that still match a condition.
pub async fn matching(
    conn: &mut PgConnection,
    (organization, sequence): (OrganizationId, SequenceId),
    condition: &Condition,
    keys: Vec<EnrollmentKey>,
) -> Result<Vec<EnrollmentKey>, Error> {
    let mut query = QueryBuilder::new("SELECT enrollment.id FROM ");
    push_open(&mut query, organization, sequence, Some(condition));
    let ids: Vec<Uuid> = keys.iter().map(|(_, id)| id.0).collect();
    query.push(" AND enrollment.id = ANY (").push_bind(ids).push(")");

    let span = statement::span::of("bulk.matching");
    let found: Vec<Uuid> = query.build_query_scalar().fetch_all(conn).instrument(span).await?;
    Ok(keys.into_iter().filter(|(_, id)| found.contains(&id.0)).collect())
}

/// Returns those of some records, which must be locked, that an operation still has to enroll.
pub async fn matching_records(
    conn: &mut PgConnection,
    (organization, sequence): (OrganizationId, SequenceId),
    (text, now): (&str, DateTime<Utc>),
    records: &[RecordId],
) -> Result<Vec<RecordId>, Error> {
    if text.is_empty() {
        return Ok(records.to_vec());
    }
    let broken = || Error::Inconsistent { table: "operation", column: "bulk", id: sequence.0 };
    let of: Option<Uuid> =
        sqlx::query_scalar("SELECT record_type_id FROM sequence WHERE organization_id = $1 AND id = $2")
            .bind(organization.0)
            .bind(sequence.0)
            .fetch_optional(&mut *conn)
            .instrument(statement::span::of("bulk.matching_records"))
            .await?;
    let of = of.map(RecordTypeId).ok_or_else(broken)?;
    let (record_type, condition) = asked(&mut *conn, organization, of, text).await?.ok_or_else(broken)?;

    let mut query = QueryBuilder::new("SELECT record.id FROM ");
    let source = RecordFields { record_type: &record_type, now };
    push_records(&mut query, &source, condition.as_ref(), &Shortlist::ALL);
    let ids: Vec<Uuid> = records.iter().map(|record| record.0).collect();
    query.push(" AND record.id = ANY (").push_bind(ids).push(") ORDER BY record.id");
    let span = statement::span::of("bulk.matching_records");
    let found: Vec<Uuid> = query.build_query_scalar().fetch_all(conn).instrument(span).await?;
    Ok(found.into_iter().map(RecordId).collect())
}

/// Returns a record type, and a kept condition over its records, if there is one. `None` if the
/// type is missing or the condition is broken.
pub(in crate::store) async fn asked(
    conn: &mut PgConnection,
    organization: OrganizationId,
    of: RecordTypeId,
    text: &str,
) -> Result<Option<(RecordType, Option<Condition>)>, Error> {
    let found = types::by_keys(conn, organization, &[of.0]).await?;
    let Some(record_type) = found.into_iter().next() else { return Ok(None) };
    if text.is_empty() {
        return Ok(Some((record_type, None)));
    }
    let parsed = Condition::parse(text, &record_type.subject().as_saved());
    Ok(parsed.ok().map(|condition| (record_type, Some(condition))))
}

/// Returns the next records on which an operation works, at most `limit`.
pub async fn next(
    conn: &mut PgConnection,
    operation: &Operation,
    limit: i64,
    now: DateTime<Utc>,
) -> Result<Vec<RecordId>, Error> {
    let Operation { organization, id, ref bulk, target, upto, .. } = *operation;
    let broken = || Error::Inconsistent { table: "operation", column: "bulk", id: id.0 };
    let bulk = bulk.as_ref().ok_or_else(broken)?;
    let after = operation.cursor.map_or(Uuid::nil(), |record| record.0);
    let sequence = SequenceId(target);

    let mut query = match &bulk.work {
        BulkWork::Act(_) => {
            let condition = condition(&bulk.condition).map_err(|_| broken())?;
            let mut query = QueryBuilder::new("SELECT enrollment.record_id FROM ");
            push_open(&mut query, organization, sequence, condition.as_ref());
            query.push(" AND enrollment.id <= ").push_bind(upto.0);
            query.push(" AND enrollment.record_id > ").push_bind(after);
            query.push(" ORDER BY enrollment.record_id LIMIT ");
            query
        }
        BulkWork::Enroll => {
            let asked = asked(&mut *conn, organization, operation.record_type, &bulk.condition).await?;
            let (record_type, condition) = asked.ok_or_else(broken)?;
            let source = RecordFields { record_type: &record_type, now };
            return next_entrants(conn, &source, condition.as_ref(), (after, upto.0, limit)).await;
        }
        BulkWork::Reassign(_) | BulkWork::HandBack(_) => {
            return handovers::next(conn, operation, bulk, limit, now).await;
        }
    };

    query.push_bind(limit);
    let span = statement::span::of("bulk.next");
    let keys: Vec<Uuid> = query.build_query_scalar().fetch_all(conn).instrument(span).await?;
    Ok(keys.into_iter().map(RecordId).collect())
}

/// Returns the next records that match, at most `limit`, between two keys.
async fn next_entrants(
    conn: &mut PgConnection,
    source: &RecordFields<'_>,
    condition: Option<&Condition>,
    (after, upto, limit): (Uuid, Uuid, i64),
) -> Result<Vec<RecordId>, Error> {
    let mut shortlist = Shortlist::in_order(source, condition);
    loop {
        let mut query = QueryBuilder::new("SELECT record.id FROM ");
        push_records(&mut query, source, condition, &shortlist);
        let key = shortlist.key();
        query.push(" AND ").push(key).push(" <= ").push_bind(upto);
        query.push(" AND ").push(key).push(" > ").push_bind(after);
        query.push(" ORDER BY ").push(key).push(" LIMIT ").push_bind(limit);

        let span = statement::span::of("bulk.next_entrants");
        let keys: Vec<Uuid> = query.build_query_scalar().fetch_all(&mut *conn).instrument(span).await?;
        if shortlist.was_complete(conn, source).await? {
            return Ok(keys.into_iter().map(RecordId).collect());
        }
    }
}

fn push_open(
    query: &mut QueryBuilder<Postgres>,
    organization: OrganizationId,
    sequence: SequenceId,
    condition: Option<&Condition>,
) {
    query.push(TABLES).push(" WHERE enrollment.organization_id = ").push_bind(organization.0);
    query.push(" AND enrollment.sequence_id = ").push_bind(sequence.0);
    query.push(" AND enrollment.end_time IS NULL");
    if let Some(condition) = condition {
        query.push(" AND ");
        push_filter(query, condition, &Fields);
    }
}

fn push_records(
    query: &mut QueryBuilder<Postgres>,
    source: &RecordFields<'_>,
    condition: Option<&Condition>,
    shortlist: &Shortlist<'_>,
) {
    query.push(CONDITION_TABLES);
    shortlist.push_join(query, source);
    query.push(" WHERE record.organization_id = ");
    query.push_bind(source.record_type.organization.0).push(" AND record.record_type_id = ");
    query.push_bind(source.record_type.id.0).push(" AND NOT record.closed");

    if let Some(condition) = condition {
        query.push(" AND ");
        push_filter(query, condition, source);
    }
}

/// Tells whether a record has an enrollment, open or ended, because of which it isn't enrolled now.
fn push_kept(query: &mut QueryBuilder<Postgres>, sequence: &Sequence, now: DateTime<Utc>) {
    query.push("EXISTS (SELECT FROM enrollment WHERE enrollment.organization_id = ");
    query.push_bind(sequence.organization.0);
    query.push(" AND enrollment.sequence_id = ").push_bind(sequence.id.0);
    query.push(" AND enrollment.record_id = record.id");

    let Reenrollment { by_hand, gap_seconds, .. } = sequence.reenrollment;
    match by_hand {
        Again::Never => {}
        Again::AfterGap => {
            let since = now - TimeDelta::seconds(gap_seconds);
            query.push(" AND (enrollment.end_time IS NULL OR enrollment.end_time > ").push_bind(since);
            query.push(")");
        }
        Again::Always => {
            query.push(" AND enrollment.end_time IS NULL");
        }
    }
    query.push(")");
}
