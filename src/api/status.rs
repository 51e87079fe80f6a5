//! The only place that creates a `Status`: the code, reason and details of every failure.
//!
//! Error texts of the driver never leave the server. Unexpected failures are logged here, once and
//! in full, and the caller gets a neutral sentence with the request id.

mod codes;
mod details;
mod refusals;

use std::time::Duration;

use tonic::{Code, Status};

use crate::api::layers::request_id;
use crate::api::tokens;
use crate::domain::caller::Role;
use crate::domain::reason::Reason;
use crate::domain::violation::{Violation, Violations};
use crate::engine::{self, Kind};
use crate::measures;
use crate::store;
use codes::code;
use details::Details;

/// The headers of a status, which browsers must be allowed to read.
pub const EXPOSED_HEADERS: [&str; 3] = ["grpc-status", "grpc-message", "grpc-status-details-bin"];

/// How long a caller should wait before retrying after a conflict with another transaction.
const CONFLICT_RETRY: Duration = Duration::from_millis(50);
/// How long a caller should wait before retrying when the database is unreachable.
const UNAVAILABLE_RETRY: Duration = Duration::from_secs(1);
/// How long a caller should wait before retrying when the database has no resources left.
const EXHAUSTED_RETRY: Duration = Duration::from_secs(5);
/// How long a caller should wait while its organization uses all its connections.
const CROWDED_RETRY: Duration = Duration::from_secs(1);
/// How long a client should wait before opening a stream again when too many are open.
const STREAMS_RETRY: Duration = Duration::from_secs(10);
/// How long a caller should wait before calling again when too many bytes were in flight.
const IN_FLIGHT_RETRY: Duration = Duration::from_secs(1);
/// How long a caller should wait while the keys of tokens can't be read.
const TOKEN_KEYS_RETRY: Duration = Duration::from_secs(10);
/// How many violations the message itself repeats; the details have all of them.
const VIOLATIONS_IN_MESSAGE: usize = 3;

/// A failure as the caller sees it, before it becomes a `Status` or the result of one batch item.
#[derive(Clone, Debug)]
pub struct Answer {
    code: Code,
    reason: Reason,
    message: String,
    details: Details,
}

impl Answer {
    /// Creates an answer from a reason, which determines the code, and a sentence without a full
    /// stop.
    pub fn new(reason: Reason, message: impl Into<String>) -> Self {
        Self {
            code: code(reason),
            reason,
            message: details::short(message.into()),
            details: Details::new(reason),
        }
    }

    /// Adds a dynamic part of the message as metadata, for programs.
    #[must_use]
    pub fn with(mut self, key: &str, value: impl Into<String>) -> Self {
        self.details.metadata(key, value.into());
        self
    }

    /// Names the resource that is missing or in conflict.
    #[must_use]
    pub fn about(mut self, kind: Kind, name: &str) -> Self {
        self.details.resource(kind.as_str(), name, &self.message);
        self
    }

    /// Says that the state of `subject`, a resource name, doesn't allow the call.
    #[must_use]
    pub fn precondition(mut self, subject: &str) -> Self {
        self.details.precondition(subject, &self.message);
        self
    }

    /// Names the limit of `subject`, a resource name, that is reached, and its value.
    #[must_use]
    pub fn quota(mut self, subject: &str, limit: &str, value: i64) -> Self {
        self.details.quota(subject, limit, value, &self.message);
        self.with("limit", limit).with("value", value.to_string())
    }

    /// Says that the same request can be retried, and when.
    #[must_use]
    pub fn retry(mut self, after: Duration) -> Self {
        self.details.retry(after);
        self
    }

    /// Converts to the result of one batch item.
    pub fn into_item(self) -> tonic_types::pb::Status {
        self.encoded(details::ITEM_VIOLATION_BYTES)
    }

    /// Converts to the status of a whole call.
    pub fn into_status(self) -> Status {
        // What the message takes in the trailers is missing for violations.
        let (code, room) = (self.code, details::trailer_room(&self.message));
        let whole = self.encoded(room);
        let encoded = prost::Message::encode_to_vec(&whole);
        Status::with_details(code, whole.message, encoded.into())
    }

    /// Counts the failure, and encodes as many violations as fit into this many bytes.
    fn encoded(self, violation_bytes: usize) -> tonic_types::pb::Status {
        // Counted here because calls and batch items both pass.
        metrics::counter!(measures::ERRORS, "reason" => self.reason.as_str()).increment(1);
        let details = self.details.into_any(violation_bytes);
        tonic_types::pb::Status { code: self.code as i32, message: self.message, details }
    }
}

impl From<Answer> for Status {
    fn from(answer: Answer) -> Self {
        answer.into_status()
    }
}

/// All invalid fields. They determine the reason if they share one.
impl From<Violations> for Answer {
    fn from(found: Violations) -> Self {
        let reason = found.shared_reason().unwrap_or(Reason::FieldsInvalid);
        let shown: Vec<_> = found
            .iter()
            .take(VIOLATIONS_IN_MESSAGE)
            .map(|violation| match violation.field.as_str() {
                "" => violation.description.clone(),
                field => format!("{field}: {}", violation.description),
            })
            .collect();

        let more = found.len().saturating_sub(VIOLATIONS_IN_MESSAGE);
        let rest = if more == 0 { String::new() } else { format!("; and {more} more") };
        let mut answer = Self::new(reason, format!("{}{rest}", shown.join("; ")));

        // A reason that belongs to another cause (a limit, a state) would bring that cause's code,
        // but an invalid field is always INVALID_ARGUMENT.
        answer.code = Code::InvalidArgument;
        answer = answer.with("violations", found.len().to_string());
        answer.details.fields(found);
        answer
    }
}

impl From<Violation> for Status {
    fn from(found: Violation) -> Self {
        Status::from(Violations::from(found))
    }
}

impl From<Violations> for Status {
    fn from(found: Violations) -> Self {
        Answer::from(found).into_status()
    }
}

/// Every way in which a verb can fail. A refusal has its own reason.
impl From<engine::Error> for Answer {
    fn from(error: engine::Error) -> Self {
        match error {
            engine::Error::Refused(refusal) => Self::from(refusal),
            engine::Error::Missing { kind, name } => missing(kind, &name),
            engine::Error::Exists { kind, name } => exists(kind, &name),
            engine::Error::Stale { name } => stale(&name),
            engine::Error::Invalid(found) => Self::from(found),
            fault @ engine::Error::Fault(_) => internal(&fault),
            engine::Error::Store(error) => Self::from(error),
        }
    }
}

impl From<engine::Error> for Status {
    fn from(error: engine::Error) -> Self {
        Answer::from(error).into_status()
    }
}

impl From<store::Error> for Answer {
    fn from(error: store::Error) -> Self {
        use store::Error;
        match &error {
            Error::Unavailable(cause) => {
                log(&error, "the database is unavailable");
                let message = match cause.is_full_pool() {
                    true => "all connections to the database are busy now; try again shortly",
                    false => "the database can't be reached now; try again shortly",
                };
                Self::new(Reason::ServiceUnavailable, message).retry(UNAVAILABLE_RETRY)
            }
            Error::Interrupted(_) => {
                log(&error, "the database ended a statement");
                Self::new(Reason::ServiceUnavailable, "the database ended the statement; try again")
                    .retry(UNAVAILABLE_RETRY)
            }
            Error::Exhausted(_) => {
                log(&error, "the database has no resources left");
                let message =
                    "the database has no disk space, memory or other resources left; try again later";
                Self::new(Reason::ServiceUnavailable, message).retry(EXHAUSTED_RETRY)
            }
            Error::Conflict(_) => Self::new(Reason::Conflict, "conflicted with a concurrent request; retry")
                .retry(CONFLICT_RETRY),
            Error::Timeout(_) => {
                log(&error, "a statement took too long");
                Self::new(Reason::StatementTimeout, "the request took longer than the server allows")
            }
            Error::Crowded => {
                let message = "the organization's other calls use all connections that it may have now";
                Self::new(Reason::TooManyCalls, message).retry(CROWDED_RETRY)
            }
            // Statements handle expected duplicates themselves, so one that gets here is a bug of
            // ours.
            Error::Duplicate { .. } | Error::Inconsistent { .. } | Error::Other(_) => internal(&error),
        }
    }
}

impl From<store::Error> for Status {
    fn from(error: store::Error) -> Self {
        Answer::from(error).into_status()
    }
}

/// A bug of ours: logged in full, and answered with a neutral sentence and the request id.
pub fn internal(error: &dyn std::error::Error) -> Answer {
    log(error, "a request failed");
    let mut answer = Answer::new(Reason::InternalFault, "internal error; quote the request id to support");
    if let Some(id) = request_id::current() {
        answer.details.request(&id);
        answer = answer.with("request_id", id);
    }
    answer
}

/// A key is missing, unknown, revoked or expired. All have the same answer, so that probing reveals
/// nothing.
pub fn unauthenticated() -> Status {
    let message =
        "a valid API key or token is required: send the header \"authorization: Bearer <key or token>\"";
    Answer::new(Reason::CredentialsInvalid, message).into_status()
}

/// A token isn't accepted. Only who shows one with the provider's signature is told why.
pub fn token_refused(why: tokens::Refused) -> Status {
    let answer = match why {
        tokens::Refused::Unknown => return unauthenticated(),
        tokens::Refused::Expired => {
            Answer::new(Reason::TokenExpired, "the token has expired; get a fresh one from its provider")
        }
        tokens::Refused::Claim { claim, rule } => {
            let message = format!("the token isn't accepted: its claim {claim} {rule}");
            Answer::new(Reason::TokenRejected, message).with("claim", claim)
        }
        tokens::Refused::NoKeys => {
            let message = "the keys that verify tokens can't be read now; try again shortly";
            Answer::new(Reason::ServiceUnavailable, message).retry(TOKEN_KEYS_RETRY)
        }
    };
    answer.into_status()
}

/// The caller's organization is suspended.
pub fn organization_suspended() -> Status {
    let message = "the organization is suspended; only the operator of the server can resume it";
    Answer::new(Reason::OrganizationSuspended, message).into_status()
}

/// The caller's roles don't allow the call; `allowed` are the roles that do.
pub fn role_required(allowed: &[Role]) -> Status {
    lacks_role(allowed, "").into_status()
}

/// Like [`role_required`], with what would allow the call without one of the roles. Can be empty.
fn lacks_role(allowed: &[Role], unless: &str) -> Answer {
    let allowed: Vec<&str> = allowed.iter().map(|role| role.as_str()).collect();
    let allowed = allowed.join(", ");
    let message = format!("this call requires one of the roles {allowed}{unless}");
    Answer::new(Reason::RoleRequired, message).with("allowed_roles", allowed)
}

/// The organization has no resource with this name. Resources of other organizations get the same
/// answer.
pub fn missing(kind: Kind, name: &str) -> Answer {
    Answer::new(Reason::ResourceNotFound, format!("{name} doesn't exist")).about(kind, name)
}

/// The id is taken, possibly by a deleted resource.
fn exists(kind: Kind, name: &str) -> Answer {
    let deleted = if kind == Kind::Sequence { ", possibly deleted" } else { "" };
    Answer::new(Reason::ResourceExists, format!("{name} already exists{deleted}")).about(kind, name)
}

/// The given etag isn't the current one of `name`.
fn stale(name: &str) -> Answer {
    Answer::new(Reason::EtagMismatch, format!("{name} has changed since its etag was read; read it again"))
        .with("resource", name)
}
/// The bytes aren't a valid request; `why` is the decoder's message.
pub fn malformed(why: &str) -> Status {
    Answer::new(Reason::MalformedRequest, format!("the request can't be read: {why}")).into_status()
}

/// The message is larger than the server accepts.
pub fn too_large(most: usize) -> Status {
    let most = i64::try_from(most).unwrap_or(i64::MAX);
    Answer::new(
        Reason::MessageTooLarge,
        format!("the message is larger than {most} bytes; split the request"),
    )
    .quota("request", "max_message_bytes", most)
    .into_status()
}

/// The RPC doesn't exist, or the message's compression is unknown.
pub fn not_served(message: impl Into<String>) -> Status {
    Answer::new(Reason::NotServed, message).into_status()
}

/// The caller's own deadline has passed.
pub fn deadline_passed() -> Status {
    let message = "the deadline passed before there was an answer; with a request_id it is safe to retry";
    Answer::new(Reason::DeadlinePassed, message).into_status()
}

/// The organization exceeds its rate; `after` is the time until its next call is accepted.
pub fn rate_limited(calls_per_second: u32, after: Duration) -> Status {
    let message = format!("the organization exceeds {calls_per_second} calls per second");
    Answer::new(Reason::RateLimited, message)
        .quota("organization", "calls_per_second", calls_per_second.into())
        .retry(after)
        .into_status()
}

/// Too many streams that need no key are open.
pub fn too_many_open_streams(most: usize) -> Status {
    Answer::new(Reason::TooManyStreams, format!("{most} streams are already open; close one first"))
        .with("value", most.to_string())
        .retry(STREAMS_RETRY)
        .into_status()
}

/// Requests or answers (`what`) of the connection, organization or server (`whose`) take more than
/// half of `most` bytes.
pub fn too_much_in_flight(what: &str, whose: &str, limit: &str, most: usize) -> Status {
    let half = most / 2;
    let message = format!(
        "{what} of the {whose} take more than {half} bytes, half of {limit}; \
         send fewer requests at a time, and read the answers that came first"
    );
    let most = i64::try_from(most).unwrap_or(i64::MAX);
    Answer::new(Reason::TooMuchInFlight, message)
        .quota(whose, limit, most)
        .retry(IN_FLIGHT_RETRY)
        .into_status()
}

/// The request's body didn't arrive in this time.
pub fn request_incomplete(limit: Duration) -> Status {
    let message = format!("the request must arrive whole within {limit:?}");
    Answer::new(Reason::RequestIncomplete, message).into_status()
}

/// The stream ends because a newer one of the same seller took its place. Without a time to try
/// again: the client would only end another stream.
pub fn too_many_streams(most: usize) -> Status {
    let message = format!("a newer stream took the place of this one; at most {most} may be open");
    Answer::new(Reason::TooManyStreams, message).with("value", most.to_string()).into_status()
}

/// A stream ends because the server stops or the stream is old. The client should reopen it at
/// once, with its token.
pub fn drained() -> Status {
    let message = "the stream ends here; reopen it with the last resume token";
    Answer::new(Reason::StreamDrained, message).retry(Duration::ZERO).into_status()
}

/// Logs a failure and all its causes with the request id.
fn log(error: &dyn std::error::Error, message: &'static str) {
    let id = request_id::current().unwrap_or_default();
    // Our errors name their cause only as a source.
    let mut causes = error.to_string();
    let mut source = error.source();
    while let Some(cause) = source {
        causes = format!("{causes}: {cause}");
        source = cause.source();
    }
    tracing::error!(request.id = id, error = causes, "{message}");
}

#[cfg(test)]
mod tests;
