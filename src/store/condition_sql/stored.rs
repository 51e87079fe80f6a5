//! The values of a subject that conditions read: columns, and members of a `jsonb` object behind a
//! check of their JSON type.

use super::Writer;
use crate::domain::condition::Field;

/// A value of a subject that conditions read.
#[derive(Clone, PartialEq)]
pub(super) enum Taken {
    /// A column.
    Column(&'static str),
    /// A member of a `jsonb` object, in one of the stored forms.
    Member(Stored, &'static str, Field),
}

/// The form in which conditions read a member of an object. It is null if the stored value has
/// another JSON type.
#[derive(Clone, Copy, PartialEq)]
pub(super) enum Stored {
    Text,
    /// A `numeric`, null outside the range of its kind.
    Number,
    Bool,
    /// The `jsonb` array itself.
    List,
}

impl Writer<'_> {
    /// Writes a column, or the subselect's column for it.
    pub(super) fn column(&mut self, column: &'static str) {
        if !self.take(|| Taken::Column(column)) {
            self.push(column);
        }
    }

    /// Writes a member of an object in this form, or the subselect's column for it.
    pub(super) fn stored(&mut self, form: Stored, object: &'static str, field: &Field) {
        if !self.take(|| Taken::Member(form, object, field.clone())) {
            self.write_stored(form, object, field);
        }
    }

    /// Writes the subselect's column for a value. Returns false if there is no subselect.
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
        match self.source.related(&field.name) {
            Some(related) => {
                self.of_related(related, field, |writer| writer.write_member(form, object, field));
            }
            None => self.write_member(form, object, field),
        }
    }

    fn write_member(&mut self, form: Stored, object: &'static str, field: &Field) {
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

    /// Writes `object -> 'name'`. A name that is a plain identifier is safe in the text. Any other
    /// becomes a parameter.
    pub(super) fn member(&mut self, object: &'static str, operator: &'static str, field: &Field) {
        self.push(object);
        self.push(operator);
        let key = field.key();
        if key.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_') {
            self.query.push(format_args!("'{key}'"));
        } else {
            self.query.push_bind(key.to_owned());
        }
    }
}
