-- Locks and reads in one statement. This is safe because it reads only the locked table: Postgres
-- returns a row that it waited for in its newest version. Its key never changes.
--
-- The order keeps batches from deadlocking. It is one of texts, which no index has: for an index in
-- the right order, Postgres would read all records of the organization. It would do so for a join
-- with the names, too: before it has counted an organization's records, it expects only a few.
-- LATERAL with LIMIT 1 looks up one name after the other.
SELECT record.organization_id, record.id, record.record_type_id, record.record_id,
  record.attributes, record.owner_id, record.close_outcome, record.source_version, record.version,
  record.create_time, record.update_time, record.close_time, record.unsubscribe_time
FROM record
WHERE record.organization_id = $1 AND record.id = ANY (ARRAY(
  SELECT found.id
  FROM unnest($2::uuid[], $3::text[]) AS item (record_type_id, record_id)
  CROSS JOIN LATERAL (
    SELECT named.id
    FROM record AS named
    WHERE named.organization_id = $1
      AND named.record_type_id = item.record_type_id
      AND named.record_id = item.record_id
    LIMIT 1
  ) AS found
))
ORDER BY record.id::text COLLATE "C"
FOR NO KEY UPDATE OF record
