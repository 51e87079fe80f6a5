//! What an operator gets beside the server: alert rules, a dashboard, a page that says what to do,
//! and metrics for a collector. All name only what the server measures.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use nix::sys::signal::Signal;
use regex::Regex;
use serde_json::Value;
use sqlx::ConnectOptions as _;
use upnext::measures::{ALL, Measure, MeasureKind};

use super::support::app::within_deadline;
use super::support::database::TestDatabase;
use super::support::process::{Process, upnext};
use super::support::receiver::{Received, Receiver};
use super::support::stage::{list, text};

/// Labels that Prometheus adds.
const ADDED: [&str; 3] = ["job", "instance", "le"];

fn path(file: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("docs").join(file)
}

fn read(file: &str) -> String {
    fs::read_to_string(path(file)).expect("the file is there")
}

/// The rules of the file.
fn alerts() -> Vec<Value> {
    let rules: Value = serde_saphyr::from_str(&read("operate/alerts.yaml")).expect("YAML");
    list(&rules["groups"][0], "/rules")
}

/// The panels that show something.
fn panels() -> Vec<Value> {
    let board: Value = serde_json::from_str(&read("operate/grafana.json")).expect("JSON");
    list(&board, "/panels").into_iter().filter(|panel| panel["type"] != "row").collect()
}

/// The queries of the dashboard, with its variables filled in.
fn queries() -> Vec<String> {
    let targets = panels().into_iter().flat_map(|panel| list(&panel, "/targets"));
    let filled = |query: &str| query.replace("$__rate_interval", "1m").replace("$job", "upnext");
    targets.map(|target| filled(text(&target, "/expr"))).collect()
}

/// The measure that a name in a query stands for.
fn measure(name: &str) -> Option<&'static Measure> {
    let is_distribution = |one: &&Measure| matches!(one.kind, MeasureKind::Seconds | MeasureKind::Items);
    let exact = ALL.iter().find(|one| one.name == name && !is_distribution(one));
    let part = || {
        let base = ["_bucket", "_sum", "_count"].iter().find_map(|end| name.strip_suffix(end))?;
        ALL.iter().filter(is_distribution).find(|one| one.name == base)
    };
    exact.or_else(part)
}

/// What is wrong with a query, as far as can be told without Prometheus.
fn problems(query: &str) -> Vec<String> {
    let series = Regex::new(r"\b((?:upnext|process)_[a-z_]+)(?:\{([^}]*)\})?").expect("a pattern");
    let label = Regex::new(r#"([a-z_]+)\s*(?:=~|!~|!=|=)\s*"[^"]*""#).expect("a pattern");
    let grouped = Regex::new(r"by \(([^)]*)\)").expect("a pattern");
    let (mut wrong, mut labels) = (Vec::new(), BTreeSet::from(ADDED));

    for found in series.captures_iter(query) {
        let Some(measure) = measure(&found[1]) else {
            wrong.push(format!("{} is not measured", &found[1]));
            continue;
        };
        labels.extend(measure.labels);
        let matched = found.get(2).map_or("", |matched| matched.as_str());
        let unknown = label.captures_iter(matched).map(|label| label[1].to_owned());
        let unknown =
            unknown.filter(|label| !measure.labels.contains(&&**label) && !ADDED.contains(&&**label));
        wrong.extend(unknown.map(|label| format!("{} has no label {label}", measure.name)));
    }
    if labels.len() == ADDED.len() && !series.is_match(query) {
        wrong.push("nothing is asked".to_owned());
    }
    for found in grouped.captures_iter(query) {
        let unknown = found[1].split(',').map(str::trim).filter(|label| !labels.contains(label));
        wrong.extend(unknown.map(|label| format!("nothing has the label {label}")));
    }
    wrong.extend(unbalanced(query));
    wrong
}

/// Says if brackets don't match.
fn unbalanced(query: &str) -> Option<String> {
    let mut open = Vec::new();
    for character in query.chars() {
        match character {
            '(' => open.push(')'),
            '[' => open.push(']'),
            '{' => open.push('}'),
            ')' | ']' | '}' if open.pop() != Some(character) => {
                return Some("brackets don't match".to_owned());
            }
            _ => {}
        }
    }
    (!open.is_empty()).then(|| "brackets stay open".to_owned())
}

#[test]
fn alerts_and_dashboard_ask_only_for_what_is_measured() {
    let alerts: Vec<String> = alerts().iter().map(|alert| text(alert, "/expr").to_owned()).collect();
    let queries = queries();
    assert!(alerts.len() >= 10 && queries.len() >= 30, "{} and {}", alerts.len(), queries.len());

    let judged = alerts.iter().chain(&queries).map(|query| (query, problems(query)));
    let wrong: Vec<_> = judged.filter(|(_, problems)| !problems.is_empty()).collect();
    assert!(wrong.is_empty(), "{wrong:#?}");

    // Each measure that an alert needs is on the dashboard, where its operator looks next.
    let shown = queries.join("\n");
    let named = Regex::new(r"upnext_[a-z_]+").expect("a pattern");
    let unseen = alerts.iter().flat_map(|alert| named.find_iter(alert)).map(|it| it.as_str());
    let unseen: BTreeSet<&str> = unseen.filter(|name| !shown.contains(name)).collect();
    assert!(unseen.is_empty(), "{unseen:?}");
}

#[test]
fn what_is_wrong_with_a_query_is_found() {
    assert_eq!(problems("max(upnext_timer_lag_seconds) > 5"), Vec::<String>::new());
    assert_eq!(problems("upnext_nothing > 1"), ["upnext_nothing is not measured"]);
    assert_eq!(problems("upnext_batch_items > 1"), ["upnext_batch_items is not measured"], "it has parts");
    assert_eq!(problems("upnext_calls_total{verb=\"a\"}"), ["upnext_calls_total has no label verb"]);
    assert_eq!(problems("sum by (pool) (upnext_streams_open)"), ["nothing has the label pool"]);
    assert_eq!(problems("sum(upnext_streams_open"), ["brackets stay open"]);
    assert_eq!(problems("1 > 0"), ["nothing is asked"]);
}

#[test]
fn the_page_says_what_to_do_about_each_alert() {
    let page = read("operate.md");
    let section = Regex::new(r"(?m)^## (Upnext\w+)$").expect("a pattern");
    let told: Vec<String> = section.captures_iter(&page).map(|found| found[1].to_owned()).collect();
    let alerts = alerts();
    let named: Vec<String> = alerts.iter().map(|alert| text(alert, "/alert").to_owned()).collect();
    assert_eq!(told, named, "in this order");

    for alert in &alerts {
        let severity = text(alert, "/labels/severity");
        assert!(["page", "ticket"].contains(&severity), "{alert}");
        assert!(!text(alert, "/annotations/summary").is_empty(), "{alert}");
    }
}

#[test]
fn panels_have_a_place_of_their_own_and_say_what_they_show() {
    let mut taken = BTreeSet::new();
    for panel in panels() {
        let place = &panel["gridPos"];
        assert!(taken.insert((place["x"].as_i64(), place["y"].as_i64())), "{}", panel["title"]);
        assert!(!text(&panel, "/description").is_empty(), "{}", panel["title"]);
        assert_eq!(panel["datasource"]["uid"], "${datasource}", "{}", panel["title"]);
    }
}

#[test]
fn promtool_accepts_the_alert_rules() {
    let checked =
        Command::new("promtool").arg("check").arg("rules").arg(path("operate/alerts.yaml")).output();
    match checked {
        Ok(output) => assert!(output.status.success(), "{output:?}"),
        Err(_) => eprintln!("SKIPPED: promtool is not on this machine (Debian's package prometheus has it)"),
    }
}

/// The names of what a collector got.
fn names(received: &Received) -> BTreeSet<String> {
    let metrics = list(&received.body, "/resourceMetrics/0/scopeMetrics/0/metrics");
    metrics.iter().map(|metric| text(metric, "/name").to_owned()).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_collector_gets_every_metric_again_and_again_and_once_more_at_the_end() {
    let (database, collector) = (TestDatabase::new().await, Receiver::new().await);
    let mut serve = upnext(&[&"serve", &"--address", &"127.0.0.1:0"]);
    serve
        .env("UPNEXT_DATABASE_URL", database.connect_options().to_url_lossy().as_str())
        .env("UPNEXT_OTLP_ENDPOINT", collector.url(""))
        .env("UPNEXT_OTLP_INTERVAL", "1s");
    let mut server = Process::start(&mut serve);
    server.lines_until("serving on ");

    within_deadline("metrics are sent twice", collector.until(|all| all.len() >= 2)).await;
    let received = collector.received();
    let found = names(&received[1]);
    for name in ["upnext_build_info", "upnext_routed_changes_total", "upnext_pool_acquire_seconds"] {
        assert!(found.contains(name), "{name}: {found:?}");
    }
    assert!(found.iter().all(|name| ALL.iter().any(|measure| measure.name == *name)), "{found:?}");

    let before = collector.received().len();
    assert!(server.end_by(Signal::SIGTERM).success());
    within_deadline("the last numbers arrive", collector.until(|all| all.len() > before)).await;
}
