//! A stream ends with the right to it, and asking for that costs next to nothing.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use chrono::TimeDelta;
use serde_json::json;
use tonic::Code;
use tracing::{Event, Subscriber};
use tracing_subscriber::layer::{Context, Layer, SubscriberExt as _};
use tracing_subscriber::registry;

use super::support::app::{Client, TestApp};
use super::support::stream::{Heads, end, head, open_heads};

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

/// Opens a stream on the caller's own queue, and takes its first message.
async fn watch(client: &Client) -> Heads {
    let mut heads = open_heads(client, "sellers/me").await;
    head(&mut heads).await;
    heads
}

#[tokio::test]
async fn the_rights_of_five_hundred_streams_take_one_query_every_ten_seconds() {
    let app = TestApp::new().await;
    let mut all = Vec::new();
    for number in 0..50 {
        let id = format!("seller-{number}");
        app.admin.seller(&id).await;
        let (client, name) = app.admin.salesperson_with(&id, json!({})).await;
        let mut streams = Vec::new();
        for _ in 0..10 {
            streams.push(watch(&client).await);
        }
        all.push((name, streams));
    }

    let statements = Statements::default();
    let mut asked = 0;
    for (name, streams) in all.iter_mut().take(5) {
        app.admin.done("ApiKeyService/RevokeApiKey", json!({"name": name})).await;
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
    app.admin.seller("ana").await;
    let expire_time = app.now() + TimeDelta::seconds(33);
    let expiring = json!({"expire_time": expire_time.to_rfc3339()});
    let (short, _) = app.admin.salesperson_with("ana", expiring).await;
    let long = app.admin.salesperson("ana").await;
    let (mut ends, mut goes_on) = (watch(&short).await, watch(&long).await);
    app.clock.advance(TimeDelta::seconds(32));
    let asked = short.call("SellerService/GetSeller", json!({"name": "sellers/me"})).await;
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
