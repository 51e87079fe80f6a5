//! Rules for enrollments.

use strum::VariantArray;

use super::{Rule, nodes, rule};
use crate::domain::enrollment::{EnrollmentSource, EnrollmentState, ExitReason, PauseReason};
use crate::domain::history::HistoryKind;
use crate::domain::operation::OperationKind;
use crate::domain::step::ActivityKind;
use crate::domain::throttle::THROTTLED;
use crate::domain::timer::WaitReason;
use crate::store::statement;

pub(super) const RULES: &[Rule] = &[
    rule!(
        "enrollment_state",
        "the state, the reason and the end of an enrollment agree",
        "SELECT organization_id, jsonb_build_object('enrollment', id) AS ids,
           format('the enrollment has state %s and reason %s, and %s', state, reason,
             CASE WHEN end_time IS NULL THEN 'no end' ELSE 'an end' END) AS sentence
         FROM enrollment
         WHERE NOT (end_time IS NULL AND reason = 0 AND state = CASE WHEN waiting_for = {start} THEN {pending} ELSE {active} END
             AND waiting_for IS DISTINCT FROM {throttle}
           OR end_time IS NULL AND waiting_for = {throttle} AND state = {pending} AND reason = {throttled}
           OR end_time IS NULL AND state = {paused} AND reason IN ({pauses})
           OR end_time IS NULL AND state = {failed} AND reason IN ({failures})
           OR end_time IS NOT NULL AND state = {completed} AND reason = 0
           OR end_time IS NOT NULL AND state = {exited} AND reason IN ({reasons}))",
        start = WaitReason::Start as i16,
        throttle = WaitReason::Throttle as i16,
        throttled = THROTTLED.0,
        pending = EnrollmentState::Pending as i16,
        active = EnrollmentState::Active as i16,
        paused = EnrollmentState::Paused as i16,
        pauses = reasons(|reason| !reason.is_failure()),
        failed = EnrollmentState::Failed as i16,
        failures = reasons(PauseReason::is_failure),
        completed = EnrollmentState::Completed as i16,
        exited = EnrollmentState::Exited as i16,
        reasons = statement::words::numbers(ExitReason::VARIANTS.iter().map(|reason| *reason as i16))
    ),
    rule!(
        "enrollment_source",
        "an enrollment names its segment if a segment started it, the enrollment that advanced into it, and neither if it was started by hand",
        "SELECT organization_id, jsonb_build_object('enrollment', id, 'segment', segment_id) AS ids,
           format('the enrollment has source %s and %s segment', source, CASE WHEN segment_id IS NULL THEN 'no' ELSE 'a' END) AS sentence
         FROM enrollment
         WHERE (segment_id IS NOT NULL) <> (source = {segment}) OR (advanced_from_id IS NOT NULL) <> (source = {advance})
           OR source NOT IN ({manual}, {segment}, {advance}, {manual_activity})",
        manual = EnrollmentSource::Manual as i16,
        segment = EnrollmentSource::Segment as i16,
        advance = EnrollmentSource::Advance as i16,
        manual_activity = EnrollmentSource::ManualActivity as i16
    ),
    rule!(
        "enrollment_revision",
        "the revision of every enrollment exists",
        "SELECT enrollment.organization_id, jsonb_build_object('enrollment', enrollment.id, 'sequence', enrollment.sequence_id) AS ids,
           format('the enrollment is in revision %s, which does not exist', enrollment.revision) AS sentence
         FROM enrollment
         LEFT JOIN sequence_revision ON sequence_revision.organization_id = enrollment.organization_id
           AND sequence_revision.sequence_id = enrollment.sequence_id AND sequence_revision.revision = enrollment.revision
         WHERE sequence_revision.sequence_id IS NULL AND enrollment.source <> {manual_activity}",
        manual_activity = EnrollmentSource::ManualActivity as i16
    ),
    // Deleting a sequence leaves its enrollments to an operation, which ends them in chunks.
    rule!(
        "enrollment_of_sequence",
        "no open enrollment is in a deleted sequence, unless an operation will end it",
        "SELECT enrollment.organization_id, jsonb_build_object('enrollment', enrollment.id, 'sequence', enrollment.sequence_id) AS ids,
           format('the enrollment is open, and sequences/%s is deleted', sequence.sequence_id) AS sentence
         FROM enrollment
         JOIN sequence ON sequence.organization_id = enrollment.organization_id AND sequence.id = enrollment.sequence_id
         WHERE enrollment.end_time IS NULL AND sequence.delete_time IS NOT NULL
           AND NOT EXISTS (
             SELECT FROM operation WHERE operation.organization_id = sequence.organization_id AND operation.target_id = sequence.id
               AND operation.kind = 'EXIT_ENROLLMENTS' AND operation.state <> 'SUCCEEDED' AND enrollment.id <= operation.upto_record_id)"
    ),
    rule!(
        "enrollment_halts",
        "no enrollment went through more halts of its sequence than there were",
        "SELECT enrollment.organization_id, jsonb_build_object('enrollment', enrollment.id, 'sequence', enrollment.sequence_id) AS ids,
           format('the enrollment went through halt %s, and sequences/%s had %s', enrollment.halt_number, sequence.sequence_id,
             sequence.halt_number) AS sentence
         FROM enrollment
         JOIN sequence ON sequence.organization_id = enrollment.organization_id AND sequence.id = enrollment.sequence_id
         WHERE enrollment.halt_number > sequence.halt_number"
    ),
    // A halt of many enrollments is written by an operation, and what failed then is tried again.
    rule!(
        "enrollment_settled",
        "every open enrollment is as the last halt of its sequence left it, unless an operation will write that",
        "SELECT enrollment.organization_id, jsonb_build_object('enrollment', enrollment.id, 'sequence', enrollment.sequence_id) AS ids,
           format('the enrollment is in state %s, and the last halt of sequences/%s is not written to it', enrollment.state,
             sequence.sequence_id) AS sentence
         FROM enrollment
         JOIN sequence ON sequence.organization_id = enrollment.organization_id AND sequence.id = enrollment.sequence_id
         WHERE enrollment.end_time IS NULL
           AND (enrollment.halt_number < sequence.halt_number OR enrollment.state = {paused} AND enrollment.reason = {with_sequence}
             AND (sequence.pause_time IS NULL OR sequence.resume_time IS NOT NULL))
           AND NOT EXISTS (
             SELECT FROM operation WHERE operation.organization_id = sequence.organization_id AND operation.target_id = sequence.id
               AND operation.kind = '{settle}' AND operation.state = 'RUNNING')
           AND NOT EXISTS (
             SELECT FROM set_aside WHERE set_aside.organization_id = enrollment.organization_id
               AND set_aside.subject_id = enrollment.record_id)",
        paused = EnrollmentState::Paused as i16,
        with_sequence = PauseReason::SequencePaused as i16,
        settle = OperationKind::SettleEnrollments.as_str()
    ),
    // An ended enrollment outlives its record, so history has to say that the record once existed.
    rule!(
        "enrollment_of_record",
        "the record of an open enrollment exists, and the record of an ended one exists or was deleted",
        "SELECT enrollment.organization_id, jsonb_build_object('enrollment', enrollment.id, 'record', enrollment.record_id) AS ids,
           CASE WHEN enrollment.end_time IS NULL THEN 'the enrollment is open, and its record does not exist'
             ELSE 'the enrollment is of a record that never existed' END AS sentence
         FROM enrollment
         LEFT JOIN record ON record.organization_id = enrollment.organization_id AND record.id = enrollment.record_id
         WHERE record.id IS NULL AND (enrollment.end_time IS NULL OR NOT EXISTS (
           SELECT FROM history
           WHERE history.organization_id = enrollment.organization_id AND history.subject_id = enrollment.record_id
             AND history.kind = {deleted}))",
        deleted = HistoryKind::RecordDeleted as i16
    ),
    rule!(
        "enrollment_of_active_record",
        "no closed record has an open enrollment",
        "SELECT enrollment.organization_id, jsonb_build_object('enrollment', enrollment.id, 'record', enrollment.record_id) AS ids,
           'the enrollment is open, and its record is closed' AS sentence
         FROM enrollment
         JOIN record ON record.organization_id = enrollment.organization_id AND record.id = enrollment.record_id
         WHERE enrollment.end_time IS NULL AND record.closed"
    ),
    rule!(
        "enrollment_of_type",
        "a record is only enrolled in sequences of its record type",
        "SELECT enrollment.organization_id, jsonb_build_object('enrollment', enrollment.id, 'record', enrollment.record_id) AS ids,
           format('the record is of another type than sequences/%s', sequence.sequence_id) AS sentence
         FROM enrollment
         JOIN sequence ON sequence.organization_id = enrollment.organization_id AND sequence.id = enrollment.sequence_id
         JOIN record ON record.organization_id = enrollment.organization_id AND record.id = enrollment.record_id
         WHERE record.record_type_id <> sequence.record_type_id"
    ),
    rule!(
        "enrollment_open_once",
        "a record has at most one open enrollment in a sequence",
        "SELECT organization_id, jsonb_build_object('record', record_id, 'sequence', sequence_id) AS ids,
           format('the record has %s open enrollments in one sequence', count(*)) AS sentence
         FROM enrollment
         WHERE end_time IS NULL
         GROUP BY organization_id, sequence_id, record_id
         HAVING count(*) > 1"
    ),
    rule!(
        "enrollment_passes",
        "the n enrollments of a record in a sequence are its passes 1 to n, each once",
        "SELECT organization_id, jsonb_build_object('record', record_id, 'sequence', sequence_id) AS ids,
           format('the record has %s enrollments in one sequence, and they are the passes %s', count(*), array_agg(pass_number ORDER BY pass_number)) AS sentence
         FROM enrollment
         GROUP BY organization_id, record_id, sequence_id
         HAVING min(pass_number) <> 1 OR max(pass_number) <> count(*) OR count(DISTINCT pass_number) <> count(*)"
    ),
    rule!(
        "enrollment_open_is_last",
        "the open enrollment of a record in a sequence is its last pass",
        "SELECT enrollment.organization_id, jsonb_build_object('enrollment', enrollment.id, 'record', enrollment.record_id) AS ids,
           format('the enrollment is open at pass %s, and a later one has ended', enrollment.pass_number) AS sentence
         FROM enrollment
         WHERE enrollment.end_time IS NULL AND EXISTS (
           SELECT FROM enrollment AS later
           WHERE later.organization_id = enrollment.organization_id AND later.record_id = enrollment.record_id
             AND later.sequence_id = enrollment.sequence_id AND later.pass_number > enrollment.pass_number AND later.end_time IS NOT NULL)"
    ),
    rule!(
        "enrollment_node",
        "an enrollment is at a step of its revision, and while open it waits at a wait, for the next call or for working hours, stands at a command, or acts at an activity",
        "SELECT enrollment.organization_id, jsonb_build_object('enrollment', enrollment.id, 'sequence', enrollment.sequence_id) AS ids,
           format('the enrollment is at step %s of revision %s, and %s there', enrollment.node, enrollment.revision,
             CASE WHEN enrollment.waiting_until IS NOT NULL THEN 'waits' WHEN enrollment.end_time IS NULL THEN 'acts' ELSE 'ended' END)
             AS sentence
         FROM enrollment
         JOIN sequence_revision ON sequence_revision.organization_id = enrollment.organization_id
           AND sequence_revision.sequence_id = enrollment.sequence_id AND sequence_revision.revision = enrollment.revision
         LEFT JOIN ({nodes}) AS node ON node.organization_id = enrollment.organization_id AND node.sequence_id = enrollment.sequence_id
           AND node.revision = enrollment.revision AND node.node = enrollment.node
         WHERE node.node IS NULL OR enrollment.end_time IS NULL AND CASE enrollment.waiting_for WHEN {start} THEN false WHEN {throttle} THEN false
           WHEN {retry} THEN node.kind IS DISTINCT FROM {call} WHEN {working_hours} THEN node.kind IS NULL
           ELSE (node.kind IS NULL) <> (enrollment.waiting_until IS NOT NULL) END",
        nodes = nodes(),
        start = WaitReason::Start as i16,
        throttle = WaitReason::Throttle as i16,
        retry = WaitReason::Retry as i16,
        working_hours = WaitReason::WorkingHours as i16,
        call = ActivityKind::PhoneCall as i16
    ),
];

/// Returns the numbers of reasons to be paused or to have failed, for `IN (…)`.
fn reasons(wanted: impl Fn(PauseReason) -> bool) -> String {
    let reasons = PauseReason::VARIANTS.iter().copied().filter(|reason| wanted(*reason));
    statement::words::numbers(reasons.map(|reason| reason as i16))
}
