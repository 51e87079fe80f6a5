//! Conversions between wire and domain, one file per noun.

pub mod action;
pub mod activity;
pub mod api_key;
pub mod assignee;
mod branch_condition;
pub mod calendar;
pub mod engagement;
pub mod enrollment;
pub mod enrollment_explanation;
pub mod event;
pub mod explanation;
pub mod json;
pub mod operation;
pub mod organization;
pub mod picture;
pub mod problem;
pub mod record;
pub mod record_event;
pub mod record_type;
pub mod segment;
pub mod seller;
pub mod sequence;
pub mod sequence_stats;
pub mod step;
pub mod team;
pub mod template;
pub mod up_next;
pub mod wait;
pub mod webhook;

use chrono::{DateTime, TimeDelta, Utc};
use prost_types::{Duration, Timestamp};

use super::pb::DESCRIPTORS;
use crate::domain::reason::Reason;
use crate::domain::violation::Violations;

/// The names of one of our enums, except the unspecified one. A test calls this for every enum name
/// in use.
fn words(name: &str) -> Vec<String> {
    let words =
        DESCRIPTORS.get_enum_by_name(name).into_iter().flat_map(|found| found.values().collect::<Vec<_>>());
    words.filter(|word| word.number() != 0).map(|word| word.name().to_owned()).collect()
}

/// Writes an instant.
pub fn timestamp(instant: DateTime<Utc>) -> Timestamp {
    let nanos = i32::try_from(instant.timestamp_subsec_nanos()).unwrap_or_default();
    Timestamp { seconds: instant.timestamp(), nanos }
}

/// Reads an instant, truncated to microseconds.
///
/// # Errors
/// It is outside the years 0001 to 9999, or one of its parts is out of range.
pub fn instant(field: &str, timestamp: &Timestamp) -> Result<DateTime<Utc>, Violations> {
    let seconds =
        (-62_135_596_800..=253_402_300_799).contains(&timestamp.seconds).then_some(timestamp.seconds);
    let micros =
        u32::try_from(timestamp.nanos).ok().filter(|nanos| *nanos < 1_000_000_000).map(|nanos| nanos / 1000);
    let read =
        seconds.zip(micros).and_then(|(seconds, micros)| DateTime::from_timestamp(seconds, micros * 1000));
    read.ok_or_else(|| {
        let description = "must be an instant of the years 0001 to 9999 with 0 to 999,999,999 nanoseconds";
        Violations::one(field, Reason::FieldInvalid, description)
    })
}

/// Reads a length of time.
///
/// # Errors
/// It is longer than ten thousand years, or its parts don't fit together.
pub fn length(field: &str, duration: &Duration) -> Result<TimeDelta, Violations> {
    const LONGEST: i64 = 315_576_000_000;
    let Duration { seconds, nanos } = *duration;
    let one_sign = i64::from(nanos).signum() * seconds.signum() >= 0;
    let fits = (-LONGEST..=LONGEST).contains(&seconds) && nanos.unsigned_abs() < 1_000_000_000;
    match fits && one_sign {
        true => Ok(TimeDelta::seconds(seconds) + TimeDelta::nanoseconds(nanos.into())),
        false => {
            let description = "must be a duration of at most 10,000 years";
            Err(Violations::one(field, Reason::FieldInvalid, description))
        }
    }
}

/// Reads a length of time that is at least zero and at most `longest`; `default` unless given.
///
/// # Errors
/// It is shorter or longer.
pub fn length_within(
    field: &str,
    given: Option<&Duration>,
    default: TimeDelta,
    longest: TimeDelta,
) -> Result<TimeDelta, Violations> {
    let Some(given) = given else { return Ok(default) };
    let given = length(field, given)?;
    match (TimeDelta::zero()..=longest).contains(&given) {
        true => Ok(given),
        false => {
            let description = format!("must be from 0s to {}s", longest.num_seconds());
            Err(Violations::one(field, Reason::FieldInvalid, description))
        }
    }
}
