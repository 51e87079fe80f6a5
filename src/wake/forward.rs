//! The two tasks that join the wake-ups of several servers: one rings, one hears. Without them everything still works, a
//! poll later.

use std::time::Duration;

use futures::FutureExt as _;
use tokio::time::timeout;
use tokio_util::sync::CancellationToken;

use super::Wake;
use crate::store::Store;
use crate::store::doorbell::{Doorbell, Heard, Listener, Ring, retry_delay};

/// After a ring the next one waits this long, so that a busy server rings at most 200 times a second; the first after a
/// quiet moment goes out at once.
const GAP: Duration = Duration::from_millis(5);

/// How long the last ring may take.
const LAST: Duration = Duration::from_secs(1);

/// Tells the other servers what was committed here, until `stop`, and then once more. `wake` must be [`Wake::forwarding`].
pub async fn forward(wake: Wake, doorbell: Doorbell, stop: CancellationToken) {
    let mut unheard = Ring::default();
    stop.run_until_cancelled(ring_for_ever(&wake, &doorbell, &mut unheard)).await;
    unheard.merge(wake.take_outgoing().now_or_never().unwrap_or_default());
    if !unheard.is_empty() {
        // In vain where the database is gone: the others poll.
        let _ = timeout(LAST, doorbell.ring(&unheard)).await;
    }
}

async fn ring_for_ever(wake: &Wake, doorbell: &Doorbell, unheard: &mut Ring) {
    let mut failures = 0;
    loop {
        if failures == 0 {
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
                    tracing::warn!(error = &error as &dyn std::error::Error, "can't ring for other servers");
                }
                tokio::time::sleep(retry_delay(failures)).await;
                failures += 1;
            }
        }
    }
}

/// Wakes those who wait here for what other servers committed, until `stop`. A lost connection of the listener tells
/// `stores` to test theirs before the next use: the database was probably restarted.
pub async fn hear(wake: Wake, mut listener: Listener, stores: Vec<Store>, stop: CancellationToken) {
    while let Some(heard) = stop.run_until_cancelled(listener.hear()).await {
        if heard == Heard::Everything {
            stores.iter().for_each(Store::suspect_connections);
        }
        wake.heard(heard);
    }
}
