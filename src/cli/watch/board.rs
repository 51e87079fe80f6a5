//! A client's list, kept by the messages of a stream, and how it looks to a person.

use prost_types::Timestamp;

use super::stream::Message;
use crate::api::pb;
use crate::api::pb::watch_work_queue_response::Event;
use crate::cli::time::utc_second;

/// The queue as the messages so far leave it.
#[derive(Debug)]
pub(super) struct Board {
    queue: String,
    list: Vec<pb::Activity>,
    counts: pb::QueueCounts,
    next_due_time: Option<Timestamp>,
    /// Whether the next snapshot is another part of the last.
    partial: bool,
}

impl Board {
    /// Nothing is known of the queue.
    pub(super) fn new(queue: &str) -> Self {
        let counts = pb::QueueCounts::default();
        Self { queue: queue.to_owned(), list: Vec::new(), counts, next_due_time: None, partial: false }
    }

    /// Applies a message; answers a line for each activity that came, changed or went.
    pub(super) fn apply(&mut self, message: Message) -> Vec<String> {
        self.partial &= !message.is_first;
        match message.response.event {
            Some(Event::Snapshot(snapshot)) => self.replace(snapshot),
            Some(Event::Update(update)) => self.update(update),
            Some(Event::Heartbeat(heartbeat)) => {
                self.note(heartbeat.counts, heartbeat.next_due_time);
                Vec::new()
            }
            // What this version doesn't know is left alone.
            Some(Event::Draining(_)) | None => Vec::new(),
        }
    }

    /// The activities, the next one first.
    pub(super) fn activities(&self) -> &[pb::Activity] {
        &self.list
    }

    /// Which queue it is.
    pub(super) fn queue(&self) -> &str {
        &self.queue
    }

    /// How many are due and snoozed.
    pub(super) fn counts(&self) -> pb::QueueCounts {
        self.counts
    }

    /// When the next wait or snooze ends, if any is known.
    pub(super) fn next_due_time(&self) -> Option<&Timestamp> {
        self.next_due_time.as_ref()
    }

    fn replace(&mut self, snapshot: pb::QueueSnapshot) -> Vec<String> {
        self.note(snapshot.counts, snapshot.next_due_time);
        let mut lines = Vec::new();
        if !self.partial {
            self.list.clear();
            lines.push(format!("= {}", self.summary()));
        }
        lines.extend(snapshot.activities.iter().map(|activity| format!("+ {}", line(activity))));
        self.list.extend(snapshot.activities);
        self.partial = snapshot.partial;
        lines
    }

    fn update(&mut self, update: pb::QueueUpdate) -> Vec<String> {
        self.note(update.counts, update.next_due_time);
        let mut lines = Vec::new();
        for removal in &update.removals {
            let cause = removal.cause().as_str_name();
            lines.extend(self.take(&removal.activity).map(|gone| format!("- {}  {cause}", line(&gone))));
        }
        for upsert in update.upserts {
            let sign = if self.take(&upsert.name).is_some() { '~' } else { '+' };
            lines.push(format!("{sign} {}", line(&upsert)));
            let before = |other: &pb::Activity| other.order_key.as_bytes() < upsert.order_key.as_bytes();
            self.list.insert(self.list.partition_point(before), upsert);
        }
        lines
    }

    fn take(&mut self, name: &str) -> Option<pb::Activity> {
        let index = self.list.iter().position(|activity| activity.name == name)?;
        Some(self.list.remove(index))
    }

    fn note(&mut self, counts: Option<pb::QueueCounts>, next_due_time: Option<Timestamp>) {
        self.counts = counts.unwrap_or_default();
        self.next_due_time = next_due_time;
    }

    fn summary(&self) -> String {
        let next = self.next_due_time.as_ref().map(utc_second);
        let next = next.map(|next| format!(", next at {next}")).unwrap_or_default();
        format!("{}: {} due, {} snoozed{next}", self.queue, self.counts.due, self.counts.snoozed)
    }
}

fn line(activity: &pb::Activity) -> String {
    let due = activity.due_time.as_ref().map(utc_second).unwrap_or_default();
    let kind = activity.kind().as_str_name();
    let step = printable(&activity.display_name);
    let record = printable(&activity.record_display_name);
    format!("{due}  {kind:<10}  {step}: {record}  {}", activity.name)
}

/// Texts come from other people: none may move the cursor.
pub(super) fn printable(text: &str) -> String {
    text.chars().map(|letter| if letter.is_control() { ' ' } else { letter }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::api::pb::queue_update::{Removal, removal};

    fn message(event: Event, is_first: bool) -> Message {
        let response = pb::WatchWorkQueueResponse { event: Some(event), ..Default::default() };
        Message { response, is_first }
    }

    fn activity(name: &str, order_key: &str) -> pb::Activity {
        pb::Activity {
            name: name.to_owned(),
            order_key: order_key.to_owned(),
            kind: pb::activity::Kind::PhoneCall.into(),
            display_name: "Call".to_owned(),
            record_display_name: format!("Kim\u{1b}[2J of {name}"),
            due_time: Some(Timestamp { seconds: 1_790_000_000, nanos: 5 }),
            ..Default::default()
        }
    }

    #[test]
    fn a_board_shows_the_queue_and_says_what_changed() {
        let mut board = Board::new("sellers/ana");
        let counts = Some(pb::QueueCounts { due: 1, snoozed: 0 });
        let snapshot =
            pb::QueueSnapshot { activities: vec![activity("b", "2")], counts, ..Default::default() };
        let lines = board.apply(message(Event::Snapshot(snapshot), true));
        assert_eq!(lines[0], "= sellers/ana: 1 due, 0 snoozed");
        assert_eq!(lines[1], "+ 2026-09-21 14:13:20Z  PHONE_CALL  Call: Kim [2J of b  b");

        let update = pb::QueueUpdate {
            upserts: vec![activity("c", "3"), activity("a", "1")],
            removals: vec![Removal {
                activity: "b".to_owned(),
                cause: removal::Cause::Completed.into(),
                ..Default::default()
            }],
            counts: Some(pb::QueueCounts { due: 2, snoozed: 0 }),
            ..Default::default()
        };
        let lines = board.apply(message(Event::Update(update), false));
        assert!(lines[0].starts_with("- ") && lines[0].ends_with("COMPLETED"), "{lines:?}");
        assert_eq!(lines.len(), 3);
        let names: Vec<_> = board.list.iter().map(|activity| activity.name.as_str()).collect();
        assert_eq!(names, ["a", "c"]);
        assert_eq!(board.counts().due, 2);
    }

    #[test]
    fn what_a_broken_stream_left_incomplete_is_forgotten_and_parts_of_one_snapshot_are_one_list() {
        let mut board = Board::new("sellers/ana");
        let part = |name: &str, partial| {
            let activities = vec![activity(name, name)];
            Event::Snapshot(pb::QueueSnapshot { activities, partial, ..Default::default() })
        };
        board.apply(message(part("a", true), true));
        board.apply(message(part("a", true), true));
        board.apply(message(part("b", false), false));
        let names: Vec<_> = board.list.iter().map(|activity| activity.name.as_str()).collect();
        assert_eq!(names, ["a", "b"]);
    }
}
