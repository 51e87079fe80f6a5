//! Engagement events on the wire.

use super::instant;
use crate::api::pb;
use crate::api::pb::engagement_event::Kind;
use crate::domain::engagement::{Engagement, EngagementKind};
use crate::domain::id::ActivityId;
use crate::domain::names;
use crate::domain::violation::Violations;
use crate::engine::ToldEvent;

/// Reads an event.
///
/// # Errors
/// Everything wrong with the form that the rules in the proto don't cover. Paths start at the
/// event.
pub fn told(event: pb::EngagementEvent) -> Result<ToldEvent, Violations> {
    let mut found = Violations::new();
    let record = found.keep_once(names::RECORD.parse("record", &event.record));
    let record = record.map(|[of, id]| (of.to_owned(), id.to_owned()));
    let mut activity = None;
    if !event.activity.is_empty() {
        activity = found.keep_once(names::ACTIVITY.parse_uuid("activity", &event.activity)).map(ActivityId);
    }
    let at = event.event_time.as_ref().and_then(|at| found.keep("", instant("event_time", at)));
    // The rules in the proto report an event without a kind.
    let engagement = event.kind.and_then(|kind| found.keep("", engagement(kind)));

    let event_id = event.event_id;
    let (record, engagement) = found.settle((record, engagement))?;
    Ok(ToldEvent { event_id, record, activity, engagement, at })
}

fn engagement(kind: Kind) -> Result<Engagement, Violations> {
    let seen = |kind, by_machine| Engagement { by_machine, ..Engagement::of(kind) };
    let ended = |kind, outcome: String| Engagement { outcome: Some(outcome), ..Engagement::of(kind) };

    Ok(match kind {
        Kind::EmailOpened(of) => seen(EngagementKind::EmailOpened, of.by_machine),
        Kind::Replied(_) => Engagement::of(EngagementKind::Replied),
        Kind::LinkClicked(of) => seen(EngagementKind::LinkClicked, of.by_machine),
        Kind::AttachmentDownloaded(of) => seen(EngagementKind::AttachmentDownloaded, of.by_machine),
        Kind::Bounced(_) => Engagement::of(EngagementKind::Bounced),
        Kind::Unsubscribed(_) => Engagement::of(EngagementKind::Unsubscribed),
        Kind::Resubscribed(_) => Engagement::of(EngagementKind::Resubscribed),
        Kind::OutOfOffice(of) => {
            let back = |at: &_| instant("out_of_office.return_time", at);
            let return_time = of.return_time.as_ref().map(back).transpose()?;
            Engagement { return_time, ..Engagement::of(EngagementKind::OutOfOffice) }
        }
        Kind::CallOutcome(of) => ended(EngagementKind::CallOutcome, of.outcome),
        Kind::MeetingBooked(_) => Engagement::of(EngagementKind::MeetingBooked),
        Kind::EmailSent(_) => Engagement::of(EngagementKind::EmailSent),
        Kind::CallEnded(of) => ended(EngagementKind::CallEnded, of.outcome),
    })
}

#[cfg(test)]
mod tests {
    use strum::VariantArray;

    use super::*;

    #[test]
    fn kinds_have_the_numbers_and_words_of_the_proto() {
        for kind in EngagementKind::VARIANTS {
            let word = pb::engagement_event::EventKind::from_str_name(kind.as_str());
            assert_eq!(word.map(|word| word as i32), Some(*kind as i32), "{kind:?}");
        }
    }
}
