//! Each server's cache of compiled revisions and of settings. A revision never changes; cached
//! settings are used only if their epoch is recent enough.

use std::collections::HashMap;
use std::hash::Hash;
use std::sync::Arc;

use sqlx::PgConnection;

use crate::domain::id::OrganizationId;
use crate::domain::program::Program;
use crate::domain::settings::Settings;
use crate::engine::frame::recent::Recent;
use crate::store::sequences;
use crate::store::sequences::revisions::RevisionKey;
use crate::store::{self, tenants};

/// The maximum number of cached revisions, and of organizations with cached settings.
const CAPACITY: usize = 10_000;

/// An organization and the lowest epoch that its settings must have.
type SettingsKey = (OrganizationId, i64);

/// The programs and settings that decisions need. Loads what is missing for a whole batch in one
/// query.
#[derive(Debug, Default)]
pub struct Programs {
    programs: Recent<RevisionKey, Arc<Program>, CAPACITY>,
    settings: Recent<OrganizationId, (i64, Arc<Settings>), CAPACITY>,
}

impl Programs {
    /// Returns the programs of these revisions, without those that don't exist.
    pub async fn load(
        &self,
        conn: &mut PgConnection,
        keys: impl IntoIterator<Item = RevisionKey>,
    ) -> Result<HashMap<RevisionKey, Arc<Program>>, store::Error> {
        let (mut found, missing) = split(keys, |key| self.programs.get(key));
        if !missing.is_empty() {
            for (key, definition) in sequences::revisions::definitions(conn, &missing).await? {
                let program = Arc::new(Program::compile(&definition));
                self.programs.keep(key, program.clone());
                found.insert(key, program);
            }
        }
        Ok(found)
    }

    /// Returns the settings of organizations, each at least as recent as the epoch given with it.
    pub async fn settings(
        &self,
        conn: &mut PgConnection,
        keys: impl IntoIterator<Item = SettingsKey>,
    ) -> Result<HashMap<OrganizationId, Arc<Settings>>, store::Error> {
        let kept = |(id, epoch): &SettingsKey| {
            // An older epoch means that the settings have changed since they were cached.
            let kept = self.settings.get(id).filter(|(kept, _)| kept >= epoch);
            kept.map(|(_, settings)| settings)
        };
        let (found, missing) = split(keys, kept);
        let found = found.into_iter().map(|((id, _), settings)| (id, settings));
        let mut found: HashMap<_, _> = found.collect();

        if !missing.is_empty() {
            let missing: Vec<OrganizationId> = missing.into_iter().map(|(id, _)| id).collect();
            for (id, epoch, settings) in tenants::organizations::settings(conn, &missing).await? {
                let settings = Arc::new(settings);
                self.settings.keep(id, (epoch, settings.clone()));
                found.insert(id, settings);
            }
        }
        Ok(found)
    }
}

/// Splits keys into cached values and missing keys, each once.
fn split<K: Copy + Eq + Hash, V>(
    keys: impl IntoIterator<Item = K>,
    kept: impl Fn(&K) -> Option<V>,
) -> (HashMap<K, V>, Vec<K>) {
    let (mut found, mut missing) = (HashMap::new(), Vec::new());

    for key in keys {
        if found.contains_key(&key) || missing.contains(&key) {
            continue;
        }
        match kept(&key) {
            Some(value) => drop(found.insert(key, value)),
            None => missing.push(key),
        }
    }

    (found, missing)
}
