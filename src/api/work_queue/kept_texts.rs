//! The texts of revisions, cached by each server so that a message needs no connection. Revisions
//! never change.

use std::collections::HashMap;
use std::fmt;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use crate::api::revision_texts::Texts;
use crate::engine::Engine;
use crate::store;
use crate::store::queues::rows::QueueRow;
use crate::store::sequences::revisions::RevisionKey;

/// The most revisions in the cache.
const CAPACITY: usize = 10_000;

type TextsByRevision = HashMap<RevisionKey, Arc<Texts>>;

/// A cache of revision texts. Cheap to clone.
#[derive(Clone, Default)]
pub struct KeptTexts {
    inner: Arc<Inner>,
}

#[derive(Default)]
struct Inner {
    kept: Mutex<TextsByRevision>,
    /// Held while reading: thousands of streams may need a new revision's texts at the same moment,
    /// and one of them reads for all.
    reading: tokio::sync::Mutex<()>,
}

/// The texts for a set of rows.
#[derive(Default)]
pub struct ShownTexts(TextsByRevision);

impl ShownTexts {
    /// The texts of a row's revision.
    pub fn of(&self, row: &QueueRow) -> Arc<Texts> {
        self.of_revision(revision(row))
    }

    /// The texts of a revision.
    pub fn of_revision(&self, key: RevisionKey) -> Arc<Texts> {
        self.0.get(&key).cloned().unwrap_or_default()
    }
}

impl KeptTexts {
    /// The texts for these rows.
    pub async fn of(&self, engine: &Engine, rows: &[&QueueRow]) -> Result<ShownTexts, store::Error> {
        self.of_revisions(engine, rows.iter().map(|row| revision(row))).await
    }

    /// The texts of these revisions.
    pub async fn of_revisions(
        &self,
        engine: &Engine,
        keys: impl IntoIterator<Item = RevisionKey>,
    ) -> Result<ShownTexts, store::Error> {
        let (mut found, missing) = self.kept_of(keys);
        if missing.is_empty() {
            return Ok(ShownTexts(found));
        }

        let _alone = self.inner.reading.lock().await;
        for key in missing {
            // Look again: another stream may have read it while this one waited.
            let kept = self.kept().get(&key).cloned();
            let texts = match kept {
                Some(texts) => texts,
                None => self.read(engine, key).await?,
            };
            found.insert(key, texts);
        }
        Ok(ShownTexts(found))
    }

    fn kept_of(&self, keys: impl IntoIterator<Item = RevisionKey>) -> (TextsByRevision, Vec<RevisionKey>) {
        let kept = self.kept();
        let (mut found, mut missing) = (TextsByRevision::new(), Vec::new());
        for key in keys {
            match kept.get(&key) {
                Some(texts) => drop(found.insert(key, texts.clone())),
                None if missing.contains(&key) => {}
                None => missing.push(key),
            }
        }
        (found, missing)
    }

    async fn read(
        &self,
        engine: &Engine,
        key @ (organization, sequence, revision): RevisionKey,
    ) -> Result<Arc<Texts>, store::Error> {
        let mut conn = engine.store().read(organization).await?;
        let texts = Arc::new(Texts::load(engine, &mut conn, organization, vec![(sequence, revision)]).await?);

        let mut kept = self.kept();
        // A full cache drops any one of the others.
        if kept.len() >= CAPACITY
            && let Some(other) = kept.keys().next().copied()
        {
            kept.remove(&other);
        }
        kept.insert(key, texts.clone());
        Ok(texts)
    }

    fn kept(&self) -> MutexGuard<'_, TextsByRevision> {
        self.inner.kept.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl fmt::Debug for KeptTexts {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("KeptTexts").field("revisions", &self.kept().len()).finish()
    }
}

fn revision(row: &QueueRow) -> RevisionKey {
    (row.activity.organization, row.activity.sequence, row.activity.revision)
}
