//! A line as a record: which cell is which attribute, and of what type.

use std::io::Write;

use anyhow::bail;
use csv::StringRecord;
use prost_types::Struct;
use sha2::{Digest as _, Sha256};

use super::failed::failed;
use super::header::{Column, Header};
use super::known::Owners;
use super::names::{bare, printable};
use super::options::{Options, UnknownOwner};
use super::truth::truth;
use crate::api::convert::json;
use crate::api::pb;
use crate::domain::attribute::{AttributeName, AttributeType};
use crate::domain::id::ChosenId;
use crate::domain::record::check_text;
use crate::domain::record_type::Declared;

/// The type of each attribute column, in the header's order; none while it isn't known.
pub type Types = Vec<Option<AttributeType>>;

/// How lines become records.
pub struct Plan {
    /// What the columns mean.
    pub header: Header,
    /// Of what type the attributes are.
    pub types: Types,
    /// Which of the attributes are declared.
    pub declared: Vec<bool>,
    /// What must be said of each attribute column.
    pub notes: Vec<Vec<String>>,
    /// Who can own a record; none if the file doesn't say.
    owners: Option<Owners>,
    unknown_owner: UnknownOwner,
    derive_ids: bool,
}

/// What is wrong with a line.
#[derive(Debug, Default)]
pub struct Wrong {
    /// Why it can't have the owner that it names.
    pub owner: Option<String>,
    /// Everything else.
    pub rest: Vec<String>,
}

impl From<String> for Wrong {
    fn from(reason: String) -> Self {
        Self { owner: None, rest: vec![reason] }
    }
}

/// What a line says.
pub struct Row {
    /// The record.
    pub record: pb::RecordUpsert,
    /// Why it has no owner although the line names one.
    pub unowned: Option<String>,
    /// Whether it has a value for an attribute whose type isn't known.
    pub says_more: bool,
}

impl Plan {
    /// A plan that knows the types that are declared or were given.
    ///
    /// # Errors
    /// Types were given that are no column's, or differ from what is declared.
    pub fn new(
        header: Header,
        declared: &Declared,
        owners: Option<Owners>,
        options: &Options,
    ) -> anyhow::Result<Self> {
        let known = |name: &AttributeName| declared.get(name.as_str()).cloned();
        let mut types: Types = header.attributes.iter().map(|column| known(&column.name)).collect();

        let mut found = Vec::new();
        for (name, given) in &options.types {
            let column = header
                .attributes
                .iter()
                .position(|column| column.name.as_str() == name || bare(&column.header) == bare(name));
            match column.map(|index| (&header.attributes[index].name, &mut types[index])) {
                None => found.push(format!("--type {name}={given}: no column becomes the attribute {name}")),
                Some((name, Some(declared))) if declared != given => found.push(format!(
                    "--type {name}={given}: record.{name} is {declared}, and types never change; take another attribute with --map, or delete this one with DeleteAttribute and import again"
                )),
                Some((_, kind)) => *kind = Some(given.clone()),
            }
        }
        if !found.is_empty() {
            bail!("{}", found.join("\n"));
        }

        let declared = header.attributes.iter().map(|column| declared.contains_key(column.name.as_str()));
        let declared = declared.collect();
        let (unknown_owner, derive_ids) = (options.unknown_owner, options.derive_ids);
        let notes = vec![Vec::new(); types.len()];
        Ok(Self { header, types, declared, notes, owners, unknown_owner, derive_ids })
    }

    /// The columns of the attributes that aren't declared and whose type is known.
    pub fn new_columns(&self) -> impl Iterator<Item = (&Column, &AttributeType)> {
        let columns = self.header.attributes.iter().zip(&self.types).zip(&self.declared);
        let new = columns.filter(|(_, declared)| !**declared);
        new.filter_map(|((column, kind), _)| Some((column, kind.as_ref()?)))
    }

    /// The attributes that aren't declared and whose type is known.
    pub fn new_attributes(&self) -> impl Iterator<Item = (&AttributeName, &AttributeType)> {
        self.new_columns().map(|(column, kind)| (&column.name, kind))
    }

    /// Forgets the types that aren't declared: their columns aren't sent.
    pub fn hide_new(&mut self) {
        for (kind, declared) in self.types.iter_mut().zip(&self.declared) {
            *kind = kind.take().filter(|_| *declared);
        }
    }

    /// Reads a line.
    ///
    /// # Errors
    /// Everything wrong with it.
    pub fn record(&self, cells: &StringRecord) -> Result<Row, Wrong> {
        let mut wrong = Wrong::default();
        let id = self.id(cell(cells, self.header.id)).map_err(|rule| wrong.rest.push(rule));
        let (owner, unowned) = self.owner(cells).unwrap_or_else(|why| {
            wrong.owner = Some(why);
            (None, None)
        });

        let (mut attributes, mut says_more) = (Struct::default(), false);
        for (column, kind) in self.header.attributes.iter().zip(&self.types) {
            let text = cells.get(column.index).unwrap_or_default();
            // Whatever an unknown type will be, a text that can't be stored is of none.
            match value(kind.as_ref().unwrap_or(&AttributeType::String), text) {
                Ok(_) if kind.is_none() => says_more |= !is_missing(text),
                Ok(value) => _ = attributes.fields.insert(column.name.to_string(), value),
                Err(rule) => {
                    wrong.rest.push(format!("{}: {rule}: {:?}", printable(&column.header), shown(text)))
                }
            }
        }

        match id {
            Ok(id) if wrong.rest.is_empty() && wrong.owner.is_none() => {
                let attributes = Some(attributes);
                let record = pb::RecordUpsert { id, owner, attributes, source_version: 0 };
                Ok(Row { record, unowned, says_more })
            }
            _ => Err(wrong),
        }
    }

    fn id(&self, text: &str) -> Result<String, String> {
        match ChosenId::new(text) {
            Ok(id) => Ok(id.to_string()),
            Err(_) if failed(text) => Err(format!("the id is {text:?}, an error of the spreadsheet")),
            Err(_) if self.derive_ids && !text.is_empty() => Ok(derived(text)),
            Err(_) if text.is_empty() => Err("the id is empty".to_owned()),
            Err(_) => Err(format!(
                "the id {text:?} must have the form [A-Za-z0-9._@-]{{1,128}}; --derive-ids makes one of any text"
            )),
        }
    }

    /// The owner's id, or why there is none although the line names one.
    fn owner(&self, cells: &StringRecord) -> Result<(Option<String>, Option<String>), String> {
        let owner = self.header.owner.map(|index| cell(cells, index)).filter(|owner| !is_missing(owner));
        let (Some(owner), Some(owners)) = (owner, &self.owners) else { return Ok((None, None)) };
        match owners.find(owner) {
            Ok(id) => Ok((Some(id.to_owned()), None)),
            Err(why) if self.unknown_owner == UnknownOwner::Unassigned => Ok((None, Some(why))),
            Err(why) => Err(why),
        }
    }

    /// What becomes of lines whose owner is no seller.
    pub fn fate_of_strangers(&self) -> &'static str {
        match self.unknown_owner {
            UnknownOwner::Refuse => {
                "such lines are bad; --unknown-owner unassigned imports them without owner"
            }
            UnknownOwner::Unassigned => "such lines are imported without owner",
        }
    }

    /// Says which column becomes what.
    ///
    /// # Errors
    /// It can't be written.
    pub fn write(&self, out: &mut dyn Write, has_bad_lines: bool) -> std::io::Result<()> {
        let name = |index: usize| printable(&self.header.columns.called(index));
        let every = if has_bad_lines { "every good line" } else { "every line" };
        writeln!(out, "{} → the record's id", name(self.header.id))?;
        if let Some(owner) = self.header.owner {
            writeln!(out, "{} → the record's owner", name(owner))?;
        }

        let columns = self.header.attributes.iter().zip(&self.types).zip(&self.declared);
        for (((column, kind), declared), notes) in columns.zip(&self.notes) {
            let header = printable(&column.header);
            match kind {
                Some(kind) => {
                    let new = if *declared { "" } else { ", new" };
                    writeln!(out, "{header} → record.{} ({}{new})", column.name, described(kind))?;
                }
                None => writeln!(out, "{header} is empty in {every} and left out")?,
            }
            notes.iter().try_for_each(|note| writeln!(out, "  {note}"))?;
        }
        self.header.left_out.iter().try_for_each(|reason| writeln!(out, "{reason}"))
    }
}

fn described(kind: &AttributeType) -> String {
    match kind {
        AttributeType::Reference { record_type } => format!("REFERENCE to {record_type}"),
        other => other.to_string(),
    }
}

/// An id that stands for a text that can't be one.
fn derived(text: &str) -> String {
    let digits = Sha256::digest(text);
    let digits: String = digits.iter().take(16).map(|byte| format!("{byte:02x}")).collect();
    format!("x-{digits}")
}

/// Whether a cell has no value.
fn is_missing(text: &str) -> bool {
    text.trim().is_empty() || failed(text)
}

/// An empty cell is null: the attribute is missing.
fn value(kind: &AttributeType, text: &str) -> Result<prost_types::Value, String> {
    if is_missing(text) {
        return Ok(json::value(&serde_json::Value::Null));
    }
    let value = match kind {
        AttributeType::Bool => truth(text)?.into(),
        kind => kind.parse_text(text)?,
    };
    check_text(&value)?;
    Ok(json::value(&value))
}

fn cell(cells: &StringRecord, index: usize) -> &str {
    cells.get(index).unwrap_or_default().trim()
}

/// Characters of a bad cell that are repeated.
const LONGEST_SHOWN: usize = 60;

fn shown(text: &str) -> String {
    text.chars().take(LONGEST_SHOWN).collect()
}
