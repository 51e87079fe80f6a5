//! Enrollments on the wire.

use std::collections::HashMap;

use super::activity::{actor, record};
use super::{timestamp, words};
use crate::api::pb::enrollment::{Reason, Source, State};
use crate::api::pb::timeline_event::Kind;
use crate::api::texts::Texts;
use crate::api::{etag, names, pb};
use crate::domain::attribute::AttributeType;
use crate::domain::condition::Subject;
use crate::domain::enrollment::{Enrollment, EnrollmentSource, ExitReason, Position};
use crate::domain::history::{HistoryEvent, HistoryKind};
use crate::domain::id::{ChosenId, SellerId};
use crate::domain::program::Node;
use crate::domain::version::Version;
use crate::store::enrollment_rows::EnrollmentRow;

/// What an enrollment looks like, without its timeline.
pub fn enrollment(row: &EnrollmentRow, texts: &Texts) -> pb::Enrollment {
    let enrollment = &row.enrollment;
    let node = texts.node(enrollment.sequence, enrollment.revision, enrollment.node);
    let current = node.filter(|_| enrollment.end_time().is_none());
    let (waiting_until, open_activity) = match enrollment.position {
        Position::Waiting { until, .. } => (Some(timestamp(until)), String::new()),
        Position::Acting { activity } => (None, names::ACTIVITY.uuid_name(activity.0)),
        Position::Completed { .. } | Position::Exited { .. } => (None, String::new()),
    };
    let (state, reason) = state(enrollment.position);
    let segment = row.segment.as_ref().map(|id| names::SEGMENT.name([id.as_str()]));
    pb::Enrollment {
        name: names::ENROLLMENT.uuid_name(enrollment.id.0),
        sequence: names::SEQUENCE.name([row.sequence.as_str()]),
        revision: enrollment.revision,
        record: record(row.record.as_ref()),
        pass: enrollment.pass,
        state: state.into(),
        reason: reason.into(),
        source: source(enrollment.source).into(),
        segment: segment.unwrap_or_default(),
        current_step_id: current.map(|node| node.step.step_id.clone()).unwrap_or_default(),
        current_step_display_name: current.map(|node| node.step.shown_name().to_owned()).unwrap_or_default(),
        step_reach_time: current.map(|_| timestamp(enrollment.step_reach_time)),
        steps_done: node.map_or(0, |node| steps_done(enrollment, node)),
        steps_total: node.map_or(0, |node| node.steps_total),
        waiting_until,
        open_activity,
        etag: etag::of(Version::of(enrollment.id.0, enrollment.version)),
        create_time: Some(timestamp(enrollment.create_time)),
        end_time: enrollment.end_time().map(timestamp),
        timeline: Vec::new(),
    }
}

/// Takes the names away that an enrollment would get only by being made.
pub fn unnamed(enrollment: pb::Enrollment) -> pb::Enrollment {
    pb::Enrollment { name: String::new(), open_activity: String::new(), etag: String::new(), ..enrollment }
}

/// What happened to an enrollment, in order. `sellers` has the chosen ids of those who did it.
pub fn timeline(
    enrollment: &Enrollment,
    events: &[HistoryEvent],
    texts: &Texts,
    sellers: &HashMap<SellerId, ChosenId>,
) -> Vec<pb::TimelineEvent> {
    let event = |event: &HistoryEvent| {
        let node = |index| texts.node(enrollment.sequence, enrollment.revision, index);
        let step = event.detail.node.and_then(node).map(|node| &node.step);
        let activity = event.detail.activity.map(|id| names::ACTIVITY.uuid_name(id.0));
        let seller = event.actor.seller.and_then(|seller| sellers.get(&seller));
        Some(pb::TimelineEvent {
            kind: kind(event.kind)?.into(),
            time: Some(timestamp(event.at)),
            step_id: step.map(|step| step.step_id.clone()).unwrap_or_default(),
            step_display_name: step.map(|step| step.shown_name().to_owned()).unwrap_or_default(),
            actor: actor(seller, event.actor.key),
            activity: activity.unwrap_or_default(),
            outcome: event.detail.outcome.clone().unwrap_or_default(),
            planned_time: event.detail.planned.map(timestamp),
        })
    };
    events.iter().filter_map(event).collect()
}

/// Steps left behind: all of a completed enrollment's, else those before the one where it is or ended.
fn steps_done(enrollment: &Enrollment, at: &Node) -> i32 {
    match enrollment.position {
        Position::Completed { .. } => at.steps_total,
        Position::Waiting { .. } | Position::Acting { .. } | Position::Exited { .. } => at.steps_before,
    }
}

fn state(position: Position) -> (State, Reason) {
    match position {
        Position::Waiting { .. } | Position::Acting { .. } => (State::Active, Reason::Unspecified),
        Position::Completed { .. } => (State::Completed, Reason::Unspecified),
        Position::Exited { reason, .. } => (State::Exited, exit_reason(reason)),
    }
}

fn exit_reason(reason: ExitReason) -> Reason {
    match reason {
        ExitReason::Manual => Reason::Manual,
        ExitReason::RecordClosed => Reason::RecordClosed,
        ExitReason::RecordDeleted => Reason::RecordDeleted,
        ExitReason::LeftSegment => Reason::LeftSegment,
        ExitReason::Superseded => Reason::Superseded,
        ExitReason::SequenceDeleted => Reason::SequenceDeleted,
    }
}

fn source(source: EnrollmentSource) -> Source {
    match source {
        EnrollmentSource::ByHand => Source::ByHand,
        EnrollmentSource::Segment => Source::Segment,
    }
}

/// What a timeline calls it; none for what isn't about an enrollment.
fn kind(kind: HistoryKind) -> Option<Kind> {
    Some(match kind {
        HistoryKind::EnrollmentStarted => Kind::EnrollmentStarted,
        HistoryKind::WaitStarted => Kind::WaitStarted,
        HistoryKind::WaitEnded => Kind::WaitEnded,
        HistoryKind::WaitSkipped => Kind::WaitSkipped,
        HistoryKind::ActivityDue => Kind::ActivityDue,
        HistoryKind::ActivityCompleted => Kind::ActivityCompleted,
        HistoryKind::ActivitySkipped => Kind::ActivitySkipped,
        HistoryKind::ActivitySnoozed => Kind::ActivitySnoozed,
        HistoryKind::ActivityWoken => Kind::ActivityWoken,
        HistoryKind::ActivityCanceled => Kind::ActivityCanceled,
        HistoryKind::ActivityMoved => Kind::ActivityMoved,
        HistoryKind::EnrollmentCompleted => Kind::EnrollmentCompleted,
        HistoryKind::EnrollmentExited => Kind::EnrollmentExited,
        HistoryKind::RoutingRun
        | HistoryKind::AdministrativeWrite
        | HistoryKind::RecordClosed
        | HistoryKind::RecordDeleted => return None,
    })
}

/// What list filters may look at.
pub fn subject() -> Subject {
    let fields = [
        ("sequence", AttributeType::String),
        ("record", AttributeType::String),
        ("record_type", AttributeType::String),
        ("revision", AttributeType::Int),
        ("pass", AttributeType::Int),
        ("state", AttributeType::String),
        ("reason", AttributeType::String),
        ("source", AttributeType::String),
        ("open", AttributeType::Bool),
        ("create_time", AttributeType::Timestamp),
        ("end_time", AttributeType::Timestamp),
    ];
    Subject::new("enrollment", fields)
        .one_of("state", words("upnext.v1.Enrollment.State"))
        .one_of("reason", words("upnext.v1.Enrollment.Reason"))
        .one_of("source", words("upnext.v1.Enrollment.Source"))
        .not_empty("record")
}
