use std::collections::BTreeSet;

use futures::FutureExt;
use uuid::Uuid;

use super::*;
use crate::domain::id::QueueId;

fn at(seconds: i64) -> DateTime<Utc> {
    DateTime::from_timestamp(seconds, 0).expect("a valid instant")
}

#[test]
fn a_change_between_arming_and_waiting_is_not_lost() {
    let wake = Wake::new();
    wake.records_changed();
    let armed = wake.arm(Topic::RecordChanges);
    let other = wake.arm(Topic::Operations);
    wake.records_changed();
    assert!(armed.now_or_never().is_some());
    assert!(other.now_or_never().is_none());
    assert!(wake.arm(Topic::RecordChanges).now_or_never().is_none());
}

#[test]
fn only_the_waiter_of_that_operation_wakes() {
    let wake = Wake::new();
    let (one, two) = (OperationId(Uuid::from_u128(1)), OperationId(Uuid::from_u128(2)));
    let (first, again) = (wake.arm(Topic::Operation(one)), wake.arm(Topic::Operation(one)));
    let second = wake.arm(Topic::Operation(two));
    wake.operation_changed(one);
    assert!(first.now_or_never().is_some());
    assert!(again.now_or_never().is_some());
    assert!(second.now_or_never().is_none());
}

#[test]
fn only_events_of_an_organization_that_publishes_wake_the_loop() {
    let wake = Wake::new();
    let (one, two) = (OrganizationId(Uuid::from_u128(1)), OrganizationId(Uuid::from_u128(2)));
    wake.note_publishers([one].into());
    let others = wake.arm(Topic::Unpublished);
    wake.events_written([two]);
    assert!(others.now_or_never().is_none());
    let its_own = wake.arm(Topic::Unpublished);
    wake.events_written([two, one]);
    assert!(its_own.now_or_never().is_some());
}

#[test]
fn the_timers_wake_only_for_an_earlier_due_time() {
    let wake = Wake::new();
    wake.timer_set(at(100));
    let later = wake.arm(Topic::Timers);
    wake.timer_set(at(200));
    assert!(later.now_or_never().is_none());
    let earlier = wake.arm(Topic::Timers);
    wake.timer_set(at(50));
    assert!(earlier.now_or_never().is_some());
    assert_eq!(wake.next_timer_due(), Some(at(50)));
}

#[test]
fn a_timer_set_while_the_due_time_is_read_is_kept() {
    let wake = Wake::new();
    wake.timer_set(at(10));
    wake.begin_timer_read();
    wake.timer_set(at(30));
    wake.end_timer_read(Some(at(40)));
    assert_eq!(wake.next_timer_due(), Some(at(30)));
    wake.begin_timer_read();
    wake.end_timer_read(None);
    assert_eq!(wake.next_timer_due(), None);
}

#[tokio::test]
async fn the_others_are_told_once_what_was_committed_here_and_not_what_was_heard() {
    let wake = Wake::forwarding();
    let (organization, queue) = (OrganizationId(Uuid::from_u128(1)), QueueId(Uuid::from_u128(2)));
    wake.queues_changed([(organization, queue)]);
    wake.queues_changed([(organization, queue)]);
    wake.timer_set(at(20));
    wake.timer_set(at(30));
    wake.operation_changed(OperationId(queue.0));
    wake.keys_changed();
    wake.heard(Heard::Ring(Ring { record_changes: true, ..Ring::default() }));

    let expected = Ring {
        queues: [(organization, queue)].into(),
        timers_due: Some(at(20)),
        record_changes: false,
        operations: true,
        published: BTreeSet::new(),
        keys: true,
    };

    assert_eq!(wake.take_outgoing().await, expected);
    assert!(wake.take_outgoing().now_or_never().is_none());
    assert!(Wake::new().take_outgoing().now_or_never().is_none());
}

#[tokio::test]
async fn everything_wakes_everyone() {
    let wake = Wake::new();
    let topics = [
        Topic::Timers,
        Topic::RecordChanges,
        Topic::Operations,
        Topic::Problems,
        Topic::Tallies,
        Topic::Unpublished,
        Topic::Webhooks,
        Topic::Published(OrganizationId(Uuid::from_u128(1))),
        Topic::Operation(OperationId(Uuid::from_u128(1))),
    ];

    let armed: Vec<Armed> = topics.into_iter().map(|topic| wake.arm(topic)).collect();
    wake.heard(Heard::Everything);
    for armed in armed {
        assert!(armed.now_or_never().is_some());
    }
    assert_eq!(wake.take_dirty_queues().await, DirtyQueues::Everything);
}
