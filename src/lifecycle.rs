//! How the process ends: a signal makes it drain, and whatever isn't finished in time is cut off.
//!
//! The first SIGINT, SIGTERM or SIGHUP cancels the *soft* token: take no new work, finish what has
//! started, tell streams to reconnect elsewhere. When the drain timeout expires, or on a second
//! signal, the *hard* token is cancelled: drop everything. Nothing is lost, because each write is
//! one transaction.

use std::{io, pin::pin, task::Poll, time::Duration};

use futures::{Stream, StreamExt, stream};
use tokio::{
    signal::unix::{SignalKind, signal},
    task::JoinHandle,
    time::timeout,
};
use tokio_util::{sync::CancellationToken, task::TaskTracker};

/// How long tasks may take to stop after they were cut off, before the process ends without them.
const CUT_OFF_LIMIT: Duration = Duration::from_secs(1);

/// The tokens that end tasks, and the tracker of running tasks. Cheap to clone.
#[derive(Debug, Clone)]
pub struct Lifecycle {
    soft: CancellationToken,
    hard: CancellationToken,
    tasks: TaskTracker,
}

/// How the process ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shutdown {
    /// Every task finished by itself.
    Drained,
    /// The drain timeout expired, and the rest was cut off.
    TimedOut,
    /// A second signal came, and the rest was cut off.
    Forced,
}

impl Default for Lifecycle {
    fn default() -> Self {
        Self::new()
    }
}

impl Lifecycle {
    /// A running process.
    pub fn new() -> Self {
        let hard = CancellationToken::new();
        // A task that only has the soft token must notice a hard end too.
        Self { soft: hard.child_token(), hard, tasks: TaskTracker::new() }
    }

    /// Cancelled when no new work may start.
    pub fn soft(&self) -> CancellationToken {
        self.soft.clone()
    }

    /// Cancelled when work must be dropped.
    pub fn hard(&self) -> CancellationToken {
        self.hard.clone()
    }

    /// Runs a task that the shutdown waits for. It should end soon after the soft token.
    ///
    /// The hard token drops it at its next await.
    pub fn spawn<F>(&self, task: F) -> JoinHandle<Option<F::Output>>
    where
        F: Future + Send + 'static,
        F::Output: Send + 'static,
    {
        self.tasks.spawn(self.hard().run_until_cancelled_owned(task))
    }

    /// The tasks that the shutdown waits for, including loops, which end by the soft token.
    pub fn tracker(&self) -> TaskTracker {
        self.tasks.clone()
    }

    /// Starts to drain, like a first signal, for a shutdown from within.
    pub fn begin_to_drain(&self) {
        self.soft.cancel();
    }

    /// Waits for the first signal or [`Lifecycle::begin_to_drain`], drains, and returns how it
    /// ended.
    ///
    /// `signals` are [`signals`], or those of a test. Afterwards no task runs, except one that
    /// never awaits.
    pub async fn run_to_the_end(
        &self,
        signals: impl Stream<Item = &'static str>,
        drain: Duration,
    ) -> Shutdown {
        let mut signals = pin!(signals);
        tokio::select! {
            signal = next(&mut signals) => tracing::info!(signal, "draining"),
            () = self.soft.cancelled() => tracing::info!("draining"),
        }

        self.soft.cancel();
        // The tracker only completes once it is closed.
        self.tasks.close();

        // Prefer a clean end: the last task may finish at the moment of the timeout.
        let ending = tokio::select! {
            biased;
            () = self.tasks.wait() => Shutdown::Drained,
            signal = next(&mut signals) => {
                tracing::warn!(signal, tasks = self.tasks.len(), "second signal, aborting the remaining tasks");
                Shutdown::Forced
            }
            () = tokio::time::sleep(drain) => {
                tracing::warn!(tasks = self.tasks.len(), "drain timeout of {} seconds expired, aborting the remaining tasks", drain.as_secs());
                Shutdown::TimedOut
            }
        };

        // Drops whatever is left; each write is one transaction, so nothing is half done.
        self.hard.cancel();
        if timeout(CUT_OFF_LIMIT, self.tasks.wait()).await.is_err() {
            tracing::warn!(tasks = self.tasks.len(), "shutting down with tasks still running");
        }
        ending
    }
}

/// SIGINT, SIGTERM and, unless ignored (`nohup`), SIGHUP. From this call on they don't end the
/// process by themselves.
///
/// # Errors
/// The system refuses to install a handler.
pub fn signals() -> io::Result<impl Stream<Item = &'static str>> {
    let mut interrupt = signal(SignalKind::interrupt())?;
    let mut terminate = signal(SignalKind::terminate())?;
    let mut hangup = if hangup_is_ignored() { None } else { Some(signal(SignalKind::hangup())?) };
    let hangups = stream::poll_fn(move |context| match &mut hangup {
        Some(hangup) => hangup.poll_recv(context).map(|it| it.map(|()| "SIGHUP")),
        None => Poll::Ready(None),
    });
    let others = stream::select(
        stream::poll_fn(move |context| interrupt.poll_recv(context).map(|it| it.map(|()| "SIGINT"))),
        stream::poll_fn(move |context| terminate.poll_recv(context).map(|it| it.map(|()| "SIGTERM"))),
    );
    Ok(stream::select(others, hangups))
}

/// Whether the process should outlive its terminal. Only known where there is a `/proc`.
fn hangup_is_ignored() -> bool {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let mask = status.lines().find_map(|line| line.strip_prefix("SigIgn:"));
    mask.and_then(|mask| u64::from_str_radix(mask.trim(), 16).ok()).is_some_and(|mask| mask & 1 == 1)
}

/// The next signal. A stream that has ended sends none, which isn't the same as sending one.
async fn next(signals: &mut (impl Stream<Item = &'static str> + Unpin)) -> &'static str {
    match signals.next().await {
        Some(signal) => signal,
        None => std::future::pending().await,
    }
}

#[cfg(test)]
mod tests {
    use std::future::pending;

    use tokio::sync::mpsc;
    use tokio_stream::wrappers::UnboundedReceiverStream;

    use super::*;

    /// Longer than any test may take.
    const LONG: Duration = Duration::from_secs(60);

    #[tokio::test]
    async fn a_signal_ends_the_tasks_that_listen_to_the_soft_token_and_waits_for_them() {
        let lifecycle = Lifecycle::new();
        let soft = lifecycle.soft();
        let task = lifecycle.spawn(async move {
            soft.cancelled().await;
            tokio::task::yield_now().await;
            "finished"
        });
        let ending = lifecycle.run_to_the_end(stream::iter(["SIGTERM"]), LONG).await;
        assert_eq!(ending, Shutdown::Drained);
        assert_eq!(task.await.unwrap(), Some("finished"));
    }

    #[tokio::test]
    async fn a_task_that_does_not_finish_in_time_is_cut_off() {
        let lifecycle = Lifecycle::new();
        let task = lifecycle.spawn(pending::<()>());
        let ending = lifecycle.run_to_the_end(stream::iter(["SIGTERM"]), Duration::from_millis(1)).await;
        assert_eq!(ending, Shutdown::TimedOut);
        assert_eq!(task.await.unwrap(), None);
    }

    #[tokio::test]
    async fn a_second_signal_does_not_wait_for_the_timeout() {
        let lifecycle = Lifecycle::new();
        let task = lifecycle.spawn(pending::<()>());
        let (send, receive) = mpsc::unbounded_channel();
        let waiting = lifecycle.clone();
        let end =
            tokio::spawn(
                async move { waiting.run_to_the_end(UnboundedReceiverStream::new(receive), LONG).await },
            );

        send.send("SIGINT").unwrap();
        lifecycle.soft().cancelled().await;
        assert!(!lifecycle.hard().is_cancelled(), "one signal only drains");

        send.send("SIGINT").unwrap();
        assert_eq!(end.await.unwrap(), Shutdown::Forced);
        assert_eq!(task.await.unwrap(), None);
    }

    #[tokio::test]
    async fn an_end_from_within_drains_without_a_signal() {
        let lifecycle = Lifecycle::new();
        lifecycle.begin_to_drain();
        assert_eq!(lifecycle.run_to_the_end(stream::pending(), LONG).await, Shutdown::Drained);
    }

    #[tokio::test]
    async fn a_hard_end_is_a_soft_end_too() {
        let lifecycle = Lifecycle::new();
        lifecycle.hard().cancel();
        assert!(lifecycle.soft().is_cancelled());
    }
}
