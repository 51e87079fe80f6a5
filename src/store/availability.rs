//! Whether the database answers: one connection of its own that asks, and what those do who wait
//! for an answer meanwhile.

use std::time::Duration;

use chrono::{DateTime, Utc};
use sqlx::postgres::PgConnectOptions;
use sqlx::{ConnectOptions as _, Connection as _, PgConnection};
use tokio::sync::watch;

use super::Error;

/// Asks the database for a sign of life, on a connection that nothing else waits for. Dropping a
/// question drops its connection.
#[derive(Debug)]
pub struct Probe {
    options: PgConnectOptions,
    connection: Option<PgConnection>,
}

impl Probe {
    /// Asks this database; connects at the first question.
    pub fn new(options: PgConnectOptions) -> Self {
        Self { options: options.application_name("upnext health"), connection: None }
    }

    /// Waits for a sign of life. It costs the database no statement. Says whether it came over the
    /// connection that was there before: otherwise it may be another database that answers.
    ///
    /// # Errors
    /// Nobody can connect. A connection that was lost is not enough: another one is made first.
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

    /// The database's clock, for the server to follow. The one instant that comes from SQL.
    ///
    /// # Errors
    /// As [`Self::answer`].
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

/// Whether the database answers, as whoever asks it has found. Cheap to clone; all clones know the
/// same.
#[derive(Clone, Debug, Default)]
pub(super) struct Availability {
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
    /// Notes what was found; true if it is something new.
    pub(super) fn note(&self, answers: bool) -> bool {
        self.answers.send_if_modified(|known| std::mem::replace(known, Answers(answers)) != Answers(answers))
    }

    /// Does work that needs the database. A statement that was sent to a database which stopped
    /// answering would be waited for without end: after `patience` it is given up.
    pub(super) async fn bound<T>(&self, patience: Duration, work: impl Future<Output = T>) -> Option<T> {
        tokio::select! {
            done = work => Some(done),
            () = self.gone_for(patience) => None,
        }
    }

    async fn gone_for(&self, patience: Duration) {
        let mut answers = self.answers.subscribe();
        loop {
            // The sender lives as long as `self`.
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
    async fn work_goes_on_for_as_long_as_the_database_answers() {
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
    async fn work_is_given_up_when_the_database_stays_away() {
        let availability = Availability::default();
        let told = availability.clone();
        let given_up =
            tokio::spawn(async move { told.bound(Duration::from_millis(1), pending::<()>()).await });
        availability.note(false);
        assert_eq!(given_up.await.unwrap(), None);
    }
}
