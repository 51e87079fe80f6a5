//! Teams.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use sqlx::{FromRow, PgConnection, Postgres, QueryBuilder};
use tracing::Instrument as _;
use uuid::Uuid;

use crate::domain::condition::Condition;
use crate::domain::id::{ChosenId, OrganizationId, QueueId, SellerId, TeamId};
use crate::domain::team::{AUTOMATION, Profile, Team};
use crate::store::condition_sql::{FieldSource, Place};
use crate::store::statement::columns::column;
use crate::store::statement::reading::push_matching;
use crate::store::{Error, Portion, statement};

const COLUMNS: &str = "\
    team.organization_id, team.id, team.team_id, team.display_name, team.version, team.create_time, \
    COALESCE(team.update_time, team.create_time) AS update_time, calendar.calendar_id AS calendar, \
    ARRAY(SELECT seller.seller_id FROM unnest(team.member_ids) WITH ORDINALITY AS member (id, place) \
      JOIN seller ON seller.organization_id = $1 AND seller.id = member.id \
      ORDER BY member.place) AS members";

const CHOSEN_ID: &str = "team.team_id";

/// The keys of the members and of the calendar, by their chosen ids: `$5` and `$6`.
macro_rules! keys {
    () => {
        "ARRAY(SELECT seller.id FROM unnest($5::text[]) WITH ORDINALITY AS member (seller_id, place)
           JOIN seller ON seller.organization_id = $1 AND seller.seller_id = member.seller_id
           ORDER BY member.place),
         (SELECT id FROM calendar WHERE organization_id = $1 AND calendar_id = $6)"
    };
}

/// Returns the queues of these organizations' automation teams.
pub async fn automation_queues(
    conn: &mut PgConnection,
    organizations: &[OrganizationId],
) -> Result<Vec<(OrganizationId, QueueId)>, Error> {
    let rows: Vec<(Uuid, Uuid)> = sqlx::query_as(
        "SELECT organization_id, id FROM team WHERE organization_id = ANY ($1) AND team_id = $2",
    )
    .bind(column(organizations, |organization| organization.0))
    .bind(AUTOMATION)
    .fetch_all(conn)
    .instrument(statement::span::of("teams.automation_queues"))
    .await?;
    Ok(rows.into_iter().map(|(organization, id)| (OrganizationId(organization), QueueId(id))).collect())
}

/// Returns the queues of all teams of these organizations.
pub async fn queues(
    conn: &mut PgConnection,
    organizations: &[OrganizationId],
) -> Result<Vec<(OrganizationId, QueueId)>, Error> {
    let rows: Vec<(Uuid, Uuid)> =
        sqlx::query_as("SELECT organization_id, id FROM team WHERE organization_id = ANY ($1)")
            .bind(column(organizations, |organization| organization.0))
            .fetch_all(conn)
            .instrument(statement::span::of("teams.queues"))
            .await?;
    Ok(rows.into_iter().map(|(organization, id)| (OrganizationId(organization), QueueId(id))).collect())
}

/// Adds a team. A deleted team with its id comes back as this one, with its key and queue. Returns
/// the key and true if the team is new, or `None`, and adds nothing, if the id is taken. Its
/// calendar must be held.
pub async fn insert(conn: &mut PgConnection, team: &Team) -> Result<Option<(TeamId, bool)>, Error> {
    let inserted: Option<Uuid> = sqlx::query_scalar(concat!(
        "INSERT INTO team (organization_id, id, team_id, display_name, member_ids, calendar_id, version,
           create_time, update_time)
         SELECT organization.organization_id, $2, $3, $4, ",
        keys!(),
        ", $7, $8, $8
         FROM organization WHERE organization.organization_id = $1
         ON CONFLICT (organization_id, team_id) DO UPDATE
           SET display_name = excluded.display_name, member_ids = excluded.member_ids,
             calendar_id = excluded.calendar_id, version = team.version + 1,
             create_time = excluded.create_time, update_time = excluded.update_time, delete_time = NULL
           WHERE team.delete_time IS NOT NULL
         RETURNING id"
    ))
    .bind(team.organization.0)
    .bind(team.id.0)
    .bind(team.team_id.as_str())
    .bind(&team.profile.display_name)
    .bind(members(team))
    .bind(team.profile.calendar.as_ref().map(ChosenId::as_str))
    .bind(team.version)
    .bind(team.create_time)
    .fetch_optional(conn)
    .instrument(statement::span::of("teams.insert"))
    .await?;

    Ok(inserted.map(|id| (TeamId(id), id == team.id.0)))
}

/// Updates a team. Its row must be locked, and its calendar held.
pub async fn update(conn: &mut PgConnection, team: &Team) -> Result<(), Error> {
    let written: Option<Uuid> = sqlx::query_scalar(concat!(
        "UPDATE team SET version = $3, display_name = $4, update_time = $7,
           (member_ids, calendar_id) = (SELECT ",
        keys!(),
        ")
         WHERE organization_id = $1 AND id = $2 RETURNING id"
    ))
    .bind(team.organization.0)
    .bind(team.id.0)
    .bind(team.version)
    .bind(&team.profile.display_name)
    .bind(members(team))
    .bind(team.profile.calendar.as_ref().map(ChosenId::as_str))
    .bind(team.update_time)
    .fetch_optional(conn)
    .instrument(statement::span::of("teams.update"))
    .await?;

    statement::reading::check_written(written, "team", team.id.0)
}

/// Marks a team as deleted. Its queue stays, because closed activities name it. Its row must be
/// locked.
pub async fn delete(
    conn: &mut PgConnection,
    organization: OrganizationId,
    id: TeamId,
    now: DateTime<Utc>,
) -> Result<(), Error> {
    let written: Option<Uuid> = sqlx::query_scalar(
        "UPDATE team SET delete_time = $3, member_ids = '{}', calendar_id = NULL, version = version + 1
         WHERE organization_id = $1 AND id = $2 RETURNING id",
    )
    .bind(organization.0)
    .bind(id.0)
    .bind(now)
    .fetch_optional(conn)
    .instrument(statement::span::of("teams.delete"))
    .await?;

    statement::reading::check_written(written, "team", id.0)
}

/// Returns the members of the teams with these chosen ids, in order. Unknown teams are absent.
pub async fn members_of(
    conn: &mut PgConnection,
    organization: OrganizationId,
    teams: &[String],
) -> Result<HashMap<ChosenId, Vec<SellerId>>, Error> {
    if teams.is_empty() {
        return Ok(HashMap::new());
    }

    let rows: Vec<(String, Vec<Uuid>)> = sqlx::query_as(
        "SELECT team_id, member_ids FROM team
         WHERE organization_id = $1 AND team_id = ANY ($2) AND delete_time IS NULL",
    )
    .bind(organization.0)
    .bind(teams)
    .fetch_all(conn)
    .instrument(statement::span::of("teams.members_of"))
    .await?;
    let read = |(team, members): (String, Vec<Uuid>)| {
        (ChosenId::known(team), members.into_iter().map(SellerId).collect())
    };
    Ok(rows.into_iter().map(read).collect())
}

/// Keeps teams from being deleted until the end of the transaction. Returns those of these queues
/// whose team is already deleted. Queues of sellers are never among them.
pub async fn keep(
    conn: &mut PgConnection,
    queues: &[(OrganizationId, QueueId)],
) -> Result<Vec<(OrganizationId, QueueId)>, Error> {
    let (organizations, keys): (Vec<Uuid>, Vec<Uuid>) = queues.iter().map(|(of, key)| (of.0, key.0)).unzip();
    let held: Vec<(Uuid, Uuid, bool)> = sqlx::query_as(
        "SELECT team.organization_id, team.id, team.delete_time IS NOT NULL
         FROM unnest($1::uuid[], $2::uuid[]) AS item (organization_id, id)
         JOIN team ON team.organization_id = item.organization_id AND team.id = item.id
         WHERE one_shard(item.organization_id, $1[1])
         ORDER BY team.organization_id, team.id FOR SHARE OF team",
    )
    .bind(organizations)
    .bind(keys)
    .fetch_all(conn)
    .instrument(statement::span::of("teams.keep"))
    .await?;

    Ok(deleted(held))
}

/// Returns those of some queues whose team or seller is deleted.
pub(super) fn deleted(held: Vec<(Uuid, Uuid, bool)>) -> Vec<(OrganizationId, QueueId)> {
    let deleted = held.into_iter().filter(|(.., deleted)| *deleted);
    deleted.map(|(of, key, _)| (OrganizationId(of), QueueId(key))).collect()
}

/// Returns what keeps a team from being deleted: rules and sequences, by name, and activities, in
/// words.
pub async fn users(conn: &mut PgConnection, team: &Team) -> Result<Vec<String>, Error> {
    Ok(sqlx::query_scalar(
        "(SELECT format('segments/%s/rules/%s', segment.segment_id, rule.assignment_rule_id)
          FROM assignment_rule AS rule
          JOIN segment ON segment.organization_id = rule.organization_id AND segment.id = rule.segment_id
          WHERE rule.organization_id = $1 AND rule.team_id = $2
          ORDER BY segment.segment_id, rule.assignment_rule_id LIMIT 100)
         UNION ALL
         (SELECT format('%s open activities in its queue', count(*)) FROM activity
          WHERE organization_id = $1 AND queue_id = $2 HAVING count(*) > 0)
         UNION ALL
         (SELECT DISTINCT 'sequences/' || sequence.sequence_id
          FROM sequence
          JOIN sequence_revision AS revision ON revision.organization_id = sequence.organization_id
            AND revision.sequence_id = sequence.id
          CROSS JOIN (SELECT jsonb_build_object('team', $3::text)) AS named (team)
          WHERE sequence.organization_id = $1
            AND (revision.assign_to ->> 'team' = $3
              OR jsonb_path_exists(revision.definition, '$.**.assign_to.team ? (@ == $team)', named.team)
              OR jsonb_path_exists(revision.definition, '$.**.assign_owner.to.team ? (@ == $team)', named.team))
            AND (revision.revision = sequence.revision AND sequence.delete_time IS NULL OR EXISTS (
              SELECT FROM enrollment
              WHERE enrollment.organization_id = $1
                AND enrollment.sequence_id = sequence.id AND enrollment.revision = revision.revision
                AND enrollment.end_time IS NULL))
          ORDER BY 1 LIMIT 100)",

    )
    .bind(team.organization.0)
    .bind(team.id.0)
    .bind(team.team_id.as_str())
    .fetch_all(conn)
    .instrument(statement::span::of("teams.users"))
    .await?)
}

/// Returns the queues of the teams with these chosen ids. Unknown ids are absent.
pub async fn keys(
    conn: &mut PgConnection,
    organization: OrganizationId,
    ids: &[String],
) -> Result<HashMap<String, QueueId>, Error> {
    let rows: Vec<(String, Uuid)> = sqlx::query_as(
        "SELECT team_id, id FROM team
         WHERE organization_id = $1 AND team_id = ANY ($2) AND delete_time IS NULL",
    )
    .bind(organization.0)
    .bind(ids)
    .fetch_all(conn)
    .instrument(statement::span::of("teams.keys"))
    .await?;

    Ok(rows.into_iter().map(|(chosen, key)| (chosen, QueueId(key))).collect())
}

/// Returns the queue of the team with this chosen id, or `None` if there is no such team.
pub async fn queue(
    conn: &mut PgConnection,
    organization: OrganizationId,
    team_id: &str,
) -> Result<Option<QueueId>, Error> {
    let key: Option<Uuid> = sqlx::query_scalar(
        "SELECT id FROM team WHERE organization_id = $1 AND team_id = $2 AND delete_time IS NULL",
    )
    .bind(organization.0)
    .bind(team_id)
    .fetch_optional(conn)
    .instrument(statement::span::of("teams.queue"))
    .await?;
    Ok(key.map(QueueId))
}

/// Reads a team by key.
pub async fn get(
    conn: &mut PgConnection,
    organization: OrganizationId,
    id: TeamId,
) -> Result<Option<Team>, Error> {
    statement::reading::get::<Row, _>(conn, select(organization), "team.id", id.0).await
}

/// Reads a team by the id that the caller chose.
pub async fn find(
    conn: &mut PgConnection,
    organization: OrganizationId,
    id: &str,
) -> Result<Option<Team>, Error> {
    statement::reading::find::<Row, _>(conn, select(organization), CHOSEN_ID, id).await
}

/// Reads a team and locks it until the end of the transaction.
pub async fn lock(
    conn: &mut PgConnection,
    organization: OrganizationId,
    id: &str,
) -> Result<Option<Team>, Error> {
    let strength = "FOR NO KEY UPDATE OF team";
    statement::reading::lock::<Row, _>(conn, select(organization), CHOSEN_ID, id, strength).await
}

/// Returns at most `limit` teams that match `filter`, ordered by chosen id, after `after`.
pub async fn page(
    conn: &mut PgConnection,
    organization: OrganizationId,
    filter: Option<&Condition>,
    after: Option<&str>,
    limit: i64,
) -> Result<Portion<Team>, Error> {
    let mut query = select(organization);
    push_matching(&mut query, filter, &Fields);
    statement::reading::page::<Row, _>(conn, query, CHOSEN_ID, after, limit).await
}

fn select(organization: OrganizationId) -> QueryBuilder<Postgres> {
    let mut query = QueryBuilder::new("SELECT ");
    query
        .push(COLUMNS)
        .push(
            " FROM team LEFT JOIN calendar ON calendar.organization_id = team.organization_id \
             AND calendar.id = team.calendar_id \
             WHERE team.delete_time IS NULL AND team.organization_id = ",
        )
        .push_bind(organization.0);
    query
}

fn members(team: &Team) -> Vec<&str> {
    team.profile.members.iter().map(ChosenId::as_str).collect()
}

/// Maps the fields of a list filter to columns.
struct Fields;

impl FieldSource for Fields {
    fn place(&self, name: &str) -> Place {
        match name {
            "id" => Place::Column("team.team_id"),
            "display_name" => Place::Column("team.display_name"),
            "calendar" => Place::Column("calendar.calendar_id"),
            "create_time" => Place::Column("team.create_time"),
            "update_time" => Place::Column("COALESCE(team.update_time, team.create_time)"),
            _ => Place::Nowhere,
        }
    }

    fn full_name(&self, name: &str) -> Option<&'static str> {
        (name == "calendar").then_some("('calendars/' || calendar.calendar_id)")
    }
}

#[derive(FromRow)]
struct Row {
    organization_id: Uuid,
    id: Uuid,
    team_id: String,
    display_name: String,
    version: i64,
    create_time: DateTime<Utc>,
    update_time: DateTime<Utc>,
    calendar: Option<String>,
    members: Vec<String>,
}

impl From<Row> for Team {
    fn from(row: Row) -> Self {
        Self {
            organization: OrganizationId(row.organization_id),
            id: TeamId(row.id),
            team_id: ChosenId::known(row.team_id),
            profile: Profile {
                display_name: row.display_name,
                members: row.members.into_iter().map(ChosenId::known).collect(),
                calendar: row.calendar.map(ChosenId::known),
            },
            version: row.version,
            create_time: row.create_time,
            update_time: row.update_time,
        }
    }
}
