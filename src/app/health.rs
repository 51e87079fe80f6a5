//! Reports, for each service, whether this server can do its work, by probing the database and
//! checking the loops.

use std::time::{Duration, Instant};

use chrono::{DateTime, TimeDelta, Utc};
use tokio::sync::watch;
use tokio::time::timeout;
use tokio_util::sync::CancellationToken;
use tonic_health::ServingStatus;
use tonic_health::server::HealthReporter;

use super::database_clock;
use crate::api::server::{self, HealthService};
use crate::clock::Clock;
use crate::measures;
use crate::store::{Probe, Store};
use crate::wake::Wake;
use crate::worker::LoopStatus;
use crate::worker::roster::TIMERS;

/// How often health is checked.
const BEAT: Duration = Duration::from_millis(200);
/// How long a probe may take before the database counts as down. Together with the check interval,
/// this is less than a second.
const PATIENCE: Duration = Duration::from_millis(700);
/// How often the database's clock is read.
const READ_CLOCK: Duration = Duration::from_secs(10);
/// The largest acceptable difference between this server's time and the database's, whether
/// measured or because the server waits for a clock that is behind.
const MOST_DRIFT: TimeDelta = TimeDelta::milliseconds(50);
/// A timer overdue for longer means that queues don't receive what is due.
const MOST_LAG: TimeDelta = TimeDelta::seconds(5);
/// The service that depends on punctual timers.
const WORK_QUEUE: &str = "upnext.v1.WorkQueueService";

/// The state that health checks report.
#[derive(Clone, Debug)]
pub(super) struct Health {
    reporter: HealthReporter,
    service: HealthService,
}

impl Default for Health {
    fn default() -> Self {
        let (reporter, service) = server::health();
        Self { reporter, service }
    }
}

impl Health {
    /// The service that answers health checks.
    pub(super) fn service(&self) -> HealthService {
        self.service.clone()
    }

    /// Notifies watchers of each service whose status changed.
    async fn report(&self, told: Option<Verdict>, verdict: Verdict) {
        for name in server::service_names().into_iter().chain([String::new()]) {
            let status = verdict.of(&name);
            if told.map(|told| told.of(&name)) != Some(status) {
                self.reporter.set_service_status(name, status).await;
            }
        }
    }

    /// Reports NOT_SERVING to watchers and ends their streams, so that a draining server doesn't
    /// wait for them.
    async fn end(mut self) {
        // Watchers learn of the shutdown before their streams end.
        self.report(None, Verdict { database: false, on_time: false }).await;
        for name in server::service_names().into_iter().chain([String::new()]) {
            self.reporter.clear_service_status(&name).await;
        }
    }
}

/// What the probe found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Found {
    /// The database takes writes.
    Writable,
    /// The database refuses writes: it is a standby, or is kept read-only.
    ReadOnly,
}

/// The result of a health check.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Verdict {
    /// The database answers and takes writes, and its clock agrees with this server's.
    database: bool,
    /// Timers fire when they are due.
    on_time: bool,
}

impl Verdict {
    const WELL: Self = Self { database: true, on_time: true };

    /// The status of a service; the empty name is the whole server.
    fn of(self, service: &str) -> ServingStatus {
        // Late timers only affect the work queue.
        match self.database && (self.on_time || service != WORK_QUEUE) {
            true => ServingStatus::Serving,
            false => ServingStatus::NotServing,
        }
    }
}

/// Checks everything at intervals.
pub(super) struct Beat {
    pub(super) probe: Probe,
    /// The stores to notify whether the database answers.
    pub(super) stores: Vec<Store>,
    pub(super) clock: Clock,
    pub(super) wake: Wake,
    pub(super) health: Health,
    /// The status of the loops.
    pub(super) loops: Vec<watch::Receiver<LoopStatus>>,
}

impl Beat {
    /// Checks once before the server starts, so that no answer is a guess.
    pub(super) async fn begin(&mut self) -> State {
        let mut state = State::default();
        self.look(&mut state).await;
        state
    }

    /// Checks until `stop`.
    pub(super) async fn repeat(mut self, mut state: State, stop: CancellationToken) {
        while stop.run_until_cancelled(tokio::time::sleep(BEAT)).await.is_some() {
            if stop.run_until_cancelled(self.look(&mut state)).await.is_none() {
                break;
            }
        }
        self.health.end().await;
    }

    async fn look(&mut self, state: &mut State) {
        let reconnections = self.probe.reconnections();
        let asked = timeout(PATIENCE, self.ask(state)).await;
        let found = asked.ok().flatten();
        // A standby answers, but not what we need.
        let answers = found == Some(Found::Writable);
        self.tell_stores(found, self.probe.reconnections() > reconnections, state);

        let drift = self.clock.drift().abs().max(self.clock.held());
        let lag = self.lag();
        metrics::gauge!(measures::DATABASE_UP).set(f64::from(u8::from(answers)));
        metrics::gauge!(measures::CLOCK_DRIFT).set(drift.as_seconds_f64());
        metrics::gauge!(measures::TIMER_LAG).set(lag.as_seconds_f64());
        let longest_wait = self.stores.iter().map(Store::longest_wait).max().unwrap_or_default();
        metrics::gauge!(measures::LONGEST_WAIT).set(longest_wait.as_secs_f64());

        let verdict = Verdict { database: answers && drift <= MOST_DRIFT, on_time: lag <= MOST_LAG };
        if state.verdict == Some(verdict) {
            return;
        }

        // A server that starts healthy has nothing to report.
        if state.verdict.is_some() || verdict != Verdict::WELL {
            let (drift, lag) = (drift.num_milliseconds(), lag.num_milliseconds());
            let Verdict { database, on_time } = verdict;
            let (waited, writable) = (longest_wait.as_millis(), found != Some(Found::ReadOnly));
            tracing::warn!(database, writable, on_time, drift, lag, waited, "health changed");
        }
        self.health.report(state.verdict.replace(verdict), verdict).await;
    }

    /// What the database answers, or `None` if it doesn't. The first probe after a silence or over
    /// a new connection also reads the clock, because it may be a different machine.
    async fn ask(&mut self, state: &mut State) -> Option<Found> {
        if !state.must_read(Instant::now()) && self.probe.answer().await.ok()? {
            return Some(Found::Writable);
        }

        let writable = database_clock::follow(&self.clock, &mut self.probe).await.ok()?;
        state.read_at = Some(Instant::now());
        if !writable {
            // The address may lead to another database by now.
            self.probe.disconnect();
            return Some(Found::ReadOnly);
        }
        Some(Found::Writable)
    }

    /// Tells the stores what became of the connections that they made until now.
    fn tell_stores(&self, found: Option<Found>, reconnected: bool, state: &mut State) {
        let returned = found == Some(Found::Writable) && std::mem::take(&mut state.read_only);
        state.read_only |= found == Some(Found::ReadOnly);

        for store in &self.stores {
            // Work in progress gives up once the database counts as down.
            store.note_answers(found.is_some());
            match (reconnected, returned) {
                (true, _) => store.doubt_connections(),
                (false, true) => store.renew_connections(),
                (false, false) => {}
            }
        }
    }

    /// How late timers are, from the earliest due timer and from the state of their loop.
    fn lag(&self) -> TimeDelta {
        let now = self.clock.now();
        let loops = self.loops.iter().map(|status| status.borrow());
        let timers = loops.filter(|status| status.name == TIMERS).map(|status| status.lag(now)).max();
        lag(now, self.wake.next_timer_due()).max(timers.unwrap_or_default())
    }
}

/// The state from one check to the next.
#[derive(Default)]
pub(super) struct State {
    /// The last reported verdict; none at first.
    verdict: Option<Verdict>,
    /// When the database's clock was last read.
    read_at: Option<Instant>,
    /// True if the database took no writes at the latest reading.
    read_only: bool,
}

impl State {
    /// While all is well, a ping is enough.
    fn must_read(&self, now: Instant) -> bool {
        let read = self.read_at.is_some_and(|read| now - read < READ_CLOCK);
        !(self.verdict.is_some_and(|verdict| verdict.database) && read)
    }
}

/// How long the earliest known timer has been overdue. A timer whose time isn't known (it is being
/// read) isn't late.
fn lag(now: DateTime<Utc>, next_due: Option<DateTime<Utc>>) -> TimeDelta {
    // The smallest instant stands for an unknown one.
    let due = next_due.filter(|due| *due > DateTime::<Utc>::MIN_UTC);
    due.map_or(TimeDelta::zero(), |due| (now - due).max(TimeDelta::zero()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(millis: i64) -> DateTime<Utc> {
        DateTime::from_timestamp_millis(1_800_000_000_000 + millis).expect("in range")
    }

    #[test]
    fn the_databases_clock_is_read_now_and_then_and_whenever_it_was_away() {
        let read = Instant::now();
        let state = |database| State {
            verdict: Some(Verdict { database, on_time: true }),
            read_at: Some(read),
            read_only: false,
        };
        assert!(State::default().must_read(read), "the first time");
        assert!(!state(true).must_read(read + Duration::from_millis(9_900)));
        assert!(state(true).must_read(read + Duration::from_secs(10)));
        assert!(state(false).must_read(read + Duration::from_millis(1)));
    }

    #[test]
    fn a_timer_is_late_once_it_is_overdue_and_known() {
        assert_eq!(lag(at(0), None), TimeDelta::zero());
        assert_eq!(lag(at(0), Some(at(10))), TimeDelta::zero());
        assert_eq!(lag(at(10), Some(at(0))), TimeDelta::milliseconds(10));
        assert_eq!(lag(at(0), Some(DateTime::<Utc>::MIN_UTC)), TimeDelta::zero());
    }
}
