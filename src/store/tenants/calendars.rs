//! Calendars.

use chrono::{DateTime, Utc};
use serde_json::Value;
use sqlx::types::Json;
use sqlx::{FromRow, PgConnection, Postgres, QueryBuilder};
use tracing::Instrument as _;
use uuid::Uuid;

use crate::domain::calendar::{Calendar, Content, Schedule};
use crate::domain::condition::Condition;
use crate::domain::id::{CalendarId, ChosenId, OrganizationId, SellerId};
use crate::store::condition_sql::{FieldSource, Place};
use crate::store::statement::columns::column;
use crate::store::statement::reading::push_matching;
use crate::store::{Error, Portion, statement};

const COLUMNS: &str = "\
    calendar.organization_id, calendar.id, calendar.calendar_id, calendar.display_name, \
    calendar.schedule, calendar.version, calendar.create_time, calendar.update_time";

const CHOSEN_ID: &str = "calendar.calendar_id";

/// Adds a calendar. Returns false, and adds nothing, if the id is taken.
pub async fn insert(conn: &mut PgConnection, calendar: &Calendar) -> Result<bool, Error> {
    let inserted: Option<Uuid> = sqlx::query_scalar(
        "INSERT INTO calendar (organization_id, id, calendar_id, display_name, schedule, version,
           create_time, update_time)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
         ON CONFLICT (organization_id, calendar_id) DO NOTHING
         RETURNING id",
    )
    .bind(calendar.organization.0)
    .bind(calendar.id.0)
    .bind(calendar.calendar_id.as_str())
    .bind(&calendar.content.display_name)
    .bind(schedule_value(&calendar.content.schedule))
    .bind(calendar.version)
    .bind(calendar.create_time)
    .bind(calendar.update_time)
    .fetch_optional(conn)
    .instrument(statement::span::of("calendars.insert"))
    .await?;

    Ok(inserted.is_some())
}

/// Updates a calendar. Its row must be locked.
pub async fn update(conn: &mut PgConnection, calendar: &Calendar) -> Result<(), Error> {
    let written: Option<Uuid> = sqlx::query_scalar(
        "UPDATE calendar SET display_name = $3, schedule = $4, version = $5, update_time = $6
         WHERE organization_id = $1 AND id = $2 RETURNING id",
    )
    .bind(calendar.organization.0)
    .bind(calendar.id.0)
    .bind(&calendar.content.display_name)
    .bind(schedule_value(&calendar.content.schedule))
    .bind(calendar.version)
    .bind(calendar.update_time)
    .fetch_optional(conn)
    .instrument(statement::span::of("calendars.update"))
    .await?;

    statement::reading::check_written(written, "calendar", calendar.id.0)
}

/// Deletes a calendar. Its row must be locked.
pub async fn delete(
    conn: &mut PgConnection,
    organization: OrganizationId,
    id: CalendarId,
) -> Result<(), Error> {
    let deleted: Option<Uuid> =
        sqlx::query_scalar("DELETE FROM calendar WHERE organization_id = $1 AND id = $2 RETURNING id")
            .bind(organization.0)
            .bind(id.0)
            .fetch_optional(conn)
            .instrument(statement::span::of("calendars.delete"))
            .await?;
    statement::reading::check_written(deleted, "calendar", id.0)
}

/// Reads a calendar by key.
pub async fn get(
    conn: &mut PgConnection,
    organization: OrganizationId,
    id: CalendarId,
) -> Result<Option<Calendar>, Error> {
    statement::reading::get::<Row, _>(conn, select(organization), "calendar.id", id.0).await
}

/// Reads a calendar by the id that the caller chose.
pub async fn find(
    conn: &mut PgConnection,
    organization: OrganizationId,
    id: &str,
) -> Result<Option<Calendar>, Error> {
    statement::reading::find::<Row, _>(conn, select(organization), CHOSEN_ID, id).await
}

/// Reads a calendar and locks it until the end of the transaction.
pub async fn lock(
    conn: &mut PgConnection,
    organization: OrganizationId,
    id: &str,
) -> Result<Option<Calendar>, Error> {
    statement::reading::lock::<Row, _>(conn, select(organization), CHOSEN_ID, id, "FOR UPDATE").await
}

/// Keeps a calendar from being deleted until the end of the transaction. Returns false if there is
/// none with this chosen id.
pub async fn hold(conn: &mut PgConnection, organization: OrganizationId, id: &str) -> Result<bool, Error> {
    let held: Option<Uuid> = sqlx::query_scalar(
        "SELECT id FROM calendar WHERE organization_id = $1 AND calendar_id = $2 FOR KEY SHARE",
    )
    .bind(organization.0)
    .bind(id)
    .fetch_optional(conn)
    .instrument(statement::span::of("calendars.hold"))
    .await?;
    Ok(held.is_some())
}

/// Whose calendar counts: that of a seller, or the organization's if a record has no owner.
pub type OwnerKey = (OrganizationId, Option<SellerId>);

/// The schedule that counts for an owner.
#[derive(Clone, Debug, PartialEq)]
pub struct OwnersSchedule {
    /// Whose it is.
    pub owner: OwnerKey,
    /// The organization's epoch, of which it is.
    pub definition_epoch: i64,
    /// The schedule. `None`: all time is working time.
    pub schedule: Option<Schedule>,
}

/// A schedule, with its owner and the epoch of its organization.
type ScheduleRow = (Uuid, Option<Uuid>, i64, Option<Json<Schedule>>);

/// Returns the schedules that count for owners: those of their own calendars, else those of their
/// teams, else those of their organizations. Unknown organizations are absent.
pub async fn schedules(conn: &mut PgConnection, owners: &[OwnerKey]) -> Result<Vec<OwnersSchedule>, Error> {
    let rows: Vec<ScheduleRow> = sqlx::query_as(
        "SELECT item.organization_id, item.seller_id, organization.definition_epoch,
           COALESCE(own.schedule, teams.schedule, shared.schedule) AS schedule
         FROM unnest($1::uuid[], $2::uuid[]) AS item (organization_id, seller_id)
         JOIN organization ON organization.organization_id = item.organization_id
         LEFT JOIN seller ON seller.organization_id = item.organization_id AND seller.id = item.seller_id
         LEFT JOIN calendar AS own ON own.organization_id = item.organization_id AND own.id = seller.calendar_id
         LEFT JOIN LATERAL (
           SELECT calendar.schedule FROM team
           JOIN calendar ON calendar.organization_id = team.organization_id AND calendar.id = team.calendar_id
           WHERE team.organization_id = item.organization_id AND one_shard(team.organization_id, $1[1])
             AND item.seller_id = ANY (team.member_ids)
           ORDER BY team.team_id LIMIT 1) AS teams ON true
         LEFT JOIN calendar AS shared ON shared.organization_id = item.organization_id
           AND shared.calendar_id = organization.settings ->> 'calendar'
         WHERE one_shard(item.organization_id, $1[1])",
    )
    .bind(column(owners, |owner| owner.0.0))
    .bind(column(owners, |owner| owner.1.map(|seller| seller.0)))
    .fetch_all(conn)
    .instrument(statement::span::of("calendars.schedules"))
    .await?;

    let read = |(organization, seller, definition_epoch, schedule): (_, Option<Uuid>, _, Option<Json<_>>)| {
        let owner = (OrganizationId(organization), seller.map(SellerId));
        OwnersSchedule { owner, definition_epoch, schedule: schedule.map(|schedule| schedule.0) }
    };
    Ok(rows.into_iter().map(read).collect())
}

/// Returns the id of the calendar that counts for an owner. `None`: all time is working time.
pub async fn of_owner(conn: &mut PgConnection, owner: OwnerKey) -> Result<Option<ChosenId>, Error> {
    let id: Option<Option<String>> = sqlx::query_scalar(
        "SELECT COALESCE(own.calendar_id, teams.calendar_id, organization.settings ->> 'calendar')
         FROM organization
         LEFT JOIN seller ON seller.organization_id = organization.organization_id AND seller.id = $2
         LEFT JOIN calendar AS own ON own.organization_id = organization.organization_id
           AND own.id = seller.calendar_id
         LEFT JOIN LATERAL (
           SELECT calendar.calendar_id FROM team
           JOIN calendar ON calendar.organization_id = team.organization_id AND calendar.id = team.calendar_id
           WHERE team.organization_id = $1 AND $2 = ANY (team.member_ids)
           ORDER BY team.team_id LIMIT 1) AS teams ON true
         WHERE organization.organization_id = $1",
    )
    .bind(owner.0.0)
    .bind(owner.1.map(|seller| seller.0))
    .fetch_optional(conn)
    .instrument(statement::span::of("calendars.of_owner"))
    .await?;
    Ok(id.flatten().map(ChosenId::known))
}

/// Returns what uses a calendar: up to 100 sellers and 100 teams, by name, and `the settings`.
pub async fn users(conn: &mut PgConnection, calendar: &Calendar) -> Result<Vec<String>, Error> {
    Ok(sqlx::query_scalar(
        "(SELECT 'the settings' FROM organization
          WHERE organization_id = $1 AND $3 IN (settings ->> 'calendar', settings ->> 'email_calendar'))
         UNION ALL
         (SELECT 'sellers/' || seller_id FROM seller
          WHERE organization_id = $1 AND calendar_id = $2 ORDER BY seller_id LIMIT 100)
         UNION ALL
         (SELECT 'teams/' || team_id FROM team
          WHERE organization_id = $1 AND calendar_id = $2 ORDER BY team_id LIMIT 100)",
    )
    .bind(calendar.organization.0)
    .bind(calendar.id.0)
    .bind(calendar.calendar_id.as_str())
    .fetch_all(conn)
    .instrument(statement::span::of("calendars.users"))
    .await?)
}

/// Returns at most `limit` calendars that match `filter`, ordered by chosen id, after `after`.
pub async fn page(
    conn: &mut PgConnection,
    organization: OrganizationId,
    filter: Option<&Condition>,
    after: Option<&str>,
    limit: i64,
) -> Result<Portion<Calendar>, Error> {
    let mut query = select(organization);
    push_matching(&mut query, filter, &Fields);
    statement::reading::page::<Row, _>(conn, query, CHOSEN_ID, after, limit).await
}

fn select(organization: OrganizationId) -> QueryBuilder<Postgres> {
    let mut query = QueryBuilder::new("SELECT ");
    query.push(COLUMNS).push(" FROM calendar WHERE calendar.organization_id = ").push_bind(organization.0);
    query
}

fn schedule_value(schedule: &Schedule) -> Value {
    serde_json::to_value(schedule).expect("a schedule is plain data")
}

/// Maps the fields of a list filter to columns.
struct Fields;

impl FieldSource for Fields {
    fn place(&self, name: &str) -> Place {
        match name {
            "id" => Place::Column("calendar.calendar_id"),
            "display_name" => Place::Column("calendar.display_name"),
            "time_zone" => Place::Column("(calendar.schedule ->> 'time_zone')"),
            "create_time" => Place::Column("calendar.create_time"),
            "update_time" => Place::Column("calendar.update_time"),
            _ => Place::Nowhere,
        }
    }
}

#[derive(FromRow)]
struct Row {
    organization_id: Uuid,
    id: Uuid,
    calendar_id: String,
    display_name: String,
    schedule: Value,
    version: i64,
    create_time: DateTime<Utc>,
    update_time: DateTime<Utc>,
}

impl TryFrom<Row> for Calendar {
    type Error = Error;

    fn try_from(row: Row) -> Result<Self, Error> {
        let id = row.id;
        let inconsistent = |_| Error::Inconsistent { table: "calendar", column: "schedule", id };
        let schedule = serde_json::from_value(row.schedule).map_err(inconsistent)?;

        Ok(Self {
            organization: OrganizationId(row.organization_id),
            id: CalendarId(row.id),
            calendar_id: ChosenId::known(row.calendar_id),
            content: Content { display_name: row.display_name, schedule },
            version: row.version,
            create_time: row.create_time,
            update_time: row.update_time,
        })
    }
}
