//! Enrollments on the wire.

use super::activity::record;
use super::{timestamp, words};
use crate::api::pb::enrollment::origin::Source;
use crate::api::pb::enrollment::{Origin, Reason, State};
use crate::api::revision_texts::Texts;
use crate::api::{etag, pb};
use crate::domain::condition::Subject;
use crate::domain::enrollment::{Enrollment, EnrollmentSource, ExitReason, FIELDS, PauseReason, Position};
use crate::domain::names;
use crate::domain::program::Node;
use crate::domain::throttle;
use crate::domain::timer::WaitReason;
use crate::domain::version::Version;
use crate::store::enrollments::rows::EnrollmentRow;

/// Converts an enrollment, without its timeline.
pub fn enrollment(row: &EnrollmentRow, texts: &Texts) -> pb::Enrollment {
    let enrollment = &row.enrollment;
    let node = texts.node(enrollment.sequence, enrollment.revision, enrollment.node);
    // An ended enrollment is at no step, though it remembers the last one.
    let current = node.filter(|_| enrollment.end_time().is_none());
    let open_activity = enrollment.position.activity().map(|id| names::ACTIVITY.uuid_name(id.0));
    let (state, reason) = state(enrollment.position);
    let advanced_from = enrollment.advanced_from.map(|id| names::ENROLLMENT.uuid_name(id.0));
    let segment = row.segment.as_ref().map(|id| names::SEGMENT.name([id]));
    let held = enrollment.position.paused();

    pb::Enrollment {
        name: names::ENROLLMENT.uuid_name(enrollment.id.0),
        sequence: names::SEQUENCE.name([&row.sequence]),
        revision: enrollment.revision,
        record: record(row.record.as_ref()),
        pass_number: enrollment.pass_number,
        state: state.into(),
        reason: reason.into(),
        origin: Some(Origin {
            source: source(enrollment.source).into(),
            segment: segment.unwrap_or_default(),
            enrollment: advanced_from.unwrap_or_default(),
        }),
        current_step_id: current.map(|node| node.step.step_id.clone()).unwrap_or_default(),
        current_step_display_name: current.map(|node| node.step.shown_name().to_owned()).unwrap_or_default(),
        step_reach_time: current.map(|_| timestamp(enrollment.step_reach_time)),
        done_step_count: node.map_or(0, |node| steps_done(enrollment, node)),
        step_count: node.map_or(0, |node| node.steps_total),
        waiting_until: waiting_until(enrollment.position),
        open_activity: open_activity.unwrap_or_default(),
        etag: etag::of(Version::of(enrollment.id.0, enrollment.version)),
        create_time: Some(timestamp(enrollment.create_time)),
        end_time: enrollment.end_time().map(timestamp),
        timeline: Vec::new(),
        pause_time: held.filter(|(_, reason)| !reason.is_failure()).map(|(at, _)| timestamp(at)),
        resume_time: enrollment.position.pause_end().map(timestamp),
        disposition: enrollment.disposition.clone().unwrap_or_default(),
        fail_time: held.filter(|(_, reason)| reason.is_failure()).map(|(at, _)| timestamp(at)),
    }
}

/// The end of its wait, as far as anybody can say.
fn waiting_until(position: Position) -> Option<prost_types::Timestamp> {
    let (until, _) = position.waiting()?;
    throttle::known(until).map(timestamp)
}

/// Removes the names that an enrollment gets only when it is created.
pub fn unnamed(enrollment: pb::Enrollment) -> pb::Enrollment {
    pb::Enrollment { name: String::new(), open_activity: String::new(), etag: String::new(), ..enrollment }
}

/// The number of steps that are done: all of a completed enrollment's, otherwise those before the
/// step where it is or where it ended.
fn steps_done(enrollment: &Enrollment, at: &Node) -> i32 {
    match enrollment.position {
        Position::Completed { .. } => at.steps_total,
        Position::Waiting { .. }
        | Position::Acting { .. }
        | Position::Paused { .. }
        | Position::Exited { .. } => at.steps_before,
    }
}

fn state(position: Position) -> (State, Reason) {
    match position {
        Position::Waiting { reason: WaitReason::Start, .. } => (State::Pending, Reason::Unspecified),
        Position::Waiting { reason: WaitReason::Throttle, .. } => (State::Pending, Reason::Throttled),
        Position::Waiting { .. } | Position::Acting { .. } => (State::Active, Reason::Unspecified),
        Position::Paused { reason, .. } if reason.is_failure() => (State::Failed, pause_reason(reason)),
        Position::Paused { reason, .. } => (State::Paused, pause_reason(reason)),
        Position::Completed { .. } => (State::Completed, Reason::Unspecified),
        Position::Exited { reason, .. } => (State::Exited, exit_reason(reason)),
    }
}

/// Why an enrollment ended before its last step.
pub(super) fn exit_reason(reason: ExitReason) -> Reason {
    Reason::from_str_name(reason.as_str()).unwrap_or_default()
}

/// Why an enrollment is paused, or has failed.
fn pause_reason(reason: PauseReason) -> Reason {
    Reason::from_str_name(reason.as_str()).unwrap_or_default()
}

fn source(source: EnrollmentSource) -> Source {
    match source {
        EnrollmentSource::Manual => Source::Manual,
        EnrollmentSource::Segment => Source::Segment,
        EnrollmentSource::Advance => Source::Advance,
        // Callers never see it.
        EnrollmentSource::ManualActivity => Source::Unspecified,
    }
}

/// The fields that list filters can use.
pub fn subject() -> Subject {
    Subject::new("enrollment", FIELDS)
        .one_of("state", words("upnext.v1.Enrollment.State"))
        .one_of("reason", words("upnext.v1.Enrollment.Reason"))
        .one_of("source", words("upnext.v1.Enrollment.Origin.Source"))
        .not_empty("record")
}

#[cfg(test)]
mod tests {
    use strum::VariantArray;

    use super::*;
    use crate::domain::enrollment::EnrollmentState;

    #[test]
    fn what_is_kept_has_the_numbers_and_words_of_the_proto() {
        for one in ExitReason::VARIANTS {
            assert_eq!(
                (exit_reason(*one) as i32, exit_reason(*one).as_str_name()),
                (*one as i32, one.as_str())
            );
        }
        for one in PauseReason::VARIANTS {
            assert_eq!(
                (pause_reason(*one) as i32, pause_reason(*one).as_str_name()),
                (*one as i32, one.as_str())
            );
        }
        for one in EnrollmentState::VARIANTS {
            let state = State::from_str_name(one.as_str()).expect("a word of the proto");
            assert_eq!(state as i32, *one as i32);
        }
        let published = |one: &&EnrollmentSource| **one != EnrollmentSource::ManualActivity;
        for one in EnrollmentSource::VARIANTS.iter().filter(published) {
            assert_eq!(source(*one).as_str_name(), <&str>::from(*one));
            assert_eq!(source(*one) as i32, *one as i32);
        }
    }
}
