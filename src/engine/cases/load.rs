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

    /// Completes the facts of records, each in a revision, with the program, the settings and the
    /// sequence's halt, which are cached.
    pub(in crate::engine) async fn complete<'a>(
        &self,
        conn: &mut PgConnection,
        facts: impl IntoIterator<Item = (RevisionKey, &'a mut Facts)>,
    ) -> Result<(), store::Error> {
        let mut facts: Vec<_> = facts.into_iter().collect();
        let programs = self.programs.load(conn, facts.iter().map(|(revision, _)| *revision)).await?;

        // The epoch is as fresh as the rows, so outdated settings and halts in the cache are
        // noticed.
        let epochs = facts.iter().map(|((organization, ..), facts)| (*organization, facts.definition_epoch));
        let organizations = self.programs.organizations(conn, epochs).await?;

        for (revision, facts) in &mut facts {
            facts.program = programs.get(revision).map(|compiled| compiled.program.clone());
            let of = organizations.get(&revision.0);
            facts.settings = of.map(|of| of.settings.clone());
            facts.halt = of.and_then(|of| of.halts.get(&revision.1)).copied();
        }
        Ok(())
    }
}

fn revision(enrollment: &Enrollment) -> RevisionKey {
    (enrollment.organization, enrollment.sequence, enrollment.revision)
}
