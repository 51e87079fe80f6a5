//! Finds the revisions to which enrollments move.

use std::collections::{BTreeSet, HashMap};

use chrono::{DateTime, Utc};
use sqlx::PgConnection;

use crate::domain::case::{Case, Facts};
use crate::domain::migration::Destination;
use crate::domain::program::NodeId;
use crate::engine::cases::load::Incomplete;
use crate::engine::frame::core::Core;
use crate::store::sequences::revisions::RevisionKey;
use crate::store::{self, sequences};

/// The number that stands for the newest revision.
const NEWEST: i32 = 0;

impl Core {
    /// Returns the revisions of sequences, by the keys that were asked for, in which 0 stands for
    /// the newest one, with the facts of the cases that move there. Those that don't exist are
    /// absent. Asks nothing if nothing is wanted.
    pub(in crate::engine) async fn destinations(
        &self,
        conn: &mut PgConnection,
        asked: &BTreeSet<RevisionKey>,
        moving: &[(RevisionKey, &Case)],
        now: DateTime<Utc>,
    ) -> Result<HashMap<RevisionKey, Destination>, store::Error> {
        if asked.is_empty() {
            return Ok(HashMap::new());
        }

        let numbers = numbers(conn, asked).await?;
        let keys = numbers.iter().map(|(key, number)| (key.0, key.1, *number));
        let programs = self.programs.load(conn, keys).await?;
        let found = numbers.iter().filter_map(|(key, revision)| {
            let program = programs.get(&(key.0, key.1, *revision))?.program.clone();
            Some((*key, Destination { revision: *revision, program, facts: HashMap::new() }))
        });
        let mut found: HashMap<RevisionKey, Destination> = found.collect();
        self.add_facts(conn, moving, (&mut found, now)).await?;
        Ok(found)
    }

    /// Adds the facts of the cases that move.
    async fn add_facts(
        &self,
        conn: &mut PgConnection,
        moving: &[(RevisionKey, &Case)],
        (found, now): (&mut HashMap<RevisionKey, Destination>, DateTime<Utc>),
    ) -> Result<(), store::Error> {
        let of_record = |case: &Case| Facts {
            owner: case.facts.owner,
            target: case.facts.target.clone(),
            definition_epoch: case.facts.definition_epoch,
            ..Facts::default()
        };
        // What is known of the record counts there, too. The rest is about the revision.
        let mut arriving: Vec<(RevisionKey, &Case, Facts)> =
            moving.iter().map(|(key, case)| (*key, *case, of_record(case))).collect();

        let incomplete = arriving.iter_mut().filter_map(|(key, case, facts)| {
            let revision = (key.0, key.1, found.get(key)?.revision);
            let enrollment = Some((case.key(), NodeId(0)));
            Some(Incomplete { revision, record: case.enrollment.record, enrollment, facts })
        });
        self.complete(conn, incomplete, now).await?;
        for (key, case, facts) in arriving {
            if let Some(destination) = found.get_mut(&key) {
                destination.facts.insert(case.enrollment.id, facts);
            }
        }
        Ok(())
    }
}

/// Returns the numbers of the revisions that are asked for.
async fn numbers(
    conn: &mut PgConnection,
    asked: &BTreeSet<RevisionKey>,
) -> Result<Vec<(RevisionKey, i32)>, store::Error> {
    let unnumbered: Vec<_> = asked.iter().filter(|key| key.2 == NEWEST).map(|key| (key.0, key.1)).collect();
    let newest = sequences::revisions::newest(conn, &unnumbered).await?;
    let number = |key: &RevisionKey| match key.2 {
        NEWEST => newest.get(&(key.0, key.1)).copied(),
        number => Some(number),
    };
    Ok(asked.iter().filter_map(|key| Some((*key, number(key)?))).collect())
}
