//! Activities: locking open ones through their enrollments, and reading how others were closed.

pub mod departures;
mod fields;
pub mod groups;
pub mod lists;
pub mod manual;
pub mod notes;
pub mod reopening;
pub mod rows;
pub(in crate::store) mod table;

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use sqlx::{FromRow, PgConnection};
use strum::VariantArray;
use tracing::Instrument as _;
use uuid::Uuid;

use crate::domain::activity::ClosedState;
use crate::domain::id::{
    ActivityId, ChosenId, EnrollmentId, KeyId, OrganizationId, QueueId, RecordId, SellerId,
};
use crate::domain::names;
use crate::domain::step::ActivityKind;
use crate::store::Error;
use crate::store::enrollments::{EnrollmentKey, Locking};
use crate::store::statement;
use crate::store::statement::columns::column;

/// Identifies an activity.
pub type ActivityKey = (OrganizationId, ActivityId);

/// Why an activity was not locked as an open one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum LockMiss {
    /// It is open, but another transaction holds its enrollment.
    Held,
    /// It is closed.
    Closed(ClosedActivityRow),
}

/// How an activity was closed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ClosedActivityRow {
    /// The activity.
    pub activity: ActivityId,
    /// Its enrollment.
    pub enrollment: EnrollmentId,
    /// The queue that it was in.
    pub queue: QueueId,
    /// The owner of its record, or `None` if the record has no owner or is deleted.
    pub owner: Option<SellerId>,
    /// The state in which it was closed.
    pub state: ClosedState,
    /// The outcome if it was completed, like `made`. The reason if it was skipped.
    pub outcome: String,
    /// Who closed it: `sellers/{seller}`, `apiKeys/{uuid}` or `principals/{subject}`. Empty if
    /// upnext did.
    pub closed_by: String,
    /// When it was closed.
    pub close_time: DateTime<Utc>,
    /// The batch item that closed it, or `None` if no item is stored.
    pub item: Option<Uuid>,
}

/// Locks the enrollments of open activities in the order of their keys. Returns the locked
/// activities, each with its enrollment.
///
/// An absent activity is closed, was never there, or (only with [`Locking::Skip`]) is held by
/// another transaction: see [`why_not_locked`].
pub async fn lock(
    conn: &mut PgConnection,
    keys: &[ActivityKey],
    locking: Locking,
) -> Result<Vec<(ActivityKey, EnrollmentKey)>, Error> {
    if keys.is_empty() {
        return Ok(Vec::new());
    }

    let statement = match locking {
        Locking::Wait => include_str!("../sql/activities_lock.sql"),
        Locking::Skip => concat!(include_str!("../sql/activities_lock.sql"), "SKIP LOCKED"),
    };

    let rows: Vec<(Uuid, Uuid, Uuid)> = sqlx::query_as(statement)
        .bind(column(keys, |key| key.0.0))
        .bind(column(keys, |key| key.1.0))
        .fetch_all(conn)
        .instrument(statement::span::of("activities.lock"))
        .await?;
    let keys = |(organization, id, enrollment)| {
        let organization = OrganizationId(organization);
        ((organization, ActivityId(id)), (organization, EnrollmentId(enrollment)))
    };

    Ok(rows.into_iter().map(keys).collect())
}

/// Returns why activities were not locked. Activities that never existed are absent.
pub async fn why_not_locked(
    conn: &mut PgConnection,
    keys: &[ActivityKey],
) -> Result<HashMap<ActivityKey, LockMiss>, Error> {
    if keys.is_empty() {
        return Ok(HashMap::new());
    }
    let rows: Vec<Row> = sqlx::query_as(include_str!("../sql/activities_whereabouts.sql"))
        .bind(column(keys, |key| key.0.0))
        .bind(column(keys, |key| key.1.0))
        .fetch_all(conn)
        .instrument(statement::span::of("activities.why_not_locked"))
        .await?;
    rows.iter().filter_map(|row| row.miss().transpose()).collect()
}

/// Erases what sellers wrote about a record: notes, reasons for skipping, and free-text outcomes.
/// The record's row must be locked.
///
/// Returns each activity that had such a reason or outcome, with its enrollment, because their
/// history contains it too. The outcome of a phone call is chosen from the organization's list, and
/// stays. So does why upnext canceled an activity of a sequence.
pub async fn erase_words(
    conn: &mut PgConnection,
    organization: OrganizationId,
    record: RecordId,
) -> Result<Vec<(EnrollmentId, ActivityId)>, Error> {
    sqlx::query(
        "UPDATE closed_activity SET note = ''
         WHERE organization_id = $1 AND record_id = $2 AND note <> ''",
    )
    .bind(organization.0)
    .bind(record.0)
    .execute(&mut *conn)
    .instrument(statement::span::of("activities.erase_words"))
    .await?;

    let chosen = ActivityKind::VARIANTS.iter().filter(|kind| kind.has_chosen_outcomes());
    let chosen: Vec<i16> = chosen.map(|kind| *kind as i16).collect();
    let erased: Vec<(Uuid, Uuid)> = sqlx::query_as(
        "UPDATE closed_activity SET outcome = ''
         WHERE organization_id = $1 AND record_id = $2 AND outcome <> ''
           AND (state = $3 OR state = $4 AND kind <> ALL ($5) OR state = $6 AND EXISTS (
             SELECT FROM manual_activity
             WHERE manual_activity.organization_id = $1
               AND manual_activity.sequence_id = closed_activity.sequence_id))
         RETURNING enrollment_id, id",
    )
    .bind(organization.0)
    .bind(record.0)
    .bind(ClosedState::Skipped as i16)
    .bind(ClosedState::Completed as i16)
    .bind(chosen)
    .bind(ClosedState::Canceled as i16)
    .fetch_all(conn)
    .instrument(statement::span::of("activities.erase_words"))
    .await?;
    Ok(erased.into_iter().map(|(enrollment, id)| (EnrollmentId(enrollment), ActivityId(id))).collect())
}

#[derive(FromRow)]
struct Row {
    organization_id: Uuid,
    id: Uuid,
    open: bool,
    enrollment_id: Option<Uuid>,
    queue_id: Option<Uuid>,
    state: Option<i16>,
    outcome: Option<String>,
    close_time: Option<DateTime<Utc>>,
    item_id: Option<Uuid>,
    closed_by_key_id: Option<Uuid>,
    subject: Option<String>,
    seller_id: Option<String>,
    owner_id: Option<Uuid>,
}

impl Row {
    fn miss(&self) -> Result<Option<(ActivityKey, LockMiss)>, Error> {
        let key = (OrganizationId(self.organization_id), ActivityId(self.id));
        if self.open {
            return Ok(Some((key, LockMiss::Held)));
        }

        let (Some(enrollment), Some(queue), Some(number), Some(close_time)) =
            (self.enrollment_id, self.queue_id, self.state, self.close_time)
        else {
            return Ok(None);
        };

        let inconsistent = Error::Inconsistent { table: "closed_activity", column: "state", id: self.id };
        let state = ClosedState::from_repr(number).ok_or(inconsistent)?;
        let closed = ClosedActivityRow {
            activity: ActivityId(self.id),
            enrollment: EnrollmentId(enrollment),
            queue: QueueId(queue),
            owner: self.owner_id.map(SellerId),
            state,
            outcome: self.outcome.clone().unwrap_or_default(),
            closed_by: self.closed_by(),
            close_time,
            item: self.item_id,
        };
        Ok(Some((key, LockMiss::Closed(closed))))
    }

    fn closed_by(&self) -> String {
        let seller = self.seller_id.clone().map(ChosenId::known);
        names::actor(seller.as_ref(), self.closed_by_key_id.map(KeyId), self.subject.as_deref())
    }
}
