//! `upnext import`: a CSV file becomes records, through the server.

mod built_ins;
mod codes;
mod columns;
mod consent;
mod contact;
mod dialog;
mod failed;
mod file_kind;
mod guess;
mod header;
mod known;
mod look;
mod names;
mod options;
mod rows;
mod scan;
mod segments;
mod send;
mod strangers;
mod survey;
mod table;
mod truth;

use std::collections::BTreeMap;
use std::io::IsTerminal as _;
use std::time::Instant;

use anyhow::{Context as _, bail, ensure};
use clap::Args;
use indicatif::{ProgressBar, ProgressStyle};
use tonic::service::Interceptor;
use tonic::service::interceptor::InterceptedService;
use tonic::transport::Channel;

use super::client::{Server, readable};
use crate::api::convert::record_type as convert;
use crate::api::pb;
use crate::api::pb::record_service_client::RecordServiceClient;
pub use dialog::Dialog;
use header::Header;
use known::{Known, Owners};
pub use options::{Mapping, Options, UnknownOwner};
use rows::Plan;
pub use send::Counts;
use survey::Survey;
use table::Table;

/// The command.
#[derive(Debug, Args)]
pub struct Import {
    #[command(flatten)]
    server: Server,
    #[command(flatten)]
    options: Options,
}

/// Calls with a key.
type Calls<I> = InterceptedService<Channel, I>;

impl Import {
    /// Imports the file, with questions and a progress bar on a terminal.
    pub async fn run(self) -> anyhow::Result<()> {
        let calls = self.server.connect().await?;
        let bar = ProgressBar::new(0).with_style(style());
        let (mut out, mut answers) = (std::io::stdout(), std::io::stdin().lock());
        let somebody = out.is_terminal() && answers.is_terminal() && !self.options.is_standard_input();
        let mut dialog = Dialog { out: &mut out, answers: None };
        if somebody {
            dialog.answers = Some(&mut answers);
        } else {
            drop(answers);
        }
        import(calls, &self.options, &mut dialog, &bar).await?;
        Ok(())
    }
}

fn style() -> ProgressStyle {
    let template = "{msg} {wide_bar} {human_pos}/{human_len} ({per_sec}, {eta} left)";
    ProgressStyle::with_template(template).unwrap_or_else(|_| ProgressStyle::default_bar())
}

/// Imports a file.
///
/// # Errors
/// The file or its header can't be read, a line is bad (nothing is imported then, unless they are
/// to be skipped), nobody agrees to what would be declared, or the server refuses.
pub async fn import<I: Interceptor + Clone + Send + Sync + 'static>(
    calls: Calls<I>,
    options: &Options,
    dialog: &mut Dialog<'_>,
    bar: &ProgressBar,
) -> anyhow::Result<Counts> {
    let table = Table::new(options)?;
    let mut records = RecordServiceClient::new(calls.clone()).max_decoding_message_size(usize::MAX);
    let known = Known::read(&mut records, &options.record_type).await?;
    let (mut plan, survey) = plan(calls.clone(), &table, &known, options, dialog).await?;
    show(&plan, &survey, &table, dialog)?;
    let segments = segments::active(calls, &known.record_type).await?;
    let set_off = segments::told(&segments, options.suppress_segmentation);
    for told in built_ins::missing(&plan, &known).into_iter().chain(set_off) {
        writeln!(dialog.out, "{told}")?;
    }

    let new = new_attributes(&plan);
    if options.dry_run {
        let undeclarable = declare(&mut records, options, &new).await.err();
        refuse(&survey, options, undeclarable)?;
        plan.hide_new();
    } else {
        refuse(&survey, options, None)?;
        agree(&new, options, dialog)?;
        let declared = declare(&mut records, options, &new).await;
        declared.or_else(|why| refuse(&survey, options, Some(why)))?;
    }
    send(&records, options, &table, &plan, &survey, dialog, bar).await
}

/// What the columns mean, and what the file holds.
async fn plan<I: Interceptor>(
    calls: Calls<I>,
    table: &Table,
    known: &Known,
    options: &Options,
    dialog: &mut Dialog<'_>,
) -> anyhow::Result<(Plan, Survey)> {
    let mut options = options.clone();
    let lines = table.open()?;
    options.mappings.extend(consent::settle(lines.header(), &options, known, dialog)?);
    let header = Header::read(lines.header(), &options, &known.declared)?;
    let owners = match header.owner {
        Some(_) => Some(Owners::read(calls).await?),
        None => None,
    };

    let mut plan = Plan::new(header, &known.declared, owners, &options)?;
    let mut survey = survey::survey(table, &plan)?;
    ensure!(survey.lines > 0, "{} has a header and no other line", options.file_name());
    plan.types = std::mem::take(&mut survey.types);
    plan.notes = std::mem::take(&mut survey.notes);
    Ok((plan, survey))
}

/// The plan, and every line that is worth a word.
fn show(plan: &Plan, survey: &Survey, table: &Table, dialog: &mut Dialog<'_>) -> anyhow::Result<()> {
    plan.write(dialog.out, survey.bad > 0)?;
    survey.wrong.write(dialog.out)?;
    if survey.unreadable {
        let proposal = table.proposal();
        writeln!(dialog.out, "some lines can't be read as text{proposal}")?;
    }
    survey.strangers.write(dialog.out, plan.fate_of_strangers())?;
    survey.again.write(dialog.out)?;
    Ok(())
}

/// Refuses bad lines, unless they are to be skipped, and attributes that can't be declared.
fn refuse(survey: &Survey, options: &Options, undeclarable: Option<anyhow::Error>) -> anyhow::Result<()> {
    let (bad, all) = (survey.bad, survey.lines);
    let lines = (bad > 0 && !options.skip_bad_lines)
        .then(|| format!("{bad} of {all} lines are bad; correct them, or skip them with --skip-bad-lines"));
    let attributes = undeclarable.map(|why| format!("the new attributes can't be declared: {why:#}"));
    let found: Vec<String> = lines.into_iter().chain(attributes).collect();
    ensure!(found.is_empty(), "nothing was imported: {}", found.join("\n"));
    Ok(())
}

type NewAttributes = BTreeMap<String, pb::Attribute>;

fn new_attributes(plan: &Plan) -> NewAttributes {
    plan.new_attributes().map(|(name, kind)| (name.to_string(), convert::attribute(kind))).collect()
}

/// Asks for consent to what would be declared.
fn agree(new: &NewAttributes, options: &Options, dialog: &mut Dialog<'_>) -> anyhow::Result<()> {
    if new.is_empty() {
        return Ok(());
    }
    const RULE: &str = "an attribute's type never changes: only DeleteAttribute, which erases its values, \
                        lets another import declare it anew";

    let names = new.keys().cloned().collect::<Vec<_>>().join(", ");
    let question = format!("Declare {names}? Note: {RULE}.");
    let agreed = options.declare || options.yes || dialog.ask(&question)?;
    ensure!(
        agreed,
        "nothing was imported: the attributes {names} are new, and {RULE}. \
         Add --declare if the plan is right; change it with --map and --type"
    );
    Ok(())
}

/// Declares the attributes that are new; in a dry run, only checks that they can be.
async fn declare<I: Interceptor>(
    records: &mut RecordServiceClient<Calls<I>>,
    options: &Options,
    new: &NewAttributes,
) -> anyhow::Result<()> {
    if new.is_empty() {
        return Ok(());
    }

    let request = pb::DeclareAttributesRequest {
        record_type: options.record_type.clone(),
        attributes: new.clone(),
        request_id: String::new(),
        validate_only: options.dry_run,
    };
    records.declare_attributes(request).await.map_err(readable)?;
    Ok(())
}

/// Sends what the survey found good, and tells what became of it.
async fn send<I: Interceptor + Clone + Send + Sync + 'static>(
    records: &RecordServiceClient<Calls<I>>,
    options: &Options,
    table: &Table,
    plan: &Plan,
    survey: &Survey,
    dialog: &mut Dialog<'_>,
    bar: &ProgressBar,
) -> anyhow::Result<Counts> {
    let started = Instant::now();
    bar.set_length(survey.lines);
    bar.set_message(if options.dry_run { "looking" } else { "importing" });
    let sent = send::send(records, options, table, plan, survey, bar).await;
    bar.finish_and_clear();
    let (counts, refused) = sent.context("stopped; run the same command again to go on")?;
    refused.write(dialog.out)?;
    if options.dry_run {
        counts.write_dry(dialog.out)?;
    } else {
        counts.write(dialog.out, started.elapsed())?;
    }

    let skipped = survey.bad + refused.count;
    ensure!(
        (counts.lines(), counts.skipped) == (survey.lines, skipped),
        "the file changed while it was read; run the same command again"
    );
    if refused.count > 0 && !options.skip_bad_lines && !options.dry_run {
        bail!("the server refused {} lines; the others are imported", refused.count);
    }
    Ok(counts)
}
