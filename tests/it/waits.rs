//! Waits in working time, and until a time, through the whole server.

mod paused;

use chrono::{DateTime, TimeDelta, Utc};
use serde_json::{Value, json};

use super::support::app::store;
use super::support::invariants;
use super::support::refused::refused;
use super::support::stage::{Stage, each, event, list, text};

/// A Tuesday: 10:00 in Berlin, and 04:00 in New York.
const START: &str = "2026-09-22T08:00:00Z";

/// Monday to Friday, from 09:00 to 17:00.
fn office(id: &str, zone: &str) -> Value {
    let days = ["MONDAY", "TUESDAY", "WEDNESDAY", "THURSDAY", "FRIDAY"];
    let hours = json!({"days": days, "start_time": "09:00", "end_time": "17:00"});
    let calendar = json!({"display_name": id, "time_zone": zone, "working_hours": [hours]});
    json!({"calendar_id": id, "calendar": calendar})
}

/// Ana works in Berlin, ben in New York, and who has no calendar works all the time.
async fn offices() -> Stage {
    let stage = Stage::new().await;
    let start: DateTime<Utc> = START.parse().expect("an instant");
    stage.app.advance(start - stage.app.now()).await;
    for (seller, id, zone) in [("ana", "berlin", "Europe/Berlin"), ("ben", "new-york", "America/New_York")] {
        stage.done("CalendarService/CreateCalendar", office(id, zone)).await;
        let seller = json!({"seller": {"name": seller, "calendar": id}});
        stage.done("SellerService/UpdateSeller", seller).await;
    }
    stage
}

/// A wait, then a call.
fn then_call(wait: Value) -> Value {
    json!([{"step_id": "pause", "wait": wait}, {"step_id": "call", "phone_call": {}}])
}

async fn read(stage: &Stage, enrollment: &Value) -> Value {
    let request = json!({"name": enrollment["name"], "view": "FULL"});
    stage.done("EnrollmentService/GetEnrollment", request).await["enrollment"].clone()
}

async fn own(stage: &Stage, lead: &str, owner: &str) {
    stage.admin.leads(json!([{"id": lead, "owner": owner}])).await;
}

fn kinds(enrollment: &Value) -> Vec<String> {
    list(enrollment, "/timeline").iter().map(|told| event(told).0.to_owned()).collect()
}

async fn sentences(stage: &Stage, enrollment: &Value) -> Vec<String> {
    let request = json!({"name": enrollment["name"]});
    let explained = stage.done("EnrollmentService/ExplainEnrollment", request).await;
    list(&explained, "/sentences").iter().map(|sentence| text(sentence, "").to_owned()).collect()
}

/// All rules of `upnext check` hold.
async fn sound(stage: &Stage) {
    invariants::hold_in(&store(&stage.app.database), stage.app.now()).await;
}

#[tokio::test]
async fn each_kind_of_wait_ends_when_it_says() {
    let stage = offices().await;
    stage.admin.declare(json!({"renewal": {"type": "TIMESTAMP"}})).await;
    stage.admin.leads(json!([{"id": "l1", "attributes": {"renewal": "2026-09-25T10:00:00Z"}}])).await;
    let cases = [
        (json!({"business_hours": {"hours": 4}}), "2026-09-22T12:00:00Z", "Wait 4 h of working time"),
        (json!({"business_days": {"days": 3}}), "2026-09-25T08:00:00Z", "Wait 3 working days"),
        (json!({"until_local_time": {"time": "09:00"}}), "2026-09-23T07:00:00Z", "Wait until 09:00"),
        (
            json!({"until_local_time": {"time": "09:00", "days": ["WEDNESDAY"], "time_zone": "Asia/Tokyo"}}),
            "2026-09-23T00:00:00Z",
            "Wait until 09:00 Wed in Asia/Tokyo",
        ),
        (json!({"until_attribute": {"attribute": "renewal"}}), "2026-09-25T10:00:00Z", "Wait until renewal"),
        (
            json!({"until_attribute": {"attribute": "renewal", "before": {"days": 1}}}),
            "2026-09-24T10:00:00Z",
            "Wait until 1 d before renewal",
        ),
    ];

    for (number, (wait, until, caption)) in cases.into_iter().enumerate() {
        let sequence = format!("w{number}");
        stage.sequence(&sequence, then_call(wait.clone())).await;
        let enrolled = stage.enroll("l1", &sequence).await;
        assert_eq!(text(&enrolled, "/waitingUntil"), until, "{wait}");
        let picture = stage.done("SequenceService/RenderSequence", json!({"name": sequence})).await;
        assert_eq!(text(&picture, "/steps/0/caption"), caption);
    }

    stage.app.advance(TimeDelta::days(5)).await;
    assert_eq!(stage.queue("sellers/ana").await.len(), 6);
    sound(&stage).await;
}

#[tokio::test]
async fn a_wait_for_a_missing_attribute_ends_at_once_and_the_timeline_says_so() {
    let stage = offices().await;
    stage.admin.declare(json!({"renewal": {"type": "TIMESTAMP"}})).await;
    let until = json!({"until_attribute": {"attribute": "renewal", "after": {"hours": 1}}});
    stage.sequence("renew", then_call(until)).await;

    let enrolled = stage.enroll("l1", "renew").await;
    assert_eq!(text(&enrolled, "/currentStepId"), "call");
    let told = list(&read(&stage, &enrolled).await, "/timeline");
    let (kind, ended) = event(&told[2]);
    assert_eq!((kind, &ended["attributeMissing"]), ("waitEnded", &json!(true)));

    // One that has passed ends at once, too, but the next step doesn't count from then.
    stage.admin.leads(json!([{"id": "l2", "attributes": {"renewal": "2020-01-01T00:00:00Z"}}])).await;
    let past = read(&stage, &stage.enroll("l2", "renew").await).await;
    let told = list(&past, "/timeline");
    assert!(event(&told[2]).1["attributeMissing"].is_null());
    let due = stage.queue("sellers/ana").await;
    assert_eq!(each(&due, "dueTime"), [START, START]);
    sound(&stage).await;
}

#[tokio::test]
async fn a_wait_until_an_attribute_follows_its_changes() {
    let stage = offices().await;
    stage.admin.declare(json!({"renewal": {"type": "TIMESTAMP"}, "score": {"type": "INT"}})).await;
    let set = async |attributes: Value| {
        stage.admin.leads(json!([{"id": "l1", "attributes": attributes}])).await;
    };
    let before = json!({"until_attribute": {"attribute": "renewal", "before": {"days": 1}}});
    stage.sequence("renew", then_call(before)).await;
    set(json!({"renewal": "2026-09-25T10:00:00Z"})).await;
    let enrolled = stage.enroll("l1", "renew").await;
    let until = async || text(&read(&stage, &enrolled).await, "/waitingUntil").to_owned();
    assert_eq!(until().await, "2026-09-24T10:00:00Z");

    set(json!({"renewal": "2026-10-01T10:00:00Z"})).await;
    assert_eq!(until().await, "2026-09-30T10:00:00Z");
    set(json!({"renewal": "2026-09-28T10:00:00Z"})).await;
    assert_eq!(until().await, "2026-09-27T10:00:00Z");
    set(json!({"score": 7})).await;
    set(json!({"renewal": null})).await;
    assert_eq!(until().await, "2026-09-27T10:00:00Z", "nobody said another time");
    let told = kinds(&read(&stage, &enrolled).await);
    assert_eq!(told, ["enrollmentStarted", "waitStarted", "waitRescheduled", "waitRescheduled"]);
    sound(&stage).await;

    set(json!({"renewal": "2026-09-01T10:00:00Z"})).await;
    stage.app.run_until_idle().await;
    let over = read(&stage, &enrolled).await;
    assert_eq!(text(&over, "/currentStepId"), "call", "it has passed");
    set(json!({"renewal": "2026-12-01T10:00:00Z"})).await;
    assert_eq!(read(&stage, &enrolled).await, over, "the wait is over");
    sound(&stage).await;
}

#[tokio::test]
async fn why_a_wait_ends_when_it_does_is_explained() {
    let stage = offices().await;
    stage.admin.declare(json!({"renewal": {"type": "TIMESTAMP"}})).await;
    stage.admin.leads(json!([{"id": "l1", "attributes": {"renewal": "2026-09-25T10:00:00Z"}}])).await;
    stage.admin.leads(json!([{"id": "free", "attributes": {"renewal": null}}])).await;
    let cases = [
        (
            "l1",
            json!({"delay": {"hours": 2}}),
            "Its wait of 2 h began at 2026-09-22 08:00:00 UTC and counts all the time that passes.",
        ),
        (
            "l1",
            json!({"business_hours": {"hours": 4}}),
            "Its wait of 4 h of working time began at 2026-09-22 08:00:00 UTC and counts the working hours of calendars/berlin (Europe/Berlin).",
        ),
        (
            "free",
            json!({"business_days": {"days": 3}}),
            "Its wait of 3 working days began at 2026-09-22 08:00:00 UTC and counts all time as working time, because its owner has no calendar.",
        ),
        (
            "l1",
            json!({"until_local_time": {"time": "09:00"}}),
            "It waits until 09:00 by the clocks of Europe/Berlin.",
        ),
        (
            "l1",
            json!({"until_attribute": {"attribute": "renewal", "before": {"days": 1}}}),
            "It waits until 1 d before renewal, and the record's renewal is 2026-09-25 10:00:00 UTC.",
        ),
    ];

    for (number, (lead, wait, why)) in cases.into_iter().enumerate() {
        let sequence = format!("w{number}");
        stage.sequence(&sequence, then_call(wait.clone())).await;
        let enrolled = stage.enroll(lead, &sequence).await;
        assert_eq!(sentences(&stage, &enrolled).await[1], why, "{wait}");
    }
    sound(&stage).await;
}

#[tokio::test]
async fn working_hours_branches_and_calls_that_wait_are_explained() {
    let stage = offices().await;
    let retry = json!({"reached_outcomes": ["made"], "delay": {"hours": 10}, "max_calls": 3});
    let opened = json!({"engagement": {"step_id": "mail", "actions": ["OPENED"], "limit": {"days": 1}}});
    let steps = json!([{"step_id": "call", "phone_call": {"retry": retry}}, {"step_id": "mail", "email": {}},
        {"step_id": "branch", "branch": {"condition": opened, "yes_steps": [{"step_id": "do", "task": {}}]}}]);
    let sequence = json!({"display_name": "Office", "steps": steps, "working_hours_only": true});
    let sequence = json!({"sequence_id": "office", "sequence": sequence});
    stage.done("SequenceService/CreateSequence", sequence).await;
    stage.done("SequenceService/ActivateSequence", json!({"name": "office"})).await;
    // 22:00 in Berlin.
    stage.app.advance(TimeDelta::hours(12)).await;
    let enrolled = stage.enroll("l1", "office").await;
    let told = sentences(&stage, &enrolled).await;
    assert_eq!(
        told[1..],
        [
            "It came there outside of working hours at 2026-09-22 20:00:00 UTC, and its sequence keeps to the working hours of calendars/berlin (Europe/Berlin).",
            "It waits until 2026-09-23 07:00:00 UTC (Wed 2026-09-23 09:00 in Europe/Berlin), and then goes on by itself."
        ]
    );

    stage.app.advance(TimeDelta::hours(11)).await;
    let act = async |verb: &str, outcome: &str| {
        let open = read(&stage, &enrolled).await;
        let request = json!({"name": open["openActivity"], "outcome": outcome});
        stage.done(&format!("WorkQueueService/{verb}"), request).await;
    };
    act("CompleteActivity", "no_answer").await;
    assert_eq!(
        sentences(&stage, &enrolled).await[1],
        "The next call falls due 10 h after the one of 2026-09-23 07:00:00 UTC."
    );
    // 17:00 in Berlin: the call waits for the morning.
    stage.app.advance(TimeDelta::hours(10)).await;
    assert!(sentences(&stage, &enrolled).await[1].starts_with("It came there outside of working hours at"));
    stage.app.advance(TimeDelta::hours(14)).await;
    act("CompleteActivity", "made").await;
    act("CompleteActivity", "").await;
    assert_eq!(
        sentences(&stage, &enrolled).await[1],
        "The branch gives the person 1 d of elapsed time, from 2026-09-24 07:00:00 UTC on."
    );
    sound(&stage).await;
}

#[tokio::test]
async fn a_wait_in_working_time_is_planned_anew_for_a_new_owner_without_drift() {
    let stage = offices().await;
    stage.sequence("four", then_call(json!({"business_hours": {"hours": 4}}))).await;
    let (enrolled, bens) = (stage.enroll("l1", "four").await, stage.enroll("l3", "four").await);
    let until = async |enrollment: &Value| text(&read(&stage, enrollment).await, "/waitingUntil").to_owned();
    assert_eq!(until(&enrolled).await, "2026-09-22T12:00:00Z");

    stage.app.advance(TimeDelta::hours(2)).await;
    own(&stage, "l1", "ben").await;
    assert_eq!(until(&enrolled).await, "2026-09-22T17:00:00Z");
    stage.app.advance(TimeDelta::hours(1)).await;
    own(&stage, "l1", "ana").await;
    assert_eq!(until(&enrolled).await, "2026-09-22T12:00:00Z");
    let told = kinds(&read(&stage, &enrolled).await);
    assert_eq!(told, ["enrollmentStarted", "waitStarted", "waitRescheduled", "waitRescheduled"]);
    sound(&stage).await;

    // In Berlin it would be over by now.
    stage.app.advance(TimeDelta::hours(2)).await;
    assert_eq!(until(&bens).await, "2026-09-22T17:00:00Z");
    own(&stage, "l3", "ana").await;
    stage.app.run_until_idle().await;
    let due = stage.queue("sellers/ana").await;
    assert_eq!(each(&due, "dueTime"), ["2026-09-22T12:00:00Z", "2026-09-22T13:00:00Z"]);
    sound(&stage).await;
}

#[tokio::test]
async fn a_changed_calendar_plans_the_waits_of_its_sellers_anew() {
    let stage = offices().await;
    stage.sequence("four", then_call(json!({"business_hours": {"hours": 4}}))).await;
    stage.sequence("plain", then_call(json!({"delay": {"hours": 4}}))).await;
    let (four, plain) = (stage.enroll("l1", "four").await, stage.enroll("l1", "plain").await);
    let (bens, nobodys) = (stage.enroll("l3", "four").await, stage.enroll("l4", "four").await);
    let until = async |enrollment: &Value| {
        stage.app.run_until_idle().await;
        text(&read(&stage, enrollment).await, "/waitingUntil").to_owned()
    };

    let away = json!({"calendar": {"name": "berlin", "time_off": [{"start_date": "2026-09-22"}]}});
    stage.done("CalendarService/UpdateCalendar", away).await;
    assert_eq!(until(&four).await, "2026-09-23T11:00:00Z");
    assert_eq!(until(&plain).await, "2026-09-22T12:00:00Z", "elapsed time follows no calendar");
    assert_eq!(until(&bens).await, "2026-09-22T17:00:00Z");
    let queued: (String, String, i64) =
        sqlx::query_as("SELECT kind, target_name, total FROM operation ORDER BY id DESC LIMIT 1")
            .fetch_one(&stage.app.database.pool())
            .await
            .expect("one was queued");
    let expected = ("REFRESH_WAITS".to_owned(), "calendars/berlin".to_owned(), 2);
    assert_eq!(queued, expected, "of ana's two leads");

    let moved = json!({"seller": {"name": "ana", "calendar": "new-york"}});
    stage.done("SellerService/UpdateSeller", moved).await;
    assert_eq!(until(&four).await, "2026-09-22T17:00:00Z");
    let shared = json!({"organization": {"settings": {"calendar": "berlin"}}});
    stage.done("OrganizationService/UpdateOrganization", shared).await;
    assert_eq!(until(&nobodys).await, "2026-09-23T11:00:00Z");
    assert_eq!(until(&bens).await, "2026-09-22T17:00:00Z");
    sound(&stage).await;
}

#[tokio::test]
async fn what_falls_due_outside_working_hours_waits_for_them_if_the_sequence_says_so() {
    let stage = offices().await;
    let steps = json!([{"step_id": "mail", "email": {}}, {"step_id": "pause", "wait": {"delay": {"hours": 1}}},
        {"step_id": "call", "phone_call": {}}]);
    let sequence = json!({"display_name": "Office", "steps": steps, "working_hours_only": true});
    stage
        .done("SequenceService/CreateSequence", json!({"sequence_id": "office", "sequence": sequence}))
        .await;
    stage.done("SequenceService/ActivateSequence", json!({"name": "office"})).await;

    // On Saturday.
    stage.app.advance(TimeDelta::days(4)).await;
    let (waits, skipped) = (stage.enroll("l1", "office").await, stage.enroll("l2", "office").await);
    assert_eq!(text(&waits, "/waitingUntil"), "2026-09-28T07:00:00Z");
    assert_eq!(text(&waits, "/currentStepId"), "mail");
    stage.done("EnrollmentService/SkipWait", json!({"name": skipped["name"]})).await;
    assert_eq!(text(&read(&stage, &skipped).await, "/currentStepId"), "mail");
    assert_eq!(stage.queue("sellers/ana").await.len(), 1, "who skips the wait works now");
    sound(&stage).await;

    stage.app.advance(TimeDelta::days(2)).await;
    let due = stage.queue("sellers/ana").await;
    assert_eq!(each(&due, "dueTime"), ["2026-09-26T08:00:00Z", "2026-09-28T07:00:00Z"]);
    // 16:30 in Berlin: the hour is over at 17:30, so the wait ends on Tuesday at 09:00.
    stage.app.advance(TimeDelta::minutes(390)).await;
    let mail = text(&due[1], "/name");
    let done = stage.done("WorkQueueService/CompleteActivity", json!({"name": mail})).await;
    assert_eq!(text(&done, "/waitingUntil"), "2026-09-29T07:00:00Z");
    sound(&stage).await;
}

#[tokio::test]
async fn keeping_to_working_hours_takes_effect_with_the_next_revision() {
    let stage = offices().await;
    stage.app.advance(TimeDelta::days(4)).await;
    let update = json!({"sequence": {"name": "sequences/tasks", "working_hours_only": true}});
    let updated = stage.done("SequenceService/UpdateSequence", update).await;
    assert_eq!(updated["sequence"]["draftChanged"], true);
    assert!(stage.enroll("l1", "tasks").await["waitingUntil"].is_null());

    let active = stage.done("SequenceService/ActivateSequence", json!({"name": "tasks"})).await;
    assert_eq!(active["sequence"]["revision"], 2);
    assert_eq!(text(&stage.enroll("l2", "tasks").await, "/waitingUntil"), "2026-09-28T07:00:00Z");
    let revision = json!({"name": "sequences/tasks/revisions/2"});
    let revision = stage.done("SequenceService/GetSequenceRevision", revision).await;
    assert_eq!(revision["sequenceRevision"]["workingHoursOnly"], true);
}

#[tokio::test]
async fn a_segments_new_owner_decides_when_its_record_waits_until() {
    let stage = offices().await;
    stage.admin.declare(json!({"origin": {"type": "STRING"}})).await;
    stage.sequence("four", then_call(json!({"business_hours": {"hours": 4}}))).await;
    stage.admin.segment("paid", "record.origin == \"paid\"").await;
    stage.admin.rule("paid", "ben", &["ben"]).await;
    stage.admin.connect("paid", "four").await;
    stage.admin.activate_segment("paid").await;

    stage.admin.leads(json!([{"id": "l9", "attributes": {"origin": "paid"}}])).await;
    stage.app.run_until_idle().await;
    let found = json!({"filter": "enrollment.record == \"recordTypes/lead/records/l9\""});
    let found = stage.done("EnrollmentService/ListEnrollments", found).await;
    assert_eq!(text(&found, "/enrollments/0/waitingUntil"), "2026-09-22T17:00:00Z");
    sound(&stage).await;
}

#[tokio::test]
async fn a_snooze_stays_when_the_owner_changes() {
    let stage = offices().await;
    let enrolled = stage.enroll("l1", "tasks").await;
    let until = "2026-09-22T20:00:00Z";
    let snooze = json!({"name": enrolled["openActivity"], "until": until});
    stage.done("WorkQueueService/SnoozeActivity", snooze).await;
    own(&stage, "l1", "ben").await;
    let activity = json!({"name": enrolled["openActivity"]});
    let activity = stage.done("WorkQueueService/GetActivity", activity).await;
    assert_eq!(text(&activity, "/activity/snoozeUntil"), until);
}

#[tokio::test]
async fn every_wrong_wait_is_told_and_an_attribute_that_waits_need_is_kept() {
    let stage = offices().await;
    stage.admin.declare(json!({"renewal": {"type": "TIMESTAMP"}, "score": {"type": "INT"}})).await;
    let waits = json!([
        {"step_id": "a", "wait": {"business_hours": {}}},
        {"step_id": "b", "wait": {"business_hours": {"hours": 720, "minutes": 1}}},
        {"step_id": "c", "wait": {"business_days": {"days": 31}}},
        {"step_id": "d", "wait": {"until_local_time": {}}},
        {"step_id": "e", "wait": {"until_local_time": {"time": "9:00", "time_zone": "Europe/Berln"}}},
        {"step_id": "f", "wait": {"until_attribute": {"attribute": "renewel"}}},
        {"step_id": "g", "wait": {"until_attribute": {"attribute": "score", "before": {"days": 31}}}},
        {"step_id": "h", "task": {}}]);
    let sequence = json!({"sequence_id": "s", "sequence": {"display_name": "S", "steps": waits}});
    let wrong = refused(stage.call("SequenceService/CreateSequence", sequence).await);
    let mut fields = wrong.fields();
    fields.sort_unstable();
    let expected = [
        ("sequence.steps[0].wait.business_hours", "WAIT_EMPTY"),
        ("sequence.steps[1].wait.business_hours", "WAIT_TOO_LONG"),
        ("sequence.steps[2].wait.business_days", "WAIT_TOO_LONG"),
        ("sequence.steps[3].wait.until_local_time", "WAIT_EMPTY"),
        ("sequence.steps[4].wait.until_local_time.time", "FIELD_INVALID"),
        ("sequence.steps[4].wait.until_local_time.time_zone", "FIELD_INVALID"),
        ("sequence.steps[5].wait.until_attribute.attribute", "ATTRIBUTE_UNKNOWN"),
        ("sequence.steps[6].wait.until_attribute.attribute", "ATTRIBUTE_TYPE_INVALID"),
        ("sequence.steps[6].wait.until_attribute.before", "WAIT_TOO_LONG"),
    ];
    assert_eq!(fields, expected);

    stage.sequence("renew", then_call(json!({"until_attribute": {"attribute": "renewal"}}))).await;
    let delete = json!({"record_type": "lead", "attribute": "renewal"});
    let used = refused(stage.call("RecordService/DeleteAttribute", delete).await);
    assert_eq!(
        (used.reason.as_str(), used.metadata["users"].as_str()),
        ("ATTRIBUTE_IN_USE", "sequences/renew")
    );
}
