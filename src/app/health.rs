//! Says honestly, service by service, whether this server can do its work: it asks the database, and looks at the loops.

use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};
use tokio::sync::watch;
use tokio_util::sync::CancellationToken;
use tonic_health::ServingStatus;
use tonic_health::server::HealthReporter;

use super::database_clock;
use crate::api::server::{self, HealthService};
use crate::clock::Clock;
use crate::store::Store;
use crate::wake::Wake;
use crate::worker::LoopStatus;

/// How often health is looked at.
const BEAT: Duration = Duration::from_millis(500);
/// How often the database's clock is read while all is well.
const READ_CLOCK: TimeDelta = TimeDelta::seconds(5);
/// A loop's success this recent shows that the database answers, without asking it again.
const FRESH: TimeDelta = TimeDelta::milliseconds(1_300);
/// The servers' time may differ this much from the database's between two readings.
const MOST_DRIFT: TimeDelta = TimeDelta::milliseconds(50);
/// A timer that is overdue for longer means that the queues don't get what is due.
const MOST_LAG: TimeDelta = TimeDelta::seconds(5);
/// The service whose answers depend on timers being fired in time.
const WORK_QUEUE: &str = "upnext.v1.WorkQueueService";

/// What health checks are answered from.
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
    /// What answers health checks.
    pub(super) fn service(&self) -> HealthService {
        self.service.clone()
    }

    async fn report(&self, verdict: Verdict) {
        for name in server::service_names() {
            let works = if name == WORK_QUEUE { verdict.on_time } else { true };
            self.reporter.set_service_status(name, status(verdict.database && works)).await;
        }
        self.reporter.set_service_status("", status(verdict.database)).await;
    }

    /// Ends the streams of those who watch, after a last word: a draining server doesn't wait for them.
    async fn end(mut self) {
        self.report(Verdict { database: false, on_time: false }).await;
        for name in server::service_names().into_iter().chain([String::new()]) {
            self.reporter.clear_service_status(&name).await;
        }
    }
}

fn status(serving: bool) -> ServingStatus {
    if serving { ServingStatus::Serving } else { ServingStatus::NotServing }
}

/// What there is to be said.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Verdict {
    /// The database answers, and agrees with this server about the time.
    database: bool,
    /// Timers are fired when they are due.
    on_time: bool,
}

/// Looks at everything twice a second.
pub(super) struct Beat {
    pub(super) store: Store,
    pub(super) clock: Clock,
    pub(super) wake: Wake,
    pub(super) health: Health,
    pub(super) loops: Vec<watch::Receiver<LoopStatus>>,
}

impl Beat {
    /// Looks for the first time, so that no check is answered from a guess.
    pub(super) async fn begin(&self) -> State {
        let mut state = State { verdict: Verdict { database: true, on_time: true }, read_at: None };
        self.look(&mut state).await;
        state
    }

    /// Looks until `stop`.
    pub(super) async fn repeat(self, mut state: State, stop: CancellationToken) {
        while stop.run_until_cancelled(tokio::time::sleep(BEAT)).await.is_some() {
            self.look(&mut state).await;
        }
        self.health.end().await;
    }

    async fn look(&self, state: &mut State) {
        let now = self.clock.now();
        let latest_success = self.loops.iter().filter_map(|status| status.borrow().last_success).max();
        let answers = if state.must_ask(now, latest_success) {
            state.read_at = Some(now);
            database_clock::follow(&self.clock, &self.store).await
        } else {
            true
        };
        let drift = self.clock.drift();
        let lag = lag(self.clock.now(), self.wake.next_timer_due());
        let verdict = Verdict { database: answers && drift.abs() <= MOST_DRIFT, on_time: lag <= MOST_LAG };
        if verdict != state.verdict {
            let (drift, lag) = (drift.num_milliseconds(), lag.num_milliseconds());
            tracing::warn!(
                database = verdict.database,
                on_time = verdict.on_time,
                drift,
                lag,
                "health changed"
            );
        }
        state.verdict = verdict;
        self.health.report(verdict).await;
    }
}

/// What is kept from one look to the next.
pub(super) struct State {
    verdict: Verdict,
    /// When the database's clock was last read.
    read_at: Option<DateTime<Utc>>,
}

impl State {
    /// While all is well and some loop has just succeeded, asking again would only cost.
    fn must_ask(&self, now: DateTime<Utc>, latest_success: Option<DateTime<Utc>>) -> bool {
        let fresh = latest_success.is_some_and(|success| now - success < FRESH);
        let read = self.read_at.is_some_and(|read| now - read < READ_CLOCK);
        !(self.verdict.database && fresh && read)
    }
}

/// For how long the earliest timer known has been overdue. A timer of unknown time (it is being read) is not late.
fn lag(now: DateTime<Utc>, next_due: Option<DateTime<Utc>>) -> TimeDelta {
    let due = next_due.filter(|due| *due > DateTime::<Utc>::MIN_UTC);
    due.map_or(TimeDelta::zero(), |due| (now - due).max(TimeDelta::zero()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(millis: i64) -> DateTime<Utc> {
        DateTime::from_timestamp_millis(1_800_000_000_000 + millis).expect("in range")
    }

    fn state(database: bool) -> State {
        State { verdict: Verdict { database, on_time: true }, read_at: Some(at(0)) }
    }

    #[test]
    fn a_database_that_a_loop_has_just_used_is_not_asked_again() {
        assert!(!state(true).must_ask(at(1_000), Some(at(500))));
        assert!(state(true).must_ask(at(2_000), Some(at(500))), "the success is old");
        assert!(state(true).must_ask(at(1_000), None), "no loop runs");
        assert!(state(true).must_ask(at(5_000), Some(at(4_900))), "its clock has to be read");
    }

    #[test]
    fn a_database_that_did_not_answer_is_asked_at_every_beat() {
        assert!(state(false).must_ask(at(500), Some(at(499))));
    }

    #[test]
    fn a_timer_is_late_once_it_is_overdue_and_known() {
        assert_eq!(lag(at(0), None), TimeDelta::zero());
        assert_eq!(lag(at(0), Some(at(10))), TimeDelta::zero());
        assert_eq!(lag(at(10), Some(at(0))), TimeDelta::milliseconds(10));
        assert_eq!(lag(at(0), Some(DateTime::<Utc>::MIN_UTC)), TimeDelta::zero());
    }
}
