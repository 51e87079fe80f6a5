//! What streams report besides their lists: when something falls due next, and that a queue is
//! gone.

use serde_json::json;
use tonic::{Code, Streaming};
use upnext::api::pb;
use upnext::api::pb::work_queue_service_client::WorkQueueServiceClient;

use chrono::TimeDelta;

use super::support::app::within_deadline;
use super::support::refused::Refused;
use super::support::stage::Stage;

type Heads = Streaming<pb::WatchNextActivityResponse>;

async fn heads(stage: &Stage, queue: &str) -> Heads {
    let mut service = WorkQueueServiceClient::new(stage.admin.calls());
    let request = pb::WatchNextActivityRequest { queue: queue.to_owned() };
    service.watch_next_activity(request).await.expect("opens").into_inner()
}

async fn next_due(heads: &mut Heads) -> Option<i64> {
    let told = within_deadline("the head", heads.message()).await.expect("continues").expect("continues");
    assert_eq!(told.activity, None);
    told.next_due_time.map(|due| due.seconds)
}

#[tokio::test]
async fn the_next_due_time_is_sent_when_a_wait_begins_and_when_it_is_canceled() {
    let stage = Stage::new().await;
    let later =
        json!([{"step_id": "pause", "wait": {"delay": {"seconds": 60}}}, {"step_id": "do", "task": {}}]);
    stage.sequence("later", later).await;
    let mut heads = heads(&stage, "sellers/ana").await;
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
    let (mut old, mut new) = (heads(&stage, "sellers/ana").await, heads(&stage, "sellers/ben").await);
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
    let mut heads = heads(&stage, "sellers/ana").await;
    assert_eq!(next_due(&mut heads).await, None);
    sqlx::query("DELETE FROM queue WHERE id = (SELECT id FROM seller WHERE seller_id = 'ana')")
        .execute(&stage.app.app.engine.store().pool())
        .await
        .expect("is gone");
    // As after a lost connection, which no restored database does without.
    stage.app.app.engine.wake().everything_changed();
    let end = within_deadline("the end", heads.message()).await;
    let end = Refused::of(&end.expect_err("the stream ends"));
    assert_eq!((end.code, end.reason.as_str()), (Code::NotFound, "RESOURCE_NOT_FOUND"));
}
