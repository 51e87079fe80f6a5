//! A value whose changes others wait for.

use std::sync::{Mutex, MutexGuard, PoisonError};

use tokio::sync::Notify;

/// The latest value and a version number. Like tokio's `watch`, but with one list of waiters
/// instead of eight: there is one of these per stream, and nearly all have a single waiter.
#[derive(Debug, Default)]
pub struct Latest<T> {
    value: Mutex<Versioned<T>>,
    changed: Notify,
}

#[derive(Debug, Default)]
struct Versioned<T> {
    version: u64,
    value: T,
}

impl<T: Clone> Latest<T> {
    /// Starts with this value.
    pub fn new(value: T) -> Self {
        Self { value: Mutex::new(Versioned { version: 0, value }), changed: Notify::new() }
    }

    /// The value, and its version.
    pub fn get(&self) -> (u64, T) {
        let latest = self.lock();
        (latest.version, latest.value.clone())
    }

    /// Changes the value, and wakes waiters if `change` returns true.
    pub fn change(&self, change: impl FnOnce(&mut T) -> bool) {
        let mut latest = self.lock();
        if change(&mut latest.value) {
            latest.version += 1;
            // Release the lock before waking the waiters, which take it.
            drop(latest);
            self.changed.notify_waiters();
        }
    }

    /// Waits until the version differs from `seen`. Dropping the future loses nothing.
    pub async fn other_than(&self, seen: u64) {
        loop {
            // Arm before checking the version, so that a change in between isn't missed.
            let changed = self.changed.notified();
            if self.lock().version != seen {
                return;
            }
            changed.await;
        }
    }

    fn lock(&self) -> MutexGuard<'_, Versioned<T>> {
        self.value.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use futures::FutureExt;

    use super::*;

    #[tokio::test]
    async fn who_waits_hears_of_a_change_before_and_after_it_began_to_wait() {
        let latest = Latest::new(1);
        let (seen, _) = latest.get();
        assert!(latest.other_than(seen).now_or_never().is_none());
        latest.change(|value| std::mem::replace(value, 1) != 1);
        assert!(latest.other_than(seen).now_or_never().is_none(), "nothing changed");
        let change = async { latest.change(|value| std::mem::replace(value, 2) != 2) };
        tokio::join!(latest.other_than(seen), latest.other_than(seen), change);
        assert_eq!(latest.get(), (1, 2));
        latest.other_than(seen).await;
    }
}
