//! Saved views of lists of activities.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use sqlx::types::Json;
use sqlx::{FromRow, PgConnection, Postgres, QueryBuilder};
use tracing::Instrument as _;
use uuid::Uuid;

use crate::domain::caller::Scope;
use crate::domain::id::{ChosenId, OrganizationId, SellerId, ViewId};
use crate::domain::view::{Content, View};
use crate::store::statement::columns::column;
use crate::store::{Error, Portion, statement};

const COLUMNS: &str = "saved_view.organization_id, saved_view.id, saved_view.view_id, saved_view.owner_id, \
    saved_view.content, saved_view.version, saved_view.create_time, saved_view.update_time";

const CHOSEN_ID: &str = "saved_view.view_id";

/// Adds a view. Returns false, and adds nothing, if the id is taken.
pub async fn insert(conn: &mut PgConnection, view: &View) -> Result<bool, Error> {
    let inserted: Option<Uuid> = sqlx::query_scalar(
        "INSERT INTO saved_view (organization_id, id, view_id, owner_id, content, version, create_time,
           update_time)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
         ON CONFLICT (organization_id, view_id) DO NOTHING
         RETURNING id",
    )
    .bind(view.organization.0)
    .bind(view.id.0)
    .bind(view.view_id.as_str())
    .bind(view.owner.map(|owner| owner.0))
    .bind(Json(&view.content))
    .bind(view.version)
    .bind(view.create_time)
    .bind(view.update_time)
    .fetch_optional(conn)
    .instrument(statement::span::of("views.insert"))
    .await?;

    Ok(inserted.is_some())
}

/// Updates a view. Its row must be locked.
pub async fn update(conn: &mut PgConnection, view: &View) -> Result<(), Error> {
    let written: Option<Uuid> = sqlx::query_scalar(
        "UPDATE saved_view SET content = $3, version = $4, update_time = $5
         WHERE organization_id = $1 AND id = $2 RETURNING id",
    )
    .bind(view.organization.0)
    .bind(view.id.0)
    .bind(Json(&view.content))
    .bind(view.version)
    .bind(view.update_time)
    .fetch_optional(conn)
    .instrument(statement::span::of("views.update"))
    .await?;

    statement::reading::check_written(written, "saved_view", view.id.0)
}

/// Deletes a view. Its row must be locked.
pub async fn delete(conn: &mut PgConnection, organization: OrganizationId, id: ViewId) -> Result<(), Error> {
    let deleted: Option<Uuid> =
        sqlx::query_scalar("DELETE FROM saved_view WHERE organization_id = $1 AND id = $2 RETURNING id")
            .bind(organization.0)
            .bind(id.0)
            .fetch_optional(conn)
            .instrument(statement::span::of("views.delete"))
            .await?;
    statement::reading::check_written(deleted, "saved_view", id.0)
}

/// Returns the number of views of a seller, or of those that are everybody's.
pub async fn count(
    conn: &mut PgConnection,
    organization: OrganizationId,
    owner: Option<SellerId>,
) -> Result<i64, Error> {
    Ok(sqlx::query_scalar(
        "SELECT count(*) FROM saved_view
         WHERE organization_id = $1 AND owner_id IS NOT DISTINCT FROM $2",
    )
    .bind(organization.0)
    .bind(owner.map(|owner| owner.0))
    .fetch_one(conn)
    .instrument(statement::span::of("views.count"))
    .await?)
}

/// Returns what views list. Those that are deleted are absent.
pub async fn contents(
    conn: &mut PgConnection,
    keys: &[(OrganizationId, ViewId)],
) -> Result<HashMap<(OrganizationId, ViewId), Content>, Error> {
    let rows: Vec<(Uuid, Uuid, Json<Content>)> = sqlx::query_as(
        "SELECT saved_view.organization_id, saved_view.id, saved_view.content
         FROM unnest($1::uuid[], $2::uuid[]) AS item (organization_id, id)
         JOIN saved_view ON saved_view.organization_id = item.organization_id AND saved_view.id = item.id",
    )
    .bind(column(keys, |key| key.0.0))
    .bind(column(keys, |key| key.1.0))
    .fetch_all(conn)
    .instrument(statement::span::of("views.contents"))
    .await?;
    Ok(rows.into_iter().map(|(of, id, content)| ((OrganizationId(of), ViewId(id)), content.0)).collect())
}

/// Reads a view by the id that the caller chose.
pub async fn find(
    conn: &mut PgConnection,
    organization: OrganizationId,
    id: &str,
) -> Result<Option<View>, Error> {
    statement::reading::find::<Row, _>(conn, select(organization), CHOSEN_ID, id).await
}

/// Reads a view and locks it until the end of the transaction.
pub async fn lock(
    conn: &mut PgConnection,
    organization: OrganizationId,
    id: &str,
) -> Result<Option<View>, Error> {
    statement::reading::lock::<Row, _>(conn, select(organization), CHOSEN_ID, id, "FOR UPDATE").await
}

/// Returns at most `limit` views that are everybody's or in the scope, ordered by chosen id, after
/// `after`.
pub async fn page(
    conn: &mut PgConnection,
    organization: OrganizationId,
    scope: Scope,
    after: Option<&str>,
    limit: i64,
) -> Result<Portion<View>, Error> {
    let mut query = select(organization);
    match scope {
        Scope::All => {}
        Scope::Own(seller) => {
            query.push(" AND (owner_id IS NULL OR owner_id = ").push_bind(seller.0).push(")");
        }
        Scope::Nothing => _ = query.push(" AND owner_id IS NULL"),
    }
    statement::reading::page::<Row, _>(conn, query, CHOSEN_ID, after, limit).await
}

fn select(organization: OrganizationId) -> QueryBuilder<Postgres> {
    let mut query = QueryBuilder::new("SELECT ");
    query.push(COLUMNS).push(" FROM saved_view WHERE saved_view.organization_id = ");
    query.push_bind(organization.0);
    query
}

#[derive(FromRow)]
struct Row {
    organization_id: Uuid,
    id: Uuid,
    view_id: String,
    owner_id: Option<Uuid>,
    content: Json<Content>,
    version: i64,
    create_time: DateTime<Utc>,
    update_time: DateTime<Utc>,
}

impl From<Row> for View {
    fn from(row: Row) -> Self {
        Self {
            organization: OrganizationId(row.organization_id),
            id: ViewId(row.id),
            view_id: ChosenId::known(row.view_id),
            owner: row.owner_id.map(SellerId),
            content: row.content.0,
            version: row.version,
            create_time: row.create_time,
            update_time: row.update_time,
        }
    }
}
