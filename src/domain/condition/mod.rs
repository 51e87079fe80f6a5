//! The condition language: CEL text, checked against the fields of its subject, as a typed
//! [`Predicate`].
//!
//! Nothing here evaluates: `store::condition_sql` is the only evaluator. What the tree means is
//! said beside each of its nodes in [`tree`]; two rules run through all of it:
//!
//! - **Missing.** `missing != value` is true; any other comparison with something missing is
//! unknown, also under `!`; unknown is no match. A stored value that doesn't fit its declared type
//! counts as missing.
//! - **Total.** Nothing raises: what has no result (a division by zero, an overflow) is missing.
//!
//! Numbers are exact decimals, so `0.1 + 0.2 == 0.3` holds; whole numbers stay within 64 bits,
//! doubles below 1.8e308.

mod check;
mod literal;
pub mod suggest;
mod syntax;
mod token;
pub mod tree;

#[cfg(test)]
mod tests;

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

pub use tree::{Arithmetic, Comparison, Expression, Field, Kind, Literal, Predicate, TextTest};

use super::attribute::AttributeType;
use super::refusal::Reason;
use super::violation::{Violation, Violations};

/// Longest text of a condition, in characters.
pub const MAX_LENGTH: usize = 4_096;
/// Deepest nesting of brackets and operators.
pub const MAX_NESTING: usize = 32;
/// Most nodes (names, literals, operators, calls) of a condition.
pub const MAX_NODES: usize = 500;

/// What a condition talks about: one variable with typed fields.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Subject {
    /// The name in front of the dot, such as `record` or `enrollment`.
    pub variable: String,
    /// The names behind the dot, built-in ones included.
    pub fields: BTreeMap<String, AttributeType>,
    /// Fields of texts that not every text can equal: to ask for another one is a mistake, not a
    /// question that nothing answers.
    pub texts: BTreeMap<String, Texts>,
}

/// What a field of texts can hold.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Texts {
    /// One of these words.
    OneOf(Vec<String>),
    /// Any but the empty one: then it is missing.
    NotEmpty,
}

impl Subject {
    /// A variable whose fields are always the same.
    pub fn new<const N: usize>(variable: &str, fields: [(&str, AttributeType); N]) -> Self {
        let fields = fields.map(|(name, kind)| (name.to_owned(), kind));
        Self { variable: variable.to_owned(), fields: fields.into(), texts: BTreeMap::new() }
    }

    /// With a field that holds one of these words.
    #[must_use]
    pub fn one_of(mut self, field: &str, words: impl IntoIterator<Item = impl Into<String>>) -> Self {
        let words = words.into_iter().map(Into::into).collect();
        self.texts.insert(field.to_owned(), Texts::OneOf(words));
        self
    }

    /// As conditions are read that were saved before there was a rule about their texts.
    #[must_use]
    pub fn as_saved(mut self) -> Self {
        self.texts.clear();
        self
    }

    /// With a field that is missing where it would be empty.
    #[must_use]
    pub fn not_empty(mut self, field: &str) -> Self {
        self.texts.insert(field.to_owned(), Texts::NotEmpty);
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
    /// Every problem found, in the order of the text; never an empty list. Never panics, whatever
    /// the text.
    pub fn parse(text: &str, subject: &Subject) -> Result<Self, Vec<ConditionProblem>> {
        let syntax = syntax::parse(text).map_err(|problem| vec![problem])?;
        let root = check::check(text, subject, &syntax)?;
        Ok(Self { text: text.to_owned(), root })
    }

    /// Parses a condition whose problems are violations of `field`, each with line and column.
    ///
    /// # Errors
    /// Every problem found.
    pub fn check(field: &str, text: &str, subject: &Subject) -> Result<Self, Violations> {
        Self::parse(text, subject).map_err(|problems| {
            let violation = |problem: ConditionProblem| {
                Violation::new(field, Reason::ConditionInvalid, problem.to_string())
            };
            problems.into_iter().map(violation).collect()
        })
    }

    /// The text as it was given.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The typed tree.
    pub fn root(&self) -> &Predicate {
        &self.root
    }

    /// The names of all fields that the condition looks at.
    pub fn fields_used(&self) -> BTreeSet<String> {
        let mut fields = BTreeSet::new();
        self.root.collect_fields(&mut fields);
        fields
    }
}

/// Something wrong with a condition's text.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct ConditionProblem {
    /// Line, from 1.
    pub line: u32,
    /// Column in characters, from 1.
    pub column: u32,
    /// What is wrong, naming it.
    pub message: String,
}

impl ConditionProblem {
    /// A problem at a character of the text, counted from 0.
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
