//! Work on all enrollments of a sequence that match a condition, on all records to enroll in it, or
//! on the records of a seller.

use serde::{Deserialize, Serialize};

use super::action::{Action, Expected};
use super::caller::Actor;
use super::id::OperationId;
use super::operation::OperationKind;

/// The work of an operation on many enrollments or records.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Bulk {
    /// The condition that they match, over `enrollment`, or over `record` to enroll. Empty: all.
    pub condition: String,
    /// What to do.
    pub work: BulkWork,
    /// The caller who wants it.
    pub by: Actor,
}

/// What to do with many enrollments or records.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum BulkWork {
    /// Enroll the records that have no open enrollment in the sequence.
    Enroll,
    /// Act on the open enrollments.
    Act(Action),
    /// Give the records of a seller to others.
    Reassign(Reassignment),
    /// Give back what this operation took from a seller, unless somebody has given it on.
    HandBack(OperationId),
}

impl BulkWork {
    /// Returns the kind of operation that does it.
    pub const fn kind(&self) -> OperationKind {
        match self {
            BulkWork::Enroll => OperationKind::EnrollRecords,
            BulkWork::Act(_) => OperationKind::ActOnEnrollments,
            BulkWork::Reassign(_) | BulkWork::HandBack(_) => OperationKind::ReassignRecords,
        }
    }
}

/// What becomes of a seller's records.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reassignment {
    /// Who gets them.
    pub to: Recipient,
    /// True if closed ones go along.
    pub with_closed: bool,
    /// True if what else is in the seller's queue goes along.
    pub with_activities: bool,
}

/// Who gets the records of a seller.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum Recipient {
    /// The seller with this chosen id.
    Seller(String),
    /// The members of the team with this chosen id, in turn.
    Team(String),
    /// Nobody: they have no owner afterwards.
    Nobody,
}

impl Recipient {
    /// Returns the chosen id of the team whose members take turns, if any do.
    pub fn team(&self) -> Option<&str> {
        match self {
            Recipient::Team(team) => Some(team),
            Recipient::Seller(_) | Recipient::Nobody => None,
        }
    }
}

/// The numbers of enrollments or records, by what would become of them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ExpectedCounts {
    /// They change, or are enrolled.
    pub changed: i64,
    /// Those of them that begin a step.
    pub restarted: i64,
    /// They are already as wanted.
    pub unchanged: i64,
    /// They are refused.
    pub refused: i64,
}

impl ExpectedCounts {
    /// Adds enrollments of which this is expected.
    #[must_use]
    pub fn and(self, expected: Expected, count: i64) -> Self {
        match expected {
            Expected::Changed => Self { changed: self.changed + count, ..self },
            Expected::Restarted => {
                Self { changed: self.changed + count, restarted: self.restarted + count, ..self }
            }
            Expected::Unchanged => Self { unchanged: self.unchanged + count, ..self },
            Expected::Refused => Self { refused: self.refused + count, ..self },
        }
    }

    /// Returns the number of all of them.
    pub fn all(&self) -> i64 {
        self.changed + self.unchanged + self.refused
    }
}
