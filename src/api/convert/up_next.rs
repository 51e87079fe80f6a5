//! What a record goes through next, on the wire.

use super::{activity, sequence, step, timestamp};
use crate::api::pb::activity::View;
use crate::api::pb::up_next_item::Item;
use crate::api::revision_texts::Texts;
use crate::api::{page, pb};
use crate::domain::enrollment::{Enrollment, Interrupted};
use crate::domain::names;
use crate::store::activities::rows::ActivityRow;
use crate::store::enrollments::rows::EnrollmentRow;
use crate::store::queues::rows::QueueRow;

/// The response with current, upcoming and completed items, as many as fit into one message.
pub fn answer(lists: [Vec<pb::UpNextItem>; 3]) -> pb::GetUpNextResponse {
    let mut room = page::ITEM_BYTES;
    let mut partial = false;
    // Open work gets the room first, closed work last.
    let [current, upcoming, completed] = lists.map(|list| {
        let all = list.len();
        let fitting = page::within(room, list);
        room = room.saturating_sub(fitting.iter().map(page::encoded_item).sum());
        partial |= fitting.len() < all;
        fitting
    });
    pb::GetUpNextResponse { current, upcoming, completed, partial }
}

/// Where open enrollments are: each at its open activity or its wait, which may be paused. Then the
/// manual activities that can be done.
pub fn current(enrollments: &[EnrollmentRow], open: &[QueueRow], texts: &Texts) -> Vec<pb::UpNextItem> {
    let item = |row: &EnrollmentRow| match row.enrollment.position.at_step()? {
        Interrupted::Wait { .. } => {
            // None while it is paused.
            let waiting_until = row.enrollment.position.waiting().map(|(until, _)| timestamp(until));
            Some(Item::Wait(pb::UpNextWait { waiting_until, ..wait(&row.enrollment, texts) }))
        }
        Interrupted::Activity(id) => {
            let row = open.iter().find(|row| row.activity.id == id)?;
            Some(Item::Activity(activity::open(row, texts)))
        }
    };
    let manual = manual(open, false, texts);
    let items = enrollments.iter().filter_map(item).map(|item| pb::UpNextItem { item: Some(item) });
    items.chain(manual).collect()
}

/// The manual activities of a record: those for later, or the others.
fn manual<'a>(
    open: &'a [QueueRow],
    later: bool,
    texts: &'a Texts,
) -> impl Iterator<Item = pb::UpNextItem> + use<'a> {
    let fits = move |row: &&QueueRow| row.sequence.is_none() && row.activity.is_scheduled() == later;
    open.iter()
        .filter(fits)
        .map(|row| pb::UpNextItem { item: Some(Item::Activity(activity::open(row, texts))) })
}

/// The largest number of upcoming steps in a response.
const UPCOMING: usize = 100;

/// The manual activities for later, then the steps that open enrollments haven't reached yet, in
/// order.
pub fn upcoming(enrollments: &[EnrollmentRow], open: &[QueueRow], texts: &Texts) -> Vec<pb::UpNextItem> {
    let steps = enrollments.iter().flat_map(|row| steps_after(&row.enrollment, texts));
    let steps = steps.take(UPCOMING).map(|step| pb::UpNextItem { item: Some(Item::Step(step)) });
    manual(open, true, texts).chain(steps).collect()
}

/// Closed activities, in the given order.
pub fn completed(closed: &[ActivityRow], texts: &Texts) -> Vec<pb::UpNextItem> {
    let item =
        |row| pb::UpNextItem { item: Some(Item::Activity(activity::activity(row, texts, View::Basic))) };
    closed.iter().map(item).collect()
}

fn wait(enrollment: &Enrollment, texts: &Texts) -> pb::UpNextWait {
    let node = texts.node(enrollment.sequence, enrollment.revision, enrollment.node);
    pb::UpNextWait {
        enrollment: names::ENROLLMENT.uuid_name(enrollment.id.0),
        step_id: node.map(|node| node.step.step_id.clone()).unwrap_or_default(),
        display_name: node.map(|node| node.step.shown_name().to_owned()).unwrap_or_default(),
        start_time: Some(timestamp(enrollment.step_reach_time)),
        waiting_until: None,
    }
}

fn steps_after<'a>(
    enrollment: &'a Enrollment,
    texts: &'a Texts,
) -> impl Iterator<Item = pb::UpNextStep> + use<'a> {
    let (sequence, revision) = (enrollment.sequence, enrollment.revision);
    let (program, templates) = (texts.program(sequence, revision), texts.templates(sequence, revision));
    program.into_iter().flat_map(|program| program.ahead(enrollment.node)).map(move |node| pb::UpNextStep {
        enrollment: names::ENROLLMENT.uuid_name(enrollment.id.0),
        step: Some(pb::Step {
            display_name: node.step.shown_name().to_owned(),
            ..basic(sequence::step(&node.step, templates))
        }),
    })
}

/// Removes a step's long text.
fn basic(mut shown: pb::Step) -> pb::Step {
    shown.kind.iter_mut().for_each(step::shorten);
    shown
}
