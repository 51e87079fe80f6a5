-- Due timers of one organization, the longest due first, each locked together with its enrollment; what others hold is left to them. What a
-- timer wakes is looked up beside it: joined to it, a kept plan might read all that the organization has for each timer.
WITH waits AS (
  SELECT timer.due_at, timer.kind, timer.subject_id, woken.id AS enrollment_id
  FROM timer
  CROSS JOIN LATERAL (
    SELECT enrollment.id
    FROM enrollment
    WHERE enrollment.organization_id = timer.organization_id AND enrollment.id = timer.subject_id
    FOR NO KEY UPDATE SKIP LOCKED
  ) AS woken
  WHERE timer.organization_id = $1
    AND timer.due_at <= $2
    AND timer.kind = 1
  ORDER BY timer.due_at, timer.subject_id
  LIMIT $3
  FOR NO KEY UPDATE OF timer SKIP LOCKED
), snoozes AS (
  SELECT timer.due_at, timer.kind, timer.subject_id, woken.id AS enrollment_id
  FROM timer
  CROSS JOIN LATERAL (
    SELECT enrollment.id
    FROM activity
    JOIN enrollment ON enrollment.organization_id = activity.organization_id AND enrollment.id = activity.enrollment_id
    WHERE activity.organization_id = timer.organization_id AND activity.id = timer.subject_id
    FOR NO KEY UPDATE OF enrollment SKIP LOCKED
  ) AS woken
  WHERE timer.organization_id = $1
    AND timer.due_at <= $2
    AND timer.kind = 2
  ORDER BY timer.due_at, timer.subject_id
  LIMIT $3
  FOR NO KEY UPDATE OF timer SKIP LOCKED
)
SELECT due_at, kind, subject_id, enrollment_id FROM waits
UNION ALL
SELECT due_at, kind, subject_id, enrollment_id FROM snoozes
ORDER BY due_at, kind, subject_id
