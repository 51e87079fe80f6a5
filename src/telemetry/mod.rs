//! What the server says about itself: one line a fact, ids as dotted fields, no personal data and no secrets.

mod exporter;

use std::io::{self, IsTerminal};
use std::panic::PanicHookInfo;

use tracing_subscriber::EnvFilter;

use crate::config::{Log, LogFormat};

pub use exporter::Exporter;

/// What is told only if the filter asks for it by name: that something Postgres was to make is there already.
const QUIETER: &str = "sqlx::postgres::notice=warn";

/// Logs to standard error from now on; standard output belongs to the commands. A second call changes nothing.
pub fn start(log: &Log) {
    let filter = EnvFilter::try_new(format!("{QUIETER},{}", log.filter));
    let filter = filter.unwrap_or_else(|_| EnvFilter::new("info"));
    let lines = tracing_subscriber::fmt().with_env_filter(filter).with_writer(io::stderr);
    let started = if is_json(log.format, io::stderr().is_terminal()) {
        lines.json().flatten_event(true).with_current_span(true).with_span_list(false).try_init()
    } else {
        lines.with_ansi(io::stderr().is_terminal()).with_target(false).try_init()
    };
    // Only a test's subscriber can be there already.
    if started.is_ok() {
        std::panic::set_hook(Box::new(tell_panic));
    }
}

/// Tells where it was; and what was said there only if it stands like that in the source: a text made at run time may hold anybody's data.
fn tell_panic(panic: &PanicHookInfo<'_>) {
    let place = panic.location().map(ToString::to_string).unwrap_or_default();
    let text =
        panic.payload().downcast_ref::<&'static str>().copied().unwrap_or("(a text that may hold data)");
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
