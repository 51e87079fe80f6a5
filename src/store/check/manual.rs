//! Rules for manual activities, and for the enrollments that carry them.

use super::{Rule, rule};
use crate::domain::activity::ActivityState;
use crate::domain::enrollment::EnrollmentSource;

pub(super) const RULES: &[Rule] = &[
    rule!(
        "manual_activity_text",
        "an enrollment that carries a manual activity has its text, of its own record, and every text is of such an enrollment",
        "SELECT organization_id, jsonb_build_object('enrollment', enrollment.id, 'sequence', sequence_id) AS ids,
           CASE WHEN enrollment.id IS NULL THEN 'the text is of no manual activity'
             ELSE format('the manual activity is at revision %s, and its texts go to %s', enrollment.revision, text.newest) END
             AS sentence
         FROM (
           SELECT organization_id, sequence_id, id, revision, record_id FROM enrollment WHERE source = {manual_activity}
         ) AS enrollment
         FULL JOIN (
           SELECT organization_id, sequence_id, max(revision) AS newest, count(*) AS number,
             min(record_id::text) AS first_record, max(record_id::text) AS last_record
           FROM manual_activity
           GROUP BY organization_id, sequence_id
         ) AS text USING (organization_id, sequence_id)
         WHERE enrollment.revision IS DISTINCT FROM text.newest OR text.number <> text.newest
           OR enrollment.record_id::text <> text.first_record OR enrollment.record_id::text <> text.last_record",
        manual_activity = EnrollmentSource::ManualActivity as i16
    ),
    rule!(
        "manual_activity_alone",
        "an enrollment that carries a manual activity has no sequence, is at its only step, and is open as long as the activity",
        "SELECT enrollment.organization_id, jsonb_build_object('enrollment', enrollment.id, 'sequence', enrollment.sequence_id) AS ids,
           'the enrollment carries a manual activity, and is more than that' AS sentence
         FROM enrollment
         LEFT JOIN sequence ON sequence.organization_id = enrollment.organization_id AND sequence.id = enrollment.sequence_id
         WHERE enrollment.source = {manual_activity} AND (sequence.id IS NOT NULL OR enrollment.node <> 0
           OR enrollment.pass_number <> 1 OR (enrollment.activity_id IS NULL) <> (enrollment.end_time IS NOT NULL))",
        manual_activity = EnrollmentSource::ManualActivity as i16
    ),
    rule!(
        "activity_scheduled",
        "only a manual activity falls due for the first time when it is open already",
        "SELECT activity.organization_id, jsonb_build_object('activity', activity.id, 'enrollment', enrollment.id) AS ids,
           format('the activity falls due at %s, and its step made it', activity.due_time) AS sentence
         FROM activity
         JOIN enrollment ON enrollment.organization_id = activity.organization_id AND enrollment.id = activity.enrollment_id
         WHERE activity.state = {snoozed} AND activity.snooze_until <= activity.due_time AND enrollment.source <> {manual_activity}",
        snoozed = ActivityState::SNOOZED,
        manual_activity = EnrollmentSource::ManualActivity as i16
    ),
];
