//! Keys, which upnext makes, and ids, which callers choose.

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::reason::Reason;
use super::violation::Violations;

/// Declares a type for each kind of key, so that two kinds can't be mixed up.
macro_rules! keys {
    ($($(#[$doc:meta])* $name:ident,)*) => {
        $(
            $(#[$doc])*
            #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
            #[serde(transparent)]
            pub struct $name(pub Uuid);

            impl From<Uuid> for $name {
                fn from(key: Uuid) -> Self {
                    Self(key)
                }
            }

            impl std::fmt::Display for $name {
                fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                    self.0.fmt(out)
                }
            }
        )*
    };
}

keys! {
    /// Key of an organization. The keys of everything that it owns begin with it.
    OrganizationId,
    /// Key of an API key, or of the principal of a token. Calls of the same caller share it.
    KeyId,
    /// Key of a seller.
    SellerId,
    /// Key of a team.
    TeamId,
    /// Key of a queue. It is the same as the key of its seller or team.
    QueueId,
    /// Key of a calendar.
    CalendarId,
    /// Key of a record type.
    RecordTypeId,
    /// Key of a record.
    RecordId,
    /// Key of an email template.
    TemplateId,
    /// Key of a sequence.
    SequenceId,
    /// Key of a segment.
    SegmentId,
    /// Key of an assignment rule.
    AssignmentRuleId,
    /// Key of an enrollment.
    EnrollmentId,
    /// Key of an activity.
    ActivityId,
    /// Key of a lease of an activity.
    LeaseId,
    /// Key of a long-running operation.
    OperationId,
    /// Key of an item that couldn't be processed.
    ProblemId,
}

impl From<SellerId> for QueueId {
    fn from(seller: SellerId) -> Self {
        // A seller has one queue, so the queue needs no key of its own.
        Self(seller.0)
    }
}

impl From<TeamId> for QueueId {
    fn from(team: TeamId) -> Self {
        Self(team.0)
    }
}

/// An id that a caller chose: `[A-Za-z0-9._@-]{1,128}`, case-sensitive.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct ChosenId(String);

impl ChosenId {
    /// Reads an id.
    ///
    /// # Errors
    /// A violation of the field `""` if the text has another form.
    pub fn new(text: &str) -> Result<Self, Violations> {
        // All allowed characters are ASCII, so the bytes are counted.
        let fits = (1..=128).contains(&text.len())
            && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"._@-".contains(&byte));
        if fits {
            Ok(Self(text.to_owned()))
        } else {
            Err(Violations::one("", Reason::FieldInvalid, "must have the form [A-Za-z0-9._@-]{1,128}"))
        }
    }

    /// Takes an id without a check, from a place that holds only checked ids.
    pub fn known(text: impl Into<String>) -> Self {
        Self(text.into())
    }

    /// Returns the text of the id.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl AsRef<str> for ChosenId {
    fn as_ref(&self) -> &str {
        &self.0
    }
}

impl std::fmt::Display for ChosenId {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.0.fmt(out)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_chosen_id_has_1_to_128_characters_of_the_allowed_ones() {
        assert!(ChosenId::new("a").is_ok() && ChosenId::new(&"Z".repeat(128)).is_ok());
        for wrong in ["", "a b", "ä", "a/b", "a\n", &"x".repeat(129)] {
            assert!(ChosenId::new(wrong).is_err(), "{wrong:?}");
        }
    }
}
