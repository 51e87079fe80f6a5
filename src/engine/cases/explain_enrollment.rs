//! Explains one enrollment. Decides as the verbs and timers do, and saves nothing.

use chrono::{DateTime, Utc};
use sqlx::PgConnection;

use crate::domain::assignee::{Assignee, Unassigned};
use crate::domain::caller::Scope;
use crate::domain::enrollment_explanation::{Change, cause, changes};
use crate::domain::history::HistoryEvent;
use crate::domain::id::{ChosenId, EnrollmentId, OrganizationId, ProblemId};
use crate::domain::names;
use crate::domain::segment::OnLeave;
use crate::domain::wait_explanation::ExplainedWait;
use crate::engine::{Engine, Error, Kind};
use crate::store::activities::rows::ActivityRow;
use crate::store::enrollments::rows::EnrollmentRow;
use crate::store::{self, activities, enrollments, history, routing, tenants};

/// Why an enrollment is where it is, and what would move it.
#[derive(Clone, Debug)]
pub struct ExplainedEnrollment {
    /// The enrollment.
    pub row: EnrollmentRow,
    /// Its open activity. `None` if there is none.
    pub activity: Option<ActivityRow>,
    /// The event that brought it where it is.
    pub cause: Option<HistoryEvent>,
    /// The problem that keeps its timer from firing. `None` without one.
    pub problem: Option<ProblemId>,
    /// Why its wait ends when it does. `None` if it doesn't wait.
    pub wait: Option<ExplainedWait>,
    /// The calendar that the wait follows. `None` if it follows none.
    pub calendar: Option<ChosenId>,
    /// Who does its open activity, and why that is the record's owner if it should be another's.
    /// `None` if no activity is open.
    pub assignment: Option<(Assignee, Option<Unassigned>)>,
    /// What would move it, each as if it happened now.
    pub changes: Vec<Change>,
}

impl Engine {
    /// Explains an enrollment in `scope`. Takes no locks, and reads everything from one state of
    /// the database.
    ///
    /// # Errors
    /// Missing: no such enrollment in the scope. Store.
    pub async fn explain_enrollment(
        &self,
        organization: OrganizationId,
        enrollment: EnrollmentId,
        scope: Scope,
        now: DateTime<Utc>,
    ) -> Result<ExplainedEnrollment, Error> {
        let name = || names::ENROLLMENT.uuid_name(enrollment.0);
        let missing = || Error::Missing { kind: Kind::Enrollment, name: name() };

        let mut held = self.store().read(organization).await?;
        let mut snapshot = held.snapshot().await?;
        let rows = enrollments::rows::get(&mut snapshot, organization, &[enrollment]).await?;
        let row = rows.into_iter().find(|row| scope.has_owner(row.owner)).ok_or_else(missing)?;
        Ok(self.explained(&mut snapshot, row, now).await?)
    }

    async fn explained(
        &self,
        conn: &mut PgConnection,
        row: EnrollmentRow,
        now: DateTime<Utc>,
    ) -> Result<ExplainedEnrollment, store::Error> {
        let (organization, id) = (row.enrollment.organization, row.enrollment.id);
        let case = self.core().load_cases(conn, &[(organization, id)], now).await?.pop();
        // The row was read from the same state of the database.
        let case = case.ok_or(store::Error::Inconsistent { table: "enrollment", column: "id", id: id.0 })?;

        let record = routing::load_records(conn, organization, &[row.enrollment.record]).await?.pop();
        // An enrollment made by hand has no segment, and outlives all of them.
        let leaving_ends = record.is_some_and(|record| {
            let exits = record.on_leave == OnLeave::ExitEnrollment;
            exits && record.segment.is_some() && record.segment == row.enrollment.segment
        });
        let (_, changes) = self.core().decide(now, |flow| {
            // The last halt of its sequence counts, even if it isn't written yet.
            let case = case.settled(flow)?;
            changes(&case, leaving_ends, flow)
        });

        // Its step and settings were loaded, or `changes` has failed, too.
        let wait = case.explain_wait()?;
        let mut calendar = None;
        if wait.as_ref().is_some_and(|wait| wait.follows_calendar) {
            calendar = tenants::calendars::of_owner(conn, (organization, case.facts.owner)).await?;
        }
        let newest = history::last_moves(conn, organization, id).await?;
        let open = case.open.iter().map(|open| (organization, open.id)).collect::<Vec<_>>();
        Ok(ExplainedEnrollment {
            activity: activities::rows::get(conn, &open).await?.pop(),
            cause: cause(&newest).cloned(),
            problem: routing::set_aside::of_enrollment(conn, organization, id).await?,
            wait,
            calendar,
            assignment: case.explain_assignment()?,
            changes: changes?,
            row,
        })
    }
}
