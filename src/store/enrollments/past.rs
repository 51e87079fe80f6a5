//! How the earlier steps of enrollments ended, for decisions that look at them.

use std::sync::LazyLock;

use chrono::{DateTime, Utc};
use sqlx::postgres::types::PgInterval;
use sqlx::{AssertSqlSafe, FromRow, PgConnection};
use strum::VariantArray;
use tracing::Instrument as _;
use uuid::Uuid;

use crate::domain::activity::ClosedState;
use crate::domain::consent::Channel;
use crate::domain::engagement::{CLOCK_TOLERANCE, EngagementKind};
use crate::domain::id::{EnrollmentId, OrganizationId, RecordId};
use crate::domain::past::{Ended, Unnamed};
use crate::domain::program::NodeId;
use crate::domain::step::ActivityKind;
use crate::store::enrollments::EnrollmentKey;
use crate::store::statement::columns::column;
use crate::store::{Error, statement};

/// A step of an enrollment, as it is numbered in one revision.
pub type Passed = (EnrollmentKey, i32, NodeId);

/// Returns how the steps of enrollments ended, given with their records: what ended first, first.
/// Steps are told by the revision that the enrollment was on then.
pub async fn of(
    conn: &mut PgConnection,
    enrollments: &[(EnrollmentKey, RecordId)],
) -> Result<Vec<(Passed, Ended)>, Error> {
    // The record finds the few rows of an enrollment: no index has the enrollment.
    let rows: Vec<(Uuid, Uuid, i32, i32, i16, String, i64)> = sqlx::query_as(
        "SELECT item.organization_id, item.id, step.revision, step.node, step.state, step.outcome, step.completed
         FROM unnest($1::uuid[], $2::uuid[], $3::uuid[]) AS item (organization_id, id, record_id)
         CROSS JOIN LATERAL (
           SELECT DISTINCT ON (closed.revision, closed.node) closed.revision, closed.node, closed.state,
             closed.outcome, closed.id,
             count(*) FILTER (WHERE closed.state = $4) OVER (PARTITION BY closed.revision, closed.node)
               AS completed
           FROM closed_activity AS closed
           WHERE closed.organization_id = item.organization_id AND closed.record_id = item.record_id
             AND one_shard(closed.organization_id, $1[1])
             AND closed.enrollment_id = item.id AND closed.state IN ($4, $5)
           ORDER BY closed.revision, closed.node, closed.id DESC
         ) AS step
         ORDER BY item.organization_id, item.id, step.id",
    )
    .bind(column(enrollments, |((organization, _), _)| organization.0))
    .bind(column(enrollments, |((_, enrollment), _)| enrollment.0))
    .bind(column(enrollments, |(_, record)| record.0))
    .bind(ClosedState::Completed as i16)
    .bind(ClosedState::Skipped as i16)
    .fetch_all(conn)
    .instrument(statement::span::of("past.of"))
    .await?;

    let read = |(organization, id, revision, node, state, outcome, completed)| {
        let inconsistent = Error::Inconsistent { table: "closed_activity", column: "state", id };
        let state = ClosedState::from_repr(state).ok_or(inconsistent)?;
        let completed = i32::try_from(completed).unwrap_or(i32::MAX);
        let key = (OrganizationId(organization), EnrollmentId(id));
        Ok(((key, revision, NodeId(node)), Ended { state, outcome, completed }))
    };
    rows.into_iter().map(read).collect()
}

/// Returns the numbers of the kinds of activities that are emails.
fn emails() -> String {
    let emails = ActivityKind::VARIANTS.iter().filter(|kind| kind.channel() == Some(Channel::Email));
    statement::words::numbers(emails.map(|kind| *kind as i16))
}

/// Returns the numbers of the kinds of events that are about emails.
fn actions() -> String {
    let actions = EngagementKind::VARIANTS.iter().filter(|kind| kind.of_email());
    statement::words::numbers(actions.map(|kind| *kind as i16))
}

static ENGAGEMENT: LazyLock<String> = LazyLock::new(|| {
    let (emails, actions) = (emails(), actions());
    let completed = ClosedState::Completed as i16;
    format!(
        "SELECT item.organization_id, item.id, email.revision, email.node, told.kind, min(told.event_time)
         FROM unnest($1::uuid[], $2::uuid[], $3::uuid[]) AS item (organization_id, id, record_id)
         JOIN closed_activity AS email ON email.organization_id = item.organization_id
           AND email.record_id = item.record_id AND email.enrollment_id = item.id
           AND email.state = {completed} AND email.kind IN ({emails})
         JOIN engagement_event AS told ON told.organization_id = item.organization_id
           AND told.record_id = item.record_id AND told.kind IN ({actions}) AND NOT told.by_machine
           AND told.activity_id = email.id
         WHERE one_shard(item.organization_id, $1[1])
         GROUP BY item.organization_id, item.id, email.revision, email.node, told.kind
         ORDER BY item.organization_id, item.id, email.revision, email.node, told.kind"
    )
});

static UNNAMED: LazyLock<String> = LazyLock::new(|| {
    let (emails, actions) = (emails(), actions());
    let completed = ClosedState::Completed as i16;
    format!(
        "SELECT item.organization_id, item.id, told.kind, told.event_time, email.close_time, email.own,
           email.revision, email.node
         FROM unnest($1::uuid[], $2::uuid[], $3::uuid[]) AS item (organization_id, id, record_id)
         JOIN engagement_event AS told ON told.organization_id = item.organization_id
           AND told.record_id = item.record_id AND told.kind IN ({actions}) AND NOT told.by_machine
           AND told.activity_id IS NULL
         LEFT JOIN LATERAL (
           SELECT latest.close_time, latest.enrollment_id = item.id AS own, latest.revision, latest.node
           FROM closed_activity AS latest
           WHERE latest.organization_id = item.organization_id AND latest.record_id = item.record_id
             AND one_shard(latest.organization_id, $1[1])
             AND latest.close_time <= told.event_time + $4 AND latest.state = {completed}
             AND latest.kind IN ({emails})
           ORDER BY latest.close_time DESC, latest.id DESC
           LIMIT 1
         ) AS email ON true
         WHERE one_shard(item.organization_id, $1[1])
         ORDER BY item.organization_id, item.id, told.event_time, told.event_id"
    )
});

/// Something that a person did with an email that nobody named, and the step of that email in the
/// enrollment, with its revision. `None` for the email of another enrollment, or for none.
pub type Heard = (EnrollmentKey, Unnamed, Option<(i32, NodeId)>);

/// Returns what the persons of enrollments did with emails that nobody named.
pub async fn unnamed(
    conn: &mut PgConnection,
    enrollments: &[(EnrollmentKey, RecordId)],
) -> Result<Vec<Heard>, Error> {
    if enrollments.is_empty() {
        return Ok(Vec::new());
    }
    let tolerance = PgInterval::try_from(CLOCK_TOLERANCE).expect("whole microseconds");
    // The text contains only numbers of enums.
    let rows: Vec<UnnamedRow> = sqlx::query_as(AssertSqlSafe(UNNAMED.as_str()))
        .bind(column(enrollments, |((organization, _), _)| organization.0))
        .bind(column(enrollments, |((_, enrollment), _)| enrollment.0))
        .bind(column(enrollments, |(_, record)| record.0))
        .bind(tolerance)
        .fetch_all(conn)
        .instrument(statement::span::of("past.unnamed"))
        .await?;

    rows.into_iter().map(UnnamedRow::read).collect()
}

#[derive(FromRow)]
struct UnnamedRow {
    organization_id: Uuid,
    id: Uuid,
    kind: i16,
    event_time: DateTime<Utc>,
    close_time: Option<DateTime<Utc>>,
    own: Option<bool>,
    revision: Option<i32>,
    node: Option<i32>,
}

impl UnnamedRow {
    fn read(self) -> Result<Heard, Error> {
        let inconsistent = Error::Inconsistent { table: "engagement_event", column: "kind", id: self.id };
        let kind = EngagementKind::from_repr(self.kind).ok_or(inconsistent)?;
        let key = (OrganizationId(self.organization_id), EnrollmentId(self.id));
        let unnamed = Unnamed { kind, at: self.event_time, node: None, email_at: self.close_time };
        let own = self.own.unwrap_or_default();
        let step = self.revision.zip(self.node.map(NodeId)).filter(|_| own);
        Ok((key, unnamed, step))
    }
}

/// Returns what persons first did with the emails of enrollments, given with their records, and
/// when. Only what names its email.
pub async fn engagement(
    conn: &mut PgConnection,
    enrollments: &[(EnrollmentKey, RecordId)],
) -> Result<Vec<(Passed, EngagementKind, DateTime<Utc>)>, Error> {
    if enrollments.is_empty() {
        return Ok(Vec::new());
    }
    // The text contains only numbers of enums.
    let rows: Vec<(Uuid, Uuid, i32, i32, i16, DateTime<Utc>)> =
        sqlx::query_as(AssertSqlSafe(ENGAGEMENT.as_str()))
            .bind(column(enrollments, |((organization, _), _)| organization.0))
            .bind(column(enrollments, |((_, enrollment), _)| enrollment.0))
            .bind(column(enrollments, |(_, record)| record.0))
            .fetch_all(conn)
            .instrument(statement::span::of("past.engagement"))
            .await?;

    let read = |(organization, id, revision, node, kind, at)| {
        let inconsistent = Error::Inconsistent { table: "engagement_event", column: "kind", id };
        let kind = EngagementKind::from_repr(kind).ok_or(inconsistent)?;
        let key = (OrganizationId(organization), EnrollmentId(id));
        Ok(((key, revision, NodeId(node)), kind, at))
    };
    rows.into_iter().map(read).collect()
}
