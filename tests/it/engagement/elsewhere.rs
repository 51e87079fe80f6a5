//! What sellers did elsewhere completes their activities.

use chrono::TimeDelta;
use serde_json::json;

use super::{LEAD, about, at, enrollment, of_lead, tell, told};
use crate::support::invariants;
use crate::support::stage::{Stage, each, text};

#[tokio::test]
async fn what_a_seller_did_elsewhere_completes_the_matching_open_activity_at_its_own_time() {
    let stage = Stage::new().await;
    let short = stage.enroll("l1", "short").await;
    stage.app.advance(TimeDelta::minutes(5)).await;
    let sent_at = stage.app.now();
    stage.app.advance(TimeDelta::minutes(5)).await;

    // A call that ended is no email, and an email that was sent before it was due is another one.
    let early = at(of_lead("early", "email_sent"), sent_at - TimeDelta::hours(1));
    let call = json!({"event_id": "call", "record": LEAD, "call_ended": {"outcome": "made"}});
    let done = told(&stage, json!([call])).await;
    assert_eq!(each(&done, "completedActivity"), [""]);
    let done = told(&stage, json!([early, at(of_lead("sent", "email_sent"), sent_at)])).await;
    assert_eq!(each(&done, "completedActivity"), ["", text(&short, "/openActivity")]);
    let waits = enrollment(&stage, &short["name"]).await;
    assert_eq!(waits.get("waitingUntil"), None, "the wait of ten seconds counts from when it was sent");
    let call_step = waits["openActivity"].clone();

    let wrong = json!({"event_id": "c1", "record": LEAD, "call_ended": {"outcome": "great"}});
    let ended = json!({"event_id": "c2", "record": LEAD, "call_ended": {"outcome": "no_answer"}});
    let results = tell(&stage, json!([wrong, ended])).await;
    assert!(results[0].to_string().contains("OUTCOME_UNKNOWN"), "{}", results[0]);
    assert_eq!(results[1]["ingested"]["completedActivity"], call_step);
    let closed = stage.done("WorkQueueService/GetActivity", json!({"name": call_step})).await;
    assert_eq!(
        (text(&closed, "/activity/state"), text(&closed, "/activity/outcome")),
        ("COMPLETED", "no_answer")
    );
    assert_eq!(text(&enrollment(&stage, &short["name"]).await, "/state"), "COMPLETED");

    // What is closed stays as it is.
    let again = about(of_lead("again", "email_sent"), &short["openActivity"]);
    assert_eq!(each(&told(&stage, json!([again])).await, "completedActivity"), [""]);
    invariants::hold_in(stage.app.app.engine.store(), stage.app.now()).await;
}
