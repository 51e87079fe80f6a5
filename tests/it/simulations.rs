//! Simulations of sequences: they tell what then happens, and change nothing.

use chrono::{DateTime, TimeDelta, Utc};
use serde_json::{Value, json};

use super::support::refused::refused;
use super::support::stage::{Stage, event, list, text};

const L1: &str = "recordTypes/lead/records/l1";

async fn simulate(stage: &Stage, request: Value) -> Value {
    stage.done("SequenceService/SimulateSequence", request).await
}

/// What happens, when, in seconds since the start: kinds and the step.
fn told(events: &[Value], start: DateTime<Utc>) -> Vec<(i64, String)> {
    let one = |one: &Value| {
        let at: DateTime<Utc> = text(one, "/eventTime").parse().expect("a time");
        let (kind, said) = event(one);
        let words = ["stepId", "path", "why", "variantId", "reason", "outcome", "notChangedReason", "kind"];
        let words = words.iter().filter_map(|word| said[word].as_str()).filter(|word| !word.is_empty());
        let words: Vec<&str> = std::iter::once(kind).chain(words).collect();
        ((at - start).num_seconds(), words.join(" "))
    };
    events.iter().map(one).collect()
}

fn timeline(answer: &Value) -> Vec<(i64, String)> {
    let start = text(answer, "/enrollment/createTime").parse().expect("a time");
    told(&list(answer, "/enrollment/timeline"), start)
}

/// What happens, without the times.
fn kinds(answer: &Value) -> Vec<String> {
    timeline(answer).into_iter().map(|(_, what)| what).collect()
}

const HOUR: i64 = 3_600;
const DAY: i64 = 24 * HOUR;

#[tokio::test]
async fn a_simulation_tells_what_then_happens() {
    let stage = Stage::new().await;
    let request = json!({"name": "short", "record": L1, "steps": [
        {"step_id": "hello", "completed": {"delay": {"seconds": 5}}},
        {"step_id": "call", "completed": {"outcome": "busy", "delay": {"seconds": 7}}}]});
    let answer = simulate(&stage, request).await;
    let start = stage.app.now();
    let enrolled = stage.enroll("l1", "short").await;
    let complete = async |outcome: &str| {
        let got = stage.done("EnrollmentService/GetEnrollment", json!({"name": enrolled["name"]})).await;
        let request = json!({"name": text(&got, "/enrollment/openActivity"), "outcome": outcome});
        stage.done("WorkQueueService/CompleteActivity", request).await;
    };
    stage.app.advance(TimeDelta::seconds(5)).await;
    complete("").await;
    stage.app.advance(TimeDelta::seconds(10)).await;
    stage.app.advance(TimeDelta::seconds(7)).await;
    complete("busy").await;

    let request = json!({"name": enrolled["name"], "view": "FULL"});
    let got = stage.done("EnrollmentService/GetEnrollment", request).await;
    assert_eq!(timeline(&answer), told(&list(&got, "/enrollment/timeline"), start));
    for field in ["sequence", "record", "state", "doneStepCount", "stepCount", "createTime", "endTime"] {
        assert_eq!(answer["enrollment"][field], got["enrollment"][field], "{field}");
    }
}

/// The sequence of the Dynamics documentation: an email, and if it is opened within a day a call,
/// else a reminder.
fn documented() -> Value {
    let opened = json!({"engagement": {"step_id": "email", "actions": ["OPENED"], "limit": {"days": 1}}});
    json!({"steps": [{"step_id": "email", "email": {}},
        {"step_id": "opened", "branch": {"condition": opened,
            "yes_steps": [{"step_id": "call", "phone_call": {}}],
            "no_steps": [{"step_id": "reminder", "email": {}}]}}]})
}

#[tokio::test]
async fn months_of_a_definition_that_is_not_saved_are_told_at_once() {
    let stage = Stage::new().await;
    let opened =
        |hours: i64| json!([{"kind": "EMAIL_OPENED", "step_id": "email", "delay": {"hours": hours}}]);
    let path = async |engagements: Value| {
        let request = json!({"sequence": documented(), "engagements": engagements});
        let answer = simulate(&stage, request).await;
        let told = timeline(&answer);
        let decided = told.iter().find(|(_, what)| what.starts_with("branchDecided")).expect("is decided");
        (decided.0, decided.1.clone(), told.last().expect("ends").1.clone())
    };
    let done = "enrollmentCompleted".to_owned();
    let expected = (2 * HOUR, "branchDecided opened YES MET".to_owned(), done.clone());
    assert_eq!(path(opened(2)).await, expected, "opened at once");
    let late = (DAY, "branchDecided opened NO NOT_MET".to_owned(), done);
    assert_eq!(path(opened(25)).await, late, "opened late");
    assert_eq!(path(json!([])).await, late, "never opened");

    let steps: Vec<Value> = (0..90)
        .flat_map(|day| {
            [
                json!({"step_id": format!("t{day}"), "task": {}}),
                json!({"step_id": format!("w{day}"), "wait": {"delay": {"days": 30}}}),
            ]
        })
        .chain([json!({"step_id": "end", "task": {}})])
        .collect();
    let answer = simulate(&stage, json!({"sequence": {"steps": steps}})).await;
    assert_eq!(timeline(&answer).last(), Some(&(2_700 * DAY, "enrollmentCompleted".to_owned())));
}

#[tokio::test]
async fn an_exit_ends_it_with_its_reason_and_comes_before_a_branch() {
    let stage = Stage::new().await;
    let replied = json!([{"kind": "REPLIED", "step_id": "email", "delay": {"hours": 3}}]);
    let request = json!({"sequence": documented(), "engagements": replied});
    let answer = simulate(&stage, request).await;
    assert_eq!(text(&answer, "/enrollment/reason"), "REPLIED");
    assert_eq!(answer["unreachedStepIds"], Value::Null);
    let last = timeline(&answer).pop().expect("ends");
    assert_eq!(last, (3 * HOUR, "enrollmentExited opened REPLIED".to_owned()));

    let steps = json!([{"step_id": "email", "skipped": {}}, {"step_id": "call", "open": {}},
        {"step_id": "reminder", "open": {}}]);
    let request = json!({"sequence": documented(), "engagements": replied, "steps": steps});
    let answer = simulate(&stage, request).await;
    assert_eq!(text(&answer, "/enrollment/state"), "ACTIVE");
    assert_eq!(text(&answer, "/enrollment/currentStepId"), "reminder");
    assert_eq!(answer["unreachedStepIds"], json!(["call"]));
}

#[tokio::test]
async fn branches_ask_the_record_as_commands_leave_it() {
    let stage = Stage::new().await;
    stage.admin.declare(json!({"origin": {"type": "STRING"}, "seller": {"type": "STRING"}})).await;
    let l1 = json!([{"id": "l1", "attributes": {"origin": "web"}}]);
    stage.admin.leads(l1).await;
    let fork = |id: &str| {
        json!({"step_id": id, "branch": {"condition": {"record": {
        "condition": "record.origin == \"web\""}}}})
    };
    let steps = json!([fork("first"), {"step_id": "set", "update_attribute": {"attribute": "origin", "value": "mail"}},
        fork("second"), {"step_id": "again", "update_attribute": {"attribute": "origin", "value": "mail"}},
        {"step_id": "give", "assign_owner": {"attribute": "seller"}}, {"step_id": "do", "task": {}}]);
    let sequence = json!({"steps": steps});

    let answer = simulate(&stage, json!({"sequence": sequence, "record": L1})).await;
    let expected = [
        "enrollmentStarted",
        "branchDecided first YES MET",
        "attributeUpdated set",
        "branchDecided second NO NOT_MET",
        "attributeUpdated again UNCHANGED",
        "ownerAssigned give ATTRIBUTE_MISSING",
        "activityDue do",
        "activityCompleted do",
        "enrollmentCompleted",
    ];
    assert_eq!(kinds(&answer), expected);

    // An attribute that is only assumed counts as if the record had it.
    let request = json!({"sequence": sequence, "record": L1, "attributes": {"origin": "mail", "seller": "sellers/ben"}});
    let answer = simulate(&stage, request).await;
    assert!(kinds(&answer).contains(&"branchDecided first NO NOT_MET".to_owned()));
    let events = list(&answer, "/enrollment/timeline");
    let given = events.iter().map(event).find(|(kind, _)| *kind == "ownerAssigned").expect("is given");
    assert_eq!(given.1["seller"], "sellers/ben");
    // Nothing is known of a record that isn't given, unless it is assumed.
    let answer = simulate(&stage, json!({"sequence": sequence})).await;
    assert!(kinds(&answer).contains(&"branchDecided first NO ATTRIBUTE_MISSING".to_owned()));
    let request = json!({"sequence": sequence, "steps": [{"step_id": "first", "path": "YES"}]});
    assert!(kinds(&simulate(&stage, request).await).contains(&"branchDecided first YES MET".to_owned()));
}

#[tokio::test]
async fn a_goal_a_split_a_repeated_call_and_an_advance_are_simulated() {
    let stage = Stage::new().await;
    stage.admin.declare(json!({"won": {"type": "BOOL"}})).await;
    let steps = json!([{"step_id": "do", "task": {}},
        {"step_id": "win", "update_attribute": {"attribute": "won", "value": true}},
        {"step_id": "more", "task": {}}]);
    let goal = json!({"goal_condition": "record.won"});
    let answer = simulate(&stage, json!({"sequence": {"steps": steps, "exit_criteria": goal}})).await;
    assert_eq!(text(&answer, "/enrollment/reason"), "GOAL_MET");

    let retry = json!({"max_calls": 4, "delay": {"hours": 1}, "reached_outcomes": ["made"]});
    let variant = |id: &str| json!({"variant_id": id, "weight": 50, "steps": [{"step_id": id, "task": {}}]});
    let steps = json!([{"step_id": "call", "phone_call": {"retry": retry}},
        {"step_id": "ab", "split": {"variants": [variant("a"), variant("b")]}},
        {"step_id": "on", "advance_to_sequence": {"sequence": "tasks"}}]);
    let assumed = json!([{"step_id": "call", "completed": {"outcome": "busy"}},
        {"step_id": "call", "completed": {"outcome": "made"}}, {"step_id": "ab", "variant_id": "b"}]);
    let request = json!({"sequence": {"steps": steps}, "steps": assumed, "record": L1});
    let answer = simulate(&stage, request.clone()).await;
    let told = kinds(&answer);
    assert_eq!(told.iter().filter(|what| what.starts_with("activityCompleted call")).count(), 2, "{told:?}");
    assert!(told.contains(&"splitDecided ab WINNER b".to_owned()), "{told:?}");
    assert_eq!(text(&answer, "/enrollment/reason"), "ADVANCED");

    // Once the record is in the other sequence, nothing starts.
    stage.enroll("l1", "tasks").await;
    let answer = simulate(&stage, request).await;
    let last = list(&answer, "/enrollment/timeline").pop().expect("ends");
    assert_eq!(event(&last).1["notStartedReason"], "ALREADY_ENROLLED");
}

#[tokio::test]
async fn a_simulation_changes_nothing() {
    let stage = Stage::new().await;
    let count = async || -> i64 {
        let counts = "SELECT (SELECT count(*) FROM enrollment) + (SELECT count(*) FROM activity)
            + (SELECT count(*) FROM history) + (SELECT count(*) FROM timer)
            + (SELECT count(*) FROM record_change) + (SELECT sum(version)::bigint FROM record)";
        sqlx::query_scalar(counts).fetch_one(&stage.app.database.pool()).await.expect("can be counted")
    };
    let before = count().await;
    let steps = json!([{"step_id": "set", "update_attribute": {"attribute": "email", "value": "a@b.c"}},
        {"step_id": "do", "task": {}}]);
    simulate(&stage, json!({"sequence": {"steps": steps}, "record": L1})).await;
    simulate(&stage, json!({"name": "sequences/short/revisions/1", "record": L1})).await;
    assert_eq!(count().await, before);
}

#[tokio::test]
async fn what_can_not_be_simulated_is_refused_all_at_once() {
    let stage = Stage::new().await;
    let simulate =
        async |request: Value| refused(stage.call("SequenceService/SimulateSequence", request).await);
    assert_eq!(simulate(json!({})).await.reason, "FIELD_REQUIRED");
    assert_eq!(simulate(json!({"name": "none"})).await.reason, "RESOURCE_NOT_FOUND");
    assert_eq!(simulate(json!({"name": "sequences/short/revisions/9"})).await.reason, "RESOURCE_NOT_FOUND");
    let of = |record: &str| json!({"name": "short", "record": record});
    assert_eq!(simulate(of("recordTypes/lead/records/none")).await.reason, "RESOURCE_NOT_FOUND");
    assert_eq!(simulate(of("recordTypes/contact/records/x")).await.reason, "RECORD_TYPE_MISMATCH");

    let assumed = json!([{"step_id": "none", "open": {}}, {"step_id": "pause", "completed": {}},
        {"step_id": "call", "completed": {}}, {"step_id": "hello", "path": "YES"},
        {"step_id": "hello", "skipped": {"delay": {"days": 366}}}]);
    let engagements = json!([{"kind": "REPLIED", "step_id": "call"}]);
    let wrong = simulate(json!({"name": "short", "steps": assumed, "engagements": engagements})).await;
    let fields: Vec<&str> = wrong.violations.iter().map(|one| one.0.as_str()).collect();
    let expected = [
        "steps[0].step_id",
        "steps[1].step_id",
        "steps[2].completed.outcome",
        "steps[3].step_id",
        "steps[4].skipped.delay",
        "engagements[0].step_id",
    ];
    assert_eq!(fields, expected);

    let sequence = json!({"steps": [{"step_id": "w", "wait": {"delay": {"days": 31}}}]});
    let wrong = simulate(json!({"sequence": sequence, "attributes": {"no_such": 1}})).await;
    assert_eq!(wrong.violations[0].0, "sequence.steps[0].wait.delay");
    let wrong = simulate(json!({"name": "sequences/short/revisions/1", "sequence": {}, "start_time":
        "2060-01-01T00:00:00Z"}))
    .await;
    let fields: Vec<&str> = wrong.violations.iter().map(|one| one.0.as_str()).collect();
    assert_eq!(fields, ["sequence", "start_time"]);

    // A record of somebody else isn't there for a salesperson.
    let ben = stage.salesperson("ben").await;
    let other = ben.call("SequenceService/SimulateSequence", of(L1)).await;
    assert_eq!(refused(other).reason, "RESOURCE_NOT_FOUND");
    ben.done("SequenceService/SimulateSequence", of("recordTypes/lead/records/l3")).await;
}

#[tokio::test]
async fn the_sequences_that_upnext_comes_with_can_be_copied_and_activated() {
    let stage = Stage::new().await;
    let listed = stage.done("SequenceService/ListSequenceTemplates", json!({})).await;
    let templates = list(&listed, "/sequenceTemplates");
    assert_eq!(templates.len(), 6);
    let list_templates = async |request| stage.done("SequenceService/ListSequenceTemplates", request).await;
    let first = list_templates(json!({"page_size": 4})).await;
    let rest = json!({"page_size": 4, "page_token": first["nextPageToken"]});
    let rest = list_templates(rest).await;
    let pages = [list(&first, "/sequenceTemplates"), list(&rest, "/sequenceTemplates")].concat();
    assert_eq!((pages, rest.get("nextPageToken")), (templates.clone(), None));

    for (number, template) in templates.iter().enumerate() {
        let id = format!("copy-{number}");
        let request = json!({"name": template["name"], "sequence_id": id});
        let made = stage.done("SequenceService/CloneSequence", request).await["sequence"].clone();
        assert_eq!(
            (&made["displayName"], &made["recordType"], &made["steps"]),
            (&template["displayName"], &template["recordType"], &template["steps"])
        );
        stage.done("SequenceService/ActivateSequence", json!({"name": id})).await;
    }
    let request = json!({"name": "sequenceTemplates/none", "sequence_id": "x"});
    assert_eq!(
        refused(stage.call("SequenceService/CloneSequence", request).await).reason,
        "RESOURCE_NOT_FOUND"
    );
}
