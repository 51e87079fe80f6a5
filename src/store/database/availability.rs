//! Tracks if the database answers: a probe asks on a connection of its own, and callers that wait
//! for an answer give up when the database stays silent.

use std::time::Duration;

use chrono::{DateTime, Utc};
use sqlx::postgres::PgConnectOptions;
use sqlx::{ConnectOptions as _, Connection as _, PgConnection};
use tokio::sync::watch;

use crate::store::Error;

/// Pings the database on a connection that has no other user. Dropping the future of a ping drops
/// the connection.
#[derive(Debug)]
pub struct Probe {
    options: PgConnectOptions,
    connection: Option<PgConnection>,
}

impl Probe {
    /// Returns a probe of this database. It connects at the first ping.
    pub fn new(options: PgConnectOptions) -> Self {
        Self { options: options.application_name("upnext health"), connection: None }
    }

    /// Waits for an answer to a ping, which costs the database no statement. Returns true if it
    /// came over the existing connection. After false, another database may have answered.
    ///
    /// # Errors
    /// No new connection could be made. A lost connection alone is no error.
    pub async fn answer(&mut self) -> Result<bool, Error> {
        if let Some(mut connection) = self.connection.take()
            && connection.ping().await.is_ok()
        {
            self.connection = Some(connection);
            return Ok(true);
        }
        let mut connection = self.options.connect().await?;
        connection.ping().await?;
        self.connection = Some(connection);
        Ok(false)
    }

    /// Returns the time of the database's clock, which the server follows. This is the only instant
    /// that comes from SQL.
    ///
    /// # Errors
    /// Like [`Self::answer`], or the statement failed.
    pub async fn time(&mut self) -> Result<DateTime<Utc>, Error> {
        let mut connection = match self.connection.take() {
            Some(connection) => connection,
            None => self.options.connect().await?,
        };
        let time = sqlx::query_scalar("SELECT clock_timestamp()").fetch_one(&mut connection).await?;
        self.connection = Some(connection);
        Ok(time)
    }
}

/// Knows if the database answers, from what the probe reported. Cheap to clone. All clones share
/// one state.
#[derive(Clone, Debug, Default)]
pub(in crate::store) struct Availability {
    answers: watch::Sender<Answers>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Answers(bool);

impl Default for Answers {
    fn default() -> Self {
        Self(true)
    }
}

impl Availability {
    /// Notes if the database answers. Returns true if that changed.
    pub(in crate::store) fn note(&self, answers: bool) -> bool {
        self.answers.send_if_modified(|known| std::mem::replace(known, Answers(answers)) != Answers(answers))
    }

    /// Does work that needs the database. Returns `None` if the database was silent for `patience`.
    /// Without this limit, a statement sent to a database that stopped answering would wait
    /// forever.
    pub(in crate::store) async fn bound<T>(
        &self,
        patience: Duration,
        work: impl Future<Output = T>,
    ) -> Option<T> {
        tokio::select! {
            done = work => Some(done),
            () = self.gone_for(patience) => None,
        }
    }

    async fn gone_for(&self, patience: Duration) {
        let mut answers = self.answers.subscribe();
        loop {
            // Fails only if the sender is dropped, and `self` holds it.
            let _ = answers.wait_for(|known| !known.0).await;
            let back = answers.wait_for(|known| known.0);
            if tokio::time::timeout(patience, back).await.is_err() {
                return;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use std::future::{pending, ready};

    use super::*;

    #[tokio::test]
    async fn work_continues_while_the_database_answers() {
        let availability = Availability::default();
        assert_eq!(availability.bound(Duration::ZERO, ready(1)).await, Some(1));
        assert!(!availability.note(true), "nothing new");
        assert!(availability.note(false));
        assert!(availability.note(true));
        assert_eq!(
            availability.bound(Duration::ZERO, async { tokio::task::yield_now().await }).await,
            Some(())
        );
    }

    #[tokio::test]
    async fn work_is_given_up_when_the_database_stays_silent() {
        let availability = Availability::default();
        let clone = availability.clone();
        let given_up =
            tokio::spawn(async move { clone.bound(Duration::from_millis(1), pending::<()>()).await });
        availability.note(false);
        assert_eq!(given_up.await.unwrap(), None);
    }
}
