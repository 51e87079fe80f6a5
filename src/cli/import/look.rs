//! What a cell looks like to a person, however it is written.

use super::truth::{LONGEST as LONGEST_TRUTH, truth};
use crate::domain::attribute::AttributeType;

/// What a person takes a cell for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Look {
    /// A day or a point in time.
    Time,
    /// A number or an amount.
    Number,
    /// A yes or no.
    Truth,
}

impl Look {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Time, Self::Number, Self::Truth];

    /// Whether a word looks so.
    pub fn has(self, word: &str) -> bool {
        match self {
            // The first looks are cheap: files have millions of cells.
            Self::Time => word.starts_with(|c: char| c.is_ascii_digit()) && is_time(word),
            Self::Number => word.contains(|c: char| c.is_ascii_digit()) && is_number(word) && !is_time(word),
            Self::Truth => word.len() <= LONGEST_TRUTH && truth(word).is_ok() && word != "0" && word != "1",
        }
    }

    /// The types of such values.
    pub fn types(self) -> &'static [AttributeType] {
        match self {
            Self::Time => &[AttributeType::Date, AttributeType::Timestamp],
            Self::Number => &[AttributeType::Int, AttributeType::Double],
            Self::Truth => &[AttributeType::Bool],
        }
    }

    /// Why there may be no type for all cells although each has one.
    pub fn mixed(self) -> &'static str {
        match self {
            Self::Time => "dates and times are mixed",
            Self::Number => "no type holds all these numbers",
            Self::Truth => "no cell says the opposite",
        }
    }

    /// How such a value is written for the attribute of that name.
    pub fn rule(self, name: &str) -> String {
        match self {
            Self::Time => "a date is written as 2026-03-31, a time as 2026-03-31T09:00:00Z".to_owned(),
            Self::Number => "a number is written as 1234.5".to_owned(),
            Self::Truth => format!("--type {name}=BOOL if it says yes or no"),
        }
    }
}

fn is_time(word: &str) -> bool {
    let day = word.split([' ', 'T']).next().unwrap_or_default();
    let parts: Vec<&str> = day.split(['.', '/', '-']).collect();
    let [first, middle, last] = parts.as_slice() else { return false };
    let digits = |part: &str, most: usize| {
        (1..=most).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_digit())
    };
    let year = |part: &str| part.len() == 4 && digits(part, 4);
    digits(middle, 2)
        && (year(first) && digits(last, 2)
            || digits(first, 2) && (year(last) || last.len() == 2 && digits(last, 2)))
}

fn is_number(word: &str) -> bool {
    const CURRENCIES: [&str; 8] = ["eur", "usd", "chf", "gbp", "€", "$", "£", "%"];
    let lower = word.to_lowercase();
    let bare = CURRENCIES.iter().fold(lower.as_str(), |word, sign| {
        let word = word.strip_prefix(sign).unwrap_or(word);
        word.strip_suffix(sign).unwrap_or(word).trim()
    });
    let of_number = |c: char| c.is_ascii_digit() || ".,'’+- \u{a0}\u{202f}".contains(c);
    bare.chars().all(of_number)
}

/// Whether the dot of a number may separate thousands, as in `1.234`; none if there is no dot or
/// no number.
pub fn separates_thousands(word: &str) -> Option<bool> {
    let (whole, fraction) = word.strip_prefix('-').unwrap_or(word).split_once('.')?;
    let digits = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    let is_number = digits(whole) && digits(fraction);
    is_number.then(|| fraction.len() == 3 && whole.len() <= 3 && !whole.starts_with('0'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cell_looks_as_a_person_takes_it() {
        let cases = [
            (
                Some(Look::Number),
                &["1234", "-7,5%", "1.234,50", "€ 12", "12 EUR", "1 234", "1'234.50", "02138"][..],
            ),
            (
                Some(Look::Time),
                &["31.12.2025", "12/31/2025", "2025-12-31 10:00", "1.1.26", "2025-12-31T10:00:00Z"],
            ),
            (Some(Look::Truth), &["ja", "No", "TRUE", "off"]),
            (None, &["", "Ann", "7 apples", "-", "n/a"]),
        ];

        for (expected, words) in cases {
            for word in words {
                let found: Vec<Look> = Look::ALL.into_iter().filter(|look| look.has(word)).collect();
                assert_eq!(found, Vec::from_iter(expected), "{word:?}");
            }
        }
    }
}
