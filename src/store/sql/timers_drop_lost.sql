-- Due timers that wake nothing, because what they were to wake is gone.
DELETE FROM timer
WHERE timer.organization_id = $1
  AND timer.due_at <= $2
  AND NOT EXISTS (
    SELECT FROM enrollment WHERE enrollment.organization_id = $1 AND timer.kind = 1 AND enrollment.id = timer.subject_id)
  AND NOT EXISTS (
    SELECT FROM activity WHERE activity.organization_id = $1 AND timer.kind = 2 AND activity.id = timer.subject_id)
RETURNING timer.subject_id
