//! Explanations of routing: part by part, for whom they are, and that routing then does what they
//! said.

mod floor;

use rand::Rng as _;
use serde_json::{Value, json};

use super::support::app::{Client, TestApp};
use super::support::chance;
use super::support::refused::refused;
use super::support::stage::{Stage, each, list, text};
use floor::{Floor, NOTHING_CONNECTED, SEGMENTS, Seen};

const ONE_STEP: &str = r#"[{"step_id": "only", "task": {}}]"#;

fn name(lead: &str) -> String {
    format!("recordTypes/lead/records/{lead}")
}

async fn explain(client: &Client, lead: &str) -> Value {
    client.done("SegmentService/ExplainRecord", json!({"name": name(lead)})).await
}

async fn update_segment(client: &Client, id: &str, mut fields: Value) {
    fields["name"] = json!(format!("segments/{id}"));
    client.done("SegmentService/UpdateSegment", json!({"segment": fields})).await;
}

/// The parts of a condition: text, truth, and what is missing.
fn parts(explained: &Value) -> Vec<(String, String, Vec<String>)> {
    let part = |part: &Value| {
        let missing = list(part, "/missingAttributes");
        let missing = missing.iter().map(|name| name.as_str().expect("a name").to_owned()).collect();
        (text(part, "/text").to_owned(), text(part, "/truth").to_owned(), missing)
    };
    list(explained, "/condition/parts").iter().map(part).collect()
}

fn part(text: &str, truth: &str, missing: &[&str]) -> (String, String, Vec<String>) {
    (text.to_owned(), truth.to_owned(), missing.iter().map(|name| (*name).to_owned()).collect())
}

#[tokio::test]
async fn a_condition_is_explained_part_by_part_with_what_is_missing() {
    let app = TestApp::new().await;
    let attributes = json!({"origin": {"type": "STRING"}, "revenue": {"type": "INT"}, "zero": {"type": "INT"},
        "vip": {"type": "BOOL"}});
    app.admin.declare(attributes).await;
    let all = "record.origin == \"web\" && record.revenue > 10 && (record.vip || record.zero == 1)";
    app.admin.segment("all", all).await;
    app.admin.segment("any", "(record.origin == \"shop\" || 1 / record.zero == 1 || !record.vip)").await;
    for id in ["all", "any"] {
        app.admin.activate_segment(id).await;
    }
    app.admin.leads(json!([{"id": "l1", "attributes": {"origin": "web", "zero": 0}}])).await;

    let explained = explain(&app.admin, "l1").await;
    let segments = list(&explained, "/segments");
    assert_eq!(each(&segments, "segment"), ["segments/all", "segments/any"]);
    let expected = [
        part("record.origin == \"web\"", "TRUE", &[]),
        part("record.revenue > 10", "UNKNOWN", &["revenue"]),
        part("(record.vip || record.zero == 1)", "UNKNOWN", &["vip"]),
    ];
    assert_eq!(parts(&segments[0]), expected);
    assert_eq!(segments[0].pointer("/condition/truth"), Some(&json!("UNKNOWN")));
    assert_eq!(segments[0].pointer("/condition/join"), Some(&json!("ALL")));

    let expected = [
        part("record.origin == \"shop\"", "FALSE", &[]),
        part("1 / record.zero == 1", "UNKNOWN", &[]),
        part("!record.vip", "UNKNOWN", &["vip"]),
    ];
    assert_eq!(parts(&segments[1]), expected);
    assert_eq!(segments[1].pointer("/condition/join"), Some(&json!("ANY")));
    assert_eq!(each(&segments, "verdict"), ["NO_MATCH", "NO_MATCH"]);
    let why = |explained: &Value| text(explained, "/noSegmentReason").to_owned();
    assert_eq!(why(&explained), "NOTHING_CONNECTED");

    app.admin.sequence("s", serde_json::from_str(ONE_STEP).expect("steps")).await;
    app.admin.connect("all", "s").await;
    assert_eq!(why(&explain(&app.admin, "l1").await), "NO_MATCH");
    app.admin
        .done("RecordService/CloseRecord", json!({"name": name("l1"), "close_outcome": "DISQUALIFIED"}))
        .await;
    let closed = explain(&app.admin, "l1").await;
    assert_eq!((why(&closed).as_str(), text(&closed, "/closeOutcome")), ("RECORD_CLOSED", "DISQUALIFIED"));
    assert_eq!(text(&closed, "/sequence/reason"), "NO_SEGMENT");
}

#[tokio::test]
async fn each_segment_and_rule_says_why_it_wins_or_not_and_no_turn_is_taken() {
    let app = TestApp::new().await;
    for seller in ["ana", "ben"] {
        app.admin.seller(seller).await;
    }
    app.admin.declare(json!({"score": {"type": "INT"}})).await;
    app.admin.sequence("s", serde_json::from_str(ONE_STEP).expect("steps")).await;
    for (id, condition) in [("top", "record.score > 9"), ("mid", "record.score > 5"), ("low", "true")] {
        app.admin.segment(id, condition).await;
        app.admin.activate_segment(id).await;
    }
    app.admin.connect("mid", "s").await;
    app.admin.rule("mid", "turn", &["ana", "ben"]).await;
    app.admin.rule("mid", "rest", &["ben"]).await;
    app.admin.leads(json!([{"id": "l1", "attributes": {"score": 7}}])).await;

    let first = explain(&app.admin, "l1").await;
    assert_eq!(first, explain(&app.admin, "l1").await, "asking changes nothing");
    assert_eq!(each(&list(&first, "/segments"), "verdict"), ["NO_MATCH", "WINS", "HIGHER_PRIORITY"]);
    assert_eq!(each(&list(&first, "/assignmentRules"), "verdict"), ["DECIDES", "HIGHER_PRIORITY"]);
    assert_eq!((text(&first, "/segment"), text(&first, "/membership")), ("segments/mid", "ENTERS"));
    let owner =
        json!({"owner": "sellers/ana", "assignmentRule": "segments/mid/rules/turn", "reason": "ROUND_ROBIN"});
    assert_eq!(first["owner"], owner);
    assert_eq!(first["sequence"], json!({"sequence": "sequences/s", "reason": "ENROLLED"}));
    assert_eq!(first["changePending"], true);

    app.run_until_idle().await;
    let member = explain(&app.admin, "l1").await;
    assert_eq!((text(&member, "/membership"), text(&member, "/owner/reason")), ("STAYS", "NOT_ASKED"));
    assert_eq!(each(&list(&member, "/assignmentRules"), "verdict"), ["NOT_RUN", "NOT_RUN"]);
    assert_eq!(
        (text(&member, "/sequence/reason"), member.get("changePending")),
        ("SEQUENCE_UNCHANGED", None)
    );
    let enrollments = app.admin.done("EnrollmentService/ListEnrollments", json!({})).await;
    assert_eq!(member.pointer("/sequence/enrollment"), enrollments.pointer("/enrollments/0/name"));

    // It stays in its segment, although one with higher priority matches now.
    app.admin.leads(json!([{"id": "l1", "attributes": {"score": 10}}])).await;
    let kept = explain(&app.admin, "l1").await;
    assert_eq!(each(&list(&kept, "/segments"), "verdict"), ["KEPT", "WINS", "HIGHER_PRIORITY"]);
    update_segment(&app.admin, "top", json!({"allow_resegmentation": true})).await;
    let taken = explain(&app.admin, "l1").await;
    assert_eq!((text(&taken, "/membership"), text(&taken, "/segment")), ("TAKEN", "segments/top"));
    assert_eq!(taken.pointer("/exits/0/reason"), Some(&json!("SUPERSEDED")));
    assert_eq!(text(&taken, "/sequence/reason"), "NOT_CONNECTED");

    let unknown = app.admin.call("SegmentService/ExplainRecord", json!({"name": name("nobody")})).await;
    assert_eq!(refused(unknown).reason, "RESOURCE_NOT_FOUND");
    let other = app.admin.call("SegmentService/ExplainRecord", json!({"name": "l1"})).await;
    assert_eq!(refused(other).fields(), [("name", "RESOURCE_NAME_INVALID")]);
}

#[tokio::test]
async fn a_salesperson_explains_only_their_own_records() {
    let stage = Stage::new().await;
    stage.admin.segment("all", "true").await;
    stage.admin.activate_segment("all").await;
    stage.admin.connect("all", "tasks").await;
    let ana = stage.salesperson("ana").await;
    let own = explain(&ana, "l1").await;
    assert_eq!(own, explain(&stage.admin, "l1").await);
    for others in ["l3", "l4"] {
        let refused = refused(ana.call("SegmentService/ExplainRecord", json!({"name": name(others)})).await);
        assert_eq!(refused.reason, "RESOURCE_NOT_FOUND");
    }
}

#[tokio::test]
async fn a_record_that_cannot_be_routed_names_its_problem() {
    let stage = Stage::new().await;
    let problem = upnext::clock::Clock::system().new_id();
    let made = "INSERT INTO set_aside (organization_id, id, kind, subject_id, reason, create_time)
      SELECT organization_id, $1, 'record_change', id, 'because', create_time FROM record WHERE record_id = 'l1'";
    sqlx::query(made).bind(problem).execute(&stage.app.database.pool()).await.expect("is made");
    assert_eq!(text(&explain(&stage.admin, "l1").await, "/problem"), format!("problems/{problem}"));
    assert_eq!(explain(&stage.admin, "l2").await.get("problem"), None);
}

#[tokio::test]
async fn an_explanation_of_the_longest_conditions_is_cut_to_what_a_client_reads() {
    let app = TestApp::new().await;
    app.admin.declare(json!({"tier": {"type": "STRING"}})).await;
    app.admin.sequence("s", serde_json::from_str(ONE_STEP).expect("steps")).await;
    let longest = format!("record.tier == \"{}\"", "\u{1d54f}".repeat(4_079));
    app.admin.segment("first", &longest).await;
    app.admin.segment("last", "true").await;
    for id in ["first", "last"] {
        app.admin.activate_segment(id).await;
    }
    app.admin.connect("last", "s").await;
    let many =
        "INSERT INTO segment (organization_id, id, segment_id, display_name, description, record_type_id,
          condition, priority, on_leave, allow_resegmentation, reassign_on_resegmentation, state,
          connected_sequence_id, version, create_time, update_time)
        SELECT organization_id, gen_random_uuid(), 'x' || number, display_name, description, record_type_id,
          condition, priority + number, on_leave, allow_resegmentation, reassign_on_resegmentation, state,
          connected_sequence_id, version, create_time, update_time
        FROM segment, generate_series(1, 240) AS number WHERE segment_id = 'first'";
    for statement in [
        many,
        "UPDATE segment SET priority = 242 WHERE segment_id = 'last'",
        "UPDATE organization SET definition_epoch = definition_epoch + 1",
    ] {
        sqlx::query(statement).execute(&app.database.pool()).await.expect("is written");
    }
    app.admin.leads(json!([{"id": "l1"}])).await;

    let explained = explain(&app.admin, "l1").await;
    assert_eq!((text(&explained, "/segment"), &explained["partial"]), ("segments/last", &json!(true)));
    let shown = list(&explained, "/segments").len();
    assert!((200..241).contains(&shown), "{shown}");
    assert_eq!(parts(&explained["segments"][0]), [part(&longest, "UNKNOWN", &["tier"])]);
}

#[tokio::test]
async fn routing_does_what_was_explained() {
    let seed = chance::seed();
    let rounds = if chance::is_long() { 3_000 } else { 100 };
    println!("UPNEXT_SEED={seed}");
    let mut floor = Floor::new(seed).await;
    let mut seen = Seen::default();

    // More rounds if something rare hasn't come yet.
    for round in 0..rounds.max(1_500) {
        if round >= rounds && seen.missed().iter().all(|word| *word == NOTHING_CONNECTED) {
            break;
        }
        for _ in 0..floor.random.random_range(0..3) {
            floor.change().await;
        }
        // Its operations would be routed together with the record.
        floor.app.run_until_idle().await;
        floor.first = round / 4;
        let lead = floor.lead();
        floor.upsert(&lead).await;
        seen.note(&floor.check(&lead, round).await);
    }

    // Once nothing is connected, new records enter no segment.
    for segment in SEGMENTS {
        let _ = floor.app.admin.call("SegmentService/DisconnectSequence", json!({"name": segment})).await;
        for rule in ["u0", "u1"] {
            let rule = json!({"name": format!("segments/{segment}/rules/{rule}")});
            let _ = floor.app.admin.call("SegmentService/DeleteAssignmentRule", rule).await;
        }
        update_segment(&floor.app.admin, segment, json!({"condition": "has(record.id)"})).await;
        floor.app.admin.activate_segment(segment).await;
    }
    floor.app.run_until_idle().await;
    for round in 0..8 {
        let lead = format!("new{round}");
        floor.upsert(&lead).await;
        seen.note(&floor.check(&lead, round).await);
    }
    println!("{seen:?}");
    assert_eq!(seen.missed(), Vec::<&str>::new(), "a test that sees too little proves too little");
}
