//! The typed form of a condition: what the parser's tree becomes once every name and type has been
//! checked.

use std::collections::BTreeSet;
use std::fmt;

use chrono::{DateTime, NaiveDate, Utc};

use crate::domain::attribute::AttributeType;

/// Something that is true, false or unknown. Unknown is no match, and so is its negation.
#[derive(Debug, Clone, PartialEq)]
pub enum Predicate {
    /// `a && b && …`: false as soon as one is false, else unknown as soon as one is unknown.
    All(Vec<Predicate>),
    /// `a || b || …`: true as soon as one is true, else unknown as soon as one is unknown.
    Any(Vec<Predicate>),
    /// `!a`; unknown stays unknown.
    Not(Box<Predicate>),
    /// Both sides are of one domain (see [`Kind::comparable`]). Unknown if a side is missing,
    /// except that `!=` is true if exactly one is.
    Compare {
        /// Which comparison.
        operator: Comparison,
        /// What stands on the left.
        left: Expression,
        /// What stands on the right.
        right: Expression,
    },
    /// `value in [a, b]`, with literals of the value's domain; unknown if the value is missing.
    OneOf {
        /// What is looked for.
        value: Expression,
        /// Where it is looked for.
        choices: Vec<Literal>,
    },
    /// `value in record.tags`; unknown if either is missing.
    Holds {
        /// A list of strings.
        list: Field,
        /// A text.
        value: Expression,
    },
    /// `text.startsWith(part)` and its like; unknown if either is missing.
    Text {
        /// Which test.
        test: TextTest,
        /// The text looked at.
        text: Expression,
        /// The text looked for.
        part: Expression,
    },
    /// `has(record.x)`: never unknown.
    Present(Field),
    /// A bool attribute or literal; unknown if missing.
    Value(Expression),
}

/// A value, or missing.
#[derive(Debug, Clone, PartialEq)]
pub enum Expression {
    /// What the record holds.
    Field(Field),
    /// What the text of the condition says.
    Literal(Literal),
    /// A number, instant or span computed from two others. Missing if a side is, when divided by
    /// zero, and when the result leaves the range of its kind.
    Arithmetic {
        /// Which operation.
        operator: Arithmetic,
        /// The kind of the result: Int, Double, Timestamp or Duration.
        kind: Kind,
        /// What stands on the left.
        left: Box<Expression>,
        /// What stands on the right.
        right: Box<Expression>,
    },
    /// Code points of a text, or elements of a list.
    Size(Box<Expression>),
    /// The text with A–Z as a–z and everything else as it is.
    LowerAscii(Box<Expression>),
    /// A predicate used as a value; missing if unknown.
    Predicate(Box<Predicate>),
}

/// A named value of the subject, with its declared type.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Field {
    /// The name behind the dot.
    pub name: String,
    /// What it holds.
    pub attribute_type: AttributeType,
}

/// A constant of the condition's text.
#[derive(Debug, Clone, PartialEq)]
pub enum Literal {
    /// Text, and the bare id of a record.
    String(String),
    /// A whole number.
    Int(i64),
    /// A finite number; means the decimal that its shortest text says.
    Double(f64),
    /// True or false.
    Bool(bool),
    /// An instant, in whole microseconds.
    Timestamp(DateTime<Utc>),
    /// A day.
    Date(NaiveDate),
    /// A span, in microseconds.
    Duration(i64),
}

/// `==` and its like.
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

/// `+` and its like. Numbers are exact decimals.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Arithmetic {
    /// `+`
    Add,
    /// `-`
    Subtract,
    /// `*`
    Multiply,
    /// `/`: of whole numbers cut off towards zero, of others to at least 16 significant digits.
    Divide,
    /// `%`, of whole numbers; takes the sign of the left side.
    Remainder,
}

/// A test of one text by another, by code point.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TextTest {
    /// `startsWith`
    StartsWith,
    /// `endsWith`
    EndsWith,
    /// `contains`
    Contains,
}

/// What an expression yields: an attribute's type, or a span of time.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Kind {
    /// A value that an attribute could hold.
    Attribute(AttributeType),
    /// A span between two instants.
    Duration,
}

impl Kind {
    pub(super) const STRING: Self = Self::Attribute(AttributeType::String);
    pub(super) const INT: Self = Self::Attribute(AttributeType::Int);
    pub(super) const DOUBLE: Self = Self::Attribute(AttributeType::Double);
    pub(super) const BOOL: Self = Self::Attribute(AttributeType::Bool);
    pub(super) const TIMESTAMP: Self = Self::Attribute(AttributeType::Timestamp);
    pub(super) const DATE: Self = Self::Attribute(AttributeType::Date);

    /// Whether it is a whole or other number.
    pub fn is_number(&self) -> bool {
        *self == Self::INT || *self == Self::DOUBLE
    }

    /// Whether values of both kinds can be compared: equal kinds, and numbers among each other.
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
    /// What the literal is.
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
    /// What the expression yields.
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

impl Predicate {
    /// A field and texts of which it holds one wherever this matches: the first found that
    /// `accepts` takes.
    pub fn asked_texts(&self, accepts: &dyn Fn(&Field, &[&str]) -> bool) -> Option<(&Field, Vec<&str>)> {
        let (field, literals) = match self {
            Self::All(parts) => return parts.iter().find_map(|part| part.asked_texts(accepts)),
            Self::Compare { operator: Comparison::Equal, left, right } => match (left, right) {
                (Expression::Field(field), Expression::Literal(text))
                | (Expression::Literal(text), Expression::Field(field)) => {
                    (field, std::slice::from_ref(text))
                }
                _ => return None,
            },
            Self::OneOf { value: Expression::Field(field), choices } => (field, choices.as_slice()),
            _ => return None,
        };
        let texts = literals.iter().map(|literal| match literal {
            Literal::String(text) => Some(text.as_str()),
            _ => None,
        });
        let texts = texts.collect::<Option<Vec<&str>>>()?;
        accepts(field, &texts).then_some((field, texts))
    }

    /// Adds the names of all fields looked at.
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
            Self::Present(field) => {
                into.insert(field.name.clone());
            }
        }
    }
}
