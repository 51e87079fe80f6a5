//! Applies the change of a record to its open enrollments: they follow it to its new owner, name,
//! warnings and times, or end with it or at their goal. Part of the transactions that change
//! records.

use std::collections::{BTreeSet, HashMap};

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
    /// Moves the open activities and running waits of the followed records to the queues of their
    /// owners, and gives them the records' names and warnings, all as just saved. Ends enrollments
    /// of changed records that reached their goal, plans waits until an attribute anew, and moves
    /// activities to the sellers whom an attribute names. Both
    /// maps say who changed each record, and the records must be locked. Returns the changes for
    /// [`Core::commit`], which still has to write the queues.
    pub(in crate::engine) async fn follow_records(
        &self,
        conn: &mut PgConnection,
        organization: OrganizationId,
        followed: &HashMap<RecordId, Actor>,
        changed: &HashMap<RecordId, Actor>,
        now: DateTime<Utc>,
    ) -> Result<Changes, store::Error> {
        let all: Vec<RecordId> = changed.keys().copied().collect();
        let asking = self.asking(conn, organization, &all).await?;
        // One statement locks all enrollments in their order.
        let records: BTreeSet<RecordId> = followed.keys().copied().chain(asking).collect();
        let cases = self.open_cases(conn, organization, &Vec::from_iter(records), now).await?;
        let (of_changed, others): (Vec<Case>, Vec<Case>) =
            cases.into_iter().partition(|case| changed.contains_key(&case.enrollment.record));
        let reached = self.reached_goals(conn, organization, &of_changed, now).await?;

        // A case whose record no longer has a target is inconsistent, and fails the transaction.
        let (changes, followed) = self.decide(now, |flow| {
            of_changed.iter().chain(&others).try_for_each(|case| {
                let by = |who: &HashMap<RecordId, Actor>| who.get(&case.enrollment.record).copied();
                if reached.contains(&case.enrollment.id) {
                    case.exit(ExitReason::GoalMet, by(changed).unwrap_or(Actor::UPNEXT), flow);
                    return Ok(());
                }
                match by(followed) {
                    Some(by) => case.follow(case.target()?, by, flow),
                    None => case.follow_attributes(by(changed).unwrap_or(Actor::UPNEXT), flow),
                }
            })
        });
        followed?;

        changes::save_rows(conn, &changes).await?;
        Ok(changes)
    }

    /// Gives the open activities of records the places in their queues that their priorities have
    /// by now. The records must be locked. Returns the changes for [`Core::commit`], which still
    /// has to write the queues.
    pub(in crate::engine) async fn rank_records(
        &self,
        conn: &mut PgConnection,
        organization: OrganizationId,
        records: &[RecordId],
        now: DateTime<Utc>,
    ) -> Result<Changes, store::Error> {
        let cases = self.open_cases(conn, organization, records, now).await?;
        let (changes, ranked) =
            self.decide(now, |flow| cases.iter().try_for_each(|case| case.rank_anew(flow)));
        ranked?;

        changes::save_rows(conn, &changes).await?;
        Ok(changes)
    }

    /// Returns which of these records have open enrollments that their attributes may end or move:
    /// in revisions with a goal, with a wait until an attribute, or with steps of the seller whom
    /// an attribute names. All steps of a revision count, because its enrollments may come to
    /// another one at any moment until they are locked.
    async fn asking(
        &self,
        conn: &mut PgConnection,
        organization: OrganizationId,
        records: &[RecordId],
    ) -> Result<Vec<RecordId>, store::Error> {
        let open = enrollments::open_revisions(conn, organization, records).await?;
        let revisions = self.programs.load(conn, open.iter().map(|(_, revision)| *revision)).await?;

        let asks = |revision| revisions.get(revision).is_some_and(|compiled| compiled.follows_attributes());
        Ok(open.iter().filter(|(_, revision)| asks(revision)).map(|(record, _)| *record).collect())
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
        let cases = self.open_cases(conn, organization, &[record], now).await?;
        self.exit_cases(conn, &cases, reason, by, now).await
    }

    /// Locks and loads the open cases of records, which must be locked.
    pub(in crate::engine) async fn open_cases(
        &self,
        conn: &mut PgConnection,
        organization: OrganizationId,
        records: &[RecordId],
        now: DateTime<Utc>,
    ) -> Result<Vec<Case>, store::Error> {
        let records: Vec<_> = records.iter().map(|record| (organization, *record)).collect();
        let locked = enrollments::lock_open_of_records(conn, &records).await?;
        self.load_cases(conn, &locked, now).await
    }

    /// Loads the open cases of records without locking them, to say what would become of them.
    pub(in crate::engine) async fn seen_cases(
        &self,
        conn: &mut PgConnection,
        organization: OrganizationId,
        records: &[RecordId],
        now: DateTime<Utc>,
    ) -> Result<Vec<Case>, store::Error> {
        let records: Vec<_> = records.iter().map(|record| (organization, *record)).collect();
        let open = enrollments::open_of_records(conn, &records).await?;
        self.load_cases(conn, &open, now).await
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
