//! The lifecycle state of a sequence.

use chrono::{DateTime, Utc};

/// The lifecycle state of a sequence. Revisions are numbered from 1.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
    /// Never activated.
    Draft,
    /// Takes records, which start on its newest revision.
    Active {
        /// The newest revision.
        revision: i32,
    },
    /// Takes no records.
    Inactive {
        /// The newest revision.
        revision: i32,
    },
    /// Takes no records, and can't be changed except by undeleting it.
    Deleted {
        /// The newest revision, or `None` if the sequence was never active.
        revision: Option<i32>,
        /// When it was deleted.
        at: DateTime<Utc>,
    },
}

impl State {
    /// Returns the state stored as this word, newest revision and deletion time. Returns `None` if
    /// they contradict each other.
    pub fn of(word: &str, revision: i32, delete_time: Option<DateTime<Utc>>) -> Option<Self> {
        match (word, delete_time) {
            ("DRAFT", None) => Some(State::Draft),
            ("ACTIVE", None) => Some(State::Active { revision }),
            ("INACTIVE", None) => Some(State::Inactive { revision }),
            ("DRAFT", Some(at)) => Some(State::Deleted { revision: None, at }),
            ("INACTIVE", Some(at)) => Some(State::Deleted { revision: Some(revision), at }),
            _ => None,
        }
    }

    /// The word on the wire. For a deleted sequence, the state that it would return to.
    pub const fn as_str(&self) -> &'static str {
        match self {
            State::Draft | State::Deleted { revision: None, .. } => "DRAFT",
            State::Active { .. } => "ACTIVE",
            State::Inactive { .. } | State::Deleted { revision: Some(_), .. } => "INACTIVE",
        }
    }

    /// The newest revision, or 0 before the first activation.
    pub fn revision(&self) -> i32 {
        match *self {
            State::Draft => 0,
            State::Active { revision } | State::Inactive { revision } => revision,
            State::Deleted { revision, .. } => revision.unwrap_or_default(),
        }
    }

    /// The revision on which new records start, or `None` if the sequence takes no records.
    pub fn active_revision(&self) -> Option<i32> {
        match *self {
            State::Active { revision } => Some(revision),
            State::Draft | State::Inactive { .. } | State::Deleted { .. } => None,
        }
    }

    /// When the sequence was deleted, or `None` if it isn't deleted.
    pub fn delete_time(&self) -> Option<DateTime<Utc>> {
        match *self {
            State::Deleted { at, .. } => Some(at),
            State::Draft | State::Active { .. } | State::Inactive { .. } => None,
        }
    }
}
