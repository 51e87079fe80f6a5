-- Locks and reads in one statement. This is safe because it reads only the locked table: Postgres
-- returns a row that it waited for in its newest version.
--
-- The order keeps batches from deadlocking. It is one of texts, which no index has: for an index in
-- the right order, Postgres would read all records of the organization. It would do so, too, if the
-- organization were compared with a constant: before it has counted them, it expects only a few.
SELECT record.organization_id, record.id, record.record_type_id, record.record_id,
  record.attributes, record.owner_id, record.close_outcome, record.source_version, record.version,
  record.create_time, record.update_time, record.close_time
FROM unnest(array_fill($1::uuid, ARRAY[cardinality($2::uuid[])]), $2::uuid[], $3::text[])
  AS item (organization_id, record_type_id, record_id)
JOIN record ON record.organization_id = item.organization_id
  AND record.record_type_id = item.record_type_id AND record.record_id = item.record_id
ORDER BY record.id::text COLLATE "C"
FOR NO KEY UPDATE OF record
