//! What sellers note on activities: read and follow marks, and notes.

use chrono::TimeDelta;
use serde_json::{Value, json};

use crate::support::invariants;
use crate::support::refused::refused;
use crate::support::stage::{Stage, list, text};

const UPDATE: &str = "WorkQueueService/UpdateActivity";
const COMPLETE: &str = "WorkQueueService/CompleteActivity";

async fn got(stage: &Stage, name: &Value) -> Value {
    stage.done("WorkQueueService/GetActivity", json!({"name": name})).await["activity"].clone()
}

async fn check(stage: &Stage) {
    invariants::hold_in(stage.app.app.engine.store(), stage.app.now()).await;
}

#[tokio::test]
async fn marks_and_notes_of_an_open_activity_are_changed_one_by_one() {
    let stage = Stage::new().await;
    let name = stage.enroll("l1", "tasks").await["openActivity"].clone();
    let before = got(&stage, &name).await;
    assert_eq!((before.get("read"), before.get("followed"), before.get("note")), (None, None, None));

    let update = json!({"activity": {"name": name, "read": true, "etag": before["etag"]}});
    let read = stage.done(UPDATE, update.clone()).await["activity"].clone();
    assert_eq!((&read["read"], read.get("followed")), (&json!(true), None));
    assert_eq!((&read["orderKey"], &read["state"]), (&before["orderKey"], &json!("DUE")));
    assert_eq!(refused(stage.call(UPDATE, update).await).reason, "ETAG_MISMATCH");

    let note = json!({"name": name, "followed": true, "note": "rings at noon", "read": false});
    let noted = stage.done(UPDATE, json!({"activity": note})).await["activity"].clone();
    assert_eq!((&noted["read"], &noted["followed"]), (&json!(true), &json!(true)), "empty isn't populated");
    let unread = json!({"activity": {"name": name}, "update_mask": "read"});
    let unread = stage.done(UPDATE, unread).await["activity"].clone();
    assert_eq!((unread.get("read"), &unread["note"]), (None, &json!("rings at noon")));

    // The same again changes nothing.
    let again = json!({"activity": {"name": name, "followed": true}});
    assert_eq!(stage.done(UPDATE, again).await["activity"]["etag"], unread["etag"]);
    assert_eq!(stage.queue("sellers/ana").await[0]["followed"], true);
    check(&stage).await;
}

#[tokio::test]
async fn the_note_of_an_open_activity_stays_unless_closing_it_brings_another() {
    let stage = Stage::new().await;
    let first = stage.enroll("l1", "tasks").await["openActivity"].clone();
    stage.done(UPDATE, json!({"activity": {"name": first, "note": "rings at noon", "read": true}})).await;
    let done = stage.done(COMPLETE, json!({"name": first})).await;
    assert_eq!((text(&done, "/activity/note"), done["activity"].get("read")), ("rings at noon", None));

    let second = done["nextActivity"]["name"].clone();
    stage.done(UPDATE, json!({"activity": {"name": second, "note": "a draft"}})).await;
    let done = stage.done(COMPLETE, json!({"name": second, "note": "agreed"})).await;
    assert_eq!(text(&done, "/activity/note"), "agreed");

    // An undo takes it back, like the note of a completion.
    stage.done("WorkQueueService/ReopenActivity", json!({"name": second})).await;
    assert_eq!(got(&stage, &second).await.get("note"), None);
    check(&stage).await;
}

#[tokio::test]
async fn of_a_closed_activity_the_note_alone_can_be_changed_until_its_record_is_deleted() {
    let stage = Stage::new().await;
    let name = stage.enroll("l1", "tasks").await["openActivity"].clone();
    let done = stage.done(COMPLETE, json!({"name": name, "note": "typo"})).await;
    let etag = done["activity"]["etag"].clone();

    let update = json!({"activity": {"name": name, "note": "no typo", "etag": etag}});
    let noted = stage.done(UPDATE, update.clone()).await["activity"].clone();
    assert_eq!((&noted["note"], &noted["state"]), (&json!("no typo"), &json!("COMPLETED")));
    assert_eq!(refused(stage.call(UPDATE, update).await).reason, "ETAG_MISMATCH");
    let read = json!({"activity": {"name": name, "read": true}});
    assert_eq!(refused(stage.call(UPDATE, read).await).reason, "ACTIVITY_CLOSED");
    let ben = stage.salesperson("ben").await;
    let others = json!({"activity": {"name": name, "note": "mine"}});
    assert_eq!(refused(ben.call(UPDATE, others.clone()).await).reason, "RESOURCE_NOT_FOUND");

    let long = json!({"activity": {"name": name, "note": "x".repeat(2_001)}});
    let long = refused(stage.call(UPDATE, long).await);
    assert_eq!(long.fields(), [("activity.note", "FIELD_TOO_LONG")]);
    let unknown = json!({"activity": {"name": name}, "update_mask": "state"});
    assert_eq!(refused(stage.call(UPDATE, unknown).await).fields()[0].1, "UPDATE_MASK_INVALID");

    let delete = json!({"name": "recordTypes/lead/records/l1"});
    stage.done("RecordService/DeleteRecord", delete).await;
    assert_eq!(got(&stage, &name).await.get("note"), None);
    assert_eq!(refused(stage.call(UPDATE, others).await).reason, "ACTIVITY_CLOSED");

    // So is what was noted on an activity that was still open.
    let name = stage.enroll("l2", "tasks").await["openActivity"].clone();
    stage.done(UPDATE, json!({"activity": {"name": name, "note": "rings at noon"}})).await;
    let delete = json!({"name": "recordTypes/lead/records/l2"});
    stage.done("RecordService/DeleteRecord", delete).await;
    assert_eq!(got(&stage, &name).await.get("note"), None);
    check(&stage).await;
}

#[tokio::test]
async fn what_moves_to_another_queue_is_unread_there_and_keeps_its_note() {
    let stage = Stage::new().await;
    let name = stage.enroll("l1", "tasks").await["openActivity"].clone();
    let mark = json!({"activity": {"name": name, "read": true, "followed": true, "note": "rings at noon"}});
    stage.done(UPDATE, mark.clone()).await;
    stage.done("WorkQueueService/ReassignActivity", json!({"name": name, "queue": "sellers/ben"})).await;
    let moved = got(&stage, &name).await;
    assert_eq!((moved.get("read"), moved.get("followed")), (None, None));
    assert_eq!(moved["note"], "rings at noon");

    stage.done(UPDATE, mark.clone()).await;
    stage.admin.leads(json!([{"id": "l1", "owner": "ben"}])).await;
    stage.app.run_until_idle().await;
    assert_eq!(got(&stage, &name).await["read"], true, "it was there before");
    stage.admin.leads(json!([{"id": "l1", "owner": "ana"}])).await;
    stage.app.run_until_idle().await;
    assert_eq!(got(&stage, &name).await.get("read"), None);

    // A snooze keeps them.
    stage.done(UPDATE, mark).await;
    let until = stage.app.now() + TimeDelta::hours(1);
    stage.done("WorkQueueService/SnoozeActivity", json!({"name": name, "until": until})).await;
    stage.app.advance(TimeDelta::hours(1)).await;
    let listed = stage.done("WorkQueueService/ListActivities", json!({"queue": "sellers/ana"})).await;
    let listed = list(&listed, "/activities");
    assert_eq!((&listed[0]["read"], &listed[0]["followed"]), (&json!(true), &json!(true)));
    check(&stage).await;
}
