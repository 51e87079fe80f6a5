//! The condition language: CEL text, checked against the fields of a subject and turned into a
//! typed [`Predicate`].
//!
//! This module evaluates nothing: `store::condition_sql` is the only evaluator. Each node in
//! [`tree`] documents its meaning. Two rules apply everywhere:
//!
//! - **Missing.** `missing != value` is true. Every other comparison with a missing value is
//!   unknown, and so is its negation. Unknown does not match. A stored value that doesn't fit its
//!   declared type counts as missing.
//! - **Total.** Evaluation never fails: a value without a result (a division by zero, an overflow)
//!   is missing.
//!
//! Numbers are exact decimals, so `0.1 + 0.2 == 0.3` is true. Whole numbers stay within 64 bits,
//! doubles below 1.8e308.

mod check;
mod demand;
mod formula;
mod functions;
mod literal;
mod membership;
mod now;
mod operators;
mod parts;
mod related;
pub mod suggest;
mod syntax;
mod token;
pub mod tree;

#[cfg(test)]
mod tests;

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

pub use demand::Demand;
pub use formula::Formula;
pub use now::{Flip, shifted};
pub use parts::Join;
pub use tree::{Arithmetic, Comparison, Expression, Field, Kind, Literal, Predicate, TextTest};

use super::attribute::{AttributeName, AttributeType};
use super::reason::Reason;
use super::violation::{Violation, Violations};

/// The longest condition, in characters.
pub const LONGEST: usize = 4_096;
/// The deepest nesting of brackets and operators.
pub const DEEPEST: usize = 32;
/// The most nodes (names, literals, operators, calls) in a condition.
pub const MOST_NODES: usize = 500;

/// The subject of a condition: a variable with typed fields, and perhaps others beside it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Subject {
    /// The name before the dot, like `record` or `enrollment`.
    pub variable: String,
    /// The names after the dot, including built-in ones, with their types.
    pub fields: BTreeMap<String, AttributeType>,
    /// String fields that can hold only some strings. Comparing one with any other string is
    /// reported as a mistake, because it could never match.
    pub texts: BTreeMap<String, AllowedText>,
    /// True if conditions may compare timestamps with `now`.
    pub knows_now: bool,
    /// Further variables. The names of their fields include the variable, like `record.score`.
    pub others: Vec<String>,
    /// The attributes of the records to which fields refer, by record type. The name of such a
    /// field begins with that of the reference, like `account.industry`.
    pub related: BTreeMap<String, BTreeMap<AttributeName, AttributeType>>,
}

/// The strings that a string field can hold.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum AllowedText {
    /// One of these words.
    OneOf(Vec<String>),
    /// Any string except the empty one. The field is missing where it would be empty.
    NotEmpty,
}

impl Subject {
    /// Creates a subject whose fields are fixed.
    pub fn new<const N: usize>(variable: &str, fields: [(&str, AttributeType); N]) -> Self {
        let fields = fields.map(|(name, kind)| (name.to_owned(), kind));
        Self {
            variable: variable.to_owned(),
            fields: fields.into(),
            texts: BTreeMap::new(),
            knows_now: false,
            others: Vec::new(),
            related: BTreeMap::new(),
        }
    }

    /// Adds the variable of another subject, with its fields.
    #[must_use]
    pub fn beside(mut self, other: Subject) -> Self {
        let full = |name: String| format!("{}.{name}", other.variable);
        self.fields.extend(other.fields.into_iter().map(|(name, kind)| (full(name), kind)));
        self.texts.extend(other.texts.into_iter().map(|(name, allowed)| (full(name), allowed)));
        self.knows_now |= other.knows_now;
        self.others.push(other.variable);
        self.related.extend(other.related);
        self
    }

    /// Returns the subject for conditions that are asked only when something else than the time
    /// has changed.
    #[must_use]
    pub fn without_now(mut self) -> Self {
        self.knows_now = false;
        self
    }

    /// Returns the subject for conditions that are asked only when the record itself has changed.
    #[must_use]
    pub fn without_related(mut self) -> Self {
        self.related.clear();
        self
    }

    /// Returns a field by its name, even one of a related record. `None` if there is none.
    pub fn field(&self, name: &str) -> Option<Field> {
        let declared = self.fields.get(name).or_else(|| self.related_attribute(name));
        Some(Field { name: name.to_owned(), attribute_type: declared?.clone() })
    }

    /// Returns the type of an attribute of a related record, like `account.industry`.
    fn related_attribute(&self, name: &str) -> Option<&AttributeType> {
        let (through, attribute) = name.rsplit_once('.')?;
        let AttributeType::Reference { record_type } = self.fields.get(through)? else { return None };
        self.related.get(record_type)?.get(attribute)
    }

    /// Returns a field as conditions name it, like `activity.kind` or `record.score`.
    fn full_name(&self, field: &str) -> String {
        if field.contains('.') { field.to_owned() } else { format!("{}.{field}", self.variable) }
    }

    /// Restricts a string field to these words.
    #[must_use]
    pub fn one_of(mut self, field: &str, words: impl IntoIterator<Item = impl Into<String>>) -> Self {
        let words = words.into_iter().map(Into::into).collect();
        self.texts.insert(field.to_owned(), AllowedText::OneOf(words));
        self
    }

    /// Returns the subject for conditions that were saved before there were rules about their
    /// texts.
    #[must_use]
    pub fn as_saved(mut self) -> Self {
        self.texts.clear();
        self
    }

    /// Declares that a string field is missing where it would be empty.
    #[must_use]
    pub fn not_empty(mut self, field: &str) -> Self {
        self.texts.insert(field.to_owned(), AllowedText::NotEmpty);
        self
    }
}

/// A checked condition.
#[derive(Debug, Clone, PartialEq)]
pub struct Condition {
    text: String,
    root: Predicate,
}

impl Condition {
    /// Parses and checks a condition.
    ///
    /// # Errors
    /// Every problem found, in text order; the list is never empty. No text makes it panic.
    pub fn parse(text: &str, subject: &Subject) -> Result<Self, Vec<ConditionProblem>> {
        let root = check::check(text, subject, &read(text)?)?;
        Ok(Self { text: text.to_owned(), root })
    }

    /// Like [`Condition::parse`], but reports problems as violations of `field`, each with its line
    /// and column.
    ///
    /// # Errors
    /// Every problem found.
    pub fn check(field: &str, text: &str, subject: &Subject) -> Result<Self, Violations> {
        Self::parse(text, subject).map_err(|problems| violations(field, &problems))
    }

    /// The text as the caller wrote it.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The typed tree.
    pub fn root(&self) -> &Predicate {
        &self.root
    }

    /// The fields that the condition negates, each once: below a `!`, or compared with `!=`. A
    /// record without one of them matches `!=`, but never `!`.
    pub fn negated_fields(&self) -> Vec<&Field> {
        let mut fields = Vec::new();
        self.root.collect_negated(false, &mut fields);
        let mut names = BTreeSet::new();
        fields.retain(|field: &&Field| names.insert(&field.name));
        fields
    }

    /// The condition that a record has a field.
    pub fn having(variable: &str, field: &Field) -> Self {
        Self { text: format!("has({variable}.{})", field.name), root: Predicate::Present(field.clone()) }
    }

    /// The condition that a record lacks a field.
    pub fn lacking(variable: &str, field: &Field) -> Self {
        let text = format!("!has({variable}.{})", field.name);
        Self { text, root: Predicate::Not(Box::new(Predicate::Present(field.clone()))) }
    }

    /// The condition that a text is one of these.
    pub fn one_of(variable: &str, field: &Field, choices: &[String]) -> Self {
        let quoted = choices.iter().map(|choice| format!("{choice:?}")).collect::<Vec<_>>().join(", ");
        let text = format!("{variable}.{} in [{quoted}]", field.name);
        let choices = choices.iter().map(|choice| Literal::String(choice.clone())).collect();
        Self { text, root: Predicate::OneOf { value: Expression::Field(field.clone()), choices } }
    }

    /// The condition that both match.
    pub fn and(&self, other: &Self) -> Self {
        let text = format!("({}) && ({})", self.text, other.text);
        Self { text, root: Predicate::All(vec![self.root.clone(), other.root.clone()]) }
    }

    /// Returns the instants of a record at which the answer may change with time alone.
    pub fn flips(&self) -> BTreeSet<Flip> {
        let mut flips = BTreeSet::new();
        self.root.collect_flips(&mut flips);
        flips
    }

    /// Like [`Condition::flips`], of the record that is beside another subject.
    pub fn flips_of_record(&self) -> BTreeSet<Flip> {
        let of_record = |flip: Flip| {
            let field = flip.field.strip_prefix("record.")?.to_owned();
            Some(Flip { field, ..flip })
        };
        self.flips().into_iter().filter_map(of_record).collect()
    }

    /// Returns the attributes of related records that the condition reads, each after the attribute
    /// that refers to its record: `account` and `industry`.
    pub fn related_fields(&self) -> BTreeSet<(String, String)> {
        self.fields_used().iter().filter_map(|name| apart(name)).collect()
    }

    /// Like [`Condition::related_fields`], of the record that is beside another subject.
    pub fn related_fields_of_record(&self) -> BTreeSet<(String, String)> {
        let of_record = |name: &String| apart(name.strip_prefix("record.")?);
        self.fields_used().iter().filter_map(of_record).collect()
    }

    /// The names of all fields that the condition reads. One of a related record begins with the
    /// name of the reference, like `account.industry`.
    pub fn fields_used(&self) -> BTreeSet<String> {
        let mut fields = BTreeSet::new();
        self.root.collect_fields(&mut fields);
        fields
    }
}

/// Returns the reference and the attribute of a related record's field.
fn apart(name: &str) -> Option<(String, String)> {
    let (reference, attribute) = name.split_once('.')?;
    Some((reference.to_owned(), attribute.to_owned()))
}

/// Parses the text of a condition or a formula. After a syntax error the rest of the text can't be
/// read reliably, so it is the only problem.
fn read(text: &str) -> Result<syntax::Node, Vec<ConditionProblem>> {
    syntax::parse(text).map_err(|problem| vec![problem])
}

/// Returns problems as violations of a field.
fn violations(field: &str, problems: &[ConditionProblem]) -> Violations {
    let violation =
        |problem: &ConditionProblem| Violation::new(field, Reason::ConditionInvalid, problem.to_string());
    problems.iter().map(violation).collect()
}

/// A mistake in a condition's text.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct ConditionProblem {
    /// The line, counted from 1.
    pub line: u32,
    /// The column in characters, counted from 1.
    pub column: u32,
    /// What is wrong, and what is allowed instead.
    pub message: String,
}

impl ConditionProblem {
    /// Creates a problem at a character offset, counted from 0.
    fn at(text: &str, offset: usize, message: impl Into<String>) -> Self {
        let (mut line, mut column) = (1, 1);
        for c in text.chars().take(offset) {
            if c == '\n' {
                line += 1;
                column = 1;
            } else {
                column += 1;
            }
        }
        Self { line, column, message: message.into() }
    }
}

impl fmt::Display for ConditionProblem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "line {}, column {}: {}", self.line, self.column, self.message)
    }
}
