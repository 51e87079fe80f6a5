//! The states of a record: active, or closed with an outcome.

use chrono::{DateTime, Utc};

use super::record::Record;
use super::record_type::RecordType;
use super::refusal::Refusal;

/// Active or closed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RecordState {
    /// The record can enter segments and sequences.
    Active,
    /// The record is in no segment and no sequence.
    Closed {
        /// How the record ended.
        outcome: CloseOutcome,
        /// When it was closed.
        at: DateTime<Utc>,
    },
}

impl RecordState {
    /// Returns how the record ended. `None` while it is active.
    pub fn outcome(self) -> Option<CloseOutcome> {
        match self {
            RecordState::Active => None,
            RecordState::Closed { outcome, .. } => Some(outcome),
        }
    }
}

/// How a record ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CloseOutcome {
    /// The lead became an opportunity.
    Qualified,
    /// The lead turned out not to be one.
    Disqualified,
    /// The deal was won.
    Won,
    /// The deal was lost.
    Lost,
    /// Another outcome.
    Other,
}

impl CloseOutcome {
    /// Every outcome.
    pub const ALL: [CloseOutcome; 5] = [
        CloseOutcome::Qualified,
        CloseOutcome::Disqualified,
        CloseOutcome::Won,
        CloseOutcome::Lost,
        CloseOutcome::Other,
    ];

    /// The word on the wire and in the database.
    pub const fn as_str(self) -> &'static str {
        match self {
            CloseOutcome::Qualified => "QUALIFIED",
            CloseOutcome::Disqualified => "DISQUALIFIED",
            CloseOutcome::Won => "WON",
            CloseOutcome::Lost => "LOST",
            CloseOutcome::Other => "OTHER",
        }
    }

    /// True if variants of splits that are measured by what is won count it.
    pub const fn is_won(self) -> bool {
        matches!(self, CloseOutcome::Won | CloseOutcome::Qualified)
    }
}

impl Record {
    /// Closes the record.
    ///
    /// # Errors
    /// The record is already closed.
    pub fn close(
        self,
        outcome: CloseOutcome,
        record_type: &RecordType,
        now: DateTime<Utc>,
    ) -> Result<Self, Refusal> {
        if !self.is_active() {
            return Err(Refusal::RecordClosed { record: self.name(record_type) });
        }
        let state = RecordState::Closed { outcome, at: now };
        Ok(Self { state, version: self.version + 1, update_time: now, ..self })
    }

    /// Reopens the record.
    ///
    /// # Errors
    /// The record isn't closed.
    pub fn reopen(self, record_type: &RecordType, now: DateTime<Utc>) -> Result<Self, Refusal> {
        if self.is_active() {
            return Err(Refusal::RecordNotClosed { record: self.name(record_type) });
        }
        let version = self.version + 1;
        Ok(Self { state: RecordState::Active, version, update_time: now, ..self })
    }
}
