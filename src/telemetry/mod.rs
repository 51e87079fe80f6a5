//! Logs and metrics: one line per fact, ids as dotted fields, no personal data and no secrets.

mod exporter;
mod otlp;
mod page;

use std::io::{self, IsTerminal};
use std::panic::PanicHookInfo;

use tracing_subscriber::EnvFilter;

use crate::config::{Log, LogFormat};

pub use exporter::{Exporter, Outlets};

/// Hidden unless the filter names it: Postgres's notices that something already exists.
const QUIETER: &str = "sqlx::postgres::notice=warn";

/// Logs to standard error; standard output belongs to the commands. A second call changes nothing.
pub fn start(log: &Log) {
    // The configured filter comes last and can override the first part.
    let filter = EnvFilter::try_new(format!("{QUIETER},{}", log.filter));
    // The configuration has checked the filter; this covers callers without one.
    let filter = filter.unwrap_or_else(|_| EnvFilter::new("info"));

    let lines = tracing_subscriber::fmt().with_env_filter(filter).with_writer(io::stderr);
    let started = if is_json(log.format, io::stderr().is_terminal()) {
        lines.json().flatten_event(true).with_current_span(true).with_span_list(false).try_init()
    } else {
        lines.with_ansi(io::stderr().is_terminal()).with_target(false).try_init()
    };
    // Only a test can have installed a subscriber before.
    if started.is_ok() {
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
