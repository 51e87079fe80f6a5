//! Maps the rows of a table to values of the domain and back. Each column is described once,
//! together with its field. The lists of names, the arrays to write and the reading all come from
//! that line.

use chrono::{DateTime, Utc};
use sqlx::postgres::PgRow;
use sqlx::types::Json;
use sqlx::{Decode, Encode, FromRow, Postgres, Row as _, Type};
use uuid::Uuid;

use crate::domain::activity::ClosedState;
use crate::domain::consent::Warnings;
use crate::domain::enrollment::{EnrollmentSource, ExitReason, PauseReason, Resumed};
use crate::domain::history::HistoryKind;
use crate::domain::id::{
    ActivityId, EnrollmentId, OrganizationId, QueueId, RecordId, SegmentId, SellerId, SequenceId,
};
use crate::domain::priority::Priority;
use crate::domain::program::NodeId;
use crate::domain::step::ActivityKind;
use crate::domain::timer::WaitReason;
use crate::store::Error;
use crate::store::statement::chain::Values;

/// The name and columns of a table.
pub(in crate::store) struct Table<T: 'static> {
    pub name: &'static str,
    pub columns: &'static [Column<T>],
}

/// One column of a table.
pub(in crate::store) struct Column<T> {
    pub name: &'static str,
    /// The name of its type in Postgres.
    pub kind: &'static str,
    pub role: Role,
    /// Appends the values of this column for the rows.
    pub bind: fn(Values, &[&T]) -> Values,
}

/// The role of a column in its row.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(in crate::store) enum Role {
    /// Part of the key.
    Key,
    /// Set by the insert, and never changed.
    Fixed,
    /// Set by each update.
    Changing,
    /// Set by the insert, and then only by the updates that are meant for it.
    Seldom,
    /// NULL in a new row, and set only by the updates that are meant for it, so that all other
    /// writes stay narrow.
    Rare,
}

/// Describes a table that is only written:
/// `table!("queue", Queue { Key id: uuid => |row| row.id.0, })`.
///
/// The second form describes a table that is read too, in three parts: the columns that hold a
/// field unchanged (its type is [`Held`]), the columns that hold one field together, and the
/// functions that read such fields.
///
/// ```text
/// table!(QUEUE = Queue: "queue" {
///     Key id = id,
/// } and {
///     Fixed size: bigint => |row| row.size.get(),
/// } read {
///     size = size,
/// });
/// ```
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
    /// Returns the columns to select, each with the name by which [`Found`] reads it.
    pub(in crate::store) fn select(&self) -> String {
        self.list(|column| format!("{0}.{column} AS \"{0}.{column}\"", self.name))
    }

    /// Returns the columns, each formatted by `text`.
    pub(in crate::store) fn list(&self, text: impl Fn(&str) -> String) -> String {
        self.columns.iter().map(|column| text(column.name)).collect::<Vec<_>>().join(", ")
    }
}

/// Returns the name in Postgres of a field's type.
pub(in crate::store) const fn kind_of<T, F: Held>(_: fn(&T) -> &F) -> &'static str {
    F::KIND
}

/// A value that one column holds.
pub(in crate::store) trait Held: Sized {
    /// The type that the driver reads and writes.
    type Sql: for<'r> Decode<'r, Postgres> + for<'q> Encode<'q, Postgres> + Type<Postgres>;
    /// The name of that type in Postgres.
    const KIND: &'static str;

    /// Returns the value to write.
    fn sql(&self) -> Self::Sql;

    /// Converts a value that was read. `None` if no version of this program writes such a value.
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

/// Enums that are stored by number.
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
    bool as "boolean",
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
    SellerId(Uuid) as "uuid",
    SequenceId(Uuid) as "uuid",
}

numbered! {
    ActivityKind,
    ClosedState,
    EnrollmentSource,
    ExitReason,
    PauseReason,
    HistoryKind,
    WaitReason,
}

impl Held for Resumed {
    type Sql = Json<Self>;
    const KIND: &'static str = "jsonb";

    fn sql(&self) -> Json<Self> {
        Json(*self)
    }

    fn held(sql: Json<Self>) -> Option<Self> {
        Some(sql.0)
    }
}

impl Held for Priority {
    type Sql = i32;
    const KIND: &'static str = "integer";

    fn sql(&self) -> i32 {
        self.points()
    }

    fn held(sql: i32) -> Option<Self> {
        Some(Self::of(sql))
    }
}

impl Held for Warnings {
    type Sql = i16;
    const KIND: &'static str = "smallint";

    fn sql(&self) -> i16 {
        self.bits()
    }

    fn held(sql: i16) -> Option<Self> {
        Self::of(sql)
    }
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
        // NULL is a value that is known. Only an unknown value gives `None`.
        sql.map_or(Some(None), |sql| T::held(sql).map(Some))
    }
}

/// A value that is read from the columns of a row.
pub(in crate::store) trait Readable: Sized {
    /// The table of the row.
    const TABLE: &'static str;

    /// Reads the value.
    fn read(columns: &Columns<'_>) -> Result<Self, Unread>;
}

/// The columns of one row, by the names that [`Table::select`] gives them.
pub(in crate::store) struct Columns<'r>(&'r PgRow);

/// The reason why a value could not be read.
pub(in crate::store) enum Unread {
    /// The driver failed.
    Sql(sqlx::Error),
    /// The column with this name holds a value that no version of this program writes.
    Unknown(&'static str),
}

impl Columns<'_> {
    /// Returns the value of one column by its full name, like `activity.rank`.
    pub(in crate::store) fn get<T: Held>(&self, name: &'static str) -> Result<T, Unread> {
        let sql = self.0.try_get(name).map_err(Unread::Sql)?;
        T::held(sql).ok_or(Unread::Unknown(name))
    }
}

/// The value of a row, or `None` if an outer join found no row.
pub(in crate::store) struct Found<T>(Result<Option<T>, Error>);

impl<T: Readable> Found<T> {
    /// Returns the value of a row that isn't from an outer join.
    pub(in crate::store) fn one(self) -> Result<T, Error> {
        let missing = Error::Inconsistent { table: T::TABLE, column: "id", id: Uuid::nil() };
        self.0?.ok_or(missing)
    }

    /// Returns the value, or `None` if an outer join found no row.
    pub(in crate::store) fn option(self) -> Result<Option<T>, Error> {
        self.0
    }
}

impl<'r, T: Readable> FromRow<'r, PgRow> for Found<T> {
    fn from_row(row: &'r PgRow) -> Result<Self, sqlx::Error> {
        // The id is never NULL in a row that exists.
        let Some(id) = row.try_get::<Option<Uuid>, _>(format!("{}.id", T::TABLE).as_str())? else {
            return Ok(Self(Ok(None)));
        };

        match T::read(&Columns(row)) {
            Ok(value) => Ok(Self(Ok(Some(value)))),
            Err(Unread::Sql(error)) => Err(error),
            // Not an error of the driver: keep the table, the column and the key for the caller.
            Err(Unread::Unknown(name)) => {
                let column = name.split_once('.').map_or(name, |(_, column)| column);
                Ok(Self(Err(Error::Inconsistent { table: T::TABLE, column, id })))
            }
        }
    }
}
