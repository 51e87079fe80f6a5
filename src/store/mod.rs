//! All SQL: rows in, domain types out, no decisions.

pub mod activities;
pub mod activity_rows;
pub mod api_keys;
pub mod assignment_rules;
mod availability;
mod chain;
pub mod changes;
pub mod check;
mod columns;
pub mod condition_sql;
pub mod departures;
pub mod doorbell;
pub mod enrollment_rows;
pub mod enrollments;
pub mod entrants;
mod error;
pub mod fitness;
pub mod history;
pub mod memberships;
pub mod operations;
pub mod organizations;
mod pool;
pub mod queue_rows;
pub mod queue_states;
pub mod queues;
mod reading;
pub mod record_changes;
pub mod record_type_users;
pub mod record_types;
pub mod records;
pub mod requests;
pub mod routing;
pub mod samples;
pub mod schema;
pub mod segment_connections;
pub mod segment_matches;
pub mod segments;
pub mod sellers;
pub mod sequence_revisions;
pub mod sequences;
pub mod set_aside;
pub mod statistics;
pub mod teams;
pub mod templates;
pub mod timers;
pub mod together;

use std::time::Duration;

use sqlx::migrate::Migrator;
use sqlx::pool::PoolConnection;
use sqlx::postgres::PgConnectOptions;
use sqlx::{AssertSqlSafe, ConnectOptions as _, PgConnection, PgPool, Postgres, Transaction};
use tokio::time::timeout;

pub use availability::Probe;
pub use error::{Cause, Error};
pub use pool::{Plans, PoolSettings};

use availability::Availability;
use error::connection_is_broken;
use pool::{Meter, Suspicion, pool};

/// A connection taken out of the pool for reads.
pub type Connection = PoolConnection<Postgres>;

/// The schema, forward only.
pub static MIGRATOR: Migrator = sqlx::migrate!("src/store/migrations");

/// Reads the URL of a database, like `postgres://upnext@localhost/upnext`.
///
/// # Errors
/// What is wrong with it; the URL itself, which may hold a password, isn't repeated.
pub fn connect_options(url: &str) -> Result<PgConnectOptions, Error> {
    Ok(url.parse::<PgConnectOptions>()?)
}

/// Connects once, apart from any pool, because a pool only tells that it waited in vain.
///
/// # Errors
/// Why nobody answers, in the words of the database or of the operating system.
pub async fn reach(options: &PgConnectOptions) -> Result<(), String> {
    const PATIENCE: Duration = Duration::from_secs(5);
    let options = options.clone().disable_statement_logging();
    let connection = match timeout(PATIENCE, options.connect()).await {
        Ok(Ok(connection)) => connection,
        Ok(Err(sqlx::Error::Io(error))) => return Err(error.to_string()),
        Ok(Err(sqlx::Error::Database(error))) => return Err(error.message().to_owned()),
        Ok(Err(error)) => return Err(error.to_string()),
        Err(_) => return Err(format!("no answer for {} s", PATIENCE.as_secs())),
    };
    // It is there: how this connection ends is of no interest.
    let _ = sqlx::Connection::close(connection).await;
    Ok(())
}

/// Has the rest of a transaction planned so.
pub async fn plan(conn: &mut PgConnection, plans: Plans) -> Result<(), Error> {
    let statement = format!("SET LOCAL plan_cache_mode = {}", plans.mode());
    sqlx::query(AssertSqlSafe(statement)).execute(conn).await?;
    Ok(())
}

/// Begins a part of a transaction that can be rolled back alone.
pub async fn savepoint(conn: &mut PgConnection) -> Result<Transaction<'_, Postgres>, Error> {
    Ok(sqlx::Connection::begin(conn).await?)
}

/// The database, through one pool of connections. Cheap to clone.
#[derive(Clone, Debug)]
pub struct Store {
    pool: PgPool,
    suspicion: Suspicion,
    availability: Availability,
    meter: Meter,
}

impl Store {
    /// A store that connects when it is first used.
    pub fn new(options: PgConnectOptions, settings: &PoolSettings) -> Self {
        let suspicion = Suspicion::new();
        Self {
            pool: pool(options, settings, &suspicion),
            suspicion,
            availability: Availability::default(),
            meter: Meter::new(&settings.application_name),
        }
    }

    /// The pool, for what takes one: the migrator, the doorbell.
    pub fn pool(&self) -> &PgPool {
        &self.pool
    }

    /// What its connections are called in `pg_stat_activity`.
    pub fn name(&self) -> &str {
        self.meter.name()
    }

    /// How its connections are made, for a connection beside the pool.
    pub fn connect_options(&self) -> PgConnectOptions {
        self.pool.connect_options().as_ref().clone()
    }

    /// Begins a transaction. Dropping it rolls back.
    ///
    /// The first statement is where a connection that died with a restarted server shows, and since
    /// nothing was begun on it, another one is taken: at most as many as the pool holds, and then a
    /// new one.
    pub async fn begin(&self) -> Result<Transaction<'static, Postgres>, Error> {
        self.begin_with("BEGIN").await
    }

    /// Begins a transaction that only reads, all of it as things stand at its first statement.
    pub async fn begin_snapshot(&self) -> Result<Transaction<'static, Postgres>, Error> {
        self.begin_with("BEGIN ISOLATION LEVEL REPEATABLE READ, READ ONLY").await
    }

    /// As [`Self::begin_snapshot`], for one that reads whole tables: each statement's plan is left
    /// to Postgres.
    pub async fn begin_survey(&self) -> Result<Transaction<'static, Postgres>, Error> {
        let free = pool::KEYED.map(|(setting, _, free)| format!("; SET LOCAL {setting} = {free}")).concat();
        self.begin_with(&format!("BEGIN ISOLATION LEVEL REPEATABLE READ, READ ONLY{free}")).await
    }

    /// As [`Self::begin`], for a transaction whose statements give up after waiting this long for a
    /// lock, and are planned so.
    pub async fn begin_with_lock_timeout(
        &self,
        limit: Duration,
        plans: Plans,
    ) -> Result<Transaction<'static, Postgres>, Error> {
        // In one round trip.
        let (limit, mode) = (limit.as_millis(), plans.mode());
        self.begin_with(&format!(
            "BEGIN; SET LOCAL lock_timeout = {limit}; SET LOCAL plan_cache_mode = {mode}"
        ))
        .await
    }

    async fn begin_with(&self, statements: &str) -> Result<Transaction<'static, Postgres>, Error> {
        let mut pooled = self.pool.options().get_max_connections();
        loop {
            // SET takes no parameters; these are numbers and words of ours, which can stand in the
            // text.
            match self.meter.wait(self.pool.begin_with(AssertSqlSafe(statements.to_owned()))).await {
                Err(error) if pooled > 0 && connection_is_broken(&error) => {
                    self.suspicion.raise();
                    pooled -= 1;
                }
                begun => return Ok(begun?),
            }
        }
    }

    /// A connection for a single read. It is tested first if it was idle for long, or since a
    /// connection was found dead.
    pub async fn connection(&self) -> Result<Connection, Error> {
        Ok(self.meter.wait(self.pool.acquire()).await?)
    }

    /// The database was seen to go away: connections made until now are tested before their next
    /// use.
    pub fn suspect_connections(&self) {
        self.suspicion.raise();
    }

    /// Notes whether the database answers, for [`Self::while_answered`].
    pub fn note_answers(&self, answers: bool) {
        if self.availability.note(answers) && !answers {
            self.suspicion.raise();
        }
    }

    /// Does work that needs the database, and gives it up once the database hasn't answered for as
    /// long as a caller waits for a connection.
    ///
    /// # Errors
    /// [`Error::Unavailable`]; whether the work was done is not known.
    pub async fn while_answered<T>(&self, work: impl Future<Output = T>) -> Result<T, Error> {
        let patience = self.pool.options().get_acquire_timeout();
        self.availability.bound(patience, work).await.ok_or_else(Error::unavailable)
    }
}
