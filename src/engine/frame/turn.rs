//! Whose turn it is in a lane: one batch works while the one before it commits.
//!
//! A COMMIT waits for the disk. Without turns, the lane would wait with it.

use std::sync::Arc;

use tokio::sync::{OwnedSemaphorePermit, Semaphore};

/// The turns of one lane. Cheap to clone.
#[derive(Clone)]
pub(super) struct Turns {
    working: Arc<Semaphore>,
    committing: Arc<Semaphore>,
}

/// The turn of one batch: no other one of its lane works until this is dropped, or
/// [`Self::commit`] has returned.
pub(crate) struct Turn {
    /// `None` once the next one works.
    lane: Option<(OwnedSemaphorePermit, Arc<Semaphore>)>,
}

impl Turns {
    pub fn new() -> Self {
        let one = || Arc::new(Semaphore::new(1));
        Self { working: one(), committing: one() }
    }

    /// Waits until the batch before commits, or has ended.
    pub async fn next(&self) -> Turn {
        let working = self.working.clone().acquire_owned().await.expect(NEVER_CLOSED);
        Turn { lane: Some((working, self.committing.clone())) }
    }
}

impl Turn {
    /// Waits until the batch before has committed, then lets the next one work. Call it before the
    /// queues are locked: a busy one is in every batch, and its lock would be waited for in the
    /// database, which gives up sooner. Keep the result until the commit is answered. The turn
    /// stays if nobody waits to the end.
    #[must_use = "the next batch commits once this is dropped"]
    pub async fn commit(&mut self) -> Option<OwnedSemaphorePermit> {
        let (_, committing) = self.lane.as_ref()?;
        let committing = committing.clone().acquire_owned().await.expect(NEVER_CLOSED);
        self.lane = None;
        Some(committing)
    }
}

/// Lanes never close their semaphores.
const NEVER_CLOSED: &str = "the turns of a lane don't end";

#[cfg(test)]
mod tests {
    use futures::FutureExt as _;

    use super::Turns;

    #[tokio::test]
    async fn one_works_while_the_one_before_commits_and_no_third() {
        let turns = Turns::new();

        let first = turns.next().await.commit().await;
        let mut second = turns.next().now_or_never().expect("it works while the first commits");
        assert!(turns.next().now_or_never().is_none(), "a third would work, too");

        assert!(second.commit().now_or_never().is_none(), "it commits before the first has");
        assert!(turns.next().now_or_never().is_none(), "it has its turn still");
        drop(first);
        let _second = second.commit().now_or_never().expect("the first has committed");
        assert!(turns.next().now_or_never().is_some(), "the third works while the second commits");
    }

    #[tokio::test]
    async fn a_batch_that_ends_without_a_commit_passes_its_turn_on() {
        let turns = Turns::new();
        drop(turns.next().await);
        assert!(turns.next().now_or_never().is_some());
    }
}
