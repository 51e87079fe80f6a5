//! Answers in place of a service: for bytes that aren't a request, RPCs that don't exist, deadlines
//! that pass and handlers that panic. Every such answer has a reason, like those of services.

use std::any::Any;
use std::panic::AssertUnwindSafe;
use std::task::{Context, Poll};
use std::time::Duration;

use futures::FutureExt;
use futures::future::{BoxFuture, OptionFuture};
use http::HeaderMap;
use tonic::body::Body;
use tonic::{Code, Status};
use tower::{Layer, Service};

use crate::api::roles::{self, Access};
use crate::api::status;

/// The header with the caller's timeout.
const TIMEOUT: &str = "grpc-timeout";

/// Makes sure that every call ends with an answer of ours.
#[derive(Clone, Debug)]
pub struct EnvelopeLayer {
    /// The largest accepted message, in bytes.
    pub max_message_bytes: usize,
}

impl<S> Layer<S> for EnvelopeLayer {
    type Service = Enveloped<S>;

    fn layer(&self, service: S) -> Enveloped<S> {
        Enveloped { max_message_bytes: self.max_message_bytes, service }
    }
}

/// A service whose calls always end with an answer of ours.
#[derive(Clone, Debug)]
pub struct Enveloped<S> {
    max_message_bytes: usize,
    service: S,
}

impl<S> Service<http::Request<Body>> for Enveloped<S>
where
    S: Service<http::Request<Body>, Response = http::Response<Body>>,
    S::Future: Send + 'static,
    S::Error: 'static,
{
    type Response = http::Response<Body>;
    type Error = S::Error;
    type Future = BoxFuture<'static, Result<Self::Response, S::Error>>;

    fn poll_ready(&mut self, context: &mut Context<'_>) -> Poll<Result<(), S::Error>> {
        self.service.poll_ready(context)
    }

    fn call(&mut self, request: http::Request<Body>) -> Self::Future {
        let patience = patience(request.headers());
        if patience == Some(Duration::ZERO) {
            // A handler that starts late can no longer be answered in time.
            return Box::pin(async { Ok(status::deadline_passed().into_http()) });
        }

        let (most, access) = (self.max_message_bytes, roles::access(request.uri().path()));
        // Set the deadline here, before the transport sets its own for the same instant: the first
        // one answers.
        let deadline = OptionFuture::from(patience.map(tokio::time::sleep));
        let answer = AssertUnwindSafe(self.service.call(request)).catch_unwind();

        Box::pin(async move {
            tokio::select! {
                // An answer that is ready is sent, even at the last moment.
                biased;
                answer = answer => match answer {
                    Ok(response) => response.map(|response| explained(response, access.map(|(_, access)| access), most)),
                    Err(panic) => Ok(status::internal(&Panicked::of(&*panic)).into_status().into_http()),
                },
                Some(()) = deadline => Ok(status::deadline_passed().into_http()),
            }
        })
    }
}

/// Adds a reason to an answer of the transport, which has none. Ours already have one; services by
/// other authors (reflection, health) answer as their contracts say.
fn explained(
    response: http::Response<Body>,
    access: Option<Access>,
    max_message_bytes: usize,
) -> http::Response<Body> {
    let Some(bare) = Status::from_header_map(response.headers()) else { return response };
    if bare.code() == Code::Ok || !bare.details().is_empty() || access == Some(Access::Open) {
        return response;
    }

    let answer = match (bare.code(), access) {
        (_, None) => status::not_served("this service or method doesn't exist"),
        (Code::Unimplemented, _) => status::not_served(bare.message()),
        // The transport answers messages that are too large with either of these codes.
        (Code::OutOfRange | Code::ResourceExhausted, _) => status::too_large(max_message_bytes),
        _ => status::malformed(bare.message()),
    };
    answer.into_http()
}

/// The caller's timeout. An unreadable header counts as absent, as it does for the transport.
fn patience(headers: &HeaderMap) -> Option<Duration> {
    let text = headers.get(TIMEOUT)?.to_str().ok()?;
    let (digits, unit) = text.split_at_checked(text.len().checked_sub(1)?)?;
    // The protocol allows at most eight digits.
    let amount: u64 = digits.parse().ok().filter(|_| digits.len() <= 8 && !digits.starts_with('+'))?;
    Some(match unit {
        "H" => Duration::from_secs(amount * 3600),
        "M" => Duration::from_secs(amount * 60),
        "S" => Duration::from_secs(amount),
        "m" => Duration::from_millis(amount),
        "u" => Duration::from_micros(amount),
        "n" => Duration::from_nanos(amount),
        _ => return None,
    })
}

/// A handler's panic, for the log.
#[derive(Debug, thiserror::Error)]
#[error("a handler panicked: {0}")]
struct Panicked(String);

impl Panicked {
    fn of(panic: &(dyn Any + Send)) -> Self {
        let text = panic.downcast_ref::<String>().map(String::as_str);
        Self(text.or_else(|| panic.downcast_ref().copied()).unwrap_or("(no message)").to_owned())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use tonic_types::StatusExt;
    use tower::ServiceExt;

    #[test]
    fn a_callers_patience_is_read_as_the_protocol_writes_it() {
        let read = |text: &'static str| {
            patience(&HeaderMap::from_iter([(
                http::HeaderName::from_static(TIMEOUT),
                http::HeaderValue::from_static(text),
            )]))
        };
        assert_eq!(read("99999999H"), Some(Duration::from_secs(99_999_999 * 3600)));
        assert_eq!(read("250m"), Some(Duration::from_millis(250)));
        assert_eq!(read("7u"), Some(Duration::from_micros(7)));
        assert_eq!(read("0n"), Some(Duration::ZERO));
        for wrong in ["", "m", "5", "-5m", "+5m", "999999999S", "5 m", "5x"] {
            assert_eq!(read(wrong), None, "{wrong}");
        }
        assert_eq!(patience(&HeaderMap::new()), None);
    }

    #[tokio::test]
    async fn a_panic_is_a_fault_that_is_told_as_any_other_without_its_words() {
        let panics = tower::service_fn(
            async |_: http::Request<Body>| -> Result<http::Response<Body>, std::convert::Infallible> {
                panic!("secret")
            },
        );
        let service = EnvelopeLayer { max_message_bytes: 1 }.layer(panics);
        let response = service.oneshot(http::Request::new(Body::empty())).await.expect("is answered");
        let status = Status::from_header_map(response.headers()).expect("is a status");
        assert_eq!(status.code(), Code::Internal);
        assert_eq!(status.get_details_error_info().expect("has one").reason, "INTERNAL_FAULT");
        assert!(!status.message().contains("secret"));
    }
}
