//! All SQL: rows in, domain types out, no decisions.

pub mod condition_sql;
pub mod doorbell;
mod error;
mod pool;

use sqlx::migrate::Migrator;
use sqlx::pool::PoolConnection;
use sqlx::{PgPool, Postgres, Transaction};

pub use error::Error;
pub use pool::{PoolSettings, pool};

use error::connection_is_broken;

/// The schema, forward only.
pub static MIGRATOR: Migrator = sqlx::migrate!("src/store/migrations");

/// The database, through one pool of connections. Cheap to clone.
#[derive(Clone, Debug)]
pub struct Store {
    pool: PgPool,
}

impl Store {
    /// A store on this pool, made by [`pool`].
    pub fn new(pool: PgPool) -> Self {
        Self { pool }
    }

    /// Begins a transaction. Dropping it rolls back.
    ///
    /// Connections are not tested before each use, as that would cost every transaction a round trip. So the first
    /// statement is where a connection that died with a restarted server shows, and since nothing was begun on it,
    /// another one is taken: at most as many as the pool holds, and then a new one.
    pub async fn begin(&self) -> Result<Transaction<'static, Postgres>, Error> {
        let mut pooled = self.pool.options().get_max_connections();
        loop {
            match self.pool.begin().await {
                Err(error) if pooled > 0 && connection_is_broken(&error) => pooled -= 1,
                begun => return Ok(begun?),
            }
        }
    }

    /// A connection for a single read. One that has been idle for a while is tested first.
    pub async fn connection(&self) -> Result<PoolConnection<Postgres>, Error> {
        Ok(self.pool.acquire().await?)
    }
}
