//! Numbers. A value that its type can't hold exactly is refused: it is a code, or was rounded on
//! its way.

use serde_json::Value;

/// The largest whole number accepted as a JSON number. A larger one may have been rounded on its
/// way, because many clients keep JSON numbers as doubles.
const LARGEST_NUMBER: u64 = (1 << 53) - 1;
/// The significant digits that a double keeps.
const KEPT_DIGITS: usize = 17;

/// Reads a whole number that came as a JSON number.
///
/// # Errors
/// The rule that the number breaks.
pub fn whole(number: &serde_json::Number) -> Result<i64, String> {
    // Read as a double, so that 12.0 is accepted as 12.
    let double = number.as_f64().ok_or_else(out_of_range)?;
    if double.fract() != 0.0 {
        return Err("must be a whole number".to_owned());
    }
    // Every whole number up to this limit is exact as a double, so the cast below loses nothing.
    if double.abs() > LARGEST_NUMBER as f64 {
        return Err(format!("must be written as text, like \"123\", if it is beyond {LARGEST_NUMBER}"));
    }
    Ok(double as i64)
}

/// Reads a whole number that came as text. `12.0` is one: programs write columns with gaps so.
///
/// # Errors
/// The rule that the text breaks.
pub fn whole_text(text: &str) -> Result<i64, String> {
    let (sign, digits) = signed(text);
    let digits = match digits.split_once('.') {
        Some((whole, zeros)) if !zeros.is_empty() && zeros.bytes().all(|byte| byte == b'0') => whole,
        _ => digits,
    };
    if !is_digits(digits) || sign == "-" && digits == "0" {
        return Err("must be a whole number".to_owned());
    }
    check_zeros(digits, "INT")?;
    format!("{sign}{digits}").parse().map_err(|_| out_of_range())
}

/// Reads a double that came as text.
///
/// # Errors
/// The rule that the text breaks.
pub fn double_text(text: &str) -> Result<Value, String> {
    let value = finite(text.parse().ok().filter(|_| !text.starts_with('+')))?;
    let (_, digits) = signed(text);
    let (mantissa, exponent) = digits.split_once(['e', 'E']).unwrap_or((digits, ""));
    let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    check_zeros(whole, "DOUBLE")?;

    if is_digits(exponent) && !mantissa.contains('.') {
        let example = "write 1.0E10 for a number";
        return Err(format!("reads like a code, its attribute is DOUBLE ({example})"));
    }
    if !is_kept(whole, fraction, exponent, value.as_f64().unwrap_or_default()) {
        return Err("has more digits than a DOUBLE keeps".to_owned());
    }
    Ok(value)
}

/// Takes a double if JSON can write it.
///
/// # Errors
/// The rule that it breaks.
pub fn finite(double: Option<f64>) -> Result<Value, String> {
    // `from_f64` refuses NaN and infinity.
    let number = double.and_then(serde_json::Number::from_f64);
    number.map(Value::Number).ok_or_else(|| "must be a finite number".to_owned())
}

/// Returns true if the double still has the value of its text.
fn is_kept(whole: &str, fraction: &str, exponent: &str, double: f64) -> bool {
    let digits = format!("{whole}{fraction}");
    let significant = digits.trim_matches('0').len();
    if exponent.is_empty() && fraction.trim_end_matches('0').is_empty() {
        return format!("{:.0}", double.abs()) == whole;
    }
    significant <= KEPT_DIGITS && (double != 0.0 || significant == 0)
}

fn signed(text: &str) -> (&str, &str) {
    text.strip_prefix('-').map_or(("", text), |digits| ("-", digits))
}

fn is_digits(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}

fn check_zeros(digits: &str, attribute_type: &str) -> Result<(), String> {
    if digits.len() > 1 && digits.starts_with('0') {
        return Err(format!("has leading zeros: a code? its attribute is {attribute_type}"));
    }
    Ok(())
}

fn out_of_range() -> String {
    format!("must be a whole number from {} to {}", i64::MIN, i64::MAX)
}
