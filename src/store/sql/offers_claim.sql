-- The first due activities of queues that nobody has leased, each locked together with its
-- enrollment, which comes first in the lock order. Skips those that other transactions hold. The
-- candidates are found without locks and are a few more than wanted: so whatever the plan, hardly
-- more is locked than is handed out. The lock on the activity shows it as it is now, because
-- somebody may have leased it since this statement began. LATERAL with LIMIT 1 forces lookups by
-- key, even in a plan that was made while the tables were empty.
SELECT wanted.organization_id, wanted.queue_id, wanted.kinds, offered.enrollment_id
FROM unnest($1::uuid[], $2::uuid[], $3::bigint[], $4::bigint[])
  AS wanted (organization_id, queue_id, number, kinds)
CROSS JOIN LATERAL (
  SELECT candidate.enrollment_id, candidate.rank, candidate.id
  FROM (
    SELECT activity.organization_id, activity.id, activity.enrollment_id, activity.rank
    FROM activity
    WHERE activity.organization_id = wanted.organization_id AND activity.queue_id = wanted.queue_id
      AND one_shard(activity.organization_id, $1[1])
      AND activity.state = 1 AND activity.lease_id IS NULL
      -- A bit for each kind that is wanted.
      AND (wanted.kinds >> activity.kind) & 1 = 1
    ORDER BY activity.rank, activity.id
    LIMIT wanted.number + 64
  ) AS candidate
  CROSS JOIN LATERAL (
    SELECT enrollment.id
    FROM enrollment
    WHERE enrollment.organization_id = candidate.organization_id AND enrollment.id = candidate.enrollment_id
      AND one_shard(enrollment.organization_id, $1[1])
    LIMIT 1
    FOR NO KEY UPDATE SKIP LOCKED
  ) AS moved
  CROSS JOIN LATERAL (
    SELECT activity.queue_id, activity.state, activity.lease_id
    FROM activity
    WHERE activity.organization_id = candidate.organization_id AND activity.id = candidate.id
      AND one_shard(activity.organization_id, $1[1])
    LIMIT 1
    FOR NO KEY UPDATE SKIP LOCKED
  ) AS present
  WHERE present.queue_id = wanted.queue_id AND present.state = 1 AND present.lease_id IS NULL
  ORDER BY candidate.rank, candidate.id
  LIMIT wanted.number
) AS offered
ORDER BY wanted.organization_id, wanted.queue_id, wanted.kinds, offered.rank, offered.id
