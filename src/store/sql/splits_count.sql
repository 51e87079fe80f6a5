-- The enrollments that took each variant of splits by chance, and those of them that reached the
-- split's goal after that. An enrollment that came there again always took the same variant, and
-- counts from the first time. Reads the history of all enrollments of the sequences.
WITH asked AS MATERIALIZED (
  SELECT item.*
  FROM unnest($2::uuid[], $3::text[], $4::text[], $5::text[], $6::boolean[])
    AS item (sequence_id, step_id, engagement, exit_reason, won)
), entered AS MATERIALIZED (
  SELECT DISTINCT ON (enrollment.id, asked.step_id) asked.*, enrollment.id AS enrollment_id,
    enrollment.record_id, told.id AS told_id, told.at, told.detail ->> 'outcome' AS variant_id
  FROM asked
  JOIN enrollment ON enrollment.organization_id = $1 AND enrollment.sequence_id = asked.sequence_id
  JOIN history AS told ON told.organization_id = enrollment.organization_id
    AND told.subject_id = enrollment.id AND told.kind = {split_decided}
    AND told.detail ->> 'why' = '{chance}'
  JOIN sequence_revision AS revised ON revised.organization_id = enrollment.organization_id
    AND revised.sequence_id = enrollment.sequence_id
    -- Before it moved to its revision, it was on the one that the next move tells.
    AND revised.revision = coalesce((
      SELECT (move.detail ->> 'revision')::integer
      FROM history AS move
      WHERE move.organization_id = told.organization_id
        AND one_shard(move.organization_id, $1) AND move.subject_id = told.subject_id
        AND move.kind = {migrated} AND move.id > told.id
      ORDER BY move.id
      LIMIT 1), enrollment.revision)
  -- Arrays in Postgres count from 1, but nodes from 0.
  WHERE revised.step_ids[(told.detail ->> 'node')::integer + 1] = asked.step_id
  ORDER BY enrollment.id, asked.step_id, told.id
)
SELECT sequence_id, step_id, variant_id, count(*), count(*) FILTER (WHERE
  EXISTS (
    SELECT FROM history AS later
    WHERE later.organization_id = $1 AND later.subject_id = entered.enrollment_id
      AND later.id > entered.told_id
      AND (later.kind = {heard} AND later.detail ->> 'engagement' = entered.engagement
          AND NOT later.detail ? 'by_machine'
          AND (later.detail ->> 'engagement_time')::timestamptz >= entered.at
        OR later.kind = {exited} AND later.detail ->> 'outcome' = entered.exit_reason))
  OR entered.won AND EXISTS (
    SELECT FROM record
    WHERE record.organization_id = $1 AND record.id = entered.record_id
      AND record.close_outcome IN ({won}) AND record.close_time >= entered.at))
FROM entered
GROUP BY sequence_id, step_id, variant_id
ORDER BY sequence_id, step_id, variant_id
