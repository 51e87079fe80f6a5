//! The id of a request in the log, available to everything that runs on the request's behalf.

use std::future::Future;
use std::task::{Context, Poll};

use futures::future::BoxFuture;
use tower::{Layer, Service};
use tracing::Instrument as _;

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

impl<S, B> Service<http::Request<B>> for Numbered<S>
where
    S: Service<http::Request<B>>,
    S::Future: Send + 'static,
    S::Response: 'static,
    S::Error: 'static,
{
    type Response = S::Response;
    type Error = S::Error;
    type Future = BoxFuture<'static, Result<S::Response, S::Error>>;

    fn poll_ready(&mut self, context: &mut Context<'_>) -> Poll<Result<(), S::Error>> {
        self.service.poll_ready(context)
    }

    fn call(&mut self, request: http::Request<B>) -> Self::Future {
        let id = self.clock.new_id().to_string();
        let span = tracing::debug_span!("rpc", method = roles::method(request.uri().path()), request.id = id);
        // The id and the span cover everything that runs for this request.
        Box::pin(within(id, self.service.call(request)).instrument(span))
    }
}
