//! Decides whether a record in a segment is enrolled in the sequence connected to that segment, and
//! counts what such decisions would be.

use chrono::{DateTime, Utc};

use super::id::SegmentId;
use super::reenrollment::Reenrollment;
use super::segment::Placement;
use super::sequence::State;

/// A sequence that is connected to segments.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ConnectedSequence {
    /// Its state.
    pub state: State,
    /// When a record may begin it again.
    pub reenrollment: Reenrollment,
}

/// The record's latest enrollment in the sequence.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// The record was never enrolled.
    New,
    /// The record's enrollment is open.
    Open,
    /// The record's latest enrollment has ended: completed or exited.
    Ended {
        /// The time when it ended.
        at: DateTime<Utc>,
    },
}

/// The decision, with its reason.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Feeding {
    /// The record is enrolled now.
    Enrolled,
    /// The record is already enrolled.
    Unchanged,
    /// The record was enrolled before, and the sequence doesn't let a segment enroll it again now.
    EnrolledBefore,
    /// The sequence takes no records now. Activating it will route the members again.
    Inactive,
}

impl Feeding {
    /// The word used in the record's history.
    pub const fn as_str(self) -> &'static str {
        match self {
            Feeding::Enrolled => "ENROLLED",
            Feeding::Unchanged => "SEQUENCE_UNCHANGED",
            Feeding::EnrolledBefore => "ENROLLED_BEFORE",
            Feeding::Inactive => "SEQUENCE_INACTIVE",
        }
    }
}

/// Decides whether a record is enrolled. `joined` is the time when it entered the segment that is
/// connected to the sequence.
pub fn feed(
    standing: Standing,
    sequence: &ConnectedSequence,
    joined: DateTime<Utc>,
    now: DateTime<Utc>,
) -> Feeding {
    match standing {
        // An open enrollment continues even if the sequence is inactive.
        Standing::Open => Feeding::Unchanged,
        _ if sequence.state.active_revision().is_none() => Feeding::Inactive,
        Standing::New => Feeding::Enrolled,
        // Otherwise a person who has replied would begin again with the next change of the record.
        Standing::Ended { at } if joined < at => Feeding::EnrolledBefore,
        Standing::Ended { at } => match sequence.reenrollment.by_segment_from(at).is_open(now) {
            true => Feeding::Enrolled,
            false => Feeding::EnrolledBefore,
        },
    }
}

/// What routing would decide about one record, if a segment were as supposed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Outlook {
    /// True if the supposed segment's condition matches.
    pub matches: bool,
    /// Where the record would go.
    pub placement: Placement,
    /// The segment that it would be in, with its priority. `None` if it would be in none.
    pub segment: Option<(SegmentId, i32)>,
    /// What the sequence connected to that segment would do. `None` without one.
    pub feeding: Option<Feeding>,
    /// The supposed segment, with its priority.
    pub supposed: (SegmentId, i32),
}

/// How many records each decision of routing would concern, if a segment were as supposed. Each
/// matching record is in exactly one of the first four counts, unless records enter no segments at
/// all.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Forecast {
    /// The matching records that a segment with higher priority has or takes.
    pub higher_priority: i64,
    /// The matching records that stay in a segment with lower priority.
    pub kept: i64,
    /// The matching records that are members already.
    pub members: i64,
    /// The matching records that would enter.
    pub entering: i64,
    /// Of both: those with an open enrollment in the connected sequence.
    pub enrolled_now: i64,
    /// Of both: those that were enrolled in it before.
    pub enrolled_before: i64,
    /// Of both: those that would be enrolled.
    pub enrolling: i64,
    /// The records that were looked at.
    pub evaluated: i64,
    /// The enrollments that would start, through any segment.
    pub starting: i64,
    /// True if there are more records than were looked at.
    pub partial: bool,
    /// The members that would leave, whether they match or not.
    pub leaving: i64,
    /// True if there are more members than were looked at.
    pub leaving_partial: bool,
}

impl Outlook {
    /// True if the record would enter the supposed segment.
    pub fn enters(&self) -> bool {
        self.is_member() && !matches!(self.placement, Placement::Stays(_))
    }

    /// True if the record would be in the supposed segment.
    pub fn is_member(&self) -> bool {
        self.segment.is_some_and(|(segment, _)| segment == self.supposed.0)
    }
}

impl Forecast {
    /// Counts a record.
    pub fn count(&mut self, outlook: Outlook) {
        self.evaluated += 1;
        self.starting += i64::from(outlook.feeding == Some(Feeding::Enrolled));

        let (own, priority) = outlook.supposed;
        match outlook.segment {
            Some((segment, _)) if segment == own => {
                match outlook.placement {
                    Placement::Stays(_) => self.members += 1,
                    _ => self.entering += 1,
                }
                match outlook.feeding {
                    Some(Feeding::Enrolled) => self.enrolling += 1,
                    Some(Feeding::Unchanged) => self.enrolled_now += 1,
                    Some(Feeding::EnrolledBefore) => self.enrolled_before += 1,
                    Some(Feeding::Inactive) | None => {}
                }
            }
            Some((_, other)) if outlook.matches && other < priority => self.higher_priority += 1,
            Some(_) if outlook.matches => self.kept += 1,
            // Without a segment it doesn't match, or records enter no segments.
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use chrono::TimeDelta;
    use uuid::Uuid;

    use super::*;
    use crate::domain::reenrollment::Again;

    #[test]
    fn a_matching_record_counts_once_and_only_the_supposed_segments_own_as_its_enrollments() {
        let segment = |key: u128| SegmentId(Uuid::from_u128(key));
        let outlook = |placement, segment, feeding| Outlook {
            matches: true,
            placement,
            segment,
            feeding,
            supposed: (SegmentId(Uuid::from_u128(2)), 2),
        };
        let mut forecast = Forecast::default();
        let own = Some((segment(2), 2));
        forecast.count(outlook(Placement::Enters(1), own, Some(Feeding::Enrolled)));
        forecast.count(outlook(Placement::Stays(1), own, Some(Feeding::Unchanged)));
        forecast.count(outlook(Placement::Stays(1), own, Some(Feeding::EnrolledBefore)));
        forecast.count(outlook(Placement::Enters(0), Some((segment(1), 1)), Some(Feeding::Enrolled)));
        forecast.count(outlook(Placement::Stays(2), Some((segment(3), 3)), None));
        forecast.count(Outlook { matches: false, ..outlook(Placement::Outside, None, None) });
        let expected = Forecast {
            higher_priority: 1,
            kept: 1,
            members: 2,
            entering: 1,
            enrolled_now: 1,
            enrolled_before: 1,
            enrolling: 1,
            evaluated: 6,
            starting: 2,
            ..Forecast::default()
        };
        assert_eq!(forecast, expected);
        assert!(outlook(Placement::Enters(1), own, None).enters());
        assert!(!outlook(Placement::Stays(1), own, None).enters());
        assert!(
            !outlook(Placement::Moves { from: segment(2), to: 0 }, Some((segment(1), 1)), None).is_member()
        );
    }

    #[test]
    fn a_record_is_enrolled_once_and_only_while_the_sequence_is_active() {
        let sequence = |state| ConnectedSequence { state, reenrollment: Reenrollment::default() };
        let (active, inactive) = (State::Active { revision: 1 }, State::Inactive { revision: 1 });
        let fed =
            |standing, state| feed(standing, &sequence(state), DateTime::UNIX_EPOCH, DateTime::UNIX_EPOCH);
        let ended = Standing::Ended { at: DateTime::UNIX_EPOCH };
        assert_eq!(fed(Standing::New, active), Feeding::Enrolled);
        assert_eq!(fed(Standing::New, inactive), Feeding::Inactive);
        assert_eq!(fed(Standing::Open, active), Feeding::Unchanged);
        assert_eq!(fed(Standing::Open, inactive), Feeding::Unchanged);
        assert_eq!(fed(ended, active), Feeding::EnrolledBefore);
        assert_eq!(fed(ended, inactive), Feeding::Inactive);
    }

    #[test]
    fn a_record_is_enrolled_again_only_if_it_entered_since_and_the_gap_has_passed() {
        let by_segment = Again::AfterGap;
        let reenrollment = Reenrollment { by_segment, gap_seconds: 60, ..Reenrollment::default() };
        let sequence = ConnectedSequence { state: State::Active { revision: 1 }, reenrollment };
        let at = |seconds| DateTime::UNIX_EPOCH + TimeDelta::seconds(seconds);
        let fed = |joined, now| feed(Standing::Ended { at: at(0) }, &sequence, at(joined), at(now));
        assert_eq!(fed(59, 59), Feeding::EnrolledBefore);
        assert_eq!(fed(60, 60), Feeding::Enrolled);
        // It entered too early, and is still a member.
        assert_eq!(fed(1, 60), Feeding::Enrolled);
        // It has been a member since before the end.
        assert_eq!(fed(-1, 1_000), Feeding::EnrolledBefore);
    }
}
