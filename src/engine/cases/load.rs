//! Loads everything that decisions about enrollments need. All deciders use this one loader: verbs,
//! timers, new enrollments and routing.

use sqlx::PgConnection;

use crate::domain::case::{Case, Facts};
use crate::domain::enrollment::Enrollment;
use crate::engine::frame::core::Core;
use crate::store;
use crate::store::enrollments::{self, EnrollmentKey};
use crate::store::sequences::revisions::RevisionKey;

impl Core {
    /// Loads the cases of enrollments, in the order of their keys. Enrollments that will change
    /// must be locked.
    pub(in crate::engine) async fn load_cases(
        &self,
        conn: &mut PgConnection,
        keys: &[EnrollmentKey],
    ) -> Result<Vec<Case>, store::Error> {
        let mut cases = enrollments::load(conn, keys).await?;
        let facts = cases.iter_mut().map(|case| (revision(&case.enrollment), &mut case.facts));
        self.complete(conn, facts).await?;
        Ok(cases)
    }

    /// Completes the facts of records, each in a revision, with the program, the exit criteria and
    /// the settings, which are cached.
    pub(in crate::engine) async fn complete<'a>(
        &self,
        conn: &mut PgConnection,
        facts: impl IntoIterator<Item = (RevisionKey, &'a mut Facts)>,
    ) -> Result<(), store::Error> {
        let mut facts: Vec<_> = facts.into_iter().collect();
        let programs = self.programs.load(conn, facts.iter().map(|(revision, _)| *revision)).await?;

        // The epoch is as fresh as the rows, so outdated settings in the cache are noticed.
        let epochs = facts.iter().map(|((organization, ..), facts)| (*organization, facts.definition_epoch));
        let settings = self.programs.settings(conn, epochs).await?;

        for (revision, facts) in &mut facts {
            let compiled = programs.get(revision);
            facts.program = compiled.map(|compiled| compiled.program.clone());
            facts.exit_criteria = compiled.map(|compiled| compiled.exit_criteria.clone()).unwrap_or_default();
            facts.settings = settings.get(&revision.0).cloned();
        }
        Ok(())
    }
}

fn revision(enrollment: &Enrollment) -> RevisionKey {
    (enrollment.organization, enrollment.sequence, enrollment.revision)
}
