//! Explanations of enrollments: what they predict is what then happens, and why.

use chrono::{DateTime, TimeDelta, Utc};
use rand::seq::IndexedRandom as _;
use rand::{Rng as _, SeedableRng as _};
use serde_json::{Value, json};

use super::support::chance;
use super::support::refused::refused;
use super::support::stage::{Stage, each, event, list, text};

const L1: &str = "recordTypes/lead/records/l1";

async fn explain(stage: &Stage, enrollment: &str) -> Value {
    stage.done("EnrollmentService/ExplainEnrollment", json!({"name": enrollment})).await
}

/// Where an enrollment is: what an explanation predicts.
fn place(enrollment: &Value) -> Value {
    let fields =
        ["state", "reason", "currentStepId", "currentStepDisplayName", "waitingUntil", "doneStepCount"];
    fields.iter().map(|field| (*field, enrollment[field].clone())).collect()
}

/// Does what a predicted change says.
async fn make(stage: &Stage, kind: &str, explained: &Value) {
    let name = text(explained, "/enrollment/name");
    let activity = explained.pointer("/activity/name").cloned().unwrap_or_default();
    match kind {
        "TIME_PASSES" => {
            let until: DateTime<Utc> = text(explained, "/moveTime").parse().expect("an instant");
            stage.app.advance(until - stage.app.now()).await;
        }
        "SKIP_WAIT" => _ = stage.done("EnrollmentService/SkipWait", json!({"name": name})).await,
        "COMPLETE_ACTIVITY" => {
            let is_call = explained.pointer("/activity/kind") == Some(&json!("PHONE_CALL"));
            let request = json!({"name": activity, "outcome": if is_call { "made" } else { "" }});
            stage.done("WorkQueueService/CompleteActivity", request).await;
        }
        "SKIP_ACTIVITY" => _ = stage.done("WorkQueueService/SkipActivity", json!({"name": activity})).await,
        "CLOSE_RECORD" => {
            let close = json!({"name": text(explained, "/enrollment/record"), "close_outcome": "LOST"});
            stage.done("RecordService/CloseRecord", close).await;
        }
        "RESUME_ENROLLMENT" => {
            stage.done("EnrollmentService/ResumeEnrollment", json!({"name": name})).await;
        }
        "EXIT_ENROLLMENT" => _ = stage.done("EnrollmentService/ExitEnrollment", json!({"name": name})).await,
        other => panic!("{other} is not expected here"),
    }
}

#[tokio::test]
async fn what_is_explained_of_an_enrollment_is_what_then_happens() {
    let stage = Stage::new().await;
    let wait =
        |seconds: i32| json!({"step_id": format!("w{seconds}"), "wait": {"delay": {"seconds": seconds}}});
    let long = json!([wait(5), {"step_id": "mail", "email": {}}, wait(7), wait(9), {"step_id": "ring",
        "phone_call": {}}, {"step_id": "do", "display_name": "Do it", "task": {}}]);
    stage.sequence("long", long).await;
    let seed = chance::seed();
    println!("UPNEXT_SEED={seed}");
    let mut random = rand::rngs::StdRng::seed_from_u64(seed);
    let (mut made, mut paused) = (0, 0);

    for round in 0..12 {
        let lead = format!("x{round}");
        stage.admin.leads(json!([{"id": lead, "owner": "ana"}])).await;
        let sequence = *["short", "long", "tasks"].choose(&mut random).expect("some");
        let enrollment = text(&stage.enroll(&lead, sequence).await, "/name").to_owned();
        loop {
            if random.random_ratio(1, 5) {
                let pause =
                    stage.call("EnrollmentService/PauseEnrollment", json!({"name": enrollment})).await;
                paused += i32::from(pause.is_ok());
            }
            stage.app.advance(TimeDelta::seconds(random.random_range(0..4))).await;
            let explained = explain(&stage, &enrollment).await;
            assert_eq!(explained, explain(&stage, &enrollment).await, "asking changes nothing");
            let changes = list(&explained, "/changes");
            let is_open = explained.pointer("/enrollment/endTime").is_none();
            assert_eq!(is_open, !changes.is_empty(), "{explained}");
            // Ends are chosen rarely, so that most enrollments see several steps.
            let ends = |change: &Value| ["CLOSE_RECORD", "EXIT_ENROLLMENT"].contains(&text(change, "/kind"));
            let may_end = random.random_ratio(1, 8);
            let open: Vec<&Value> = changes.iter().filter(|change| may_end || !ends(change)).collect();
            let Some(change) = open.choose(&mut random) else { break };

            make(&stage, text(change, "/kind"), &explained).await;
            let now = stage.done("EnrollmentService/GetEnrollment", json!({"name": enrollment})).await;
            assert_eq!(place(&now["enrollment"]), place(&change["enrollment"]), "{change} of {explained}");
            made += 1;
        }
    }
    assert!(made > 20 && paused > 2, "{made}, {paused}");
}

#[tokio::test]
async fn why_an_enrollment_is_where_it_is_and_who_has_to_act_is_told() {
    let stage = Stage::new().await;
    let enrollment = text(&stage.enroll("l1", "short").await, "/name").to_owned();
    let cause = |explained: &Value| event(&explained["cause"]).0.to_owned();
    let due = explain(&stage, &enrollment).await;
    assert_eq!(cause(&due), "enrollmentStarted");
    let activity = text(&due, "/activity/name").to_owned();
    assert_eq!((text(&due, "/activity/queue"), due.get("moveTime")), ("sellers/ana", None));
    let sentences = each_text(&due, "/sentences");
    assert!(sentences[0].starts_with("It is at step hello (Say hello) since "), "{sentences:?}");
    assert!(sentences[1].starts_with(&format!("It waits for sellers/ana to complete or skip {activity}")));

    let until = (stage.app.now() + TimeDelta::hours(1)).to_rfc3339();
    let snooze = json!({"name": activity, "until": until});
    stage.done("WorkQueueService/SnoozeActivity", snooze).await;
    let snoozed = explain(&stage, &enrollment).await;
    assert_eq!(
        (cause(&snoozed).as_str(), text(&snoozed, "/activity/state")),
        ("enrollmentStarted", "SNOOZED")
    );
    assert!(each_text(&snoozed, "/sentences")[1].contains("snoozed until"));

    let ana = stage.salesperson("ana").await;
    ana.done("WorkQueueService/CompleteActivity", json!({"name": activity})).await;
    let waiting = explain(&stage, &enrollment).await;
    assert_eq!(
        (cause(&waiting).as_str(), text(&waiting, "/cause/actor")),
        ("activityCompleted", "sellers/ana")
    );
    assert_eq!(waiting["moveTime"], waiting["enrollment"]["waitingUntil"]);
    assert_eq!(
        each(&list(&waiting, "/changes"), "kind"),
        ["TIME_PASSES", "SKIP_WAIT", "CLOSE_RECORD", "EXIT_ENROLLMENT"]
    );
    let last = &list(&waiting, "/changes")[0];
    assert!(text(last, "/sentence").starts_with("When the wait ends, step call"), "{last}");

    stage.done("WorkQueueService/ReopenActivity", json!({"name": activity})).await;
    assert_eq!(cause(&explain(&stage, &enrollment).await), "activityReopened");
    stage.done("EnrollmentService/ExitEnrollment", json!({"name": enrollment})).await;
    let exited = explain(&stage, &enrollment).await;
    assert_eq!((cause(&exited).as_str(), list(&exited, "/changes").len()), ("enrollmentExited", 0));
    assert_eq!(exited.get("activity"), None);

    // It is explained even after its record is deleted.
    stage.done("RecordService/DeleteRecord", json!({"name": L1})).await;
    assert_eq!(cause(&explain(&stage, &enrollment).await), "enrollmentExited");
}

#[tokio::test]
async fn what_a_segment_and_withdrawn_consent_would_do_is_explained() {
    let stage = Stage::new().await;
    let segment = json!({"segment_id": "g", "segment": {"display_name": "g", "condition": "record.owner == \"ana\"",
        "on_leave": "EXIT_ENROLLMENT"}});
    stage.done("SegmentService/CreateSegment", segment).await;
    stage.admin.connect("g", "short").await;
    stage.done("SegmentService/ActivateSegment", json!({"name": "g", "backfill": true})).await;
    stage.app.run_until_idle().await;
    let organization = json!({"settings": {"consent_policy": "SKIP"}});
    stage.admin.declare(json!({"email": {"type": "STRING"}, "no_mail": {"type": "BOOL"}})).await;
    let kind =
        json!({"name": "recordTypes/lead", "email_attribute": "email", "do_not_email_attribute": "no_mail"});
    stage.done("RecordService/UpdateRecordType", json!({"record_type": kind})).await;
    stage
        .admin
        .leads(json!([{"id": "l1", "attributes": {"email": "a@example.com", "no_mail": false}}]))
        .await;
    stage.app.run_until_idle().await;
    stage.done("OrganizationService/UpdateOrganization", json!({"organization": organization})).await;

    let enrolled = stage
        .done(
            "EnrollmentService/ListEnrollments",
            json!({"filter": format!("enrollment.record == \"{L1}\"")}),
        )
        .await;
    let enrollment = text(&enrolled, "/enrollments/0/name").to_owned();
    let explained = explain(&stage, &enrollment).await;
    let changes = list(&explained, "/changes");
    let of = |kind: &str| {
        changes.iter().find(|change| change["kind"] == kind).unwrap_or_else(|| panic!("{kind}: {explained}"))
    };
    assert_eq!(text(of("LEAVE_SEGMENT"), "/enrollment/reason"), "LEFT_SEGMENT");
    let withdrawn = place(&of("WITHDRAW_CONSENT")["enrollment"]);

    stage.admin.leads(json!([{"id": "l1", "attributes": {"no_mail": true}}])).await;
    stage.app.run_until_idle().await;
    let now = stage.done("EnrollmentService/GetEnrollment", json!({"name": enrollment})).await;
    assert_eq!(place(&now["enrollment"]), withdrawn);
    let skipped = explain(&stage, &enrollment).await;
    assert_eq!(event(&skipped["cause"]).1["skipReason"], "DO_NOT_EMAIL");
    stage.admin.leads(json!([{"id": "l1", "owner": "ben"}])).await;
    stage.app.run_until_idle().await;
    let left = explain(&stage, &enrollment).await;
    assert_eq!(text(&left, "/enrollment/reason"), "LEFT_SEGMENT");
}

#[tokio::test]
async fn a_salesperson_explains_only_enrollments_of_their_own_records() {
    let stage = Stage::new().await;
    let enrollment = text(&stage.enroll("l1", "tasks").await, "/name").to_owned();
    let (ana, ben) = (stage.salesperson("ana").await, stage.salesperson("ben").await);
    let asked = json!({"name": enrollment});
    ana.done("EnrollmentService/ExplainEnrollment", asked.clone()).await;
    let denied = refused(ben.call("EnrollmentService/ExplainEnrollment", asked).await);
    assert_eq!(denied.reason, "RESOURCE_NOT_FOUND");
}

fn each_text(answer: &Value, pointer: &str) -> Vec<String> {
    list(answer, pointer).iter().map(|text| text.as_str().unwrap_or_default().to_owned()).collect()
}
