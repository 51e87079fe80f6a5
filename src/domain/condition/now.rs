//! `now` in a condition: compared with a timestamp, so that the instant at which the answer
//! changes is known from the record alone.

use std::collections::BTreeSet;

use chrono::{DateTime, Utc};

use super::check::Checker;
use super::operators::{arithmetic, comparison};
use super::syntax::{Node, Syntax};
use super::tree::{Arithmetic, Comparison, Expression, Field, Kind, Literal, Predicate};

/// What `now` can be compared with.
pub(super) const USAGE: &str = "now can only be compared by <, <=, > or >= with a TIMESTAMP attribute; \
    both may have durations added or subtracted";

/// The first and the last instant of the years 1 to 9999, in microseconds since 1970.
const FIRST: i64 = -62_135_596_800_000_000;
const LAST: i64 = 253_402_300_799_999_999;

/// An instant of a record at which a condition may change its answer: when `now` has come to the
/// value of the field, minus `shift`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Flip {
    /// The name of the timestamp.
    pub field: String,
    /// What is added to `now` before it is compared with the field, in microseconds.
    pub shift: i64,
}

impl Flip {
    /// Returns the first instant after `now` at which one of `flips` is past, for a record whose
    /// fields have these values, in microseconds since 1970. `None` if there is none.
    ///
    /// An answer changes at the instant itself or a microsecond later, by its operator. Of both,
    /// this is the later one.
    pub fn next(
        flips: &BTreeSet<Flip>,
        value: impl Fn(&str) -> Option<i64>,
        now: DateTime<Utc>,
    ) -> Option<DateTime<Utc>> {
        let passed = |flip: &Flip| value(&flip.field)?.checked_sub(flip.shift)?.checked_add(1);
        let instants = flips.iter().filter_map(passed).filter_map(DateTime::from_timestamp_micros);
        instants.filter(|instant| *instant > now).min()
    }
}

/// Returns `now` with a duration in microseconds added, within the years that a timestamp can have.
pub fn shifted(now: DateTime<Utc>, shift: i64) -> DateTime<Utc> {
    let moved = now.timestamp_micros().saturating_add(shift).clamp(FIRST, LAST);
    DateTime::from_timestamp_micros(moved).unwrap_or(now)
}

/// True if an expression contains `now`.
pub(super) fn mentions(node: &Node) -> bool {
    match &node.syntax {
        Syntax::Name(name) => name == "now",
        Syntax::Binary(sign, left, right) if arithmetic(sign).is_some() => mentions(left) || mentions(right),
        Syntax::Unary("-", inner) => mentions(inner),
        _ => false,
    }
}

impl Checker<'_> {
    /// Checks a comparison of which one side mentions `now`.
    pub(super) fn compare_with_now(
        &mut self,
        at: usize,
        sign: &str,
        left: &Node,
        right: &Node,
    ) -> Option<Predicate> {
        if !self.subject.knows_now {
            let rule = "now can't be used here; compare with a fixed instant, like timestamp(\"2026-03-31T09:00:00Z\")";
            return self.problem(at, rule);
        }

        let noted = self.problems.len();
        let compared = self.beside_now(sign, left, right);
        if compared.is_none() && self.problems.len() == noted {
            return self.problem(at, USAGE);
        }
        compared
    }

    /// Returns the comparison, or `None` if it has a form that isn't allowed.
    fn beside_now(&mut self, sign: &str, left: &Node, right: &Node) -> Option<Predicate> {
        // As if `now` were on the right.
        let (other, now, mirrored) = if mentions(left) { (right, left, true) } else { (left, right, false) };
        let operator = comparison(sign)?;
        let operator = if mirrored { operator.mirrored() } else { operator };
        if mentions(other) || matches!(operator, Comparison::Equal | Comparison::NotEqual) {
            return None;
        }

        let other = self.expression(other)?;
        if let (Expression::Literal(Literal::Duration(span)), Syntax::Binary("-", later, earlier)) =
            (&other, &now.syntax)
        {
            return self.compare_span(operator, *span, later, earlier);
        }
        // What is added to the field counts against `now`.
        let (field, moved) = moved_field(other)?;
        let shift = self.shift_of_now(now)?.checked_sub(moved)?;
        Some(Predicate::Now { operator, field, shift })
    }

    /// Checks the comparison of a duration with the time between a timestamp and `now`.
    fn compare_span(
        &mut self,
        operator: Comparison,
        span: i64,
        later: &Node,
        earlier: &Node,
    ) -> Option<Predicate> {
        // `1d < now - record.x` says `record.x < now - 1d`, and `1d < record.x - now` says
        // `record.x > now + 1d`.
        let (now, other, operator, span) = match (mentions(later), mentions(earlier)) {
            (true, false) => (later, earlier, operator, span.checked_neg()?),
            (false, true) => (earlier, later, operator.mirrored(), span),
            _ => return None,
        };

        let other = self.expression(other)?;
        let (field, moved) = moved_field(other)?;
        let shift = self.shift_of_now(now)?.checked_add(span)?.checked_sub(moved)?;
        Some(Predicate::Now { operator, field, shift })
    }

    /// Returns what is added to `now`, in microseconds, or `None` if it isn't only durations.
    fn shift_of_now(&mut self, node: &Node) -> Option<i64> {
        let Syntax::Binary(sign, left, right) = &node.syntax else {
            return matches!(&node.syntax, Syntax::Name(_)).then_some(0);
        };

        let (now, other) = if mentions(left) { (left, right) } else { (right, left) };
        if mentions(other) {
            return None;
        }
        let Expression::Literal(Literal::Duration(span)) = self.expression(other)? else { return None };
        match arithmetic(sign)? {
            Arithmetic::Add => self.shift_of_now(now)?.checked_add(span),
            // A duration minus `now` is nothing.
            Arithmetic::Subtract if mentions(left) => self.shift_of_now(now)?.checked_sub(span),
            _ => None,
        }
    }
}

/// Returns a timestamp and what is added to it, or `None` for anything else.
fn moved_field(value: Expression) -> Option<(Field, i64)> {
    match value {
        Expression::Field(field) => {
            let is_instant = Kind::Attribute(field.attribute_type.clone()) == Kind::TIMESTAMP;
            is_instant.then_some((field, 0))
        }
        Expression::Arithmetic { operator, left, right, .. } => match (operator, *left, *right) {
            (Arithmetic::Add, value, Expression::Literal(Literal::Duration(span)))
            | (Arithmetic::Add, Expression::Literal(Literal::Duration(span)), value) => {
                let (field, moved) = moved_field(value)?;
                Some((field, moved.checked_add(span)?))
            }
            (Arithmetic::Subtract, value, Expression::Literal(Literal::Duration(span))) => {
                let (field, moved) = moved_field(value)?;
                Some((field, moved.checked_sub(span)?))
            }
            _ => None,
        },
        _ => None,
    }
}
