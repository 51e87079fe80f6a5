//! What the branches on the way to a step say about how earlier steps ended.

use std::collections::{BTreeMap, BTreeSet};

use crate::domain::step::{BranchCondition, Ending};

/// How earlier steps can have ended, by step id. A step that is absent can have ended in any way.
#[derive(Clone, Debug, Default)]
pub(super) struct Known<'a>(BTreeMap<&'a str, Endings<'a>>);

/// How a step can have ended.
#[derive(Clone, Debug, Default)]
struct Endings<'a> {
    /// True if it wasn't skipped.
    not_skipped: bool,
    /// The outcomes with which it can have been completed. `None`: all.
    only: Option<BTreeSet<&'a str>>,
    /// The outcomes with which it wasn't completed.
    never: BTreeSet<&'a str>,
}

impl<'a> Known<'a> {
    /// Returns what is known if a condition is met, or isn't. `None` if that is impossible.
    pub fn given(&self, condition: &'a BranchCondition, met: bool) -> Option<Self> {
        let Some(step_id) = condition.step_id() else { return Some(self.clone()) };
        let before = self.0.get(step_id).cloned().unwrap_or_default();
        let after = before.given(condition, met);

        let mut known = self.clone();
        let possible = after.is_possible();
        known.0.insert(step_id, after);
        possible.then_some(known)
    }
}

impl<'a> Endings<'a> {
    fn given(mut self, condition: &'a BranchCondition, met: bool) -> Self {
        match (condition, met) {
            (BranchCondition::CallOutcome { outcomes, .. }, true) => {
                let outcomes = outcomes.iter().map(String::as_str).collect();
                self.not_skipped = true;
                self.only = Some(match self.only {
                    Some(only) => &only & &outcomes,
                    None => outcomes,
                });
            }
            (BranchCondition::CallOutcome { outcomes, .. }, false) => {
                self.never.extend(outcomes.iter().map(String::as_str));
            }
            (BranchCondition::Step { ending: Ending::Completed, .. }, true)
            | (BranchCondition::Step { ending: Ending::Skipped, .. }, false)
            | (BranchCondition::Engagement { .. }, true) => self.not_skipped = true,
            (BranchCondition::Step { ending: Ending::Completed, .. }, false)
            | (BranchCondition::Step { ending: Ending::Skipped, .. }, true) => {
                self.only = Some(BTreeSet::new());
            }
            // They say nothing about how a step ended.
            (
                BranchCondition::Engagement { .. }
                | BranchCondition::Record { .. }
                | BranchCondition::Stage { .. },
                _,
            ) => {}
        }

        self
    }

    fn is_possible(&self) -> bool {
        let completed = self.only.as_ref().is_none_or(|only| !only.is_subset(&self.never));
        completed || !self.not_skipped
    }
}
