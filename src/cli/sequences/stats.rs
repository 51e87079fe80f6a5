//! `upnext sequences stats`: what happened in a sequence, as a funnel.

use std::io::Write;

use clap::{Args, ValueEnum};
use prost_types::Duration;

use crate::api::pb;
use crate::api::pb::get_sequence_stats_request::Window;
use crate::api::pb::sequence_service_client::SequenceServiceClient;
use crate::cli::client::{Calls, readable, show};

/// The widest bar, in characters.
const WIDEST: i64 = 30;

#[derive(Debug, Args)]
pub(super) struct Stats {
    /// The sequence with all its revisions, like paid-search; with one revision,
    /// sequences/paid-search/revisions/2
    sequence: String,
    /// How far to look back; the trend compares with as long before
    #[arg(long, value_enum, default_value_t = Days::D30)]
    window: Days,
    /// Print the answer as JSON
    #[arg(long)]
    json: bool,
}

/// How far to look back.
#[derive(Clone, Copy, Debug, ValueEnum)]
enum Days {
    #[value(name = "30d")]
    D30,
    #[value(name = "90d")]
    D90,
    #[value(name = "180d")]
    D180,
    #[value(name = "1y")]
    Y1,
    #[value(name = "2y")]
    Y2,
}

impl Stats {
    pub(super) async fn run(self, mut sequences: SequenceServiceClient<Calls>) -> anyhow::Result<()> {
        let window = match self.window {
            Days::D30 => Window::Days30,
            Days::D90 => Window::Days90,
            Days::D180 => Window::Days180,
            Days::Y1 => Window::OneYear,
            Days::Y2 => Window::TwoYears,
        };
        let request = pb::GetSequenceStatsRequest { name: self.sequence, window: window.into() };
        let answer = sequences.get_sequence_stats(request).await.map_err(readable)?.into_inner();
        show(&answer, self.json, write)
    }
}

/// Writes the totals, and a bar for each step.
fn write(answer: &pb::GetSequenceStatsResponse, out: &mut dyn Write) -> std::io::Result<()> {
    let totals = answer.totals.clone().unwrap_or_default();
    let before = answer.previous_totals.clone().unwrap_or_default();
    writeln!(out, "{}", answer.name)?;
    let counts = [
        ("started", totals.started_count, before.started_count),
        ("completed", totals.completed_count, before.completed_count),
        ("exited", totals.exited_count, before.exited_count),
    ];
    for (name, count, before) in counts {
        writeln!(out, "  {name:<10} {count:>8}{}", trend(count, before))?;
    }
    writeln!(out, "  {:<10} {:>8}  now", "open", answer.open_count)?;
    write_rates(&totals, out)?;

    let widest = answer.steps.iter().map(|step| entered(step).0).max().unwrap_or_default();
    writeln!(out)?;
    answer.steps.iter().try_for_each(|step| write_step(step, widest, out))?;
    answer.revisions.iter().filter(|_| answer.revisions.len() > 1).try_for_each(|one| {
        let totals = one.totals.clone().unwrap_or_default();
        let (started, completed) = (totals.started_count, totals.completed_count);
        writeln!(
            out,
            "revision {}: {started} started, {completed} completed, {} open",
            one.revision, one.open_count
        )
    })
}

fn write_rates(totals: &pb::SequenceTotals, out: &mut dyn Write) -> std::io::Result<()> {
    if let Some(rate) = totals.success_rate {
        writeln!(out, "  success    {:>7.1}%  of those that ended", rate * 100.0)?;
    }
    if let Some(time) = &totals.median_completion_duration {
        writeln!(out, "  completion {:>8}  median", shown(time))?;
    }
    if let Some(rate) = totals.conversion_rate {
        let outcomes = totals.close_outcomes.iter();
        let outcomes = outcomes.map(|one| format!("{} {}", one.count, one.close_outcome().as_str_name()));
        let outcomes = outcomes.collect::<Vec<_>>().join(", ");
        writeln!(out, "  conversion {:>7.1}%  of closed records: {outcomes}", rate * 100.0)?;
    }
    words("exits", &totals.exits, out)
}

fn write_step(step: &pb::StepStats, widest: i64, out: &mut dyn Write) -> std::io::Result<()> {
    let (count, before) = entered(step);
    let totals = step.totals.clone().unwrap_or_default();
    let name = if step.display_name.is_empty() { &step.step_id } else { &step.display_name };
    let bar = usize::try_from(count.saturating_mul(WIDEST) / widest.max(1)).unwrap_or_default();
    writeln!(out, "{count:>8} {:<30} {name}{}", "█".repeat(bar), trend(count, before))?;

    let median = totals.median_duration.as_ref().map(|time| format!(", median {}", shown(time)));
    let (completed, skipped, exited) = (totals.completed_count, totals.skipped_count, totals.exited_count);
    let open = step.open_count;
    let median = median.unwrap_or_default();
    writeln!(out, "         {completed} completed, {skipped} skipped, {exited} exited, {open} here{median}")?;
    words("outcomes", &totals.outcomes, out)?;
    words("skips", &totals.skips, out)?;
    step.variants.iter().try_for_each(|one| write_variant(one, out))
}

/// Writes how a variant of a split does.
fn write_variant(variant: &pb::VariantResult, out: &mut dyn Write) -> std::io::Result<()> {
    let pb::VariantResult { variant_id, entered_count: entered, reached_count: reached, leads } = variant;
    let share = reached * 100 / entered.max(&1);
    let leads = if *leads { ", leads" } else { "" };
    writeln!(out, "         {variant_id}: {reached} of {entered} reached the goal, {share}%{leads}")
}

/// How often a step was entered in the window, and in the one before.
fn entered(step: &pb::StepStats) -> (i64, i64) {
    let entered = |totals: &Option<pb::StepTotals>| totals.as_ref().map_or(0, |totals| totals.entered_count);
    (entered(&step.totals), entered(&step.previous_totals))
}

fn words(name: &str, words: &[pb::WordCount], out: &mut dyn Write) -> std::io::Result<()> {
    if words.is_empty() {
        return Ok(());
    }
    let one = |one: &pb::WordCount| match one.word.as_str() {
        "" => format!("{} without a reason", one.count),
        word => format!("{} {word}", one.count),
    };
    writeln!(out, "         {name}: {}", words.iter().map(one).collect::<Vec<_>>().join(", "))
}

/// The change against the window before; empty if that had nothing.
fn trend(count: i64, before: i64) -> String {
    match before {
        ..=0 => String::new(),
        before => format!("  {:+}%", (count - before).saturating_mul(100) / before),
    }
}

/// A time in its largest unit.
fn shown(time: &Duration) -> String {
    match time.seconds {
        seconds @ ..120 => format!("{seconds} s"),
        seconds @ ..7_200 => format!("{} min", seconds / 60),
        seconds @ ..172_800 => format!("{} h", seconds / 3_600),
        seconds => format!("{} d", seconds / 86_400),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_funnel_has_a_bar_for_each_step_and_the_trend() {
        let step = |id: &str, entered_count, before| pb::StepStats {
            step_id: id.into(),
            display_name: id.into(),
            open_count: 2,
            totals: Some(pb::StepTotals {
                entered_count,
                completed_count: 5,
                skipped_count: 1,
                skips: vec![pb::WordCount { word: "no time".into(), count: 1 }],
                median_duration: Some(Duration { seconds: 90_000, nanos: 0 }),
                ..Default::default()
            }),
            previous_totals: Some(pb::StepTotals { entered_count: before, ..Default::default() }),
            variants: vec![pb::VariantResult {
                variant_id: "a".into(),
                entered_count: 4,
                reached_count: 3,
                leads: true,
            }],
            ..Default::default()
        };
        let answer = pb::GetSequenceStatsResponse {
            name: "sequences/s".into(),
            open_count: 4,
            totals: Some(pb::SequenceTotals {
                started_count: 10,
                completed_count: 3,
                exited_count: 1,
                success_rate: Some(0.75),
                ..Default::default()
            }),
            previous_totals: Some(pb::SequenceTotals { started_count: 8, ..Default::default() }),
            steps: vec![step("hello", 10, 8), step("call", 5, 0)],
            ..Default::default()
        };

        let mut out = Vec::new();
        write(&answer, &mut out).expect("can be written");
        let text = String::from_utf8(out).expect("text");
        let lines: Vec<&str> = text.lines().collect();
        assert_eq!(lines[1], "  started          10  +25%");
        assert_eq!(lines[5], "  success       75.0%  of those that ended");
        assert_eq!(lines[7], format!("      10 {} hello  +25%", "█".repeat(30)));
        assert_eq!(lines[8], "         5 completed, 1 skipped, 0 exited, 2 here, median 25 h");
        assert_eq!(lines[9], "         skips: 1 no time");
        assert_eq!(lines[10], "         a: 3 of 4 reached the goal, 75%, leads");
        assert_eq!(lines[11], format!("       5 {:<30} call", "█".repeat(15)));
    }
}
