-- The first timer of each organization: asks 10,000 organizations in some milliseconds, however many timers each has.
SELECT organization.organization_id, head.due_at
FROM organization
CROSS JOIN LATERAL (
  SELECT timer.due_at
  FROM timer
  WHERE timer.organization_id = organization.organization_id
  ORDER BY timer.due_at
  LIMIT 1
) AS head
ORDER BY head.due_at, organization.organization_id
LIMIT $1
