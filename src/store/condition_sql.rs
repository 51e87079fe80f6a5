//! The only evaluator of conditions: compiles a typed predicate to one SQL expression that never
//! raises an error. Values become parameters.
//!
//! - A stored value is read behind a `CASE` on its JSON type. A value of another type becomes null.
//! - A computed number outside the range of its kind becomes null.
//! - Null means "missing" for a value and "unknown" for a predicate.
//! - Numbers are `numeric`. Texts are compared under `COLLATE "C"`.
//! - No part of an expression is written twice, so the SQL grows linearly with the condition.

mod literals;
mod lookup;
mod number;
mod related;
mod scan;
mod stored;

pub use lookup::{Found, Lookup};
pub use related::{RELATED, Related};
pub use scan::{Scan, push_scan, push_scans};

use chrono::{DateTime, Utc};
use sqlx::{Postgres, QueryBuilder};

use crate::domain::attribute::AttributeType;
use crate::domain::condition::{
    Comparison, Condition, Expression, Field, Formula, Kind, Literal, Predicate, TextTest, shifted,
};

use literals::{holds_slash, instant_of, is_full_name, text_of};
use stored::{Stored, Taken};

/// Where the statement that contains the condition finds the value of a field.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Place {
    /// In a `jsonb` object under the field's name, in the form that `AttributeType::coerce`
    /// returns. The text is the SQL of the object, like `r.attributes`.
    Attributes(&'static str),
    /// In a column, given as SQL like `r.owner_id`. Its type is `text` (STRING, REFERENCE), any
    /// integer type (INT), `double precision` or `numeric` (DOUBLE), `boolean`, `timestamptz`,
    /// `date` or `text[]`.
    Column(&'static str),
    /// Nowhere: the value is always missing.
    Nowhere,
}

/// Maps the fields of a condition to places in a statement.
pub trait FieldSource {
    /// Returns the place of the field called `name`.
    fn place(&self, name: &str) -> Place;

    /// Returns the related record that has the field. The field's place is then [`RELATED`].
    fn related(&self, _name: &str) -> Option<Related> {
        None
    }

    /// The instant that `now` stands for. Without one, what is compared with it is missing.
    fn now(&self) -> Option<DateTime<Utc>> {
        None
    }

    /// Returns SQL for the full name of a resource, for a STRING field whose column contains the
    /// bare id. Literals that contain a slash are compared with the full name. Default: `None`.
    fn full_name(&self, _name: &str) -> Option<&'static str> {
        None
    }
}

/// Appends the condition as a boolean expression for `WHERE` or `SELECT`. It is never null: true is
/// a match, false is no match or unknown. It reads only the places that `source` returns, and
/// raises no error whatever they contain.
pub fn push_condition(query: &mut QueryBuilder<Postgres>, condition: &Condition, source: &dyn FieldSource) {
    query.push("coalesce(");
    push_filter(query, condition, source);
    query.push(", false)");
}

/// Like [`push_condition`], but only for `WHERE`: unknown is null, and Postgres can use indexes on
/// plain columns.
pub fn push_filter(query: &mut QueryBuilder<Postgres>, condition: &Condition, source: &dyn FieldSource) {
    Writer { query, source, by_full_name: false, taken: None }.predicate(condition.root());
}

/// Appends the value of a formula, a `numeric` that is null if it is missing.
pub fn push_formula(query: &mut QueryBuilder<Postgres>, formula: &Formula, source: &dyn FieldSource) {
    Writer { query, source, by_full_name: false, taken: None }.number(formula.root());
}

/// The SQL type by which a field's values sort.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SortForm {
    /// `numeric`. Instants are microseconds since 1970.
    Number,
    /// `text`, without regard to the case of A to Z.
    Text,
}

/// Returns the SQL type by which a field's values sort.
pub fn sort_form(field: &Field) -> SortForm {
    match field.attribute_type {
        AttributeType::Int | AttributeType::Double | AttributeType::Timestamp => SortForm::Number,
        _ => SortForm::Text,
    }
}

/// Appends the value by which rows sort that are ordered by a field. It is null if it is missing.
pub fn push_sort_value(query: &mut QueryBuilder<Postgres>, field: &Field, source: &dyn FieldSource) {
    let value = Expression::Field(field.clone());
    let mut writer = Writer { query, source, by_full_name: false, taken: None };
    match sort_form(field) {
        SortForm::Number => writer.number(&value),
        SortForm::Text => writer.text(&Expression::LowerAscii(Box::new(value))),
    }
}

/// Appends the value of a field as text, as it is. It is null if it is missing.
pub fn push_shown_value(query: &mut QueryBuilder<Postgres>, field: &Field, source: &dyn FieldSource) {
    let value = Expression::Field(field.clone());
    let mut writer = Writer { query, source, by_full_name: false, taken: None };
    match sort_form(field) {
        SortForm::Number => writer.number(&value),
        SortForm::Text => writer.text(&value),
    }
    query.push("::text");
}

/// The SQL type in which two values are compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Form {
    Text,
    Number,
    Bool,
    /// `timestamptz`, for columns and parameters only.
    Instant,
}

struct Writer<'a> {
    query: &'a mut QueryBuilder<Postgres>,
    source: &'a dyn FieldSource,
    /// If true, fields that name a resource are written as its full name.
    by_full_name: bool,
    /// Collects the values that a subselect reads once for many conditions. The columns of the
    /// subselect are written in their place. `None` without a subselect.
    taken: Option<&'a mut Vec<Taken>>,
}

impl Writer<'_> {
    fn push(&mut self, sql: &'static str) {
        self.query.push(sql);
    }

    fn predicate(&mut self, predicate: &Predicate) {
        match predicate {
            Predicate::All(parts) => self.joined(parts, " AND "),
            Predicate::Any(parts) => self.joined(parts, " OR "),
            Predicate::Not(inner) => {
                self.push("(NOT ");
                self.predicate(inner);
                self.push(")");
            }
            Predicate::Compare { operator, left, right } => self.compare(*operator, left, right),
            Predicate::Now { operator, field, shift } => match self.source.now() {
                Some(now) => {
                    let instant = Literal::Timestamp(shifted(now, *shift));
                    let field = Expression::Field(field.clone());
                    self.compare(*operator, &field, &Expression::Literal(instant));
                }
                None => self.push("NULL::boolean"),
            },
            Predicate::OneOf { value, choices } => self.one_of(value, choices),
            Predicate::Holds { list, value } => self.holds(list, value),
            Predicate::Text { test, text, part } => self.text_test(*test, text, part),
            Predicate::Present(field) => self.present(field),
            Predicate::Value(value) => self.boolean(value),
        }
    }

    fn joined(&mut self, parts: &[Predicate], operator: &'static str) {
        self.push("(");
        for (i, part) in parts.iter().enumerate() {
            if i > 0 {
                self.push(operator);
            }
            self.predicate(part);
        }
        self.push(")");
    }

    fn compare(&mut self, operator: Comparison, left: &Expression, right: &Expression) {
        let outer = self.by_full_name;
        self.by_full_name = [left, right].iter().any(|side| is_full_name(side));
        self.write_comparison(operator, left, right);
        self.by_full_name = outer;
    }

    fn write_comparison(&mut self, operator: Comparison, left: &Expression, right: &Expression) {
        let form = self.form(&[left, right]);
        let sign = match operator {
            Comparison::Equal => " = ",
            Comparison::NotEqual => return self.differ(form, left, right),
            Comparison::Less => " < ",
            Comparison::LessOrEqual => " <= ",
            Comparison::Greater => " > ",
            Comparison::GreaterOrEqual => " >= ",
        };

        // Equality is the same under every collation. Without a collation, Postgres can use an
        // index on a plain column.
        let collation =
            if form == Form::Text && operator != Comparison::Equal { " COLLATE \"C\"" } else { "" };

        self.push("(");
        self.value(form, left);
        self.push(collation);
        self.push(sign);
        self.value(form, right);
        self.push(collation);
        self.push(")");
    }

    /// Writes `!=`: true if one side is missing, unknown if both are. Literals are never missing.
    fn differ(&mut self, form: Form, left: &Expression, right: &Expression) {
        if [left, right].iter().any(|side| matches!(side, Expression::Literal(_))) {
            self.push("(");
            self.value(form, left);
            self.push(" IS DISTINCT FROM ");
            self.value(form, right);
            self.push(")");
            return;
        }

        // OFFSET 0 keeps the planner from copying both sides to every place where they are used.
        self.push(
            "(SELECT CASE WHEN sides.l IS NULL AND sides.r IS NULL THEN NULL \
             ELSE sides.l IS DISTINCT FROM sides.r END FROM (SELECT ",
        );
        self.value(form, left);
        self.push(" AS l, ");
        self.value(form, right);
        self.push(" AS r OFFSET 0) AS sides)");
    }

    fn one_of(&mut self, value: &Expression, choices: &[Literal]) {
        let named = matches!(value, Expression::Field(field) if self.source.full_name(&field.name).is_some());

        // Full names and bare ids are compared with different columns.
        let (full, bare): (Vec<_>, Vec<_>) =
            choices.iter().cloned().partition(|choice| named && holds_slash(choice));
        if full.is_empty() {
            return self.write_one_of(value, choices);
        }

        self.push("(");
        self.write_one_of(value, &bare);
        self.push(" OR ");
        self.by_full_name = true;
        self.write_one_of(value, &full);
        self.by_full_name = false;
        self.push(")");
    }

    fn write_one_of(&mut self, value: &Expression, choices: &[Literal]) {
        let form = self.form(&[value]);
        if choices.is_empty() {
            // In Postgres, `null = ANY` of an empty array is false. Here, a missing value must stay
            // unknown.
            self.push("nullif(");
            self.value(form, value);
            self.push(" IS NULL, true)");
            return;
        }

        self.push("(");
        self.value(form, value);
        self.push(" = ANY(");
        match form {
            Form::Text => {
                self.query.push_bind(choices.iter().map(text_of).collect::<Vec<String>>());
            }
            Form::Number => {
                self.query.push_bind(choices.iter().map(number::text_of).collect::<Vec<String>>());
                self.push("::numeric[]");
            }
            Form::Bool => {
                let bools = choices.iter().map(|choice| matches!(choice, Literal::Bool(true)));
                self.query.push_bind(bools.collect::<Vec<bool>>());
            }
            Form::Instant => {
                self.query.push_bind(choices.iter().map(instant_of).collect::<Vec<DateTime<Utc>>>());
            }
        }
        self.push("))");
    }

    fn holds(&mut self, list: &Field, value: &Expression) {
        match self.source.place(&list.name) {
            Place::Attributes(object) => {
                self.push("(");
                self.stored(Stored::List, object, list);
                self.push(" ? (");
                self.value(Form::Text, value);
                self.push("))");
            }
            Place::Column(column) => {
                self.push("(CASE WHEN ");
                self.value(Form::Text, value);
                self.push(" IS NOT NULL THEN ");
                self.value(Form::Text, value);
                self.push(" = ANY(");
                self.column(column);
                self.push(") END)");
            }
            Place::Nowhere => self.push("NULL::boolean"),
        }
    }

    fn text_test(&mut self, test: TextTest, text: &Expression, part: &Expression) {
        let (before, between, after) = match test {
            TextTest::StartsWith => ("starts_with(", ", ", ")"),
            // A text ends with a part if its reverse starts with the reversed part. Postgres
            // reverses by code point.
            TextTest::EndsWith => ("starts_with(reverse(", "), reverse(", "))"),
            TextTest::Contains => ("(strpos(", ", ", ") > 0)"),
        };
        self.push(before);
        self.value(Form::Text, text);
        self.push(" COLLATE \"C\"");
        self.push(between);
        self.value(Form::Text, part);
        self.push(after);
    }

    fn present(&mut self, field: &Field) {
        self.push("(");
        match (self.source.place(&field.name), &field.attribute_type) {
            (Place::Attributes(object), AttributeType::StringList) => {
                self.stored(Stored::List, object, field);
            }
            (Place::Column(column), _) => self.column(column),
            _ => {
                let value = Expression::Field(field.clone());
                let form = self.form(&[&value]);
                self.value(form, &value);
            }
        }
        self.push(" IS NOT NULL)");
    }

    /// Returns the form in which these expressions can be compared.
    fn form(&self, sides: &[&Expression]) -> Form {
        match sides.first().map(|side| side.kind()) {
            Some(Kind::Attribute(AttributeType::Bool)) => Form::Bool,
            Some(Kind::Attribute(AttributeType::Int | AttributeType::Double) | Kind::Duration) => {
                Form::Number
            }
            Some(Kind::Attribute(AttributeType::Timestamp)) => self.form_of_instants(sides),
            _ => Form::Text,
        }
    }

    /// Instants are compared in their stored form if all have the same one, else as microseconds.
    fn form_of_instants(&self, sides: &[&Expression]) -> Form {
        let (mut texts, mut columns) = (0, 0);
        for side in sides {
            match side {
                Expression::Literal(_) => {}
                Expression::Field(field) => match self.source.place(&field.name) {
                    Place::Column(_) => columns += 1,
                    Place::Attributes(_) | Place::Nowhere => texts += 1,
                },
                _ => return Form::Number,
            }
        }

        match (texts, columns) {
            (0, 0) => Form::Number,
            (_, 0) => Form::Text,
            (0, _) => Form::Instant,
            _ => Form::Number,
        }
    }

    fn value(&mut self, form: Form, value: &Expression) {
        match form {
            Form::Text => self.text(value),
            Form::Number => self.number(value),
            Form::Bool => self.boolean(value),
            Form::Instant => self.instant(value),
        }
    }

    fn text(&mut self, value: &Expression) {
        match value {
            Expression::Literal(literal) => {
                self.query.push_bind(text_of(literal));
            }
            Expression::LowerAscii(inner) => {
                // Under "C", only A to Z have a lower case.
                self.push("lower(");
                self.text(inner);
                self.push(" COLLATE \"C\")");
            }
            Expression::Field(field) => match (self.source.place(&field.name), &field.attribute_type) {
                (Place::Attributes(object), _) => {
                    self.push("(");
                    self.stored(Stored::Text, object, field);
                    self.push(" COLLATE \"C\")");
                }
                (Place::Column(column), AttributeType::Date) => {
                    self.push("to_char(");
                    self.column(column);
                    self.push("::timestamp, 'YYYY-MM-DD')");
                }
                (Place::Column(column), _) => {
                    let full_name = self.source.full_name(&field.name).filter(|_| self.by_full_name);
                    self.column(full_name.unwrap_or(column));
                }
                (Place::Nowhere, _) => self.push("NULL::text"),
            },
            _ => self.push("NULL::text"),
        }
    }

    fn boolean(&mut self, value: &Expression) {
        match value {
            Expression::Literal(literal) => {
                self.query.push_bind(matches!(literal, Literal::Bool(true)));
            }
            Expression::Predicate(inner) => self.predicate(inner),
            Expression::Field(field) => match self.source.place(&field.name) {
                Place::Attributes(object) => self.stored(Stored::Bool, object, field),
                Place::Column(column) => self.column(column),
                Place::Nowhere => self.push("NULL::boolean"),
            },
            _ => self.push("NULL::boolean"),
        }
    }

    fn instant(&mut self, value: &Expression) {
        match value {
            Expression::Literal(literal) => {
                self.query.push_bind(instant_of(literal));
            }
            Expression::Field(field) => match self.source.place(&field.name) {
                Place::Column(column) => self.column(column),
                _ => self.push("NULL::timestamptz"),
            },
            _ => self.push("NULL::timestamptz"),
        }
    }
}
