//! How a table's rows become values of the domain and back. Each column stands once, with the field
//! that it holds: the lists of names, the arrays to write and the reading all come from that line.

use chrono::{DateTime, Utc};
use sqlx::postgres::PgRow;
use sqlx::{Decode, Encode, FromRow, Postgres, Row as _, Type};
use uuid::Uuid;

use crate::domain::activity::ClosedState;
use crate::domain::enrollment::{EnrollmentSource, ExitReason};
use crate::domain::history::HistoryKind;
use crate::domain::id::{ActivityId, EnrollmentId, OrganizationId, QueueId, RecordId, SegmentId, SequenceId};
use crate::domain::program::NodeId;
use crate::domain::step::ActivityKind;
use crate::domain::timer::WaitReason;
use crate::store::Error;
use crate::store::statement::chain::Values;

/// A table's name and columns.
pub(in crate::store) struct Table<T: 'static> {
    pub name: &'static str,
    pub columns: &'static [Column<T>],
}

/// One column of a table.
pub(in crate::store) struct Column<T> {
    pub name: &'static str,
    /// Postgres' name of its type.
    pub kind: &'static str,
    pub role: Role,
    /// Adds its values in these rows.
    pub bind: fn(Values, &[&T]) -> Values,
}

/// What a column is to its row.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(in crate::store) enum Role {
    /// Part of the key.
    Key,
    /// Keeps the value that it was inserted with.
    Fixed,
    /// Set by each update.
    Changing,
}

/// Describes a table that is written: `table!("queue", Queue { Key id: uuid => |row| row.id.0, })`.
///
/// `table!(Queue: "queue" { Key id = id, } and { Fixed size: bigint => |row| row.size.get(), } read { size = size })`
/// describes one that is read, too: the columns that hold a field as it is (its type is [`Held`]), those of which
/// several hold one field together, and the functions that read such fields.
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
    ($table:ident = $row:ident: $name:literal {
        $($role:ident $column:ident = $field:ident,)*
    } and {
        $($own:ident $written:ident: $kind:ident => $value:expr,)*
    } read {
        $($part:ident = $read:path,)*
    }) => {
        pub(in crate::store) const $table: Table<$row> = Table {
            name: $name,
            columns: &[
                $(Column {
                    name: stringify!($column),
                    kind: kind_of(|row: &$row| &row.$field),
                    role: Role::$role,
                    bind: |values: Values, rows: &[&$row]| values.bind(column(rows, |row| row.$field.sql())),
                },)*
                $(Column {
                    name: stringify!($written),
                    kind: stringify!($kind),
                    role: Role::$own,
                    bind: |values: Values, rows: &[&$row]| values.bind(column(rows, $value)),
                },)*
            ],
        };

        impl Readable for $row {
            const TABLE: &'static str = $name;

            fn read(columns: &Columns<'_>) -> Result<Self, Unread> {
                Ok(Self {
                    $($field: columns.get(concat!($name, ".", stringify!($column)))?,)*
                    $($part: $read(columns)?,)*
                })
            }
        }
    };
}

pub(in crate::store) use table;

impl<T> Table<T> {
    /// Its columns, each under the name by which [`Found`] reads it.
    pub(in crate::store) fn select(&self) -> String {
        self.list(|column| format!("{0}.{column} AS \"{0}.{column}\"", self.name))
    }

    /// Its columns, each as `text` puts it.
    pub(in crate::store) fn list(&self, text: impl Fn(&str) -> String) -> String {
        self.columns.iter().map(|column| text(column.name)).collect::<Vec<_>>().join(", ")
    }
}

/// Postgres' name of a field's type.
pub(in crate::store) const fn kind_of<T, F: Held>(_: fn(&T) -> &F) -> &'static str {
    F::KIND
}

/// A value that one column holds.
pub(in crate::store) trait Held: Sized {
    /// The type that the driver knows.
    type Sql: for<'r> Decode<'r, Postgres> + for<'q> Encode<'q, Postgres> + Type<Postgres>;
    /// Postgres' name of that type.
    const KIND: &'static str;

    /// The value to write.
    fn sql(&self) -> Self::Sql;

    /// The value that was read; None if no version of this program writes it.
    fn held(sql: Self::Sql) -> Option<Self>;
}

macro_rules! plain {
    ($($held:ty as $kind:literal,)*) => {$(
        impl Held for $held {
            type Sql = Self;
            const KIND: &'static str = $kind;

            fn sql(&self) -> Self {
                self.clone()
            }

            fn held(sql: Self) -> Option<Self> {
                Some(sql)
            }
        }
    )*};
}

macro_rules! keys {
    ($($held:ident($sql:ty) as $kind:literal,)*) => {$(
        impl Held for $held {
            type Sql = $sql;
            const KIND: &'static str = $kind;

            fn sql(&self) -> $sql {
                self.0
            }

            fn held(sql: $sql) -> Option<Self> {
                Some(Self(sql))
            }
        }
    )*};
}

/// Enums whose numbers are kept.
macro_rules! numbered {
    ($($held:ident,)*) => {$(
        impl Held for $held {
            type Sql = i16;
            const KIND: &'static str = "smallint";

            fn sql(&self) -> i16 {
                *self as i16
            }

            fn held(sql: i16) -> Option<Self> {
                Self::from_repr(sql)
            }
        }
    )*};
}

plain! {
    i16 as "smallint",
    i32 as "integer",
    i64 as "bigint",
    String as "text",
    Uuid as "uuid",
    DateTime<Utc> as "timestamptz",
}

keys! {
    ActivityId(Uuid) as "uuid",
    EnrollmentId(Uuid) as "uuid",
    NodeId(i32) as "integer",
    OrganizationId(Uuid) as "uuid",
    QueueId(Uuid) as "uuid",
    RecordId(Uuid) as "uuid",
    SegmentId(Uuid) as "uuid",
    SequenceId(Uuid) as "uuid",
}

numbered! {
    ActivityKind,
    ClosedState,
    EnrollmentSource,
    ExitReason,
    HistoryKind,
    WaitReason,
}

impl<T: Held> Held for Option<T>
where
    Option<T::Sql>: for<'r> Decode<'r, Postgres> + for<'q> Encode<'q, Postgres> + Type<Postgres>,
{
    type Sql = Option<T::Sql>;
    const KIND: &'static str = T::KIND;

    fn sql(&self) -> Self::Sql {
        self.as_ref().map(T::sql)
    }

    fn held(sql: Self::Sql) -> Option<Self> {
        sql.map_or(Some(None), |sql| T::held(sql).map(Some))
    }
}

/// A value that is read from a row's columns.
pub(in crate::store) trait Readable: Sized {
    const TABLE: &'static str;

    /// Reads it.
    fn read(columns: &Columns<'_>) -> Result<Self, Unread>;
}

/// The columns of one row, by the names that [`Table::select`] gives them.
pub(in crate::store) struct Columns<'r>(&'r PgRow);

/// Why a value wasn't read.
pub(in crate::store) enum Unread {
    /// The driver says.
    Sql(sqlx::Error),
    /// The column of this name holds what no version of this program writes.
    Unknown(&'static str),
}

impl Columns<'_> {
    /// The value of one column, by its full name, like `activity.rank`.
    pub(in crate::store) fn get<T: Held>(&self, name: &'static str) -> Result<T, Unread> {
        let sql = self.0.try_get(name).map_err(Unread::Sql)?;
        T::held(sql).ok_or(Unread::Unknown(name))
    }
}

/// A value of a row, or none where an outer join found no row.
pub(in crate::store) struct Found<T>(Result<Option<T>, Error>);

impl<T: Readable> Found<T> {
    /// The value of a row that isn't from an outer join.
    pub(in crate::store) fn one(self) -> Result<T, Error> {
        let missing = Error::Inconsistent { table: T::TABLE, column: "id", id: Uuid::nil() };
        self.0?.ok_or(missing)
    }

    /// The value, if there is one.
    pub(in crate::store) fn option(self) -> Result<Option<T>, Error> {
        self.0
    }
}

impl<'r, T: Readable> FromRow<'r, PgRow> for Found<T> {
    fn from_row(row: &'r PgRow) -> Result<Self, sqlx::Error> {
        let Some(id) = row.try_get::<Option<Uuid>, _>(format!("{}.id", T::TABLE).as_str())? else {
            return Ok(Self(Ok(None)));
        };
        match T::read(&Columns(row)) {
            Ok(value) => Ok(Self(Ok(Some(value)))),
            Err(Unread::Sql(error)) => Err(error),
            Err(Unread::Unknown(name)) => {
                let column = name.split_once('.').map_or(name, |(_, column)| column);
                Ok(Self(Err(Error::Inconsistent { table: T::TABLE, column, id })))
            }
        }
    }
}
