//! What a refusal says, read from its details.

use prost::Message;
use tonic::{Code, Status};
use tonic_types::pb::{BadRequest, ErrorInfo, Status as PbStatus};

/// A refusal, for comparisons.
#[derive(Debug)]
pub struct Refused {
    /// The gRPC code.
    pub code: Code,
    /// `ErrorInfo.reason`.
    pub reason: String,
    /// `ErrorInfo.metadata`.
    pub metadata: std::collections::BTreeMap<String, String>,
    /// Field, reason and description of each violation.
    pub violations: Vec<(String, String, String)>,
    /// The message.
    pub message: String,
}

impl Refused {
    /// Reads the details of a call's status.
    pub fn of(status: &Status) -> Self {
        let details = PbStatus::decode(status.details()).unwrap_or_default();
        Self::of_item(status.code(), &PbStatus { message: status.message().to_owned(), ..details })
    }

    /// Reads the details of one item's status.
    pub fn of_item(code: Code, status: &PbStatus) -> Self {
        let detail = |name: &str| {
            let any = status.details.iter().find(|any| any.type_url.ends_with(name));
            any.map(|any| any.value.clone()).unwrap_or_default()
        };
        let info = ErrorInfo::decode(detail("google.rpc.ErrorInfo").as_slice()).unwrap_or_default();
        let bad = BadRequest::decode(detail("google.rpc.BadRequest").as_slice()).unwrap_or_default();
        assert_eq!(info.domain, "upnext", "every refusal has an ErrorInfo of ours: {status:?}");

        let violation = |found: tonic_types::pb::bad_request::FieldViolation| {
            (found.field, found.reason, found.description)
        };
        Self {
            code,
            reason: info.reason,
            metadata: info.metadata.into_iter().collect(),
            violations: bad.field_violations.into_iter().map(violation).collect(),
            message: status.message.clone(),
        }
    }

    /// The fields that are wrong, each with its reason.
    pub fn fields(&self) -> Vec<(&str, &str)> {
        self.violations.iter().map(|(field, reason, _)| (field.as_str(), reason.as_str())).collect()
    }
}

/// The refusal of a call that must fail.
pub fn refused<T: std::fmt::Debug>(answer: Result<T, Status>) -> Refused {
    Refused::of(&answer.expect_err("must be refused"))
}
