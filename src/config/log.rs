//! What is logged, and in which form.

use serde::{Deserialize, Serialize};
use tracing_subscriber::EnvFilter;

/// How and what is logged.
#[derive(Clone, Debug, PartialEq)]
pub struct Log {
    /// The form of a line.
    pub format: LogFormat,
    /// A level, or `target=level` with commas between.
    pub filter: String,
}

/// The form of a log line.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum LogFormat {
    /// Text on a terminal, JSON elsewhere.
    Auto,
    /// Text for people.
    Text,
    /// One JSON object a line.
    Json,
}

/// Says what is wrong with a filter.
pub(super) fn check_filter(filter: &str) -> Result<(), String> {
    EnvFilter::try_new(filter).map(|_| ()).map_err(|error| error.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_filter_is_a_level_or_targets_with_levels() {
        assert!(check_filter("info,upnext::worker=debug").is_ok());
        assert!(check_filter("upnext=loud").is_err());
    }
}
