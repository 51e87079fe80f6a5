INSERT INTO record (organization_id, id, record_type_id, record_id, attributes, owner_id, closed,
  source_version, version, create_time, update_time)
SELECT organization.organization_id, item.id, item.record_type_id, item.record_id, item.attributes, item.owner_id, false,
  item.source_version, item.version, item.create_time, item.update_time
FROM organization
CROSS JOIN unnest($2::uuid[], $3::uuid[], $4::text[], $5::jsonb[], $6::uuid[], $7::bigint[],
  $8::bigint[], $9::timestamptz[], $10::timestamptz[], $11::bigint[])
  AS item (id, record_type_id, record_id, attributes, owner_id, source_version,
    version, create_time, update_time, type_version)
-- This and the deletion of a record type or of one of its attributes wait for each other. If the
-- deletion is first, the type no longer exists here, or has another version.
WHERE organization.organization_id = $1 AND EXISTS (
  SELECT FROM record_type
  WHERE record_type.organization_id = $1 AND record_type.id = item.record_type_id
    AND record_type.version = item.type_version
  FOR KEY SHARE
)
-- Inserts in one order, so that batches with the same new records wait for each other instead of
-- deadlocking.
ORDER BY item.record_type_id, item.record_id
ON CONFLICT (organization_id, record_type_id, record_id) DO NOTHING
RETURNING id
