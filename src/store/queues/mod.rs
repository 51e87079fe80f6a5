//! Queues. Each has the key of its seller or team, a revision, and counts of its activities.

pub mod narrowed;
pub mod offers;
pub mod rows;
pub mod states;
pub mod summaries;

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use sqlx::PgConnection;
use tracing::Instrument as _;
use uuid::Uuid;

use crate::domain::changes::QueueDelta;
use crate::domain::id::{OrganizationId, QueueId};
use crate::store::Error;
use crate::store::statement;
use crate::store::statement::columns::column;

/// Adds an empty queue with revision 0.
pub async fn insert(
    conn: &mut PgConnection,
    organization: OrganizationId,
    id: QueueId,
    stamp: Uuid,
) -> Result<(), Error> {
    sqlx::query(
        "INSERT INTO queue (organization_id, id, revision, stamp, due_count, snoozed_count)
         VALUES ($1, $2, 0, $3, 0, 0)",
    )
    .bind(organization.0)
    .bind(id.0)
    .bind(stamp)
    .execute(conn)
    .instrument(statement::span::of("queues.insert"))
    .await?;

    Ok(())
}

/// Closes a queue: nothing can be put into it any more, and nobody can follow it.
pub async fn close(
    conn: &mut PgConnection,
    organization: OrganizationId,
    id: QueueId,
    stamp: Uuid,
) -> Result<(), Error> {
    set_closed(conn, (organization, id), true, stamp).await
}

/// Opens a closed queue again.
pub async fn reopen(
    conn: &mut PgConnection,
    organization: OrganizationId,
    id: QueueId,
    stamp: Uuid,
) -> Result<(), Error> {
    set_closed(conn, (organization, id), false, stamp).await
}

/// Returns the closed queues of organizations.
pub async fn closed(
    conn: &mut PgConnection,
    organizations: &[OrganizationId],
) -> Result<HashMap<OrganizationId, BTreeSet<QueueId>>, Error> {
    let rows: Vec<(Uuid, Uuid)> =
        sqlx::query_as("SELECT organization_id, id FROM queue WHERE organization_id = ANY ($1) AND closed")
            .bind(column(organizations, |organization| organization.0))
            .fetch_all(conn)
            .instrument(statement::span::of("queues.closed"))
            .await?;

    let mut closed: HashMap<OrganizationId, BTreeSet<QueueId>> = HashMap::new();
    for (organization, queue) in rows {
        closed.entry(OrganizationId(organization)).or_default().insert(QueueId(queue));
    }
    Ok(closed)
}

async fn set_closed(
    conn: &mut PgConnection,
    (organization, id): (OrganizationId, QueueId),
    closed: bool,
    stamp: Uuid,
) -> Result<(), Error> {
    // With a new revision, so that servers that hear of nothing find it with their next poll.
    let written: Option<Uuid> = sqlx::query_scalar(
        "UPDATE queue SET closed = $3, revision = revision + 1, stamp = $4
         WHERE organization_id = $1 AND id = $2 RETURNING id",
    )
    .bind(organization.0)
    .bind(id.0)
    .bind(closed)
    .bind(stamp)
    .fetch_optional(conn)
    .instrument(statement::span::of("queues.set_closed"))
    .await?;

    statement::reading::check_written(written, "queue", id.0)
}

/// Locks queues in the order of their keys, raises their revisions by 1, gives each a new stamp,
/// and adds the deltas to their counts.
///
/// # Errors
/// [`Error::Conflict`] if a queue was closed since the transaction looked for it, and
/// [`Error::Inconsistent`] if it doesn't exist.
pub async fn bump(
    conn: &mut PgConnection,
    queues: &BTreeMap<(OrganizationId, QueueId), QueueDelta>,
    mut stamp: impl FnMut() -> Uuid,
) -> Result<(), Error> {
    if queues.is_empty() {
        return Ok(());
    }

    let rows: Vec<_> = queues.iter().collect();
    let bumped: Vec<(Uuid, Uuid)> = sqlx::query_as(include_str!("../sql/queues_bump.sql"))
        .bind(column(&rows, |(key, _)| key.0.0))
        .bind(column(&rows, |(key, _)| key.1.0))
        .bind(column(&rows, |_| stamp()))
        .bind(column(&rows, |(_, delta)| delta.due))
        .bind(column(&rows, |(_, delta)| delta.snoozed))
        .fetch_all(&mut *conn)
        .instrument(statement::span::of("queues.bump"))
        .await?;

    // A queue that the statement didn't find would lose its delta silently.
    let bumped: HashSet<(Uuid, Uuid)> = bumped.into_iter().collect();
    let missing =
        |(organization, queue): &&(OrganizationId, QueueId)| !bumped.contains(&(organization.0, queue.0));
    match queues.keys().find(missing) {
        None => Ok(()),
        Some(queue) => Err(why_missing(conn, *queue).await?),
    }
}

/// Returns why a queue couldn't be bumped.
async fn why_missing(
    conn: &mut PgConnection,
    (organization, queue): (OrganizationId, QueueId),
) -> Result<Error, Error> {
    let closed: Option<bool> =
        sqlx::query_scalar("SELECT closed FROM queue WHERE organization_id = $1 AND id = $2")
            .bind(organization.0)
            .bind(queue.0)
            .fetch_optional(conn)
            .instrument(statement::span::of("queues.why_missing"))
            .await?;

    // The same transaction sees, when it is run again, that the seller or the team is gone.
    Ok(match closed {
        Some(true) => Error::Conflict(sqlx::Error::RowNotFound.into()),
        _ => Error::Inconsistent { table: "queue", column: "id", id: queue.0 },
    })
}
