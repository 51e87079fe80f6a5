//! The file, line by line, as often as it is needed: it may be larger than memory.

use std::fs::File;
use std::io::Read;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, bail, ensure};
use csv::{ByteRecord, ReaderBuilder, StringRecord};

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
    reader: csv::Reader<File>,
    header: StringRecord,
    bytes: ByteRecord,
}

impl Table {
    /// Names a file.
    pub fn new(path: &Path, delimiter: char) -> anyhow::Result<Self> {
        let delimiter = u8::try_from(delimiter).ok().filter(u8::is_ascii);
        let delimiter = delimiter.context("the delimiter must be an ASCII character")?;
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
        let mut reader =
            ReaderBuilder::new().delimiter(self.delimiter).flexible(true).has_headers(true).from_reader(file);
        let header = reader
            .headers()
            .with_context(|| format!("the header of {path} can't be read: the file must be UTF-8 text"))?;
        let header = header.clone();
        ensure!(!header.iter().all(str::is_empty), "{path} has no header line");
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
        if !self.reader.read_byte_record(&mut self.bytes).context("the file can't be read on")? {
            return Ok(None);
        }
        let number = self.bytes.position().map_or(0, csv::Position::line);
        let (found, wanted) = (self.bytes.len(), self.header.len());
        let cells = match StringRecord::from_byte_record(std::mem::take(&mut self.bytes)) {
            Err(_) => Err("isn't UTF-8".to_owned()),
            Ok(_) if found != wanted => {
                let many = if found == 1 { "cell" } else { "cells" };
                let hint = "is a quote not closed, or a cell with the delimiter not quoted?";
                Err(format!("has {found} {many}, the header has {wanted}; {hint}"))
            }
            Ok(cells) => Ok(cells),
        };
        Ok(Some(Line { number, cells }))
    }
}
