//! The first pass: which lines are bad, and of what types the columns are that nobody declared.

use std::collections::HashMap;
use std::hash::{DefaultHasher, Hash as _, Hasher as _};
use std::io::Write;

use csv::StringRecord;

use super::rows::{Plan, Types};
use super::table::Table;
use crate::domain::attribute::AttributeType;

/// What the first pass found.
pub struct Survey {
    /// Lines in the file, without the header.
    pub lines: u64,
    /// Those that can't be imported.
    pub bad: BadLines,
    /// Good lines whose id an earlier good one has, too: the last of them stays.
    pub again: BadLines,
    /// The type of each attribute column; none for those without any cell.
    pub types: Types,
}

/// Lines that are worth a word: how many, and what is wrong with the first ones.
#[derive(Default)]
pub struct BadLines {
    /// How many.
    pub count: u64,
    first: Vec<(u64, String)>,
}

/// Bad lines that are told one by one.
const TOLD: usize = 20;

impl BadLines {
    /// Notes one.
    pub fn push(&mut self, line: u64, reason: String) {
        self.count += 1;
        if self.first.len() < TOLD {
            self.first.push((line, reason));
        }
    }

    /// Tells them, in the file's order.
    pub fn write(&self, out: &mut dyn Write) -> std::io::Result<()> {
        let mut first: Vec<_> = self.first.iter().collect();
        first.sort();
        for (line, reason) in first {
            writeln!(out, "line {line}: {reason}")?;
        }
        match self.count.saturating_sub(self.first.len() as u64) {
            0 => Ok(()),
            more => writeln!(out, "and {more} more"),
        }
    }
}

/// Reads the whole file once.
///
/// # Errors
/// The file can't be read.
pub fn survey(table: &Table, plan: &Plan) -> anyhow::Result<Survey> {
    let mut lines = table.open()?;
    let mut guesses = vec![Guess::default(); plan.types.len()];
    let (mut count, mut bad, mut ids) = (0, BadLines::default(), Ids::default());
    while let Some(line) = lines.next()? {
        count += 1;
        match line.cells.and_then(|cells| Ok((plan.record(&cells)?, cells))) {
            Ok((record, cells)) => {
                ids.note(&record.id, line.number);
                look(&cells, plan, &mut guesses);
            }
            Err(reason) => bad.push(line.number, reason),
        }
    }
    let types = plan.types.iter().zip(guesses);
    let types = types.map(|(declared, guess)| declared.clone().or_else(|| guess.kind())).collect();
    Ok(Survey { lines: count, bad, again: ids.again, types })
}

/// Where each id stood: by its hash, because a file may have millions.
#[derive(Default)]
struct Ids {
    lines: HashMap<u64, u64>,
    again: BadLines,
}

impl Ids {
    fn note(&mut self, id: &str, line: u64) {
        let mut hasher = DefaultHasher::new();
        id.hash(&mut hasher);
        if let Some(earlier) = self.lines.insert(hasher.finish(), line) {
            self.again
                .push(line, format!("the id {id:?} stands in line {earlier}, too; the last one counts"));
        }
    }
}

fn look(cells: &StringRecord, plan: &Plan, guesses: &mut [Guess]) {
    for (column, guess) in plan.header.attributes.iter().zip(guesses) {
        guess.look(cells.get(column.index).unwrap_or_default());
    }
}

/// What the cells of a column can all be.
#[derive(Clone)]
struct Guess {
    /// The types that are still possible, the most exact first; before the first cell all of them.
    possible: Vec<AttributeType>,
    seen: bool,
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
        Self { possible, seen: false }
    }
}

impl Guess {
    fn look(&mut self, cell: &str) {
        let word = cell.trim();
        if word.is_empty() {
            return;
        }
        self.seen = true;
        self.possible.retain(|kind| !(is_number(kind) && is_code(word)) && kind.parse_text(word).is_ok());
    }

    fn kind(self) -> Option<AttributeType> {
        self.seen.then(|| self.possible.into_iter().next().unwrap_or(AttributeType::String))
    }
}

fn is_number(kind: &AttributeType) -> bool {
    matches!(kind, AttributeType::Int | AttributeType::Double)
}

/// Digits that are no number: a postal code keeps its zeros, and a long key all its digits.
fn is_code(word: &str) -> bool {
    let digits = word.trim_start_matches(['-', '+']);
    let padded = digits.len() > 1 && digits.starts_with('0') && !digits.starts_with("0.");
    let signed = word.starts_with('+');
    let long = digits.parse::<i64>().is_err() && digits.bytes().all(|byte| byte.is_ascii_digit());
    padded || signed || long
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
        let cases: [(&[&str], Option<AttributeType>); 11] = [
            (&["1", "", "-20"], Some(AttributeType::Int)),
            (&["1", "2.5", "1e3", "0.5"], Some(AttributeType::Double)),
            (&["0", "1"], Some(AttributeType::Int)),
            (&["yes", "No", "true"], Some(AttributeType::Bool)),
            (&["2018-02-01", " 2017-10-20"], Some(AttributeType::Date)),
            (&["2018-02-01T10:00:00Z"], Some(AttributeType::Timestamp)),
            (&["2018-02-01", "2018-02-01T10:00:00Z"], Some(AttributeType::String)),
            (&["01234", "12345"], Some(AttributeType::String)),
            (&["+491701234567"], Some(AttributeType::String)),
            (&["123456789012345678901234"], Some(AttributeType::String)),
            (&["", " "], None),
        ];
        for (cells, expected) in cases {
            assert_eq!(guessed(cells), expected, "{cells:?}");
        }
    }
}
