//! Manual activities: made by hand on a record, and then like every other activity.

use chrono::TimeDelta;
use serde_json::{Value, json};

use crate::support::app::Client;
use crate::support::invariants;
use crate::support::refused::refused;
use crate::support::stage::{Stage, each, event, list, text};

const CREATE: &str = "WorkQueueService/CreateActivity";
const UPDATE: &str = "WorkQueueService/UpdateActivity";
const CANCEL: &str = "WorkQueueService/CancelActivity";
const LEAD: &str = "recordTypes/lead/records/l1";

/// Makes an activity on ana's first lead.
async fn made(client: &Client, content: Value) -> Value {
    let mut activity = json!({"record": LEAD});
    activity.as_object_mut().expect("an object").extend(content.as_object().expect("an object").clone());
    client.done(CREATE, json!({"activity": activity})).await["activity"].clone()
}

async fn got(stage: &Stage, activity: &Value) -> Value {
    let full = json!({"name": activity["name"], "view": "FULL"});
    stage.done("WorkQueueService/GetActivity", full).await["activity"].clone()
}

async fn sound(stage: &Stage) {
    invariants::hold_in(stage.app.app.engine.store(), stage.app.now()).await;
}

fn counts(listed: &Value) -> (i64, i64) {
    let count = |name: &str| listed["counts"][name].as_i64().unwrap_or_default();
    (count("due"), count("snoozed"))
}

#[tokio::test]
async fn each_kind_is_made_by_hand_and_done_like_every_other() {
    let stage = Stage::new().await;
    let ana = stage.salesperson("ana").await;
    let kinds = [
        (
            "PHONE_CALL",
            json!({"phone_call": {"script": "Hi"}, "display_name": "Ring", "note": "Kim is back"}),
        ),
        ("EMAIL", json!({"email": {}})),
        ("TASK", json!({"task": {}})),
        ("TEXT_MESSAGE", json!({"text_message": {}})),
        ("APPOINTMENT", json!({"appointment": {"duration": "1800s", "location": "Room 5"}})),
    ];
    for (kind, content) in kinds {
        let activity = made(&ana, content).await;
        assert_eq!((text(&activity, "/kind"), text(&activity, "/state")), (kind, "DUE"));
        assert_eq!(text(&activity, "/queue"), "sellers/ana");
        assert_eq!((activity.get("enrollment"), activity.get("sequence")), (None, None));
        assert_eq!((activity.get("stepId"), activity.get("stepNumber")), (None, None));
    }
    let queue = stage.queue("sellers/ana").await;
    assert_eq!(each(&queue, "displayName"), ["Ring", "Email", "Task", "Text message", "Appointment"]);
    let ring = got(&stage, &queue[0]).await;
    assert_eq!((&ring["phoneCall"]["script"], &ring["note"]), (&json!("Hi"), &json!("Kim is back")));
    assert_eq!(queue[0]["phoneCall"].get("script"), None, "long texts are for FULL");
    assert_eq!(queue[4]["appointment"], json!({"duration": "1800s", "location": "Room 5"}));
    sound(&stage).await;

    // A call needs an outcome, whoever made it.
    let call = json!({"name": queue[0]["name"]});
    let complete = "WorkQueueService/CompleteActivity";
    assert_eq!(refused(ana.call(complete, call).await).reason, "OUTCOME_REQUIRED");
    let done = ana.done(complete, json!({"name": queue[0]["name"], "outcome": "made"})).await;
    assert_eq!(text(&done, "/activity/state"), "COMPLETED");
    assert_eq!((done.get("enrollment"), done.get("nextActivity")), (None, None));
    assert_eq!(done["queueHead"]["name"], queue[1]["name"]);
    let skipped = json!({"requests": [{"name": queue[1]["name"], "reason": "no time"}]});
    let skipped = ana.done("WorkQueueService/BatchSkipActivities", skipped).await;
    assert_eq!(skipped["results"][0]["skipped"]["progress"].get("enrollment"), None);
    sound(&stage).await;

    let reopen = json!({"name": queue[0]["name"], "reason": "wrong click"});
    let reopened = ana.done("WorkQueueService/ReopenActivity", reopen).await;
    assert_eq!(text(&reopened, "/activity/state"), "DUE");
    assert_eq!(stage.queue("sellers/ana").await.len(), 4);
    sound(&stage).await;
}

#[tokio::test]
async fn one_for_later_falls_due_at_its_time_and_not_before() {
    let stage = Stage::new().await;
    let due = stage.app.now() + TimeDelta::hours(2);
    let later = made(&stage.admin, json!({"task": {}, "due_time": due})).await;
    assert_eq!((text(&later, "/state"), later.get("snoozeUntil")), ("SCHEDULED", None));
    assert_eq!(later["dueTime"], json!(due));

    let listed = json!({"queue": "sellers/ana", "states": ["SCHEDULED"]});
    let listed = stage.done("WorkQueueService/ListActivities", listed).await;
    assert_eq!((list(&listed, "/activities").len(), counts(&listed)), (1, (0, 1)));
    let snoozed = json!({"queue": "sellers/ana", "states": ["DUE", "SNOOZED"]});
    let snoozed = stage.done("WorkQueueService/ListActivities", snoozed).await;
    assert_eq!(list(&snoozed, "/activities").len(), 0);
    let next = stage.done("WorkQueueService/GetUpNext", json!({"record": LEAD})).await;
    assert_eq!(list(&next, "/upcoming")[0]["activity"]["name"], later["name"]);
    sound(&stage).await;

    stage.app.advance(TimeDelta::hours(2) - TimeDelta::microseconds(1)).await;
    assert!(stage.queue("sellers/ana").await.is_empty());
    stage.app.advance(TimeDelta::microseconds(1)).await;
    let queue = stage.queue("sellers/ana").await;
    assert_eq!((&queue[0]["name"], &queue[0]["dueTime"]), (&later["name"], &json!(due)));
    assert_eq!(queue[0]["orderKey"], later["orderKey"]);
    let next = stage.done("WorkQueueService/GetUpNext", json!({"record": LEAD})).await;
    assert_eq!(list(&next, "/current")[0]["activity"]["state"], "DUE");
    sound(&stage).await;
}

#[tokio::test]
async fn what_is_scheduled_is_put_off_further_or_done_earlier() {
    let stage = Stage::new().await;
    let due = stage.app.now() + TimeDelta::hours(2);
    let later = made(&stage.admin, json!({"task": {}, "due_time": due})).await;
    let snooze = |hours| json!({"name": later["name"], "until": stage.app.now() + TimeDelta::hours(hours)});
    let earlier = refused(stage.call("WorkQueueService/SnoozeActivity", snooze(1)).await);
    assert_eq!(earlier.fields(), [("until", "FIELD_INVALID")]);
    let snoozed = stage.done("WorkQueueService/SnoozeActivity", snooze(3)).await;
    assert_eq!(text(&snoozed, "/activity/state"), "SNOOZED");
    sound(&stage).await;

    let now = stage.app.now();
    let due = stage.done("WorkQueueService/UnsnoozeActivity", json!({"name": later["name"]})).await;
    assert_eq!((text(&due, "/activity/state"), &due["activity"]["dueTime"]), ("DUE", &json!(now)));
    sound(&stage).await;

    // Taken back, it waits as before.
    let again = made(&stage.admin, json!({"task": {}, "due_time": now + TimeDelta::hours(2)})).await;
    stage.done("WorkQueueService/CompleteActivity", json!({"name": again["name"]})).await;
    let reopened = stage.done("WorkQueueService/ReopenActivity", json!({"name": again["name"]})).await;
    assert_eq!(text(&reopened, "/activity/state"), "SCHEDULED");
    sound(&stage).await;
}

#[tokio::test]
async fn its_text_and_due_time_can_be_changed_while_it_is_open() {
    let stage = Stage::new().await;
    let call = made(&stage.admin, json!({"phone_call": {"script": "Hi"}, "display_name": "Ring"})).await;
    let edit = json!({"activity": {"name": call["name"], "etag": call["etag"], "description": "At noon",
        "note": "busy till 12", "phone_call": {"script": "Hello"}}});
    let edited = stage.done(UPDATE, edit.clone()).await["activity"].clone();
    assert_eq!((&edited["displayName"], &edited["description"]), (&json!("Ring"), &json!("At noon")));
    assert_eq!(edited["note"], "busy till 12");
    assert_eq!(got(&stage, &call).await["phoneCall"]["script"], "Hello");
    assert_eq!(refused(stage.call(UPDATE, edit).await).reason, "ETAG_MISMATCH");
    sound(&stage).await;

    let later = stage.app.now() + TimeDelta::hours(1);
    let move_to = |time| json!({"activity": {"name": call["name"], "due_time": time}});
    assert_eq!(stage.done(UPDATE, move_to(later)).await["activity"]["state"], "SCHEDULED");
    assert!(stage.queue("sellers/ana").await.is_empty());
    sound(&stage).await;
    let earlier = stage.app.now() - TimeDelta::hours(1);
    let overdue = stage.done(UPDATE, move_to(earlier)).await["activity"].clone();
    assert_eq!((&overdue["state"], &overdue["dueTime"]), (&json!("DUE"), &json!(earlier)));
    // The same again changes nothing.
    assert_eq!(stage.done(UPDATE, move_to(earlier)).await["activity"]["etag"], overdue["etag"]);

    let kind = json!({"activity": {"name": call["name"], "task": {}}});
    assert_eq!(refused(stage.call(UPDATE, kind).await).fields(), [("activity.task", "FIELD_IMMUTABLE")]);
    let never = json!({"activity": {"name": call["name"]}, "update_mask": "dueTime"});
    assert_eq!(refused(stage.call(UPDATE, never).await).fields(), [("activity.due_time", "FIELD_REQUIRED")]);
    stage.done("WorkQueueService/SkipActivity", json!({"name": call["name"]})).await;
    assert_eq!(refused(stage.call(UPDATE, move_to(later)).await).reason, "ACTIVITY_CLOSED");
    sound(&stage).await;
}

#[tokio::test]
async fn what_a_step_made_is_neither_edited_nor_canceled() {
    let stage = Stage::new().await;
    let step = stage.enroll("l1", "tasks").await["openActivity"].clone();
    let edit = json!({"activity": {"name": step, "display_name": "Else"}});
    assert_eq!(refused(stage.call(UPDATE, edit).await).reason, "ACTIVITY_NOT_MANUAL");
    assert_eq!(refused(stage.call(CANCEL, json!({"name": step})).await).reason, "ACTIVITY_NOT_MANUAL");
    assert_eq!(stage.queue("sellers/ana").await[0]["displayName"], "Task");
}

#[tokio::test]
async fn it_is_canceled_by_hand_or_with_its_record() {
    let stage = Stage::new().await;
    let ana = stage.salesperson("ana").await;
    let task = made(&ana, json!({"task": {}})).await;
    let canceled =
        ana.done(CANCEL, json!({"name": task["name"], "reason": "moot"})).await["activity"].clone();
    assert_eq!((&canceled["state"], &canceled["cancelReason"]), (&json!("CANCELED"), &json!("moot")));
    assert_eq!(canceled["closedBy"], "sellers/ana");
    assert_eq!(refused(ana.call(CANCEL, json!({"name": task["name"]})).await).reason, "ACTIVITY_CLOSED");
    let reopen = json!({"name": task["name"]});
    let reopened = refused(ana.call("WorkQueueService/ReopenActivity", reopen).await);
    assert_eq!(reopened.reason, "ENROLLMENT_ENDED");
    sound(&stage).await;

    let due = stage.app.now() + TimeDelta::hours(2);
    let later = made(&ana, json!({"task": {}, "due_time": due})).await;
    let close = json!({"name": LEAD, "close_outcome": "LOST"});
    stage.done("RecordService/CloseRecord", close).await;
    let closed = got(&stage, &later).await;
    assert_eq!((&closed["state"], &closed["cancelReason"]), (&json!("CANCELED"), &json!("RECORD_CLOSED")));
    let on_closed = json!({"activity": {"record": LEAD, "task": {}}});
    assert_eq!(refused(ana.call(CREATE, on_closed).await).reason, "RECORD_CLOSED");
    sound(&stage).await;
}

#[tokio::test]
async fn what_was_written_about_a_record_is_erased_with_it() {
    let stage = Stage::new().await;
    let words =
        json!({"display_name": "Ask Zoë", "description": "about Zoë", "phone_call": {"script": "Hi Zoë"}});
    let call = made(&stage.admin, words).await;
    let gone = made(&stage.admin, json!({"appointment": {"location": "At Zoë's"}})).await;
    stage.done(CANCEL, json!({"name": gone["name"], "reason": "Zoë is ill"})).await;
    stage.done(UPDATE, json!({"activity": {"name": call["name"], "description": "again, Zoë"}})).await;
    stage.done("RecordService/DeleteRecord", json!({"name": LEAD})).await;

    for activity in [&call, &gone] {
        let shown = got(&stage, activity).await;
        assert_eq!((text(&shown, "/state"), shown.get("record")), ("CANCELED", None));
        assert!(!shown.to_string().contains("Zoë"), "{shown}");
    }
    let kept: i64 = sqlx::query_scalar(
        "SELECT (SELECT count(*) FROM manual_activity WHERE definition::text LIKE '%Zoë%')
           + (SELECT count(*) FROM closed_activity WHERE outcome LIKE '%Zoë%')
           + (SELECT count(*) FROM history WHERE detail::text LIKE '%Zoë%')",
    )
    .fetch_one(&stage.app.database.pool())
    .await
    .expect("counts");
    assert_eq!(kept, 0);
    sound(&stage).await;
}

#[tokio::test]
async fn it_follows_its_record_to_the_new_owner_and_takes_part_in_leases() {
    let stage = Stage::new().await;
    let due = stage.app.now() + TimeDelta::hours(2);
    let later = made(&stage.admin, json!({"task": {}, "due_time": due})).await;
    let now = made(&stage.admin, json!({"task": {}})).await;
    stage.admin.leads(json!([{"id": "l1", "owner": "ben", "attributes": {"name": "Else"}}])).await;
    stage.app.run_until_idle().await;
    for activity in [&later, &now] {
        assert_eq!(got(&stage, activity).await["queue"], "sellers/ben");
    }
    sound(&stage).await;

    let reassign = json!({"name": now["name"], "queue": "teams/unassigned"});
    stage.done("WorkQueueService/ReassignActivity", reassign).await;
    let leased = stage.done("WorkQueueService/AcquireActivities", json!({"queue": "teams/unassigned"})).await;
    assert_eq!(leased["activities"][0]["activity"]["name"], now["name"]);
    let move_to = json!({"activity": {"name": now["name"], "due_time": due}});
    let moved = stage.done(UPDATE, move_to).await["activity"].clone();
    assert_eq!((&moved["state"], moved.get("lease")), (&json!("SCHEDULED"), None));
    stage.app.advance(TimeDelta::hours(2)).await;
    assert_eq!(stage.queue("sellers/ben").await.len(), 1);
    assert_eq!(stage.queue("teams/unassigned").await.len(), 1);
    sound(&stage).await;
}

#[tokio::test]
async fn salespeople_make_them_on_their_own_records_alone() {
    let stage = Stage::new().await;
    let ben = stage.salesperson("ben").await;
    let task = made(&stage.admin, json!({"task": {}})).await;
    let others = refused(ben.call(CREATE, json!({"activity": {"record": LEAD, "task": {}}})).await);
    assert_eq!(others.fields(), [("activity.record", "REFERENCE_NOT_FOUND")]);
    assert_eq!(refused(ben.call(CANCEL, json!({"name": task["name"]})).await).reason, "RESOURCE_NOT_FOUND");

    let wrong = json!({"activity": {"record": LEAD, "display_name": "x".repeat(161),
        "due_time": stage.app.now() + TimeDelta::days(366), "email": {"template": "templates/gone"}}});
    let wrong = refused(stage.call(CREATE, wrong).await);
    let fields = ["activity.display_name", "activity.due_time", "activity.email.template"];
    assert_eq!(wrong.fields().iter().map(|(field, _)| *field).collect::<Vec<_>>(), fields);
    let kindless = refused(stage.call(CREATE, json!({"activity": {"record": LEAD}})).await);
    assert_eq!(kindless.fields(), [("activity.content", "FIELD_REQUIRED")]);
    let automated = json!({"activity": {"record": LEAD, "automated_email": {"template": "t"}}});
    assert_eq!(refused(stage.call(CREATE, automated).await).fields()[0].0, "activity.content");
}

#[tokio::test]
async fn enrollments_and_their_statistics_know_nothing_of_it() {
    let stage = Stage::new().await;
    let enrollment = stage.enroll("l1", "tasks").await;
    let task = made(&stage.admin, json!({"task": {}})).await;
    let listed = stage.done("EnrollmentService/ListEnrollments", json!({})).await;
    assert_eq!(each(&list(&listed, "/enrollments"), "name"), [text(&enrollment, "/name")]);

    // Neither a reply nor an absence ends what somebody wants done.
    let replied = json!({"events": [{"event_id": "1", "record": LEAD, "replied": {}},
        {"event_id": "2", "record": LEAD, "out_of_office": {"return_time": stage.app.now() + TimeDelta::days(2)}}]});
    stage.done("RecordService/IngestEngagementEvents", replied).await;
    assert_eq!(got(&stage, &task).await["state"], "DUE");
    assert_eq!(each(&stage.queue("sellers/ana").await, "name"), [text(&task, "/name")]);
    sound(&stage).await;

    stage.done("WorkQueueService/CompleteActivity", json!({"name": task["name"], "note": "done"})).await;
    let history = json!({"parent": LEAD, "order_by": "event_time"});
    let history = stage.done("RecordService/ListRecordHistory", history).await;
    let events = list(&history, "/events");
    let own: Vec<_> = events
        .iter()
        .map(event)
        .filter(|(_, said)| said["activity"] == task["name"])
        .map(|(kind, said)| (kind, said.get("enrollment").is_some()))
        .collect();
    assert_eq!(own, [("activityCreated", false), ("activityCompleted", false)]);
    sound(&stage).await;
}

#[tokio::test]
async fn where_warnings_mean_a_skip_none_is_made_with_warnings() {
    let stage = Stage::new().await;
    let skip = json!({"organization": {"settings": {"consent_policy": "SKIP"}}});
    stage.done("OrganizationService/UpdateOrganization", skip).await;
    let call = json!({"activity": {"record": LEAD, "phone_call": {}}});
    let warned = refused(stage.call(CREATE, call.clone()).await);
    assert_eq!(warned.reason, "ACTIVITY_HAS_WARNINGS");
    assert_eq!(stage.queue("sellers/ana").await.len(), 0);

    let warn = json!({"organization": {"settings": {"consent_policy": "WARN"}}});
    stage.done("OrganizationService/UpdateOrganization", warn).await;
    let made = stage.done(CREATE, call).await;
    assert_eq!(made["activity"]["warnings"], json!(["NO_PHONE_NUMBER"]));
    sound(&stage).await;
}

#[tokio::test]
async fn a_record_has_at_most_a_hundred_of_them_open() {
    let stage = Stage::new().await;
    let first = made(&stage.admin, json!({"task": {}})).await;
    for _ in 1..100 {
        made(&stage.admin, json!({"task": {}})).await;
    }
    let more = json!({"activity": {"record": LEAD, "task": {}}});
    assert_eq!(refused(stage.call(CREATE, more.clone()).await).reason, "LIMIT_EXCEEDED");
    stage.done("WorkQueueService/CompleteActivity", json!({"name": first["name"]})).await;
    stage.done(CREATE, more).await;
}
