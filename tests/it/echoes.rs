//! What a stream tells of each removal: who did it, and by which call. By that a client knows the
//! echo of what it did itself.

use serde_json::json;
use tonic::Streaming;
use upnext::api::pb;
use upnext::api::pb::queue_update::{Removal, removal};
use upnext::api::pb::watch_work_queue_response::Event;
use upnext::api::pb::work_queue_service_client::WorkQueueServiceClient;
use uuid::Uuid;

use crate::support::app::{Client, within_deadline};
use crate::support::stage::{Stage, text};

async fn watch(client: &Client, queue: &str) -> Streaming<pb::WatchWorkQueueResponse> {
    let request = pb::WatchWorkQueueRequest { queue: queue.to_owned(), ..Default::default() };
    let mut service = WorkQueueServiceClient::new(client.calls());
    let mut stream = service.watch_work_queue(request).await.expect("opens").into_inner();
    within_deadline("a snapshot", stream.message()).await.expect("goes on").expect("goes on");
    stream
}

async fn removed(stream: &mut Streaming<pb::WatchWorkQueueResponse>) -> Removal {
    loop {
        let message = within_deadline("a removal", stream.message()).await;
        let message = message.expect("goes on").expect("goes on");
        if let Some(Event::Update(update)) = message.event
            && let [removal] = &update.removals[..]
        {
            return removal.clone();
        }
    }
}

#[tokio::test]
async fn a_removal_tells_who_did_it_and_by_which_call() {
    let stage = Stage::new().await;
    let ana = stage.salesperson("ana").await;
    let enrollment = stage.enroll("l1", "tasks").await;
    let first = text(&enrollment, "/openActivity").to_owned();
    let mut stream = watch(&ana, "sellers/ana").await;

    let id = Uuid::from_u128(7).to_string();
    let done = json!({"name": first, "request_id": id});
    let done = ana.done("WorkQueueService/CompleteActivity", done).await;
    let second = text(&done, "/nextActivity/name").to_owned();
    let told = removed(&mut stream).await;
    assert_eq!((told.cause(), &told.activity), (removal::Cause::Completed, &first));
    assert_eq!((told.caused_by.as_str(), &told.request_id), ("sellers/ana", &id));

    // Without a request_id, and by a key that is nobody's.
    let until = stage.app.now() + chrono::TimeDelta::hours(1);
    let snooze = json!({"name": second, "until": until});
    stage.done("WorkQueueService/SnoozeActivity", snooze).await;
    let told = removed(&mut stream).await;
    assert_eq!((told.cause(), told.request_id.as_str()), (removal::Cause::Snoozed, ""));
    assert!(told.caused_by.starts_with("apiKeys/"), "{told:?}");

    // One after the other, each with its own.
    stage.done("WorkQueueService/UnsnoozeActivity", json!({"name": second})).await;
    let id = Uuid::from_u128(8).to_string();
    let away = json!({"name": second, "queue": "sellers/ben", "request_id": id});
    ana.done("WorkQueueService/ReassignActivity", away).await;
    let told = removed(&mut stream).await;
    assert_eq!((told.cause(), told.caused_by.as_str()), (removal::Cause::Moved, "sellers/ana"));
    assert_eq!(told.request_id, id);
}

#[tokio::test]
async fn what_ends_or_pauses_an_enrollment_is_told_with_who_did_it_and_what_upnext_does_without() {
    let stage = Stage::new().await;
    let ana = stage.salesperson("ana").await;
    let enrollment = stage.enroll("l1", "tasks").await["name"].clone();
    let other = stage.enroll("l2", "tasks").await["name"].clone();
    let mut stream = watch(&ana, "sellers/ana").await;

    let id = Uuid::from_u128(9).to_string();
    let pause = json!({"name": enrollment, "request_id": id});
    stage.done("EnrollmentService/PauseEnrollment", pause).await;
    let told = removed(&mut stream).await;
    assert_eq!((told.cause(), &told.request_id), (removal::Cause::Paused, &id));

    let exit = json!({"name": other});
    ana.done("EnrollmentService/ExitEnrollment", exit).await;
    let told = removed(&mut stream).await;
    assert_eq!((told.cause(), told.caused_by.as_str()), (removal::Cause::Canceled, "sellers/ana"));

    // What the person's record forbids is skipped by upnext itself.
    let policy = json!({"organization": {"settings": {"consent_policy": "SKIP"}}});
    stage.done("OrganizationService/UpdateOrganization", policy).await;
    let lead = |quiet: bool| {
        let attributes = json!({"do_not_email": quiet, "email": "kim@example.com"});
        json!([{"id": "l1", "attributes": attributes}])
    };
    stage.admin.leads(lead(false)).await;
    stage.enroll("l1", "short").await;
    stage.admin.leads(lead(true)).await;
    stage.app.run_until_idle().await;
    let told = removed(&mut stream).await;
    assert_eq!((told.cause(), told.caused_by.as_str()), (removal::Cause::Skipped, ""));
}
