//! Keys, and the ids that callers choose.

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::reason::Reason;
use super::violation::Violations;

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
    /// Key of an organization: the first part of every other key.
    OrganizationId,
    /// Key of an API key, which is also the principal of its requests.
    KeyId,
    /// Key of a seller.
    SellerId,
    /// Key of a queue: its seller's or team's.
    QueueId,
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
    /// Key of a long-running operation.
    OperationId,
}

impl From<SellerId> for QueueId {
    fn from(seller: SellerId) -> Self {
        Self(seller.0)
    }
}

/// An id that a caller chose: `[A-Za-z0-9._@-]{1,128}`, case-sensitive.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct ChosenId(String);

impl ChosenId {
    /// Takes a text that has the form, or says which form it must have, for the field `""`.
    pub fn new(text: &str) -> Result<Self, Violations> {
        let fits = (1..=128).contains(&text.len())
            && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"._@-".contains(&byte));
        if fits {
            Ok(Self(text.to_owned()))
        } else {
            Err(Violations::one("", Reason::FieldInvalid, "must have the form [A-Za-z0-9._@-]{1,128}"))
        }
    }

    /// Takes an id from where only checked ones are kept.
    pub fn known(text: impl Into<String>) -> Self {
        Self(text.into())
    }

    /// The text.
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
