//! Reads that come together are one statement: keys that are asked for while a statement is under
//! way are read by the next one.
//!
//! Nobody waits for company: who finds nothing under way begins at once. A statement begins after
//! all that it answers was asked, so that an answer is never older than its question.

use std::collections::{HashMap, HashSet};
use std::fmt;
use std::hash::Hash;
use std::panic::AssertUnwindSafe;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use futures::FutureExt;
use tokio::sync::oneshot;
use tokio_util::task::TaskTracker;

use super::Error;

/// The most keys of one statement, unless a single question has more.
const LIMIT: usize = 256;

/// What can be read by keys.
pub trait Source: Send + Sync + 'static {
    /// Names one thing.
    type Key: Clone + Eq + Hash + Send + Sync + 'static;
    /// The thing.
    type Found: Clone + Send + Sync + 'static;

    /// Reads these, each named once; those that don't exist are absent.
    fn read(
        &self,
        keys: &[Self::Key],
    ) -> impl Future<Output = Result<HashMap<Self::Key, Self::Found>, Error>> + Send;
}

/// Reads of one kind. Cheap to clone.
pub struct Together<S: Source> {
    shared: Arc<Shared<S>>,
}

struct Shared<S: Source> {
    source: S,
    lane: Mutex<Lane<S>>,
    tasks: TaskTracker,
}

struct Lane<S: Source> {
    waiting: Vec<Question<S>>,
    running: bool,
}

struct Question<S: Source> {
    keys: Vec<S::Key>,
    reply: Reply<S>,
}

/// What one statement reads, and for whom.
struct Statement<S: Source> {
    keys: Vec<S::Key>,
    replies: Vec<Reply<S>>,
}

type Reply<S> = oneshot::Sender<Answer<S>>;
type Answer<S> = Arc<HashMap<<S as Source>::Key, <S as Source>::Found>>;

impl<S: Source> Together<S> {
    /// Reads from `source`.
    pub fn new(source: S) -> Self {
        let lane = Mutex::new(Lane { waiting: Vec::new(), running: false });
        Self { shared: Arc::new(Shared { source, lane, tasks: TaskTracker::new() }) }
    }

    /// The things of these names, in their order; none for one that doesn't exist.
    ///
    /// # Errors
    /// What its own read failed with: a failure that others are to blame for is nobody else's.
    pub async fn get(&self, keys: &[S::Key]) -> Result<Vec<Option<S::Found>>, Error> {
        if keys.is_empty() {
            return Ok(Vec::new());
        }
        let (reply, answer) = oneshot::channel();
        self.shared.ask(Question { keys: keys.to_vec(), reply });
        let in_order =
            |found: &HashMap<S::Key, S::Found>| keys.iter().map(|key| found.get(key).cloned()).collect();
        match answer.await {
            Ok(found) => Ok(in_order(&found)),
            Err(_) => Ok(in_order(&self.shared.source.read(keys).await?)),
        }
    }

    /// The thing of this name.
    ///
    /// # Errors
    /// As [`Self::get`].
    pub async fn get_one(&self, key: S::Key) -> Result<Option<S::Found>, Error> {
        Ok(self.get(&[key]).await?.pop().flatten())
    }
}

impl<S: Source> Shared<S> {
    fn ask(self: &Arc<Self>, question: Question<S>) {
        let starts = {
            let mut lane = self.lane();
            lane.waiting.push(question);
            !std::mem::replace(&mut lane.running, true)
        };
        if starts {
            self.tasks.spawn(self.clone().answer());
        }
    }

    /// Answers what waits, statement by statement. Questions of a statement that fails get no
    /// answer: each asker reads for itself then.
    async fn answer(self: Arc<Self>) {
        while let Some(Statement { keys, replies }) = self.next() {
            let read = AssertUnwindSafe(self.source.read(&keys)).catch_unwind().await;
            let Ok(Ok(found)) = read else { continue };
            let found = Arc::new(found);
            for reply in replies {
                // Nobody listens any more: nothing is lost by that.
                let _ = reply.send(found.clone());
            }
        }
    }

    fn next(&self) -> Option<Statement<S>> {
        let mut lane = self.lane();
        let (mut keys, mut replies) = (HashSet::new(), Vec::new());
        let mut later = Vec::new();
        for question in std::mem::take(&mut lane.waiting) {
            if !replies.is_empty() && keys.len() + question.keys.len() > LIMIT {
                later.push(question);
                continue;
            }
            keys.extend(question.keys);
            replies.push(question.reply);
        }
        lane.waiting = later;
        lane.running = !replies.is_empty();
        lane.running.then(|| Statement { keys: keys.into_iter().collect(), replies })
    }

    fn lane(&self) -> MutexGuard<'_, Lane<S>> {
        self.lane.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl<S: Source> Clone for Together<S> {
    fn clone(&self) -> Self {
        Self { shared: self.shared.clone() }
    }
}

impl<S: Source> fmt::Debug for Together<S> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("Together").finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use tokio::sync::{Semaphore, mpsc};

    /// Tells which keys each statement has, and goes on when it is let.
    struct Told {
        statements: mpsc::UnboundedSender<Vec<i32>>,
        go: Arc<Semaphore>,
    }

    impl Source for Told {
        type Key = i32;
        type Found = i32;

        async fn read(&self, keys: &[i32]) -> Result<HashMap<i32, i32>, Error> {
            let mut sorted = keys.to_vec();
            sorted.sort_unstable();
            self.statements.send(sorted).expect("the test listens");
            self.go.acquire().await.expect("it stays open").forget();
            match keys.contains(&13) {
                true => Err(Error::unavailable()),
                false => Ok(keys.iter().filter(|key| **key < 100).map(|key| (*key, key * 10)).collect()),
            }
        }
    }

    fn told() -> (Together<Told>, mpsc::UnboundedReceiver<Vec<i32>>, Arc<Semaphore>) {
        let (statements, heard) = mpsc::unbounded_channel();
        let go = Arc::new(Semaphore::new(0));
        (Together::new(Told { statements, go: go.clone() }), heard, go)
    }

    #[tokio::test]
    async fn what_is_asked_during_a_read_is_one_read_afterwards() {
        let (reads, mut heard, go) = told();
        let rest = async {
            assert_eq!(heard.recv().await, Some(vec![1]));
            let others = async { tokio::join!(reads.get_one(2), reads.get(&[3, 2, 100])) };
            let let_go = async { go.add_permits(2) };
            let ((two, several), ()) = tokio::join!(others, let_go);
            assert_eq!(two.expect("is read"), Some(20));
            assert_eq!(several.expect("is read"), [Some(30), Some(20), None]);
            assert_eq!(heard.recv().await, Some(vec![2, 3, 100]));
        };
        let (first, ()) = tokio::join!(reads.get_one(1), rest);
        assert_eq!(first.expect("is read"), Some(10));
    }

    #[tokio::test]
    async fn a_failed_read_is_only_the_failure_of_those_who_caused_it() {
        let (reads, mut heard, go) = told();
        go.add_permits(4);
        let (first, bad, good) = tokio::join!(reads.get_one(1), reads.get_one(13), reads.get_one(4));
        assert_eq!(first.expect("is read"), Some(10));
        assert!(bad.is_err());
        assert_eq!(good.expect("is read"), Some(40));
        assert_eq!(heard.recv().await.map(|keys| keys.len()), Some(3), "they came together");
    }
}
