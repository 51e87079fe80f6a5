//! What the times of a record's steps depend on, besides the steps themselves.

use std::collections::BTreeMap;
use std::sync::{Arc, LazyLock};

use chrono::{DateTime, Utc};

use super::calendar::WorkingTime;

/// When the owner of a record works, and what the record says about times. Only what the program
/// needs is loaded.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Timing {
    /// When the owner works. `None`: all the time, in UTC, or the program doesn't ask.
    pub working: Option<Arc<WorkingTime>>,
    /// The timestamps of the record by attribute. Missing ones are absent.
    pub instants: BTreeMap<String, DateTime<Utc>>,
    /// True if due times outside the owner's working hours move to the next working instant.
    pub working_hours_only: bool,
}

/// The working time of those who have no calendar.
static ALWAYS: LazyLock<WorkingTime> = LazyLock::new(WorkingTime::always);

impl Timing {
    /// Returns when the owner works.
    pub fn working(&self) -> &WorkingTime {
        self.working.as_deref().unwrap_or(&ALWAYS)
    }

    /// Returns what an attribute of the record holds. `None` if it is missing.
    pub fn instant(&self, attribute: &str) -> Option<DateTime<Utc>> {
        self.instants.get(attribute).copied()
    }

    /// Returns the instant at which something that is due at `due` really is.
    pub fn moved(&self, due: DateTime<Utc>) -> DateTime<Utc> {
        if self.working_hours_only { self.working().next(due) } else { due }
    }
}
