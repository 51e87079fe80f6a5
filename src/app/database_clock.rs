//! Keeps the server's time with the database's, so that all servers on one database agree on what is due.

use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};
use tokio::time::timeout;

use crate::clock::Clock;
use crate::store::Store;

/// A reading is as exact as half its round trip; one that took longer says nothing about drift.
const LONGEST_ROUND_TRIP: TimeDelta = TimeDelta::milliseconds(40);
/// How often a reading is tried for a shorter round trip.
const ATTEMPTS: usize = 3;
/// A database that takes longer to say what time it is counts as unreachable.
const PATIENCE: Duration = Duration::from_secs(1);

/// One reading of the database's clock, between two of ours.
struct Reading {
    before: DateTime<Utc>,
    database: DateTime<Utc>,
    after: DateTime<Utc>,
}

impl Reading {
    fn round_trip(&self) -> TimeDelta {
        self.after - self.before
    }
}

/// Reads the database's clock and sets ours by it. Says whether the database answered in time.
pub(super) async fn follow(clock: &Clock, store: &Store) -> bool {
    let best = timeout(PATIENCE, best_reading(clock, store)).await.ok().flatten();
    if let Some(reading) = &best
        && reading.round_trip() <= LONGEST_ROUND_TRIP
    {
        clock.observe_database(reading.before, reading.database, reading.after);
    }
    best.is_some()
}

async fn best_reading(clock: &Clock, store: &Store) -> Option<Reading> {
    let mut best: Option<Reading> = None;
    for _ in 0..ATTEMPTS {
        // The first one may also have to connect.
        let before = clock.now();
        let Ok(database) = store.database_time().await else { break };
        let reading = Reading { before, database, after: clock.now() };
        if best.as_ref().is_none_or(|best| reading.round_trip() < best.round_trip()) {
            best = Some(reading);
        }
        if best.as_ref().is_some_and(|best| best.round_trip() <= LONGEST_ROUND_TRIP) {
            break;
        }
    }
    best
}
