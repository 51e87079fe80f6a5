//! Teams. So far there are only built-in ones.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use sqlx::PgConnection;
use tracing::Instrument as _;
use uuid::Uuid;

use crate::domain::id::{OrganizationId, QueueId};
use crate::store::statement::columns::column;
use crate::store::{Error, statement};

/// The chosen id of the team whose queue has the activities of records without an owner.
pub const UNASSIGNED: &str = "unassigned";

/// The chosen id of the team whose queue has the activities that workers carry out.
pub const AUTOMATION: &str = "automation";

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

/// Adds a team. Its queue has the same key.
pub async fn insert(
    conn: &mut PgConnection,
    organization: OrganizationId,
    id: Uuid,
    team_id: &str,
    display_name: &str,
    now: DateTime<Utc>,
) -> Result<(), Error> {
    sqlx::query(
        "INSERT INTO team (organization_id, id, team_id, display_name, create_time)
         VALUES ($1, $2, $3, $4, $5)",
    )
    .bind(organization.0)
    .bind(id)
    .bind(team_id)
    .bind(display_name)
    .bind(now)
    .execute(conn)
    .await?;

    Ok(())
}

/// Returns the queues of the teams with these chosen ids. Unknown ids are absent.
pub async fn keys(
    conn: &mut PgConnection,
    organization: OrganizationId,
    ids: &[String],
) -> Result<HashMap<String, QueueId>, Error> {
    let rows: Vec<(String, Uuid)> =
        sqlx::query_as("SELECT team_id, id FROM team WHERE organization_id = $1 AND team_id = ANY ($2)")
            .bind(organization.0)
            .bind(ids)
            .fetch_all(conn)
            .await?;
    Ok(rows.into_iter().map(|(chosen, key)| (chosen, QueueId(key))).collect())
}

/// Returns the queue of the team with this chosen id, or `None` if there is no such team.
pub async fn queue(
    conn: &mut PgConnection,
    organization: OrganizationId,
    team_id: &str,
) -> Result<Option<QueueId>, Error> {
    let key: Option<Uuid> =
        sqlx::query_scalar("SELECT id FROM team WHERE organization_id = $1 AND team_id = $2")
            .bind(organization.0)
            .bind(team_id)
            .fetch_optional(conn)
            .await?;
    Ok(key.map(QueueId))
}
