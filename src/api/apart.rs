//! Long computations, run so that other calls go on meanwhile.

use tokio::runtime::{Handle, RuntimeFlavor};

/// From how many bytes on a computation over a request counts as long: some milliseconds.
const LONG: usize = 128 * 1024;

/// Runs a computation over this many bytes. If it is long, this thread hands all other tasks over
/// to another one first.
pub fn apart<T>(bytes: usize, work: impl FnOnce() -> T) -> T {
    let many_threads = |handle: Handle| handle.runtime_flavor() == RuntimeFlavor::MultiThread;
    match bytes >= LONG && Handle::try_current().is_ok_and(many_threads) {
        true => tokio::task::block_in_place(work),
        false => work(),
    }
}
