//! The publication of events: they get positions, one organization at a time, once their writes are
//! committed.
//!
//! Keys of events are minted before the commit, so a reader that went on after the last key it saw
//! would miss what commits late. Positions are given to what is committed, under the lock of the
//! organization's row: whoever sees a position sees all before it.

use chrono::{DateTime, Utc};
use sqlx::{FromRow, PgConnection, Postgres, QueryBuilder};
use tracing::Instrument as _;
use uuid::Uuid;

use crate::domain::event_filter::{Doer, EventFilter, Focus};
use crate::domain::history::{HistoryEvent, HistoryKind};
use crate::domain::id::OrganizationId;
use crate::store::records::tombstones;
use crate::store::statement::chain::{Chain, Values};
use crate::store::statement::columns::column;
use crate::store::statement::table::{Column, Role, Table, table};
use crate::store::{Error, history, statement};

/// The table of the organizations that publish.
pub(super) const PUBLICATION: &str = "publication";

pub(super) const UNPUBLISHED: Table<Unpublished> = table!("unpublished_event", Unpublished {
    Key organization_id: uuid => |row| row.organization_id,
    Fixed subject_id: uuid => |row| row.subject_id,
    Key id: uuid => |row| row.id,
    Fixed at: timestamptz => |row| row.at,
    Fixed kind: smallint => |row| row.kind,
});

const PUBLISHED: Table<(i64, Waiting)> = table!("published_event", (i64, Waiting) {
    Key organization_id: uuid => |row| row.1.event.organization_id,
    Key position: bigint => |row| row.0,
    Fixed id: uuid => |row| row.1.event.id,
    Fixed subject_id: uuid => |row| row.1.event.subject_id,
    Fixed at: timestamptz => |row| row.1.event.at,
    Fixed kind: smallint => |row| row.1.event.kind,
    Fixed record_id: uuid => |row| row.1.record_id,
    Fixed sequence_id: uuid => |row| row.1.sequence_id,
    Fixed actor_seller_id: uuid => |row| row.1.actor_seller_id,
    Fixed actor_key_id: uuid => |row| row.1.actor_key_id,
});

const HEAD: Table<(OrganizationId, i64)> = table!("publication", (OrganizationId, i64) {
    Key organization_id: uuid => |row| row.0.0,
    Changing head: bigint => |row| row.1,
});

/// An event that has no position yet.
#[derive(Clone, FromRow)]
pub(super) struct Unpublished {
    organization_id: Uuid,
    subject_id: Uuid,
    id: Uuid,
    at: DateTime<Utc>,
    kind: i16,
}

/// An event that gets a position now, with what it is about.
#[derive(Clone, FromRow)]
struct Waiting {
    #[sqlx(flatten)]
    event: Unpublished,
    record_id: Uuid,
    sequence_id: Option<Uuid>,
    actor_seller_id: Option<Uuid>,
    actor_key_id: Option<Uuid>,
}

/// An organization that publishes, or did.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Publisher {
    /// The organization.
    pub organization: OrganizationId,
    /// True if it publishes what is written now.
    pub active: bool,
    /// True if events wait for their positions.
    pub waits: bool,
}

/// Returns all organizations that publish, or did.
pub async fn publishers(conn: &mut PgConnection) -> Result<Vec<Publisher>, Error> {
    let rows: Vec<(Uuid, bool, bool)> = sqlx::query_as(
        "SELECT publication.organization_id, active, organization.suspend_time IS NULL AND EXISTS (
           SELECT FROM unpublished_event
           WHERE unpublished_event.organization_id = publication.organization_id)
         FROM publication
         JOIN organization ON organization.organization_id = publication.organization_id
         ORDER BY publication.organization_id",
    )
    .fetch_all(conn)
    .instrument(statement::span::of("publication.publishers"))
    .await?;
    let publisher = |(id, active, waits)| Publisher { organization: OrganizationId(id), active, waits };
    Ok(rows.into_iter().map(publisher).collect())
}

/// Lets an organization publish what is written from now on, or stops that. Positions go on where
/// they were.
pub async fn set_active(
    conn: &mut PgConnection,
    organization: OrganizationId,
    active: bool,
) -> Result<(), Error> {
    sqlx::query(
        "INSERT INTO publication (organization_id, active, head) VALUES ($1, $2, 0)
         ON CONFLICT (organization_id) DO UPDATE SET active = excluded.active",
    )
    .bind(organization.0)
    .bind(active)
    .execute(conn)
    .instrument(statement::span::of("publication.set_active"))
    .await?;

    Ok(())
}

/// Returns the last position of an organization, or `None` if it doesn't publish.
pub async fn head(conn: &mut PgConnection, organization: OrganizationId) -> Result<Option<i64>, Error> {
    Ok(sqlx::query_scalar("SELECT head FROM publication WHERE organization_id = $1 AND active")
        .bind(organization.0)
        .fetch_optional(conn)
        .instrument(statement::span::of("publication.head"))
        .await?)
}

/// The positions that an organization has given.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Positions {
    /// The last one.
    pub head: i64,
    /// The last one whose event is no longer kept. 0: all are.
    pub forgotten: i64,
}

/// Returns the positions of an organization, or `None` if it doesn't publish.
pub async fn positions(
    conn: &mut PgConnection,
    organization: OrganizationId,
) -> Result<Option<Positions>, Error> {
    let row: Option<(i64, i64)> =
        sqlx::query_as("SELECT head, forgotten FROM publication WHERE organization_id = $1 AND active")
            .bind(organization.0)
            .fetch_optional(conn)
            .instrument(statement::span::of("publication.positions"))
            .await?;
    Ok(row.map(|(head, forgotten)| Positions { head, forgotten }))
}

/// Locks an organization's publication, and returns its last position. `None` if another server
/// holds it.
pub async fn lock(conn: &mut PgConnection, organization: OrganizationId) -> Result<Option<i64>, Error> {
    Ok(sqlx::query_scalar(
        "SELECT head FROM publication WHERE organization_id = $1 FOR NO KEY UPDATE SKIP LOCKED",
    )
    .bind(organization.0)
    .fetch_optional(conn)
    .instrument(statement::span::of("publication.lock"))
    .await?)
}

/// Gives at most `limit` events the positions after `head`, in the order of their keys. The
/// publication must be locked by an earlier statement: this one sees what was committed until then.
/// Returns their number.
pub async fn publish(
    conn: &mut PgConnection,
    organization: OrganizationId,
    head: i64,
    limit: i64,
) -> Result<i64, Error> {
    // What isn't of an enrollment is about its subject, which is a record or has none.
    let waiting: Vec<Waiting> = sqlx::query_as(
        "SELECT event.organization_id, event.subject_id, event.id, event.at, event.kind,
           coalesce(enrollment.record_id, event.subject_id) AS record_id, enrollment.sequence_id,
           history.actor_seller_id, history.actor_key_id
         FROM unpublished_event AS event
         LEFT JOIN enrollment ON enrollment.organization_id = event.organization_id
           AND enrollment.id = event.subject_id
         LEFT JOIN history ON history.organization_id = event.organization_id
           AND history.subject_id = event.subject_id AND history.id = event.id AND history.at = event.at
         WHERE event.organization_id = $1 ORDER BY event.id LIMIT $2",
    )
    .bind(organization.0)
    .bind(limit)
    .fetch_all(&mut *conn)
    .instrument(statement::span::of("publication.waiting"))
    .await?;

    // Keys are in the order of time, so the events of a record keep their order.
    let placed: Vec<(i64, Waiting)> = (head + 1..).zip(waiting.iter().cloned()).collect();
    let Some((last, _)) = placed.last() else { return Ok(0) };
    let last = *last;
    // One statement: nobody sees a position without the head, or an event in both tables.
    let mut chain = Chain::new();
    chain.insert(&PUBLISHED, &placed.iter().collect::<Vec<_>>());
    chain.delete(&UNPUBLISHED, &waiting.iter().map(|one| &one.event).collect::<Vec<_>>());
    chain.update(&HEAD, &[&(organization, last)]);
    chain.run(conn).await?;
    Ok(last - head)
}

/// What a call of [`forget`] has forgotten.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Forgotten {
    /// No event is that old.
    Nothing,
    /// As many as it may, and there may be more.
    Some,
    /// All that are that old.
    All,
}

/// Forgets at most `limit` of the first events, those from before `horizon`. Must be the last call
/// of its transaction that forgets any.
///
/// Their rows go with the next call, after the position up to which they are forgotten is known:
/// whoever reads meanwhile misses none without being told.
pub async fn forget(
    conn: &mut PgConnection,
    organization: OrganizationId,
    horizon: DateTime<Utc>,
    limit: i64,
) -> Result<Forgotten, Error> {
    let forgotten: Option<i64> =
        sqlx::query_scalar("SELECT forgotten FROM publication WHERE organization_id = $1 FOR NO KEY UPDATE")
            .bind(organization.0)
            .fetch_optional(&mut *conn)
            .instrument(statement::span::of("publication.forgotten"))
            .await?;
    // Whoever never published has nothing.
    let Some(forgotten) = forgotten else { return Ok(Forgotten::Nothing) };

    sqlx::query("DELETE FROM published_event WHERE organization_id = $1 AND position <= $2")
        .bind(organization.0)
        .bind(forgotten)
        .execute(&mut *conn)
        .instrument(statement::span::of("publication.forget"))
        .await?;

    let (last, full): (Option<i64>, bool) = sqlx::query_as(
        "SELECT coalesce(min(position) FILTER (WHERE at >= $3) - 1, max(position)), count(*) >= $4
         FROM (
           SELECT position, at FROM published_event
           WHERE organization_id = $1 AND position > $2 ORDER BY position LIMIT $4
         ) AS first",
    )
    .bind(organization.0)
    .bind(forgotten)
    .bind(horizon)
    .bind(limit)
    .fetch_one(&mut *conn)
    .instrument(statement::span::of("publication.old"))
    .await?;
    let Some(last) = last.filter(|last| *last > forgotten) else { return Ok(Forgotten::Nothing) };

    sqlx::query("UPDATE publication SET forgotten = $2 WHERE organization_id = $1")
        .bind(organization.0)
        .bind(last)
        .execute(conn)
        .instrument(statement::span::of("publication.set_forgotten"))
        .await?;
    match full && last - forgotten >= limit {
        true => Ok(Forgotten::Some),
        false => Ok(Forgotten::All),
    }
}

/// Which published events to read.
#[derive(Clone, Copy, Debug)]
pub struct Stretch<'a> {
    /// Those of these kinds.
    pub filter: &'a EventFilter,
    /// Those after this position.
    pub after: i64,
    /// Those up to this position.
    pub upto: i64,
    /// The most events.
    pub limit: i64,
}

/// Returns published events, each with its position, in order. Events whose history was forgotten
/// are absent.
pub async fn read(
    conn: &mut PgConnection,
    organization: OrganizationId,
    stretch: Stretch<'_>,
) -> Result<Vec<(i64, HistoryEvent)>, Error> {
    let mut query = QueryBuilder::new("");
    let in_parts = push_parts(&mut query, organization, &stretch.filter.focus);
    push_events(&mut query, organization);
    query.push(" AND published_event.position <= ").push_bind(stretch.upto);
    push_focus(&mut query, &stretch.filter.focus, stretch.after);
    // The kind stands beside the position, so what isn't wanted costs no look into history.
    if let Some(kinds) = stretch.filter.kinds() {
        let kinds = column(kinds, |kind: &HistoryKind| *kind as i16);
        query.push(" AND published_event.kind = ANY (").push_bind(kinds).push(")");
    }
    query.push(" ORDER BY published_event.position LIMIT ").push_bind(stretch.limit);

    if in_parts {
        query.push(") AS event ORDER BY event.position LIMIT ").push_bind(stretch.limit);
    }
    fetch(conn, query).await
}

/// Appends the parts in which wanted events are read: one for the record and for each that was
/// merged into it, or one for each key of an actor. True if there are parts. An index has the
/// events of one part in the order of positions, but not those of several.
fn push_parts(query: &mut QueryBuilder<Postgres>, organization: OrganizationId, focus: &Focus) -> bool {
    let keys = match &focus.actor {
        Some(Doer::Keys(keys)) if keys.len() != 1 => Some(column(keys, |key| key.0)),
        Some(Doer::Keys(_) | Doer::Seller(_)) | None => None,
    };
    if focus.record.is_none() && keys.is_none() {
        return false;
    }

    query.push("SELECT event.* FROM ");
    if let Some(record) = focus.record {
        query.push("(");
        tombstones::push_united(query, organization, record);
        query.push(") AS about CROSS JOIN ");
    }
    if let Some(keys) = keys {
        query.push("unnest(").push_bind(keys).push(") AS doer (id) CROSS JOIN ");
    }
    query.push("LATERAL (");
    true
}

/// What a column must hold: this key, or that of the part that is read.
enum Held {
    Key(Uuid),
    Part(&'static str),
}

impl Held {
    fn push(&self, query: &mut QueryBuilder<Postgres>) {
        match self {
            Held::Key(key) => _ = query.push_bind(*key),
            Held::Part(part) => _ = query.push(*part),
        }
    }
}

/// Returns what the columns must hold that have an index in the order of positions.
fn held(focus: &Focus) -> impl Iterator<Item = (&'static str, Held)> {
    let record = focus.record.map(|_| ("record_id", Held::Part("about.id")));
    let sequence = focus.sequence.map(|sequence| ("sequence_id", Held::Key(sequence.0)));
    let actor = focus.actor.as_ref().map(|actor| match actor {
        Doer::Seller(seller) => ("actor_seller_id", Held::Key(seller.0)),
        Doer::Keys(keys) => match &keys[..] {
            [key] => ("actor_key_id", Held::Key(key.0)),
            _ => ("actor_key_id", Held::Part("doer.id")),
        },
    });
    [record, sequence, actor].into_iter().flatten()
}

/// Appends what the events must be about, and that they follow a position.
fn push_focus(query: &mut QueryBuilder<Postgres>, focus: &Focus, after: i64) {
    if *focus == Focus::default() {
        query.push(" AND published_event.position > ").push_bind(after);
    }
    for (column, held) in held(focus) {
        // Nothing has fewer events than a record, so no other index may be chosen.
        if focus.record.is_some() && column != "record_id" {
            query.push(format_args!(" AND (published_event.{column} = "));
            held.push(query);
            query.push(") IS TRUE");
            continue;
        }

        // The position is compared together with the column. On its own, Postgres might take the
        // key of the table for it, and look through the events of everybody.
        query.push(format_args!(" AND published_event.{column} = "));
        held.push(query);
        query.push(format_args!(" AND (published_event.{column}, published_event.position) > ("));
        held.push(query);
        query.push(", ").push_bind(after).push(")");
    }
}

/// Returns the events at these positions, each with its position, in order.
pub async fn at(
    conn: &mut PgConnection,
    organization: OrganizationId,
    positions: &[i64],
) -> Result<Vec<(i64, HistoryEvent)>, Error> {
    let mut query = QueryBuilder::new("");
    push_events(&mut query, organization);
    query.push(" AND published_event.position = ANY (").push_bind(positions.to_vec());
    query.push(") ORDER BY published_event.position");
    fetch(conn, query).await
}

/// Appends a query for published events with their history, whose conditions follow.
fn push_events(query: &mut QueryBuilder<Postgres>, organization: OrganizationId) {
    query.push(
        "SELECT published_event.position, told.* FROM published_event CROSS JOIN LATERAL (
           SELECT history.organization_id, history.subject_id, history.id, history.at, history.kind,
             history.actor_seller_id, history.actor_key_id, history.request_id, history.detail
           FROM history
           WHERE history.organization_id = published_event.organization_id
             AND history.subject_id = published_event.subject_id
             AND history.id = published_event.id AND history.at = published_event.at
             AND one_shard(history.organization_id, ",
    );
    query.push_bind(organization.0);

    // A limit, so that each is looked up by its key, whatever the statistics say. The time leads to
    // the partition.
    query.push(") LIMIT 1) AS told WHERE published_event.organization_id = ").push_bind(organization.0);
}

async fn fetch(
    conn: &mut PgConnection,
    mut query: QueryBuilder<Postgres>,
) -> Result<Vec<(i64, HistoryEvent)>, Error> {
    let rows: Vec<PositionedRow> =
        query.build_query_as().fetch_all(conn).instrument(statement::span::of("publication.read")).await?;
    rows.into_iter().map(|row| Ok((row.position, row.event.try_into()?))).collect()
}

/// An event with its position.
#[derive(FromRow)]
struct PositionedRow {
    position: i64,
    #[sqlx(flatten)]
    event: history::Row,
}
