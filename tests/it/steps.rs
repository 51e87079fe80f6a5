//! What steps beyond plain activities and waits do: branches, splits, repeated calls, what workers
//! do, and commands.

mod assignees;
mod commands;
mod definitions;
mod split_ends;

use chrono::TimeDelta;
use serde_json::{Value, json};

use super::support::invariants;
use super::support::stage::{Stage, each, event, list, text};

/// A stage whose leads have an `origin`.
async fn stage() -> Stage {
    let stage = Stage::new().await;
    declare(&stage, "origin").await;
    stage
}

/// Declares a text attribute of leads.
async fn declare(stage: &Stage, name: &str) {
    let request = json!({"record_type": "lead", "attributes": {name: {"type": "STRING"}}});
    stage.done("RecordService/DeclareAttributes", request).await;
}

/// Changes a lead of ana.
async fn lead(stage: &Stage, id: &str, attributes: Value) {
    let record = json!({"id": id, "owner": "ana", "attributes": attributes});
    stage.done("RecordService/UpsertRecord", json!({"record_type": "lead", "record": record})).await;
}

/// The step at which an enrollment is; empty once it has ended.
async fn at(stage: &Stage, name: &Value) -> String {
    let got = stage.done("EnrollmentService/GetEnrollment", json!({"name": name})).await;
    got["enrollment"]["currentStepId"].as_str().unwrap_or_default().to_owned()
}

/// The events of one kind in an enrollment's timeline.
async fn told(stage: &Stage, name: &Value, kind: &str) -> Vec<Value> {
    let listed = stage.done("EnrollmentService/ListEnrollmentEvents", json!({"parent": name})).await;
    let events = list(&listed, "/events");
    let of_kind = events.iter().map(event).filter(|(of, _)| *of == kind);
    of_kind.map(|(_, said)| said.clone()).collect()
}

/// Completes the open activity of an enrollment.
async fn complete(stage: &Stage, name: &Value, outcome: &str) {
    let got = stage.done("EnrollmentService/GetEnrollment", json!({"name": name})).await;
    let open = text(&got, "/enrollment/openActivity");
    stage.done("WorkQueueService/CompleteActivity", json!({"name": open, "outcome": outcome})).await;
}

fn fork(condition: Value) -> Value {
    json!({"step_id": "fork", "branch": {"condition": condition,
        "yes_steps": [{"step_id": "yes", "task": {}}], "no_steps": [{"step_id": "no", "task": {}}]}})
}

async fn sound(stage: &Stage) {
    invariants::hold_in(stage.app.app.engine.store(), stage.app.now()).await;
}

#[tokio::test]
async fn a_branch_asks_the_record_as_it_is_on_arrival() {
    let stage = stage().await;
    let condition = json!({"record": {"condition": "record.origin == \"web\""}});
    let steps = json!([{"step_id": "first", "task": {}}, fork(condition), {"step_id": "after", "task": {}}]);
    stage.sequence("asks", steps).await;

    let cases = [
        ("yes1", json!({"origin": "mail"}), json!({"origin": "web"}), "yes", "MET"),
        ("no1", json!({"origin": "web"}), json!({"origin": "mail"}), "no", "NOT_MET"),
        ("no2", json!({"origin": "web"}), json!({"origin": null}), "no", "ATTRIBUTE_MISSING"),
    ];
    for (id, before, then, path, why) in cases {
        lead(&stage, id, before).await;
        let name = stage.enroll(id, "asks").await["name"].clone();
        lead(&stage, id, then).await;
        complete(&stage, &name, "").await;
        assert_eq!(at(&stage, &name).await, path);
        let decided = told(&stage, &name, "branchDecided").await;
        assert_eq!((&decided[0]["path"], &decided[0]["why"]), (&json!(path.to_uppercase()), &json!(why)));

        complete(&stage, &name, "").await;
        assert_eq!(at(&stage, &name).await, "after");
        complete(&stage, &name, "").await;
        assert_eq!(at(&stage, &name).await, "");
    }
    sound(&stage).await;
}

#[tokio::test]
async fn a_branch_asks_the_stage() {
    let stage = Stage::new().await;
    declare(&stage, "stage").await;
    stage.sequence("stages", json!([fork(json!({"stage": {"stages": ["new \"or\" so", "won"]}}))])).await;
    for (id, now, path) in
        [("a", json!("won"), "yes"), ("b", json!("new \"or\" so"), "yes"), ("c", json!("x"), "no")]
    {
        lead(&stage, id, json!({"stage": now})).await;
        let name = stage.enroll(id, "stages").await["name"].clone();
        assert_eq!(at(&stage, &name).await, path);
    }
}

#[tokio::test]
async fn a_branch_asks_how_earlier_steps_ended() {
    let stage = Stage::new().await;
    let outcome = json!({"call_outcome": {"step_id": "call", "outcomes": ["made", "received"]}});
    stage.sequence("calls", json!([{"step_id": "call", "phone_call": {}}, fork(outcome)])).await;
    let skipped = json!({"step": {"step_id": "mail", "ending": "SKIPPED"}});
    stage.sequence("mails", json!([{"step_id": "mail", "email": {}}, fork(skipped)])).await;

    for (id, outcome, path) in [("o1", "received", "yes"), ("o2", "busy", "no")] {
        lead(&stage, id, json!({})).await;
        let name = stage.enroll(id, "calls").await["name"].clone();
        complete(&stage, &name, outcome).await;
        assert_eq!(at(&stage, &name).await, path);
    }

    let called = stage.enroll("l1", "calls").await;
    stage.done("WorkQueueService/SkipActivity", json!({"name": called["openActivity"]})).await;
    assert_eq!(at(&stage, &called["name"]).await, "no");
    assert_eq!(told(&stage, &called["name"], "branchDecided").await[0]["why"], "STEP_SKIPPED");
    let mailed = stage.enroll("l1", "mails").await;
    stage.done("WorkQueueService/SkipActivity", json!({"name": mailed["openActivity"]})).await;
    assert_eq!(at(&stage, &mailed["name"]).await, "yes");
    sound(&stage).await;
}

#[tokio::test]
async fn a_call_is_repeated_until_somebody_is_reached() {
    let stage = Stage::new().await;
    let retry = json!({"max_calls": 3, "delay": {"hours": 2}, "reached_outcomes": ["made"]});
    let steps =
        json!([{"step_id": "call", "phone_call": {"retry": retry}}, {"step_id": "after", "task": {}}]);
    stage.sequence("again", steps).await;

    for (lead, outcomes) in [("l1", vec!["busy", "made"]), ("l2", vec!["busy", "no_answer", "busy"])] {
        let name = stage.enroll(lead, "again").await["name"].clone();
        let (last, before) = outcomes.split_last().expect("some");
        for outcome in before {
            complete(&stage, &name, outcome).await;
            let got = stage.done("EnrollmentService/GetEnrollment", json!({"name": name})).await;
            assert_eq!(got["enrollment"]["currentStepId"], "call");
            assert!(got["enrollment"]["waitingUntil"].is_string(), "{got}");
            stage.app.advance(TimeDelta::hours(2)).await;
            stage.app.run_until_idle().await;
        }
        complete(&stage, &name, last).await;
        assert_eq!(at(&stage, &name).await, "after");
        assert_eq!(told(&stage, &name, "activityCompleted").await.len(), outcomes.len());
    }

    // Whoever doesn't want to wait calls at once.
    let name = stage.enroll("l3", "again").await["name"].clone();
    complete(&stage, &name, "busy").await;
    let skipped = stage.done("EnrollmentService/SkipWait", json!({"name": name})).await;
    assert_eq!(text(&skipped, "/nextActivity/stepId"), "call");
    sound(&stage).await;
}

#[tokio::test]
async fn a_split_draws_the_same_lot_for_the_same_enrollment_until_a_winner_is_chosen() {
    let stage = Stage::new().await;
    let variant = |id: &str, weight: i32| json!({"variant_id": id, "weight": weight, "steps": [{"step_id": format!("in-{id}"), "task": {}}]});
    let split = json!({"step_id": "split", "split": {"variants": [variant("a", 50), variant("b", 50)]}});
    stage.sequence("splits", json!([split, {"step_id": "after", "task": {}}])).await;

    let ids: Vec<String> = (0..40).map(|n| format!("s{n}")).collect();
    let leads: Vec<Value> = ids.iter().map(|id| json!({"id": id, "owner": "ana"})).collect();
    stage.admin.leads(json!(leads)).await;
    let mut counts = [0, 0];
    for id in &ids {
        let name = stage.enroll(id, "splits").await["name"].clone();
        let decided = told(&stage, &name, "splitDecided").await;
        let variant = text(&decided[0], "/variantId").to_owned();
        assert_eq!(
            (decided[0]["why"].clone(), at(&stage, &name).await),
            (json!("CHANCE"), format!("in-{variant}"))
        );
        counts[usize::from(variant == "b")] += 1;
    }
    assert!(counts.iter().all(|count| *count >= 8), "{counts:?}");

    let decide = json!({"name": "splits", "step_id": "split", "variant_id": "b"});
    let decided = stage.done("SequenceService/DecideSplit", decide).await;
    assert_eq!(decided["sequence"]["splitWinners"], json!([{"stepId": "split", "variantId": "b"}]));
    for lead in ["l1", "l2", "l3"] {
        let name = stage.enroll(lead, "splits").await["name"].clone();
        assert_eq!(at(&stage, &name).await, "in-b");
        assert_eq!(told(&stage, &name, "splitDecided").await[0]["why"], "WINNER");
    }

    let picture = json!({"name": "splits", "with_counts": true});
    let picture = stage.done("SequenceService/RenderSequence", picture).await;
    let edges = list(&picture, "/edges");
    let passed = |label: &str| {
        let edge = edges.iter().find(|edge| edge["label"] == label).expect("an edge");
        text(edge, "/passedCount").parse::<i32>().expect("a number")
    };
    assert_eq!((passed("a"), passed("b")), (counts[0], counts[1] + 3));
    sound(&stage).await;
}

#[tokio::test]
async fn what_workers_do_waits_in_the_automation_pool_whoever_owns_the_record() {
    let stage = Stage::new().await;
    let template = json!({"template_id": "hello", "template": {"display_name": "Hello", "email": {"subject": "Hi", "body": "x"}}});
    stage.done("TemplateService/CreateTemplate", template).await;
    let steps = json!([{"step_id": "send", "automated_email": {"template": "hello"}}, {"step_id": "after", "task": {}}]);
    stage.sequence("sends", steps).await;

    let name = stage.enroll("l1", "sends").await["name"].clone();
    let pool = stage.queue("teams/automation").await;
    assert_eq!(each(&pool, "kind"), ["AUTOMATED_EMAIL"]);
    assert_eq!(pool[0]["automatedEmail"]["template"], "templates/hello");
    let moved = json!({"record_type": "lead", "record": {"id": "l1", "owner": "ben"}});
    stage.done("RecordService/UpsertRecord", moved).await;
    assert_eq!(stage.queue("teams/automation").await.len(), 1);

    complete(&stage, &name, "").await;
    assert_eq!(each(&stage.queue("sellers/ben").await, "stepId"), ["after"]);
    assert!(stage.queue("teams/automation").await.is_empty());
    sound(&stage).await;
}
