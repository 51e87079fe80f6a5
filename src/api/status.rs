//! The only place that makes a `Status`: which code, reason and details each failure has on the
//! wire.
//!
//! Driver text never leaves the server: an unexpected failure is logged here, once and whole, and
//! the caller gets a neutral sentence with the id under which it was logged.

mod details;
mod refusals;

use std::time::Duration;

use tonic::{Code, Status};

use super::request_id;
use crate::domain::refusal::Reason;
use crate::domain::violation::Violations;
use crate::engine::{self, Kind};
use crate::measures;
use crate::store;
use details::Details;

/// Where a status stands in an answer: what a browser must be let to read.
pub const EXPOSED_HEADERS: [&str; 3] = ["grpc-status", "grpc-message", "grpc-status-details-bin"];

/// What a caller waits before sending a request again that met another transaction.
const CONFLICT_RETRY: Duration = Duration::from_millis(50);
/// What a caller waits before asking a server again that couldn't reach its database.
const UNAVAILABLE_RETRY: Duration = Duration::from_secs(1);
/// What a seller's client waits before opening a stream again that was one too many.
const STREAMS_RETRY: Duration = Duration::from_secs(10);
/// Violations that the message itself repeats; the details have them all.
const VIOLATIONS_IN_MESSAGE: usize = 3;

/// A failure as the caller sees it, before it is encoded as a `Status` or as the result of one item
/// of a batch.
#[derive(Clone, Debug)]
pub struct Answer {
    code: Code,
    reason: Reason,
    message: String,
    details: Details,
}

impl Answer {
    /// Starts from a reason, whose code the published enum fixes, and a sentence without a full
    /// stop.
    pub fn new(reason: Reason, message: impl Into<String>) -> Self {
        Self {
            code: code(reason),
            reason,
            message: details::short(message.into()),
            details: Details::new(reason),
        }
    }

    /// Repeats a dynamic part of the message for machines.
    #[must_use]
    pub fn with(mut self, key: &str, value: impl Into<String>) -> Self {
        self.details.metadata(key, value.into());
        self
    }

    /// Says which resource is missing or in the way.
    #[must_use]
    pub fn about(mut self, kind: Kind, name: &str) -> Self {
        self.details.resource(kind.as_str(), name, &self.message);
        self
    }

    /// Says that the state of `subject`, a resource name, forbids the call.
    #[must_use]
    pub fn precondition(mut self, subject: &str) -> Self {
        self.details.precondition(subject, &self.message);
        self
    }

    /// Says which limit of `subject`, a resource name, is reached, and its value.
    #[must_use]
    pub fn quota(mut self, subject: &str, limit: &str, value: i64) -> Self {
        self.details.quota(subject, limit, value, &self.message);
        self.with("limit", limit).with("value", value.to_string())
    }

    /// Says that the same request may be sent again, and when.
    #[must_use]
    pub fn retry(mut self, after: Duration) -> Self {
        self.details.retry(after);
        self
    }

    /// One item's result in a batch.
    pub fn into_item(self) -> tonic_types::pb::Status {
        self.encoded(details::ITEM_VIOLATION_BYTES)
    }

    /// The answer to a whole call.
    pub fn into_status(self) -> Status {
        let (code, room) = (self.code, details::trailer_room(&self.message));
        let whole = self.encoded(room);
        let encoded = prost::Message::encode_to_vec(&whole);
        Status::with_details(code, whole.message, encoded.into())
    }

    /// Counts it, and tells as many violations as have these bytes.
    fn encoded(self, violation_bytes: usize) -> tonic_types::pb::Status {
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

/// All fields that are wrong: the reason is theirs if they share one.
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
        // A reason that some other cause owns (a limit, a state) would bring its code; a field is
        // always an argument.
        answer.code = Code::InvalidArgument;
        answer = answer.with("violations", found.len().to_string());
        answer.details.fields(found);
        answer
    }
}

impl From<Violations> for Status {
    fn from(found: Violations) -> Self {
        Answer::from(found).into_status()
    }
}

/// Every way in which a verb can fail; the reason of a refusal is the refusal's own.
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
            Error::Unavailable(_) => {
                log(&error, "the database is unavailable");
                Self::new(Reason::ServiceUnavailable, "the database can't be reached now; try again shortly")
                    .retry(UNAVAILABLE_RETRY)
            }
            Error::Conflict(_) => {
                Self::new(Reason::Conflict, "another request was in the way; send this one again")
                    .retry(CONFLICT_RETRY)
            }
            Error::Timeout(_) => {
                log(&error, "a statement took too long");
                Self::new(Reason::StatementTimeout, "the request took longer than the server allows")
            }
            // An expected duplicate is told by the statement itself; one that gets here is a
            // mistake of ours.
            Error::Duplicate { .. } | Error::Inconsistent { .. } | Error::Other(_) => internal(&error),
        }
    }
}

impl From<store::Error> for Status {
    fn from(error: store::Error) -> Self {
        Answer::from(error).into_status()
    }
}

/// A fault of ours: logged whole, answered with a neutral sentence and the id to look for.
pub fn internal(error: &dyn std::error::Error) -> Answer {
    log(error, "a request failed");
    let mut answer =
        Answer::new(Reason::InternalFault, "the server failed; the request id finds this in its log");
    if let Some(id) = request_id::current() {
        answer.details.request(&id);
        answer = answer.with("request_id", id);
    }
    answer
}

/// No key, or one that is unknown, revoked or expired: the same words for all, so that nothing is
/// learnt by trying.
pub fn unauthenticated() -> Status {
    let message = "a valid key is needed: send the header \"authorization: Bearer <key>\"";
    Answer::new(Reason::CredentialsInvalid, message).into_status()
}

/// The caller's roles don't allow the call; `allowed` are those that do.
pub fn role_required(allowed: &[&str]) -> Status {
    let allowed = allowed.join(", ");
    let message = format!("this call needs one of the roles {allowed}");
    Answer::new(Reason::RoleRequired, message).with("allowed_roles", allowed).into_status()
}

/// Nothing of this name exists for the caller's organization, which is also said of another
/// organization's.
pub fn missing(kind: Kind, name: &str) -> Answer {
    Answer::new(Reason::ResourceNotFound, format!("{name} doesn't exist")).about(kind, name)
}

/// The id is taken, perhaps by something deleted.
fn exists(kind: Kind, name: &str) -> Answer {
    let deleted = if kind == Kind::Sequence { ", perhaps deleted" } else { "" };
    Answer::new(Reason::ResourceExists, format!("{name} exists already{deleted}")).about(kind, name)
}

/// The etag given isn't that of `name` as it stands.
fn stale(name: &str) -> Answer {
    Answer::new(Reason::EtagMismatch, format!("{name} has changed since its etag was read; read it again"))
        .with("resource", name)
}
/// The bytes that came are no request; `why` is the decoder's word.
pub fn malformed(why: &str) -> Status {
    Answer::new(Reason::MalformedRequest, format!("the request can't be read: {why}")).into_status()
}

/// The message is larger than this server takes.
pub fn too_large(most: usize) -> Status {
    let most = i64::try_from(most).unwrap_or(i64::MAX);
    Answer::new(
        Reason::MessageTooLarge,
        format!("the message is larger than {most} bytes; send less at a time"),
    )
    .quota("request", "max_message_bytes", most)
    .into_status()
}

/// There is no such RPC, or the message is packed in a way that nobody here knows.
pub fn not_served(message: impl Into<String>) -> Status {
    Answer::new(Reason::NotServed, message).into_status()
}

/// The caller's own deadline is over.
pub fn deadline_passed() -> Status {
    let message =
        "the caller's deadline passed before there was an answer; a request_id makes it safe to ask again";
    Answer::new(Reason::DeadlinePassed, message).into_status()
}

/// The organization calls more often than it may; `after` is how long until its next call is taken.
pub fn rate_limited(calls_per_second: u32, after: Duration) -> Status {
    let message = format!("the organization makes more than {calls_per_second} calls a second");
    Answer::new(Reason::RateLimited, message)
        .quota("organization", "calls_per_second", calls_per_second.into())
        .retry(after)
        .into_status()
}

/// A seller has too many streams open.
pub fn too_many_streams(most: usize) -> Status {
    Answer::new(Reason::TooManyStreams, format!("{most} streams are open already, close one first"))
        .with("value", most.to_string())
        .retry(STREAMS_RETRY)
        .into_status()
}

/// A stream ends because the server stops or the stream is old; the client opens it again at once,
/// with its token.
pub fn drained() -> Status {
    let message = "the stream ends here; open it again with the last resume token";
    Answer::new(Reason::StreamDrained, message).retry(Duration::ZERO).into_status()
}

/// Logs a failure with all its causes under the request's id.
fn log(error: &dyn std::error::Error, message: &'static str) {
    let id = request_id::current().unwrap_or_default();
    let mut causes = error.to_string();
    let mut source = error.source();
    while let Some(cause) = source {
        causes = format!("{causes}: {cause}");
        source = cause.source();
    }
    tracing::error!(request.id = id, error = causes, "{message}");
}

/// The code that the published enum gives to a reason.
pub fn code(reason: Reason) -> Code {
    use Reason::*;
    match reason {
        FieldsInvalid
        | FieldRequired
        | FieldInvalid
        | FieldTooLong
        | FieldImmutable
        | ResourceNameInvalid
        | ReferenceNotFound
        | UpdateMaskInvalid
        | PageTokenInvalid
        | ResumeTokenInvalid
        | RequestIdReused
        | ConditionInvalid
        | NotSupportedYet
        | WaitTooLong
        | WaitEmpty
        | StepIdDuplicate
        | SequenceHasNoSteps
        | SequenceEndsWithWait
        | TemplateUnknown
        | OutcomeRequired
        | OutcomeUnknown
        | AttributeUnknown
        | AttributeValueInvalid
        | MalformedRequest => Code::InvalidArgument,
        ResourceNotFound => Code::NotFound,
        ResourceExists => Code::AlreadyExists,
        EtagMismatch | Conflict => Code::Aborted,
        LimitExceeded | TooManyStreams | MessageTooLarge | RateLimited => Code::ResourceExhausted,
        SequenceNotActive
        | SequenceInUse
        | ResourceDeleted
        | SegmentAlreadyConnected
        | SegmentNotConnected
        | SegmentActive
        | RecordTypeMismatch
        | RecordClosed
        | AlreadyEnrolled
        | EnrollmentEnded
        | EnrollmentNotWaiting
        | ActivityClosed
        | AttributeTypeConflict
        | AttributeInUse
        | RecordTypeInUse
        | TemplateInUse
        | OperationDone => Code::FailedPrecondition,
        CredentialsInvalid => Code::Unauthenticated,
        RoleRequired => Code::PermissionDenied,
        ServiceUnavailable | StreamDrained => Code::Unavailable,
        StatementTimeout | DeadlinePassed => Code::DeadlineExceeded,
        NotServed => Code::Unimplemented,
        InternalFault => Code::Internal,
    }
}

#[cfg(test)]
mod tests;
