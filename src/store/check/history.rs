//! What history says, compared with what the rows say. Counted, not ordered: its order is that of
//! the clocks of several servers.

use super::{Rule, rule};

pub(super) const RULES: &[Rule] = &[
    rule!(
        "history_of_enrollment",
        "the timeline's events are of enrollments that exist",
        "SELECT history.organization_id, jsonb_build_object('enrollment', history.subject_id, 'event', history.id) AS ids,
           format('an event of kind %s is of an enrollment that does not exist', history.kind) AS sentence
         FROM history
         LEFT JOIN enrollment ON enrollment.organization_id = history.organization_id AND enrollment.id = history.subject_id
         WHERE history.kind BETWEEN 1 AND 13 AND enrollment.id IS NULL"
    ),
    rule!(
        "history_by",
        "who did something, seller or key, exists",
        "SELECT history.organization_id,
           jsonb_build_object('event', history.id, 'seller', history.actor_seller_id, 'api_key', history.actor_key_id) AS ids,
           'something was done by a seller or with a key that does not exist' AS sentence
         FROM history
         LEFT JOIN seller ON seller.organization_id = history.organization_id AND seller.id = history.actor_seller_id
         LEFT JOIN api_key ON api_key.organization_id = history.organization_id AND api_key.id = history.actor_key_id
         WHERE history.actor_seller_id IS NOT NULL AND seller.id IS NULL OR history.actor_key_id IS NOT NULL AND api_key.id IS NULL"
    ),
    rule!(
        "enrollment_started_once",
        "every enrollment's history begins with its start, once, at its creation",
        "SELECT enrollment.organization_id, jsonb_build_object('enrollment', enrollment.id) AS ids,
           format('history has the start of the enrollment %s times', coalesce(told.times, 0)) AS sentence
         FROM enrollment
         LEFT JOIN (
           SELECT organization_id, subject_id, count(*) AS times, min(at) AS at
           FROM history
           WHERE kind = 1
           GROUP BY organization_id, subject_id
         ) AS told ON told.organization_id = enrollment.organization_id AND told.subject_id = enrollment.id
         WHERE coalesce(told.times, 0) <> 1 OR told.at <> enrollment.create_time"
    ),
    rule!(
        "enrollment_ended_once",
        "an ended enrollment's history has its end, once, as it ended; an open one's has none",
        "SELECT enrollment.organization_id, jsonb_build_object('enrollment', enrollment.id) AS ids,
           format('the enrollment is in state %s, and history has its completion %s times and its exit %s times', enrollment.state,
             coalesce(told.completions, 0), coalesce(told.exits, 0)) AS sentence
         FROM enrollment
         LEFT JOIN (
           SELECT organization_id, subject_id, count(*) FILTER (WHERE kind = 12) AS completions, count(*) FILTER (WHERE kind = 13) AS exits
           FROM history
           WHERE kind IN (12, 13)
           GROUP BY organization_id, subject_id
         ) AS told ON told.organization_id = enrollment.organization_id AND told.subject_id = enrollment.id
         WHERE coalesce(told.completions, 0) <> (enrollment.state = 4)::integer OR coalesce(told.exits, 0) <> (enrollment.state = 5)::integer"
    ),
    rule!(
        "enrollment_waits_told",
        "of the waits that an enrollment began, history has the end of each, but of the one that it is in or left early",
        "SELECT enrollment.organization_id, jsonb_build_object('enrollment', enrollment.id) AS ids,
           format('history has %s waits begun and %s ended', coalesce(told.begun, 0), coalesce(told.ended, 0)) AS sentence
         FROM enrollment
         LEFT JOIN (
           SELECT organization_id, subject_id, count(*) FILTER (WHERE kind = 2) AS begun, count(*) FILTER (WHERE kind IN (3, 4)) AS ended
           FROM history
           WHERE kind IN (2, 3, 4)
           GROUP BY organization_id, subject_id
         ) AS told ON told.organization_id = enrollment.organization_id AND told.subject_id = enrollment.id
         WHERE NOT coalesce(CASE
           WHEN enrollment.waiting_until IS NOT NULL THEN told.begun = told.ended + 1
           WHEN enrollment.state = 5 THEN told.begun - told.ended IN (0, 1)
           ELSE told.begun = told.ended
         END, enrollment.waiting_until IS NULL)"
    ),
    rule!(
        "enrollment_step_told",
        "the last step that history has of an enrollment is the one that it is at",
        "SELECT enrollment.organization_id, jsonb_build_object('enrollment', enrollment.id) AS ids,
           format('the enrollment is at step %s, and history has it reach step %s', enrollment.node, told.node) AS sentence
         FROM enrollment
         LEFT JOIN (
           SELECT organization_id, subject_id, max((detail ->> 'node')::integer) AS node
           FROM history
           WHERE kind IN (2, 5)
           GROUP BY organization_id, subject_id
         ) AS told ON told.organization_id = enrollment.organization_id AND told.subject_id = enrollment.id
         WHERE enrollment.node IS DISTINCT FROM told.node"
    ),
    rule!(
        "wait_told",
        "history has until when a running wait was planned",
        "SELECT enrollment.organization_id, jsonb_build_object('enrollment', enrollment.id) AS ids,
           format('the enrollment waits until %s, and history has no such wait', enrollment.waiting_until) AS sentence
         FROM enrollment
         WHERE enrollment.waiting_until IS NOT NULL AND NOT EXISTS (
           SELECT FROM history
           WHERE history.organization_id = enrollment.organization_id AND history.subject_id = enrollment.id AND history.kind = 2
             AND (history.detail ->> 'node')::integer = enrollment.node
             AND (history.detail ->> 'planned')::timestamptz = enrollment.waiting_until)"
    ),
    rule!(
        "activity_due_told",
        "history has of each activity that it fell due, once, and of no other",
        "SELECT organization_id, jsonb_build_object('activity', activity_id, 'enrollment', enrollment_id) AS ids,
           CASE WHEN work.id IS NULL THEN 'history has an activity fall due that is neither open nor closed'
             ELSE format('history has the activity fall due %s times', coalesce(told.times, 0)) END AS sentence
         FROM (
           SELECT organization_id, enrollment_id, id::text AS activity_id, id FROM activity
           UNION SELECT organization_id, enrollment_id, id::text, id FROM closed_activity
         ) AS work
         FULL JOIN (
           SELECT organization_id, subject_id AS enrollment_id, detail ->> 'activity' AS activity_id, count(*) AS times
           FROM history
           WHERE kind = 5
           GROUP BY organization_id, subject_id, detail ->> 'activity'
         ) AS told USING (organization_id, enrollment_id, activity_id)
         WHERE coalesce(told.times, 0) <> 1 OR work.id IS NULL"
    ),
    rule!(
        "activity_closed_told",
        "history has of each closed activity how it was closed, once, and of no other",
        "SELECT organization_id, jsonb_build_object('activity', activity_id, 'enrollment', enrollment_id) AS ids,
           CASE WHEN work.id IS NULL THEN 'history has an activity closed that is not'
             ELSE format('history has the activity closed %s times, or in another way', coalesce(told.times, 0)) END AS sentence
         FROM (
           SELECT organization_id, enrollment_id, id::text AS activity_id, id,
             CASE state WHEN 3 THEN 6 WHEN 4 THEN 7 WHEN 5 THEN 10 END AS kind
           FROM closed_activity
         ) AS work
         FULL JOIN (
           SELECT organization_id, subject_id AS enrollment_id, detail ->> 'activity' AS activity_id, count(*) AS times, min(kind) AS kind
           FROM history
           WHERE kind IN (6, 7, 10)
           GROUP BY organization_id, subject_id, detail ->> 'activity'
         ) AS told USING (organization_id, enrollment_id, activity_id)
         WHERE coalesce(told.times, 0) <> 1 OR work.id IS NULL OR told.kind IS DISTINCT FROM work.kind"
    ),
    rule!(
        "activity_snoozes_told",
        "history has of each activity as many snoozes as it counts",
        "SELECT work.organization_id, jsonb_build_object('activity', work.id, 'enrollment', work.enrollment_id) AS ids,
           format('the activity was snoozed %s times, and history has %s', work.snooze_count, coalesce(told.times, 0)) AS sentence
         FROM (
           SELECT organization_id, enrollment_id, id, snooze_count FROM activity
           UNION ALL SELECT organization_id, enrollment_id, id, snooze_count FROM closed_activity
         ) AS work
         LEFT JOIN (
           SELECT organization_id, detail ->> 'activity' AS activity_id, count(*) AS times
           FROM history
           WHERE kind = 8
           GROUP BY organization_id, detail ->> 'activity'
         ) AS told ON told.organization_id = work.organization_id AND told.activity_id = work.id::text
         WHERE work.snooze_count <> coalesce(told.times, 0)"
    ),
    rule!(
        "routing_enrolled_once",
        "every enrollment by a segment was decided by one routing run of its record, and each run's enrollment is there",
        "SELECT organization_id, jsonb_build_object('enrollment', enrollment_id, 'record', record_id) AS ids,
           CASE WHEN enrolled.id IS NULL THEN 'a routing run made an enrollment that is not there'
             ELSE format('%s routing runs of the record made the enrollment', coalesce(told.times, 0)) END AS sentence
         FROM (
           SELECT organization_id, record_id, id::text AS enrollment_id, id FROM enrollment WHERE source = 2
         ) AS enrolled
         FULL JOIN (
           SELECT organization_id, subject_id AS record_id, detail ->> 'enrollment' AS enrollment_id, count(*) AS times
           FROM history
           WHERE kind = 101 AND detail ? 'enrollment'
           GROUP BY organization_id, subject_id, detail ->> 'enrollment'
         ) AS told USING (organization_id, record_id, enrollment_id)
         WHERE coalesce(told.times, 0) <> 1 OR enrolled.id IS NULL"
    ),
];
