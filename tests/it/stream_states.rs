//! What streams report besides their lists: when something falls due next, and that a queue is
//! gone.

use chrono::TimeDelta;
use serde_json::json;
use tonic::Code;

use super::support::stage::Stage;
use super::support::stream::{Heads, end, head, open_heads};

async fn next_due(heads: &mut Heads) -> Option<i64> {
    let told = head(heads).await;
    assert_eq!(told.activity, None);
    told.next_due_time.map(|due| due.seconds)
}

#[tokio::test]
async fn the_next_due_time_is_sent_when_a_wait_begins_and_when_it_is_canceled() {
    let stage = Stage::new().await;
    let later =
        json!([{"step_id": "pause", "wait": {"delay": {"seconds": 60}}}, {"step_id": "do", "task": {}}]);
    stage.sequence("later", later).await;
    let mut heads = open_heads(&stage.admin, "sellers/ana").await;
    assert_eq!(next_due(&mut heads).await, None);
    let enrollment = stage.enroll("l1", "later").await;
    // At once, without a poll, though the queue's revision stays.
    assert_eq!(next_due(&mut heads).await, Some(stage.app.now().timestamp() + 60));
    stage.done("EnrollmentService/ExitEnrollment", json!({"name": enrollment["name"]})).await;
    stage.app.clock.advance(TimeDelta::seconds(2));
    assert_eq!(next_due(&mut heads).await, None);
}

#[tokio::test]
async fn the_next_due_time_moves_to_the_new_owners_stream_with_a_waiting_record() {
    let stage = Stage::new().await;
    let later =
        json!([{"step_id": "pause", "wait": {"delay": {"seconds": 60}}}, {"step_id": "do", "task": {}}]);
    stage.sequence("later", later).await;
    let (mut old, mut new) =
        (open_heads(&stage.admin, "sellers/ana").await, open_heads(&stage.admin, "sellers/ben").await);
    assert_eq!((next_due(&mut old).await, next_due(&mut new).await), (None, None));
    stage.enroll("l1", "later").await;
    let due = Some(stage.app.now().timestamp() + 60);
    assert_eq!(next_due(&mut old).await, due);
    let handed_over = json!({"record_type": "lead", "record": {"id": "l1", "owner": "ben"}});
    stage.done("RecordService/UpsertRecord", handed_over).await;
    // At once, without a poll: time stands still.
    assert_eq!((next_due(&mut old).await, next_due(&mut new).await), (None, due));
}

#[tokio::test]
async fn a_stream_ends_if_a_restored_backup_lacks_its_queue() {
    let stage = Stage::new().await;
    let mut heads = open_heads(&stage.admin, "sellers/ana").await;
    assert_eq!(next_due(&mut heads).await, None);
    sqlx::query("DELETE FROM queue WHERE id = (SELECT id FROM seller WHERE seller_id = 'ana')")
        .execute(&stage.app.app.engine.store().pool())
        .await
        .expect("is gone");
    // As after a lost connection, which no restored database does without.
    stage.app.app.engine.wake().everything_changed();
    let end = end(&mut heads).await;
    assert_eq!((end.code, end.reason.as_str()), (Code::NotFound, "RESOURCE_NOT_FOUND"));
}

#[tokio::test]
async fn what_a_newer_release_wrote_into_a_followed_queue_fails_no_write_there() {
    let stage = Stage::new().await;
    stage.enroll("l1", "tasks").await;
    let mut heads = open_heads(&stage.admin, "sellers/ana").await;
    assert!(head(&mut heads).await.activity.is_some());

    let unknown = "UPDATE activity SET kind = 99";
    sqlx::query(unknown).execute(&stage.app.database.pool()).await.expect("is unknown");
    stage.enroll("l2", "tasks").await;
}
