//! `upnext up-next`: what a record is to go through, and what was done.

use std::io::Write;

use clap::Args;

use super::client::{Server, readable};
use super::named;
use super::time::local_minute;
use crate::api::pb;
use crate::api::pb::step::Kind;
use crate::api::pb::up_next_item::Item;
use crate::api::pb::work_queue_service_client::WorkQueueServiceClient;

/// What a record is to go through.
#[derive(Debug, Args)]
pub struct UpNext {
    #[command(flatten)]
    server: Server,
    /// The record: recordTypes/lead/records/l1, lead/l1, or just l1 for a lead
    record: String,
}

impl UpNext {
    /// Shows it.
    ///
    /// # Errors
    /// The record isn't there, or isn't the caller's.
    pub async fn run(self) -> anyhow::Result<()> {
        let mut queue = WorkQueueServiceClient::new(self.server.connect().await?);
        let request = pb::GetUpNextRequest { record: named::record(&self.record) };
        let answer = queue.get_up_next(request).await.map_err(readable)?.into_inner();
        write(&answer, &mut std::io::stdout().lock())?;
        Ok(())
    }
}

/// Writes a line for each activity, wait and step.
///
/// # Errors
/// It can't be written.
pub(super) fn write(answer: &pb::GetUpNextResponse, out: &mut dyn Write) -> std::io::Result<()> {
    let parts = [("now", &answer.current), ("next", &answer.upcoming), ("done", &answer.completed)];
    for (name, items) in parts {
        let lines = items.iter().filter_map(|item| item.item.as_ref()).map(line);
        for line in lines {
            writeln!(out, "{name:<4}  {line}")?;
        }
    }

    if parts.iter().all(|(_, items)| items.is_empty()) {
        writeln!(out, "nothing: the record is and was in no sequence")?;
    }
    if answer.partial {
        writeln!(out, "… and more")?;
    }
    Ok(())
}

fn line(item: &Item) -> String {
    match item {
        Item::Activity(activity) => {
            let kind = activity.kind().as_str_name();
            let due = activity.due_time.as_ref().map(local_minute).unwrap_or_default();
            let closed = activity.close_time.as_ref().map(|at| format!(", closed {}", local_minute(at)));

            let how = if activity.outcome.is_empty() { &activity.skip_reason } else { &activity.outcome };
            let how = if how.is_empty() { String::new() } else { format!(" ({how})") };
            let (state, closed) = (activity.state().as_str_name(), closed.unwrap_or_default());
            let warnings: Vec<_> = activity.warnings().map(|warning| warning.as_str_name()).collect();
            let warnings =
                if warnings.is_empty() { String::new() } else { format!(" [{}]", warnings.join(", ")) };
            format!("{kind}  {}  {state}{how}{warnings}, due {due}{closed}", activity.display_name)
        }
        Item::Wait(wait) => {
            let until = wait.waiting_until.as_ref().map(local_minute);
            until.map_or("WAIT  paused".to_owned(), |until| format!("WAIT  until {until}"))
        }
        Item::Step(step) => {
            let step = step.step.clone().unwrap_or_default();
            let kind = match step.kind {
                Some(Kind::Email(_)) => "EMAIL",
                Some(Kind::PhoneCall(_)) => "PHONE_CALL",
                Some(Kind::Task(_)) => "TASK",
                Some(Kind::Wait(_)) => "WAIT",
                Some(Kind::AutomatedEmail(_)) => "AUTOMATED_EMAIL",
                Some(Kind::TextMessage(_)) => "TEXT_MESSAGE",
                Some(Kind::AutomatedTextMessage(_)) => "AUTOMATED_TEXT_MESSAGE",
                Some(Kind::LinkedIn(_)) => "LINKED_IN",
                Some(Kind::Appointment(_)) => "APPOINTMENT",
                Some(Kind::Branch(_)) => "BRANCH",
                Some(Kind::Split(_)) => "SPLIT",
                Some(Kind::UpdateAttribute(_)) => "UPDATE_ATTRIBUTE",
                Some(Kind::AssignOwner(_)) => "ASSIGN_OWNER",
                Some(Kind::AdvanceToSequence(_)) => "ADVANCE_TO_SEQUENCE",
                Some(Kind::EmitEvent(_)) => "EMIT_EVENT",
                None => "STEP",
            };
            format!("{kind}  {}", step.display_name)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_now_comes_first_and_what_is_done_last() {
        let item = |item| pb::UpNextItem { item: Some(item) };
        let activity = pb::Activity {
            kind: pb::activity::Kind::PhoneCall.into(),
            state: pb::activity::State::Completed.into(),
            display_name: "Call".into(),
            outcome: "made".into(),
            ..Default::default()
        };

        let warned = pb::Activity {
            kind: pb::activity::Kind::PhoneCall.into(),
            state: pb::activity::State::Due.into(),
            display_name: "Call".into(),
            warnings: vec![pb::activity::Warning::DoNotPhone.into()],
            ..Default::default()
        };

        let answer = pb::GetUpNextResponse {
            current: vec![item(Item::Wait(pb::UpNextWait::default())), item(Item::Activity(warned))],
            upcoming: vec![item(Item::Step(pb::UpNextStep::default()))],
            completed: vec![item(Item::Activity(activity))],
            partial: false,
        };

        let mut out = Vec::new();
        write(&answer, &mut out).expect("can be written");
        let text = String::from_utf8(out).expect("text");
        let lines: Vec<&str> = text.lines().collect();
        assert!(lines[0].starts_with("now   WAIT") && lines[2].starts_with("next  STEP"), "{text}");
        assert!(lines[1].starts_with("now   PHONE_CALL  Call  DUE [DO_NOT_PHONE]"), "{text}");
        assert!(lines[3].starts_with("done  PHONE_CALL  Call  COMPLETED (made)"), "{text}");
    }
}
