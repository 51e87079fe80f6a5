//! Sequences that let a seller have only so many: who waits in line, and when their turn comes.

use chrono::{DateTime, TimeDelta, Utc};
use futures::future::join_all;
use serde_json::{Value, json};

use super::support::invariants;
use super::support::stage::{Stage, event, list, text};

/// A sales floor whose sequence `tasks` has a throttle, and the leads `a1` to `a6` of ana.
async fn floor(throttle: Value) -> Stage {
    let stage = Stage::new().await;
    let lead = |number: i32| json!({"id": format!("a{number}"), "owner": "ana"});
    stage.admin.leads((1..=6).map(lead).collect()).await;
    limit(&stage, throttle).await;
    stage
}

/// Gives the sequence `tasks` a throttle.
async fn limit(stage: &Stage, throttle: Value) {
    let sequence = json!({"name": "sequences/tasks", "throttle": throttle});
    let request = json!({"sequence": sequence, "update_mask": "throttle"});
    stage.done("SequenceService/UpdateSequence", request).await;
    stage.app.run_until_idle().await;
}

/// Enrolls the first leads of ana, one after the other.
async fn enroll(stage: &Stage, number: i32) -> Vec<Value> {
    let mut enrolled = Vec::new();
    for number in 1..=number {
        enrolled.push(stage.enroll(&format!("a{number}"), "tasks").await);
    }
    enrolled
}

/// Enrolls a lead after it got this owner.
async fn enroll_for(stage: &Stage, lead: &str, owner: &str) -> Value {
    stage.admin.leads(json!([{"id": lead, "owner": owner}])).await;
    stage.enroll(lead, "tasks").await
}

async fn get(stage: &Stage, of: &Value) -> Value {
    let request = json!({"name": of["name"], "view": "FULL"});
    stage.done("EnrollmentService/GetEnrollment", request).await["enrollment"].clone()
}

async fn act(stage: &Stage, verb: &str, of: &Value) {
    stage.done(&format!("EnrollmentService/{verb}"), json!({"name": of["name"]})).await;
    stage.app.run_until_idle().await;
}

/// The states of enrollments, each by its first letter.
async fn states(stage: &Stage, of: &[Value]) -> String {
    let mut states = String::new();
    for one in of {
        states.extend(text(&get(stage, one).await, "/state").chars().next());
    }
    states
}

async fn hold(stage: &Stage) {
    invariants::hold_in(stage.app.app.engine.store(), stage.app.now()).await;
}

fn until(of: &Value) -> DateTime<Utc> {
    text(of, "/waitingUntil").parse().expect("a time")
}

#[tokio::test]
async fn a_seller_gets_so_many_a_day_and_the_oldest_begin_when_the_day_turns() {
    let stage = floor(json!({"new_per_seller_and_day": 2})).await;
    let of_ana = enroll(&stage, 5).await;
    let of_ben = stage.enroll("l3", "tasks").await;
    assert_eq!((states(&stage, &of_ana).await.as_str(), text(&of_ben, "/state")), ("AAPPP", "ACTIVE"));
    assert_eq!(text(&of_ana[2], "/reason"), "THROTTLED");
    hold(&stage).await;

    let midnight = until(&of_ana[2]);
    assert!(midnight > stage.app.now() && midnight - stage.app.now() <= TimeDelta::days(1), "{midnight}");
    assert_eq!(midnight.timestamp() % 86_400, 0, "in UTC, because ana has no calendar");
    assert_eq!((until(&of_ana[3]), until(&of_ana[4])), (midnight, midnight + TimeDelta::days(1)));
    let filter = json!({"filter": "enrollment.reason == \"THROTTLED\""});
    let listed = stage.done("EnrollmentService/ListEnrollments", filter).await;
    assert_eq!(list(&listed, "/enrollments").len(), 3);

    let explain = json!({"name": of_ana[4]["name"]});
    let explained = stage.done("EnrollmentService/ExplainEnrollment", explain).await;
    let sentences = list(&explained, "/sentences");
    assert!(sentences[1].as_str().unwrap_or_default().contains("waits in line"), "{sentences:?}");
    assert!(sentences[2].as_str().unwrap_or_default().ends_with("leave the line."), "{sentences:?}");

    // Whoever leaves the line lets the others begin earlier.
    act(&stage, "ExitEnrollment", &of_ana[3]).await;
    stage.app.advance(midnight - stage.app.now() - TimeDelta::microseconds(1)).await;
    assert_eq!(states(&stage, &of_ana).await, "AAPEP");
    stage.app.advance(TimeDelta::microseconds(1)).await;
    assert_eq!(states(&stage, &of_ana).await, "AAAEA");
    hold(&stage).await;

    let timeline = list(&get(&stage, &of_ana[2]).await, "/timeline");
    let told: Vec<&str> = timeline.iter().map(|one| event(one).0).collect();
    assert_eq!(told, ["enrollmentStarted", "waitStarted", "waitEnded", "activityDue"]);
}

#[tokio::test]
async fn the_day_is_that_of_the_sellers_calendar() {
    let stage = floor(json!({"new_per_seller_and_day": 1})).await;
    let hours = json!({"days": ["MONDAY"], "start_time": "09:00", "end_time": "17:00"});
    let tokyo = json!({"display_name": "Tokyo", "time_zone": "Asia/Tokyo", "working_hours": [hours]});
    let tokyo = json!({"calendar_id": "tokyo", "calendar": tokyo});
    stage.done("CalendarService/CreateCalendar", tokyo).await;
    let ana = json!({"seller": {"name": "sellers/ana", "calendar": "tokyo"}});
    stage.done("SellerService/UpdateSeller", ana).await;

    let enrolled = enroll(&stage, 2).await;
    assert_eq!(until(&enrolled[1]).timestamp() % 86_400, 15 * 3_600, "midnight in Tokyo is 15:00 UTC");
}

#[tokio::test]
async fn a_seller_has_so_many_at_once_and_the_oldest_begins_when_one_ends() {
    let stage = floor(json!({"active_per_seller": 2})).await;
    let enrolled = enroll(&stage, 5).await;
    assert_eq!(states(&stage, &enrolled).await, "AAPPP");
    assert_eq!(enrolled[2].get("waitingUntil"), None, "nobody can say when");
    let explain = json!({"name": enrolled[2]["name"]});
    let explained = stage.done("EnrollmentService/ExplainEnrollment", explain).await;
    let last = list(&explained, "/sentences").pop().unwrap_or_default();
    assert!(last.as_str().unwrap_or_default().contains("have ended"), "{explained}");
    hold(&stage).await;

    act(&stage, "ExitEnrollment", &enrolled[0]).await;
    assert_eq!(states(&stage, &enrolled).await, "EAAPP");
    for _ in 0..2 {
        let activity = get(&stage, &enrolled[1]).await["openActivity"].clone();
        stage.done("WorkQueueService/CompleteActivity", json!({"name": activity})).await;
    }
    stage.app.run_until_idle().await;
    assert_eq!(states(&stage, &enrolled).await, "ECAAP");
    hold(&stage).await;

    // One that is paused leaves its turn to those behind.
    let sixth = stage.enroll("a6", "tasks").await;
    act(&stage, "PauseEnrollment", &enrolled[4]).await;
    act(&stage, "ExitEnrollment", &enrolled[2]).await;
    assert_eq!(
        (states(&stage, &enrolled).await.as_str(), text(&get(&stage, &sixth).await, "/state")),
        ("ECEAP", "ACTIVE")
    );
    // Nor is it in the way of those who come later.
    act(&stage, "ExitEnrollment", &sixth).await;
    let seventh = enroll_for(&stage, "a7", "ana").await;
    assert_eq!(text(&seventh, "/state"), "ACTIVE");
    act(&stage, "ResumeEnrollment", &enrolled[4]).await;
    assert_eq!(states(&stage, &enrolled).await, "ECEAP");
    hold(&stage).await;
    act(&stage, "ExitEnrollment", &seventh).await;
    assert_eq!(states(&stage, &enrolled).await, "ECEAA");
    hold(&stage).await;
}

#[tokio::test]
async fn another_throttle_takes_effect_at_once_and_skipping_the_wait_goes_beyond_it() {
    let stage = floor(json!({"active_per_seller": 1})).await;
    let enrolled = enroll(&stage, 5).await;
    act(&stage, "SkipWait", &enrolled[4]).await;
    assert_eq!(states(&stage, &enrolled).await, "APPPA");
    hold(&stage).await;

    limit(&stage, json!({"active_per_seller": 3})).await;
    assert_eq!(states(&stage, &enrolled).await, "AAPPA");
    limit(&stage, json!({})).await;
    assert_eq!(states(&stage, &enrolled).await, "AAAAA");
    assert_eq!(text(&stage.enroll("a6", "tasks").await, "/state"), "ACTIVE");
    hold(&stage).await;
}

/// The problems of timers: how often each was tried.
async fn problems(stage: &Stage) -> Vec<Value> {
    let listed = stage.done("OrganizationService/ListProblems", json!({})).await;
    list(&listed, "/problems").iter().map(|one| one["attemptCount"].clone()).collect()
}

#[tokio::test]
async fn one_that_cannot_be_decided_leaves_its_turn_to_those_behind_until_it_is_mended() {
    let stage = floor(json!({"active_per_seller": 1})).await;
    let enrolled = enroll(&stage, 5).await;
    let revision = |number: i32| {
        let id = text(&enrolled[1], "/name").trim_start_matches("enrollments/").to_owned();
        let statement = "UPDATE enrollment SET revision = $1 WHERE id = $2::uuid";
        let pool = stage.app.database.pool();
        async move { sqlx::query(statement).bind(number).bind(id).execute(&pool).await.expect("runs") }
    };
    let others = [&enrolled[..1], &enrolled[2..]].concat();

    revision(99).await;
    act(&stage, "ExitEnrollment", &enrolled[0]).await;
    assert_eq!(states(&stage, &others).await, "EAPP");
    assert_eq!(problems(&stage).await, [json!(1)]);
    act(&stage, "ExitEnrollment", &enrolled[2]).await;
    assert_eq!(states(&stage, &others).await, "EEAP", "it isn't in the way again");
    assert_eq!(problems(&stage).await, [json!(1)], "and it is the only problem");

    // Nor is it in the way of those who come when there is a place.
    act(&stage, "ExitEnrollment", &enrolled[3]).await;
    act(&stage, "ExitEnrollment", &enrolled[4]).await;
    let sixth = stage.enroll("a6", "tasks").await;
    assert_eq!(text(&sixth, "/state"), "ACTIVE");
    stage.app.advance(TimeDelta::seconds(1)).await;
    assert_eq!(problems(&stage).await, [json!(2)], "it is tried again");

    revision(1).await;
    stage.app.advance(TimeDelta::seconds(2)).await;
    assert_eq!((problems(&stage).await, states(&stage, &enrolled[1..2]).await), (vec![], "P".to_owned()));
    hold(&stage).await;
    act(&stage, "ExitEnrollment", &sixth).await;
    assert_eq!(states(&stage, &enrolled[1..2]).await, "A");
    hold(&stage).await;
}

#[tokio::test]
async fn a_record_waits_in_the_line_of_its_owner() {
    let stage = floor(json!({"active_per_seller": 1})).await;
    let enrolled = enroll(&stage, 3).await;
    stage.admin.leads(json!([{"id": "a3", "owner": "ben"}])).await;
    stage.app.run_until_idle().await;
    assert_eq!(states(&stage, &enrolled).await, "APA", "ben had a place");
    hold(&stage).await;

    stage.admin.leads(json!([{"id": "a2", "owner": "ben"}])).await;
    stage.app.run_until_idle().await;
    act(&stage, "ExitEnrollment", &enrolled[0]).await;
    assert_eq!(states(&stage, &enrolled).await, "EPA");
    act(&stage, "ExitEnrollment", &enrolled[2]).await;
    assert_eq!(states(&stage, &enrolled).await, "EAE");
    hold(&stage).await;
}

#[tokio::test]
async fn one_that_is_paused_or_not_begun_follows_its_record_to_the_new_owners_line() {
    let stage = floor(json!({"active_per_seller": 1})).await;
    let enrolled = enroll(&stage, 2).await;
    act(&stage, "PauseEnrollment", &enrolled[1]).await;
    let later = |lead: &str| json!({"record": format!("recordTypes/lead/records/{lead}"), "sequence": "tasks", "start_delay": {"hours": 1}});
    let third = stage.done("EnrollmentService/EnrollRecord", later("a3")).await["enrollment"].clone();
    stage.admin.leads(json!([{"id": "a2", "owner": "ben"}, {"id": "a3", "owner": "ben"}])).await;
    stage.app.run_until_idle().await;

    // Ben's one place is free, and ana's is not.
    act(&stage, "ResumeEnrollment", &enrolled[1]).await;
    assert_eq!(states(&stage, &enrolled).await, "AA");
    hold(&stage).await;
    act(&stage, "ExitEnrollment", &enrolled[1]).await;
    act(&stage, "SkipWait", &third).await;
    assert_eq!(text(&get(&stage, &third).await, "/state"), "ACTIVE");
    let of_ben = enroll_for(&stage, "b1", "ben").await;
    let of_ana = enroll_for(&stage, "a4", "ana").await;
    assert_eq!((text(&of_ben, "/state"), text(&of_ana, "/state")), ("PENDING", "PENDING"));
    act(&stage, "ExitEnrollment", &enrolled[0]).await;
    assert_eq!(text(&get(&stage, &of_ana).await, "/state"), "ACTIVE", "ana has her place alone");
    hold(&stage).await;
}

#[tokio::test]
async fn one_that_begins_later_joins_the_line_then() {
    let stage = floor(json!({"active_per_seller": 1})).await;
    let later =
        json!({"record": "recordTypes/lead/records/a1", "sequence": "tasks", "start_delay": {"hours": 1}});
    let later = stage.done("EnrollmentService/EnrollRecord", later).await["enrollment"].clone();
    assert_eq!((text(&later, "/state"), later.get("reason")), ("PENDING", None));
    let now = stage.enroll("a2", "tasks").await;
    assert_eq!(text(&now, "/state"), "ACTIVE");
    hold(&stage).await;

    stage.app.advance(TimeDelta::hours(1)).await;
    let waits = get(&stage, &later).await;
    assert_eq!((text(&waits, "/state"), text(&waits, "/reason")), ("PENDING", "THROTTLED"));
    hold(&stage).await;
    act(&stage, "ExitEnrollment", &now).await;
    assert_eq!(text(&get(&stage, &later).await, "/state"), "ACTIVE");
    hold(&stage).await;
}

#[tokio::test]
async fn a_simulation_waits_for_nobody() {
    let stage = floor(json!({"active_per_seller": 1})).await;
    enroll(&stage, 1).await;
    let simulate = json!({"name": "tasks", "record": "recordTypes/lead/records/a2"});
    let simulated = stage.done("SequenceService/SimulateSequence", simulate).await;
    assert!(simulated.to_string().contains("activityDue"), "{simulated}");
    assert!(!simulated.to_string().contains("waitStarted"), "{simulated}");
}

#[tokio::test]
async fn a_segment_brings_each_seller_some_every_day() {
    let stage = floor(json!({"new_per_seller_and_day": 4})).await;
    stage.admin.segment("all", "record.owner == \"ana\"").await;
    stage.admin.connect("all", "tasks").await;
    stage.done("SegmentService/ActivateSegment", json!({"name": "all", "backfill": true})).await;
    stage.app.run_until_idle().await;
    let counted = |state: &'static str| {
        let filter = format!("enrollment.state == \"{state}\"");
        let listed = stage.done("EnrollmentService/ListEnrollments", json!({"filter": filter}));
        async move { list(&listed.await, "/enrollments").len() }
    };
    assert_eq!((counted("ACTIVE").await, counted("PENDING").await), (4, 4));
    hold(&stage).await;
    stage.app.advance(TimeDelta::days(1)).await;
    assert_eq!((counted("ACTIVE").await, counted("PENDING").await), (8, 0));
    hold(&stage).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_limits_hold_when_two_servers_enroll_and_end_at_once() {
    let stage = floor(json!({"active_per_seller": 3})).await;
    let (other, lifecycle) = stage.app.beside(false).await;
    let lead = |number: i32| json!({"id": format!("b{number}"), "owner": "ben"});
    stage.admin.leads((0..40).map(lead).collect()).await;
    let calls = (0..40).map(|number| {
        let client = if number % 2 == 0 { stage.admin.clone() } else { other.clone() };
        async move { client.enroll(&format!("b{number}"), "tasks").await }
    });
    let enrolled = join_all(calls).await;
    let count = |state: char, states: &str| states.chars().filter(|one| *one == state).count();
    let now = states(&stage, &enrolled).await;
    assert_eq!((count('A', &now), count('P', &now)), (3, 37), "{now}");
    hold(&stage).await;

    let active = enrolled.iter().zip(now.chars()).filter(|(_, state)| *state == 'A').map(|(one, _)| one);
    let ends = active.map(|one| other.done("EnrollmentService/ExitEnrollment", json!({"name": one["name"]})));
    join_all(ends).await;
    stage.app.run_until_idle().await;
    let now = states(&stage, &enrolled).await;
    assert_eq!((count('A', &now), count('P', &now), count('E', &now)), (3, 34, 3), "{now}");
    hold(&stage).await;
    lifecycle.begin_to_drain();
}
