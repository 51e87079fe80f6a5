//! What tests set up by calls, as an administrator would: one call for each thing, with what a test
//! rarely cares about left to a default.

use serde_json::{Value, json};
use tonic::Status;

use super::app::Client;
use super::dynamic::call;
use super::stage::text;

/// The name of a caller's organization.
pub async fn organization_of(client: &Client) -> String {
    let got = client.done("OrganizationService/GetOrganization", json!({})).await;
    got["organization"]["name"].as_str().expect("has a name").to_owned()
}

impl Client {
    /// Calls a method of `upnext.v1`, like `SellerService/GetSeller`.
    pub async fn call(&self, method: &str, request: Value) -> Result<Value, Status> {
        call(self, &format!("upnext.v1.{method}"), request).await
    }

    /// Calls a method that must succeed.
    pub async fn done(&self, method: &str, request: Value) -> Value {
        let answer = self.call(method, request.clone()).await;
        answer.unwrap_or_else(|status| panic!("{method} {request}: {status:?}"))
    }

    /// Creates a seller who is called by the id.
    pub async fn seller(&self, id: &str) {
        let request = json!({"seller_id": id, "seller": {"display_name": id}});
        self.done("SellerService/CreateSeller", request).await;
    }

    /// A salesperson with a key of their own.
    pub async fn salesperson(&self, seller: &str) -> Client {
        self.salesperson_with(seller, json!({})).await.0
    }

    /// Like [`Self::salesperson`], with more fields of the key; also returns the key's name.
    pub async fn salesperson_with(&self, seller: &str, more: Value) -> (Client, String) {
        let mut key = json!({"display_name": seller, "roles": ["SALESPERSON"], "seller": seller});
        key.as_object_mut().expect("an object").extend(more.as_object().expect("an object").clone());
        let created = self.done("ApiKeyService/CreateApiKey", json!({"api_key": key})).await;
        (self.with(text(&created, "/secret")), text(&created, "/apiKey/name").to_owned())
    }

    /// Declares attributes of leads, like `{"score": {"type": "INT"}}`.
    pub async fn declare(&self, attributes: Value) {
        let request = json!({"record_type": "lead", "attributes": attributes});
        self.done("RecordService/DeclareAttributes", request).await;
    }

    /// Upserts leads; returns the results.
    pub async fn leads(&self, records: Value) -> Value {
        let request = json!({"record_type": "lead", "records": records});
        self.done("RecordService/BatchUpsertRecords", request).await["results"].clone()
    }

    /// Creates a sequence for leads, which stays a draft.
    pub async fn draft(&self, id: &str, steps: Value) {
        let sequence = json!({"display_name": id, "steps": steps});
        self.done("SequenceService/CreateSequence", json!({"sequence_id": id, "sequence": sequence})).await;
    }

    /// Creates and activates a sequence for leads.
    pub async fn sequence(&self, id: &str, steps: Value) {
        self.draft(id, steps).await;
        self.done("SequenceService/ActivateSequence", json!({"name": id})).await;
    }

    /// Creates a segment of leads, which stays a draft.
    pub async fn segment(&self, id: &str, condition: &str) {
        let segment = json!({"display_name": id, "condition": condition});
        self.done("SegmentService/CreateSegment", json!({"segment_id": id, "segment": segment})).await;
    }

    /// Adds a rule by which a segment's records get these owners in turn.
    pub async fn rule(&self, segment: &str, id: &str, sellers: &[&str]) {
        let listed = json!({"sellers": sellers});
        let rule = json!({"display_name": id, "listed": listed, "distribution": "ROUND_ROBIN"});
        let parent = format!("segments/{segment}");
        let request = json!({"parent": parent, "assignment_rule_id": id, "assignment_rule": rule});
        self.done("SegmentService/CreateAssignmentRule", request).await;
    }

    /// Lets a segment enroll its records in a sequence.
    pub async fn connect(&self, segment: &str, sequence: &str) {
        let request = json!({"name": format!("segments/{segment}"), "sequence": sequence});
        self.done("SegmentService/ConnectSequence", request).await;
    }

    /// Activates a segment, without a backfill.
    pub async fn activate_segment(&self, id: &str) {
        let request = json!({"name": format!("segments/{id}")});
        self.done("SegmentService/ActivateSegment", request).await;
    }

    /// Enrolls a lead; returns the enrollment.
    pub async fn enroll(&self, lead: &str, sequence: &str) -> Value {
        let request = json!({"record": format!("recordTypes/lead/records/{lead}"), "sequence": sequence});
        self.done("EnrollmentService/EnrollRecord", request).await["enrollment"].clone()
    }
}
