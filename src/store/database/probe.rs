//! A probe asks the database on a connection of its own.

use std::time::Duration;

use chrono::{DateTime, Utc};
use futures::FutureExt as _;
use futures::future::BoxFuture;
use sqlx::postgres::PgConnectOptions;
use sqlx::{ConnectOptions as _, Connection as _, PgConnection};
use tokio::time::timeout;

use crate::store::Error;

/// A connection that has been silent for longer is dead: an overloaded database answers sooner.
const SILENCE: Duration = Duration::from_secs(2);

/// Asks the database on a connection that has no other user.
///
/// The future of a question may be dropped. The next call waits for the answer to that question
/// first, so a database that is only slow isn't taken for a dead connection.
pub struct Probe {
    options: PgConnectOptions,
    connection: Option<PgConnection>,
    asked: Option<BoxFuture<'static, Result<Answered, Error>>>,
    /// True from the loss of a connection until the next one is made.
    lost: bool,
    reconnections: u64,
}

struct Answered {
    connection: PgConnection,
    reading: Option<Reading>,
}

/// What the database said about itself.
#[derive(Clone, Copy, Debug)]
pub struct Reading {
    /// This server's time before the question.
    pub before: DateTime<Utc>,
    /// The time of the database's clock, which the server follows. This is the only instant that
    /// comes from SQL.
    pub time: DateTime<Utc>,
    /// This server's time after the answer.
    pub after: DateTime<Utc>,
    /// False if the database refuses writes, like a standby does.
    pub writable: bool,
}

impl Probe {
    /// Returns a probe of this database. It connects at the first question.
    pub fn new(options: PgConnectOptions) -> Self {
        let options = options.application_name("upnext health");
        Self { options, connection: None, asked: None, lost: false, reconnections: 0 }
    }

    /// How many times it had to connect again because its connection was dead. Each time,
    /// connections made earlier are probably dead too.
    pub fn reconnections(&self) -> u64 {
        self.reconnections
    }

    /// Waits for an answer to a ping, which costs the database no statement. Returns true if it
    /// came over the existing connection. After false, another database may have answered.
    ///
    /// # Errors
    /// No new connection could be made. A lost connection alone is no error.
    pub async fn answer(&mut self) -> Result<bool, Error> {
        if self.pinged().await {
            return Ok(true);
        }
        let mut connection = self.options.connect().await?;
        connection.ping().await?;
        self.reconnections += u64::from(std::mem::take(&mut self.lost));
        self.connection = Some(connection);
        Ok(false)
    }

    /// Reads the database's clock, and whether it takes writes. `now` is this server's time.
    ///
    /// # Errors
    /// Like [`Self::answer`], or the statement failed.
    pub async fn read(&mut self, now: impl Fn() -> DateTime<Utc> + Send + 'static) -> Result<Reading, Error> {
        // Connect first, so that connecting doesn't count as part of the round trip.
        self.answer().await?;
        if let Some(mut connection) = self.connection.take() {
            self.ask(async move {
                let before = now();
                let statement = "SELECT clock_timestamp(), current_setting('transaction_read_only') = 'off'";
                let (time, writable) = sqlx::query_as(statement).fetch_one(&mut connection).await?;
                let reading = Reading { before, time, after: now(), writable };
                Ok(Answered { connection, reading: Some(reading) })
            });
        }
        self.wait().await?.ok_or_else(Error::unavailable)
    }

    /// Ends the connection. The next question goes to the database that new connections reach.
    pub fn disconnect(&mut self) {
        (self.connection, self.asked) = (None, None);
    }

    /// True if the existing connection answers.
    async fn pinged(&mut self) -> bool {
        if let Some(mut connection) = self.connection.take() {
            self.ask(async move {
                connection.ping().await?;
                Ok(Answered { connection, reading: None })
            });
        }
        self.asked.is_some() && self.wait().await.is_ok()
    }

    fn ask(&mut self, question: impl Future<Output = Result<Answered, Error>> + Send + 'static) {
        let answer = timeout(SILENCE, question);
        self.asked = Some(async { answer.await.unwrap_or_else(|_| Err(Error::unavailable())) }.boxed());
    }

    /// Waits for the answer to the question that was asked last.
    async fn wait(&mut self) -> Result<Option<Reading>, Error> {
        let Some(asked) = &mut self.asked else { return Ok(None) };
        let answered = asked.await;
        self.asked = None;
        self.lost |= answered.is_err();
        let Answered { connection, reading } = answered?;
        self.connection = Some(connection);
        Ok(reading)
    }
}

impl std::fmt::Debug for Probe {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.debug_struct("Probe").field("reconnections", &self.reconnections).finish_non_exhaustive()
    }
}
