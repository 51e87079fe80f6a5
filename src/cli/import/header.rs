//! What each column means: the record's id, its owner, or an attribute.

use std::collections::BTreeMap;

use anyhow::bail;
use csv::StringRecord;

use super::columns::{Columns, Mapped, Place};
use super::names::{self, bare, printable};
use super::options::Options;
use crate::domain::attribute::AttributeName;
use crate::domain::record_type::Declared;

/// The columns of a file.
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
    pub columns: Columns,
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
    /// Whether that was said with --map.
    pub chosen: bool,
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
    columns: Columns,
    declared: &'a Declared,
    id: Option<usize>,
    owner: Option<usize>,
    mapped: Mapped,
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
        let columns = Columns::new(header);
        let (mapped, mut found) = columns.mapped(&options.mappings);
        found.extend(columns.repeated(&mapped));
        let mut reading = Reading { columns, declared, id: None, owner: None, mapped, found };
        reading.id = reading.find(&options.id_column);
        reading.owner = options.owner_column.as_deref().and_then(|column| reading.find(column));

        let (mut attributes, mut left_out) = (Vec::new(), Vec::new());
        for index in 0..reading.columns.names.len() {
            match reading.meaning(index) {
                Meaning::Attribute(name) => {
                    let (header, chosen) =
                        (reading.columns.called(index), reading.mapped.contains_key(&index));
                    attributes.push(Column { index, header, name, chosen });
                }
                Meaning::LeftOut(reason) => left_out.push(reason),
                Meaning::Nothing => {}
            }
        }

        let Reading { columns, id, owner, mut found, .. } = reading;
        found.extend(collisions(&attributes));
        match id {
            Some(id) if found.is_empty() => Ok(Self { id, owner, attributes, left_out, columns }),
            _ => bail!("the header can't be used:\n  {}", found.join("\n  ")),
        }
    }
}

impl Reading<'_> {
    fn find(&mut self, column: &str) -> Option<usize> {
        match self.columns.place(column, &self.mapped) {
            Place::At(index) => return Some(index),
            Place::Nowhere => self.found.push(self.columns.missing(column)),
            // That is told of all such names, unless all of these columns are mapped.
            Place::Several if self.columns.repeated(&self.mapped).is_empty() => {
                self.found.push(format!("{column:?} names several columns: take the number, say '#1'"));
            }
            Place::Several => {}
        }
        None
    }

    fn meaning(&mut self, index: usize) -> Meaning {
        let header = self.columns.names[index].clone();
        let shown = printable(&self.columns.called(index));
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

fn collisions(columns: &[Column]) -> Vec<String> {
    let mut alike: BTreeMap<&str, Vec<&Column>> = BTreeMap::new();
    for column in columns {
        alike.entry(column.name.as_str()).or_default().push(column);
    }
    // Columns with one name of which nothing else is known are told as such.
    let differ = |columns: &Vec<&Column>| {
        columns.iter().any(|column| column.header != columns[0].header || column.chosen)
    };
    let colliding = alike.iter().filter(|(_, columns)| columns.len() > 1 && differ(columns));

    let told = colliding.map(|(name, columns)| {
        let headers: Vec<&str> = columns.iter().map(|column| column.header.as_str()).collect();
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
    fn of_columns_with_one_name_a_number_tells_which() {
        let names = ["id", "Umsatz", "x", "Umsatz"];
        assert_eq!(read(&names, &["--map", "#4="]), Ok(vec!["Umsatz".into(), "x".into()]));
        let both = ["--map", "#2=phone", "--map", "Umsatz=email"];
        assert_eq!(read(&names, &both), Ok(vec!["phone".into(), "x".into(), "email".into()]));
        assert_eq!(read(&["id", "", "a"], &["--map", "#2=email"]), Ok(vec!["email".into(), "a".into()]));
        assert_eq!(read(&["id", "#3", "a"], &["--map", "#3=email"]), Ok(vec!["email".into(), "a".into()]));
        assert_eq!(read(&["id", "id"], &["--id-column", "#1", "--map", "#2="]), Ok(vec![]));

        for (flags, told) in [
            (&["--map", "Umsatz="][..], "\"Umsatz\" names columns 2 and 4"),
            (&["--map", "#5="], "there is no column \"#5\""),
            (&["--map", "#2=email", "--map", "#4=email"], "would all become the attribute email"),
            (&["--map", "#2=", "--map", "#2=email"], "column \"#2\" is mapped twice"),
        ] {
            let wrong = read(&names, flags).expect_err("refused");
            assert!(wrong.contains(told), "{told} in {wrong}");
        }
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
            "\"c\" names columns 4 and 5: leave one out by its number, say --map '#5=', or give it an attribute of its own, say --map '#5=c_2'",
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
