//! Why a rule finds nobody, and whether time ends that.

use chrono::{DateTime, Utc};

/// Why a rule that matches finds nobody.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NoCandidateReason {
    /// The team has no members, or the organization has no sellers.
    NobodyListed,
    /// No seller matches the rule's condition over sellers for this record.
    NobodyMatches,
    /// None of them takes records.
    NobodyTakesRecords,
    /// None of those who take records works soon enough.
    AllUnavailable,
    /// All of those who work soon enough own their maximum.
    AllAtCapacity,
    /// Members who have waited longer come first. An operation is serving them.
    OlderFirst,
}

impl NoCandidateReason {
    /// Every reason.
    pub const ALL: [NoCandidateReason; 6] = [
        NoCandidateReason::NobodyListed,
        NoCandidateReason::NobodyMatches,
        NoCandidateReason::NobodyTakesRecords,
        NoCandidateReason::AllUnavailable,
        NoCandidateReason::AllAtCapacity,
        NoCandidateReason::OlderFirst,
    ];

    /// The word used in the record's history.
    pub const fn as_str(self) -> &'static str {
        match self {
            NoCandidateReason::NobodyListed => "NOBODY_LISTED",
            NoCandidateReason::NobodyMatches => "NOBODY_MATCHES",
            NoCandidateReason::NobodyTakesRecords => "NOBODY_TAKES_RECORDS",
            NoCandidateReason::AllUnavailable => "ALL_UNAVAILABLE",
            NoCandidateReason::AllAtCapacity => "ALL_AT_CAPACITY",
            NoCandidateReason::OlderFirst => "OLDER_FIRST",
        }
    }
}

/// That a rule finds nobody.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Shortage {
    /// Why.
    pub reason: NoCandidateReason,
    /// When somebody with room comes to work. `None` if nobody does.
    pub retry_time: Option<DateTime<Utc>>,
}

impl Shortage {
    /// A shortage that time doesn't end.
    pub const fn of(reason: NoCandidateReason) -> Self {
        Self { reason, retry_time: None }
    }
}
