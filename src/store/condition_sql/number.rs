//! Numbers, instants and durations as exact `numeric`. Instants are microseconds since 1970,
//! durations are microseconds.

use crate::domain::attribute::AttributeType;
use crate::domain::condition::{Arithmetic, Expression, Field, Kind, Literal};

use super::stored::Stored;
use super::{Form, Place, Writer};

/// Matches stored timestamps whose parts can be used for arithmetic.
const STORED_TIMESTAMP: &str = r"'^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z$'";

/// Returns a literal as text that `numeric` can parse. Literals that aren't numbers become `NaN`.
pub fn text_of(literal: &Literal) -> String {
    match literal {
        Literal::Int(whole) | Literal::Duration(whole) => whole.to_string(),
        Literal::Double(double) => format!("{double:e}"),
        Literal::Timestamp(instant) => instant.timestamp_micros().to_string(),
        Literal::String(_) | Literal::Bool(_) | Literal::Date(_) => "NaN".to_owned(),
    }
}

/// Returns the first values below and above the range of a kind.
fn bounds(kind: &Kind) -> (&'static str, &'static str) {
    match kind {
        Kind::Attribute(AttributeType::Double) => ("-1.8e308", "1.8e308"),
        Kind::Attribute(AttributeType::Timestamp) => ("-62135596800000001", "253402300800000000"),
        _ => ("-9223372036854775809", "9223372036854775808"),
    }
}

impl Writer<'_> {
    /// Appends a number, which is null if it is missing.
    pub(super) fn number(&mut self, value: &Expression) {
        match value {
            Expression::Literal(literal) => {
                self.query.push_bind(text_of(literal));
                self.push("::numeric");
            }
            Expression::Field(field) => {
                self.number_field(field);
            }
            Expression::Arithmetic { operator, kind, left, right } => {
                self.within(kind, |writer| writer.calculate(*operator, kind, left, right));
            }
            Expression::Size(inner) => self.size(inner),
            Expression::LowerAscii(_) | Expression::Predicate(_) => self.push("NULL::numeric"),
        }
    }

    /// Appends a number that becomes null outside the range of its kind. The number is clamped to
    /// the first values outside the range, which then become null. This way it is written only
    /// once.
    fn within(&mut self, kind: &Kind, number: impl FnOnce(&mut Self)) {
        let (below, above) = bounds(kind);
        self.push("nullif(nullif(least(greatest(");
        number(self);
        self.query.push(format_args!(", {below}), {above}), {above}), {below})"));
    }

    fn calculate(&mut self, operator: Arithmetic, kind: &Kind, left: &Expression, right: &Expression) {
        let whole = *kind != Kind::Attribute(AttributeType::Double);
        let (before, between, after) = match operator {
            Arithmetic::Add => ("(", " + ", ")"),
            Arithmetic::Subtract => ("(", " - ", ")"),
            Arithmetic::Multiply => ("(", " * ", ")"),
            Arithmetic::Divide if whole => ("div(", ", nullif(", ", 0))"),
            Arithmetic::Divide => ("(", " / nullif(", ", 0))"),
            Arithmetic::Remainder => ("mod(", ", nullif(", ", 0))"),
        };

        // Without rounding, products of tiny numbers would get ever more digits. No double is finer
        // than 1e-324.
        self.push(if whole { before } else { "round(" });
        if !whole {
            self.push(before);
        }
        self.value(Form::Number, left);
        self.push(between);
        self.value(Form::Number, right);
        self.push(after);
        if !whole {
            self.push(", 400)");
        }
    }

    fn number_field(&mut self, field: &Field) {
        let instant = field.attribute_type == AttributeType::Timestamp;
        let column = match self.source.place(&field.name) {
            Place::Attributes(object) => return self.stored(Stored::Number, object, field),
            Place::Nowhere => return self.push("NULL::numeric"),
            Place::Column(column) => column,
        };

        // A direct cast from double precision to numeric keeps only 15 digits. Its text has all.
        let (before, after) = match instant {
            true => ("(extract(epoch FROM ", ") * 1000000)"),
            false => ("(", ")::text::numeric"),
        };
        self.within(&Kind::Attribute(field.attribute_type.clone()), |writer| {
            writer.push(before);
            writer.column(column);
            writer.push(after);
        });
    }

    /// Appends a number that is a member of an object, null outside the range of its kind.
    pub(super) fn stored_number(&mut self, object: &'static str, field: &Field) {
        let instant = field.attribute_type == AttributeType::Timestamp;
        self.within(&Kind::Attribute(field.attribute_type.clone()), |writer| match instant {
            true => writer.stored_timestamp(object, field),
            false => {
                writer.push("(CASE WHEN ");
                writer.kind_is(object, field, "number");
                writer.push(" THEN (");
                writer.member(object, "->", field);
                writer.push(")::numeric END)");
            }
        });
    }

    /// Appends a stored timestamp as microseconds. Adding an interval made from its parts raises no
    /// error, whatever they are. Casts and `make_timestamp` raise one for a day that doesn't exist.
    fn stored_timestamp(&mut self, object: &'static str, field: &Field) {
        const PARTS: [&str; 6] = [
            "make_interval(years => substr(",
            ", 1, 4)::int - 1, months => substr(",
            ", 6, 2)::int - 1, days => substr(",
            ", 9, 2)::int - 1, hours => substr(",
            ", 12, 2)::int, mins => substr(",
            ", 15, 2)::int)) * 1000000 + (substr(",
        ];
        self.push("(CASE WHEN ");
        self.member(object, "->>", field);
        self.query
            .push(format_args!(" ~ {STORED_TIMESTAMP} THEN extract(epoch FROM timestamp '0001-01-01' + "));

        for part in PARTS {
            self.push(part);
            self.member(object, "->>", field);
        }
        self.push(", 18, 2) || substr(");
        self.member(object, "->>", field);
        self.push(", 21, 6))::numeric END)");
    }

    fn size(&mut self, inner: &Expression) {
        let Expression::Field(field) = inner else {
            self.push("char_length(");
            self.text(inner);
            self.push(")::numeric");
            return;
        };

        match (&field.attribute_type, self.source.place(&field.name)) {
            (AttributeType::StringList, Place::Attributes(object)) => {
                self.push("jsonb_array_length(");
                self.stored(Stored::List, object, field);
                self.push(")::numeric");
            }
            (AttributeType::StringList, Place::Column(column)) => {
                self.push("cardinality(");
                self.column(column);
                self.push(")::numeric");
            }
            _ => {
                self.push("char_length(");
                self.text(inner);
                self.push(")::numeric");
            }
        }
    }
}
