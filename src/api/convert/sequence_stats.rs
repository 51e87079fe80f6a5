//! Statistics of sequences on the wire.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use chrono::TimeDelta;
use prost_types::Duration;

use crate::api::pb;
use crate::api::pb::get_sequence_stats_request::Window;
use crate::api::pb::record::CloseOutcome;
use crate::domain::picture::DrawnStep;
use crate::domain::sequence_stats::{Part, SequenceStats, Step, StepTotals, Totals};
use crate::domain::step::{VariantResult, leader};

/// The most outcomes and reasons that are listed of a step. Sellers write reasons freely.
const WORDS: usize = 20;

/// Returns the number of days of a window.
pub fn days(window: Window) -> u32 {
    match window {
        Window::Unspecified | Window::Days30 => 30,
        Window::Days90 => 90,
        Window::Days180 => 180,
        Window::OneYear => 365,
        Window::TwoYears => 730,
    }
}

/// Converts statistics. `drawn` are the steps that are shown with their names.
pub fn stats(stats: &SequenceStats, drawn: &[DrawnStep]) -> pb::GetSequenceStatsResponse {
    let revision = |(number, part): (&i32, &Part)| pb::RevisionStats {
        revision: *number,
        open_count: part.open,
        totals: Some(totals(&part.totals.current)),
        previous_totals: Some(totals(&part.totals.previous)),
    };

    pb::GetSequenceStatsResponse {
        open_count: stats.whole.open,
        totals: Some(totals(&stats.whole.totals.current)),
        previous_totals: Some(totals(&stats.whole.totals.previous)),
        steps: stats.steps.iter().map(|(step_id, one)| step(step_id, one, drawn)).collect(),
        revisions: stats.revisions.iter().map(revision).collect(),
        ..Default::default()
    }
}

/// Converts how the variants of a split do.
pub fn variant_results(results: &[VariantResult]) -> Vec<pb::VariantResult> {
    let leader = leader(results);
    let result = |(place, result): (usize, &VariantResult)| pb::VariantResult {
        variant_id: result.variant_id.clone(),
        entered_count: result.entered,
        reached_count: result.reached,
        leads: leader == Some(place),
    };
    results.iter().enumerate().map(result).collect()
}

fn step(step_id: &str, step: &Step, drawn: &[DrawnStep]) -> pb::StepStats {
    let drawn = drawn.iter().find(|drawn| drawn.step_id == step_id);
    pb::StepStats {
        step_id: step_id.to_owned(),
        display_name: drawn.map(|drawn| drawn.display_name.clone()).unwrap_or_default(),
        caption: drawn.map(|drawn| drawn.caption.clone()).unwrap_or_default(),
        open_count: step.open,
        totals: Some(step_totals(&step.totals.current)),
        previous_totals: Some(step_totals(&step.totals.previous)),
        variants: variant_results(&step.variants),
    }
}

fn step_totals(totals: &StepTotals) -> pb::StepTotals {
    let named = |word: &pb::WordCount| !word.word.is_empty();
    pb::StepTotals {
        entered_count: totals.entered,
        completed_count: totals.completed,
        outcomes: words(&totals.outcomes).filter(named).take(WORDS).collect(),
        skipped_count: totals.skipped,
        skips: words(&totals.skips).take(WORDS).collect(),
        exited_count: totals.exited,
        exits: words(&totals.exits).collect(),
        reopened_count: totals.reopened,
        median_duration: totals.spent.median().map(duration),
    }
}

fn totals(totals: &Totals) -> pb::SequenceTotals {
    let outcome = |(word, number): (&String, &i64)| pb::CloseOutcomeCount {
        close_outcome: CloseOutcome::from_str_name(word).unwrap_or_default().into(),
        count: *number,
    };

    pb::SequenceTotals {
        started_count: totals.started,
        completed_count: totals.completed,
        exited_count: totals.exited,
        exits: words(&totals.exits).collect(),
        success_rate: totals.success_rate(),
        median_completion_duration: totals.median().map(duration),
        close_outcomes: totals.closings.iter().filter(|(_, number)| **number != 0).map(outcome).collect(),
        conversion_rate: totals.conversion_rate(),
    }
}

/// The words with their numbers, the most frequent first.
fn words(words: &BTreeMap<String, i64>) -> impl Iterator<Item = pb::WordCount> {
    let mut words: Vec<_> = words.iter().filter(|(_, number)| **number != 0).collect();
    words.sort_by_key(|(_, number)| Reverse(**number));
    words.into_iter().map(|(word, number)| pb::WordCount { word: word.clone(), count: *number })
}

fn duration(time: TimeDelta) -> Duration {
    Duration { seconds: time.num_seconds(), nanos: 0 }
}
