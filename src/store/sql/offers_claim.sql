-- The first due activities of queues that nobody has leased, each locked together with its
-- enrollment, which comes first in the lock order. Skips those that other transactions hold. The
-- lock on the activity checks it once more: somebody may have leased it since this statement began.
SELECT wanted.organization_id, wanted.queue_id, offered.enrollment_id
FROM unnest($1::uuid[], $2::uuid[], $3::bigint[]) AS wanted (organization_id, queue_id, number)
CROSS JOIN LATERAL (
  SELECT activity.enrollment_id, activity.rank, activity.id
  FROM activity
  CROSS JOIN LATERAL (
    SELECT enrollment.id
    FROM enrollment
    WHERE enrollment.organization_id = activity.organization_id AND enrollment.id = activity.enrollment_id
    FOR NO KEY UPDATE SKIP LOCKED
  ) AS moved
  WHERE activity.organization_id = wanted.organization_id AND activity.queue_id = wanted.queue_id
    AND activity.state = 1 AND activity.lease_id IS NULL
  ORDER BY activity.rank, activity.id
  LIMIT wanted.number
  FOR NO KEY UPDATE OF activity SKIP LOCKED
) AS offered
ORDER BY wanted.organization_id, wanted.queue_id, offered.rank, offered.id
