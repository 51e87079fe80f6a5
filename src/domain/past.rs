//! What happened at earlier steps of an enrollment, as far as later decisions look at it.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};

use super::activity::{ClosedState, Closing};
use super::consent::Channel;
use super::engagement::{CLOCK_TOLERANCE, EngagementKind};
use super::program::NodeId;
use super::step::ActivityKind;

/// How the earlier steps of an enrollment ended.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Past {
    steps: BTreeMap<NodeId, Ended>,
    /// When the person first did something with the email of a step.
    engagement: BTreeMap<NodeId, Vec<(EngagementKind, DateTime<Utc>)>>,
    /// What the person did with emails that no sender named.
    unnamed: Vec<Unnamed>,
    /// The steps that ended in earlier revisions, with the nodes that they have in the present one.
    moved: BTreeMap<(i32, NodeId), NodeId>,
}

/// How the activities of a step ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ended {
    /// The state in which the last one ended: completed or skipped.
    pub state: ClosedState,
    /// The outcome of the last one, or why it was skipped.
    pub outcome: String,
    /// How many were completed. More than one only if the step calls again, or began again in
    /// another revision.
    pub completed: i32,
}

/// Something that a person did with an email that the sender of the event didn't name. It belongs
/// to the latest email of the record that was completed by then, and that can still change: the
/// seller may complete an email after its person has opened it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Unnamed {
    /// What the person did.
    pub kind: EngagementKind,
    /// The time when the person did it.
    pub at: DateTime<Utc>,
    /// The step of the email that it belongs to now. `None` if that is none of this enrollment.
    pub node: Option<NodeId>,
    /// When that email was completed. `None` if it belongs to none.
    pub email_at: Option<DateTime<Utc>>,
}

impl Past {
    /// Adds how a step ended. Add what ended first, first.
    pub fn end(&mut self, node: NodeId, ended: Ended) {
        let before = self.steps.get(&node).map_or(0, |before| before.completed);
        self.steps.insert(node, Ended { completed: before + ended.completed, ..ended });
    }

    /// Adds that a step of an earlier revision has this node in the present one.
    pub fn follow(&mut self, revision: i32, from: NodeId, to: NodeId) {
        self.moved.insert((revision, from), to);
    }

    /// Returns the node that a step of an earlier revision has in the present one. `None` if it is
    /// gone there, or nothing ended at it.
    pub fn moved(&self, revision: i32, from: NodeId) -> Option<NodeId> {
        self.moved.get(&(revision, from)).copied()
    }

    /// Returns how a step ended. `None` if nothing was completed or skipped there.
    pub fn step(&self, node: NodeId) -> Option<&Ended> {
        self.steps.get(&node)
    }

    /// Adds what the person did with the email of a step.
    pub fn hear(&mut self, node: NodeId, kind: EngagementKind, at: DateTime<Utc>) {
        let heard = self.engagement.entry(node).or_default();
        match heard.iter_mut().find(|(known, _)| *known == kind) {
            Some((_, first)) => *first = at.min(*first),
            None => heard.push((kind, at)),
        }
    }

    /// Adds what the person did with an email that nobody named.
    pub fn hear_unnamed(&mut self, heard: Unnamed) {
        self.unnamed.push(heard);
    }

    /// Returns when the person had done any of these with the email of a step, or all of them.
    /// `None`: not yet.
    pub fn engaged(&self, node: NodeId, actions: &[EngagementKind], all: bool) -> Option<DateTime<Utc>> {
        let named = self.engagement.get(&node).into_iter().flatten().copied();
        let unnamed = self.unnamed.iter().filter(|heard| heard.node == Some(node));
        let heard: Vec<_> = named.chain(unnamed.map(|heard| (heard.kind, heard.at))).collect();
        let first =
            |kind: &EngagementKind| heard.iter().filter(|(known, _)| known == kind).map(|(_, at)| *at).min();
        match all {
            true => actions.iter().map(first).collect::<Option<Vec<_>>>()?.into_iter().max(),
            false => actions.iter().filter_map(first).min(),
        }
    }

    /// Adds that an activity of a step ended.
    pub fn note(&mut self, node: NodeId, kind: ActivityKind, closing: &Closing) {
        // What was canceled was taken back, or its enrollment has ended.
        if closing.state == ClosedState::Canceled {
            return;
        }
        let is_completed = closing.state == ClosedState::Completed;
        if is_completed && kind.channel() == Some(Channel::Email) {
            self.complete_email(node, closing.at);
        }
        let completed = i32::from(is_completed);
        self.end(node, Ended { state: closing.state, outcome: closing.outcome.clone(), completed });
    }

    /// Gives the email of a step what belongs to it: what the person did since it was completed, or
    /// shortly before by the clock of another system, unless a later email was completed by then.
    fn complete_email(&mut self, node: NodeId, email_at: DateTime<Utc>) {
        for heard in &mut self.unnamed {
            let by_then = email_at <= heard.at + CLOCK_TOLERANCE;
            if by_then && heard.email_at.is_none_or(|earlier| earlier <= email_at) {
                (heard.node, heard.email_at) = (Some(node), Some(email_at));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use chrono::TimeDelta;

    use super::*;
    use crate::domain::caller::Actor;

    fn at(seconds: i64) -> DateTime<Utc> {
        DateTime::UNIX_EPOCH + TimeDelta::seconds(seconds)
    }

    fn completed(seconds: i64) -> Closing {
        Closing {
            state: ClosedState::Completed,
            outcome: String::new(),
            note: String::new(),
            by: Actor::UPNEXT,
            at: at(seconds),
            item: None,
        }
    }

    fn opened(past: &Past, node: i32) -> Option<i64> {
        let engaged = past.engaged(NodeId(node), &[EngagementKind::EmailOpened], false);
        engaged.map(|at| at.timestamp())
    }

    #[test]
    fn what_nobody_named_belongs_to_the_latest_email_that_was_completed_by_then() {
        let heard = |seconds, email| Unnamed {
            kind: EngagementKind::EmailOpened,
            at: at(seconds),
            node: None,
            email_at: email,
        };
        let mut past = Past::default();
        for (seconds, email) in [(39, None), (500, None), (100, Some(at(120)))] {
            past.hear_unnamed(heard(seconds, email));
        }

        // Earlier than the clocks can differ; by then; or later, but with a later email.
        past.note(NodeId(1), ActivityKind::Email, &completed(100));
        assert_eq!(opened(&past, 1), Some(500));
        past.note(NodeId(2), ActivityKind::PhoneCall, &completed(200));
        assert_eq!(opened(&past, 2), None, "nobody opens a call");
        past.note(NodeId(3), ActivityKind::Email, &completed(560));
        assert_eq!((opened(&past, 1), opened(&past, 3)), (None, Some(500)));
        past.hear(NodeId(3), EngagementKind::EmailOpened, at(490));
        assert_eq!(opened(&past, 3), Some(490));
    }
}
