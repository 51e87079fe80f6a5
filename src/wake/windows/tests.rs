use std::collections::HashMap;

use uuid::Uuid;

use super::*;
use crate::domain::id::{OrganizationId, QueueId};

fn key(number: u128) -> QueueKey {
    (OrganizationId(Uuid::from_u128(1)), QueueId(Uuid::from_u128(number)))
}

fn state(revision: i64) -> QueueState {
    let stamp = Uuid::from_u128(0);
    QueueState { revision, stamp, due: 0, snoozed: 0, next_due_time: None, rows: Vec::new() }
}

fn states(revision: i64) -> HashMap<QueueKey, QueueState> {
    HashMap::from([(key(1), state(revision))])
}

/// Windows with one watcher of one queue, which was read with revision 1.
fn watched() -> (Windows, Arc<Slot>) {
    let windows = Windows::default();
    let Entered { slot, .. } = windows.enter(key(1), 50);
    let read = windows.begin_read(&[key(1)]);
    windows.publish(&read, states(1));
    (windows, slot)
}

fn revision(slot: &Slot) -> Option<i64> {
    slot.get().1?.revision()
}

fn foresee(windows: &Windows) -> Foresight {
    windows.foresee([key(1)].iter())
}

#[test]
fn a_state_that_was_handed_over_is_there_at_once() {
    let (windows, slot) = watched();
    let foresight = foresee(&windows);
    assert_eq!(foresight.watched, [(key(1), 50)]);
    assert_eq!(windows.hand_over(foresight, states(2)), HashSet::from([key(1)]));
    assert_eq!(revision(&slot), Some(2));
}

#[test]
fn what_nobody_watches_or_was_never_read_is_left_to_the_feed() {
    let windows = Windows::default();
    assert!(foresee(&windows).watched.is_empty());
    windows.enter(key(1), 50);
    assert!(foresee(&windows).watched.is_empty());
}

#[test]
fn more_than_a_transaction_should_read_is_left_to_the_feed() {
    let (windows, _) = watched();
    windows.enter(key(1), MOST_HANDED_OVER);
    assert_eq!(foresee(&windows).watched, [(key(1), MOST_HANDED_OVER)]);
    windows.enter(key(1), MOST_HANDED_OVER + 1);
    assert!(foresee(&windows).watched.is_empty());
}

#[test]
fn a_read_that_began_before_the_commit_does_not_bring_the_old_state_back() {
    let (windows, slot) = watched();
    let read = windows.begin_read(&[key(1)]);
    let foresight = foresee(&windows);
    assert!(!windows.hand_over(foresight, states(2)).is_empty());
    windows.publish(&read, states(1));
    assert_eq!(revision(&slot), Some(2));
}

#[test]
fn a_read_that_began_meanwhile_is_followed_by_another() {
    let (windows, slot) = watched();
    let foresight = foresee(&windows);
    let Entered { first_read, .. } = windows.enter(key(1), 200);
    let read = windows.begin_read(&[key(1)]);
    assert!(windows.hand_over(foresight, states(2)).is_empty(), "it has too small a window");
    windows.publish(&read, states(1));
    let (_, reading) = slot.get();
    assert!(reading.is_some_and(|reading| reading.number >= first_read && reading.revision() == Some(1)));
}

#[test]
fn two_transactions_that_come_in_the_wrong_order_leave_the_newer_state() {
    let (windows, slot) = watched();
    let (earlier, later) = (foresee(&windows), foresee(&windows));
    assert!(!windows.hand_over(later, states(3)).is_empty());
    assert!(windows.hand_over(earlier, states(2)).is_empty());
    assert_eq!(revision(&slot), Some(3));
}

#[test]
fn a_later_read_replaces_what_was_handed_over_even_after_a_restored_backup() {
    let (windows, slot) = watched();
    let foresight = foresee(&windows);
    windows.hand_over(foresight, states(9));
    let read = windows.begin_read(&[key(1)]);
    windows.publish(&read, states(4));
    assert_eq!(revision(&slot), Some(4));
    let read = windows.begin_read(&[key(1)]);
    windows.publish(&read, HashMap::new());
    assert_eq!(revision(&slot), None);
}
