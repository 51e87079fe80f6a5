//! Combines concurrent reads of one organization into one statement: keys requested while a
//! statement runs are read by the next statement.
//!
//! A call never waits for others to join: if no statement is running, it starts one immediately. A
//! statement starts after all the questions that it answers, so an answer is never older than its
//! question.

use std::collections::hash_map::Entry;
use std::collections::{HashMap, HashSet};
use std::fmt;
use std::hash::Hash;
use std::panic::AssertUnwindSafe;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use futures::FutureExt;
use tokio::sync::oneshot;
use tokio_util::task::TaskTracker;

use crate::domain::id::OrganizationId;
use crate::store::Error;

/// The most keys in one statement. A single question may have more.
const LIMIT: usize = 256;

/// A kind of thing that can be read by key.
pub trait Source: Send + Sync + 'static {
    /// Identifies a thing.
    type Key: Clone + Eq + Hash + Send + Sync + 'static;
    /// The thing.
    type Found: Clone + Send + Sync + 'static;

    /// The organization whose thing it is. Things of different ones never share a statement.
    fn organization(key: &Self::Key) -> OrganizationId;

    /// Reads the things with these keys, which are distinct and of one organization. Things that
    /// don't exist are absent from the result.
    fn read(
        &self,
        keys: &[Self::Key],
    ) -> impl Future<Output = Result<HashMap<Self::Key, Self::Found>, Error>> + Send;
}

/// Reads things of one kind. Cheap to clone.
pub struct Together<S: Source> {
    shared: Arc<Shared<S>>,
}

struct Shared<S: Source> {
    source: S,
    backlog: Mutex<Backlog<S>>,
    tasks: TaskTracker,
}

/// The questions that wait for a statement, by organization. One is listed exactly as long as a
/// task answers its questions.
type Backlog<S> = HashMap<OrganizationId, Vec<Question<S>>>;

struct Question<S: Source> {
    keys: Vec<S::Key>,
    reply: Reply<S>,
}

/// The keys that one statement reads, and the callers that wait for them.
struct Statement<S: Source> {
    keys: Vec<S::Key>,
    replies: Vec<Reply<S>>,
}

type Reply<S> = oneshot::Sender<Answer<S>>;
type Answer<S> = Arc<HashMap<<S as Source>::Key, <S as Source>::Found>>;

impl<S: Source> Together<S> {
    /// Returns a reader of `source`.
    pub fn new(source: S) -> Self {
        let backlog = Mutex::default();
        Self { shared: Arc::new(Shared { source, backlog, tasks: TaskTracker::new() }) }
    }

    /// Returns the things with these keys, which are of one organization, in their order, with
    /// `None` for those that don't exist.
    ///
    /// # Errors
    /// If the shared statement fails, each caller reads its own keys again, and gets only the error
    /// of its own read.
    pub async fn get(&self, keys: &[S::Key]) -> Result<Vec<Option<S::Found>>, Error> {
        let Some(organization) = keys.first().map(S::organization) else { return Ok(Vec::new()) };
        debug_assert!(keys.iter().all(|key| S::organization(key) == organization), "of one caller");

        let (reply, answer) = oneshot::channel();
        self.shared.ask(organization, Question { keys: keys.to_vec(), reply });
        let in_order =
            |found: &HashMap<S::Key, S::Found>| keys.iter().map(|key| found.get(key).cloned()).collect();
        match answer.await {
            Ok(found) => Ok(in_order(&found)),
            // Boxed because it is rare: every caller's future would have room for it otherwise.
            Err(_) => Ok(in_order(&Box::pin(self.shared.source.read(keys)).await?)),
        }
    }

    /// Returns the thing with this key, or `None` if it doesn't exist.
    ///
    /// # Errors
    /// Like [`Self::get`].
    pub async fn get_one(&self, key: S::Key) -> Result<Option<S::Found>, Error> {
        Ok(self.get(&[key]).await?.pop().flatten())
    }
}

impl<S: Source> Shared<S> {
    fn ask(self: &Arc<Self>, organization: OrganizationId, question: Question<S>) {
        let starts = match self.backlog().entry(organization) {
            Entry::Occupied(mut waiting) => {
                waiting.get_mut().push(question);
                false
            }
            Entry::Vacant(quiet) => {
                quiet.insert(vec![question]);
                true
            }
        };
        if starts {
            self.tasks.spawn(self.clone().answer(organization));
        }
    }

    /// Answers the waiting questions of an organization, statement by statement. If a statement
    /// fails, its questions get no answer, and each caller reads for itself.
    async fn answer(self: Arc<Self>, organization: OrganizationId) {
        while let Some(Statement { keys, replies }) = self.next(organization) {
            let read = AssertUnwindSafe(self.source.read(&keys)).catch_unwind().await;
            let Ok(Ok(found)) = read else { continue };
            let found = Arc::new(found);
            for reply in replies {
                // The caller may have gone away. That is fine.
                let _ = reply.send(found.clone());
            }
        }
    }

    fn next(&self, organization: OrganizationId) -> Option<Statement<S>> {
        let mut backlog = self.backlog();
        let waiting = backlog.remove(&organization)?;
        let (mut keys, mut replies) = (HashSet::new(), Vec::new());
        let mut later = Vec::new();

        for question in waiting {
            // The first question is always taken, however many keys it has.
            if !replies.is_empty() && keys.len() + question.keys.len() > LIMIT {
                later.push(question);
                continue;
            }
            keys.extend(question.keys);
            replies.push(question.reply);
        }
        if replies.is_empty() {
            // Removed under the lock, so that the next question starts a new task.
            return None;
        }

        backlog.insert(organization, later);
        Some(Statement { keys: keys.into_iter().collect(), replies })
    }

    fn backlog(&self) -> MutexGuard<'_, Backlog<S>> {
        self.backlog.lock().unwrap_or_else(PoisonError::into_inner)
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
    use uuid::Uuid;

    /// Reports the keys of each statement, and waits for a permit before it answers.
    struct Gated {
        statements: mpsc::UnboundedSender<Vec<i32>>,
        go: Arc<Semaphore>,
    }

    impl Source for Gated {
        type Key = i32;
        type Found = i32;

        // From 1000 on, keys are another organization's.
        fn organization(key: &i32) -> OrganizationId {
            OrganizationId(Uuid::from_u128(u128::from(*key >= 1000)))
        }

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

    fn gated() -> (Together<Gated>, mpsc::UnboundedReceiver<Vec<i32>>, Arc<Semaphore>) {
        let (statements, heard) = mpsc::unbounded_channel();
        let go = Arc::new(Semaphore::new(0));
        (Together::new(Gated { statements, go: go.clone() }), heard, go)
    }

    #[tokio::test]
    async fn questions_during_a_read_are_answered_by_one_read_afterwards() {
        let (reads, mut heard, go) = gated();
        let rest = async {
            assert_eq!(heard.recv().await, Some(vec![1]));

            let others = async { tokio::join!(reads.get_one(2), reads.get(&[3, 2, 100])) };
            let let_go = async { go.add_permits(2) };
            let ((two, several), ()) = tokio::join!(others, let_go);
            assert_eq!(two.expect("is read"), Some(20));
            assert_eq!(several.expect("is read"), [Some(30), Some(20), None]);

            // Both questions came during the first read, so one statement has the keys of both.
            assert_eq!(heard.recv().await, Some(vec![2, 3, 100]));
        };

        let (first, ()) = tokio::join!(reads.get_one(1), rest);
        assert_eq!(first.expect("is read"), Some(10));
    }

    #[tokio::test]
    async fn nobody_waits_for_the_statement_of_another_organization() {
        let (reads, mut heard, go) = gated();
        let rest = async {
            assert_eq!(heard.recv().await, Some(vec![1]));
            let (other, ()) = tokio::join!(reads.get_one(1001), async {
                assert_eq!(heard.recv().await, Some(vec![1001]), "while the first one runs");
                go.add_permits(2);
            });
            assert_eq!(other.expect("is read"), None);
        };
        let (first, ()) = tokio::join!(reads.get_one(1), rest);
        assert_eq!(first.expect("is read"), Some(10));
    }

    #[tokio::test]
    async fn a_failed_read_fails_only_the_callers_that_cause_it() {
        let (reads, mut heard, go) = gated();
        go.add_permits(4);
        let (first, bad, good) = tokio::join!(reads.get_one(1), reads.get_one(13), reads.get_one(4));
        assert_eq!(first.expect("is read"), Some(10));
        assert!(bad.is_err());
        assert_eq!(good.expect("is read"), Some(40));
        assert_eq!(heard.recv().await.map(|keys| keys.len()), Some(3), "they came together");
    }
}
