-- The oldest first, and a limited number, so that no purge holds many locks for long.
DELETE FROM request
WHERE organization_id = $1
  AND (principal_id, method, request_id) IN (
    SELECT old.principal_id, old.method, old.request_id
    FROM request AS old
    WHERE old.organization_id = $1 AND old.create_time < $2
    ORDER BY old.create_time, old.request_id
    LIMIT $3
  )
