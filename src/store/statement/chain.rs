//! Builds one statement from several writes. Each write takes its rows as arrays, so all of them
//! together cost one round trip.

use sqlx::postgres::PgArguments;
use sqlx::{Arguments, AssertSqlSafe, Encode, PgConnection, Postgres, Type};
use tracing::Instrument as _;

use crate::store::Error;
use crate::store::statement;
use crate::store::statement::table::{Column, Role, Table};

/// Collects the parts that have rows. A part must use only its own values and read nothing that
/// another part writes: Postgres runs all parts on one snapshot, in no useful order.
pub(in crate::store) struct Chain {
    text: String,
    values: Values,
}

/// The parameters that are bound so far.
pub(in crate::store) struct Values(PgArguments);

impl Chain {
    /// Returns a chain without parts.
    pub(in crate::store) fn new() -> Self {
        Self { text: String::new(), values: Values(PgArguments::default()) }
    }

    /// Inserts rows.
    pub(in crate::store) fn insert<T>(&mut self, table: &Table<T>, rows: &[&T]) {
        self.insert_into(table.name, table.filled(rows, |role, _| role != Role::Rare));
    }

    /// Like [`Self::insert`], with the columns that new rows rarely have.
    pub(in crate::store) fn insert_in_full<T>(&mut self, table: &Table<T>, rows: &[&T]) {
        self.insert_into(table.name, table.filled(rows, |_, _| true));
    }

    /// Like [`Self::insert`], apart from rows whose key is there already.
    pub(in crate::store) fn insert_missing<T>(&mut self, table: &Table<T>, rows: &[&T]) {
        let columns = table.all(rows);
        let names = list(&columns, |name| name.to_owned());
        let values = list(&columns, |name| format!("item.{name}"));
        self.part(columns, |items, _| {
            format!(
                "INSERT INTO {} ({names}) SELECT {values} FROM {items} ON CONFLICT DO NOTHING",
                table.name
            )
        });
    }

    /// Inserts rows, and copies the first columns of those into a second table whose organization
    /// is in a third one. The copy binds no values of its own, so it costs nearly nothing where the
    /// third table has no such row.
    pub(in crate::store) fn insert_and_copy<T, U>(
        &mut self,
        table: &Table<T>,
        rows: &[&T],
        (copy, listed): (&Table<U>, &str),
    ) {
        if rows.is_empty() {
            return;
        }
        let before = self.values.0.len();
        self.insert(table, rows);

        // The columns of the copy stand first in the table, in another order at most.
        let number = |column: &Column<U>| {
            let place = table.columns.iter().position(|own| own.name == column.name);
            before + 1 + place.expect("a copied column is one of the table")
        };
        let arrays = copy.columns.iter().map(|column| format!("${}::{}[]", number(column), column.kind));
        let arrays = arrays.collect::<Vec<_>>().join(", ");
        let (names, values) = (copy.list(str::to_owned), copy.list(|name| format!("item.{name}")));
        self.text.push_str(&format!(
            ", copy_{before} AS (INSERT INTO {} ({names}) SELECT {values} FROM unnest({arrays}) AS item ({names}) \
             JOIN {listed} AS listed ON listed.organization_id = item.organization_id AND listed.active{})",
            copy.name,
            table.within_one(before)
        ));
    }

    /// Adds rows whose columns are filled from several places.
    pub(in crate::store) fn insert_into(&mut self, table: &'static str, columns: Vec<Filled<'_>>) {
        let names = list(&columns, |name| name.to_owned());
        let values = list(&columns, |name| format!("item.{name}"));
        self.part(columns, |items, _| format!("INSERT INTO {table} ({names}) SELECT {values} FROM {items}"));
    }

    /// Updates the changing columns of the rows with these keys.
    pub(in crate::store) fn update<T>(&mut self, table: &Table<T>, rows: &[&T]) {
        self.update_columns(table, rows, |role| role == Role::Changing);
    }

    /// Like [`Self::update`], with the columns that rarely change.
    pub(in crate::store) fn update_rare<T>(&mut self, table: &Table<T>, rows: &[&T]) {
        self.update_columns(table, rows, |role| !matches!(role, Role::Key | Role::Fixed));
    }

    fn update_columns<T>(&mut self, table: &Table<T>, rows: &[&T], wanted: impl Fn(Role) -> bool) {
        let changing = table.filled(rows, |role, _| wanted(role));
        let set = list(&changing, |name| format!("{name} = item.{name}"));
        let mut columns = table.filled(rows, |role, _| role == Role::Key);
        columns.extend(changing);
        self.part(columns, |items, before| {
            format!("UPDATE {} SET {set} FROM {items} WHERE {}", table.name, table.keyed(before))
        });
    }

    /// Updates rows by a statement of its own, which is made from the items and the condition that
    /// all of them are of one organization.
    pub(in crate::store) fn update_by<T>(
        &mut self,
        table: &Table<T>,
        rows: &[&T],
        statement: impl FnOnce(&str, &str) -> String,
    ) {
        self.part(table.all(rows), |items, before| statement(items, &table.within_one(before)));
    }

    /// Deletes the rows with these keys.
    pub(in crate::store) fn delete<T>(&mut self, table: &Table<T>, rows: &[&T]) {
        let keys = table.filled(rows, |role, _| role == Role::Key);
        self.part(keys, |items, before| {
            format!("DELETE FROM {} USING {items} WHERE {}", table.name, table.keyed(before))
        });
    }

    /// Adds a part, if it has rows. Its statement is made from the items and the number of
    /// parameters before them.
    fn part(&mut self, columns: Vec<Filled<'_>>, statement: impl FnOnce(&str, usize) -> String) {
        if columns.iter().all(|column| column.rows == 0) {
            return;
        }

        // Parameters are numbered through all parts.
        let before = self.values.0.len();
        let numbered = columns.iter().zip(before + 1..);
        let arrays: Vec<String> =
            numbered.map(|(column, number)| format!("${number}::{}[]", column.kind)).collect();
        let names = list(&columns, |name| name.to_owned());
        let items = format!("unnest({}) AS item ({names})", arrays.join(", "));

        self.text.push_str(if before == 0 { "WITH " } else { ", " });
        self.text.push_str(&format!("part_{before} AS ({})", statement(&items, before)));
        let values = std::mem::replace(&mut self.values, Values(PgArguments::default()));
        self.values = columns.into_iter().fold(values, |values, column| (column.bind)(values));
    }

    /// Runs all parts as one statement. Does nothing without parts.
    pub(in crate::store) async fn run(mut self, conn: &mut PgConnection) -> Result<(), Error> {
        if self.text.is_empty() {
            return Ok(());
        }
        // A statement of CTEs must end in a query. An empty SELECT returns no columns.
        self.text.push_str(" SELECT");
        // The text consists of our own names of tables and columns.
        sqlx::query_with(AssertSqlSafe(self.text), self.values.0)
            .execute(conn)
            .instrument(statement::span::of("changes.save"))
            .await?;
        Ok(())
    }
}

/// A column and its values in some rows.
pub(in crate::store) struct Filled<'r> {
    name: &'static str,
    kind: &'static str,
    rows: usize,
    bind: Box<dyn FnOnce(Values) -> Values + 'r>,
}

impl<T> Table<T> {
    /// All columns, filled from these rows.
    pub(in crate::store) fn all<'r>(&self, rows: &'r [&T]) -> Vec<Filled<'r>> {
        self.filled(rows, |_, _| true)
    }

    /// The columns whose role and name are wanted, filled from these rows.
    pub(in crate::store) fn filled<'r>(
        &self,
        rows: &'r [&T],
        wanted: impl Fn(Role, &str) -> bool,
    ) -> Vec<Filled<'r>> {
        let filled = |column: &Column<T>| {
            let bind = column.bind;
            Filled {
                name: column.name,
                kind: column.kind,
                rows: rows.len(),
                bind: Box::new(move |values| bind(values, rows)),
            }
        };
        self.columns.iter().filter(|column| wanted(column.role, column.name)).map(filled).collect()
    }

    /// Returns the condition that a row has the key of an item. The keys are the first of the
    /// items' columns, after this many parameters.
    fn keyed(&self, before: usize) -> String {
        let keys = self.columns.iter().filter(|column| column.role == Role::Key);
        let keyed = keys.map(|column| format!("{0}.{1} = item.{1}", self.name, column.name));
        keyed.collect::<Vec<_>>().join(" AND ") + &self.within_one(before)
    }

    /// Returns the condition that all items are of one organization.
    fn within_one(&self, before: usize) -> String {
        match self.columns.first() {
            Some(Column { name: "organization_id", .. }) => {
                format!(" AND one_shard(item.organization_id, ${}[1])", before + 1)
            }
            _ => String::new(),
        }
    }
}

impl Values {
    /// Binds a value.
    pub(in crate::store) fn bind<'v, T: Encode<'v, Postgres> + Type<Postgres>>(mut self, value: T) -> Self {
        self.0.add(value).expect("plain values can be encoded");
        self
    }
}

fn list(columns: &[Filled<'_>], text: impl Fn(&str) -> String) -> String {
    columns.iter().map(|column| text(column.name)).collect::<Vec<_>>().join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::statement::columns::column;
    use crate::store::statement::table::table;

    const ONE: Table<(i32, i64)> = table!("one", (i32, i64) {
        Key id: integer => |row| row.0,
        Fixed born: integer => |row| row.0,
        Changing size: bigint => |row| row.1,
    });

    #[test]
    fn a_copy_takes_the_values_of_the_table_that_it_copies() {
        const COPY: Table<i32> = table!("copy", i32 {
            Key born: integer => |row| *row,
            Fixed id: integer => |row| *row,
        });
        let mut chain = Chain::new();
        chain.insert_and_copy(&ONE, &[&(1, 2)], (&COPY, "listing"));
        let expected = "copy_0 AS (INSERT INTO copy (born, id) SELECT item.born, item.id \
            FROM unnest($2::integer[], $1::integer[]) AS item (born, id) \
            JOIN listing AS listed ON listed.organization_id = item.organization_id AND listed.active)";
        assert!(chain.text.ends_with(expected), "{}", chain.text);
        assert_eq!(chain.values.0.len(), 3);
    }

    #[test]
    fn a_chain_skips_parts_without_rows_and_numbers_its_parameters_through() {
        let mut chain = Chain::new();
        chain.insert(&ONE, &[&(1, 2)]);
        chain.update(&ONE, &[]);
        chain.update(&ONE, &[&(1, 3)]);
        chain.delete(&ONE, &[&(2, 0)]);
        let expected = "WITH part_0 AS (INSERT INTO one (id, born, size) \
            SELECT item.id, item.born, item.size \
            FROM unnest($1::integer[], $2::integer[], $3::bigint[]) AS item (id, born, size)), \
            part_3 AS (UPDATE one SET size = item.size \
            FROM unnest($4::integer[], $5::bigint[]) AS item (id, size) WHERE one.id = item.id), \
            part_5 AS (DELETE FROM one \
            USING unnest($6::integer[]) AS item (id) WHERE one.id = item.id)";
        assert_eq!((chain.text.as_str(), chain.values.0.len()), (expected, 6));
    }
}
