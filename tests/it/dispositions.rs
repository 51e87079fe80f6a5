//! How enrollments went, as people judge it.

use serde_json::{Value, json};

use super::support::invariants;
use super::support::refused::refused;
use super::support::stage::{Stage, event, list, text};

fn judging(enrollment: &Value, disposition: &str) -> Value {
    let judged = json!({"name": enrollment["name"], "disposition": disposition});
    json!({"enrollment": judged, "update_mask": "disposition"})
}

#[tokio::test]
async fn an_enrollment_is_judged_before_and_after_its_end_and_found_by_it() {
    let stage = Stage::new().await;
    let ana = stage.salesperson("ana").await;
    let enrolled = stage.enroll("l1", "tasks").await;
    let judge = async |word: &str| {
        ana.done("EnrollmentService/UpdateEnrollment", judging(&enrolled, word)).await["enrollment"].clone()
    };
    let judged = judge("contact_later").await;
    assert_eq!((text(&judged, "/disposition"), text(&judged, "/state")), ("contact_later", "ACTIVE"));
    assert_eq!(judge("contact_later").await["etag"], judged["etag"], "nothing changes");

    stage.done("EnrollmentService/ExitEnrollment", json!({"name": enrolled["name"]})).await;
    let judged = judge("connected").await;
    assert_eq!((text(&judged, "/disposition"), text(&judged, "/reason")), ("connected", "MANUAL"));
    let found = async |word: &str| {
        let filter = json!({"filter": format!("enrollment.disposition == \"{word}\"")});
        list(&stage.done("EnrollmentService/ListEnrollments", filter).await, "/enrollments").len()
    };
    assert_eq!((found("connected").await, found("contact_later").await), (1, 0));

    let untouched = json!({"enrollment": {"name": enrolled["name"]}});
    let shown = ana.done("EnrollmentService/UpdateEnrollment", untouched).await;
    assert_eq!(text(&shown, "/enrollment/disposition"), "connected", "nothing was populated");
    assert_eq!(judge("").await.get("disposition"), None);
    let request = json!({"name": enrolled["name"], "view": "FULL"});
    let shown = stage.done("EnrollmentService/GetEnrollment", request).await["enrollment"].clone();
    let timeline = list(&shown, "/timeline");
    let told: Vec<String> = timeline
        .iter()
        .filter(|one| event(one).0 == "dispositionSet")
        .map(|one| format!("{} {}", text(one, "/actor"), event(one).1["disposition"].as_str().unwrap_or("-")))
        .collect();
    assert_eq!(told, ["sellers/ana contact_later", "sellers/ana connected", "sellers/ana -"]);
    invariants::hold_in(stage.app.app.engine.store(), stage.app.now()).await;
}

#[tokio::test]
async fn a_disposition_is_one_of_the_organizations() {
    let stage = Stage::new().await;
    let enrolled = stage.enroll("l1", "tasks").await;
    let method = "EnrollmentService/UpdateEnrollment";
    let unknown = refused(stage.call(method, judging(&enrolled, "great")).await);
    assert_eq!(unknown.fields(), [("enrollment.disposition", "DISPOSITION_UNKNOWN")]);

    let own = json!({"organization": {"settings": {"dispositions": ["great", "bad"]}}});
    stage.done("OrganizationService/UpdateOrganization", own).await;
    stage.done(method, judging(&enrolled, "great")).await;
    let gone = refused(stage.call(method, judging(&enrolled, "connected")).await);
    assert!(gone.violations[0].2.contains("must be one of great, bad"), "{:?}", gone.violations);

    let ben = stage.salesperson("ben").await;
    let others = refused(ben.call(method, judging(&enrolled, "bad")).await);
    assert_eq!(others.reason, "RESOURCE_NOT_FOUND");
    let mut stale = judging(&enrolled, "bad");
    stale["enrollment"]["etag"] = enrolled["etag"].clone();
    assert_eq!(refused(stage.call(method, stale).await).reason, "ETAG_MISMATCH");
}

#[tokio::test]
async fn whoever_completes_an_activity_can_judge_the_enrollment_with_it() {
    let stage = Stage::new().await;
    let ana = stage.salesperson("ana").await;
    let enrolled = stage.enroll("l1", "tasks").await;
    let complete = "WorkQueueService/CompleteActivity";
    let asked = |activity: &Value, word: &str| json!({"name": activity, "disposition": word});
    let unknown = refused(ana.call(complete, asked(&enrolled["openActivity"], "great")).await);
    assert_eq!(unknown.fields(), [("disposition", "DISPOSITION_UNKNOWN")]);

    let done = ana.done(complete, asked(&enrolled["openActivity"], "connected")).await;
    assert_eq!(text(&done, "/enrollment/disposition"), "connected");
    // One that says nothing leaves what was said.
    let last = ana.done(complete, json!({"name": done["nextActivity"]["name"]})).await;
    assert_eq!(text(&last, "/enrollment/disposition"), "connected");
    let full = json!({"name": enrolled["name"], "view": "FULL"});
    let shown = stage.done("EnrollmentService/GetEnrollment", full).await["enrollment"].clone();
    assert_eq!((text(&shown, "/disposition"), text(&shown, "/state")), ("connected", "COMPLETED"));
    let timeline = list(&shown, "/timeline");
    let judgments = timeline.iter().filter(|one| event(one).0 == "dispositionSet").count();
    assert_eq!((judgments, &shown["etag"]), (1, &last["enrollment"]["etag"]));

    let by_hand = json!({"activity": {"record": "recordTypes/lead/records/l1", "task": {}}});
    let by_hand = ana.done("WorkQueueService/CreateActivity", by_hand).await["activity"].clone();
    let judged = refused(ana.call(complete, asked(&by_hand["name"], "connected")).await);
    assert_eq!(judged.fields(), [("disposition", "FIELD_INVALID")]);
    invariants::hold_in(stage.app.app.engine.store(), stage.app.now()).await;
}
