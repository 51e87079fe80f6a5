//! The typed form of a condition: the parser's tree after every name and type has been checked.

use std::collections::BTreeSet;
use std::fmt;

use chrono::{DateTime, NaiveDate, Utc};

use crate::domain::attribute::AttributeType;

use super::now::Flip;

/// A predicate that is true, false or unknown. Neither unknown nor its negation matches.
#[derive(Debug, Clone, PartialEq)]
pub enum Predicate {
    /// `a && b && …`: false if any part is false, else unknown if any part is unknown.
    All(Vec<Predicate>),
    /// `a || b || …`: true if any part is true, else unknown if any part is unknown.
    Any(Vec<Predicate>),
    /// `!a`; unknown stays unknown.
    Not(Box<Predicate>),
    /// Compares two comparable values (see [`Kind::comparable`]). Unknown if a side is missing, but
    /// `!=` is true if exactly one side is missing.
    Compare {
        /// The operator.
        operator: Comparison,
        /// The left side.
        left: Expression,
        /// The right side.
        right: Expression,
    },
    /// `record.x < now + shift`, with any operator that orders. Unknown if the timestamp is
    /// missing.
    Now {
        /// The operator, with the field on its left.
        operator: Comparison,
        /// The timestamp.
        field: Field,
        /// What is added to `now`, in microseconds.
        shift: i64,
    },
    /// `value in [a, b]`, with literals comparable to the value. Unknown if the value is missing.
    OneOf {
        /// The value to look for.
        value: Expression,
        /// The literals that match.
        choices: Vec<Literal>,
    },
    /// `value in record.tags`. Unknown if either is missing.
    Holds {
        /// The list of strings.
        list: Field,
        /// The string to look for.
        value: Expression,
    },
    /// `text.startsWith(part)` and similar tests. Unknown if either is missing.
    Text {
        /// The test.
        test: TextTest,
        /// The text to search.
        text: Expression,
        /// The text to search for.
        part: Expression,
    },
    /// `has(record.x)`. Never unknown.
    Present(Field),
    /// A bool attribute or literal. Unknown if missing.
    Value(Expression),
}

/// An expression that yields a value or is missing.
#[derive(Debug, Clone, PartialEq)]
pub enum Expression {
    /// The value that the record holds.
    Field(Field),
    /// A constant in the condition's text.
    Literal(Literal),
    /// A number, timestamp or duration computed from two others. Missing if a side is missing, on
    /// division by zero, and if the result is outside the range of its kind.
    Arithmetic {
        /// The operator.
        operator: Arithmetic,
        /// The kind of the result: Int, Double, Timestamp or Duration.
        kind: Kind,
        /// The left side.
        left: Box<Expression>,
        /// The right side.
        right: Box<Expression>,
    },
    /// The number of code points in a text, or of elements in a list.
    Size(Box<Expression>),
    /// The text with A–Z replaced by a–z, and everything else unchanged.
    LowerAscii(Box<Expression>),
    /// A predicate used as a value. Missing if unknown.
    Predicate(Box<Predicate>),
}

/// A named value of the subject, with its declared type.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Field {
    /// The name after the dot.
    pub name: String,
    /// The type of its values.
    pub attribute_type: AttributeType,
}

impl Field {
    /// Returns its name without a variable.
    pub fn key(&self) -> &str {
        self.name.rsplit_once('.').map_or(&self.name, |(_, key)| key)
    }
}

/// A constant of the condition's text.
#[derive(Debug, Clone, PartialEq)]
pub enum Literal {
    /// Text, or the bare id of a record.
    String(String),
    /// A whole number.
    Int(i64),
    /// A finite number. Its value is the decimal that its shortest text shows.
    Double(f64),
    /// True or false.
    Bool(bool),
    /// An instant, in whole microseconds.
    Timestamp(DateTime<Utc>),
    /// A day.
    Date(NaiveDate),
    /// A duration in microseconds; can be negative.
    Duration(i64),
}

/// A comparison operator.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Comparison {
    /// `==`
    Equal,
    /// `!=`
    NotEqual,
    /// `<`
    Less,
    /// `<=`
    LessOrEqual,
    /// `>`
    Greater,
    /// `>=`
    GreaterOrEqual,
}

impl Comparison {
    /// The operator that says the same with both sides exchanged.
    pub(super) fn mirrored(self) -> Self {
        match self {
            Self::Less => Self::Greater,
            Self::LessOrEqual => Self::GreaterOrEqual,
            Self::Greater => Self::Less,
            Self::GreaterOrEqual => Self::LessOrEqual,
            Self::Equal | Self::NotEqual => self,
        }
    }
}

/// An arithmetic operator. Numbers are exact decimals.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Arithmetic {
    /// `+`
    Add,
    /// `-`
    Subtract,
    /// `*`
    Multiply,
    /// `/`. Whole numbers are truncated towards zero; others have at least 16 significant digits.
    Divide,
    /// `%`, for whole numbers only. The result has the sign of the left side.
    Remainder,
}

/// A test of one text against another, by code point.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TextTest {
    /// `startsWith`
    StartsWith,
    /// `endsWith`
    EndsWith,
    /// `contains`
    Contains,
}

/// The kind of an expression's value: an attribute's type, or a duration.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Kind {
    /// A value that an attribute could hold.
    Attribute(AttributeType),
    /// The time between two instants.
    Duration,
}

impl Kind {
    pub(super) const STRING: Self = Self::Attribute(AttributeType::String);
    pub(super) const INT: Self = Self::Attribute(AttributeType::Int);
    pub(super) const DOUBLE: Self = Self::Attribute(AttributeType::Double);
    pub(super) const BOOL: Self = Self::Attribute(AttributeType::Bool);
    pub(super) const TIMESTAMP: Self = Self::Attribute(AttributeType::Timestamp);
    pub(super) const DATE: Self = Self::Attribute(AttributeType::Date);

    /// True for whole numbers and doubles.
    pub fn is_number(&self) -> bool {
        *self == Self::INT || *self == Self::DOUBLE
    }

    /// True if values of both kinds can be compared: the kinds are equal, or both are numbers.
    pub fn comparable(&self, other: &Self) -> bool {
        self == other || (self.is_number() && other.is_number())
    }
}

impl fmt::Display for Kind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Attribute(AttributeType::Reference { record_type }) => {
                write!(f, "REFERENCE to {record_type}")
            }
            Self::Attribute(attribute_type) => attribute_type.fmt(f),
            Self::Duration => f.write_str("DURATION"),
        }
    }
}

impl Literal {
    /// The kind of the literal.
    pub fn kind(&self) -> Kind {
        match self {
            Self::String(_) => Kind::STRING,
            Self::Int(_) => Kind::INT,
            Self::Double(_) => Kind::DOUBLE,
            Self::Bool(_) => Kind::BOOL,
            Self::Timestamp(_) => Kind::TIMESTAMP,
            Self::Date(_) => Kind::DATE,
            Self::Duration(_) => Kind::Duration,
        }
    }
}

impl Expression {
    /// The kind of the expression's value.
    pub fn kind(&self) -> Kind {
        match self {
            Self::Field(field) => Kind::Attribute(field.attribute_type.clone()),
            Self::Literal(literal) => literal.kind(),
            Self::Arithmetic { kind, .. } => kind.clone(),
            Self::Size(_) => Kind::INT,
            Self::LowerAscii(_) => Kind::STRING,
            Self::Predicate(_) => Kind::BOOL,
        }
    }

    fn collect_negated<'a>(&'a self, negated: bool, into: &mut Vec<&'a Field>) {
        match self {
            Self::Field(field) => into.extend(negated.then_some(field)),
            Self::Literal(_) => {}
            Self::Arithmetic { left, right, .. } => {
                left.collect_negated(negated, into);
                right.collect_negated(negated, into);
            }
            Self::Size(inner) | Self::LowerAscii(inner) => inner.collect_negated(negated, into),
            Self::Predicate(inner) => inner.collect_negated(negated, into),
        }
    }

    fn collect_fields(&self, into: &mut BTreeSet<String>) {
        match self {
            Self::Field(field) => {
                into.insert(field.name.clone());
            }
            Self::Literal(_) => {}
            Self::Arithmetic { left, right, .. } => {
                left.collect_fields(into);
                right.collect_fields(into);
            }
            Self::Size(inner) | Self::LowerAscii(inner) => inner.collect_fields(into),
            Self::Predicate(inner) => inner.collect_fields(into),
        }
    }
}

impl Expression {
    fn collect_flips(&self, into: &mut BTreeSet<Flip>) {
        match self {
            // `(record.x < now) == record.y`: a predicate can be a value anywhere.
            Self::Predicate(inner) => inner.collect_flips(into),
            Self::Arithmetic { left, right, .. } => {
                left.collect_flips(into);
                right.collect_flips(into);
            }
            Self::Size(inner) | Self::LowerAscii(inner) => inner.collect_flips(into),
            Self::Field(_) | Self::Literal(_) => {}
        }
    }
}

impl Predicate {
    /// True if several parts must match.
    pub fn is_conjunction(&self) -> bool {
        matches!(self, Self::All(_))
    }

    /// Returns the first field that `accepts` takes, with the values it must have: every match of
    /// this predicate holds one of them in that field, a list as one of its elements.
    pub fn asked(&self, accepts: &dyn Fn(&Field, &[Literal]) -> bool) -> Option<(&Field, &[Literal])> {
        let (field, values) = match self {
            // Every part must match, so any part's values will do.
            Self::All(parts) => return parts.iter().find_map(|part| part.asked(accepts)),
            Self::Compare { operator: Comparison::Equal, left, right } => match (left, right) {
                (Expression::Field(field), Expression::Literal(value))
                | (Expression::Literal(value), Expression::Field(field)) => {
                    (field, std::slice::from_ref(value))
                }
                _ => return None,
            },

            Self::OneOf { value: Expression::Field(field), choices } => (field, choices.as_slice()),
            Self::Holds { list, value: Expression::Literal(value) } => (list, std::slice::from_ref(value)),
            Self::Value(Expression::Field(field)) => (field, &[Literal::Bool(true)][..]),
            _ => return None,
        };

        accepts(field, values).then_some((field, values))
    }

    /// Like [`Predicate::asked`], for fields that must have one of some texts.
    pub fn asked_texts(&self, accepts: &dyn Fn(&Field, &[&str]) -> bool) -> Option<(&Field, Vec<&str>)> {
        let accepts =
            |field: &Field, values: &[Literal]| texts(values).is_some_and(|texts| accepts(field, &texts));
        let (field, values) = self.asked(&accepts)?;
        Some((field, texts(values)?))
    }

    /// Adds the fields that the predicate negates, in the order of the text. `negated` is true
    /// below a `!`.
    pub(super) fn collect_negated<'a>(&'a self, negated: bool, into: &mut Vec<&'a Field>) {
        match self {
            Self::All(parts) | Self::Any(parts) => {
                parts.iter().for_each(|part| part.collect_negated(negated, into));
            }
            Self::Not(inner) => inner.collect_negated(!negated, into),
            Self::Compare { operator, left, right } => {
                let negated = negated != (*operator == Comparison::NotEqual);
                left.collect_negated(negated, into);
                right.collect_negated(negated, into);
            }
            Self::Text { text, part, .. } => {
                text.collect_negated(negated, into);
                part.collect_negated(negated, into);
            }
            Self::OneOf { value, .. } | Self::Value(value) => value.collect_negated(negated, into),
            Self::Now { field, .. } => into.extend(negated.then_some(field)),
            Self::Holds { list, value } => {
                into.extend(negated.then_some(list));
                value.collect_negated(negated, into);
            }
            // Asks whether it is missing, and is never unknown.
            Self::Present(_) => {}
        }
    }

    /// Adds the names of all fields that the predicate reads.
    pub(super) fn collect_fields(&self, into: &mut BTreeSet<String>) {
        match self {
            Self::All(parts) | Self::Any(parts) => parts.iter().for_each(|part| part.collect_fields(into)),
            Self::Not(inner) => inner.collect_fields(into),
            Self::Compare { left, right, .. } | Self::Text { text: left, part: right, .. } => {
                left.collect_fields(into);
                right.collect_fields(into);
            }

            Self::OneOf { value, .. } | Self::Value(value) => value.collect_fields(into),
            Self::Holds { list, value } => {
                into.insert(list.name.clone());
                value.collect_fields(into);
            }

            Self::Present(field) | Self::Now { field, .. } => {
                into.insert(field.name.clone());
            }
        }
    }

    /// Adds the instants at which the answer may change with time alone.
    pub(super) fn collect_flips(&self, into: &mut BTreeSet<Flip>) {
        match self {
            Self::Now { field, shift, .. } => {
                into.insert(Flip { field: field.name.clone(), shift: *shift });
            }
            Self::All(parts) | Self::Any(parts) => parts.iter().for_each(|part| part.collect_flips(into)),
            Self::Not(inner) => inner.collect_flips(into),
            Self::Compare { left, right, .. } | Self::Text { text: left, part: right, .. } => {
                left.collect_flips(into);
                right.collect_flips(into);
            }
            Self::OneOf { value, .. } | Self::Holds { value, .. } | Self::Value(value) => {
                value.collect_flips(into);
            }
            Self::Present(_) => {}
        }
    }
}

/// Returns literals as texts. `None` if one of them is something else.
fn texts(literals: &[Literal]) -> Option<Vec<&str>> {
    let texts = literals.iter().map(|literal| match literal {
        Literal::String(text) => Some(text.as_str()),
        _ => None,
    });
    texts.collect()
}
