-- The oldest first, and a limited number, so that no purge holds many locks for long. The instant
-- of the last one to remove is found once: an IN would be a join, whose inner side Postgres may run
-- again for each row. All requests of that instant are removed.
DELETE FROM request
WHERE organization_id = $1
  AND create_time < $2
  AND create_time <= (
    SELECT max(old.create_time)
    FROM (
      SELECT request.create_time
      FROM request
      WHERE request.organization_id = $1 AND request.create_time < $2
      ORDER BY request.create_time
      LIMIT $3
    ) AS old
  )
