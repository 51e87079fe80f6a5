-- What is stored about earlier requests. Runs after request_begin, in a newer snapshot, which
-- contains the twins that request_begin waited for.
SELECT request.organization_id, request.principal_id, request.method, request.request_id,
  request.fingerprint, request.decided
FROM unnest($1::uuid[], $2::uuid[], $3::text[], $4::uuid[])
  AS item (organization_id, principal_id, method, request_id)
JOIN request ON request.organization_id = item.organization_id
  AND request.principal_id = item.principal_id
  AND request.method = item.method
  AND request.request_id = item.request_id
WHERE one_shard(item.organization_id, $1[1])
ORDER BY request.organization_id, request.request_id
