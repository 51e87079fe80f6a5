-- Due timers of one organization, the longest due first, each locked together with its enrollment; what others hold is left to them.
WITH waits AS (
  SELECT timer.due_at, timer.kind, timer.subject_id, timer.subject_id AS enrollment_id
  FROM timer
  JOIN enrollment ON enrollment.organization_id = timer.organization_id AND enrollment.id = timer.subject_id
  WHERE timer.organization_id = $1
    AND enrollment.organization_id = $1
    AND timer.due_at <= $2
    AND timer.kind = 1
  ORDER BY timer.due_at, timer.subject_id
  LIMIT $3
  FOR NO KEY UPDATE OF timer, enrollment SKIP LOCKED
), snoozes AS (
  SELECT timer.due_at, timer.kind, timer.subject_id, activity.enrollment_id
  FROM timer
  JOIN activity ON activity.organization_id = timer.organization_id AND activity.id = timer.subject_id
  JOIN enrollment ON enrollment.organization_id = activity.organization_id AND enrollment.id = activity.enrollment_id
  WHERE timer.organization_id = $1
    AND activity.organization_id = $1
    AND enrollment.organization_id = $1
    AND timer.due_at <= $2
    AND timer.kind = 2
  ORDER BY timer.due_at, timer.subject_id
  LIMIT $3
  FOR NO KEY UPDATE OF timer, enrollment SKIP LOCKED
)
SELECT due_at, kind, subject_id, enrollment_id FROM waits
UNION ALL
SELECT due_at, kind, subject_id, enrollment_id FROM snoozes
ORDER BY due_at, kind, subject_id
