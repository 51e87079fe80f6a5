//! Activities on the wire.

use uuid::Uuid;

use super::{step, timestamp, words};
use crate::api::pb::activity::{State, View};
use crate::api::revision_texts::Texts;
use crate::api::{etag, pb};
use crate::domain::activity::{Activity, ActivityState, ClosedState};
use crate::domain::attribute::AttributeType;
use crate::domain::condition::Subject;
use crate::domain::consent::Warning;
use crate::domain::lease::Lease;
use crate::domain::names;
use crate::domain::program::Node;
use crate::domain::record::RecordName;
use crate::domain::sending::Manual;
use crate::domain::version::Version;
use crate::store::activities::groups::Group;
use crate::store::activities::rows::{ActivityRow, Ending};
use crate::store::queues::rows::{QueueOwner, QueueRow};

/// Converts an activity, open or closed.
pub fn activity(row: &ActivityRow, texts: &Texts, view: View) -> pb::Activity {
    let shown = seen(&row.shown, texts, view);
    match &row.ending {
        None => shown,
        Some(ending) => closed(shown, ending),
    }
}

/// Converts an open activity, for lists and streams.
pub fn open(row: &QueueRow, texts: &Texts) -> pb::Activity {
    seen(row, texts, View::Basic)
}

/// Converts an open activity, without the draft of an email.
pub fn seen(row: &QueueRow, texts: &Texts, view: View) -> pb::Activity {
    let activity = &row.activity;
    let node = texts.node(activity.sequence, activity.revision, activity.node);
    // What somebody wrote about a record is gone with it.
    let is_manual = row.sequence.is_none();
    let node = node.filter(|_| !is_manual || row.record.is_some());
    let text = |of: fn(&Node) -> &str| node.map(of).unwrap_or_default().to_owned();
    let of_sequence = node.filter(|_| !is_manual);

    pb::Activity {
        name: names::ACTIVITY.uuid_name(activity.id.0),
        queue: queue(&row.queue),
        kind: step::activity_kind(activity.kind).into(),
        state: state(activity).into(),
        display_name: text(|node| node.step.shown_name()),
        description: text(|node| &node.step.description),
        content: Some(step::content(activity.kind, node, texts, view)),
        record: record(row.record.as_ref()),
        record_display_name: activity.record_display_name.clone(),
        enrollment: match is_manual {
            true => String::new(),
            false => names::ENROLLMENT.uuid_name(activity.enrollment.0),
        },
        sequence: row.sequence.as_ref().map(|id| names::SEQUENCE.name([id])).unwrap_or_default(),
        step_id: of_sequence.map(|node| node.step.step_id.clone()).unwrap_or_default(),
        step_number: of_sequence.map_or(0, |node| node.steps_before + 1),
        step_count: of_sequence.map_or(0, |node| node.steps_total),
        due_time: Some(timestamp(activity.due_time)),
        order_key: order_key(activity),
        priority: activity.priority.points(),
        auto_skip_time: activity.auto_skip_time.map(timestamp),
        snooze_until: activity.state.snooze_until().filter(|_| !activity.is_scheduled()).map(timestamp),
        snooze_count: activity.snooze_count,
        etag: etag::of(Version::of(activity.id.0, activity.version)),
        create_time: Some(timestamp(activity.create_time)),
        warnings: activity.warnings.iter().map(|warning| self::warning(warning).into()).collect(),
        note: activity.note.clone(),
        read: activity.marks.read,
        followed: activity.marks.followed,
        lease: activity.lease.map(|held| lease(held, row.holder.as_deref())),
        handover: activity.manual.as_ref().map(handover),
        ..Default::default()
    }
}

/// Converts the reason why an email is manual.
fn handover(manual: &Manual) -> pb::EmailHandover {
    pb::EmailHandover { reason: manual.reason as i32, detail: manual.detail.clone() }
}

/// Converts a lease, without its id, which only its holder is told. `subject` is that of the
/// holder's token.
pub fn lease(lease: Lease, subject: Option<&str>) -> pb::Lease {
    pb::Lease {
        lease_id: String::new(),
        epoch: lease.epoch,
        expire_time: Some(timestamp(lease.until)),
        holder: names::principal(lease.holder, subject),
    }
}

fn closed(shown: pb::Activity, ending: &Ending) -> pb::Activity {
    let word = ending.outcome.clone();
    let none = String::new;
    let (state, outcome, skip_reason, cancel_reason) = match ending.state {
        ClosedState::Completed => (State::Completed, word, none(), none()),
        ClosedState::Skipped => (State::Skipped, none(), word, none()),
        ClosedState::Canceled => (State::Canceled, none(), none(), word),
    };

    pb::Activity {
        state: state.into(),
        outcome,
        skip_reason,
        cancel_reason,
        note: ending.note.clone(),
        closed_by: ending.by.clone(),
        close_time: Some(timestamp(ending.at)),
        ..shown
    }
}

/// A record's name; empty once it is deleted.
pub fn record(named: Option<&RecordName>) -> String {
    let name = |record: &RecordName| names::RECORD.name([record.record_type.as_str(), record.id.as_str()]);
    named.map(name).unwrap_or_default()
}

/// A queue's name.
pub fn queue(owner: &QueueOwner) -> String {
    match owner {
        QueueOwner::Seller(seller) => names::SELLER.name([seller]),
        QueueOwner::Team(team) => names::TEAM.name([team]),
    }
}

fn state(activity: &Activity) -> State {
    match activity.state {
        _ if activity.is_scheduled() => State::Scheduled,
        ActivityState::Due => State::Due,
        ActivityState::Snoozed { .. } => State::Snoozed,
        ActivityState::Paused { .. } => State::Paused,
    }
}

fn warning(warning: Warning) -> pb::activity::Warning {
    match warning {
        Warning::DoNotPhone => pb::activity::Warning::DoNotPhone,
        Warning::NoPhoneNumber => pb::activity::Warning::NoPhoneNumber,
        Warning::DoNotEmail => pb::activity::Warning::DoNotEmail,
        Warning::NoEmailAddress => pb::activity::Warning::NoEmailAddress,
        Warning::Unsubscribed => pb::activity::Warning::Unsubscribed,
    }
}

/// Rank and key in hexadecimal with a fixed number of digits, so that the texts sort like the
/// queue.
fn order_key(activity: &Activity) -> String {
    // Flipping the sign bit puts instants before 1970 first.
    let rank = activity.rank.timestamp_micros().cast_unsigned() ^ (1 << 63);
    let id: Uuid = activity.id.0;
    format!("{rank:016x}{}", id.simple())
}

/// Converts the number of activities in each state of a queue.
pub fn counts(due: i64, snoozed: i64) -> pb::QueueCounts {
    let count = |number: i64| i32::try_from(number).unwrap_or(i32::MAX);
    pb::QueueCounts { due: count(due), snoozed: count(snoozed) }
}

/// Converts the activities of a list that have the same value.
pub fn group(group: Group) -> pb::ActivityGroup {
    let count = i32::try_from(group.count).unwrap_or(i32::MAX);
    pb::ActivityGroup { value: group.value.unwrap_or_default(), count }
}

/// The fields of all activities that list filters can use.
const FIELDS: [(&str, AttributeType); 10] = [
    ("kind", AttributeType::String),
    ("record", AttributeType::String),
    ("record_display_name", AttributeType::String),
    ("record_type", AttributeType::String),
    ("sequence", AttributeType::String),
    ("step_id", AttributeType::String),
    ("due_time", AttributeType::Timestamp),
    ("snooze_count", AttributeType::Int),
    ("priority", AttributeType::Int),
    ("create_time", AttributeType::Timestamp),
];

/// The fields that the filters of lists of open activities can use.
pub fn open_subject() -> Subject {
    with([("read", AttributeType::Bool), ("followed", AttributeType::Bool)])
}

/// The fields that the filters of lists of closed activities can use.
pub fn closed_subject() -> Subject {
    with([
        ("outcome", AttributeType::String),
        ("closed_by", AttributeType::String),
        ("close_time", AttributeType::Timestamp),
    ])
    .not_empty("outcome")
    .not_empty("closed_by")
}

fn with<const N: usize>(more: [(&str, AttributeType); N]) -> Subject {
    let mut subject = Subject::new("activity", FIELDS);
    subject.fields.extend(more.map(|(name, kind)| (name.to_owned(), kind)));
    subject.one_of("kind", words("upnext.v1.Activity.Kind")).not_empty("record")
}

#[cfg(test)]
mod tests {
    use chrono::{DateTime, TimeDelta};
    use strum::VariantArray;

    use super::*;

    #[test]
    fn warnings_have_the_numbers_and_words_of_the_proto() {
        for one in Warning::VARIANTS {
            let word = warning(*one);
            assert_eq!((word as i32, word.as_str_name()), (*one as i32, one.as_str()));
        }
    }

    #[test]
    fn reasons_why_an_email_is_manual_have_the_numbers_and_words_of_the_proto() {
        for reason in crate::domain::sending::ManualReason::VARIANTS {
            let word = pb::email_handover::Reason::try_from(*reason as i32).expect("is published");
            assert_eq!(word.as_str_name(), reason.as_str());
        }
    }

    #[test]
    fn order_keys_compare_byte_by_byte_as_the_queue_sorts() {
        let epoch = DateTime::UNIX_EPOCH;
        let second = TimeDelta::seconds(1);
        let micro = TimeDelta::microseconds(1);
        let places = [(epoch - second, 9), (epoch - micro, 3), (epoch, 1), (epoch, 2), (epoch, u128::MAX)];
        let later = [(epoch + micro, 0), (epoch + second * 2_000_000_000, 0)];
        let keys = places.into_iter().chain(later);
        let keys: Vec<_> = keys.map(|(rank, id)| order_key(&Activity::sample(id, rank))).collect();
        assert!(keys.is_sorted_by(|one, other| one.as_bytes() < other.as_bytes()), "{keys:?}");
    }
}
