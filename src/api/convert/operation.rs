//! Operations on the wire.

use prost::Message;
use prost_types::Any;
use tonic::Code;

use super::{timestamp, words};
use crate::api::pb;
use crate::api::pb::longrunning;
use crate::api::pb::longrunning::operation::Result as Ended;
use crate::api::pb::operation_metadata::Kind;
use crate::domain::attribute::AttributeType;
use crate::domain::condition::Subject;
use crate::domain::id::OperationId;
use crate::domain::names;
use crate::domain::operation::{Operation, OperationKind, OperationState};
use crate::domain::violation::Violation;

/// `operations/{operation}`; empty if there is none.
pub fn name(operation: Option<OperationId>) -> String {
    operation.map(|id| names::OPERATION.uuid_name(id.0)).unwrap_or_default()
}

/// Reads `operations/{operation}`.
pub fn id(field: &str, text: &str) -> Result<OperationId, Violation> {
    names::OPERATION.parse_uuid(field, text).map(OperationId)
}

/// The fields that filters of operations can use.
pub fn subject() -> Subject {
    let fields = [
        ("kind", AttributeType::String),
        ("target", AttributeType::String),
        ("done", AttributeType::Bool),
        ("create_time", AttributeType::Timestamp),
        ("end_time", AttributeType::Timestamp),
    ];
    Subject::new("operation", fields).one_of("kind", words("upnext.v1.OperationMetadata.Kind"))
}

/// Converts an operation.
pub fn operation(operation: &Operation) -> longrunning::Operation {
    longrunning::Operation {
        name: names::OPERATION.uuid_name(operation.id.0),
        metadata: Some(any("OperationMetadata", &metadata(operation))),
        done: operation.end_time.is_some(),
        result: ended(operation),
    }
}

fn metadata(operation: &Operation) -> pb::OperationMetadata {
    let kind = match operation.kind {
        OperationKind::BackfillSegment => Kind::BackfillSegment,
        OperationKind::FeedSequence => Kind::FeedSequence,
        OperationKind::ExitEnrollments => Kind::ExitEnrollments,
        OperationKind::EraseAttribute => Kind::EraseAttribute,
        OperationKind::RefreshActivities => Kind::RefreshActivities,
        OperationKind::AssignMembers => Kind::AssignMembers,
        OperationKind::SettleEnrollments => Kind::SettleEnrollments,
        OperationKind::ActOnEnrollments => Kind::ActOnEnrollments,
        OperationKind::EnrollRecords => Kind::EnrollRecords,
        OperationKind::RefreshWaits => Kind::RefreshWaits,
        OperationKind::PlanFlips => Kind::PlanFlips,
        OperationKind::IndexReferences => Kind::IndexReferences,
        OperationKind::IndexAttributes => Kind::IndexAttributes,
        OperationKind::RankActivities => Kind::RankActivities,
        OperationKind::ReassignRecords => Kind::ReassignRecords,
    };

    pb::OperationMetadata {
        kind: kind.into(),
        target: operation.target_name.clone(),
        total_count: operation.total,
        done_count: operation.done,
        failed_count: operation.failed,
        create_time: Some(timestamp(operation.create_time)),
        end_time: operation.end_time.map(timestamp),
    }
}

fn ended(operation: &Operation) -> Option<Ended> {
    match operation.state {
        OperationState::Running => None,
        OperationState::Succeeded => {
            let result = pb::OperationResult {
                done_count: operation.done,
                failed_count: operation.failed,
                enrolled_count: operation.enrolled,
            };
            Some(Ended::Response(any("OperationResult", &result)))
        }
        OperationState::Canceled => {
            let message = "the operation was canceled; what it did stays".to_owned();
            let code = Code::Cancelled as i32;
            Some(Ended::Error(tonic_types::pb::Status { code, message, details: Vec::new() }))
        }
    }
}

fn any(name: &str, message: &impl Message) -> Any {
    Any { type_url: format!("type.googleapis.com/upnext.v1.{name}"), value: message.encode_to_vec() }
}
