//! What ends the enrollments of a sequence before their last step.

use std::ops::Not;

use serde::{Deserialize, Serialize};

use super::condition::{Condition, Subject};
use super::engagement::EngagementKind;
use super::enrollment::ExitReason;
use super::violation::Violations;

/// The criteria of a draft or a revision. Values that are the default are not stored, so equal
/// criteria are equal in the database, too.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct ExitCriteria {
    /// The person of the record replied.
    #[serde(skip_serializing_if = "is_true")]
    pub replied: bool,
    /// An email to the person bounced.
    #[serde(skip_serializing_if = "is_true")]
    pub bounced: bool,
    /// The person unsubscribed.
    #[serde(skip_serializing_if = "is_true")]
    pub unsubscribed: bool,
    /// The person of another record of the same account replied. Statements look for the name of
    /// this field.
    #[serde(skip_serializing_if = "Not::not")]
    pub account_replied: bool,
    /// The person booked a meeting.
    #[serde(skip_serializing_if = "Not::not")]
    pub meeting_booked: bool,
    /// An automated step must not reach the person. Otherwise it is only skipped.
    #[serde(skip_serializing_if = "Not::not")]
    pub no_consent: bool,
    /// Not an end: the enrollment is paused while the person is away.
    #[serde(skip_serializing_if = "is_true")]
    pub out_of_office_hold: bool,
    /// The text of the condition that is the goal. Empty: no goal. Statements look for the name of
    /// this field.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub goal_condition: String,
}

impl Default for ExitCriteria {
    fn default() -> Self {
        Self {
            replied: true,
            bounced: true,
            unsubscribed: true,
            account_replied: false,
            meeting_booked: false,
            no_consent: false,
            out_of_office_hold: true,
            goal_condition: String::new(),
        }
    }
}

impl ExitCriteria {
    /// Returns the criteria by which nothing ends an enrollment or holds it.
    pub fn nothing() -> Self {
        let (replied, bounced, unsubscribed, out_of_office_hold) = (false, false, false, false);
        Self { replied, bounced, unsubscribed, out_of_office_hold, ..Self::default() }
    }

    /// Returns the reason why an enrollment ends by an event of its own record. `None` if it goes
    /// on.
    pub fn exit_by(&self, kind: EngagementKind) -> Option<ExitReason> {
        let (on, reason) = match kind {
            EngagementKind::Replied => (self.replied, ExitReason::Replied),
            EngagementKind::Bounced => (self.bounced, ExitReason::Bounced),
            EngagementKind::Unsubscribed => (self.unsubscribed, ExitReason::Unsubscribed),
            EngagementKind::MeetingBooked => (self.meeting_booked, ExitReason::MeetingBooked),
            EngagementKind::EmailOpened
            | EngagementKind::LinkClicked
            | EngagementKind::AttachmentDownloaded
            | EngagementKind::Resubscribed
            | EngagementKind::OutOfOffice
            | EngagementKind::CallOutcome
            | EngagementKind::EmailSent
            | EngagementKind::CallEnded => return None,
        };

        on.then_some(reason)
    }

    /// Like [`Self::exit_by`], but for an event of another record of the same account.
    pub fn exit_by_account(&self, kind: EngagementKind) -> Option<ExitReason> {
        let replied = kind == EngagementKind::Replied && self.account_replied;
        replied.then_some(ExitReason::AccountReplied)
    }

    /// Returns the goal. `None` without one, or if it doesn't fit the record type any more.
    pub fn goal(&self, subject: &Subject) -> Option<Condition> {
        match self.goal_condition.as_str() {
            "" => None,
            text => Condition::parse(text, subject).ok(),
        }
    }

    /// Checks the goal. Paths begin at the criteria.
    pub fn check(&self, subject: &Subject) -> Violations {
        match self.goal_condition.as_str() {
            "" => Violations::new(),
            // A change of another record doesn't end enrollments, so a goal looks at its own only.
            text => {
                let subject = subject.clone().without_related();
                Condition::check("goal_condition", text, &subject).err().unwrap_or_default()
            }
        }
    }
}

fn is_true(value: &bool) -> bool {
    *value
}

#[cfg(test)]
mod tests {
    use strum::VariantArray;

    use super::*;
    use crate::domain::attribute::AttributeType;

    #[test]
    fn criteria_that_are_the_default_store_nothing_and_all_read_back() {
        assert_eq!(serde_json::to_string(&ExitCriteria::default()).expect("serializes"), "{}");
        let all = ExitCriteria {
            replied: false,
            bounced: false,
            unsubscribed: false,
            account_replied: true,
            meeting_booked: true,
            no_consent: true,
            out_of_office_hold: false,
            goal_condition: "record.won".to_owned(),
        };
        let kept = serde_json::to_string(&all).expect("serializes");
        assert_eq!(serde_json::from_str::<ExitCriteria>(&kept).expect("reads back"), all);
        for (name, _) in [("account_replied", ()), ("goal_condition", ())] {
            assert!(kept.contains(name), "statements look for {name}");
        }
    }

    #[test]
    fn a_reply_a_bounce_and_an_unsubscription_end_enrollments_unless_switched_off() {
        let reasons = |criteria: &ExitCriteria| -> Vec<ExitReason> {
            EngagementKind::VARIANTS.iter().filter_map(|kind| criteria.exit_by(*kind)).collect()
        };
        let expected = [ExitReason::Replied, ExitReason::Bounced, ExitReason::Unsubscribed];
        assert_eq!(reasons(&ExitCriteria::default()), expected);
        let off = ExitCriteria {
            replied: false,
            bounced: false,
            unsubscribed: false,
            meeting_booked: true,
            account_replied: true,
            ..ExitCriteria::default()
        };
        assert_eq!(reasons(&off), [ExitReason::MeetingBooked]);
        assert_eq!(off.exit_by_account(EngagementKind::Replied), Some(ExitReason::AccountReplied));
        assert_eq!(off.exit_by_account(EngagementKind::Bounced), None);
        assert_eq!(ExitCriteria::default().exit_by_account(EngagementKind::Replied), None);
    }

    #[test]
    fn a_goal_is_checked_with_line_and_column() {
        let subject = Subject::new("record", [("revenue", AttributeType::Double)]);
        let goal = |text: &str| ExitCriteria { goal_condition: text.to_owned(), ..ExitCriteria::default() };
        assert!(goal("record.revenue > 10.0").check(&subject).is_empty());
        assert!(goal("").check(&subject).is_empty() && goal("").goal(&subject).is_none());
        let found = goal("record.revenu > 10.0").check(&subject).to_string();
        assert!(found.contains("goal_condition") && found.contains("line 1, column 8"), "{found}");
    }
}
