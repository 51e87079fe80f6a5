//! What a salesperson still sees of a record that now belongs to a colleague: nothing new,
//! whichever call asks.

use chrono::TimeDelta;
use serde_json::{Value, json};

use super::support::dynamic::call;
use super::support::refused::refused;
use super::support::stage::{Stage, text};

const COMPLETE: &str = "WorkQueueService/CompleteActivity";
const BATCH_COMPLETE: &str = "WorkQueueService/BatchCompleteActivities";
const SKIP: &str = "WorkQueueService/SkipActivity";
const SNOOZE: &str = "WorkQueueService/SnoozeActivity";
const GET: &str = "WorkQueueService/GetActivity";
/// What the colleague notes of the next activity.
const NOTE: &str = "for ben alone";

/// A request id of its own for each number.
fn request_id(number: u32) -> String {
    format!("0190c0de-0000-7000-8000-{number:012}")
}

async fn lead_of(stage: &Stage, lead: &str, owner: &str) {
    let record = json!({"id": lead, "owner": owner});
    stage.done("RecordService/UpsertRecord", json!({"record_type": "lead", "record": record})).await;
    stage.app.run_until_idle().await;
}

/// Whoever has the open activity of this enrollment completes it, as the administrator: with a
/// note.
async fn complete_next(stage: &Stage, enrollment: &Value) {
    let shown = stage.done("EnrollmentService/GetEnrollment", json!({"name": enrollment["name"]})).await;
    let open = text(&shown, "/enrollment/openActivity").to_owned();
    stage.done(COMPLETE, json!({"name": open, "note": NOTE})).await;
}

#[tokio::test]
async fn a_repeated_request_shows_no_activity_reassigned_to_someone_else() {
    let stage = Stage::new().await;
    let ana = stage.salesperson("ana").await;
    let until = (stage.app.now() + TimeDelta::hours(1)).to_rfc3339();
    let verbs = [COMPLETE, SKIP, BATCH_COMPLETE, SNOOZE];

    for (number, method) in (1..).zip(verbs) {
        let lead = format!("own{number}");
        lead_of(&stage, &lead, "ana").await;
        let enrollment = stage.enroll(&lead, "tasks").await;
        let item = json!({"name": enrollment["openActivity"], "request_id": request_id(number)});
        let request = match method {
            BATCH_COMPLETE => json!({"requests": [item]}),
            SNOOZE => json!({"name": item["name"], "request_id": item["request_id"], "until": until}),
            _ => item,
        };
        let first = ana.done(method, request.clone()).await;
        assert_eq!(ana.done(method, request.clone()).await, first, "{method}: while it is hers");
        lead_of(&stage, &lead, "ben").await;
        complete_next(&stage, &enrollment).await;
        let again = ana.done(method, request.clone()).await;
        assert!(!again.to_string().contains(NOTE), "{method}: {again}");
        let place = if method == BATCH_COMPLETE { "/results/0/completed" } else { "" };
        let (name, next) = match method {
            SNOOZE => (None, "/activity"),
            BATCH_COMPLETE => (Some("/name"), "/progress/nextActivity"),
            _ => (Some("/activity/name"), "/nextActivity"),
        };
        assert!(again.pointer(&format!("{place}{next}")).is_none(), "{method}: {again}");
        if let Some(name) = name {
            let shown = again.pointer(&format!("{place}{name}")).is_some();
            assert!(shown, "{method}: her own work stays hers");
        }
    }
}

#[tokio::test]
async fn a_repeated_request_shows_no_enrollment_reassigned_to_someone_else() {
    let stage = Stage::new().await;
    let ana = stage.salesperson("ana").await;
    let record = "recordTypes/lead/records/l1";
    let enroll = json!({"record": record, "sequence": "short", "request_id": request_id(1)});
    let enrolled = ana.done("EnrollmentService/EnrollRecord", enroll.clone()).await["enrollment"].clone();
    ana.done(COMPLETE, json!({"name": enrolled["openActivity"]})).await;
    let skip = json!({"name": enrolled["name"], "request_id": request_id(2)});
    let skipped = ana.done("EnrollmentService/SkipWait", skip.clone()).await;
    assert_eq!(text(&skipped, "/nextActivity/stepId"), "call");

    let exit = json!({"name": enrolled["name"], "request_id": request_id(3)});
    ana.done("EnrollmentService/ExitEnrollment", exit.clone()).await;
    lead_of(&stage, "l1", "ben").await;

    let repeated = [("EnrollRecord", enroll), ("SkipWait", skip), ("ExitEnrollment", exit)]
        .map(|(verb, request)| (format!("EnrollmentService/{verb}"), request));
    for (method, request) in repeated {
        let again = ana.done(&method, request.clone()).await;
        assert_eq!(again.get("enrollment"), None, "{method}");
    }
}

#[tokio::test]
async fn a_salespersons_own_work_stays_visible_without_the_reassigned_record() {
    let stage = Stage::new().await;
    let partner = json!({"display_name": "Partner", "attributes": {"title": {"type": "STRING"}}, "display_name_attribute": "title"});
    stage
        .done("RecordService/CreateRecordType", json!({"record_type_id": "partner", "record_type": partner}))
        .await;

    let upsert = |owner: &str, title: &str| {
        let record = json!({"id": "p1", "owner": owner, "attributes": {"title": title}});
        json!({"record_type": "partner", "record": record})
    };
    stage.done("RecordService/UpsertRecord", upsert("ana", "Acme")).await;

    let sequence = json!({"display_name": "P", "record_type": "partner", "steps": [{"task": {}}]});
    stage
        .done("SequenceService/CreateSequence", json!({"sequence_id": "partners", "sequence": sequence}))
        .await;
    stage.done("SequenceService/ActivateSequence", json!({"name": "partners"})).await;

    let enroll = json!({"record": "recordTypes/partner/records/p1", "sequence": "partners"});
    let enrolled = stage.done("EnrollmentService/EnrollRecord", enroll).await["enrollment"].clone();
    let ana = stage.salesperson("ana").await;
    let complete = json!({"name": enrolled["openActivity"], "note": "hers", "request_id": request_id(1)});
    let done = ana.done(COMPLETE, complete.clone()).await["activity"].clone();
    assert_eq!(text(&done, "/recordDisplayName"), "Acme");

    stage.done("RecordService/UpsertRecord", upsert("ben", "Acme, sold to Globex")).await;
    stage.app.run_until_idle().await;
    let get = json!({"name": enrolled["openActivity"]});
    let of_ana = ana.done(GET, get.clone()).await["activity"].clone();
    let repeated = ana.done(COMPLETE, complete.clone()).await["activity"].clone();
    for shown in [of_ana, repeated] {
        assert_eq!((text(&shown, "/note"), text(&shown, "/closedBy")), ("hers", "sellers/ana"));
        assert_eq!((shown.get("record"), shown.get("recordDisplayName")), (None, None), "{shown}");
    }

    let of_ben = stage.salesperson("ben").await.done(GET, get.clone()).await["activity"].clone();
    assert_eq!(text(&of_ben, "/recordDisplayName"), "Acme, sold to Globex");
    assert_eq!(text(&of_ben, "/record"), "recordTypes/partner/records/p1");

    let record = json!({"name": "recordTypes/partner/records/p1"});
    let hidden = call(&ana, "upnext.v1.RecordService/GetRecord", record).await;
    assert_eq!(refused(hidden).reason, "RESOURCE_NOT_FOUND");
}
