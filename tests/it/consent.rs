//! Consent: activities warn of what their record forbids or lacks, and are skipped where the
//! organization wants that. What is said is true as of now.

use serde_json::{Value, json};

use super::support::dynamic::call;
use super::support::invariants;
use super::support::refused::refused;
use super::support::stage::{Stage, each, event, list, text};

/// A step of each kind that a seller acts on, with the warnings of a record that forbids everything
/// and has nothing.
const KINDS: [(&str, &[&str]); 4] = [
    ("email", &["DO_NOT_EMAIL", "NO_EMAIL_ADDRESS"]),
    ("phone_call", &["DO_NOT_PHONE", "NO_PHONE_NUMBER"]),
    ("text_message", &["DO_NOT_PHONE", "NO_PHONE_NUMBER"]),
    ("task", &[]),
];

async fn lead(stage: &Stage, id: &str, attributes: Value) {
    let record = json!({"id": id, "owner": "ana", "attributes": attributes});
    stage.done("RecordService/UpsertRecord", json!({"record_type": "lead", "record": record})).await;
}

async fn policy(stage: &Stage, word: &str) {
    let organization = json!({"settings": {"consent_policy": word}});
    let answer =
        stage.done("OrganizationService/UpdateOrganization", json!({"organization": organization})).await;
    assert_eq!(answer["organization"]["settings"]["consentPolicy"], word);
}

async fn up_next(stage: &Stage, id: &str) -> Value {
    stage
        .done("WorkQueueService/GetUpNext", json!({"record": format!("recordTypes/lead/records/{id}")}))
        .await
}

/// The warnings of what a record's only activity is.
async fn warnings(stage: &Stage, id: &str) -> Vec<String> {
    let current = list(&up_next(stage, id).await, "/current");
    assert_eq!(current.len(), 1, "{current:?}");
    let shown = list(&current[0], "/activity/warnings");
    shown.iter().map(|word| word.as_str().expect("a word").to_owned()).collect()
}

fn quiet() -> Value {
    json!({"do_not_email": true, "do_not_phone": true, "email": null, "phone": null})
}

fn reachable() -> Value {
    json!({"do_not_email": false, "do_not_phone": null, "email": "kim@example.com", "phone": "555-0100"})
}

#[tokio::test]
async fn every_kind_of_step_warns_in_lists_streams_and_up_next_as_long_as_it_is_true() {
    let stage = Stage::new().await;
    for (kind, expected) in KINDS {
        stage.sequence(&format!("only-{kind}"), json!([{"step_id": "only", kind: {}}])).await;
        lead(&stage, kind, quiet()).await;
        stage.enroll(kind, &format!("only-{kind}")).await;
        assert_eq!(warnings(&stage, kind).await, expected);

        let listed = stage.queue("sellers/ana").await;
        assert_eq!(
            list(&listed[0], "/warnings"),
            expected.iter().map(|word| json!(word)).collect::<Vec<_>>()
        );
        let got = stage.done("WorkQueueService/GetActivity", json!({"name": listed[0]["name"]})).await;
        assert_eq!(got["activity"]["warnings"], listed[0]["warnings"]);
        let streams = [("WatchWorkQueue", "/snapshot/activities/0"), ("WatchNextActivity", "/activity")];
        for (stream, pointer) in streams {
            let first =
                stage.done(&format!("WorkQueueService/{stream}"), json!({"queue": "sellers/ana"})).await;
            assert_eq!(
                first.pointer(pointer).expect("the activity")["warnings"],
                listed[0]["warnings"],
                "{stream}"
            );
        }

        lead(&stage, kind, reachable()).await;
        assert!(warnings(&stage, kind).await.is_empty(), "{kind}");
        lead(&stage, kind, json!({"email": "", "phone": "", "do_not_phone": "true"})).await;
        let expected = expected.iter().filter(|word| **word != "DO_NOT_EMAIL").copied().collect::<Vec<_>>();
        assert_eq!(warnings(&stage, kind).await, expected);
        stage.done("WorkQueueService/SkipActivity", json!({"name": listed[0]["name"]})).await;
        let done = list(&up_next(&stage, kind).await, "/completed");
        assert_eq!(done[0]["activity"].get("warnings"), None, "they are of what is open");
    }
}

#[tokio::test]
async fn an_organization_that_skips_tells_the_reason_and_goes_on() {
    let stage = Stage::new().await;
    policy(&stage, "SKIP").await;
    for (kind, expected) in KINDS {
        let steps = json!([{"step_id": "only", kind: {}}, {"step_id": "pause", "wait": {"delay": {"seconds": 10}}},
            {"step_id": "last", "task": {}}]);
        stage.sequence(&format!("then-{kind}"), steps).await;
        lead(&stage, kind, quiet()).await;
        let enrollment = stage.enroll(kind, &format!("then-{kind}")).await;
        if expected.is_empty() {
            assert!(warnings(&stage, kind).await.is_empty());
            continue;
        }

        let now = up_next(&stage, kind).await;
        assert_eq!(text(&now, "/current/0/wait/stepId"), "pause");
        let skipped = &now["completed"][0]["activity"];
        assert_eq!(
            (&skipped["state"], text(skipped, "/skipReason")),
            (&json!("SKIPPED"), expected.join(", ").as_str())
        );
        assert_eq!(skipped.get("closedBy"), None, "upnext did it");
        let request = json!({"name": enrollment["name"], "view": "FULL"});
        let shown = stage.done("EnrollmentService/GetEnrollment", request).await;
        let timeline = list(&shown, "/enrollment/timeline");
        let events: Vec<_> = timeline.iter().map(event).collect();
        let told = events.iter().find(|(kind, _)| *kind == "activitySkipped").expect("is told");
        assert_eq!(told.1["skipReason"], expected.join(", "));
    }
    invariants::hold_in(stage.app.app.engine.store(), stage.app.now()).await;
}

#[tokio::test]
async fn an_open_activity_is_skipped_when_consent_is_withdrawn_and_one_that_only_warns_stays() {
    let stage = Stage::new().await;
    stage
        .sequence("calls", json!([{"step_id": "call", "phone_call": {}}, {"step_id": "write", "task": {}}]))
        .await;
    lead(&stage, "l1", reachable()).await;
    let open = stage.enroll("l1", "calls").await["openActivity"].clone();
    lead(&stage, "l1", json!({"do_not_phone": true})).await;
    assert_eq!(warnings(&stage, "l1").await, ["DO_NOT_PHONE"]);
    let moved = stage.done("WorkQueueService/GetActivity", json!({"name": open})).await;
    assert_eq!(text(&moved, "/activity/state"), "DUE");

    // The setting alone closes nothing; the next change of the record does.
    policy(&stage, "SKIP").await;
    assert_eq!(warnings(&stage, "l1").await, ["DO_NOT_PHONE"]);
    lead(&stage, "l1", json!({"phone": null})).await;
    let closed = stage.done("WorkQueueService/GetActivity", json!({"name": open})).await;
    assert_eq!(text(&closed, "/activity/skipReason"), "DO_NOT_PHONE, NO_PHONE_NUMBER");
    assert_eq!(text(&up_next(&stage, "l1").await, "/current/0/activity/stepId"), "write");
    invariants::hold_in(stage.app.app.engine.store(), stage.app.now()).await;
}

#[tokio::test]
async fn warnings_follow_the_attributes_that_the_record_type_points_to() {
    let stage = Stage::new().await;
    stage
        .admin
        .declare(
            json!({"mobile": {"type": "STRING"}, "opted_out": {"type": "BOOL"}, "title": {"type": "STRING"}}),
        )
        .await;
    stage.sequence("calls", json!([{"step_id": "call", "phone_call": {}}])).await;
    lead(&stage, "l1", json!({"mobile": "555-0100", "opted_out": true, "name": "Kim", "title": "Dr. Kim"}))
        .await;
    stage.enroll("l1", "calls").await;
    assert_eq!(warnings(&stage, "l1").await, ["NO_PHONE_NUMBER"]);

    let update = json!({"record_type": {"name": "lead", "phone_attributes": ["phone", "mobile"],
        "do_not_phone_attribute": "opted_out", "display_name_attribute": "title"}});
    stage.done("RecordService/UpdateRecordType", update).await;
    let running =
        call(&stage.admin, "google.longrunning.Operations/ListOperations", json!({})).await.expect("lists");
    assert_eq!(text(&running, "/operations/0/metadata/kind"), "REFRESH_ACTIVITIES");
    let cancel = json!({"name": running["operations"][0]["name"]});
    let cancel = call(&stage.admin, "google.longrunning.Operations/CancelOperation", cancel).await;
    assert_eq!(refused(cancel).reason, "OPERATION_NOT_CANCELABLE");

    stage.app.run_until_idle().await;
    assert_eq!(warnings(&stage, "l1").await, ["DO_NOT_PHONE"]);
    let listed = stage.queue("sellers/ana").await;
    assert_eq!(each(&listed, "recordDisplayName"), ["Dr. Kim"]);
    invariants::hold_in(stage.app.app.engine.store(), stage.app.now()).await;
}
