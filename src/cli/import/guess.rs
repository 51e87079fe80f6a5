//! Of what type a column is that nobody declared. A type is for ever, so a column is STRING unless
//! every cell can be nothing else: codes look like numbers, and `NO` is a country.

use super::failed::failed;
use super::look::{self, Look};
use crate::domain::attribute::AttributeType;

/// What the cells of a column can all be.
#[derive(Clone)]
pub struct Guess {
    /// The types that are still possible, the most exact first; before the first cell all of them.
    possible: Vec<AttributeType>,
    /// Whether the header names a code.
    is_code: bool,
    /// Whether semicolons separate cells, where a dot mostly separates thousands.
    semicolons: bool,
    seen: u64,
    /// Which kinds of words were seen.
    yes: bool,
    no: bool,
    /// Whether one of them was a word of everyday language.
    everyday: bool,
    /// Whether whole numbers were written as `12`, and as `12.0`.
    plain: bool,
    pointed: bool,
    /// The first number that may be one of thousands, `1.234`, and whether others can't.
    thousands: Option<Place>,
    fractions: bool,
    /// What cells look like, and the first one that can't be of such a type.
    looks: [(Look, u64, Option<Place>); 3],
    /// Cells in which a formula failed.
    failed: u64,
    first_failed: Option<Place>,
}

/// A cell and its line.
type Place = (u64, String);

impl Guess {
    /// The guess before any cell.
    pub fn new(is_code: bool, semicolons: bool) -> Self {
        let possible = vec![
            AttributeType::Int,
            AttributeType::Double,
            AttributeType::Bool,
            AttributeType::Date,
            AttributeType::Timestamp,
        ];

        Self {
            possible,
            is_code,
            semicolons,
            seen: 0,
            yes: false,
            no: false,
            everyday: false,
            plain: false,
            pointed: false,
            thousands: None,
            fractions: false,
            looks: Look::ALL.map(|look| (look, 0, None)),
            failed: 0,
            first_failed: None,
        }
    }

    /// Takes a cell into account.
    pub fn look(&mut self, line: u64, cell: &str) {
        let word = cell.trim();
        if word.is_empty() {
            return;
        }
        if failed(word) {
            self.failed += 1;
            self.first_failed.get_or_insert_with(|| (line, word.to_owned()));
            return;
        }

        self.seen += 1;
        let lower = word.to_ascii_lowercase();
        self.yes |= matches!(lower.as_str(), "yes" | "true");
        self.no |= matches!(lower.as_str(), "no" | "false");
        self.everyday |= matches!(lower.as_str(), "yes" | "no");
        self.plain |= !word.contains('.');
        self.pointed |= word.ends_with(".0");
        match look::separates_thousands(word) {
            Some(true) => _ = self.thousands.get_or_insert_with(|| (line, word.to_owned())),
            Some(false) => self.fractions = true,
            None => {}
        }

        self.possible.retain(|kind| fits(kind, word));
        for (look, count, misfit) in &mut self.looks {
            *count += u64::from(look.has(word));
            if misfit.is_none() && !look.types().iter().any(|kind| fits(kind, word)) {
                *misfit = Some((line, shown(word)));
            }
        }
    }

    /// The type; none if every cell was empty.
    pub fn kind(&self) -> Option<AttributeType> {
        let certain = |kind: &&AttributeType| match kind {
            AttributeType::Int => !self.is_code,
            // 1.0 and 1 in one column may be two versions.
            AttributeType::Double => {
                !(self.is_code || self.plain && self.pointed || self.ambiguous().is_some())
            }
            AttributeType::Bool => !self.everyday || self.yes && self.no,
            _ => true,
        };
        let kind = self.possible.iter().find(certain).cloned();
        (self.seen > 0).then(|| kind.unwrap_or(AttributeType::String))
    }

    /// The first number of which nobody can tell whether its dot separates thousands.
    fn ambiguous(&self) -> Option<&Place> {
        self.thousands.as_ref().filter(|_| self.semicolons || !self.fractions)
    }

    /// Why the column is text, if most cells look like something else.
    pub fn why_text(&self, name: &str) -> Option<String> {
        let is_number = |kind: &AttributeType| matches!(kind, AttributeType::Int | AttributeType::Double);
        let number = self.possible.iter().find(|kind| is_number(kind));
        let mostly =
            |wanted: Look| self.looks.iter().any(|(look, count, _)| *look == wanted && count * 2 > self.seen);

        match (number, self.ambiguous()) {
            _ if self.kind() != Some(AttributeType::String) => None,
            (Some(kind), _) if self.is_code => Some(format!(
                "text, because its header names a code, which may begin with a zero; --type {name}={kind} \
                 if these are numbers"
            )),
            (_, Some((line, cell))) if mostly(Look::Number) && !self.is_code => Some(format!(
                "text, because {cell:?} in line {line} may have thousands behind its dot, or a fraction; write it \
                 without the dot, or add --type {name}=DOUBLE if it is a fraction"
            )),
            (Some(_), _) => Some(format!(
                "text, because whole numbers are written as 12 and as 12.0: versions? --type {name}=DOUBLE if not"
            )),
            _ => self.deciding(name),
        }
    }

    /// The cell without which the column would be of another type.
    fn deciding(&self, name: &str) -> Option<String> {
        let most = |look: Look, count: u64| match look {
            // One yes among other words says nothing.
            Look::Truth => count == self.seen,
            Look::Number => count * 2 > self.seen && !self.is_code,
            Look::Time => count * 2 > self.seen,
        };
        let (look, _, misfit) = self.looks.iter().find(|(look, count, _)| most(*look, *count))?;
        Some(match misfit {
            Some((line, cell)) => format!("text, because of {cell:?} in line {line}: {}", look.rule(name)),
            None => format!("text, because {}: {}", look.mixed(), look.rule(name)),
        })
    }

    /// What must be said of numbers if the type isn't guessed.
    pub fn doubt(&self) -> Option<String> {
        let (line, cell) = self.ambiguous()?;
        Some(format!(
            "the dot of {cell:?} in line {line} is read as a decimal point: if it separates thousands, delete it"
        ))
    }

    /// What must be said of cells in which a formula failed.
    pub fn failures(&self) -> Option<String> {
        let ((line, cell), count) = (self.first_failed.as_ref()?, self.failed);
        let cells = match count {
            1 => "1 cell holds an error".to_owned(),
            _ => format!("{count} cells hold errors"),
        };
        Some(format!("{cells} of the spreadsheet, the first {cell:?} in line {line}: read as missing"))
    }
}

/// A cell as messages repeat it.
fn shown(word: &str) -> String {
    word.chars().take(40).collect()
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

    fn guess(cells: &[&str], semicolons: bool) -> Guess {
        let mut guess = Guess::new(false, semicolons);
        (2..).zip(cells).for_each(|(line, cell)| guess.look(line, cell));
        guess
    }

    fn guessed(cells: &[&str]) -> Option<AttributeType> {
        guess(cells, false).kind()
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

    #[test]
    fn a_header_of_a_code_makes_text_of_numbers_and_of_nothing_else() {
        let cases = [
            (&["9876543210"][..], AttributeType::String, true),
            (&["1.5"], AttributeType::String, true),
            (&["2026-01-01"], AttributeType::Date, false),
            (&["+49 170 1"], AttributeType::String, false),
        ];
        for (cells, kind, told) in cases {
            let mut guess = Guess::new(true, false);
            cells.iter().for_each(|cell| guess.look(2, cell));
            assert_eq!((guess.kind(), guess.why_text("zip").is_some()), (Some(kind), told), "{cells:?}");
        }
    }

    #[test]
    fn a_dot_before_three_digits_may_separate_thousands() {
        let double = Some(AttributeType::Double);
        let text = Some(AttributeType::String);
        let cases = [
            (&["1.234", "2.345"][..], text.clone(), text.clone()),
            (&["500", "1.234"], text.clone(), text.clone()),
            (&["1.234", "2.5"], double.clone(), text.clone()),
            (&["1.5", "2.25"], double.clone(), double.clone()),
            (&["0.125", "0.375"], double.clone(), double.clone()),
            (&["1234.567"], double.clone(), double),
            (&["1.234.567", "1.234"], text.clone(), text),
        ];
        for (cells, commas, semicolons) in cases {
            assert_eq!(
                (guess(cells, false).kind(), guess(cells, true).kind()),
                (commas, semicolons),
                "{cells:?}"
            );
        }

        let why = guess(&["500", "1.234"], true).why_text("Umsatz").expect("is told");
        assert!(why.contains("\"1.234\" in line 3") && why.contains("--type Umsatz=DOUBLE"), "{why}");
        let doubt = guess(&["1.234"], true).doubt().expect("is told");
        assert!(doubt.contains("the dot of \"1.234\" in line 2 is read as a decimal point"), "{doubt}");
    }

    #[test]
    fn the_cell_that_made_text_of_a_column_is_named() {
        let cases = [
            (&["1", "2", "n/a"][..], Some("\"n/a\" in line 4")),
            (&["1.234,50", "7", "8"], Some("\"1.234,50\" in line 2")),
            (&["7.5", "7,5%"], Some("\"7,5%\" in line 3")),
            (&["31.12.2025", "1.1.2026"], Some("\"31.12.2025\" in line 2")),
            (&["2026-01-01", "12/31/2025"], Some("\"12/31/2025\" in line 3")),
            (&["02138", "94107"], Some("\"02138\" in line 2")),
            (&["ja", "nein"], Some("--type x=BOOL")),
            (&["1.0", "1"], Some("versions?")),
            (&["NO", "NO"], Some("no cell says the opposite")),
            (&["2026-01-01", "2026-01-01T10:00:00Z"], Some("dates and times are mixed")),
            (&["NO", "SE"], None),
            (&["Ann", "Bo", "7"], None),
            (&["1", "2"], None),
        ];

        for (cells, told) in cases {
            let why = guess(cells, false).why_text("x");
            match told {
                None => assert_eq!(why, None, "{cells:?}"),
                Some(told) => {
                    assert!(why.as_ref().is_some_and(|why| why.contains(told)), "{cells:?}: {why:?}")
                }
            }
        }
    }

    #[test]
    fn a_failed_formula_is_missing_and_counted() {
        let guess = guess(&["1", "#N/A", "#DIV/0!", "2"], false);
        assert_eq!(guess.kind(), Some(AttributeType::Int));
        let told = guess.failures().expect("is told");
        assert!(
            told.starts_with("2 cells hold errors of the spreadsheet, the first \"#N/A\" in line 3"),
            "{told}"
        );
    }
}
