//! Segments: conditions over one record type, ordered by priority, and the choice of the segment
//! that a record belongs to.

use chrono::{DateTime, Utc};

use super::condition::{Condition, Subject};
use super::id::{ChosenId, OrganizationId, RecordTypeId, SegmentId, SequenceId};
use super::names;
use super::reason::Reason;
use super::refusal::Refusal;
use super::sequence::State;
use super::settings::Limits;
use super::step::Delay;
use super::violation::Violations;

/// A segment takes in the matching records of one type.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Segment {
    /// The organization that it belongs to.
    pub organization: OrganizationId,
    /// The key.
    pub id: SegmentId,
    /// The id that the caller chose.
    pub segment_id: ChosenId,
    /// The part that callers can change.
    pub profile: Profile,
    /// The type of its records. Never changes.
    pub record_type: RecordTypeId,
    /// The priority among the segments of its type, without gaps. 1 is tried first.
    pub priority: i32,
    /// The lifecycle state.
    pub state: SegmentState,
    /// The sequence that its records enter, if it is connected.
    pub connected_sequence: Option<SequenceId>,
    /// Increases with every change.
    pub version: i64,
    /// When the segment was created.
    pub create_time: DateTime<Utc>,
    /// When the segment was last changed.
    pub update_time: DateTime<Utc>,
}

/// The part of a segment that callers can change.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Profile {
    /// The name shown to people.
    pub display_name: String,
    /// A description for people.
    pub description: String,
    /// The text of the condition.
    pub condition: String,
    /// What happens to the enrollment of a record that leaves.
    pub on_leave: OnLeave,
    /// How long a member may not match before it leaves. `None`: it leaves at once.
    pub leave_grace: Option<Delay>,
    /// True if the segment takes records out of segments with lower priority.
    pub allow_resegmentation: bool,
    /// True if the assignment rules run again for records taken out of another segment.
    pub reassign_on_resegmentation: bool,
}

impl Profile {
    /// Returns everything that is wrong. Paths are relative to the segment: `condition`. `subject`
    /// is the subject of the record type. If it is `None`, the type is unknown and the condition
    /// isn't checked.
    pub fn check(&self, limits: &Limits, subject: Option<&Subject>) -> Violations {
        let mut found = limits.check_display_name("display_name", &self.display_name);
        found.extend(limits.check_description("description", &self.description));
        if self.condition.trim().is_empty() {
            found.push("condition", Reason::FieldRequired, "must not be empty");
        } else if let Some(subject) = subject {
            found.keep("", Condition::check("condition", &self.condition, subject));
        }
        if let Some(grace) = self.leave_grace {
            found.extend_under("leave_grace", grace.check(limits));
        }
        found
    }
}

impl Profile {
    /// Returns since when a member hasn't matched, if it may stay for now. It doesn't match at
    /// `now`, and hasn't since `lapsed_at`, if that is known.
    pub fn lapse(&self, lapsed_at: Option<DateTime<Utc>>, now: DateTime<Utc>) -> Option<DateTime<Utc>> {
        let since = lapsed_at.unwrap_or(now);
        self.leaves_at(since).filter(|leaves_at| now < *leaves_at).map(|_| since)
    }

    /// Returns when a member leaves that hasn't matched since `lapsed_at`. `None`: at once.
    pub fn leaves_at(&self, lapsed_at: DateTime<Utc>) -> Option<DateTime<Utc>> {
        Some(lapsed_at + self.leave_grace?.total())
    }
}

/// `DRAFT → ACTIVE ⇄ INACTIVE`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SegmentState {
    /// Never activated.
    Draft,
    /// Takes in matching records.
    Active,
    /// Takes in no records.
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

/// What happens to the enrollment of a record that leaves its segment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OnLeave {
    /// The enrollment continues.
    Stay,
    /// The enrollment exits with LEFT_SEGMENT.
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

/// A sequence that a segment may be connected to. The names are for refusals.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Connectable {
    /// The key of the sequence.
    pub sequence: SequenceId,
    /// Its resource name: `sequences/{sequence}`.
    pub name: String,
    /// Its state. Only an active sequence can be connected.
    pub state: State,
    /// The type of its records.
    pub record_type: RecordTypeId,
    /// The id of that type.
    pub record_type_name: String,
}

impl Segment {
    /// The resource name: `segments/{segment}`.
    pub fn name(&self) -> String {
        names::SEGMENT.name([&self.segment_id])
    }

    /// Activates the segment. Returns `None` if it is already active.
    pub fn activate(&self, now: DateTime<Utc>) -> Option<Segment> {
        let active = self.state == SegmentState::Active;
        (!active).then(|| Segment { state: SegmentState::Active, ..self.changed(now) })
    }

    /// Deactivates the segment. Returns `None` if it isn't active.
    pub fn deactivate(&self, now: DateTime<Utc>) -> Option<Segment> {
        // A draft takes no records either, and stays a draft.
        let active = self.state == SegmentState::Active;
        active.then(|| Segment { state: SegmentState::Inactive, ..self.changed(now) })
    }

    /// Connects the segment to a sequence. Returns `None` if it is already connected to that one.
    /// `connected` is the name of the current sequence, `record_type` the id of the segment's type.
    ///
    /// # Errors
    /// The sequence is for another record type, isn't active, or would replace another one without
    /// `replace`.
    pub fn connect(
        &self,
        to: &Connectable,
        replace: bool,
        connected: Option<&str>,
        record_type: &str,
        now: DateTime<Utc>,
    ) -> Result<Option<Segment>, Refusal> {
        // First, so that connecting again changes nothing even if the sequence is no longer active.
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

    /// Removes the connection.
    ///
    /// # Errors
    /// The segment isn't connected.
    pub fn disconnect(&self, now: DateTime<Utc>) -> Result<Segment, Refusal> {
        match self.connected_sequence {
            None => Err(Refusal::SegmentNotConnected { segment: self.name() }),
            Some(_) => Ok(Segment { connected_sequence: None, ..self.changed(now) }),
        }
    }

    /// Checks that the segment can be deleted.
    ///
    /// # Errors
    /// The segment is active.
    pub fn check_deletable(&self) -> Result<(), Refusal> {
        match self.state {
            SegmentState::Active => Err(Refusal::SegmentActive { segment: self.name() }),
            SegmentState::Draft | SegmentState::Inactive => Ok(()),
        }
    }

    /// Returns the segment with the next version.
    pub fn changed(&self, now: DateTime<Utc>) -> Segment {
        Segment { version: self.version + 1, update_time: now, ..self.clone() }
    }
}

/// What [`choose`] needs to know about one active segment of the record's type.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Claim {
    /// The segment.
    pub segment: SegmentId,
    /// True if its condition matches the record.
    pub matches: bool,
    /// True if the segment takes records out of segments with lower priority.
    pub allow_resegmentation: bool,
}

/// What happens to a record's membership. The indices refer to the claims.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Placement {
    /// The record was in no segment and still isn't.
    Outside,
    /// The record stays in its segment.
    Stays(usize),
    /// The record was in no segment and enters this one.
    Enters(usize),
    /// The record leaves its segment, and no other segment takes it.
    Leaves(SegmentId),
    /// The record leaves its segment, and another segment takes it.
    Moves {
        /// The segment that it leaves.
        from: SegmentId,
        /// The segment that it enters.
        to: usize,
    },
    /// A segment with higher priority takes the record, although its own segment still matches.
    Taken {
        /// The segment that it leaves.
        from: SegmentId,
        /// The segment that it enters.
        to: usize,
    },
}

impl Placement {
    /// The word used in the record's history. `None` if there is nothing to tell.
    pub const fn as_str(self) -> Option<&'static str> {
        match self {
            Placement::Outside => None,
            Placement::Stays(_) => Some("STAYED"),
            Placement::Enters(_) => Some("ENTERED"),
            Placement::Leaves(_) => Some("LEFT"),
            Placement::Moves { .. } => Some("MOVED"),
            Placement::Taken { .. } => Some("TAKEN"),
        }
    }

    /// Returns when the record entered its segment: before, or just now.
    pub fn joined(self, before: Option<DateTime<Utc>>, now: DateTime<Utc>) -> DateTime<Utc> {
        match self {
            Placement::Stays(_) => before.unwrap_or(now),
            _ => now,
        }
    }
}

/// Chooses the segment of a record: the first one that matches. A record stays in its current
/// segment while that matches, unless a segment with higher priority may take it.
///
/// `claims` are the active segments of the type in priority order. `qualifies` is true for active
/// records; a closed record is in no segment. `switched_on` is true if any active segment of the
/// type is connected or has an active assignment rule; otherwise no record enters a segment.
pub fn choose(claims: &[Claim], current: Option<SegmentId>, qualifies: bool, switched_on: bool) -> Placement {
    let first_match = |among: &[Claim], taking: bool| {
        // `taking`: the record still matches its own segment, so only a claim that may take it
        // counts.
        let wanted = |claim: &Claim| claim.matches && (!taking || claim.allow_resegmentation);
        among.iter().position(wanted).filter(|_| qualifies && switched_on)
    };

    let Some(from) = current else {
        return first_match(claims, false).map_or(Placement::Outside, Placement::Enters);
    };

    // A current segment that is no longer active has no claim, so the record leaves it.
    let own = claims.iter().position(|claim| claim.segment == from && claim.matches && qualifies);
    match own {
        // Only the claims before its own have higher priority.
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
