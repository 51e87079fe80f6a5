-- Locks and reads in one statement. This is safe because it reads only the locked table: Postgres
-- returns a row that it waited for in its newest version.
--
-- The order keeps batches from deadlocking. It is one of texts, which no index has: for an index in
-- the right order, Postgres would read all records of the organization.
SELECT record.organization_id, record.id, record.record_type_id, record.record_id,
  record.attributes, record.owner_id, record.close_outcome, record.source_version, record.version,
  record.create_time, record.update_time, record.close_time
FROM unnest($2::uuid[], $3::text[]) AS item (record_type_id, record_id)
JOIN record ON record.record_type_id = item.record_type_id AND record.record_id = item.record_id
WHERE record.organization_id = $1
ORDER BY record.id::text COLLATE "C"
FOR NO KEY UPDATE OF record
