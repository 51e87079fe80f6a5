-- Where activities are, and the last event that took them out of a queue. LATERAL with LIMIT 1
-- forces a lookup by key, even in a plan that was made while the tables were empty. The time lets
-- Postgres read only the newest partitions of history.
SELECT item.organization_id, item.id, open.queue_id, open.state AS open_state,
  closed.state AS closed_state, event.kind, seller.seller_id, event.actor_key_id, principal.subject,
  event.request_id
FROM unnest($1::uuid[], $2::uuid[]) AS item (organization_id, id)
LEFT JOIN LATERAL (
  SELECT activity.queue_id, activity.state, activity.enrollment_id
  FROM activity
  WHERE activity.organization_id = item.organization_id AND activity.id = item.id
    AND one_shard(activity.organization_id, $1[1])
  LIMIT 1
) AS open ON TRUE
LEFT JOIN LATERAL (
  SELECT closed_activity.state, closed_activity.enrollment_id
  FROM closed_activity
  WHERE closed_activity.organization_id = item.organization_id AND closed_activity.id = item.id
    AND one_shard(closed_activity.organization_id, $1[1])
  LIMIT 1
) AS closed ON TRUE
LEFT JOIN LATERAL (
  SELECT history.kind, history.actor_seller_id, history.actor_key_id, history.request_id
  FROM history
  WHERE history.organization_id = item.organization_id
    AND one_shard(history.organization_id, $1[1])
    AND history.subject_id = COALESCE(open.enrollment_id, closed.enrollment_id)
    AND history.at >= $3 AND history.kind = ANY ($4)
    AND (history.kind = $5 OR history.detail ->> 'activity' = item.id::text)
  ORDER BY history.id DESC
  LIMIT 1
) AS event ON TRUE
LEFT JOIN seller ON seller.organization_id = item.organization_id AND seller.id = event.actor_seller_id
LEFT JOIN principal ON principal.organization_id = item.organization_id AND principal.id = event.actor_key_id
WHERE (open.queue_id IS NOT NULL OR closed.state IS NOT NULL)
  AND one_shard(item.organization_id, $1[1])
ORDER BY item.organization_id, item.id
