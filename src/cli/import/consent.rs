//! Columns that seem to say who may not be contacted: they are asked about, and never become an
//! attribute that nothing heeds.

use anyhow::bail;
use csv::StringRecord;

use super::Known;
use super::dialog::Dialog;
use super::names::{Consent, bare, consent, new_attribute, printable};
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
    let (mut mappings, mut open) = (Vec::new(), Vec::new());
    for header in header.iter().map(str::trim) {
        let Some(consent) = consent(header).filter(|_| !is_settled(header, options, known)) else { continue };
        match (known.heeded(consent).as_slice(), consent) {
            ([], _) => {}
            ([heeded], Consent::Phone | Consent::Email) if options.yes => {
                mappings.push(mapping(header, heeded));
            }
            ([heeded], Consent::Phone | Consent::Email) if dialog.can_ask() => {
                let by = if consent == Consent::Phone { "called" } else { "emailed" };
                let shown = printable(header);
                let question = format!("Does {shown:?} say who may not be {by} (record.{heeded})?");
                let attribute = if dialog.ask(&question)? { (*heeded).to_owned() } else { own(header) };
                mappings.push(mapping(header, &attribute));
            }
            (heeded, _) => open.push(cures(header, heeded)),
        }
    }

    if open.is_empty() {
        return Ok(mappings);
    }
    bail!(
        "nothing was imported: columns seem to say who may not be contacted; say what they are\n  {}",
        open.join("\n  ")
    )
}

fn is_settled(header: &str, options: &Options, known: &Known) -> bool {
    let mapped = options.mappings.iter().any(|mapping| bare(&mapping.header) == bare(header));
    let special = [Some(&options.id_column), options.owner_column.as_ref()];
    let special = special.into_iter().flatten().any(|column| bare(column) == bare(header));
    mapped || special || known.declared.keys().any(|name| bare(name) == bare(header))
}

fn cures(header: &str, heeded: &[&str]) -> String {
    let shown = printable(header);
    let own = own(header);
    let mut cures: Vec<String> = heeded.iter().map(|name| format!("--map '{shown}={name}'")).collect();
    cures.push(format!("--map '{shown}={own}' for an attribute that upnext doesn't heed"));
    format!("{shown:?}: {}", cures.join(", or "))
}

fn own(header: &str) -> String {
    new_attribute(header).to_string()
}

fn mapping(header: &str, attribute: &str) -> Mapping {
    Mapping { header: header.to_owned(), attribute: AttributeName::new(attribute).ok() }
}
