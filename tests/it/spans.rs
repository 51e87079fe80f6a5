//! Spans: what an exporter of traces would see of one call, down to its statements.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Debug;
use std::sync::{Arc, Mutex};

use serde_json::json;
use tracing::field::{Field, Visit};
use tracing::span::{Attributes, Id};
use tracing::{Level, Subscriber};
use tracing_subscriber::layer::{Context, Layer, SubscriberExt as _};
use tracing_subscriber::registry::LookupSpan;

use super::support::stage::{Stage, text};

/// The fields that spans may have. None of them holds what a caller sent.
const FIELDS: [&str; 9] =
    ["method", "request.id", "verb", "items", "work", "name", "otel.name", "otel.kind", "db.system.name"];

/// One span, as it began.
#[derive(Clone, Debug)]
struct Seen {
    name: &'static str,
    level: Level,
    parent: Option<u64>,
    fields: BTreeMap<&'static str, String>,
}

/// Collects the spans of this crate by their ids.
#[derive(Clone, Default)]
struct Collector(Arc<Mutex<BTreeMap<u64, Seen>>>);

impl<S: Subscriber + for<'s> LookupSpan<'s>> Layer<S> for Collector {
    fn on_new_span(&self, attributes: &Attributes<'_>, id: &Id, context: Context<'_, S>) {
        let metadata = attributes.metadata();
        if !metadata.target().starts_with("upnext") {
            return;
        }
        let mut fields = Fields::default();
        attributes.record(&mut fields);
        let parent = context.span(id).and_then(|span| span.parent()).map(|parent| parent.id().into_u64());
        let seen = Seen { name: metadata.name(), level: *metadata.level(), parent, fields: fields.0 };
        self.0.lock().expect("not poisoned").insert(id.into_u64(), seen);
    }
}

#[derive(Default)]
struct Fields(BTreeMap<&'static str, String>);

impl Visit for Fields {
    fn record_debug(&mut self, field: &Field, value: &dyn Debug) {
        self.0.insert(field.name(), format!("{value:?}").trim_matches('"').to_owned());
    }
}

impl Collector {
    /// The names of a span and of all around it, the outermost first.
    fn path(&self, id: u64) -> Vec<&'static str> {
        let seen = self.0.lock().expect("not poisoned");
        let around = std::iter::successors(seen.get(&id), |span| seen.get(&span.parent?));
        let mut path: Vec<_> = around.map(|span| span.name).collect();
        path.reverse();
        path
    }

    fn all(&self) -> Vec<(u64, Seen)> {
        self.0.lock().expect("not poisoned").iter().map(|(id, span)| (*id, span.clone())).collect()
    }
}

#[tokio::test]
async fn a_call_is_traced_down_to_its_statements_without_what_was_sent() {
    let collector = Collector::default();
    let subscriber = tracing_subscriber::registry().with(collector.clone());
    let stage = Stage::new().await;
    let enrolled = stage.enroll("l1", "tasks").await;
    let activity = text(&enrolled, "/openActivity").to_owned();

    // With a single subscriber in the process, a thread of another test that comes first to a span
    // would decide for all threads that nobody wants it.
    let _second = tracing::Dispatch::new(tracing_subscriber::registry());
    let collecting = tracing::subscriber::set_default(subscriber);
    let request = json!({"name": activity, "outcome": "done", "note": "Zyxgeheim"});
    stage.done("WorkQueueService/CompleteActivity", request).await;
    drop(collecting);

    let seen = collector.all();
    let statements: BTreeSet<&str> = seen
        .iter()
        .filter(|(id, _)| collector.path(*id) == ["rpc", "batch", "transaction", "statement"])
        .map(|(_, span)| span.fields["name"].as_str())
        .collect();
    for expected in ["activities.lock", "enrollments.load", "changes.save", "queues.bump"] {
        assert!(statements.contains(expected), "{expected} is not among {statements:?}");
    }
    let (_, rpc) = seen.iter().find(|(_, span)| span.name == "rpc").expect("one call");
    assert_eq!(rpc.fields["method"], "upnext.v1.WorkQueueService/CompleteActivity");

    for (_, span) in &seen {
        assert!(span.level >= Level::DEBUG, "{span:?} would change the log");
        assert!(span.fields.keys().all(|field| FIELDS.contains(field)), "{span:?}");
        assert!(span.fields.values().all(|value| !value.contains("Zyxgeheim")), "{span:?}");
    }
}
