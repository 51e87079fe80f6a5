//! `upnext sequences export`: writes sequences, and what belongs to them, as a file.

use std::collections::BTreeSet;
use std::fs;
use std::io::Write as _;
use std::path::PathBuf;

use anyhow::{Context as _, bail};
use clap::Args;
use serde_json::{Value, json};

use super::calls::Caller;
use super::file::{self, Wanted};
use super::kinds::KINDS;
use crate::cli::client::Calls;
use crate::domain::names;

#[derive(Debug, Args)]
pub(in crate::cli::sequences) struct Export {
    /// The sequences to export, with their email templates, and the segments connected to them
    /// [default: everything]
    sequences: Vec<String>,
    /// Where to write it [default: standard output]
    #[arg(short, long, value_name = "FILE")]
    file: Option<PathBuf>,
    /// Write JSON instead of YAML
    #[arg(long)]
    json: bool,
}

impl Export {
    pub(in crate::cli::sequences) async fn run(self, calls: Calls) -> anyhow::Result<()> {
        let caller = Caller(calls);
        let names = match self.sequences.is_empty() {
            true => everything(&caller).await?,
            false => belonging(&caller, &self.sequences).await?,
        };

        let mut all = Vec::with_capacity(names.len());
        for (place, name) in names {
            // What was deleted meanwhile isn't there.
            if let Some(found) = caller.get(&KINDS[place], &name).await? {
                all.push(exported(place, &found)?);
            }
        }
        let text = file::write(&all, self.json)?;
        match &self.file {
            Some(path) => {
                fs::write(path, text).with_context(|| format!("{} can't be written", path.display()))
            }
            None => Ok(std::io::stdout().write_all(text.as_bytes())?),
        }
    }
}

/// The place of a kind, and a name.
type Named = (usize, String);

async fn everything(caller: &Caller) -> anyhow::Result<Vec<Named>> {
    let mut all = Vec::new();
    for place in [TEMPLATES, SEQUENCES, SEGMENTS, CALENDARS] {
        let names = caller.names(&KINDS[place], None).await?;
        all.extend(names.into_iter().map(|name| (place, name)));
    }
    add_rules(caller, &mut all).await?;
    Ok(all)
}

/// Returns the names of sequences, and of what belongs to them.
async fn belonging(caller: &Caller, sequences: &[String]) -> anyhow::Result<Vec<Named>> {
    let mut all: BTreeSet<Named> = BTreeSet::new();
    for given in sequences {
        let Ok([id]) = names::SEQUENCE.parse("", given) else { bail!("{given:?} is no name of a sequence") };
        let name = names::SEQUENCE.name([id]);
        let found = caller.get(&KINDS[SEQUENCES], &name).await?;
        let found = found.with_context(|| format!("there is no {name}"))?;

        // Steps name their templates, so the file can stand alone.
        let mut templates = Vec::new();
        add_templates(&found, &mut templates);
        all.extend(templates.into_iter().map(|name| (TEMPLATES, name)));
        let segments = found["connected_segments"].as_array().cloned().unwrap_or_default();
        all.extend(segments.iter().filter_map(Value::as_str).map(|name| (SEGMENTS, name.to_owned())));
        all.insert((SEQUENCES, name));
    }

    let mut all = Vec::from_iter(all);
    add_rules(caller, &mut all).await?;
    Ok(all)
}

async fn add_rules(caller: &Caller, all: &mut Vec<Named>) -> anyhow::Result<()> {
    let segments: Vec<String> =
        all.iter().filter(|(place, _)| *place == SEGMENTS).map(|(_, name)| name.clone()).collect();
    for segment in segments {
        let rules = caller.names(&KINDS[RULES], Some(&segment)).await?;
        all.extend(rules.into_iter().map(|rule| (RULES, rule)));
    }
    Ok(())
}

/// Adds the email templates that steps use.
fn add_templates(value: &Value, templates: &mut Vec<String>) {
    match value {
        Value::Object(fields) => {
            let used = fields.get("template").and_then(Value::as_str);
            templates.extend(used.filter(|name| name.starts_with("templates/")).map(str::to_owned));
            fields.values().for_each(|value| add_templates(value, templates));
        }
        Value::Array(items) => items.iter().for_each(|item| add_templates(item, templates)),
        _ => {}
    }
}

/// Returns what a file says of a resource.
fn exported(place: usize, found: &Value) -> anyhow::Result<Wanted> {
    let mut wanted = file::wanted(KINDS[place], found)?;
    // Nothing has to be done to have a draft.
    if wanted.fields.get("state") == Some(&json!("DRAFT")) {
        wanted.fields.remove("state");
    }
    Ok(wanted)
}

// The places of the kinds in the table.
const TEMPLATES: usize = 0;
const SEQUENCES: usize = 1;
const SEGMENTS: usize = 2;
const RULES: usize = 3;
const CALENDARS: usize = 4;
