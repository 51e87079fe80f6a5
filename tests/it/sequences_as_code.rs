//! Sequences as files: exported, applied to another organization, and applied again.

use std::fs;
use std::process::Output;

use serde_json::json;
use tempfile::TempDir;

use super::support::app::Client;
use super::support::process::upnext;
use super::support::stage::{Stage, list, text};

/// What the command line prints for a caller.
async fn output(stage: &Stage, caller: &Client, arguments: &[&str]) -> Output {
    let words: Vec<String> = ["sequences"].iter().chain(arguments).map(|word| (*word).to_owned()).collect();
    let words: Vec<&dyn AsRef<std::ffi::OsStr>> = words.iter().map(|word| word as _).collect();
    let mut command = upnext(&words);
    command.env("UPNEXT_ADDRESS", stage.app.address.to_string()).env("UPNEXT_KEY", &caller.secret);
    // Not blocking: the server runs in this thread.
    tokio::process::Command::from(command).output().await.expect("the binary was built with the tests")
}

async fn run(stage: &Stage, caller: &Client, arguments: &[&str]) -> String {
    let output = output(stage, caller, arguments).await;
    let errors = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(output.status.success(), "{arguments:?}: {errors}");
    String::from_utf8(output.stdout).expect("text")
}

/// Gives the organization templates, sequences that lead to each other, a segment and a rule.
async fn furnish(stage: &Stage) {
    let template =
        json!({"display_name": "Intro", "email": {"subject": "Hi", "body": "Dear\n{{ record.name }}: yes"}});
    stage.done("TemplateService/CreateTemplate", json!({"template_id": "intro", "template": template})).await;
    stage.admin.declare(json!({"origin": {"type": "STRING"}})).await;
    let replied = json!({"engagement": {"step_id": "mail", "actions": ["OPENED"], "limit": {"days": 1}}});
    let steps = json!([{"step_id": "mail", "display_name": "Say: hello", "automated_email": {"template": "intro"}},
        {"step_id": "fork", "branch": {"condition": replied, "yes_steps": [{"step_id": "ring", "phone_call": {
            "retry": {"max_calls": 3, "delay": {"hours": 2}, "reached_outcomes": ["made"]}}}],
            "no_steps": [{"step_id": "on", "advance_to_sequence": {"sequence": "tasks"}}]}}]);
    let sequence = json!({"display_name": "Paid", "steps": steps, "tags": ["EMEA"],
        "exit_criteria": {"bounced": false, "goal_condition": "record.origin == \"won\""}});
    stage.done("SequenceService/CreateSequence", json!({"sequence_id": "paid", "sequence": sequence})).await;
    stage.done("SequenceService/ActivateSequence", json!({"name": "paid"})).await;

    stage.admin.segment("web", "record.origin == \"web\"").await;
    stage.admin.rule("web", "turn", &["ana", "ben"]).await;
    stage.admin.connect("web", "paid").await;
    stage.admin.activate_segment("web").await;
}

#[tokio::test]
async fn what_is_exported_makes_another_organization_the_same_and_needs_nothing_again() {
    let stage = Stage::new().await;
    furnish(&stage).await;
    let folder = TempDir::new().expect("is made");
    let path = folder.path().join("all.yaml");
    let file = path.to_str().expect("text");
    let admin = stage.admin.clone();
    run(&stage, &admin, &["export", "-f", file]).await;
    assert_eq!(run(&stage, &admin, &["apply", "-f", file]).await, "nothing to do\n");

    let other = stage.app.other_organization().await;
    for seller in ["ana", "ben"] {
        other.seller(seller).await;
    }
    other.declare(json!({"origin": {"type": "STRING"}})).await;
    let plan = run(&stage, &other, &["apply", "-f", file, "--dry-run"]).await;
    assert!(plan.starts_with("would create templates/intro\n"), "{plan}");
    assert_eq!(run(&stage, &other, &["diff", "-f", file]).await, plan);
    let listed = other.done("SequenceService/ListSequences", json!({})).await;
    assert_eq!(list(&listed, "/sequences").len(), 0, "a dry run does nothing");

    let done = run(&stage, &other, &["apply", "-f", file]).await;
    assert_eq!(plan.replace("would ", ""), done);
    let first = done.lines().position(|line| line == "activate sequences/tasks");
    assert!(first < done.lines().position(|line| line == "activate sequences/paid"), "{done}");
    assert_eq!(run(&stage, &other, &["apply", "-f", file]).await, "nothing to do\n");
    let exported = run(&stage, &other, &["export"]).await;
    assert_eq!(exported, fs::read_to_string(&path).expect("is there"));
    let segment = other.done("SegmentService/GetSegment", json!({"name": "web"})).await;
    assert_eq!(text(&segment, "/segment/connectedSequence"), "sequences/paid");
}

#[tokio::test]
async fn a_changed_file_changes_only_what_differs_and_wrong_ones_are_refused() {
    let stage = Stage::new().await;
    furnish(&stage).await;
    let admin = stage.admin.clone();
    let text = run(&stage, &admin, &["export", "paid", "--json"]).await;
    assert!(text.contains("\"templates/intro\"") && text.contains("segments/web/rules/turn"), "{text}");
    assert!(!text.contains("sequences/short"), "only what belongs to it: {text}");

    let folder = TempDir::new().expect("is made");
    let path = folder.path().join("paid.json");
    let file = path.to_str().expect("text");
    fs::write(&path, text.replace("\"EMEA\"", "\"APAC\"").replace("\"ring\"", "\"phone\""))
        .expect("is written");
    let expected = "update sequences/paid: steps, tags\nactivate sequences/paid\n";
    let done = run(&stage, &admin, &["apply", "-f", file]).await;
    assert_eq!(done.replace("tags, steps", "steps, tags"), expected);
    let got = stage.done("SequenceService/GetSequence", json!({"name": "paid"})).await;
    assert_eq!((&got["sequence"]["revision"], &got["sequence"]["tags"]), (&json!(2), &json!(["APAC"])));

    for (text, said) in [
        ("sequences: [{name: sequences/paid, record_type: contact}]", "can't become \"contact\""),
        ("sequences: [{name: sequences/new, display_name: ''}]", "sequence.display_name"),
        ("sequences: [{name: sequences/paid, stepps: []}]", "stepps"),
        ("sequences: {", "can't be applied"),
    ] {
        fs::write(&path, text).expect("is written");
        let output = output(&stage, &admin, &["apply", "-f", file]).await;
        let errors = String::from_utf8_lossy(&output.stderr).into_owned();
        assert!(!output.status.success() && errors.contains(said), "{said}: {errors}");
    }
}

#[tokio::test]
async fn the_command_line_simulates_and_copies() {
    let stage = Stage::new().await;
    let admin = stage.admin.clone();
    let words = ["simulate", "short", "--step", "hello=done@1h", "--step", "call=busy", "--record", "l1"];
    let told = run(&stage, &admin, &words).await;
    assert!(told.contains("completed after 1 h 10 s"), "{told}");
    let words = ["simulate", "short", "--person", "replied:hello@2s", "--start", "2026-12-24T09:00:00Z"];
    assert!(run(&stage, &admin, &words).await.contains("ended after 2 s: REPLIED"));

    assert!(run(&stage, &admin, &["templates"]).await.contains("sequenceTemplates/demo-request"));
    let made = run(&stage, &admin, &["copy", "sequenceTemplates/demo-request", "demo"]).await;
    assert!(made.starts_with("sequences/demo  Meeting for a demo request, a draft of"), "{made}");
    let wrong = output(&stage, &admin, &["simulate", "short", "--step", "hello"]).await;
    assert!(String::from_utf8_lossy(&wrong.stderr).contains("must have the form STEP=WHAT"));
}
