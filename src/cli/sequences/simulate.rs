//! `upnext sequences simulate`: what would happen to a record in a sequence.

use std::io::Write;

use anyhow::Context as _;
use chrono::DateTime;
use clap::Args;

use super::assumptions;
use crate::api::pb;
use crate::api::pb::sequence_service_client::SequenceServiceClient;
use crate::cli::client::{Calls, readable, show};
use crate::cli::time::local_minute;
use crate::cli::{named, watch};

/// Tell what would happen to a record in a sequence, without changing anything.
#[derive(Debug, Args)]
pub(super) struct Simulate {
    /// The sequence for its saved draft, like paid-search; with a revision,
    /// sequences/paid-search/revisions/2
    sequence: String,
    /// An actual record: recordTypes/lead/records/l1, lead/l1, or just l1 for a lead [default: one
    /// of which only --attribute is known]
    #[arg(long)]
    record: Option<String>,
    /// When it is enrolled, like 2026-12-24T09:00:00Z [default: now]
    #[arg(long, value_name = "TIME")]
    start: Option<String>,
    /// An attribute that the record is assumed to have: NAME=VALUE, where the value is JSON or else
    /// text. Can be repeated
    #[arg(long = "attribute", value_name = "NAME=VALUE")]
    attributes: Vec<String>,
    /// What happens at a step: STEP=done, STEP=made or another outcome, STEP=skip, STEP=open
    /// (for ever), STEP=yes or STEP=no (a branch), STEP=variant:a (a split). With @2d12h or
    /// @30min@10s at the end, so long after it is reached. Repeated for one step: each time that it
    /// is done [default: done at once, calls with the first outcome]
    #[arg(long = "step", value_name = "STEP=WHAT[@TIME]", verbatim_doc_comment)]
    steps: Vec<String>,
    /// What the person does: opened, replied, clicked, downloaded, bounced, unsubscribed or booked,
    /// with :STEP for the email that it is about, and @2h, so long after that email or the start.
    /// Can be repeated
    #[arg(long = "person", value_name = "WHAT[:STEP][@TIME]")]
    person: Vec<String>,
    /// Print the answer as JSON
    #[arg(long)]
    json: bool,
}

impl Simulate {
    pub(super) async fn run(self, mut sequences: SequenceServiceClient<Calls>) -> anyhow::Result<()> {
        let as_json = self.json;
        let answer = sequences.simulate_sequence(self.request()?).await.map_err(readable)?.into_inner();
        show(&answer, as_json, write)
    }

    fn request(self) -> anyhow::Result<pb::SimulateSequenceRequest> {
        let attributes = self.attributes.iter().map(|given| assumptions::attribute(given));
        let attributes: Result<_, anyhow::Error> = attributes.collect();
        let steps: Result<_, anyhow::Error> =
            self.steps.iter().map(|given| assumptions::step(given)).collect();
        let engagements: Result<_, anyhow::Error> =
            self.person.iter().map(|given| assumptions::person(given)).collect();
        let start_time = self.start.map(|text| {
            let time = DateTime::parse_from_rfc3339(&text);
            let time =
                time.with_context(|| format!("--start {text:?} isn't a time like 2026-12-24T09:00:00Z"))?;
            Ok::<_, anyhow::Error>(crate::api::convert::timestamp(time.to_utc()))
        });

        Ok(pb::SimulateSequenceRequest {
            name: self.sequence,
            sequence: None,
            start_time: start_time.transpose()?,
            record: self.record.map(|record| named::record(&record)).unwrap_or_default(),
            attributes: Some(prost_types::Struct { fields: attributes? }),
            steps: steps?,
            engagements: engagements?,
        })
    }
}

/// Writes a line for each event, and how it ends.
fn write(answer: &pb::SimulateSequenceResponse, out: &mut dyn Write) -> std::io::Result<()> {
    let enrollment = answer.enrollment.clone().unwrap_or_default();
    for event in &enrollment.timeline {
        let time = event.event_time.as_ref().map(local_minute).unwrap_or_default();
        writeln!(out, "{time}  {}", watch::happened(event))?;
    }
    if answer.partial {
        writeln!(out, "… and more")?;
    }

    writeln!(out, "\n{}", end(&enrollment))?;
    if !answer.unreached_step_ids.is_empty() {
        writeln!(out, "not reached: {}", answer.unreached_step_ids.join(", "))?;
    }
    Ok(())
}

/// How it ends, and after how long.
fn end(enrollment: &pb::Enrollment) -> String {
    use pb::enrollment::State;

    let last = enrollment.end_time.or_else(|| enrollment.timeline.last().and_then(|event| event.event_time));
    let seconds = last.zip(enrollment.create_time).map(|(end, start)| end.seconds - start.seconds);
    let after = length(seconds.unwrap_or_default());
    match enrollment.state() {
        State::Completed => format!("completed after {after}"),
        State::Exited => format!("ended after {after}: {}", enrollment.reason().as_str_name()),
        _ => format!("stays at {} from {after} on", enrollment.current_step_id),
    }
}

/// Like `2 d 12 h`.
fn length(seconds: i64) -> String {
    let parts = [
        (seconds / 86_400, "d"),
        (seconds / 3_600 % 24, "h"),
        (seconds / 60 % 60, "min"),
        (seconds % 60, "s"),
    ];
    let parts: Vec<String> = parts
        .into_iter()
        .filter(|(amount, _)| *amount != 0)
        .map(|(amount, unit)| format!("{amount} {unit}"))
        .collect();
    if parts.is_empty() { "no time".to_owned() } else { parts.join(" ") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn how_it_ends_is_told_with_the_time_that_it_takes() {
        let at = |seconds| Some(prost_types::Timestamp { seconds, nanos: 0 });
        let of = |state: pb::enrollment::State, end| pb::Enrollment {
            state: state.into(),
            reason: pb::enrollment::Reason::Replied.into(),
            current_step_id: "call".into(),
            create_time: at(1_000),
            end_time: end,
            ..Default::default()
        };

        let state = pb::enrollment::State::Completed;
        assert_eq!(end(&of(state, at(1_000 + 86_400 * 2 + 61))), "completed after 2 d 1 min 1 s");
        assert_eq!(end(&of(state, at(1_000))), "completed after no time");
        let exited = of(pb::enrollment::State::Exited, at(4_600));
        assert_eq!(end(&exited), "ended after 1 h: REPLIED");
        assert_eq!(end(&of(pb::enrollment::State::Active, None)), "stays at call from no time on");
    }
}
