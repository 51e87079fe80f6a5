//! Loads everything that decisions about enrollments need. All deciders use this one loader: verbs,
//! timers, new enrollments and routing.

use sqlx::PgConnection;

use crate::domain::case::{Case, Facts};
use crate::domain::enrollment::Enrollment;
use crate::domain::id::RecordId;
use crate::engine::frame::core::Core;
use crate::store;
use crate::store::enrollments::{self, EnrollmentKey};
use crate::store::sequences::revisions::RevisionKey;

/// The facts of a record in a revision, to be completed.
pub(in crate::engine) struct Incomplete<'a> {
    pub revision: RevisionKey,
    pub record: RecordId,
    pub facts: &'a mut Facts,
}

impl Core {
    /// Loads the cases of enrollments, in the order of their keys. Enrollments that will change
    /// must be locked.
    pub(in crate::engine) async fn load_cases(
        &self,
        conn: &mut PgConnection,
        keys: &[EnrollmentKey],
    ) -> Result<Vec<Case>, store::Error> {
        let mut cases = enrollments::load(conn, keys).await?;
        let incomplete = cases.iter_mut().map(|case| Incomplete {
            revision: revision(&case.enrollment),
            record: case.enrollment.record,
            facts: &mut case.facts,
        });
        self.complete(conn, incomplete).await?;
        Ok(cases)
    }

    /// Completes the facts of records, each in a revision: with the program and the settings, which
    /// are cached, and with what the times of its steps depend on.
    pub(in crate::engine) async fn complete<'a>(
        &self,
        conn: &mut PgConnection,
        incomplete: impl IntoIterator<Item = Incomplete<'a>>,
    ) -> Result<(), store::Error> {
        let mut incomplete: Vec<_> = incomplete.into_iter().collect();
        let revisions = self.programs.load(conn, incomplete.iter().map(|one| one.revision)).await?;

        // The epoch is as fresh as the rows, so outdated settings in the cache are noticed.
        let epochs = incomplete.iter().map(|one| (one.revision.0, one.facts.definition_epoch));
        let settings = self.programs.settings(conn, epochs).await?;

        for one in &mut incomplete {
            one.facts.program = revisions.get(&one.revision).map(|compiled| compiled.program.clone());
            one.facts.settings = settings.get(&one.revision.0).cloned();
        }
        self.add_timing(conn, &mut incomplete, &revisions).await
    }
}

pub(super) fn revision(enrollment: &Enrollment) -> RevisionKey {
    (enrollment.organization, enrollment.sequence, enrollment.revision)
}
