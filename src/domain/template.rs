//! Email templates: the text that the composer opens with.

use chrono::{DateTime, Utc};

use super::id::{ChosenId, OrganizationId, RecordTypeId, TemplateId};
use super::reason::Reason;
use super::rendering;
use super::settings::{Limits, check_length};
use super::violation::Violations;

/// The longest subject, in characters.
const LONGEST_SUBJECT: i32 = 1_000;
/// The longest body, in characters.
const LONGEST_BODY: i32 = 100_000;

/// The text that the composer opens with for an email step that names the template.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Template {
    /// The organization that it belongs to.
    pub organization: OrganizationId,
    /// The key.
    pub id: TemplateId,
    /// The id that the caller chose.
    pub template_id: ChosenId,
    /// The type of the records whose attributes its variables name. Never changes.
    pub record_type: RecordTypeId,
    /// The part that callers can change.
    pub content: Content,
    /// Increases with every change.
    pub version: i64,
    /// When the template was created.
    pub create_time: DateTime<Utc>,
    /// When the template was last changed.
    pub update_time: DateTime<Utc>,
}

/// The part of a template that callers can change.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Content {
    /// The name shown to people.
    pub display_name: String,
    /// The subject, with its variables unresolved.
    pub subject: String,
    /// The body, with its variables unresolved.
    pub body: String,
}

impl Content {
    /// Returns everything that is wrong. Paths are relative to the template: `email.subject`.
    pub fn check(&self, limits: &Limits) -> Violations {
        let mut found = limits.check_display_name("display_name", &self.display_name);
        found.extend(check_length("email.subject", &self.subject, LONGEST_SUBJECT));
        found.extend(check_length("email.body", &self.body, LONGEST_BODY));
        for (field, text) in [("email.subject", &self.subject), ("email.body", &self.body)] {
            if let Err(wrong) = rendering::check(text) {
                found.push(field, Reason::TemplateInvalid, wrong);
            }
        }
        found
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_subject_has_at_most_1000_characters_and_a_body_100000() {
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
