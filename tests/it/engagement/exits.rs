//! Exit criteria: each with its switch, in the transaction that learns of the cause.

use chrono::TimeDelta;
use serde_json::{Value, json};

use super::{at, enrollment, of_lead, tell, told};
use crate::support::invariants;
use crate::support::stage::{Stage, each, event, list, text};

/// A sequence of one task, with these exit criteria.
pub async fn sequence(stage: &Stage, id: &str, criteria: Value) {
    stage.admin.draft(id, json!([{"step_id": "only", "task": {}}])).await;
    let criteria = json!({"sequence": {"name": id, "exit_criteria": criteria}});
    stage.done("SequenceService/UpdateSequence", criteria).await;
    stage.done("SequenceService/ActivateSequence", json!({"name": id})).await;
}

/// The state of an enrollment and the reason.
pub async fn state(stage: &Stage, of: &Value) -> String {
    let shown = enrollment(stage, &of["name"]).await;
    format!("{} {}", text(&shown, "/state"), shown["reason"].as_str().unwrap_or_default())
}

pub async fn upsert(stage: &Stage, record_type: &str, record: Value) {
    stage.done("RecordService/UpsertRecord", json!({"record_type": record_type, "record": record})).await;
}

#[tokio::test]
async fn a_reply_a_bounce_and_an_unsubscription_end_enrollments_and_a_booked_meeting_if_wanted() {
    let stage = Stage::new().await;
    sequence(&stage, "default", json!({})).await;
    let off = json!({"replied": false, "bounced": false, "unsubscribed": false});
    sequence(&stage, "off", off).await;
    sequence(&stage, "meetings", json!({"meeting_booked": true})).await;

    let causes = [("replied", "REPLIED"), ("bounced", "BOUNCED"), ("unsubscribed", "UNSUBSCRIBED")];
    for (kind, reason) in causes {
        let (first, kept) = (stage.enroll("l1", "default").await, stage.enroll("l1", "off").await);
        let done = told(&stage, json!([of_lead(kind, kind)])).await;
        assert_eq!(done[0]["exitedCount"], 1);
        assert_eq!(state(&stage, &first).await, format!("EXITED {reason}"));
        assert_eq!(state(&stage, &kept).await, "ACTIVE ");
        let gone = stage.done("WorkQueueService/GetActivity", json!({"name": first["openActivity"]})).await;
        assert_eq!(text(&gone, "/activity/state"), "CANCELED");
        stage.done("EnrollmentService/ExitEnrollment", json!({"name": kept["name"]})).await;
        stage.app.advance(TimeDelta::minutes(1)).await;
    }

    let (plain, meets) = (stage.enroll("l1", "default").await, stage.enroll("l1", "meetings").await);
    told(&stage, json!([of_lead("m", "meeting_booked")])).await;
    assert_eq!(state(&stage, &meets).await, "EXITED MEETING_BOOKED");
    assert_eq!(state(&stage, &plain).await, "ACTIVE ");
    let told_of = enrollment(&stage, &meets["name"]).await;
    let timeline = list(&told_of, "/timeline");
    let kinds: Vec<&str> = timeline.iter().map(|one| event(one).0).collect();
    assert_eq!(kinds[2..], ["engagementRecorded", "activityCanceled", "enrollmentExited"]);
    invariants::hold_in(stage.app.app.engine.store(), stage.app.now()).await;
}

#[tokio::test]
async fn what_happened_before_the_enrollment_or_after_its_end_changes_nothing() {
    let stage = Stage::new().await;
    let enrolled = stage.enroll("l1", "short").await;
    let before = at(of_lead("before", "replied"), stage.app.now() - TimeDelta::seconds(1));
    assert_eq!(told(&stage, json!([before])).await[0].get("exitedCount"), None);
    assert_eq!(state(&stage, &enrolled).await, "ACTIVE ");

    let now = at(of_lead("now", "replied"), stage.app.now());
    assert_eq!(told(&stage, json!([now])).await[0]["exitedCount"], 1);
    let ended = enrollment(&stage, &enrolled["name"]).await;
    assert_eq!(told(&stage, json!([of_lead("late", "bounced")])).await[0].get("exitedCount"), None);
    assert_eq!(enrollment(&stage, &enrolled["name"]).await["etag"], ended["etag"]);
    invariants::hold_in(stage.app.app.engine.store(), stage.app.now()).await;
}

#[tokio::test]
async fn a_reply_from_the_same_account_ends_enrollments_that_want_that() {
    let stage = Stage::new().await;
    let account = json!({"employer": {"type": "REFERENCE", "reference_type": "account"}});
    stage.admin.declare(account.clone()).await;
    let of_contacts = json!({"record_type": "contact", "attributes": account});
    stage.done("RecordService/DeclareAttributes", of_contacts).await;
    sequence(&stage, "together", json!({"account_replied": true})).await;
    sequence(&stage, "alone", json!({})).await;
    upsert(&stage, "account", json!({"id": "acme"})).await;
    upsert(&stage, "contact", json!({"id": "kim", "attributes": {"employer": "acme"}})).await;
    for (lead, employer) in [("l1", "acme"), ("l2", "acme"), ("l3", "else")] {
        upsert(&stage, "lead", json!({"id": lead, "attributes": {"employer": employer}})).await;
    }
    let own = stage.enroll("l1", "together").await;
    let (wants, not) = (stage.enroll("l2", "together").await, stage.enroll("l2", "alone").await);
    let other = stage.enroll("l3", "together").await;

    // The contact works there, and is in no sequence.
    let reply = |id: &str, of: &str, kind: &str| json!({"event_id": id, "record": of, kind: {}});
    let bounce = reply("b", "recordTypes/contact/records/kim", "bounced");
    assert_eq!(told(&stage, json!([bounce])).await[0].get("exitedCount"), None);
    let first = reply("r1", "recordTypes/contact/records/kim", "replied");
    assert_eq!(told(&stage, json!([first])).await[0]["exitedCount"], 2);
    assert_eq!(state(&stage, &own).await, "EXITED ACCOUNT_REPLIED");
    assert_eq!(state(&stage, &wants).await, "EXITED ACCOUNT_REPLIED");
    assert_eq!(state(&stage, &not).await, "ACTIVE ");
    assert_eq!(state(&stage, &other).await, "ACTIVE ");

    // The account itself can be what replies.
    upsert(&stage, "account", json!({"id": "else"})).await;
    let itself = reply("r2", "recordTypes/account/records/else", "replied");
    assert_eq!(told(&stage, json!([itself])).await[0]["exitedCount"], 1);
    assert_eq!(state(&stage, &other).await, "EXITED ACCOUNT_REPLIED");
    invariants::hold_in(stage.app.app.engine.store(), stage.app.now()).await;
}

#[tokio::test]
async fn an_exit_beats_a_completion_of_the_same_batch_by_the_time_of_each() {
    let stage = Stage::new().await;
    let enrolled = stage.enroll("l1", "short").await;
    let now = stage.app.now();
    stage.app.advance(TimeDelta::minutes(10)).await;
    // Told in the wrong order.
    let events = json!([
        at(of_lead("reply", "replied"), now + TimeDelta::minutes(5)),
        at(of_lead("sent", "email_sent"), now + TimeDelta::minutes(4)),
        at(of_lead("twice", "replied"), now + TimeDelta::minutes(6))
    ]);
    let done = tell(&stage, events).await;
    let done: Vec<Value> = done.iter().map(|one| one["ingested"].clone()).collect();
    assert_eq!(each(&done, "completedActivity"), ["", text(&enrolled, "/openActivity"), ""]);
    assert_eq!((done[0]["exitedCount"].as_i64(), done[2].get("exitedCount")), (Some(1), None));
    assert_eq!(state(&stage, &enrolled).await, "EXITED REPLIED");
    assert!(stage.queue("sellers/ana").await.is_empty());
    invariants::hold_in(stage.app.app.engine.store(), stage.app.now()).await;
}
