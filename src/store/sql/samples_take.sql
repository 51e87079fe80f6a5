-- Counts for the operator of the server, so over all organizations. Reads no rows of timers and
-- activities: queues count their activities, and Postgres' statistics estimate the rest.
SELECT
  queues.due,
  queues.snoozed,
  coalesce(statistics.timers, 0) AS timers,
  coalesce(statistics.record_changes, 0) AS record_changes,
  oldest.id AS oldest_change,
  running.operations
FROM (
  SELECT coalesce(sum(queue.due_count), 0)::bigint AS due,
    coalesce(sum(queue.snoozed_count), 0)::bigint AS snoozed
  FROM queue
) AS queues
CROSS JOIN (
  SELECT
    max(n_live_tup) FILTER (WHERE relname = 'timer') AS timers,
    max(n_live_tup) FILTER (WHERE relname = 'record_change') AS record_changes
  FROM pg_stat_user_tables
  WHERE schemaname = current_schema() AND relname IN ('timer', 'record_change')
) AS statistics
CROSS JOIN (
  SELECT count(*) AS operations FROM operation WHERE operation.state = 'RUNNING'
) AS running
LEFT JOIN (
  SELECT head.id
  FROM organization
  CROSS JOIN LATERAL (
    SELECT record_change.id
    FROM record_change
    WHERE record_change.organization_id = organization.organization_id
    ORDER BY record_change.id
    LIMIT 1
  ) AS head
  ORDER BY head.id
  LIMIT 1
) AS oldest ON true
