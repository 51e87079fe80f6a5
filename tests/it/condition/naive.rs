//! What a condition means, written a second time in the plainest way: the test's own tree, its
//! text, and its evaluation record by record. It shares only the text with the product.

use std::collections::BTreeMap;
use std::fmt::{self, Display, Formatter};

use bigdecimal::num_bigint::BigInt;
use bigdecimal::{BigDecimal, RoundingMode, Zero};
use chrono::DateTime;
use serde_json::{Value, json};

/// Types of the test's fields.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Type {
    Text,
    Int,
    Double,
    Bool,
    Time,
    Date,
    List,
    Span,
}

#[derive(Debug, Clone, PartialEq, PartialOrd)]
pub enum Val {
    Text(String),
    Number(BigDecimal),
    Bool(bool),
    List(Vec<String>),
}

#[derive(Debug, Clone)]
pub enum Expr {
    Field(&'static str, Type),
    /// As it is written, and what it means.
    Literal(String, Val),
    Calculate(&'static str, Type, Box<Expr>, Box<Expr>),
    Size(Box<Expr>),
    Lower(Box<Expr>),
    Truth(Box<Pred>),
}

#[derive(Debug, Clone)]
pub enum Pred {
    All(Vec<Pred>),
    Any(Vec<Pred>),
    Not(Box<Pred>),
    Compare(&'static str, Expr, Expr),
    OneOf(Expr, Vec<Expr>),
    Holds(Expr, &'static str),
    Test(&'static str, Expr, Expr),
    Has(&'static str, Type),
    Is(Expr),
    /// As it is written: a timestamp beside [`NOW`], to which microseconds are added.
    Now(String, &'static str, &'static str, i64),
}

/// The instant that `now` stands for.
pub const NOW: &str = "2026-03-31T07:00:00.000000Z";

/// One row: what stands in the JSON object, and what stands in columns.
#[derive(Debug, Clone, Default)]
pub struct Record {
    pub attributes: BTreeMap<String, Value>,
    pub columns: BTreeMap<String, Value>,
    /// What the record that `ref` refers to holds. `None`: there is no such record.
    pub related: Option<BTreeMap<String, Value>>,
}

impl Record {
    pub fn to_json(&self) -> Value {
        json!({"attributes": self.attributes, "columns": self.columns, "related": self.related})
    }

    fn get(&self, name: &str, kind: Type) -> Option<Val> {
        let value = match name.strip_prefix("ref.") {
            Some(name) => self.related.as_ref()?.get(name)?,
            None => self.attributes.get(name).or_else(|| self.columns.get(name))?,
        };

        match (kind, value) {
            (Type::Text | Type::Date, Value::String(text)) => Some(Val::Text(text.clone())),
            (Type::Int | Type::Double, Value::Number(number)) => {
                in_range(kind, number.to_string().parse().expect("JSON numbers are decimals"))
            }
            (Type::Bool, Value::Bool(value)) => Some(Val::Bool(*value)),
            (Type::Time, Value::String(text)) => {
                Some(Val::Number(DateTime::parse_from_rfc3339(text).unwrap().timestamp_micros().into()))
            }
            (Type::List, Value::Array(items)) => {
                Some(Val::List(items.iter().map(|item| item.as_str().unwrap().to_owned()).collect()))
            }
            _ => None,
        }
    }
}

/// True, false, or unknown.
pub fn test(predicate: &Pred, record: &Record) -> Option<bool> {
    match predicate {
        Pred::All(parts) => decide(parts, record, false),
        Pred::Any(parts) => decide(parts, record, true),
        Pred::Not(inner) => test(inner, record).map(|truth| !truth),

        Pred::Compare(sign, left, right) => match (*sign, value(left, record), value(right, record)) {
            ("!=", None, Some(_)) | ("!=", Some(_), None) => Some(true),
            (_, None, _) | (_, _, None) => None,
            ("==", Some(left), Some(right)) => Some(left == right),
            ("!=", Some(left), Some(right)) => Some(left != right),
            ("<", Some(left), Some(right)) => Some(left < right),
            ("<=", Some(left), Some(right)) => Some(left <= right),
            (">", Some(left), Some(right)) => Some(left > right),
            (_, Some(left), Some(right)) => Some(left >= right),
        },

        Pred::OneOf(looked_for, choices) => {
            let looked_for = value(looked_for, record)?;
            Some(choices.iter().any(|choice| value(choice, record).as_ref() == Some(&looked_for)))
        }
        Pred::Holds(looked_for, list) => match (value(looked_for, record)?, record.get(list, Type::List)?) {
            (Val::Text(text), Val::List(items)) => Some(items.contains(&text)),
            _ => unreachable!("the generator types"),
        },
        Pred::Test(name, text, part) => match (value(text, record)?, value(part, record)?) {
            (Val::Text(text), Val::Text(part)) => Some(match *name {
                "startsWith" => text.starts_with(&part),
                "endsWith" => text.ends_with(&part),
                _ => text.contains(&part),
            }),
            _ => unreachable!("the generator types"),
        },

        Pred::Has(name, kind) => Some(record.get(name, *kind).is_some()),
        Pred::Is(expression) => match value(expression, record)? {
            Val::Bool(truth) => Some(truth),
            _ => unreachable!("the generator types"),
        },
        Pred::Now(_, sign, name, shift) => {
            let now = DateTime::parse_from_rfc3339(NOW).unwrap().timestamp_micros() + shift;
            let (field, now) = (record.get(name, Type::Time)?, Val::Number(now.into()));
            Some(match *sign {
                "<" => field < now,
                "<=" => field <= now,
                ">" => field > now,
                _ => field >= now,
            })
        }
    }
}

/// The deciding truth if any part has it, else unknown if any part is, else the other truth.
fn decide(parts: &[Pred], record: &Record, deciding: bool) -> Option<bool> {
    let truths: Vec<Option<bool>> = parts.iter().map(|part| test(part, record)).collect();
    if truths.contains(&Some(deciding)) {
        Some(deciding)
    } else if truths.contains(&None) {
        None
    } else {
        Some(!deciding)
    }
}

fn value(expression: &Expr, record: &Record) -> Option<Val> {
    match expression {
        Expr::Field(name, kind) => record.get(name, *kind),
        Expr::Literal(_, value) => Some(value.clone()),
        Expr::Calculate(sign, kind, left, right) => {
            let (Val::Number(left), Val::Number(right)) = (value(left, record)?, value(right, record)?)
            else {
                unreachable!("the generator types")
            };
            in_range(*kind, calculate(sign, *kind, left, right)?)
        }
        Expr::Size(inner) => match value(inner, record)? {
            Val::Text(text) => Some(Val::Number((text.chars().count() as u64).into())),
            Val::List(items) => Some(Val::Number((items.len() as u64).into())),
            _ => unreachable!("the generator types"),
        },
        Expr::Lower(inner) => match value(inner, record)? {
            Val::Text(text) => Some(Val::Text(text.to_ascii_lowercase())),
            _ => unreachable!("the generator types"),
        },
        Expr::Truth(inner) => test(inner, record).map(Val::Bool),
    }
}

fn calculate(sign: &str, kind: Type, left: BigDecimal, right: BigDecimal) -> Option<BigDecimal> {
    if matches!(sign, "/" | "%") && right.is_zero() {
        return None;
    }
    let whole = |number: &BigDecimal| number.with_scale(0).into_bigint_and_exponent().0;
    let result = match (sign, kind) {
        ("+", _) => left + right,
        ("-", _) => left - right,
        ("*", _) => left * right,
        ("/", Type::Double) => left / right,
        ("/", _) => BigDecimal::from(whole(&left) / whole(&right)),
        _ => BigDecimal::from(whole(&left) % whole(&right)),
    };
    Some(if kind == Type::Double { result.with_scale_round(400, RoundingMode::HalfUp) } else { result })
}

fn in_range(kind: Type, number: BigDecimal) -> Option<Val> {
    let (low, high): (BigDecimal, BigDecimal) = match kind {
        Type::Double => ("-1.8e308".parse().unwrap(), "1.8e308".parse().unwrap()),
        Type::Time => {
            let micros = |text| DateTime::parse_from_rfc3339(text).unwrap().timestamp_micros();
            let (first, last) = (micros("0001-01-01T00:00:00Z"), micros("9999-12-31T23:59:59.999999Z"));
            (BigDecimal::from(first - 1), BigDecimal::from(last + 1))
        }
        _ => (BigDecimal::from(BigInt::from(i64::MIN) - 1), BigDecimal::from(BigInt::from(i64::MAX) + 1)),
    };
    (low < number && number < high).then_some(Val::Number(number))
}

impl Display for Expr {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        match self {
            Expr::Field(name, _) => write!(f, "record.{name}"),
            Expr::Literal(text, _) => f.write_str(text),
            Expr::Calculate(sign, _, left, right) => write!(f, "({left} {sign} {right})"),
            Expr::Size(inner) => write!(f, "size({inner})"),
            Expr::Lower(inner) => write!(f, "{inner}.lowerAscii()"),
            Expr::Truth(inner) => write!(f, "({inner})"),
        }
    }
}

impl Display for Pred {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        let joined = |parts: &[Pred], sign: &str| {
            parts.iter().map(|part| format!("({part})")).collect::<Vec<_>>().join(sign)
        };

        match self {
            Pred::All(parts) => f.write_str(&joined(parts, " && ")),
            Pred::Any(parts) => f.write_str(&joined(parts, " || ")),
            Pred::Not(inner) => write!(f, "!({inner})"),
            Pred::Compare(sign, left, right) => write!(f, "{left} {sign} {right}"),
            Pred::OneOf(value, choices) => {
                let choices: Vec<String> = choices.iter().map(Expr::to_string).collect();
                write!(f, "{value} in [{}]", choices.join(", "))
            }
            Pred::Holds(value, list) => write!(f, "{value} in record.{list}"),
            Pred::Test(name, text, part) => write!(f, "{text}.{name}({part})"),
            Pred::Has(name, _) => write!(f, "has(record.{name})"),
            Pred::Is(expression) => expression.fmt(f),
            Pred::Now(text, ..) => f.write_str(text),
        }
    }
}
