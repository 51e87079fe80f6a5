//! The two tasks that connect the wake-ups of several servers: one sends rings, one receives them.
//! Without them everything still works, but only at the next poll.

use std::time::Duration;

use futures::FutureExt as _;
use tokio::time::timeout;
use tokio_util::sync::CancellationToken;

use super::Wake;
use crate::store::Store;
use crate::store::database::doorbell::{Doorbell, Heard, Listener, Ring, retry_delay};

/// The pause after a ring, so that a busy server rings at most 200 times per second. The first ring
/// after a quiet period goes out at once.
const GAP: Duration = Duration::from_millis(5);

/// How long the last ring may take.
const LAST: Duration = Duration::from_secs(1);

/// Notifies other servers of commits until `stop`, and then once more. `wake` must be
/// [`Wake::forwarding`].
pub async fn forward(wake: Wake, doorbell: Doorbell, stop: CancellationToken) {
    let mut unheard = Ring::default();
    stop.run_until_cancelled(ring_for_ever(&wake, &doorbell, &mut unheard)).await;
    // Commits since the last ring go out with it.
    unheard.merge(wake.take_outgoing().now_or_never().unwrap_or_default());
    if !unheard.is_empty() {
        // This fails if the database is gone; the others poll.
        let _ = timeout(LAST, doorbell.ring(&unheard)).await;
    }
}

async fn ring_for_ever(wake: &Wake, doorbell: &Doorbell, unheard: &mut Ring) {
    let mut failures = 0;
    loop {
        if failures == 0 {
            // After a failure the unsent ring is kept and tried again.
            *unheard = wake.take_outgoing().await;
        }

        match doorbell.ring(unheard).await {
            Ok(()) => {
                failures = 0;
                *unheard = Ring::default();
                tokio::time::sleep(GAP).await;
            }
            Err(error) => {
                if failures == 0 {
                    tracing::warn!(
                        error = &error as &dyn std::error::Error,
                        "notifying other servers failed, retrying"
                    );
                }
                tokio::time::sleep(retry_delay(failures)).await;
                failures += 1;
            }
        }
    }
}

/// Wakes waiters on this server for commits on other servers, until `stop`. If the listener loses
/// its connection, `stores` test theirs before the next use, because the database was probably
/// restarted.
pub async fn hear(wake: Wake, mut listener: Listener, stores: Vec<Store>, stop: CancellationToken) {
    while let Some(heard) = stop.run_until_cancelled(listener.hear()).await {
        if heard == Heard::Everything {
            stores.iter().for_each(Store::suspect_connections);
        }
        wake.heard(heard);
    }
}
