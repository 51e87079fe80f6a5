//! What each column means: the record's id, its owner, or an attribute whose name conditions can use.

use std::collections::BTreeMap;

use anyhow::bail;
use csv::StringRecord;

use crate::domain::attribute::{AttributeName, MAX_NAME_LENGTH};

/// The columns of a file.
#[derive(Debug)]
pub struct Header {
    /// The column with the id.
    pub id: usize,
    /// The column with the owner.
    pub owner: Option<usize>,
    /// The columns with attributes, in the file's order.
    pub attributes: Vec<Column>,
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

impl Header {
    /// Reads the header line.
    ///
    /// # Errors
    /// Everything wrong with it at once: a name that comes twice, two that become one attribute, a column that isn't there.
    pub fn read(header: &StringRecord, id_column: &str, owner_column: Option<&str>) -> anyhow::Result<Self> {
        let names: Vec<&str> = header.iter().map(str::trim).collect();
        let mut found = repeated(&names);
        let mut find = |column: &str| {
            let index = names.iter().position(|name| *name == column);
            if index.is_none() {
                found.push(format!("there is no column {column:?}, there are: {}", names.join(", ")));
            }
            index
        };
        let id = find(id_column);
        let owner = owner_column.and_then(&mut find);
        let special = |index: &usize| Some(*index) == id || Some(*index) == owner;
        let attributes: Vec<Column> = (0..names.len())
            .filter(|index| !special(index))
            .map(|index| Column {
                index,
                header: names[index].to_owned(),
                name: attribute(names[index], index),
            })
            .collect();
        found.extend(collisions(&attributes));
        match id {
            Some(id) if found.is_empty() => Ok(Self { id, owner, attributes }),
            _ => bail!("the header can't be used:\n  {}", found.join("\n  ")),
        }
    }
}

fn repeated(names: &[&str]) -> Vec<String> {
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
        format!("columns {headers:?} would all become the attribute {name}: rename all but one")
    });
    told.collect()
}

/// The attribute that a column becomes: its header, if conditions can use that, else the nearest they can.
fn attribute(header: &str, index: usize) -> AttributeName {
    if let Ok(name) = AttributeName::new(header) {
        return name;
    }
    let plain = |c: char| if c.is_ascii_alphanumeric() { c } else { '_' };
    let spaced: String = header.chars().map(plain).collect();
    let words: Vec<&str> = spaced.split('_').filter(|word| !word.is_empty()).collect();
    let mut name = words.join("_");
    if name.starts_with(|first: char| first.is_ascii_digit()) {
        name.insert(0, '_');
    }
    name.truncate(MAX_NAME_LENGTH - 1);
    // Words of the condition language and names that every record has get an underscore behind them.
    let candidates = [name.clone(), format!("{name}_"), format!("column_{}", index + 1)];
    let usable = candidates.into_iter().filter(|name| name.as_str() != "_");
    usable
        .filter_map(|name| AttributeName::new(name).ok())
        .next()
        .expect("column_1 and its like are identifiers that nothing else uses")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(names: &[&str], owner: Option<&str>) -> Result<Vec<String>, String> {
        let header = Header::read(&StringRecord::from(names.to_vec()), "id", owner);
        let names = |header: Header| header.attributes.iter().map(|column| column.name.to_string()).collect();
        header.map(names).map_err(|error| error.to_string())
    }

    #[test]
    fn headers_become_names_that_conditions_can_use() {
        let header = [
            "id",
            "origin",
            "First Name",
            "2nd phone",
            "E-Mail (work)",
            "in",
            "owner",
            "Größe",
            "",
            "stage",
            "???",
        ];
        let names = read(&header, None).expect("fine");
        let expected = [
            "origin",
            "First_Name",
            "_2nd_phone",
            "E_Mail_work",
            "in_",
            "owner_",
            "Gr_e",
            "column_9",
            "stage_",
            "column_11",
        ];
        assert_eq!(names, expected);
        let long = "x y".repeat(50);
        assert!(read(&["id", &long], None).expect("fine")[0].len() <= MAX_NAME_LENGTH);
    }

    #[test]
    fn id_and_owner_are_no_attributes() {
        assert_eq!(read(&["a", "id", "seller"], Some("seller")), Ok(vec!["a".to_owned()]));
    }

    #[test]
    fn everything_wrong_with_a_header_is_told_at_once() {
        let told = read(&["key", "a b", "a-b", "c", "c"], Some("who")).expect_err("refused");
        for part in [
            "there is no column \"id\", there are: key, a b, a-b, c, c",
            "there is no column \"who\"",
            "[\"a b\", \"a-b\"] would all become the attribute a_b",
            "\"c\" names columns 4 and 5",
        ] {
            assert!(told.contains(part), "{part} in {told}");
        }
    }
}
