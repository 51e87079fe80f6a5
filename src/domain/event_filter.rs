//! Which events another system wants to have.

use strum::VariantArray as _;

use super::history::HistoryKind;
use super::id::{KeyId, RecordId, SellerId, SequenceId};
use super::reason::Reason;
use super::violation::{Violation, Violations};

/// The events that are wanted.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct EventFilter {
    /// Sorted, each once. Empty: all kinds.
    kinds: Vec<HistoryKind>,
    /// What they are about, and who did it.
    pub focus: Focus,
}

/// What wanted events are about, and who did it. What is absent restricts nothing.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Focus {
    /// The record, or that of the enrollment. Those that were merged into it count, too.
    pub record: Option<RecordId>,
    /// The sequence of the enrollment.
    pub sequence: Option<SequenceId>,
    /// Who did it.
    pub actor: Option<Doer>,
}

/// Who did something.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Doer {
    /// A seller, with whatever key.
    Seller(SellerId),
    /// Whoever had one of these keys: an API key, or those of a subject of tokens.
    Keys(Vec<KeyId>),
}

impl EventFilter {
    /// Reads the words for kinds, like `activity_completed`. No words mean all kinds.
    ///
    /// # Errors
    /// Each word that isn't a kind, with its path in `field`.
    pub fn read(field: &str, words: &[String]) -> Result<Self, Violations> {
        let mut found = Violations::new();
        let read = words.iter().enumerate().filter_map(|(index, word)| {
            found.keep_once(kind_of(word).ok_or_else(|| unknown(&format!("{field}[{index}]"), word)))
        });
        // Collected before `found` is used: reading fills it.
        let filter = Self::of(read.collect());
        found.into_result(filter)
    }

    /// Returns the filter for these kinds; without any, for all.
    pub fn of(mut kinds: Vec<HistoryKind>) -> Self {
        // The same kinds in another order are the same filter, even for tokens.
        kinds.sort_unstable();
        kinds.dedup();
        Self { kinds, focus: Focus::default() }
    }

    /// Returns the kinds, or `None` for all.
    pub fn kinds(&self) -> Option<&[HistoryKind]> {
        (!self.kinds.is_empty()).then_some(&self.kinds)
    }

    /// True if an index leads to the events that are wanted, however few they are.
    pub fn is_followed(&self) -> bool {
        let Focus { record, sequence, actor } = &self.focus;
        // Of a sequence or an actor there are many, and a kind of them may be rare.
        record.is_some() || self.kinds.is_empty() && (sequence.is_some() || actor.is_some())
    }

    /// Returns the words for its kinds.
    pub fn words(&self) -> Vec<String> {
        self.kinds.iter().map(|kind| kind.as_str().to_owned()).collect()
    }
}

fn kind_of(word: &str) -> Option<HistoryKind> {
    HistoryKind::VARIANTS.iter().copied().find(|kind| kind.as_str() == word)
}

fn unknown(field: &str, word: &str) -> Violation {
    let known: Vec<&str> = HistoryKind::VARIANTS.iter().map(|kind| kind.as_str()).collect();
    let word: String = word.chars().take(64).collect();
    let description = format!("must be a kind of event, is {word:?}; known are {}", known.join(", "));
    Violation::new(field, Reason::FieldInvalid, description)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(words: &[&str]) -> Result<EventFilter, Violations> {
        EventFilter::read("kinds", &words.iter().map(|word| (*word).to_owned()).collect::<Vec<_>>())
    }

    #[test]
    fn the_same_kinds_in_another_order_are_the_same_filter() {
        let one = read(&["record_routed", "activity_completed", "record_routed"]).expect("kinds");
        assert_eq!(one, read(&["activity_completed", "record_routed"]).expect("kinds"));
        assert_eq!(one.words(), ["activity_completed", "record_routed"]);
        assert_eq!(read(&[]).expect("all").kinds(), None);
    }

    #[test]
    fn every_word_that_is_no_kind_is_named() {
        let wrong = read(&["activity_completed", "RoutingRun", ""]).expect_err("two are unknown");
        let fields: Vec<&str> = wrong.iter().map(|one| one.field.as_str()).collect();
        assert_eq!(fields, ["kinds[1]", "kinds[2]"]);
    }
}
