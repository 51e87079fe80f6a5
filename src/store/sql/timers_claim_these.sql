-- Like timers_claim, but for given timers: a batch that failed is run again in halves.
SELECT timer.due_at, timer.kind, timer.subject_id, timer.enrollment_id
-- Each item has the organization. If it were compared with a constant, Postgres could compare all
-- rows of an organization that it hasn't counted yet with each item.
FROM unnest(array_fill($1::uuid, ARRAY[cardinality($4::uuid[])]), $2::timestamptz[], $3::smallint[],
  $4::uuid[]) AS item (organization_id, due_at, kind, subject_id)
JOIN timer ON timer.organization_id = item.organization_id AND timer.due_at = item.due_at
  AND timer.kind = item.kind AND timer.subject_id = item.subject_id
JOIN enrollment ON enrollment.organization_id = timer.organization_id
  AND enrollment.id = timer.enrollment_id
WHERE one_shard(item.organization_id, $1)
ORDER BY timer.due_at, timer.kind, timer.subject_id
FOR NO KEY UPDATE OF timer, enrollment SKIP LOCKED
