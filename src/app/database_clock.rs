//! Keeps the server's time with the database's, so that all servers on one database agree on what is due.

use crate::clock::Clock;
use crate::store::{Error, Probe};

/// Reads the database's clock between two looks at ours, and sets ours by it.
///
/// # Errors
/// The database didn't answer.
pub(super) async fn follow(clock: &Clock, probe: &mut Probe) -> Result<(), Error> {
    // What a new connection costs is no part of the round trip.
    probe.answer().await?;
    let before = clock.unheld_now();
    let database = probe.time().await?;
    clock.observe_database(before, database, clock.unheld_now());
    Ok(())
}
