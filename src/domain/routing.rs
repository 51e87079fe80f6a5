//! Decides whether a record in a segment is enrolled in the sequence connected to that segment.

/// The record's latest enrollment in the sequence.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// The record was never enrolled.
    New,
    /// The record's enrollment is open.
    Open,
    /// The record's latest enrollment has ended: completed or exited.
    Ended,
}

/// The decision, with its reason.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Feeding {
    /// The record is enrolled now.
    Enrolled,
    /// The record is already enrolled.
    Unchanged,
    /// The record was enrolled before. A segment enrolls a record in a sequence only once.
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

/// Decides whether a record is enrolled. `active` is true if the sequence is active.
pub fn feed(standing: Standing, active: bool) -> Feeding {
    match standing {
        // An open enrollment continues even if the sequence is inactive.
        Standing::Open => Feeding::Unchanged,
        _ if !active => Feeding::Inactive,
        Standing::Ended => Feeding::EnrolledBefore,
        Standing::New => Feeding::Enrolled,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_record_is_enrolled_once_and_only_while_the_sequence_is_active() {
        assert_eq!(feed(Standing::New, true), Feeding::Enrolled);
        assert_eq!(feed(Standing::New, false), Feeding::Inactive);
        assert_eq!(feed(Standing::Open, true), Feeding::Unchanged);
        assert_eq!(feed(Standing::Open, false), Feeding::Unchanged);
        assert_eq!(feed(Standing::Ended, true), Feeding::EnrolledBefore);
        assert_eq!(feed(Standing::Ended, false), Feeding::Inactive);
    }
}
