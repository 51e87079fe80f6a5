//! What every answer must look like, whatever was sent.

use std::sync::LazyLock;

use prost::Message;
use prost_reflect::{DynamicMessage, ReflectMessage, Value};
use std::collections::BTreeSet;
use tonic::{Code, Status};
use tonic_types::pb::{BadRequest, ErrorInfo, Status as PbStatus};
use upnext::api::pb::DESCRIPTORS;

/// The published reasons.
static REASONS: LazyLock<BTreeSet<String>> = LazyLock::new(|| {
    let reasons = DESCRIPTORS.get_enum_by_name("upnext.v1.ErrorReason").expect("is published");
    reasons.values().filter(|value| value.number() != 0).map(|value| value.name().to_owned()).collect()
});

/// What no request can be guilty of.
const OURS: [Code; 6] = [
    Code::Internal,
    Code::Unknown,
    Code::DataLoss,
    Code::Unavailable,
    Code::DeadlineExceeded,
    Code::Cancelled,
];

/// What is wrong with a refusal; none if it is one that a client can act on.
pub fn refusal(status: &Status) -> Option<String> {
    let details = match PbStatus::decode(status.details()) {
        Ok(details) if status.details().is_empty() => details,
        Ok(details)
            if (details.code, details.message.as_str()) == (status.code() as i32, status.message()) =>
        {
            details
        }
        Ok(_) => return Some("the details have another code or message".to_owned()),
        Err(error) => return Some(format!("the details can't be read: {error}")),
    };

    if status.details().len() > 8192 || status.message().len() > 4096 {
        return Some(format!("too large: {} and {} bytes", status.details().len(), status.message().len()));
    }
    judge(status.code(), &details)
}

fn judge(code: Code, details: &PbStatus) -> Option<String> {
    if OURS.contains(&code) {
        return Some(format!("{code:?} is the server's fault"));
    }
    let find = |name: &str| details.details.iter().find(|any| any.type_url.ends_with(name));
    let Some(info) = find("google.rpc.ErrorInfo") else { return Some("no ErrorInfo".to_owned()) };
    let info = ErrorInfo::decode(info.value.as_slice()).expect("decodes");

    if info.domain != "upnext" || !REASONS.contains(&info.reason) {
        return Some(format!("unknown reason {} of {}", info.reason, info.domain));
    }
    if details.message.is_empty() {
        return Some("no message".to_owned());
    }
    if code == Code::InvalidArgument && info.reason != "MALFORMED_REQUEST" {
        let Some(bad) = find("google.rpc.BadRequest") else { return Some("no BadRequest".to_owned()) };
        let bad = BadRequest::decode(bad.value.as_slice()).expect("decodes");
        let unnamed = |found: &tonic_types::pb::bad_request::FieldViolation| {
            found.field.is_empty() || found.description.is_empty() || !REASONS.contains(&found.reason)
        };
        if bad.field_violations.is_empty() || bad.field_violations.iter().any(unnamed) {
            return Some(format!("violations without field, description or reason: {bad:?}"));
        }
        let mut said = BTreeSet::new();
        let twice = bad.field_violations.iter().find(|found| {
            // Two paths that had to be cut may have begun alike.
            !said.insert((&found.field, &found.description)) && !found.field.ends_with('…')
        });
        if let Some(found) = twice {
            return Some(format!("said twice: {found:?}"));
        }
    }
    None
}

/// What is wrong with the errors of a batch's items.
pub fn items(answer: &DynamicMessage) -> Option<String> {
    answer.fields().find_map(|(_, value)| item(value))
}

fn item(value: &Value) -> Option<String> {
    match value {
        Value::Message(message) if message.descriptor().full_name() == "google.rpc.Status" => {
            let status = PbStatus::decode(message.encode_to_vec().as_slice()).expect("is a status");
            let code = Code::from(status.code);
            // An operation that was canceled says so in this way.
            (!matches!(code, Code::Ok | Code::Cancelled)).then(|| judge(code, &status)).flatten()
        }
        Value::Message(message) => items(message),
        Value::List(values) => values.iter().find_map(item),
        _ => None,
    }
}
