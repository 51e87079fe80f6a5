//! The bytes of the file on their way to the parser: on which line each record begins, and quotes
//! that nobody can have meant.
//!
//! The parser takes everything for something: a quote that is never closed makes one cell of the
//! rest of the file, and one that is closed by the next line's first quote mixes two lines. Here
//! that ends the reading, because nobody knows where the next record begins.

use std::collections::VecDeque;
use std::io::{Error, ErrorKind, Read, Result};

/// The longest record that is read at all: beyond it the file is no table, or a quote is open.
const LONGEST_RECORD: usize = 16 << 20;

/// A file that is read with an eye on it.
pub struct Scan<R> {
    file: R,
    delimiter: u8,
    place: Place,
    /// The line of the next byte, from 1.
    line: u64,
    /// Where the latest quote opened.
    quote: u64,
    /// Whether the last byte was a carriage return: a line feed behind it begins no other line.
    returned: bool,
    /// Bytes of the record so far.
    length: usize,
    /// The lines on which records begin that the parser hasn't asked for yet.
    starts: VecDeque<u64>,
}

/// What the next byte is part of, as the parser sees it.
#[derive(Clone, Copy, PartialEq)]
enum Place {
    /// The mark of UTF-8 that a file may begin with, of which so many bytes were seen.
    Mark(usize),
    /// Between records: line ends here are blank lines.
    RecordStart,
    CellStart,
    /// Behind spaces that begin a cell.
    Spaces,
    Plain,
    Quoted,
    /// Behind a quote within quotes: it closed them, or a second one makes it a character.
    QuoteEnd,
}

const MARK: [u8; 3] = [0xef, 0xbb, 0xbf];

impl<R: Read> Scan<R> {
    /// Reads `file`, whose cells this byte separates, from this line on.
    pub fn new(file: R, delimiter: u8, line: u64) -> Self {
        let (place, starts) = (Place::Mark(0), VecDeque::new());
        Self { file, delimiter, place, line, quote: line, returned: false, length: 0, starts }
    }

    /// The line on which the parser's next record begins; asked for once for each.
    pub fn next_start(&mut self) -> Option<u64> {
        self.starts.pop_front()
    }

    fn look(&mut self, byte: u8) -> Result<()> {
        self.place = self.after(byte)?;
        self.length += 1;
        if self.length > LONGEST_RECORD {
            let line = self.starts.back().copied().unwrap_or(self.line);
            let limit = LONGEST_RECORD >> 20;
            return Err(refused(format!("line {line}: is longer than {limit} MiB; is a quote not closed?")));
        }
        if byte == b'\r' || byte == b'\n' && !self.returned {
            self.line += 1;
        }
        self.returned = byte == b'\r';
        Ok(())
    }

    fn after(&mut self, byte: u8) -> Result<Place> {
        let ends = byte == b'\r' || byte == b'\n';
        Ok(match self.place {
            Place::Mark(seen) if MARK.get(seen) == Some(&byte) => Place::Mark(seen + 1),
            Place::Mark(_) | Place::RecordStart if ends => Place::RecordStart,
            Place::Mark(_) | Place::RecordStart => {
                self.starts.push_back(self.line);
                self.length = 0;
                self.begin_cell(byte)
            }
            Place::CellStart if !ends => self.begin_cell(byte),
            Place::CellStart | Place::Spaces | Place::Plain if ends => Place::RecordStart,
            Place::Spaces if byte == b'"' => {
                let line = self.line;
                return Err(refused(format!(
                    "line {line}: a space stands before a quote, which is then part of the cell: delete the space"
                )));
            }
            Place::Spaces if byte == b' ' => Place::Spaces,
            Place::CellStart | Place::Spaces | Place::Plain => self.separated(byte),
            Place::Quoted if byte == b'"' => Place::QuoteEnd,
            Place::Quoted => Place::Quoted,
            Place::QuoteEnd if byte == b'"' => Place::Quoted,
            Place::QuoteEnd if ends => Place::RecordStart,
            Place::QuoteEnd if byte == self.delimiter => Place::CellStart,
            Place::QuoteEnd => {
                let (opened, line) = (self.quote, self.line);
                return Err(refused(format!(
                    "line {line}: a quote is followed by more of its cell; is the quote of line {opened} not closed, or one within the cell not doubled?"
                )));
            }
        })
    }

    fn begin_cell(&mut self, byte: u8) -> Place {
        if byte == b'"' {
            self.quote = self.line;
            return Place::Quoted;
        }
        if byte == b' ' && self.delimiter != b' ' {
            return Place::Spaces;
        }
        self.separated(byte)
    }

    fn separated(&self, byte: u8) -> Place {
        if byte == self.delimiter { Place::CellStart } else { Place::Plain }
    }
}

fn refused(message: String) -> Error {
    Error::new(ErrorKind::InvalidData, message)
}

impl<R: Read> Read for Scan<R> {
    fn read(&mut self, buffer: &mut [u8]) -> Result<usize> {
        let count = self.file.read(buffer)?;
        if count == 0 && !buffer.is_empty() && self.place == Place::Quoted {
            return Err(refused(format!("line {}: a quote opens here and is never closed", self.quote)));
        }
        buffer[..count].iter().try_for_each(|byte| self.look(*byte))?;
        Ok(count)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The lines on which records begin, or what is wrong.
    fn starts(text: &str) -> std::result::Result<Vec<u64>, String> {
        let mut scan = Scan::new(text.as_bytes(), b',', 1);
        std::io::copy(&mut scan, &mut std::io::sink()).map_err(|error| error.to_string())?;
        Ok(scan.starts.into_iter().collect())
    }

    #[test]
    fn records_begin_where_a_person_sees_them_whatever_ends_a_line() {
        for end in ["\n", "\r\n", "\r"] {
            let text = [
                "\u{feff}\"id\",note",
                "",
                "a,\"two",
                "lines\"",
                "b,plain \"quotes\" here",
                "c,\"\"\"x\"\"\"",
            ];
            assert_eq!(starts(&text.join(end)), Ok(vec![1, 3, 5, 6]), "{end:?}");
        }
        assert_eq!(starts(""), Ok(vec![]));
    }

    #[test]
    fn quotes_that_nobody_can_have_meant_are_told_with_their_line() {
        let cases = [
            ("id,note\na,\"open\nb,x\n", "line 2: a quote opens here and is never closed"),
            ("id,\"open", "line 1: a quote opens here"),
            (
                "id,note\na,\"open\nb,\"x\"\n",
                "line 3: a quote is followed by more of its cell; is the quote of line 2 not closed",
            ),
            ("id\n\"a\" b\n", "line 2: a quote is followed by more"),
            ("id, name\nl1, \"Ann\"\n", "line 2: a space stands before a quote"),
            ("id,name\n  \"l1\",Ann\n", "line 2: a space stands before a quote"),
        ];

        for (text, told) in cases {
            let wrong = starts(text).expect_err("refused");
            assert!(wrong.starts_with(told), "{wrong}");
        }
    }

    #[test]
    fn a_record_without_an_end_is_not_read_for_ever() {
        let endless = std::io::repeat(b'x');
        let mut scan = Scan::new("id\n".as_bytes().chain(endless), b',', 1);
        let wrong = std::io::copy(&mut scan, &mut std::io::sink()).expect_err("refused");
        assert_eq!(wrong.to_string(), "line 2: is longer than 16 MiB; is a quote not closed?");
    }
}
