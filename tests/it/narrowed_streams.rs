//! Streams of only those activities of a queue that match a filter or a saved view.

use chrono::TimeDelta;
use serde_json::{Value, json};
use upnext::api::pb;
use upnext::api::pb::queue_snapshot::Cause;
use upnext::api::pb::queue_update::removal;
use upnext::api::pb::watch_work_queue_response::Event;

use crate::support::app::TestApp;
use crate::support::refused::refused;
use crate::support::stage::{Stage, text};
use crate::support::stream::watch;

const UPDATE: &str = "WorkQueueService/UpdateView";

/// What ana's queue is asked for.
fn asked(saved_view: &str, filter: &str) -> pb::WatchWorkQueueRequest {
    let (saved_view, filter) = (saved_view.to_owned(), filter.to_owned());
    pb::WatchWorkQueueRequest { queue: "sellers/ana".to_owned(), saved_view, filter, ..Default::default() }
}

/// Makes an activity of this kind on ana's first lead.
async fn make(stage: &Stage, kind: &str) -> Value {
    let activity = json!({"record": "recordTypes/lead/records/l1", kind: {}});
    stage.done("WorkQueueService/CreateActivity", json!({"activity": activity})).await["activity"].clone()
}

async fn view(stage: &Stage, id: &str, mut content: Value) {
    content["display_name"] = json!(id);
    let create = json!({"view_id": id, "view": content});
    stage.done("WorkQueueService/CreateView", create).await;
}

async fn read(stage: &Stage, activity: &Value, read: bool) {
    let activity = json!({"name": activity["name"], "read": read});
    let request = json!({"activity": activity, "update_mask": "read"});
    stage.done("WorkQueueService/UpdateActivity", request).await;
}

#[tokio::test]
async fn a_stream_by_a_view_shows_what_matches_and_counts_the_whole_queue() {
    let stage = Stage::new().await;
    view(&stage, "calls", json!({"filter": "activity.kind == \"PHONE_CALL\"", "window_size": 2})).await;
    let first = make(&stage, "phone_call").await;
    make(&stage, "task").await;
    let mut watcher = watch(&stage.admin, asked("views/calls", "")).await.expect("opens");
    assert_eq!(watcher.snapshot().await, Cause::Started);
    assert_eq!((watcher.kinds(), watcher.counts.0), (vec!["PHONE_CALL"], 2));

    // Others only change the counts.
    make(&stage, "task").await;
    let update = watcher.update().await;
    assert_eq!((update.upserts.len(), update.removals.len(), watcher.counts.0), (0, 0, 3));

    make(&stage, "phone_call").await;
    assert_eq!(watcher.update().await.upserts.len(), 1);
    // The view says how large the window is.
    make(&stage, "phone_call").await;
    assert_eq!(watcher.update().await.upserts.len(), 0);
    assert_eq!(watcher.kinds(), ["PHONE_CALL"; 2]);

    let complete = json!({"name": first["name"], "outcome": "made"});
    stage.done("WorkQueueService/CompleteActivity", complete).await;
    let update = watcher.update().await;
    assert_eq!(update.removals[0].cause(), removal::Cause::Completed);
    assert_eq!((update.upserts.len(), watcher.kinds()), (1, vec!["PHONE_CALL"; 2]));
}

#[tokio::test]
async fn streams_that_are_narrowed_alike_read_each_revision_of_their_queue_once() {
    let stage = Stage::on(TestApp::recorded().await).await;
    view(&stage, "tasks", json!({"filter": "activity.kind == \"TASK\""})).await;
    let alike = [asked("tasks", ""), asked("", "activity.kind == \"TASK\"")];
    let mut watchers = Vec::new();
    // Of those that are narrowed differently, there is one.
    for request in alike.iter().cycle().take(8).chain([&asked("", "activity.kind == \"EMAIL\"")]) {
        let mut watcher = watch(&stage.admin, request.clone()).await.expect("opens");
        watcher.snapshot().await;
        watchers.push(watcher);
    }

    stage.app.database.note("upnext");
    for due in 1..=3 {
        make(&stage, "task").await;
        for watcher in &mut watchers {
            watcher.update().await;
            assert_eq!(watcher.counts.0, due);
        }
    }
    let noted = stage.app.database.noted();
    let reads = noted.iter().filter(|statement| statement.contains("REPEATABLE READ, READ ONLY")).count();
    assert_eq!(reads, 6, "three changes for each narrowing: {noted:?}");
    assert_eq!((watchers[0].list.len(), watchers[7].list.len(), watchers[8].list.len()), (3, 3, 0));

    // The last one closes the books, and the next one begins anew.
    drop(watchers);
    let mut again = watch(&stage.admin, alike[0].clone()).await.expect("opens");
    again.snapshot().await;
    assert_eq!(again.kinds(), ["TASK"; 3]);
}

#[tokio::test]
async fn what_no_longer_matches_is_removed_and_comes_back_once_it_does() {
    let stage = Stage::new().await;
    let (one, other) = (make(&stage, "task").await, make(&stage, "task").await);
    let mut watcher = watch(&stage.admin, asked("", "!activity.read")).await.expect("opens");
    watcher.snapshot().await;
    assert_eq!(watcher.list.len(), 2);

    read(&stage, &one, true).await;
    let update = watcher.update().await;
    assert_eq!((update.removals[0].activity.as_str(), update.upserts.len()), (text(&one, "/name"), 0));
    assert_eq!(update.removals[0].cause(), removal::Cause::Displaced);
    assert_eq!(watcher.list[0].name, text(&other, "/name"));

    read(&stage, &one, false).await;
    watcher.update().await;
    assert_eq!(watcher.list.len(), 2);
    assert_eq!(watcher.list[0].name, text(&one, "/name"));
}

#[tokio::test]
async fn a_view_that_is_changed_changes_its_streams_and_one_that_is_deleted_ends_them() {
    let stage = Stage::new().await;
    view(&stage, "mine", json!({"filter": "activity.kind == \"PHONE_CALL\""})).await;
    make(&stage, "phone_call").await;
    make(&stage, "task").await;
    let mut watcher = watch(&stage.admin, asked("mine", "")).await.expect("opens");
    watcher.snapshot().await;
    assert_eq!(watcher.kinds(), ["PHONE_CALL"]);

    let set = async |content: Value| {
        let mut view = content;
        view["name"] = json!("views/mine");
        stage.done(UPDATE, json!({"view": view})).await;
        stage.app.advance(TimeDelta::seconds(5)).await;
    };
    set(json!({"filter": "activity.kind == \"TASK\""})).await;
    assert_eq!(watcher.snapshot().await, Cause::FilterChanged);
    assert_eq!((watcher.kinds(), watcher.counts.0), (vec!["TASK"], 2));

    // Another name shows nothing else.
    set(json!({"display_name": "Else"})).await;
    make(&stage, "task").await;
    assert_eq!(watcher.update().await.upserts.len(), 1);

    let delete = json!({"name": "views/mine"});
    stage.done("WorkQueueService/DeleteView", delete).await;
    stage.app.advance(TimeDelta::seconds(5)).await;
    assert_eq!(watcher.end().await.reason, "RESOURCE_NOT_FOUND");
    let again = refused(watch(&stage.admin, asked("mine", "")).await.map(|_| ()));
    assert_eq!(again.reason, "RESOURCE_NOT_FOUND");
}

#[tokio::test]
async fn a_view_that_no_stream_can_show_any_more_ends_its_streams() {
    let stage = Stage::new().await;
    view(&stage, "mine", json!({"filter": "activity.kind == \"TASK\""})).await;
    let mut watcher = watch(&stage.admin, asked("mine", "")).await.expect("opens");
    watcher.snapshot().await;
    stage.done(UPDATE, json!({"view": {"name": "views/mine", "order_by": "record"}})).await;
    stage.app.advance(TimeDelta::seconds(5)).await;
    assert_eq!(watcher.end().await.fields(), [("saved_view", "FIELD_INVALID")]);
}

#[tokio::test]
async fn a_token_resumes_the_same_view_and_starts_over_with_another() {
    let stage = Stage::new().await;
    view(&stage, "mine", json!({"filter": "activity.kind == \"TASK\""})).await;
    make(&stage, "task").await;
    let mut watcher = watch(&stage.admin, asked("mine", "")).await.expect("opens");
    watcher.snapshot().await;
    let resumed = |saved_view: &str, filter: &str| pb::WatchWorkQueueRequest {
        resume_token: watcher.token.clone(),
        ..asked(saved_view, filter)
    };

    // The same condition is the same state, whoever says it.
    for request in [resumed("mine", ""), resumed("", "activity.kind == \"TASK\"")] {
        let mut again = watch(&stage.admin, request).await.expect("opens");
        assert!(matches!(again.next().await, Event::Heartbeat(_)), "nothing changed");
    }
    for request in [resumed("", ""), resumed("mine", "activity.kind == \"EMAIL\"")] {
        let mut other = watch(&stage.admin, request).await.expect("opens");
        assert_eq!(other.snapshot().await, Cause::FilterChanged);
    }
    let everything = json!({"view": {"name": "views/mine"}, "update_mask": "filter"});
    stage.done(UPDATE, everything).await;
    let mut changed = watch(&stage.admin, resumed("mine", "")).await.expect("opens");
    assert_eq!(changed.snapshot().await, Cause::FilterChanged);
}

#[tokio::test]
async fn a_stream_is_refused_what_could_change_without_its_queue() {
    let stage = Stage::new().await;
    let attributes = json!({"record_type": "lead", "attributes": {"score": {"type": "INT"}}});
    stage.done("RecordService/DeclareAttributes", attributes).await;
    let unfit = [
        json!({"order_by": "record"}),
        json!({"due": "TODAY"}),
        json!({"states": ["DUE", "SNOOZED"]}),
        json!({"record_type": "lead", "filter": "record.score > 5"}),
    ];
    for (index, content) in unfit.into_iter().enumerate() {
        let id = format!("v{index}");
        view(&stage, &id, content.clone()).await;
        let wrong = refused(watch(&stage.admin, asked(&id, "")).await.map(|_| ()));
        assert_eq!(wrong.fields(), [("saved_view", "FIELD_INVALID")], "{content}");
    }
    for filter in ["record.score > 5", "activity.due_time < now", "activity.nothing == 1"] {
        let wrong = refused(watch(&stage.admin, asked("", filter)).await.map(|_| ()));
        assert_eq!(wrong.fields()[0], ("filter", "CONDITION_INVALID"), "{filter}");
    }

    // A type, groups and what is due anyway are no obstacle.
    let fit = json!({"record_type": "lead", "states": ["DUE"], "group_by": "kind"});
    view(&stage, "fit", fit).await;
    make(&stage, "task").await;
    let mut watcher = watch(&stage.admin, asked("fit", "")).await.expect("opens");
    watcher.snapshot().await;
    assert_eq!(watcher.kinds(), ["TASK"]);
}

#[tokio::test]
async fn another_sellers_view_does_not_exist() {
    let stage = Stage::new().await;
    let (ana, ben) = (stage.salesperson("ana").await, stage.salesperson("ben").await);
    let own = json!({"display_name": "Mine", "owner": "sellers/me", "filter": "activity.kind == \"TASK\""});
    ben.done("WorkQueueService/CreateView", json!({"view_id": "bens", "view": own})).await;
    let others = refused(watch(&ana, asked("bens", "")).await.map(|_| ()));
    assert_eq!(others.reason, "RESOURCE_NOT_FOUND");
}
