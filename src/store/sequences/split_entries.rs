//! Entries of splits: which enrollments took which variant by chance, and what they reached since.
//! Entries stay when history is forgotten.

use std::sync::LazyLock;

use chrono::{DateTime, Utc};
use sqlx::{AssertSqlSafe, PgConnection};
use strum::VariantArray as _;
use tracing::Instrument as _;

use crate::domain::history::HistoryKind;
use crate::domain::id::{OrganizationId, RecordId};
use crate::domain::record::CloseOutcome;
use crate::domain::split_entry::{Reached, SplitEntries, SplitEntry};
use crate::domain::step::{Lot, Metric};
use crate::store::statement::chain::{Chain, Values};
use crate::store::statement::columns::column;
use crate::store::statement::table::{Column, Role, Table, table};
use crate::store::{Error, horizons, statement};

const ENTRY: Table<SplitEntry> = table!("split_entry", SplitEntry {
    Key organization_id: uuid => |row| row.organization.0,
    Key enrollment_id: uuid => |row| row.enrollment.0,
    Key step_id: text => |row| row.step_id.as_str(),
    Fixed sequence_id: uuid => |row| row.sequence.0,
    Fixed variant_id: text => |row| row.variant_id.as_str(),
    Fixed at: timestamptz => |row| row.at,
    Changing reached: smallint => |row| row.reached,
});

/// What several entries reach.
const REACHED: Table<Reached> = table!("split_entry", Reached {
    Key organization_id: uuid => |row| row.organization.0,
    Key enrollment_id: uuid => |row| row.enrollment.0,
    Fixed after_time: timestamptz => |row| row.after,
    Fixed until_time: timestamptz => |row| row.until,
    Changing reached: smallint => |row| row.metrics,
});

/// Adds the parts that save what a batch tells of splits. An entry that is there already stays.
pub(in crate::store) fn append_to(chain: &mut Chain, splits: &SplitEntries) {
    chain.insert_missing(&ENTRY, &splits.entered().collect::<Vec<_>>());
    let reached = splits.reached();
    chain.update_by(&REACHED, &reached.iter().collect::<Vec<_>>(), |items, within| {
        format!(
            "UPDATE split_entry SET reached = split_entry.reached | item.reached FROM {items} \
             WHERE split_entry.organization_id = item.organization_id \
             AND split_entry.enrollment_id = item.enrollment_id \
             AND (item.after_time IS NULL OR split_entry.at > item.after_time) \
             AND split_entry.at <= item.until_time \
             AND split_entry.reached & item.reached <> item.reached{within}"
        )
    });
}

/// Makes the entries of a record's enrollments say when the record was won: those from before
/// reached that. `None`: it isn't won any more. Lock the record.
pub async fn set_won(
    conn: &mut PgConnection,
    organization: OrganizationId,
    record: RecordId,
    at: Option<DateTime<Utc>>,
) -> Result<(), Error> {
    // Only rows whose bit is wrong, so flipping it is right.
    sqlx::query(
        "UPDATE split_entry SET reached = split_entry.reached # $3::smallint
         FROM enrollment
         WHERE split_entry.organization_id = $1 AND enrollment.organization_id = $1
           AND enrollment.record_id = $2 AND split_entry.enrollment_id = enrollment.id
           AND (split_entry.reached & $3::smallint <> 0) <> coalesce(split_entry.at <= $4, false)",
    )
    .bind(organization.0)
    .bind(record.0)
    .bind(Metric::Won.bit())
    .bind(at)
    .execute(conn)
    .instrument(statement::span::of("split_entries.set_won"))
    .await?;
    Ok(())
}

/// Returns the SQL for the entries that history tells, without [`Metric::Won`]: of the organization
/// in this parameter, or of all.
pub(in crate::store) fn told(organization: Option<&str>) -> String {
    let number = |kind: HistoryKind| (kind as i16).to_string();
    let mut text = include_str!("../sql/split_entries_told.sql")
        .replace("{reached}", &arms())
        .replace("{split_decided}", &number(HistoryKind::SplitDecided))
        .replace("{chance}", Lot::Chance.as_str())
        .replace("{migrated}", &number(HistoryKind::EnrollmentMigrated))
        .replace("{heard}", &number(HistoryKind::EngagementRecorded))
        .replace("{exited}", &number(HistoryKind::EnrollmentExited));

    for table in ["history", "revised", "later"] {
        let only = organization.map(|one| format!(" AND {table}.organization_id = {one}"));
        text = text.replace(&format!("{{only {table}}}"), &only.unwrap_or_default());
    }
    text
}

/// Returns the arms of a CASE: the bit of the metric that the entry `first` reaches by the event
/// `later`.
fn arms() -> String {
    let arm = |metric: &Metric| {
        let bit = metric.bit();
        let by_event = metric.engagement().map(|kind| {
            format!(
                "WHEN later.kind = {} AND later.detail ->> 'engagement' = '{}' AND NOT later.detail ? 'by_machine' \
                 AND (later.detail ->> 'engagement_time')::timestamptz >= first.at THEN {bit}",
                HistoryKind::EngagementRecorded as i16,
                kind.as_str()
            )
        });
        let by_exit = metric.exit().map(|reason| {
            let (exited, word) = (HistoryKind::EnrollmentExited as i16, reason.as_str());
            format!("WHEN later.kind = {exited} AND later.detail ->> 'outcome' = '{word}' THEN {bit}")
        });
        by_event.or(by_exit)
    };
    Metric::VARIANTS.iter().filter_map(arm).collect::<Vec<_>>().join(" ")
}

/// Returns SQL that is true if `record` was won at a time or later, and false or NULL otherwise.
pub(in crate::store) fn is_won(since: &str) -> String {
    let outcomes = CloseOutcome::ALL.iter().filter(|outcome| outcome.is_won());
    let outcomes: Vec<String> = outcomes.map(|outcome| format!("'{}'", outcome.as_str())).collect();
    format!("record.close_outcome IN ({}) AND record.close_time >= {since}", outcomes.join(", "))
}

static RECOUNT: LazyLock<String> = LazyLock::new(|| {
    include_str!("../sql/split_entries_recount.sql")
        .replace("{told}", &told(Some("$1")))
        .replace("{is_won}", &is_won("told.at"))
        .replace("{won}", &Metric::Won.bit().to_string())
});

/// Makes the entries of an organization those that its history tells, as far as it is kept, and
/// returns how many were others. The transaction must read one state of the database (REPEATABLE
/// READ). Again until none were: what a server told meanwhile of an entry that wasn't there is
/// missing.
pub async fn recount(conn: &mut PgConnection, organization: OrganizationId) -> Result<i64, Error> {
    let horizon = horizons::of(conn, organization).await?;
    // The text contains only numbers and words of enums.
    Ok(sqlx::query_scalar(AssertSqlSafe(RECOUNT.as_str()))
        .bind(organization.0)
        .bind(horizon)
        .fetch_one(conn)
        .instrument(statement::span::of("split_entries.recount"))
        .await?)
}
