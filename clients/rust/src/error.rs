//! What a call that failed says: its code, its reason, and every violation.

use std::collections::BTreeMap;
use std::time::Duration;

use prost::Message;
use tonic::{Code, Status};
use tonic_types::pb;

use crate::v1::ErrorReason;

/// A call failed. Decide by `code` and `reason`, never by the text. Made of a `tonic::Status`.
#[derive(Clone, Debug, thiserror::Error)]
#[error("{code:?} {}: {message}", if reason.is_empty() { "(no answer)" } else { reason })]
pub struct Error {
    /// What kind of failure.
    pub code: Code,
    /// For people.
    pub message: String,
    /// A name of `ErrorReason`; "" if the server never answered: then the way to it failed.
    pub reason: String,
    /// What the reason's comment promises.
    pub metadata: BTreeMap<String, String>,
    /// May be cut by the server; `metadata["violations"]` has their number.
    pub violations: Vec<Violation>,
    /// When to try again.
    pub retry_after: Option<Duration>,
}

/// One field that is wrong.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Violation {
    /// Its path.
    pub field: String,
    /// A name of `ErrorReason`.
    pub reason: String,
    /// For people.
    pub description: String,
}

impl Error {
    /// Whether it failed for this reason.
    pub fn is(&self, reason: ErrorReason) -> bool {
        self.reason == reason.as_str_name()
    }

    /// The error of a batch's item or of an operation, the same as a call's.
    pub fn from_proto(status: &pb::Status) -> Self {
        let mut error = Self {
            code: Code::from(status.code),
            message: status.message.clone(),
            reason: String::new(),
            metadata: BTreeMap::new(),
            violations: Vec::new(),
            retry_after: None,
        };
        for detail in &status.details {
            error.read(detail.type_url.rsplit('/').next().unwrap_or_default(), &detail.value);
        }
        error
    }

    fn read(&mut self, name: &str, value: &[u8]) {
        if let ("google.rpc.ErrorInfo", Ok(info)) = (name, pb::ErrorInfo::decode(value)) {
            self.reason = info.reason;
            self.metadata = info.metadata.into_iter().collect();
        } else if let ("google.rpc.BadRequest", Ok(request)) = (name, pb::BadRequest::decode(value)) {
            let read = |v: pb::bad_request::FieldViolation| Violation {
                field: v.field,
                reason: v.reason,
                description: v.description,
            };
            self.violations = request.field_violations.into_iter().map(read).collect();
        } else if let ("google.rpc.RetryInfo", Ok(retry)) = (name, pb::RetryInfo::decode(value)) {
            self.retry_after = retry.retry_delay.and_then(|delay| delay.try_into().ok());
        }
    }
}

impl From<&Status> for Error {
    fn from(status: &Status) -> Self {
        let details = pb::Status::decode(status.details()).map(|packed| packed.details).unwrap_or_default();
        Self::from_proto(&pb::Status {
            code: status.code() as i32,
            message: status.message().to_owned(),
            details,
        })
    }
}

impl From<Status> for Error {
    fn from(status: Status) -> Self {
        Self::from(&status)
    }
}
