//! The span of one statement.

use tracing::Span;

/// A span named after the function that runs the statement, like `activities.lock`. It has no
/// parameters, because they are customer data.
pub(in crate::store) fn of(name: &'static str) -> Span {
    tracing::debug_span!("statement", name, otel.name = name, db.system.name = "postgresql")
}
