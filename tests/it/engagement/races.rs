//! Events that arrive at once, on several servers.

use futures::future::join_all;

use upnext::domain::activity::ClosedState;
use upnext::domain::engagement::{Engagement, EngagementKind};
use upnext::domain::enrollment::{ExitReason, Position};
use upnext::domain::refusal::Refusal;
use upnext::engine::{CloseActivity, CloseHow, Engine, Error, Ingested, Request, ToldEvent};

use crate::support::app::within_deadline;
use crate::support::invariants;
use crate::support::world::{World, email, wait};

fn told(event_id: &str, record: &str, kind: EngagementKind) -> ToldEvent {
    ToldEvent {
        event_id: event_id.to_owned(),
        record: ("lead".to_owned(), record.to_owned()),
        activity: None,
        engagement: Engagement::of(kind),
        at: None,
    }
}

async fn one(engine: &Engine, request: &Request, event: ToldEvent) -> Result<Ingested, Error> {
    let results = engine.ingest_events(request, &[event]).await?;
    results.into_iter().next().expect("a result for each item")
}

/// How often an enrollment was ended by somebody else's event.
fn exited(result: &Result<Ingested, Error>) -> i32 {
    match result {
        Ok(Ingested::Recorded(effect)) => effect.exited,
        other => panic!("{other:?}"),
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn two_replies_a_bounce_and_a_completion_at_once_on_two_servers_leave_one_end() {
    let world = World::new().await;
    let other = world.server();
    let sequence = world.sequence("paid", vec![email(), wait(10), email()]).await;
    for number in 0..20 {
        let lead = format!("l{number}");
        let record = world.record(&lead, None).await;
        let started = world.start(sequence, record).await;
        let activity = started.opened.expect("due").id;
        let (request, id) = (world.request(), started.enrollment.id);
        let event = |name: &str, kind| told(&format!("{name}-{number}"), &lead, kind);
        let close = CloseActivity {
            activity,
            expected_version: None,
            how: CloseHow::Complete { at: None },
            outcome: String::new(),
            note: String::new(),
            disposition: String::new(),
            lease: None,
        };

        let all = async {
            tokio::join!(
                one(&world.engine, &request, event("first", EngagementKind::Replied)),
                one(&other, &request, event("second", EngagementKind::Replied)),
                one(&world.engine, &request, event("bounce", EngagementKind::Bounced)),
                other.close_activity(request.clone(), close),
            )
        };
        let (first, second, bounce, closed) = within_deadline("all are answered", all).await;
        assert_eq!([&first, &second, &bounce].map(exited).iter().sum::<i32>(), 1, "one of them ended it");
        if let Err(failed) = &closed {
            let Error::Refused(Refusal::ActivityClosed { state, .. }) = failed else { panic!("{failed}") };
            assert_eq!(*state, ClosedState::Canceled.as_str());
        }

        let case = world.standing(id).await;
        assert!(case.open.is_none());
        let Position::Exited { reason, .. } = case.enrollment.position else { panic!("{case:?}") };
        let expected = if exited(&bounce) == 1 { ExitReason::Bounced } else { ExitReason::Replied };
        assert_eq!(reason, expected);
    }
    assert_eq!(world.count("SELECT count(*) FROM activity").await, 0);
    assert_eq!(world.count("SELECT count(*) FROM timer").await, 0);
    assert_eq!(world.count("SELECT count(*) FROM history WHERE kind = 13").await, 20);
    assert_eq!(world.count("SELECT count(*) FROM engagement_event").await, 60);
    invariants::hold(&world).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_same_event_told_on_two_servers_at_once_is_kept_once_and_other_content_is_refused() {
    let world = World::new().await;
    let other = world.server();
    let sequence = world.sequence("paid", vec![email(), email()]).await;
    for number in 0..20 {
        let (lead, mate) = (format!("l{number}"), format!("m{number}"));
        let record = world.record(&lead, None).await;
        world.record(&mate, None).await;
        world.start(sequence, record).await;
        let (request, id) = (world.request(), format!("e{number}"));
        let same = told(&id, &lead, EngagementKind::EmailSent);
        let calls = [
            (&world.engine, same.clone()),
            (&other, same),
            (&other, told(&id, &mate, EngagementKind::EmailSent)),
        ];
        let calls = calls.map(|(engine, event)| one(engine, &request, event));
        let results = within_deadline("all are answered", join_all(calls)).await;

        let count =
            |wanted: fn(&Result<Ingested, Error>) -> bool| results.iter().filter(|one| wanted(one)).count();
        assert_eq!(count(|one| matches!(one, Ok(Ingested::Recorded(_)))), 1, "{results:?}");
        assert!(count(|one| matches!(one, Err(Error::Invalid(_)))) >= 1, "{results:?}");
    }
    assert_eq!(world.count("SELECT count(*) FROM engagement_event").await, 20);
    invariants::hold(&world).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn batches_that_share_records_and_ids_in_other_orders_never_deadlock() {
    let world = World::new().await;
    let other = world.server();
    let sequence = world.sequence("paid", vec![email(), email(), email()]).await;
    for number in 0..30 {
        let record = world.record(&format!("l{number}"), None).await;
        world.start(sequence, record).await;
    }

    let batch = |reversed: bool, round: usize| {
        let mut events: Vec<ToldEvent> = (0..30)
            .map(|number| {
                told(&format!("{round}-{number}"), &format!("l{number}"), EngagementKind::EmailSent)
            })
            .collect();
        if reversed {
            events.reverse();
        }
        events
    };
    let request = world.request();
    for round in 0..3 {
        let (first, second) = (batch(false, round), batch(true, round));
        let both = async {
            tokio::join!(world.engine.ingest_events(&request, &first), other.ingest_events(&request, &second))
        };
        let (one, two) = within_deadline("both are answered", both).await;
        let results = one.expect("is taken").into_iter().chain(two.expect("is taken"));
        let completed = results.filter(|result| match result {
            Ok(Ingested::Recorded(effect)) => effect.completed.is_some(),
            Ok(Ingested::Duplicate) => false,
            Err(error) => panic!("{error}"),
        });
        assert_eq!(completed.count(), 30, "each event completes its email once");
    }
    assert_eq!(world.count("SELECT count(*) FROM enrollment WHERE state = 4").await, 30);
    invariants::hold(&world).await;
}
