-- Up to the instant of the last one that is to go, which is found once. An IN would be a join, whose
-- inner side Postgres may run again for each row. Requests of that same instant go, too.
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
