//! The texts and steps of the sequences that upnext comes with.

use super::SequenceTemplate;
use crate::domain::definition::{Definition, Step};
use crate::domain::engagement::EngagementKind;
use crate::domain::step::{
    Branch, BranchCondition, Delay, Email, LinkedIn, LinkedInAction, PhoneCall, StepKind, Task, TextMessage,
    Wait,
};

/// Returns all of them, in the order of their ids.
pub(super) fn all() -> Vec<SequenceTemplate> {
    vec![
        account_renewal(),
        demo_request(),
        invite_to_event(),
        no_show_follow_up(),
        outbound_prospecting(),
        webinar_follow_up(),
    ]
}

fn account_renewal() -> SequenceTemplate {
    SequenceTemplate {
        sequence_template_id: "account-renewal",
        display_name: "Account renewal",
        description: "Starts 50 days before a contract ends, and leads to a decision in time.",
        record_type: "account",
        definition: Definition {
            steps: vec![
                task("review", "Review the account", "Look at usage, open tickets and the people involved."),
                email("announce", "Announce the renewal", "Say when the contract ends and what comes next."),
                wait("week-1", 7),
                call("check-in", "Ask how it goes", "What works well? What is missing? Who decides?"),
                wait("week-2", 7),
                email("value", "Show what was achieved", "Numbers of the last year, in their own terms."),
                task("prepare", "Prepare the offer", "Price, term and what changes. Get it approved."),
                wait("week-3", 7),
                call("offer-call", "Walk through the offer", "Go through it together before you send it."),
                email("offer", "Send the offer", "As agreed on the phone."),
                wait("week-4", 7),
                call("questions", "Answer questions", "Ask who else has to agree, and talk to them."),
                wait("week-5", 7),
                email("date", "Remind of the date", "Name the last day for a decision."),
                wait("week-6", 7),
                call("decision", "Ask for the decision", "Renew, change or end: get an answer."),
                wait("days-1", 5),
                email("last-reminder", "Send a last reminder", "Say what happens without an answer."),
                task("escalate", "Ask your manager to step in", "Agree on who calls whom."),
                wait("days-2", 3),
                call("close", "Close or hand over", "Confirm the renewal, or how the contract ends."),
            ],
        },
    }
}

fn demo_request() -> SequenceTemplate {
    let reached = BranchCondition::CallOutcome {
        step_id: "first-call".to_owned(),
        outcomes: vec!["made".to_owned(), "received".to_owned()],
    };
    SequenceTemplate {
        sequence_template_id: "demo-request",
        display_name: "Meeting for a demo request",
        description: "Gets somebody who asked for a demo into a meeting within five days.",
        record_type: "opportunity",
        definition: Definition {
            steps: vec![
                call("first-call", "Call within the hour", "Ask what they want to see, and offer two times."),
                branch(
                    ("reached", "Reached?"),
                    reached,
                    vec![task("book", "Book the meeting", "Send the invitation while you talk.")],
                    vec![email("propose", "Propose times", "Offer two times, and a link to choose others.")],
                ),
                wait("day-1", 1),
                call("second-call", "Call about the meeting", "Confirm it, or find a time."),
                email("agenda", "Say what they will see", "Three points, made for their business."),
                wait("day-2", 1),
                linked_in("connect", "Connect on LinkedIn", LinkedInAction::Connect),
                wait("day-3", 1),
                call("third-call", "Call once more", "Try another time of day."),
                text("text", "Send a short text message", "One sentence, and the link to choose a time."),
                wait("day-5", 2),
                email("right-person", "Ask for the right person", "Who else could it help?"),
            ],
        },
    }
}

fn invite_to_event() -> SequenceTemplate {
    SequenceTemplate {
        sequence_template_id: "invite-to-event",
        display_name: "Invite to an event",
        description: "Invites a contact to an event, and reminds until the day before.",
        record_type: "contact",
        definition: Definition {
            steps: vec![
                email("invitation", "Send the invitation", "What, when, where, and why it is for them."),
                wait("day-2", 2),
                call("ask", "Ask whether they come", "Offer to bring a colleague along."),
                wait("day-3", 1),
                email("reminder", "Send a reminder", "The program, and who else comes."),
                wait("day-4", 1),
                text("tomorrow", "Remind the day before", "Time and place in one sentence."),
                wait("day-5", 1),
                email("directions", "Send the directions", "How to get there, and whom to call."),
                task("note", "Note who comes", "For the list at the door."),
            ],
        },
    }
}

fn no_show_follow_up() -> SequenceTemplate {
    SequenceTemplate {
        sequence_template_id: "no-show-follow-up",
        display_name: "Follow up no-shows",
        description: "Finds a new time with somebody who missed a meeting.",
        record_type: "contact",
        definition: Definition {
            steps: vec![
                call("call-now", "Call right away", "Perhaps they are only late."),
                email("missed", "Say that you missed them", "No reproach. Offer two new times."),
                wait("day-1", 1),
                call("call-again", "Call again", "Ask whether the topic still matters."),
                wait("day-2", 1),
                email("new-times", "Propose new times", "With a link to choose others."),
                wait("day-3", 1),
                text("text", "Send a short text message", "One sentence, and the link."),
                wait("day-5", 2),
                call("last-call", "Call a last time", "Agree on a new time, or on an end."),
                task("decide", "Decide what comes next", "Another sequence, later, or not at all."),
            ],
        },
    }
}

fn outbound_prospecting() -> SequenceTemplate {
    SequenceTemplate {
        sequence_template_id: "outbound-prospecting",
        display_name: "High-volume outbound prospecting",
        description: "Starts a conversation with leads who don't know you yet.",
        record_type: "lead",
        definition: Definition {
            steps: vec![
                linked_in("research", "Learn about the person", LinkedInAction::Research),
                email("introduction", "Introduce yourself", "One problem that they have, in two sentences."),
                branch(
                    ("opened", "Interested within two days?"),
                    engaged("introduction", &[EngagementKind::EmailOpened, EngagementKind::LinkClicked], 2),
                    vec![call("warm-call", "Call while it is fresh", "Refer to the email.")],
                    vec![email("other-angle", "Send another angle", "An example from their industry.")],
                ),
                wait("day-4", 2),
                linked_in("connect", "Connect on LinkedIn", LinkedInAction::Connect),
                wait("day-7", 3),
                call("call", "Call", "Ask for ten minutes."),
                wait("day-9", 2),
                email("goodbye", "Say goodbye for now", "Leave the door open."),
            ],
        },
    }
}

fn webinar_follow_up() -> SequenceTemplate {
    SequenceTemplate {
        sequence_template_id: "webinar-follow-up",
        display_name: "Webinar follow-up",
        description: "Turns guests of a webinar into conversations.",
        record_type: "lead",
        definition: Definition {
            steps: vec![
                email("recording", "Send thanks and the recording", "And one question about their plans."),
                branch(
                    ("watched", "Followed the link within a day?"),
                    engaged("recording", &[EngagementKind::LinkClicked], 1),
                    vec![call("warm-call", "Call while it is fresh", "Ask what was most useful.")],
                    vec![email("highlights", "Send the highlights", "Three points with times to jump to.")],
                ),
                wait("day-2", 1),
                linked_in("connect", "Connect on LinkedIn", LinkedInAction::Connect),
                call("call", "Call", "Ask what made them come."),
                wait("day-3", 1),
                email("example", "Send an example", "A customer with the same question."),
                task("qualify", "Qualify the lead", "Need, budget, time and who decides."),
                wait("day-5", 2),
                call("next-step", "Offer a next step", "A demo, or somebody to talk to."),
                text("text", "Send a short text message", "A link to choose a time."),
                wait("day-7", 2),
                email("close-loop", "Close the loop", "Offer the next webinar."),
            ],
        },
    }
}

fn step(id: &str, name: &str, description: &str, kind: StepKind) -> Step {
    Step {
        step_id: id.to_owned(),
        display_name: name.to_owned(),
        description: description.to_owned(),
        auto_skip_after: None,
        assign_to: None,
        kind,
        paths: Vec::new(),
    }
}

fn email(id: &str, name: &str, description: &str) -> Step {
    step(id, name, description, StepKind::Email(Email::default()))
}

fn text(id: &str, name: &str, description: &str) -> Step {
    step(id, name, description, StepKind::TextMessage(TextMessage::default()))
}

fn call(id: &str, name: &str, description: &str) -> Step {
    step(id, name, description, StepKind::PhoneCall(PhoneCall::default()))
}

fn task(id: &str, name: &str, description: &str) -> Step {
    step(id, name, description, StepKind::Task(Task {}))
}

fn linked_in(id: &str, name: &str, action: LinkedInAction) -> Step {
    step(id, name, "", StepKind::LinkedIn(LinkedIn { action }))
}

fn wait(id: &str, days: i32) -> Step {
    step(id, "", "", StepKind::Wait(Wait::Delay(Delay { days, ..Delay::default() })))
}

fn branch((id, name): (&str, &str), condition: BranchCondition, yes: Vec<Step>, no: Vec<Step>) -> Step {
    let branch = step(id, name, "", StepKind::Branch(Branch { condition }));
    Step { paths: vec![yes, no], ..branch }
}

fn engaged(step_id: &str, actions: &[EngagementKind], days: i32) -> BranchCondition {
    BranchCondition::Engagement {
        step_id: step_id.to_owned(),
        actions: actions.to_vec(),
        all: false,
        limit: Delay { days, ..Delay::default() },
        wait_for_limit: false,
    }
}
