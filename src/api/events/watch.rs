//! The stream of events. It reads stretches of what is published, and nothing is kept for it: a
//! slow client only reads later.

use chrono::{DateTime, Utc};
use prost_types::Duration;
use tonic::Status;

use super::reading::{self, Slice};
use super::service::not_published;
use crate::api::call::Call;
use crate::api::convert::timestamp;
use crate::api::layers::identity::Method;
use crate::api::page::Log;
use crate::api::pb::watch_events_response::Kind as Message;
use crate::api::work_queue::watch::{Live, Messages, Phase, Right, Watching, after, stream_age};
use crate::api::{Api, pb, status};
use crate::domain::event_filter::EventFilter;
use crate::domain::id::OrganizationId;
use crate::engine::{Engine, Error};
use crate::feed::{HeldPlace, Subscriber};
use crate::store::publication;
use crate::wake::Topic;

/// The most events of one message.
const MOST_EVENTS: usize = 500;

impl Api {
    /// The last position of the caller's organization.
    ///
    /// # Errors
    /// It doesn't publish its events.
    pub(super) async fn head(&self, call: &Call) -> Result<i64, Status> {
        let mut conn = self.read(call.organization()).await?;
        let head = publication::head(&mut conn, call.organization()).await?;
        head.ok_or_else(not_published)
    }

    /// Sends events after a position, as they are published.
    pub(super) fn follow(
        &self,
        call: &Call,
        filter: EventFilter,
        log: Log,
        position: i64,
    ) -> Messages<pb::WatchEventsResponse> {
        let age = stream_age(&self.live.settings, call.over_http1);
        let subscriber = Subscriber::Events(call.organization(), call.caller.key);

        let watch = Watch {
            engine: self.engine.clone(),
            organization: call.organization(),
            filter,
            log,
            position,
            method: call.method,
            right: self.live.rights.of(&call.caller),
            place: self.live.feed.take_place(subscriber),
            live: self.live.clone(),
            phase: Phase::Open,
            is_new: true,
            heartbeat_at: call.now,
            end_at: after(call.now, age),
        };
        watch.messages()
    }
}

/// One stream.
struct Watch {
    engine: Engine,
    live: Live,
    organization: OrganizationId,
    filter: EventFilter,
    log: Log,
    /// The last position that was looked at.
    position: i64,
    method: Method,
    right: Right,
    place: HeldPlace,
    phase: Phase,
    /// Nothing was sent yet.
    is_new: bool,
    heartbeat_at: DateTime<Utc>,
    end_at: DateTime<Utc>,
}

impl Watching for Watch {
    type Message = pb::WatchEventsResponse;

    fn phase(&mut self) -> &mut Phase {
        &mut self.phase
    }

    async fn next_while_open(&mut self) -> Result<pb::WatchEventsResponse, Status> {
        let clock = self.engine.clock().clone();
        loop {
            let now = clock.now();
            if self.live.stop.is_cancelled() || now >= self.end_at {
                self.phase = Phase::Draining;
                return Ok(self.message(now, Message::Draining(pb::EventsDraining {})));
            }
            if self.place.is_lost() {
                return Err(status::too_many_streams(self.live.feed.most_streams()));
            }
            // A revoked or expired key must not see another message.
            self.right.admitted(self.method, now)?;

            // Arm before reading, so that nothing published in between waits for the next poll.
            let published = self.engine.wake().arm(Topic::Published(self.organization));
            let slice = self.read().await?;
            // A long stretch without a wanted event is passed over in several reads.
            let is_followed = slice.is_followed();
            if let Some(message) = self.take(slice, now) {
                return Ok(message);
            }
            if is_followed {
                continue;
            }

            // A wake-up may get lost on its way from another server, so look again now and then.
            let poll_at = after(now, self.live.feed.poll());
            let next = self.heartbeat_at.min(self.end_at).min(poll_at);
            let next = self.right.expire_time.map_or(next, |end| next.min(end));
            tokio::select! {
                () = self.live.stop.cancelled() => {}
                () = published => {}
                () = self.place.lost() => {}
                () = self.right.changed() => {}
                () = clock.sleep_until(next) => {}
            }
        }
    }
}

impl Watch {
    /// Reads what comes next.
    async fn read(&self) -> Result<Slice, Status> {
        // Boxed: the largest future that a stream may await is in its memory while it is open.
        let Self { engine, organization, filter, position, .. } = self;
        let read = Box::pin(reading::after(engine, *organization, filter, *position, MOST_EVENTS));
        let slice = read.await?.ok_or_else(not_published)?;
        slice.check_follows(Some(*position)).map_err(Error::from)?;
        Ok(slice)
    }

    /// Goes on after what was read. Returns the message to send now, if any.
    fn take(&mut self, slice: Slice, now: DateTime<Utc>) -> Option<pb::WatchEventsResponse> {
        let waiting_event_count = slice.head - slice.upto;
        // Noted even without a message: the next one has a token that goes on from here.
        self.position = slice.upto;
        let message = if !slice.events.is_empty() {
            let events = slice.events.into_iter().map(|(_, event)| event).collect();
            Message::Published(pb::PublishedEvents { events })
        } else if now >= self.heartbeat_at || self.is_new {
            let heartbeat_interval = Duration::try_from(self.live.settings.heartbeat_interval).ok();
            Message::Heartbeat(pb::EventsHeartbeat {
                server_time: Some(timestamp(now)),
                waiting_event_count,
                heartbeat_interval,
            })
        } else {
            return None;
        };

        self.is_new = false;
        self.heartbeat_at = after(now, self.live.settings.heartbeat_interval);
        Some(self.message(now, message))
    }

    fn message(&self, now: DateTime<Utc>, message: Message) -> pb::WatchEventsResponse {
        let resume_token = self.log.token(now, self.position);
        pb::WatchEventsResponse { resume_token, kind: Some(message) }
    }
}
