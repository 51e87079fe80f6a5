//! What sellers see in their queues and do with it, through the whole server.

use chrono::TimeDelta;
use serde_json::{Value, json};
use tonic::Code;

use super::support::app::within_deadline;
use super::support::dynamic::call;
use super::support::refused::refused;
use super::support::stage::{Stage, each, list, text};

const LIST: &str = "WorkQueueService/ListActivities";
const GET: &str = "WorkQueueService/GetActivity";
const COMPLETE: &str = "WorkQueueService/CompleteActivity";
const BATCH_COMPLETE: &str = "WorkQueueService/BatchCompleteActivities";
const SKIP: &str = "WorkQueueService/SkipActivity";
const SNOOZE: &str = "WorkQueueService/SnoozeActivity";
const UP_NEXT: &str = "WorkQueueService/GetUpNext";
const REQUEST_ID: &str = "0190c0de-0000-7000-8000-000000000001";

fn as_method(method: &str) -> String {
    format!("upnext.v1.{method}")
}

async fn open_of(stage: &Stage, lead: &str, sequence: &str) -> String {
    text(&stage.enroll(lead, sequence).await, "/openActivity").to_owned()
}

#[tokio::test]
async fn an_activity_shows_what_its_step_says() {
    let stage = Stage::new().await;
    let enrolled = stage.enroll("l1", "short").await;
    let queue = stage.queue("sellers/ana").await;
    let [email] = &queue[..] else { panic!("one activity: {queue:?}") };
    let now = stage.app.now().to_rfc3339_opts(chrono::SecondsFormat::Secs, true);

    let expected = json!({
        "name": enrolled["openActivity"], "queue": "sellers/ana", "kind": "EMAIL", "state": "DUE", "displayName": "Say hello",
        "record": "recordTypes/lead/records/l1", "recordDisplayName": "l1", "enrollment": enrolled["name"],
        "sequence": "sequences/short", "stepId": "hello", "stepNumber": 1, "stepCount": 3, "dueTime": now,
        "createTime": now, "orderKey": email["orderKey"], "etag": email["etag"], "email": {}, "warnings": ["NO_EMAIL_ADDRESS"],
    });
    assert_eq!(*email, expected);

    let got = stage.done(GET, json!({"name": email["name"]})).await;
    assert_eq!(got["activity"], *email, "a list and a get show the same");
}

#[tokio::test]
async fn a_template_is_named_by_the_id_that_its_author_chose() {
    let stage = Stage::new().await;
    let template =
        json!({"display_name": "Hello", "record_type": "lead", "email": {"subject": "Hi", "body": "…"}});
    let request = json!({"template_id": "hello-mail", "template": template});
    stage.done("TemplateService/CreateTemplate", request).await;
    stage.sequence("mail", json!([{"step_id": "mail", "email": {"template": "hello-mail"}}])).await;
    stage.enroll("l1", "mail").await;
    assert_eq!(stage.queue("sellers/ana").await[0]["email"], json!({"template": "templates/hello-mail"}));
}

#[tokio::test]
async fn a_queue_is_listed_in_its_order_page_by_page() {
    let stage = Stage::new().await;
    let first = open_of(&stage, "l2", "tasks").await;
    stage.app.advance(TimeDelta::seconds(1)).await;
    let second = open_of(&stage, "l1", "tasks").await;
    let third = open_of(&stage, "l1", "short").await;
    open_of(&stage, "l3", "tasks").await;

    let request = json!({"queue": "sellers/ana", "page_size": 2});
    let page = stage.done(LIST, request.clone()).await;
    let mut activities = list(&page, "/activities");
    assert_eq!(page["counts"], json!({"due": 3}));

    let mut next = request.clone();
    next["page_token"] = page["nextPageToken"].clone();
    let last = stage.done(LIST, next).await;
    assert_eq!(last.get("nextPageToken"), None);

    activities.extend(list(&last, "/activities"));
    assert_eq!(each(&activities, "name"), [&first, &second, &third]);
    let keys = each(&activities, "orderKey");
    assert!(keys.is_sorted_by(|one, other| one.as_bytes() < other.as_bytes()), "{keys:?}");

    let other = json!({"queue": "sellers/ben", "page_size": 2, "page_token": page["nextPageToken"]});
    assert_eq!(refused(stage.call(LIST, other).await).reason, "PAGE_TOKEN_INVALID");
    let all = stage.done(LIST, json!({})).await;
    assert_eq!(list(&all, "/activities").len(), 4);
    assert_eq!(all.get("counts"), None);
}

#[tokio::test]
async fn a_list_can_be_filtered_by_every_field() {
    let stage = Stage::new().await;
    let task = open_of(&stage, "l1", "tasks").await;
    let email = open_of(&stage, "l2", "short").await;
    let until = stage.app.now() + TimeDelta::hours(1);
    stage.done(SNOOZE, json!({"name": email, "until": until.to_rfc3339()})).await;

    let cases = [
        ("activity.kind == \"TASK\"", vec![&task]),
        ("activity.record == \"l1\"", vec![&task]),
        ("activity.record == \"recordTypes/lead/records/l1\"", vec![&task]),
        ("activity.record == \"recordTypes/account/records/l1\"", vec![]),
        ("activity.record_display_name.startsWith(\"l\")", vec![&task, &email]),
        ("activity.sequence == \"short\"", vec![&email]),
        ("activity.sequence == \"sequences/short\"", vec![&email]),
        ("activity.sequence != \"sequences/short\"", vec![&task]),
        ("activity.sequence in [\"tasks\", \"sequences/short\"]", vec![&task, &email]),
        ("activity.step_id == \"first\"", vec![&task]),
        ("activity.snooze_count > 0", vec![&email]),
        ("activity.due_time <= activity.create_time", vec![&task, &email]),
    ];
    for (filter, expected) in cases {
        let request = json!({"queue": "sellers/ana", "states": ["DUE", "SNOOZED"], "filter": filter});
        let listed = list(&stage.done(LIST, request).await, "/activities");
        assert_eq!(each(&listed, "name"), expected, "{filter}");
    }

    let wrong = refused(stage.call(LIST, json!({"filter": "activity.kid == \"TASK\""})).await);
    assert_eq!(wrong.fields(), [("filter", "CONDITION_INVALID")]);
    assert!(wrong.message.contains("did you mean kind"), "{}", wrong.message);
}

#[tokio::test]
async fn completing_leads_through_the_wait_to_the_call_and_to_the_end() {
    let stage = Stage::new().await;
    let email = open_of(&stage, "l1", "short").await;
    let other = open_of(&stage, "l2", "tasks").await;
    let ana = stage.salesperson("ana").await;
    let method = as_method(COMPLETE);
    let done = call(&ana, &method, json!({"name": email, "note": "friendly"})).await.expect("completes");
    let activity = &done["activity"];
    assert_eq!((text(activity, "/state"), text(activity, "/note")), ("COMPLETED", "friendly"));
    assert_eq!(text(activity, "/closedBy"), "sellers/ana");
    assert_eq!(text(activity, "/queue"), "sellers/ana");
    assert_eq!(text(activity, "/recordDisplayName"), "l1");
    let until = stage.app.now() + TimeDelta::seconds(10);
    assert_eq!(done["waitingUntil"], until.to_rfc3339_opts(chrono::SecondsFormat::Secs, true));
    assert_eq!(text(&done, "/queueHead/name"), other);
    assert_eq!(stage.done(GET, json!({"name": email})).await["activity"], *activity);
    assert_eq!(each(&stage.queue("sellers/ana").await, "name"), [&other]);

    let next = stage.done(COMPLETE, json!({"name": other})).await;
    assert_eq!(text(&next, "/nextActivity/stepId"), "second");
    assert_eq!(next["nextActivity"], next["queueHead"]);
    let second = text(&next, "/nextActivity/name");
    let last = stage.done(SKIP, json!({"name": second, "reason": "no need"})).await;
    assert_eq!(last["enrollment"]["state"], "COMPLETED");
    assert_eq!((text(&last, "/activity/state"), text(&last, "/activity/skipReason")), ("SKIPPED", "no need"));
    assert_eq!(last["activity"].get("outcome"), None);
    assert!(text(&last, "/activity/closedBy").starts_with("apiKeys/"));
    assert_eq!((last.get("nextActivity"), last.get("queueHead")), (None, None));
}

#[tokio::test]
async fn a_repeated_request_gets_its_answer_and_another_one_is_told_who_was_first() {
    let stage = Stage::new().await;
    let task = open_of(&stage, "l1", "tasks").await;
    let stale = json!({"name": task, "etag": "AAAA"});
    let stale = refused(stage.call(COMPLETE, stale).await);
    assert_eq!((stale.code, stale.reason.as_str()), (Code::Aborted, "ETAG_MISMATCH"));

    let etag = stage.done(GET, json!({"name": task})).await["activity"]["etag"].clone();
    let request = json!({"name": task, "etag": etag, "request_id": REQUEST_ID});
    let first = stage.done(COMPLETE, request.clone()).await;
    assert_eq!(stage.done(COMPLETE, request).await, first);

    let other = json!({"name": task, "note": "else", "request_id": REQUEST_ID});
    assert_eq!(refused(stage.call(COMPLETE, other).await).reason, "REQUEST_ID_REUSED");
    for method in [COMPLETE, SKIP] {
        let closed = refused(stage.call(method, json!({"name": task})).await);
        assert_eq!((closed.code, closed.reason.as_str()), (Code::FailedPrecondition, "ACTIVITY_CLOSED"));
        assert_eq!(closed.metadata["state"], "COMPLETED");
        assert_eq!(closed.metadata["closed_by"], text(&first, "/activity/closedBy"));
        assert!(closed.metadata["close_time"].starts_with("20"));
    }

    let missing = json!({"name": format!("activities/{REQUEST_ID}")});
    assert_eq!(refused(stage.call(COMPLETE, missing.clone()).await).reason, "RESOURCE_NOT_FOUND");
    assert_eq!(refused(stage.call(GET, missing).await).reason, "RESOURCE_NOT_FOUND");

    let malformed =
        refused(stage.call(COMPLETE, json!({"name": "activities/x", "outcome": "x".repeat(65)})).await);
    assert_eq!(malformed.fields(), [("outcome", "FIELD_TOO_LONG"), ("name", "RESOURCE_NAME_INVALID")]);
}

#[tokio::test]
async fn a_phone_call_needs_a_known_outcome() {
    let stage = Stage::new().await;
    stage.sequence("call", json!([{"step_id": "call", "phone_call": {"script": "Hi"}}])).await;
    let name = open_of(&stage, "l1", "call").await;
    let get = |view: &str| json!({"name": name, "view": view});

    let shown = stage.done(GET, get("FULL")).await;
    assert_eq!(shown["activity"]["phoneCall"], json!({"script": "Hi"}));
    for view in ["VIEW_UNSPECIFIED", "BASIC"] {
        assert_eq!(stage.done(GET, get(view)).await["activity"]["phoneCall"], json!({}), "{view}");
    }

    let without = refused(stage.call(COMPLETE, json!({"name": name})).await);
    assert_eq!(without.fields(), [("outcome", "OUTCOME_REQUIRED")]);
    let future = (stage.app.now() + TimeDelta::minutes(2)).to_rfc3339();

    let wrong = json!({"name": name, "outcome": "maybe", "complete_time": future});
    let wrong = refused(stage.call(COMPLETE, wrong).await);
    assert_eq!(wrong.code, Code::InvalidArgument);
    assert_eq!(wrong.fields(), [("outcome", "OUTCOME_UNKNOWN"), ("complete_time", "FIELD_INVALID")]);
    assert!(wrong.message.contains("made, received, no_answer, voicemail, busy, wrong_number"));

    // The client's clock is half a second ahead.
    let ahead = (stage.app.now() + TimeDelta::milliseconds(500)).to_rfc3339();
    let made = json!({"name": name, "outcome": "made", "complete_time": ahead});
    let done = stage.done(COMPLETE, made).await;
    assert_eq!(text(&done, "/activity/outcome"), "made");
    let closed = chrono::DateTime::parse_from_rfc3339(text(&done, "/activity/closeTime")).expect("a time");
    assert!(closed <= stage.app.now());
}

#[tokio::test]
async fn a_snoozed_activity_leaves_the_list_and_keeps_its_place() {
    let stage = Stage::new().await;
    let first = open_of(&stage, "l1", "tasks").await;
    let second = open_of(&stage, "l2", "tasks").await;
    let until = stage.app.now() + TimeDelta::hours(2);

    let snoozed = stage.done(SNOOZE, json!({"name": first, "until": until.to_rfc3339()})).await;
    assert_eq!(text(&snoozed, "/activity/state"), "SNOOZED");
    assert_eq!(snoozed["activity"]["snoozeCount"], 1);
    assert_eq!(text(&snoozed, "/queueHead/name"), second);

    let listed = stage.done(LIST, json!({"queue": "sellers/ana"})).await;
    assert_eq!(each(&list(&listed, "/activities"), "name"), [&second]);
    assert_eq!(listed["counts"], json!({"due": 1, "snoozed": 1}));

    let all = stage.done(LIST, json!({"queue": "sellers/ana", "states": ["DUE", "SNOOZED"]})).await;
    assert_eq!(each(&list(&all, "/activities"), "name"), [&first, &second]);
    let past = json!({"name": first, "until": stage.app.now().to_rfc3339()});
    assert_eq!(refused(stage.call(SNOOZE, past).await).fields(), [("until", "FIELD_INVALID")]);

    let never = refused(stage.call(SNOOZE, json!({"name": first})).await);
    assert_eq!(never.fields(), [("until", "FIELD_REQUIRED")]);
    let done = stage.done(COMPLETE, json!({"name": first})).await;
    assert_eq!(text(&done, "/activity/state"), "COMPLETED", "a snoozed one can be completed");
}

#[tokio::test]
async fn each_item_of_a_batch_succeeds_or_fails_separately() {
    let stage = Stage::new().await;
    let one = open_of(&stage, "l1", "tasks").await;
    let two = open_of(&stage, "l3", "tasks").await;
    let requests = json!([
        {"name": one, "request_id": REQUEST_ID},
        {"name": "activities/nonsense"},
        {"name": format!("activities/{REQUEST_ID}")},
        {"name": one, "request_id": REQUEST_ID},
        {"name": one},
        {"name": two, "etag": "stale"},
        {"name": two, "request_id": "no uuid"},
    ]);
    let answer = stage.done(BATCH_COMPLETE, json!({"requests": requests})).await;
    let results = list(&answer, "/results");
    assert_eq!(results.len(), 7);

    let reason = |result: &Value| match result.get("error") {
        None => "-".to_owned(),
        Some(error) => text(error, "/details/0/reason").to_owned(),
    };

    let reasons: Vec<_> = results.iter().map(reason).collect();
    let expected = [
        "-",
        "RESOURCE_NAME_INVALID",
        "RESOURCE_NOT_FOUND",
        "-",
        "ACTIVITY_CLOSED",
        "ETAG_MISMATCH",
        "FIELD_INVALID",
    ];
    assert_eq!(reasons, expected);
    assert_eq!(results[0], results[3], "the same request id gets the same answer");
    assert_eq!(text(&results[0], "/completed/progress/state"), "ACTIVE");

    let empty = refused(stage.call(BATCH_COMPLETE, json!({"requests": []})).await);
    assert_eq!(empty.code, Code::InvalidArgument);
}

#[tokio::test]
async fn a_salesperson_sees_and_acts_on_only_their_own_work() {
    let stage = Stage::new().await;
    let own = open_of(&stage, "l1", "tasks").await;
    let bens = open_of(&stage, "l3", "tasks").await;
    open_of(&stage, "l4", "tasks").await;

    let ana = stage.salesperson("ana").await;
    let list_method = as_method(LIST);
    for request in [json!({}), json!({"queue": "sellers/me"}), json!({"queue": "sellers/ana"})] {
        let listed = call(&ana, &list_method, request.clone()).await.expect("lists");
        assert_eq!(each(&list(&listed, "/activities"), "name"), [&own], "{request}");
    }
    for queue in ["sellers/ben", "teams/unassigned", "sellers/nobody", "teams/none"] {
        let hidden = refused(call(&ana, &list_method, json!({"queue": queue})).await);
        assert_eq!((hidden.code, hidden.reason.as_str()), (Code::NotFound, "RESOURCE_NOT_FOUND"), "{queue}");
    }

    let soon = (stage.app.now() + TimeDelta::hours(1)).to_rfc3339();
    for (method, request) in [
        (GET, json!({"name": bens})),
        (COMPLETE, json!({"name": bens})),
        (SKIP, json!({"name": bens})),
        (SNOOZE, json!({"name": bens, "until": soon})),
        (UP_NEXT, json!({"record": "recordTypes/lead/records/l3"})),
    ] {
        let hidden = refused(call(&ana, &as_method(method), request).await);
        assert_eq!(hidden.reason, "RESOURCE_NOT_FOUND", "{method}");
    }
    let stranger = stage.app.other_organization().await;
    assert_eq!(refused(call(&stranger, &as_method(GET), json!({"name": own})).await).code, Code::NotFound);

    let unassigned = stage.queue("teams/unassigned").await;
    assert_eq!(each(&unassigned, "record"), ["recordTypes/lead/records/l4"]);
    let nobody = refused(stage.call(LIST, json!({"queue": "sellers/me"})).await);
    assert_eq!(nobody.reason, "RESOURCE_NOT_FOUND", "an administrator's key is bound to no seller");
}

#[tokio::test]
async fn up_next_shows_a_records_past_current_and_next_work() {
    let stage = Stage::new().await;
    let enrolled = stage.enroll("l1", "short").await;
    let record = json!({"record": "recordTypes/lead/records/l1"});
    let before = stage.done(UP_NEXT, record.clone()).await;
    assert_eq!(text(&before, "/current/0/activity/stepId"), "hello");

    let upcoming: Vec<_> =
        list(&before, "/upcoming").iter().map(|item| item["step"]["step"].clone()).collect();
    assert_eq!(each(&upcoming, "stepId"), ["pause", "call"]);
    assert_eq!(upcoming[0]["wait"], json!({"delay": {"seconds": 10}}));
    assert_eq!(upcoming[1]["phoneCall"], json!({}), "a step has no script here");

    stage.done(COMPLETE, json!({"name": enrolled["openActivity"]})).await;
    let waiting = stage.done(UP_NEXT, record).await;
    assert_eq!(text(&waiting, "/current/0/wait/stepId"), "pause");
    assert_eq!(waiting["current"][0]["wait"]["enrollment"], enrolled["name"]);
    assert!(waiting["current"][0]["wait"]["waitingUntil"].is_string());
    assert_eq!(text(&waiting, "/upcoming/0/step/step/displayName"), "Phone call");
    assert_eq!(text(&waiting, "/upcoming/0/step/step/description"), "Ask what they need");
    assert_eq!(waiting["completed"][0]["activity"]["name"], enrolled["openActivity"]);
    assert_eq!(text(&waiting, "/completed/0/activity/state"), "COMPLETED");

    let missing = json!({"record": "recordTypes/lead/records/nobody"});
    assert_eq!(refused(stage.call(UP_NEXT, missing).await).reason, "RESOURCE_NOT_FOUND");
}

#[tokio::test]
async fn up_next_is_one_consistent_snapshot_whatever_changes_meanwhile() {
    let stage = Stage::new().await;
    let first = open_of(&stage, "l1", "tasks").await;
    stage.done(COMPLETE, json!({"name": first, "note": "before"})).await;
    let pool = stage.app.database.pool();

    // Holds up the last of its reads, until what it would read is changed.
    let mut meanwhile = pool.begin().await.expect("begins");
    let hold = "LOCK TABLE closed_activity IN ACCESS EXCLUSIVE MODE";
    sqlx::query(hold).execute(&mut *meanwhile).await.expect("locks");
    let record = json!({"record": "recordTypes/lead/records/l1"});
    let reading = stage.done(UP_NEXT, record);
    let changing = async {
        let waiting = "SELECT count(*) FROM pg_locks WHERE NOT granted AND relation = 'closed_activity'::regclass AND database = (SELECT oid FROM pg_database WHERE datname = current_database())";
        within_deadline("the last read waits", async {
            while sqlx::query_scalar::<_, i64>(waiting).fetch_one(&pool).await.expect("counts") == 0 {
                tokio::task::yield_now().await;
            }
        })
        .await;
        let change = "UPDATE closed_activity SET note = 'after'";
        sqlx::query(change).execute(&mut *meanwhile).await.expect("changes");
        meanwhile.commit().await.expect("commits");
    };

    let (shown, ()) = tokio::join!(reading, changing);
    assert_eq!(text(&shown, "/completed/0/activity/note"), "before");
}
