//! Engagement: what the persons of records, and sellers, do outside of upnext.

use chrono::{DateTime, TimeDelta, Utc};
use serde::{Deserialize, Serialize};
use strum::{FromRepr, IntoStaticStr, VariantArray};

use super::activity::Activity;
use super::history::HistoryDetail;
use super::id::{ActivityId, EnrollmentId, OrganizationId, RecordId};
use super::program::NodeId;
use super::reason::Reason;
use super::settings::Settings;
use super::step::ActivityKind;
use super::violation::Violations;

/// How much a sender's clock may be behind, or its times rounded: an event that is this much
/// earlier than an activity can still be about it.
pub const CLOCK_TOLERANCE: TimeDelta = TimeDelta::minutes(1);

/// One event, as it is kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EngagementEvent {
    /// The organization that it belongs to.
    pub organization: OrganizationId,
    /// The id that the sender gave it.
    pub event_id: String,
    /// The hash of what was sent, by which a repetition is told from another event with the same
    /// id.
    pub fingerprint: Vec<u8>,
    /// The record whose person did it, or for whom a seller did it.
    pub record: RecordId,
    /// The activity that the sender named.
    pub activity: Option<ActivityId>,
    /// What happened.
    pub engagement: Engagement,
    /// The time when it happened. Never in the future.
    pub at: DateTime<Utc>,
    /// The time when upnext heard of it.
    pub ingest_time: DateTime<Utc>,
}

/// What happened. Each kind uses some of the other fields.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Engagement {
    /// The kind.
    pub kind: EngagementKind,
    /// True if a program opened, followed or downloaded it, so that it doesn't count.
    pub by_machine: bool,
    /// CallOutcome, CallEnded: the outcome.
    pub outcome: Option<String>,
    /// OutOfOffice: the time when the person returns, if known.
    pub return_time: Option<DateTime<Utc>>,
}

/// The kind of an event. The numbers are stored, and they are the same in the proto. Never change
/// them.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, FromRepr, IntoStaticStr, VariantArray, Serialize, Deserialize,
)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
#[strum(serialize_all = "SCREAMING_SNAKE_CASE", const_into_str)]
#[repr(i16)]
pub enum EngagementKind {
    /// The person opened an email.
    EmailOpened = 1,
    /// The person replied.
    Replied = 2,
    /// The person followed a link in an email.
    LinkClicked = 3,
    /// The person downloaded an attachment of an email.
    AttachmentDownloaded = 4,
    /// An email can't be delivered.
    Bounced = 5,
    /// The person wants no more emails.
    Unsubscribed = 6,
    /// The person wants emails again.
    Resubscribed = 7,
    /// The person is away.
    OutOfOffice = 8,
    /// The outcome of a call that isn't an activity.
    CallOutcome = 9,
    /// The person booked a meeting.
    MeetingBooked = 10,
    /// A seller sent an email.
    EmailSent = 11,
    /// A seller's call ended.
    CallEnded = 12,
}

/// An activity that an event is about, open or closed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct About {
    /// The activity.
    pub activity: ActivityId,
    /// Its enrollment.
    pub enrollment: EnrollmentId,
    /// The revision that it belongs to.
    pub revision: i32,
    /// Its node in that revision.
    pub node: NodeId,
    /// True if its enrollment is still on that revision.
    pub current: bool,
    /// The time when it was completed, if it was found by that.
    pub completed_at: Option<DateTime<Utc>>,
}

impl EngagementKind {
    /// Returns its name in the API.
    pub const fn as_str(self) -> &'static str {
        self.into_str()
    }

    /// True if it is about an email that was sent. If the sender names no activity, it belongs to
    /// the latest email that was completed by then.
    pub const fn of_email(self) -> bool {
        match self {
            Self::EmailOpened
            | Self::Replied
            | Self::LinkClicked
            | Self::AttachmentDownloaded
            | Self::Bounced
            | Self::Unsubscribed
            | Self::OutOfOffice => true,
            Self::Resubscribed
            | Self::CallOutcome
            | Self::MeetingBooked
            | Self::EmailSent
            | Self::CallEnded => false,
        }
    }

    /// Returns the kind of the open activities that it completes. `None` if it completes none.
    pub const fn completes(self) -> Option<ActivityKind> {
        match self {
            Self::EmailSent => Some(ActivityKind::Email),
            Self::CallEnded => Some(ActivityKind::PhoneCall),
            _ => None,
        }
    }

    /// True if it says whether the person wants emails.
    pub const fn of_consent(self) -> bool {
        matches!(self, Self::Unsubscribed | Self::Resubscribed)
    }
}

impl Engagement {
    /// An engagement of this kind of which nothing else is known.
    pub const fn of(kind: EngagementKind) -> Self {
        Self { kind, by_machine: false, outcome: None, return_time: None }
    }

    /// Checks the values. Paths begin at the event.
    pub fn check(&self, settings: &Settings) -> Violations {
        let field = match self.kind {
            EngagementKind::CallEnded => "call_ended.outcome",
            _ => "call_outcome.outcome",
        };
        match &self.outcome {
            Some(outcome) if !settings.phone_outcomes.contains(outcome) => {
                let known = settings.phone_outcomes.join(", ");
                Violations::one(field, Reason::OutcomeUnknown, format!("must be one of {known}"))
            }
            _ => Violations::new(),
        }
    }
}

impl EngagementEvent {
    /// True if it belongs to the latest email that was completed by then: its sender names no
    /// activity.
    pub const fn seeks_email(&self) -> bool {
        self.activity.is_none() && self.engagement.kind.of_email()
    }

    /// True if it completes this open activity: one of the right kind that was due by then, unless
    /// it names another one. What a worker sends must be named.
    pub fn may_complete(&self, open: &Activity) -> bool {
        let kind = self.engagement.kind;
        let sent = kind == EngagementKind::EmailSent && open.kind == ActivityKind::AutomatedEmail;
        let by_kind = kind.completes() == Some(open.kind) || sent && self.activity == Some(open.id);
        let by_name = self.activity.is_none_or(|named| named == open.id);
        let by_time = self.activity.is_some() || open.create_time <= self.at + CLOCK_TOLERANCE;
        by_kind && by_name && by_time
    }

    /// Returns what the timeline of an enrollment says of it.
    pub fn told(&self, node: Option<NodeId>, activity: Option<ActivityId>) -> HistoryDetail {
        let Engagement { kind, by_machine, outcome, return_time } = self.engagement.clone();
        HistoryDetail {
            activity,
            engagement: Some(kind),
            engagement_time: Some(self.at),
            by_machine,
            outcome,
            planned: return_time,
            node,
            ..HistoryDetail::default()
        }
    }
}

impl From<&Activity> for About {
    fn from(activity: &Activity) -> Self {
        let Activity { id, enrollment, revision, node, .. } = *activity;
        Self { activity: id, enrollment, revision, node, current: true, completed_at: None }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_outcome_must_be_one_of_the_organizations() {
        let ended = |outcome: &str| Engagement {
            outcome: Some(outcome.to_owned()),
            ..Engagement::of(EngagementKind::CallEnded)
        };
        assert!(ended("made").check(&Settings::default()).is_empty());
        let found = ended("great").check(&Settings::default());
        assert_eq!(found.shared_reason(), Some(Reason::OutcomeUnknown));
        assert!(found.to_string().contains("call_ended.outcome"), "{found}");
        assert!(found.to_string().contains("made, received"), "{found}");
    }
}
