//! Calls made of raw bytes, which no generated client would send, and answers as they are on the
//! wire.

use std::net::SocketAddr;
use std::time::Duration;

use bytes::{Buf, Bytes};
use http::{HeaderMap, Request, header};
use http_body_util::{BodyExt, Full};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tonic::Status;
use tonic::transport::Channel;
use tower::ServiceExt;

/// An answer, read as far as anybody had patience for.
#[derive(Debug)]
pub struct Answer {
    /// Of HTTP.
    pub http_status: http::StatusCode,
    /// What the server said at the end; none if the end was not waited for, or nothing was said.
    pub status: Option<Status>,
    /// The messages that came, without their frames.
    pub messages: Vec<Bytes>,
    /// The body as it came.
    pub body: Bytes,
    /// How the answer broke off, if it did.
    pub broken: Option<String>,
    /// Whether the end was reached.
    pub ended: bool,
}

/// A message in its frame.
pub fn framed(message: &[u8]) -> Bytes {
    frame(0, u32::try_from(message.len()).expect("fits"), message)
}

/// A frame whose flag and length may lie.
pub fn frame(flag: u8, length: u32, message: &[u8]) -> Bytes {
    [&[flag][..], &length.to_be_bytes(), message].concat().into()
}

/// The headers of a gRPC call.
pub fn headers(secret: Option<&str>) -> HeaderMap {
    let mut headers = HeaderMap::new();
    headers.insert(header::CONTENT_TYPE, http::HeaderValue::from_static("application/grpc"));
    headers.insert(header::TE, http::HeaderValue::from_static("trailers"));
    if let Some(secret) = secret {
        let value = format!("Bearer {secret}").parse().expect("keys are ASCII");
        headers.insert(header::AUTHORIZATION, value);
    }
    headers
}

/// Sends `body` to `path`, and reads the answer until it ends or `patience` does.
///
/// # Errors
/// The connection broke before there was an answer, or nothing was answered in time.
pub async fn exchange(
    channel: &Channel,
    path: &str,
    headers: HeaderMap,
    body: Bytes,
    patience: Duration,
) -> Result<Answer, String> {
    let mut request = Request::new(tonic::body::Body::new(Full::new(body)));
    *request.method_mut() = http::Method::POST;
    *request.uri_mut() = path.parse().expect("a path");
    *request.headers_mut() = headers;
    let sent = tokio::time::timeout(patience, channel.clone().oneshot(request)).await;
    let response = sent.map_err(|_| "no answer in time".to_owned())?.map_err(|error| causes(&error))?;
    Ok(read(response, patience).await)
}

/// Sends a gRPC-Web call in the plainest way, past a client library that would mind its headers
/// itself. `length` is what the body's is said to be.
pub async fn plainly(
    address: SocketAddr,
    path: &str,
    headers: HeaderMap,
    length: usize,
    body: &[u8],
) -> Option<Status> {
    let mut connection = TcpStream::connect(address).await.expect("connects");
    let mut head = format!("POST {path} HTTP/1.1\r\nhost: x\r\ncontent-length: {length}\r\n");
    for (name, value) in &headers {
        let value = value.to_str().expect("plain").replace("application/grpc", "application/grpc-web");
        head.push_str(&format!("{name}: {value}\r\n"));
    }

    let request = [head.as_bytes(), b"\r\n", body].concat();
    connection.write_all(&request).await.expect("is sent");
    let mut answer = Vec::new();
    while !answer.windows(4).any(|end| end == b"\r\n\r\n") {
        let read = tokio::time::timeout(Duration::from_secs(20), connection.read_buf(&mut answer)).await;
        assert_ne!(read.expect("is answered in time").expect("is answered"), 0, "the connection was closed");
    }

    let text = String::from_utf8_lossy(&answer).into_owned();
    let lines = text.lines().skip(1).take_while(|line| !line.is_empty());
    let fields = lines.filter_map(|line| line.split_once(": ")).map(|(name, value)| {
        (name.parse().expect("a name"), http::HeaderValue::from_str(value).expect("a value"))
    });
    Status::from_header_map(&fields.collect::<HeaderMap>())
}

async fn read(response: http::Response<tonic::body::Body>, patience: Duration) -> Answer {
    let (parts, mut body) = response.into_parts();
    let mut answer = Answer {
        http_status: parts.status,
        status: Status::from_header_map(&parts.headers),
        messages: Vec::new(),
        body: Bytes::new(),
        broken: None,
        ended: false,
    };
    let mut bytes = Vec::new();

    while let Ok(next) = tokio::time::timeout(patience, body.frame()).await {
        match next {
            None => answer.ended = true,
            Some(Err(error)) => answer.broken = Some(causes(&error)),
            Some(Ok(frame)) => match frame.into_data() {
                Ok(data) => {
                    bytes.extend_from_slice(&data);
                    continue;
                }
                Err(frame) => {
                    let trailers = frame.into_trailers().unwrap_or_default();
                    answer.status = Status::from_header_map(&trailers).or(answer.status);
                    answer.ended = true;
                }
            },
        }
        break;
    }

    answer.body = bytes.into();
    answer.messages = messages(answer.body.clone());
    answer
}

fn messages(mut body: Bytes) -> Vec<Bytes> {
    let mut found = Vec::new();
    while body.len() >= 5 {
        body.advance(1);
        let length = body.get_u32() as usize;
        if body.len() < length {
            break;
        }
        found.push(body.split_to(length));
    }
    found
}

fn causes(error: &dyn std::error::Error) -> String {
    let mut text = error.to_string();
    let mut source = error.source();
    while let Some(cause) = source {
        text = format!("{text}: {cause}");
        source = cause.source();
    }
    text
}
