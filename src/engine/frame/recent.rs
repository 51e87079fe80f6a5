//! A cache of limited size. When it is full, the least recently used values are evicted.

use std::collections::{BTreeMap, HashMap};
use std::hash::Hash;
use std::sync::{Mutex, MutexGuard, PoisonError};

/// What an entry takes besides its value, in bytes, about.
const ENTRY: usize = 256;

/// Values by key, of at most `BYTES` bytes together.
#[derive(Debug)]
pub(in crate::engine) struct Recent<K, V, const BYTES: usize>(Mutex<Kept<K, V>>);

#[derive(Debug)]
struct Kept<K, V> {
    values: HashMap<K, Entry<V>>,
    /// The keys by the number of their latest use.
    by_use: BTreeMap<u64, K>,
    uses: u64,
    bytes: usize,
}

#[derive(Debug)]
struct Entry<V> {
    value: V,
    bytes: usize,
    latest_use: u64,
}

impl<K, V, const BYTES: usize> Default for Recent<K, V, BYTES> {
    fn default() -> Self {
        Self(Mutex::new(Kept { values: HashMap::new(), by_use: BTreeMap::new(), uses: 0, bytes: 0 }))
    }
}

impl<K: Copy + Eq + Hash, V: Clone, const BYTES: usize> Recent<K, V, BYTES> {
    /// Returns a value, which becomes the most recently used one.
    pub fn get(&self, key: &K) -> Option<V> {
        self.lock().get(key)
    }

    /// Keeps a value of this many bytes. One that is larger than the cache is not kept.
    pub fn keep(&self, key: K, value: V, bytes: usize) {
        let bytes = bytes.saturating_add(ENTRY);
        let mut kept = self.lock();
        kept.forget(&key);
        if bytes > BYTES {
            return;
        }
        while kept.bytes + bytes > BYTES {
            kept.evict();
        }
        kept.add(key, value, bytes);
    }

    fn lock(&self) -> MutexGuard<'_, Kept<K, V>> {
        // A panic can't leave the maps half changed, so a poisoned lock is safe to use.
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl<K: Copy + Eq + Hash, V: Clone> Kept<K, V> {
    fn get(&mut self, key: &K) -> Option<V> {
        let entry = self.values.get_mut(key)?;
        self.uses += 1;
        self.by_use.remove(&entry.latest_use);
        self.by_use.insert(self.uses, *key);
        entry.latest_use = self.uses;
        Some(entry.value.clone())
    }

    fn add(&mut self, key: K, value: V, bytes: usize) {
        self.uses += 1;
        self.bytes += bytes;
        self.by_use.insert(self.uses, key);
        self.values.insert(key, Entry { value, bytes, latest_use: self.uses });
    }

    fn evict(&mut self) {
        let oldest = self.by_use.first_key_value().map(|(_, key)| *key);
        match oldest {
            Some(oldest) => self.forget(&oldest),
            None => self.bytes = 0,
        }
    }

    fn forget(&mut self, key: &K) {
        if let Some(entry) = self.values.remove(key) {
            self.by_use.remove(&entry.latest_use);
            self.bytes -= entry.bytes;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_least_recently_used_goes_when_there_is_no_room() {
        let recent = Recent::<u8, &str, { 2 * (ENTRY + 10) }>::default();
        recent.keep(1, "a", 10);
        recent.keep(2, "b", 10);
        assert_eq!(recent.get(&1), Some("a"));
        recent.keep(3, "c", 10);
        assert_eq!([recent.get(&1), recent.get(&2), recent.get(&3)], [Some("a"), None, Some("c")]);
        recent.keep(3, "d", 10);
        assert_eq!([recent.get(&1), recent.get(&3)], [Some("a"), Some("d")]);
    }

    #[test]
    fn bytes_are_counted_and_not_entries() {
        const BYTES: usize = 100_000;
        let recent = Recent::<usize, (), BYTES>::default();
        for key in 0..1_000 {
            recent.keep(key, (), key * 37 % 30_000);
            let kept = recent.lock();
            assert!(kept.bytes <= BYTES);
            assert_eq!(kept.values.values().map(|entry| entry.bytes).sum::<usize>(), kept.bytes);
            assert_eq!(kept.values.len(), kept.by_use.len());
        }
        recent.keep(0, (), BYTES);
        assert_eq!(recent.get(&0), None, "it has no room even alone");
        assert!(recent.get(&999).is_some(), "and nothing made room for it");
    }
}
