//! The same story in memory, through the decisions of the engine.

use std::sync::Arc;

use chrono::{DateTime, TimeDelta, Utc};
use serde_json::Value;
use upnext::domain::activity::ClosedState;
use upnext::domain::case::Facts;
use upnext::domain::command::Done;
use upnext::domain::consent::Reach;
use upnext::domain::definition::{Definition, Step as Kept};
use upnext::domain::engagement::EngagementKind;
use upnext::domain::enrollment::ExitReason;
use upnext::domain::exit_criteria::ExitCriteria;
use upnext::domain::flow::Target;
use upnext::domain::history::{HistoryEvent, HistoryKind};
use upnext::domain::id::{EnrollmentId, OrganizationId, QueueId, RecordId, SequenceId};
use upnext::domain::pausing::PauseReason;
use upnext::domain::program::Program;
use upnext::domain::reason::Reason;
use upnext::domain::settings::Settings;
use upnext::domain::simulation::{Simulation, Subject};
use upnext::domain::step::{
    AdvanceToSequence, Branch, BranchCondition, CallRetry, Delay, Email, EmitEvent, Ending, PhoneCall, Split,
    StepKind, Task, UpdateAttribute, Variant, Wait,
};
use uuid::Uuid;

use super::Told;
use super::plan::{Condition, Kind, Plan, Step, note, variant};
use super::reference::said;
use super::story::{Act, Engagement, What};

/// A simulated enrollment, and the attribute of its record.
pub struct Simulated {
    simulation: Simulation,
    word: Option<&'static str>,
    noted: bool,
    full: bool,
    onward: bool,
}

const START: DateTime<Utc> = DateTime::UNIX_EPOCH;

impl Simulated {
    /// Enrolls.
    pub fn start(plan: &Plan) -> Self {
        let definition = Definition { steps: plan.steps.iter().map(kept).collect() };
        let reach = Reach { email: true, phone: true, ..Reach::default() };
        let facts = Facts {
            program: Some(Arc::new(Program::compile(&definition))),
            exit_criteria: Arc::new(ExitCriteria { replied: plan.replied, ..ExitCriteria::default() }),
            settings: Some(Arc::new(Settings::default())),
            target: Some(Target { queue: QueueId(Uuid::nil()), display_name: String::new(), reach }),
            ..Facts::default()
        };
        let subject = Subject {
            organization: OrganizationId(Uuid::nil()),
            sequence: SequenceId(Uuid::nil()),
            revision: 1,
            record: RecordId(Uuid::nil()),
        };

        let simulation = Simulation::start(subject, facts, START).expect("all facts are given");
        let mut own = Self { simulation, word: None, noted: false, full: plan.full, onward: false };
        own.carry_out();
        own
    }

    /// By which it draws.
    pub fn enrollment(&self) -> Uuid {
        self.simulation.case().enrollment.id.0
    }

    /// Lets time pass, and then does what is possible of an act.
    pub fn play(&mut self, act: &Act) {
        let now = self.simulation.now() + TimeDelta::seconds(act.after);
        self.simulation.pass(now);
        while self.simulation.timer().is_some_and(|timer| timer.due_at <= now) {
            self.simulation.fire().expect("it can go on");
            self.carry_out();
        }

        match act.what {
            What::Set(value) => {
                self.word = value;
                // What was asked before is asked again.
                self.simulation.facts().answers.clear();
            }
            What::Open(open) => self.onward = open,
            What::MakeRoom => self.full = false,
            _ => {}
        }
        if !self.simulation.has_ended() {
            self.act(act.what);
            self.carry_out();
        }
    }

    fn act(&mut self, what: What) {
        let (now, is_open) = (self.simulation.now(), self.simulation.case().open.is_some());

        let done = match what {
            What::Complete(outcome) if is_open => {
                let node = self.simulation.case().enrollment.node;
                let program = self.simulation.case().facts.program.clone().expect("is given");
                let kind = &program.node(node).expect("a node").step.kind;
                let outcome = if matches!(kind, StepKind::PhoneCall(_)) { outcome } else { "" };
                self.simulation.close(ClosedState::Completed, outcome)
            }
            What::Skip if is_open => self.simulation.close(ClosedState::Skipped, ""),
            What::Snooze(seconds) if is_open => self.simulation.snooze(now + TimeDelta::seconds(seconds)),
            What::SkipWait => self.simulation.skip_wait(),
            What::Engage(engagement) => self.simulation.engage(kind(engagement), None),
            What::Retry => self.simulation.retry(),
            What::Exit => return self.simulation.exit(ExitReason::Manual),
            What::CloseRecord => return self.simulation.exit(ExitReason::RecordClosed),
            _ => Ok(()),
        };
        done.expect("it can go on");
    }

    /// Carries out commands, and answers what branches ask.
    fn carry_out(&mut self) {
        while let Some(kind) = self.simulation.command().cloned() {
            let done = match &kind {
                StepKind::Branch(branch) => {
                    let node = self.simulation.case().enrollment.node;
                    let answer = self.answer(&branch.condition);
                    self.simulation.facts().answers.insert(node, answer);
                    Done::Answered
                }
                StepKind::UpdateAttribute(update) if update.attribute == "note" => self.note(),
                StepKind::AdvanceToSequence(_) if self.onward => {
                    Done::Advanced { enrollment: Some(EnrollmentId(Uuid::nil())), why: None }
                }
                StepKind::AdvanceToSequence(_) => Done::not_started(Reason::SequenceNotActive),
                StepKind::UpdateAttribute(update) => {
                    let before = self.word;
                    self.word = [None, Some("a"), Some("b")]
                        .into_iter()
                        .find(|word| word.map_or(Value::Null, Value::from) == update.value)
                        .expect("one of ours");
                    self.simulation.facts().answers.clear();
                    Done::AttributeUpdated { why: (before == self.word).then(|| "UNCHANGED".to_owned()) }
                }
                other => panic!("{other:?} is no command"),
            };

            self.simulation.carry_out(&done).expect("it can go on");
        }
    }

    fn note(&mut self) -> Done {
        match (self.full, std::mem::replace(&mut self.noted, !self.full)) {
            (true, _) => {
                let why = Reason::FieldTooLong.as_str().to_owned();
                Done::Failed { reason: PauseReason::AttributeRefused, why }
            }
            (false, before) => Done::AttributeUpdated { why: before.then(|| "UNCHANGED".to_owned()) },
        }
    }

    /// In place of the database.
    fn answer(&self, condition: &BranchCondition) -> Option<bool> {
        let BranchCondition::Record { condition } = condition else { panic!("{condition:?} asks nothing") };
        self.word.map(|word| *condition == asking(word))
    }

    /// What happened.
    pub fn timeline(&self) -> Vec<Told> {
        let program = self.simulation.case().facts.program.as_ref().expect("is given");
        self.simulation.timeline().iter().map(|event| told(event, program)).collect()
    }
}

fn asking(value: &str) -> String {
    format!("record.word == \"{value}\"")
}

fn told(event: &HistoryEvent, program: &Program) -> Told {
    let detail = &event.detail;
    let step = detail.node.and_then(|node| program.node(node)).map_or("", |node| node.step.step_id.as_str());
    let planned = || detail.planned.map(|at| (at - START).num_seconds().to_string()).unwrap_or_default();
    let outcome = || detail.outcome.clone().unwrap_or_default();
    let why = || detail.why.clone().unwrap_or_default();

    let what = match event.kind {
        HistoryKind::EnrollmentStarted => "enrollmentStarted".to_owned(),
        HistoryKind::EnrollmentCompleted => "enrollmentCompleted".to_owned(),
        HistoryKind::EnrollmentExited => format!("enrollmentExited {step} {}", outcome()),
        HistoryKind::WaitStarted => format!("waitStarted {step} {}", planned()),
        HistoryKind::WaitEnded => format!("waitEnded {step} {}", planned()),
        HistoryKind::WaitSkipped => format!("waitSkipped {step} {}", planned()),
        HistoryKind::ActivityDue => format!("activityDue {step}"),
        HistoryKind::ActivityCompleted => said(format!("activityCompleted {step}"), &outcome()),
        HistoryKind::ActivitySkipped => said(format!("activitySkipped {step}"), &outcome()),
        HistoryKind::ActivitySnoozed => format!("activitySnoozed {step} {}", planned()),
        HistoryKind::ActivityWoken => format!("activityWoken {step}"),
        HistoryKind::ActivityCanceled => format!("activityCanceled {step}"),
        HistoryKind::BranchDecided => format!("branchDecided {step} {} {}", outcome(), why()),
        HistoryKind::SplitDecided => format!("splitDecided {step} {} {}", outcome(), why()),
        HistoryKind::AttributeUpdated => said(format!("attributeUpdated {step}"), &why()),
        HistoryKind::EventEmitted => format!("eventEmitted {step}"),
        HistoryKind::EnrollmentFailed => format!("enrollmentFailed {step} {} {}", outcome(), why()),
        HistoryKind::EnrollmentRetried => format!("enrollmentRetried {step}"),
        HistoryKind::EngagementRecorded => {
            let kind = detail.engagement.map(EngagementKind::as_str).unwrap_or_default();
            format!("engagementRecorded {step} {kind}")
        }
        other => panic!("{other:?} isn't expected"),
    };
    ((event.at - START).num_seconds(), what)
}

fn kind(engagement: Engagement) -> EngagementKind {
    match engagement {
        Engagement::Opened => EngagementKind::EmailOpened,
        Engagement::Clicked => EngagementKind::LinkClicked,
        Engagement::Downloaded => EngagementKind::AttachmentDownloaded,
        Engagement::Replied => EngagementKind::Replied,
        Engagement::Bounced => EngagementKind::Bounced,
        Engagement::Booked => EngagementKind::MeetingBooked,
    }
}

/// The step as it is kept.
fn kept(step: &Step) -> Kept {
    let list = |steps: &[Step]| steps.iter().map(kept).collect::<Vec<_>>();
    let (kind, paths) = match &step.kind {
        Kind::Email => (StepKind::Email(Email::default()), Vec::new()),
        Kind::Task => (StepKind::Task(Task {}), Vec::new()),
        Kind::Call(retry) => {
            let retry = retry.map(|(max_calls, seconds)| CallRetry {
                max_calls,
                delay: delay(seconds),
                reached_outcomes: vec!["made".to_owned()],
            });
            (StepKind::PhoneCall(PhoneCall { retry, ..PhoneCall::default() }), Vec::new())
        }
        Kind::Wait(seconds) => (StepKind::Wait(Wait::Delay(delay(*seconds))), Vec::new()),
        Kind::Branch(of, yes, no) => {
            (StepKind::Branch(Branch { condition: condition(of) }), vec![list(yes), list(no)])
        }
        Kind::Split(of) => {
            let variants = of.iter().enumerate().map(|(place, (weight, _))| Variant {
                variant_id: variant(place).to_owned(),
                weight: *weight,
            });
            let split = Split { variants: variants.collect(), ..Split::default() };
            (StepKind::Split(split), of.iter().map(|(_, steps)| list(steps)).collect())
        }
        Kind::Set(value) => {
            let (attribute, value) = ("word".to_owned(), value.map_or(Value::Null, Value::from));
            (StepKind::UpdateAttribute(UpdateAttribute { attribute, value }), Vec::new())
        }
        Kind::Note => {
            let (attribute, value) = ("note".to_owned(), Value::from(note()));
            (StepKind::UpdateAttribute(UpdateAttribute { attribute, value }), Vec::new())
        }
        Kind::Emit => (StepKind::EmitEvent(EmitEvent::default()), Vec::new()),
        Kind::Advance => {
            let advance = AdvanceToSequence { sequence: "onward".to_owned() };
            (StepKind::AdvanceToSequence(advance), Vec::new())
        }
    };

    let (display_name, description) = (String::new(), String::new());
    Kept {
        step_id: step.id.clone(),
        display_name,
        description,
        auto_skip_after: None,
        assign_to: None,
        kind,
        paths,
    }
}

fn condition(of: &Condition) -> BranchCondition {
    match of {
        Condition::Engaged { step, actions, all, limit, at_limit } => BranchCondition::Engagement {
            step_id: step.clone(),
            actions: actions.iter().map(|action| kind(*action)).collect(),
            all: *all,
            limit: delay(*limit),
            wait_for_limit: *at_limit,
        },
        Condition::Outcome { step, outcomes } => BranchCondition::CallOutcome {
            step_id: step.clone(),
            outcomes: outcomes.iter().map(|outcome| (*outcome).to_owned()).collect(),
        },
        Condition::Completed(step) => {
            BranchCondition::Step { step_id: step.clone(), ending: Ending::Completed }
        }
        Condition::Skipped(step) => BranchCondition::Step { step_id: step.clone(), ending: Ending::Skipped },
        Condition::Attribute(value) => BranchCondition::Record { condition: asking(value) },
    }
}

fn delay(seconds: i64) -> Delay {
    Delay { seconds: i32::try_from(seconds).expect("a few minutes"), ..Delay::default() }
}
