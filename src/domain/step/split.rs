//! Split steps: chance decides between several paths.

mod goal;

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use super::Form;
use crate::domain::id::EnrollmentId;
use crate::domain::reason::Reason;
use crate::domain::settings::Limits;
use crate::domain::violation::Violations;

pub use goal::{Lead, Metric, SplitGoal, VariantNumbers, VariantResult, leader};

/// Several paths, one for each variant.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Split {
    /// The variants, in the order of their paths.
    pub variants: Vec<Variant>,
    /// When chance stops deciding. `None`: never.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub end_time: Option<DateTime<Utc>>,
    /// The id of the variant that is taken after `end_time`. Empty without one.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub default_variant: String,
    /// What its variants are measured by.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub goal: Option<SplitGoal>,
}

/// A variant of a split.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Variant {
    /// Its id, unique in the split.
    pub variant_id: String,
    /// The percentage of the enrollments that take it.
    pub weight: i32,
}

/// The sum of all weights.
const ALL: i32 = 100;

/// Why an enrollment takes a variant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Lot {
    /// By chance.
    Chance,
    /// It is the winner.
    Winner,
    /// It is the default after the end of the split.
    Ended,
}

impl Lot {
    /// Returns its name in the API.
    pub const fn as_str(self) -> &'static str {
        match self {
            Lot::Chance => "CHANCE",
            Lot::Winner => "WINNER",
            Lot::Ended => "ENDED",
        }
    }
}

impl Split {
    /// Returns the place of a variant. `None` if there is no variant with this id.
    pub fn place(&self, variant_id: &str) -> Option<usize> {
        self.variants.iter().position(|variant| variant.variant_id == variant_id)
    }

    /// Returns when upnext decides it, and by which goal. `None` if it doesn't.
    pub fn decision(&self) -> Option<(DateTime<Utc>, SplitGoal)> {
        self.end_time.zip(self.goal.filter(|goal| goal.decide_at_end))
    }

    /// Returns how its variants do, in their order.
    pub fn results(&self, numbers: Option<&VariantNumbers>) -> Vec<VariantResult> {
        let result = |variant: &Variant| {
            let known = numbers.and_then(|numbers| numbers.get(&variant.variant_id));
            let (entered, reached) = known.copied().unwrap_or_default();
            VariantResult { variant_id: variant.variant_id.clone(), entered, reached }
        };
        self.variants.iter().map(result).collect()
    }

    /// Returns the place of the variant that an enrollment takes, and why. The same enrollment
    /// always draws the same lot at a step, even in a later revision. `winner` is the variant that
    /// won.
    pub fn draw(
        &self,
        enrollment: EnrollmentId,
        step_id: &str,
        winner: Option<&str>,
        now: DateTime<Utc>,
    ) -> (usize, Lot) {
        if let Some(place) = winner.and_then(|winner| self.place(winner)) {
            return (place, Lot::Winner);
        }
        let ended = self.end_time.is_some_and(|end_time| now >= end_time);
        if let Some(place) = self.place(&self.default_variant).filter(|_| ended) {
            return (place, Lot::Ended);
        }

        let mut lot = lot(enrollment, step_id);
        let drawn = self.variants.iter().position(|variant| {
            lot -= variant.weight;
            lot < 0
        });
        // Weights add up to 100, so every lot draws a variant.
        (drawn.unwrap_or_default(), Lot::Chance)
    }
}

/// Returns a number from 0 to 99 that depends on the enrollment and the step alone.
fn lot(enrollment: EnrollmentId, step_id: &str) -> i32 {
    // The step counts too, so that two splits of a sequence draw independently.
    let hash = Sha256::new().chain_update(enrollment.0).chain_update(step_id).finalize();
    let first: [u8; 8] = hash[..8].try_into().expect("a hash has 32 bytes");
    let lot = u64::from_be_bytes(first) % ALL.unsigned_abs() as u64;
    i32::try_from(lot).expect("less than 100")
}

impl<T> Form<T> for Split {
    const NAME: &'static str = "Split";

    type Referring<U> = Split;

    fn refer<U>(self, _: &mut dyn FnMut(T) -> Option<U>) -> Split {
        self
    }

    fn text_bytes(&self) -> usize {
        self.variants.iter().map(|variant| variant.variant_id.len()).sum()
    }

    fn check(&self, _: &Limits) -> Violations {
        let mut found = Violations::new();
        let sum: i64 = self.variants.iter().map(|variant| i64::from(variant.weight)).sum();
        if sum != i64::from(ALL) {
            let rule = format!("must have weights that add up to {ALL}, they add up to {sum}");
            found.push("variants", Reason::SplitWeightsInvalid, rule);
        }

        for (index, variant) in self.variants.iter().enumerate() {
            if self.place(&variant.variant_id) != Some(index) {
                let rule = format!("must be unique in the split: an earlier one is {:?}", variant.variant_id);
                found.push(format!("variants[{index}].variant_id"), Reason::FieldInvalid, rule);
            }
        }

        match (self.end_time, self.default_variant.as_str()) {
            (None, "") => {}
            (Some(_), "") => {
                let rule = "must be given with end_time: the variant that is taken after it";
                found.push("default_variant", Reason::FieldRequired, rule);
            }
            (_, id) if self.place(id).is_none() => {
                let rule = format!("must be the id of one of the variants, {id:?} isn't");
                found.push("default_variant", Reason::FieldInvalid, rule);
            }
            (None, _) => {
                found.push("default_variant", Reason::FieldInvalid, "must be empty without an end_time");
            }
            (Some(_), _) => {}
        }
        if self.end_time.is_none() && self.goal.is_some_and(|goal| goal.decide_at_end) {
            let rule = "must be false without an end_time: it decides then";
            found.push("goal.decide_at_end", Reason::FieldInvalid, rule);
        }
        found
    }

    fn path_fields(&self) -> Vec<String> {
        (0..self.variants.len()).map(|place| format!("variants[{place}].steps")).collect()
    }
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;

    fn split(weights: [i32; 3]) -> Split {
        let variants = weights.into_iter().zip(["a", "b", "c"]);
        let variants = variants.map(|(weight, id)| Variant { variant_id: id.to_owned(), weight });
        Split { variants: variants.collect(), ..Split::default() }
    }

    fn drawn(split: &Split, enrollment: u128, step: &str) -> usize {
        split.draw(EnrollmentId(Uuid::from_u128(enrollment)), step, None, DateTime::UNIX_EPOCH).0
    }

    #[test]
    fn lots_are_always_the_same_and_follow_the_weights() {
        let split = split([10, 30, 60]);
        let mut counts = [0_i32; 3];
        for enrollment in 0..10_000 {
            let place = drawn(&split, enrollment, "s");
            assert_eq!(drawn(&split, enrollment, "s"), place);
            counts[place] += 1;
        }
        for (count, wanted) in counts.into_iter().zip([1_000, 3_000, 6_000]) {
            assert!((count - wanted).abs() < 200, "{counts:?}");
        }
    }

    #[test]
    fn keys_of_one_second_share_their_front_and_still_follow_the_weights() {
        let variant = |id: &str, weight| Variant { variant_id: id.to_owned(), weight };
        let split = Split { variants: vec![variant("a", 70), variant("b", 30)], ..Split::default() };
        // Keys in the order of their time: the first 48 bits are milliseconds.
        let key = |number: u128| (0x0190_0000_0000 + number / 10) << 80 | number;
        let first = (0..10_000).filter(|number| drawn(&split, key(*number), "s") == 0).count();
        // 7,000 with four standard deviations.
        assert!((6_816..=7_184).contains(&first), "{first}");
    }

    #[test]
    fn two_splits_draw_independently() {
        let split = split([40, 30, 30]);
        let same = (0..10_000).filter(|id| drawn(&split, *id, "s") == drawn(&split, *id, "t")).count();
        // 0.4² + 0.3² + 0.3² of them.
        assert!((3_000..3_800).contains(&same), "{same}");
    }

    #[test]
    fn a_winner_comes_before_the_end_and_the_end_before_chance() {
        let end_time = Some(DateTime::UNIX_EPOCH);
        let split = Split { end_time, default_variant: "c".to_owned(), ..split([40, 30, 30]) };
        let draw = |winner| split.draw(EnrollmentId(Uuid::nil()), "s", winner, DateTime::UNIX_EPOCH);
        assert_eq!(draw(None), (2, Lot::Ended));
        assert_eq!(draw(Some("b")), (1, Lot::Winner));
        assert_eq!(draw(Some("gone")), (2, Lot::Ended));
    }
}
