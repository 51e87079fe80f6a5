use chrono::{DateTime, TimeDelta};
use proptest::prelude::*;
use uuid::Uuid;

use super::*;
use crate::domain::activity::Activity;
use crate::domain::id::ChosenId;
use crate::store::queues::rows::QueueOwner;

fn row(id: u128, rank: i64, version: i64) -> Arc<QueueRow> {
    let rank = DateTime::UNIX_EPOCH + TimeDelta::seconds(rank);
    let activity = Activity { version, ..Activity::sample(id, rank) };
    let queue = QueueOwner::Seller(ChosenId::known("ana"));
    let sequence = Some(ChosenId::known("s"));
    Arc::new(QueueRow { activity, record: None, sequence, queue, holder: None })
}

fn stamp(revision: i64) -> Uuid {
    Uuid::from_u128(revision.cast_unsigned().into())
}

fn state(revision: i64, rows: Vec<Arc<QueueRow>>) -> QueueState {
    let due = i64::try_from(rows.len()).expect("few");
    QueueState { revision, stamp: stamp(revision), due, snoozed: 0, next_due_time: None, rows }
}

/// Any queue: of twelve activities with fixed places, which are there and how often each was
/// changed.
fn rows() -> impl Strategy<Value = Vec<Arc<QueueRow>>> {
    let activity = proptest::option::of(1i64..4);
    proptest::collection::vec(activity, 12).prop_map(|versions| {
        let there = versions.into_iter().zip(0u128..).filter_map(|(version, id)| Some((id, version?)));
        // Two activities share each rank: their ids decide.
        there.map(|(id, version)| row(id, i64::try_from(id / 2).expect("small"), version)).collect()
    })
}

/// Applies a message like a client.
fn apply(list: &mut Vec<Arc<QueueRow>>, now: &QueueState, size: usize, difference: Difference) {
    match difference {
        Difference::Nothing | Difference::NextDueTime => {}
        Difference::Snapshot(_) => *list = window(now, size).to_vec(),
        Difference::Update { upserts, removals } => {
            list.retain(|row| !removals.contains(&row.activity.id));
            for upsert in upserts {
                list.retain(|row| row.activity.id != upsert.activity.id);
                list.push(upsert);
            }
            list.sort_by_key(|row| (row.activity.rank, row.activity.id));
        }
    }
}

proptest! {
    #[test]
    fn a_client_that_applies_every_message_has_the_window_at_every_revision(
        states in proptest::collection::vec(rows(), 1..20),
        size in 1usize..14,
    ) {
        let states: Vec<_> = (1..).zip(states).map(|(revision, rows)| state(revision, rows)).collect();
        let mut list = Vec::new();
        apply(&mut list, &states[0], size, opening(None, &states[0], (size, 0)));
        for (sent, now) in states.iter().zip(&states[1..]) {
            prop_assert_eq!(&list, window(sent, size));
            let told = difference(sent, now, size);
            prop_assert!(!matches!(told, Difference::Snapshot(_)));
            apply(&mut list, now, size, told);
            prop_assert_eq!(&list, window(now, size));
        }
    }

    #[test]
    fn an_update_says_nothing_twice_and_nothing_that_the_client_has(one in rows(), other in rows(), size in 1usize..14) {
        let (sent, now) = (state(1, one), state(2, other));
        if let Difference::Update { upserts, removals } = difference(&sent, &now, size) {
            prop_assert!(upserts.iter().all(|row| !window(&sent, size).contains(row)));
            prop_assert!(upserts.iter().all(|row| !removals.contains(&row.activity.id)));
        }
        prop_assert_eq!(difference(&now, &now, size), Difference::Nothing);
    }
}

#[test]
fn a_change_behind_the_window_shows_in_the_counts_alone() {
    let sent = state(1, vec![row(1, 1, 1)]);
    let now = state(2, vec![row(1, 1, 1), row(2, 2, 1)]);
    let told = difference(&sent, &now, 1);
    assert_eq!(told, Difference::Update { upserts: Vec::new(), removals: Vec::new() });
    assert_eq!(difference(&sent, &QueueState { revision: 2, ..sent.clone() }, 1), Difference::Nothing);
}

#[test]
fn a_next_due_time_that_moves_alone_is_told() {
    let sent = state(1, vec![row(1, 1, 1)]);
    let now = QueueState { next_due_time: Some(DateTime::UNIX_EPOCH), ..sent.clone() };
    assert_eq!(difference(&sent, &now, 5), Difference::NextDueTime);
    assert_eq!(difference(&now, &now, 5), Difference::Nothing);
}

#[test]
fn a_token_is_gone_on_from_only_while_it_names_the_state() {
    let now = state(7, Vec::new());
    let resume = Resume { revision: 7, stamp: stamp(7), window: 50, client: None, filter: 0 };
    assert_eq!(opening(Some(&resume), &now, (50, 0)), Difference::Nothing);
    assert_eq!(opening(None, &now, (50, 0)), Difference::Snapshot(SnapshotCause::Started));

    let cases = [
        (Resume { revision: 6, stamp: stamp(6), ..resume }, SnapshotCause::Changed),
        (Resume { revision: 8, stamp: stamp(8), ..resume }, SnapshotCause::Restored),
        (Resume { stamp: stamp(1), ..resume }, SnapshotCause::Restored),
        (Resume { window: 20, ..resume }, SnapshotCause::WindowChanged),
        (Resume { filter: 5, ..resume }, SnapshotCause::FilterChanged),
        (Resume { window: 20, stamp: stamp(1), ..resume }, SnapshotCause::Restored),
    ];
    for (resume, cause) in cases {
        assert_eq!(opening(Some(&resume), &now, (50, 0)), Difference::Snapshot(cause), "{resume:?}");
    }
}

#[test]
fn a_stream_that_is_open_while_a_backup_is_restored_starts_anew() {
    let sent = state(7, vec![row(1, 1, 1)]);
    let earlier = state(3, vec![row(1, 1, 1)]);
    let forked = QueueState { stamp: stamp(99), ..sent.clone() };
    for now in [earlier, forked] {
        assert_eq!(difference(&sent, &now, 5), Difference::Snapshot(SnapshotCause::Restored));
    }
}

#[test]
fn a_departure_depends_on_the_queue_that_it_is_seen_from() {
    let [here, there] = [1, 2].map(|id| QueueId(Uuid::from_u128(id)));
    let open = |state| Whereabouts::Open { queue: here, state };
    assert_eq!(Departure::from_queue(here, open(OpenState::Due)), Departure::Displaced);
    assert_eq!(Departure::from_queue(here, open(OpenState::Snoozed)), Departure::Snoozed);
    assert_eq!(Departure::from_queue(here, open(OpenState::Paused)), Departure::Paused);
    assert_eq!(Departure::from_queue(there, open(OpenState::Snoozed)), Departure::Moved);

    let closed = Whereabouts::Closed(ClosedState::Skipped);
    assert_eq!(Departure::from_queue(there, closed), Departure::Closed(ClosedState::Skipped));
}

#[test]
fn who_took_an_activity_out_is_told_only_if_that_is_why_it_is_gone() {
    let here = QueueId(Uuid::from_u128(1));
    let done = |kind| TakenOut { kind, by: String::new(), request_id: Some(Uuid::from_u128(7)) };
    let told = |whereabouts, kind| {
        let departed = Departed { whereabouts, last: Some(done(kind)) };
        Explained::from_queue(here, departed).taken_out.is_some()
    };
    let due = Whereabouts::Open { queue: here, state: OpenState::Due };
    let snoozed = Whereabouts::Open { queue: here, state: OpenState::Snoozed };
    let completed = Whereabouts::Closed(ClosedState::Completed);

    assert!(told(completed, HistoryKind::ActivityCompleted));
    assert!(told(snoozed, HistoryKind::ActivitySnoozed));
    // It came back, and others came before it.
    assert!(!told(due, HistoryKind::ActivitySnoozed));
    assert!(!told(completed, HistoryKind::ActivityMoved));
}
