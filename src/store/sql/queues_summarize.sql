-- What there is to do in the queues of sellers, and what they closed since their day began. The
-- earliest of these times lets Postgres leave out the blocks of what was closed before.
SELECT work.queue_id, work.kind, sum(work.due)::bigint AS due, sum(work.overdue)::bigint AS overdue,
  sum(work.snoozed)::bigint AS snoozed, min(work.oldest) AS oldest,
  sum(work.completed)::bigint AS completed, sum(work.skipped)::bigint AS skipped
FROM (
  SELECT item.seller_id AS queue_id, activity.kind,
    count(*) FILTER (WHERE activity.state = $5) AS due,
    count(*) FILTER (WHERE activity.state = $5 AND activity.due_time < item.today) AS overdue,
    count(*) FILTER (WHERE activity.state = $6) AS snoozed,
    min(activity.due_time) FILTER (WHERE activity.state = $5) AS oldest,
    0::bigint AS completed, 0::bigint AS skipped
  FROM unnest($2::uuid[], $3::timestamptz[]) AS item (seller_id, today)
  JOIN activity ON activity.organization_id = $1 AND activity.queue_id = item.seller_id
    -- The conditions of the indexes by queue.
    AND (activity.state = 1 OR activity.state = 2)
  GROUP BY item.seller_id, activity.kind
  UNION ALL
  SELECT item.seller_id, closed_activity.kind, 0, 0, 0, NULL,
    count(*) FILTER (WHERE closed_activity.state = $7),
    count(*) FILTER (WHERE closed_activity.state = $8)
  FROM unnest($2::uuid[], $3::timestamptz[]) AS item (seller_id, today)
  JOIN closed_activity ON closed_activity.organization_id = $1
    AND closed_activity.closed_by_seller_id = item.seller_id
    AND closed_activity.close_time >= item.today
  WHERE closed_activity.close_time >= $4
  GROUP BY item.seller_id, closed_activity.kind
) AS work
GROUP BY work.queue_id, work.kind
ORDER BY work.queue_id, work.kind
