//! All SQL of upnext. Reads rows, returns domain types, and decides nothing.

pub mod activities;
pub mod answers;
pub mod audit;
pub mod changes;
pub mod check;
pub mod condition_sql;
pub mod database;
pub mod emails;
pub mod engagement;
pub mod enrollments;
pub mod history;
pub mod horizons;
pub mod names;
pub mod priorities;
pub mod publication;
pub mod queues;
pub mod records;
pub mod requests;
pub mod routing;
pub mod segments;
pub mod sequences;
pub mod standing_questions;
mod statement;
pub mod subjects;
pub mod tenants;
pub mod together;
pub mod truths;
pub mod webhook_deliveries;
pub mod webhooks;
pub mod witnesses;

use std::sync::Arc;
use std::time::Duration;

use sqlx::migrate::Migrator;
use sqlx::pool::PoolConnection;
use sqlx::postgres::PgConnectOptions;
use sqlx::{AssertSqlSafe, ConnectOptions as _, PgConnection, PgPool, Postgres, Transaction};
use tokio::time::timeout;
use tracing::Instrument as _;

use crate::domain::id::OrganizationId;

pub use database::availability::Part;
pub use database::error::{Cause, Error};
pub use database::pool::{Plans, PoolSettings};
pub use database::probe::{Probe, Reading};
pub use database::read_connection::ReadConnection;
pub use database::shares::Share;
pub use statement::reading::Portion;

use database::availability::{Availability, Limits};
use database::error::connection_is_broken;
use database::pool::{KEYED, Meter, Pools, Suspicion};
use database::replica::Replica;
use database::shares::Shares;

/// A connection from the pool, for reads.
pub type Connection = PoolConnection<Postgres>;

/// The schema as a list of forward-only migrations.
pub static MIGRATOR: Migrator = sqlx::migrate!("src/store/migrations");

/// Parses the URL of a database, like `postgres://upnext@localhost/upnext`.
///
/// # Errors
/// Says what is wrong with the URL, without repeating it: it may contain a password.
pub fn connect_options(url: &str) -> Result<PgConnectOptions, Error> {
    Ok(url.parse::<PgConnectOptions>()?)
}

/// Connects once, outside any pool, because a pool only reports that it waited in vain.
///
/// # Errors
/// Why there is no connection, in the words of the database or of the operating system.
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

    // The database answers; how this connection ends doesn't matter.
    let _ = sqlx::Connection::close(connection).await;
    Ok(())
}

/// Lets the statements of the rest of this transaction be planned each time they run.
pub async fn plan_anew(conn: &mut PgConnection) -> Result<(), Error> {
    let statement = format!("SET LOCAL plan_cache_mode = {}", Plans::Fresh.mode(false));
    sqlx::query(AssertSqlSafe(statement))
        .execute(conn)
        .instrument(statement::span::of("store.plan_anew"))
        .await?;
    Ok(())
}

/// Begins a savepoint: a part of a transaction that can be rolled back by itself.
pub async fn savepoint(conn: &mut PgConnection) -> Result<Transaction<'_, Postgres>, Error> {
    Ok(sqlx::Connection::begin(conn).await?)
}

/// Limits the statements of a transaction. The limit of the session is for reads.
fn limited(limit: Duration) -> String {
    format!("SET LOCAL statement_timeout = {}", limit.as_millis())
}

/// Limits the statements of the rest of this transaction, or of a savepoint until it is rolled
/// back.
pub async fn limit_statements(conn: &mut PgConnection, limit: Duration) -> Result<(), Error> {
    sqlx::query(AssertSqlSafe(limited(limit)))
        .execute(conn)
        .instrument(statement::span::of("store.limit_statements"))
        .await?;
    Ok(())
}

/// Begins a read-only transaction whose statements all see the same state.
const SNAPSHOT: &str = "BEGIN ISOLATION LEVEL REPEATABLE READ, READ ONLY";

/// The database behind one pool of connections. Cheap to clone.
#[derive(Clone, Debug)]
pub struct Store {
    pools: Arc<Pools>,
    suspicion: Suspicion,
    availability: Availability,
    limits: Limits,
    meter: Meter,
    shares: Shares,
    surveys: Shares,
    replica: Option<Replica>,
    distributed: bool,
}

impl Store {
    /// Returns a store that connects when it is first used.
    pub fn new(options: PgConnectOptions, settings: &PoolSettings) -> Self {
        let suspicion = Suspicion::new();
        let limits = Limits { statement: settings.statement_timeout, silence: settings.acquire_timeout };
        Self {
            pools: Arc::new(Pools::new(options, settings, &suspicion)),
            suspicion,
            availability: Availability::default(),
            limits,
            meter: Meter::new(&settings.application_name),
            shares: Shares::of(settings.max_connections as usize),
            surveys: Shares::of(settings.surveys()),
            replica: None,
            distributed: settings.distributed,
        }
    }

    /// Lets surveys read from a replica of the database.
    #[must_use]
    pub fn with_replica(self, options: PgConnectOptions, settings: &PoolSettings) -> Self {
        Self { replica: Some(Replica::new(options, settings)), ..self }
    }

    /// Returns the pool, for code that needs one, like the migrator and the doorbell.
    pub fn pool(&self) -> PgPool {
        self.pools.current()
    }

    /// Returns the name of its connections in `pg_stat_activity`.
    pub fn name(&self) -> &str {
        self.meter.name()
    }

    /// Returns the options of its connections, for a connection outside the pool.
    pub fn connect_options(&self) -> PgConnectOptions {
        self.pool().connect_options().as_ref().clone()
    }

    /// Begins a transaction. Dropping it rolls back.
    ///
    /// If Postgres was restarted, pooled connections are dead, and the first statement on one
    /// fails. Nothing has begun on it by then, so this takes another connection. It tries at most
    /// as many as the pool holds, and then a new one.
    pub async fn begin(&self) -> Result<Transaction<'static, Postgres>, Error> {
        self.begin_with("BEGIN", self.limits.statement, "").await
    }

    /// Begins a transaction whose statements all see the database as its first one did. Writing a
    /// row that another transaction has changed since is a conflict.
    pub async fn begin_repeatable(&self) -> Result<Transaction<'static, Postgres>, Error> {
        self.begin_with("BEGIN ISOLATION LEVEL REPEATABLE READ", self.limits.statement, "").await
    }

    /// Begins a read-only transaction whose statements all see the database as its first one did.
    pub async fn begin_snapshot(&self) -> Result<Transaction<'static, Postgres>, Error> {
        self.begin_with(SNAPSHOT, self.limits.statement, "").await
    }

    /// Begins a read-only transaction for reading whole tables. All its statements see the database
    /// as its first one did, and Postgres chooses the plans freely.
    pub async fn begin_survey(&self) -> Result<Transaction<'static, Postgres>, Error> {
        // Undoes the session's settings for lookups by key, which would slow down whole scans.
        // Merge joins stay off: whole tables are hashed, and no order tempts Postgres to anything
        // else.
        let lifted = KEYED.iter().filter(|(setting, ..)| *setting != "enable_mergejoin");
        let free: String =
            lifted.map(|(setting, _, free)| format!("; SET LOCAL {setting} = {free}")).collect();
        self.begin_with(SNAPSHOT, self.limits.statement, &free).await
    }

    /// Like [`Self::begin`], but statements give up after waiting for a lock for `limit`, and are
    /// planned as `plans` says.
    pub async fn begin_with_lock_timeout(
        &self,
        limit: Duration,
        plans: Plans,
    ) -> Result<Transaction<'static, Postgres>, Error> {
        self.begin_limited(limit, self.limits.statement, plans).await
    }

    /// Like [`Self::begin_with_lock_timeout`], but statements give up after `statement`, if that is
    /// sooner than usual.
    pub async fn begin_limited(
        &self,
        lock: Duration,
        statement: Duration,
        plans: Plans,
    ) -> Result<Transaction<'static, Postgres>, Error> {
        let lock = format!("SET LOCAL lock_timeout = {}", lock.as_millis());
        let plans = format!("SET LOCAL plan_cache_mode = {}", plans.mode(self.distributed));
        let statement = statement.min(self.limits.statement);
        if !self.distributed {
            return self.begin_with("BEGIN", statement, &format!("; {lock}; {plans}")).await;
        }

        // The locks are in other databases, which hear of a setting only if it stands alone.
        let propagated = format!("; {plans}; SET LOCAL citus.propagate_set_commands = local");
        let mut tx = self.begin_with("BEGIN", statement, &propagated).await?;
        sqlx::query(AssertSqlSafe(lock))
            .execute(&mut *tx)
            .instrument(statement::span::of("store.begin_limited"))
            .await?;
        Ok(tx)
    }

    /// Begins a transaction with `begin`, limits its statements, and adds further `settings`.
    async fn begin_with(
        &self,
        begin: &str,
        statement: Duration,
        settings: &str,
    ) -> Result<Transaction<'static, Postgres>, Error> {
        // One text with several statements costs one round trip.
        let statements = format!("{begin}; {}{settings}", limited(statement));
        let mut pooled = self.pool().options().get_max_connections();

        loop {
            let pool = self.pool();

            // SET takes no parameters. The text contains only our own numbers and words, so nothing
            // can be injected.
            match self.meter.wait(pool.begin_with(AssertSqlSafe(statements.clone()))).await {
                // The pool was replaced while this waited for it.
                Err(sqlx::Error::PoolClosed) => {}
                Err(error) if pooled > 0 && connection_is_broken(&error) => {
                    self.suspicion.raise();
                    pooled -= 1;
                }
                begun => return Ok(begun?),
            }
        }
    }

    /// Takes a connection for a single read. It is tested first if it was idle for long, or if a
    /// dead connection was found since it was made.
    pub async fn connection(&self) -> Result<Connection, Error> {
        loop {
            match self.meter.wait(self.pool().acquire()).await {
                // The pool was replaced while this waited for it.
                Err(sqlx::Error::PoolClosed) => {}
                acquired => return Ok(acquired?),
            }
        }
    }

    /// Waits until the organization may use another connection. Whatever takes connections call by
    /// call holds a share as long as the connection, so that no organization can take them all.
    ///
    /// # Errors
    /// [`Error::Crowded`]: the organization's other calls hold its connections, for half as long as
    /// a caller waits for one, which comes after this.
    pub async fn share(&self, organization: OrganizationId) -> Result<Share, Error> {
        self.share_of(&self.shares, organization).await
    }

    async fn share_of(&self, shares: &Shares, organization: OrganizationId) -> Result<Share, Error> {
        let patience = self.limits.silence / 2;
        let share = timeout(patience, shares.take(organization));
        self.meter.wait(share).await.map_err(|_| Error::Crowded)
    }

    /// Takes a connection for the reads of a call, out of its organization's share.
    ///
    /// # Errors
    /// Like [`Self::share`] and [`Self::connection`].
    pub async fn read(&self, organization: OrganizationId) -> Result<ReadConnection, Error> {
        let share = self.share(organization).await?;
        Ok(ReadConnection::new(self.connection().await?, (share, None)))
    }

    /// Like [`Self::read`], for statements that may look through all records of an organization.
    /// They keep the database's processors busy, so few run at once, shared like connections. They
    /// read from a replica, if there is one and it has all that the database has.
    ///
    /// # Errors
    /// Like [`Self::read`].
    pub async fn survey(&self, organization: OrganizationId) -> Result<ReadConnection, Error> {
        let survey = self.share_of(&self.surveys, organization).await?;
        let share = self.share(organization).await?;
        let mut connection = self.connection().await?;
        if let Some(replica) = &self.replica
            && let Some(there) = replica.connection(&mut connection).await
        {
            connection = there;
        }
        Ok(ReadConnection::new(connection, (share, Some(survey))))
    }

    /// Notes that the database was seen to go away: connections made until now are tested before
    /// their next use.
    pub fn suspect_connections(&self) {
        self.suspicion.raise();
    }

    /// Notes that connections made until now are probably dead, because another one was. They get
    /// no more work. What runs on them is given up shortly, unless an answer comes: see
    /// [`Self::while_answered`].
    pub fn doubt_connections(&self) {
        self.suspicion.raise();
        self.availability.doubt();
        self.pools.replace();
    }

    /// Gives no more work to the connections made until now. They may answer, but not as new ones
    /// do: the database that they reach became a standby.
    pub fn renew_connections(&self) {
        self.pools.replace();
    }

    /// Notes if the database answers, for [`Self::while_answered`].
    pub fn note_answers(&self, answers: bool) {
        if self.availability.note(answers) && !answers {
            self.suspicion.raise();
        }
    }

    /// Returns for how long the work that waits longest has had no answer.
    pub fn longest_wait(&self) -> Duration {
        self.availability.longest_wait()
    }

    /// Does work that needs the database. Gives up once no answer is to be expected: the statement
    /// had all its time, the database has been silent for as long as a caller waits for a
    /// connection, or connections turned out to be dead and the work hasn't moved since.
    ///
    /// # Errors
    /// [`Error::Unavailable`]. The work may or may not have been done.
    pub fn while_answered<T>(
        &self,
        part: Part,
        work: impl Future<Output = T>,
    ) -> impl Future<Output = Result<T, Error>> {
        // Boxed at once: most work is large, and would be moved from one future into the next.
        let work = Box::pin(work);
        async move {
            let bound = self.availability.bound(part, self.limits, &self.suspicion, work);
            bound.await.ok_or_else(|| {
                // What has no answer may keep its place in the pool forever.
                self.pools.replace();
                self.replica.iter().for_each(Replica::renew_connections);
                Error::unavailable()
            })
        }
    }

    /// Rolls back a transaction now. A transaction that is only dropped releases its locks later,
    /// and the next one would find them still held.
    pub async fn roll_back(&self, tx: Transaction<'static, Postgres>) {
        // It takes no time, unless the connection is gone. Then so are the locks.
        let limits = Limits { statement: Duration::ZERO, ..self.limits };
        let rolled_back =
            self.availability.bound(Part::Commit, limits, &self.suspicion, Box::pin(tx.rollback()));
        if let Some(Err(error)) = rolled_back.await {
            let error = &error as &dyn std::error::Error;
            tracing::debug!(error, "rollback failed because the connection is gone");
        }
    }
}
