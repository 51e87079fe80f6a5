//! The one loader of cases: what decisions about enrollments need is read here, whoever decides.

use sqlx::PgConnection;

use crate::domain::case::Case;
use crate::engine::frame::core::Core;
use crate::store;
use crate::store::enrollments::{self, EnrollmentKey};
use crate::store::sequence_revisions::RevisionKey;

impl Core {
    /// Loads the cases of enrollments, in the order of their keys. Those that are to change must be
    /// locked.
    pub(in crate::engine) async fn load_cases(
        &self,
        conn: &mut PgConnection,
        keys: &[EnrollmentKey],
    ) -> Result<Vec<Case>, store::Error> {
        let mut cases = enrollments::load(conn, keys).await?;

        let programs = self.programs.load(conn, cases.iter().map(revision)).await?;
        let epochs = cases.iter().map(|case| (case.enrollment.organization, case.definition_epoch));
        let settings = self.programs.settings(conn, epochs).await?;

        for case in &mut cases {
            case.program = programs.get(&revision(case)).cloned();
            case.settings = settings.get(&case.enrollment.organization).cloned();
        }
        Ok(cases)
    }
}

fn revision(case: &Case) -> RevisionKey {
    let enrollment = &case.enrollment;
    (enrollment.organization, enrollment.sequence, enrollment.revision)
}
