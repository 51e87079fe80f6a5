//! Random sequences, which can be activated.

use rand::Rng;
use serde_json::{Value, json};

use super::story::{Engagement, OUTCOMES, VALUES};

/// A sequence.
#[derive(Clone, Debug)]
pub struct Plan {
    pub steps: Vec<Step>,
    /// Whether a reply ends enrollments.
    pub replied: bool,
    /// Whether the record has no room for the text of a [`Kind::Note`], until somebody makes some.
    pub full: bool,
}

/// One step.
#[derive(Clone, Debug)]
pub struct Step {
    pub id: String,
    pub kind: Kind,
}

/// A kind of step.
#[derive(Clone, Debug)]
pub enum Kind {
    Email,
    Task,
    /// Repeated up to so many times, so many seconds apart, until it is "made".
    Call(Option<(i32, i64)>),
    Wait(i64),
    Branch(Condition, Vec<Step>, Vec<Step>),
    /// The variants' weights and paths; their ids are a, b, and so on.
    Split(Vec<(i32, Vec<Step>)>),
    Set(Option<&'static str>),
    /// Sets another attribute, to a long text.
    Note,
    Emit,
    /// Advances to the sequence that this plan goes on with, which takes records only at times.
    Advance,
}

/// The condition of a branch.
#[derive(Clone, Debug)]
pub enum Condition {
    Engaged { step: String, actions: Vec<Engagement>, all: bool, limit: i64, at_limit: bool },
    Outcome { step: String, outcomes: Vec<&'static str> },
    Completed(String),
    Skipped(String),
    Attribute(&'static str),
}

/// The steps that come before on every path, to which branches can refer.
#[derive(Clone, Default)]
struct Before {
    emails: Vec<String>,
    calls: Vec<String>,
    acts: Vec<String>,
}

/// Makes up steps.
struct Making<'r, R> {
    random: &'r mut R,
    count: usize,
}

impl Plan {
    /// Makes one up.
    pub fn random(random: &mut impl Rng) -> Self {
        let replied = random.random_bool(0.5);
        let mut making = Making { random, count: 0 };
        let mut before = Before::default();
        let mut steps = making.list(0, &mut before);
        steps.push(making.end());
        Self { steps, replied, full: random.random_bool(0.5) }
    }

    /// True if a step needs room in the record.
    pub fn notes(&self) -> bool {
        notes(&self.steps)
    }

    /// The request that creates it. It goes on with the sequence `onward`.
    pub fn sequence(&self, id: &str, onward: &str) -> Value {
        let exits = json!({"replied": self.replied});
        let steps: Vec<Value> = self.steps.iter().map(|step| step.json(onward)).collect();
        json!({"sequence_id": id, "sequence": {"display_name": id, "steps": steps, "exit_criteria": exits}})
    }
}

impl<R: Rng> Making<'_, R> {
    fn list(&mut self, depth: usize, before: &mut Before) -> Vec<Step> {
        let most = [6, 4, 3][depth.min(2)];
        let length = self.random.random_range(if depth == 0 { 2..=most } else { 0..=most });
        (0..length).map(|_| self.step(depth, before)).collect()
    }

    fn step(&mut self, depth: usize, before: &mut Before) -> Step {
        self.count += 1;
        let id = format!("s{}", self.count);

        let kind = match self.random.random_range(0..21) {
            0..=4 => {
                before.emails.push(id.clone());
                before.acts.push(id.clone());
                Kind::Email
            }
            5..=6 => {
                before.acts.push(id.clone());
                Kind::Task
            }
            7..=9 => {
                before.calls.push(id.clone());
                before.acts.push(id.clone());
                let retry = self.random.random_bool(0.5);
                Kind::Call(retry.then(|| (self.random.random_range(2..4), self.random.random_range(1..60))))
            }
            10..=12 => Kind::Wait(self.random.random_range(1..120)),
            13 => Kind::Emit,
            14 => Kind::Set([None, Some(VALUES[0]), Some(VALUES[1])][self.random.random_range(0..3)]),
            15 if depth < 3 => Kind::Split(self.variants(depth, before)),
            16..=19 if depth < 3 => {
                let condition = self.condition(before);
                let yes = self.list(depth + 1, &mut before.clone());
                let no = self.list(depth + 1, &mut before.clone());
                Kind::Branch(condition, yes, no)
            }
            20 => Kind::Note,
            _ => Kind::Emit,
        };
        Step { id, kind }
    }

    /// The last step. Whatever comes before: a sequence doesn't end with a wait, and nothing
    /// follows an advance.
    fn end(&mut self) -> Step {
        let task = || Step { id: "last".to_owned(), kind: Kind::Task };
        let onward = || Step { id: "onward".to_owned(), kind: Kind::Advance };
        match self.random.random_range(0..4) {
            0 => onward(),
            1 => {
                let condition = Condition::Attribute(VALUES[self.random.random_range(0..VALUES.len())]);
                let kind = Kind::Branch(condition, vec![onward()], vec![task()]);
                Step { id: "end".to_owned(), kind }
            }
            _ => task(),
        }
    }

    fn variants(&mut self, depth: usize, before: &Before) -> Vec<(i32, Vec<Step>)> {
        let weights: &[i32] = if self.random.random_bool(0.5) { &[30, 70] } else { &[20, 30, 50] };
        weights.iter().map(|weight| (*weight, self.list(depth + 1, &mut before.clone()))).collect()
    }

    fn condition(&mut self, before: &Before) -> Condition {
        let attribute = VALUES[self.random.random_range(0..VALUES.len())];
        match self.random.random_range(0..6) {
            0..=2 if !before.emails.is_empty() => self.engaged(before),
            3 if !before.calls.is_empty() => {
                let count = self.random.random_range(1..OUTCOMES.len());
                let outcomes = OUTCOMES[..count].to_vec();
                Condition::Outcome { step: self.one(&before.calls), outcomes }
            }
            4 if !before.acts.is_empty() => Condition::Completed(self.one(&before.acts)),
            5 if !before.acts.is_empty() => Condition::Skipped(self.one(&before.acts)),
            _ => Condition::Attribute(attribute),
        }
    }

    fn engaged(&mut self, before: &Before) -> Condition {
        let all = [Engagement::Opened, Engagement::Clicked, Engagement::Downloaded, Engagement::Replied];
        let count = self.random.random_range(1..3);
        let first = self.random.random_range(0..=all.len() - count);
        Condition::Engaged {
            step: self.one(&before.emails),
            actions: all[first..first + count].to_vec(),
            all: self.random.random_bool(0.4),
            limit: self.random.random_range(1..200),
            at_limit: self.random.random_bool(0.3),
        }
    }

    fn one(&mut self, ids: &[String]) -> String {
        ids[self.random.random_range(0..ids.len())].clone()
    }
}

fn notes(steps: &[Step]) -> bool {
    steps.iter().any(|step| match &step.kind {
        Kind::Note => true,
        Kind::Branch(_, yes, no) => notes(yes) || notes(no),
        Kind::Split(variants) => variants.iter().any(|(_, steps)| notes(steps)),
        _ => false,
    })
}

/// The text of a [`Kind::Note`].
pub fn note() -> String {
    "n".repeat(1_000)
}

/// The id of a split's variant.
pub fn variant(place: usize) -> &'static str {
    ["a", "b", "c"][place]
}

impl Step {
    /// The step in a request.
    fn json(&self, onward: &str) -> Value {
        let list = |steps: &[Step]| steps.iter().map(|step| step.json(onward)).collect::<Vec<Value>>();
        let seconds = |seconds: i64| json!({"seconds": seconds});
        let mut step = match &self.kind {
            Kind::Email => json!({"email": {}}),
            Kind::Task => json!({"task": {}}),
            Kind::Call(None) => json!({"phone_call": {}}),
            Kind::Call(Some((most, delay))) => json!({"phone_call": {"retry": {"max_calls": most,
                "delay": seconds(*delay), "reached_outcomes": ["made"]}}}),
            Kind::Wait(length) => json!({"wait": {"delay": seconds(*length)}}),
            Kind::Branch(condition, yes, no) => json!({"branch": {"condition": condition.json(),
                "yes_steps": list(yes), "no_steps": list(no)}}),
            Kind::Split(variants) => {
                let variants = variants.iter().enumerate().map(|(place, (weight, steps))| {
                    json!({"variant_id": variant(place), "weight": weight, "steps": list(steps)})
                });
                json!({"split": {"variants": variants.collect::<Vec<_>>()}})
            }
            Kind::Set(value) => json!({"update_attribute": {"attribute": "word", "value": value}}),
            Kind::Note => json!({"update_attribute": {"attribute": "note", "value": note()}}),
            Kind::Emit => json!({"emit_event": {"event_name": "news"}}),
            Kind::Advance => json!({"advance_to_sequence": {"sequence": onward}}),
        };

        step["step_id"] = json!(self.id);
        step
    }
}

impl Condition {
    /// The condition in a request.
    fn json(&self) -> Value {
        match self {
            Condition::Engaged { step, actions, all, limit, at_limit } => {
                let actions: Vec<&str> = actions.iter().map(|action| action.word()).collect();
                json!({"engagement": {"step_id": step, "actions": actions, "all": all,
                    "limit": {"seconds": limit}, "wait_for_limit": at_limit}})
            }
            Condition::Outcome { step, outcomes } => {
                json!({"call_outcome": {"step_id": step, "outcomes": outcomes}})
            }
            Condition::Completed(step) => json!({"step": {"step_id": step, "ending": "COMPLETED"}}),
            Condition::Skipped(step) => json!({"step": {"step_id": step, "ending": "SKIPPED"}}),
            Condition::Attribute(value) => {
                json!({"record": {"condition": format!("record.word == \"{value}\"")}})
            }
        }
    }
}

impl Engagement {
    /// What a branch calls it.
    fn word(self) -> &'static str {
        match self {
            Engagement::Opened => "OPENED",
            Engagement::Clicked => "LINK_CLICKED",
            Engagement::Downloaded => "ATTACHMENT_DOWNLOADED",
            Engagement::Replied => "REPLIED",
            Engagement::Bounced | Engagement::Booked => unreachable!("no branch looks at it"),
        }
    }

    /// What a timeline calls it.
    pub fn kind(self) -> &'static str {
        match self {
            Engagement::Opened => "EMAIL_OPENED",
            Engagement::Clicked => "LINK_CLICKED",
            Engagement::Downloaded => "ATTACHMENT_DOWNLOADED",
            Engagement::Replied => "REPLIED",
            Engagement::Bounced => "BOUNCED",
            Engagement::Booked => "MEETING_BOOKED",
        }
    }

    /// The field of an event in a request.
    pub fn field(self) -> &'static str {
        match self {
            Engagement::Opened => "email_opened",
            Engagement::Clicked => "link_clicked",
            Engagement::Downloaded => "attachment_downloaded",
            Engagement::Replied => "replied",
            Engagement::Bounced => "bounced",
            Engagement::Booked => "meeting_booked",
        }
    }
}
