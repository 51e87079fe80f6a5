//! What a `request_id` was answered with: written by the transaction that decides, so that a
//! concurrent twin waits for it.

use chrono::{DateTime, Utc};
use serde_json::Value;
use sqlx::{FromRow, PgConnection};
use uuid::Uuid;

use super::Error;
use crate::domain::id::{KeyId, OrganizationId};

/// Names a request: unique for an organization, principal and method.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Key {
    /// The tenant.
    pub organization: OrganizationId,
    /// The key that the caller came with.
    pub principal: KeyId,
    /// The RPC.
    pub method: &'static str,
    /// The caller's own id.
    pub request_id: Uuid,
}

impl Key {
    /// Names a request.
    pub fn of(
        organization: OrganizationId,
        principal: KeyId,
        method: &'static str,
        request_id: Uuid,
    ) -> Self {
        Self { organization, principal, method, request_id }
    }
}

/// What is kept of a request that came before.
#[derive(Clone, Debug)]
pub struct Kept {
    /// A hash of its content.
    pub fingerprint: Vec<u8>,
    /// What was decided; none only while its own transaction runs.
    pub decided: Option<Value>,
}

/// Notes requests as begun, in their order. For each that came before: what is kept of it; waits
/// for a concurrent twin.
pub async fn begin(
    conn: &mut PgConnection,
    requests: &[(Key, [u8; 32])],
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
        .await?;
    let begun: std::collections::HashSet<_> = rows.iter().map(Row::key).collect();
    if begun.len() == requests.len() {
        return Ok(requests.iter().map(|_| None).collect());
    }
    // A statement of its own: the row of a twin that we waited for is only in a snapshot taken
    // afterwards.
    let kept: Vec<Row> = sqlx::query_as(include_str!("sql/request_kept.sql"))
        .bind(&columns.organizations)
        .bind(&columns.principals)
        .bind(&columns.methods)
        .bind(&columns.request_ids)
        .fetch_all(conn)
        .await?;
    let find = |key: &Key| {
        let wanted = (key.organization.0, key.principal.0, key.method, key.request_id);
        if begun.contains(&wanted) {
            return None;
        }
        let row = kept.iter().find(|row| row.key() == wanted)?;
        Some(Kept { fingerprint: row.fingerprint.clone(), decided: row.decided.clone() })
    };
    Ok(requests.iter().map(|(key, _)| find(key)).collect())
}

/// Keeps what was decided, for requests that this transaction began.
pub async fn finish(conn: &mut PgConnection, decided: &[(Key, Value)]) -> Result<(), Error> {
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
        .await?;
    Ok(())
}

/// Forgets requests that this transaction began and that failed: a failure is decided anew each
/// time.
pub async fn forget(conn: &mut PgConnection, keys: &[Key]) -> Result<(), Error> {
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
        .await?;
    Ok(())
}

/// Forgets requests older than `before`, about `limit` of one organization: those of one instant go
/// together. Says how many.
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
    fn of<'a>(keys: impl Iterator<Item = &'a Key>) -> Self {
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
