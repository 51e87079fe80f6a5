//! Ends work whose connection to the database died silently.
//!
//! A dead connection looks like a slow statement: no answer comes. So all work on the database is
//! watched for how long ago something last happened in it, and is given up
//! - after a statement had all the time that Postgres gives it, and a little more;
//! - when the database has been silent for as long as a caller waits for a connection;
//! - when the probe had to connect again, and nothing has happened in the work since. Connections
//!   made earlier then died of the same cause, like a failover or a firewall that lost its table.

use std::collections::HashMap;
use std::pin::Pin;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::task::{Context, Poll, Wake, Waker};
use std::time::{Duration, Instant};

use futures::future::poll_fn;
use futures::task::AtomicWaker;

use crate::store::database::pool::Suspicion;

/// How often work in progress is checked.
const CHECK: Duration = Duration::from_millis(250);

/// What is waited for. The inner part of work is given up before the outer one, which then has time
/// to go on with another connection.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// A COMMIT. Whoever gives it up finds out whether it succeeded.
    Commit,
    /// A transaction or a read.
    Transaction,
    /// A call, or the tick of a loop, which may wait for several transactions.
    Whole,
}

impl Part {
    /// How much longer to wait than its statement may take.
    const fn grace(self) -> Duration {
        match self {
            Part::Commit => Duration::from_secs(1),
            Part::Transaction => Duration::from_secs(2),
            Part::Whole => Duration::from_secs(4),
        }
    }
}

/// The time limits of work on a database.
#[derive(Clone, Copy, Debug)]
pub(in crate::store) struct Limits {
    /// The time that Postgres gives a statement.
    pub statement: Duration,
    /// How long the database may be silent.
    pub silence: Duration,
}

/// Knows if the database answers, and what is waiting for it. Cheap to clone. All clones share one
/// state.
#[derive(Clone, Debug, Default)]
pub(in crate::store) struct Availability {
    shared: Arc<Mutex<Shared>>,
}

#[derive(Debug, Default)]
struct Shared {
    /// Since when the database has been silent. `None` while it answers.
    silent_since: Option<Instant>,
    /// When it turned out that connections made earlier are dead.
    doubted_at: Option<Instant>,
    running: HashMap<u64, Arc<Moves>>,
    last: u64,
}

impl Availability {
    /// Notes if the database answers. Returns true if that changed.
    pub(in crate::store) fn note(&self, answers: bool) -> bool {
        let mut shared = self.shared();
        let changed = shared.silent_since.is_none() != answers;
        shared.silent_since = match answers {
            true => None,
            false => shared.silent_since.or_else(|| Some(Instant::now())),
        };
        changed
    }

    /// Notes that connections made until now are probably dead.
    pub(in crate::store) fn doubt(&self) {
        self.shared().doubted_at = Some(Instant::now());
    }

    /// How long nothing has happened in the work that has waited longest. Zero without work.
    pub(in crate::store) fn longest_wait(&self) -> Duration {
        let shared = self.shared();
        shared.running.values().map(|moves| moves.last().elapsed()).max().unwrap_or_default()
    }

    /// Does work that needs the database. Returns `None` if it was given up. The connections that
    /// it used are then suspect.
    pub(in crate::store) async fn bound<T>(
        &self,
        part: Part,
        limits: Limits,
        suspicion: &Suspicion,
        mut work: Pin<Box<impl Future<Output = T>>>,
    ) -> Option<T> {
        let moves = Arc::new(Moves::new());
        // Declared after the work, so that it is dropped before it.
        let mut running = Running::begin(self, suspicion, moves.clone());

        let done = poll_fn(|context| moves.clone().poll(work.as_mut(), context));
        tokio::select! {
            biased;
            done = done => {
                running.done = true;
                Some(done)
            }
            () = self.gave_up(part, limits, &moves) => {
                suspicion.raise();
                None
            }
        }
    }

    /// Returns when work that last moved as `moves` says is to be given up.
    async fn gave_up(&self, part: Part, limits: Limits, moves: &Moves) {
        loop {
            tokio::time::sleep(CHECK).await;
            let last = moves.last();
            let (silent_since, doubted_at) = {
                let shared = self.shared();
                (shared.silent_since, shared.doubted_at)
            };

            let slow = last.elapsed() >= limits.statement + part.grace();
            let silent = silent_since.is_some_and(|since| since.max(moves.start).elapsed() >= limits.silence);
            let doubted = doubted_at.is_some_and(|at| last < at && at.elapsed() >= part.grace());
            if slow || silent || doubted {
                tracing::warn!(
                    ?part,
                    slow,
                    silent,
                    doubted,
                    waited = last.elapsed().as_secs_f64(),
                    "gave up waiting for the database"
                );
                return;
            }
        }
    }

    fn shared(&self) -> MutexGuard<'_, Shared> {
        self.shared.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Work in progress, from its beginning until it is done or dropped.
struct Running<'a> {
    availability: &'a Availability,
    suspicion: &'a Suspicion,
    number: u64,
    done: bool,
}

impl<'a> Running<'a> {
    fn begin(availability: &'a Availability, suspicion: &'a Suspicion, moves: Arc<Moves>) -> Self {
        let mut shared = availability.shared();
        shared.last += 1;
        let number = shared.last;
        shared.running.insert(number, moves);
        drop(shared);
        Self { availability, suspicion, number, done: false }
    }
}

impl Drop for Running<'_> {
    fn drop(&mut self) {
        self.availability.shared().running.remove(&self.number);
        if !self.done {
            // Its connection goes back to the pool in the middle of a statement.
            self.suspicion.note_abandoned();
        }
    }
}

/// When something last happened in work: an answer came, a timer ran out, a lane went on.
#[derive(Debug)]
struct Moves {
    start: Instant,
    /// Microseconds after `start`.
    last: AtomicU64,
    woken: AtomicBool,
    parent: AtomicWaker,
}

impl Moves {
    fn new() -> Self {
        Self {
            start: Instant::now(),
            last: AtomicU64::new(0),
            woken: AtomicBool::new(true),
            parent: AtomicWaker::new(),
        }
    }

    fn last(&self) -> Instant {
        self.start + Duration::from_micros(self.last.load(Ordering::Relaxed))
    }

    /// Polls work, but only if something happened in it: the checks for giving up wake the same
    /// task.
    fn poll<F: Future>(self: Arc<Self>, work: Pin<&mut F>, context: &mut Context<'_>) -> Poll<F::Output> {
        self.parent.register(context.waker());
        if !self.woken.swap(false, Ordering::AcqRel) {
            return Poll::Pending;
        }
        let polled = work.poll(&mut Context::from_waker(&Waker::from(self.clone())));
        let now = u64::try_from(self.start.elapsed().as_micros()).unwrap_or(u64::MAX);
        self.last.store(now, Ordering::Relaxed);
        polled
    }
}

impl Wake for Moves {
    fn wake(self: Arc<Self>) {
        self.wake_by_ref();
    }

    fn wake_by_ref(self: &Arc<Self>) {
        self.woken.store(true, Ordering::Release);
        self.parent.wake();
    }
}

#[cfg(test)]
mod tests {
    use std::future::{pending, ready};

    use super::*;

    const LIMITS: Limits = Limits { statement: Duration::from_secs(3600), silence: Duration::from_millis(1) };

    async fn bound<T>(
        availability: &Availability,
        limits: Limits,
        work: impl Future<Output = T>,
    ) -> Option<T> {
        availability.bound(Part::Commit, limits, &Suspicion::new(), Box::pin(work)).await
    }

    #[tokio::test]
    async fn work_continues_while_the_database_answers() {
        let availability = Availability::default();
        assert_eq!(bound(&availability, LIMITS, ready(1)).await, Some(1));
        assert!(!availability.note(true), "nothing new");
        assert!(availability.note(false));
        assert!(!availability.note(false), "nothing new");
        assert!(availability.note(true));
        let yields = async { tokio::task::yield_now().await };
        assert_eq!(bound(&availability, LIMITS, yields).await, Some(()));
        assert_eq!(availability.longest_wait(), Duration::ZERO);
    }

    #[tokio::test]
    async fn work_is_given_up_when_the_database_stays_silent() {
        let availability = Availability::default();
        availability.note(false);
        assert_eq!(bound(&availability, LIMITS, pending::<()>()).await, None);
    }

    #[tokio::test]
    async fn work_is_given_up_when_its_statement_had_all_its_time() {
        let limits = Limits { statement: Duration::ZERO, silence: Duration::from_secs(3600) };
        let availability = Availability::default();
        let looking = async {
            tokio::time::sleep(Duration::from_secs(1)).await;
            availability.longest_wait()
        };
        let (given_up, waited) = tokio::join!(bound(&availability, limits, pending::<()>()), looking);
        assert_eq!(given_up, None);
        assert!(waited >= Duration::from_millis(900), "{waited:?}");
    }

    #[tokio::test]
    async fn only_work_that_has_not_moved_since_the_doubt_is_given_up() {
        let availability = Availability::default();
        let limits = Limits { silence: Duration::from_secs(3600), ..LIMITS };
        let moving = async {
            for _ in 0..6 {
                tokio::time::sleep(Duration::from_millis(500)).await;
            }
        };
        let doubting = async {
            tokio::time::sleep(Duration::from_millis(50)).await;
            availability.doubt();
        };
        let (moved, stood, ()) = tokio::join!(
            bound(&availability, limits, moving),
            bound(&availability, limits, pending::<()>()),
            doubting
        );
        assert_eq!((moved, stood), (Some(()), None));
    }
}
