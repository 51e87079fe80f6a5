//! Errors of the database, classified by SQLSTATE.
//!
//! Constraint names can't be used for that: on a distributed table they carry a shard's number. The
//! driver's text is only for the log.

use std::borrow::Cow;
use std::convert::Infallible;
use std::{fmt, io};

use uuid::Uuid;

use crate::domain::case::Broken;

/// The driver's error, for the log. Text in quotes may be a value from a customer's record, so it
/// is left out.
#[derive(Debug)]
pub struct Cause(sqlx::Error);

impl From<sqlx::Error> for Cause {
    fn from(error: sqlx::Error) -> Self {
        Self(error)
    }
}

impl Cause {
    /// True if all connections were in use for as long as a caller may wait for one.
    pub fn is_full_pool(&self) -> bool {
        matches!(self.0, sqlx::Error::PoolTimedOut)
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

/// Replaces quoted text.
fn without_quotes(message: &str) -> String {
    let parts = message.split('"').enumerate();
    parts.map(|(number, part)| if number % 2 == 1 { "\"…\"" } else { part }).collect()
}

/// Why a statement or transaction failed. Messages contain no driver text. The source does, for the
/// log.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// There is no connection: the pool timed out or is closed, the network failed, or the database
    /// is starting or stopping, or takes no writes.
    #[error("the database is unavailable")]
    Unavailable(#[source] Cause),
    /// The database ended the statement or the transaction for a reason that passes: an
    /// administrator canceled it, or the machine failed for a moment. Nothing was written.
    #[error("the database ended a statement")]
    Interrupted(#[source] Cause),
    /// The database lacks disk space, memory or another resource. Nothing was written.
    #[error("the database has no resources left")]
    Exhausted(#[source] Cause),
    /// A concurrent transaction caused a serialization failure, a deadlock or a lock timeout.
    /// Nothing was written.
    #[error("conflict with a concurrent transaction")]
    Conflict(#[source] Cause),
    /// A row with the same unique key exists. The constraint's name is only for the log: never
    /// decide by it.
    #[error("a row with this unique key already exists")]
    Duplicate {
        /// The constraint's name in the database. On a distributed table it has a shard's number.
        constraint: Option<String>,
        /// The driver's error.
        #[source]
        source: Cause,
    },
    /// A statement exceeded the time limit that we set.
    #[error("a statement took too long")]
    Timeout(#[source] Cause),
    /// The organization's other calls hold all connections that it may have.
    #[error("the organization uses its share of the connections")]
    Crowded,
    /// A row contains a value that no version of this program writes, or a row that must exist is
    /// missing.
    #[error("{table}.{column} of {id} is missing or invalid")]
    Inconsistent {
        /// The table.
        table: &'static str,
        /// The column with the invalid value, or `id` if the row is missing.
        column: &'static str,
        /// The row's id.
        id: Uuid,
    },
    /// Anything else, which is a bug in this program.
    #[error("a statement failed")]
    Other(#[source] Cause),
}

impl Error {
    /// Returns the error of a caller that found no database.
    pub fn unavailable() -> Self {
        Self::Unavailable(Cause(sqlx::Error::WorkerCrashed))
    }

    /// Classifies the error of a COMMIT. Returns `Unavailable` if it doesn't say whether the
    /// transaction is committed: no answer came, whatever the driver called it, or it is an error
    /// that no COMMIT of ours can cause. A Citus whose worker went away while it committed answers
    /// with such a one.
    ///
    /// # Errors
    /// Returns the error itself if the database answered with it: nothing was written.
    pub fn unanswered(self) -> Result<Self, Self> {
        match self {
            Self::Unavailable(source) | Self::Other(source) => Ok(Self::Unavailable(source)),
            answered => Err(answered),
        }
    }

    /// True if the same transaction may succeed when it is run again from its beginning.
    pub fn retryable(&self) -> bool {
        match self {
            Self::Unavailable(_)
            | Self::Interrupted(_)
            | Self::Exhausted(_)
            | Self::Conflict(_)
            | Self::Crowded => true,
            Self::Duplicate { .. } | Self::Timeout(_) | Self::Inconsistent { .. } | Self::Other(_) => false,
        }
    }

    /// True if the failure has nothing to do with what was asked: anything else would fail too.
    pub fn is_of_the_database(&self) -> bool {
        matches!(self, Self::Unavailable(_) | Self::Exhausted(_))
    }

    /// True if the transaction waited for a lock until its lock timeout. The holder may keep the
    /// lock for much longer.
    pub fn waited_in_vain(&self) -> bool {
        let Self::Conflict(source) = self else { return false };
        source.0.as_database_error().and_then(|error| error.code()).is_some_and(|code| code == LOCK_TIMEOUT)
    }
}

/// The SQLSTATE of a lock timeout.
const LOCK_TIMEOUT: &str = "55P03";

/// Lets rows whose conversion always succeeds use the same code as all others.
impl From<Infallible> for Error {
    fn from(never: Infallible) -> Self {
        match never {}
    }
}

impl From<sqlx::Error> for Error {
    fn from(source: sqlx::Error) -> Self {
        match class(&source) {
            Class::Unavailable => Self::Unavailable(source.into()),
            Class::Interrupted => Self::Interrupted(source.into()),
            Class::Exhausted => Self::Exhausted(source.into()),
            Class::Conflict => Self::Conflict(source.into()),
            Class::Duplicate => {
                let constraint =
                    source.as_database_error().and_then(|error| error.constraint()).map(str::to_owned);
                Self::Duplicate { constraint, source: source.into() }
            }
            Class::Timeout => Self::Timeout(source.into()),
            Class::Other => Self::Other(source.into()),
        }
    }
}

#[derive(Debug, PartialEq)]
enum Class {
    Unavailable,
    Interrupted,
    Exhausted,
    Conflict,
    Duplicate,
    Timeout,
    Other,
}

fn class(error: &sqlx::Error) -> Class {
    match error {
        sqlx::Error::PoolTimedOut
        | sqlx::Error::PoolClosed
        | sqlx::Error::WorkerCrashed
        | sqlx::Error::Io(_)
        | sqlx::Error::Tls(_) => Class::Unavailable,
        sqlx::Error::Database(error) => {
            error.code().map_or(Class::Other, |code| class_of_sqlstate(code, error.message()))
        }
        _ => Class::Other,
    }
}

fn class_of_sqlstate(code: Cow<'_, str>, message: &str) -> Class {
    match code.as_ref() {
        // Admin shutdown, crash shutdown, cannot connect now, database dropped, idle session, too
        // many connections, read-only. The last means that the server became a standby while we
        // were connected.
        "57P01" | "57P02" | "57P03" | "57P04" | "57P05" | "53300" | "25006" => Class::Unavailable,
        // Class 53: disk full, out of memory, a limit of the configuration.
        code if code.starts_with("53") => Class::Exhausted,
        // Our statement timeout has the same code as a cancellation, and only the text differs. In
        // another language it counts as a cancellation.
        "57014" if message.contains("statement timeout") => Class::Timeout,
        // Canceled; a transaction that was idle or open for too long, whose connection is closed.
        "57014" | "25P03" | "25P04" => Class::Interrupted,
        // Class 58: failures of the machine, like an I/O error.
        code if code.starts_with("58") => Class::Interrupted,
        // Class 08: connection exceptions.
        code if code.starts_with("08") => Class::Unavailable,
        "40001" | "40P01" | LOCK_TIMEOUT => Class::Conflict,
        "23505" => Class::Duplicate,
        _ => Class::Other,
    }
}

/// True if the connection is dead, so nothing that was sent on it can have begun.
pub(in crate::store) fn connection_is_broken(error: &sqlx::Error) -> bool {
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
    fn an_error_is_classified_by_its_sqlstate() {
        let cases = [
            ("57P01", Class::Unavailable),
            ("57P03", Class::Unavailable),
            ("08006", Class::Unavailable),
            ("40001", Class::Conflict),
            ("40P01", Class::Conflict),
            ("55P03", Class::Conflict),
            ("23505", Class::Duplicate),
            ("53100", Class::Exhausted),
            ("53200", Class::Exhausted),
            ("53300", Class::Unavailable),
            ("25006", Class::Unavailable),
            ("57014", Class::Interrupted),
            ("25P03", Class::Interrupted),
            ("58030", Class::Interrupted),
            ("23514", Class::Other),
            ("42P01", Class::Other),
        ];

        for (code, expected) in cases {
            assert_eq!(class_of_sqlstate(code.into(), "why"), expected, "{code}");
        }

        let timeout = "canceling statement due to statement timeout";
        assert_eq!(class_of_sqlstate("57014".into(), timeout), Class::Timeout);
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
    fn only_temporary_errors_are_retryable() {
        assert!(Error::from(sqlx::Error::PoolTimedOut).retryable());
        assert!(Error::from(sqlx::Error::Io(io::ErrorKind::ConnectionReset.into())).retryable());
        assert!(!Error::from(sqlx::Error::RowNotFound).retryable());
        assert!(!Error::Inconsistent { table: "enrollment", column: "state", id: Uuid::nil() }.retryable());
    }

    #[test]
    fn text_that_postgres_quotes_is_left_out() {
        let message = r#"invalid input syntax for type integer: "Ana Ruiz" near "x"#;
        assert_eq!(without_quotes(message), r#"invalid input syntax for type integer: "…" near "…""#);
    }

    #[test]
    fn no_driver_text_is_in_the_message() {
        let error = Error::from(sqlx::Error::Protocol("relation \"secret\"".into()));
        assert_eq!(error.to_string(), "a statement failed");
    }
}
