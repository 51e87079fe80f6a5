//! Ten leads on their way through the sequence `short`, each in another way.

use chrono::TimeDelta;
use serde_json::{Value, json};

use super::stage::{Stage, text};

/// Lets the leads `t0` to `t9` go through `short`: three complete it, three exit, four are at its
/// call.
pub async fn ten_leads(stage: &Stage) {
    let leads: Vec<Value> = (0..10).map(|n| json!({"id": format!("t{n}"), "owner": "ana"})).collect();
    stage.admin.leads(json!(leads)).await;
    let mut enrollments = Vec::new();
    for n in 0..10 {
        enrollments.push(stage.enroll(&format!("t{n}"), "short").await);
    }
    let activity = |n: usize| enrollments[n]["openActivity"].clone();
    stage.app.advance(TimeDelta::seconds(100)).await;

    for n in 0..6 {
        stage.done("WorkQueueService/CompleteActivity", json!({"name": activity(n)})).await;
    }
    for (n, reason) in [(6, "no time"), (7, "no time"), (8, "")] {
        stage.done("WorkQueueService/SkipActivity", json!({"name": activity(n), "reason": reason})).await;
    }
    stage.done("WorkQueueService/ReopenActivity", json!({"name": activity(5)})).await;
    stage.done("EnrollmentService/SkipWait", json!({"name": enrollments[0]["name"]})).await;
    stage.app.advance(TimeDelta::seconds(10)).await;
    for (lead, outcome) in [("t1", "made"), ("t2", "made"), ("t3", "no_answer")] {
        let request = json!({"record": format!("recordTypes/lead/records/{lead}")});
        let next = stage.done("WorkQueueService/GetUpNext", request).await;
        let call = text(&next, "/current/0/activity/name");
        stage.done("WorkQueueService/CompleteActivity", json!({"name": call, "outcome": outcome})).await;
    }
    stage.done("EnrollmentService/ExitEnrollment", json!({"name": enrollments[9]["name"]})).await;
    for (lead, outcome) in [("t1", "WON"), ("t2", "WON"), ("t4", "LOST"), ("t5", "QUALIFIED")] {
        let close = json!({"name": format!("recordTypes/lead/records/{lead}"), "close_outcome": outcome});
        stage.done("RecordService/CloseRecord", close).await;
    }
    stage.done("RecordService/ReopenRecord", json!({"name": "recordTypes/lead/records/t2"})).await;
}
