-- `closed` always follows from the outcome, so the two can't disagree.
UPDATE record SET attributes = item.attributes, owner_id = item.owner_id,
  closed = item.close_outcome IS NOT NULL, close_outcome = item.close_outcome,
  close_time = item.close_time, source_version = item.source_version, version = item.version,
  update_time = item.update_time
FROM unnest($2::uuid[], $3::jsonb[], $4::uuid[], $5::text[], $6::timestamptz[], $7::bigint[],
  $8::bigint[], $9::timestamptz[])
  AS item (id, attributes, owner_id, close_outcome, close_time, source_version, version,
    update_time)
WHERE record.organization_id = $1 AND record.id = item.id
RETURNING record.id
