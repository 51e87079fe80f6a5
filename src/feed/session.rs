//! One subscriber's session: what its client has, and what it must be told next.

use std::collections::HashMap;
use std::sync::Arc;

use super::diff::{self, Difference, SnapshotCause};
use super::hub::{Reading, Slot};
use super::resume_token::Resume;
use super::{Feed, Inner, Subscriber, TooManyStreams};
use crate::domain::id::ActivityId;
use crate::measures;
use crate::store;
use crate::store::departures::Departure;
use crate::store::doorbell::QueueKey;
use crate::store::queue_rows::QueueRow;
use crate::store::queue_states::QueueState;

/// One stream's view of a queue. It counts as an open stream until it is dropped.
pub struct Session {
    inner: Arc<Inner>,
    key: QueueKey,
    window: usize,
    subscriber: Subscriber,
    slot: Arc<Slot>,
    /// The version of what was last taken from there.
    seen: u64,
    first_read: u64,
    resume: Option<Resume>,
    /// The state that the client has.
    sent: Option<Arc<Reading>>,
}

/// What to tell the client. Each leads to the state that [`Session::state`] then shows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Event {
    /// Its token names the state as it stands.
    Resumed,
    /// Nothing changed but when something falls due next.
    NextDueTime,
    /// There is no such queue any more.
    Gone,
    /// The whole window.
    Snapshot(SnapshotCause),
    /// What changed.
    Update {
        /// New or changed, in queue order.
        upserts: Vec<Arc<QueueRow>>,
        /// No longer in the window: [`Session::departures`] says why.
        removals: Vec<ActivityId>,
    },
}

impl Feed {
    /// Opens a session on the first `window` due activities of a queue, for a client that has what `resume` names.
    ///
    /// # Errors
    /// The subscriber has too many streams open.
    pub fn open(
        &self,
        key: QueueKey,
        window: usize,
        resume: Option<Resume>,
        subscriber: Subscriber,
    ) -> Result<Session, TooManyStreams> {
        let inner = self.inner.clone();
        let place = inner.hub.enter(key, window, subscriber, inner.settings.streams_per_seller)?;
        let (slot, first_read) = (place.slot, place.first_read);
        Ok(Session { inner, key, window, subscriber, slot, seen: 0, first_read, resume, sent: None })
    }
}

impl Session {
    /// Waits until there may be something to tell. Dropping the future loses nothing.
    pub async fn changed(&self) {
        self.slot.other_than(self.seen).await;
    }

    /// What there is to tell now, if anything: the difference between the latest state and what the client has.
    pub fn take_event(&mut self) -> Option<Event> {
        let (version, latest) = self.slot.get();
        self.seen = version;
        let latest = latest?;
        if latest.number < self.first_read {
            return None;
        }
        let Some(state) = &latest.state else { return Some(Event::Gone) };
        let event = match self.state() {
            None => match diff::opening(self.resume.as_ref(), state, self.window) {
                Difference::Snapshot(cause) => Some(Event::Snapshot(cause)),
                _ => Some(Event::Resumed),
            },
            Some(sent) => match diff::difference(sent, state, self.window) {
                Difference::Nothing => None,
                Difference::NextDueTime => Some(Event::NextDueTime),
                Difference::Snapshot(cause) => Some(Event::Snapshot(cause)),
                Difference::Update { upserts, removals } => Some(Event::Update { upserts, removals }),
            },
        };
        if let Some(event) = &event {
            self.count(event);
        }
        self.sent = Some(latest);
        event
    }

    fn count(&self, event: &Event) {
        let how = match event {
            Event::Snapshot(_) if self.sent.is_some() => {
                return metrics::counter!(measures::STREAM_RESETS).increment(1);
            }
            Event::Update { .. } | Event::NextDueTime | Event::Gone => return,
            Event::Resumed => "resumed",
            Event::Snapshot(SnapshotCause::Started) => "started",
            Event::Snapshot(SnapshotCause::Changed) => "changed",
            Event::Snapshot(SnapshotCause::Restored) => "restored",
            Event::Snapshot(SnapshotCause::WindowChanged) => "window_changed",
        };
        metrics::counter!(measures::STREAM_OPENINGS, "how" => how).increment(1);
    }

    /// The state that the client has once it was told all; none before the first event.
    pub fn state(&self) -> Option<&QueueState> {
        self.sent.as_ref()?.state.as_ref()
    }

    /// The window of that state.
    pub fn rows(&self) -> &[Arc<QueueRow>] {
        self.state().map(|state| diff::window(state, self.window)).unwrap_or_default()
    }

    /// The revision of that state; before the first event, of the one that the client came with; 0 if with none.
    pub fn revision(&self) -> i64 {
        let sent = self.state().map(|state| state.revision);
        sent.or(self.resume.map(|resume| resume.revision)).unwrap_or_default()
    }

    /// Names that state; before the first event, the one that the client came with.
    pub fn resume_token(&self) -> String {
        let Self { window, .. } = *self;
        let state = self.state().map(|state| (state.revision, state.stamp));
        let sent = state.map(|(revision, stamp)| Resume { revision, stamp, window });
        sent.or(self.resume).map(|resume| resume.token(self.key)).unwrap_or_default()
    }

    /// What became of activities that left the window, read together with what other sessions ask just then; those that nothing is known of are
    /// absent.
    pub async fn departures(
        &self,
        ids: &[ActivityId],
    ) -> Result<HashMap<ActivityId, Departure>, store::Error> {
        let (organization, queue) = self.key;
        let keys: Vec<_> = ids.iter().map(|id| (organization, *id)).collect();
        let found = self.inner.departed.get(&keys).await?;
        let found = ids.iter().zip(found).filter_map(|(id, found)| Some((*id, found?.departure_from(queue))));
        Ok(found.collect())
    }
}

impl Drop for Session {
    fn drop(&mut self) {
        self.inner.hub.leave(self.key, self.window, self.subscriber);
    }
}
