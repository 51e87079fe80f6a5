//! Owners that aren't sellers: one word for each, however many lines name it.

use std::collections::HashMap;
use std::io::Write;

/// Owners that are told one by one.
const TOLD: usize = 20;

/// Why lines have no owner, and the lines of each reason.
#[derive(Default)]
pub struct Strangers {
    lines: HashMap<String, Lines>,
}

struct Lines {
    count: u64,
    first: u64,
}

impl Strangers {
    /// Notes a line. The lines come in the file's order.
    pub fn note(&mut self, line: u64, why: String) {
        self.lines.entry(why).or_insert(Lines { count: 0, first: line }).count += 1;
    }

    /// Tells those with most lines, and what becomes of all of them.
    ///
    /// # Errors
    /// It can't be written.
    pub fn write(&self, out: &mut dyn Write, what_becomes: &str) -> std::io::Result<()> {
        let mut all: Vec<(&String, &Lines)> = self.lines.iter().collect();
        all.sort_by_key(|(_, lines)| (std::cmp::Reverse(lines.count), lines.first));
        for (why, Lines { count, first }) in all.iter().take(TOLD) {
            let lines = if *count == 1 { "line" } else { "lines" };
            writeln!(out, "{why}: {count} {lines}, first line {first}")?;
        }
        if let Some(more) = all.len().checked_sub(TOLD).filter(|more| *more > 0) {
            let lines: u64 = all.iter().skip(TOLD).map(|(_, lines)| lines.count).sum();
            writeln!(out, "and {more} more such owners in {lines} lines")?;
        }
        if all.is_empty() { Ok(()) } else { writeln!(out, "{what_becomes}") }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn owners_are_told_once_each_those_with_most_lines_first() {
        let mut strangers = Strangers::default();
        for line in 5..30 {
            strangers.note(line, format!("the owner \"{}\" isn't a seller", line.min(7)));
        }
        let mut out = Vec::new();
        strangers.write(&mut out, "such lines are bad").expect("can be written");
        let expected = "the owner \"7\" isn't a seller: 23 lines, first line 7\n\
                        the owner \"5\" isn't a seller: 1 line, first line 5\n\
                        the owner \"6\" isn't a seller: 1 line, first line 6\n\
                        such lines are bad\n";
        assert_eq!(String::from_utf8(out).expect("text"), expected);
    }

    #[test]
    fn of_very_many_owners_the_rest_is_counted() {
        let (mut strangers, mut out) = (Strangers::default(), Vec::new());
        (0..25).for_each(|line| strangers.note(line, line.to_string()));
        strangers.write(&mut out, "").expect("can be written");
        let told = String::from_utf8(out).expect("text");
        assert!(told.contains("and 5 more such owners in 5 lines"), "{told}");
    }
}
