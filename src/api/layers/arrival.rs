//! Notes what only the transport knows of a request: that its connection brought one, and whether
//! it came over HTTP/1.1.

use std::task::{Context, Poll};

use http::{Request, Version};
use tower::{Layer, Service};

use crate::api::connections::Connection;

/// Marks requests that came over HTTP/1.1, where nothing shows whether the client is still there.
#[derive(Clone, Copy, Debug)]
pub struct OverHttp1;

/// Notes the arrival of every request.
#[derive(Clone, Copy, Debug)]
pub struct ArrivalLayer;

impl<S> Layer<S> for ArrivalLayer {
    type Service = Arrival<S>;

    fn layer(&self, service: S) -> Arrival<S> {
        Arrival { service }
    }
}

/// A service whose requests are noted.
#[derive(Clone, Debug)]
pub struct Arrival<S> {
    service: S,
}

impl<S: Service<Request<B>>, B> Service<Request<B>> for Arrival<S> {
    type Response = S::Response;
    type Error = S::Error;
    type Future = S::Future;

    fn poll_ready(&mut self, context: &mut Context<'_>) -> Poll<Result<(), S::Error>> {
        self.service.poll_ready(context)
    }

    fn call(&mut self, mut request: Request<B>) -> S::Future {
        if let Some(connection) = request.extensions().get::<Connection>() {
            connection.use_now();
        }
        if request.version() < Version::HTTP_2 {
            request.extensions_mut().insert(OverHttp1);
        }
        self.service.call(request)
    }
}
