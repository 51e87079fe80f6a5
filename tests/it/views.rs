//! Saved views of lists of activities.

use serde_json::{Value, json};

use crate::support::invariants;
use crate::support::refused::refused;
use crate::support::stage::{Stage, each, list, text};

const CREATE: &str = "WorkQueueService/CreateView";
const UPDATE: &str = "WorkQueueService/UpdateView";
const LIST: &str = "WorkQueueService/ListActivities";

fn view(id: &str, owner: &str, mut content: Value) -> Value {
    content["display_name"] = json!(id);
    content["owner"] = json!(owner);
    json!({"view_id": id, "view": content})
}

#[tokio::test]
async fn a_view_fills_in_what_a_list_leaves_empty() {
    let stage = Stage::new().await;
    for lead in ["l1", "l2"] {
        stage.enroll(lead, "tasks").await;
        stage.enroll(lead, "short").await;
    }
    let emails = json!({"filter": "activity.kind == \"EMAIL\"", "order_by": "record desc", "window_size": 1,
        "group_by": "record"});
    let saved = stage.done(CREATE, view("emails", "", emails)).await["view"].clone();
    assert_eq!((text(&saved, "/name"), saved.get("owner")), ("views/emails", None));

    let request = json!({"queue": "sellers/ana", "saved_view": "views/emails"});
    let first = stage.done(LIST, request.clone()).await;
    let shown = list(&first, "/activities");
    assert_eq!(each(&shown, "record"), ["recordTypes/lead/records/l2"]);
    assert_eq!(list(&first, "/groups").len(), 2);
    let mut more = request.clone();
    more["page_token"] = first["nextPageToken"].clone();
    let second = stage.done(LIST, more.clone()).await;
    assert_eq!(each(&list(&second, "/activities"), "record"), ["recordTypes/lead/records/l1"]);

    // What the request says itself counts.
    let tasks = json!({"queue": "sellers/ana", "saved_view": "emails", "filter": "activity.kind == \"TASK\"",
        "page_size": 9});
    let tasks = stage.done(LIST, tasks).await;
    assert_eq!(each(&list(&tasks, "/activities"), "kind"), ["TASK", "TASK"]);

    // A list goes on as it began, or not at all.
    let other = json!({"view": {"name": "views/emails", "order_by": "record"}});
    stage.done(UPDATE, other).await;
    assert_eq!(refused(stage.call(LIST, more).await).fields(), [("page_token", "PAGE_TOKEN_INVALID")]);
    let turned = stage.done(LIST, request).await;
    assert_eq!(each(&list(&turned, "/activities"), "record"), ["recordTypes/lead/records/l1"]);
    invariants::hold_in(stage.app.app.engine.store(), stage.app.now()).await;
}

#[tokio::test]
async fn salespeople_keep_their_own_views_and_use_those_for_everybody() {
    let stage = Stage::new().await;
    let (ana, ben) = (stage.salesperson("ana").await, stage.salesperson("ben").await);
    stage.done(CREATE, view("all", "", json!({}))).await;
    let own = ana.done(CREATE, view("mine", "sellers/me", json!({"due": "TODAY"}))).await["view"].clone();
    assert_eq!(text(&own, "/owner"), "sellers/ana");
    assert_eq!(refused(ana.call(CREATE, view("x", "", json!({}))).await).reason, "ROLE_REQUIRED");
    let none = view("x", "sellers/me", json!({"record_type": "none"}));
    assert_eq!(refused(ana.call(CREATE, none).await).fields(), [("view.record_type", "REFERENCE_NOT_FOUND")]);
    let others = refused(ana.call(CREATE, view("x", "sellers/ben", json!({}))).await);
    assert_eq!(others.fields(), [("view.owner", "REFERENCE_NOT_FOUND")]);
    assert_eq!(
        refused(ana.call(CREATE, view("mine", "sellers/me", json!({}))).await).reason,
        "RESOURCE_EXISTS"
    );

    let names = |listed: &Value| each(&list(listed, "/views"), "name").join(" ");
    assert_eq!(names(&ana.done("WorkQueueService/ListViews", json!({})).await), "views/all views/mine");
    assert_eq!(names(&ben.done("WorkQueueService/ListViews", json!({})).await), "views/all");
    let request = json!({"queue": "sellers/me", "saved_view": "views/mine"});
    assert_eq!(refused(ben.call(LIST, request.clone()).await).reason, "RESOURCE_NOT_FOUND");
    ana.done(LIST, request).await;

    let rename = |name: &str| json!({"view": {"name": name, "display_name": "Else"}});
    assert_eq!(refused(ben.call(UPDATE, rename("views/mine")).await).reason, "RESOURCE_NOT_FOUND");
    assert_eq!(refused(ben.call(UPDATE, rename("views/all")).await).reason, "ROLE_REQUIRED");
    let renamed = ana.done(UPDATE, rename("views/mine")).await["view"].clone();
    assert_eq!((text(&renamed, "/displayName"), text(&renamed, "/due")), ("Else", "TODAY"));
    let stale = json!({"view": {"name": "views/mine", "display_name": "x", "etag": own["etag"]}});
    assert_eq!(refused(ana.call(UPDATE, stale).await).reason, "ETAG_MISMATCH");

    let delete = "WorkQueueService/DeleteView";
    assert_eq!(refused(ben.call(delete, json!({"name": "views/all"})).await).reason, "ROLE_REQUIRED");
    ana.done(delete, json!({"name": "views/mine"})).await;
    let gone = refused(ana.call("WorkQueueService/GetView", json!({"name": "views/mine"})).await);
    assert_eq!(gone.reason, "RESOURCE_NOT_FOUND");
    invariants::hold_in(stage.app.app.engine.store(), stage.app.now()).await;
}

#[tokio::test]
async fn a_view_is_checked_like_a_list_when_it_is_saved() {
    let stage = Stage::new().await;
    let attributes = json!({"record_type": "lead", "attributes": {"score": {"type": "INT"}}});
    stage.done("RecordService/DeclareAttributes", attributes).await;
    let wrong = json!({"filter": "activity.nothing > 5", "order_by": "nothing", "group_by": "nothing"});
    let found = refused(stage.call(CREATE, view("wrong", "", wrong)).await);
    let fields: Vec<&str> = found.fields().iter().map(|(field, _)| *field).collect();
    for field in ["view.filter", "view.order_by", "view.group_by"] {
        assert!(fields.contains(&field), "{found:?}");
    }

    let hot = json!({"filter": "record.score > 50"});
    let typeless = refused(stage.call(CREATE, view("hot", "", hot)).await);
    assert_eq!(typeless.fields(), [("view.filter", "CONDITION_INVALID")]);
    let hot = json!({"record_type": "lead", "filter": "record.score > 50", "order_by": "record.score desc"});
    stage.done(CREATE, view("hot", "", hot)).await;
    stage.done(LIST, json!({"saved_view": "hot"})).await;

    // A change is checked with what stays.
    let typeless = json!({"view": {"name": "views/hot"}, "update_mask": "recordType"});
    assert!(!refused(stage.call(UPDATE, typeless).await).fields().is_empty());
    let done = json!({"states": ["COMPLETED"]});
    stage.done(CREATE, view("done", "", done)).await;
    let unsaid = refused(stage.call(LIST, json!({"saved_view": "done"})).await);
    assert_eq!(unsaid.fields(), [("closed_since", "FIELD_REQUIRED")]);
}
