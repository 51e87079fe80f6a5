//! What others do meanwhile: sellers, managers, the CRM and time.

use chrono::TimeDelta;
use futures::FutureExt as _;
use futures::future::BoxFuture;
use rand::Rng;
use rand::rngs::StdRng;
use serde_json::{Value, json};

use super::pair::{FILTERS, LEADS, Pair, QUEUES, SEQUENCES, Server};

/// A call, or the loops' turn on a server.
#[derive(Debug)]
pub enum Move {
    Call(&'static str, Value),
    Loops,
}

/// Draws what somebody does, given what there is to be done it with.
pub async fn draw(pair: &Pair, random: &mut StdRng) -> Move {
    match random.random_range(0..22) {
        0..4 => on_activity(pair, random).await,
        4..6 => reopen(pair, random).await,
        6..10 => enroll(random),
        10..12 => on_enrollment(pair, random).await,
        12..18 => on_record(random),
        18 if random.random() => view(random),
        18 => settings(random),
        19 => engage(random),
        _ => Move::Loops,
    }
}

async fn any(pair: &Pair, query: &'static str, random: &mut StdRng) -> Option<String> {
    let ids: Vec<String> = sqlx::query_scalar(query).fetch_all(&pair.database.pool()).await.expect("is read");
    let index = random.random::<u32>() as usize;
    (!ids.is_empty()).then(|| ids[index % ids.len()].clone())
}

async fn on_activity(pair: &Pair, random: &mut StdRng) -> Move {
    let id = any(pair, "SELECT id::text FROM activity ORDER BY rank, id", random).await;
    let Some(id) = id else { return enroll(random) };
    let name = format!("activities/{id}");
    match random.random_range(0..12) {
        9 => by_hand(pair, random),
        10 => {
            let due = pair.clock.now() + TimeDelta::seconds(random.random_range(-60..60));
            let moved = json!({"name": name, "display_name": "Ring", "due_time": due.to_rfc3339()});
            Move::Call("WorkQueueService/UpdateActivity", json!({"activity": moved}))
        }
        11 => Move::Call("WorkQueueService/CancelActivity", json!({"name": name})),
        8 => {
            let marked = json!({"name": name, "read": random.random::<bool>(), "note": "rings at noon"});
            let update = json!({"activity": marked, "update_mask": "read,note"});
            Move::Call("WorkQueueService/UpdateActivity", update)
        }
        6 => Move::Call("WorkQueueService/UnsnoozeActivity", json!({"name": name})),
        7 => {
            let queue = QUEUES[random.random_range(0..QUEUES.len())];
            Move::Call("WorkQueueService/ReassignActivity", json!({"name": name, "queue": queue}))
        }
        4 => acquire(random),
        5 => on_lease(pair, random).await,
        0 => Move::Call("WorkQueueService/SkipActivity", json!({"name": name})),
        1 => {
            let until = pair.clock.now() + TimeDelta::seconds(random.random_range(1..60));
            Move::Call("WorkQueueService/SnoozeActivity", json!({"name": name, "until": until.to_rfc3339()}))
        }
        _ => Move::Call("WorkQueueService/CompleteActivity", json!({"name": name, "outcome": "made"})),
    }
}

/// Somebody makes an activity, perhaps for later.
fn by_hand(pair: &Pair, random: &mut StdRng) -> Move {
    let record = format!("recordTypes/lead/records/{}", lead(random));
    let due = pair.clock.now() + TimeDelta::seconds(random.random_range(-60..60));
    let kind = ["task", "phone_call", "appointment"][random.random_range(0..3)];
    let activity = json!({"record": record, kind: {}, "due_time": due.to_rfc3339()});
    let own = json!({"activity": activity});
    let mut elsewhere = own.clone();
    elsewhere["activity"]["queue"] = json!(QUEUES[random.random_range(0..QUEUES.len())]);
    match random.random_range(0..3) {
        0 => Move::Call("WorkQueueService/CreateActivity", own),
        1 => Move::Call("WorkQueueService/CreateActivity", elsewhere),
        _ => Move::Call("WorkQueueService/BatchCreateActivities", json!({"requests": [own, elsewhere]})),
    }
}

/// Somebody changes what the view says, or only its name.
fn view(random: &mut StdRng) -> Move {
    let (filter, _) = FILTERS[random.random_range(0..FILTERS.len())];
    let view = json!({"name": "views/some", "display_name": "Others", "filter": filter});
    Move::Call("WorkQueueService/UpdateView", json!({"view": view}))
}

fn acquire(random: &mut StdRng) -> Move {
    let queue = QUEUES[random.random_range(0..QUEUES.len())];
    let (most, seconds) = (random.random_range(1..4), random.random_range(10..30));
    let lease = json!({"queue": queue, "max_activities": most, "lease_duration": format!("{seconds}s")});
    Move::Call("WorkQueueService/AcquireActivities", lease)
}

/// Whoever has a lease extends it, gives it back or completes under it, perhaps too late.
async fn on_lease(pair: &Pair, random: &mut StdRng) -> Move {
    let leased = "SELECT id || ' ' || lease_id FROM activity WHERE lease_id IS NOT NULL ORDER BY rank, id";
    let Some(leased) = any(pair, leased, random).await else { return acquire(random) };
    let (id, lease) = leased.split_once(' ').expect("two ids");
    let method = [
        "WorkQueueService/ExtendLease",
        "WorkQueueService/ReleaseActivity",
        "WorkQueueService/SkipActivity",
        "WorkQueueService/CompleteActivity",
    ][random.random_range(0..4)];
    let mut request = json!({"name": format!("activities/{id}"), "lease_id": lease});
    if method.ends_with("CompleteActivity") {
        request["outcome"] = json!("made");
    }
    Move::Call(method, request)
}

/// Takes back one of the last clicks, which may be too late.
async fn reopen(pair: &Pair, random: &mut StdRng) -> Move {
    let closed =
        "SELECT id::text FROM closed_activity WHERE state IN (3, 4) ORDER BY close_time DESC, id LIMIT 4";
    let Some(id) = any(pair, closed, random).await else { return enroll(random) };
    Move::Call("WorkQueueService/ReopenActivity", json!({"name": format!("activities/{id}")}))
}

fn lead(random: &mut StdRng) -> &'static str {
    LEADS[random.random_range(0..LEADS.len())]
}

fn enroll(random: &mut StdRng) -> Move {
    let record = format!("recordTypes/lead/records/{}", lead(random));
    let sequence = SEQUENCES[random.random_range(0..SEQUENCES.len())];
    Move::Call("EnrollmentService/EnrollRecord", json!({"record": record, "sequence": sequence}))
}

async fn on_enrollment(pair: &Pair, random: &mut StdRng) -> Move {
    // Those of manual activities are among them, and nobody can act on them.
    let open = "SELECT id::text FROM enrollment WHERE end_time IS NULL ORDER BY id";
    let waiting = "SELECT id::text FROM enrollment WHERE waiting_until IS NOT NULL ORDER BY id";
    let paused = "SELECT id::text FROM enrollment WHERE pause_time IS NOT NULL ORDER BY id";
    let (method, which) = match random.random_range(0..5) {
        0 => ("EnrollmentService/ExitEnrollment", open),
        1 => ("EnrollmentService/SkipWait", waiting),
        2 => ("EnrollmentService/PauseEnrollment", open),
        _ => ("EnrollmentService/ResumeEnrollment", paused),
    };

    let Some(id) = any(pair, which, random).await else { return enroll(random) };
    Move::Call(method, json!({"name": format!("enrollments/{id}")}))
}

fn on_record(random: &mut StdRng) -> Move {
    let id = lead(random);
    let name = format!("recordTypes/lead/records/{id}");
    let upsert = |record: Value| {
        Move::Call("RecordService/UpsertRecord", json!({"record_type": "lead", "record": record}))
    };
    let owner = ["ana", "ben", ""][random.random_range(0..3)];

    match random.random_range(0..13) {
        0..4 => upsert(json!({"id": id, "owner": owner})),
        4..6 => {
            upsert(json!({"id": id, "attributes": {"name": format!("Lead {}", random.random_range(0..9))}}))
        }
        6 => {
            // Warnings come and go.
            let phone = ["", "555-0100"][random.random_range(0..2)];
            upsert(json!({"id": id, "attributes": {"do_not_phone": random.random::<bool>(), "phone": phone}}))
        }
        7..9 => upsert(json!({"id": id, "attributes": {"score": random.random_range(0..12).to_string()}})),
        9 => hand_over(owner, random),
        10 => Move::Call("RecordService/DeleteRecord", json!({"name": name})),
        11 => {
            let other = format!("recordTypes/lead/records/{}", lead(random));
            Move::Call("RecordService/MergeRecords", json!({"name": name, "merged_records": [other]}))
        }
        _ => Move::Call("RecordService/CloseRecord", json!({"name": name, "close_outcome": "WON"})),
    }
}

/// Half of the leads get another owner at once.
fn hand_over(owner: &str, random: &mut StdRng) -> Move {
    let records: Vec<_> = LEADS.iter().filter(|_| random.random()).collect();
    let records: Vec<_> = records.into_iter().map(|id| json!({"id": id, "owner": owner})).collect();
    Move::Call("RecordService/BatchUpsertRecords", json!({"record_type": "lead", "records": records}))
}

/// What a person or a seller did elsewhere.
fn engage(random: &mut StdRng) -> Move {
    let kinds = ["replied", "unsubscribed", "resubscribed", "email_sent", "email_opened"];
    let kind = kinds[random.random_range(0..kinds.len())];
    let record = format!("recordTypes/lead/records/{}", lead(random));
    let event = json!({"event_id": random.random::<u64>().to_string(), "record": record, kind: {}});
    Move::Call("RecordService/IngestEngagementEvents", json!({"events": [event]}))
}

fn settings(random: &mut StdRng) -> Move {
    match random.random() {
        true => {
            let outcomes = if random.random() { json!(["made"]) } else { json!(["made", "busy"]) };
            let consent = ["WARN", "WARN", "SKIP"][random.random_range(0..3)];
            let organization = json!({"settings": {"phone_outcomes": outcomes, "consent_policy": consent}});
            Move::Call("OrganizationService/UpdateOrganization", json!({"organization": organization}))
        }
        false => {
            let seller =
                json!({"name": "sellers/ana", "display_name": format!("Ana {}", random.random_range(0..9))});
            Move::Call("SellerService/UpdateSeller", json!({"seller": seller}))
        }
    }
}

/// Does it on a server; what it came to.
pub fn make<'a>(server: &'a Server, one: &'a Move) -> BoxFuture<'a, String> {
    async move {
        match one {
            Move::Loops => {
                server.run_until_idle().await;
                "done".to_owned()
            }
            Move::Call(method, request) => match server.call(method, request.clone()).await {
                Ok(_) => "done".to_owned(),
                Err(status) => format!("{:?}: {}", status.code(), status.message()),
            },
        }
    }
    .boxed()
}
