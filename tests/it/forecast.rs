//! What a segment would do, before it does it: previews, and dry runs of backfills.

use std::time::Duration;

use serde_json::{Value, json};
use upnext::app::App;
use upnext::lifecycle::Lifecycle;
use upnext::store::PoolSettings;

use super::support::app::{Client, TestApp, serve, settings, stores_by};
use super::support::dynamic::call;
use super::support::ground::run;
use super::support::refused::refused;
use super::support::stage::{list, text};

const ONE_STEP: &str = r#"[{"step_id": "only", "task": {}}]"#;

async fn leads(app: &TestApp, numbers: std::ops::Range<i32>) {
    let lead = |number: i32| json!({"id": format!("l{number}"), "attributes": {"score": number}});
    app.admin.leads(numbers.map(lead).collect()).await;
    app.run_until_idle().await;
}

/// Thirty leads with a score, of which `top` would take those from 25 and `base` has the first
/// five. `mid` is a draft between the two, for scores from 3.
async fn floor() -> TestApp {
    let app = TestApp::new().await;
    app.admin.declare(json!({"score": {"type": "INT"}, "seen": {"type": "BOOL"}})).await;
    for sequence in ["hot", "cold"] {
        app.admin.sequence(sequence, serde_json::from_str(ONE_STEP).expect("steps")).await;
    }
    leads(&app, 0..30).await;

    app.admin.segment("top", "record.score >= 25").await;
    app.admin.segment("mid", "record.score >= 3").await;
    app.admin.segment("base", "record.score >= 0").await;
    app.admin.connect("top", "hot").await;
    app.admin.activate_segment("top").await;
    app.admin.activate_segment("base").await;
    let seen = |number| json!({"id": format!("l{number}"), "attributes": {"seen": true}});
    app.admin.leads((0..5).map(seen).collect()).await;
    app.run_until_idle().await;

    // One was in the sequence before, another is now.
    let before = app.admin.enroll("l10", "cold").await;
    app.admin.done("EnrollmentService/ExitEnrollment", json!({"name": before["name"]})).await;
    app.admin.enroll("l11", "cold").await;
    app
}

async fn preview(app: &TestApp, request: Value) -> Value {
    app.admin.done("SegmentService/PreviewSegment", request).await
}

fn counts(forecast: &Value, names: &[&str]) -> Vec<i64> {
    let count = |name: &&str| forecast[*name].as_str().map_or(0, |count| count.parse().expect("a number"));
    names.iter().map(count).collect()
}

const MATCHING: [&str; 4] = ["higherPriorityCount", "keptCount", "memberCount", "enteringCount"];
const ENROLLING: [&str; 3] = ["enrolledNowCount", "enrolledBeforeCount", "enrollingCount"];

#[tokio::test]
async fn a_dry_run_of_a_backfill_tells_the_numbers_that_the_backfill_then_has() {
    let app = floor().await;
    let connect = json!({"name": "mid", "sequence": "cold", "backfill": true, "validate_only": true});
    let dry = app.admin.done("SegmentService/ConnectSequence", connect).await;
    assert_eq!(counts(&dry["forecast"], &MATCHING), [0; 4], "a draft takes nothing");
    assert_eq!(counts(&dry["forecast"], &["totalCount", "enrolledCount"]), [30, 5], "the others do");

    app.admin.connect("mid", "cold").await;
    let activate =
        |validate_only: bool| json!({"name": "mid", "backfill": true, "validate_only": validate_only});
    let dry = app.admin.done("SegmentService/ActivateSegment", activate(true)).await;
    let forecast = &dry["forecast"];
    assert_eq!(dry["existingMatches"], "27");
    assert_eq!(counts(forecast, &MATCHING), [5, 2, 0, 20]);
    assert_eq!(counts(forecast, &ENROLLING), [1, 1, 18]);

    let started = app.admin.done("SegmentService/ActivateSegment", activate(false)).await;
    assert_eq!(started.get("forecast"), None);
    app.run_until_idle().await;
    let name = json!({"name": started["backfillOperation"]});
    let ended = call(&app.admin, "google.longrunning.Operations/GetOperation", name).await.expect("is there");
    assert_eq!(ended["metadata"]["totalCount"], forecast["totalCount"]);
    assert_eq!(ended["response"]["enrolledCount"], forecast["enrolledCount"]);
    assert_eq!(text(forecast, "/enrolledCount"), "23");
    let segment = app.admin.done("SegmentService/GetSegment", json!({"name": "mid"})).await;
    assert_eq!(segment["segment"]["memberCount"], "20");

    let again = app.admin.done("SegmentService/ActivateSegment", activate(true)).await;
    assert_eq!(counts(&again["forecast"], &MATCHING), [5, 2, 20, 0]);
    assert_eq!(counts(&again["forecast"], &ENROLLING), [19, 1, 0]);
    assert_eq!(counts(&again["forecast"], &["enrolledCount"]), [0]);
}

#[tokio::test]
async fn a_preview_tells_what_a_segment_would_take_before_it_is_saved() {
    let app = floor().await;
    let condition = "record.score >= 3";
    let as_mid = preview(&app, json!({"condition": condition, "segment": "mid", "sequence": "cold"})).await;
    assert_eq!(as_mid["count"], "27");
    assert_eq!(counts(&as_mid["forecast"], &MATCHING), [5, 2, 0, 20]);
    assert_eq!(counts(&as_mid["forecast"], &ENROLLING), [1, 1, 18]);
    assert_eq!(counts(&as_mid["forecast"], &["totalCount", "enrolledCount"]), [27, 23]);

    // A new one is last: `base` comes before it.
    let new = preview(&app, json!({"condition": condition})).await;
    assert_eq!(counts(&new["forecast"], &MATCHING), [27, 0, 0, 0]);
    assert_eq!(counts(&new["forecast"], &ENROLLING), [0; 3]);

    let unknown = json!({"condition": "true", "sequence": "nothing"});
    let unknown = app.admin.call("SegmentService/PreviewSegment", unknown).await;
    assert_eq!(refused(unknown).fields(), [("sequence", "REFERENCE_NOT_FOUND")]);
    let unknown =
        app.admin.call("SegmentService/PreviewSegment", json!({"condition": "true", "segment": "x"})).await;
    assert_eq!(refused(unknown).reason, "RESOURCE_NOT_FOUND");
    let segment = app.admin.done("SegmentService/GetSegment", json!({"name": "mid"})).await;
    assert_eq!((text(&segment, "/segment/state"), segment["segment"].get("memberCount")), ("DRAFT", None));
}

#[tokio::test]
async fn a_preview_of_another_condition_tells_who_would_enter_and_who_would_leave() {
    let app = floor().await;
    app.admin.activate_segment("mid").await;
    // Ten of its own: the others are in `base`, or haven't changed since.
    let touched = |number| json!({"id": format!("l{number}"), "attributes": {"seen": true}});
    app.admin.leads((5..15).map(touched).collect()).await;
    app.run_until_idle().await;
    let segment = app.admin.done("SegmentService/GetSegment", json!({"name": "mid"})).await;
    assert_eq!(text(&segment, "/segment/memberCount"), "10");

    // Those below 10 leave, though `base` takes them; those up to 24 that are in none enter.
    let narrower =
        preview(&app, json!({"condition": "record.score >= 10", "segment": "mid", "sample_size": 3}));
    let narrower = narrower.await;
    let forecast = &narrower["forecast"];
    let names = ["memberCount", "enteringCount", "leavingCount"];
    assert_eq!(counts(forecast, &names), [5, 10, 5]);
    assert_eq!(forecast.get("leavingPartial"), None);
    let lead = |number: i32| format!("recordTypes/lead/records/l{number}");
    assert_eq!(narrower["enteringSample"], json!([lead(15), lead(16), lead(17)]));
    assert_eq!(narrower["leavingSample"], json!([lead(5), lead(6), lead(7)]));

    // Nobody leaves with the condition that it has, and a new segment has no members.
    let same = preview(&app, json!({"condition": "record.score >= 3", "segment": "mid"})).await;
    assert_eq!(counts(&same["forecast"], &names), [10, 10, 0]);
    assert_eq!(same.get("leavingSample"), None);
    let new = preview(&app, json!({"condition": "record.score >= 10"})).await;
    assert_eq!(counts(&new["forecast"], &["leavingCount"]), [0]);

    // A grace only delays it.
    let grace = json!({"segment": {"name": "segments/mid", "leave_grace": {"days": 1}}});
    app.admin.done("SegmentService/UpdateSegment", grace).await;
    let nobody = preview(&app, json!({"condition": "record.score > 99", "segment": "mid"})).await;
    assert_eq!(counts(&nobody["forecast"], &names), [0, 0, 10]);
    let segment = app.admin.done("SegmentService/GetSegment", json!({"name": "mid"})).await;
    assert_eq!(text(&segment, "/segment/memberCount"), "10", "nothing has changed");
}

#[tokio::test]
async fn a_preview_tells_how_many_records_lack_what_is_negated() {
    let app = TestApp::new().await;
    let tags = json!({"vip": {"type": "BOOL"}, "tier": {"type": "STRING"}, "tags": {"type": "STRING_LIST"}});
    app.admin.declare(tags).await;
    let lead = |id: &str, attributes: Value| json!({"id": id, "attributes": attributes});
    let all = json!([
        lead("l1", json!({"vip": true, "tier": "gold"})),
        lead("l2", json!({"vip": false})),
        lead("l3", json!({})),
        lead("l4", json!({"tags": ["x"]}))
    ]);
    app.admin.leads(all).await;

    let both = preview(&app, json!({"condition": "!record.vip || record.tier != \"gold\""})).await;
    let lacking = list(&both, "/lackingAttributes");
    let said = |one: &Value| {
        let counts = counts(one, &["count", "matchingCount"]);
        (text(one, "/attribute").to_owned(), counts[0], counts[1])
    };
    let lacking: Vec<_> = lacking.iter().map(said).collect();
    assert_eq!(lacking, [("vip".to_owned(), 2, 2), ("tier".to_owned(), 3, 3)]);
    let tags = preview(&app, json!({"condition": "!(\"x\" in record.tags) && has(record.id)"})).await;
    let tags: Vec<_> = list(&tags, "/lackingAttributes").iter().map(said).collect();
    assert_eq!(tags, [("tags".to_owned(), 3, 0)]);
    let asked = preview(&app, json!({"condition": "!has(record.vip) && record.tier == \"gold\""})).await;
    assert_eq!(asked.get("lackingAttributes"), None, "nothing is negated that could be missing");
}

#[tokio::test]
async fn a_dry_run_that_meets_a_slow_record_tells_what_it_has_looked_at() {
    let app = TestApp::new().await;
    app.admin.declare(json!({"a": {"type": "STRING"}, "b": {"type": "STRING"}})).await;
    app.admin.seller("ana").await;
    app.admin.segment("slow", "record.a.contains(record.b)").await;
    app.admin.rule("slow", "all", &["ana"]).await;
    let values = json!({"a": "ab", "b": "b"});
    let leads = ["l1", "l2", "l3"].map(|id| json!({"id": id, "attributes": values}));
    app.admin.leads(json!(leads)).await;
    // Some billion comparisons, which Postgres doesn't interrupt.
    let slow = "jsonb_build_object('a', repeat('a', 160000), 'b', 'b' || repeat('a', 80000))";
    let slow = format!("UPDATE record SET attributes = {slow} WHERE record_id = 'l3'");
    run(&app.database.pool(), slow).await;

    let slowest = PoolSettings { read_timeout: Duration::from_millis(400), ..PoolSettings::default() };
    let stores = stores_by(&app.database.connect_options(), &slowest, false);
    let (server, lifecycle) = (App::new(stores, app.clock.clock(), settings()), Lifecycle::new());
    let client = Client::new(serve(&server, &lifecycle).await, &app.admin.secret);
    let request = json!({"name": "segments/slow", "backfill": true, "validate_only": true});
    let dry = client.done("SegmentService/ActivateSegment", request).await;
    assert_eq!(dry["forecast"]["partial"], json!(true), "{dry}");
    assert_eq!(counts(&dry["forecast"], &["enteringCount", "totalCount"]), [2, 2]);
    lifecycle.hard().cancel();
}
