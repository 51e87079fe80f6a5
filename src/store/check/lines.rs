//! Rules for the places in sequences with a throttle, and the lines of those who wait for one.

use super::{Rule, rule};
use crate::domain::throttle::UNKNOWN;
use crate::domain::timer::{TimerKind, WaitReason};
use crate::store::enrollments::places::not_held;

pub(super) const RULES: &[Rule] = &[
    rule!(
        "place_of_enrollment",
        "every open enrollment of a seller's place has it, and waits in its line exactly until it begins",
        "SELECT enrollment.organization_id,
           jsonb_build_object('enrollment', enrollment.id, 'sequence', enrollment.sequence_id) AS ids,
           CASE WHEN place.enrollment_id IS NULL THEN 'the enrollment has no place in the line of its sequence'
             ELSE 'the enrollment waits in line although it has begun, or has ended there, or the other way round' END
             AS sentence
         FROM enrollment
         LEFT JOIN sequence_place AS place ON place.organization_id = enrollment.organization_id
           AND place.sequence_id = enrollment.sequence_id AND place.queue_id = enrollment.place_queue_id
           AND place.enrollment_id = enrollment.id
         WHERE enrollment.place_queue_id IS NOT NULL AND enrollment.end_time IS NULL
           AND enrollment.waiting_for IS DISTINCT FROM {start}
           AND (place.enrollment_id IS NULL OR place.end_time IS NOT NULL
             OR (place.begin_time IS NULL) <> (enrollment.waiting_for IS NOT DISTINCT FROM {throttle}))",
        start = WaitReason::Start as i16,
        throttle = WaitReason::Throttle as i16
    ),
    rule!(
        "place_is_taken",
        "every place that isn't free is that of an open enrollment",
        "SELECT place.organization_id, jsonb_build_object('enrollment', place.enrollment_id, 'sequence', place.sequence_id) AS ids,
           'the place is taken by an enrollment that does not exist, has ended or has another place' AS sentence
         FROM sequence_place AS place
         LEFT JOIN enrollment ON enrollment.organization_id = place.organization_id AND enrollment.id = place.enrollment_id
         WHERE place.end_time IS NULL AND (enrollment.end_time IS NOT NULL
           OR enrollment.place_queue_id IS DISTINCT FROM place.queue_id OR enrollment.sequence_id <> place.sequence_id)"
    ),
    // Whoever waits for an end can't say when it comes.
    rule!(
        "line_moves",
        "somebody who waits in a line is served: at a time, or when another one ends",
        "SELECT waiting.organization_id, jsonb_build_object('sequence', waiting.sequence_id, 'queue', waiting.queue_id) AS ids,
           'somebody waits in line, and nothing will ever let them begin' AS sentence
         FROM sequence_place AS waiting
         JOIN enrollment ON enrollment.organization_id = waiting.organization_id AND enrollment.id = waiting.enrollment_id
         WHERE waiting.begin_time IS NULL AND enrollment.pause_time IS NULL AND {not_held}
           AND NOT EXISTS (
             SELECT FROM sequence_place AS active
             WHERE active.organization_id = waiting.organization_id AND active.sequence_id = waiting.sequence_id
               AND active.queue_id = waiting.queue_id AND active.begin_time IS NOT NULL AND active.end_time IS NULL)
           AND NOT EXISTS (
             SELECT FROM timer
             WHERE timer.organization_id = waiting.organization_id AND timer.kind = {line}
               AND timer.queue_id = waiting.queue_id)
         GROUP BY waiting.organization_id, waiting.sequence_id, waiting.queue_id
         HAVING min(enrollment.waiting_until) >= '{unknown}'",
        not_held = not_held!(""),
        line = TimerKind::Line as i16,
        unknown = UNKNOWN.to_rfc3339()
    ),
];
