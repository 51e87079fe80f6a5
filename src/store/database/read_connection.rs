//! A connection for the reads of one call.

use std::ops::{Deref, DerefMut};
use std::time::Duration;

use sqlx::{Connection as _, PgConnection, Postgres, Transaction};
use tokio::time::timeout;

use crate::store::database::shares::Share;
use crate::store::{Connection, Error, SNAPSHOT};

/// How long the statement of a call that went away may go on. Longer than a slow database takes to
/// answer the test of a connection that comes back. Postgres then ends it: see
/// `client_connection_check_interval` in `pool.rs`.
const ABANDONED_FOR: Duration = Duration::from_secs(2);

/// A connection for the reads of one call, out of its organization's share. If the call goes away
/// in the middle of a statement, the connection is closed, which ends the statement.
#[derive(Debug)]
pub struct ReadConnection {
    /// `None` once dropped.
    held: Option<(Connection, Rights)>,
}

/// What allows a read to hold its connection: a share of the connections and, if it surveys, one of
/// the surveys.
type Rights = (Share, Option<Share>);

impl ReadConnection {
    pub(in crate::store) fn new(connection: Connection, rights: Rights) -> Self {
        Self { held: Some((connection, rights)) }
    }

    /// Begins a read-only transaction. All its statements see the database as its first one did.
    pub async fn snapshot(&mut self) -> Result<Transaction<'_, Postgres>, Error> {
        Ok((**self).begin_with(SNAPSHOT).await?)
    }
}

impl Deref for ReadConnection {
    type Target = PgConnection;

    fn deref(&self) -> &PgConnection {
        &self.held.as_ref().expect("there until the drop").0
    }
}

impl DerefMut for ReadConnection {
    fn deref_mut(&mut self) -> &mut PgConnection {
        &mut self.held.as_mut().expect("there until the drop").0
    }
}

impl Drop for ReadConnection {
    fn drop(&mut self) {
        let Some((mut connection, rights)) = self.held.take() else { return };

        tokio::spawn(async move {
            // Waits for the end of a statement that is still running. Giving up drops the
            // connection.
            _ = timeout(ABANDONED_FOR, connection.return_to_pool()).await;
            drop(rights);
        });
    }
}
