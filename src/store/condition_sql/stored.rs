//! What conditions read of their subject: columns, and members of a `jsonb` object behind a check
//! of their kind.

use super::Writer;
use crate::domain::condition::Field;

/// What conditions read of their subject.
#[derive(Clone, PartialEq)]
pub(super) enum Taken {
    /// A column, as it is.
    Column(&'static str),
    /// A member of a `jsonb` object in a form of its own.
    Member(Stored, &'static str, Field),
}

/// The forms in which conditions read the members of an object: null where the stored value is of
/// another kind.
#[derive(Clone, Copy, PartialEq)]
pub(super) enum Stored {
    Text,
    /// Within the range of its kind.
    Number,
    Bool,
    /// The `jsonb` array itself.
    List,
}

impl Writer<'_> {
    /// A column, or the one that a subselect took it to.
    pub(super) fn column(&mut self, column: &'static str) {
        if !self.take(|| Taken::Column(column)) {
            self.push(column);
        }
    }

    /// A member of an object in this form, or the column that a subselect took it to.
    pub(super) fn stored(&mut self, form: Stored, object: &'static str, field: &Field) {
        if !self.take(|| Taken::Member(form, object, field.clone())) {
            self.write_stored(form, object, field);
        }
    }

    /// Writes the column of what a subselect takes; false if there is no subselect.
    fn take(&mut self, taken: impl FnOnce() -> Taken) -> bool {
        let Some(columns) = &mut self.taken else { return false };
        let taken = taken();
        let place = columns.iter().position(|column| *column == taken).unwrap_or_else(|| {
            columns.push(taken);
            columns.len() - 1
        });
        self.query.push(format_args!("subject.c{place}"));
        true
    }

    pub(super) fn write_stored(&mut self, form: Stored, object: &'static str, field: &Field) {
        let (kind, between, operator, after) = match form {
            Stored::Number => return self.stored_number(object, field),
            Stored::Text => ("string", " THEN ", "->>", " END)"),
            Stored::List => ("array", " THEN ", "->", " END)"),
            Stored::Bool => ("boolean", " THEN (", "->", ")::boolean END)"),
        };
        self.push("(CASE WHEN ");
        self.kind_is(object, field, kind);
        self.push(between);
        self.member(object, operator, field);
        self.push(after);
    }

    pub(super) fn kind_is(&mut self, object: &'static str, field: &Field, kind: &'static str) {
        self.push("jsonb_typeof(");
        self.member(object, "->", field);
        self.query.push(format_args!(") = '{kind}'"));
    }

    /// `object -> 'name'`. Names are identifiers, so they can stand in the text; anything else
    /// would be a parameter.
    pub(super) fn member(&mut self, object: &'static str, operator: &'static str, field: &Field) {
        self.push(object);
        self.push(operator);
        if field.name.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_') {
            self.query.push(format_args!("'{}'", field.name));
        } else {
            self.query.push_bind(field.name.clone());
        }
    }
}
