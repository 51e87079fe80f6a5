//! The end of a split that decides then: the variant with the largest share becomes the winner.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use super::history::HistoryDetail;
use super::id::SequenceId;
use super::sequence::Sequence;
use super::step::{Lead, Metric, Split, SplitGoal, VariantResult};

/// A split whose variants are measured.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Measured {
    /// Its sequence.
    pub sequence: SequenceId,
    /// The id of its step.
    pub step_id: String,
    /// What its variants are measured by.
    pub metric: Metric,
}

/// How a split ended, as history keeps it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SplitEnd {
    /// The id of its step.
    pub step_id: String,
    /// What its variants were measured by.
    pub metric: Metric,
    /// How they did, in their order.
    pub variants: Vec<VariantResult>,
}

/// Why later enrollments take a variant after the end of a split.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// It led.
    Led,
    /// It is the default: several had the largest share.
    Tied,
    /// It is the default: a variant had too few enrollments.
    TooFew,
    /// Somebody had chosen it before.
    Chosen,
}

impl Outcome {
    /// Returns its name in the API.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Led => "LED",
            Self::Tied => "TIED",
            Self::TooFew => "TOO_FEW",
            Self::Chosen => "CHOSEN",
        }
    }
}

impl Sequence {
    /// Ends a split: the variant that leads becomes the winner, unless somebody has chosen one.
    /// Returns the sequence as it is then, and what history tells of it.
    #[must_use]
    pub fn end_split(
        self,
        split: &Split,
        goal: SplitGoal,
        (step_id, variants): (&str, Vec<VariantResult>),
        now: DateTime<Utc>,
    ) -> (Self, HistoryDetail) {
        let chosen = self.split_winners.get(step_id).filter(|chosen| split.place(chosen).is_some());
        let (taken, outcome) = match (chosen, goal.lead(&variants)) {
            (Some(chosen), _) => (chosen.clone(), Outcome::Chosen),
            (None, Lead::Of(place)) => (split.variants[place].variant_id.clone(), Outcome::Led),
            (None, Lead::Tied) => (split.default_variant.clone(), Outcome::Tied),
            (None, Lead::TooFew) => (split.default_variant.clone(), Outcome::TooFew),
        };

        let detail = HistoryDetail {
            sequence: Some(self.id.0),
            outcome: Some(taken.clone()),
            why: Some(outcome.as_str().to_owned()),
            split: Some(Box::new(SplitEnd { step_id: step_id.to_owned(), metric: goal.metric, variants })),
            ..HistoryDetail::default()
        };
        let after = match outcome {
            Outcome::Led => self.with_winner(step_id, taken, now),
            Outcome::Tied | Outcome::TooFew | Outcome::Chosen => self,
        };
        (after, detail)
    }
}
