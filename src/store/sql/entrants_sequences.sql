-- Sequences by name. The order of keys keeps batches from deadlocking when a lock clause follows.
SELECT sequence.organization_id, sequence.sequence_id, sequence.id, sequence.throttle <> '{}' AS throttled
FROM unnest($1::uuid[], $2::text[]) AS item (organization_id, sequence_id)
JOIN sequence ON sequence.organization_id = item.organization_id AND sequence.sequence_id = item.sequence_id
WHERE one_shard(item.organization_id, $1[1])
ORDER BY sequence.organization_id, sequence.id
