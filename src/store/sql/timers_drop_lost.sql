-- Deletes due timers whose enrollments don't exist. They could never fire. Those of sequences
-- (TimerKind::SplitEnd) have none.
DELETE FROM timer
WHERE timer.organization_id = $1
  AND timer.due_at <= $2
  AND timer.kind <> 122
  AND NOT EXISTS (
    SELECT FROM enrollment
    WHERE enrollment.organization_id = $1 AND enrollment.id = timer.enrollment_id)
RETURNING timer.subject_id
