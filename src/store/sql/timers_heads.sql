-- The first timer of each organization that isn't suspended, apart from held ones. Takes a few milliseconds for 10,000
-- organizations, however many timers each has, because it reads one index entry for each.
SELECT organization.organization_id, head.due_at
FROM organization
CROSS JOIN LATERAL (
  SELECT timer.due_at
  FROM timer
  WHERE timer.organization_id = organization.organization_id
    AND NOT timer.held
  ORDER BY timer.due_at
  LIMIT 1
) AS head
WHERE organization.suspend_time IS NULL
ORDER BY head.due_at, organization.organization_id
LIMIT $1
