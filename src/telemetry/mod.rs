//! Logs, metrics and traces: one line per fact, ids as dotted fields, no personal data, no secrets.

mod exporter;
mod otlp;
mod page;
mod traces;

use std::io::{self, IsTerminal};
use std::panic::PanicHookInfo;

use tracing_subscriber::EnvFilter;
use tracing_subscriber::layer::{Layer as _, SubscriberExt as _};
use tracing_subscriber::util::SubscriberInitExt as _;

use crate::config::{Log, LogFormat, Otlp};

pub use exporter::{Exporter, Outlets};
pub use otlp::Collector;
pub use traces::Traces;

/// Hidden unless the filter names it: Postgres's notices that something already exists.
const QUIETER: &str = "sqlx::postgres::notice=warn";

/// Logs to standard error; standard output belongs to the commands. Sends traces to the collector,
/// if one is given, which needs a Tokio runtime. A second call changes nothing.
pub fn start(log: &Log, collector: Option<&Otlp>) -> Traces {
    let traces = collector.map(Traces::new).transpose();
    subscribe(log, traces.as_ref().ok().and_then(Option::as_ref));
    let told = |error: traces::Error| {
        tracing::warn!(error = &*error as &dyn std::error::Error, "traces can't be sent");
    };
    traces.map_err(told).ok().flatten().unwrap_or_default()
}

fn subscribe(log: &Log, traces: Option<&Traces>) {
    // The configured filter comes last and can override the first part.
    let filter = EnvFilter::try_new(format!("{QUIETER},{}", log.filter));
    // The configuration has checked the filter; this covers callers without one.
    let filter = filter.unwrap_or_else(|_| EnvFilter::new("info"));

    let terminal = io::stderr().is_terminal();
    let lines = tracing_subscriber::fmt::layer().with_writer(io::stderr);
    let lines = match is_json(log.format, terminal) {
        true => lines.json().flatten_event(true).with_current_span(true).with_span_list(false).boxed(),
        false => lines.with_ansi(terminal).with_target(false).boxed(),
    };
    let all =
        tracing_subscriber::registry().with(traces.and_then(Traces::layer)).with(lines.with_filter(filter));
    // Only a test can have installed a subscriber before.
    if all.try_init().is_ok() {
        std::panic::set_hook(Box::new(tell_panic));
    }
}

/// Logs where a panic happened. Logs its message only if it is a literal in the source: a formatted
/// text may contain customer data.
fn tell_panic(panic: &PanicHookInfo<'_>) {
    let place = panic.location().map(ToString::to_string).unwrap_or_default();
    let text = panic
        .payload()
        .downcast_ref::<&'static str>()
        .copied()
        .unwrap_or("(message omitted, it may contain data)");
    tracing::error!(place, "a panic: {text}");
}

fn is_json(format: LogFormat, terminal: bool) -> bool {
    match format {
        LogFormat::Auto => !terminal,
        LogFormat::Text => false,
        LogFormat::Json => true,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_text_on_a_terminal_and_json_elsewhere_unless_chosen() {
        assert!(!is_json(LogFormat::Auto, true));
        assert!(is_json(LogFormat::Auto, false));
        assert!(is_json(LogFormat::Json, true));
        assert!(!is_json(LogFormat::Text, false));
    }
}
