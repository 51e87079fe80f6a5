//! What a record's segment means for its enrollment in the connected sequence.

/// How a record that is in a segment stands to the sequence that the segment is connected to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// It never went through.
    New,
    /// It is going through.
    Open,
    /// It went through, or left.
    Ended,
}

/// What comes of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Feeding {
    /// It is enrolled now.
    Enrolled,
    /// It is enrolled already.
    Unchanged,
    /// It was enrolled before: segments enroll a record in a sequence once.
    EnrolledBefore,
    /// The sequence takes no records now; its activation will feed the members again.
    Inactive,
}

impl Feeding {
    /// The word that history has for it.
    pub const fn as_str(self) -> &'static str {
        match self {
            Feeding::Enrolled => "ENROLLED",
            Feeding::Unchanged => "SEQUENCE_UNCHANGED",
            Feeding::EnrolledBefore => "ENROLLED_BEFORE",
            Feeding::Inactive => "SEQUENCE_INACTIVE",
        }
    }
}

/// Decides whether a record is enrolled in the sequence that its segment is connected to.
pub fn feed(standing: Standing, active: bool) -> Feeding {
    match standing {
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
