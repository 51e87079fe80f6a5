//! Engagement events: adding them, and reading what decides about them.

use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

use chrono::{DateTime, Utc};
use sqlx::{AssertSqlSafe, PgConnection};
use strum::VariantArray;
use tracing::Instrument as _;
use uuid::Uuid;

use crate::domain::activity::ClosedState;
use crate::domain::consent::Channel;
use crate::domain::engagement::{About, CLOCK_TOLERANCE, EngagementEvent, EngagementKind};
use crate::domain::id::{ActivityId, EnrollmentId, OrganizationId, RecordId};
use crate::domain::program::NodeId;
use crate::domain::step::ActivityKind;
use crate::store::statement::columns::column;
use crate::store::{Error, statement};

/// Adds the events of one organization whose ids are new, and returns these ids. Waits for
/// transactions that are adding the same ids. The records must be locked.
pub async fn insert(
    conn: &mut PgConnection,
    organization: OrganizationId,
    events: &[EngagementEvent],
) -> Result<HashSet<String>, Error> {
    if events.is_empty() {
        return Ok(HashSet::new());
    }

    let added: Vec<String> = sqlx::query_scalar(
        "INSERT INTO engagement_event (organization_id, event_id, fingerprint, record_id, activity_id, kind,
           event_time, by_machine, outcome, return_time, ingest_time)
         SELECT $1, item.*
         FROM unnest($2::text[], $3::bytea[], $4::uuid[], $5::uuid[], $6::smallint[], $7::timestamptz[],
           $8::boolean[], $9::text[], $10::timestamptz[], $11::timestamptz[])
           AS item (event_id, fingerprint, record_id, activity_id, kind, event_time, by_machine, outcome,
             return_time, ingest_time)
         -- In one order, so that batches with the same ids wait for each other instead of deadlocking.
         ORDER BY item.event_id
         ON CONFLICT (organization_id, event_id) DO NOTHING
         RETURNING event_id",
    )
    .bind(organization.0)
    .bind(column(events, |event| event.event_id.as_str()))
    .bind(column(events, |event| event.fingerprint.as_slice()))
    .bind(column(events, |event| event.record.0))
    .bind(column(events, |event| event.activity.map(|activity| activity.0)))
    .bind(column(events, |event| event.engagement.kind as i16))
    .bind(column(events, |event| event.at))
    .bind(column(events, |event| event.engagement.by_machine))
    .bind(column(events, |event| event.engagement.outcome.as_deref()))
    .bind(column(events, |event| event.engagement.return_time))
    .bind(column(events, |event| event.ingest_time))
    .fetch_all(conn)
    .instrument(statement::span::of("engagement.insert"))
    .await?;
    Ok(added.into_iter().collect())
}

/// Returns the fingerprints of known events. A second statement after [`insert`], which may have
/// waited for them.
pub async fn fingerprints(
    conn: &mut PgConnection,
    organization: OrganizationId,
    ids: &[&str],
) -> Result<HashMap<String, Vec<u8>>, Error> {
    if ids.is_empty() {
        return Ok(HashMap::new());
    }
    let known: Vec<(String, Vec<u8>)> = sqlx::query_as(
        "SELECT event_id, fingerprint FROM engagement_event
         WHERE organization_id = $1 AND event_id = ANY ($2) ORDER BY event_id",
    )
    .bind(organization.0)
    .bind(ids)
    .fetch_all(conn)
    .instrument(statement::span::of("engagement.fingerprints"))
    .await?;

    Ok(known.into_iter().collect())
}

/// Returns what activities are, open or closed, each with its record. Unknown ones are absent.
pub async fn activities(
    conn: &mut PgConnection,
    organization: OrganizationId,
    ids: &[ActivityId],
) -> Result<HashMap<ActivityId, (RecordId, About)>, Error> {
    if ids.is_empty() {
        return Ok(HashMap::new());
    }
    let rows: Vec<(Uuid, Uuid, Uuid, i32, i32, bool)> = sqlx::query_as(
        "SELECT found.id, found.record_id, found.enrollment_id, found.revision, found.node,
           found.revision = enrollment.revision
         FROM (
           SELECT organization_id, id, record_id, enrollment_id, revision, node FROM activity
           WHERE organization_id = $1 AND id = ANY ($2)
           UNION ALL
           SELECT organization_id, id, record_id, enrollment_id, revision, node FROM closed_activity
           WHERE organization_id = $1 AND id = ANY ($2)
         ) AS found
         JOIN enrollment ON enrollment.organization_id = found.organization_id
           AND enrollment.id = found.enrollment_id
         WHERE enrollment.organization_id = $1
         ORDER BY found.id",
    )
    .bind(organization.0)
    .bind(column(ids, |id| id.0))
    .fetch_all(conn)
    .instrument(statement::span::of("engagement.activities"))
    .await?;

    // A caller compares the record with the one that the event names.
    let read = |(id, record, enrollment, revision, node, current)| {
        let about = about((id, enrollment), (revision, node), current);
        (about.activity, (RecordId(record), about))
    };
    Ok(rows.into_iter().map(read).collect())
}

static LATEST_EMAILS: LazyLock<String> = LazyLock::new(|| {
    let emails = ActivityKind::VARIANTS.iter().filter(|kind| kind.channel() == Some(Channel::Email));
    format!(
        "SELECT item.place - 1, found.id, found.enrollment_id, found.revision, found.node,
           found.revision = enrollment.revision, found.close_time
         FROM unnest($2::uuid[], $3::timestamptz[]) WITH ORDINALITY AS item (record_id, latest, place)
         CROSS JOIN LATERAL (
           SELECT email.id, email.enrollment_id, email.revision, email.node, email.close_time
           FROM closed_activity AS email
           WHERE email.organization_id = $1 AND email.record_id = item.record_id
             AND email.close_time <= item.latest AND email.state = {completed} AND email.kind IN ({emails})
           ORDER BY email.close_time DESC, email.id DESC
           LIMIT 1
         ) AS found
         JOIN enrollment ON enrollment.organization_id = $1 AND enrollment.id = found.enrollment_id
         ORDER BY item.place",
        completed = ClosedState::Completed as i16,
        emails = statement::words::numbers(emails.map(|kind| *kind as i16)),
    )
});

/// Returns for each record and time, by its place, the latest email that was completed by then.
/// Absent without one.
pub async fn latest_emails(
    conn: &mut PgConnection,
    organization: OrganizationId,
    asked: &[(RecordId, DateTime<Utc>)],
) -> Result<HashMap<usize, About>, Error> {
    if asked.is_empty() {
        return Ok(HashMap::new());
    }
    // The text contains only numbers of enums.
    type Found = (i64, Uuid, Uuid, i32, i32, bool, DateTime<Utc>);
    let rows: Vec<Found> = sqlx::query_as(AssertSqlSafe(LATEST_EMAILS.as_str()))
        .bind(organization.0)
        .bind(column(asked, |(record, _)| record.0))
        .bind(column(asked, |(_, at)| *at + CLOCK_TOLERANCE))
        .fetch_all(conn)
        .instrument(statement::span::of("engagement.latest_emails"))
        .await?;

    let read = |(place, id, enrollment, revision, node, current, at)| {
        let about = about((id, enrollment), (revision, node), current);
        let about = About { completed_at: Some(at), ..about };
        Some((usize::try_from(place).ok()?, about))
    };
    Ok(rows.into_iter().filter_map(read).collect())
}

fn about((activity, enrollment): (Uuid, Uuid), (revision, node): (i32, i32), current: bool) -> About {
    let (activity, enrollment) = (ActivityId(activity), EnrollmentId(enrollment));
    About { activity, enrollment, revision, node: NodeId(node), current, completed_at: None }
}

/// Returns for each record since when its person wants no emails, by the latest event about that.
/// `None`: the person wants emails again. Records without such an event are absent.
pub async fn unsubscribed_since(
    conn: &mut PgConnection,
    organization: OrganizationId,
    records: &[RecordId],
) -> Result<HashMap<RecordId, Option<DateTime<Utc>>>, Error> {
    if records.is_empty() {
        return Ok(HashMap::new());
    }
    let rows: Vec<(Uuid, i16, DateTime<Utc>)> = sqlx::query_as(
        "SELECT DISTINCT ON (record_id) record_id, kind, event_time
         FROM engagement_event
         WHERE organization_id = $1 AND record_id = ANY ($2) AND kind IN ($3, $4)
         -- Of two at the same time, the one that protects the person counts.
         ORDER BY record_id, event_time DESC, kind = $3 DESC",
    )
    .bind(organization.0)
    .bind(column(records, |record| record.0))
    .bind(EngagementKind::Unsubscribed as i16)
    .bind(EngagementKind::Resubscribed as i16)
    .fetch_all(conn)
    .instrument(statement::span::of("engagement.unsubscribed_since"))
    .await?;

    let since = |kind, at| (kind == EngagementKind::Unsubscribed as i16).then_some(at);
    Ok(rows.into_iter().map(|(record, kind, at)| (RecordId(record), since(kind, at))).collect())
}

/// Sets since when the persons of records want no emails. The records must be locked.
pub async fn save_unsubscribed(
    conn: &mut PgConnection,
    organization: OrganizationId,
    since: &HashMap<RecordId, Option<DateTime<Utc>>>,
    now: DateTime<Utc>,
) -> Result<(), Error> {
    if since.is_empty() {
        return Ok(());
    }
    let (records, since): (Vec<Uuid>, Vec<Option<DateTime<Utc>>>) =
        since.iter().map(|(record, since)| (record.0, *since)).unzip();
    sqlx::query(
        "UPDATE record SET unsubscribe_time = item.since, version = record.version + 1, update_time = $4
         FROM unnest(array_fill($1::uuid, ARRAY[cardinality($2::uuid[])]), $2::uuid[], $3::timestamptz[])
           AS item (organization_id, id, since)
         WHERE record.organization_id = item.organization_id AND record.id = item.id
           AND record.unsubscribe_time IS DISTINCT FROM item.since
           AND one_shard(item.organization_id, $1)",
    )
    .bind(organization.0)
    .bind(records)
    .bind(since)
    .bind(now)
    .execute(conn)
    .instrument(statement::span::of("engagement.save_unsubscribed"))
    .await?;

    Ok(())
}

/// Returns for each of these records the other records of the same account on which a reply acts.
/// Nothing is locked.
pub async fn accounts(
    conn: &mut PgConnection,
    organization: OrganizationId,
    records: &[RecordId],
) -> Result<HashMap<RecordId, Vec<RecordId>>, Error> {
    let mut found: HashMap<RecordId, Vec<RecordId>> = HashMap::new();
    if records.is_empty() {
        return Ok(found);
    }
    let rows: Vec<(Uuid, Uuid)> = sqlx::query_as(include_str!("sql/engagement_accounts.sql"))
        .bind(organization.0)
        .bind(column(records, |record| record.0))
        .fetch_all(conn)
        .instrument(statement::span::of("engagement.accounts"))
        .await?;
    for (replied, other) in rows {
        found.entry(RecordId(replied)).or_default().push(RecordId(other));
    }

    Ok(found)
}

/// Erases the events of a record. Its row must be locked.
pub async fn erase(
    conn: &mut PgConnection,
    organization: OrganizationId,
    record: RecordId,
) -> Result<(), Error> {
    sqlx::query("DELETE FROM engagement_event WHERE organization_id = $1 AND record_id = $2")
        .bind(organization.0)
        .bind(record.0)
        .execute(conn)
        .instrument(statement::span::of("engagement.erase"))
        .await?;
    Ok(())
}
