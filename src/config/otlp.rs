//! Where metrics are sent.

use std::time::Duration;

use super::MINUTE;
use super::jwt::is_trustworthy;
use super::layers::Layers;

/// An OpenTelemetry collector.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Otlp {
    /// The URL that takes metrics.
    pub metrics_url: String,
    /// How often it gets them.
    pub interval: Duration,
}

impl Layers {
    /// Where metrics are sent; `None`: nowhere.
    pub(super) fn otlp(&mut self) -> Option<Otlp> {
        let endpoint = self.optional::<String>("otlp_endpoint");
        let interval = self.duration("otlp_interval", Duration::from_secs(1)..=60 * MINUTE);
        let endpoint = endpoint?;
        if !is_trustworthy(&endpoint) {
            let message = "must be a URL that begins with https://, or with http:// on this machine";
            self.refuse("otlp_endpoint", message);
        }
        let metrics_url = format!("{}/v1/metrics", endpoint.trim_end_matches('/'));
        Some(Otlp { metrics_url, interval: interval? })
    }
}
