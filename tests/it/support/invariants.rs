//! What must hold between the tables after whatever happened.

use super::world::World;

/// Queries that must answer 0, each with what it would mean.
const BROKEN: &[(&str, &str)] = &[
    (
        "queues whose counts are not those of their activities",
        "SELECT count(*) FROM queue WHERE (due_count, snoozed_count) IS DISTINCT FROM (
           SELECT (count(*) FILTER (WHERE snooze_until IS NULL), count(*) FILTER (WHERE snooze_until IS NOT NULL))
           FROM activity WHERE activity.organization_id = queue.organization_id AND activity.queue_id = queue.id)",
    ),
    (
        "activities in no queue",
        "SELECT count(*) FROM activity LEFT JOIN queue ON queue.organization_id = activity.organization_id AND queue.id = activity.queue_id
         WHERE queue.id IS NULL",
    ),
    (
        "activities that no enrollment has open",
        "SELECT count(*) FROM activity LEFT JOIN enrollment ON enrollment.organization_id = activity.organization_id
           AND enrollment.id = activity.enrollment_id AND enrollment.activity_id = activity.id
         WHERE enrollment.id IS NULL",
    ),
    (
        "enrollments whose open activity is missing",
        "SELECT count(*) FROM enrollment LEFT JOIN activity ON activity.organization_id = enrollment.organization_id
           AND activity.id = enrollment.activity_id
         WHERE enrollment.activity_id IS NOT NULL AND activity.id IS NULL",
    ),
    (
        "activities both open and closed",
        "SELECT count(*) FROM activity JOIN closed_activity USING (organization_id, id)",
    ),
    (
        "waits without a timer",
        "SELECT count(*) FROM enrollment LEFT JOIN timer ON timer.organization_id = enrollment.organization_id
           AND timer.due_at = enrollment.waiting_until AND timer.kind = 1 AND timer.subject_id = enrollment.id
         WHERE enrollment.waiting_until IS NOT NULL AND timer.subject_id IS NULL",
    ),
    (
        "snoozes without a timer",
        "SELECT count(*) FROM activity LEFT JOIN timer ON timer.organization_id = activity.organization_id
           AND timer.due_at = activity.snooze_until AND timer.kind = 2 AND timer.subject_id = activity.id
         WHERE activity.snooze_until IS NOT NULL AND timer.subject_id IS NULL",
    ),
    (
        "timers of waits that are over",
        "SELECT count(*) FROM timer LEFT JOIN enrollment ON enrollment.organization_id = timer.organization_id
           AND enrollment.id = timer.subject_id AND enrollment.waiting_until = timer.due_at
         WHERE timer.kind = 1 AND enrollment.id IS NULL",
    ),
    (
        "timers of snoozes that are over",
        "SELECT count(*) FROM timer LEFT JOIN activity ON activity.organization_id = timer.organization_id
           AND activity.id = timer.subject_id AND activity.snooze_until = timer.due_at
         WHERE timer.kind = 2 AND activity.id IS NULL",
    ),
    (
        "requests without an answer",
        "SELECT count(*) FROM request WHERE decided IS NULL",
    ),
    (
        "enrollments with more than one end, or an end without one",
        "SELECT count(*) FROM enrollment WHERE (end_time IS NOT NULL)::int <> (
           SELECT count(*) FROM history WHERE history.organization_id = enrollment.organization_id
             AND history.subject_id = enrollment.id AND history.kind IN (12, 13))",
    ),
    (
        "closed activities that are closed more or less than once in history",
        "SELECT count(*) FROM closed_activity WHERE 1 <> (
           SELECT count(*) FROM history WHERE history.organization_id = closed_activity.organization_id
             AND history.subject_id = closed_activity.enrollment_id AND history.kind IN (6, 7, 10)
             AND history.detail ->> 'activity' = closed_activity.id::text)",
    ),
];

/// Panics with all that is wrong.
pub async fn hold(world: &World) {
    let mut wrong = Vec::new();
    for (meaning, query) in BROKEN {
        let found = world.count(query).await;
        if found != 0 {
            wrong.push(format!("{found} {meaning}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("; "));
}
