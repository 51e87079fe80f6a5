//! A line as a record: which cell is which attribute, and of what type.

use std::collections::HashSet;
use std::io::Write;

use csv::StringRecord;
use prost_types::Struct;

use super::columns::Header;
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
    /// Who can own a record; none if the file doesn't say.
    sellers: Option<HashSet<String>>,
}

impl Plan {
    /// A plan that knows the declared types only.
    pub fn new(header: Header, declared: &Declared, sellers: Option<HashSet<String>>) -> Self {
        let types = header.attributes.iter().map(|column| declared.get(column.name.as_str()).cloned());
        let types = types.collect();
        Self { header, types, sellers }
    }

    /// The attributes whose type is known.
    pub fn attributes(&self) -> impl Iterator<Item = (&AttributeName, &AttributeType)> {
        let columns = self.header.attributes.iter().zip(&self.types);
        columns.filter_map(|(column, kind)| Some((&column.name, kind.as_ref()?)))
    }

    /// Reads a line.
    ///
    /// # Errors
    /// Everything wrong with it, in one sentence.
    pub fn record(&self, cells: &StringRecord) -> Result<pb::RecordUpsert, String> {
        let mut found = Vec::new();
        let id = ChosenId::new(cell(cells, self.header.id));
        if id.is_err() {
            let rule = "must have the form [A-Za-z0-9._@-]{1,128}";
            found.push(format!("the id {:?} {rule}", cell(cells, self.header.id)));
        }
        let owner = self.header.owner.map(|index| cell(cells, index)).filter(|owner| !owner.is_empty());
        if let Some(owner) = owner.filter(|owner| !self.is_seller(owner)) {
            found.push(format!("the owner {owner:?} isn't a seller"));
        }
        let mut attributes = Struct::default();
        for (column, kind) in self.header.attributes.iter().zip(&self.types) {
            let text = cells.get(column.index).unwrap_or_default();
            // Whatever an unknown type will be, a text that can't be stored is of none.
            match value(kind.as_ref().unwrap_or(&AttributeType::String), text) {
                Ok(_) if kind.is_none() => {}
                Ok(value) => _ = attributes.fields.insert(column.name.to_string(), value),
                Err(rule) => found.push(format!("{}: {rule}, is {:?}", column.header, shown(text))),
            }
        }
        match id {
            Ok(id) if found.is_empty() => Ok(pb::RecordUpsert {
                id: id.to_string(),
                owner: owner.map(str::to_owned),
                attributes: Some(attributes),
                source_version: 0,
            }),
            _ => Err(found.join("; ")),
        }
    }

    fn is_seller(&self, owner: &str) -> bool {
        let id = owner.strip_prefix("sellers/").unwrap_or(owner);
        self.sellers.as_ref().is_none_or(|sellers| sellers.contains(id))
    }

    /// Says which column becomes what.
    pub fn write(&self, out: &mut dyn Write) -> std::io::Result<()> {
        for (column, kind) in self.header.attributes.iter().zip(&self.types) {
            match kind {
                Some(kind) => writeln!(out, "{} → record.{} ({kind})", column.header, column.name)?,
                None => writeln!(out, "{} is empty in every line and left out", column.header)?,
            }
        }
        Ok(())
    }
}

/// An empty cell is null: the attribute is missing.
fn value(kind: &AttributeType, text: &str) -> Result<prost_types::Value, String> {
    if text.trim().is_empty() {
        return Ok(json::value(&serde_json::Value::Null));
    }
    let value = kind.parse_text(text)?;
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
