//! A completion or a skip by mistake is taken back, with everything that followed.

mod refusals;
mod undone;

use serde_json::{Value, json};
use tonic::Status;

use crate::support::invariants;
use crate::support::stage::{Stage, list, text};

const REOPEN: &str = "WorkQueueService/ReopenActivity";
const COMPLETE: &str = "WorkQueueService/CompleteActivity";
const SKIP: &str = "WorkQueueService/SkipActivity";
const SNOOZE: &str = "WorkQueueService/SnoozeActivity";
const GET: &str = "WorkQueueService/GetActivity";
const LEAD: &str = "recordTypes/lead/records/l1";

/// A sales floor on which everything can be undone.
struct Floor {
    stage: Stage,
}

impl Floor {
    async fn new() -> Self {
        Self { stage: Stage::new().await }
    }

    /// Enrolls the lead `l1`; returns the enrollment and its open activity, by name.
    async fn enroll(&self, sequence: &str) -> (String, String) {
        let enrollment = self.stage.enroll("l1", sequence).await;
        (text(&enrollment, "/name").to_owned(), text(&enrollment, "/openActivity").to_owned())
    }

    async fn complete(&self, activity: &str) -> Value {
        self.stage.done(COMPLETE, json!({"name": activity, "note": "oops"})).await
    }

    async fn reopen(&self, activity: &str) -> Value {
        self.stage.done(REOPEN, json!({"name": activity})).await
    }

    async fn try_reopen(&self, activity: &str) -> Result<Value, Status> {
        self.stage.call(REOPEN, json!({"name": activity})).await
    }

    async fn activity(&self, name: &str) -> Value {
        self.stage.done(GET, json!({"name": name})).await["activity"].clone()
    }

    async fn enrollment(&self, name: &str) -> Value {
        let request = json!({"name": name, "view": "FULL"});
        self.stage.done("EnrollmentService/GetEnrollment", request).await["enrollment"].clone()
    }

    async fn timeline(&self, enrollment: &str) -> Vec<Value> {
        list(&self.enrollment(enrollment).await, "/timeline")
    }

    async fn counts(&self, queue: &str) -> Value {
        self.stage.done("WorkQueueService/ListActivities", json!({"queue": queue})).await["counts"].clone()
    }

    /// Sets a setting of the organization.
    async fn set(&self, settings: Value) {
        let organization = json!({"organization": {"settings": settings}});
        self.stage.done("OrganizationService/UpdateOrganization", organization).await;
    }

    /// What the database holds in total.
    async fn count(&self, query: &'static str) -> i64 {
        sqlx::query_scalar(query).fetch_one(&self.stage.app.database.pool()).await.expect("counts")
    }

    async fn check(&self) {
        invariants::hold_in(self.stage.app.app.engine.store(), self.stage.app.now()).await;
    }
}
