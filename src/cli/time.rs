//! Instants in words.

use chrono::{DateTime, Local, Utc};
use prost_types::Timestamp;

/// Reads a timestamp, to the second; none if it can't be an instant.
pub(super) fn instant(timestamp: &Timestamp) -> Option<DateTime<Utc>> {
    DateTime::from_timestamp(timestamp.seconds, 0)
}

/// An instant as the clock of whoever looks shows it.
pub(super) fn local(instant: DateTime<Utc>, form: &str) -> String {
    instant.with_timezone(&Local).format(form).to_string()
}

/// Like [`local`], to the minute. Empty for what can't be an instant.
pub(super) fn local_minute(timestamp: &Timestamp) -> String {
    instant(timestamp).map(|instant| local(instant, "%Y-%m-%d %H:%M")).unwrap_or_default()
}

/// To the second, the same for everybody. Empty for what can't be an instant.
pub(super) fn utc_second(timestamp: &Timestamp) -> String {
    let instant = instant(timestamp);
    instant.map(|instant| instant.format("%Y-%m-%d %H:%M:%SZ").to_string()).unwrap_or_default()
}
