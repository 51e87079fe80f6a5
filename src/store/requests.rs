//! The answers given to each `request_id`. The deciding transaction writes them, so a concurrent
//! twin (the same request sent twice) waits for it.

use chrono::{DateTime, Utc};
use serde_json::Value;
use sqlx::{FromRow, PgConnection};
use tracing::Instrument as _;
use uuid::Uuid;

use crate::domain::id::{KeyId, OrganizationId};
use crate::store::Error;
use crate::store::statement;

/// Identifies a request. Ids are unique within an organization, principal and method.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct RequestKey {
    /// The organization that it belongs to.
    pub organization: OrganizationId,
    /// The API key of the caller.
    pub principal: KeyId,
    /// The RPC.
    pub method: &'static str,
    /// The id that the caller chose.
    pub request_id: Uuid,
}

impl RequestKey {
    /// Returns the key of a request.
    pub fn of(
        organization: OrganizationId,
        principal: KeyId,
        method: &'static str,
        request_id: Uuid,
    ) -> Self {
        Self { organization, principal, method, request_id }
    }
}

/// The stored part of an earlier request.
#[derive(Clone, Debug)]
pub struct Kept {
    /// The hash of its content.
    pub fingerprint: Vec<u8>,
    /// The decision. `None` only while the deciding transaction runs.
    pub decided: Option<Value>,
}

/// Begins requests. Returns, in their order, `None` for each new request, or what is stored about
/// it if it came before. Waits for concurrent twins.
pub async fn begin(
    conn: &mut PgConnection,
    requests: &[(RequestKey, [u8; 32])],
    now: DateTime<Utc>,
) -> Result<Vec<Option<Kept>>, Error> {
    if requests.is_empty() {
        return Ok(Vec::new());
    }

    let columns = Columns::of(requests.iter().map(|(key, _)| key));
    let fingerprints: Vec<Vec<u8>> = requests.iter().map(|(_, fingerprint)| fingerprint.to_vec()).collect();
    let rows: Vec<Row> = sqlx::query_as(include_str!("sql/request_begin.sql"))
        .bind(&columns.organizations)
        .bind(&columns.principals)
        .bind(&columns.methods)
        .bind(&columns.request_ids)
        .bind(&fingerprints)
        .bind(now)
        .fetch_all(&mut *conn)
        .instrument(statement::span::of("requests.begin"))
        .await?;

    let begun: std::collections::HashSet<_> = rows.iter().map(Row::key).collect();
    if begun.len() == requests.len() {
        return Ok(requests.iter().map(|_| None).collect());
    }

    // This needs a second statement: the row of a twin that we waited for is only visible in a
    // snapshot taken after the wait.
    let kept: Vec<Row> = sqlx::query_as(include_str!("sql/request_kept.sql"))
        .bind(&columns.organizations)
        .bind(&columns.principals)
        .bind(&columns.methods)
        .bind(&columns.request_ids)
        .fetch_all(conn)
        .instrument(statement::span::of("requests.begin"))
        .await?;

    let find = |key: &RequestKey| {
        let wanted = (key.organization.0, key.principal.0, key.method, key.request_id);
        if begun.contains(&wanted) {
            return None;
        }
        let row = kept.iter().find(|row| row.key() == wanted)?;
        Some(Kept { fingerprint: row.fingerprint.clone(), decided: row.decided.clone() })
    };
    Ok(requests.iter().map(|(key, _)| find(key)).collect())
}

/// Stores the decisions on requests that this transaction began.
pub async fn finish(conn: &mut PgConnection, decided: &[(RequestKey, Value)]) -> Result<(), Error> {
    if decided.is_empty() {
        return Ok(());
    }

    let columns = Columns::of(decided.iter().map(|(key, _)| key));
    let values: Vec<&Value> = decided.iter().map(|(_, value)| value).collect();
    sqlx::query(include_str!("sql/request_finish.sql"))
        .bind(&columns.organizations)
        .bind(&columns.principals)
        .bind(&columns.methods)
        .bind(&columns.request_ids)
        .bind(&values)
        .execute(conn)
        .instrument(statement::span::of("requests.finish"))
        .await?;
    Ok(())
}

/// Removes failed requests that this transaction began, so that a repetition is decided again.
pub async fn forget(conn: &mut PgConnection, keys: &[RequestKey]) -> Result<(), Error> {
    if keys.is_empty() {
        return Ok(());
    }
    let columns = Columns::of(keys.iter());
    sqlx::query(include_str!("sql/request_forget.sql"))
        .bind(&columns.organizations)
        .bind(&columns.principals)
        .bind(&columns.methods)
        .bind(&columns.request_ids)
        .execute(conn)
        .instrument(statement::span::of("requests.forget"))
        .await?;
    Ok(())
}

/// Removes about `limit` requests of an organization that are older than `before`: those of one
/// instant go together. Returns how many.
pub async fn purge(
    conn: &mut PgConnection,
    organization: OrganizationId,
    before: DateTime<Utc>,
    limit: i64,
) -> Result<u64, Error> {
    let done = sqlx::query(include_str!("sql/request_purge.sql"))
        .bind(organization.0)
        .bind(before)
        .bind(limit)
        .execute(conn)
        .instrument(statement::span::of("requests.purge"))
        .await?;
    Ok(done.rows_affected())
}

#[derive(FromRow)]
struct Row {
    organization_id: Uuid,
    principal_id: Uuid,
    method: String,
    request_id: Uuid,
    fingerprint: Vec<u8>,
    decided: Option<Value>,
}

impl Row {
    fn key(&self) -> (Uuid, Uuid, &str, Uuid) {
        (self.organization_id, self.principal_id, &self.method, self.request_id)
    }
}

struct Columns {
    organizations: Vec<Uuid>,
    principals: Vec<Uuid>,
    methods: Vec<&'static str>,
    request_ids: Vec<Uuid>,
}

impl Columns {
    fn of<'a>(keys: impl Iterator<Item = &'a RequestKey>) -> Self {
        let mut columns =
            Self { organizations: vec![], principals: vec![], methods: vec![], request_ids: vec![] };
        for key in keys {
            columns.organizations.push(key.organization.0);
            columns.principals.push(key.principal.0);
            columns.methods.push(key.method);
            columns.request_ids.push(key.request_id);
        }
        columns
    }
}
