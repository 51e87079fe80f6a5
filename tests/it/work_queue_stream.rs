//! Live queues through the whole server: whatever happens, the client's list is the queue at one of
//! its revisions.

use chrono::TimeDelta;
use rand::rngs::StdRng;
use rand::{Rng, SeedableRng};
use serde_json::json;
use tonic::Code;
use upnext::api::pb;
use upnext::api::pb::work_queue_service_client::WorkQueueServiceClient;
use upnext::api::pb::{queue_snapshot, queue_update::removal, watch_work_queue_response::Event};
use upnext::domain::activity::{Activity, ActivityState, ClosedState};
use upnext::lifecycle::Shutdown;

use super::support::app::{Client, TestApp, within_deadline};
use super::support::desk::Desk;
use super::support::dynamic::call;
use super::support::refused::{Refused, refused};
use super::support::stream::{head, open_heads, watch};

fn of(queue: &str, window_size: i32) -> pb::WatchWorkQueueRequest {
    pb::WatchWorkQueueRequest { queue: queue.to_owned(), window_size, ..Default::default() }
}

#[tokio::test]
async fn a_stream_begins_with_the_window_and_continues_with_each_change() {
    let app = TestApp::new().await;
    let desk = Desk::new(&app, "ana").await;
    let second = desk.open(2).await;
    let mut watcher = watch(&app.admin, of("sellers/ana", 0)).await.expect("opens");
    assert_eq!(watcher.snapshot().await, queue_snapshot::Cause::Started);
    assert_eq!((watcher.shown(), watcher.counts), (vec!["Lead 2"], (1, 0)));
    let shown = &watcher.list[0];
    assert_eq!(
        (shown.queue.as_str(), shown.record.as_str(), shown.sequence.as_str()),
        ("sellers/ana", "recordTypes/lead/records/lead-of-ana", "sequences/calls-of-ana")
    );
    assert_eq!((shown.display_name.as_str(), shown.step_number, shown.step_count), ("Call", 1, 1));

    desk.open(1).await;
    let update = watcher.update().await;
    assert_eq!((update.upserts.len(), update.removals.len()), (1, 0));
    assert_eq!((watcher.shown(), watcher.counts), (vec!["Lead 1", "Lead 2"], (2, 0)));

    let second = desk.snooze(&second).await;
    let update = watcher.update().await;
    assert_eq!(update.removals[0].cause(), removal::Cause::Snoozed);
    assert!(update.next_due_time.is_some(), "the snooze's end is known");
    assert_eq!((watcher.shown(), watcher.counts), (vec!["Lead 1"], (1, 1)));

    desk.wake(&second).await;
    watcher.update().await;
    assert_eq!((watcher.shown(), watcher.counts), (vec!["Lead 1", "Lead 2"], (2, 0)));

    let first = desk.open_activities().into_iter().find(|activity| activity.record_display_name == "Lead 1");
    desk.close(&first.expect("is open"), ClosedState::Completed).await;
    assert_eq!(watcher.update().await.removals[0].cause(), removal::Cause::Completed);
    assert_eq!((watcher.shown(), watcher.counts), (vec!["Lead 2"], (1, 0)));
}

#[tokio::test]
async fn what_leaves_the_window_is_replaced_by_the_next_in_line() {
    let app = TestApp::new().await;
    let desk = Desk::new(&app, "ana").await;
    let other = Desk::new(&app, "ben").await;
    for seconds in [2, 3, 4] {
        desk.open(seconds).await;
    }
    let mut watcher = watch(&app.admin, of("sellers/ana", 2)).await.expect("opens");
    watcher.snapshot().await;
    assert_eq!((watcher.shown(), watcher.counts), (vec!["Lead 2", "Lead 3"], (3, 0)));

    let first = desk.open(1).await;
    assert_eq!(watcher.update().await.removals[0].cause(), removal::Cause::Displaced);
    assert_eq!(watcher.shown(), ["Lead 1", "Lead 2"]);

    desk.transfer(&first, other.queue).await;
    assert_eq!(watcher.update().await.removals[0].cause(), removal::Cause::Moved);
    assert_eq!(watcher.shown(), ["Lead 2", "Lead 3"]);

    desk.open(9).await;
    let update = watcher.update().await;
    assert_eq!((update.upserts.len(), update.removals.len(), watcher.counts), (0, 0, (4, 0)));
}

#[tokio::test]
async fn the_head_is_sent_at_once_and_whenever_it_changes() {
    let app = TestApp::new().await;
    let desk = Desk::new(&app, "ana").await;
    let mut stream = open_heads(&app.admin, "sellers/ana").await;
    let empty = head(&mut stream).await;
    assert_eq!((empty.activity, empty.next_due_time), (None, None));

    let second = desk.open(2).await;
    let shown = head(&mut stream).await.activity.expect("there is a head");
    assert_eq!((shown.record_display_name.as_str(), shown.display_name.as_str()), ("Lead 2", "Call"));

    // Behind the head nothing is told.
    desk.open(5).await;
    let first = desk.open(1).await;
    assert_eq!(head(&mut stream).await.activity.expect("a head").record_display_name, "Lead 1");

    desk.close(&first, ClosedState::Skipped).await;
    assert_eq!(head(&mut stream).await.activity.expect("a head").record_display_name, "Lead 2");
    for activity in desk.open_activities().into_iter().filter(|activity| activity.id != second.id) {
        desk.close(&activity, ClosedState::Canceled).await;
    }
    desk.snooze(&second).await;

    let empty = head(&mut stream).await;
    assert_eq!(empty.activity, None);
    assert_eq!(empty.next_due_time.map(|due| due.seconds), Some(app.now().timestamp() + 3600));
    app.clock.advance(TimeDelta::seconds(20));
    assert_eq!(head(&mut stream).await, empty, "a quiet stream says the same again");
}

#[tokio::test]
async fn a_client_resumes_from_its_token_and_gets_a_snapshot_only_if_something_changed() {
    let app = TestApp::new().await;
    let desk = Desk::new(&app, "ana").await;
    Desk::new(&app, "ben").await;
    desk.open(1).await;
    let mut watcher = watch(&app.admin, of("sellers/ana", 10)).await.expect("opens");
    watcher.snapshot().await;

    let token = watcher.token.clone();
    drop(watcher);
    let resume = |queue: &str, window, token: &str| pb::WatchWorkQueueRequest {
        resume_token: token.to_owned(),
        ..of(queue, window)
    };

    let mut again = watch(&app.admin, resume("sellers/ana", 10, &token)).await.expect("opens");
    assert!(matches!(again.next().await, Event::Heartbeat(_)), "nothing changed");
    assert_eq!((again.counts, again.token.as_str()), ((1, 0), token.as_str()));

    let mut wider = watch(&app.admin, resume("sellers/ana", 20, &token)).await.expect("opens");
    assert_eq!(wider.snapshot().await, queue_snapshot::Cause::WindowChanged);
    desk.open(2).await;

    let mut changed = watch(&app.admin, resume("sellers/ana", 10, &token)).await.expect("opens");
    assert_eq!(changed.snapshot().await, queue_snapshot::Cause::Changed);
    assert_eq!(changed.shown(), ["Lead 1", "Lead 2"]);

    // The backup of an earlier moment, in which other things happened since.
    sqlx::query("UPDATE queue SET stamp = gen_random_uuid() WHERE id = $1")
        .bind(desk.queue.0)
        .execute(&app.app.engine.store().pool())
        .await
        .expect("is restored");
    let restored = watch(&app.admin, resume("sellers/ana", 10, &changed.token)).await;
    assert_eq!(restored.expect("opens").snapshot().await, queue_snapshot::Cause::Restored);

    let refusals = [resume("sellers/ben", 10, &token), resume("sellers/ana", 10, &token[1..])];
    for request in refusals {
        let mut service = WorkQueueServiceClient::new(app.admin.calls());
        let refused = refused(service.watch_work_queue(request).await);
        assert_eq!((refused.code, refused.reason.as_str()), (Code::InvalidArgument, "RESUME_TOKEN_INVALID"));
        assert_eq!(refused.fields(), [("resume_token", "RESUME_TOKEN_INVALID")]);
    }
}

#[tokio::test]
async fn a_stream_needs_the_right_to_see_its_queue_and_ends_with_it() {
    let app = TestApp::new().await;
    let desk = Desk::new(&app, "ana").await;
    Desk::new(&app, "ben").await;
    desk.open(1).await;
    let (ana, key) = app.admin.salesperson_with("ana", json!({})).await;
    let other = app.other_organization().await;
    let strangers = [(&ana, "sellers/ben"), (&ana, "teams/unassigned"), (&other, "sellers/ana")];
    for (client, queue) in strangers.into_iter().chain([(&app.admin, "sellers/me")]) {
        let refused = refused(watch(client, of(queue, 0)).await.map(drop));
        assert_eq!(
            (refused.code, refused.reason.as_str()),
            (Code::NotFound, "RESOURCE_NOT_FOUND"),
            "{queue}"
        );
    }

    let mut watcher = watch(&ana, of("sellers/me", 0)).await.expect("opens");
    watcher.snapshot().await;
    watch(&app.admin, of("teams/unassigned", 0)).await.expect("opens").snapshot().await;
    app.clock.advance(TimeDelta::seconds(20));
    assert!(matches!(watcher.next().await, Event::Heartbeat(_)), "a quiet stream sends heartbeats");

    let revoke = json!({"name": key});
    call(&app.admin, "upnext.v1.ApiKeyService/RevokeApiKey", revoke).await.expect("is revoked");
    app.clock.advance(TimeDelta::seconds(10));

    let end = watcher.end().await;
    assert_eq!((end.code, end.reason.as_str()), (Code::Unauthenticated, "CREDENTIALS_INVALID"));
}

#[tokio::test]
async fn an_old_stream_ends_with_a_notice_and_its_client_resumes_where_it_was() {
    let app = TestApp::new().await;
    let desk = Desk::new(&app, "ana").await;
    desk.open(1).await;
    let mut watcher = watch(&app.admin, of("sellers/ana", 0)).await.expect("opens");
    watcher.snapshot().await;
    app.clock.advance(TimeDelta::minutes(61));
    assert!(matches!(watcher.next().await, Event::Draining(_)));
    let end = watcher.end().await;
    assert_eq!((end.code, end.reason.as_str()), (Code::Unavailable, "STREAM_DRAINED"));
    let request = pb::WatchWorkQueueRequest { resume_token: watcher.token, ..of("sellers/ana", 0) };
    let mut again = watch(&app.admin, request).await.expect("opens");
    assert!(matches!(again.next().await, Event::Heartbeat(_)), "nothing was missed");
}

#[tokio::test]
async fn a_stopping_server_ends_its_streams_with_a_notice_and_does_not_wait_for_them() {
    let app = TestApp::new().await;
    let desk = Desk::new(&app, "ana").await;
    desk.open(1).await;
    let mut watcher = watch(&app.admin, of("sellers/ana", 0)).await.expect("opens");
    watcher.snapshot().await;

    let mut heads = open_heads(&app.admin, "sellers/ana").await;
    head(&mut heads).await;
    app.begin_to_drain();
    assert!(matches!(watcher.next().await, Event::Draining(_)));
    assert_eq!(watcher.end().await.reason, "STREAM_DRAINED");

    let end = within_deadline("the end", heads.message()).await;
    assert_eq!(Refused::of(&end.expect_err("ends")).reason, "STREAM_DRAINED");
    assert_eq!(app.stop().await, Shutdown::Drained);
}

#[tokio::test]
async fn a_slow_client_gets_the_newest_state_when_it_reads_again() {
    const CHANGES: i64 = 190;
    let app = TestApp::new().await;
    let desk = Desk::with_script(&app, "ana", &"x".repeat(20_000)).await;
    let mut watcher = watch(&app.admin, of("sellers/ana", 500)).await.expect("opens");
    watcher.snapshot().await;

    for seconds in 0..CHANGES {
        desk.open(seconds).await;
    }
    let mut messages = 0;

    while watcher.counts.0 < CHANGES {
        watcher.update().await;
        messages += 1;
    }

    // The transport's buffers hold some two megabytes; the rest came as one.
    assert!(messages < CHANGES, "{messages} messages");
    assert_eq!(watcher.list.len() as i64, CHANGES);
}

#[tokio::test]
async fn a_change_on_one_server_is_pushed_on_another_by_the_doorbell() {
    let app = TestApp::with_doorbell().await;
    let desk = Desk::new(&app, "ana").await;
    let activity = desk.open(1).await;
    let (client, _other) = app.beside(true).await;
    let mut watcher = watch(&client, of("sellers/ana", 0)).await.expect("opens");
    watcher.snapshot().await;
    desk.close(&activity, ClosedState::Completed).await;
    watcher.update().await;
    assert_eq!((watcher.shown().len(), watcher.counts), (0, (0, 0)));
}

#[tokio::test]
async fn without_a_doorbell_another_servers_change_is_found_by_the_poll() {
    let app = TestApp::new().await;
    let desk = Desk::new(&app, "ana").await;
    let activity = desk.open(1).await;
    let (client, _other) = app.beside(false).await;
    let mut watcher = watch(&client, of("sellers/ana", 0)).await.expect("opens");
    watcher.snapshot().await;
    desk.close(&activity, ClosedState::Completed).await;
    app.clock.advance(TimeDelta::seconds(2));
    watcher.update().await;
    assert_eq!(watcher.counts, (0, 0));
}

/// What a list shows, in queue order.
async fn listed(client: &Client, size: i32) -> Vec<pb::Activity> {
    let mut service = WorkQueueServiceClient::new(client.calls());
    let request =
        pb::ListActivitiesRequest { queue: "sellers/ana".to_owned(), page_size: size, ..Default::default() };
    service.list_activities(request).await.expect("lists").into_inner().activities
}

async fn change_something(desk: &Desk, random: &mut StdRng) {
    let open = desk.open_activities();
    let any = (!open.is_empty()).then(|| open[random.random_range(0..open.len())].clone());
    match (random.random_range(0..5), any) {
        (2, Some(activity)) => desk.close(&activity, ClosedState::Completed).await,
        (3, Some(activity)) => desk.close(&activity, ClosedState::Skipped).await,
        (4, Some(activity @ Activity { state: ActivityState::Due, .. })) => {
            drop(desk.snooze(&activity).await)
        }
        (4, Some(activity)) => drop(desk.wake(&activity).await),
        _ => drop(desk.open(random.random_range(0..1_000)).await),
    }
}

#[tokio::test]
async fn after_any_change_the_clients_list_equals_what_is_listed() {
    let seed: u64 = rand::random();
    let mut random = StdRng::seed_from_u64(seed);
    let app = TestApp::new().await;
    let desk = Desk::new(&app, "ana").await;
    let mut watchers = Vec::new();

    for window in [1, 3, 50] {
        let mut watcher = watch(&app.admin, of("sellers/ana", window)).await.expect("opens");
        watcher.snapshot().await;
        watchers.push((window, watcher));
    }

    for change in 0..60 {
        change_something(&desk, &mut random).await;
        for (window, watcher) in &mut watchers {
            // Each change moves the counts, so each is told, and nothing else is.
            watcher.update().await;
            assert_eq!(watcher.list, listed(&app.admin, *window).await, "seed {seed}, change {change}");
        }
    }
}
