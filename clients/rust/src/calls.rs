//! One call: key, deadline, request ids and retries, under the generated clients.

use std::pin::Pin;
use std::sync::{Arc, LazyLock};
use std::task::{Context, Poll};
use std::time::Duration;

use bytes::{BufMut, Bytes, BytesMut};
use http::{HeaderMap, HeaderValue, Request, Response, header, request::Parts};
use http_body_util::{BodyExt, Full};
use serde::Deserialize;
use tonic::body::Body;
use tonic::{Code, Status};
use tower_service::Service;

use crate::connect::Key;
use crate::error::Error;

const DEFAULT_TIMEOUT: Duration = Duration::from_secs(30);
/// What comes before a message: whether it is compressed, and its length.
const PREFIX: usize = 5;

static RETRIES: LazyLock<RetryPolicy> = LazyLock::new(|| {
    let config: ServiceConfig =
        serde_json::from_str(include_str!("service_config.json")).expect("service_config.json");
    config.method_config.into_iter().find_map(|method| method.retry_policy).expect("a retry policy")
});

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct ServiceConfig {
    method_config: Vec<MethodConfig>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct MethodConfig {
    retry_policy: Option<RetryPolicy>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct RetryPolicy {
    max_attempts: u32,
    initial_backoff: String,
    max_backoff: String,
    backoff_multiplier: f64,
}

impl RetryPolicy {
    fn backoff(&self, attempt: u32) -> Duration {
        let seconds = |text: &str| text.trim_end_matches('s').parse::<f64>().unwrap_or(1.0);
        let grown = seconds(&self.initial_backoff) * self.backoff_multiplier.powi(attempt as i32 - 1);
        Duration::from_secs_f64(grown.min(seconds(&self.max_backoff)) * rand::random_range(0.8..1.2))
    }
}

/// What the generated clients call through. Cheap to clone.
#[derive(Clone)]
pub struct Channel {
    inner: tonic::transport::Channel,
    pub(crate) key: Arc<Key>,
}

type Answer = Result<Response<Body>, Status>;

impl Channel {
    pub(crate) fn new(inner: tonic::transport::Channel, key: Key) -> Self {
        Self { inner, key: Arc::new(key) }
    }

    async fn run(mut self, request: Request<Body>) -> Answer {
        let (mut parts, body) = request.into_parts();
        if let Some(key) = self.key.header().await? {
            parts.headers.insert(header::AUTHORIZATION, key);
        }
        if crate::generated::is_stream(parts.uri.path()) {
            return self.send(Request::from_parts(parts, body)).await;
        }

        let body = with_request_ids(parts.uri.path(), body.collect().await?.to_bytes());
        let timeout = timeout(&parts.headers).unwrap_or(DEFAULT_TIMEOUT);
        let header = format!("{}m", timeout.as_millis().min(99_999_999));
        parts.headers.insert(
            "grpc-timeout",
            HeaderValue::try_from(header).map_err(|e| Status::internal(e.to_string()))?,
        );
        let passed = |_| Err(Status::deadline_exceeded("the deadline passed"));
        tokio::time::timeout(timeout, self.attempts(parts, body)).await.unwrap_or_else(passed)
    }

    async fn attempts(&mut self, parts: Parts, body: Bytes) -> Answer {
        let mut attempt = 1;
        loop {
            let answer =
                match self.send(Request::from_parts(parts.clone(), Body::new(Full::new(body.clone())))).await
                {
                    Ok(answer) => whole(answer).await,
                    Err(status) => Err((status, None)),
                };
            let (status, answer) = match answer {
                Ok(answer) => return Ok(answer),
                Err(failed) => failed,
            };
            let error = Error::from(&status);
            if attempt == RETRIES.max_attempts || !may_be_sent_again(&error) {
                return answer.ok_or(status);
            }
            tokio::time::sleep(RETRIES.backoff(attempt).max(error.retry_after.unwrap_or_default())).await;
            attempt += 1;
        }
    }

    /// One attempt. A transport's error means that the server can't be reached.
    async fn send(&mut self, request: Request<Body>) -> Answer {
        let lost = |error: tonic::transport::Error| Status::unavailable(causes(&error));
        std::future::poll_fn(|context| self.inner.poll_ready(context)).await.map_err(lost)?;
        self.inner.call(request).await.map_err(lost)
    }
}

impl Service<Request<Body>> for Channel {
    type Response = Response<Body>;
    type Error = Status;
    type Future = Pin<Box<dyn Future<Output = Answer> + Send>>;

    fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<Result<(), Status>> {
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, request: Request<Body>) -> Self::Future {
        Box::pin(self.clone().run(request))
    }
}

/// Reads a whole answer, since its status comes at its end. A failed one is handed on too, if there
/// is one.
async fn whole(answer: Response<Body>) -> Result<Response<Body>, (Status, Option<Response<Body>>)> {
    let (parts, body) = answer.into_parts();
    let collected = body.collect().await.map_err(|status| (status, None))?;
    let trailers = collected.trailers().cloned();
    let status = trailers
        .as_ref()
        .and_then(Status::from_header_map)
        .or_else(|| Status::from_header_map(&parts.headers));
    let body = Full::new(collected.to_bytes()).with_trailers(std::future::ready(trailers.map(Ok)));
    let answer = Response::from_parts(parts, Body::new(body));
    match status {
        Some(status) if status.code() != Code::Ok => Err((status, Some(answer))),
        _ => Ok(answer),
    }
}

fn may_be_sent_again(error: &Error) -> bool {
    let lost = matches!(error.code, Code::Unknown | Code::Aborted | Code::Cancelled | Code::Internal);
    error.code == Code::Unavailable || error.reason.is_empty() && lost
}

/// The body with an id in each empty `request_id`; attempts of one call share them.
fn with_request_ids(path: &str, body: Bytes) -> Bytes {
    let compressed = body.first() != Some(&0);
    let message = body.get(PREFIX..).filter(|_| !compressed);
    let Some(filled) = message.and_then(|message| crate::generated::fill_request_ids(path, message)) else {
        return body;
    };
    let mut framed = BytesMut::with_capacity(PREFIX + filled.len());
    framed.put_u8(0);
    framed.put_u32(filled.len() as u32);
    framed.put_slice(&filled);
    framed.freeze()
}

/// What `Request::set_timeout` wrote.
fn timeout(headers: &HeaderMap) -> Option<Duration> {
    let text = headers.get("grpc-timeout")?.to_str().ok()?;
    let (number, unit) = text.split_at_checked(text.len().checked_sub(1)?)?;
    let number: u64 = number.parse().ok()?;
    Some(match unit {
        "H" => Duration::from_secs(number * 3600),
        "M" => Duration::from_secs(number * 60),
        "S" => Duration::from_secs(number),
        "m" => Duration::from_millis(number),
        "u" => Duration::from_micros(number),
        _ => Duration::from_nanos(number),
    })
}

/// An error with what caused it: tonic's own says only "transport error".
fn causes(error: &dyn std::error::Error) -> String {
    let chain = std::iter::successors(Some(error), |error| error.source());
    chain.map(ToString::to_string).collect::<Vec<_>>().join(": ")
}
