//! Constants: strings read as the kind that they are compared with, timestamps, durations, and
//! arithmetic on them.

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};

use crate::domain::attribute::{
    AttributeType, canonical_date, canonical_timestamp, record_id, timestamp_text,
};

use super::tree::{Arithmetic, Expression, Kind, Literal};

/// The longest duration, like in CEL: about ten thousand years, in microseconds.
const LONGEST_SPAN: i128 = 315_576_000_000 * 1_000_000;

/// Reads a string as a literal of the kind that it is compared with. Returns `None` if it stays a
/// string.
///
/// # Errors
/// The rule the string breaks.
pub fn adapt(text: &str, to: &Kind) -> Result<Option<Literal>, String> {
    match to {
        Kind::Attribute(AttributeType::Date) => date(text).map(Some),
        Kind::Attribute(AttributeType::Reference { record_type }) => {
            record_id(record_type, text).map(|id| Some(Literal::String(id)))
        }
        _ => Ok(None),
    }
}

/// Reads the argument of `timestamp()`, `duration()` or `date()`.
///
/// # Errors
/// The rule the text breaks.
pub fn read(function: &str, text: &str) -> Result<Literal, String> {
    match function {
        "timestamp" => {
            let canonical = canonical_timestamp(text)?;
            // Parsed from the canonical text, which has no digits finer than a microsecond.
            let instant = DateTime::parse_from_rfc3339(&canonical).map_err(|error| error.to_string())?;
            Ok(Literal::Timestamp(instant.with_timezone(&Utc)))
        }
        "date" => date(text),
        _ => span(text).map(Literal::Duration),
    }
}

fn date(text: &str) -> Result<Literal, String> {
    let canonical = canonical_date(text)?;
    let date = NaiveDate::parse_from_str(&canonical, "%Y-%m-%d");
    date.map(Literal::Date).map_err(|error| error.to_string())
}

/// Reads numbers with units, like `1h30m`, `1.5d` or `-10s`. Returns microseconds.
fn span(text: &str) -> Result<i64, String> {
    let rule = "must be a duration like 30d or 1h30m, in the units d, h, m, s, ms and us";
    let (negative, mut rest) = text.strip_prefix('-').map_or((false, text), |rest| (true, rest));
    if rest.is_empty() {
        return Err(rule.to_owned());
    }

    let mut total: i128 = 0;
    while !rest.is_empty() {
        let number = rest.find(|c: char| !c.is_ascii_digit() && c != '.').unwrap_or(rest.len());
        let (digits, tail) = rest.split_at(number);
        let letters = tail.find(|c: char| c.is_ascii_digit() || c == '.').unwrap_or(tail.len());
        let (unit, tail) = tail.split_at(letters);

        let unit: i128 = match unit {
            "d" => 86_400_000_000,
            "h" => 3_600_000_000,
            "m" => 60_000_000,
            "s" => 1_000_000,
            "ms" => 1_000,
            "us" | "µs" => 1,
            // Part of CEL, but finer than any stored timestamp.
            "ns" => return Err("must not be finer than a microsecond".to_owned()),
            _ => return Err(rule.to_owned()),
        };

        total += part(digits, unit).ok_or_else(|| rule.to_owned())??;
        if total > LONGEST_SPAN {
            return Err("must be at most 3652500d, ten thousand years".to_owned());
        }
        rest = tail;
    }

    let total = if negative { -total } else { total };
    i64::try_from(total).map_err(|error| error.to_string())
}

/// Returns `digits` of a unit in microseconds, or `None` if they aren't a number.
fn part(digits: &str, unit: i128) -> Option<Result<i128, String>> {
    let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
    let all_digits = |text: &str| text.bytes().all(|b| b.is_ascii_digit());
    let written = whole.len() + fraction.len();
    // 18 digits always fit, even multiplied by the microseconds of a day.
    if written == 0 || written > 18 || !all_digits(whole) || !all_digits(fraction) {
        return None;
    }

    let scale = 10_i128.pow(fraction.len() as u32);
    let scaled: i128 = format!("{whole}{fraction}").parse().ok()?;
    if (scaled * unit) % scale != 0 {
        return Some(Err("must not be finer than a microsecond".to_owned()));
    }
    Some(Ok(scaled * unit / scale))
}

/// Computes two constants if the result is a timestamp or a duration. Returns `None` for everything
/// else.
pub fn fold(operator: Arithmetic, left: &Expression, right: &Expression) -> Option<Result<Literal, String>> {
    let (Expression::Literal(left), Expression::Literal(right)) = (left, right) else { return None };

    let folded = match (operator, left, right) {
        (Arithmetic::Add, Literal::Timestamp(instant), Literal::Duration(span))
        | (Arithmetic::Add, Literal::Duration(span), Literal::Timestamp(instant)) => {
            shift(*instant, Some(*span))
        }
        (Arithmetic::Subtract, Literal::Timestamp(instant), Literal::Duration(span)) => {
            shift(*instant, span.checked_neg())
        }
        (Arithmetic::Subtract, Literal::Timestamp(later), Literal::Timestamp(earlier)) => {
            later.timestamp_micros().checked_sub(earlier.timestamp_micros()).map(Literal::Duration)
        }
        (Arithmetic::Add, Literal::Duration(one), Literal::Duration(other)) => {
            one.checked_add(*other).map(Literal::Duration)
        }
        (Arithmetic::Subtract, Literal::Duration(one), Literal::Duration(other)) => {
            one.checked_sub(*other).map(Literal::Duration)
        }
        _ => return None,
    };

    Some(folded.ok_or_else(|| "the result must lie in the years 1 to 9999".to_owned()))
}

fn shift(instant: DateTime<Utc>, span: Option<i64>) -> Option<Literal> {
    let shifted = instant.checked_add_signed(TimeDelta::microseconds(span?))?;
    // Only to check that the year can be stored.
    timestamp_text(shifted).map(|_| Literal::Timestamp(shifted))
}
