//! A segment: a condition over one record type with a priority, and the choice of the segment that
//! a record is in.

use chrono::{DateTime, Utc};

use super::condition::{Condition, Subject};
use super::id::{ChosenId, OrganizationId, RecordTypeId, SegmentId, SequenceId};
use super::names;
use super::refusal::{Reason, Refusal};
use super::sequence::State;
use super::settings::Limits;
use super::violation::Violations;

/// Pulls the matching records of one type in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Segment {
    /// The tenant.
    pub organization: OrganizationId,
    /// Its key.
    pub id: SegmentId,
    /// The caller's own id.
    pub segment_id: ChosenId,
    /// What can be changed of it.
    pub profile: Profile,
    /// The type of its records; never changes.
    pub record_type: RecordTypeId,
    /// 1 is tried first; without gaps among the segments of its type.
    pub priority: i32,
    /// Whether it takes records.
    pub state: SegmentState,
    /// The sequence that it feeds.
    pub connected_sequence: Option<SequenceId>,
    /// Goes up with every change.
    pub version: i64,
    /// When it was made.
    pub create_time: DateTime<Utc>,
    /// When it was last changed.
    pub update_time: DateTime<Utc>,
}

/// What can be changed of a segment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Profile {
    /// What people call it.
    pub display_name: String,
    /// What people say about it.
    pub description: String,
    /// The condition's text.
    pub condition: String,
    /// What becomes of the enrollment when a record leaves.
    pub on_leave: OnLeave,
    /// Whether it takes records out of segments of lower priority.
    pub allow_resegmentation: bool,
    /// Whether the rules run again for records that it took out of another segment.
    pub reassign_on_resegmentation: bool,
}

impl Profile {
    /// Finds what is wrong with it. Paths begin at the segment: `condition`. The subject is that of
    /// its record type; none: the type isn't known, so the condition can't be judged.
    pub fn check(&self, limits: &Limits, subject: Option<&Subject>) -> Violations {
        let mut found = limits.check_display_name("display_name", &self.display_name);
        found.extend(limits.check_description("description", &self.description));
        if self.condition.trim().is_empty() {
            found.push("condition", Reason::FieldRequired, "must not be empty");
        } else if let Some(subject) = subject {
            found.keep("", Condition::check("condition", &self.condition, subject));
        }
        found
    }
}

/// `DRAFT → ACTIVE ⇄ INACTIVE`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SegmentState {
    /// Never activated.
    Draft,
    /// Takes matching records.
    Active,
    /// Takes none.
    Inactive,
}

impl SegmentState {
    /// Every state.
    pub const ALL: [SegmentState; 3] = [SegmentState::Draft, SegmentState::Active, SegmentState::Inactive];

    /// The word on the wire and in the database.
    pub const fn as_str(self) -> &'static str {
        match self {
            SegmentState::Draft => "DRAFT",
            SegmentState::Active => "ACTIVE",
            SegmentState::Inactive => "INACTIVE",
        }
    }
}

/// What becomes of the enrollment when a record leaves.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OnLeave {
    /// It goes on.
    Stay,
    /// It exits with LEFT_SEGMENT.
    ExitEnrollment,
}

impl OnLeave {
    /// Every choice.
    pub const ALL: [OnLeave; 2] = [OnLeave::Stay, OnLeave::ExitEnrollment];

    /// The word on the wire and in the database.
    pub const fn as_str(self) -> &'static str {
        match self {
            OnLeave::Stay => "STAY",
            OnLeave::ExitEnrollment => "EXIT_ENROLLMENT",
        }
    }
}

/// A sequence that a segment is to be connected to. Names are for the refusal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Connectable {
    /// Its key.
    pub sequence: SequenceId,
    /// `sequences/{sequence}`.
    pub name: String,
    /// Only an active one takes records.
    pub state: State,
    /// The type of its records.
    pub record_type: RecordTypeId,
    /// That type's id.
    pub record_type_name: String,
}

impl Segment {
    /// Its name: `segments/{segment}`.
    pub fn name(&self) -> String {
        names::SEGMENT.name([&self.segment_id])
    }

    /// Lets it take records; none if it does already.
    pub fn activate(&self, now: DateTime<Utc>) -> Option<Segment> {
        let active = self.state == SegmentState::Active;
        (!active).then(|| Segment { state: SegmentState::Active, ..self.changed(now) })
    }

    /// Stops it from taking records; none if it takes none.
    pub fn deactivate(&self, now: DateTime<Utc>) -> Option<Segment> {
        let active = self.state == SegmentState::Active;
        active.then(|| Segment { state: SegmentState::Inactive, ..self.changed(now) })
    }

    /// Connects it to a sequence; none if it is connected to that one. `connected` is the name of
    /// the one it is connected to, `record_type` the id of its own type.
    pub fn connect(
        &self,
        to: &Connectable,
        replace: bool,
        connected: Option<&str>,
        record_type: &str,
        now: DateTime<Utc>,
    ) -> Result<Option<Segment>, Refusal> {
        if self.connected_sequence == Some(to.sequence) {
            return Ok(None);
        }
        if to.record_type != self.record_type {
            let given = to.record_type_name.clone();
            return Err(Refusal::RecordTypeMismatch { expected: record_type.to_owned(), given });
        }
        if to.state.active_revision().is_none() {
            return Err(Refusal::SequenceNotActive { sequence: to.name.clone(), state: to.state.as_str() });
        }
        if let Some(connected) = connected.filter(|_| !replace) {
            let connected_sequence = connected.to_owned();
            return Err(Refusal::SegmentAlreadyConnected { segment: self.name(), connected_sequence });
        }
        Ok(Some(Segment { connected_sequence: Some(to.sequence), ..self.changed(now) }))
    }

    /// Takes the connection away.
    pub fn disconnect(&self, now: DateTime<Utc>) -> Result<Segment, Refusal> {
        match self.connected_sequence {
            None => Err(Refusal::SegmentNotConnected { segment: self.name() }),
            Some(_) => Ok(Segment { connected_sequence: None, ..self.changed(now) }),
        }
    }

    /// Nothing if it may be deleted.
    pub fn check_deletable(&self) -> Result<(), Refusal> {
        match self.state {
            SegmentState::Active => Err(Refusal::SegmentActive { segment: self.name() }),
            SegmentState::Draft | SegmentState::Inactive => Ok(()),
        }
    }

    /// The same with the next version.
    pub fn changed(&self, now: DateTime<Utc>) -> Segment {
        Segment { version: self.version + 1, update_time: now, ..self.clone() }
    }
}

/// One active segment of the record's type as the choice sees it; given in priority order.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Claim {
    /// The segment.
    pub segment: SegmentId,
    /// Whether its condition matches the record.
    pub matches: bool,
    /// Whether it takes records out of segments of lower priority.
    pub allow_resegmentation: bool,
}

/// What becomes of a record's membership. The indices are those of the claims.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Placement {
    /// It is in no segment, as before.
    Outside,
    /// It stays where it is.
    Stays(usize),
    /// It was in none and comes in.
    Enters(usize),
    /// It goes, and nobody else wants it.
    Leaves(SegmentId),
    /// It goes, and another segment wants it.
    Moves {
        /// Where it was.
        from: SegmentId,
        /// Where it goes.
        to: usize,
    },
    /// A segment of higher priority takes it, though its own still matches.
    Taken {
        /// Where it was.
        from: SegmentId,
        /// Where it goes.
        to: usize,
    },
}

/// Chooses the segment of a record: the first active one, in priority order, that matches, but a
/// member stays where it still matches unless a higher one may take it. `qualifies`: only active
/// records do. `switched_on`: whether an active segment of the type is connected or has an active
/// rule; otherwise nobody comes in.
pub fn choose(claims: &[Claim], current: Option<SegmentId>, qualifies: bool, switched_on: bool) -> Placement {
    let first_match = |among: &[Claim], taking: bool| {
        let wanted = |claim: &Claim| claim.matches && (!taking || claim.allow_resegmentation);
        among.iter().position(wanted).filter(|_| qualifies && switched_on)
    };
    let Some(from) = current else {
        return first_match(claims, false).map_or(Placement::Outside, Placement::Enters);
    };
    let own = claims.iter().position(|claim| claim.segment == from && claim.matches && qualifies);
    match own {
        Some(own) => match first_match(&claims[..own], true) {
            Some(to) => Placement::Taken { from, to },
            None => Placement::Stays(own),
        },
        None => match first_match(claims, false) {
            Some(to) => Placement::Moves { from, to },
            None => Placement::Leaves(from),
        },
    }
}

#[cfg(test)]
#[path = "segment_tests.rs"]
mod tests;
