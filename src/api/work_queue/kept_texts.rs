//! The texts of revisions for messages of streams. Usually the server has cached them, so that a
//! message needs no connection.

use std::collections::HashMap;
use std::sync::Arc;

use tokio::sync::Mutex;

use crate::api::revision_texts::Texts;
use crate::engine::{Compiled, Engine};
use crate::store::queues::rows::QueueRow;
use crate::store::sequences::revisions::RevisionKey;
use crate::store::{self, Part, Store};

/// Reads texts for all streams of a server. Cheap to clone.
#[derive(Clone, Debug)]
pub struct KeptTexts {
    store: Store,
    /// Held while reading: thousands of streams may need a new revision's texts at the same moment,
    /// and one of them reads for all.
    reading: Arc<Mutex<()>>,
}

/// The texts for a set of rows.
#[derive(Default)]
pub struct ShownTexts(HashMap<RevisionKey, Arc<Compiled>>);

impl ShownTexts {
    /// The texts of a row's revision.
    pub fn of(&self, row: &QueueRow) -> Texts {
        self.of_revision(revision(row))
    }

    /// The texts of a revision.
    pub fn of_revision(&self, key: RevisionKey) -> Texts {
        Texts::of(self.0.get(&key).map(|compiled| (key, compiled.clone())))
    }
}

impl KeptTexts {
    /// Reads what the server hasn't cached from `store`.
    pub fn new(store: Store) -> Self {
        Self { store, reading: Arc::default() }
    }

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
        let (mut found, missing) = engine.programs().kept(keys);
        if missing.is_empty() {
            return Ok(ShownTexts(found));
        }

        // All others wait for one that reads, so it must not wait for a dead connection.
        found.extend(self.store.while_answered(Part::Transaction, self.read(engine, missing)).await??);
        Ok(ShownTexts(found))
    }

    async fn read(
        &self,
        engine: &Engine,
        missing: Vec<RevisionKey>,
    ) -> Result<HashMap<RevisionKey, Arc<Compiled>>, store::Error> {
        let _alone = self.reading.lock().await;
        // Look again: another stream may have read them while this one waited.
        let (mut found, missing) = engine.programs().kept(missing);
        if !missing.is_empty() {
            let mut conn = self.store.connection().await?;
            found.extend(engine.programs().load(&mut conn, missing).await?);
        }
        Ok(found)
    }
}

fn revision(row: &QueueRow) -> RevisionKey {
    (row.activity.organization, row.activity.sequence, row.activity.revision)
}
