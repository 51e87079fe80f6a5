//! Sellers.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use sqlx::types::Json;
use sqlx::{FromRow, PgConnection, Postgres, QueryBuilder};
use tracing::Instrument as _;
use uuid::Uuid;

use crate::domain::condition::Condition;
use crate::domain::id::{ChosenId, OrganizationId, QueueId, SellerId};
use crate::domain::record::Attributes;
use crate::domain::seller::{AfterCompletion, Profile, Seller};
use crate::domain::seller_attributes::SellerAttributes;
use crate::store::condition_sql::{FieldSource, Place};
use crate::store::statement::columns::column;
use crate::store::statement::reading::push_matching;
use crate::store::tenants::teams::deleted;
use crate::store::{Error, Portion, statement};

const COLUMNS: &str = "\
    seller.organization_id, seller.id, seller.seller_id, seller.display_name, \
    seller.email, seller.assign_records, seller.max_capacity, seller.attributes, seller.version, \
    seller.after_completion, \
    seller.create_time, seller.update_time, \
    calendar.calendar_id AS calendar";

const CHOSEN_ID: &str = "seller.seller_id";

/// Adds a seller. A deleted seller with its id comes back as this one, with its key and queue.
/// Returns the key and true if the seller is new, or `None`, and adds nothing, if the id is taken.
/// Its calendar must be held.
pub async fn insert(conn: &mut PgConnection, seller: &Seller) -> Result<Option<(SellerId, bool)>, Error> {
    let inserted: Option<Uuid> = sqlx::query_scalar(
        "INSERT INTO seller (organization_id, id, seller_id, display_name, email, assign_records,
           version, create_time, update_time, calendar_id, max_capacity, attributes,
           after_completion)
         SELECT organization.organization_id, $2, $3, $4, $5, $6, $7, $8, $9,
           (SELECT id FROM calendar WHERE organization_id = $1 AND calendar_id = $10), $11, $12, $13
         FROM organization WHERE organization.organization_id = $1
         ON CONFLICT (organization_id, seller_id) DO UPDATE
           SET display_name = excluded.display_name, email = excluded.email,
             assign_records = excluded.assign_records, version = seller.version + 1,
             create_time = excluded.create_time, update_time = excluded.update_time,
             calendar_id = excluded.calendar_id, max_capacity = excluded.max_capacity,
             attributes = excluded.attributes, after_completion = excluded.after_completion,
             delete_time = NULL
           WHERE seller.delete_time IS NOT NULL
         RETURNING id",
    )
    .bind(seller.organization.0)
    .bind(seller.id.0)
    .bind(seller.seller_id.as_str())
    .bind(&seller.profile.display_name)
    .bind(&seller.profile.email)
    .bind(seller.profile.assign_records)
    .bind(seller.version)
    .bind(seller.create_time)
    .bind(seller.update_time)
    .bind(seller.profile.calendar.as_ref().map(ChosenId::as_str))
    .bind(seller.profile.max_capacity)
    .bind(Json(&seller.profile.attributes))
    .bind(seller.profile.after_completion as i16)
    .fetch_optional(conn)
    .instrument(statement::span::of("sellers.insert"))
    .await?;

    Ok(inserted.map(|id| (SellerId(id), id == seller.id.0)))
}

/// Updates a seller. Its row must be locked, and its calendar held.
pub async fn update(conn: &mut PgConnection, seller: &Seller) -> Result<(), Error> {
    let written: Option<Uuid> = sqlx::query_scalar(
        "UPDATE seller SET display_name = $3, email = $4, assign_records = $5, version = $6,
           update_time = $7,
           calendar_id = (SELECT id FROM calendar WHERE organization_id = $1 AND calendar_id = $8),
           max_capacity = $9, attributes = $10, after_completion = $11
         WHERE organization_id = $1 AND id = $2 RETURNING id",
    )
    .bind(seller.organization.0)
    .bind(seller.id.0)
    .bind(&seller.profile.display_name)
    .bind(&seller.profile.email)
    .bind(seller.profile.assign_records)
    .bind(seller.version)
    .bind(seller.update_time)
    .bind(seller.profile.calendar.as_ref().map(ChosenId::as_str))
    .bind(seller.profile.max_capacity)
    .bind(Json(&seller.profile.attributes))
    .bind(seller.profile.after_completion as i16)
    .fetch_optional(conn)
    .instrument(statement::span::of("sellers.update"))
    .await?;

    statement::reading::check_written(written, "seller", seller.id.0)
}

/// Erases the values that sellers have of an attribute.
pub async fn erase_attribute(
    conn: &mut PgConnection,
    organization: OrganizationId,
    attribute: &str,
    now: DateTime<Utc>,
) -> Result<(), Error> {
    // Locked in the order of their keys, like everywhere. `?` asks whether an object has a key.
    let held: Vec<Uuid> = sqlx::query_scalar(
        "SELECT id FROM seller WHERE organization_id = $1 AND attributes ? $2
         ORDER BY id FOR NO KEY UPDATE",
    )
    .bind(organization.0)
    .bind(attribute)
    .fetch_all(&mut *conn)
    .instrument(statement::span::of("sellers.erase_attribute"))
    .await?;

    sqlx::query(
        "UPDATE seller SET attributes = attributes - $3, version = version + 1, update_time = $4
         WHERE organization_id = $1 AND id = ANY ($2)",
    )
    .bind(organization.0)
    .bind(held)
    .bind(attribute)
    .bind(now)
    .execute(conn)
    .instrument(statement::span::of("sellers.erase_attribute"))
    .await?;
    Ok(())
}

/// Reads a seller by key.
pub async fn get(
    conn: &mut PgConnection,
    organization: OrganizationId,
    id: SellerId,
) -> Result<Option<Seller>, Error> {
    statement::reading::get::<Row, _>(conn, select(organization), "seller.id", id.0).await
}

/// Reads a seller by the id that the caller chose.
pub async fn find(
    conn: &mut PgConnection,
    organization: OrganizationId,
    id: &str,
) -> Result<Option<Seller>, Error> {
    statement::reading::find::<Row, _>(conn, select(organization), CHOSEN_ID, id).await
}

/// Reads a seller and locks it until the end of the transaction, even against those who hold it.
pub async fn lock_to_delete(
    conn: &mut PgConnection,
    organization: OrganizationId,
    id: &str,
) -> Result<Option<Seller>, Error> {
    statement::reading::lock::<Row, _>(conn, select(organization), CHOSEN_ID, id, "FOR UPDATE OF seller")
        .await
}

/// Keeps the sellers with these chosen ids from being deleted until the end of the transaction.
/// Returns their keys. Unknown ids are absent.
pub async fn hold(
    conn: &mut PgConnection,
    organization: OrganizationId,
    ids: &[String],
) -> Result<HashMap<String, SellerId>, Error> {
    let rows: Vec<(String, Uuid)> = sqlx::query_as(
        "SELECT seller_id, id FROM seller
         WHERE organization_id = $1 AND seller_id = ANY ($2) AND delete_time IS NULL
         ORDER BY id FOR KEY SHARE",
    )
    .bind(organization.0)
    .bind(ids)
    .fetch_all(conn)
    .instrument(statement::span::of("sellers.hold"))
    .await?;

    Ok(by_chosen_id(rows))
}

/// Keeps sellers from being deleted until the end of the transaction. Returns those of these queues
/// whose seller is already deleted. Queues of teams are never among them.
pub async fn keep(
    conn: &mut PgConnection,
    queues: &[(OrganizationId, QueueId)],
) -> Result<Vec<(OrganizationId, QueueId)>, Error> {
    let held: Vec<(Uuid, Uuid, bool)> = sqlx::query_as(
        "SELECT seller.organization_id, seller.id, seller.delete_time IS NOT NULL
         FROM unnest($1::uuid[], $2::uuid[]) AS item (organization_id, id)
         JOIN seller ON seller.organization_id = item.organization_id AND seller.id = item.id
         WHERE one_shard(item.organization_id, $1[1])
         ORDER BY seller.organization_id, seller.id FOR KEY SHARE OF seller",
    )
    .bind(column(queues, |queue| queue.0.0))
    .bind(column(queues, |queue| queue.1.0))
    .fetch_all(conn)
    .instrument(statement::span::of("sellers.keep"))
    .await?;

    Ok(deleted(held))
}

/// Reads a seller and locks it until the end of the transaction.
pub async fn lock(
    conn: &mut PgConnection,
    organization: OrganizationId,
    id: &str,
) -> Result<Option<Seller>, Error> {
    statement::reading::lock::<Row, _>(
        conn,
        select(organization),
        CHOSEN_ID,
        id,
        "FOR NO KEY UPDATE OF seller",
    )
    .await
}

/// Returns the keys of the sellers with these chosen ids. Unknown ids are absent.
pub async fn keys(
    conn: &mut PgConnection,
    organization: OrganizationId,
    ids: &[String],
) -> Result<HashMap<String, SellerId>, Error> {
    let rows: Vec<(String, Uuid)> = sqlx::query_as(
        "SELECT seller_id, id FROM seller
         WHERE organization_id = $1 AND seller_id = ANY ($2) AND delete_time IS NULL
         ORDER BY id",
    )
    .bind(organization.0)
    .bind(ids)
    .fetch_all(conn)
    .instrument(statement::span::of("sellers.keys"))
    .await?;
    Ok(by_chosen_id(rows))
}

fn by_chosen_id(rows: Vec<(String, Uuid)>) -> HashMap<String, SellerId> {
    rows.into_iter().map(|(chosen, key)| (chosen, SellerId(key))).collect()
}

/// Returns the chosen ids of these sellers. Unknown keys are absent.
pub async fn chosen_ids(
    conn: &mut PgConnection,
    organization: OrganizationId,
    keys: &[Uuid],
) -> Result<HashMap<SellerId, ChosenId>, Error> {
    let rows: Vec<(Uuid, String)> = sqlx::query_as(
        "SELECT id, seller_id FROM seller WHERE organization_id = $1 AND id = ANY ($2) ORDER BY id",
    )
    .bind(organization.0)
    .bind(keys)
    .fetch_all(conn)
    .instrument(statement::span::of("sellers.chosen_ids"))
    .await?;
    Ok(rows.into_iter().map(|(key, chosen)| (SellerId(key), ChosenId::known(chosen))).collect())
}

/// Returns these sellers, or all of them, with whether they take records and their maximum.
pub async fn staff(
    conn: &mut PgConnection,
    organization: OrganizationId,
    sellers: Option<&[Uuid]>,
) -> Result<Vec<(SellerId, bool, Option<i32>)>, Error> {
    let rows: Vec<(Uuid, bool, Option<i32>)> = sqlx::query_as(
        "SELECT id, assign_records, max_capacity FROM seller
         WHERE organization_id = $1 AND delete_time IS NULL AND ($2::uuid[] IS NULL OR id = ANY ($2))",
    )
    .bind(organization.0)
    .bind(sellers)
    .fetch_all(conn)
    .instrument(statement::span::of("sellers.staff"))
    .await?;
    Ok(rows.into_iter().map(|(id, takes, most)| (SellerId(id), takes, most)).collect())
}

/// Counts the active records that each of these sellers owns. Sellers without any are absent.
pub async fn owned(
    conn: &mut PgConnection,
    organization: OrganizationId,
    sellers: &[Uuid],
) -> Result<HashMap<SellerId, i64>, Error> {
    if sellers.is_empty() {
        return Ok(HashMap::new());
    }

    let rows: Vec<(Uuid, i64)> = sqlx::query_as(
        "SELECT owner_id, count(*) FROM record
         WHERE organization_id = $1 AND owner_id = ANY ($2) AND NOT closed
         GROUP BY owner_id",
    )
    .bind(organization.0)
    .bind(sellers)
    .fetch_all(conn)
    .instrument(statement::span::of("sellers.owned"))
    .await?;
    Ok(rows.into_iter().map(|(seller, count)| (SellerId(seller), count)).collect())
}

/// Returns at most `limit` sellers that match `filter`, ordered by chosen id, after `after`.
pub async fn page(
    conn: &mut PgConnection,
    organization: OrganizationId,
    (filter, attributes): (Option<&Condition>, &SellerAttributes),
    after: Option<&str>,
    limit: i64,
) -> Result<Portion<Seller>, Error> {
    let mut query = select(organization);
    push_matching(&mut query, filter, &Fields { attributes });
    statement::reading::page::<Row, _>(conn, query, CHOSEN_ID, after, limit).await
}

/// Like [`page`], but only of the sellers with these chosen ids.
pub async fn page_of(
    conn: &mut PgConnection,
    organization: OrganizationId,
    ids: &[ChosenId],
    after: Option<&str>,
    limit: i64,
) -> Result<Portion<Seller>, Error> {
    let ids: Vec<String> = ids.iter().map(ChosenId::to_string).collect();
    let mut query = select(organization);
    query.push(" AND seller.seller_id = ANY (").push_bind(ids).push(")");
    statement::reading::page::<Row, _>(conn, query, CHOSEN_ID, after, limit).await
}

fn select(organization: OrganizationId) -> QueryBuilder<Postgres> {
    let mut query = QueryBuilder::new("SELECT ");
    query
        .push(COLUMNS)
        .push(
            " FROM seller LEFT JOIN calendar ON calendar.organization_id = seller.organization_id \
             AND calendar.id = seller.calendar_id \
             WHERE seller.delete_time IS NULL AND seller.organization_id = ",
        )
        .push_bind(organization.0);
    query
}

/// Maps the fields of a condition over sellers to columns.
pub(in crate::store) struct Fields<'a> {
    /// The attributes that sellers can have.
    pub attributes: &'a SellerAttributes,
}

impl FieldSource for Fields<'_> {
    fn place(&self, name: &str) -> Place {
        match name {
            name if self.attributes.0.contains_key(name) => Place::Attributes("seller.attributes"),
            "id" => Place::Column("seller.seller_id"),
            "display_name" => Place::Column("seller.display_name"),
            // An empty email is stored for "none", and a filter must see it as missing.
            "email" => Place::Column("nullif(seller.email, '')"),
            "assign_records" => Place::Column("seller.assign_records"),
            "calendar" => Place::Column("calendar.calendar_id"),
            "max_capacity" => Place::Column("seller.max_capacity"),
            "create_time" => Place::Column("seller.create_time"),
            "update_time" => Place::Column("seller.update_time"),
            _ => Place::Nowhere,
        }
    }

    fn full_name(&self, name: &str) -> Option<&'static str> {
        let is_calendar = name == "calendar" && !self.attributes.0.contains_key(name);
        is_calendar.then_some("('calendars/' || calendar.calendar_id)")
    }
}

#[derive(FromRow)]
struct Row {
    organization_id: Uuid,
    id: Uuid,
    seller_id: String,
    display_name: String,
    email: String,
    assign_records: bool,
    max_capacity: Option<i32>,
    attributes: Json<Attributes>,
    version: i64,
    create_time: DateTime<Utc>,
    update_time: DateTime<Utc>,
    calendar: Option<String>,
    after_completion: Option<i16>,
}

impl From<Row> for Seller {
    fn from(row: Row) -> Self {
        Self {
            organization: OrganizationId(row.organization_id),
            id: SellerId(row.id),
            seller_id: ChosenId::known(row.seller_id),
            profile: Profile {
                display_name: row.display_name,
                email: row.email,
                assign_records: row.assign_records,
                calendar: row.calendar.map(ChosenId::known),
                max_capacity: row.max_capacity,
                attributes: row.attributes.0,
                // One that only a newer release knows counts as the default.
                after_completion: row
                    .after_completion
                    .and_then(AfterCompletion::from_repr)
                    .unwrap_or_default(),
            },
            version: row.version,
            create_time: row.create_time,
            update_time: row.update_time,
        }
    }
}
