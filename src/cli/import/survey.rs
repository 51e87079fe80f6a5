//! The first pass: which lines are bad, which come again, and of what types the columns are that
//! nobody declared.

use std::collections::{HashMap, HashSet};
use std::io::Write;

use csv::StringRecord;
use sha2::{Digest as _, Sha256};

use super::guess::Guess;
use super::rows::{Plan, Types};
use super::table::Table;

/// What the first pass found.
pub struct Survey {
    /// Lines in the file, without the header and without blank ones.
    pub lines: u64,
    /// Those that can't be imported.
    pub bad: Told,
    /// Whether some of those can't be read as text.
    pub unreadable: bool,
    /// Good lines whose id an earlier good one has, too.
    pub again: Told,
    /// Good lines whose id a later good one has, too: they aren't sent.
    pub superseded: HashSet<u64>,
    /// Good lines whose owner is no seller.
    pub unowned: Told,
    /// The type of each attribute column; none for those without any cell.
    pub types: Types,
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
    let mut guesses = vec![Guess::default(); plan.types.len()];
    let (mut count, mut bad, mut unowned) = (0, Told::default(), Told::default());
    let (mut ids, mut unreadable) = (Ids::default(), false);

    while let Some(line) = lines.next()? {
        count += 1;
        unreadable |= line.unreadable;
        match line.cells.and_then(|cells| Ok((plan.record(&cells)?, cells))) {
            Ok((row, cells)) => {
                ids.note(&row.record.id, line.number);
                if let Some(why) = row.unowned {
                    unowned.push(line.number, format!("{why}: imported without owner"));
                }
                look(&cells, plan, &mut guesses);
            }
            Err(reason) => bad.push(line.number, reason),
        }
    }

    let types = plan.types.iter().zip(guesses);
    let types = types.map(|(known, guess)| known.clone().or_else(|| guess.kind())).collect();
    let Ids { again, superseded, .. } = ids;
    Ok(Survey { lines: count, bad, unreadable, again, superseded, unowned, types })
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

fn look(cells: &StringRecord, plan: &Plan, guesses: &mut [Guess]) {
    for (column, guess) in plan.header.attributes.iter().zip(guesses) {
        guess.look(cells.get(column.index).unwrap_or_default());
    }
}
