use std::collections::HashMap;

use chrono::TimeDelta;
use tokio::sync::oneshot;
use uuid::Uuid;

use super::*;
use crate::clock::ManualClock;

/// Lanes under test. The work on an organization ends when its gate is opened.
struct Rig {
    manual: ManualClock,
    wake: Wake,
    lanes: Lanes,
}

type Gates = Mutex<HashMap<OrganizationId, oneshot::Receiver<Result<Progress, TickError>>>>;

impl Rig {
    fn of(count: usize) -> Self {
        let (manual, wake) = (ManualClock::new(DateTime::UNIX_EPOCH), Wake::new());
        let lanes = Lanes::new(LaneSettings {
            name: "test",
            topic: Topic::RecordChanges,
            count,
            clock: manual.clock(),
            wake: wake.clone(),
            tracker: TaskTracker::new(),
            stop: CancellationToken::new(),
        });
        Self { manual, wake, lanes }
    }

    /// Serves these. Those without a gate are done at once.
    async fn serve(&self, waiting: &[u128], gates: &Gates) -> Progress {
        let work = |of| {
            let gate = gates.lock().expect("works").remove(&of);
            async move {
                match gate {
                    Some(gate) => gate.await.expect("is opened"),
                    None => Ok(done()),
                }
            }
        };
        let waiting = waiting.iter().copied().map(organization);
        self.lanes.serve(waiting, self.manual.clock().now(), work).await
    }

    fn busy(&self, number: u128) -> bool {
        self.lanes.state().busy.contains(&organization(number))
    }
}

fn organization(number: u128) -> OrganizationId {
    OrganizationId(Uuid::from_u128(number))
}

fn done() -> Progress {
    Progress { worked: true, ..Progress::default() }
}

fn gate(gates: &Gates, number: u128) -> oneshot::Sender<Result<Progress, TickError>> {
    let (open, gate) = oneshot::channel();
    gates.lock().expect("works").insert(organization(number), gate);
    open
}

async fn soon<T>(future: impl Future<Output = T>) -> T {
    timeout(Duration::from_secs(10), future).await.expect("soon")
}

#[tokio::test]
async fn a_slow_organization_delays_nobody_and_wakes_the_loop_when_it_is_done() {
    let (rig, gates) = (Rig::of(2), Gates::default());
    let open = gate(&gates, 1);

    assert_eq!(soon(rig.serve(&[1, 2, 3], &gates)).await, done());
    assert!(rig.busy(1));
    assert_eq!(soon(rig.serve(&[1, 4], &gates)).await, done(), "served beside it");
    assert_eq!(soon(rig.serve(&[1], &gates)).await, Progress::default(), "in its lane already");

    let armed = rig.wake.arm(Topic::RecordChanges);
    open.send(Ok(Progress { full: true, ..done() })).expect("waits");
    soon(armed).await;
    assert!(!rig.busy(1));
    let late = soon(rig.serve(&[], &gates)).await;
    assert_eq!(late, Progress { full: true, ..done() }, "what it did is told by the next tick");
}

#[tokio::test]
async fn those_that_found_no_lane_come_first_the_next_time() {
    let (rig, gates) = (Rig::of(1), Gates::default());
    let open = gate(&gates, 1);
    soon(rig.serve(&[1, 2], &gates)).await;
    open.send(Ok(done())).expect("waits");
    soon(rig.serve(&[], &gates)).await;

    let (_open, _other) = (gate(&gates, 1), gate(&gates, 2));
    soon(rig.serve(&[1, 2], &gates)).await;
    assert!(rig.busy(2) && !rig.busy(1));
}

#[tokio::test]
async fn one_that_fails_rests_alone_and_the_loop_returns_after_its_pause() {
    let (rig, gates) = (Rig::of(2), Gates::default());
    gate(&gates, 1).send(Err("a fault".into())).expect("waits");
    let served = soon(rig.serve(&[1, 2], &gates)).await;
    let again = served.next.expect("returns for it");
    assert_eq!((served.worked, rig.lanes.holds_back(organization(1))), (true, true));

    gate(&gates, 1).send(Err("the next fault".into())).expect("waits");
    assert_eq!(soon(rig.serve(&[1], &gates)).await.next, Some(again), "not before its pause is over");
    rig.manual.set(again + TimeDelta::milliseconds(1));
    let served = soon(rig.serve(&[1], &gates)).await;
    assert!(served.next.expect("again") - again > (again - DateTime::UNIX_EPOCH), "a longer pause");

    rig.manual.set(served.next.expect("again") + TimeDelta::milliseconds(1));
    assert_eq!(soon(rig.serve(&[1], &gates)).await, done());
    assert!(!rig.lanes.holds_back(organization(1)));
}

#[tokio::test]
async fn a_panic_is_a_failure_and_leaves_the_lane() {
    let rig = Rig::of(1);
    let now = rig.manual.clock().now();
    let panics = rig.lanes.serve([organization(1)], now, |_| async { panic!("a bug") });
    assert!(soon(panics).await.next.is_some());
    assert!(!rig.busy(1) && rig.lanes.holds_back(organization(1)));
}
