-- Only requests that this transaction began: their rows are locked already.
UPDATE request SET decided = item.decided
FROM unnest($1::uuid[], $2::uuid[], $3::text[], $4::uuid[], $5::jsonb[])
  AS item (organization_id, principal_id, method, request_id, decided)
WHERE request.organization_id = item.organization_id
  AND request.principal_id = item.principal_id
  AND request.method = item.method
  AND request.request_id = item.request_id
  AND one_shard(item.organization_id, $1[1])
