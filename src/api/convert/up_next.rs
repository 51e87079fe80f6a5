//! What a record is to go through next, on the wire.

use super::{activity, timestamp};
use crate::api::pb::up_next_item::Item;
use crate::api::texts::Texts;
use crate::api::{names, pb};
use crate::domain::enrollment::{Enrollment, Position};
use crate::store::activity_rows::ActivityRow;
use crate::store::enrollment_rows::EnrollmentRow;
use crate::store::queue_rows::QueueRow;

/// What open enrollments are at: each its open activity or its running wait.
pub fn current(enrollments: &[EnrollmentRow], open: &[QueueRow], texts: &Texts) -> Vec<pb::UpNextItem> {
    let item = |row: &EnrollmentRow| match row.enrollment.position {
        Position::Waiting { until, .. } => {
            let wait = pb::UpNextWait { until: Some(timestamp(until)), ..wait(&row.enrollment, texts) };
            Some(Item::Wait(wait))
        }
        Position::Acting { activity: id } => {
            let row = open.iter().find(|row| row.activity.id == id)?;
            Some(Item::Activity(activity::open(row, texts)))
        }
        Position::Completed { .. } | Position::Exited { .. } => None,
    };
    enrollments.iter().filter_map(item).map(|item| pb::UpNextItem { item: Some(item) }).collect()
}

/// The steps that open enrollments have yet to reach, in order.
pub fn upcoming(enrollments: &[EnrollmentRow], texts: &Texts) -> Vec<pb::UpNextItem> {
    let steps = enrollments.iter().flat_map(|row| steps_after(&row.enrollment, texts));
    steps.map(|step| pb::UpNextItem { item: Some(Item::Step(step)) }).collect()
}

/// What was done, in the order given.
pub fn completed(closed: &[ActivityRow], texts: &Texts) -> Vec<pb::UpNextItem> {
    let item = |row| pb::UpNextItem { item: Some(Item::Activity(activity::activity(row, texts))) };
    closed.iter().map(item).collect()
}

fn wait(enrollment: &Enrollment, texts: &Texts) -> pb::UpNextWait {
    let node = texts.node(enrollment.sequence, enrollment.revision, enrollment.node);
    pb::UpNextWait {
        enrollment: names::ENROLLMENT.uuid_name(enrollment.id.0),
        step_id: node.map(|node| node.step.step_id.clone()).unwrap_or_default(),
        display_name: node.map(|node| node.step.shown_name().to_owned()).unwrap_or_default(),
        start_time: Some(timestamp(enrollment.step_reach_time)),
        until: None,
    }
}

fn steps_after<'a>(
    enrollment: &'a Enrollment,
    texts: &'a Texts,
) -> impl Iterator<Item = pb::UpNextStep> + use<'a> {
    let program = texts.program(enrollment.sequence, enrollment.revision);
    program.into_iter().flat_map(|program| program.ahead(enrollment.node)).map(|node| pb::UpNextStep {
        enrollment: names::ENROLLMENT.uuid_name(enrollment.id.0),
        step_id: node.step.step_id.clone(),
        display_name: node.step.shown_name().to_owned(),
        description: node.step.description.clone(),
        kind: node.step.kind.as_str().to_owned(),
    })
}
