//! What an import is told on the command line.

use std::path::{Path, PathBuf};

use clap::{Args, ValueEnum};
use encoding_rs::Encoding;

use crate::domain::attribute::{AttributeName, AttributeType};

/// What to import, and how.
///
/// The plan is shown before anything is declared: which column becomes which attribute. A header
/// means the attribute of that name, whatever its case, underscores and spaces. Other columns
/// become new attributes: INT, DOUBLE, BOOL, DATE or TIMESTAMP if every cell can be nothing else,
/// or else STRING; phone numbers, postal codes and ids are STRING. That takes your consent, because
/// an attribute's type never changes.
#[derive(Clone, Debug, Args)]
pub struct Options {
    /// The file; - for standard input
    pub file: PathBuf,
    /// What each line is: lead, account, or a record type of your own
    #[arg(long)]
    pub record_type: String,
    /// The column with the record's id
    #[arg(long)]
    pub id_column: String,
    /// Ids may hold any text: one that isn't [A-Za-z0-9._@-]{1,128} becomes x- and 32 digits of its
    /// SHA-256
    #[arg(long)]
    pub derive_ids: bool,
    /// The column with the owner: a seller's id, or the email of exactly one seller
    #[arg(long)]
    pub owner_column: Option<String>,
    /// What becomes of a line whose owner is no seller
    #[arg(long, value_enum, default_value = "refuse")]
    pub unknown_owner: UnknownOwner,
    /// Which attribute a column is, say 'E-Mail=email'; 'Fax=' leaves it out. '#7=amount' means the
    /// seventh column, whatever its header
    #[arg(long = "map", value_name = "HEADER=ATTRIBUTE", value_parser = mapping)]
    pub mappings: Vec<Mapping>,
    /// The type of a new attribute, say postal=STRING or account=REFERENCE:account
    #[arg(long = "type", value_name = "ATTRIBUTE=TYPE", value_parser = typed)]
    pub types: Vec<(String, AttributeType)>,
    /// Declare the new attributes of the plan without asking
    #[arg(long)]
    pub declare: bool,
    /// Answer every question with yes
    #[arg(long, short)]
    pub yes: bool,
    /// Show the plan, the first bad lines and what would change, and change nothing
    #[arg(long)]
    pub dry_run: bool,
    /// What separates cells: a character, or \t for a tab; a comma if neither this nor the file
    /// (sep=;) says otherwise
    #[arg(long, value_parser = delimiter)]
    pub delimiter: Option<char>,
    /// The file's encoding, say windows-1252, if it isn't UTF-8
    #[arg(long, value_parser = encoding)]
    pub encoding: Option<&'static Encoding>,
    /// Import the good lines even if there are bad ones; without it nothing is imported then
    #[arg(long)]
    pub skip_bad_lines: bool,
    /// Segments leave these records alone until they change again: for an initial load
    #[arg(long)]
    pub suppress_segmentation: bool,
}

/// What becomes of a line whose owner is no seller.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum UnknownOwner {
    /// The line is bad.
    Refuse,
    /// It is imported; the record keeps the owner that it has, and a new one has none.
    Unassigned,
}

/// Which attribute a column is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mapping {
    /// What the file calls it.
    pub header: String,
    /// The attribute; none leaves the column out.
    pub attribute: Option<AttributeName>,
}

impl Options {
    /// What messages call the file.
    pub fn file_name(&self) -> String {
        if self.is_standard_input() { "standard input".to_owned() } else { self.file.display().to_string() }
    }

    /// Whether the file comes from standard input.
    pub fn is_standard_input(&self) -> bool {
        self.file == Path::new("-")
    }
}

fn mapping(text: &str) -> Result<Mapping, String> {
    // A header may hold the sign, an attribute can't.
    let (header, attribute) = text.rsplit_once('=').ok_or("must be HEADER=ATTRIBUTE")?;
    let attribute = match attribute.trim() {
        "" => None,
        name => Some(AttributeName::new(name).map_err(|rule| format!("the attribute {rule}"))?),
    };
    Ok(Mapping { header: header.trim().to_owned(), attribute })
}

fn typed(text: &str) -> Result<(String, AttributeType), String> {
    let (name, word) = text.rsplit_once('=').ok_or("must be ATTRIBUTE=TYPE")?;
    let kind = match word.split_once(':') {
        Some(("REFERENCE", record_type)) if !record_type.is_empty() => {
            AttributeType::Reference { record_type: record_type.to_owned() }
        }
        _ if word == "REFERENCE" => {
            return Err("must say what it refers to, as in account=REFERENCE:account".to_owned());
        }
        _ => word.parse()?,
    };
    Ok((name.trim().to_owned(), kind))
}

fn delimiter(text: &str) -> Result<char, String> {
    let mut characters = text.chars();
    match (characters.next(), characters.next()) {
        _ if text == "\\t" => Ok('\t'),
        (Some(one), None) if one.is_ascii() && !"\"\r\n".contains(one) => Ok(one),
        _ => Err("must be one ASCII character, but no quote and no end of a line; \\t is a tab".to_owned()),
    }
}

fn encoding(label: &str) -> Result<&'static Encoding, String> {
    Encoding::for_label(label.as_bytes())
        .ok_or_else(|| "must be an encoding of the WHATWG standard, say windows-1252 or utf-16le".to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mapping_names_a_header_and_an_attribute_or_leaves_the_column_out() {
        let email = Mapping { header: "E=Mail".into(), attribute: AttributeName::new("email").ok() };
        assert_eq!(mapping("E=Mail=email"), Ok(email));
        assert_eq!(mapping("Fax="), Ok(Mapping { header: "Fax".into(), attribute: None }));
        assert!(mapping("Fax").is_err() && mapping("Fax=a b").is_err() && mapping("Rep=owner").is_err());
    }

    #[test]
    fn a_type_is_a_word_and_a_reference_says_to_what() {
        assert_eq!(typed("postal=STRING"), Ok(("postal".into(), AttributeType::String)));
        let account = AttributeType::Reference { record_type: "account".into() };
        assert_eq!(typed("a=REFERENCE:account"), Ok(("a".into(), account)));
        assert!(typed("a=TEXT").is_err() && typed("a").is_err() && typed("a=REFERENCE").is_err());
    }

    #[test]
    fn a_delimiter_is_one_character_of_ascii() {
        assert_eq!((delimiter(";"), delimiter("\\t")), (Ok(';'), Ok('\t')));
        assert!(["", "\"", "\n", "ab", "é"].iter().all(|text| delimiter(text).is_err()));
    }
}
