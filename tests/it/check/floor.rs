//! A sales floor with one of everything, so that for each rule there is a row that can be broken.

use chrono::TimeDelta;
use serde_json::{Value, json};
use uuid::Uuid;

use crate::support::app::TestApp;
use crate::support::dynamic::call;
use crate::support::stage::text;

/// A server on whose database every rule has something to look at, and all hold.
///
/// The leads: `paid1` to `paid4` came in by a segment, of which `paid1` acts, `paid2` waits, `paid3` was snoozed and `paid4` is closed; `paid5` is
/// deleted. `watched` is in a segment without a sequence, `plain` in none. By hand, `hand` acts in `tasks`, `done` went through `short`, and
/// `again` was ended in its wait there and acts in its second pass. `eve` has nothing to do.
pub struct Floor(pub TestApp);

impl Floor {
    /// Sets it up.
    pub async fn new() -> Self {
        let floor = Self(TestApp::new().await);
        floor.0.other_organization().await;
        floor.furnish().await;
        floor.work().await;
        floor
    }

    async fn done(&self, method: &str, request: Value) -> Value {
        let answer = call(&self.0.admin, &format!("upnext.v1.{method}"), request.clone()).await;
        answer.unwrap_or_else(|status| panic!("{method} {request}: {status:?}"))
    }

    async fn furnish(&self) {
        for seller in ["ana", "ben", "eve"] {
            let request = json!({"seller_id": seller, "seller": {"display_name": seller}, "request_id": Uuid::from_u128(7).to_string()});
            let request = if seller == "ana" {
                request
            } else {
                json!({"seller_id": seller, "seller": {"display_name": seller}})
            };
            self.done("SellerService/CreateSeller", request).await;
        }
        let key = json!({"display_name": "ana", "roles": ["SALESPERSON"], "seller": "ana"});
        self.done("ApiKeyService/CreateApiKey", json!({"api_key": key})).await;
        let declared = json!({"record_type": "lead", "attributes": {"origin": {"type": "STRING"}}});
        self.done("RecordService/DeclareAttributes", declared).await;
        let template = json!({"display_name": "Hello", "email": {"subject": "Hello"}});
        self.done("TemplateService/CreateTemplate", json!({"template_id": "hello", "template": template}))
            .await;
        let short = json!([{"step_id": "hello", "email": {"template": "templates/hello"}},
            {"step_id": "pause", "wait": {"delay": {"seconds": 10}}}, {"step_id": "call", "phone_call": {}}]);
        self.sequence("short", short).await;
        self.sequence("tasks", json!([{"step_id": "first", "task": {}}])).await;
        for (segment, origin) in [("paid", "paid"), ("watched", "watched")] {
            let segment = json!({"segment_id": segment, "segment": {"display_name": segment,
                "condition": format!("record.origin == \"{origin}\"")}});
            self.done("SegmentService/CreateSegment", segment).await;
        }
        for rule in ["in-turn", "never"] {
            let rule = json!({"parent": "segments/paid", "assignment_rule_id": rule,
                "assignment_rule": {"display_name": rule, "listed": {"sellers": ["ana", "ben"]}, "distribution": "ROUND_ROBIN"}});
            self.done("SegmentService/CreateAssignmentRule", rule).await;
        }
        self.done("SegmentService/ConnectSequence", json!({"name": "segments/paid", "sequence": "short"}))
            .await;
    }

    async fn sequence(&self, id: &str, steps: Value) {
        let sequence = json!({"display_name": id, "steps": steps});
        self.done("SequenceService/CreateSequence", json!({"sequence_id": id, "sequence": sequence})).await;
        self.done("SequenceService/ActivateSequence", json!({"name": id})).await;
    }

    async fn work(&self) {
        let leads =
            ["paid1", "paid2", "paid3", "paid4", "paid5", "watched", "plain", "hand", "done", "again"];
        let records: Vec<Value> = leads
            .into_iter()
            .map(|id| json!({"id": id, "attributes": {"origin": id.trim_end_matches(char::is_numeric)}}))
            .collect();
        let records = json!({"record_type": "lead", "records": records});
        self.done("RecordService/BatchUpsertRecords", records).await;
        self.done("SegmentService/ActivateSegment", json!({"name": "segments/watched"})).await;
        self.done("SegmentService/ActivateSegment", json!({"name": "segments/paid", "backfill": true})).await;
        self.0.run_until_idle().await;
        self.complete("paid2", "").await;
        self.done(
            "RecordService/CloseRecord",
            json!({"name": "recordTypes/lead/records/paid4", "close_outcome": "WON"}),
        )
        .await;
        self.done("RecordService/DeleteRecord", json!({"name": "recordTypes/lead/records/paid5"})).await;
        self.enroll("hand", "tasks").await;
        self.enroll("done", "short").await;
        self.complete("done", "").await;
        let again = self.enroll("again", "short").await;
        self.complete("again", "").await;
        self.done("EnrollmentService/ExitEnrollment", json!({"name": again})).await;
        self.enroll("again", "short").await;
        self.skip_wait("done").await;
        self.complete("done", "made").await;
        let until = self.0.now() + TimeDelta::hours(1);
        let snoozed = json!({"name": self.activity("paid3").await, "until": until});
        self.done("WorkQueueService/SnoozeActivity", snoozed).await;
        // Its change awaits routing.
        let plain = json!({"record_type": "lead", "record": {"id": "plain", "owner": "ana"}});
        self.done("RecordService/UpsertRecord", plain).await;
    }

    async fn enroll(&self, lead: &str, sequence: &str) -> String {
        let request = json!({"record": format!("recordTypes/lead/records/{lead}"), "sequence": sequence});
        text(&self.done("EnrollmentService/EnrollRecord", request).await, "/enrollment/name").to_owned()
    }

    async fn skip_wait(&self, lead: &str) {
        let id = self.id("SELECT enrollment.id FROM enrollment", lead).await;
        self.done("EnrollmentService/SkipWait", json!({"name": format!("enrollments/{id}")})).await;
    }

    async fn complete(&self, lead: &str, outcome: &str) {
        let request = json!({"name": self.activity(lead).await, "outcome": outcome});
        self.done("WorkQueueService/CompleteActivity", request).await;
    }

    /// The open activity of a lead.
    async fn activity(&self, lead: &str) -> String {
        format!("activities/{}", self.id("SELECT activity.id FROM activity", lead).await)
    }

    async fn id(&self, select: &str, lead: &str) -> Uuid {
        let table = select.rsplit(' ').next().expect("a table");
        let query = format!(
            "{select} JOIN record ON record.organization_id = {table}.organization_id AND record.id = {table}.record_id WHERE record.record_id = $1"
        );
        let query = sqlx::query_scalar(sqlx::AssertSqlSafe(query)).bind(lead.to_owned());
        query.fetch_one(&self.0.database.pool()).await.unwrap_or_else(|error| panic!("{lead}: {error}"))
    }
}
