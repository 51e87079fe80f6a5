//! Automated emails: what is known of each, how many count for a day, and what they are made of.

use std::collections::HashMap;

use chrono::{DateTime, NaiveDate, Utc};
use serde_json::{Map, Value};
use sqlx::{FromRow, PgConnection};
use tracing::Instrument as _;
use uuid::Uuid;

use crate::domain::id::{ActivityId, EnrollmentId, LeaseId, OrganizationId, RecordId, SellerId, TemplateId};
use crate::domain::rendering::Person;
use crate::domain::sending::{Sending, SendingState};
use crate::store::enrollments::entrants::RecordName;
use crate::store::statement::columns::column;
use crate::store::{Error, statement};

/// What an email is made of.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Material {
    /// The declared attributes of the record.
    pub attributes: Map<String, Value>,
    /// The address of the record. `None` if it has none.
    pub to: Option<String>,
    /// The record's owner. `None` if it has none.
    pub owner: Option<Person>,
    /// The subject and the body of the template. `None` if the template is gone.
    pub template: Option<(String, String)>,
    /// The key with which the organization signs its links. `None` if it has none yet.
    pub key: Option<Vec<u8>>,
}

/// The record and the template of an email. `None`: it has no template.
pub type Wanted = (RecordId, Option<TemplateId>);

/// Returns what emails are made of. Those of deleted records are absent.
pub async fn materials(
    conn: &mut PgConnection,
    organization: OrganizationId,
    wanted: &[Wanted],
) -> Result<HashMap<Wanted, Material>, Error> {
    // Each item has the organization: sql/record_update.sql says why.
    let rows: Vec<MaterialRow> = sqlx::query_as(
        "SELECT item.record_id, item.template_id, record.attributes, record_type.attributes AS declared,
           record_type.email_attribute, seller.display_name, seller.email, template.subject, template.body,
           email_key.key
         FROM unnest($1::uuid[], $2::uuid[], $3::uuid[]) AS item (organization_id, record_id, template_id)
         JOIN record ON record.organization_id = item.organization_id AND record.id = item.record_id
         JOIN record_type ON record_type.organization_id = record.organization_id AND record_type.id = record.record_type_id
         LEFT JOIN seller ON seller.organization_id = record.organization_id AND seller.id = record.owner_id
         LEFT JOIN template ON template.organization_id = item.organization_id AND template.id = item.template_id
         LEFT JOIN email_key ON email_key.organization_id = record.organization_id
         WHERE one_shard(item.organization_id, $1[1])",
    )
    .bind(vec![organization.0; wanted.len()])
    .bind(column(wanted, |wanted| wanted.0.0))
    .bind(column(wanted, |wanted| wanted.1.map(|template| template.0)))
    .fetch_all(conn)
    .instrument(statement::span::of("emails.materials"))
    .await?;

    let keyed = |row: MaterialRow| {
        let wanted = (RecordId(row.record_id), row.template_id.map(TemplateId));
        (wanted, Material::from(row))
    };
    Ok(rows.into_iter().map(keyed).collect())
}

#[derive(FromRow)]
struct MaterialRow {
    record_id: Uuid,
    template_id: Option<Uuid>,
    attributes: Value,
    declared: Value,
    email_attribute: String,
    display_name: Option<String>,
    email: Option<String>,
    subject: Option<String>,
    body: Option<String>,
    key: Option<Vec<u8>>,
}

impl From<MaterialRow> for Material {
    fn from(row: MaterialRow) -> Self {
        let Value::Object(mut attributes) = row.attributes else { return Self::default() };
        // What is left of a deleted attribute isn't shown.
        attributes.retain(|name, _| row.declared.get(name).is_some());
        let to = attributes.get(&row.email_attribute).and_then(Value::as_str);
        Self {
            to: to.filter(|to| !to.is_empty()).map(str::to_owned),
            owner: row.display_name.zip(row.email).map(|(name, email)| Person { name, email }),
            template: row.subject.zip(row.body),
            key: row.key,
            attributes,
        }
    }
}

/// Returns what is known of the email of an activity. `None` if it was never begun.
pub async fn find(
    conn: &mut PgConnection,
    organization: OrganizationId,
    activity: ActivityId,
) -> Result<Option<Sending>, Error> {
    let row: Option<Row> = sqlx::query_as(
        "SELECT organization_id, activity_id, enrollment_id, state, lease_id, attempts, day, seller_id, begin_time
         FROM email WHERE organization_id = $1 AND activity_id = $2",
    )
    .bind(organization.0)
    .bind(activity.0)
    .fetch_optional(conn)
    .instrument(statement::span::of("emails.find"))
    .await?;

    row.map(Sending::try_from).transpose()
}

/// Writes what is known of an email. The enrollment must be locked.
pub async fn save(conn: &mut PgConnection, sending: &Sending) -> Result<(), Error> {
    sqlx::query(
        "INSERT INTO email (organization_id, activity_id, enrollment_id, state, lease_id, attempts, day, seller_id, begin_time)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
         ON CONFLICT (organization_id, activity_id) DO UPDATE
         SET state = $4, lease_id = $5, attempts = $6, day = $7, seller_id = $8, begin_time = $9",
    )
    .bind(sending.organization.0)
    .bind(sending.activity.0)
    .bind(sending.enrollment.0)
    .bind(sending.state as i16)
    .bind(sending.lease.0)
    .bind(sending.attempts)
    .bind(sending.day)
    .bind(sending.seller.map(|seller| seller.0))
    .bind(sending.begin_time)
    .execute(conn)
    .instrument(statement::span::of("emails.save"))
    .await?;

    Ok(())
}

/// Counts one more email for a day, unless that would exceed `most`. Returns false, and counts
/// nothing, if it would. `counted_for` is a seller, or zero for the whole organization. Locks
/// the count until the end of the transaction: take a seller's before the organization's.
pub async fn count(
    conn: &mut PgConnection,
    organization: OrganizationId,
    day: NaiveDate,
    counted_for: Uuid,
    most: i32,
) -> Result<bool, Error> {
    let counted: Option<i32> = sqlx::query_scalar(
        "INSERT INTO email_count (organization_id, day, counted_for, emails)
         SELECT organization.organization_id, $2, $3, 1 FROM organization
         WHERE organization.organization_id = $1 AND $4 > 0
         ON CONFLICT (organization_id, day, counted_for) DO UPDATE
         SET emails = email_count.emails + 1 WHERE email_count.emails < $4
         RETURNING emails",
    )
    .bind(organization.0)
    .bind(day)
    .bind(counted_for)
    .bind(most)
    .fetch_optional(conn)
    .instrument(statement::span::of("emails.count"))
    .await?;

    Ok(counted.is_some())
}

/// Takes one email back from the count of a day: it wasn't sent.
pub async fn uncount(
    conn: &mut PgConnection,
    organization: OrganizationId,
    day: NaiveDate,
    counted_for: Uuid,
) -> Result<(), Error> {
    sqlx::query(
        "UPDATE email_count SET emails = emails - 1
         WHERE organization_id = $1 AND day = $2 AND counted_for = $3",
    )
    .bind(organization.0)
    .bind(day)
    .bind(counted_for)
    .execute(conn)
    .instrument(statement::span::of("emails.uncount"))
    .await?;

    Ok(())
}

/// Forgets how many emails counted for the days before this one, of organizations that aren't
/// suspended.
pub async fn purge_counts(conn: &mut PgConnection, before: NaiveDate) -> Result<(), Error> {
    sqlx::query(
        "DELETE FROM email_count WHERE day < $1 AND EXISTS (
           SELECT FROM organization
           WHERE organization.organization_id = email_count.organization_id AND suspend_time IS NULL)",
    )
    .bind(before)
    .execute(conn)
    .instrument(statement::span::of("emails.purge_counts"))
    .await?;
    Ok(())
}

#[derive(FromRow)]
struct Row {
    organization_id: Uuid,
    activity_id: Uuid,
    enrollment_id: Uuid,
    state: i16,
    lease_id: Uuid,
    attempts: i32,
    day: NaiveDate,
    seller_id: Option<Uuid>,
    begin_time: DateTime<Utc>,
}

impl TryFrom<Row> for Sending {
    type Error = Error;

    fn try_from(row: Row) -> Result<Self, Error> {
        let unknown = Error::Inconsistent { table: "email", column: "state", id: row.activity_id };
        Ok(Self {
            organization: OrganizationId(row.organization_id),
            activity: ActivityId(row.activity_id),
            enrollment: EnrollmentId(row.enrollment_id),
            state: SendingState::from_repr(row.state).ok_or(unknown)?,
            lease: LeaseId(row.lease_id),
            attempts: row.attempts,
            day: row.day,
            seller: row.seller_id.map(SellerId),
            begin_time: row.begin_time,
        })
    }
}

/// Returns the key with which an organization signs its links. `None` if it has none yet.
pub async fn key(conn: &mut PgConnection, organization: OrganizationId) -> Result<Option<Vec<u8>>, Error> {
    Ok(sqlx::query_scalar("SELECT key FROM email_key WHERE organization_id = $1")
        .bind(organization.0)
        .fetch_optional(conn)
        .instrument(statement::span::of("emails.key"))
        .await?)
}

/// Returns the keys with which these organizations sign their links. Those that have none, or don't
/// exist, are absent.
pub async fn keys(
    conn: &mut PgConnection,
    organizations: &[OrganizationId],
) -> Result<HashMap<OrganizationId, Vec<u8>>, Error> {
    let rows: Vec<(Uuid, Vec<u8>)> =
        sqlx::query_as("SELECT organization_id, key FROM email_key WHERE organization_id = ANY ($1)")
            .bind(column(organizations, |organization| organization.0))
            .fetch_all(conn)
            .instrument(statement::span::of("emails.keys"))
            .await?;

    Ok(rows.into_iter().map(|(organization, key)| (OrganizationId(organization), key)).collect())
}

/// Adds an organization's key, unless it has one.
pub async fn add_key(conn: &mut PgConnection, organization: OrganizationId, key: &[u8]) -> Result<(), Error> {
    sqlx::query("INSERT INTO email_key (organization_id, key) VALUES ($1, $2) ON CONFLICT DO NOTHING")
        .bind(organization.0)
        .bind(key)
        .execute(conn)
        .instrument(statement::span::of("emails.add_key"))
        .await?;

    Ok(())
}

/// Returns the record of an activity, open or closed, by the chosen ids of its type and its own.
/// `None` if it is deleted, or its person is unsubscribed.
pub async fn subscriber(
    conn: &mut PgConnection,
    organization: OrganizationId,
    activity: ActivityId,
) -> Result<Option<RecordName>, Error> {
    let found = sqlx::query_as(
        "SELECT record_type.record_type_id, record.record_id
         FROM (
           SELECT record_id FROM activity WHERE organization_id = $1 AND id = $2
           UNION ALL SELECT record_id FROM closed_activity WHERE organization_id = $1 AND id = $2
         ) AS work
         JOIN record ON record.organization_id = $1 AND record.id = work.record_id
         JOIN record_type ON record_type.organization_id = $1 AND record_type.id = record.record_type_id
         WHERE record.unsubscribe_time IS NULL",
    )
    .bind(organization.0)
    .bind(activity.0)
    .fetch_optional(conn)
    .instrument(statement::span::of("emails.subscriber"))
    .await?;

    Ok(found)
}
