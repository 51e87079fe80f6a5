-- Locks in the order of keys first, so that transactions with the same queues wait for each other
-- instead of deadlocking. An UPDATE alone could lock in any order.
WITH locked AS MATERIALIZED (
  SELECT queue.organization_id, queue.id, item.stamp, item.due, item.snoozed
  FROM unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::bigint[], $5::bigint[])
    AS item (organization_id, id, stamp, due, snoozed)
  JOIN queue ON queue.organization_id = item.organization_id AND queue.id = item.id
  -- Nothing is put into the queue of a deleted seller or team.
  WHERE NOT queue.closed AND one_shard(item.organization_id, $1[1])
  ORDER BY queue.organization_id, queue.id
  FOR NO KEY UPDATE OF queue
)
-- Counts change by deltas: counting again would read all activities of the queue.
UPDATE queue SET revision = queue.revision + 1, stamp = locked.stamp,
  due_count = queue.due_count + locked.due, snoozed_count = queue.snoozed_count + locked.snoozed
FROM locked
WHERE queue.organization_id = locked.organization_id
  AND queue.id = locked.id
  AND one_shard(queue.organization_id, $1[1])
RETURNING queue.organization_id, queue.id
