//! Keeps the server's time with the database's, so that all servers on one database agree on what is due.

use chrono::TimeDelta;

use crate::clock::Clock;
use crate::store::{Error, Probe};

/// A reading is as exact as half its round trip; one that took longer says nothing about drift.
const LONGEST_ROUND_TRIP: TimeDelta = TimeDelta::milliseconds(40);

/// Reads the database's clock between two looks at ours, and sets ours by it. Says whether the reading was exact enough for that.
///
/// # Errors
/// The database didn't answer.
pub(super) async fn follow(clock: &Clock, probe: &mut Probe) -> Result<bool, Error> {
    // What a new connection costs is no part of the round trip.
    probe.answer().await?;
    let before = clock.now();
    let database = probe.time().await?;
    let after = clock.now();
    let exact = after - before <= LONGEST_ROUND_TRIP;
    if exact {
        clock.observe_database(before, database, after);
    }
    Ok(exact)
}
