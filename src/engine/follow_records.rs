//! What a change of a record means for its open enrollments: they go along with it, or end with it. Part of the transactions that change records.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use sqlx::PgConnection;

use super::core::Core;
use crate::domain::caller::Actor;
use crate::domain::changes::Changes;
use crate::domain::enrollment::ExitReason;
use crate::domain::flow::Flow;
use crate::domain::id::{OrganizationId, RecordId};
use crate::store::enrollments::Standing;
use crate::store::{self, changes, enrollments};

impl Core {
    /// Takes the open activities and running waits of records to their owners' queues, under their names: both as just saved. The records
    /// must be locked. What is still to be written, the queues, comes back for [`Core::commit`].
    pub(super) async fn retarget_enrollments(
        &self,
        conn: &mut PgConnection,
        organization: OrganizationId,
        followed: &HashMap<RecordId, Actor>,
        now: DateTime<Utc>,
    ) -> Result<Changes, store::Error> {
        let records: Vec<RecordId> = followed.keys().copied().collect();
        let standing = open_enrollments(conn, organization, &records).await?;
        let changes = self.decided(now, |flow| {
            standing.iter().try_for_each(|one| {
                let by = followed.get(&one.enrollment.record).copied().unwrap_or(Actor::UPNEXT);
                flow.retarget(&one.enrollment, one.open.as_ref(), one.target()?, by);
                Ok(())
            })
        })?;
        changes::save_rows(conn, &changes).await?;
        Ok(changes)
    }

    /// Ends the open enrollments of a record, which must be locked. What is still to be written, the queues, comes back for
    /// [`Core::commit`].
    pub(super) async fn exit_enrollments(
        &self,
        conn: &mut PgConnection,
        record: (OrganizationId, RecordId),
        reason: ExitReason,
        by: Actor,
        now: DateTime<Utc>,
    ) -> Result<Changes, store::Error> {
        let (organization, record) = record;
        let standing = open_enrollments(conn, organization, &[record]).await?;
        let changes = self.decided(now, |flow| {
            standing.into_iter().for_each(|one| _ = flow.exit(one.enrollment, one.open, reason, by));
            Ok(())
        })?;
        changes::save_rows(conn, &changes).await?;
        Ok(changes)
    }

    /// Decides in one flow, apart from anything asynchronous.
    fn decided(
        &self,
        now: DateTime<Utc>,
        decide: impl FnOnce(&mut Flow<'_>) -> Result<(), store::Error>,
    ) -> Result<Changes, store::Error> {
        let mut changes = Changes::new();
        let mut mint = || self.clock.new_id();
        decide(&mut Flow { now, mint: &mut mint, changes: &mut changes })?;
        Ok(changes)
    }
}

async fn open_enrollments(
    conn: &mut PgConnection,
    organization: OrganizationId,
    records: &[RecordId],
) -> Result<Vec<Standing>, store::Error> {
    if records.is_empty() {
        return Ok(Vec::new());
    }
    let records: Vec<_> = records.iter().map(|record| (organization, *record)).collect();
    let locked = enrollments::lock_open_of_records(conn, &records).await?;
    enrollments::load(conn, &locked).await
}
