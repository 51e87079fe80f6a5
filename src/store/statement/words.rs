//! SQL texts for enums, which are stored as numbers.

use std::fmt::{Display, Write};

use strum::VariantArray;

/// Returns a `CASE` over the numbers of an enum, like
/// `(CASE activity.kind WHEN 1 THEN 'EMAIL' END)`.
pub(in crate::store) fn case<T: Display>(of: &str, arms: impl IntoIterator<Item = (i16, T)>) -> String {
    let mut text = format!("(CASE {of}");
    for (number, answer) in arms {
        write!(text, " WHEN {number} THEN {answer}").expect("writing to a String never fails");
    }
    text + " END)"
}

/// Returns a `CASE` that turns the numbers of an enum into the words on the wire.
pub(in crate::store) fn shown<T>(of: &str, number: fn(T) -> i16) -> String
where
    T: Copy + VariantArray + Into<&'static str>,
{
    let arm = |variant: &T| (number(*variant), format!("'{}'", Into::<&'static str>::into(*variant)));
    case(of, T::VARIANTS.iter().map(arm))
}

/// Returns numbers for `IN (…)`, like `1, 2`.
pub(in crate::store) fn numbers(numbers: impl IntoIterator<Item = i16>) -> String {
    numbers.into_iter().map(|number| number.to_string()).collect::<Vec<_>>().join(", ")
}
