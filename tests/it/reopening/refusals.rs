//! What can't be undone, and which reason is given.

use chrono::TimeDelta;
use serde_json::{Value, json};

use super::{COMPLETE, Floor, LEAD, REOPEN, SKIP, SNOOZE};
use crate::support::refused::{Refused, refused};
use crate::support::stage::text;

impl Floor {
    /// The reason for which an undo is refused, and one of its metadata.
    async fn refused(&self, activity: &str, key: &str) -> (String, String) {
        let Refused { reason, metadata, .. } = refused(self.try_reopen(activity).await);
        self.check().await;
        let value = metadata.get(key).unwrap_or_else(|| panic!("{reason} has no {key}: {metadata:?}"));
        (reason, value.clone())
    }

    /// Lets the lead `l1` pass a sequence of one step; returns its enrollment and that activity.
    async fn pass(&self) -> (String, String) {
        self.stage.sequence("once", json!([{"step_id": "only", "task": {}}])).await;
        let (enrollment, only) = self.enroll("once").await;
        self.complete(&only).await;
        (enrollment, only)
    }
}

fn told(reason: &str, value: &str) -> (String, String) {
    (reason.to_owned(), value.to_owned())
}

#[tokio::test]
async fn an_open_activity_and_an_unknown_one_are_told_apart_from_closed_ones() {
    let floor = Floor::new().await;
    let (_, first) = floor.enroll("tasks").await;
    assert_eq!(floor.refused(&first, "state").await, told("ACTIVITY_OPEN", "DUE"));
    let unknown = "activities/0190c0de-0000-7000-8000-000000000001";
    assert_eq!(refused(floor.try_reopen(unknown).await).reason, "RESOURCE_NOT_FOUND");

    let open = floor.activity(&first).await;
    floor.complete(&first).await;
    let stale = json!({"name": first, "etag": open["etag"]});
    assert_eq!(refused(floor.stage.call(REOPEN, stale).await).reason, "ETAG_MISMATCH");
    let long = json!({"name": first, "reason": "x".repeat(65)});
    let refusal = refused(floor.stage.call(REOPEN, long).await);
    assert_eq!(refusal.fields(), [("reason", "FIELD_TOO_LONG")]);
    let current = json!({"name": first, "etag": floor.activity(&first).await["etag"]});
    floor.stage.done(REOPEN, current).await;
}

#[tokio::test]
async fn the_grace_period_counts_from_the_click_and_is_the_organizations() {
    let floor = Floor::new().await;
    let (_, first) = floor.enroll("tasks").await;
    floor.stage.app.advance(TimeDelta::hours(3)).await;
    // Done hours ago, but reported only now.
    let at = (floor.stage.app.now() - TimeDelta::hours(2)).to_rfc3339();
    floor.stage.done(COMPLETE, json!({"name": first, "complete_time": at})).await;
    floor.stage.app.advance(TimeDelta::minutes(10)).await;
    floor.reopen(&first).await;

    floor.complete(&first).await;
    floor.stage.app.advance(TimeDelta::minutes(10) + TimeDelta::seconds(1)).await;
    assert_eq!(floor.refused(&first, "reopen_grace_period").await, told("REOPEN_GRACE_OVER", "600s"));

    // The setting applies at once, and to what is closed already.
    floor.set(json!({"reopen_grace_period": "86400s"})).await;
    floor.reopen(&first).await;
    floor.set(json!({"reopen_grace_period": "0s"})).await;
    floor.complete(&first).await;
    let refusal = refused(floor.try_reopen(&first).await);
    assert!(refusal.message.contains("reopen_grace_period is 0s"), "{}", refusal.message);
    let mask = json!({"organization": {}, "update_mask": "settings.reopenGracePeriod"});
    let updated = floor.stage.done("OrganizationService/UpdateOrganization", mask).await;
    assert_eq!(updated["organization"]["settings"]["reopenGracePeriod"], "600s", "the default");
}

#[tokio::test]
async fn a_grace_period_is_in_whole_seconds_of_at_most_a_day() {
    let floor = Floor::new().await;
    for wrong in ["86401s", "-1s", "0.5s", "86400.000000001s", "315576000000s"] {
        let organization = json!({"organization": {"settings": {"reopen_grace_period": wrong}}});
        let refusal = refused(floor.stage.call("OrganizationService/UpdateOrganization", organization).await);
        let field = "organization.settings.reopen_grace_period";
        assert_eq!(refusal.fields(), [(field, "FIELD_INVALID")], "{wrong}");
        assert!(refusal.violations[0].2.contains("86400s"), "the limit is named: {refusal:?}");
    }
}

#[tokio::test]
async fn an_undo_is_too_late_once_somebody_acted_on_a_later_step() {
    let floor = Floor::new().await;
    let next = |done: &Value| text(done, "/nextActivity/name").to_owned();
    for how in [COMPLETE, SKIP] {
        let (enrollment, first) = floor.enroll("tasks").await;
        let second = next(&floor.complete(&first).await);
        floor.stage.done(how, json!({"name": second})).await;
        assert_eq!(floor.refused(&first, "activity").await, told("LATER_STEP_ACTED_ON", &second), "{how}");
        floor.reopen(&second).await;
        floor.stage.done("EnrollmentService/ExitEnrollment", json!({"name": enrollment})).await;
    }

    let (_, first) = floor.enroll("tasks").await;
    let second = next(&floor.complete(&first).await);
    let until = (floor.stage.app.now() + TimeDelta::minutes(1)).to_rfc3339();
    floor.stage.done(SNOOZE, json!({"name": second, "until": until})).await;
    assert_eq!(floor.refused(&first, "action").await, told("LATER_STEP_ACTED_ON", "SNOOZED"));

    let (enrollment, hello) = floor.enroll("short").await;
    floor.complete(&hello).await;
    floor.stage.done("EnrollmentService/SkipWait", json!({"name": enrollment})).await;
    assert_eq!(floor.refused(&hello, "action").await, told("LATER_STEP_ACTED_ON", "WAIT_SKIPPED"));
}

#[tokio::test]
async fn an_enrollment_that_exited_stays_ended() {
    let floor = Floor::new().await;
    let (enrollment, first) = floor.enroll("tasks").await;
    let second = text(&floor.complete(&first).await, "/nextActivity/name").to_owned();
    floor.stage.done("EnrollmentService/ExitEnrollment", json!({"name": enrollment})).await;
    assert_eq!(floor.refused(&first, "reason").await, told("ENROLLMENT_ENDED", "MANUAL"));
    assert_eq!(floor.refused(&second, "reason").await, told("ENROLLMENT_ENDED", "MANUAL"));

    let (_, hello) = floor.enroll("short").await;
    floor.complete(&hello).await;
    floor.stage.done("RecordService/CloseRecord", json!({"name": LEAD, "close_outcome": "WON"})).await;
    assert_eq!(floor.refused(&hello, "reason").await, told("ENROLLMENT_ENDED", "RECORD_CLOSED"));
}

#[tokio::test]
async fn only_what_somebody_closed_can_be_reopened() {
    let floor = Floor::new().await;
    let (_, first) = floor.enroll("tasks").await;
    let second = text(&floor.complete(&first).await, "/nextActivity/name").to_owned();
    floor.reopen(&first).await;
    assert_eq!(floor.refused(&second, "obstacle").await, told("ACTIVITY_NOT_REOPENABLE", "CANCELED"));

    floor.set(json!({"consent_policy": "SKIP"})).await;
    let steps = json!([{"step_id": "call", "phone_call": {}}, {"step_id": "write", "task": {}}]);
    floor.stage.sequence("calls", steps).await;
    floor.enroll("calls").await;
    let skipped = "SELECT id::text FROM closed_activity WHERE state = 4";
    let pool = floor.stage.app.database.pool();
    let skipped: String = sqlx::query_scalar(skipped).fetch_one(&pool).await.expect("one was skipped");
    let refusal = floor.refused(&format!("activities/{skipped}"), "obstacle").await;
    assert_eq!(refusal, told("ACTIVITY_NOT_REOPENABLE", "SKIPPED_BY_UPNEXT"));
}

#[tokio::test]
async fn what_would_be_skipped_for_its_warnings_stays_closed() {
    let floor = Floor::new().await;
    let (_, hello) = floor.enroll("short").await;
    floor.complete(&hello).await;
    floor.set(json!({"consent_policy": "SKIP"})).await;
    assert_eq!(floor.refused(&hello, "obstacle").await, told("ACTIVITY_NOT_REOPENABLE", "WARNINGS"));
    floor.set(json!({"consent_policy": "WARN"})).await;
    floor.reopen(&hello).await;
}

#[tokio::test]
async fn a_completed_enrollment_stays_ended_if_its_record_is_closed_deleted_or_enrolled_again() {
    let floor = Floor::new().await;
    let (_, only) = floor.pass().await;
    let again = floor.stage.enroll("l1", "once").await;
    let again = text(&again, "/name");
    assert_eq!(floor.refused(&only, "enrollment").await, told("ENROLLED_AGAIN", again));
    floor.stage.done("EnrollmentService/ExitEnrollment", json!({"name": again})).await;
    assert_eq!(floor.refused(&only, "enrollment").await, told("ENROLLED_AGAIN", again), "even if that ended");

    floor.stage.done("RecordService/CloseRecord", json!({"name": LEAD, "close_outcome": "WON"})).await;
    assert_eq!(refused(floor.try_reopen(&only).await).reason, "RECORD_CLOSED");
    floor.stage.done("RecordService/DeleteRecord", json!({"name": LEAD})).await;
    assert_eq!(floor.refused(&only, "obstacle").await, told("ACTIVITY_NOT_REOPENABLE", "RECORD_DELETED"));
}

#[tokio::test]
async fn a_completed_enrollment_stays_ended_while_its_sequence_is_deleted() {
    let floor = Floor::new().await;
    let (_, only) = floor.pass().await;
    floor.stage.done("SequenceService/DeleteSequence", json!({"name": "sequences/once"})).await;
    let refusal = refused(floor.try_reopen(&only).await);
    assert_eq!(refusal.reason, "RESOURCE_DELETED");
    assert!(refusal.message.contains("sequences/once"), "{}", refusal.message);
    floor.stage.done("SequenceService/UndeleteSequence", json!({"name": "sequences/once"})).await;
    floor.reopen(&only).await;
    floor.check().await;
}

#[tokio::test]
async fn a_completed_enrollment_stays_ended_once_its_record_left_the_segment() {
    let floor = Floor::new().await;
    let admin = &floor.stage.admin;
    floor.stage.sequence("once", json!([{"step_id": "only", "task": {}}])).await;
    admin.declare(json!({"origin": {"type": "STRING"}})).await;
    admin.segment("paid", "record.origin == \"paid\"").await;
    admin.connect("paid", "once").await;
    admin.activate_segment("paid").await;
    admin.leads(json!([{"id": "l1", "attributes": {"origin": "paid"}}])).await;
    floor.stage.app.run_until_idle().await;
    let only = text(&floor.stage.queue("sellers/ana").await[0], "/name").to_owned();
    floor.complete(&only).await;
    floor.reopen(&only).await;
    floor.check().await;

    floor.complete(&only).await;
    admin.leads(json!([{"id": "l1", "attributes": {"origin": "free"}}])).await;
    floor.stage.app.run_until_idle().await;
    assert_eq!(floor.refused(&only, "obstacle").await, told("ACTIVITY_NOT_REOPENABLE", "LEFT_SEGMENT"));
}
