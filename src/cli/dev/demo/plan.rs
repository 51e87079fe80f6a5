//! Who works in the demo, and what is to be done with whom.

use std::collections::BTreeMap;

use crate::api::pb;
use crate::api::pb::step::Kind;
use crate::api::pb::{EmailStep, PhoneCallStep, TaskStep, WaitStep, wait_step};

/// The sellers: id and name.
pub(super) const SELLERS: [(&str, &str); 4] =
    [("ana", "Ana Ruiz"), ("ben", "Ben Okoro"), ("chloe", "Chloe Laurent"), ("devi", "Devi Rao")];

/// A segment, its rule, and the sequence it is connected to.
pub(super) struct Planned {
    pub(super) id: &'static str,
    pub(super) segment: pb::Segment,
    pub(super) rule: pb::AssignmentRule,
    pub(super) sequence: &'static str,
}

/// What a lead has beside what is built in.
pub(super) fn attributes() -> BTreeMap<String, pb::Attribute> {
    use pb::attribute::Type;
    let declared = [("company", Type::String), ("origin", Type::String), ("revenue", Type::Double)];
    let attribute = |kind: Type| pb::Attribute { r#type: kind.into(), ..Default::default() };
    declared.into_iter().map(|(name, kind)| (name.to_owned(), attribute(kind))).collect()
}

/// The sequences, with waits that are short enough to be watched.
pub(super) fn sequences() -> [(&'static str, pb::Sequence); 2] {
    let inbound = [
        email("hello", "Say hello", "Thank them, and ask what made them write"),
        wait("breathe", 30),
        call("call", "Call", "Hi, you wrote to us. What are you looking for?"),
        wait("think", 120),
        task("wrap-up", "Wrap up", "Qualify the lead, or close it"),
    ];
    let large = [
        wait("settle", 20),
        call("call-first", "Call first", "Hi, who else should hear this?"),
        wait("breathe", 60),
        email("proposal", "Send the proposal", "Attach the price list"),
    ];

    [
        ("inbound", sequence("Inbound follow-up", inbound.into())),
        ("large-accounts", sequence("Large accounts", large.into())),
    ]
}

/// The segments, the first in priority first.
pub(super) fn segments() -> [Planned; 2] {
    [
        Planned {
            id: "large-accounts",
            segment: segment("Large accounts", "record.revenue >= 50000.0"),
            rule: in_turn(&["ana", "devi"]),
            sequence: "large-accounts",
        },
        Planned {
            id: "inbound",
            segment: segment("Inbound", r#"record.origin in ["web form", "webinar", "referral"]"#),
            rule: in_turn(&["ana", "ben", "chloe"]),
            sequence: "inbound",
        },
    ]
}

fn segment(display_name: &str, condition: &str) -> pb::Segment {
    pb::Segment {
        display_name: display_name.to_owned(),
        record_type: "lead".to_owned(),
        condition: condition.to_owned(),
        ..Default::default()
    }
}

fn in_turn(sellers: &[&str]) -> pb::AssignmentRule {
    use pb::assignment_rule::{Candidates, Distribution, ListedSellers};
    let sellers = sellers.iter().map(|seller| (*seller).to_owned()).collect();
    pb::AssignmentRule {
        display_name: "In turn".to_owned(),
        candidates: Some(Candidates::Listed(ListedSellers { sellers })),
        distribution: Distribution::RoundRobin.into(),
        ..Default::default()
    }
}

fn sequence(display_name: &str, steps: Vec<pb::Step>) -> pb::Sequence {
    pb::Sequence {
        display_name: display_name.to_owned(),
        record_type: "lead".to_owned(),
        steps,
        ..Default::default()
    }
}

fn step(id: &str, display_name: &str, description: &str, kind: Kind) -> pb::Step {
    pb::Step {
        step_id: id.to_owned(),
        display_name: display_name.to_owned(),
        description: description.to_owned(),
        assign_to: None,
        kind: Some(kind),
        ..Default::default()
    }
}

fn email(id: &str, display_name: &str, description: &str) -> pb::Step {
    step(id, display_name, description, Kind::Email(EmailStep::default()))
}

fn call(id: &str, display_name: &str, script: &str) -> pb::Step {
    step(id, display_name, "", Kind::PhoneCall(PhoneCallStep { script: script.to_owned(), retry: None }))
}

fn task(id: &str, display_name: &str, description: &str) -> pb::Step {
    step(id, display_name, description, Kind::Task(TaskStep {}))
}

fn wait(id: &str, seconds: i32) -> pb::Step {
    let delay = pb::Delay { seconds, ..Default::default() };
    step(id, "", "", Kind::Wait(WaitStep { kind: Some(wait_step::Kind::Delay(delay)) }))
}
