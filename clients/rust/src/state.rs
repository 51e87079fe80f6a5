//! What a live queue is made of, without tasks: its state, and when to open the stream again.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;

use tonic::Code;

use crate::error::Error;
use crate::v1::watch_work_queue_response::Event;
use crate::v1::{Activity, QueueCounts, WatchWorkQueueRequest, WatchWorkQueueResponse};

const FIRST_DELAY: Duration = Duration::from_millis(250);
const LAST_DELAY: Duration = Duration::from_secs(8);

/// What became different: activities, or only `live`.
#[derive(Clone, Debug, Default)]
pub struct Change {
    /// New in the list.
    pub added: Vec<Activity>,
    /// In the list, with other content.
    pub changed: Vec<Activity>,
    /// No longer in the list.
    pub removed: Vec<Activity>,
    /// Whether the list is in step now.
    pub live: bool,
}

type Items = BTreeMap<String, Activity>;

/// The list, in step with the messages applied to it.
#[derive(Default)]
pub(crate) struct State {
    pub items: Arc<Vec<Activity>>,
    pub counts: QueueCounts,
    pub next_due_time: Option<prost_types::Timestamp>,
    pub revision: i64,
    pub live: bool,
    pub last_error: Option<Error>,
    heartbeat: Option<Duration>,
    token: String,
    pending: Vec<WatchWorkQueueResponse>,
}

impl State {
    /// How to open the stream where we are.
    pub fn request(&mut self, queue: &str, window: i32) -> WatchWorkQueueRequest {
        self.pending.clear();
        WatchWorkQueueRequest {
            queue: queue.to_owned(),
            window_size: window,
            resume_token: self.token.clone(),
            ..Default::default()
        }
    }

    /// Whether there was a token to forget.
    pub fn forget_token(&mut self) -> bool {
        !std::mem::take(&mut self.token).is_empty()
    }

    /// How long a stream may be silent.
    pub fn silence(&self) -> Duration {
        3 * self.heartbeat.unwrap_or(Duration::from_secs(20)) + Duration::from_secs(5)
    }

    /// Takes one message in; none if nobody can see a difference. What comes in parts is applied as
    /// a whole.
    pub fn apply(&mut self, message: WatchWorkQueueResponse) -> Option<Change> {
        let partial = match &message.event {
            Some(Event::Snapshot(snapshot)) => snapshot.partial,
            Some(Event::Update(update)) => update.partial,
            _ => false,
        };
        if partial {
            self.pending.push(message);
            return None;
        }

        self.note(&message);
        let came_live = !self.live;
        self.live = !matches!(message.event, Some(Event::Draining(_)));
        let before: Items = self.items.iter().map(|a| (a.name.clone(), a.clone())).collect();
        let mut after = before.clone();
        let mut parts = std::mem::take(&mut self.pending);
        parts.push(message);
        for (at, part) in parts.into_iter().enumerate() {
            apply_to(&mut after, part, at == 0);
        }
        self.replace(before, after, came_live)
    }

    fn note(&mut self, message: &WatchWorkQueueResponse) {
        if !message.resume_token.is_empty() {
            self.token.clone_from(&message.resume_token);
        }
        let (counts, due, interval) = match &message.event {
            Some(Event::Snapshot(s)) => (s.counts, s.next_due_time, s.heartbeat_interval),
            Some(Event::Update(u)) => (u.counts, u.next_due_time, None),
            Some(Event::Heartbeat(h)) => (h.counts, h.next_due_time, h.heartbeat_interval),
            _ => return,
        };
        if message.queue_revision != 0 {
            self.revision = message.queue_revision;
        }
        (self.counts, self.next_due_time) = (counts.unwrap_or_default(), due);
        self.heartbeat = interval.and_then(|interval| interval.try_into().ok()).or(self.heartbeat);
    }

    fn replace(&mut self, before: Items, after: Items, came_live: bool) -> Option<Change> {
        let mut change = Change { live: self.live, ..Change::default() };
        for (name, activity) in &after {
            match before.get(name) {
                None => change.added.push(activity.clone()),
                Some(old) if old != activity => change.changed.push(activity.clone()),
                Some(_) => {}
            }
        }
        change.removed =
            before.into_iter().filter(|(name, _)| !after.contains_key(name)).map(|(_, a)| a).collect();
        if change.added.is_empty() && change.changed.is_empty() && change.removed.is_empty() && !came_live {
            return None;
        }
        let mut items: Vec<_> = after.into_values().collect();
        items.sort_by(|a, b| a.order_key.cmp(&b.order_key));
        self.items = Arc::new(items);
        Some(change)
    }
}

fn apply_to(items: &mut Items, message: WatchWorkQueueResponse, replaces: bool) {
    let upserts = match message.event {
        Some(Event::Snapshot(snapshot)) => {
            if replaces {
                items.clear();
            }
            snapshot.activities
        }
        Some(Event::Update(update)) => {
            for removal in &update.removals {
                items.remove(&removal.activity);
            }
            update.upserts
        }
        _ => return,
    };
    items.extend(upserts.into_iter().map(|activity| (activity.name.clone(), activity)));
}

/// When a stream that ended is opened again: for ever, unless the server's answer is final.
#[derive(Default)]
pub(crate) struct Reopening {
    pub queue: String,
    pub key_is_asked: bool,
    pub count: u32,
    failures: u32,
    heard: bool,
    asked_again: bool,
    told: bool,
}

impl Reopening {
    pub fn new(queue: &str, key_is_asked: bool) -> Self {
        Self { queue: queue.to_owned(), key_is_asked, ..Self::default() }
    }

    /// A message came: only that ends an outage, never a mere connection.
    pub fn heard(&mut self) {
        if self.told {
            tracing::info!(queue = self.queue, "the queue is live again");
        }
        (self.failures, self.heard, self.asked_again, self.told) = (0, true, false, false);
    }

    /// How long to wait after the stream's end; none if it was final, which `last_error` then
    /// tells.
    pub fn after(&mut self, error: Option<Error>, state: &mut State) -> Option<Duration> {
        let heard = std::mem::take(&mut self.heard);
        self.count += 1;
        let reason = error.as_ref().map_or("", |error| error.reason.as_str());
        if let Some(error) = error.as_ref().filter(|error| is_final(error))
            && !self.may_go_on(error, state)
        {
            tracing::error!(queue = self.queue, %error, "the queue ended");
            state.last_error = Some(error.clone());
            return None;
        }
        if reason == "RESUME_TOKEN_INVALID" || reason == "STREAM_DRAINED" && heard {
            return Some(Duration::ZERO);
        }
        if !std::mem::replace(&mut self.told, true) {
            tracing::warn!(
                queue = self.queue,
                ?error,
                "the queue is cut off, and opened again until it is back"
            );
        }
        let delay = LAST_DELAY.min(FIRST_DELAY * 2u32.pow(self.failures.min(5)));
        self.failures += 1;
        let jittered = delay.mul_f64(rand::random_range(0.5..1.0));
        Some(error.and_then(|error| error.retry_after).unwrap_or(jittered))
    }

    fn may_go_on(&mut self, error: &Error, state: &mut State) -> bool {
        if error.reason == "RESUME_TOKEN_INVALID" {
            return state.forget_token();
        }
        let once = error.code == Code::Unauthenticated && self.key_is_asked && !self.asked_again;
        self.asked_again |= once;
        once
    }
}

/// Whether to open the stream again would be in vain, or would end another program's.
fn is_final(error: &Error) -> bool {
    use Code::{InvalidArgument, NotFound, PermissionDenied, Unauthenticated, Unimplemented};
    error.reason == "TOO_MANY_STREAMS"
        || matches!(
            error.code,
            Unauthenticated | PermissionDenied | NotFound | InvalidArgument | Unimplemented
        )
}
