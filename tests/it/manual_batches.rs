//! Manual activities that are made for somebody else, and many at once.

use chrono::TimeDelta;
use futures::future::join_all;
use serde_json::{Value, json};
use uuid::Uuid;

use crate::support::invariants;
use crate::support::refused::refused;
use crate::support::stage::{Stage, each, event, list, text};

const CREATE: &str = "WorkQueueService/CreateActivity";
const BATCH: &str = "WorkQueueService/BatchCreateActivities";

/// A task on a lead, in a queue if one is named.
fn task(lead: &str, queue: &str) -> Value {
    json!({"activity": {"record": format!("recordTypes/lead/records/{lead}"), "task": {}, "queue": queue}})
}

async fn sound(stage: &Stage) {
    invariants::hold_in(stage.app.app.engine.store(), stage.app.now()).await;
}

async fn names(stage: &Stage, queue: &str) -> Vec<String> {
    each(&stage.queue(queue).await, "name").into_iter().map(str::to_owned).collect()
}

/// What became of each item: the queue, or the reason why it wasn't made.
fn told(answer: &Value) -> Vec<String> {
    let one = |result: &Value| {
        let details = list(result, "/error/details");
        let reason = details.iter().find_map(|detail| detail["reason"].as_str());
        reason.or(result["created"]["queue"].as_str()).expect("one of the two").to_owned()
    };
    list(answer, "/results").iter().map(one).collect()
}

#[tokio::test]
async fn one_is_made_for_a_team_or_another_seller_and_stays_there_until_the_record_has_another_owner() {
    let stage = Stage::new().await;
    let ana = stage.salesperson("ana").await;
    let for_ben = ana.done(CREATE, task("l1", "sellers/ben")).await["activity"].clone();
    let for_team = ana.done(CREATE, task("l1", "teams/unassigned")).await["activity"].clone();
    let own = ana.done(CREATE, task("l1", "sellers/me")).await["activity"].clone();
    assert_eq!((text(&for_ben, "/queue"), text(&for_team, "/queue")), ("sellers/ben", "teams/unassigned"));
    assert_eq!((text(&own, "/queue"), text(&own, "/state")), ("sellers/ana", "DUE"));
    assert_eq!(names(&stage, "sellers/ana").await, [text(&own, "/name")]);
    sound(&stage).await;

    // Ben does it like any other in his queue, and ana sees it because the record is hers.
    let ben = stage.salesperson("ben").await;
    ben.done("WorkQueueService/CompleteActivity", json!({"name": for_ben["name"]})).await;
    let got = ana.done("WorkQueueService/GetActivity", json!({"name": for_ben["name"]})).await;
    assert_eq!(text(&got, "/activity/closedBy"), "sellers/ben");
    let leased = stage.done("WorkQueueService/AcquireActivities", json!({"queue": "teams/unassigned"})).await;
    assert_eq!(leased["activities"][0]["activity"]["name"], for_team["name"]);
    sound(&stage).await;

    // A change of the record's other fields moves nothing, another owner everything.
    stage.admin.leads(json!([{"id": "l1", "attributes": {"name": "Else"}}])).await;
    stage.app.run_until_idle().await;
    assert_eq!(names(&stage, "teams/unassigned").await, [text(&for_team, "/name")]);
    stage.admin.leads(json!([{"id": "l1", "owner": "ben"}])).await;
    stage.app.run_until_idle().await;
    assert_eq!(names(&stage, "teams/unassigned").await, [] as [String; 0]);
    assert_eq!(names(&stage, "sellers/ben").await, [text(&for_team, "/name"), text(&own, "/name")]);
    sound(&stage).await;
}

#[tokio::test]
async fn one_for_later_falls_due_in_the_queue_that_was_chosen() {
    let stage = Stage::new().await;
    let mut later = task("l1", "sellers/ben");
    later["activity"]["due_time"] = json!(stage.app.now() + TimeDelta::hours(1));
    later["activity"]["note"] = json!("Kim is back");
    let later = stage.done(CREATE, later).await["activity"].clone();
    assert_eq!(text(&later, "/note"), "Kim is back");
    assert_eq!((text(&later, "/state"), text(&later, "/queue")), ("SCHEDULED", "sellers/ben"));
    sound(&stage).await;
    stage.app.advance(TimeDelta::hours(1)).await;
    assert_eq!(names(&stage, "sellers/ben").await, [text(&later, "/name")]);
    sound(&stage).await;
}

#[tokio::test]
async fn the_queue_must_exist_and_not_be_that_of_workers() {
    let stage = Stage::new().await;
    let wrong = async |queue: &str| {
        let refused = refused(stage.call(CREATE, task("l1", queue)).await);
        let fields = refused.fields();
        (fields[0].0.to_owned(), fields[0].1.to_owned())
    };
    let is = |reason: &str| ("activity.queue".to_owned(), reason.to_owned());
    assert_eq!(wrong("sellers/none").await, is("REFERENCE_NOT_FOUND"));
    assert_eq!(wrong("teams/automation").await, is("FIELD_INVALID"));
    assert_eq!(wrong("records/l1").await, is("RESOURCE_NAME_INVALID"));
    // An administrator's key is no seller's.
    assert_eq!(wrong("sellers/me").await, is("REFERENCE_NOT_FOUND"));

    let pool = json!({"team_id": "pool", "team": {"display_name": "Pool"}});
    stage.done("TeamService/CreateTeam", pool).await;
    stage.done("TeamService/DeleteTeam", json!({"name": "teams/pool"})).await;
    assert_eq!(wrong("teams/pool").await, is("REFERENCE_NOT_FOUND"));
    assert!(stage.queue("sellers/ana").await.is_empty());
    sound(&stage).await;
}

#[tokio::test]
async fn a_batch_makes_each_item_by_itself_and_tells_where_it_is() {
    let stage = Stage::new().await;
    stage
        .done(
            "RecordService/CloseRecord",
            json!({"name": "recordTypes/lead/records/l2", "close_outcome": "WON"}),
        )
        .await;
    let kindless = json!({"activity": {"record": "recordTypes/lead/records/l1"}});
    let items = [
        task("l1", ""),
        task("l2", ""),
        task("none", ""),
        kindless,
        task("l1", "sellers/ben"),
        task("l3", "sellers/none"),
        task("l4", ""),
    ];
    let made = stage.done(BATCH, json!({"requests": items})).await;
    let is = [
        "sellers/ana",
        "RECORD_CLOSED",
        "REFERENCE_NOT_FOUND",
        "FIELD_REQUIRED",
        "sellers/ben",
        "REFERENCE_NOT_FOUND",
        "teams/unassigned",
    ];
    assert_eq!(told(&made), is);
    let first = &stage.queue("sellers/ana").await[0];
    assert_eq!(
        (&made["results"][0]["created"]["name"], &made["results"][0]["created"]["etag"]),
        (&first["name"], &first["etag"])
    );
    let field = |index: usize| {
        let details = list(&made["results"][index], "/error/details");
        let found = details.iter().find_map(|detail| detail["fieldViolations"][0]["field"].as_str());
        found.unwrap_or_default().to_owned()
    };
    assert_eq!([field(2), field(3), field(5)], ["activity.record", "activity.content", "activity.queue"]);
    sound(&stage).await;

    let created =
        stage.done("RecordService/ListRecordHistory", json!({"parent": "recordTypes/lead/records/l1"})).await;
    let events = list(&created, "/events");
    let kinds: Vec<&str> = events.iter().map(event).map(|(kind, _)| kind).collect();
    assert_eq!(kinds.iter().filter(|kind| **kind == "activityCreated").count(), 2);
}

#[tokio::test]
async fn an_item_with_the_same_request_id_is_made_once() {
    let stage = Stage::new().await;
    let id = Uuid::from_u128(7).to_string();
    let item = |queue: &str| {
        let mut item = task("l1", queue);
        item["request_id"] = json!(id);
        item
    };
    let first = stage.done(BATCH, json!({"requests": [item("sellers/ben"), item("sellers/ben")]})).await;
    assert_eq!(told(&first), ["sellers/ben", "sellers/ben"]);
    assert_eq!(first["results"][0], first["results"][1]);
    let again = stage.done(BATCH, json!({"requests": [item("sellers/ben")]})).await;
    assert_eq!(again["results"][0], first["results"][0]);
    let other = stage.done(BATCH, json!({"requests": [item("sellers/ana")]})).await;
    assert_eq!(told(&other), ["REQUEST_ID_REUSED"]);
    assert_eq!(stage.queue("sellers/ben").await.len(), 1);
    sound(&stage).await;
}

#[tokio::test]
async fn the_limit_of_a_record_holds_within_a_batch_and_between_batches() {
    let stage = Stage::new().await;
    let items = |count: usize| json!({"requests": vec![task("l1", ""); count]});
    let calls = [60, 60].map(|count| stage.call(BATCH, items(count)));
    let answers = join_all(calls).await;
    let told: Vec<String> =
        answers.into_iter().flat_map(|answer| told(&answer.expect("is answered"))).collect();
    let count = |what: &str| told.iter().filter(|one| *one == what).count();
    assert_eq!((count("sellers/ana"), count("LIMIT_EXCEEDED")), (100, 20));

    let other = self::told(&stage.done(BATCH, json!({"requests": [task("l1", ""), task("l2", "")]})).await);
    assert_eq!(other, ["LIMIT_EXCEEDED", "sellers/ana"]);
    sound(&stage).await;

    let none = refused(stage.call(BATCH, items(0)).await);
    assert_eq!(none.fields(), [("requests", "FIELD_REQUIRED")]);
    assert_eq!(refused(stage.call(BATCH, items(1_001)).await).fields(), [("requests", "FIELD_TOO_LONG")]);
}

#[tokio::test]
async fn a_batch_on_many_records_takes_a_handful_of_transactions() {
    let stage = Stage::new().await;
    let lead = |number: usize| json!({"id": format!("m{number}"), "owner": "ana"});
    stage.admin.leads((0..500).map(lead).collect()).await;
    let items: Vec<Value> = (0..500).map(|number| task(&format!("m{number}"), "")).collect();
    let revision = async || {
        sqlx::query_scalar::<_, i64>(
            "SELECT revision FROM queue JOIN seller USING (organization_id, id) WHERE seller_id = 'ana'",
        )
        .fetch_one(&stage.app.database.pool())
        .await
        .expect("is there")
    };
    let before = revision().await;
    let made = stage.done(BATCH, json!({"requests": items})).await;
    assert!(told(&made).iter().all(|queue| queue == "sellers/ana"));
    let transactions = revision().await - before;
    assert!(transactions <= 5, "{transactions}");
    sound(&stage).await;
}
