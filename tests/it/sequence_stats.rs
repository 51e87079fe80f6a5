//! Statistics of sequences: what they tell of each step, window and revision, and that they can be
//! counted anew.

use std::collections::BTreeMap;

use chrono::{Days, TimeDelta};
use serde_json::{Value, json};

use super::support::invariants;
use super::support::refused::refused;
use super::support::stage::{Stage, each, list, text};
use super::support::ten_leads::ten_leads;

async fn stats(stage: &Stage, request: Value) -> Value {
    stage.done("SequenceService/GetSequenceStats", request).await
}

/// The numbers of an answer's part, by name; zeros are left out.
fn numbers(part: &Value) -> BTreeMap<String, i64> {
    let fields = part.as_object().into_iter().flatten();
    let counts = fields.filter_map(|(name, value)| Some((name, value.as_str()?.parse().ok()?)));
    counts.map(|(name, count): (&String, i64)| (name.clone(), count)).collect()
}

fn expected(counts: &[(&str, i64)]) -> BTreeMap<String, i64> {
    counts.iter().map(|(name, count)| ((*name).to_owned(), *count)).collect()
}

fn step<'a>(answer: &'a Value, step_id: &str) -> &'a Value {
    let steps = answer["steps"].as_array().expect("steps");
    steps.iter().find(|step| step["stepId"] == step_id).unwrap_or_else(|| panic!("no {step_id}: {answer}"))
}

#[tokio::test]
async fn stats_tell_step_by_step_what_happened_in_a_window_and_before() {
    let stage = Stage::new().await;
    ten_leads(&stage).await;
    let told = stats(&stage, json!({"name": "short"})).await;
    assert_eq!((text(&told, "/name"), text(&told, "/openCount")), ("sequences/short", "4"));
    let totals = &told["totals"];
    assert_eq!(numbers(totals), expected(&[("startedCount", 10), ("completedCount", 3), ("exitedCount", 3)]));
    assert_eq!(
        totals["exits"],
        json!([{"word": "RECORD_CLOSED", "count": "2"}, {"word": "MANUAL", "count": "1"}])
    );
    assert_eq!(totals["successRate"], 0.5);
    assert_eq!(totals["medianCompletionDuration"], "110s");
    let closed = json!([{"closeOutcome": "LOST", "count": "1"}, {"closeOutcome": "QUALIFIED", "count": "1"},
        {"closeOutcome": "WON", "count": "1"}]);
    assert_eq!(totals["closeOutcomes"], closed);
    assert!((totals["conversionRate"].as_f64().expect("a rate") - 2.0 / 3.0).abs() < 1e-9);

    assert_eq!(each(&list(&told, "/steps"), "stepId"), ["hello", "pause", "call"]);
    let hello = step(&told, "hello");
    assert_eq!(text(hello, "/displayName"), "Say hello");
    let counts = [
        ("enteredCount", 10),
        ("completedCount", 6),
        ("skippedCount", 3),
        ("exitedCount", 2),
        ("reopenedCount", 1),
    ];
    assert_eq!(numbers(&hello["totals"]), expected(&counts));
    assert_eq!(hello["totals"]["skips"], json!([{"word": "no time", "count": "2"}, {"count": "1"}]));
    assert_eq!(hello["totals"]["medianDuration"], "100s");
    let pause = step(&told, "pause");
    let counts = [("enteredCount", 9), ("completedCount", 7), ("skippedCount", 1)];
    assert_eq!(numbers(&pause["totals"]), expected(&counts));
    let call = step(&told, "call");
    assert_eq!(text(call, "/openCount"), "4");
    assert_eq!(
        call["totals"]["outcomes"],
        json!([{"word": "made", "count": "2"}, {"word": "no_answer", "count": "1"}])
    );
    assert_eq!(list(&told, "/revisions").len(), 1);

    // 30 days later all of it is in the window before, and what is open is still there.
    stage.app.advance(TimeDelta::days(30)).await;
    let later = stats(&stage, json!({"name": "short"})).await;
    assert_eq!((&later["previousTotals"], &later["openCount"]), (totals, &told["openCount"]));
    assert_eq!(numbers(&later["totals"]), BTreeMap::new());
    let first = stage.app.now().date_naive() - Days::new(29);
    assert_eq!(text(&later, "/startTime"), format!("{first}T00:00:00Z"));
    let long = stats(&stage, json!({"name": "short", "window": "DAYS_90"})).await;
    assert_eq!(&long["totals"], totals);
    invariants::hold_in(stage.app.app.engine.store(), stage.app.now()).await;
}

#[tokio::test]
async fn stats_follow_a_step_through_the_revisions_and_can_be_of_one() {
    let stage = Stage::new().await;
    stage.enroll("l1", "tasks").await;
    let steps = json!([{"step_id": "new", "task": {}}, {"step_id": "second", "task": {}}]);
    let sequence = json!({"name": "sequences/tasks", "steps": steps});
    stage.done("SequenceService/UpdateSequence", json!({"sequence": sequence, "update_mask": "steps"})).await;
    stage.done("SequenceService/ActivateSequence", json!({"name": "tasks"})).await;
    for lead in ["l2", "l3"] {
        let enrollment = stage.enroll(lead, "tasks").await;
        stage.done("WorkQueueService/CompleteActivity", json!({"name": enrollment["openActivity"]})).await;
    }

    let told = stats(&stage, json!({"name": "sequences/tasks"})).await;
    let steps = list(&told, "/steps");
    assert_eq!(each(&steps, "stepId"), ["new", "second", "first"]);
    assert_eq!(each(&steps, "caption"), ["Task", "Task", ""]);
    assert_eq!(each(&steps, "openCount"), ["", "2", "1"]);
    let revisions = list(&told, "/revisions");
    let started: Vec<&str> = revisions.iter().map(|one| text(one, "/totals/startedCount")).collect();
    assert_eq!(started, ["1", "2"]);

    let second = stats(&stage, json!({"name": "sequences/tasks/revisions/2"})).await;
    assert_eq!((text(&second, "/totals/startedCount"), list(&second, "/steps").len()), ("2", 2));
    for (name, reason) in [
        ("sequences/none", "RESOURCE_NOT_FOUND"),
        ("sequences/tasks/revisions/3", "RESOURCE_NOT_FOUND"),
        ("tasks/1", "RESOURCE_NAME_INVALID"),
    ] {
        let missing = stage.call("SequenceService/GetSequenceStats", json!({"name": name})).await;
        assert_eq!(refused(missing).reason, reason, "{name}");
    }
    stage.sequence("unused", json!([{"step_id": "only", "task": {}}])).await;
    let unused = stats(&stage, json!({"name": "unused"})).await;
    assert_eq!((numbers(&unused["totals"]), list(&unused, "/steps").len()), (BTreeMap::new(), 1));
}
