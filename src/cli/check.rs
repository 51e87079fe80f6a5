//! `upnext check`: reads the whole database and reports every broken invariant.

use std::io::Write;
use std::process::ExitCode;

use anyhow::Context as _;
use clap::Args;
use serde_json::{Value, json};
use uuid::Uuid;

use super::database::{self, Database};
use super::{migrate, schema, with_causes};
use crate::clock::Clock;
use crate::domain::id::OrganizationId;
use crate::domain::names;
use crate::store::check::{Broken, Extent, Rule, rules};
use crate::store::{PoolSettings, Store};
use crate::telemetry;

/// The exit code if the check can't run. 1 means that the data is wrong.
const CANNOT_RUN: u8 = 2;

/// Read the whole database in one snapshot, and report every broken invariant. Changes nothing;
/// servers keep running.
///
/// Exits with 0 if all rules hold, with 1 if a rule is broken, and with 2 if the check can't run.
#[derive(Debug, Args)]
pub struct Check {
    #[command(flatten)]
    database: Database,
    /// Check only this organization; can be repeated [default: all]
    #[arg(long, value_name = "UUID")]
    organization: Vec<Uuid>,
    /// Show at most this many violations of each rule; all are counted
    #[arg(long, value_name = "N", default_value_t = 100, value_parser = clap::value_parser!(i64).range(1..))]
    limit: i64,
    /// Report as JSON
    #[arg(long)]
    json: bool,
    /// List the rules without checking them
    #[arg(long)]
    rules: bool,
}

type Findings = Vec<(&'static Rule, Broken)>;

impl Check {
    /// Runs the check. Returns the exit code of the process.
    pub async fn run(self) -> ExitCode {
        let out = &mut std::io::stdout().lock();
        match self.report(out).await {
            Ok(0) => ExitCode::SUCCESS,
            Ok(_) => ExitCode::FAILURE,
            Err(error) => {
                eprintln!("upnext: {}", with_causes(&error));
                ExitCode::from(CANNOT_RUN)
            }
        }
    }

    /// Prints a report. Returns the number of violations.
    async fn report(&self, out: &mut impl Write) -> anyhow::Result<i64> {
        if self.rules {
            for rule in rules() {
                writeln!(out, "{}: {}", rule.name, rule.meaning)?;
            }
            return Ok(0);
        }

        let config = self.database.settings()?;
        telemetry::start(&config.log, None);
        let options = database::reach(&config.listen_url, "listen_url").await?;
        let settings = PoolSettings { application_name: "upnext check".to_owned(), ..migrate::unhurried() };
        let store = Store::new(options, &settings);
        schema::refuse_an_old_one(&store).await?;

        let found = self.find(&store, out).await?;
        match self.json {
            true => self.write_json(out, &found)?,
            false => write_verdict(out, &found)?,
        }
        Ok(found.iter().map(|(_, broken)| broken.count).sum())
    }

    /// Runs all rules in one snapshot. Prints each violation when it is found, except as JSON,
    /// which is one document.
    async fn find(&self, store: &Store, out: &mut impl Write) -> anyhow::Result<Findings> {
        let now = Clock::system().now();
        let extents: Vec<Option<OrganizationId>> = match self.organization.is_empty() {
            // `None` stands for all organizations in one statement.
            true => vec![None],
            false => self.organization.iter().map(|id| Some(OrganizationId(*id))).collect(),
        };

        let mut snapshot = store.begin_survey().await?;
        let mut found = Findings::new();
        for rule in rules() {
            for organization in &extents {
                let extent = Extent { organization: *organization, now, limit: self.limit };
                let broken = rule.broken(&mut snapshot, &extent).await;
                let broken = broken.with_context(|| format!("{} can't be checked", rule.name))?;

                if broken.count > 0 {
                    if !self.json {
                        write_broken(out, rule, &broken)?;
                    }
                    found.push((rule, broken));
                }
            }
        }
        Ok(found)
    }

    fn write_json(&self, out: &mut impl Write, found: &Findings) -> std::io::Result<()> {
        let violations: Vec<Value> = found
            .iter()
            .flat_map(|(rule, broken)| broken.violations.iter().map(move |violation| (rule, violation)))
            .map(|(rule, violation)| {
                json!({
                    "rule": rule.name,
                    "meaning": rule.meaning,
                    "organization": violation.organization.to_string(),
                    "ids": violation.ids,
                    "sentence": violation.sentence,
                })
            })
            .collect();

        let count: i64 = found.iter().map(|(_, broken)| broken.count).sum();
        writeln!(out, "{}", json!({"rules": rules().count(), "count": count, "violations": violations}))
    }
}

fn write_broken(out: &mut impl Write, rule: &Rule, broken: &Broken) -> std::io::Result<()> {
    writeln!(out, "{}: {} ({} violations)", rule.name, rule.meaning, broken.count)?;
    for violation in &broken.violations {
        let organization = names::ORGANIZATION.uuid_name(violation.organization.0);
        writeln!(out, "  {organization}: {} {}", violation.sentence, violation.ids)?;
    }
    out.flush()
}

fn write_verdict(out: &mut impl Write, found: &Findings) -> std::io::Result<()> {
    match found.is_empty() {
        true => writeln!(out, "all {} rules hold", rules().count()),
        false => writeln!(out, "{} of {} rules are broken", broken_rules(found), rules().count()),
    }
}

fn broken_rules(found: &Findings) -> usize {
    let names: std::collections::BTreeSet<&str> = found.iter().map(|(rule, _)| rule.name).collect();
    names.len()
}
