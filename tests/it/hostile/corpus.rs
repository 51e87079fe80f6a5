//! A sensible request for every RPC, with names of things that exist: where the fuzzer starts when
//! it wants to get far.

use serde_json::{Value, json};

use super::generate::Generator;

/// A request that would be accepted in the right state.
#[rustfmt::skip]
pub fn request(method: &str, g: &mut Generator) -> Value {
    let now = |g: &Generator, seconds: i64| chrono::DateTime::from_timestamp(g.now + seconds, 0).expect("in range").to_rfc3339();

    match method {
        "CreateApiKey" => json!({"api_key": {"display_name": "x", "roles": ["SALESPERSON"], "seller": g.known("sellers")}}),
        "ListProblems" => json!({"page_size": 3}),
        "RetryProblem" => json!({"name": g.known("problems")}),
        "RotateApiKey" => json!({"name": g.known("apiKeys"), "overlap": "60s"}),
        "RevokeApiKey" => json!({"name": g.known("apiKeys")}),
        "UpdateOrganization" => {
            let limit = g.random.random_range_i32(50, 250);
            json!({"organization": {"display_name": "Fuzz", "settings": {"limits": {"active_sequences": limit, "longest_wait_days": 30}}}})
        }
        "CreateSeller" => json!({"seller_id": g.fresh_id(), "seller": {"display_name": "Ann", "email": "a@example.com", "max_capacity": 5}}),
        "GetSeller" => json!({"name": g.known("sellers")}),
        "UpdateSeller" => json!({"seller": {"name": g.known("sellers"), "assign_records": true, "max_capacity": 50}}),
        "DeclareSellerAttributes" => json!({"attributes": {g.fresh_id(): {"type": "INT"}}}),
        "DeleteSellerAttribute" => json!({"attribute": g.fresh_id()}),
        "CreateCalendar" => json!({"calendar_id": g.fresh_id(), "calendar": {"display_name": "C", "time_zone": "Europe/Berlin",
            "working_hours": [{"days": ["MONDAY", "FRIDAY"], "start_time": "09:00", "end_time": "17:00"}], "holidays": [{"date": "2026-12-25"}]}}),
        "ImportCalendarEvents" => json!({"name": g.known("calendars"), "target": g.one_of(&["HOLIDAYS", "TIME_OFF"]),
            "content": "BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nSUMMARY:New Year\r\nDTSTART;VALUE=DATE:20200101\r\nRRULE:FREQ=YEARLY\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"}),
        "GetCalendar" | "DeleteCalendar" => json!({"name": g.known("calendars")}),
        "UpdateCalendar" => json!({"calendar": {"name": g.known("calendars"), "time_off": [{"start_date": "2026-08-03", "end_date": "2026-08-14"}]}}),
        "CreateTeam" => json!({"team_id": g.fresh_id(), "team": {"display_name": "T", "members": [g.known("sellers")], "calendar": g.known("calendars")}}),
        "GetTeam" | "DeleteTeam" => json!({"name": g.known("teams")}),
        "UpdateTeam" => json!({"team": {"name": g.known("teams"), "members": [g.known("sellers")]}}),
        "CreateTemplate" => json!({"template_id": g.fresh_id(), "template": {"display_name": "T", "email": {"subject": "Hi", "body": "Dear {{name}}"}}}),
        "GetTemplate" | "DeleteTemplate" => json!({"name": g.known("templates")}),
        "UpdateTemplate" => json!({"template": {"name": g.known("templates"), "email": {"subject": "Hello"}}}),
        "CreateRecordType" => {
            let id = g.fresh_id();
            json!({"record_type_id": id, "record_type": {"display_name": "x", "attributes": {"origin": {"type": "STRING"}}}})
        }
        "UpdateRecordType" => json!({"record_type": {"name": g.known("recordTypes"), "email_attribute": "email", "priority_expression": "size(record.id)"}}),
        "DeleteRecordType" => json!({"name": format!("recordTypes/{}", g.fresh_id())}),
        "UpdateAttribute" => json!({"record_type": "lead", "attribute": "origin", "description": g.fresh_id()}),
        "DeleteAttribute" => json!({"record_type": "lead", "attribute": g.fresh_id()}),
        "GetRecordType" => json!({"name": g.known("recordTypes")}),
        "DeclareAttributes" => json!({"record_type": "lead", "attributes": {g.fresh_id(): {"type": "INT"}}}),
        "UpsertRecord" => json!({"record_type": "lead", "record": record(g)}),
        "BatchUpsertRecords" => json!({"record_type": "lead", "records": [record(g), record(g), record(g)]}),
        "GetRecord" | "DeleteRecord" | "EraseRecord" | "ReopenRecord" => json!({"name": g.known("records")}),
        "MergeRecords" => json!({"name": g.known("records"), "merged_records": [g.known("duplicates")]}),
        "IngestEngagementEvents" => json!({"events": [event(g), event(g), event(g)]}),
        "CloseRecord" => json!({"name": g.known("records"), "close_outcome": "WON"}),
        "ListRecords" => json!({"record_type": "lead", "page_size": 3, "filter": "record.origin == \"web\""}),
        "CreateSequence" => {
            let id = g.fresh_id();
            json!({"sequence_id": id, "sequence": {"display_name": "S", "steps": steps(g)}})
        }
        "ValidateSequence" => json!({"name": g.known("sequences"), "sequence": {"steps": steps(g)}}),
        "SimulateSequence" => json!({"sequence": {"steps": steps(g), "exit_criteria": {"replied": g.chance(50)}},
            "attributes": {"origin": "web"}, "engagements": [{"kind": "REPLIED", "delay": {"hours": 3}}]}),
        "ListSequenceTemplates" => json!({}),
        "GetSequence" | "DeleteSequence" | "UndeleteSequence" | "ActivateSequence" | "DeactivateSequence" => json!({"name": g.known("sequences")}),
        "DecideSplit" => json!({"name": g.known("sequences"), "step_id": "split", "variant_id": g.one_of(&["a", "b"])}),
        "ListSequenceRevisions" => json!({"parent": g.known("sequences")}),
        "GetSequenceRevision" => json!({"name": format!("{}/revisions/1", g.known("sequences"))}),
        "UpdateSequence" => json!({"sequence": {"name": g.known("sequences"), "steps": steps(g)}}),
        "CreateSegment" => {
            let id = g.fresh_id();
            json!({"segment_id": id, "segment": {"display_name": "G", "condition": g.condition()}})
        }
        "GetSegment" | "DeleteSegment" | "DeactivateSegment" | "DisconnectSequence" => json!({"name": g.known("segments")}),
        "ListSegmentMembers" => json!({"parent": g.known("segments")}),
        "ActivateSegment" => json!({"name": g.known("segments"), "backfill": g.chance(50)}),
        "UpdateSegment" => json!({"segment": {"name": g.known("segments"), "condition": g.condition(), "display_name": "H"}}),
        "ConnectSequence" => json!({"name": g.known("segments"), "sequence": g.known("sequences"), "backfill": g.chance(50)}),
        "ExplainRecord" => json!({"name": g.known("records")}),
        "ListRoutingRuns" => json!({"page_size": 2, "filter": "run.owner_reason != \"NO_RULE\" && run.segment != \"x\""}),
        "CloneSegment" => json!({"name": g.known("segments"), "segment_id": g.fresh_id()}),
        "CloneSequence" => json!({"name": g.known("sequences"), "sequence_id": g.fresh_id()}),
        "DeleteSeller" => json!({"name": g.known("sellers"), "force": true}),
        "ReassignRecords" => json!({"current_owner": g.known("sellers"), "nobody": {}, "include_activities": true, "validate_only": g.chance(50)}),
        "HandBackRecords" => json!({"operation": g.known("operations"), "validate_only": g.chance(50)}),
        "ReassignSequences" => json!({"sequences": [g.known("sequences")], "new_owner": g.known("sellers")}),
        "DiffSequence" => json!({"name": g.known("sequences"), "base_name": g.known("sequences")}),
        "GetSequenceStats" => json!({"name": g.known("sequences"), "window": g.one_of(&["DAYS_90", "TWO_YEARS"])}),
        "RenderSequence" => json!({"name": g.known("sequences"), "with_counts": g.chance(50)}),
        "PreviewSegment" => json!({"condition": g.condition(), "sample_size": 5}),
        "MoveSegment" => json!({"name": g.known("segments"), "priority": 1}),
        "RunAssignment" => json!({"name": g.known("segments"), "validate_only": g.chance(50)}),
        "CreateAssignmentRule" => {
            let id = g.fresh_id();
            json!({"parent": g.known("segments"), "assignment_rule_id": id,
                "assignment_rule": {"display_name": "R", "listed": {"sellers": [g.known("sellers")]},
                    "distribution": "LOAD_BALANCING", "respect_capacity": true, "available_within_hours": 24}})
        }
        "GetAssignmentRule" | "DeleteAssignmentRule" => json!({"name": g.known("rules")}),
        "MoveAssignmentRule" => json!({"name": g.known("rules"), "priority": 1}),
        "ListAssignmentRules" => json!({"parent": g.known("segments")}),
        "UpdateAssignmentRule" => json!({"assignment_rule": {"name": g.known("rules"), "team": g.known("teams"), "disabled": true}}),
        "EnrollRecord" => json!({"record": g.known("records"), "sequence": g.known("sequences")}),
        "BatchEnrollRecords" => {
            let items: Vec<_> = (0..3).map(|_| json!({"record": g.known("records"), "sequence": g.known("sequences")})).collect();
            json!({"requests": items})
        }
        "UpdateEnrollment" => json!({"enrollment": {"name": g.known("enrollments"), "disposition": "connected"}}),
        "MigrateEnrollment" => json!({"name": g.known("enrollments"), "step_policy": "RESTART"}),
        "BatchActOnEnrollments" => {
            let items: Vec<_> = (0..3).map(|_| json!({"name": g.known("enrollments")})).collect();
            json!({"action": {"pause": {}}, "requests": items})
        }
        "ActOnEnrollments" => {
            json!({"sequence": g.known("sequences"), "condition": "enrollment.revision > 0", "action": {"resume": {}}})
        }
        "ExitEnrollment" | "PauseEnrollment" | "ResumeEnrollment" | "RetryEnrollment" | "SkipWait" | "ExplainEnrollment" => {
            json!({"name": g.known("enrollments")})
        }
        "GetEnrollment" => json!({"name": g.known("enrollments"), "view": "FULL"}),
        "ListRecordHistory" => json!({"parent": g.known("records"), "order_by": "event_time"}),
        "ListEnrollmentEvents" => json!({"parent": g.known("enrollments"), "order_by": "event_time desc"}),
        "ListEnrollments" => json!({"page_size": 5, "filter": "enrollment.state == \"ACTIVE\""}),
        "ListActivities" => json!({"queue": g.known("sellers"), "states": ["DUE", "SNOOZED"], "order_by": "due_time desc", "due": "TODAY", "group_by": "kind", "view": "FULL"}),
        "SummarizeWorkQueues" => json!({"page_size": 5}),
        "WatchWorkQueue" | "WatchNextActivity" => json!({"queue": g.known("sellers")}),
        "ListAuditEvents" => json!({"page_size": 3, "resource_kind": "seller", "actor": g.known("sellers")}),
        "ListEvents" => json!({"page_size": 3, "kinds": ["activity_completed"]}),
        "CreateWebhook" => json!({"webhook_id": g.fresh_id(), "webhook": {"url": "https://127.0.0.1:9/", "kinds": ["activity_completed"], "disabled": true}}),
        "GetWebhook" | "DeleteWebhook" | "RotateWebhookSecret" | "TestWebhook" => json!({"name": g.known("webhooks")}),
        "UpdateWebhook" => json!({"webhook": {"name": g.known("webhooks"), "url": "https://127.0.0.1:10/"}}),
        "ListWebhookDeliveries" => json!({"parent": g.known("webhooks"), "page_size": 2}),
        "RetryWebhookDelivery" => json!({"name": g.known("deliveries")}),
        "WatchEvents" => json!({"kinds": ["record_routed"]}),
        "GetUpNext" => json!({"record": g.known("records")}),
        "GetActivity" | "SkipActivity" | "ReopenActivity" => json!({"name": g.known("activities")}),
        "CompleteActivity" => json!({"name": g.known("activities"), "outcome": "made", "note": "ok"}),
        "BatchCompleteActivities" => {
            let items: Vec<_> = (0..3).map(|_| json!({"name": g.known("activities"), "outcome": "made"})).collect();
            json!({"requests": items})
        }
        "SnoozeActivity" => json!({"name": g.known("activities"), "until": now(g, 600)}),
        "UpdateActivity" => json!({"activity": {"name": g.known("activities"), "read": true, "note": "rings at noon"}}),
        "CreateActivity" => json!({"activity": {"record": g.known("records"), "display_name": "Ring",
            "phone_call": {"script": "Hi"}, "due_time": now(g, 600)}}),
        "BatchCreateActivities" => json!({"requests": [{"activity": {"record": g.known("records"), "task": {}}},
            {"activity": {"record": g.known("records"), "email": {}, "queue": "teams/unassigned"}}]}),
        "CreateView" => json!({"view_id": g.fresh_id(), "view": {"display_name": "Mine", "owner": "sellers/ana",
            "filter": "activity.priority > 5", "group_by": "kind", "window_size": 5}}),
        "GetView" | "DeleteView" => json!({"name": g.known("views")}),
        "ListViews" => json!({"page_size": 2}),
        "UpdateView" => json!({"view": {"name": g.known("views"), "due": "TODAY"}}),
        "CancelActivity" => json!({"name": g.known("activities"), "reason": "moot"}),
        "UnsnoozeActivity" => json!({"name": g.known("activities")}),
        "ReassignActivity" => json!({"name": g.known("activities"), "queue": g.known("sellers")}),
        "BatchSkipActivities" => json!({"requests": [{"name": g.known("activities")}, {"name": g.known("activities")}]}),
        "BatchSnoozeActivities" => json!({"requests": [{"name": g.known("activities"), "until": now(g, 600)}]}),
        "BatchReassignActivities" => json!({"requests": [{"name": g.known("activities"), "queue": "teams/unassigned"}]}),
        "AcquireActivities" => json!({"queue": g.one_of(&["teams/unassigned", "sellers/ana"]), "max_activities": 3, "lease_duration": "60s"}),
        "ExtendLease" | "ReleaseActivity" => json!({"name": g.known("activities"), "lease_id": uuid::Uuid::from_u128(rand::Rng::random(&mut g.random))}),
        "RenderActivity" => json!({"name": g.known("activities"), "sender": {"display_name": "x", "email": "x@example.com"}}),
        "BeginSending" => json!({"name": g.known("activities"), "lease_id": uuid::Uuid::from_u128(rand::Rng::random(&mut g.random))}),
        "FinishSending" => {
            let lease = uuid::Uuid::from_u128(rand::Rng::random(&mut g.random));
            json!({"name": g.known("activities"), "lease_id": lease, "result": "SENT", "reply": "250 OK"})
        }
        "GetOperation" | "CancelOperation" | "DeleteOperation" => json!({"name": g.known("operations")}),
        "WaitOperation" => json!({"name": g.known("operations"), "timeout": "0.001s"}),
        "ListSequences" => json!({"page_size": 2, "show_deleted": true}),
        "ListRecordTypes" | "ListSegments" | "ListSellers" | "ListTemplates" | "ListCalendars" | "ListTeams" | "ListApiKeys" | "ListWebhooks" => json!({"page_size": 2}),
        "GetOrganization" | "ListOperations" => json!({}),
        other => panic!("{other} has no request in this test"),
    }
}

fn record(g: &mut Generator) -> Value {
    let id = if g.chance(50) {
        g.known("records").rsplit('/').next().unwrap_or_default().to_owned()
    } else {
        g.fresh_id()
    };
    let owner = if g.chance(70) { g.known("sellers") } else { String::new() };
    let n = g.one_of(&["0", "1", "9223372036854775807", "-9223372036854775808"]);
    json!({"id": id, "owner": owner, "attributes": {"origin": "web", "n": n, "f": 1e300, "b": g.chance(50),
        "t": "9999-12-31T23:59:59Z", "d": "0001-01-01", "l": ["a", ""], "ref": "l1"}})
}

fn event(g: &mut Generator) -> Value {
    let kind = g.one_of(&["email_opened", "replied", "unsubscribed", "out_of_office", "email_sent"]);
    let id = g.fresh_id();
    json!({"event_id": id, "record": g.known("records"), kind: {}})
}

fn steps(g: &mut Generator) -> Value {
    let task = json!({"display_name": "Do", "task": {}});
    let call = json!({"step_id": "call", "phone_call": {"script": "Hi"}, "auto_skip_after": {"days": 2}});
    let wait = json!({"step_id": "pause", "wait": {"delay": {"minutes": 5}}});
    let branch = json!({"branch": {"condition": {"record": {"condition": g.condition()}},
        "yes_steps": [task], "no_steps": [{"linked_in": {"action": "CONNECT"}}]}});
    let split = json!({"step_id": "split", "split": {"variants": [
        {"variant_id": "a", "weight": 50, "steps": [call]}, {"variant_id": "b", "weight": 50}],
        "goal": {"metric": "REPLIED", "decide_at_end": true, "min_enrollments": 1},
        "end_time": "2026-01-01T00:00:00Z", "default_variant": "b"}});
    let assigned = json!([{"assign_to": {"attribute": "origin"}, "task": {}},
        {"step_id": "x", "assign_to": {"team": "unassigned"}, "email": {}}]);
    match g.one_of(&["a", "b", "c", "d", "e", "f"]).as_str() {
        "a" => json!([task, wait, call]),
        "b" => json!([call]),
        "f" => assigned,
        "d" => {
            json!([branch, {"text_message": {}}, {"update_attribute": {"attribute": "origin", "value": "x"}}])
        }
        "e" => json!([split, {"assign_owner": {"seller": "ana"}}, {"emit_event": {"event_name": "done"}}]),
        _ => json!([wait, task]),
    }
}

/// A whole number between two others; only so much of `Rng` is needed here.
trait Between {
    fn random_range_i32(&mut self, least: i32, most: i32) -> i32;
}

impl<R: rand::Rng> Between for R {
    fn random_range_i32(&mut self, least: i32, most: i32) -> i32 {
        self.random_range(least..=most)
    }
}
