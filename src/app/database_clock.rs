//! Keeps the server's time in step with the database's, so that all servers on one database agree
//! on what is due.

use crate::clock::Clock;
use crate::store::{Error, Probe};

/// Reads the database's clock between two readings of ours, and adjusts ours. Returns true if the
/// database takes writes.
///
/// # Errors
/// The database didn't answer.
pub(super) async fn follow(clock: &Clock, probe: &mut Probe) -> Result<bool, Error> {
    let ours = clock.clone();
    let reading = probe.read(move || ours.unheld_now()).await?;
    clock.observe_database(reading.before, reading.time, reading.after);
    Ok(reading.writable)
}
