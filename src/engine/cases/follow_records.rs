//! Applies the change of a record to its open enrollments: they follow it to its new owner, name
//! and warnings, or end with it. Part of the transactions that change records.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use sqlx::PgConnection;

use crate::domain::caller::Actor;
use crate::domain::case::Case;
use crate::domain::changes::Changes;
use crate::domain::enrollment::ExitReason;
use crate::domain::flow::Flow;
use crate::domain::id::{OrganizationId, RecordId};
use crate::engine::frame::core::Core;
use crate::store::{self, changes, enrollments};

impl Core {
    /// Moves the open activities and running waits of records to the queues of their owners, and
    /// gives them the records' names and warnings, all as just saved. The records must be locked.
    /// Returns the changes for [`Core::commit`], which still has to write the queues.
    pub(in crate::engine) async fn retarget_enrollments(
        &self,
        conn: &mut PgConnection,
        organization: OrganizationId,
        followed: &HashMap<RecordId, Actor>,
        now: DateTime<Utc>,
    ) -> Result<Changes, store::Error> {
        let records: Vec<RecordId> = followed.keys().copied().collect();
        let cases = self.open_cases(conn, organization, &records).await?;

        // A case whose record no longer has a target is inconsistent, and fails the transaction.
        let (changes, followed) = self.decide(now, |flow| {
            cases.iter().try_for_each(|case| {
                let by = followed.get(&case.enrollment.record).copied().unwrap_or(Actor::UPNEXT);
                case.follow(case.target()?, by, flow)
            })
        });
        followed?;

        changes::save_rows(conn, &changes).await?;
        Ok(changes)
    }

    /// Ends the open enrollments of a record, which must be locked. Returns the changes for
    /// [`Core::commit`], which still has to write the queues.
    pub(in crate::engine) async fn exit_enrollments(
        &self,
        conn: &mut PgConnection,
        record: (OrganizationId, RecordId),
        reason: ExitReason,
        by: Actor,
        now: DateTime<Utc>,
    ) -> Result<Changes, store::Error> {
        let (organization, record) = record;
        let cases = self.open_cases(conn, organization, &[record]).await?;
        self.exit_cases(conn, &cases, reason, by, now).await
    }

    /// Locks and loads the open cases of records, which must be locked.
    pub(in crate::engine) async fn open_cases(
        &self,
        conn: &mut PgConnection,
        organization: OrganizationId,
        records: &[RecordId],
    ) -> Result<Vec<Case>, store::Error> {
        let records: Vec<_> = records.iter().map(|record| (organization, *record)).collect();
        let locked = enrollments::lock_open_of_records(conn, &records).await?;
        self.load_cases(conn, &locked).await
    }

    /// Loads the open cases of records without locking them, to say what would become of them.
    pub(in crate::engine) async fn seen_cases(
        &self,
        conn: &mut PgConnection,
        organization: OrganizationId,
        records: &[RecordId],
    ) -> Result<Vec<Case>, store::Error> {
        let records: Vec<_> = records.iter().map(|record| (organization, *record)).collect();
        let open = enrollments::open_of_records(conn, &records).await?;
        self.load_cases(conn, &open).await
    }

    /// Ends cases, which must be locked. Returns the changes for [`Core::commit`], which still has
    /// to write the queues.
    pub(in crate::engine) async fn exit_cases(
        &self,
        conn: &mut PgConnection,
        cases: &[Case],
        reason: ExitReason,
        by: Actor,
        now: DateTime<Utc>,
    ) -> Result<Changes, store::Error> {
        let exit = |flow: &mut Flow<'_>| cases.iter().for_each(|case| _ = case.exit(reason, by, flow));
        let (changes, ()) = self.decide(now, exit);
        changes::save_rows(conn, &changes).await?;
        Ok(changes)
    }
}
