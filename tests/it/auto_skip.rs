//! Activities that nobody touches: upnext skips them when their step says so.

use chrono::{DateTime, TimeDelta, Utc};
use serde_json::{Value, json};

use crate::support::invariants;
use crate::support::refused::refused;
use crate::support::stage::{Stage, each, event, list, text};

/// A floor with a sequence of a call, which is skipped after two days, and a task.
async fn patient() -> Stage {
    let stage = Stage::new().await;
    let call = json!({"step_id": "call", "phone_call": {}, "auto_skip_after": {"days": 2}});
    stage.sequence("patient", json!([call, {"step_id": "task", "task": {}}])).await;
    stage
}

/// The one activity of a queue.
async fn only(stage: &Stage, queue: &str) -> Value {
    let [activity] = stage.queue(queue).await.try_into().expect("one activity");
    activity
}

fn skip_time(activity: &Value) -> Option<DateTime<Utc>> {
    Some(activity.get("autoSkipTime")?.as_str()?.parse().expect("a time"))
}

async fn sound(stage: &Stage) {
    invariants::hold_in(stage.app.app.engine.store(), stage.app.now()).await;
}

#[tokio::test]
async fn what_nobody_touches_is_skipped_at_its_time_and_the_enrollment_goes_on() {
    let stage = patient().await;
    let enrollment = stage.enroll("l1", "patient").await;
    let call = only(&stage, "sellers/ana").await;
    assert_eq!(skip_time(&call), Some(stage.app.now() + TimeDelta::days(2)));
    // To have read it isn't to have touched it.
    let read = json!({"activity": {"name": call["name"], "read": true}});
    stage.done("WorkQueueService/UpdateActivity", read).await;
    sound(&stage).await;

    stage.app.advance(TimeDelta::days(2) - TimeDelta::microseconds(1)).await;
    assert_eq!(only(&stage, "sellers/ana").await["stepId"], "call");
    stage.app.advance(TimeDelta::microseconds(1)).await;
    let task = only(&stage, "sellers/ana").await;
    assert_eq!((&task["stepId"], skip_time(&task)), (&json!("task"), None));

    let closed = stage.done("WorkQueueService/GetActivity", json!({"name": call["name"]})).await;
    assert_eq!(text(&closed, "/activity/state"), "SKIPPED");
    assert_eq!(text(&closed, "/activity/skipReason"), "NOT_DONE_IN_TIME");
    assert_eq!((skip_time(&closed["activity"]), closed["activity"].get("closedBy")), (None, None));
    let full = json!({"name": enrollment["name"], "view": "FULL"});
    let full = stage.done("EnrollmentService/GetEnrollment", full).await;
    let timeline = list(&full, "/enrollment/timeline");
    assert!(timeline.iter().any(|one| event(one).0 == "activitySkipped"), "{timeline:?}");
    sound(&stage).await;
}

#[tokio::test]
async fn whoever_touches_an_activity_keeps_it() {
    let stage = patient().await;
    let until = stage.app.now() + TimeDelta::hours(1);
    let touches: [(&str, Value); 4] = [
        ("SnoozeActivity", json!({"until": until})),
        ("ReassignActivity", json!({"queue": "sellers/ben"})),
        ("UpdateActivity", json!({"activity": {"followed": true}})),
        ("UpdateActivity", json!({"activity": {"note": "calls back"}})),
    ];
    for (number, (method, mut request)) in touches.into_iter().enumerate() {
        let lead = format!("touched{number}");
        stage.admin.leads(json!([{"id": lead, "owner": "ana"}])).await;
        stage.enroll(&lead, "patient").await;
        let queue = stage.queue("sellers/ana").await;
        let own = queue.iter().find(|one| text(one, "/record").ends_with(&lead)).expect("is due");
        assert!(skip_time(own).is_some());
        match request.get_mut("activity") {
            Some(activity) => activity["name"] = own["name"].clone(),
            None => request["name"] = own["name"].clone(),
        }
        stage.done(&format!("WorkQueueService/{method}"), request).await;
    }
    sound(&stage).await;

    stage.app.advance(TimeDelta::days(3)).await;
    let kept = [stage.queue("sellers/ana").await, stage.queue("sellers/ben").await].concat();
    assert_eq!(each(&kept, "stepId"), ["call"; 4]);
    assert!(kept.iter().all(|one| skip_time(one).is_none()));
    sound(&stage).await;
}

#[tokio::test]
async fn a_lease_puts_the_skip_off_and_a_pause_gives_its_time_back() {
    let stage = patient().await;
    let enrollment = stage.enroll("l1", "patient").await;
    stage.app.advance(TimeDelta::hours(47)).await;
    let take = json!({"queue": "sellers/ana", "lease_duration": "3600s"});
    stage.done("WorkQueueService/AcquireActivities", take).await;
    sound(&stage).await;

    // A day of pause, in which the hour that was left doesn't pass.
    stage.done("EnrollmentService/PauseEnrollment", json!({"name": enrollment["name"]})).await;
    stage.app.advance(TimeDelta::days(1)).await;
    stage.done("EnrollmentService/ResumeEnrollment", json!({"name": enrollment["name"]})).await;
    let call = only(&stage, "sellers/ana").await;
    assert_eq!(skip_time(&call), Some(stage.app.now() + TimeDelta::hours(1)));
    sound(&stage).await;

    // Whoever has a lease works on it, even beyond the time.
    stage.app.advance(TimeDelta::minutes(30)).await;
    stage
        .done(
            "WorkQueueService/AcquireActivities",
            json!({"queue": "sellers/ana", "lease_duration": "3600s"}),
        )
        .await;
    stage.app.advance(TimeDelta::minutes(59)).await;
    assert_eq!(only(&stage, "sellers/ana").await["stepId"], "call");
    sound(&stage).await;
    stage.app.advance(TimeDelta::minutes(1)).await;
    stage.app.run_until_idle().await;
    assert_eq!(only(&stage, "sellers/ana").await["stepId"], "task");
    sound(&stage).await;
}

#[tokio::test]
async fn only_what_a_seller_does_is_skipped_by_itself() {
    let stage = patient().await;
    let after = |amount: Value, kind: Value| {
        let mut step = json!({"step_id": "a", "auto_skip_after": amount});
        step.as_object_mut().expect("an object").extend(kind.as_object().expect("an object").clone());
        json!({"sequence_id": "wrong", "sequence": {"display_name": "Wrong", "steps": [step]}})
    };
    let field = "sequence.steps[0].auto_skip_after";
    for (amount, kind, reason) in [
        (json!({"days": 1}), json!({"wait": {"delay": {"days": 1}}}), "FIELD_INVALID"),
        (json!({"days": 1}), json!({"automated_text_message": {}}), "FIELD_INVALID"),
        (json!({"days": 31}), json!({"task": {}}), "WAIT_TOO_LONG"),
    ] {
        let wrong = refused(stage.call("SequenceService/CreateSequence", after(amount, kind)).await);
        assert!(wrong.fields().contains(&(field, reason)), "{wrong:?}");
    }

    // A definition says it, and a change of it is a change of the draft.
    let sequence = stage.done("SequenceService/GetSequence", json!({"name": "sequences/patient"})).await;
    assert_eq!(sequence["sequence"]["steps"][0]["autoSkipAfter"], json!({"days": 2}));
}

#[tokio::test]
async fn steps_that_say_nothing_follow_the_organization_and_zero_says_never() {
    let stage = patient().await;
    let update = |settings: Value| json!({"organization": {"settings": settings}, "update_mask": "settings.autoSkipAfter"});
    let organization = "OrganizationService/UpdateOrganization";
    let five = update(json!({"auto_skip_after": {"days": 5}}));
    let told = stage.done(organization, five).await;
    assert_eq!(told["organization"]["settings"]["autoSkipAfter"], json!({"days": 5}));
    let none = refused(stage.call(organization, update(json!({"auto_skip_after": {}}))).await);
    assert_eq!(none.fields(), [("organization.settings.auto_skip_after", "WAIT_EMPTY")]);

    let (now, never) = (stage.app.now(), json!({"step_id": "never", "task": {}, "auto_skip_after": {}}));
    stage.sequence("never", json!([never])).await;
    for (sequence, expected) in [
        ("tasks", Some(now + TimeDelta::days(5))),
        ("patient", Some(now + TimeDelta::days(2))),
        ("never", None),
    ] {
        let name = stage.enroll("l1", sequence).await["openActivity"].clone();
        let got = stage.done("WorkQueueService/GetActivity", json!({"name": name})).await;
        assert_eq!(skip_time(&got["activity"]), expected, "{sequence}");
    }
    // What somebody made by hand, somebody wants done.
    let by_hand = json!({"activity": {"record": "recordTypes/lead/records/l1", "task": {}}});
    let by_hand = stage.done("WorkQueueService/CreateActivity", by_hand).await;
    assert_eq!(skip_time(&by_hand["activity"]), None);
    sound(&stage).await;

    stage.done(organization, update(json!({}))).await;
    stage.enroll("l3", "tasks").await;
    assert_eq!(skip_time(&only(&stage, "sellers/ben").await), None);
}

#[tokio::test]
async fn another_revision_says_anew_when_an_activity_is_skipped() {
    let stage = patient().await;
    let enrollment = stage.enroll("l1", "patient").await;
    let due = stage.app.now();
    stage.app.advance(TimeDelta::hours(1)).await;
    for (after, expected) in [(json!({"days": 5}), Some(due + TimeDelta::days(5))), (Value::Null, None)] {
        let call = json!({"step_id": "call", "phone_call": {}, "auto_skip_after": after});
        let steps = json!([call, {"step_id": "task", "task": {}}]);
        let update =
            json!({"sequence": {"name": "sequences/patient", "steps": steps}, "update_mask": "steps"});
        stage.done("SequenceService/UpdateSequence", update).await;
        stage.done("SequenceService/ActivateSequence", json!({"name": "patient"})).await;
        stage.done("EnrollmentService/MigrateEnrollment", json!({"name": enrollment["name"]})).await;
        assert_eq!(skip_time(&only(&stage, "sellers/ana").await), expected);
        sound(&stage).await;
    }
    stage.app.advance(TimeDelta::days(30)).await;
    assert_eq!(only(&stage, "sellers/ana").await["stepId"], "call");
}
