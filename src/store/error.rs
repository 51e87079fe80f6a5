//! What can go wrong with the database, told apart by SQLSTATE: constraint names don't survive
//! distribution, and driver text is for the log only.

use std::borrow::Cow;
use std::convert::Infallible;
use std::{fmt, io};

use uuid::Uuid;

use crate::domain::case::Broken;

/// What the driver said, for the log. Texts that Postgres quotes may be values of somebody's
/// record, and are left out.
#[derive(Debug)]
pub struct Cause(sqlx::Error);

impl From<sqlx::Error> for Cause {
    fn from(error: sqlx::Error) -> Self {
        Self(error)
    }
}

impl fmt::Display for Cause {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let sqlx::Error::Database(error) = &self.0 else { return fmt::Display::fmt(&self.0, formatter) };
        let code = error.code().unwrap_or_default();
        write!(formatter, "{} (SQLSTATE {code}", without_quotes(error.message()))?;
        for (what, name) in [("table", error.table()), ("constraint", error.constraint())] {
            name.map_or(Ok(()), |name| write!(formatter, ", {what} {name}"))?;
        }
        formatter.write_str(")")
    }
}

impl std::error::Error for Cause {}

impl From<Broken> for Error {
    fn from(broken: Broken) -> Self {
        Self::Inconsistent { table: "enrollment", column: broken.column, id: broken.enrollment.0 }
    }
}

/// Replaces what stands in quotes.
fn without_quotes(message: &str) -> String {
    let parts = message.split('"').enumerate();
    parts.map(|(number, part)| if number % 2 == 1 { "\"…\"" } else { part }).collect()
}

/// Why a statement or transaction failed. The messages carry no driver text; the source does, for
/// the log.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// No connection: the pool timed out or is closed, the network failed, or the database is
    /// starting or stopping.
    #[error("the database is unavailable")]
    Unavailable(#[source] Cause),
    /// Another transaction was in the way: a serialization failure, a deadlock or a lock timeout.
    /// Nothing was written.
    #[error("another transaction was in the way")]
    Conflict(#[source] Cause),
    /// A unique key is taken. The constraint's name is for the log: never decide by it.
    #[error("a unique key is taken")]
    Duplicate {
        /// The constraint as the database names it (on a distributed table with a shard's number).
        constraint: Option<String>,
        /// What the driver said.
        #[source]
        source: Cause,
    },
    /// The statement, or an idle transaction, ran into the time limit that we set.
    #[error("a statement took too long")]
    Timeout(#[source] Cause),
    /// A row holds what no version of this program writes.
    #[error("{table}.{column} of {id} holds a value that can't be read")]
    Inconsistent {
        /// The table.
        table: &'static str,
        /// The column whose value can't be read.
        column: &'static str,
        /// The row's id.
        id: Uuid,
    },
    /// Anything else: a mistake of ours.
    #[error("a statement failed")]
    Other(#[source] Cause),
}

impl Error {
    /// The same failure for another item of a batch that found no database.
    pub fn unavailable() -> Self {
        Self::Unavailable(Cause(sqlx::Error::WorkerCrashed))
    }

    /// Of a failed COMMIT: whether it is open if it was done, because no answer came. It is
    /// `Unavailable` then, whatever the driver called it.
    ///
    /// # Errors
    /// The failure itself, if it is the database's answer: nothing was written.
    pub fn unanswered(self) -> Result<Self, Self> {
        match self {
            Self::Unavailable(source) => Ok(Self::Unavailable(source)),
            Self::Other(source) if source.0.as_database_error().is_none() => Ok(Self::Unavailable(source)),
            answered => Err(answered),
        }
    }

    /// Whether the same transaction, run again from its beginning, may succeed.
    pub fn retryable(&self) -> bool {
        match self {
            Self::Unavailable(_) | Self::Conflict(_) => true,
            Self::Duplicate { .. } | Self::Timeout(_) | Self::Inconsistent { .. } | Self::Other(_) => false,
        }
    }

    /// Whether a lock was waited for as long as the transaction is allowed to: whoever holds it may
    /// go on doing so.
    pub fn waited_in_vain(&self) -> bool {
        let Self::Conflict(source) = self else { return false };
        source.0.as_database_error().and_then(|error| error.code()).is_some_and(|code| code == LOCK_TIMEOUT)
    }
}

/// The SQLSTATE of a lock that was not to be had in time.
const LOCK_TIMEOUT: &str = "55P03";

/// For rows that can't fail to be read.
impl From<Infallible> for Error {
    fn from(never: Infallible) -> Self {
        match never {}
    }
}

impl From<sqlx::Error> for Error {
    fn from(source: sqlx::Error) -> Self {
        match kind(&source) {
            Kind::Unavailable => Self::Unavailable(source.into()),
            Kind::Conflict => Self::Conflict(source.into()),
            Kind::Duplicate => {
                let constraint =
                    source.as_database_error().and_then(|error| error.constraint()).map(str::to_owned);
                Self::Duplicate { constraint, source: source.into() }
            }
            Kind::Timeout => Self::Timeout(source.into()),
            Kind::Other => Self::Other(source.into()),
        }
    }
}

#[derive(Debug, PartialEq)]
enum Kind {
    Unavailable,
    Conflict,
    Duplicate,
    Timeout,
    Other,
}

fn kind(error: &sqlx::Error) -> Kind {
    match error {
        sqlx::Error::PoolTimedOut
        | sqlx::Error::PoolClosed
        | sqlx::Error::WorkerCrashed
        | sqlx::Error::Io(_)
        | sqlx::Error::Tls(_) => Kind::Unavailable,
        sqlx::Error::Database(error) => error.code().map_or(Kind::Other, kind_of_sqlstate),
        _ => Kind::Other,
    }
}

fn kind_of_sqlstate(code: Cow<'_, str>) -> Kind {
    match code.as_ref() {
        // Admin shutdown, crash shutdown, cannot connect now, database dropped, too many
        // connections, and a server that became a standby while we were connected.
        "57P01" | "57P02" | "57P03" | "57P04" | "53300" | "25006" => Kind::Unavailable,
        code if code.starts_with("08") => Kind::Unavailable,
        "40001" | "40P01" | LOCK_TIMEOUT => Kind::Conflict,
        "23505" => Kind::Duplicate,
        // Our statement timeout, and our limit on a transaction that does nothing.
        "57014" | "25P03" => Kind::Timeout,
        _ => Kind::Other,
    }
}

/// Whether the connection is gone, so that nothing sent on it can have been begun.
pub(super) fn connection_is_broken(error: &sqlx::Error) -> bool {
    match error {
        sqlx::Error::Io(error) => error.kind() != io::ErrorKind::TimedOut,
        sqlx::Error::Protocol(_) => true,
        sqlx::Error::Database(error) => {
            error.code().is_some_and(|code| matches!(code.as_ref(), "57P01" | "57P02" | "57P03" | "25P03"))
        }
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sqlstate_says_what_went_wrong() {
        let cases = [
            ("57P01", Kind::Unavailable),
            ("57P03", Kind::Unavailable),
            ("08006", Kind::Unavailable),
            ("40001", Kind::Conflict),
            ("40P01", Kind::Conflict),
            ("55P03", Kind::Conflict),
            ("23505", Kind::Duplicate),
            ("57014", Kind::Timeout),
            ("23514", Kind::Other),
            ("42P01", Kind::Other),
        ];
        for (code, expected) in cases {
            assert_eq!(kind_of_sqlstate(code.into()), expected, "{code}");
        }
    }

    #[test]
    fn a_commit_without_an_answer_is_unavailable_whatever_the_driver_calls_it() {
        let torn = Error::from(sqlx::Error::Protocol("half a message".into()));
        assert!(matches!(torn.unanswered(), Ok(Error::Unavailable(_))));
        let reset = Error::from(sqlx::Error::Io(io::ErrorKind::ConnectionReset.into()));
        assert!(matches!(reset.unanswered(), Ok(Error::Unavailable(_))));
        let answered = Error::Inconsistent { table: "queue", column: "id", id: Uuid::nil() };
        assert!(matches!(answered.unanswered(), Err(Error::Inconsistent { .. })));
    }

    #[test]
    fn only_what_may_pass_by_itself_is_retryable() {
        assert!(Error::from(sqlx::Error::PoolTimedOut).retryable());
        assert!(Error::from(sqlx::Error::Io(io::ErrorKind::ConnectionReset.into())).retryable());
        assert!(!Error::from(sqlx::Error::RowNotFound).retryable());
        assert!(!Error::Inconsistent { table: "enrollment", column: "state", id: Uuid::nil() }.retryable());
    }

    #[test]
    fn what_postgres_quotes_is_not_repeated() {
        let message = r#"invalid input syntax for type integer: "Ana Ruiz" near "x"#;
        assert_eq!(without_quotes(message), r#"invalid input syntax for type integer: "…" near "…""#);
    }

    #[test]
    fn no_driver_text_is_in_the_message() {
        let error = Error::from(sqlx::Error::Protocol("relation \"secret\"".into()));
        assert_eq!(error.to_string(), "a statement failed");
    }
}
