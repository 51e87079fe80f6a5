//! A cache of limited size. When it is full, the least recently used value is evicted.

use std::collections::HashMap;
use std::hash::Hash;
use std::sync::{Mutex, MutexGuard, PoisonError};

/// Values by key, at most `CAPACITY`.
#[derive(Debug)]
pub(in crate::engine) struct Recent<K, V, const CAPACITY: usize>(Mutex<Kept<K, V>>);

#[derive(Debug)]
struct Kept<K, V> {
    /// Each value with the number of its latest use.
    values: HashMap<K, (u64, V)>,
    uses: u64,
}

impl<K, V, const CAPACITY: usize> Default for Recent<K, V, CAPACITY> {
    fn default() -> Self {
        Self(Mutex::new(Kept { values: HashMap::new(), uses: 0 }))
    }
}

impl<K: Copy + Eq + Hash, V: Clone, const CAPACITY: usize> Recent<K, V, CAPACITY> {
    /// Returns a value, which becomes the most recently used one.
    pub fn get(&self, key: &K) -> Option<V> {
        let mut kept = self.lock();
        kept.uses += 1;
        let uses = kept.uses;
        let (latest, value) = kept.values.get_mut(key)?;
        *latest = uses;
        Some(value.clone())
    }

    /// Keeps a value. Eviction scans the whole map, which is cheap next to the query that produced
    /// the value.
    pub fn keep(&self, key: K, value: V) {
        let mut kept = self.lock();
        kept.uses += 1;
        let uses = kept.uses;
        if kept.values.len() >= CAPACITY && !kept.values.contains_key(&key) {
            let oldest = kept.values.iter().min_by_key(|(_, (latest, _))| *latest);
            let oldest = oldest.map(|(key, _)| *key);
            oldest.and_then(|oldest| kept.values.remove(&oldest));
        }
        kept.values.insert(key, (uses, value));
    }

    fn lock(&self) -> MutexGuard<'_, Kept<K, V>> {
        // A panic can't leave the map half changed, so a poisoned lock is safe to use.
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_least_recently_used_goes_when_there_is_no_room() {
        let recent = Recent::<u8, &str, 2>::default();
        recent.keep(1, "a");
        recent.keep(2, "b");
        assert_eq!(recent.get(&1), Some("a"));
        recent.keep(3, "c");
        assert_eq!([recent.get(&1), recent.get(&2), recent.get(&3)], [Some("a"), None, Some("c")]);
        recent.keep(3, "d");
        assert_eq!([recent.get(&1), recent.get(&3)], [Some("a"), Some("d")]);
    }
}
