-- Only requests that this transaction began: nobody else has seen them.
DELETE FROM request
USING unnest($1::uuid[], $2::uuid[], $3::text[], $4::uuid[])
  AS item (organization_id, principal_id, method, request_id)
WHERE request.organization_id = item.organization_id
  AND request.principal_id = item.principal_id
  AND request.method = item.method
  AND request.request_id = item.request_id
  AND one_shard(item.organization_id, $1[1])
