//! Pictures of sequences: their text, and counts that are those of the enrollments' own events.

use std::collections::BTreeMap;

use rand::rngs::StdRng;
use rand::seq::IndexedRandom as _;
use rand::{Rng as _, SeedableRng as _};
use serde_json::{Value, json};

use super::support::app::Client;
use super::support::chance;
use super::support::refused::refused;
use super::support::stage::{Stage, each, event, list, text};

async fn render(client: &Client, name: &str, with_counts: bool) -> Value {
    client.done("SequenceService/RenderSequence", json!({"name": name, "with_counts": with_counts})).await
}

fn count(item: &Value, field: &str) -> i64 {
    item[field].as_str().map_or(0, |count| count.parse().expect("a number"))
}

/// The counts of a picture: by step those that are there and that exited, by edge those that
/// passed.
#[derive(Debug, Default, PartialEq)]
struct Counts {
    at: BTreeMap<String, (i64, i64)>,
    passed: BTreeMap<(String, String), i64>,
}

impl Counts {
    fn of(picture: &Value) -> Self {
        let step = |step: &Value| {
            (text(step, "/stepId").to_owned(), (count(step, "currentCount"), count(step, "exitedCount")))
        };
        let end = |edge: &Value, field: &str| edge[field].as_str().unwrap_or_default().to_owned();
        let edge =
            |edge: &Value| ((end(edge, "fromStepId"), end(edge, "toStepId")), count(edge, "passedCount"));
        let at = list(picture, "/steps").iter().map(step).filter(|(_, counts)| *counts != (0, 0)).collect();
        let passed = list(picture, "/edges").iter().map(edge).filter(|(_, count)| *count != 0).collect();
        Self { at, passed }
    }

    /// Counts one enrollment by its events.
    fn add(&mut self, enrollment: &Value, events: &[Value]) {
        let mut last = String::new();
        for told in events {
            let (kind, said) = event(told);
            if matches!(kind, "activityDue" | "waitStarted") {
                let reached = text(said, "/stepId").to_owned();
                *self.passed.entry((last, reached.clone())).or_default() += 1;
                last = reached;
            }
        }
        match text(enrollment, "/state") {
            "ACTIVE" => self.at.entry(last).or_default().0 += 1,
            "EXITED" => self.at.entry(last).or_default().1 += 1,
            _ => *self.passed.entry((last, String::new())).or_default() += 1,
        }
    }
}

/// The counts of a revision, from the events of each of its enrollments.
async fn counted(client: &Client, sequence: &str, revision: i64) -> Counts {
    let filter = format!("enrollment.sequence == \"{sequence}\" && enrollment.revision == {revision}");
    let listed = client.done("EnrollmentService/ListEnrollments", json!({"filter": filter})).await;
    let mut counts = Counts::default();
    for enrollment in list(&listed, "/enrollments") {
        let events = json!({"parent": enrollment["name"], "page_size": 1000});
        let events = client.done("EnrollmentService/ListEnrollmentEvents", events).await;
        counts.add(&enrollment, &list(&events, "/events"));
    }
    counts
}

/// One random move of a lead or of time.
async fn step(stage: &Stage, random: &mut StdRng) {
    let lead = format!("p{}", random.random_range(0..8));
    let record = format!("recordTypes/lead/records/{lead}");
    let listed = stage.done("WorkQueueService/ListActivities", json!({})).await;
    let activity = list(&listed, "/activities").choose(random).cloned();
    let enrollments =
        stage.done("EnrollmentService/ListEnrollments", json!({"filter": "enrollment.open"})).await;
    let enrollment = list(&enrollments, "/enrollments").choose(random).cloned();

    let (method, request) = match (random.random_range(0..8), activity, enrollment) {
        (0..=1, ..) => ("EnrollmentService/EnrollRecord", json!({"record": record, "sequence": "s"})),
        (2..=4, Some(activity), _) => {
            ("WorkQueueService/CompleteActivity", json!({"name": activity["name"]}))
        }
        (5, Some(activity), _) => ("WorkQueueService/SkipActivity", json!({"name": activity["name"]})),
        (6, _, Some(enrollment)) => ("EnrollmentService/ExitEnrollment", json!({"name": enrollment["name"]})),
        _ => return stage.app.advance(chrono::TimeDelta::seconds(6)).await,
    };
    let _ = stage.call(method, request).await;
}

#[tokio::test]
async fn the_counts_of_a_picture_are_those_of_the_events() {
    let seed = chance::seed();
    println!("UPNEXT_SEED={seed}");
    let mut random = StdRng::seed_from_u64(seed);
    let stage = Stage::new().await;
    let steps = json!([{"step_id": "a", "task": {}}, {"step_id": "b", "wait": {"delay": {"seconds": 10}}},
        {"step_id": "c", "task": {}}, {"step_id": "d", "task": {}}]);
    stage.sequence("s", steps).await;
    let leads: Vec<Value> = (0..8).map(|n| json!({"id": format!("p{n}")})).collect();
    stage.admin.leads(json!(leads)).await;

    for _ in 0..6 {
        for _ in 0..15 {
            step(&stage, &mut random).await;
        }
        let picture = render(&stage.admin, "s", true).await;
        assert_eq!(Counts::of(&picture), counted(&stage.admin, "s", 1).await, "{picture}");
        assert_eq!(text(&picture, "/countedRevision"), "sequences/s/revisions/1");
        assert_eq!(picture.get("elsewhereCount"), None);
    }

    // Another revision lacks a step. Those on the first one are elsewhere.
    let open = count(
        &stage.done("SequenceService/GetSequence", json!({"name": "s"})).await["sequence"],
        "openEnrollmentCount",
    );
    let first = Counts::of(&render(&stage.admin, "s", true).await);
    let steps = json!([{"step_id": "a", "task": {}}, {"step_id": "d", "display_name": "Last", "task": {}}]);
    let changed = json!({"sequence": {"name": "sequences/s", "steps": steps}});
    stage.done("SequenceService/UpdateSequence", changed).await;

    // The draft shows what it shares with the revision.
    let draft = render(&stage.admin, "sequences/s", true).await;
    assert_eq!(each(&list(&draft, "/steps"), "stepId"), ["a", "d"]);
    for (step, counts) in Counts::of(&draft).at {
        assert_eq!(first.at.get(&step), Some(&counts), "{step}");
    }
    stage.done("SequenceService/ActivateSequence", json!({"name": "s"})).await;
    let second = render(&stage.admin, "sequences/s", true).await;
    assert_eq!(text(&second, "/countedRevision"), "sequences/s/revisions/2");
    assert_eq!((Counts::of(&second), count(&second, "elsewhereCount")), (Counts::default(), open));
    let again = render(&stage.admin, "sequences/s/revisions/1", true).await;
    assert_eq!(Counts::of(&again), first);
    assert_eq!(again.get("elsewhereCount"), None);
}

#[tokio::test]
async fn a_draft_or_revision_is_drawn_and_others_are_not_found() {
    let stage = Stage::new().await;
    let picture = render(&stage.admin, "short", false).await;
    let expected = "flowchart TD\n  start([\"Start\"])\n  step0[\"Say hello<br/>Email\"]\n  step1{{\"Wait 10 s\"}}\n  \
                    step2[\"Phone call\"]\n  finish([\"End\"])\n  start --> step0\n  step0 --> step1\n  \
                    step1 --> step2\n  step2 --> finish\n";
    assert_eq!(text(&picture, "/mermaid"), expected);
    assert_eq!(render(&stage.admin, "sequences/short/revisions/1", false).await, picture);
    assert_eq!(picture.get("countedRevision"), None);

    // Of a draft that was never active there is nothing to count.
    stage.admin.draft("new", json!([])).await;
    let empty = render(&stage.admin, "new", true).await;
    assert_eq!((empty.get("countedRevision"), Counts::of(&empty)), (None, Counts::default()));

    for (name, reason) in [
        ("sequences/nothing", "RESOURCE_NOT_FOUND"),
        ("sequences/short/revisions/2", "RESOURCE_NOT_FOUND"),
        ("sequences/short/revisions/01", "RESOURCE_NOT_FOUND"),
        ("sequences/short/steps/1", "RESOURCE_NAME_INVALID"),
        ("", "FIELD_REQUIRED"),
    ] {
        let answer = stage.call("SequenceService/RenderSequence", json!({"name": name})).await;
        assert_eq!(refused(answer).reason, reason, "{name}");
    }
}
