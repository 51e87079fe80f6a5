//! Every request of the corpus is accepted where everything that it names is in the right state.

use std::collections::BTreeSet;

use serde_json::{Value, json};
use tonic::Status;

use super::generate::Generator;
use super::known::Known;
use super::prepared::{Names, Preparation};
use super::{corpus, lead_attributes, methods};
use crate::crash::writes::writing_rpcs;
use crate::support::app::within_deadline;
use crate::support::dynamic::call;
use crate::support::refused::Refused;
use crate::support::stage::{Stage, list, text};

/// How often each request is made, so that what is drawn by chance comes in several forms.
const ROUNDS: u64 = 2;

/// How often a request with a condition is made, at most, until a right one is drawn.
const MORE_ROUNDS: u64 = 12;

/// Methods whose request is never accepted, each with the reason.
const NEVER: &[(&str, &str)] = &[
    ("BeginSending", "it draws a lease that nobody has: the server mints them"),
    ("FinishSending", "it draws a lease that nobody has: the server mints them"),
    ("DeleteAttribute", "it names one that nobody declared: the corpus needs those that are there"),
    ("DeleteSellerAttribute", "it names one that nobody declared: the corpus needs those that are there"),
    ("DeleteOperation", "the server decides how long operations are kept"),
    ("DeleteRecordType", "it names one that nobody made: the corpus needs those that are there"),
    ("ExtendLease", "it draws a lease that nobody has: the server mints them"),
    ("ReleaseActivity", "it draws a lease that nobody has: the server mints them"),
];

/// Methods whose request may be refused in some rounds: its condition is drawn by chance, and some
/// conditions are wrong on purpose.
const CONDITIONED: [&str; 6] = [
    "CreateSegment",
    "UpdateSegment",
    "PreviewSegment",
    "CreateSequence",
    "UpdateSequence",
    "SimulateSequence",
];

/// Services whose calls are daily work. Enrollments have their own histories.
const DAILY: [&str; 3] = ["WorkQueueService", "EnrollmentService", "EmailService"];

/// Other writes that write no administrative event, each with the reason.
const UNAUDITED: &[(&str, &str)] = &[
    ("UpsertRecord", "records are data of the CRM, which comes by the thousand"),
    ("BatchUpsertRecords", "records are data of the CRM, which comes by the thousand"),
    ("IngestEngagementEvents", "the record's history has them"),
    ("CloseRecord", "the record's history has an event of its own"),
    ("ReopenRecord", "the record's history has an event of its own"),
    ("DeleteRecord", "the record's history has an event of its own"),
    ("MergeRecords", "the record's history has an event of its own"),
    ("TestWebhook", "it writes nothing: the test goes to the receiver only"),
];

/// Lets a generator know these things, and what of the others there is to know.
fn tell(generator: &mut Generator, names: &Names, others: &Names) {
    generator.known = Known::default();
    let is_named = |kind: &str| names.iter().any(|(named, _)| *named == kind);
    let others = others.iter().filter(|(kind, _)| !is_named(kind));
    for (kind, name) in names.iter().chain(others) {
        generator.known.note(kind, name, &mut generator.random);
    }
}

/// Whether a call was refused for its condition and for nothing else.
fn is_about_condition(status: &Status) -> bool {
    let refused = Refused::of(status);
    let mut fields = refused.violations.iter().map(|(field, ..)| field);
    !refused.violations.is_empty() && fields.all(|field| field.ends_with("condition"))
}

/// What is wrong with the first item of a batch's answer, the only one that names something new.
fn refused_item(answer: &Value) -> Option<Value> {
    list(answer, "/results").first()?.get("error").cloned()
}

/// Checks that each accepted administrative write is in the audit, with what it changed.
async fn check_audit(stage: &Stage, accepted: &BTreeSet<String>) {
    let mut told: Vec<Value> = Vec::new();
    let mut token = String::new();
    loop {
        let request = json!({"page_size": 1_000, "page_token": token});
        let page = stage.done("EventService/ListAuditEvents", request).await;
        told.extend(list(&page, "/events").iter().map(|event| event["administrativeWrite"].clone()));
        token = page["nextPageToken"].as_str().unwrap_or_default().to_owned();
        if token.is_empty() {
            break;
        }
    }

    let method = |write: &Value| text(write, "/method").rsplit('/').next().unwrap_or_default().to_owned();
    let audited: BTreeSet<String> = told.iter().map(method).collect();
    let forgotten = |rpc: &String| {
        let (service, name) = rpc.split_once('/').expect("has a service");
        let excused = UNAUDITED.iter().any(|(excused, _)| *excused == name) || DAILY.contains(&service);
        !excused && accepted.contains(name) && !audited.contains(name)
    };
    let forgotten: Vec<String> = writing_rpcs().into_iter().filter(forgotten).collect();
    assert!(forgotten.is_empty(), "write no audit event: {forgotten:?}");

    for write in &told {
        let (name, shown) = (method(write), (write.get("before").is_some(), write.get("after").is_some()));
        let makes =
            ["Create", "Clone", "RotateApiKey", "upnext "].iter().any(|start| name.starts_with(start));
        assert!(shown.0 || makes, "what was before? {write}");
        assert!(shown.1 || name.starts_with("Delete"), "what is after? {write}");
        assert!(!text(write, "/resource").is_empty() && !text(write, "/resourceKind").is_empty(), "{write}");
    }
}

#[tokio::test]
async fn every_request_of_the_corpus_is_accepted_where_what_it_names_is_ready() {
    accept_all(&Stage::new().await).await;
}

/// Calls every method where what its request names is ready.
pub async fn accept_all(stage: &Stage) {
    stage.admin.declare(lead_attributes()).await;
    let others = Preparation { stage, number: 0 }.one_of_each().await;
    let mut generator = Generator::new(1);
    generator.now = stage.app.now().timestamp();
    let (mut accepted, mut wrong) = (BTreeSet::<String>::new(), Vec::new());

    for round in 0..MORE_ROUNDS {
        for (index, method) in (1..).zip(methods()) {
            let (name, number) = (method.name(), (round + 1) * 1_000 + index);
            if round >= ROUNDS && (accepted.contains(name) || !CONDITIONED.contains(&name)) {
                continue;
            }
            let names = Preparation { stage, number }.names(name).await;
            tell(&mut generator, &names, &others);
            let mut request = corpus::request(name, &mut generator);
            // A dry run is drawn by chance, and the audit has none.
            if let Some(fields) = request.as_object_mut().filter(|_| round == 0) {
                fields.remove("validate_only");
            }

            let full_name = format!("{}/{name}", method.parent_service().full_name());
            let answer = within_deadline(name, call(&stage.admin, &full_name, request.clone())).await;
            match answer {
                Ok(answer) => match refused_item(&answer) {
                    None => drop(accepted.insert(name.to_owned())),
                    Some(error) => wrong.push(format!("{name} {request}: {error}")),
                },
                Err(status) if CONDITIONED.contains(&name) && is_about_condition(&status) => {}
                Err(_) if NEVER.iter().any(|(never, _)| *never == name) => {}
                Err(status) => wrong.push(format!("{name} {request}: {status:?}")),
            }
        }
    }

    check_audit(stage, &accepted).await;
    let never = methods().into_iter().filter(|method| !accepted.contains(method.name()));
    let never: BTreeSet<String> = never.map(|method| method.name().to_owned()).collect();
    let known: BTreeSet<String> = NEVER.iter().map(|(method, _)| (*method).to_owned()).collect();
    assert!(wrong.is_empty(), "refused, though all is ready:\n{}", wrong.join("\n"));
    assert_eq!(never, known, "accepted in no round");
}
