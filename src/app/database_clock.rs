//! Keeps the server's time in step with the database's, so that all servers on one database agree
//! on what is due.

use crate::clock::Clock;
use crate::store::{Error, Probe};

/// Reads the database's clock between two readings of ours, and adjusts ours.
///
/// # Errors
/// The database didn't answer.
pub(super) async fn follow(clock: &Clock, probe: &mut Probe) -> Result<(), Error> {
    // Connect first, so that connecting doesn't count as part of the round trip.
    probe.answer().await?;
    let before = clock.unheld_now();
    let database = probe.time().await?;
    clock.observe_database(before, database, clock.unheld_now());
    Ok(())
}
