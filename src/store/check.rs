//! What must hold between the rows of all tables, whatever happened: each rule a query for what
//! breaks it.
//!
//! Hot tables have no foreign keys, and counts, copies and timers are kept by the transactions that
//! write them: this is how it is proven that none forgot. A rule is one set-based statement over
//! all organizations; whoever runs them begins one snapshot for all.

mod definitions;
mod enrollments;
mod history;
mod records;
mod tenants;
mod work;

use chrono::{DateTime, Utc};
use serde_json::Value;
use sqlx::{AssertSqlSafe, PgConnection};
use strum::VariantArray;
use uuid::Uuid;

use crate::domain::id::OrganizationId;
use crate::domain::step::ActivityKind;
use crate::store::Error;

/// One thing that must hold.
#[derive(Clone, Copy, Debug)]
pub struct Rule {
    /// How it is called.
    pub name: &'static str,
    /// What it says.
    pub meaning: &'static str,
    /// Selects what breaks it.
    statement: fn() -> String,
}

/// One thing that breaks a rule.
#[derive(Clone, Debug, PartialEq)]
pub struct Violation {
    /// Whose row it is.
    pub organization: OrganizationId,
    /// The rows, by what they are.
    pub ids: Value,
    /// What is wrong with them.
    pub sentence: String,
}

/// What breaks one rule.
#[derive(Clone, Debug, PartialEq)]
pub struct Broken {
    /// The first of them, by organization.
    pub violations: Vec<Violation>,
    /// How many there are.
    pub count: i64,
}

/// What is looked at.
#[derive(Clone, Copy, Debug)]
pub struct Extent {
    /// Only this organization; else all.
    pub organization: Option<OrganizationId>,
    /// The instant, for what must not be older than so long.
    pub now: DateTime<Utc>,
    /// The most violations of each rule that are read.
    pub limit: i64,
}

/// A rule, its statement a query for `organization_id`, `ids` and `sentence` of what breaks it.
/// `$2` is the instant. What is kept as a number is named in braces, and said behind the statement.
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
                         ORDER BY violation.organization_id, violation.ids::text LIMIT $3"
                    )
                    $(, $key = $value)*
                )
            },
        }
    };
}
use rule;

/// The steps of all revisions with their nodes, and with the kind of activity where a seller acts.
fn nodes() -> String {
    let kinds = ActivityKind::VARIANTS.iter();
    let kind =
        kinds.map(|kind| format!("WHEN kept.step -> 'kind' ? '{}' THEN {}", kind.field(), *kind as i16));
    format!(
        "SELECT revised.organization_id, revised.sequence_id, revised.revision, step.place - 1 AS node, CASE {} END AS kind
         FROM sequence_revision AS revised
         CROSS JOIN LATERAL unnest(revised.step_ids) WITH ORDINALITY AS step (id, place)
         JOIN LATERAL jsonb_array_elements(revised.definition) AS kept (step) ON kept.step ->> 'step_id' = step.id",
        kind.collect::<Vec<_>>().join(" ")
    )
}

/// Every rule.
pub fn rules() -> impl Iterator<Item = &'static Rule> {
    [tenants::RULES, records::RULES, definitions::RULES, enrollments::RULES, work::RULES, history::RULES]
        .into_iter()
        .flatten()
}

impl Rule {
    /// Reads what breaks it.
    pub async fn broken(&self, conn: &mut PgConnection, extent: &Extent) -> Result<Broken, Error> {
        // The texts are put together of names and of the numbers of enums.
        let rows: Vec<(Uuid, Value, String, i64)> = sqlx::query_as(AssertSqlSafe((self.statement)()))
            .bind(extent.organization.map(|organization| organization.0))
            .bind(extent.now)
            .bind(extent.limit)
            .fetch_all(conn)
            .await?;
        let count = rows.first().map_or(0, |row| row.3);
        let read = |(organization, ids, sentence, _)| Violation {
            organization: OrganizationId(organization),
            ids,
            sentence,
        };
        Ok(Broken { violations: rows.into_iter().map(read).collect(), count })
    }
}
