use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};

use super::*;
use crate::clock::ManualClock;

/// A loop under test: what each tick answers, and a look at its status with a deadline.
struct Rig {
    manual: ManualClock,
    driver: Driver,
}

type Answer = Result<Progress, &'static str>;

impl Rig {
    fn new() -> Self {
        Self::on(ManualClock::new(DateTime::UNIX_EPOCH))
    }

    fn on(manual: ManualClock) -> Self {
        let driver = Driver {
            clock: manual.clock(),
            wake: Wake::new(),
            poll: Duration::from_secs(1),
            tracker: TaskTracker::new(),
            stop: CancellationToken::new(),
        };
        Self { manual, driver }
    }

    /// Starts a loop whose ticks give these answers in turn, then none to do; and notes the
    /// instants of its ticks.
    fn spawn(&self, topic: Option<Topic>, answers: Vec<Answer>) -> Watched {
        let ticks = Arc::new(Mutex::new(Vec::new()));
        let (noted, answers) = (Arc::clone(&ticks), Mutex::new(answers.into_iter()));
        let mut looped = Loop::new("test", move |now| {
            noted.lock().unwrap().push(now);
            let answer = answers.lock().unwrap().next().unwrap_or(Ok(Progress::default()));
            async move { answer.map_err(Into::into) }
        });
        looped.topic = topic;
        Watched { ticks, status: self.driver.spawn(looped) }
    }
}

struct Watched {
    ticks: Arc<Mutex<Vec<DateTime<Utc>>>>,
    status: watch::Receiver<LoopStatus>,
}

impl Watched {
    async fn until(&mut self, reached: impl FnMut(&LoopStatus) -> bool) -> LoopStatus {
        let reached = self.status.wait_for(reached);
        let reached = tokio::time::timeout(Duration::from_secs(10), reached).await;
        let status = reached.expect("reached within the deadline").expect("the loop runs").clone();
        settle().await;
        status
    }

    async fn runs(&mut self, runs: u64) -> LoopStatus {
        self.until(|status| status.runs >= runs && status.last_success == status.last_run).await
    }
}

/// Lets the loop, which is ready, go to its wait: the test's runtime has one thread.
async fn settle() {
    for _ in 0..20 {
        tokio::task::yield_now().await;
    }
}

fn at(millis: i64) -> DateTime<Utc> {
    DateTime::from_timestamp_millis(millis).expect("a valid instant")
}

fn full() -> Answer {
    Ok(Progress { worked: true, full: true, ..Progress::default() })
}

fn next(millis: i64) -> Answer {
    Ok(Progress { worked: true, full: false, next: Some(at(millis)), left: Some(at(millis)) })
}

#[tokio::test]
async fn a_full_batch_runs_again_at_once_and_then_waits_for_the_poll() {
    let rig = Rig::new();
    let mut watched = rig.spawn(None, vec![full(), full()]);
    assert_eq!(watched.runs(3).await.runs, 3);
    rig.manual.advance(TimeDelta::milliseconds(899));
    settle().await;
    assert_eq!(watched.status.borrow().runs, 3);
    rig.manual.advance(TimeDelta::milliseconds(202));
    watched.runs(4).await;
}

#[tokio::test]
async fn a_loop_sleeps_until_the_next_due_instant() {
    let rig = Rig::new();
    let mut watched = rig.spawn(None, vec![next(500)]);
    watched.runs(1).await;
    rig.manual.advance(TimeDelta::milliseconds(499));
    settle().await;
    assert_eq!(watched.status.borrow().runs, 1);
    rig.manual.advance(TimeDelta::milliseconds(1));
    assert_eq!(watched.runs(2).await.lateness, Some(TimeDelta::zero()));
    assert_eq!(*watched.ticks.lock().unwrap(), [at(0), at(500)]);
}

#[tokio::test]
async fn what_a_tick_left_though_it_was_due_is_tried_again_after_a_pause() {
    let rig = Rig::new();
    let mut watched = rig.spawn(Some(Topic::Timers), vec![next(-5)]);
    watched.runs(1).await;
    rig.manual.advance(TimeDelta::milliseconds(9));
    settle().await;
    assert_eq!(watched.status.borrow().runs, 1);
    rig.manual.advance(TimeDelta::milliseconds(1));
    watched.runs(2).await;
}

#[tokio::test]
async fn a_wake_up_runs_the_loop_without_waiting() {
    let rig = Rig::new();
    let mut watched = rig.spawn(Some(Topic::RecordChanges), vec![]);
    watched.runs(1).await;
    rig.driver.wake.records_changed();
    assert_eq!(watched.runs(2).await.lateness, None);
}

#[tokio::test]
async fn a_wake_up_during_a_tick_is_not_lost() {
    let rig = Rig::new();
    let (wake, first) = (rig.driver.wake.clone(), AtomicBool::new(true));
    let mut status = rig.driver.spawn(
        Loop::new("test", move |_| {
            if first.swap(false, Ordering::Relaxed) {
                wake.records_changed();
            }
            async { Ok(Progress::default()) }
        })
        .woken_by(Topic::RecordChanges),
    );
    let twice = tokio::time::timeout(Duration::from_secs(10), status.wait_for(|status| status.runs == 2));
    assert!(twice.await.is_ok());
}

#[tokio::test]
async fn the_timer_loop_ticks_when_the_earliest_timer_is_due_and_not_when_one_is_set() {
    let rig = Rig::new();
    let mut watched = rig.spawn(Some(Topic::Timers), vec![next(700)]);
    watched.runs(1).await;
    rig.driver.wake.timer_set(at(800));
    rig.driver.wake.timer_set(at(300));
    settle().await;
    assert_eq!(watched.status.borrow().runs, 1);
    rig.manual.set(at(300));
    watched.runs(2).await;
    assert_eq!(*watched.ticks.lock().unwrap(), [at(0), at(300)]);
}

#[tokio::test]
async fn the_timer_loop_begins_a_little_early_and_what_that_left_comes_at_its_time() {
    let rig = Rig::new();
    let mut watched = rig.spawn(Some(Topic::Timers), vec![next(700), next(700)]);
    watched.runs(1).await;
    rig.manual.set(at(695));
    settle().await;
    assert_eq!(watched.status.borrow().runs, 1);

    rig.manual.set(at(696));
    assert_eq!(watched.runs(2).await.lateness, Some(TimeDelta::zero()));
    rig.manual.set(at(699));
    settle().await;
    assert_eq!(watched.status.borrow().runs, 2);
    rig.manual.set(at(701));
    watched.runs(3).await;
    assert_eq!(*watched.ticks.lock().unwrap(), [at(0), at(700), at(701)]);
}

#[tokio::test]
async fn everything_changed_makes_the_timer_loop_look() {
    let rig = Rig::new();
    let mut watched = rig.spawn(Some(Topic::Timers), vec![next(700)]);
    watched.runs(1).await;
    rig.driver.wake.everything_changed();
    assert_eq!(watched.runs(2).await.lateness, None);
}

#[tokio::test]
async fn a_failing_loop_shows_its_error_and_backs_off() {
    let rig = Rig::new();
    let mut watched = rig.spawn(None, vec![Err("no database"), Err("no database"), next(9_000)]);
    let status = watched.until(|status| status.failures == 1).await;
    assert_eq!((status.last_error.as_deref(), status.last_success), (Some("no database"), None));
    rig.manual.advance(TimeDelta::milliseconds(89));
    settle().await;
    assert_eq!(watched.status.borrow().runs, 1);
    rig.manual.advance(TimeDelta::milliseconds(21));
    watched.until(|status| status.failures == 2).await;
    rig.manual.advance(TimeDelta::milliseconds(220));
    let status = watched.runs(3).await;
    assert_eq!((status.failures, status.last_error), (0, None));
}

#[tokio::test]
async fn a_panic_is_a_failed_tick() {
    let rig = Rig::new();
    let mut watched = Watched {
        ticks: Arc::default(),
        status: rig.driver.spawn(Loop::new("test", |_| async { panic!("a mistake") })),
    };
    watched.until(|status| status.failures == 1).await;
    rig.manual.advance(TimeDelta::milliseconds(110));
    watched.until(|status| status.failures == 2).await;
}

#[tokio::test]
async fn a_stopped_driver_leaves_no_loop_behind() {
    let rig = Rig::new();
    let mut waiting = rig.spawn(Some(Topic::Timers), vec![next(700)]);
    let mut failing = rig.spawn(None, vec![Err("no database")]);
    waiting.runs(1).await;
    failing.until(|status| status.failures == 1).await;
    rig.driver.stop.cancel();
    rig.driver.tracker.close();
    let ended = tokio::time::timeout(Duration::from_secs(10), rig.driver.tracker.wait()).await;
    assert!(ended.is_ok());
}

#[test]
fn the_back_off_doubles_to_five_seconds() {
    let delays: Vec<u128> = (1..9).map(|failures| back_off_after(failures).as_millis()).collect();
    assert_eq!(delays, [100, 200, 400, 800, 1_600, 3_200, 5_000, 5_000]);
    assert_eq!(back_off_after(u32::MAX), Duration::from_secs(5));
}
