//! Exports metrics: to Prometheus, as one page of text, and to a collector.

use std::future::pending;
use std::io;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::http::header::CONTENT_TYPE;
use axum::routing::get;
use chrono::{DateTime, Utc};
use metrics_exporter_prometheus::{Matcher, PrometheusBuilder, PrometheusHandle};
use tokio::net::TcpListener;
use tokio_util::sync::CancellationToken;

use super::otlp::{self, Collector};
use crate::measures::{ALL, BUILD_INFO, MeasureKind};

/// The buckets of durations, in seconds.
const SECONDS: [f64; 16] =
    [0.000_5, 0.001, 0.002_5, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0, 60.0];
/// The buckets of sizes.
const ITEMS: [f64; 12] = [1.0, 2.0, 4.0, 8.0, 16.0, 32.0, 64.0, 128.0, 256.0, 512.0, 1_000.0, 2_000.0];
/// How often samples are aggregated, so that they take no memory while nobody scrapes.
const UPKEEP: Duration = Duration::from_secs(5);

/// Brings sampled values up to date, and tells the time.
pub(super) type Refresh = Arc<dyn Fn() -> DateTime<Utc> + Send + Sync>;

/// Where metrics go.
#[derive(Debug, Default)]
pub struct Outlets {
    /// Prometheus reads a page here.
    pub page: Option<TcpListener>,
    /// A collector gets them.
    pub collector: Option<Collector>,
}

/// The metrics of this process, ready to be exported.
#[derive(Clone)]
pub struct Exporter {
    handle: PrometheusHandle,
}

impl Exporter {
    /// Starts to measure. Call it once per process, before creating the parts that measure. Without
    /// it, measuring costs nothing.
    ///
    /// # Errors
    /// A recorder is already installed.
    pub fn install() -> io::Result<Self> {
        let mut builder = PrometheusBuilder::new();
        for measure in ALL {
            let buckets = match measure.kind {
                MeasureKind::Counter | MeasureKind::Gauge => continue,
                MeasureKind::Seconds => &SECONDS[..],
                MeasureKind::Items => &ITEMS[..],
            };
            let matcher = Matcher::Full(measure.name.to_owned());
            builder = builder.set_buckets_for_metric(matcher, buckets).map_err(io::Error::other)?;
        }

        let recorder = builder.build_recorder();
        let handle = recorder.handle();
        metrics::set_global_recorder(recorder).map_err(|error| io::Error::other(error.to_string()))?;
        describe();
        metrics::gauge!(BUILD_INFO, "version" => env!("CARGO_PKG_VERSION")).set(1);
        Ok(Self { handle })
    }

    /// Serves and sends the metrics until `stop`. `refresh` is called each time before, for values
    /// that are sampled, and tells the time.
    ///
    /// # Errors
    /// The listener failed.
    pub async fn run(
        self,
        outlets: Outlets,
        refresh: impl Fn() -> DateTime<Utc> + Send + Sync + 'static,
        stop: CancellationToken,
    ) -> io::Result<()> {
        let refresh: Refresh = Arc::new(refresh);
        let (handle, sending, own) = (self.handle.clone(), refresh.clone(), stop.clone());
        let sent = async move {
            match outlets.collector {
                Some(collector) => otlp::send(&collector, &handle, &sending, &own).await,
                None => own.cancelled().await,
            }
        };

        // Scrapes repeat, so the page needs no drain. What is sent is sent once more at the end.
        let served = async {
            match outlets.page {
                Some(listener) => self.serve(listener, refresh).await,
                None => pending().await,
            }
        };
        let upkeep = async {
            loop {
                tokio::time::sleep(UPKEEP).await;
                self.handle.run_upkeep();
            }
        };
        tokio::select! {
            served = served => served,
            () = upkeep => Ok(()),
            () = sent => Ok(()),
        }
    }

    async fn serve(&self, listener: TcpListener, refresh: Refresh) -> io::Result<()> {
        let handle = self.handle.clone();
        let page = get(move || async move {
            refresh();
            ([(CONTENT_TYPE, "text/plain; version=0.0.4; charset=utf-8")], handle.render())
        });
        axum::serve(listener, Router::new().route("/metrics", page)).await
    }
}

/// Describes each metric. Counters without labels start at zero, so that their first increment is
/// visible.
fn describe() {
    for measure in ALL {
        match measure.kind {
            MeasureKind::Counter => {
                metrics::describe_counter!(measure.name, measure.meaning);
                if measure.labels.is_empty() {
                    metrics::counter!(measure.name).increment(0);
                }
            }

            MeasureKind::Gauge => metrics::describe_gauge!(measure.name, measure.meaning),
            MeasureKind::Seconds | MeasureKind::Items => {
                metrics::describe_histogram!(measure.name, measure.meaning)
            }
        }
    }
}
