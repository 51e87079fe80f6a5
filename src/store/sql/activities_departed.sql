-- Where activities are, looked up key by key however large the tables were when this was planned.
SELECT item.organization_id, item.id, open.queue_id, open.snoozed, closed.state
FROM unnest($1::uuid[], $2::uuid[]) AS item (organization_id, id)
LEFT JOIN LATERAL (
  SELECT activity.queue_id, activity.state = 2 AS snoozed
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
