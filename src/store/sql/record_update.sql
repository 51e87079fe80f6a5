-- `closed` always follows from the outcome, so the two can't disagree.
UPDATE record SET attributes = item.attributes, owner_id = item.owner_id,
  closed = item.close_outcome IS NOT NULL, close_outcome = item.close_outcome,
  close_time = item.close_time, source_version = item.source_version, version = item.version,
  update_time = item.update_time
-- Each item has the organization. If it were compared with a constant, Postgres could compare all
-- rows of an organization that it hasn't counted yet with each item.
FROM unnest(array_fill($1::uuid, ARRAY[cardinality($2::uuid[])]), $2::uuid[], $3::jsonb[], $4::uuid[],
  $5::text[], $6::timestamptz[], $7::bigint[], $8::bigint[], $9::timestamptz[])
  AS item (organization_id, id, attributes, owner_id, close_outcome, close_time, source_version, version,
    update_time)
WHERE record.organization_id = item.organization_id AND record.id = item.id
  AND one_shard(item.organization_id, $1)
RETURNING record.id
