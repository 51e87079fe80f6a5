//! The main job as a newcomer would paste it: records arrive, a segment takes them, sellers get
//! them in turn, a sequence leads through email, wait and call, and later upserts follow by
//! themselves.

use chrono::TimeDelta;
use serde_json::{Value, json};
use tonic::{Code, Status};

use super::support::app::TestApp;
use super::support::dynamic::call;
use super::support::refused::refused;
use super::support::stage::{each, event, list, text};

/// Somebody with the empty organization's key.
struct Newcomer(TestApp);

impl Newcomer {
    async fn try_call(&self, method: &str, request: Value) -> Result<Value, Status> {
        call(&self.0.admin, method, request).await
    }

    /// Calls and then lets every loop do what it has to.
    async fn call(&self, method: &str, request: Value) -> Value {
        let method = format!("upnext.v1.{method}");
        let answer = self.try_call(&method, request.clone()).await;
        let answer = answer.unwrap_or_else(|status| panic!("{method} {request}: {status:?}"));
        self.0.run_until_idle().await;
        answer
    }

    async fn queue(&self, seller: &str) -> Vec<Value> {
        let request = json!({"queue": format!("sellers/{seller}")});
        list(&self.call("WorkQueueService/ListActivities", request).await, "/activities")
    }

    async fn make_sellers_and_leads(&self) {
        for (id, name) in [("ana", "Ana Ruiz"), ("ben", "Ben Okoro")] {
            let request = json!({"seller_id": id, "seller": {"display_name": name}});
            self.call("SellerService/CreateSeller", request).await;
        }

        let attributes =
            json!({"origin": {"type": "STRING"}, "revenue": {"type": "DOUBLE"}, "email": {"type": "STRING"}});
        let request = json!({"record_type": "lead", "attributes": attributes});
        self.call("RecordService/DeclareAttributes", request).await;
        let records = json!([
            {"id": "l1", "attributes": {"origin": "paid search", "revenue": 12000, "email": "kim@example.com"}},
            {"id": "l2", "attributes": {"origin": "paid search", "revenue": 300}},
            {"id": "l3", "owner": "ben", "attributes": {"origin": "organic search"}}]);
        let request = json!({"record_type": "lead", "records": records});
        self.call("RecordService/BatchUpsertRecords", request).await;
    }

    async fn make_sequence(&self) {
        let steps = json!([
            {"step_id": "hello", "display_name": "Say hello", "email": {}},
            {"step_id": "pause", "wait": {"delay": {"seconds": 10}}},
            {"step_id": "call", "display_name": "Call", "description": "Ask what they need", "phone_call": {"script": "Hi, this is …"}}]);
        let sequence = json!({"display_name": "Paid search follow-up", "steps": steps});
        let request = json!({"sequence_id": "paid-search", "sequence": sequence});
        self.call("SequenceService/CreateSequence", request).await;
        self.call("SequenceService/ActivateSequence", json!({"name": "sequences/paid-search"})).await;
    }

    async fn make_segment(&self) {
        let condition = "record.origin == \"paid search\"";
        let preview = json!({"record_type": "lead", "condition": condition});
        let preview = self.call("SegmentService/PreviewSegment", preview).await;
        assert_eq!(preview["count"], "2");

        let mut sample = list(&preview, "/sample");
        sample.sort_by_key(Value::to_string);
        assert_eq!(sample, ["recordTypes/lead/records/l1", "recordTypes/lead/records/l2"]);

        let segment = json!({"display_name": "Paid search", "record_type": "lead", "condition": condition});
        let request = json!({"segment_id": "paid-search", "segment": segment});
        self.call("SegmentService/CreateSegment", request).await;
        let rule = json!({"display_name": "In turn", "listed": {"sellers": ["ana", "ben"]}, "distribution": "ROUND_ROBIN"});
        let request = json!({"parent": "segments/paid-search", "assignment_rule_id": "in-turn", "assignment_rule": rule});
        self.call("SegmentService/CreateAssignmentRule", request).await;
        let request = json!({"name": "segments/paid-search", "sequence": "paid-search"});
        self.call("SegmentService/ConnectSequence", request).await;
    }

    async fn activate_segment(&self) {
        let request = json!({"name": "segments/paid-search", "backfill": true});
        let started = self.call("SegmentService/ActivateSegment", request).await;
        assert_eq!(started["existingMatches"], "2");
        let wait = json!({"name": started["backfillOperation"], "timeout": "10s"});
        let operation = self.try_call("google.longrunning.Operations/WaitOperation", wait).await;
        assert_eq!(operation.expect("the operation ends")["done"], true);
    }
}

#[tokio::test]
async fn leads_are_segmented_assigned_enrolled_worked_on_and_called_after_the_wait() {
    let newcomer = Newcomer(TestApp::new().await);
    newcomer.make_sellers_and_leads().await;
    newcomer.make_sequence().await;
    newcomer.make_segment().await;
    newcomer.activate_segment().await;

    // Each seller has one of the two, and the lead that doesn't match is in no queue.
    let (anas, bens) = (newcomer.queue("ana").await, newcomer.queue("ben").await);
    assert_eq!(each(&anas, "displayName"), ["Say hello"]);
    assert_eq!(each(&bens, "displayName"), ["Say hello"]);
    let mut records = [each(&anas, "record"), each(&bens, "record")].concat();
    records.sort_unstable();
    assert_eq!(records, ["recordTypes/lead/records/l1", "recordTypes/lead/records/l2"]);

    let completed =
        newcomer.call("WorkQueueService/CompleteActivity", json!({"name": anas[0]["name"]})).await;
    assert_eq!(text(&completed, "/activity/state"), "COMPLETED");
    assert!(completed["waitingUntil"].is_string() && completed.get("nextActivity").is_none());
    assert_eq!(newcomer.queue("ana").await, [] as [Value; 0]);
    newcomer.0.advance(TimeDelta::seconds(9)).await;
    assert_eq!(newcomer.queue("ana").await, [] as [Value; 0], "the wait isn't over");
    newcomer.0.advance(TimeDelta::seconds(1)).await;
    let due = newcomer.queue("ana").await;
    let full = json!({"name": due[0]["name"], "view": "FULL"});
    let full = newcomer.call("WorkQueueService/GetActivity", full).await;
    assert_eq!(text(&full, "/activity/phoneCall/script"), "Hi, this is …");
    assert_eq!(due[0]["dueTime"], completed["waitingUntil"]);
    let head = newcomer.call("WorkQueueService/WatchNextActivity", json!({"queue": "sellers/ana"})).await;
    assert_eq!(head["activity"], due[0], "a stream and a list show the same");
    assert!(head.get("heartbeatInterval").is_some());

    let request = json!({"name": due[0]["name"]});
    let method = "upnext.v1.WorkQueueService/CompleteActivity";
    let without = refused(newcomer.try_call(method, request).await);
    assert_eq!((without.code, without.reason.as_str()), (Code::InvalidArgument, "OUTCOME_REQUIRED"));
    let request = json!({"name": due[0]["name"], "outcome": "made", "note": "wants a quote"});
    let called = newcomer.call("WorkQueueService/CompleteActivity", request).await;
    assert_eq!(called["enrollment"]["state"], "COMPLETED");
    check_enrollments(&newcomer, text(&anas[0], "/enrollment")).await;

    // Leads that arrive from now on need nobody to ask.
    let record = json!({"id": "l4", "attributes": {"origin": "paid search"}});
    newcomer.call("RecordService/UpsertRecord", json!({"record_type": "lead", "record": record})).await;
    let arrived = [newcomer.queue("ana").await, newcomer.queue("ben").await].concat();
    let arrived: Vec<_> = each(&arrived, "record").into_iter().filter(|name| name.ends_with("/l4")).collect();
    assert_eq!(arrived, ["recordTypes/lead/records/l4"]);
}

/// What the tour's last two requests show.
async fn check_enrollments(newcomer: &Newcomer, done: &str) {
    let filter = json!({"filter": "enrollment.sequence == \"paid-search\""});
    let listed = newcomer.call("EnrollmentService/ListEnrollments", filter).await;
    let mut states: Vec<(String, String)> = Vec::new();
    for enrollment in list(&listed, "/enrollments") {
        assert_eq!(text(&enrollment, "/origin/source"), "SEGMENT");
        assert_eq!(text(&enrollment, "/origin/segment"), "segments/paid-search");
        states.push((text(&enrollment, "/name").to_owned(), text(&enrollment, "/state").to_owned()));
    }
    assert_eq!(states.len(), 2);
    assert!(states.contains(&(done.to_owned(), "COMPLETED".to_owned())), "{states:?}");

    let full = json!({"name": done, "view": "FULL"});
    let full = newcomer.call("EnrollmentService/GetEnrollment", full).await;
    let kinds = [
        "enrollmentStarted",
        "activityDue",
        "activityCompleted",
        "waitStarted",
        "waitEnded",
        "activityDue",
        "activityCompleted",
        "enrollmentCompleted",
    ];
    let timeline = list(&full, "/enrollment/timeline");
    assert_eq!(timeline.iter().map(|one| event(one).0).collect::<Vec<_>>(), kinds);
    assert_eq!(event(&timeline[6]).1["outcome"], "made");
}
