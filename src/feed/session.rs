//! One subscriber's session: what its client has, and what to send next.

use std::collections::HashMap;
use std::sync::Arc;

use super::diff::{self, Difference, Explained, SnapshotCause};
use super::narrowed_reads::SharedReads;
use super::narrowing::Narrowing;
use super::places::Place;
use super::resume_token::Resume;
use super::{Feed, Inner, Subscriber};
use crate::domain::id::ActivityId;
use crate::measures;
use crate::store;
use crate::store::database::doorbell::QueueKey;
use crate::store::queues::rows::QueueRow;
use crate::store::queues::states::QueueState;
use crate::wake::windows::{Entered, Reading, Slot};

/// One stream's view of a queue. It counts as an open stream until dropped.
pub struct Session {
    inner: Arc<Inner>,
    key: QueueKey,
    window: usize,
    /// The part of the window that the feed reads for it.
    shared: usize,
    subscriber: Subscriber,
    /// Who follows the queue: the same through all streams that were opened with a token of the
    /// first.
    client: u64,
    place: Place,
    slot: Arc<Slot>,
    /// The version of the slot at the last look.
    seen: u64,
    first_read: u64,
    resume: Option<Resume>,
    /// The state that the client has.
    sent: Option<Arc<Reading>>,
    /// What narrows it, if anything does.
    narrowed: Option<Box<Narrowed>>,
}

/// What narrows a session.
struct Narrowed {
    reads: Arc<SharedReads>,
    /// Whether the client has what matched something else.
    is_new: bool,
}

/// What to send to the client. Each event leads to the state that [`Session::state`] then returns.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Event {
    /// The client's token names the current state.
    Resumed,
    /// Only the time of the next due activity changed.
    NextDueTime,
    /// The queue no longer exists.
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
    /// Opens a session on the first `window` due activities of a queue, or of those that match, for
    /// a client with the state in `resume`. If the subscriber has too many, an earlier session
    /// loses its place.
    pub fn open(
        &self,
        key: QueueKey,
        window: usize,
        resume: Option<Resume>,
        subscriber: Subscriber,
        narrowing: Option<Narrowing>,
    ) -> Session {
        let narrowed = narrowing.map(|by| {
            let reads = self.inner.narrowed_reads(key, by);
            Box::new(Narrowed { reads, is_new: false })
        });

        // One that is narrowed only needs to hear of revisions.
        let shared = if narrowed.is_some() { 1 } else { window };
        let mut session = self.enter(key, shared, resume, subscriber, self.most_streams());
        (session.window, session.narrowed) = (window, narrowed);
        session
    }

    /// Opens a session that only tells when a queue changes. It takes nobody's place.
    pub fn follow(&self, key: QueueKey) -> Session {
        self.enter(key, 1, None, Subscriber::Waiting(key.0, key.1), usize::MAX)
    }

    fn enter(
        &self,
        key: QueueKey,
        window: usize,
        resume: Option<Resume>,
        subscriber: Subscriber,
        most: usize,
    ) -> Session {
        let inner = self.inner.clone();
        let client = resume.and_then(|resume| resume.client).unwrap_or_else(rand::random);
        let place = inner.take_place(subscriber, client, most);
        let Entered { slot, first_read } = inner.wake.windows().enter(key, window);

        Session {
            inner,
            key,
            window,
            shared: window,
            subscriber,
            client,
            place,
            slot,
            seen: 0,
            first_read,
            resume,
            sent: None,
            narrowed: None,
        }
    }
}

impl Session {
    /// Shows only some activities from now on. The client starts over if these are others than
    /// before.
    pub fn narrow(&mut self, by: Narrowing) {
        if by.fingerprint() != self.filter() {
            let (reads, is_new) = (self.inner.narrowed_reads(self.key, by), self.sent.is_some());
            self.narrowed = Some(Box::new(Narrowed { reads, is_new }));
        }
    }

    /// The number of what narrows it. 0: nothing.
    fn filter(&self) -> u64 {
        self.narrowed.as_ref().map_or(0, |narrowed| narrowed.reads.fingerprint())
    }

    /// Waits until there may be something to send. Dropping the future loses nothing.
    pub async fn changed(&self) {
        tokio::select! {
            () = self.slot.other_than(self.seen) => {}
            () = self.place.other_than(0) => {}
        }
    }

    /// Notes what is there by now, so that [`Self::changed`] waits for what comes later.
    pub fn note_seen(&mut self) {
        self.seen = self.slot.get().0;
    }

    /// Whether a newer session took the place of this one, which has to end.
    pub fn lost_its_place(&self) -> bool {
        self.place.get().1
    }

    /// What to send now, if anything: the difference between the latest state and the client's.
    ///
    /// # Errors
    /// It is narrowed, and the database failed.
    pub async fn take_event(&mut self) -> Result<Option<Event>, store::Error> {
        let (version, latest) = self.slot.get();
        // Noted before the comparison: a change during it wakes the session again.
        self.seen = version;
        // An earlier read may be older than the window of this session, or than its opening.
        let Some(latest) = latest.filter(|latest| latest.number >= self.first_read) else { return Ok(None) };
        let latest = match &self.narrowed {
            None => latest,
            // Boxed, because it is large, and most sessions aren't narrowed.
            Some(narrowed) => Box::pin(self.read_narrowed(narrowed, latest)).await?,
        };
        let Some(state) = &latest.state else { return Ok(Some(Event::Gone)) };

        let event = self.event_of(state);
        if let Some(event) = &event {
            self.count(event);
        }
        if let Some(narrowed) = &mut self.narrowed {
            narrowed.is_new = false;
        }
        self.sent = Some(latest);
        Ok(event)
    }

    /// What leads from the client's state to this one, if anything.
    fn event_of(&self, state: &QueueState) -> Option<Event> {
        if self.narrowed.as_ref().is_some_and(|narrowed| narrowed.is_new) {
            return Some(Event::Snapshot(SnapshotCause::FilterChanged));
        }

        match self.state() {
            None => match diff::opening(self.resume.as_ref(), state, (self.window, self.filter())) {
                Difference::Snapshot(cause) => Some(Event::Snapshot(cause)),
                _ => Some(Event::Resumed),
            },
            Some(sent) => match diff::difference(sent, state, self.window) {
                Difference::Nothing => None,
                Difference::NextDueTime => Some(Event::NextDueTime),
                Difference::Snapshot(cause) => Some(Event::Snapshot(cause)),
                Difference::Update { upserts, removals } => Some(Event::Update { upserts, removals }),
            },
        }
    }

    /// The state of a narrowed session that is as new as this one, or newer.
    async fn read_narrowed(
        &self,
        narrowed: &Narrowed,
        latest: Arc<Reading>,
    ) -> Result<Arc<Reading>, store::Error> {
        let Some(state) = &latest.state else { return Ok(latest) };

        let same = |sent: &&QueueState| (sent.revision, sent.stamp) == (state.revision, state.stamp);
        let read = match self.state().filter(same).filter(|_| !narrowed.is_new) {
            // Nothing differs but the next due time.
            Some(sent) => Some(QueueState { rows: sent.rows.clone(), ..state.clone() }),
            None => narrowed.reads.state(state, self.window).await?,
        };
        Ok(Arc::new(Reading { number: latest.number, state: read }))
    }

    fn count(&self, event: &Event) {
        let how = match event {
            Event::Snapshot(_) if self.sent.is_some() => {
                // A new list in the middle of a stream is not an opening.
                return metrics::counter!(measures::STREAM_RESETS).increment(1);
            }
            Event::Update { .. } | Event::NextDueTime | Event::Gone => return,
            Event::Resumed => "resumed",
            Event::Snapshot(SnapshotCause::Started) => "started",
            Event::Snapshot(SnapshotCause::Changed) => "changed",
            Event::Snapshot(SnapshotCause::Restored) => "restored",
            Event::Snapshot(SnapshotCause::WindowChanged) => "window_changed",
            Event::Snapshot(SnapshotCause::FilterChanged) => "filter_changed",
        };
        metrics::counter!(measures::STREAM_OPENINGS, "how" => how).increment(1);
    }

    /// The state that the client has once it received everything; none before the first event.
    pub fn state(&self) -> Option<&QueueState> {
        self.sent.as_ref()?.state.as_ref()
    }

    /// The window of that state.
    pub fn rows(&self) -> &[Arc<QueueRow>] {
        self.state().map(|state| diff::window(state, self.window)).unwrap_or_default()
    }

    /// The revision of that state; before the first event, the one in the client's token, or 0
    /// without a token.
    pub fn revision(&self) -> i64 {
        let sent = self.state().map(|state| state.revision);
        sent.or(self.resume.map(|resume| resume.revision)).unwrap_or_default()
    }

    /// The token for that state; before the first event, the client's own.
    pub fn resume_token(&self) -> String {
        let Self { window, .. } = *self;
        let (client, filter) = (Some(self.client), self.filter());
        let state = self.state().map(|state| (state.revision, state.stamp));
        let sent = state.map(|(revision, stamp)| Resume { revision, stamp, window, client, filter });
        sent.or(self.resume).map(|resume| resume.token(self.key)).unwrap_or_default()
    }

    /// What happened to activities that left the window, read together with the questions of other
    /// sessions. Activities that nothing is known about are absent.
    pub async fn departures(
        &self,
        ids: &[ActivityId],
    ) -> Result<HashMap<ActivityId, Explained>, store::Error> {
        let (organization, queue) = self.key;
        let keys: Vec<_> = ids.iter().map(|id| (organization, *id)).collect();
        let found = self.inner.departed.get(&keys).await?;
        let departed =
            |(id, found): (&ActivityId, Option<_>)| Some((*id, Explained::from_queue(queue, found?)));
        Ok(ids.iter().zip(found).filter_map(departed).collect())
    }
}

impl Drop for Session {
    fn drop(&mut self) {
        self.inner.wake.windows().leave(self.key, self.shared);
        self.inner.give_place_back(self.subscriber, &self.place);
    }
}
