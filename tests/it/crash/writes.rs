//! A scenario for each RPC that writes, and for each loop's transaction.

use chrono::TimeDelta;
use serde_json::{Value, json};
use upnext::api::pb::DESCRIPTORS;
use upnext::clock::Clock;
use uuid::Uuid;

use super::shop::Names;

/// A write, and where in the server it is carried out.
#[derive(Clone, Copy)]
pub struct Write {
    /// How it is told apart in a report.
    pub name: &'static str,
    /// `Service/Method`, of `upnext.v1`.
    pub method: &'static str,
    /// What is asked, without `request_id`.
    pub request: fn(&Names) -> Value,
    /// Where faults happen.
    pub place: Place,
}

/// Where faults happen.
#[derive(Clone, Copy, PartialEq)]
pub enum Place {
    /// In the call itself.
    Call,
    /// In what a loop does because of it: in the transaction that has a statement with this text.
    Loop(&'static str),
}

/// RPCs that write and have no scenario, each with the reason.
pub const LEFT_OUT: &[(&str, &str)] =
    &[("EventService/TestWebhook", "it writes nothing: the test goes to the receiver only")];

const fn call(method: &'static str, request: fn(&Names) -> Value) -> Write {
    Write { name: method, method, request, place: Place::Call }
}

const RECORD: &str = "recordTypes/lead/records/acts1";

/// All of them.
#[rustfmt::skip]
pub const WRITES: &[Write] = &[
    call("OrganizationService/UpdateOrganization", |_| json!({"organization": {"display_name": "Else"}})),
    call("OrganizationService/RetryProblem", |names| json!({"name": names.problem})),
    call("ApiKeyService/CreateApiKey", |_| json!({"api_key": {"display_name": "New", "roles": ["SALESPERSON"], "seller": "sellers/ana"}})),
    call("ApiKeyService/RotateApiKey", |names| json!({"name": names.api_key, "overlap": "3600s"})),
    call("ApiKeyService/RevokeApiKey", |names| json!({"name": names.api_key})),
    call("SellerService/CreateSeller", |_| json!({"seller_id": "eve", "seller": {"display_name": "Eve"}})),
    call("SellerService/UpdateSeller", |_| json!({"seller": {"name": "sellers/ana", "display_name": "Ana", "assign_records": false, "max_capacity": 7}, "update_mask": "displayName,assignRecords,maxCapacity"})),
    call("SellerService/DeleteSeller", |_| json!({"name": "gone", "force": true})),
    call("SellerService/DeclareSellerAttributes", |_| json!({"attributes": {"country": {"type": "STRING"}}})),
    call("SellerService/DeleteSellerAttribute", |_| json!({"attribute": "spare"})),
    call("SellerService/ReassignRecords", |_| json!({"current_owner": "ana", "new_owner": "ben"})),
    Write {
        name: "giving records to others", method: "SellerService/ReassignRecords", place: Place::Loop("AND state = 'RUNNING' ORDER BY id LIMIT 1 FOR UPDATE SKIP LOCKED"),
        request: |_| json!({"current_owner": "ana", "new_owner": "ben", "include_closed": true, "include_activities": true}),
    },
    call("SellerService/HandBackRecords", |names| json!({"operation": names.reassigned})),
    Write {
        name: "handing records back", method: "SellerService/HandBackRecords", place: Place::Loop("AND state = 'RUNNING' ORDER BY id LIMIT 1 FOR UPDATE SKIP LOCKED"),
        request: |names| json!({"operation": names.reassigned}),
    },
    call("EventService/CreateWebhook", |_| json!({"webhook_id": "new", "webhook": {"url": "https://example.com/", "disabled": true}})),
    call("EventService/UpdateWebhook", |_| json!({"webhook": {"name": "crm", "kinds": ["record_routed"]}})),
    call("EventService/DeleteWebhook", |_| json!({"name": "spare"})),
    call("EventService/RotateWebhookSecret", |_| json!({"name": "crm"})),
    call("EventService/RetryWebhookDelivery", |names| json!({"name": names.delivery})),
    call("CalendarService/CreateCalendar", |_| json!({"calendar_id": "new", "calendar": {"display_name": "New", "time_zone": "UTC", "working_hours": [{"days": ["MONDAY"], "start_time": "09:00", "end_time": "17:00"}]}})),
    call("CalendarService/UpdateCalendar", |_| json!({"calendar": {"name": "calendars/used", "time_zone": "Asia/Tokyo"}})),
    call("CalendarService/ImportCalendarEvents", |_| json!({"name": "calendars/used", "target": "HOLIDAYS",
        "content": "BEGIN:VCALENDAR\nBEGIN:VEVENT\nSUMMARY:New Year\nDTSTART;VALUE=DATE:20990101\nEND:VEVENT\nEND:VCALENDAR\n"})),
    call("CalendarService/DeleteCalendar", |_| json!({"name": "calendars/unused"})),
    call("TeamService/CreateTeam", |_| json!({"team_id": "new", "team": {"display_name": "New", "members": ["ana", "ben"], "calendar": "used"}})),
    call("TeamService/UpdateTeam", |_| json!({"team": {"name": "teams/used", "members": ["ben"], "calendar": "used"}})),
    call("TeamService/DeleteTeam", |_| json!({"name": "teams/unused"})),
    call("TemplateService/CreateTemplate", |_| json!({"template_id": "new", "template": {"display_name": "New", "email": {}}})),
    call("TemplateService/UpdateTemplate", |_| json!({"template": {"name": "templates/used", "display_name": "Else"}})),
    call("TemplateService/DeleteTemplate", |_| json!({"name": "templates/unused"})),
    call("RecordService/CreateRecordType", |_| json!({"record_type_id": "new", "record_type": {"display_name": "New"}})),
    call("RecordService/DeclareAttributes", |_| json!({"record_type": "lead", "attributes": {"tier": {"type": "INT"}}})),
    call("RecordService/UpdateRecordType", |_| json!({"record_type": {"name": "recordTypes/lead", "email_attribute": "name"}})),
    Write {
        name: "ranking anew", method: "RecordService/UpdateRecordType", place: Place::Loop("AND state = 'RUNNING' ORDER BY id LIMIT 1 FOR UPDATE SKIP LOCKED"),
        request: |_| json!({"record_type": {"name": "recordTypes/lead", "priority_expression": "size(record.id)"}}),
    },
    call("RecordService/DeleteRecordType", |_| json!({"name": "recordTypes/spare"})),
    call("RecordService/UpdateAttribute", |_| json!({"record_type": "lead", "attribute": "spare", "description": "Unused", "indexed": true})),
    Write {
        name: "indexing an attribute", method: "RecordService/UpdateAttribute", place: Place::Loop("AND state = 'RUNNING' ORDER BY id LIMIT 1 FOR UPDATE SKIP LOCKED"),
        request: |_| json!({"record_type": "lead", "attribute": "spare", "indexed": true}),
    },
    call("RecordService/DeleteAttribute", |_| json!({"record_type": "lead", "attribute": "spare"})),
    call("RecordService/UpsertRecord", |_| json!({"record_type": "lead", "record": {"id": "acts1", "owner": "ben"}})),
    call("RecordService/BatchUpsertRecords", |_| json!({"record_type": "lead", "records": [{"id": "acts1", "owner": "ben"}, {"id": "waits", "owner": "ben"}, {"id": "new"}]})),
    call("RecordService/CloseRecord", |_| json!({"name": RECORD, "close_outcome": "WON"})),
    call("RecordService/ReopenRecord", |_| json!({"name": "recordTypes/lead/records/closed"})),
    call("RecordService/DeleteRecord", |_| json!({"name": RECORD, "source_version": 5})),
    call("RecordService/EraseRecord", |_| json!({"name": RECORD})),
    call("RecordService/MergeRecords", |_| json!({"name": RECORD, "merged_records": ["recordTypes/lead/records/acts2", "recordTypes/lead/records/waits"]})),
    call("RecordService/IngestEngagementEvents", |_| json!({"events": [
        {"event_id": "1", "record": "recordTypes/lead/records/writes", "email_sent": {}},
        {"event_id": "2", "record": "recordTypes/lead/records/waits", "replied": {}},
        {"event_id": "3", "record": "recordTypes/lead/records/paid1", "unsubscribed": {}}]})),
    call("SequenceService/CreateSequence", |_| json!({"sequence_id": "new", "sequence": {"display_name": "New", "steps": [{"step_id": "a", "task": {}}]}})),
    call("SequenceService/UpdateSequence", |_| json!({"sequence": {"name": "sequences/short", "display_name": "Else"}})),
    call("SequenceService/DeleteSequence", |_| json!({"name": "sequences/tasks", "force": true})),
    call("SequenceService/UndeleteSequence", |_| json!({"name": "sequences/gone"})),
    call("SequenceService/CloneSequence", |_| json!({"name": "sequences/short", "sequence_id": "new"})),
    call("SequenceService/ReassignSequences", |_| json!({"sequences": ["short", "tasks"], "new_owner": "ana"})),
    call("SequenceService/ActivateSequence", |_| json!({"name": "sequences/draft"})),
    call("SequenceService/DeactivateSequence", |_| json!({"name": "sequences/short"})),
    Write {
        name: "a deactivation that pauses", method: "SequenceService/DeactivateSequence", place: Place::Call,
        request: |_| json!({"name": "sequences/tasks", "mode": "PAUSE"}),
    },
    Write {
        name: "a deactivation that exits", method: "SequenceService/DeactivateSequence", place: Place::Call,
        request: |_| json!({"name": "sequences/tasks", "mode": "EXIT"}),
    },
    Write {
        name: "an activation that resumes", method: "SequenceService/ActivateSequence", place: Place::Call,
        request: |_| json!({"name": "sequences/halted"}),
    },
    call("SequenceService/DecideSplit", |_| json!({"name": "sequences/commands", "step_id": "split", "variant_id": "b"})),
    call("SegmentService/CreateSegment", |_| json!({"segment_id": "new", "segment": {"display_name": "New", "condition": "record.origin == \"new\""}})),
    call("SegmentService/UpdateSegment", |_| json!({"segment": {"name": "segments/live", "display_name": "Else"}})),
    call("SegmentService/CloneSegment", |_| json!({"name": "segments/live", "segment_id": "new"})),
    call("SegmentService/DeleteSegment", |_| json!({"name": "segments/paid"})),
    call("SegmentService/ActivateSegment", |_| json!({"name": "segments/paid", "backfill": true})),
    call("SegmentService/DeactivateSegment", |_| json!({"name": "segments/live"})),
    call("SegmentService/MoveSegment", |_| json!({"name": "segments/live", "priority": 3})),
    call("SegmentService/RunAssignment", |_| json!({"name": "segments/later"})),
    call("SegmentService/ConnectSequence", |_| json!({"name": "segments/alone", "sequence": "tasks", "backfill": true})),
    call("SegmentService/DisconnectSequence", |_| json!({"name": "segments/live"})),
    call("SegmentService/CreateAssignmentRule", |_| json!({"parent": "segments/live", "assignment_rule_id": "new", "assignment_rule": {"display_name": "New", "listed": {"sellers": ["ana"]}, "distribution": "ROUND_ROBIN"}})),
    call("SegmentService/UpdateAssignmentRule", |_| json!({"assignment_rule": {"name": "segments/live/rules/in-turn", "display_name": "Else"}})),
    call("SegmentService/MoveAssignmentRule", |_| json!({"name": "segments/paid/rules/last", "priority": 1})),
    call("SegmentService/DeleteAssignmentRule", |_| json!({"name": "segments/live/rules/in-turn"})),
    call("EnrollmentService/EnrollRecord", |_| json!({"record": "recordTypes/lead/records/plain", "sequence": "short"})),
    call("EnrollmentService/BatchEnrollRecords", |_| json!({"requests": [{"record": "recordTypes/lead/records/plain", "sequence": "short"}, {"record": RECORD, "sequence": "short"}]})),
    call("EnrollmentService/ExitEnrollment", |names| json!({"name": names.waiting})),
    call("EnrollmentService/UpdateEnrollment", |names| json!({"enrollment": {"name": names.waiting, "disposition": "connected"}})),
    call("EnrollmentService/PauseEnrollment", |names| json!({"name": names.waiting})),
    call("EnrollmentService/ResumeEnrollment", |names| json!({"name": names.paused})),
    call("EnrollmentService/RetryEnrollment", |names| json!({"name": names.failed})),
    Write {
        name: "a step that fails", method: "EnrollmentService/EnrollRecord", place: Place::Loop("ARRAY[cardinality($2::uuid[])]), $2::uuid[]) WITH ORDINALITY AS item"),
        request: |_| json!({"record": "recordTypes/lead/records/plain", "sequence": "onward"}),
    },
    call("EnrollmentService/MigrateEnrollment", |names| json!({"name": names.activity_enrollment, "revision": 2})),
    call("EnrollmentService/BatchActOnEnrollments", |names| json!({"action": {"pause": {}}, "requests": [{"name": names.waiting}, {"name": names.activity_enrollment}]})),
    call("EnrollmentService/ActOnEnrollments", |_| json!({"sequence": "tasks", "action": {"pause": {}}})),
    Write {
        name: "acting in bulk", method: "EnrollmentService/ActOnEnrollments", place: Place::Loop("AND state = 'RUNNING' ORDER BY id LIMIT 1 FOR UPDATE SKIP LOCKED"),
        request: |_| json!({"sequence": "tasks", "action": {"pause": {}}}),
    },
    Write {
        name: "enrolling in bulk", method: "EnrollmentService/ActOnEnrollments", place: Place::Loop("AND state = 'RUNNING' ORDER BY id LIMIT 1 FOR UPDATE SKIP LOCKED"),
        request: |_| json!({"sequence": "short", "condition": "record.origin == \"own\"", "enroll": {}}),
    },
    call("EnrollmentService/SkipWait", |names| json!({"name": names.waiting})),
    call("EmailService/BeginSending", |names| json!({"name": names.automated, "lease_id": names.automated_lease})),
    call("EmailService/FinishSending", |names| json!({"name": names.begun, "lease_id": names.begun_lease, "result": "SENT"})),
    call("WorkQueueService/CompleteActivity", |names| json!({"name": names.activity, "note": "done"})),
    call("WorkQueueService/BatchCompleteActivities", |names| json!({"requests": [{"name": names.activity}, {"name": names.other_activity}]})),
    call("WorkQueueService/SkipActivity", |names| json!({"name": names.activity, "reason": "no time"})),
    call("WorkQueueService/SnoozeActivity", |names| json!({"name": names.activity, "until": Clock::system().now() + TimeDelta::hours(1)})),
    call("WorkQueueService/ReopenActivity", |names| json!({"name": names.completed, "reason": "wrong click"})),
    call("WorkQueueService/BatchSkipActivities", |names| json!({"requests": [{"name": names.activity}, {"name": names.other_activity}]})),
    call("WorkQueueService/BatchSnoozeActivities", |names| json!({"requests": [{"name": names.activity, "until": Clock::system().now() + TimeDelta::hours(1)}]})),
    call("WorkQueueService/CreateActivity", |_| json!({"activity": {"record": RECORD, "phone_call": {"script": "Hi"}, "due_time": Clock::system().now() + TimeDelta::hours(1)}})),
    call("WorkQueueService/BatchCreateActivities", |_| json!({"requests": [{"activity": {"record": RECORD, "task": {}, "queue": "sellers/ben"}}, {"activity": {"record": RECORD, "task": {}}}]})),
    call("WorkQueueService/CreateView", |_| json!({"view_id": "new", "view": {"display_name": "New", "filter": "activity.kind == \"TASK\""}})),
    call("WorkQueueService/UpdateView", |_| json!({"view": {"name": "views/used", "display_name": "Else"}})),
    call("WorkQueueService/DeleteView", |_| json!({"name": "views/used"})),
    call("WorkQueueService/CancelActivity", |names| json!({"name": names.manual, "reason": "moot"})),
    Write {
        name: "editing a manual activity", method: "WorkQueueService/UpdateActivity", place: Place::Call,
        request: |names| json!({"activity": {"name": names.manual, "display_name": "Ring", "due_time": Clock::system().now() + TimeDelta::hours(1)}}),
    },
    call("WorkQueueService/UpdateActivity", |names| json!({"activity": {"name": names.activity, "note": "rings at noon", "followed": true}})),
    call("WorkQueueService/UnsnoozeActivity", |names| json!({"name": names.snoozed})),
    call("WorkQueueService/ReassignActivity", |names| json!({"name": names.activity, "queue": "sellers/ben"})),
    call("WorkQueueService/BatchReassignActivities", |names| json!({"requests": [{"name": names.activity, "queue": "teams/unassigned"}, {"name": names.leased, "queue": "sellers/ana"}]})),
    call("WorkQueueService/AcquireActivities", |_| json!({"queue": "sellers/ana", "max_activities": 2})),
    call("WorkQueueService/ExtendLease", |names| json!({"name": names.leased, "lease_id": names.lease, "lease_duration": "60s"})),
    call("WorkQueueService/ReleaseActivity", |names| json!({"name": names.leased, "lease_id": names.lease})),
    Write {
        name: "completing under a lease", method: "WorkQueueService/CompleteActivity", place: Place::Call,
        request: |names| json!({"name": names.leased, "lease_id": names.lease}),
    },
    Write {
        name: "waiting in line", method: "EnrollmentService/EnrollRecord", place: Place::Call,
        request: |_| json!({"record": "recordTypes/lead/records/few3", "sequence": "few"}),
    },
    Write {
        name: "another throttle", method: "SequenceService/UpdateSequence", place: Place::Call,
        request: |_| json!({"sequence": {"name": "sequences/few", "throttle": {"active_per_seller": 2}}}),
    },
    Write {
        name: "a turn in line", method: "EnrollmentService/ExitEnrollment", place: Place::Loop("DELETE FROM sequence_place"),
        request: |names| json!({"name": names.placed}),
    },
    Write {
        name: "the end of a split", method: "SequenceService/ActivateSequence", place: Place::Loop("RETURNING timer.due_at, timer.subject_id"),
        request: |_| json!({"name": "ends"}),
    },
    Write {
        name: "an upsert that moves no enrollment", method: "RecordService/UpsertRecord", place: Place::Call,
        request: |_| json!({"record_type": "lead", "record": {"id": "new"}}),
    },
    Write {
        name: "an upsert that reaches a goal", method: "RecordService/UpsertRecord", place: Place::Call,
        request: |_| json!({"record_type": "lead", "record": {"id": "writes", "attributes": {"origin": "won"}}}),
    },
    Write {
        name: "an update that changes nothing", method: "SellerService/UpdateSeller", place: Place::Call,
        request: |_| json!({"seller": {"name": "sellers/ana", "display_name": "ana"}}),
    },
    Write {
        name: "routing", method: "RecordService/BatchUpsertRecords", place: Place::Loop("FROM routing WHERE organization_id = $1 FOR UPDATE SKIP LOCKED"),
        request: |_| json!({"record_type": "lead", "records": [{"id": "live1", "attributes": {"origin": "live"}}, {"id": "acts2", "attributes": {"origin": "live"}}]}),
    },
    Write {
        name: "telling who refers to a record", method: "RecordService/UpsertRecord", place: Place::Loop("DELETE FROM related_change"),
        request: |_| json!({"record_type": "account", "record": {"id": "b1", "attributes": {"industry": "banking"}}}),
    },
    Write {
        name: "another reference", method: "RecordService/UpsertRecord", place: Place::Call,
        request: |_| json!({"record_type": "lead", "record": {"id": "banker1", "attributes": {"employer": "b2"}}}),
    },
    Write {
        name: "indexing references", method: "SegmentService/UpdateSegment", place: Place::Loop("AND state = 'RUNNING' ORDER BY id LIMIT 1 FOR UPDATE SKIP LOCKED"),
        request: |_| json!({"segment": {"name": "segments/banks", "condition": "record.employer.industry == \"trade\""}}),
    },
    Write {
        name: "publishing", method: "SellerService/CreateSeller", place: Place::Loop("FROM publication WHERE organization_id = $1 FOR NO KEY UPDATE SKIP LOCKED"),
        request: |_| json!({"seller_id": "eve", "seller": {"display_name": "Eve"}}),
    },
    Write {
        name: "backfill", method: "SegmentService/ActivateSegment", place: Place::Loop("AND state = 'RUNNING' ORDER BY id LIMIT 1 FOR UPDATE SKIP LOCKED"),
        request: |_| json!({"name": "segments/paid", "backfill": true}),
    },
    Write {
        name: "erase", method: "RecordService/DeleteAttribute", place: Place::Loop("AND state = 'RUNNING' ORDER BY id LIMIT 1 FOR UPDATE SKIP LOCKED"),
        request: |_| json!({"record_type": "lead", "attribute": "spare"}),
    },
    Write {
        name: "refresh", method: "RecordService/UpdateRecordType", place: Place::Loop("AND state = 'RUNNING' ORDER BY id LIMIT 1 FOR UPDATE SKIP LOCKED"),
        request: |_| json!({"record_type": {"name": "recordTypes/lead", "display_name_attribute": "origin"}}),
    },
    Write {
        name: "wait refresh", method: "CalendarService/UpdateCalendar", place: Place::Loop("AND state = 'RUNNING' ORDER BY id LIMIT 1 FOR UPDATE SKIP LOCKED"),
        request: |_| json!({"calendar": {"name": "calendars/used", "time_zone": "Asia/Tokyo"}}),
    },
    Write {
        name: "assign", method: "SellerService/UpdateSeller", place: Place::Loop("AND state = 'RUNNING' ORDER BY id LIMIT 1 FOR UPDATE SKIP LOCKED"),
        request: |_| json!({"seller": {"name": "sellers/cem", "assign_records": true}}),
    },
    Write {
        name: "a place for one who waits", method: "RecordService/CloseRecord", place: Place::Loop("DELETE FROM freed_place"),
        request: |_| json!({"name": "recordTypes/lead/records/full1", "close_outcome": "WON"}),
    },
    Write {
        name: "problems", method: "OrganizationService/RetryProblem", place: Place::Loop("FROM set_aside WHERE organization_id = $1 AND id = $2 FOR UPDATE"),
        request: |names| json!({"name": names.problem}),
    },
    Write {
        name: "timers", method: "EnrollmentService/EnrollRecord", place: Place::Loop("-- Due timers of one organization"),
        request: |_| json!({"record": "recordTypes/lead/records/plain", "sequence": "soon"}),
    },
    Write {
        name: "commands", method: "EnrollmentService/EnrollRecord", place: Place::Loop("ARRAY[cardinality($2::uuid[])]), $2::uuid[]) WITH ORDINALITY AS item"),
        request: |_| json!({"record": "recordTypes/lead/records/plain", "sequence": "commands"}),
    },
];

impl Write {
    /// What is asked, the same however often: with a `request_id` wherever there is room for one.
    pub fn asked(&self, names: &Names) -> Value {
        let mut request = (self.request)(names);
        let (service, method) = self.method.split_once('/').expect("service/method");
        let service = DESCRIPTORS.get_service_by_name(&format!("upnext.v1.{service}")).expect("a service");
        let method = service.methods().find(|listed| listed.name() == method).expect("a method");
        if method.input().get_field_by_name("request_id").is_some() {
            request["request_id"] = json!(Uuid::from_u128(rand::random()));
        }
        for item in request.get_mut("requests").and_then(Value::as_array_mut).into_iter().flatten() {
            item["request_id"] = json!(Uuid::from_u128(rand::random()));
        }
        request
    }

    /// Whether a repetition is recognized; upserts are idempotent by themselves.
    pub fn is_recognized(request: &Value) -> bool {
        request.get("request_id").is_some() || request.get("requests").is_some()
    }
}

/// Every RPC that writes: those that don't say that they have no side effects, and answer once.
pub fn writing_rpcs() -> Vec<String> {
    let services = DESCRIPTORS.services().filter(|service| service.full_name().starts_with("upnext.v1."));
    let methods = services.flat_map(|service| service.methods().collect::<Vec<_>>());
    let writes = methods.filter(|method| {
        let level =
            method.options().get_field_by_name("idempotency_level").and_then(|level| level.as_enum_number());
        level != Some(1) && !method.is_server_streaming()
    });
    writes.map(|method| format!("{}/{}", method.parent_service().name(), method.name())).collect()
}
