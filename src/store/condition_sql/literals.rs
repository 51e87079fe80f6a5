//! The literals of conditions, as the values of parameters.

use chrono::{DateTime, Utc};

use super::number;
use crate::domain::attribute::timestamp_text;
use crate::domain::condition::{Expression, Literal};

/// True for a literal that is the full name of a resource.
pub(super) fn is_full_name(side: &Expression) -> bool {
    matches!(side, Expression::Literal(literal) if holds_slash(literal))
}

/// True for a text with a slash, as full names have.
pub(super) fn holds_slash(literal: &Literal) -> bool {
    matches!(literal, Literal::String(text) if text.contains('/'))
}

/// The text that a stored value is compared with.
pub(super) fn text_of(literal: &Literal) -> String {
    match literal {
        Literal::String(text) => text.clone(),
        Literal::Date(date) => date.format("%Y-%m-%d").to_string(),
        // The parser rejects instants outside the range of the stored form.
        Literal::Timestamp(instant) => timestamp_text(*instant).unwrap_or_default(),
        Literal::Int(_) | Literal::Double(_) | Literal::Duration(_) => number::text_of(literal),
        Literal::Bool(value) => value.to_string(),
    }
}

/// The instant that a column is compared with.
pub(super) fn instant_of(literal: &Literal) -> DateTime<Utc> {
    match literal {
        Literal::Timestamp(instant) => *instant,
        _ => DateTime::UNIX_EPOCH,
    }
}
