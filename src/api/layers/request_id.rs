//! The id of a request in the log, available to everything that runs on the request's behalf.

use std::future::Future;
use std::task::{Context, Poll};

use futures::future::BoxFuture;
use http::HeaderMap;
use opentelemetry::propagation::TextMapPropagator as _;
use opentelemetry_http::HeaderExtractor;
use opentelemetry_sdk::propagation::TraceContextPropagator;
use tonic::Code;
use tower::{Layer, Service};
use tracing::field::Empty;
use tracing::{Instrument as _, Span};
use tracing_opentelemetry::OpenTelemetrySpanExt as _;

use super::measured::{code, name};
use crate::api::roles;
use crate::clock::Clock;

tokio::task_local! {
    static CURRENT: String;
}

/// Runs `request` so that [`current`] returns `id` inside it.
pub fn within<F: Future>(id: String, request: F) -> impl Future<Output = F::Output> {
    CURRENT.scope(id, request)
}

/// The id of the request that this task is handling; none outside a request.
pub fn current() -> Option<String> {
    CURRENT.try_with(Clone::clone).ok()
}

/// Gives each request an id and a span.
#[derive(Clone, Debug)]
pub struct RequestIdLayer {
    clock: Clock,
}

impl RequestIdLayer {
    /// Ids come from this clock, so that they sort in order of arrival.
    pub fn new(clock: Clock) -> Self {
        Self { clock }
    }
}

impl<S> Layer<S> for RequestIdLayer {
    type Service = Numbered<S>;

    fn layer(&self, service: S) -> Numbered<S> {
        Numbered { clock: self.clock.clone(), service }
    }
}

/// A service whose requests have ids and spans.
#[derive(Clone, Debug)]
pub struct Numbered<S> {
    clock: Clock,
    service: S,
}

impl<S, A, B> Service<http::Request<B>> for Numbered<S>
where
    S: Service<http::Request<B>, Response = http::Response<A>>,
    S::Future: Send + 'static,
    S::Error: 'static,
    A: 'static,
{
    type Response = S::Response;
    type Error = S::Error;
    type Future = BoxFuture<'static, Result<S::Response, S::Error>>;

    fn poll_ready(&mut self, context: &mut Context<'_>) -> Poll<Result<(), S::Error>> {
        self.service.poll_ready(context)
    }

    fn call(&mut self, request: http::Request<B>) -> Self::Future {
        let id = self.clock.new_id().to_string();
        let method = roles::method(request.uri().path());
        let span = tracing::debug_span!(
            "rpc",
            method,
            code = Empty,
            request.id = id,
            otel.name = method,
            otel.kind = "server",
            otel.status_code = Empty
        );
        if !span.is_disabled() {
            go_on_with_trace(&span, request.headers());
        }

        // The id and the span cover everything that runs for this request.
        let answered = within(id, self.service.call(request));
        Box::pin(
            async move {
                let answer = answered.await;
                note_code(answer.as_ref().map_or(Code::Unknown, |answer| code(answer.headers())));
                answer
            }
            .instrument(span),
        )
    }
}

/// Makes the span a part of the trace that the caller has begun, if it has: the header
/// `traceparent` of <https://www.w3.org/TR/trace-context/>.
fn go_on_with_trace(span: &Span, headers: &HeaderMap) {
    if headers.contains_key("traceparent") {
        let context = TraceContextPropagator::new().extract(&HeaderExtractor(headers));
        // It fails where spans are only logged.
        let _ = span.set_parent(context);
    }
}

/// Notes how a call ended. What a server did wrong is an error of the trace, by
/// <https://opentelemetry.io/docs/specs/semconv/rpc/grpc/>.
fn note_code(code: Code) {
    let span = Span::current();
    span.record("code", name(code));
    let wrong = [
        Code::Unknown,
        Code::DeadlineExceeded,
        Code::Unimplemented,
        Code::Internal,
        Code::Unavailable,
        Code::DataLoss,
    ];
    if wrong.contains(&code) {
        span.record("otel.status_code", "ERROR");
    }
}
