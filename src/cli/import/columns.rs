//! What the file calls its columns, and how to find one.

use std::collections::{BTreeMap, HashMap};

use csv::StringRecord;

use super::names::{self, bare, printable};
use super::options::Mapping;
use crate::domain::attribute::AttributeName;

/// The columns for which --map says something: their attribute, or none if they are left out.
pub type Mapped = HashMap<usize, Option<AttributeName>>;

/// What the file calls its columns, and how to find one.
pub struct Columns {
    /// The names, in the file's order.
    pub names: Vec<String>,
}

/// Where a column stands.
pub enum Place {
    /// It is this one.
    At(usize),
    /// Several columns have that name.
    Several,
    /// There is none.
    Nowhere,
}

impl Columns {
    /// The columns of a header.
    pub fn new(header: &StringRecord) -> Self {
        Self { names: header.iter().map(|name| name.trim().to_owned()).collect() }
    }

    /// What the mappings say, and what is wrong with them. A column's number comes before a name:
    /// of several columns with one name, a name then means the one that is left.
    pub fn mapped(&self, mappings: &[Mapping]) -> (Mapped, Vec<String>) {
        let (numbers, names): (Vec<_>, Vec<_>) =
            mappings.iter().partition(|mapping| self.numbered(&mapping.header).is_some());
        let (mut mapped, mut found) = (Mapped::new(), Vec::new());

        for Mapping { header, attribute } in numbers.into_iter().chain(names) {
            match self.place(header, &mapped) {
                Place::At(index) if mapped.contains_key(&index) => {
                    found.push(format!("column {header:?} is mapped twice"));
                }
                Place::At(index) => _ = mapped.insert(index, attribute.clone()),
                Place::Several => {}
                Place::Nowhere => found.push(self.missing(header)),
            }
        }
        (mapped, found)
    }

    /// The column, if there is exactly one.
    pub fn position(&self, column: &str, mapped: &Mapped) -> Option<usize> {
        match self.place(column, mapped) {
            Place::At(index) => Some(index),
            _ => None,
        }
    }

    /// What finds a column for sure: its name, or its number if it has none of its own.
    pub fn reference(&self, index: usize) -> String {
        let name = &self.names[index];
        let unique = self.names.iter().filter(|other| *other == name).count() == 1;
        if unique && !name.is_empty() { name.clone() } else { format!("#{}", index + 1) }
    }

    /// What messages call a column.
    pub fn called(&self, index: usize) -> String {
        let name = &self.names[index];
        if name.is_empty() { format!("column {}", index + 1) } else { name.clone() }
    }

    /// The column of that name, of that number, or the only one that is spelled like it.
    pub fn place(&self, column: &str, mapped: &Mapped) -> Place {
        let is = |index: &usize| self.names[*index] == column;
        let exact: Vec<usize> = (0..self.names.len()).filter(is).collect();
        let open: Vec<usize> = exact.iter().copied().filter(|index| !mapped.contains_key(index)).collect();
        match (exact.as_slice(), open.as_slice()) {
            ([], _) => {}
            ([one], _) | (_, [one]) => return Place::At(*one),
            _ => return Place::Several,
        }

        let alike = |index: &usize| !bare(column).is_empty() && bare(&self.names[*index]) == bare(column);
        let mut alike = (0..self.names.len()).filter(alike);
        let only = alike.next().filter(|_| alike.next().is_none());
        self.numbered(column).or(only).map_or(Place::Nowhere, Place::At)
    }

    /// The column that `#7` means, unless one is called so.
    fn numbered(&self, column: &str) -> Option<usize> {
        let number: usize = column.strip_prefix('#')?.parse().ok()?;
        let index = number.checked_sub(1).filter(|index| *index < self.names.len())?;
        self.names.iter().all(|name| name != column).then_some(index)
    }

    /// What is said of a column that isn't there.
    pub fn missing(&self, column: &str) -> String {
        let names: Vec<String> = self.names.iter().map(|name| printable(name)).collect();
        let cure = delimiter_cure(&self.names);
        format!("there is no column {column:?}, there are: {}{cure}", names.join(", "))
    }

    /// The names of several columns of which nothing else is known.
    pub fn repeated(&self, mapped: &Mapped) -> Vec<String> {
        let mut places: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
        let open = self.names.iter().enumerate().filter(|(index, _)| !mapped.contains_key(index));
        for (index, name) in open.filter(|(_, name)| !name.is_empty()) {
            places.entry(name).or_default().push(index + 1);
        }
        let repeated = places.iter().filter(|(_, places)| places.len() > 1);
        repeated.map(|(name, places)| repeated_name(name, places)).collect()
    }
}

fn repeated_name(name: &str, places: &[usize]) -> String {
    let numbers: Vec<String> = places.iter().map(ToString::to_string).collect();
    let (last, shown) = (numbers.last().map_or("", String::as_str), printable(name));
    let other = names::new_attribute(&format!("{name} {}", places.len()));
    format!(
        "{shown:?} names columns {}: leave one out by its number, say --map '#{last}=', or give it an \
         attribute of its own, say --map '#{last}={other}'",
        numbers.join(" and ")
    )
}

/// How to go on if all cells stand in one, because something else separates them.
fn delimiter_cure(names: &[String]) -> String {
    let [only] = names else { return String::new() };
    let shown = |c| if c == '\t' { "\\t".to_owned() } else { String::from(c) };
    let delimiter = [';', '\t', '|', ','].into_iter().find(|delimiter| only.contains(*delimiter));
    delimiter.map(|c| format!("; add --delimiter '{}'", shown(c))).unwrap_or_default()
}
