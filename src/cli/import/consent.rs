//! Columns that seem to say who may be contacted: they are asked about, and never become an
//! attribute that nothing heeds.

use anyhow::bail;
use csv::StringRecord;

use super::Known;
use super::columns::{Columns, Mapped};
use super::contact::{Consent, consent};
use super::dialog::Dialog;
use super::names::{bare, new_attribute, printable};
use super::options::{Mapping, Options};
use crate::domain::attribute::AttributeName;

/// What those columns are to be.
///
/// # Errors
/// All those whose meaning is open, if nobody is there to say it.
pub fn settle(
    header: &StringRecord,
    options: &Options,
    known: &Known,
    dialog: &mut Dialog<'_>,
) -> anyhow::Result<Vec<Mapping>> {
    let columns = Columns::new(header);
    let settled = settled(&columns, options);
    let (mut mappings, mut open) = (Vec::new(), Vec::new());
    for (index, header) in columns.names.iter().enumerate() {
        let settled = settled.contains_key(&index) || is_declared(header, known);
        let Some(consent) = consent(header).filter(|_| !settled) else { continue };
        let column = columns.reference(index);
        match (known.heeded(consent).as_slice(), consent) {
            ([], _) => {}
            ([heeded], Consent::NoPhone | Consent::NoEmail) if options.yes => {
                mappings.push(mapping(&column, heeded));
            }
            ([heeded], Consent::NoPhone | Consent::NoEmail) if dialog.can_ask() => {
                let by = if consent == Consent::NoPhone { "called" } else { "emailed" };
                let shown = printable(header);
                let question = format!("Does {shown:?} say who may not be {by} (record.{heeded})?");
                let attribute = if dialog.ask(&question)? { (*heeded).to_owned() } else { own(header) };
                mappings.push(mapping(&column, &attribute));
            }
            (heeded, Consent::Given) => open.push(reversed(header, &column, heeded)),
            (heeded, _) => open.push(cures(header, &column, heeded)),
        }
    }

    if open.is_empty() {
        return Ok(mappings);
    }
    bail!(
        "nothing was imported: columns seem to say who may be contacted; say what they are\n  {}",
        open.join("\n  ")
    )
}

/// The columns whose meaning was given.
fn settled(columns: &Columns, options: &Options) -> Mapped {
    let (mut settled, _) = columns.mapped(&options.mappings);
    let special = [Some(&options.id_column), options.owner_column.as_ref()];
    for column in special.into_iter().flatten() {
        if let Some(index) = columns.position(column, &settled) {
            settled.insert(index, None);
        }
    }
    settled
}

fn is_declared(header: &str, known: &Known) -> bool {
    known.declared.keys().any(|name| bare(name) == bare(header))
}

fn cures(header: &str, column: &str, heeded: &[&str]) -> String {
    let (shown, column, own) = (printable(header), printable(column), own(header));
    let mut cures: Vec<String> = heeded.iter().map(|name| format!("--map '{column}={name}'")).collect();
    cures.push(format!("--map '{column}={own}' for an attribute that upnext doesn't heed"));
    format!("{shown:?}: {}", cures.join(", or "))
}

/// Of a column whose yes is the no of what is heeded: it can't be taken as it is.
fn reversed(header: &str, column: &str, heeded: &[&str]) -> String {
    let (shown, column, own) = (printable(header), printable(column), own(header));
    let heeded: Vec<String> = heeded.iter().map(|name| format!("record.{name}")).collect();
    let heeded = heeded.join(" and ");
    format!(
        "{shown:?} seems to say who may be contacted, but upnext heeds who may not ({heeded}): \
         swap yes and no in the file and map it to that, or take \
         --map '{column}={own}' for an attribute that upnext doesn't heed"
    )
}

fn own(header: &str) -> String {
    new_attribute(header).to_string()
}

fn mapping(column: &str, attribute: &str) -> Mapping {
    Mapping { header: column.to_owned(), attribute: AttributeName::new(attribute).ok() }
}
