//! The notes of closed activities. Those of open ones are columns like all others.

use std::collections::HashMap;

use sqlx::PgConnection;
use tracing::Instrument as _;
use uuid::Uuid;

use crate::domain::id::{ActivityId, OrganizationId};
use crate::store::{Error, statement};

/// Returns the version of a closed activity, or `None` if it isn't closed.
pub async fn closed_version(
    conn: &mut PgConnection,
    organization: OrganizationId,
    activity: ActivityId,
) -> Result<Option<i64>, Error> {
    let version: Option<i64> =
        sqlx::query_scalar("SELECT version FROM closed_activity WHERE organization_id = $1 AND id = $2")
            .bind(organization.0)
            .bind(activity.0)
            .fetch_optional(conn)
            .instrument(statement::span::of("notes.closed_version"))
            .await?;
    Ok(version)
}

/// Gives a closed activity another note, and a new version if the note differs. Its record and its
/// enrollment must be locked.
pub async fn rewrite(
    conn: &mut PgConnection,
    organization: OrganizationId,
    activity: ActivityId,
    note: &str,
) -> Result<(), Error> {
    sqlx::query(
        "UPDATE closed_activity SET note = $3, version = version + 1
         WHERE organization_id = $1 AND id = $2 AND note <> $3",
    )
    .bind(organization.0)
    .bind(activity.0)
    .bind(note)
    .execute(conn)
    .instrument(statement::span::of("notes.rewrite"))
    .await?;

    Ok(())
}

/// Returns the notes of closed activities. Those without one, and those that aren't closed, are
/// absent.
pub async fn of_closed(
    conn: &mut PgConnection,
    organization: OrganizationId,
    activities: &[Uuid],
) -> Result<HashMap<Uuid, String>, Error> {
    if activities.is_empty() {
        return Ok(HashMap::new());
    }
    let rows: Vec<(Uuid, String)> = sqlx::query_as(
        "SELECT id, note FROM closed_activity
         WHERE organization_id = $1 AND id = ANY ($2) AND note <> ''",
    )
    .bind(organization.0)
    .bind(activities)
    .fetch_all(conn)
    .instrument(statement::span::of("notes.of_closed"))
    .await?;

    Ok(rows.into_iter().collect())
}
