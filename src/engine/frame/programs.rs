//! Each server's cache of compiled revisions and of settings. A revision never changes; cached
//! settings are used only if their epoch is recent enough.

use std::collections::{BTreeSet, HashMap};
use std::hash::Hash;
use std::sync::Arc;

use sqlx::PgConnection;

use crate::domain::definition::Definition;
use crate::domain::halt::Halt;
use crate::domain::id::{ChosenId, OrganizationId, SequenceId, TemplateId};
use crate::domain::program::Program;
use crate::domain::settings::Settings;
use crate::engine::frame::recent::Recent;
use crate::store::sequences;
use crate::store::sequences::revisions::RevisionKey;
use crate::store::{self, tenants};

/// The most bytes of cached revisions, and of cached settings.
const REVISION_BYTES: usize = 32 << 20;
const SETTINGS_BYTES: usize = 8 << 20;
/// How many bytes a value takes for each byte of its JSON, about.
const MADE_OF_A_BYTE: usize = 2;

/// An organization and the lowest epoch that its settings must have.
type SettingsKey = (OrganizationId, i64);

/// A compiled revision, and what answers show of it.
#[derive(Debug)]
pub struct Compiled {
    /// The program.
    pub program: Arc<Program>,
    /// The chosen ids of the templates that its steps use.
    pub templates: HashMap<TemplateId, ChosenId>,
}

/// What all decisions of an organization need.
#[derive(Debug)]
pub struct OrganizationFacts {
    /// The settings.
    pub settings: Arc<Settings>,
    /// The last halt of each sequence that had one.
    pub halts: HashMap<SequenceId, Halt>,
}

/// The revisions and settings that decisions and answers need. Loads what is missing for a whole
/// batch in one query.
#[derive(Debug, Default)]
pub struct Programs {
    revisions: Recent<RevisionKey, Arc<Compiled>, REVISION_BYTES>,
    organizations: Recent<OrganizationId, (i64, Arc<OrganizationFacts>), SETTINGS_BYTES>,
}

impl Programs {
    /// Returns the revisions that are cached, and the keys of the others, each once.
    pub fn kept(
        &self,
        keys: impl IntoIterator<Item = RevisionKey>,
    ) -> (HashMap<RevisionKey, Arc<Compiled>>, Vec<RevisionKey>) {
        split(keys, |key| self.revisions.get(key))
    }

    /// Returns these revisions, without those that don't exist.
    pub async fn load(
        &self,
        conn: &mut PgConnection,
        keys: impl IntoIterator<Item = RevisionKey>,
    ) -> Result<HashMap<RevisionKey, Arc<Compiled>>, store::Error> {
        let (mut found, missing) = self.kept(keys);
        if missing.is_empty() {
            return Ok(found);
        }

        let definitions = sequences::revisions::definitions(conn, &missing).await?;
        let used = definitions.iter().flat_map(|((organization, ..), definition)| {
            definition.templates().into_iter().map(|template| (*organization, template))
        });
        let used: BTreeSet<(OrganizationId, TemplateId)> = used.collect();
        let names = sequences::templates::chosen_ids(conn, &used).await?;

        for (key, definition) in definitions {
            let compiled = Arc::new(Compiled::new(&definition, &names));
            self.revisions.keep(key, compiled.clone(), json_bytes(&definition) * MADE_OF_A_BYTE);
            found.insert(key, compiled);
        }
        Ok(found)
    }

    /// Returns the settings and halts of organizations, each at least as recent as the epoch given
    /// with it.
    pub async fn organizations(
        &self,
        conn: &mut PgConnection,
        keys: impl IntoIterator<Item = SettingsKey>,
    ) -> Result<HashMap<OrganizationId, Arc<OrganizationFacts>>, store::Error> {
        let kept = |(id, epoch): &SettingsKey| {
            // An older epoch means that the settings have changed since they were cached.
            let kept = self.organizations.get(id).filter(|(kept, _)| kept >= epoch);
            kept.map(|(_, facts)| facts)
        };
        let (found, missing) = split(keys, kept);
        let found = found.into_iter().map(|((id, _), facts)| (id, facts));
        let mut found: HashMap<_, _> = found.collect();

        if !missing.is_empty() {
            let missing: Vec<OrganizationId> = missing.into_iter().map(|(id, _)| id).collect();
            let settings = tenants::organizations::settings(conn, &missing).await?;
            // Read later, so at least as recent as the epoch.
            let mut halts = sequences::halts::of_organizations(conn, &missing).await?;
            for (id, epoch, settings) in settings {
                let halts = halts.remove(&id).unwrap_or_default();
                let bytes = json_bytes(&settings) * MADE_OF_A_BYTE + halts.len() * size_of::<[Halt; 4]>();
                let facts = Arc::new(OrganizationFacts { settings: Arc::new(settings), halts });
                self.organizations.keep(id, (epoch, facts.clone()), bytes);
                found.insert(id, facts);
            }
        }
        Ok(found)
    }
}

impl Compiled {
    fn new(definition: &Definition, names: &HashMap<TemplateId, ChosenId>) -> Self {
        let used = definition.templates().into_iter();
        let templates = used.filter_map(|template| Some((template, names.get(&template)?.clone()))).collect();
        Self { program: Arc::new(Program::compile(definition)), templates }
    }
}

/// The bytes of a value as JSON.
fn json_bytes(value: &impl serde::Serialize) -> usize {
    serde_json::to_vec(value).map_or(0, |json| json.len())
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
