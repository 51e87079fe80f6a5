//! Counts calls by method and code, and measures how long they take.

use std::task::{Context, Poll};
use std::time::Instant;

use futures::future::BoxFuture;
use tonic::{Code, Status};
use tower::{Layer, Service};

use crate::api::roles;
use crate::measures;

/// Measures every call.
#[derive(Clone, Copy, Debug)]
pub struct MeasuredLayer;

impl<S> Layer<S> for MeasuredLayer {
    type Service = Measured<S>;

    fn layer(&self, service: S) -> Measured<S> {
        Measured { service }
    }
}

/// A service whose calls are measured.
#[derive(Clone, Debug)]
pub struct Measured<S> {
    service: S,
}

impl<S, A, B> Service<http::Request<A>> for Measured<S>
where
    S: Service<http::Request<A>, Response = http::Response<B>>,
    S::Future: Send + 'static,
{
    type Response = S::Response;
    type Error = S::Error;
    type Future = BoxFuture<'static, Result<Self::Response, S::Error>>;

    fn poll_ready(&mut self, context: &mut Context<'_>) -> Poll<Result<(), S::Error>> {
        self.service.poll_ready(context)
    }

    fn call(&mut self, request: http::Request<A>) -> Self::Future {
        let method = roles::method(request.uri().path());
        let (began, answer) = (Instant::now(), self.service.call(request));
        Box::pin(async move {
            let answer = answer.await;
            let code = answer.as_ref().map_or(Code::Unknown, |answer| code(answer.headers()));
            metrics::counter!(measures::CALLS, "method" => method, "code" => name(code)).increment(1);
            metrics::histogram!(measures::CALL_DURATION, "method" => method).record(began.elapsed());
            answer
        })
    }
}

/// A failure has its code in the headers; a success has it in the trailers, after its last message.
pub(super) fn code(headers: &http::HeaderMap) -> Code {
    Status::from_header_map(headers).map_or(Code::Ok, |status| status.code())
}

/// A code by its name in the specification.
pub(super) fn name(code: Code) -> &'static str {
    match code {
        Code::Ok => "OK",
        Code::Cancelled => "CANCELLED",
        Code::Unknown => "UNKNOWN",
        Code::InvalidArgument => "INVALID_ARGUMENT",
        Code::DeadlineExceeded => "DEADLINE_EXCEEDED",
        Code::NotFound => "NOT_FOUND",
        Code::AlreadyExists => "ALREADY_EXISTS",
        Code::PermissionDenied => "PERMISSION_DENIED",
        Code::ResourceExhausted => "RESOURCE_EXHAUSTED",
        Code::FailedPrecondition => "FAILED_PRECONDITION",
        Code::Aborted => "ABORTED",
        Code::OutOfRange => "OUT_OF_RANGE",
        Code::Unimplemented => "UNIMPLEMENTED",
        Code::Internal => "INTERNAL",
        Code::Unavailable => "UNAVAILABLE",
        Code::DataLoss => "DATA_LOSS",
        Code::Unauthenticated => "UNAUTHENTICATED",
    }
}
