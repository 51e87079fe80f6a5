//! What a database is like that a server is to stand on.

use sqlx::PgConnection;

use super::Error;

/// Settings of the database, as they hold for us.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct Fitness {
    /// Like 150018.
    pub version: i32,
    /// Those of `fsync`, `full_page_writes` and `synchronous_commit` that are off, with commas
    /// between; empty: what is committed stays.
    pub unsafe_settings: String,
    /// Connections that everybody but superusers may have together.
    pub connections: i32,
}

/// Asks the database.
pub async fn read(conn: &mut PgConnection) -> Result<Fitness, Error> {
    let statement = "
        SELECT
          current_setting('server_version_num')::int AS version,
          concat_ws(', ',
            CASE WHEN current_setting('fsync') = 'off' THEN 'fsync' END,
            CASE WHEN current_setting('full_page_writes') = 'off' THEN 'full_page_writes' END,
            CASE WHEN current_setting('synchronous_commit') = 'off' THEN 'synchronous_commit' END)
              AS unsafe_settings,
          current_setting('max_connections')::int
            - current_setting('superuser_reserved_connections')::int
            - coalesce(nullif(current_setting('reserved_connections', true), '')::int,
              0) AS connections";
    Ok(sqlx::query_as(statement).fetch_one(conn).await?)
}
