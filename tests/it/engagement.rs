//! Engagement events through the whole server: what is kept, what it causes, and in which order.

mod accounts;
mod automated;
mod branches;
mod consent;
mod elsewhere;
mod exits;
mod goals;
mod interrupted;
mod races;
mod refusals;
mod timelines;

use chrono::{DateTime, Utc};
use serde_json::{Value, json};

use super::support::stage::{Stage, event, list};

const LEAD: &str = "recordTypes/lead/records/l1";

/// An event of the lead `l1`.
fn of_lead(event_id: &str, kind: &str) -> Value {
    json!({"event_id": event_id, "record": LEAD, kind: {}})
}

/// The same event, at another time.
fn at(mut event: Value, at: DateTime<Utc>) -> Value {
    event["event_time"] = json!(at.to_rfc3339());
    event
}

/// The same event, about an activity.
fn about(mut event: Value, activity: &Value) -> Value {
    event["activity"] = activity.clone();
    event
}

/// Tells events; the result of each.
async fn tell(stage: &Stage, events: Value) -> Vec<Value> {
    let answer = stage.done("RecordService/IngestEngagementEvents", json!({"events": events})).await;
    list(&answer, "/results")
}

/// Tells events that are all taken; what each did.
async fn told(stage: &Stage, events: Value) -> Vec<Value> {
    let results = tell(stage, events).await;
    results
        .into_iter()
        .map(|result| match result.get("ingested") {
            Some(ingested) => ingested.clone(),
            None => panic!("{result}"),
        })
        .collect()
}

async fn enrollment(stage: &Stage, name: &Value) -> Value {
    let request = json!({"name": name, "view": "FULL"});
    stage.done("EnrollmentService/GetEnrollment", request).await["enrollment"].clone()
}

/// The engagement in the timeline of an enrollment: kinds and the activities that they are about.
pub async fn timeline(stage: &Stage, name: &Value) -> Vec<(String, String)> {
    let shown = enrollment(stage, name).await;
    let events = list(&shown, "/timeline");
    let told = events.iter().map(event).filter(|(kind, _)| *kind == "engagementRecorded");
    let words = |told: &Value, field: &str| told[field].as_str().unwrap_or_default().to_owned();
    told.map(|(_, told)| (words(told, "kind"), words(told, "activity"))).collect()
}

async fn complete(stage: &Stage, activity: &Value) {
    stage.done("WorkQueueService/CompleteActivity", json!({"name": activity, "outcome": "made"})).await;
}
