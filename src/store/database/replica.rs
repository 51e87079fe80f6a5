//! A read replica. Surveys go there, if it has all that was committed when they began: a caller
//! finds its own writes, and those of everybody else who was answered.

use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use sqlx::PgConnection;
use sqlx::postgres::PgConnectOptions;
use tokio::time::timeout;

use crate::measures;
use crate::store::database::pool::{PoolSettings, Pools, Suspicion};
use crate::store::{Connection, Error};

/// How long a survey waits until the replica has what it needs. Usually it has everything within
/// milliseconds.
const CATCH_UP: Duration = Duration::from_millis(200);
/// How often the replica is asked meanwhile.
const LOOK: Duration = Duration::from_millis(5);
/// How long a connection to the replica may take.
const PATIENCE: Duration = Duration::from_secs(1);
/// How long a replica that can't be reached is left alone.
const REST: Duration = Duration::from_secs(5);

/// A replica of the database.
#[derive(Clone, Debug)]
pub(in crate::store) struct Replica {
    pools: Arc<Pools>,
    /// Until when it is left alone.
    rests: Arc<Mutex<Option<Instant>>>,
}

impl Replica {
    /// Returns a replica with as many connections as surveys run at once. It connects when it is
    /// first used.
    pub(in crate::store) fn new(options: PgConnectOptions, settings: &PoolSettings) -> Self {
        let settings = PoolSettings {
            application_name: format!("{} replica", settings.application_name),
            max_connections: u32::try_from(settings.surveys()).unwrap_or(u32::MAX),
            acquire_timeout: PATIENCE,
            ..settings.clone()
        };
        Self { pools: Arc::new(Pools::new(options, &settings, &Suspicion::new())), rests: Arc::default() }
    }

    /// Gives no more work to the connections made until now: one of them has no answer, and may
    /// keep its place in the pool forever.
    pub(in crate::store) fn renew_connections(&self) {
        self.pools.replace();
    }

    /// Returns a connection to the replica, once it has all that the database has now. `None` if it
    /// is too far behind or doesn't answer.
    pub(in crate::store) async fn connection(&self, database: &mut PgConnection) -> Option<Connection> {
        if self.rests() {
            return None;
        }
        let reached = timeout(PATIENCE + CATCH_UP, self.caught_up(database)).await;
        let (outcome, connection) = match reached {
            Ok(Ok(Some(connection))) => ("served", Some(connection)),
            Ok(Ok(None)) => ("behind", None),
            Ok(Err(_)) | Err(_) => ("failed", None),
        };

        if outcome == "failed" {
            self.renew_connections();
            self.leave_alone();
        }
        metrics::counter!(measures::REPLICA_READS, "outcome" => outcome).increment(1);
        connection
    }

    async fn caught_up(&self, database: &mut PgConnection) -> Result<Option<Connection>, Error> {
        // What was answered is flushed, so this place in the log is after all of it.
        let place: String =
            sqlx::query_scalar("SELECT pg_current_wal_flush_lsn()::text").fetch_one(database).await?;

        let mut connection = self.pools.current().acquire().await?;
        let since = Instant::now();
        while !has(&mut connection, &place).await? {
            if since.elapsed() > CATCH_UP {
                return Ok(None);
            }
            // Postgres tells nobody how far it has come.
            tokio::time::sleep(LOOK).await;
        }
        Ok(Some(connection))
    }

    fn rests(&self) -> bool {
        let rests = self.rests.lock().unwrap_or_else(PoisonError::into_inner);
        rests.is_some_and(|until| Instant::now() < until)
    }

    fn leave_alone(&self) {
        *self.rests.lock().unwrap_or_else(PoisonError::into_inner) = Some(Instant::now() + REST);
    }
}

/// True if the replica has the log up to this place. A database that isn't a replica any more, like
/// after a failover, has nothing that counts.
async fn has(replica: &mut PgConnection, place: &str) -> Result<bool, Error> {
    let statement =
        "SELECT coalesce(pg_is_in_recovery() AND pg_last_wal_replay_lsn() >= $1::text::pg_lsn, false)";
    Ok(sqlx::query_scalar(statement).bind(place).fetch_one(replica).await?)
}
