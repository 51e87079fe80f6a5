//! Metrics that are sampled from time to time rather than counted as things happen.

use std::fs;
use std::time::Duration;

use chrono::{DateTime, Utc};
use nix::sys::resource::{Resource, UsageWho, getrlimit, getrusage};
use strum::VariantArray as _;
use tokio_util::sync::CancellationToken;
use uuid::Uuid;

use crate::clock::Clock;
use crate::domain::problem::ItemKind;
use crate::measures;
use crate::store::database::{self, Sample};
use crate::store::{Error, Part, Store};

/// How often the backlog is counted.
const INTERVAL: Duration = Duration::from_secs(15);

/// Counts the backlog until `stop`, with one small statement each time. Every server reports the
/// same numbers.
pub(super) async fn count(store: Store, clock: Clock, stop: CancellationToken) {
    // The first one that is set aside is then an increase, which alerts see.
    for kind in ItemKind::VARIANTS {
        metrics::counter!(measures::SET_ASIDE, "kind" => kind.as_str()).increment(0);
    }

    loop {
        // If this fails, the next sample tries again. Health reports a database that is down.
        if let Ok(Ok(sample)) = store.while_answered(Part::Transaction, take(&store)).await {
            show(&sample, clock.now());
        }
        if stop.run_until_cancelled(tokio::time::sleep(INTERVAL)).await.is_none() {
            return;
        }
    }
}

async fn take(store: &Store) -> Result<Sample, Error> {
    database::sample(&mut *store.connection().await?).await
}

fn show(sample: &Sample, now: DateTime<Utc>) {
    metrics::gauge!(measures::ACTIVITIES, "state" => "due").set(sample.due as f64);
    metrics::gauge!(measures::ACTIVITIES, "state" => "snoozed").set(sample.snoozed as f64);
    metrics::gauge!(measures::TIMERS_WAITING).set(sample.timers as f64);
    metrics::gauge!(measures::CHANGES_WAITING).set(sample.record_changes as f64);
    metrics::gauge!(measures::CHANGES_OLDEST).set(sample.oldest_change.map_or(0.0, |id| age(id, now)));
    metrics::gauge!(measures::OPERATIONS_RUNNING).set(sample.operations as f64);
}

/// The age of a key in seconds.
fn age(key: Uuid, now: DateTime<Utc>) -> f64 {
    let minted = key.get_timestamp().and_then(|stamp| {
        let (seconds, nanoseconds) = stamp.to_unix();
        DateTime::from_timestamp(i64::try_from(seconds).ok()?, nanoseconds)
    });
    minted.map_or(0.0, |minted| (now - minted).num_milliseconds().max(0) as f64 / 1_000.0)
}

/// Reads what is free to read: the pools and the process.
pub(super) fn refresh(stores: &[Store]) {
    for store in stores {
        let (pool, label) = (store.pool(), store.name().to_owned());
        let idle = u32::try_from(pool.num_idle()).unwrap_or(u32::MAX);
        let state = |state: &'static str| metrics::gauge!(measures::POOL_CONNECTIONS, "pool" => label.clone(), "state" => state);
        state("idle").set(idle);
        state("used").set(pool.size().saturating_sub(idle));
        metrics::gauge!(measures::POOL_LIMIT, "pool" => label.clone())
            .set(pool.options().get_max_connections());
    }
    process();
}

fn process() {
    if let Ok(usage) = getrusage(UsageWho::RUSAGE_SELF) {
        let seconds = usage.user_time().tv_sec() + usage.system_time().tv_sec();
        metrics::counter!(measures::PROCESS_CPU).absolute(u64::try_from(seconds).unwrap_or_default());
    }

    if let Ok((most, _)) = getrlimit(Resource::RLIMIT_NOFILE) {
        metrics::gauge!(measures::PROCESS_MOST_FILES).set(most as f64);
    }

    // Only known where there is a `/proc`.
    if let Some(kilobytes) = resident_kilobytes() {
        metrics::gauge!(measures::PROCESS_MEMORY).set(kilobytes as f64 * 1_024.0);
    }

    if let Ok(open) = fs::read_dir("/proc/self/fd") {
        metrics::gauge!(measures::PROCESS_OPEN_FILES).set(open.count() as f64);
    }
}

fn resident_kilobytes() -> Option<u64> {
    let status = fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"))?;
    line.split_whitespace().next()?.parse().ok()
}
