//! Activities: found and locked through their enrollments, and what is known of those that are
//! closed.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use sqlx::{FromRow, PgConnection};
use tracing::Instrument as _;
use uuid::Uuid;

use super::Error;
use super::columns::column;
use super::enrollments::{EnrollmentKey, Locking};
use super::span;
use crate::domain::activity::ClosedState;
use crate::domain::id::{ActivityId, EnrollmentId, OrganizationId, QueueId, RecordId, SellerId};
use crate::domain::names;
use crate::domain::program::ActivityKind;

/// Names an activity.
pub type ActivityKey = (OrganizationId, ActivityId);

/// Where an activity is that could not be locked as an open one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Whereabouts {
    /// It is open, and another transaction holds its enrollment.
    Held,
    /// It is closed.
    Closed(Closed),
}

/// How an activity was closed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Closed {
    /// The activity.
    pub activity: ActivityId,
    /// Its enrollment.
    pub enrollment: EnrollmentId,
    /// The queue in which it was.
    pub queue: QueueId,
    /// The owner of its record; none also when the record is deleted.
    pub owner: Option<SellerId>,
    /// In which state.
    pub state: ClosedState,
    /// Completed: how, say `made`. Skipped: why.
    pub outcome: String,
    /// `sellers/{seller}` or `apiKeys/{uuid}`; empty when upnext did it.
    pub closed_by: String,
    /// When.
    pub close_time: DateTime<Utc>,
    /// The item that closed it.
    pub item: Option<Uuid>,
}

/// Locks the enrollments of open activities in their order; answers which, each with its
/// enrollment. What it leaves out is closed, held by another transaction (only with
/// [`Locking::Skip`]), or was never there: see [`whereabouts`].
pub async fn lock(
    conn: &mut PgConnection,
    keys: &[ActivityKey],
    locking: Locking,
) -> Result<Vec<(ActivityKey, EnrollmentKey)>, Error> {
    if keys.is_empty() {
        return Ok(Vec::new());
    }
    let statement = match locking {
        Locking::Wait => include_str!("sql/activities_lock.sql"),
        Locking::Skip => concat!(include_str!("sql/activities_lock.sql"), "SKIP LOCKED"),
    };
    let rows: Vec<(Uuid, Uuid, Uuid)> = sqlx::query_as(statement)
        .bind(column(keys, |key| key.0.0))
        .bind(column(keys, |key| key.1.0))
        .fetch_all(conn)
        .instrument(span::of("activities.lock"))
        .await?;
    let keys = |(organization, id, enrollment)| {
        let organization = OrganizationId(organization);
        ((organization, ActivityId(id)), (organization, EnrollmentId(enrollment)))
    };
    Ok(rows.into_iter().map(keys).collect())
}

/// Where activities are; those that never were are left out.
pub async fn whereabouts(
    conn: &mut PgConnection,
    keys: &[ActivityKey],
) -> Result<HashMap<ActivityKey, Whereabouts>, Error> {
    if keys.is_empty() {
        return Ok(HashMap::new());
    }
    let rows: Vec<Row> = sqlx::query_as(include_str!("sql/activities_whereabouts.sql"))
        .bind(column(keys, |key| key.0.0))
        .bind(column(keys, |key| key.1.0))
        .fetch_all(conn)
        .instrument(span::of("activities.whereabouts"))
        .await?;
    rows.iter().filter_map(|row| row.whereabouts().transpose()).collect()
}

/// Erases what sellers wrote about a record, whose row must be locked: notes, reasons for skipping,
/// and outcomes in their own words. Answers which activities had such a reason or outcome, each
/// after its enrollment: their history has it too. A call's outcome is one of the organization's
/// words, and stays.
pub async fn erase_words(
    conn: &mut PgConnection,
    organization: OrganizationId,
    record: RecordId,
) -> Result<Vec<(EnrollmentId, ActivityId)>, Error> {
    sqlx::query(
        "UPDATE closed_activity SET note = '' WHERE organization_id = $1 AND record_id = $2 AND note <> ''",
    )
    .bind(organization.0)
    .bind(record.0)
    .execute(&mut *conn)
    .instrument(span::of("activities.erase_words"))
    .await?;
    let erased: Vec<(Uuid, Uuid)> = sqlx::query_as(
        "UPDATE closed_activity SET outcome = ''
         WHERE organization_id = $1 AND record_id = $2 AND outcome <> '' AND (state = $3 OR state = $4 AND kind <> $5)
         RETURNING enrollment_id, id",
    )
    .bind(organization.0)
    .bind(record.0)
    .bind(ClosedState::Skipped as i16)
    .bind(ClosedState::Completed as i16)
    .bind(ActivityKind::PhoneCall as i16)
    .fetch_all(conn)
    .instrument(span::of("activities.erase_words"))
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
    seller_id: Option<String>,
    owner_id: Option<Uuid>,
}

impl Row {
    fn whereabouts(&self) -> Result<Option<(ActivityKey, Whereabouts)>, Error> {
        let key = (OrganizationId(self.organization_id), ActivityId(self.id));
        if self.open {
            return Ok(Some((key, Whereabouts::Held)));
        }
        let (Some(enrollment), Some(queue), Some(number), Some(close_time)) =
            (self.enrollment_id, self.queue_id, self.state, self.close_time)
        else {
            return Ok(None);
        };
        let inconsistent = Error::Inconsistent { table: "closed_activity", column: "state", id: self.id };
        let state = ClosedState::ALL.into_iter().find(|state| *state as i16 == number).ok_or(inconsistent)?;
        let closed = Closed {
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
        Ok(Some((key, Whereabouts::Closed(closed))))
    }

    fn closed_by(&self) -> String {
        match (&self.seller_id, self.closed_by_key_id) {
            (Some(seller), _) => names::SELLER.name([seller]),
            (None, Some(key)) => names::API_KEY.uuid_name(key),
            (None, None) => String::new(),
        }
    }
}
