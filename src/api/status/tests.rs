use prost::Message as _;
use tonic_types::pb::{BadRequest, PreconditionFailure, QuotaFailure, RequestInfo, ResourceInfo, RetryInfo};
use tonic_types::{ErrorDetails, StatusExt};

use super::*;
use crate::api::pb;
use crate::domain::refusal::Refusal;
use crate::domain::violation::Violation;
use crate::store::Error;

/// The details as a client library reads them.
fn read(status: &Status) -> ErrorDetails {
    let details = status.get_error_details();
    let info = details.error_info().expect("every error has one");
    assert_eq!(info.domain, "upnext");
    details
}

fn reason(status: &Status) -> String {
    read(status).error_info().expect("checked").reason.clone()
}

/// Decodes one detail by hand: the library's own types leave out the reason of a field.
fn detail<M: prost::Message + Default>(status: &Status, name: &str) -> Option<M> {
    let encoded = tonic_types::pb::Status::decode(status.details()).expect("details are a google.rpc.Status");
    assert_eq!((encoded.code, encoded.message.as_str()), (status.code() as i32, status.message()));
    let url = format!("type.googleapis.com/google.rpc.{name}");
    let found = encoded.details.into_iter().find(|detail| detail.type_url == url)?;
    Some(M::decode(found.value.as_slice()).expect("decodes"))
}

/// The first word of each value's comment in `error_reason.proto`, which is its code.
fn published() -> Vec<(String, String)> {
    let reasons = pb::DESCRIPTORS.get_enum_by_name("upnext.v1.ErrorReason").expect("published");
    let file = reasons.parent_file();
    let locations =
        &file.file_descriptor_proto().source_code_info.as_ref().expect("our files have comments").location;

    let comment = |path: &[i32]| {
        let location =
            locations.iter().find(|location| location.path == path).expect("every value has a place");
        location.leading_comments().trim().to_owned()
    };

    let values = reasons.values().filter(|value| value.number() != 0);
    values
        .map(|value| {
            let comment = comment(value.path());
            let code = comment.split_once('.').map_or("", |(code, _)| code);
            (value.name().to_owned(), code.to_owned())
        })
        .collect()
}

#[test]
fn reasons_are_the_published_ones_with_the_codes_that_their_comments_promise() {
    let upper = |code: Code| {
        format!("{code:?}").chars().fold(String::new(), |words, letter| {
            let gap = if letter.is_uppercase() && !words.is_empty() { "_" } else { "" };
            format!("{words}{gap}{}", letter.to_ascii_uppercase())
        })
    };
    let ours: Vec<_> =
        Reason::ALL.iter().map(|reason| (reason.as_str().to_owned(), upper(code(*reason)))).collect();
    assert_eq!(ours, published());
}

#[test]
fn all_violations_are_told_and_their_shared_reason_is_the_answers() {
    let mut found = Violations::one("sequence.display_name", Reason::FieldRequired, "must be given");
    let status = Status::from(found.clone());
    assert_eq!((status.code(), reason(&status).as_str()), (Code::InvalidArgument, "FIELD_REQUIRED"));
    assert_eq!(status.message(), "sequence.display_name: must be given");

    found.push("sequence.steps[1].wait.delay", Reason::WaitTooLong, "must be at most 30 days");
    let status = Status::from(found);
    assert_eq!(reason(&status), "FIELDS_INVALID");
    assert_eq!(read(&status).error_info().expect("checked").metadata["violations"], "2");
    let fields: BadRequest = detail(&status, "BadRequest").expect("fields");
    let told: Vec<_> =
        fields.field_violations.iter().map(|told| (told.field.as_str(), told.reason.as_str())).collect();
    assert_eq!(
        told,
        [("sequence.display_name", "FIELD_REQUIRED"), ("sequence.steps[1].wait.delay", "WAIT_TOO_LONG")]
    );
}

#[test]
fn a_thousand_violations_still_fit_a_trailer() {
    let found: Violations = (0..1000)
        .map(|index| Violation::new(format!("records[{index}].id"), Reason::FieldRequired, "must be given"))
        .collect();
    let status = Status::from(found);
    assert!(status.details().len() < 6000, "{}", status.details().len());
    assert!(status.message().ends_with("; and 997 more"));
    assert_eq!(read(&status).error_info().expect("checked").metadata["violations"], "1000");
}

#[test]
fn whatever_a_caller_makes_a_refusal_quote_fits_a_trailer() {
    let huge = || "\u{10ffff}".repeat(100_000);
    let field = format!("record_type.attributes[{:?}]", huge());
    let statuses = [
        Status::from(Violations::one(field, Reason::FieldInvalid, huge())),
        missing(Kind::Sequence, &huge()).into_status(),
        Answer::from(Refusal::SequenceInUse { open_enrollments: 1, connected_segments: vec![huge()] })
            .into_status(),
        Answer::from(Refusal::RecordClosed { record: huge() }).into_status(),
    ];
    for status in statuses {
        let (details, message) = (status.details().len(), status.message().len());
        assert!(details < 6000 && message <= 1024, "{details} and {message} bytes");
        assert!(status.message().ends_with('…'));
        // Texts are cut between characters, and a violation that is too long is still reported.
        let _ = read(&status);
    }
    let status = Status::from(Violations::one(huge(), Reason::FieldInvalid, huge()));
    let fields: BadRequest = detail(&status, "BadRequest").expect("fields");
    assert_eq!(fields.field_violations.len(), 1);
}

#[test]
fn a_refusal_in_any_script_fits_the_headers_that_clients_take() {
    for text in ["x", "é", "漢", "𝕏"] {
        let wrong = |index| {
            let field = format!("attributes[{:?}]", text.repeat(60));
            Violation::new(field, Reason::AttributeUnknown, format!("{}{index}", text.repeat(150)))
        };
        let found: Violations = (0..60).map(wrong).collect();
        let response: http::Response<tonic::body::Body> = Status::from(found).into_http();
        // HTTP/2 counts 32 more bytes for each header.
        let header =
            |(name, value): (&http::HeaderName, &http::HeaderValue)| name.as_str().len() + value.len() + 32;
        let bytes: usize = response.headers().iter().map(header).sum();
        assert!(bytes <= 8192, "{bytes} bytes of {text}");
    }
}

#[test]
fn a_refusal_carries_what_the_table_promises() {
    let quota = Answer::new(Reason::LimitExceeded, "250 sequences are active, which is the limit")
        .quota("organizations/1", "active_sequences", 250)
        .into_status();
    assert_eq!((quota.code(), reason(&quota).as_str()), (Code::ResourceExhausted, "LIMIT_EXCEEDED"));
    let failure: QuotaFailure = detail(&quota, "QuotaFailure").expect("told");
    assert_eq!(
        (failure.violations[0].quota_id.as_str(), failure.violations[0].quota_value),
        ("active_sequences", 250)
    );
    assert_eq!(read(&quota).error_info().expect("checked").metadata["value"], "250");

    let state = Answer::new(Reason::SequenceNotActive, "sequences/a is a draft")
        .precondition("sequences/a")
        .with("state", "DRAFT")
        .into_status();
    let failure: PreconditionFailure = detail(&state, "PreconditionFailure").expect("told");
    assert_eq!(state.code(), Code::FailedPrecondition);
    assert_eq!(
        (failure.violations[0].r#type.as_str(), failure.violations[0].subject.as_str()),
        ("SEQUENCE_NOT_ACTIVE", "sequences/a")
    );

    let gone = missing(Kind::Sequence, "sequences/x").into_status();
    let resource: ResourceInfo = detail(&gone, "ResourceInfo").expect("told");
    assert_eq!(gone.code(), Code::NotFound);
    assert_eq!(
        (resource.resource_type.as_str(), resource.resource_name.as_str()),
        ("upnext.v1.Sequence", "sequences/x")
    );
}

#[test]
fn one_item_of_a_batch_fails_with_the_same_words_as_a_whole_call() {
    let item = stale("sequences/x").into_item();
    let status = stale("sequences/x").into_status();
    assert_eq!((item.code, item.message.as_str()), (Code::Aborted as i32, status.message()));
    assert_eq!(item.encode_to_vec(), status.details());
}

#[test]
fn database_failures_say_when_to_try_again_and_nothing_of_the_driver() {
    let secret = || sqlx::Error::Protocol("relation \"secret\" of 10.0.0.1".into()).into();
    let cases = [
        (Error::Unavailable(secret()), Code::Unavailable, "SERVICE_UNAVAILABLE", true),
        (Error::Conflict(secret()), Code::Unavailable, "CONFLICT", true),
        (Error::Crowded, Code::ResourceExhausted, "TOO_MANY_CALLS", true),
        (Error::Timeout(secret()), Code::DeadlineExceeded, "STATEMENT_TIMEOUT", false),
        (
            Error::Duplicate { constraint: Some("secret".into()), source: secret() },
            Code::Internal,
            "INTERNAL_FAULT",
            false,
        ),
        (Error::Other(secret()), Code::Internal, "INTERNAL_FAULT", false),
    ];
    for (error, code, expected, retried) in cases {
        let status = Status::from(error);
        assert_eq!((status.code(), reason(&status).as_str()), (code, expected));
        assert_eq!(detail::<RetryInfo>(&status, "RetryInfo").is_some(), retried);
        let sent = format!("{} {}", status.message(), String::from_utf8_lossy(status.details()));
        assert!(!sent.contains("secret") && !sent.contains("10.0.0.1"), "{sent}");
    }
}

#[tokio::test]
async fn a_fault_is_answered_with_the_id_under_which_it_was_logged() {
    let fault = Error::Inconsistent { table: "enrollment", column: "state", id: uuid::Uuid::nil() };
    let status = request_id::within("r-17".to_owned(), async { Status::from(fault) }).await;
    let info: RequestInfo = detail(&status, "RequestInfo").expect("told");
    assert_eq!(info.request_id, "r-17");
    assert!(!status.message().contains("enrollment"));
}

#[test]
fn each_refusal_has_a_sentence_its_code_and_the_metadata_that_its_comment_promises() {
    let id = uuid::Uuid::from_u128(7);
    let at = chrono::DateTime::from_timestamp_micros(1_790_000_000_000_000).expect("in range");
    let name = || "sequences/a".to_owned();
    let refusals = [
        (Refusal::LimitExceeded { limit: "active_sequences", value: 250 }, "limit value"),
        (Refusal::SequenceNotActive { sequence: name(), state: "DRAFT" }, "state allowed_states"),
        (
            Refusal::SequenceInUse { open_enrollments: 3, connected_segments: vec!["segments/s".into()] },
            "open_enrollment_count connected_segments",
        ),
        (Refusal::ResourceDeleted { name: name() }, ""),
        (
            Refusal::SegmentAlreadyConnected { segment: "segments/s".into(), connected_sequence: name() },
            "connected_sequence",
        ),
        (Refusal::SegmentNotConnected { segment: "segments/s".into() }, ""),
        (Refusal::SegmentActive { segment: "segments/s".into() }, "state"),
        (Refusal::RecordTypeMismatch { expected: "lead".into(), given: "contact".into() }, "expected given"),
        (Refusal::RecordClosed { record: "recordTypes/lead/records/l1".into() }, ""),
        (Refusal::RecordErased { record: "recordTypes/lead/records/l1".into() }, ""),
        (
            Refusal::RecordMerged { record: "recordTypes/lead/records/l1".into(), survivor: "l2".into() },
            "survivor",
        ),
        (Refusal::RecordNotClosed { record: "recordTypes/lead/records/l1".into() }, ""),
        (Refusal::AlreadyEnrolled { enrollment: id.into() }, "enrollment"),
        (Refusal::EnrollmentEnded { state: "EXITED", reason: "RECORD_CLOSED" }, "state reason"),
        (Refusal::EnrollmentNotWaiting { activity: Some(id.into()) }, "activity"),
        (
            Refusal::ActivityClosed {
                activity: crate::domain::id::ActivityId(uuid::Uuid::nil()),
                state: "COMPLETED",
                outcome: "made".into(),
                closed_by: "sellers/ana".into(),
                close_time: at,
            },
            "state closed_by close_time",
        ),
        (
            Refusal::AttributeTypeConflict {
                attribute: "x".into(),
                declared: "STRING".into(),
                given: "DOUBLE".into(),
            },
            "attribute declared given",
        ),
        (Refusal::AttributeInUse { attribute: "x".into(), users: vec!["segments/s".into()] }, "users"),
        (Refusal::RecordTypeInUse { record_type: "recordTypes/x".into(), users: vec![name()] }, "users"),
        (Refusal::TemplateInUse { sequences: vec![name()] }, "sequences"),
        (
            Refusal::CalendarInUse { calendar: "calendars/x".into(), users: vec!["sellers/ana".into()] },
            "users",
        ),
        (
            Refusal::SellerInUse { seller: "sellers/x".into(), users: vec!["2 active records".into()] },
            "users",
        ),
        (Refusal::TeamInUse { team: "teams/x".into(), users: vec!["segments/s/rules/r".into()] }, "users"),
        (Refusal::EventsNotPublished, ""),
        (Refusal::EventsForgotten, ""),
        (Refusal::WebhookTestRunning, ""),
        (Refusal::ResourceBuiltIn { resource: "teams/unassigned".into() }, ""),
        (Refusal::OperationDone { state: "SUCCEEDED" }, "state"),
        (Refusal::OperationNotCancelable { work: "ranks open activities" }, ""),
        (Refusal::LastAdministratorKey { key: "apiKeys/x".into() }, ""),
    ];
    for (refusal, promised) in refusals {
        let (expected, is_limit) = (refusal.reason(), code(refusal.reason()) == Code::ResourceExhausted);
        let status = Answer::from(refusal).into_status();
        assert_eq!((status.code(), reason(&status).as_str()), (code(expected), expected.as_str()));
        let metadata = read(&status).error_info().expect("checked").metadata.clone();
        for key in promised.split_whitespace() {
            assert!(metadata.contains_key(key), "{} lacks {key}", expected.as_str());
        }
        let failure: Option<PreconditionFailure> = detail(&status, "PreconditionFailure");
        assert_eq!(failure.is_none(), is_limit, "{}", expected.as_str());
        assert!(!status.message().is_empty() && !status.message().ends_with('.'), "{}", status.message());
    }
}

#[test]
fn every_failure_of_a_verb_has_its_code() {
    let name = || "sequences/a".to_owned();
    let violations = Violations::one("name", Reason::FieldRequired, "must be given");
    let cases = [
        (engine::Error::Refused(Refusal::ResourceDeleted { name: name() }), Code::FailedPrecondition),
        (engine::Error::Missing { kind: Kind::Sequence, name: name() }, Code::NotFound),
        (engine::Error::Exists { kind: Kind::Sequence, name: name() }, Code::AlreadyExists),
        (engine::Error::Stale { name: name() }, Code::Aborted),
        (engine::Error::Invalid(violations), Code::InvalidArgument),
        (engine::Error::Store(Error::Conflict(sqlx::Error::PoolTimedOut.into())), Code::Unavailable),
    ];
    for (error, code) in cases {
        assert_eq!(Status::from(error).code(), code);
    }
}
