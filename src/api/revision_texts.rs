//! The texts that activities and enrollments show: those of their compiled revisions, and the names
//! of templates.

use std::collections::{BTreeSet, HashMap};
use std::sync::Arc;

use sqlx::PgConnection;

use crate::domain::id::{ChosenId, OrganizationId, SequenceId, TemplateId};
use crate::domain::program::{Node, NodeId, Program};
use crate::engine::Engine;
use crate::store::sequences::revisions::RevisionKey;
use crate::store::{self, sequences};

/// The texts of the revisions in one response.
#[derive(Clone, Debug, Default)]
pub struct Texts {
    programs: HashMap<(SequenceId, i32), Arc<Program>>,
    templates: HashMap<TemplateId, ChosenId>,
}

impl Texts {
    /// Reads the texts of these revisions of one organization: in one query the programs that the
    /// server hasn't cached, and in another the template names, if there are any.
    pub async fn load(
        engine: &Engine,
        conn: &mut PgConnection,
        organization: OrganizationId,
        revisions: Vec<(SequenceId, i32)>,
    ) -> Result<Self, store::Error> {
        let keys = revisions.into_iter().map(|(sequence, revision)| (organization, sequence, revision));
        let programs = engine.programs().load(conn, keys).await?;
        let short = |((_, sequence, revision), program): (RevisionKey, _)| ((sequence, revision), program);
        let programs: HashMap<_, Arc<Program>> = programs.into_iter().map(short).collect();

        let nodes = programs.values().flat_map(|program| program.nodes());
        let named: BTreeSet<TemplateId> =
            nodes.filter_map(|node| node.step.kind.template()).copied().collect();
        let templates = sequences::templates::chosen_ids(conn, organization, &named).await?;

        Ok(Self { programs, templates })
    }

    /// A revision's program.
    pub fn program(&self, sequence: SequenceId, revision: i32) -> Option<&Program> {
        self.programs.get(&(sequence, revision)).map(Arc::as_ref)
    }

    /// A node of a revision's program.
    pub fn node(&self, sequence: SequenceId, revision: i32, id: NodeId) -> Option<&Node> {
        self.program(sequence, revision)?.node(id)
    }

    /// The chosen ids of all templates that the revisions use.
    pub fn templates(&self) -> &HashMap<TemplateId, ChosenId> {
        &self.templates
    }
}
