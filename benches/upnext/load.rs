//! Closed loops: so many callers, each with one call under way.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use tokio::task::JoinSet;

/// How many calls a second `callers` get answered in `time`. Each call gets a number of its own,
/// from 0, and none at or beyond `limit` is made: what runs out early is counted for the time that
/// it took.
///
/// # Errors
/// The first that a call failed with.
pub async fn rate<C, F>(
    callers: usize,
    time: Duration,
    limit: usize,
    call: impl Fn(usize) -> C,
) -> anyhow::Result<f64>
where
    C: FnMut(usize) -> F + Send + 'static,
    F: Future<Output = anyhow::Result<()>> + Send,
{
    let next = Arc::new(AtomicUsize::new(0));
    let start = Instant::now();
    let mut tasks = JoinSet::new();

    for caller in 0..callers {
        let (next, mut call) = (next.clone(), call(caller));
        tasks.spawn(async move {
            let mut done = 0_usize;
            while start.elapsed() < time {
                let number = next.fetch_add(1, Ordering::Relaxed);
                if number >= limit {
                    break;
                }
                call(number).await?;
                done += 1;
            }
            anyhow::Ok(done)
        });
    }

    let mut done = 0;
    while let Some(finished) = tasks.join_next().await {
        done += finished??;
    }
    Ok(done as f64 / start.elapsed().as_secs_f64())
}
