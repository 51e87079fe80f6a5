//! The id under which a request is logged, known to whatever runs on its behalf.

use std::future::Future;
use std::task::{Context, Poll};

use futures::future::BoxFuture;
use tower::{Layer, Service};

use crate::clock::Clock;

tokio::task_local! {
    static CURRENT: String;
}

/// Runs `request` so that [`current`] answers `id` within it.
pub fn within<F: Future>(id: String, request: F) -> impl Future<Output = F::Output> {
    CURRENT.scope(id, request)
}

/// The id of the request that this task is answering; none outside of one.
pub fn current() -> Option<String> {
    CURRENT.try_with(Clone::clone).ok()
}

/// Gives each request an id.
#[derive(Clone, Debug)]
pub struct RequestIdLayer {
    clock: Clock,
}

impl RequestIdLayer {
    /// Ids are minted from this clock, so that they sort as the requests came.
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

/// A service whose requests have ids.
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
        Box::pin(within(id, self.service.call(request)))
    }
}
