//! What a server says about itself: its metrics are those of the documented page, and its log holds
//! no customer data.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;
use std::time::Duration;

use nix::sys::signal::Signal;
use regex::Regex;
use serde_json::{Value, json};
use tonic::transport::Endpoint;
use upnext::measures::{ALL, MeasureKind};

use super::support::app::{Client, within_deadline};
use super::support::database::TestDatabase;
use super::support::dynamic::call;
use super::support::page;
use super::support::process::{Process, run, upnext};

/// Stands in every value that must not be told.
const MARK: &str = "Zyxgeheim";

/// A server as a process, with a system administrator's key.
struct Server {
    process: Process,
    client: Client,
    /// Where its measures are.
    page: String,
    _database: TestDatabase,
}

impl Server {
    /// Its key is never in a log, as it stands in no other text.
    async fn start(filter: &str) -> Self {
        let database = TestDatabase::new().await;
        let url = database.connect_options();
        let url = sqlx::ConnectOptions::to_url_lossy(&url).to_string();

        // Any password is right for the tests' Postgres.
        let url = url.replacen("postgres@", &format!("postgres:{MARK}@"), 1);
        let run_with = |arguments: &[&dyn AsRef<std::ffi::OsStr>]| {
            let mut command = upnext(arguments);
            command.env("UPNEXT_DATABASE_URL", &url).env("UPNEXT_LOG_FILTER", filter);
            command
        };
        let output = run(&mut run_with(&[&"organizations", &"create", &"Test"]));
        let key = String::from_utf8(output.stdout).expect("a key is text").trim().to_owned();
        let mut serve = run_with(&[&"serve", &"--address", &"127.0.0.1:0", &"--log-format", &"json"]);
        serve.env("UPNEXT_METRICS_ADDRESS", "127.0.0.1:0").env("UPNEXT_WEBHOOK_PRIVATE_ADDRESSES", "true");
        let mut process = Process::start(&mut serve);
        let lines = process.lines_until("serving on ");
        let after = |text: &str| {
            let found = lines.iter().find_map(|line| line.strip_prefix(text));
            found.unwrap_or_else(|| panic!("no {text} in {lines:?}")).to_owned()
        };
        let endpoint = Endpoint::from_shared(format!("http://{}", after("serving on "))).expect("an address");
        let client = Client::new(endpoint.connect_lazy(), &key);
        Self { process, client, page: after("measures on "), _database: database }
    }

    async fn call(&self, method: &str, request: Value) -> Option<Value> {
        within_deadline(method, call(&self.client, &format!("upnext.v1.{method}"), request)).await.ok()
    }

    async fn done(&self, method: &str, request: Value) -> Value {
        self.call(method, request.clone()).await.unwrap_or_else(|| panic!("{method} {request} is refused"))
    }

    /// A bit of everything, with marked values, and much that is refused.
    async fn mixed_load(&self) {
        let marked = format!("{MARK} Ruiz");
        self.done(
            "SellerService/CreateSeller",
            json!({"seller_id": "ana", "seller": {"display_name": marked}}),
        )
        .await;

        self.publish().await;
        let attributes = json!({"mail": {"type": "STRING"}, "revenue": {"type": "DOUBLE"}});
        self.done(
            "RecordService/DeclareAttributes",
            json!({"record_type": "lead", "attributes": attributes}),
        )
        .await;

        let steps = json!([
            {"step_id": "hello", "display_name": marked, "email": {}},
            {"step_id": "pause", "wait": {"delay": {"seconds": 1}}},
            {"step_id": "call", "phone_call": {"script": marked}}]);
        let sequence = json!({"display_name": marked, "steps": steps});
        self.done("SequenceService/CreateSequence", json!({"sequence_id": "short", "sequence": sequence}))
            .await;
        self.done("SequenceService/ActivateSequence", json!({"name": "short"})).await;

        let segment = json!({"display_name": marked, "record_type": "lead", "condition": format!("record.mail == '{MARK}@example.com'")});
        self.done("SegmentService/CreateSegment", json!({"segment_id": "all", "segment": segment})).await;
        let rule =
            json!({"display_name": marked, "listed": {"sellers": ["ana"]}, "distribution": "ROUND_ROBIN"});
        let request =
            json!({"parent": "segments/all", "assignment_rule_id": "in-turn", "assignment_rule": rule});
        self.done("SegmentService/CreateAssignmentRule", request).await;
        self.done("SegmentService/ConnectSequence", json!({"name": "segments/all", "sequence": "short"}))
            .await;
        self.done("SegmentService/ActivateSegment", json!({"name": "segments/all", "backfill": true})).await;

        let attributes = json!({"mail": format!("{MARK}@example.com"), "revenue": 12});
        let records = json!([{"id": "l1", "attributes": attributes}, {"id": "l2", "attributes": attributes}]);
        self.done("RecordService/BatchUpsertRecords", json!({"record_type": "lead", "records": records}))
            .await;
        self.done("WorkQueueService/WatchWorkQueue", json!({"queue": "sellers/ana"})).await;
        let first = self.until_there_is_work().await;
        self.done("WorkQueueService/CompleteActivity", json!({"name": first, "note": marked})).await;
        self.refusals(&marked).await;

        // The wait ends, the call comes, and an attempt to send an event has failed.
        let awaited = ["upnext_timer_lateness_seconds_count", "upnext_webhook_attempts_total"];
        while awaited.iter().any(|line| self.page_of(line).is_none_or(|count| count == 0.0)) {
            // Another process tells nobody that a number has changed.
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    }

    /// Sends events to where nobody listens.
    async fn publish(&self) {
        let organization = json!({"settings": {"publish_events": true}});
        self.done("OrganizationService/UpdateOrganization", json!({"organization": organization})).await;
        let webhook = json!({"url": "http://127.0.0.1:9/"});
        self.done("EventService/CreateWebhook", json!({"webhook_id": "crm", "webhook": webhook})).await;
    }

    async fn until_there_is_work(&self) -> String {
        loop {
            let listed = self.done("WorkQueueService/ListActivities", json!({"queue": "sellers/ana"})).await;
            if let Some(name) = listed.pointer("/activities/0/name") {
                return name.as_str().expect("a name").to_owned();
            }
        }
    }

    async fn refusals(&self, marked: &str) {
        let odd = "\u{0}".to_owned() + marked;
        for (method, request) in [
            ("SellerService/CreateSeller", json!({"seller_id": "ana", "seller": {"display_name": marked}})),
            ("SellerService/CreateSeller", json!({"seller_id": marked, "seller": {"display_name": odd}})),
            ("SellerService/GetSeller", json!({"name": format!("sellers/{MARK}")})),
            (
                "RecordService/UpsertRecord",
                json!({"record_type": "lead", "record": {"id": marked, "attributes": {"revenue": marked}}}),
            ),
            (
                "RecordService/UpsertRecord",
                json!({"record_type": "lead", "record": {"id": "l3", "attributes": {"mail": odd}}}),
            ),
            (
                "SegmentService/PreviewSegment",
                json!({"record_type": "lead", "condition": format!("record.{MARK} == '{MARK}'")}),
            ),
            (
                "EnrollmentService/EnrollRecord",
                json!({"record": format!("recordTypes/lead/records/{MARK}"), "sequence": "short"}),
            ),
            (
                "WorkQueueService/CompleteActivity",
                json!({"name": format!("activities/{MARK}"), "note": marked}),
            ),
        ] {
            let _ = self.call(method, request).await;
        }

        let mut stranger = self.client.clone();
        stranger.secret = format!("upnext_{MARK}");
        let answer = call(&stranger, "upnext.v1.SellerService/ListSellers", json!({})).await;
        answer.expect_err("nobody knows the key");
    }

    /// The page of measures.
    fn measures(&self) -> String {
        page::read(&self.page)
    }

    /// The first value of a line that begins so.
    fn page_of(&self, line: &str) -> Option<f64> {
        let page = self.measures();
        page.lines().find(|found| found.starts_with(line))?.rsplit(' ').next()?.parse().ok()
    }
}

/// The measures of a page, by name; distributions by the name before `_bucket`.
fn exposed(page: &str) -> BTreeMap<String, BTreeSet<String>> {
    let line = Regex::new(r"(?m)^([a-z_]+)(?:\{([^}]*)\})? [-0-9.e+]+\s*$").expect("a pattern");
    let label = Regex::new(r#"([a-z_]+)=""#).expect("a pattern");
    let mut found: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();

    for sample in line.captures_iter(page) {
        let name = ["_bucket", "_sum", "_count"].iter().fold(&sample[1], |name, end| {
            let base = name.strip_suffix(end).unwrap_or(name);
            let distribution = |kind| matches!(kind, MeasureKind::Seconds | MeasureKind::Items);
            if ALL.iter().any(|one| one.name == base && distribution(one.kind)) { base } else { name }
        });
        let labels = sample.get(2).map_or("", |labels| labels.as_str());
        let labels =
            label.captures_iter(labels).map(|label| label[1].to_owned()).filter(|label| label != "le");
        found.entry(name.to_owned()).or_default().extend(labels);
    }
    found
}

/// Those that only an accident or another database shows.
const ELSEWHERE: [&str; 5] = [
    "upnext_replica_reads_total",
    "upnext_batch_retries_total",
    "upnext_batch_halvings_total",
    "upnext_batch_held_items_total",
    "upnext_set_aside_total",
];

#[tokio::test(flavor = "multi_thread")]
async fn every_measure_is_declared_and_on_the_page_and_every_one_on_the_page_is_measured() {
    let mut server = Server::start("info").await;
    within_deadline("the load is done", server.mixed_load()).await;
    let exposed = exposed(&server.measures());
    assert!(server.process.end_by(Signal::SIGTERM).success());

    let declared: BTreeMap<&str, BTreeSet<&str>> =
        ALL.iter().map(|measure| (measure.name, measure.labels.iter().copied().collect())).collect();
    for (name, labels) in &exposed {
        let expected = declared.get(name.as_str()).unwrap_or_else(|| panic!("{name} is not declared"));
        assert_eq!(labels.iter().map(String::as_str).collect::<BTreeSet<_>>(), *expected, "{name}");
    }
    let unseen = declared.keys().filter(|name| !exposed.contains_key(**name) && !ELSEWHERE.contains(name));
    assert_eq!(unseen.collect::<Vec<_>>(), Vec::<&&str>::new(), "declared, but never measured");

    let page = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("src/telemetry/README.md"));
    let page = page.expect("the page is there");
    let row = Regex::new(r"(?m)^\| `([a-z_]+)` \| ([a-z, ]*)\|").expect("a pattern");
    let told: BTreeMap<&str, BTreeSet<&str>> = row
        .captures_iter(&page)
        .map(|row| {
            let labels = row.get(2).expect("matched").as_str().split(", ").map(str::trim);
            (row.get(1).expect("matched").as_str(), labels.filter(|label| !label.is_empty()).collect())
        })
        .collect();
    assert_eq!(told, declared, "the page and the declarations");
}

#[tokio::test(flavor = "multi_thread")]
async fn logs_never_contain_customer_data_at_any_level() {
    for filter in ["trace", "info,upnext=trace"] {
        let mut server = Server::start(filter).await;
        within_deadline("the load is done", server.mixed_load()).await;
        let key = server.client.secret.clone();
        server.process.signal(Signal::SIGTERM);
        let (status, log) = server.process.end();
        assert!(status.success(), "{log}");

        let heard = if filter == "trace" {
            ["sqlx::query", "h2::", "draining", "stopped"]
        } else {
            ["", "", "draining", "stopped"]
        };
        assert!(heard.iter().all(|text| log.contains(text)), "what should be logged is logged: {log}");

        let told = |text: &str| log.lines().filter(|line| line.contains(text)).collect::<Vec<_>>();
        assert_eq!(told(MARK), Vec::<&str>::new(), "with {filter}");
        assert_eq!(told(&key), Vec::<&str>::new(), "with {filter}");
    }
}
