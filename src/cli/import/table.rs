//! The file, line by line, as often as it is needed: it may be larger than memory.

use std::fs::File;
use std::io::Read;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, bail, ensure};
use csv::{ByteRecord, ReaderBuilder, StringRecord};

use super::scan::Scan;
use crate::domain::record::LARGEST_ATTRIBUTES;

/// A CSV file.
pub struct Table {
    path: PathBuf,
    delimiter: u8,
}

/// One line of it.
pub struct Line {
    /// Where it begins, counted from 1, the header included.
    pub number: u64,
    /// Its cells, as many as the header has, or why it can't be read.
    pub cells: Result<StringRecord, String>,
}

/// A file that is being read.
pub struct Lines {
    reader: csv::Reader<Scan<File>>,
    header: StringRecord,
    bytes: ByteRecord,
}

impl Table {
    /// Names a file.
    pub fn new(path: &Path, delimiter: char) -> anyhow::Result<Self> {
        let delimiter =
            u8::try_from(delimiter).ok().filter(|byte| byte.is_ascii() && !b"\"\r\n".contains(byte));
        let delimiter = delimiter
            .context("the delimiter must be an ASCII character, but no quote and no end of a line")?;
        Ok(Self { path: path.to_owned(), delimiter })
    }

    /// Reads the file from its beginning.
    ///
    /// # Errors
    /// It can't be read, isn't UTF-8, or has no header.
    pub fn open(&self) -> anyhow::Result<Lines> {
        let path = self.path.display();
        self.check_encoding()?;
        let file = File::open(&self.path).with_context(|| format!("{path} can't be read"))?;
        let mut reader = ReaderBuilder::new()
            .delimiter(self.delimiter)
            .flexible(true)
            .has_headers(true)
            .from_reader(Scan::new(file, self.delimiter));
        let bytes = reader.byte_headers().map_err(plain).with_context(|| format!("{path} can't be read"))?;
        let header = StringRecord::from_byte_record(bytes.clone()).ok();
        let header = header
            .with_context(|| format!("the header of {path} can't be read: the file must be UTF-8 text"))?;
        ensure!(!header.iter().all(str::is_empty), "{path} has no header line");
        ensure!(
            !header.as_slice().contains('\0'),
            "the header of {path} holds the character NUL: save it as UTF-8 text"
        );
        reader.get_mut().next_start();
        Ok(Lines { reader, header, bytes: ByteRecord::new() })
    }

    fn check_encoding(&self) -> anyhow::Result<()> {
        let path = self.path.display();
        let mut file = File::open(&self.path).with_context(|| format!("{path} can't be read"))?;
        let mut start = [0; 2];
        let read = file.read(&mut start).with_context(|| format!("{path} can't be read"))?;
        if read == 2 && (start == [0xff, 0xfe] || start == [0xfe, 0xff]) {
            bail!("{path} is UTF-16: save it as UTF-8");
        }
        Ok(())
    }
}

impl Lines {
    /// The names of the columns.
    pub fn header(&self) -> &StringRecord {
        &self.header
    }

    /// The next line; none at the end.
    ///
    /// # Errors
    /// The file can't be read.
    pub fn next(&mut self) -> anyhow::Result<Option<Line>> {
        let read = self.reader.read_byte_record(&mut self.bytes).map_err(plain);
        if !read.context("the file can't be read on, and nobody can tell where its next line begins")? {
            return Ok(None);
        }
        let number = self.reader.get_mut().next_start().unwrap_or_default();
        let (found, wanted) = (self.bytes.len(), self.header.len());
        let length = self.bytes.as_slice().len();
        let cells = match StringRecord::from_byte_record(std::mem::take(&mut self.bytes)) {
            Err(_) => Err("isn't UTF-8".to_owned()),
            Ok(_) if found != wanted => {
                let many = if found == 1 { "cell" } else { "cells" };
                let hint = "is a quote not closed, or a cell with the delimiter not quoted?";
                Err(format!("has {found} {many}, the header has {wanted}; {hint}"))
            }
            Ok(_) if length > LARGEST_ATTRIBUTES => {
                Err(format!("has {length} bytes, a record has at most {LARGEST_ATTRIBUTES}"))
            }
            Ok(cells) => Ok(cells),
        };
        Ok(Some(Line { number, cells }))
    }
}

/// What went wrong with the file, without the parser's own words around it.
fn plain(error: csv::Error) -> anyhow::Error {
    match error.into_kind() {
        csv::ErrorKind::Io(error) => error.into(),
        other => anyhow::anyhow!("{other:?}"),
    }
}
