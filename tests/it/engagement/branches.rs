//! Branches that wait for engagement: the example of the Dynamics documentation, and its
//! neighbours.

use chrono::{DateTime, TimeDelta, Utc};
use serde_json::{Value, json};

use super::{about, at, complete, enrollment, of_lead, told};
use crate::support::invariants;
use crate::support::stage::{Stage, event, list, text};

/// Email, then a branch on it: a call, or else a reminder.
fn steps(condition: Value, before: &[Value]) -> Value {
    let mut condition = condition;
    condition["step_id"] = json!("hello");
    let branch = json!({"step_id": "opened", "branch": {"condition": {"engagement": condition},
        "yes_steps": [{"step_id": "call", "phone_call": {}}], "no_steps": [{"step_id": "reminder", "email": {}}]}});
    let hello = json!({"step_id": "hello", "email": {}});
    Value::Array([&[hello], before, &[branch]].concat())
}

fn opened_within_a_day() -> Value {
    json!({"actions": ["OPENED"], "limit": {"days": 1}})
}

/// A lead whose email was just completed, and when.
async fn arrived(stage: &Stage, condition: Value) -> (Value, DateTime<Utc>) {
    stage.sequence("adaptive", steps(condition, &[])).await;
    let enrolled = stage.enroll("l1", "adaptive").await;
    complete(stage, &enrolled["openActivity"]).await;
    (enrolled, stage.app.now())
}

/// The step that an enrollment is at.
async fn step(stage: &Stage, of: &Value) -> String {
    enrollment(stage, &of["name"]).await["currentStepId"].as_str().unwrap_or_default().to_owned()
}

/// The path that an enrollment took at its branch, and why.
async fn path(stage: &Stage, of: &Value) -> String {
    let shown = enrollment(stage, &of["name"]).await;
    let events = list(&shown, "/timeline");
    let decided = events.iter().map(event).find(|(kind, _)| *kind == "branchDecided");
    decided.map(|(_, told)| format!("{} {}", text(told, "/path"), text(told, "/why"))).unwrap_or_default()
}

#[tokio::test]
async fn opened_within_a_day_leads_to_a_call_at_once() {
    let stage = Stage::new().await;
    let (enrolled, arrival) = arrived(&stage, opened_within_a_day()).await;
    let waits = enrollment(&stage, &enrolled["name"]).await;
    assert_eq!(text(&waits, "/currentStepId"), "opened");
    let limit = (arrival + TimeDelta::days(1)).format("%Y-%m-%dT%H:%M:%SZ").to_string();
    assert_eq!(text(&waits, "/waitingUntil"), limit);

    stage.app.advance(TimeDelta::minutes(10)).await;
    let by_machine = json!({"event_id": "m", "record": super::LEAD, "email_opened": {"by_machine": true}});
    told(&stage, json!([by_machine, of_lead("c", "link_clicked")])).await;
    assert_eq!(step(&stage, &enrolled).await, "opened");
    let opened = at(of_lead("o", "email_opened"), arrival + TimeDelta::minutes(5));
    told(&stage, json!([opened])).await;
    assert_eq!(
        (step(&stage, &enrolled).await.as_str(), path(&stage, &enrolled).await.as_str()),
        ("call", "YES MET")
    );
    let call = &stage.queue("sellers/ana").await[0];
    let due = (arrival + TimeDelta::minutes(5)).format("%Y-%m-%dT%H:%M:%SZ").to_string();
    assert_eq!(text(call, "/dueTime"), due, "since it was opened");
    invariants::hold_in(stage.app.app.engine.store(), stage.app.now()).await;
}

#[tokio::test]
async fn opened_late_or_never_leads_to_a_reminder_at_the_limit() {
    let stage = Stage::new().await;
    let (late, arrival) = arrived(&stage, opened_within_a_day()).await;
    let never = stage.enroll("l2", "adaptive").await;
    complete(&stage, &never["openActivity"]).await;
    stage.app.advance(TimeDelta::hours(24) - TimeDelta::microseconds(1)).await;
    assert_eq!(step(&stage, &late).await, "opened");
    stage.app.advance(TimeDelta::microseconds(1)).await;
    for enrolled in [&late, &never] {
        assert_eq!(
            (step(&stage, enrolled).await.as_str(), path(&stage, enrolled).await.as_str()),
            ("reminder", "NO NOT_MET")
        );
    }

    // Told too late, even if it happened in time: the answer stays, and the timeline shows it.
    stage.app.advance(TimeDelta::hours(1)).await;
    told(&stage, json!([at(of_lead("o", "email_opened"), arrival + TimeDelta::hours(23))])).await;
    assert_eq!(step(&stage, &late).await, "reminder");
    assert_eq!(super::timeline(&stage, &late["name"]).await.len(), 1);
    invariants::hold_in(stage.app.app.engine.store(), stage.app.now()).await;
}

#[tokio::test]
async fn an_event_just_before_the_limit_counts_and_one_at_the_limit_is_too_late() {
    let stage = Stage::new().await;
    let (before, arrival) = arrived(&stage, opened_within_a_day()).await;
    let exactly = stage.enroll("l2", "adaptive").await;
    complete(&stage, &exactly["openActivity"]).await;
    // The timers are late: no loop runs.
    stage.app.clock.advance(TimeDelta::hours(25));
    let limit = arrival + TimeDelta::hours(24);
    let at_limit = json!({"event_id": "e", "record": "recordTypes/lead/records/l2", "email_opened": {}});
    let just_before = at(of_lead("b", "email_opened"), limit - TimeDelta::microseconds(1));
    told(&stage, json!([just_before, at(at_limit, limit)])).await;
    stage.app.run_until_idle().await;
    assert_eq!(step(&stage, &before).await, "call");
    assert_eq!(step(&stage, &exactly).await, "reminder");
    invariants::hold_in(stage.app.app.engine.store(), stage.app.now()).await;
}

#[tokio::test]
async fn what_happened_since_the_email_decides_on_arrival() {
    let stage = Stage::new().await;
    let pause = json!({"step_id": "pause", "wait": {"delay": {"hours": 2}}});
    stage.sequence("adaptive", steps(opened_within_a_day(), &[pause])).await;
    let enrolled = stage.enroll("l1", "adaptive").await;
    // Heard of before the email that it is about: the batch is applied by the events' times.
    let sent = stage.app.now();
    stage.app.advance(TimeDelta::minutes(20)).await;
    let opened = at(of_lead("o", "email_opened"), sent + TimeDelta::minutes(10));
    told(&stage, json!([opened, at(of_lead("s", "email_sent"), sent)])).await;
    assert_eq!(step(&stage, &enrolled).await, "pause");
    stage.app.advance(TimeDelta::hours(2)).await;
    assert_eq!(
        (step(&stage, &enrolled).await.as_str(), path(&stage, &enrolled).await.as_str()),
        ("call", "YES MET")
    );
    invariants::hold_in(stage.app.app.engine.store(), stage.app.now()).await;
}

#[tokio::test]
async fn all_actions_can_be_needed_and_the_answer_can_wait_for_the_limit() {
    let stage = Stage::new().await;
    let both = json!({"actions": ["OPENED", "LINK_CLICKED"], "all": true, "limit": {"days": 1}, "wait_for_limit": true});
    let (enrolled, arrival) = arrived(&stage, both).await;
    told(&stage, json!([of_lead("c", "link_clicked")])).await;
    stage.app.advance(TimeDelta::hours(1)).await;
    told(&stage, json!([of_lead("o", "email_opened")])).await;
    stage.app.advance(TimeDelta::hours(22)).await;
    assert_eq!(step(&stage, &enrolled).await, "opened", "both have happened, and it still waits");
    stage.app.advance(TimeDelta::hours(1)).await;
    assert_eq!(
        (step(&stage, &enrolled).await.as_str(), path(&stage, &enrolled).await.as_str()),
        ("call", "YES MET")
    );
    let due = (arrival + TimeDelta::days(1)).format("%Y-%m-%dT%H:%M:%SZ").to_string();
    assert_eq!(text(&stage.queue("sellers/ana").await[0], "/dueTime"), due);

    let one = json!({"actions": ["OPENED", "LINK_CLICKED"], "all": true, "limit": {"days": 1}});
    stage.sequence("all", steps(one, &[])).await;
    let enrolled = stage.enroll("l2", "all").await;
    complete(&stage, &enrolled["openActivity"]).await;
    let of =
        |id: &str, kind: &str| json!({"event_id": id, "record": "recordTypes/lead/records/l2", kind: {}});
    told(&stage, json!([of("c2", "link_clicked")])).await;
    assert_eq!(step(&stage, &enrolled).await, "opened");
    told(&stage, json!([of("o2", "email_opened")])).await;
    assert_eq!(step(&stage, &enrolled).await, "call");
    invariants::hold_in(stage.app.app.engine.store(), stage.app.now()).await;
}

#[tokio::test]
async fn a_skipped_email_is_no_at_once_and_so_is_a_wait_that_is_skipped() {
    let stage = Stage::new().await;
    let (enrolled, _) = arrived(&stage, opened_within_a_day()).await;
    let other = stage.enroll("l2", "adaptive").await;
    stage.done("WorkQueueService/SkipActivity", json!({"name": other["openActivity"]})).await;
    assert_eq!(path(&stage, &other).await, "NO STEP_SKIPPED");
    let later = json!({"event_id": "l", "record": "recordTypes/lead/records/l2", "email_opened": {}});
    told(&stage, json!([about(later, &other["openActivity"])])).await;
    assert_eq!(step(&stage, &other).await, "reminder");

    stage.done("EnrollmentService/SkipWait", json!({"name": enrolled["name"]})).await;
    assert_eq!(
        (step(&stage, &enrolled).await.as_str(), path(&stage, &enrolled).await.as_str()),
        ("reminder", "NO NOT_MET")
    );
    invariants::hold_in(stage.app.app.engine.store(), stage.app.now()).await;
}

#[tokio::test]
async fn an_exit_beats_a_branch_that_awaits_the_same_event_unless_it_is_switched_off() {
    let stage = Stage::new().await;
    let replied = || json!({"actions": ["REPLIED"], "limit": {"days": 1}});
    let (enrolled, _) = arrived(&stage, replied()).await;
    stage.admin.draft("talks", steps(replied(), &[])).await;
    let goes_on = json!({"name": "talks", "exit_criteria": {"replied": false}});
    stage.done("SequenceService/UpdateSequence", json!({"sequence": goes_on})).await;
    stage.done("SequenceService/ActivateSequence", json!({"name": "talks"})).await;
    let talks = stage.enroll("l1", "talks").await;
    complete(&stage, &talks["openActivity"]).await;

    let of_first = about(of_lead("r1", "replied"), &enrolled["openActivity"]);
    told(&stage, json!([of_first])).await;
    assert_eq!(text(&enrollment(&stage, &enrolled["name"]).await, "/reason"), "REPLIED");
    assert_eq!(path(&stage, &enrolled).await, "");
    assert_eq!(step(&stage, &talks).await, "opened", "it is another email");
    told(&stage, json!([of_lead("r2", "replied")])).await;
    assert_eq!(step(&stage, &talks).await, "call");
    invariants::hold_in(stage.app.app.engine.store(), stage.app.now()).await;
}

#[tokio::test]
async fn an_email_that_is_completed_just_after_it_was_opened_takes_yes_at_once() {
    let stage = Stage::new().await;
    stage.sequence("adaptive", steps(opened_within_a_day(), &[])).await;
    let enrolled = stage.enroll("l1", "adaptive").await;
    // The seller sent it, and completes the activity only after the person has opened it.
    told(&stage, json!([of_lead("o", "email_opened")])).await;
    stage.app.advance(TimeDelta::seconds(60)).await;
    complete(&stage, &enrolled["openActivity"]).await;
    assert_eq!(step(&stage, &enrolled).await, "call");

    let late = stage.enroll("l2", "adaptive").await;
    let event = json!({"event_id": "p", "record": "recordTypes/lead/records/l2", "email_opened": {}});
    told(&stage, json!([event])).await;
    stage.app.advance(TimeDelta::seconds(61)).await;
    complete(&stage, &late["openActivity"]).await;
    assert_eq!(step(&stage, &late).await, "opened");
    invariants::hold_in(stage.app.app.engine.store(), stage.app.now()).await;
}
