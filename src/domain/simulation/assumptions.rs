//! What is assumed to happen to a simulated enrollment.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, Utc};

use super::{Simulation, completed};
use crate::domain::activity::ClosedState;
use crate::domain::case::Broken;
use crate::domain::engagement::{About, EngagementKind};
use crate::domain::program::NodeId;
use crate::domain::step::{ActivityKind, Delay};

/// What happens to the activities of steps, and what the person does.
#[derive(Clone, Debug, Default)]
pub struct Assumptions {
    /// How the activities of a step end, by step id: the first is about the first activity, the
    /// last one about all further ones.
    pub steps: BTreeMap<String, Vec<Assumed>>,
    /// The paths of branches that ask the record, by step id: true for the first one.
    pub paths: BTreeMap<String, bool>,
    /// The variants of splits, by step id.
    pub variants: BTreeMap<String, String>,
    /// What the person does.
    pub engagements: Vec<AssumedEngagement>,
    /// The outcome of calls that nothing is assumed of.
    pub call_outcome: String,
}

/// How an activity ends.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Assumed {
    /// The way.
    pub ending: AssumedEnding,
    /// How long after it fell due.
    pub delay: Delay,
}

/// The way in which an activity ends.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum AssumedEnding {
    /// It is completed with this outcome.
    Completed(String),
    /// It is skipped for this reason.
    Skipped(String),
    /// It stays open.
    Open,
}

/// What the person does once.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AssumedEngagement {
    /// What happens.
    pub kind: EngagementKind,
    /// The step that it is about: the time counts from its completion. `None`: from the start.
    pub step_id: Option<String>,
    /// How long after that.
    pub delay: Delay,
}

/// A simulation to which what is assumed happens.
#[derive(Clone, Debug)]
pub struct Play {
    simulation: Simulation,
    assumptions: Assumptions,
    start: DateTime<Utc>,
    /// The places of the engagements that have happened.
    happened: BTreeSet<usize>,
}

/// Where a play stops.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stop {
    /// At a command, or a branch that asks the record. The caller decides how it goes on.
    Command,
    /// The enrollment has ended.
    Ended,
    /// Nothing more happens.
    Rest,
}

/// What happens next.
enum Cue {
    Timer,
    Engagement(usize, Option<About>),
    Close(ClosedState, String),
}

impl Play {
    /// Begins a play.
    pub fn new(simulation: Simulation, assumptions: Assumptions) -> Self {
        Self { start: simulation.now(), simulation, assumptions, happened: BTreeSet::new() }
    }

    /// Returns the simulation.
    pub const fn simulation(&mut self) -> &mut Simulation {
        &mut self.simulation
    }

    /// Returns what is assumed.
    pub const fn assumptions(&self) -> &Assumptions {
        &self.assumptions
    }

    /// Returns the simulation as it ended.
    pub fn into_simulation(self) -> Simulation {
        self.simulation
    }

    /// Goes on until it stops.
    ///
    /// # Errors
    /// The case is broken.
    pub fn go(&mut self) -> Result<Stop, Broken> {
        loop {
            if self.simulation.has_ended() {
                return Ok(Stop::Ended);
            }
            if self.simulation.command().is_some() {
                return Ok(Stop::Command);
            }
            let Some((time, cue)) = self.next() else { return Ok(Stop::Rest) };

            self.simulation.pass(time);
            match cue {
                Cue::Timer => self.simulation.fire()?,
                Cue::Engagement(place, about) => {
                    self.happened.insert(place);
                    self.simulation.engage(self.assumptions.engagements[place].kind, about)?;
                }
                Cue::Close(state, outcome) => self.simulation.close(state, &outcome)?,
            }
        }
    }

    /// Returns what happens next, and when. Of several at one moment, timers come first: an event
    /// exactly at a limit is too late.
    fn next(&self) -> Option<(DateTime<Utc>, Cue)> {
        let timer = self.simulation.timer().map(|timer| (timer.due_at, Cue::Timer));
        let engagement = self.next_engagement();
        let all = [timer, engagement, self.next_close()].into_iter().flatten();
        all.min_by_key(|(time, _)| *time)
    }

    fn next_engagement(&self) -> Option<(DateTime<Utc>, Cue)> {
        let all = self.assumptions.engagements.iter().enumerate();
        let due = all.filter(|(place, _)| !self.happened.contains(place)).filter_map(|(place, one)| {
            let (since, about) = self.cause(one)?;
            Some((later(since, one.delay), Cue::Engagement(place, about)))
        });
        due.min_by_key(|(time, _)| *time)
    }

    /// Returns from when on the delay of an engagement counts, and what it is about. `None` if its
    /// email isn't completed.
    fn cause(&self, one: &AssumedEngagement) -> Option<(DateTime<Utc>, Option<About>)> {
        let Some(step_id) = &one.step_id else { return Some((self.start, None)) };
        let program = self.simulation.case().facts.program.as_ref()?;
        let node = program.find(step_id)?;
        let closed = self.simulation.closed().iter();
        let mut sent = closed
            .filter(|closed| closed.activity.node == node && closed.closing.state == ClosedState::Completed);
        sent.next().map(|closed| (closed.closing.at, Some(completed(closed))))
    }

    fn next_close(&self) -> Option<(DateTime<Utc>, Cue)> {
        let open = self.simulation.case().open.as_ref()?;
        let (ending, delay) = match self.assumed(open.node) {
            Some(assumed) => (assumed.ending.clone(), assumed.delay),
            None => {
                let outcome = match open.kind {
                    ActivityKind::PhoneCall => self.assumptions.call_outcome.clone(),
                    _ => String::new(),
                };
                (AssumedEnding::Completed(outcome), Delay::default())
            }
        };

        let cue = match ending {
            AssumedEnding::Completed(outcome) => Cue::Close(ClosedState::Completed, outcome),
            AssumedEnding::Skipped(reason) => Cue::Close(ClosedState::Skipped, reason),
            AssumedEnding::Open => return None,
        };
        Some((later(open.create_time, delay), cue))
    }

    /// Returns what is assumed of the open activity of a step.
    fn assumed(&self, node: NodeId) -> Option<&Assumed> {
        let program = self.simulation.case().facts.program.as_ref()?;
        let all = self.assumptions.steps.get(&program.node(node)?.step.step_id)?;
        let before = self.simulation.closed().iter().filter(|closed| closed.activity.node == node).count();
        all.get(before).or(all.last())
    }
}

fn later(since: DateTime<Utc>, delay: Delay) -> DateTime<Utc> {
    delay.after(since)
}
