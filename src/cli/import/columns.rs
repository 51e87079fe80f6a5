//! What each column means: the record's id, its owner, or an attribute.

use std::collections::{BTreeMap, HashMap};

use anyhow::bail;
use csv::StringRecord;

use super::names::{self, bare, printable};
use super::options::{Mapping, Options};
use crate::domain::attribute::AttributeName;
use crate::domain::record_type::Declared;

/// The columns of a file.
#[derive(Debug)]
pub struct Header {
    /// The column with the id.
    pub id: usize,
    /// The column with the owner.
    pub owner: Option<usize>,
    /// The columns with attributes, in the file's order.
    pub attributes: Vec<Column>,
    /// Columns that aren't imported, each with the reason.
    pub left_out: Vec<String>,
    /// What the file calls each column.
    pub names: Vec<String>,
}

/// A column with an attribute.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Column {
    /// Which column of the file.
    pub index: usize,
    /// What the file calls it.
    pub header: String,
    /// The attribute.
    pub name: AttributeName,
}

/// What a column is, as far as its header says.
enum Meaning {
    Attribute(AttributeName),
    LeftOut(String),
    /// It has a meaning already.
    Nothing,
}

/// What the columns are judged by.
struct Reading<'a> {
    names: Vec<String>,
    declared: &'a Declared,
    id: Option<usize>,
    owner: Option<usize>,
    mapped: HashMap<usize, Option<AttributeName>>,
    /// What is wrong.
    found: Vec<String>,
}

impl Header {
    /// Reads the header line.
    ///
    /// # Errors
    /// Everything wrong with it at once: a name that comes twice, two that become one attribute, a
    /// column that isn't there or whose meaning is open.
    pub fn read(header: &StringRecord, options: &Options, declared: &Declared) -> anyhow::Result<Self> {
        let names: Vec<String> = header.iter().map(|name| name.trim().to_owned()).collect();
        let found = repeated(&names);
        let mut reading = Reading { names, declared, id: None, owner: None, mapped: HashMap::new(), found };
        reading.id = reading.find(&options.id_column);
        reading.owner = options.owner_column.as_deref().and_then(|column| reading.find(column));
        reading.map(&options.mappings);

        let (mut attributes, mut left_out) = (Vec::new(), Vec::new());
        for index in 0..reading.names.len() {
            match reading.meaning(index) {
                Meaning::Attribute(name) => {
                    attributes.push(Column { index, header: reading.names[index].clone(), name });
                }
                Meaning::LeftOut(reason) => left_out.push(reason),
                Meaning::Nothing => {}
            }
        }

        let Reading { names, id, owner, mut found, .. } = reading;
        found.extend(collisions(&attributes));
        match id {
            Some(id) if found.is_empty() => Ok(Self { id, owner, attributes, left_out, names }),
            _ => bail!("the header can't be used:\n  {}", found.join("\n  ")),
        }
    }
}

impl Reading<'_> {
    /// The column of that name, or the only one that is spelled like it.
    fn position(&self, column: &str) -> Option<usize> {
        let exact = self.names.iter().position(|name| name == column);
        exact.or_else(|| {
            let alike = |index: &usize| !bare(column).is_empty() && bare(&self.names[*index]) == bare(column);
            let mut alike = (0..self.names.len()).filter(alike);
            alike.next().filter(|_| alike.next().is_none())
        })
    }

    fn find(&mut self, column: &str) -> Option<usize> {
        let index = self.position(column);
        if index.is_none() {
            let names: Vec<String> = self.names.iter().map(|name| printable(name)).collect();
            let cure = delimiter_cure(&self.names);
            self.found.push(format!("there is no column {column:?}, there are: {}{cure}", names.join(", ")));
        }
        index
    }

    fn map(&mut self, mappings: &[Mapping]) {
        for Mapping { header, attribute } in mappings {
            let Some(index) = self.find(header) else { continue };
            if self.mapped.insert(index, attribute.clone()).is_some() {
                self.found.push(format!("column {header:?} is mapped twice"));
            }
        }
    }

    fn meaning(&mut self, index: usize) -> Meaning {
        let header = self.names[index].clone();
        let shown = printable(&header);
        match self.mapped.get(&index) {
            Some(Some(name)) => return Meaning::Attribute(name.clone()),
            Some(None) => return Meaning::LeftOut(format!("{shown} is left out")),
            None if header.is_empty() => {
                let place = index + 1;
                return Meaning::LeftOut(format!("column {place} has no header and is left out"));
            }
            None if Some(index) == self.owner => return Meaning::Nothing,
            None => {}
        }

        if let Some(name) = self.declared(&header) {
            return Meaning::Attribute(name);
        }
        if Some(index) == self.id {
            return Meaning::Nothing;
        }

        if bare(&header) == "owner" && self.owner.is_none() {
            let cures =
                format!("--owner-column '{shown}' if it names sellers, --map '{shown}=owner_' if not");
            self.found.push(format!("column {header:?} could be the record's owner: add {cures}"));
        }
        Meaning::Attribute(names::new_attribute(&header))
    }

    /// The declared attribute that a header means.
    fn declared(&mut self, header: &str) -> Option<AttributeName> {
        if self.declared.contains_key(header) {
            return AttributeName::new(header).ok();
        }

        let wanted = bare(header);
        let alike = self.declared.keys().filter(|name| !wanted.is_empty() && bare(name) == wanted);
        let alike: Vec<&String> = alike.collect();
        if alike.len() > 1 {
            let names: Vec<&str> = alike.iter().map(|name| name.as_str()).collect();
            let told = names.join(" or ");
            self.found.push(format!("column {header:?} could be the attribute {told}: say which with --map"));
        }

        let hashed = || names::new_attribute(header);
        alike.first().and_then(|name| AttributeName::new(name.as_str()).ok()).or_else(|| {
            // A header without any letter has its hash as name.
            Some(hashed()).filter(|name| wanted.is_empty() && self.declared.contains_key(name.as_str()))
        })
    }
}

/// How to go on if all cells stand in one, because something else separates them.
fn delimiter_cure(names: &[String]) -> String {
    let [only] = names else { return String::new() };
    let shown = |c| if c == '\t' { "\\t".to_owned() } else { String::from(c) };
    let delimiter = [';', '\t', '|', ','].into_iter().find(|delimiter| only.contains(*delimiter));
    delimiter.map(|c| format!("; add --delimiter '{}'", shown(c))).unwrap_or_default()
}

fn repeated(names: &[String]) -> Vec<String> {
    let mut places: BTreeMap<&str, Vec<String>> = BTreeMap::new();
    for (index, name) in names.iter().enumerate().filter(|(_, name)| !name.is_empty()) {
        places.entry(name).or_default().push((index + 1).to_string());
    }
    let repeated = places.iter().filter(|(_, places)| places.len() > 1);
    repeated.map(|(name, places)| format!("{name:?} names columns {}", places.join(" and "))).collect()
}

fn collisions(columns: &[Column]) -> Vec<String> {
    let mut headers: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for column in columns {
        headers.entry(column.name.as_str()).or_default().push(&column.header);
    }
    // The same header twice is told as such.
    let differ = |headers: &[&str]| headers.iter().any(|header| *header != headers[0]);
    let colliding = headers.iter().filter(|(_, headers)| differ(headers));
    let told = colliding.map(|(name, headers)| {
        format!("columns {headers:?} would all become the attribute {name}: map all but one with --map")
    });
    told.collect()
}

#[cfg(test)]
mod tests {
    use clap::Parser;

    use super::*;
    use crate::domain::attribute::AttributeType;

    #[derive(Parser)]
    struct Line {
        #[command(flatten)]
        options: Options,
    }

    fn read(names: &[&str], flags: &[&str]) -> Result<Vec<String>, String> {
        let mut line = vec!["import", "f.csv", "--record-type", "lead"];
        if !flags.contains(&"--id-column") {
            line.extend(["--id-column", "id"]);
        }
        line.extend(flags);
        let options = Line::parse_from(line).options;
        let declared = ["email", "phone", "do_not_phone"];
        let declared = declared.map(|name| (name.to_owned(), AttributeType::String));
        let header = Header::read(&StringRecord::from(names.to_vec()), &options, &declared.into());
        let names = |header: Header| header.attributes.iter().map(|column| column.name.to_string()).collect();
        header.map(names).map_err(|error| error.to_string())
    }

    #[test]
    fn a_header_means_the_declared_attribute_however_it_is_spelled() {
        let names = read(&["ID", "Email", "PHONE", "Do Not Phone", "E mail 2"], &[]).expect("fine");
        assert_eq!(names, ["email", "phone", "do_not_phone", "E_mail_2"]);
        let mapped = read(&["id", "E-Mail 1", "Fax", "x"], &["--map", "E-Mail 1=email", "--map", "Fax="]);
        assert_eq!(mapped, Ok(vec!["email".to_owned(), "x".to_owned()]));
    }

    #[test]
    fn id_and_owner_are_no_attributes_unless_they_are_declared_ones() {
        assert_eq!(read(&["a", "id", "seller"], &["--owner-column", "seller"]), Ok(vec!["a".to_owned()]));
        assert_eq!(read(&["Email", "id"], &["--id-column", "Email"]), Ok(vec!["email".into(), "id_".into()]));
    }

    #[test]
    fn a_column_without_header_is_left_out() {
        assert_eq!(read(&["", "id", "a", ""], &[]), Ok(vec!["a".to_owned()]));
    }

    #[test]
    fn everything_wrong_with_a_header_is_told_at_once() {
        let flags = ["--owner-column", "who", "--map", "z=email"];
        let told =
            read(&["key", "a b", "a-b", "c", "c", "Owner", "E-Mail", "email"], &flags).expect_err("refused");

        for part in [
            "there is no column \"id\", there are: key, a b, a-b, c, c",
            "there is no column \"who\"",
            "there is no column \"z\"",
            "[\"a b\", \"a-b\"] would all become the attribute a_b",
            "[\"E-Mail\", \"email\"] would all become the attribute email",
            "\"c\" names columns 4 and 5",
            "\"Owner\" could be the record's owner: add --owner-column 'Owner' if",
        ] {
            assert!(told.contains(part), "{part} in {told}");
        }

        let told = read(&["id;name"], &[]).expect_err("refused");
        assert!(told.ends_with("there are: id;name; add --delimiter ';'"), "{told}");
        let told = read(&["\u{feff}id", "name"], &[]);
        assert_eq!(told, Ok(vec!["name".to_owned()]));
    }
}
