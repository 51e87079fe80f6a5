//! The second pass: lines become records, in batches, a few of them under way at once.

use std::io::Write;
use std::time::{Duration, Instant};

use futures::StreamExt as _;
use futures::future::BoxFuture;
use futures::stream::FuturesUnordered;
use indicatif::ProgressBar;
use prost::Message as _;
use tonic::service::Interceptor;
use tonic::{Code, Status};
use tonic_types::StatusExt as _;

use super::rows::{Plan, Row, Wrong};
use super::survey::{Survey, Told};
use super::table::Table;
use super::{Calls, Options};
use crate::api::pb;
use crate::api::pb::batch_upsert_records_response::result::Result as Answer;
use crate::api::pb::record_service_client::RecordServiceClient;
use crate::api::pb::upsert_record_response::Effect;
use crate::cli::client::readable;

/// Records of one call at most.
const BATCH: usize = 1000;
/// Bytes of one call at most, more or less: servers take 4 MiB.
const BATCH_BYTES: usize = 2 << 20;
/// Calls under way at once.
const UNDER_WAY: usize = 4;
/// How long a call is sent again while there is no server or database.
const PATIENCE: Duration = Duration::from_secs(60);
/// The pause after the first failure; it doubles.
const FIRST_PAUSE: Duration = Duration::from_millis(100);
/// The longest pause.
const LONGEST_PAUSE: Duration = Duration::from_secs(5);

/// What became of the lines.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// Records that are new.
    pub created: u64,
    /// Records that changed.
    pub updated: u64,
    /// Records that were as the file says.
    pub unchanged: u64,
    /// Lines that are bad or were refused.
    pub skipped: u64,
    /// Lines that weren't sent because a later one has their id.
    pub superseded: u64,
}

impl Counts {
    fn add(&mut self, effect: Effect) {
        match effect {
            Effect::Created => self.created += 1,
            Effect::Updated => self.updated += 1,
            _ => self.unchanged += 1,
        }
    }

    /// All lines.
    pub fn lines(&self) -> u64 {
        self.created + self.updated + self.unchanged + self.skipped + self.superseded
    }

    fn superseded_words(&self) -> String {
        match self.superseded {
            0 => String::new(),
            count => format!(", {count} left to a later line with their id"),
        }
    }

    /// Tells what an import would do.
    ///
    /// # Errors
    /// It can't be written.
    pub fn write_dry(&self, out: &mut dyn Write) -> std::io::Result<()> {
        let Self { created, updated, unchanged, skipped, .. } = *self;
        let superseded = self.superseded_words();
        writeln!(
            out,
            "would be: {created} created, {updated} updated, {unchanged} unchanged, {skipped} skipped{superseded}"
        )?;
        writeln!(out, "nothing was changed: this was a dry run")
    }

    /// Tells them, and how fast it went.
    ///
    /// # Errors
    /// It can't be written.
    pub fn write(&self, out: &mut dyn Write, took: Duration) -> std::io::Result<()> {
        let Self { created, updated, unchanged, skipped, .. } = *self;
        let superseded = self.superseded_words();
        let rate = self.lines() as f64 / took.as_secs_f64().max(0.001);
        writeln!(
            out,
            "{created} created, {updated} updated, {unchanged} unchanged, {skipped} skipped{superseded} in {:.1} s ({rate:.0} rows per second)",
            took.as_secs_f64()
        )
    }
}

/// Lines that go into one call.
#[derive(Default)]
struct Batch {
    lines: Vec<u64>,
    records: Vec<pb::RecordUpsert>,
    /// Which of them say more than is sent, as a dry run leaves out what isn't declared.
    say_more: Vec<bool>,
    bytes: usize,
}

type Sent = Result<(Batch, pb::BatchUpsertRecordsResponse), Status>;

struct Sender<'a, I> {
    client: &'a RecordServiceClient<Calls<I>>,
    options: &'a Options,
    bar: &'a ProgressBar,
    under_way: FuturesUnordered<BoxFuture<'static, Sent>>,
    counts: Counts,
    refused: Told,
}

/// Sends every good line, of those with one id the last; says what became of them, and which the
/// server refused.
///
/// # Errors
/// The file can't be read, or a call failed as a whole.
pub async fn send<I: Interceptor + Clone + Send + Sync + 'static>(
    client: &RecordServiceClient<Calls<I>>,
    options: &Options,
    table: &Table,
    plan: &Plan,
    survey: &Survey,
    bar: &ProgressBar,
) -> anyhow::Result<(Counts, Told)> {
    let mut sender = Sender {
        client,
        options,
        bar,
        under_way: FuturesUnordered::new(),
        counts: Counts::default(),
        refused: Told::default(),
    };
    let mut lines = table.open()?;
    let mut batch = Batch::default();

    while let Some(line) = lines.next()? {
        match line.cells.map_err(Wrong::from).and_then(|cells| plan.record(&cells)) {
            Ok(_) if survey.superseded.contains(&line.number) => sender.pass(|counts| counts.superseded += 1),
            Ok(row) => batch.push(line.number, row),
            // Told after the first pass.
            Err(_) => sender.pass(|counts| counts.skipped += 1),
        }
        if batch.is_full() {
            sender.send(std::mem::take(&mut batch)).await?;
        }
    }

    sender.send(batch).await?;
    while sender.finish_one().await? {}
    Ok((sender.counts, sender.refused))
}

impl<I: Interceptor + Clone + Send + Sync + 'static> Sender<'_, I> {
    async fn send(&mut self, batch: Batch) -> anyhow::Result<()> {
        if batch.records.is_empty() {
            return Ok(());
        }
        while self.under_way.len() >= UNDER_WAY {
            self.finish_one().await?;
        }

        let client = self.client.clone();
        let request = pb::BatchUpsertRecordsRequest {
            record_type: self.options.record_type.clone(),
            records: batch.records.clone(),
            suppress_segmentation: self.options.suppress_segmentation,
            validate_only: self.options.dry_run,
            // The import has looked for the owners itself.
            allow_unknown_owner: false,
        };
        let call = async move { Ok((batch, upsert(client, request).await?)) };
        self.under_way.push(Box::pin(call));
        Ok(())
    }

    /// Waits for one call; false if none is under way.
    async fn finish_one(&mut self) -> anyhow::Result<bool> {
        let Some(sent) = self.under_way.next().await else { return Ok(false) };
        let (batch, answer) = sent.map_err(readable)?;

        let lines = batch.lines.iter().zip(&batch.say_more);
        for ((line, says_more), result) in lines.zip(answer.results) {
            match result.result {
                Some(Answer::Upserted(done)) if *says_more && done.effect() == Effect::Unchanged => {
                    self.counts.add(Effect::Updated);
                }
                Some(Answer::Upserted(done)) => self.counts.add(done.effect()),
                Some(Answer::Error(status)) => self.refuse(*line, &status.message),
                None => self.refuse(*line, "the server didn't answer it"),
            }
        }

        self.bar.inc(batch.lines.len() as u64);
        Ok(true)
    }

    fn refuse(&mut self, line: u64, message: &str) {
        // The place within the call means nothing to whoever reads the file.
        let place = message.strip_prefix("records[").and_then(|rest| rest.split_once("]."));
        self.refused.push(line, place.map_or(message, |(_, message)| message).to_owned());
        self.counts.skipped += 1;
    }

    fn pass(&mut self, count: fn(&mut Counts)) {
        count(&mut self.counts);
        self.bar.inc(1);
    }
}

/// Sends a call again while the server or its database is away: upserts are idempotent.
async fn upsert<I: Interceptor + Clone>(
    mut client: RecordServiceClient<Calls<I>>,
    request: pb::BatchUpsertRecordsRequest,
) -> Result<pb::BatchUpsertRecordsResponse, Status> {
    let (since, mut pause) = (Instant::now(), FIRST_PAUSE);
    loop {
        match client.batch_upsert_records(request.clone()).await {
            Err(status) if passes(&status) && since.elapsed() < PATIENCE => tokio::time::sleep(pause).await,
            answer => return answer.map(tonic::Response::into_inner),
        }
        pause = (pause * 2).min(LONGEST_PAUSE);
    }
}

/// Whether a call failed of something that may pass by itself: no server or database, a connection
/// that broke, others in the way, or too much at once.
fn passes(status: &Status) -> bool {
    match status.code() {
        Code::Unavailable | Code::Aborted => true,
        // Too much at once, and the server says when it will have room again.
        Code::ResourceExhausted => status.get_details_retry_info().is_some(),
        // The connection was too slow for the body of the request.
        Code::DeadlineExceeded => reason(status).as_deref() == Some("REQUEST_INCOMPLETE"),
        // Without details it isn't the server that speaks.
        Code::Unknown | Code::Internal | Code::Cancelled => status.details().is_empty(),
        _ => false,
    }
}

fn reason(status: &Status) -> Option<String> {
    status.get_details_error_info().map(|info| info.reason)
}

impl Batch {
    fn push(&mut self, line: u64, row: Row) {
        self.lines.push(line);
        self.say_more.push(row.says_more);
        self.bytes += row.record.encoded_len();
        self.records.push(row.record);
    }

    fn is_full(&self) -> bool {
        self.records.len() >= BATCH || self.bytes >= BATCH_BYTES
    }
}
