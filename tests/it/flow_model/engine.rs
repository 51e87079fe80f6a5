//! The same stories through calls, the engine and Postgres: many enrollments side by side, each in
//! a sequence of its own, and one time for all.

use chrono::{DateTime, TimeDelta, Utc};
use futures::StreamExt as _;
use rand::SeedableRng as _;
use rand::rngs::StdRng;
use serde_json::{Value, json};
use uuid::Uuid;

use super::Told;
use super::plan::Plan;
use super::reference::{Reference, said};
use super::story::{Act, What, seconds, what};
use crate::support::invariants;
use crate::support::stage::{Stage, event, list, text};

/// How often something happens.
const ROUNDS: usize = 12;

/// The attributes that fill a record.
const TEXTS: [&str; 8] = ["t0", "t1", "t2", "t3", "t4", "t5", "t6", "t7"];

/// One enrollment, and what is expected of it.
struct Case<'p> {
    lead: String,
    name: String,
    start: DateTime<Utc>,
    reference: Reference<'p>,
}

/// Tells stories through the engine, and compares each timeline with what the design says.
pub async fn compare(seed: u64, cases: usize) {
    let mut random = StdRng::seed_from_u64(seed);
    let plans: Vec<Plan> = (0..cases).map(|_| Plan::random(&mut random)).collect();
    let stage = Stage::new().await;
    let texts = TEXTS.iter().chain(&["word", "note"]);
    let texts: serde_json::Map<String, Value> =
        texts.map(|name| ((*name).to_owned(), json!({"type": "STRING"}))).collect();
    stage.admin.declare(Value::Object(texts)).await;
    let mut running = Vec::with_capacity(cases);
    for (number, plan) in plans.iter().enumerate() {
        running.push(Case::start(&stage, number, plan).await);
    }
    stage.app.run_until_idle().await;

    for _ in 0..ROUNDS {
        let after = seconds(&mut random);
        stage.app.advance(TimeDelta::seconds(after)).await;
        let acts: Vec<Act> = running.iter().map(|_| Act { after, what: what(&mut random) }).collect();
        let all = running.iter_mut().zip(&acts).map(|(case, act)| case.play(&stage, act));
        futures::stream::iter(all).buffer_unordered(8).collect::<Vec<()>>().await;
        stage.app.run_until_idle().await;
    }

    for (case, plan) in running.iter().zip(&plans) {
        let told = case.timeline(&stage).await;
        assert_eq!(told, case.reference.timeline(), "UPNEXT_SEED={seed} {}\n{:#?}", case.lead, plan.steps);
    }
    invariants::hold_in(stage.app.app.engine.store(), stage.app.now()).await;
}

/// The sequence with which the plan of a lead goes on.
fn onward(lead: &str) -> String {
    format!("onward-{lead}")
}

impl<'p> Case<'p> {
    async fn start(stage: &Stage, number: usize, plan: &'p Plan) -> Self {
        let (lead, sequence) = (format!("m{number}"), format!("model-{number}"));
        let onward = onward(&lead);
        stage.admin.leads(json!([{"id": lead, "owner": "ana"}])).await;
        // Nearly as large as a record can be. One upsert can't be that large.
        for name in TEXTS.iter().filter(|_| plan.full && plan.notes()) {
            let texts = json!({*name: "🦀".repeat(32_740)});
            stage.admin.leads(json!([{"id": lead, "attributes": texts}])).await;
        }

        stage.sequence(&onward, json!([{"step_id": "first", "task": {}}])).await;
        stage.done("SequenceService/CreateSequence", plan.sequence(&sequence, &onward)).await;
        stage.done("SequenceService/ActivateSequence", json!({"name": sequence})).await;
        stage.done("SequenceService/DeactivateSequence", json!({"name": onward})).await;
        let name = text(&stage.enroll(&lead, &sequence).await, "/name").to_owned();
        let id: Uuid = name.rsplit('/').next().and_then(|id| id.parse().ok()).expect("a UUID");
        Self { lead, name, start: stage.app.now(), reference: Reference::start(plan, id) }
    }

    async fn play(&mut self, stage: &Stage, act: &Act) {
        self.reference.play(act);
        let record = format!("recordTypes/lead/records/{}", self.lead);
        if self.prepare(stage, act.what).await {
            return;
        }
        let got = stage.done("EnrollmentService/GetEnrollment", json!({"name": self.name})).await;
        let enrollment = &got["enrollment"];
        let failed = text(enrollment, "/state") == "FAILED";
        if !failed && text(enrollment, "/state") != "ACTIVE" {
            return;
        }

        let open = enrollment["openActivity"].as_str().map(|open| json!(open));
        match (act.what, open) {
            (What::Complete(outcome), Some(open)) => {
                let got = stage.done("WorkQueueService/GetActivity", json!({"name": open})).await;
                let is_call = text(&got, "/activity/kind") == "PHONE_CALL";
                let outcome = if is_call { outcome } else { "" };
                let request = json!({"name": open, "outcome": outcome});
                stage.done("WorkQueueService/CompleteActivity", request).await;
            }
            (What::Skip, Some(open)) => {
                stage.done("WorkQueueService/SkipActivity", json!({"name": open})).await;
            }
            (What::Snooze(seconds), Some(open)) => {
                let until = (stage.app.now() + TimeDelta::seconds(seconds)).to_rfc3339();
                stage.done("WorkQueueService/SnoozeActivity", json!({"name": open, "until": until})).await;
            }
            (What::Retry, _) if failed => {
                stage.done("EnrollmentService/RetryEnrollment", json!({"name": self.name})).await;
            }
            (What::SkipWait, None) if !failed => {
                stage.done("EnrollmentService/SkipWait", json!({"name": self.name})).await;
            }
            (What::Engage(engagement), _) => {
                let id = upnext::clock::Clock::system().new_id();
                let event = json!({"event_id": id, "record": record, engagement.field(): {}});
                stage.done("RecordService/IngestEngagementEvents", json!({"events": [event]})).await;
            }
            (What::Exit, _) => {
                stage.done("EnrollmentService/ExitEnrollment", json!({"name": self.name})).await;
            }
            (What::CloseRecord, _) => {
                let close = json!({"name": record, "close_outcome": "LOST"});
                stage.done("RecordService/CloseRecord", close).await;
            }
            _ => {}
        }
    }

    /// Does what isn't done with the enrollment itself. Returns false if it is.
    async fn prepare(&self, stage: &Stage, what: What) -> bool {
        match what {
            What::Set(value) => {
                stage.admin.leads(json!([{"id": self.lead, "attributes": {"word": value}}])).await;
            }
            What::MakeRoom => {
                stage.admin.leads(json!([{"id": self.lead, "attributes": {TEXTS[0]: null}}])).await;
            }
            What::Open(open) => {
                let verb = if open { "Activate" } else { "Deactivate" };
                let onward = json!({"name": onward(&self.lead)});
                stage.done(&format!("SequenceService/{verb}Sequence"), onward).await;
            }
            _ => return false,
        }

        true
    }

    async fn timeline(&self, stage: &Stage) -> Vec<Told> {
        let request = json!({"parent": self.name, "page_size": 1000});
        let listed = stage.done("EnrollmentService/ListEnrollmentEvents", request).await;
        list(&listed, "/events").iter().map(|one| self.told(one)).collect()
    }

    fn told(&self, one: &Value) -> Told {
        let (kind, said_by) = event(one);
        let since = |at: &str| (at.parse::<DateTime<Utc>>().expect("a time") - self.start).num_seconds();
        let word = |field: &str| said_by[field].as_str().unwrap_or_default().to_owned();
        let planned =
            |field: &str| said_by[field].as_str().map(|at| since(at).to_string()).unwrap_or_default();

        let parts = match kind {
            "enrollmentExited" => vec![word("reason")],
            "waitStarted" | "waitEnded" | "waitSkipped" => vec![planned("plannedEndTime")],
            "activityCompleted" => vec![word("outcome")],
            "activitySkipped" => vec![word("skipReason")],
            "activitySnoozed" => vec![planned("snoozeUntil")],
            "branchDecided" => vec![word("path"), word("why")],
            "splitDecided" => vec![word("variantId"), word("why")],
            "attributeUpdated" => vec![word("notChangedReason")],
            "enrollmentFailed" => vec![word("reason"), word("refusedReason")],
            "engagementRecorded" => vec![word("kind")],
            _ => Vec::new(),
        };
        let what = said(kind.to_owned(), &word("stepId"));
        let what = parts.iter().fold(what, |what, part| said(what, part));
        (since(text(one, "/eventTime")), what)
    }
}
