//! Checks the invariants between the rows of all tables. Each rule is a query for the rows that
//! break it.
//!
//! Hot tables have no foreign keys, and each transaction maintains the counts, copies and timers
//! that belong to its rows. These rules prove that no transaction forgot any. A rule is one
//! set-based statement over all organizations. The caller runs all rules in one snapshot.

mod definitions;
mod emails;
mod engagement;
mod enrollments;
mod events;
mod history;
mod lines;
mod manual;
mod records;
mod splits;
mod tallies;
mod tenants;
mod webhooks;
mod work;

use chrono::{DateTime, Utc};
use serde_json::Value;
use sqlx::{AssertSqlSafe, PgConnection};
use strum::VariantArray;
use uuid::Uuid;

use crate::domain::id::OrganizationId;
use crate::domain::step::ActivityKind;
use crate::store::Error;

/// One invariant.
#[derive(Clone, Copy, Debug)]
pub struct Rule {
    /// Its name.
    pub name: &'static str,
    /// The sentence that must be true.
    pub meaning: &'static str,
    /// Returns the SQL that selects the rows that break it.
    statement: fn() -> String,
}

/// One violation of a rule.
#[derive(Clone, Debug, PartialEq)]
pub struct Violation {
    /// The organization of the rows.
    pub organization: OrganizationId,
    /// The ids of the rows, as an object with the kind of row as key.
    pub ids: Value,
    /// Says what is wrong with them.
    pub sentence: String,
}

/// The violations of one rule.
#[derive(Clone, Debug, PartialEq)]
pub struct Broken {
    /// The first violations, by organization.
    pub violations: Vec<Violation>,
    /// The number of all violations.
    pub count: i64,
}

/// The extent of a check.
#[derive(Clone, Copy, Debug)]
pub struct Extent {
    /// Only this organization. `None`: all.
    pub organization: Option<OrganizationId>,
    /// The current time, for rules about age.
    pub now: DateTime<Utc>,
    /// The most violations to read for each rule.
    pub limit: i64,
}

/// Builds a rule. Violations are ordered by text, which no index offers: for an index in the right
/// order, Postgres would join large tables by organization alone.
///
/// Its statement selects `organization_id`, `ids` and `sentence` of the rows that
/// break it. `$2` is the current time. Numbers of enums are named in braces, with their values
/// after the statement.
macro_rules! rule {
    ($name:literal, $meaning:literal, $statement:literal $(, $key:ident = $value:expr)* $(,)?) => {
        $crate::store::check::Rule {
            name: $name,
            meaning: $meaning,
            statement: || {
                format!(
                    concat!(
                        "SELECT violation.organization_id, violation.ids, violation.sentence, count(*) OVER () FROM (",
                        $statement,
                        ") AS violation WHERE $1::uuid IS NULL OR violation.organization_id = $1
                         ORDER BY violation.organization_id::text, violation.ids::text LIMIT $3"
                    )
                    $(, $key = $value)*
                )
            },
        }
    };
}
use rule;

/// Returns the SQL for the steps of all revisions: each with its node, and with the kind of its
/// activity. The kind is NULL for steps without an activity.
fn nodes() -> String {
    let kinds = ActivityKind::VARIANTS.iter();
    let kind =
        kinds.map(|kind| format!("WHEN kept.step -> 'kind' ? '{}' THEN {}", kind.field(), *kind as i16));

    // Arrays in Postgres count from 1, but nodes from 0.
    format!(
        "SELECT revised.organization_id, revised.sequence_id, revised.revision, step.place - 1 AS node, CASE {0} END AS kind,
           coalesce(kept.step -> 'assign_to', revised.assign_to) AS assign_to
         FROM sequence_revision AS revised
         CROSS JOIN LATERAL unnest(revised.step_ids) WITH ORDINALITY AS step (id, place)
         -- Steps stand inside branches and splits, too.
         JOIN LATERAL jsonb_path_query(revised.definition, 'strict $.** ? (exists (@.step_id) && exists (@.kind))')
           AS kept (step) ON kept.step ->> 'step_id' = step.id
         -- A manual activity is a step of its own.
         UNION ALL
         SELECT kept.organization_id, kept.sequence_id, kept.revision, 0, CASE {0} END, '\"record_owner\"'::jsonb
         FROM (SELECT organization_id, sequence_id, revision, definition -> 0 AS step FROM manual_activity) AS kept",
        kind.collect::<Vec<_>>().join(" ")
    )
}

/// Returns all rules.
pub fn rules() -> impl Iterator<Item = &'static Rule> {
    let records = [tenants::RULES, records::RULES, engagement::RULES, definitions::RULES, enrollments::RULES];
    let events = [
        lines::RULES,
        splits::RULES,
        work::RULES,
        manual::RULES,
        emails::RULES,
        history::RULES,
        events::RULES,
        webhooks::RULES,
        tallies::RULES,
    ];
    records.into_iter().chain(events).flatten()
}

impl Rule {
    /// Reads the violations of the rule.
    pub async fn broken(&self, conn: &mut PgConnection, extent: &Extent) -> Result<Broken, Error> {
        // Safe: the text contains only constants and the numbers of enums.
        let rows: Vec<(Uuid, Value, String, i64)> = sqlx::query_as(AssertSqlSafe((self.statement)()))
            .bind(extent.organization.map(|organization| organization.0))
            .bind(extent.now)
            .bind(extent.limit)
            .fetch_all(conn)
            .await?;

        // Every row repeats the number of all violations, including those beyond the limit.
        let count = rows.first().map_or(0, |row| row.3);
        let read = |(organization, ids, sentence, _)| Violation {
            organization: OrganizationId(organization),
            ids,
            sentence,
        };

        Ok(Broken { violations: rows.into_iter().map(read).collect(), count })
    }
}
