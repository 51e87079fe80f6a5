//! What the timelines of enrollments need: the texts of all revisions that an enrollment was on.

use std::collections::HashMap;

use uuid::Uuid;

use crate::api::revision_texts::Texts;
use crate::domain::enrollment::Enrollment;
use crate::domain::id::{EnrollmentId, OrganizationId};
use crate::domain::program::{Node, NodeId};
use crate::engine::Engine;
use crate::store::{self, ReadConnection, history};

/// The texts for the timelines in one response.
#[derive(Clone, Debug, Default)]
pub struct Timelines {
    /// The texts of the revisions.
    pub texts: Texts,
    left: HashMap<EnrollmentId, Vec<(Uuid, i32)>>,
}

impl Timelines {
    /// What the timelines of enrollments need that were never on another revision.
    pub fn of(texts: Texts) -> Self {
        Self { texts, left: HashMap::new() }
    }

    /// Reads what the timelines of enrollments of one organization need.
    pub async fn load(
        engine: &Engine,
        conn: &mut ReadConnection,
        organization: OrganizationId,
        enrollments: impl Iterator<Item = &Enrollment>,
    ) -> Result<Self, store::Error> {
        let enrollments: Vec<&Enrollment> = enrollments.collect();
        let ids: Vec<EnrollmentId> = enrollments.iter().map(|enrollment| enrollment.id).collect();
        let left = history::left_revisions(conn, organization, &ids).await?;

        let earlier = |of: &Enrollment| {
            let left = left.get(&of.id).into_iter().flatten();
            left.map(|(_, revision)| (of.sequence, *revision)).collect::<Vec<_>>()
        };
        // Most enrollments never moved, and need one revision.
        let present = enrollments.iter().map(|of| (of.sequence, of.revision));
        let revisions = present.chain(enrollments.iter().flat_map(|of| earlier(of))).collect();
        let texts = Texts::load(engine, conn, organization, revisions).await?;
        Ok(Self { texts, left })
    }

    /// Returns a node of the revision on which an enrollment was at an event.
    pub fn node(&self, enrollment: &Enrollment, event: Uuid, node: NodeId) -> Option<&Node> {
        let left = self.left.get(&enrollment.id);
        // Keys are ordered by time, so the next move tells where it was before.
        let next = left.and_then(|left| left.iter().find(|(leaving, _)| event < *leaving));
        let revision = next.map_or(enrollment.revision, |(_, revision)| *revision);
        self.texts.node(enrollment.sequence, revision, node)
    }
}
