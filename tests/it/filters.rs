//! List filters that can never match are refused, with the values that can.

use serde_json::json;
use tonic::Code;

use super::support::refused::refused;
use super::support::stage::{Stage, each, list};

const SEGMENTS: &str = "SegmentService/ListSegments";
const SEQUENCES: &str = "SequenceService/ListSequences";
const ENROLLMENTS: &str = "EnrollmentService/ListEnrollments";
const ACTIVITIES: &str = "WorkQueueService/ListActivities";
const RECORDS: &str = "RecordService/ListRecords";

#[tokio::test]
async fn a_filter_for_an_impossible_value_is_refused_with_the_possible_ones() {
    let stage = Stage::new().await;
    let cases = [
        (SEGMENTS, "segment.state == \"OPEN\"", "expected one of DRAFT, ACTIVE, INACTIVE"),
        (SEQUENCES, "sequence.state == \"active\"", "expected one of DRAFT, ACTIVE, INACTIVE"),
        (
            ENROLLMENTS,
            "\"RUNNING\" != enrollment.state",
            "unknown state \"RUNNING\", expected one of PENDING, ACTIVE",
        ),
        (
            ENROLLMENTS,
            "enrollment.reason in [\"MANUAL\", \"BORED\"]",
            "unknown reason \"BORED\", expected one of MANUAL, RECORD_CLOSED",
        ),
        (ENROLLMENTS, "enrollment.source == \"\"", "unknown source \"\", expected one of MANUAL, SEGMENT"),
        (
            ACTIVITIES,
            "activity.kind == \"CALL\"",
            "unknown kind \"CALL\", expected one of EMAIL, PHONE_CALL, TASK",
        ),
        (ACTIVITIES, "activity.state == \"DUE\"", "unknown attribute state"),
        (RECORDS, "record.state == \"OPEN\"", "expected one of ACTIVE, CLOSED"),
        (
            SEGMENTS,
            "segment.connected_sequence == \"\"",
            "use !has(segment.connected_sequence) to match missing values",
        ),
        (ENROLLMENTS, "enrollment.record == \"\"", "!has(enrollment.record)"),
        (ACTIVITIES, "activity.record == \"\"", "!has(activity.record)"),
    ];

    for (method, filter, told) in cases {
        let mut request = json!({"filter": filter});
        if method == RECORDS {
            request["record_type"] = json!("lead");
        }
        let wrong = refused(stage.call(method, request).await);
        assert_eq!(wrong.code, Code::InvalidArgument, "{filter}");
        assert_eq!(wrong.fields(), [("filter", "CONDITION_INVALID")], "{filter}");
        assert!(wrong.message.contains(told), "{filter}: {}", wrong.message);
    }
}

#[tokio::test]
async fn segments_without_a_sequence_are_found_by_a_has_filter() {
    let stage = Stage::new().await;
    for id in ["fed", "idle"] {
        let segment = json!({"display_name": id, "condition": "record.id == \"x\""});
        stage.done("SegmentService/CreateSegment", json!({"segment_id": id, "segment": segment})).await;
    }

    stage.done("SegmentService/ConnectSequence", json!({"name": "fed", "sequence": "tasks"})).await;
    let cases = [
        ("!has(segment.connected_sequence)", ["segments/idle"]),
        ("segment.connected_sequence != \"tasks\"", ["segments/idle"]),
        ("segment.connected_sequence == \"tasks\"", ["segments/fed"]),
        ("segment.connected_sequence == \"sequences/tasks\"", ["segments/fed"]),
        ("segment.connected_sequence != \"sequences/tasks\"", ["segments/idle"]),
    ];
    for (filter, expected) in cases {
        let listed = list(&stage.done(SEGMENTS, json!({"filter": filter})).await, "/segments");
        assert_eq!(each(&listed, "name"), expected, "{filter}");
    }
}

#[tokio::test]
async fn all_problems_of_a_segment_update_are_reported_at_once() {
    let stage = Stage::new().await;
    let segment = json!({"display_name": "G", "condition": "true"});
    stage.done("SegmentService/CreateSegment", json!({"segment_id": "g", "segment": segment})).await;
    let change = json!({"name": "segments/g", "display_name": "", "condition": "record.nowhere == 1"});
    let mask = "displayName,condition";
    let request = json!({"segment": change, "update_mask": mask, "request_id": "no uuid"});
    let wrong = refused(stage.call("SegmentService/UpdateSegment", request).await);
    let mut fields = wrong.fields();
    fields.sort_unstable();

    let expected = [
        ("request_id", "FIELD_INVALID"),
        ("segment.condition", "CONDITION_INVALID"),
        ("segment.display_name", "FIELD_REQUIRED"),
    ];
    assert_eq!(fields, expected);
}
