//! Exports metrics to Prometheus, as one page of text.

use std::io;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::http::header::CONTENT_TYPE;
use axum::routing::get;
use metrics_exporter_prometheus::{Matcher, PrometheusBuilder, PrometheusHandle};
use tokio::net::TcpListener;
use tokio_util::sync::CancellationToken;

use crate::measures::{ALL, BUILD_INFO, MeasureKind};

/// The buckets of durations, in seconds.
const SECONDS: [f64; 16] =
    [0.000_5, 0.001, 0.002_5, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0, 60.0];
/// The buckets of sizes.
const ITEMS: [f64; 12] = [1.0, 2.0, 4.0, 8.0, 16.0, 32.0, 64.0, 128.0, 256.0, 512.0, 1_000.0, 2_000.0];
/// How often samples are aggregated, so that they take no memory while nobody scrapes.
const UPKEEP: Duration = Duration::from_secs(5);

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

    /// Serves the page until `stop`. `refresh` is called before each scrape, for values that are
    /// sampled.
    ///
    /// # Errors
    /// The listener failed.
    pub async fn serve(
        self,
        listener: TcpListener,
        refresh: impl Fn() + Send + Sync + 'static,
        stop: CancellationToken,
    ) -> io::Result<()> {
        let (handle, refresh) = (self.handle.clone(), Arc::new(refresh));
        let page = get(move || async move {
            refresh();
            ([(CONTENT_TYPE, "text/plain; version=0.0.4; charset=utf-8")], handle.render())
        });

        // The listener needs no drain: scrapes repeat.
        let served = async { axum::serve(listener, Router::new().route("/metrics", page)).await };
        let upkeep = async {
            loop {
                tokio::time::sleep(UPKEEP).await;
                self.handle.run_upkeep();
            }
        };

        tokio::select! {
            served = served => served,
            () = upkeep => Ok(()),
            () = stop.cancelled() => Ok(()),
        }
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
