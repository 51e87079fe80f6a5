-- Due timers of one organization, the longest due first, each locked together with its enrollment;
-- what others hold is left to them. The enrollment is looked up beside its timer: joined to it, a
-- kept plan might read all that the organization has for each timer.
SELECT timer.due_at, timer.kind, timer.subject_id, timer.enrollment_id
FROM timer
CROSS JOIN LATERAL (
  SELECT enrollment.id
  FROM enrollment
  WHERE enrollment.organization_id = timer.organization_id AND enrollment.id = timer.enrollment_id
  FOR NO KEY UPDATE SKIP LOCKED
) AS moved
WHERE timer.organization_id = $1
  AND timer.due_at <= $2
ORDER BY timer.due_at, timer.kind, timer.subject_id
LIMIT $3
FOR NO KEY UPDATE OF timer SKIP LOCKED
