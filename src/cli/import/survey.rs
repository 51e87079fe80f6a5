//! The first pass: which lines are bad, which come again, and of what types the columns are that
//! nobody declared.

use std::collections::{HashMap, HashSet};
use std::io::Write;

use csv::StringRecord;
use sha2::{Digest as _, Sha256};

use super::codes::names_code;
use super::guess::Guess;
use super::rows::{Plan, Types, Wrong};
use super::strangers::Strangers;
use super::table::Table;
use crate::domain::attribute::AttributeType;

/// What the first pass found.
pub struct Survey {
    /// Lines in the file, without the header and without blank ones.
    pub lines: u64,
    /// How many of them can't be imported.
    pub bad: u64,
    /// What is wrong with those, except with their owners.
    pub wrong: Told,
    /// Whether some of those can't be read as text.
    pub unreadable: bool,
    /// Good lines whose id an earlier good one has, too.
    pub again: Told,
    /// Good lines whose id a later good one has, too: they aren't sent.
    pub superseded: HashSet<u64>,
    /// Owners who aren't sellers.
    pub strangers: Strangers,
    /// The type of each attribute column; none for those without any cell in a good line.
    pub types: Types,
    /// What must be said of each attribute column.
    pub notes: Vec<Vec<String>>,
}

/// Lines that are worth a word: how many, and what there is to say of the first ones.
#[derive(Default)]
pub struct Told {
    /// How many.
    pub count: u64,
    first: Vec<(u64, String)>,
}

/// Lines that are told one by one.
const TOLD: usize = 20;

impl Told {
    /// Notes one.
    pub fn push(&mut self, line: u64, reason: String) {
        self.count += 1;
        if self.first.len() < TOLD {
            self.first.push((line, reason));
        }
    }

    /// Tells them, in the file's order.
    ///
    /// # Errors
    /// It can't be written.
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
    let mut guesses = guesses(table, plan);
    let (mut count, mut bad, mut unreadable) = (0, 0, false);
    let (mut ids, mut wrong, mut strangers) = (Ids::default(), Told::default(), Strangers::default());

    while let Some(line) = lines.next()? {
        count += 1;
        unreadable |= line.unreadable;
        match line.cells.map_err(Wrong::from).and_then(|cells| Ok((plan.record(&cells)?, cells))) {
            Ok((row, cells)) => {
                ids.note(&row.record.id, line.number);
                row.unowned.into_iter().for_each(|why| strangers.note(line.number, why));
                look(line.number, &cells, plan, &mut guesses);
            }
            Err(Wrong { owner, rest }) => {
                bad += 1;
                owner.into_iter().for_each(|why| strangers.note(line.number, why));
                if !rest.is_empty() {
                    wrong.push(line.number, rest.join("; "));
                }
            }
        }
    }

    let types = plan.types.iter().zip(&guesses);
    let types = types.map(|(known, guess)| known.clone().or_else(|| guess.kind())).collect();
    let notes = notes(plan, &guesses);
    let Ids { again, superseded, .. } = ids;
    Ok(Survey { lines: count, bad, wrong, unreadable, again, superseded, strangers, types, notes })
}

fn guesses(table: &Table, plan: &Plan) -> Vec<Guess> {
    let columns = plan.header.attributes.iter();
    columns.map(|column| Guess::new(names_code(&column.header), table.delimiter() == b';')).collect()
}

/// What must be said of each column, whether its type is known or guessed.
fn notes(plan: &Plan, guesses: &[Guess]) -> Vec<Vec<String>> {
    let columns = plan.header.attributes.iter().zip(&plan.types).zip(guesses);
    let notes = columns.map(|((column, known), guess)| {
        let of_type = match known {
            None => guess.why_text(column.name.as_str()),
            Some(AttributeType::Int | AttributeType::Double) => guess.doubt(),
            Some(_) => None,
        };
        of_type.into_iter().chain(guess.failures()).collect()
    });
    notes.collect()
}

/// Where each id stood: by its hash, because a file may have millions. Half of SHA-256 never meets
/// itself again.
#[derive(Default)]
struct Ids {
    lines: HashMap<[u8; 16], u64>,
    again: Told,
    superseded: HashSet<u64>,
}

impl Ids {
    fn note(&mut self, id: &str, line: u64) {
        let digest = Sha256::digest(id);
        let mut key = [0; 16];
        key.copy_from_slice(&digest[..16]);
        if let Some(earlier) = self.lines.insert(key, line) {
            self.superseded.insert(earlier);
            self.again.push(
                line,
                format!("the id {id:?} stands in line {earlier}, too; only the last line is sent"),
            );
        }
    }
}

fn look(line: u64, cells: &StringRecord, plan: &Plan, guesses: &mut [Guess]) {
    for (column, guess) in plan.header.attributes.iter().zip(guesses) {
        guess.look(line, cells.get(column.index).unwrap_or_default());
    }
}
