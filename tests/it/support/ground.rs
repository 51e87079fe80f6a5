//! The ground under every test that needs rows without calls: one organization's rows, put straight
//! into the tables.

use chrono::{DateTime, SecondsFormat, Utc};
use serde_json::Value;
use sqlx::{AssertSqlSafe, PgPool};
use uuid::Uuid;

use upnext::domain::definition::Definition;
use upnext::domain::id::OrganizationId;

use super::columns::insert;

/// One organization's tables at an instant, which is the create time of every row.
pub struct Ground {
    pub pool: PgPool,
    pub organization: OrganizationId,
    pub now: DateTime<Utc>,
}

impl Ground {
    /// Puts one row into a table that knows its rows' create time.
    pub async fn row(&self, table: &str, columns: &[(&str, String)]) {
        let created = ("create_time", quoted(self.now.to_rfc3339_opts(SecondsFormat::Micros, true)));
        self.bare_row(table, &[columns, &[created]].concat()).await;
    }

    async fn bare_row(&self, table: &str, columns: &[(&str, String)]) {
        let organization = ("organization_id", quoted(self.organization.0));
        let all = [&[organization], columns].concat();
        let named: Vec<(&str, &str)> = all.iter().map(|(name, value)| (*name, value.as_str())).collect();
        run(&self.pool, insert(table, &named, "")).await;
    }

    /// An empty queue, of a seller or team that has the same id.
    pub async fn queue(&self, id: Uuid) {
        self.bare_row("queue", &[("id", quoted(id))]).await;
    }

    /// The team of records without an owner, with its queue.
    pub async fn unassigned(&self, id: Uuid) {
        self.row("team", &[("id", quoted(id)), ("team_id", quoted("unassigned"))]).await;
        self.queue(id).await;
    }

    /// A system administrator's key, whose secret nobody knows.
    pub async fn key(&self, id: Uuid) {
        self.row("api_key", &[("id", quoted(id))]).await;
    }

    /// The record type `lead`, whose display names are in the attribute `name`.
    pub async fn leads(&self, id: Uuid) {
        let columns = [
            ("id", quoted(id)),
            ("record_type_id", quoted("lead")),
            ("attributes", quoted(r#"{"name": {"type": "STRING"}}"#)),
            ("display_name_attribute", quoted("name")),
        ];
        self.row("record_type", &columns).await;
    }

    /// A seller with an empty queue.
    pub async fn seller(&self, id: Uuid, seller_id: &str) {
        self.row("seller", &[("id", quoted(id)), ("seller_id", quoted(seller_id))]).await;
        self.queue(id).await;
    }

    /// A lead.
    pub async fn lead(&self, id: Uuid, record_id: &str, owner: Option<Uuid>, attributes: &Value) {
        let columns = [
            ("id", quoted(id)),
            ("record_type_id", self.lead_type()),
            ("record_id", quoted(record_id)),
            ("owner_id", owner.map_or("NULL".to_owned(), quoted)),
            ("attributes", quoted(attributes)),
        ];
        self.row("record", &columns).await;
    }

    /// An active sequence for leads, at revision 1.
    pub async fn sequence(&self, id: Uuid, sequence_id: &str, definition: &Definition) {
        let steps = definition.step_ids().into_iter().map(quoted).collect::<Vec<_>>().join(", ");
        let json = serde_json::to_string(definition).expect("definitions are plain data");

        let sequence = [
            ("id", quoted(id)),
            ("sequence_id", quoted(sequence_id)),
            ("record_type_id", self.lead_type()),
            ("definition", quoted(&json)),
        ];
        self.row("sequence", &sequence).await;

        let revision = [
            ("sequence_id", quoted(id)),
            ("display_name", quoted(sequence_id)),
            ("definition", quoted(&json)),
            ("step_ids", format!("ARRAY[{steps}]::text[]")),
        ];
        self.row("sequence_revision", &revision).await;
    }

    fn lead_type(&self) -> String {
        let organization = quoted(self.organization.0);
        format!(
            "(SELECT id FROM record_type WHERE organization_id = {organization} AND record_type_id = 'lead')"
        )
    }
}

/// Runs a statement.
pub async fn run(pool: &PgPool, statement: impl Into<String>) {
    let statement = statement.into();
    let done = sqlx::query(AssertSqlSafe(statement.clone())).execute(pool).await;
    done.unwrap_or_else(|error| panic!("{statement}: {error}"));
}

/// A literal of SQL, which takes the type of the column that it stands for.
fn quoted(value: impl ToString) -> String {
    format!("'{}'", value.to_string().replace('\'', "''"))
}

/// A statement that copies rows of a table: those of `from`, with other values in these columns.
/// It names no other column.
pub fn copy(table: &str, changed: &[(&str, &str)], from: &str, filter: &str) -> String {
    let changed: Vec<String> = changed.iter().map(|(column, value)| format!("'{column}', {value}")).collect();
    format!(
        "INSERT INTO {table} SELECT copy.* FROM {from},
           LATERAL jsonb_populate_record({table}, jsonb_build_object({})) AS copy WHERE {filter}",
        changed.join(", ")
    )
}
