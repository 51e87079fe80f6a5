-- Records by name. The order of keys keeps batches from deadlocking when a lock clause follows. It
-- is an order of texts, which no index has: for an index in the right order, Postgres would read
-- all records of the type.
SELECT record.organization_id, record_type.record_type_id, record.record_id, record.id, record.owner_id
FROM unnest($1::uuid[], $2::text[], $3::text[]) AS item (organization_id, record_type_id, record_id)
JOIN record_type ON record_type.organization_id = item.organization_id AND record_type.record_type_id = item.record_type_id
JOIN record ON record.organization_id = record_type.organization_id AND record.record_type_id = record_type.id
  AND record.record_id = item.record_id
WHERE one_shard(item.organization_id, $1[1])
ORDER BY record.organization_id::text COLLATE "C", record.id::text COLLATE "C"
