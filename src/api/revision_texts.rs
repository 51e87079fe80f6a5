//! The texts that activities and enrollments show: those of their compiled revisions, and the names
//! of templates.

use std::collections::HashMap;
use std::sync::{Arc, LazyLock};

use crate::domain::id::{ChosenId, OrganizationId, SequenceId, TemplateId};
use crate::domain::program::{Node, NodeId, Program};
use crate::engine::{Compiled, Engine};
use crate::store::sequences::revisions::RevisionKey;
use crate::store::{self, ReadConnection};

/// What the revisions that don't exist use.
static NO_TEMPLATES: LazyLock<HashMap<TemplateId, ChosenId>> = LazyLock::new(HashMap::new);

/// The texts of the revisions in one response.
#[derive(Clone, Debug, Default)]
pub struct Texts(HashMap<(SequenceId, i32), Arc<Compiled>>);

impl Texts {
    /// Reads the texts of these revisions of one organization, as far as the server hasn't cached
    /// them.
    pub async fn load(
        engine: &Engine,
        conn: &mut ReadConnection,
        organization: OrganizationId,
        revisions: Vec<(SequenceId, i32)>,
    ) -> Result<Self, store::Error> {
        let keys = revisions.into_iter().map(|(sequence, revision)| (organization, sequence, revision));
        Ok(Self::of(engine.programs().load(conn, keys).await?))
    }

    /// The texts of these revisions.
    pub fn of(revisions: impl IntoIterator<Item = (RevisionKey, Arc<Compiled>)>) -> Self {
        let short = |((_, sequence, revision), compiled)| ((sequence, revision), compiled);
        Self(revisions.into_iter().map(short).collect())
    }

    /// A revision's program.
    pub fn program(&self, sequence: SequenceId, revision: i32) -> Option<&Program> {
        Some(&self.0.get(&(sequence, revision))?.program)
    }

    /// A node of a revision's program.
    pub fn node(&self, sequence: SequenceId, revision: i32, id: NodeId) -> Option<&Node> {
        self.program(sequence, revision)?.node(id)
    }

    /// The chosen id of a template that one of the revisions uses.
    pub fn template(&self, key: &TemplateId) -> Option<&ChosenId> {
        self.0.values().find_map(|compiled| compiled.templates.get(key))
    }

    /// The chosen ids of the templates that a revision uses.
    pub fn templates(&self, sequence: SequenceId, revision: i32) -> &HashMap<TemplateId, ChosenId> {
        self.0.get(&(sequence, revision)).map_or(&NO_TEMPLATES, |compiled| &compiled.templates)
    }
}
