//! What every record type has, like an email address, and which column it might be if no column
//! gives it. That is only said, never decided.

use super::Known;
use super::header::Column;
use super::names::{bare, printable};
use super::rows::Plan;
use crate::domain::attribute::AttributeType;

const EMAIL: &[&str] = &["email", "mailadres", "mailaddress", "courriel", "correo"];
const PHONE: &[&str] = &[
    "phone",
    "telefon",
    "telefoon",
    "mobil",
    "mobiel",
    "handy",
    "rufnummer",
    "cellular",
    "celular",
    "movil",
    "telemovel",
];
const NAME: &[&str] = &[
    "fullname",
    "contactname",
    "leadname",
    "displayname",
    "recordname",
    "dealname",
    "vollstandigername",
    "kontaktname",
    "nomcomplet",
    "nombrecompleto",
    "nomecompleto",
    "volledigenaam",
    "contactpersoon",
    "ansprechpartner",
];
const OWNER: &[&str] = &[
    "owner",
    "assignedto",
    "besitzer",
    "inhaber",
    "verantwortlich",
    "zustandig",
    "vertriebler",
    "proprietaire",
    "responsable",
    "propietario",
    "proprietario",
    "responsabile",
    "responsavel",
    "eigenaar",
    "verantwoordelijk",
    "salesrep",
];

/// What no column gives, each with the columns that it might be.
pub fn missing(plan: &Plan, known: &Known) -> Vec<String> {
    let mut told = Vec::new();
    let record_type = [known.record_type.as_str(), "name"].concat();
    let name = |header: &str| contains(header, NAME) || bare(header) == bare(&record_type);
    told.extend(attribute(plan, std::slice::from_ref(&known.display_name), name));
    told.extend(attribute(plan, std::slice::from_ref(&known.email), |header| contains(header, EMAIL)));
    let phone = |header: &str| contains(header, PHONE) || bare(header).starts_with("tel");
    told.extend(attribute(plan, &known.phones, phone));
    told.extend(owner(plan));
    told
}

/// An attribute that no column gives, if a column might be it.
fn attribute(plan: &Plan, names: &[String], might: impl Fn(&str) -> bool) -> Option<String> {
    let name = names.first().filter(|name| !name.is_empty())?;
    let given =
        plan.header.attributes.iter().any(|column| names.iter().any(|name| column.name.as_str() == name));
    if given {
        return None;
    }
    let cure = |column: &str| format!("--map '{column}={name}'");
    Some(format!("record.{name} gets nothing; {}", might_be(plan, might, cure)?))
}

fn owner(plan: &Plan) -> Option<String> {
    if plan.header.owner.is_some() {
        return None;
    }
    let cure = |column: &str| format!("--owner-column '{column}'");
    Some(format!("no column gives the owner; {}", might_be(plan, |header| contains(header, OWNER), cure)?))
}

fn might_be(plan: &Plan, might: impl Fn(&str) -> bool, cure: impl Fn(&str) -> String) -> Option<String> {
    let columns = plan.new_columns().filter(|(column, kind)| is_open(column, kind) && might(&column.header));
    let cures: Vec<String> = columns
        .take(3)
        .map(|(column, _)| cure(&printable(&plan.header.columns.reference(column.index))))
        .collect();
    (!cures.is_empty()).then(|| format!("if a column is meant for that: {}", cures.join(" or ")))
}

/// Whether nothing but the header says what a column is.
fn is_open(column: &Column, kind: &AttributeType) -> bool {
    !column.chosen && *kind == AttributeType::String
}

fn contains(header: &str, signs: &[&str]) -> bool {
    let bare = bare(header);
    signs.iter().any(|sign| bare.contains(sign))
}
