//! The facts that decisions about records in sequences need: their columns, their tables, and how
//! they are read. Several statements share them.

use sqlx::FromRow;
use uuid::Uuid;

use crate::domain::case::Facts;
use crate::domain::consent::Reach;
use crate::domain::flow::Target;
use crate::domain::id::{QueueId, SellerId};

/// Puts the columns of [`FactsRow`] and their tables into a statement that has `record`, and the
/// record's organization in `item`.
pub(in crate::store) fn with_facts(statement: &str) -> String {
    let columns = include_str!("../sql/facts_columns.sql");
    let tables = include_str!("../sql/facts_tables.sql");
    statement.replace("{facts}", columns).replace("{tables}", tables)
}

/// The facts of a record that come from rows. The others are cached.
#[derive(FromRow)]
pub(in crate::store) struct FactsRow {
    owner_id: Option<Uuid>,
    queue_id: Option<Uuid>,
    display_name: Option<String>,
    do_not_email: bool,
    has_email: bool,
    do_not_phone: bool,
    has_phone: bool,
    definition_epoch: i64,
}

impl From<FactsRow> for Facts {
    fn from(row: FactsRow) -> Self {
        // Both are there unless the record is deleted.
        let named = row.queue_id.zip(row.display_name);
        let reach = Reach {
            do_not_email: row.do_not_email,
            email: row.has_email,
            do_not_phone: row.do_not_phone,
            phone: row.has_phone,
        };
        let target = |(queue, display_name)| Target { queue: QueueId(queue), display_name, reach };
        Self {
            owner: row.owner_id.map(SellerId),
            target: named.map(target),
            definition_epoch: row.definition_epoch,
            // The engine adds the rest.
            ..Self::default()
        }
    }
}
