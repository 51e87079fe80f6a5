//! One statement of several parts, each of which writes rows that come as arrays: one round trip
//! for all of them.

use sqlx::postgres::PgArguments;
use sqlx::{Arguments, AssertSqlSafe, Encode, PgConnection, Postgres, Type};
use tracing::Instrument as _;

use super::Error;
use super::span;

/// How a table's rows are written: each column once, with its type and where its value comes from.
pub(super) struct Table<T: 'static> {
    pub name: &'static str,
    pub columns: &'static [Column<T>],
}

/// One column of a table.
pub(super) struct Column<T> {
    pub name: &'static str,
    pub kind: &'static str,
    pub role: Role,
    /// Adds its values in these rows.
    pub bind: fn(Values, &[&T]) -> Values,
}

/// What a column is to its row.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Role {
    /// Names it.
    Key,
    /// Stays as it was inserted.
    Fixed,
    /// Is set anew with each update.
    Changing,
}

/// Describes a table: `table!("queue", Queue { Key id: uuid => |row| row.id.0, })`.
macro_rules! table {
    ($name:literal, $row:ty { $($role:ident $column:ident: $kind:ident => $value:expr,)* }) => {
        Table {
            name: $name,
            columns: &[$(Column {
                name: stringify!($column),
                kind: stringify!($kind),
                role: Role::$role,
                bind: |values: Values, rows: &[&$row]| values.bind(column(rows, $value)),
            },)*],
        }
    };
}

pub(super) use table;

/// Collects the parts that have rows. Each is fed from its values alone and reads nothing that
/// another writes: parts run in no useful order, on one snapshot.
pub(super) struct Chain {
    text: String,
    values: Values,
}

/// The parameters so far.
pub(super) struct Values(PgArguments);

impl Chain {
    /// Without parts, there is nothing to execute.
    pub(super) fn new() -> Self {
        Self { text: String::new(), values: Values(PgArguments::default()) }
    }

    /// Adds rows.
    pub(super) fn insert<T>(&mut self, table: &Table<T>, rows: &[&T]) {
        let columns: Vec<&Column<T>> = table.columns.iter().collect();
        let (names, values) =
            (list(&columns, |name| name.to_owned()), list(&columns, |name| format!("item.{name}")));
        self.part(&columns, rows, |items| {
            format!("INSERT INTO {} ({names}) SELECT {values} FROM {items}", table.name)
        });
    }

    /// Sets what changes of rows that have these keys.
    pub(super) fn update<T>(&mut self, table: &Table<T>, rows: &[&T]) {
        let changing = table.having(Role::Changing);
        let set = list(&changing, |name| format!("{name} = item.{name}"));
        let columns = [table.having(Role::Key), changing].concat();
        self.part(&columns, rows, |items| {
            format!("UPDATE {} SET {set} FROM {items} WHERE {}", table.name, table.keyed())
        });
    }

    /// Deletes rows that have these keys.
    pub(super) fn delete<T>(&mut self, table: &Table<T>, rows: &[&T]) {
        self.part(&table.having(Role::Key), rows, |items| {
            format!("DELETE FROM {} USING {items} WHERE {}", table.name, table.keyed())
        });
    }

    /// Adds a part, if it has rows.
    fn part<T>(&mut self, columns: &[&Column<T>], rows: &[&T], statement: impl FnOnce(&str) -> String) {
        if rows.is_empty() {
            return;
        }
        let before = self.values.0.len();
        let numbered = columns.iter().zip(before + 1..);
        let arrays: Vec<String> =
            numbered.map(|(column, number)| format!("${number}::{}[]", column.kind)).collect();
        let names = list(columns, |name| name.to_owned());
        let items = format!("unnest({}) AS item ({names})", arrays.join(", "));

        self.text.push_str(if before == 0 { "WITH " } else { ", " });
        self.text.push_str(&format!("part_{before} AS ({})", statement(&items)));
        let values = std::mem::replace(&mut self.values, Values(PgArguments::default()));
        self.values = columns.iter().fold(values, |values, column| (column.bind)(values, rows));
    }

    /// Runs all parts.
    pub(super) async fn execute(mut self, conn: &mut PgConnection) -> Result<(), Error> {
        if self.text.is_empty() {
            return Ok(());
        }
        self.text.push_str(" SELECT");
        // The text is put together of the names of tables and columns.
        sqlx::query_with(AssertSqlSafe(self.text), self.values.0)
            .execute(conn)
            .instrument(span::of("changes.save"))
            .await?;
        Ok(())
    }
}

impl<T> Table<T> {
    fn having(&self, role: Role) -> Vec<&Column<T>> {
        self.columns.iter().filter(|column| column.role == role).collect()
    }

    /// That a row has an item's key.
    fn keyed(&self) -> String {
        let keyed = |column: &&Column<T>| format!("{0}.{1} = item.{1}", self.name, column.name);
        self.having(Role::Key).iter().map(keyed).collect::<Vec<_>>().join(" AND ")
    }
}

impl Values {
    /// Adds one.
    pub(super) fn bind<'v, T: Encode<'v, Postgres> + Type<Postgres>>(mut self, value: T) -> Self {
        self.0.add(value).expect("plain values can be encoded");
        self
    }
}

fn list<T>(columns: &[&Column<T>], text: impl Fn(&str) -> String) -> String {
    columns.iter().map(|column| text(column.name)).collect::<Vec<_>>().join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::columns::column;

    const ONE: Table<(i32, i64)> = table!("one", (i32, i64) {
        Key id: integer => |row| row.0,
        Fixed born: integer => |row| row.0,
        Changing size: bigint => |row| row.1,
    });

    #[test]
    fn a_chain_has_the_parts_that_have_rows_and_counts_their_parameters_through() {
        let mut chain = Chain::new();
        chain.insert(&ONE, &[&(1, 2)]);
        chain.update(&ONE, &[]);
        chain.update(&ONE, &[&(1, 3)]);
        chain.delete(&ONE, &[&(2, 0)]);
        let expected = "WITH part_0 AS (INSERT INTO one (id, born, size) SELECT item.id, item.born, item.size \
            FROM unnest($1::integer[], $2::integer[], $3::bigint[]) AS item (id, born, size)), \
            part_3 AS (UPDATE one SET size = item.size FROM unnest($4::integer[], $5::bigint[]) AS item (id, size) \
            WHERE one.id = item.id), \
            part_5 AS (DELETE FROM one USING unnest($6::integer[]) AS item (id) WHERE one.id = item.id)";
        assert_eq!((chain.text.as_str(), chain.values.0.len()), (expected, 6));
    }
}
