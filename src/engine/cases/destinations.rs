//! Finds the revisions to which enrollments move.

use std::collections::{BTreeSet, HashMap};

use sqlx::PgConnection;

use crate::domain::migration::Destination;
use crate::engine::frame::core::Core;
use crate::store::sequences::revisions::RevisionKey;
use crate::store::{self, sequences};

/// The number that stands for the newest revision.
const NEWEST: i32 = 0;

impl Core {
    /// Returns the revisions of sequences, by the keys that were asked for, in which 0 stands for
    /// the newest one. Those that don't exist are absent. Asks nothing if nothing is wanted.
    pub(in crate::engine) async fn destinations(
        &self,
        conn: &mut PgConnection,
        asked: BTreeSet<RevisionKey>,
    ) -> Result<HashMap<RevisionKey, Destination>, store::Error> {
        if asked.is_empty() {
            return Ok(HashMap::new());
        }

        let unnumbered: Vec<_> =
            asked.iter().filter(|key| key.2 == NEWEST).map(|key| (key.0, key.1)).collect();
        let newest = sequences::revisions::newest(conn, &unnumbered).await?;
        let number = |key: &RevisionKey| match key.2 {
            NEWEST => newest.get(&(key.0, key.1)).copied(),
            number => Some(number),
        };
        let numbered: Vec<(RevisionKey, i32)> =
            asked.iter().filter_map(|key| Some((*key, number(key)?))).collect();

        let keys = numbered.iter().map(|(key, number)| (key.0, key.1, *number));
        let programs = self.programs.load(conn, keys).await?;
        let found = numbered.into_iter().filter_map(|(key, revision)| {
            let program = programs.get(&(key.0, key.1, revision))?.program.clone();
            Some((key, Destination { revision, program }))
        });
        Ok(found.collect())
    }
}
