//! Of what type a column is that nobody declared. A type is for ever, so a column is STRING unless
//! every cell can be nothing else: codes look like numbers, and `NO` is a country.

use crate::domain::attribute::AttributeType;

/// What the cells of a column can all be.
#[derive(Clone)]
pub struct Guess {
    /// The types that are still possible, the most exact first; before the first cell all of them.
    possible: Vec<AttributeType>,
    seen: bool,
    /// Which kinds of words were seen.
    yes: bool,
    no: bool,
    /// Whether one of them was a word of everyday language.
    everyday: bool,
    /// Whether whole numbers were written as `12`, and as `12.0`.
    plain: bool,
    pointed: bool,
}

impl Default for Guess {
    fn default() -> Self {
        let possible = vec![
            AttributeType::Int,
            AttributeType::Double,
            AttributeType::Bool,
            AttributeType::Date,
            AttributeType::Timestamp,
        ];
        Self { possible, seen: false, yes: false, no: false, everyday: false, plain: false, pointed: false }
    }
}

impl Guess {
    /// Takes a cell into account.
    pub fn look(&mut self, cell: &str) {
        let word = cell.trim();
        if word.is_empty() {
            return;
        }
        self.seen = true;
        let lower = word.to_ascii_lowercase();
        self.yes |= matches!(lower.as_str(), "yes" | "true");
        self.no |= matches!(lower.as_str(), "no" | "false");
        self.everyday |= matches!(lower.as_str(), "yes" | "no");
        self.plain |= !word.contains('.');
        self.pointed |= word.ends_with(".0");
        self.possible.retain(|kind| fits(kind, word));
    }

    /// The type; none if every cell was empty.
    pub fn kind(self) -> Option<AttributeType> {
        let certain = |kind: &AttributeType| match kind {
            // 1.0 and 1 in one column may be two versions.
            AttributeType::Double => !(self.plain && self.pointed),
            AttributeType::Bool => !self.everyday || self.yes && self.no,
            _ => true,
        };
        let kind = self.possible.into_iter().find(certain);
        self.seen.then(|| kind.unwrap_or(AttributeType::String))
    }
}

/// Whether a word can be nothing but a value of the type: as a number it must be written as that
/// number is.
fn fits(kind: &AttributeType, word: &str) -> bool {
    let Ok(value) = kind.parse_text(word) else { return false };
    match kind {
        AttributeType::Int => value.as_i64().is_some_and(|whole| format!("{whole}") == word),
        AttributeType::Double => value.as_f64().is_some_and(|double| {
            let shortest = format!("{double}");
            shortest == word || format!("{double:?}") == word
        }),
        AttributeType::Bool => word != "0" && word != "1",
        _ => true,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn guessed(cells: &[&str]) -> Option<AttributeType> {
        let mut guess = Guess::default();
        cells.iter().for_each(|cell| guess.look(cell));
        guess.kind()
    }

    #[test]
    fn a_column_is_of_the_most_exact_type_that_all_its_cells_have() {
        let cases: [(&[&str], Option<AttributeType>); 9] = [
            (&["1", "", "-20"], Some(AttributeType::Int)),
            (&["1", "2.5", "0.5"], Some(AttributeType::Double)),
            (&["12.0", "2.5"], Some(AttributeType::Double)),
            (&["0", "1"], Some(AttributeType::Int)),
            (&["yes", "No", "true"], Some(AttributeType::Bool)),
            (&["TRUE"], Some(AttributeType::Bool)),
            (&["2018-02-01", " 2017-10-20"], Some(AttributeType::Date)),
            (&["2018-02-01T10:00:00Z", "2026-05-13T14:20:48.000+0000"], Some(AttributeType::Timestamp)),
            (&["", " "], None),
        ];

        for (cells, expected) in cases {
            assert_eq!(guessed(cells), expected, "{cells:?}");
        }
    }

    #[test]
    fn a_code_is_text() {
        let cases: [&[&str]; 17] = [
            &["01234", "12345"],
            &["+491701234567"],
            &["123456789012345678901234"],
            &["NO"],
            &["no", "No"],
            &["YES"],
            &["yes", "true"],
            &["Y", "N"],
            &["1E10", "2E05"],
            &["1e3"],
            &["1.10", "1.1"],
            &["1.0", "1"],
            &["12", "12.0"],
            &[".5"],
            &["5."],
            &["1e-400"],
            &["2018-02-01", "2018-02-01T10:00:00Z"],
        ];

        for cells in cases {
            assert_eq!(guessed(cells), Some(AttributeType::String), "{cells:?}");
        }
    }
}
