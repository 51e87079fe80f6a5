//! Where metrics and traces are sent.

use std::time::Duration;

use super::MINUTE;
use super::jwt::is_trustworthy;
use super::layers::Layers;

/// An OpenTelemetry collector.
#[derive(Clone, Debug, PartialEq)]
pub struct Otlp {
    /// The URL that takes metrics.
    pub metrics_url: String,
    /// How often it gets them.
    pub interval: Duration,
    /// The URL that takes traces.
    pub traces_url: String,
    /// The share of all traces that are sent, from 0 to 1.
    pub trace_share: f64,
}

impl Layers {
    /// Where metrics and traces are sent; `None`: nowhere.
    pub(super) fn otlp(&mut self) -> Option<Otlp> {
        let endpoint = self.optional::<String>("otlp_endpoint");
        let interval = self.duration("otlp_interval", Duration::from_secs(1)..=60 * MINUTE);
        let trace_share = self.within("otlp_trace_share", 0.0..=1.0);
        let endpoint = endpoint?;
        if !is_trustworthy(&endpoint) {
            let message = "must be a URL that begins with https://, or with http:// on this machine";
            self.refuse("otlp_endpoint", message);
        }
        let url = |path| format!("{}/{path}", endpoint.trim_end_matches('/'));
        let (metrics_url, traces_url) = (url("v1/metrics"), url("v1/traces"));
        Some(Otlp { metrics_url, interval: interval?, traces_url, trace_share: trace_share? })
    }
}
