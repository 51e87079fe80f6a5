//! Sends the metrics to an OpenTelemetry collector: OTLP over HTTP, as JSON.

use std::collections::BTreeMap;
use std::sync::LazyLock;
use std::time::Duration;

use chrono::{DateTime, Utc};
use metrics_exporter_prometheus::PrometheusHandle;
use reqwest::StatusCode;
use reqwest::header::CONTENT_TYPE;
use serde_json::{Value, json};
use tokio_util::sync::CancellationToken;

use super::exporter::Refresh;
use super::page::{Sample, samples};
use crate::config::Otlp;
use crate::measures::{ALL, Measure, MeasureKind};

/// How long the collector has for an answer.
pub(super) const TIMEOUT: Duration = Duration::from_secs(5);

/// In OTLP: numbers since the start of the process.
const CUMULATIVE: u8 = 2;

/// Who sends, to metrics and traces alike.
pub(super) fn resource() -> [(&'static str, String); 3] {
    // Distinguishes servers that send to the same collector.
    static INSTANCE: LazyLock<String> = LazyLock::new(|| format!("{:016x}", rand::random::<u64>()));
    [
        ("service.name", "upnext".to_owned()),
        ("service.version", env!("CARGO_PKG_VERSION").to_owned()),
        ("service.instance.id", INSTANCE.clone()),
    ]
}

/// A collector that gets the metrics.
#[derive(Debug)]
pub struct Collector {
    otlp: Otlp,
    client: reqwest::Client,
}

impl Collector {
    /// Prepares to send.
    ///
    /// # Errors
    /// The system's certificates can't be read.
    pub fn new(otlp: Otlp) -> reqwest::Result<Self> {
        Ok(Self { otlp, client: client()? })
    }
}

/// Sends the metrics at each interval, and once more at the end. A failure is logged when it
/// begins; the next numbers repeat all that were missed.
pub(super) async fn send(
    Collector { otlp, client }: &Collector,
    handle: &PrometheusHandle,
    refresh: &Refresh,
    stop: &CancellationToken,
) {
    let (start, mut failing) = (refresh(), false);
    loop {
        let stopped = stop.run_until_cancelled(tokio::time::sleep(otlp.interval)).await.is_none();
        let now = refresh();
        let body = export(&handle.render(), start, now).to_string();
        match (post(client, &otlp.metrics_url, body).await, failing) {
            (Ok(()), _) => failing = false,
            (Err(_), true) => {}
            (Err(error), false) => {
                failing = true;
                tracing::warn!(error, "metrics can't be sent");
            }
        }
        if stopped {
            return;
        }
    }
}

/// What posts to the collector.
///
/// # Errors
/// The system's certificates can't be read.
pub(super) fn client() -> reqwest::Result<reqwest::Client> {
    // Whoever comes second finds the same one installed.
    let _ = rustls::crypto::ring::default_provider().install_default();
    let client = reqwest::Client::builder().timeout(TIMEOUT).redirect(reqwest::redirect::Policy::none());
    client.build()
}

async fn post(client: &reqwest::Client, url: &str, body: String) -> Result<(), String> {
    let post = client.post(url).header(CONTENT_TYPE, "application/json").body(body);
    let answer = post.send().await.map_err(|error| causes(&error))?;
    refused(answer.status()).map_or(Ok(()), Err)
}

/// What is wrong with the collector's answer, if anything is.
pub(super) fn refused(status: StatusCode) -> Option<String> {
    (!status.is_success()).then(|| format!("the answer is {status}"))
}

/// An error with all that led to it.
pub(super) fn causes(error: &dyn std::error::Error) -> String {
    let causes = std::iter::successors(Some(error), |error| error.source());
    causes.map(ToString::to_string).collect::<Vec<_>>().join(": ")
}

/// What a page says, in the words of OTLP (`ExportMetricsServiceRequest`).
fn export(page: &str, start: DateTime<Utc>, now: DateTime<Utc>) -> Value {
    let samples: Vec<Sample<'_>> = samples(page).collect();
    let metrics: Vec<Value> =
        ALL.iter().filter_map(|measure| metric(measure, &samples, (start, now))).collect();
    let scope = json!({"scope": {"name": "upnext"}, "metrics": metrics});
    let resource = resource().map(|(key, value)| attribute(key, &value));
    json!({"resourceMetrics": [{"resource": {"attributes": resource}, "scopeMetrics": [scope]}]})
}

fn attribute(key: &str, value: &str) -> Value {
    json!({"key": key, "value": {"stringValue": value}})
}

/// The start of the process, and now.
type Times = (DateTime<Utc>, DateTime<Utc>);

/// One measure with all that was measured, or `None` if nothing was.
fn metric(measure: &Measure, samples: &[Sample<'_>], times: Times) -> Option<Value> {
    let points = match measure.kind {
        MeasureKind::Counter | MeasureKind::Gauge => numbers(measure.name, samples, times),
        MeasureKind::Seconds | MeasureKind::Items => histograms(measure.name, samples, times),
    };
    if points.is_empty() {
        return None;
    }

    let unit = if measure.kind == MeasureKind::Seconds { "s" } else { "1" };
    let (form, data) = form(measure.kind, points);
    Some(json!({"name": measure.name, "description": measure.meaning, "unit": unit, form: data}))
}

/// The field that holds points of a kind, and its value.
fn form(kind: MeasureKind, points: Vec<Value>) -> (&'static str, Value) {
    match kind {
        MeasureKind::Gauge => ("gauge", json!({"dataPoints": points})),
        MeasureKind::Counter => {
            ("sum", json!({"dataPoints": points, "aggregationTemporality": CUMULATIVE, "isMonotonic": true}))
        }
        MeasureKind::Seconds | MeasureKind::Items => {
            ("histogram", json!({"dataPoints": points, "aggregationTemporality": CUMULATIVE}))
        }
    }
}

fn numbers(name: &str, samples: &[Sample<'_>], times: Times) -> Vec<Value> {
    let own = samples.iter().filter(|sample| sample.name == name);
    own.map(|sample| point(&sample.labels, json!({"asDouble": sample.value}), times)).collect()
}

fn histograms(name: &str, samples: &[Sample<'_>], times: Times) -> Vec<Value> {
    let all = distributions(name, samples);
    all.iter().map(|(labels, value)| point(labels, value.histogram(), times)).collect()
}

/// Completes a value with its labels and times. Nanoseconds are texts, because they don't fit into
/// the numbers of JSON.
fn point(labels: &[(&str, String)], mut value: Value, (start, now): Times) -> Value {
    value["attributes"] = labels.iter().map(|(key, value)| attribute(key, value)).collect();
    value["startTimeUnixNano"] = nanoseconds(start).into();
    value["timeUnixNano"] = nanoseconds(now).into();
    value
}

/// A distribution with one set of labels.
#[derive(Debug, Default, PartialEq)]
struct Distribution {
    /// Upper bounds with the number of values up to each, in order. The last has no bound.
    buckets: Vec<(Option<f64>, u64)>,
    sum: f64,
    count: u64,
}

impl Distribution {
    fn histogram(&self) -> Value {
        let bounds: Vec<f64> = self.buckets.iter().filter_map(|(bound, _)| *bound).collect();
        let (count, counts) = (self.count.to_string(), self.counts());
        json!({"count": count, "sum": self.sum, "bucketCounts": counts, "explicitBounds": bounds})
    }

    /// The buckets of a page include those before, the buckets of OTLP don't.
    fn counts(&self) -> Vec<String> {
        let before = [0].into_iter().chain(self.buckets.iter().map(|(_, count)| *count));
        let counts = self.buckets.iter().zip(before);
        counts.map(|((_, count), before)| count.saturating_sub(before).to_string()).collect()
    }
}

/// The upper bound of a bucket.
fn bound(bucket: &Sample<'_>) -> Option<f64> {
    let (_, bound) = bucket.labels.iter().find(|(label, _)| *label == "le")?;
    bound.parse().ok().filter(|bound: &f64| bound.is_finite())
}

type Labels<'s> = Vec<(&'s str, String)>;

fn distributions<'s>(name: &str, samples: &'s [Sample<'_>]) -> BTreeMap<Labels<'s>, Distribution> {
    let mut all: BTreeMap<Labels<'s>, Distribution> = BTreeMap::new();
    for sample in samples {
        let Some(part) = sample.name.strip_prefix(name) else { continue };
        let labels = sample.labels.iter().filter(|(label, _)| *label != "le").cloned().collect();
        // Counts are whole numbers.
        let count = sample.value as u64;

        match part {
            "_bucket" => all.entry(labels).or_default().buckets.push((bound(sample), count)),
            "_sum" => all.entry(labels).or_default().sum = sample.value,
            "_count" => all.entry(labels).or_default().count = count,
            _ => {}
        }
    }
    all
}

fn nanoseconds(time: DateTime<Utc>) -> String {
    time.timestamp_nanos_opt().unwrap_or_default().to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_becomes_sums_gauges_and_histograms() {
        let page = "upnext_calls_total{method=\"Get\",code=\"OK\"} 3\nupnext_streams_open 2\n\
            upnext_batch_items_bucket{verb=\"enroll\",le=\"1\"} 4\n\
            upnext_batch_items_bucket{verb=\"enroll\",le=\"2\"} 6\n\
            upnext_batch_items_bucket{verb=\"enroll\",le=\"+Inf\"} 7\n\
            upnext_batch_items_sum{verb=\"enroll\"} 11\nupnext_batch_items_count{verb=\"enroll\"} 7\n\
            somebody_elses 1\n";
        let time = |seconds| DateTime::from_timestamp(seconds, 0).expect("a valid instant");
        let exported = export(page, time(1), time(2));

        let metrics = exported["resourceMetrics"][0]["scopeMetrics"][0]["metrics"].clone();
        let named = |name: &str| {
            let all = metrics.as_array().expect("a list");
            all.iter().find(|metric| metric["name"] == name).expect("is sent").clone()
        };
        assert_eq!(metrics.as_array().map(Vec::len), Some(3), "{metrics:#}");

        let calls = &named("upnext_calls_total")["sum"];
        assert_eq!((&calls["isMonotonic"], &calls["aggregationTemporality"]), (&json!(true), &json!(2)));
        let attributes = json!([{"key": "method", "value": {"stringValue": "Get"}}, {"key": "code", "value": {"stringValue": "OK"}}]);
        let point = json!({"asDouble": 3.0, "attributes": attributes,
            "startTimeUnixNano": "1000000000", "timeUnixNano": "2000000000"});
        assert_eq!(calls["dataPoints"], json!([point]));

        assert_eq!(named("upnext_streams_open")["gauge"]["dataPoints"][0]["asDouble"], 2.0);
        let items = &named("upnext_batch_items")["histogram"]["dataPoints"][0];
        assert_eq!(items["bucketCounts"], json!(["4", "2", "1"]));
        assert_eq!(
            (&items["explicitBounds"], &items["count"], &items["sum"]),
            (&json!([1.0, 2.0]), &json!("7"), &json!(11.0))
        );
    }
}
