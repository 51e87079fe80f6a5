//! An email template: what the composer opens with.

use chrono::{DateTime, Utc};

use super::id::{ChosenId, OrganizationId, RecordTypeId, TemplateId};
use super::settings::{Limits, check_length};
use super::violation::Violations;

/// Characters of a subject at most.
const LONGEST_SUBJECT: i32 = 1_000;
/// Characters of a body at most.
const LONGEST_BODY: i32 = 100_000;

/// What the composer opens with when an email step names it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Template {
    /// The tenant.
    pub organization: OrganizationId,
    /// The key.
    pub id: TemplateId,
    /// The id that the caller chose.
    pub template_id: ChosenId,
    /// The type of the records whose attributes its variables are of; never changes.
    pub record_type: RecordTypeId,
    /// What people write.
    pub content: Content,
    /// Goes up with every change.
    pub version: i64,
    /// When it was made.
    pub create_time: DateTime<Utc>,
    /// When it was last changed.
    pub update_time: DateTime<Utc>,
}

/// What can be changed of a template.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Content {
    /// What people call it.
    pub display_name: String,
    /// The email's subject, variables as written.
    pub subject: String,
    /// The email's body, variables as written.
    pub body: String,
}

impl Content {
    /// Finds what is wrong with it. Paths begin at the template: `email.subject`.
    pub fn check(&self, limits: &Limits) -> Violations {
        let mut found = limits.check_display_name("display_name", &self.display_name);
        found.extend(check_length("email.subject", &self.subject, LONGEST_SUBJECT));
        found.extend(check_length("email.body", &self.body, LONGEST_BODY));
        found
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_subject_of_1000_and_a_body_of_100000_characters_are_fine_and_one_more_is_not() {
        let content = |subject, body| Content {
            display_name: "Hello".to_owned(),
            subject: "ß".repeat(subject),
            body: "ß".repeat(body),
        };
        assert!(content(1_000, 100_000).check(&Limits::default()).is_empty());
        let found = content(1_001, 100_001).check(&Limits::default());
        let fields: Vec<_> = found.iter().map(|violation| violation.field.as_str()).collect();
        assert_eq!(fields, ["email.subject", "email.body"]);
    }
}
