//! The live queue: the first activities of a queue as they are now.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use futures::stream::{self, Stream};
use tokio::sync::{mpsc, watch};

use crate::Channel;
use crate::connect::Key;
use crate::error::Error;
use crate::state::{Change, Reopening, State};
use crate::v1::work_queue_service_client::WorkQueueServiceClient;
use crate::v1::{Activity, QueueCounts};

/// Opens its stream again for ever; `live` says whether it is in step. While it isn't, the list
/// stays as it was. Cheap to clone; its stream ends with the last handle.
#[derive(Clone)]
pub struct Queue {
    shared: Arc<Shared>,
    _task: Arc<Task>,
}

struct Task(tokio::task::AbortHandle);

impl Drop for Task {
    fn drop(&mut self) {
        self.0.abort();
    }
}

struct Shared {
    kept: Mutex<(State, Reopening)>,
    listeners: Mutex<Vec<mpsc::UnboundedSender<Change>>>,
    changed: watch::Sender<()>,
    window: i32,
}

/// Why waiting for a queue ended.
pub type QueueError = Error;

impl Queue {
    pub(crate) fn open(channel: Channel, queue: &str, window: i32) -> Self {
        let key_is_asked = matches!(*channel.key, Key::Asked(_));
        let reopening = Reopening::new(queue, key_is_asked);
        let shared = Arc::new(Shared {
            kept: Mutex::new((State::default(), reopening)),
            listeners: Mutex::default(),
            changed: watch::Sender::new(()),
            window,
        });
        let task = tokio::spawn(keep(shared.clone(), channel));
        Self { shared, _task: Arc::new(Task(task.abort_handle())) }
    }

    /// The due activities, the first one first; BASIC.
    pub fn items(&self) -> Arc<Vec<Activity>> {
        self.shared.kept().0.items.clone()
    }

    /// Of the whole queue, beyond the window.
    pub fn counts(&self) -> QueueCounts {
        self.shared.kept().0.counts
    }

    /// When the next wait or snooze ends, if any is known.
    pub fn next_due_time(&self) -> Option<prost_types::Timestamp> {
        self.shared.kept().0.next_due_time
    }

    /// The queue's revision that the list is of.
    pub fn revision(&self) -> i64 {
        self.shared.kept().0.revision
    }

    /// Whether the list is in step now.
    pub fn live(&self) -> bool {
        self.shared.kept().0.live
    }

    /// Why the queue has ended for good, if it has.
    pub fn last_error(&self) -> Option<Error> {
        self.shared.kept().0.last_error.clone()
    }

    /// How often its stream has ended.
    pub fn reconnects(&self) -> u32 {
        self.shared.kept().1.count
    }

    /// Waits for something to do.
    pub async fn head(&self) -> Result<Activity, QueueError> {
        self.until(|queue| queue.items().first().cloned()).await
    }

    /// Waits until a condition of the queue has something. Fails with `last_error` once that is
    /// set.
    pub async fn until<T>(&self, condition: impl Fn(&Self) -> Option<T>) -> Result<T, QueueError> {
        let mut changed = self.shared.changed.subscribe();
        loop {
            changed.mark_unchanged();
            if let Some(value) = condition(self) {
                return Ok(value);
            }
            if let Some(error) = self.last_error() {
                return Err(error);
            }
            // The sender lives as long as this handle.
            let _ = changed.changed().await;
        }
    }

    /// Every change from now on. The stream ends with the queue.
    pub fn changes(&self) -> impl Stream<Item = Change> + Unpin + use<> {
        let (sender, receiver) = mpsc::unbounded_channel();
        self.shared.listeners.lock().unwrap_or_else(PoisonError::into_inner).push(sender);
        let next = |mut receiver: mpsc::UnboundedReceiver<Change>| async {
            receiver.recv().await.map(|change| (change, receiver))
        };
        Box::pin(stream::unfold(receiver, next))
    }
}

impl Shared {
    fn kept(&self) -> MutexGuard<'_, (State, Reopening)> {
        self.kept.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn tell(&self, change: Option<Change>) {
        if let Some(change) = change {
            let mut listeners = self.listeners.lock().unwrap_or_else(PoisonError::into_inner);
            listeners.retain(|listener| listener.send(change.clone()).is_ok());
        }
        self.changed.send_replace(());
    }
}

async fn keep(shared: Arc<Shared>, channel: Channel) {
    loop {
        let error = listen(&shared, channel.clone()).await.err().flatten();
        let (change, delay) = {
            let (state, reopening) = &mut *shared.kept();
            let was_live = std::mem::replace(&mut state.live, false);
            (was_live.then(Change::default), reopening.after(error, state))
        };
        shared.tell(change);
        let Some(delay) = delay else { break };
        tokio::time::sleep(delay).await;
    }
    shared.listeners.lock().unwrap_or_else(PoisonError::into_inner).clear();
}

/// One stream, from its opening to its end; `None` after too long a silence.
async fn listen(shared: &Shared, channel: Channel) -> Result<(), Option<Error>> {
    let (request, silence) = {
        let (state, reopening) = &mut *shared.kept();
        (state.request(&reopening.queue, shared.window), state.silence())
    };
    let mut client = WorkQueueServiceClient::new(channel).max_decoding_message_size(16 << 20);
    let opened = tokio::time::timeout(silence, client.watch_work_queue(request)).await.map_err(|_| None)?;
    let mut stream = opened.map_err(|status| Some(status.into()))?.into_inner();
    loop {
        let silence = shared.kept().0.silence();
        let message = tokio::time::timeout(silence, stream.message()).await.map_err(|_| None)?;
        let Some(message) = message.map_err(|status| Some(status.into()))? else { return Ok(()) };
        let change = {
            let (state, reopening) = &mut *shared.kept();
            reopening.heard();
            state.apply(message)
        };
        shared.tell(change);
    }
}
