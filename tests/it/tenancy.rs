//! Another organization's data does not exist for a caller: every RPC is called by organization B
//! with A's names.

use serde_json::{Value, json};
use upnext::api::pb::DESCRIPTORS;

use super::events::publish;
use super::support::app::TestApp;
use super::support::dynamic::{call, method};
use super::support::refused::Refused;

/// What B is to get.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Expected {
    /// RESOURCE_NOT_FOUND.
    Missing,
    /// REFERENCE_NOT_FOUND: the name stands in a field of something of B's own.
    ReferenceMissing,
    /// An answer in which nothing of A's is.
    NothingOfA,
    /// An answer whose only item is one of the two errors above.
    ItemMissing,
}

use Expected::{ItemMissing, Missing, NothingOfA, ReferenceMissing};

/// Names of what organization A has.
struct World {
    operation: String,
    enrollment: String,
    activity: String,
    api_key: String,
    problem: String,
    delivery: String,
}

fn name(answer: &Value, pointer: &str) -> String {
    answer
        .pointer(pointer)
        .and_then(Value::as_str)
        .unwrap_or_else(|| panic!("no {pointer} in {answer}"))
        .to_owned()
}

/// Gives organization A one of everything.
async fn furnish(app: &TestApp) -> World {
    let a = &app.admin;
    let types = json!({"attributes": {"secret": {"type": "STRING"}}});
    a.done("SellerService/DeclareSellerAttributes", types).await;
    let ana = json!({"display_name": "Secret", "attributes": {"secret": "Secret"}});
    a.done("SellerService/CreateSeller", json!({"seller_id": "ana", "seller": ana})).await;

    let hours = json!({"days": ["MONDAY"], "start_time": "09:00", "end_time": "17:00"});
    let calendar = json!({"display_name": "Secret", "time_zone": "UTC", "working_hours": [hours]});
    a.done("CalendarService/CreateCalendar", json!({"calendar_id": "c1", "calendar": calendar})).await;
    let team = json!({"display_name": "Secret", "members": ["ana"]});
    a.done("TeamService/CreateTeam", json!({"team_id": "m1", "team": team})).await;
    let key = json!({"api_key": {"display_name": "Secret", "roles": ["INTEGRATION"]}});
    let key = a.done("ApiKeyService/CreateApiKey", key).await;
    let kind = json!({"record_type_id": "partner", "record_type": {"display_name": "Secret",
        "attributes": {"tier": {"type": "STRING"}}}});
    a.done("RecordService/CreateRecordType", kind).await;

    let record = json!({"record_type": "partner", "record": {"id": "r1", "owner": "ana", "attributes": {"tier": "Secret"}}});
    a.done("RecordService/UpsertRecord", record).await;
    let template = json!({"template_id": "t1", "template": {"display_name": "Secret", "record_type": "partner", "email": {}}});
    a.done("TemplateService/CreateTemplate", template).await;
    let sequence = json!({"sequence_id": "s1", "sequence": {"display_name": "Secret", "record_type": "partner",
        "steps": [{"step_id": "call", "display_name": "Secret", "phone_call": {}}]}});
    a.done("SequenceService/CreateSequence", sequence).await;
    a.done("SequenceService/ActivateSequence", json!({"name": "s1"})).await;

    let segment = json!({"segment_id": "g1", "segment": {"display_name": "Secret", "record_type": "partner",
        "condition": "record.tier == \"Secret\""}});
    a.done("SegmentService/CreateSegment", segment).await;
    let rule = json!({"parent": "segments/g1", "assignment_rule_id": "u1",
        "assignment_rule": {"display_name": "Secret", "listed": {"sellers": ["ana"]}}});
    a.done("SegmentService/CreateAssignmentRule", rule).await;
    a.done("SegmentService/ConnectSequence", json!({"name": "g1", "sequence": "s1"})).await;

    let active = a.done("SegmentService/ActivateSegment", json!({"name": "g1", "backfill": true})).await;
    app.run_until_idle().await;
    let enrollments = a.done("EnrollmentService/ListEnrollments", json!({})).await;
    let problem = upnext::clock::Clock::system().new_id();
    let made = sqlx::query(
        "INSERT INTO set_aside (organization_id, id, kind, subject_id, reason, create_time)
         SELECT organization_id, $1, 'record_change', id, 'Secret', create_time FROM record",
    );
    made.bind(problem).execute(&app.database.pool()).await.expect("is made");

    publish(a).await;
    let webhook =
        json!({"webhook_id": "w1", "webhook": {"url": "https://example.com/Secret", "disabled": true}});
    a.done("EventService/CreateWebhook", webhook).await;
    let delivery = upnext::clock::Clock::system().new_id();
    let made = sqlx::query(
        "INSERT INTO webhook_delivery (organization_id, id, webhook_id, position, attempts, last_error, create_time)
         SELECT organization_id, $1, id, 1, 5, 'Secret', create_time FROM webhook",
    );
    made.bind(delivery).execute(&app.database.pool()).await.expect("is made");
    app.run_until_idle().await;
    World {
        problem: format!("problems/{problem}"),
        delivery: format!("webhooks/w1/deliveries/{delivery}"),
        operation: name(&active, "/backfillOperation"),
        enrollment: name(&enrollments, "/enrollments/0/name"),
        activity: name(&enrollments, "/enrollments/0/openActivity"),
        api_key: name(&key, "/apiKey/name"),
    }
}

/// A request with A's names for every RPC.
#[rustfmt::skip]
fn requests(world: &World) -> Vec<(&'static str, Value, Expected)> {
    let World { operation, enrollment, activity, api_key, problem, delivery } = world;
    let record = "recordTypes/partner/records/r1";
    vec![
        ("upnext.v1.OrganizationService/GetOrganization", json!({}), NothingOfA),
        ("upnext.v1.OrganizationService/UpdateOrganization", json!({"organization": {"display_name": "B"}}), NothingOfA),
        ("upnext.v1.OrganizationService/ListProblems", json!({}), NothingOfA),
        ("upnext.v1.OrganizationService/RetryProblem", json!({"name": problem}), Missing),
        ("upnext.v1.ApiKeyService/CreateApiKey", json!({"api_key": {"display_name": "x", "roles": ["SALESPERSON"], "seller": "sellers/ana"}}), ReferenceMissing),
        ("upnext.v1.ApiKeyService/ListApiKeys", json!({}), NothingOfA),
        ("upnext.v1.ApiKeyService/RotateApiKey", json!({"name": api_key}), Missing),
        ("upnext.v1.ApiKeyService/RevokeApiKey", json!({"name": api_key}), Missing),
        ("upnext.v1.SellerService/CreateSeller", json!({"seller_id": "ben", "seller": {"display_name": "Ben"}}), NothingOfA),
        ("upnext.v1.SellerService/GetSeller", json!({"name": "sellers/ana"}), Missing),
        ("upnext.v1.SellerService/ListSellers", json!({}), NothingOfA),
        ("upnext.v1.SellerService/UpdateSeller", json!({"seller": {"name": "sellers/ana", "display_name": "x"}}), Missing),
        ("upnext.v1.CalendarService/CreateCalendar", json!({"calendar_id": "x", "calendar": {"display_name": "x", "time_zone": "UTC", "working_hours": [{"days": ["MONDAY"], "start_time": "09:00", "end_time": "17:00"}]}}), NothingOfA),
        ("upnext.v1.CalendarService/GetCalendar", json!({"name": "calendars/c1"}), Missing),
        ("upnext.v1.CalendarService/ListCalendars", json!({}), NothingOfA),
        ("upnext.v1.CalendarService/UpdateCalendar", json!({"calendar": {"name": "calendars/c1", "display_name": "x"}}), Missing),
        ("upnext.v1.CalendarService/ImportCalendarEvents", json!({"name": "calendars/c1", "target": "HOLIDAYS", "content": "BEGIN:VCALENDAR\nEND:VCALENDAR\n"}), Missing),
        ("upnext.v1.CalendarService/DeleteCalendar", json!({"name": "calendars/c1"}), Missing),
        ("upnext.v1.SellerService/DeleteSeller", json!({"name": "sellers/ana"}), Missing),
        ("upnext.v1.SellerService/DeclareSellerAttributes", json!({"attributes": {"country": {"type": "STRING"}}}), NothingOfA),
        ("upnext.v1.SellerService/DeleteSellerAttribute", json!({"attribute": "secret"}), Missing),
        ("upnext.v1.SellerService/ReassignRecords", json!({"current_owner": "ana", "nobody": {}}), Missing),
        ("upnext.v1.SellerService/HandBackRecords", json!({"operation": operation}), Missing),
        ("upnext.v1.TeamService/CreateTeam", json!({"team_id": "x", "team": {"display_name": "x", "members": ["sellers/ana"]}}), ReferenceMissing),
        ("upnext.v1.TeamService/GetTeam", json!({"name": "teams/m1"}), Missing),
        ("upnext.v1.TeamService/ListTeams", json!({}), NothingOfA),
        ("upnext.v1.TeamService/UpdateTeam", json!({"team": {"name": "teams/m1", "display_name": "x"}}), Missing),
        ("upnext.v1.TeamService/DeleteTeam", json!({"name": "teams/m1"}), Missing),
        ("upnext.v1.TemplateService/CreateTemplate", json!({"template_id": "x", "template": {"display_name": "x", "record_type": "partner", "email": {}}}), ReferenceMissing),
        ("upnext.v1.TemplateService/GetTemplate", json!({"name": "templates/t1"}), Missing),
        ("upnext.v1.TemplateService/ListTemplates", json!({}), NothingOfA),
        ("upnext.v1.TemplateService/UpdateTemplate", json!({"template": {"name": "templates/t1", "display_name": "x"}}), Missing),
        ("upnext.v1.TemplateService/DeleteTemplate", json!({"name": "templates/t1"}), Missing),
        ("upnext.v1.RecordService/CreateRecordType", json!({"record_type_id": "other", "record_type": {"display_name": "x"}}), NothingOfA),
        ("upnext.v1.RecordService/GetRecordType", json!({"name": "recordTypes/partner"}), Missing),
        ("upnext.v1.RecordService/ListRecordTypes", json!({}), NothingOfA),
        ("upnext.v1.RecordService/DeclareAttributes", json!({"record_type": "partner", "attributes": {"a": {"type": "INT"}}}), Missing),
        ("upnext.v1.RecordService/UpdateRecordType", json!({"record_type": {"name": "recordTypes/partner", "display_name": "x"}}), Missing),
        ("upnext.v1.RecordService/DeleteRecordType", json!({"name": "recordTypes/partner"}), Missing),
        ("upnext.v1.RecordService/UpdateAttribute", json!({"record_type": "partner", "attribute": "tier", "description": "x"}), Missing),
        ("upnext.v1.RecordService/DeleteAttribute", json!({"record_type": "partner", "attribute": "tier"}), Missing),
        ("upnext.v1.RecordService/UpsertRecord", json!({"record_type": "partner", "record": {"id": "r1"}}), Missing),
        ("upnext.v1.RecordService/BatchUpsertRecords", json!({"record_type": "lead", "records": [{"id": "r1", "owner": "ana"}]}), ItemMissing),
        ("upnext.v1.RecordService/GetRecord", json!({"name": record}), Missing),
        ("upnext.v1.RecordService/ListRecords", json!({"record_type": "partner"}), Missing),
        ("upnext.v1.RecordService/ListRecordHistory", json!({"parent": record}), Missing),
        ("upnext.v1.RecordService/CloseRecord", json!({"name": record, "close_outcome": "WON"}), Missing),
        ("upnext.v1.RecordService/ReopenRecord", json!({"name": record}), Missing),
        ("upnext.v1.RecordService/DeleteRecord", json!({"name": record}), Missing),
        ("upnext.v1.RecordService/EraseRecord", json!({"name": record}), Missing),
        ("upnext.v1.RecordService/MergeRecords", json!({"name": record, "merged_records": ["recordTypes/partner/records/r2"]}), Missing),
        ("upnext.v1.RecordService/IngestEngagementEvents", json!({"events": [{"event_id": "1", "record": record, "replied": {}}]}), ItemMissing),
        ("upnext.v1.SequenceService/CreateSequence", json!({"sequence_id": "x", "sequence": {"display_name": "x", "record_type": "partner"}}), ReferenceMissing),
        ("upnext.v1.SequenceService/GetSequence", json!({"name": "sequences/s1"}), Missing),
        ("upnext.v1.SequenceService/ListSequences", json!({"show_deleted": true}), NothingOfA),
        ("upnext.v1.SequenceService/UpdateSequence", json!({"sequence": {"name": "sequences/s1", "display_name": "x"}}), Missing),
        ("upnext.v1.SequenceService/DeleteSequence", json!({"name": "sequences/s1", "force": true}), Missing),
        ("upnext.v1.SequenceService/UndeleteSequence", json!({"name": "sequences/s1"}), Missing),
        ("upnext.v1.SequenceService/ValidateSequence", json!({"name": "sequences/s1"}), Missing),
        ("upnext.v1.SequenceService/SimulateSequence", json!({"name": "sequences/s1"}), Missing),
        ("upnext.v1.SequenceService/ListSequenceTemplates", json!({}), NothingOfA),
        ("upnext.v1.SequenceService/ActivateSequence", json!({"name": "sequences/s1"}), Missing),
        ("upnext.v1.SequenceService/DeactivateSequence", json!({"name": "sequences/s1"}), Missing),
        ("upnext.v1.SequenceService/DecideSplit", json!({"name": "sequences/s1", "step_id": "x"}), Missing),
        ("upnext.v1.SequenceService/RenderSequence", json!({"name": "sequences/s1", "with_counts": true}), Missing),
        ("upnext.v1.SequenceService/CloneSequence", json!({"name": "sequences/s1", "sequence_id": "x"}), Missing),
        ("upnext.v1.SequenceService/ReassignSequences", json!({"sequences": ["sequences/s1"]}), ReferenceMissing),
        ("upnext.v1.SequenceService/DiffSequence", json!({"name": "sequences/s1"}), Missing),
        ("upnext.v1.SequenceService/GetSequenceStats", json!({"name": "sequences/s1"}), Missing),
        ("upnext.v1.SequenceService/GetSequenceRevision", json!({"name": "sequences/s1/revisions/1"}), Missing),
        ("upnext.v1.SequenceService/ListSequenceRevisions", json!({"parent": "sequences/s1"}), Missing),
        ("upnext.v1.SegmentService/CreateSegment", json!({"segment_id": "x", "segment": {"display_name": "x", "record_type": "partner", "condition": "true"}}), ReferenceMissing),
        ("upnext.v1.SegmentService/GetSegment", json!({"name": "segments/g1"}), Missing),
        ("upnext.v1.SegmentService/ListSegments", json!({}), NothingOfA),
        ("upnext.v1.SegmentService/UpdateSegment", json!({"segment": {"name": "segments/g1", "display_name": "x"}}), Missing),
        ("upnext.v1.SegmentService/CloneSegment", json!({"name": "segments/g1", "segment_id": "x"}), Missing),
        ("upnext.v1.SegmentService/DeleteSegment", json!({"name": "segments/g1"}), Missing),
        ("upnext.v1.SegmentService/ActivateSegment", json!({"name": "segments/g1"}), Missing),
        ("upnext.v1.SegmentService/DeactivateSegment", json!({"name": "segments/g1"}), Missing),
        ("upnext.v1.SegmentService/MoveSegment", json!({"name": "segments/g1", "priority": 1}), Missing),
        ("upnext.v1.SegmentService/RunAssignment", json!({"name": "segments/g1"}), Missing),
        ("upnext.v1.SegmentService/ConnectSequence", json!({"name": "segments/g1", "sequence": "s1"}), Missing),
        ("upnext.v1.SegmentService/DisconnectSequence", json!({"name": "segments/g1"}), Missing),
        ("upnext.v1.SegmentService/PreviewSegment", json!({"record_type": "partner", "condition": "true"}), ReferenceMissing),
        ("upnext.v1.SegmentService/ExplainRecord", json!({"name": record}), Missing),
        ("upnext.v1.SegmentService/ListRoutingRuns", json!({}), NothingOfA),
        ("upnext.v1.SegmentService/ListSegmentMembers", json!({"parent": "segments/g1"}), Missing),
        ("upnext.v1.SegmentService/CreateAssignmentRule", json!({"parent": "segments/g1", "assignment_rule_id": "x", "assignment_rule": {"display_name": "x", "listed": {"sellers": ["ana"]}}}), Missing),
        ("upnext.v1.SegmentService/GetAssignmentRule", json!({"name": "segments/g1/rules/u1"}), Missing),
        ("upnext.v1.SegmentService/ListAssignmentRules", json!({"parent": "segments/g1"}), Missing),
        ("upnext.v1.SegmentService/UpdateAssignmentRule", json!({"assignment_rule": {"name": "segments/g1/rules/u1", "display_name": "x"}}), Missing),
        ("upnext.v1.SegmentService/MoveAssignmentRule", json!({"name": "segments/g1/rules/u1", "priority": 1}), Missing),
        ("upnext.v1.SegmentService/DeleteAssignmentRule", json!({"name": "segments/g1/rules/u1"}), Missing),
        ("upnext.v1.EnrollmentService/EnrollRecord", json!({"record": record, "sequence": "s1"}), ReferenceMissing),
        ("upnext.v1.EnrollmentService/BatchEnrollRecords", json!({"requests": [{"record": record, "sequence": "s1"}]}), ItemMissing),
        ("upnext.v1.EnrollmentService/ExitEnrollment", json!({"name": enrollment}), Missing),
        ("upnext.v1.EnrollmentService/UpdateEnrollment", json!({"enrollment": {"name": enrollment, "disposition": "connected"}}), Missing),
        ("upnext.v1.EnrollmentService/PauseEnrollment", json!({"name": enrollment}), Missing),
        ("upnext.v1.EnrollmentService/ResumeEnrollment", json!({"name": enrollment}), Missing),
        ("upnext.v1.EnrollmentService/RetryEnrollment", json!({"name": enrollment}), Missing),
        ("upnext.v1.EnrollmentService/MigrateEnrollment", json!({"name": enrollment}), Missing),
        ("upnext.v1.EnrollmentService/BatchActOnEnrollments", json!({"action": {"pause": {}}, "requests": [{"name": enrollment}]}), ItemMissing),
        ("upnext.v1.EnrollmentService/ActOnEnrollments", json!({"sequence": "s1", "action": {"pause": {}}}), Missing),
        ("upnext.v1.EnrollmentService/SkipWait", json!({"name": enrollment}), Missing),
        ("upnext.v1.EnrollmentService/GetEnrollment", json!({"name": enrollment, "view": "FULL"}), Missing),
        ("upnext.v1.EnrollmentService/ExplainEnrollment", json!({"name": enrollment}), Missing),
        ("upnext.v1.EnrollmentService/ListEnrollmentEvents", json!({"parent": enrollment}), Missing),
        ("upnext.v1.EnrollmentService/ListEnrollments", json!({}), NothingOfA),
        ("upnext.v1.EmailService/RenderActivity", json!({"name": activity}), Missing),
        ("upnext.v1.EmailService/BeginSending", json!({"name": activity, "lease_id": "01890a5d-ac96-774b-bcce-b302099a8057"}), Missing),
        ("upnext.v1.EmailService/FinishSending", json!({"name": activity, "lease_id": "01890a5d-ac96-774b-bcce-b302099a8057", "result": "SENT"}), Missing),
        ("upnext.v1.WorkQueueService/ListActivities", json!({"queue": "sellers/ana"}), Missing),
        ("upnext.v1.WorkQueueService/GetActivity", json!({"name": activity}), Missing),
        ("upnext.v1.WorkQueueService/GetUpNext", json!({"record": record}), Missing),
        ("upnext.v1.WorkQueueService/WatchWorkQueue", json!({"queue": "sellers/ana"}), Missing),
        ("upnext.v1.WorkQueueService/WatchNextActivity", json!({"queue": "sellers/ana"}), Missing),
        ("upnext.v1.WorkQueueService/CompleteActivity", json!({"name": activity, "outcome": "made"}), Missing),
        ("upnext.v1.WorkQueueService/BatchCompleteActivities", json!({"requests": [{"name": activity, "outcome": "made"}]}), ItemMissing),
        ("upnext.v1.WorkQueueService/SkipActivity", json!({"name": activity}), Missing),
        ("upnext.v1.WorkQueueService/SnoozeActivity", json!({"name": activity, "until": "2026-09-22T00:00:00Z"}), Missing),
        ("upnext.v1.WorkQueueService/ReopenActivity", json!({"name": activity}), Missing),
        ("upnext.v1.WorkQueueService/BatchSkipActivities", json!({"requests": [{"name": activity}]}), ItemMissing),
        ("upnext.v1.WorkQueueService/BatchSnoozeActivities", json!({"requests": [{"name": activity, "until": "2026-09-22T00:00:00Z"}]}), ItemMissing),
        ("upnext.v1.WorkQueueService/SummarizeWorkQueues", json!({}), NothingOfA),
        ("upnext.v1.WorkQueueService/SummarizeWorkQueues", json!({"team": "m1"}), Missing),
        ("upnext.v1.WorkQueueService/UpdateActivity", json!({"activity": {"name": activity, "read": true}}), Missing),
        ("upnext.v1.WorkQueueService/CreateActivity", json!({"activity": {"record": record, "task": {}}}), ReferenceMissing),
        ("upnext.v1.WorkQueueService/BatchCreateActivities", json!({"requests": [{"activity": {"record": record, "task": {}}}]}), ItemMissing),
        ("upnext.v1.WorkQueueService/CreateView", json!({"view_id": "v", "view": {"display_name": "V", "owner": "sellers/ana"}}), ReferenceMissing),
        ("upnext.v1.WorkQueueService/GetView", json!({"name": "views/mine"}), Missing),
        ("upnext.v1.WorkQueueService/ListViews", json!({}), NothingOfA),
        ("upnext.v1.WorkQueueService/UpdateView", json!({"view": {"name": "views/mine", "display_name": "x"}}), Missing),
        ("upnext.v1.WorkQueueService/DeleteView", json!({"name": "views/mine"}), Missing),
        ("upnext.v1.WorkQueueService/CancelActivity", json!({"name": activity}), Missing),
        ("upnext.v1.WorkQueueService/UnsnoozeActivity", json!({"name": activity}), Missing),
        ("upnext.v1.WorkQueueService/ReassignActivity", json!({"name": activity, "queue": "teams/unassigned"}), Missing),
        ("upnext.v1.WorkQueueService/BatchReassignActivities", json!({"requests": [{"name": activity, "queue": "sellers/ana"}]}), ItemMissing),
        ("upnext.v1.WorkQueueService/AcquireActivities", json!({"queue": "sellers/ana"}), Missing),
        ("upnext.v1.WorkQueueService/ExtendLease", json!({"name": activity, "lease_id": "01890a5d-ac96-774b-bcce-b302099a8057"}), Missing),
        ("upnext.v1.WorkQueueService/ReleaseActivity", json!({"name": activity, "lease_id": "01890a5d-ac96-774b-bcce-b302099a8057"}), Missing),
        ("upnext.v1.EventService/ListEvents", json!({}), NothingOfA),
        ("upnext.v1.EventService/WatchEvents", json!({}), NothingOfA),
        ("upnext.v1.EventService/ListAuditEvents", json!({"resource": "sellers/ana"}), NothingOfA),
        ("upnext.v1.EventService/CreateWebhook", json!({"webhook_id": "x", "webhook": {"url": "https://example.com/"}}), NothingOfA),
        ("upnext.v1.EventService/GetWebhook", json!({"name": "w1"}), Missing),
        ("upnext.v1.EventService/ListWebhooks", json!({}), NothingOfA),
        ("upnext.v1.EventService/UpdateWebhook", json!({"webhook": {"name": "w1", "disabled": true}}), Missing),
        ("upnext.v1.EventService/DeleteWebhook", json!({"name": "w1"}), Missing),
        ("upnext.v1.EventService/RotateWebhookSecret", json!({"name": "w1"}), Missing),
        ("upnext.v1.EventService/ListWebhookDeliveries", json!({"parent": "w1"}), Missing),
        ("upnext.v1.EventService/RetryWebhookDelivery", json!({"name": delivery}), Missing),
        ("upnext.v1.EventService/TestWebhook", json!({"name": "w1"}), Missing),
        ("google.longrunning.Operations/ListOperations", json!({}), NothingOfA),
        ("google.longrunning.Operations/GetOperation", json!({"name": operation}), Missing),
        ("google.longrunning.Operations/CancelOperation", json!({"name": operation}), Missing),
        ("google.longrunning.Operations/WaitOperation", json!({"name": operation}), Missing),
    ]
}

/// RPCs of another author's service that are not offered.
const NOT_OFFERED: &[&str] = &["google.longrunning.Operations/DeleteOperation"];

#[tokio::test]
async fn every_rpc_treats_another_organizations_names_as_if_they_did_not_exist() {
    let app = TestApp::new().await;
    let world = furnish(&app).await;
    let b = app.other_organization().await;
    publish(&b).await;
    let requests = requests(&world);

    for service in DESCRIPTORS.services() {
        for method in service.methods() {
            let name = format!("{}/{}", service.full_name(), method.name());
            let listed =
                NOT_OFFERED.contains(&name.as_str()) || requests.iter().any(|(listed, ..)| *listed == name);
            assert!(listed, "{name} has no request in this test");
        }
    }

    for (name, request, expected) in requests {
        let _ = method(name);
        let answer = call(&b, name, request.clone()).await;
        check(name, &request, answer, expected);
    }

    // Nothing of B's calls reached A.
    let after = app.admin.done("WorkQueueService/GetActivity", json!({"name": world.activity})).await;
    assert_eq!(after["activity"]["state"], "DUE");

    let segment = app.admin.done("SegmentService/GetSegment", json!({"name": "g1"})).await;
    assert_eq!(segment["segment"]["connectedSequence"], "sequences/s1");
}

fn check(name: &str, request: &Value, answer: Result<Value, tonic::Status>, expected: Expected) {
    match (answer, expected) {
        (Err(status), Missing | ReferenceMissing) => {
            let refused = Refused::of(&status);
            let reason = if expected == Missing { "RESOURCE_NOT_FOUND" } else { "REFERENCE_NOT_FOUND" };
            assert_eq!(refused.reason, reason, "{name} {request}: {refused:?}");
            assert!(!refused.message.contains("Secret"), "{name}: {}", refused.message);
        }
        (Ok(answer), NothingOfA) => {
            assert!(!answer.to_string().contains("Secret"), "{name}: {answer}");
        }
        (Ok(answer), ItemMissing) => {
            let text = answer.to_string();
            assert!(text.contains("NOT_FOUND") && !text.contains("Secret"), "{name}: {answer}");
        }
        (answer, _) => panic!("{name} {request}: {expected:?} was expected: {answer:?}"),
    }
}
