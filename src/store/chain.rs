//! One statement of several parts, each of which writes rows that come as arrays: one round trip for all of them.

use sqlx::postgres::PgArguments;
use sqlx::{Arguments, AssertSqlSafe, Encode, PgConnection, Postgres, Type};

use super::Error;

/// Collects the parts that have rows. Each is fed from its values alone and reads nothing that another writes: parts run in no useful order,
/// on one snapshot.
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

    /// Adds a part if it has rows. `statement` counts its parameters from 1; `bind` adds their values in that order.
    pub(super) fn part<T>(&mut self, rows: &[T], statement: &str, bind: impl FnOnce(Values, &[T]) -> Values) {
        if rows.is_empty() {
            return;
        }
        let before = self.values.0.len();
        self.text.push_str(if before == 0 { "WITH " } else { ", " });
        self.text.push_str(&format!("part_{before} AS ("));
        push_renumbered(&mut self.text, statement, before);
        self.text.push(')');
        let values = std::mem::replace(&mut self.values, Values(PgArguments::default()));
        self.values = bind(values, rows);
    }

    /// Runs all parts.
    pub(super) async fn execute(mut self, conn: &mut PgConnection) -> Result<(), Error> {
        if self.text.is_empty() {
            return Ok(());
        }
        self.text.push_str(" SELECT");
        // The text is put together of statements that stand in files.
        sqlx::query_with(AssertSqlSafe(self.text), self.values.0).execute(conn).await?;
        Ok(())
    }
}

impl Values {
    /// Adds one.
    pub(super) fn bind<'v, T: Encode<'v, Postgres> + Type<Postgres>>(mut self, value: T) -> Self {
        self.0.add(value).expect("plain values can be encoded");
        self
    }
}

/// Copies a statement, its parameters counted from `before` on.
fn push_renumbered(text: &mut String, statement: &str, before: usize) {
    let mut pieces = statement.split('$');
    text.push_str(pieces.next().unwrap_or_default());
    for piece in pieces {
        let digits =
            piece.len() - piece.trim_start_matches(|character: char| character.is_ascii_digit()).len();
        let (number, rest) = piece.split_at(digits);
        let number: usize = number.parse().expect("a dollar sign stands before a parameter's number alone");
        text.push_str(&format!("${}{rest}", before + number));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_chain_has_the_parts_that_have_rows_and_counts_their_parameters_through() {
        let mut chain = Chain::new();
        let statement = "INSERT INTO one SELECT * FROM unnest($1::integer[], $2::integer[])";
        let bind = |values: Values, rows: &[i32]| values.bind(rows.to_vec()).bind(rows.to_vec());
        chain.part(&[1], statement, bind);
        chain.part(&[], "nothing", bind);
        chain.part(&[1], statement, bind);
        let expected = "WITH part_0 AS (INSERT INTO one SELECT * FROM unnest($1::integer[], $2::integer[])), \
            part_2 AS (INSERT INTO one SELECT * FROM unnest($3::integer[], $4::integer[]))";
        assert_eq!((chain.text.as_str(), chain.values.0.len()), (expected, 4));
    }
}
