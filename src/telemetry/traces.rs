//! Sends traces to an OpenTelemetry collector: OTLP over HTTP, as JSON.

use std::sync::atomic::{AtomicBool, Ordering};

use async_trait::async_trait;
use opentelemetry::trace::TracerProvider as _;
use opentelemetry::{InstrumentationScope, KeyValue};
use opentelemetry_http::{Bytes, HttpClient, HttpError, Request, Response};
use opentelemetry_otlp::{Protocol, SpanExporter, WithExportConfig as _, WithHttpConfig as _};
use opentelemetry_sdk::Resource;
use opentelemetry_sdk::trace::{Sampler, SdkTracerProvider};
use tokio::runtime::Handle;
use tracing::{Level, Metadata, Subscriber};
use tracing_subscriber::Layer;
use tracing_subscriber::filter::{FilterFn, LevelFilter};
use tracing_subscriber::registry::LookupSpan;

use super::otlp;
use crate::config::Otlp;

/// Why no traces can be sent.
pub(super) type Error = Box<dyn std::error::Error + Send + Sync>;

/// The traces of this process. Those that aren't sent yet are lost without [`Traces::end`].
#[derive(Debug, Default)]
pub struct Traces(Option<SdkTracerProvider>);

impl Traces {
    /// Sends a share of all traces, from a thread of its own. Needs a Tokio runtime.
    ///
    /// # Errors
    /// The collector's URL can't be used, or the system's certificates can't be read.
    pub(super) fn new(otlp: &Otlp) -> Result<Self, Error> {
        let client = otlp::client()?;
        let sender = Sender { client, runtime: Handle::current(), fails: AtomicBool::default() };
        let exporter = SpanExporter::builder()
            .with_http()
            .with_http_client(sender)
            .with_protocol(Protocol::HttpJson)
            .with_endpoint(&otlp.traces_url)
            .with_timeout(otlp::TIMEOUT)
            .build()?;

        let attributes = otlp::resource().map(|(key, value)| KeyValue::new(key, value));
        let provider = SdkTracerProvider::builder()
            .with_resource(Resource::builder_empty().with_attributes(attributes).build())
            // What a caller has begun to trace is traced here, too.
            .with_sampler(Sampler::ParentBased(Box::new(Sampler::TraceIdRatioBased(otlp.trace_share))))
            .with_batch_exporter(exporter)
            .build();
        Ok(Self(Some(provider)))
    }

    /// Turns this crate's spans into traces.
    pub(super) fn layer<S>(&self) -> Option<impl Layer<S> + use<S>>
    where
        S: Subscriber + for<'s> LookupSpan<'s>,
    {
        let scope = InstrumentationScope::builder("upnext").with_version(env!("CARGO_PKG_VERSION"));
        let tracer = self.0.as_ref()?.tracer_with_scope(scope.build());
        let layer = tracing_opentelemetry::layer()
            .with_tracer(tracer)
            .with_location(false)
            .with_threads(false)
            .with_target(false)
            .with_tracked_inactivity(false);
        let filter = FilterFn::new(is_traced as fn(&Metadata<'_>) -> bool);
        Some(layer.with_filter(filter.with_max_level_hint(LevelFilter::DEBUG)))
    }

    /// Sends what is left. Takes at most a few seconds if the collector doesn't answer.
    pub async fn end(self) {
        let Some(provider) = self.0 else { return };
        let end = move || provider.shutdown_with_timeout(otlp::TIMEOUT);
        if let Ok(Err(error)) = tokio::task::spawn_blocking(end).await {
            tracing::warn!(error = &error as &dyn std::error::Error, "the last traces can't be sent");
        }
    }
}

/// Log lines are no part of a trace.
fn is_traced(metadata: &Metadata<'_>) -> bool {
    metadata.is_span() && *metadata.level() <= Level::DEBUG && metadata.target().starts_with("upnext")
}

/// Posts to the collector. A failure is logged when it begins.
#[derive(Debug)]
struct Sender {
    client: reqwest::Client,
    runtime: Handle,
    fails: AtomicBool,
}

#[async_trait]
impl HttpClient for Sender {
    async fn send_bytes(&self, request: Request<Bytes>) -> Result<Response<Bytes>, HttpError> {
        let client = self.client.clone();
        // The exporter's thread has no runtime of its own.
        let sent = self.runtime.spawn(async move { client.send_bytes(request).await }).await?;
        let problem = match &sent {
            Ok(answer) => otlp::refused(answer.status()),
            Err(error) => Some(otlp::causes(error.as_ref())),
        };

        let failed = self.fails.swap(problem.is_some(), Ordering::Relaxed);
        if let Some(error) = problem.filter(|_| !failed) {
            tracing::warn!(error, "traces can't be sent");
        }
        sent
    }
}
