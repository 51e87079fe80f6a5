INSERT INTO request (organization_id, principal_id, method, request_id, fingerprint, create_time)
SELECT item.organization_id, item.principal_id, item.method, item.request_id, item.fingerprint, $6
FROM unnest($1::uuid[], $2::uuid[], $3::text[], $4::uuid[], $5::bytea[])
  AS item (organization_id, principal_id, method, request_id, fingerprint)
-- Inserts in one order, so that batches with the same requests wait for each other instead of
-- deadlocking.
ORDER BY item.organization_id, item.principal_id, item.method, item.request_id
ON CONFLICT (organization_id, principal_id, method, request_id) DO NOTHING
RETURNING organization_id, principal_id, method, request_id, fingerprint, decided
