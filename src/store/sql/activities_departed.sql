-- Where activities are. LATERAL with LIMIT 1 forces a lookup by key, even in a plan that was made
-- while the tables were empty.
SELECT item.organization_id, item.id, open.queue_id, open.state, closed.state
FROM unnest($1::uuid[], $2::uuid[]) AS item (organization_id, id)
LEFT JOIN LATERAL (
  SELECT activity.queue_id, activity.state
  FROM activity
  WHERE activity.organization_id = item.organization_id AND activity.id = item.id
  LIMIT 1
) AS open ON TRUE
LEFT JOIN LATERAL (
  SELECT closed_activity.state
  FROM closed_activity
  WHERE closed_activity.organization_id = item.organization_id AND closed_activity.id = item.id
  LIMIT 1
) AS closed ON TRUE
WHERE open.queue_id IS NOT NULL OR closed.state IS NOT NULL
ORDER BY item.organization_id, item.id
