-- Locks in the order of keys, so that batches with the same enrollments wait for each other instead
-- of deadlocking.
SELECT enrollment.organization_id, enrollment.id
FROM unnest($1::uuid[], $2::uuid[]) AS item (organization_id, id)
JOIN enrollment ON enrollment.organization_id = item.organization_id AND enrollment.id = item.id
WHERE one_shard(item.organization_id, $1[1])
ORDER BY enrollment.organization_id, enrollment.id
FOR NO KEY UPDATE OF enrollment
