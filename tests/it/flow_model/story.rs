//! What happens to an enrollment, moment by moment.

use rand::Rng;

/// The outcomes of calls, of which "made" means that somebody was reached.
pub const OUTCOMES: [&str; 3] = ["made", "busy", "voicemail"];

/// The values of the attribute that branches ask for.
pub const VALUES: [&str; 2] = ["a", "b"];

/// Some time passes, and then somebody does something, if it is possible.
#[derive(Clone, Debug)]
pub struct Act {
    /// The seconds that pass.
    pub after: i64,
    /// What is done then.
    pub what: What,
}

/// What somebody does.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum What {
    Nothing,
    /// Completes the open activity, a call with this outcome.
    Complete(&'static str),
    Skip,
    /// Snoozes it for these seconds.
    Snooze(i64),
    SkipWait,
    /// The person does this.
    Engage(Engagement),
    /// The CRM sets the attribute, or clears it.
    Set(Option<&'static str>),
    Exit,
    CloseRecord,
    /// Tries the step again that failed.
    Retry,
    /// Lets the sequence that the plan goes on with take records, or stops that.
    Open(bool),
    /// Makes room in the record.
    MakeRoom,
}

/// What a person does.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Engagement {
    Opened,
    Clicked,
    Downloaded,
    Replied,
    Bounced,
    Booked,
}

/// What happens to one enrollment.
#[derive(Clone, Debug)]
pub struct Story {
    pub acts: Vec<Act>,
}

impl Story {
    /// Makes one up.
    pub fn random(random: &mut impl Rng) -> Self {
        let length = random.random_range(4..16);
        Self { acts: (0..length).map(|_| Act { after: seconds(random), what: what(random) }).collect() }
    }
}

/// The time before an act: often none, seldom long.
pub fn seconds(random: &mut impl Rng) -> i64 {
    match random.random_range(0..4) {
        0 => 0,
        1 => random.random_range(1..10),
        2 => random.random_range(10..60),
        _ => random.random_range(60..300),
    }
}

/// What is done at one moment.
pub fn what(random: &mut impl Rng) -> What {
    match random.random_range(0..46) {
        0..=15 => What::Complete(OUTCOMES[random.random_range(0..OUTCOMES.len())]),
        16..=18 => What::Skip,
        19..=21 => What::Snooze(random.random_range(1..120)),
        22..=24 => What::SkipWait,
        25..=27 => What::Engage(Engagement::Opened),
        28..=29 => What::Engage(Engagement::Clicked),
        30 => What::Engage(Engagement::Downloaded),
        31 => What::Engage(Engagement::Booked),
        32 => What::Engage([Engagement::Replied, Engagement::Bounced][random.random_range(0..2)]),
        33..=35 => What::Set([None, Some(VALUES[0]), Some(VALUES[1])][random.random_range(0..3)]),
        37..=39 => What::Retry,
        40..=41 => What::Open(random.random_bool(0.7)),
        42 => What::MakeRoom,
        36 => [What::Exit, What::CloseRecord][random.random_range(0..2)],
        _ => What::Nothing,
    }
}
