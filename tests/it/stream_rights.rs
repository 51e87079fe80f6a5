//! A stream ends with the right to it, and asking for that costs next to nothing.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use chrono::TimeDelta;
use serde_json::{Value, json};
use tonic::{Code, Streaming};
use tracing::{Event, Subscriber};
use tracing_subscriber::layer::{Context, Layer, SubscriberExt as _};
use tracing_subscriber::registry;
use upnext::api::pb;
use upnext::api::pb::work_queue_service_client::WorkQueueServiceClient;

use super::support::app::{Client, TestApp, within_deadline};
use super::support::dynamic::call;
use super::support::refused::Refused;

/// Counts the statements that are sent from this thread.
#[derive(Clone, Default)]
struct Statements(Arc<AtomicUsize>);

impl<S: Subscriber> Layer<S> for Statements {
    fn on_event(&self, event: &Event<'_>, _: Context<'_, S>) {
        if event.metadata().target() == "sqlx::query" {
            self.0.fetch_add(1, Ordering::Relaxed);
        }
    }
}

async fn key(app: &TestApp, seller: &str, more: Value) -> (Client, Value) {
    let mut key = json!({"display_name": seller, "roles": ["SALESPERSON"], "seller": seller});
    key.as_object_mut().expect("an object").extend(more.as_object().expect("an object").clone());
    let created = call(&app.admin, "upnext.v1.ApiKeyService/CreateApiKey", json!({"api_key": key})).await;
    let created = created.expect("is created");
    (app.client(created["secret"].as_str().expect("a secret")), created["apiKey"]["name"].clone())
}

async fn seller(app: &TestApp, id: &str) {
    let request = json!({"seller_id": id, "seller": {"display_name": id}});
    call(&app.admin, "upnext.v1.SellerService/CreateSeller", request).await.expect("is created");
}

/// Opens a stream on the caller's own queue, and takes its first message.
async fn watch(client: &Client) -> Streaming<pb::WatchNextActivityResponse> {
    let mut service = WorkQueueServiceClient::new(client.calls());
    let request = pb::WatchNextActivityRequest { queue: "sellers/me".to_owned() };
    let mut stream = service.watch_next_activity(request).await.expect("opens").into_inner();
    within_deadline("the head", stream.message()).await.expect("continues").expect("continues");
    stream
}

async fn end(stream: &mut Streaming<pb::WatchNextActivityResponse>) -> Refused {
    loop {
        // What is repeated on the way there is a sign of life.
        match within_deadline("the end", stream.message()).await {
            Ok(told) => assert!(told.is_some(), "the stream ends with a reason"),
            Err(status) => return Refused::of(&status),
        }
    }
}

#[tokio::test]
async fn the_rights_of_five_hundred_streams_take_one_query_every_ten_seconds() {
    let app = TestApp::new().await;
    let mut all = Vec::new();
    for number in 0..50 {
        let id = format!("seller-{number}");
        seller(&app, &id).await;
        let (client, name) = key(&app, &id, json!({})).await;
        let mut streams = Vec::new();
        for _ in 0..10 {
            streams.push(watch(&client).await);
        }
        all.push((name, streams));
    }

    let statements = Statements::default();
    let mut asked = 0;
    for (name, streams) in all.iter_mut().take(5) {
        call(&app.admin, "upnext.v1.ApiKeyService/RevokeApiKey", json!({"name": name}))
            .await
            .expect("is revoked");
        let _counting = tracing::subscriber::set_default(registry().with(statements.clone()));
        statements.0.store(0, Ordering::Relaxed);
        app.clock.advance(TimeDelta::seconds(10));
        for stream in streams {
            assert_eq!(end(stream).await.reason, "CREDENTIALS_INVALID");
        }
        asked += statements.0.load(Ordering::Relaxed);
    }

    // One for the rights, and one for the queues' revisions, which is not the streams'.
    assert!((5..=10).contains(&asked), "{asked} statements in five intervals");
}

#[tokio::test]
async fn a_stream_ends_the_instant_its_key_expires() {
    let app = TestApp::new().await;
    seller(&app, "ana").await;
    let expire_time = app.now() + TimeDelta::seconds(33);
    let (short, _) = key(&app, "ana", json!({"expire_time": expire_time.to_rfc3339()})).await;
    let (long, _) = key(&app, "ana", json!({})).await;
    let (mut ends, mut goes_on) = (watch(&short).await, watch(&long).await);
    app.clock.advance(TimeDelta::seconds(32));
    let asked = call(&short, "upnext.v1.SellerService/GetSeller", json!({"name": "sellers/me"})).await;
    assert!(asked.is_ok(), "the key still works: {asked:?}");

    app.clock.advance(TimeDelta::seconds(1));
    let end = end(&mut ends).await;
    assert_eq!((end.code, end.reason.as_str()), (Code::Unauthenticated, "CREDENTIALS_INVALID"));

    tokio::select! {
        biased;
        told = goes_on.message() => assert!(matches!(told, Ok(Some(_))), "the other key's goes on: {told:?}"),
        () = tokio::task::yield_now() => {}
    }
}
