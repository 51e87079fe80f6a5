-- Due timers of one organization, earliest first, each locked together with its enrollment. Skips
-- those that other transactions hold, and those held because they failed. LATERAL looks up the
-- enrollment: with a plain join, a kept plan might read all enrollments of the organization for
-- each timer. The timers of sequences (TimerKind::SplitEnd) have no enrollment.
SELECT timer.due_at, timer.kind, timer.subject_id, timer.enrollment_id
FROM timer
LEFT JOIN LATERAL (
  SELECT enrollment.id
  FROM enrollment
  WHERE enrollment.organization_id = $1 AND enrollment.id = timer.enrollment_id
  FOR NO KEY UPDATE SKIP LOCKED
) AS moved ON true
WHERE timer.organization_id = $1
  AND timer.due_at <= $2
  AND NOT timer.held
  AND (moved.id IS NOT NULL OR timer.kind = 122)
ORDER BY timer.due_at, timer.kind, timer.subject_id
LIMIT $3
FOR NO KEY UPDATE OF timer SKIP LOCKED
