//! The file, line by line, as often as it is needed: it may be larger than memory.

use std::fs::File;
use std::io::Read;
use std::path::PathBuf;

use anyhow::{Context as _, bail, ensure};
use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use csv::{ByteRecord, ReaderBuilder, StringRecord};
use encoding_rs::{Encoding, UTF_8};
use encoding_rs_io::DecodeReaderBytesBuilder;
use tempfile::NamedTempFile;

use super::file_kind::wrong_kind;
use super::options::Options;
use super::scan::Scan;
use crate::domain::record::LARGEST_ATTRIBUTES;

/// A CSV file.
pub struct Table {
    source: Source,
    name: String,
    /// None if it is UTF-8.
    encoding: Option<&'static Encoding>,
    delimiter: u8,
    preamble: Preamble,
}

/// Where the bytes are.
enum Source {
    File(PathBuf),
    /// A copy of what can be read only once.
    Copy(NamedTempFile),
}

/// A first line that spreadsheets write to say what separates cells: `sep=;`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Preamble {
    bytes: u64,
    delimiter: Option<u8>,
}

/// One line of it.
pub struct Line {
    /// Where it begins, counted from 1, the header included.
    pub number: u64,
    /// Its cells, as many as the header has, or why it can't be read.
    pub cells: Result<StringRecord, String>,
    /// Whether it can't be read because it is no text of the file's encoding.
    pub unreadable: bool,
}

/// A file that is being read.
pub struct Lines {
    reader: csv::Reader<Scan<Box<dyn Read>>>,
    encoding: Option<&'static Encoding>,
    header: StringRecord,
    /// The empty cells that each line has behind the header's, as the first one has.
    trailing: Option<usize>,
    bytes: ByteRecord,
}

impl Table {
    /// Finds the file and what separates its cells.
    ///
    /// # Errors
    /// It can't be read, is UTF-16 and nobody said so, or is no text at all.
    pub fn new(options: &Options) -> anyhow::Result<Self> {
        let name = options.file_name();
        let source = if options.is_standard_input() {
            Source::Copy(copy().context("standard input can't be kept")?)
        } else {
            Source::File(options.file.clone())
        };
        let encoding = options.encoding.filter(|encoding| *encoding != UTF_8);
        let mut table = Self { source, name, encoding, delimiter: b',', preamble: Preamble::default() };
        table.check_kind()?;

        let start = table.start()?;
        table.preamble = preamble(&start);
        let given = options.delimiter.and_then(|delimiter| u8::try_from(delimiter).ok());
        table.delimiter = given.or(table.preamble.delimiter).unwrap_or(b',');
        Ok(table)
    }

    /// What separates its cells.
    pub fn delimiter(&self) -> u8 {
        self.delimiter
    }

    /// Reads the file from its beginning.
    ///
    /// # Errors
    /// It can't be read, its header isn't text, or it has none.
    pub fn open(&self) -> anyhow::Result<Lines> {
        let name = &self.name;
        let mut text = self.text()?;
        std::io::copy(&mut text.by_ref().take(self.preamble.bytes), &mut std::io::sink())?;

        let first_line = if self.preamble.bytes > 0 { 2 } else { 1 };
        let mut reader = ReaderBuilder::new()
            .delimiter(self.delimiter)
            .flexible(true)
            .has_headers(true)
            .from_reader(Scan::new(text, self.delimiter, first_line));

        let bytes = reader.byte_headers().map_err(plain).with_context(|| format!("{name} can't be read"))?;
        let header = StringRecord::from_byte_record(bytes.clone()).ok();
        let header = header.with_context(|| {
            let proposal = self.proposal();
            format!("the header of {name} can't be read: the file must be UTF-8 text{proposal}")
        })?;
        ensure!(!header.iter().all(str::is_empty), "{name} has no header line");
        ensure!(
            !header.as_slice().contains('\0'),
            "the header of {name} holds the character NUL: save it as UTF-8 text, or say its --encoding"
        );

        reader.get_mut().next_start();
        let (encoding, bytes) = (self.encoding, ByteRecord::new());
        Ok(Lines { reader, encoding, header, trailing: None, bytes })
    }

    /// What to do about text that isn't UTF-8. It is a guess, and so only proposed.
    pub fn proposal(&self) -> String {
        let Some(start) = self.raw_start().filter(|_| self.encoding.is_none()) else { return String::new() };
        let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
        detector.feed(&start, true);
        let guess = detector.guess(None, Utf8Detection::Deny).name().to_ascii_lowercase();
        format!("; it looks like {guess}: if it is, add --encoding {guess}")
    }

    fn raw(&self) -> anyhow::Result<File> {
        let file = match &self.source {
            Source::File(path) => File::open(path),
            Source::Copy(copy) => copy.reopen(),
        };
        file.with_context(|| format!("{} can't be read", self.name))
    }

    /// The file as UTF-8. What the encoding doesn't have becomes U+FFFD, which the lines are looked
    /// through for.
    fn text(&self) -> anyhow::Result<Box<dyn Read>> {
        let file = self.raw()?;
        Ok(match self.encoding {
            None => Box::new(file),
            Some(encoding) => Box::new(DecodeReaderBytesBuilder::new().encoding(Some(encoding)).build(file)),
        })
    }

    /// The first bytes of the file as UTF-8.
    fn start(&self) -> anyhow::Result<Vec<u8>> {
        let mut start = Vec::new();
        let read = self.text()?.take(16).read_to_end(&mut start);
        read.with_context(|| format!("{} can't be read", self.name))?;
        Ok(start)
    }

    fn raw_start(&self) -> Option<Vec<u8>> {
        const ENOUGH: u64 = 1 << 20;
        let mut start = Vec::new();
        self.raw().ok()?.take(ENOUGH).read_to_end(&mut start).ok()?;
        Some(start)
    }

    fn check_kind(&self) -> anyhow::Result<()> {
        let mut start = Vec::new();
        let read = self.raw()?.take(4096).read_to_end(&mut start);
        read.with_context(|| format!("{} can't be read", self.name))?;
        match wrong_kind(&start, self.encoding.is_some()) {
            Some(wrong) => bail!("{} {wrong}", self.name),
            None => Ok(()),
        }
    }
}

impl Lines {
    /// The names of the columns.
    pub fn header(&self) -> &StringRecord {
        &self.header
    }

    /// The next line that isn't blank; none at the end. A row of empty cells is blank: spreadsheets
    /// write them behind the last one.
    ///
    /// # Errors
    /// The file can't be read.
    pub fn next(&mut self) -> anyhow::Result<Option<Line>> {
        loop {
            let read = self.reader.read_byte_record(&mut self.bytes).map_err(plain);
            if !read.context("the file can't be read any further: where its next line begins is unclear")? {
                return Ok(None);
            }
            let number = self.reader.get_mut().next_start().unwrap_or_default();
            if self.bytes.iter().any(|cell| !cell.trim_ascii().is_empty()) {
                return Ok(Some(self.line(number)));
            }
        }
    }

    fn line(&mut self, number: u64) -> Line {
        let wanted = self.header.len();
        let behind = self.bytes.iter().skip(wanted);
        let empty = behind.take_while(|cell| cell.trim_ascii().is_empty()).count();
        let is_trailed = wanted + empty == self.bytes.len();
        // Some programs end each line with a delimiter, but not the header. If only some lines end
        // so, a cell with the delimiter isn't quoted.
        let trailing = *self.trailing.get_or_insert(if is_trailed { empty } else { 0 });
        let had_trailing = is_trailed && empty == trailing;
        if had_trailing {
            self.bytes.truncate(wanted);
        }

        let found = self.bytes.len();
        let length = self.bytes.as_slice().len();
        let encoding = self.encoding.unwrap_or(UTF_8).name();
        let mut unreadable = false;
        let cells = match StringRecord::from_byte_record(std::mem::take(&mut self.bytes)) {
            Ok(cells) if self.encoding.is_none() || !cells.as_slice().contains('\u{fffd}') => Ok(cells),
            _ => {
                unreadable = true;
                Err(format!("isn't {encoding}"))
            }
        };

        let cells = cells.and_then(|cells| match cells {
            _ if found != wanted || trailing > 0 && !had_trailing => {
                let many = if found == 1 { "cell" } else { "cells" };
                let first = match trailing {
                    0 => "",
                    _ => " and the first line ends with a delimiter more",
                };
                let hint = "is a quote not closed, or a cell with the delimiter not quoted?";
                Err(format!("has {found} {many}, the header has {wanted}{first}; {hint}"))
            }
            _ if length > LARGEST_ATTRIBUTES => {
                Err(format!("has {length} bytes, a record has at most {LARGEST_ATTRIBUTES}"))
            }
            cells => Ok(cells),
        });

        Line { number, cells, unreadable }
    }
}

fn copy() -> std::io::Result<NamedTempFile> {
    let mut copy = NamedTempFile::new()?;
    std::io::copy(&mut std::io::stdin().lock(), copy.as_file_mut())?;
    Ok(copy)
}

fn preamble(start: &[u8]) -> Preamble {
    let text = start.strip_prefix(b"\xef\xbb\xbf".as_slice()).unwrap_or(start);
    let mark = start.len() - text.len();
    let (Some(word), Some(delimiter)) = (text.get(..4), text.get(4).copied()) else {
        return Preamble::default();
    };

    let end = match text.get(5..).unwrap_or_default() {
        [b'\r', b'\n', ..] => 2,
        [b'\r' | b'\n', ..] => 1,
        _ => 0,
    };
    if !word.eq_ignore_ascii_case(b"sep=") || end == 0 || !delimiter.is_ascii() || delimiter == b'"' {
        return Preamble::default();
    }
    let bytes = u64::try_from(mark + 5 + end).unwrap_or_default();
    Preamble { bytes, delimiter: Some(delimiter) }
}

/// What went wrong with the file, without the parser's own words around it.
fn plain(error: csv::Error) -> anyhow::Error {
    match error.into_kind() {
        csv::ErrorKind::Io(error) => error.into(),
        other => anyhow::anyhow!("{other:?}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_first_line_may_say_what_separates_cells() {
        let said = |bytes, delimiter| Preamble { bytes, delimiter: Some(delimiter) };
        assert_eq!(preamble(b"sep=;\r\nid;name"), said(7, b';'));
        assert_eq!(preamble(b"\xef\xbb\xbfSEP=\t\nid"), said(9, b'\t'));
        for none in ["", "id,name\n", "sep=", "sep=;", "sep=;x\n", "separator,b\n"] {
            assert_eq!(preamble(none.as_bytes()), Preamble::default(), "{none:?}");
        }
    }
}
