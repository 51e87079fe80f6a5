//! The `google.rpc` messages that explain an error, and how they are packed.

use std::time::Duration;

use prost::Message;
use prost_types::Any;
use tonic_types::pb::{
    BadRequest, ErrorInfo, PreconditionFailure, QuotaFailure, RequestInfo, ResourceInfo, RetryInfo,
    bad_request, precondition_failure, quota_failure,
};

use crate::api::page;
use crate::domain::reason::Reason;
use crate::domain::violation::Violations;

/// The value of `ErrorInfo.domain`.
const DOMAIN: &str = "upnext";

/// The most bytes of violations in one answer. Details travel in a trailer, as base64, and common
/// clients refuse trailers over 8 KiB. The metadata `violations` counts even those that didn't fit.
const VIOLATION_BYTES: usize = 4096;
/// The bytes of trailers that clients accept, without those of the other headers and details.
const TRAILER_BYTES: usize = 8192 - 1536;
/// The most bytes of violations in the result of one batch item, so that a thousand fit into one
/// message.
pub(super) const ITEM_VIOLATION_BYTES: usize = 1536;

/// The most bytes of one text in an answer. Most values are quoted short where they are refused;
/// this limits the others.
const TEXT_BYTES: usize = 1024;
/// The most bytes of one violation's path and of its description.
const FIELD_BYTES: usize = 256;
const DESCRIPTION_BYTES: usize = 768;

/// The bytes left for violations next to a message. The message travels twice: percent-encoded,
/// with three bytes for each byte that isn't ASCII, and again in the details, which are base64.
pub(super) fn trailer_room(message: &str) -> usize {
    let plain = message.bytes().filter(u8::is_ascii).count();
    let percent_encoded = plain + 3 * (message.len() - plain);
    // Base64 turns three bytes into four.
    let base64 = TRAILER_BYTES.saturating_sub(percent_encoded) / 4 * 3;
    // The details repeat the message.
    base64.saturating_sub(message.len()).min(VIOLATION_BYTES)
}

/// Shortens a text that wouldn't fit a trailer, and shows that it did.
pub(super) fn short(text: String) -> String {
    cut(text, TEXT_BYTES)
}

fn cut(mut text: String, most: usize) -> String {
    const MARK: &str = "…";
    if text.len() > most {
        // Never cut inside a character.
        text.truncate(text.floor_char_boundary(most - MARK.len()));
        text.push_str(MARK);
    }
    text
}

/// `ErrorInfo`, always, and whichever other details apply.
#[derive(Clone, Debug)]
pub(super) struct Details {
    info: ErrorInfo,
    violations: Violations,
    others: Vec<Any>,
}

impl Details {
    pub(super) fn new(reason: Reason) -> Self {
        let info = ErrorInfo {
            reason: reason.as_str().to_owned(),
            domain: DOMAIN.to_owned(),
            metadata: Default::default(),
        };
        Self { info, violations: Violations::new(), others: Vec::new() }
    }

    pub(super) fn metadata(&mut self, key: &str, value: String) {
        self.info.metadata.insert(key.to_owned(), short(value));
    }

    pub(super) fn resource(&mut self, kind: &str, name: &str, description: &str) {
        let resource = ResourceInfo {
            resource_type: kind.to_owned(),
            resource_name: short(name.to_owned()),
            owner: String::new(),
            description: description.to_owned(),
        };
        self.add("ResourceInfo", &resource);
    }

    pub(super) fn precondition(&mut self, subject: &str, description: &str) {
        let violation = precondition_failure::Violation {
            r#type: self.info.reason.clone(),
            subject: short(subject.to_owned()),
            description: description.to_owned(),
        };
        self.add("PreconditionFailure", &PreconditionFailure { violations: vec![violation] });
    }

    pub(super) fn quota(&mut self, subject: &str, limit: &str, value: i64, description: &str) {
        let violation = quota_failure::Violation {
            subject: short(subject.to_owned()),
            description: description.to_owned(),
            quota_id: limit.to_owned(),
            quota_value: value,
            ..Default::default()
        };
        self.add("QuotaFailure", &QuotaFailure { violations: vec![violation] });
    }

    pub(super) fn retry(&mut self, after: Duration) {
        let retry_delay = prost_types::Duration::try_from(after).ok();
        self.add("RetryInfo", &RetryInfo { retry_delay });
    }

    pub(super) fn request(&mut self, id: &str) {
        self.add("RequestInfo", &RequestInfo { request_id: id.to_owned(), serving_data: String::new() });
    }

    /// Adds violations, each with its own reason.
    pub(super) fn fields(&mut self, found: Violations) {
        self.violations = found;
    }

    /// All details, `ErrorInfo` first, with as many violations as fit into this many bytes.
    pub(super) fn into_any(self, violation_bytes: usize) -> Vec<Any> {
        let mut all = vec![packed("ErrorInfo", &self.info)];
        if !self.violations.is_empty() {
            let field_violations = field_violations(self.violations, violation_bytes);
            all.push(packed("BadRequest", &BadRequest { field_violations }));
        }
        all.extend(self.others);
        all
    }

    fn add(&mut self, name: &str, detail: &impl Message) {
        self.others.push(packed(name, detail));
    }
}

/// The first violations that fit into this many bytes.
fn field_violations(found: Violations, bytes: usize) -> Vec<bad_request::FieldViolation> {
    let encoded = found.into_iter().map(|violation| bad_request::FieldViolation {
        field: cut(violation.field, FIELD_BYTES),
        description: cut(violation.description, DESCRIPTION_BYTES),
        reason: violation.reason.as_str().to_owned(),
        localized_message: None,
    });
    page::within(bytes, encoded)
}

fn packed(name: &str, detail: &impl Message) -> Any {
    Any { type_url: format!("type.googleapis.com/google.rpc.{name}"), value: detail.encode_to_vec() }
}
