//! Streams: each follows one queue through a session of the feed, for as long as its caller may see
//! the queue.
//!
//! Nothing is buffered for a slow client. A stream is only asked for its next message when there is
//! room for it, and then sends the latest state.

mod head;
mod messages;
mod narrowed;
mod rights;
mod window;

use std::collections::HashMap;
use std::sync::Arc;
use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};
use tokio_util::sync::CancellationToken;
use tonic::{Request, Response, Status};

use crate::api::call::Call;
use crate::api::layers::identity::Method;
use crate::api::work_queue::kept_texts::{KeptTexts, ShownTexts};
use crate::api::{Api, pb, status, validate};
use crate::domain::id::{ActivityId, QueueId};
use crate::engine::{self, Engine, Kind};
use crate::feed::diff::Explained;
use crate::feed::narrowing::Narrowing;
use crate::feed::resume_token::Resume;
use crate::feed::{Event, Feed, Session, Subscriber};
use crate::store::queues::rows::QueueRow;
use crate::store::queues::states::QueueState;

pub use messages::Messages;
use narrowed::{Asked, Followed};
pub use rights::Rights;

pub(in crate::api) use messages::{Phase, Watching};
pub(in crate::api) use rights::Right;

/// The default number of activities that a stream follows.
const DEFAULT_WINDOW: usize = 50;

/// The longest age of a stream over HTTP/1.1. Nothing else shows that its client is gone if there
/// is a proxy in between, and it would keep its place among the seller's streams. HTTP/2 has pings.
const AGE_OVER_HTTP1: Duration = Duration::from_secs(60);

/// What streams need, apart from the call itself.
#[derive(Clone, Debug)]
pub struct Live {
    /// The live state of queues.
    pub feed: Feed,
    /// Whether callers may keep their streams.
    pub rights: Rights,
    /// Age limits and intervals.
    pub settings: StreamSettings,
    /// Cancelled when the server stops.
    pub stop: CancellationToken,
    /// Cached revision texts.
    pub texts: KeptTexts,
}

/// Age limits and intervals of streams.
#[derive(Clone, Copy, Debug)]
pub struct StreamSettings {
    /// The shortest age at which a stream ends.
    pub min_age: Duration,
    /// The longest age at which a stream ends.
    pub max_age: Duration,
    /// How often a quiet stream sends a heartbeat.
    pub heartbeat_interval: Duration,
}

/// How one kind of stream shows a queue.
trait View: Send + 'static {
    type Message: Send + 'static;

    /// Whether it says why activities left the window.
    const EXPLAINS_REMOVALS: bool;

    /// The activities whose texts are needed to show an event.
    fn shown<'a>(&self, event: &'a Event, session: &'a Session) -> &'a [Arc<QueueRow>];

    /// The message for an event; none if there is nothing to send.
    fn event(&mut self, context: EventContext<'_>) -> Option<Self::Message>;

    /// The next message for the last event, if it needs several.
    fn rest(&mut self, _: &Session) -> Option<Self::Message> {
        None
    }

    /// A heartbeat; none if this kind of stream doesn't send any.
    fn heartbeat(&self, session: &Session, now: DateTime<Utc>) -> Option<Self::Message>;

    /// The last message before a stream ends; none if this kind of stream doesn't send one.
    fn draining(&self, session: &Session) -> Option<Self::Message>;
}

/// An event and everything needed to show it.
struct EventContext<'a> {
    event: &'a Event,
    session: &'a Session,
    state: &'a QueueState,
    now: DateTime<Utc>,
    texts: ShownTexts,
    departures: HashMap<ActivityId, Explained>,
}

impl Api {
    pub(super) async fn watch_window(
        &self,
        request: Request<pb::WatchWorkQueueRequest>,
    ) -> Result<Response<Messages<pb::WatchWorkQueueResponse>>, Status> {
        let (call, message) = self.enter(request)?;
        validate::check(&message)?;

        let queue = self.queue(&call, "queue", &message.queue).await?;
        let key = (call.organization(), queue);
        let resume = Resume::read(&message.resume_token, key)?;

        let asked = Asked::of(&message, call.organization(), call.caller.scope());
        let shown = match &asked {
            None => None,
            Some(asked) => Some(Box::pin(asked.read(&self.engine)).await?),
        };

        let saved = shown.as_ref().and_then(|shown| shown.window);
        let wanted = Some(message.window_size).filter(|size| *size > 0).or(saved);
        let window = wanted.and_then(|size| usize::try_from(size).ok()).unwrap_or(DEFAULT_WINDOW);
        let narrowing = shown.as_ref().map(|shown| shown.narrowing.clone());
        let session = self.open_session(&call, queue, window, (resume, narrowing));
        let followed = shown.zip(asked).and_then(|(shown, asked)| shown.follow(asked, &self.live.feed));
        let view = window::Window::new(self.live.settings.heartbeat_interval);
        let watch = Watch { followed, ..Watch::new(self, &call, queue, session, view) };
        Ok(Response::new(watch.messages()))
    }

    pub(super) async fn watch_head(
        &self,
        request: Request<pb::WatchNextActivityRequest>,
    ) -> Result<Response<Messages<pb::WatchNextActivityResponse>>, Status> {
        let (call, message) = self.enter(request)?;
        validate::check(&message)?;
        let queue = self.queue(&call, "queue", &message.queue).await?;
        let session = self.open_session(&call, queue, 1, (None, None));
        let view = head::Head::new(self.live.settings.heartbeat_interval);
        Ok(Response::new(Watch::new(self, &call, queue, session, view).messages()))
    }

    fn open_session(
        &self,
        call: &Call,
        queue: QueueId,
        window: usize,
        (resume, narrowing): (Option<Resume>, Option<Narrowing>),
    ) -> Session {
        let organization = call.organization();
        // A key without a seller can watch many queues, so its streams count per queue.
        let subscriber = match call.caller.seller {
            Some(seller) => Subscriber::Seller(organization, seller),
            None => Subscriber::Key(organization, call.caller.key, queue),
        };

        self.live.feed.open((organization, queue), window, resume, subscriber, narrowing)
    }
}

/// One stream.
struct Watch<V> {
    engine: Engine,
    live: Live,
    queue: QueueId,
    method: Method,
    right: Right,
    session: Session,
    /// The saved view that narrows it, if one does.
    followed: Option<Box<Followed>>,
    view: V,
    phase: Phase,
    heartbeat_at: DateTime<Utc>,
    end_at: DateTime<Utc>,
}

impl<V: View> Watching for Watch<V> {
    type Message = V::Message;

    fn phase(&mut self) -> &mut Phase {
        &mut self.phase
    }

    async fn next_while_open(&mut self) -> Result<V::Message, Status> {
        let (clock, stop) = (self.engine.clock().clone(), self.live.stop.clone());
        loop {
            let now = clock.now();
            if stop.is_cancelled() || now >= self.end_at {
                return self.drain();
            }

            if self.session.lost_its_place() {
                return Err(status::too_many_streams(self.live.feed.most_streams()));
            }

            // A revoked or expired key must not see another message.
            self.right.check(self.method, self.queue, now)?;
            // The rest of an earlier state comes before any newer one.
            if let Some(message) = self.view.rest(&self.session) {
                return Ok(message);
            }

            if let Some(followed) = &mut self.followed {
                Box::pin(followed.apply(&self.engine, &self.live.feed, &mut self.session)).await?;
            }
            if let Some(message) = self.event(now).await? {
                self.heartbeat_at = after(now, self.live.settings.heartbeat_interval);
                return Ok(message);
            }
            if let Some(message) = self.heartbeat(now) {
                return Ok(message);
            }

            // Wake up in time for the heartbeat, the end of the stream and the expiry of its key.
            let next = self.heartbeat_at.min(self.end_at);
            let next = self.right.expire_time.map_or(next, |end| next.min(end));
            tokio::select! {
                () = stop.cancelled() => {}
                () = self.session.changed() => {}
                () = changed(self.followed.as_deref()) => {}
                () = self.right.changed() => {}
                () = clock.sleep_until(next) => {}
            }
        }
    }
}

impl<V: View> Watch<V> {
    fn new(api: &Api, call: &Call, queue: QueueId, session: Session, view: V) -> Self {
        let settings = &api.live.settings;
        let age = stream_age(settings, call.over_http1);

        Self {
            queue,
            method: call.method,
            right: api.live.rights.of(&call.caller),
            session,
            followed: None,
            view,
            phase: Phase::Open,
            heartbeat_at: after(call.now, settings.heartbeat_interval),
            end_at: after(call.now, age),
            engine: api.engine.clone(),
            live: api.live.clone(),
        }
    }

    fn drain(&mut self) -> Result<V::Message, Status> {
        self.phase = Phase::Draining;
        self.view.draining(&self.session).ok_or_else(status::drained)
    }

    /// The message to send now, if any.
    async fn event(&mut self, now: DateTime<Utc>) -> Result<Option<V::Message>, Status> {
        let taken = self.session.take_event().await.map_err(engine::Error::from)?;
        let Some(event) = taken else { return Ok(None) };
        if event == Event::Gone {
            return Err(status::missing(Kind::Queue, "the queue").into_status());
        }

        let shown = self.view.shown(&event, &self.session);
        let removals = match &event {
            Event::Update { removals, .. } => &removals[..],
            _ => &[],
        };
        let shown: Vec<&QueueRow> = shown.iter().map(Arc::as_ref).collect();

        // Boxed, because the largest future that a stream may await is part of its memory while it
        // is open, and a read takes 8 KiB.
        let texts = Box::pin(self.live.texts.of(&self.engine, &shown)).await?;
        let departures = match V::EXPLAINS_REMOVALS && !removals.is_empty() {
            // A removal without its cause is better than no removal.
            true => Box::pin(self.session.departures(removals)).await.unwrap_or_default(),
            false => HashMap::new(),
        };

        let Some(state) = self.session.state() else { return Ok(None) };
        let context = EventContext { event: &event, session: &self.session, state, now, texts, departures };
        Ok(self.view.event(context))
    }

    fn heartbeat(&mut self, now: DateTime<Utc>) -> Option<V::Message> {
        if now < self.heartbeat_at {
            return None;
        }
        self.heartbeat_at = after(now, self.live.settings.heartbeat_interval);
        self.view.heartbeat(&self.session, now)
    }
}

/// Waits until a view has changed. For ever, without one.
async fn changed(followed: Option<&Followed>) {
    match followed {
        Some(followed) => followed.changed().await,
        None => std::future::pending().await,
    }
}

/// Returns the age at which a stream ends.
pub(in crate::api) fn stream_age(settings: &StreamSettings, over_http1: bool) -> Duration {
    // Random ages spread reconnects over time after many streams started together.
    let age = rand::random_range(settings.min_age..=settings.max_age);
    if over_http1 { age.min(AGE_OVER_HTTP1) } else { age }
}

/// Returns the instant that much later.
pub(in crate::api) fn after(now: DateTime<Utc>, interval: Duration) -> DateTime<Utc> {
    let interval = TimeDelta::from_std(interval).unwrap_or(TimeDelta::MAX);
    now.checked_add_signed(interval).unwrap_or(DateTime::<Utc>::MAX_UTC)
}
