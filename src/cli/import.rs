//! `upnext import`: a CSV file becomes records, through the server.

mod columns;
mod rows;
mod scan;
mod send;
mod survey;
mod table;

use std::collections::{BTreeMap, HashSet};
use std::io::Write;
use std::path::PathBuf;
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
use crate::api::pb::seller_service_client::SellerServiceClient;
use crate::domain::record_type::Declared;
use columns::Header;
use rows::Plan;
pub use send::Counts;
use table::Table;

/// The command.
#[derive(Debug, Args)]
pub struct Import {
    #[command(flatten)]
    server: Server,
    #[command(flatten)]
    options: Options,
}

/// What to import, and how.
///
/// Columns whose attribute the record type doesn't declare are declared: as INT, DOUBLE, BOOL, DATE or TIMESTAMP (RFC 3339) if every value is one,
/// else as STRING. A type never changes: to choose it, declare the attribute first (RecordService/DeclareAttributes).
#[derive(Clone, Debug, Args)]
pub struct Options {
    /// The file, in UTF-8
    pub file: PathBuf,
    /// What each line is: lead, account, or a record type of your own
    #[arg(long)]
    pub record_type: String,
    /// The column with the record's id
    #[arg(long)]
    pub id_column: String,
    /// The column with the owner: a seller's id
    #[arg(long)]
    pub owner_column: Option<String>,
    /// What separates cells
    #[arg(long, default_value_t = ',')]
    pub delimiter: char,
    /// Import the good lines even if there are bad ones; without it nothing is imported then
    #[arg(long)]
    pub skip_bad_lines: bool,
    /// Segments leave these records alone until they change again: for an initial load
    #[arg(long)]
    pub suppress_segmentation: bool,
}

/// Calls with a key.
type Calls<I> = InterceptedService<Channel, I>;

impl Import {
    /// Imports the file, with a progress bar on a terminal.
    pub async fn run(self) -> anyhow::Result<()> {
        let calls = self.server.connect().await?;
        let bar = ProgressBar::new(0).with_style(style());
        import(calls, &self.options, &mut std::io::stdout(), &bar).await?;
        Ok(())
    }
}

fn style() -> ProgressStyle {
    let template = "{msg} {wide_bar} {human_pos}/{human_len} ({per_sec}, {eta} left)";
    ProgressStyle::with_template(template).unwrap_or_else(|_| ProgressStyle::default_bar())
}

/// Imports a file; what a person should know is written to `out`.
///
/// # Errors
/// The file or its header can't be read, a line is bad (nothing is imported then, unless they are to be skipped), or the server refuses.
pub async fn import<I: Interceptor + Clone + Send + Sync + 'static>(
    calls: Calls<I>,
    options: &Options,
    out: &mut dyn Write,
    bar: &ProgressBar,
) -> anyhow::Result<Counts> {
    let started = Instant::now();
    let table = Table::new(&options.file, options.delimiter)?;
    let header = Header::read(table.open()?.header(), &options.id_column, options.owner_column.as_deref())?;
    let mut records = RecordServiceClient::new(calls.clone()).max_decoding_message_size(usize::MAX);
    let declared = declared(&mut records, &options.record_type).await?;
    let sellers = match header.owner {
        Some(_) => Some(seller_ids(calls).await?),
        None => None,
    };
    let mut plan = Plan::new(header, &declared, sellers);
    let survey = survey::survey(&table, &plan)?;
    ensure!(survey.lines > 0, "{} has a header and no other line", options.file.display());
    survey.bad.write(out)?;
    if survey.bad.count > 0 && !options.skip_bad_lines {
        let (bad, all) = (survey.bad.count, survey.lines);
        bail!(
            "nothing was imported: {bad} of {all} lines are bad; correct them, or skip them with --skip-bad-lines"
        );
    }
    declare(&mut records, &options.record_type, &mut plan, survey.types, &declared).await?;
    plan.write(out)?;
    survey.again.write(out)?;
    bar.set_length(survey.lines);
    bar.set_message("importing");
    let sent = send::send(&records, options, &table, &plan, bar).await;
    bar.finish_and_clear();
    let (counts, refused) = sent.context("stopped; run the same command again to go on")?;
    refused.write(out)?;
    counts.write(out, started.elapsed())?;
    let skipped = survey.bad.count + refused.count;
    let sent = counts.created + counts.updated + counts.unchanged + counts.skipped;
    ensure!(
        (sent, counts.skipped) == (survey.lines, skipped),
        "the file changed while it was read; run the same command again"
    );
    if refused.count > 0 && !options.skip_bad_lines {
        bail!("the server refused {} lines; the others are imported", refused.count);
    }
    Ok(counts)
}

/// The declared attributes of a record type.
async fn declared<I: Interceptor>(
    records: &mut RecordServiceClient<Calls<I>>,
    record_type: &str,
) -> anyhow::Result<Declared> {
    let request = pb::GetRecordTypeRequest { name: record_type.to_owned() };
    let answer = records.get_record_type(request).await.map_err(readable)?.into_inner();
    let record_type = answer.record_type.context("the server's answer has no record type")?;
    convert::declared(record_type.attributes)
        .context("the server declares types that this version doesn't know")
}

/// Declares the columns that aren't, as the types that their cells have.
async fn declare<I: Interceptor>(
    records: &mut RecordServiceClient<Calls<I>>,
    record_type: &str,
    plan: &mut Plan,
    types: rows::Types,
    declared: &Declared,
) -> anyhow::Result<()> {
    plan.types = types;
    let new = plan.attributes().filter(|(name, _)| !declared.contains_key(name.as_str()));
    let new: BTreeMap<String, pb::Attribute> =
        new.map(|(name, kind)| (name.to_string(), convert::attribute(kind))).collect();
    if new.is_empty() {
        return Ok(());
    }
    let request = pb::DeclareAttributesRequest {
        record_type: record_type.to_owned(),
        attributes: new,
        request_id: String::new(),
    };
    records.declare_attributes(request).await.map_err(readable)?;
    Ok(())
}

/// The ids of all sellers, so that an unknown owner is found before anything is imported.
async fn seller_ids<I: Interceptor>(calls: Calls<I>) -> anyhow::Result<HashSet<String>> {
    let mut sellers = SellerServiceClient::new(calls);
    let mut ids = HashSet::new();
    let mut request = pb::ListSellersRequest { page_size: 1000, ..pb::ListSellersRequest::default() };
    loop {
        let page = sellers.list_sellers(request.clone()).await.map_err(readable)?.into_inner();
        let names = page.sellers.iter().filter_map(|seller| seller.name.strip_prefix("sellers/"));
        ids.extend(names.map(str::to_owned));
        if page.next_page_token.is_empty() {
            return Ok(ids);
        }
        request.page_token = page.next_page_token;
    }
}
