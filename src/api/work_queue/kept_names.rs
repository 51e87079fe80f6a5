//! The chosen ids of sellers, teams, sequences and segments. They never change, so a server reads
//! each of them once.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use crate::domain::id::OrganizationId;
use crate::store::names::{self, NameKey, Named};
use crate::store::together::{Source, Together};
use crate::store::{self, Part, Store};

/// The most names that are kept. With more, all are read again.
const MOST: usize = 100_000;

/// Reads and keeps names. Cheap to clone.
#[derive(Clone, Debug)]
pub struct KeptNames {
    kept: Arc<Mutex<HashMap<NameKey, Named>>>,
    reads: Together<Names>,
}

/// Names by key.
struct Names(Store);

impl Source for Names {
    type Key = NameKey;
    type Found = Named;

    fn organization(key: &NameKey) -> OrganizationId {
        key.0
    }

    async fn read(&self, keys: &[NameKey]) -> Result<HashMap<NameKey, Named>, store::Error> {
        let read = async { names::of(&mut *self.0.connection().await?, keys).await };
        self.0.while_answered(Part::Transaction, read).await?
    }
}

impl KeptNames {
    /// Reads from `store`.
    pub fn new(store: &Store) -> Self {
        Self { kept: Arc::default(), reads: Together::new(Names(store.clone())) }
    }

    /// Returns the names of these. What doesn't exist is absent.
    pub async fn of(&self, keys: &[NameKey]) -> Result<HashMap<NameKey, Named>, store::Error> {
        let mut found = HashMap::with_capacity(keys.len());
        let mut missing = Vec::new();
        {
            let kept = self.kept();
            for key in keys {
                match kept.get(key) {
                    Some(named) => _ = found.insert(*key, named.clone()),
                    None => missing.push(*key),
                }
            }
        }

        let read = self.reads.get(&missing).await?;
        let read: Vec<_> =
            missing.into_iter().zip(read).filter_map(|(key, named)| Some((key, named?))).collect();
        if !read.is_empty() {
            let mut kept = self.kept();
            if kept.len() >= MOST {
                kept.clear();
            }
            kept.extend(read.iter().cloned());
        }
        found.extend(read);
        Ok(found)
    }

    fn kept(&self) -> MutexGuard<'_, HashMap<NameKey, Named>> {
        self.kept.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
