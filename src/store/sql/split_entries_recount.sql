-- Makes the entries of one organization those that its history tells, as far as it is kept. Writes
-- only what differs, and returns how many rows that were.
WITH wanted AS MATERIALIZED (
  SELECT told.sequence_id, told.enrollment_id, told.step_id, told.variant_id, told.at,
    (told.reached | CASE
      -- Of a deleted record, only the entry knows.
      WHEN record.id IS NULL THEN coalesce(entry.reached, 0) & {won}
      WHEN {is_won} THEN {won}
      ELSE 0 END)::smallint AS reached
  FROM ({told}) AS told
  JOIN enrollment ON enrollment.organization_id = $1 AND enrollment.id = told.enrollment_id
  LEFT JOIN record ON record.organization_id = $1 AND record.id = enrollment.record_id
  LEFT JOIN split_entry AS entry ON entry.organization_id = $1 AND entry.enrollment_id = told.enrollment_id
    AND entry.step_id = told.step_id
), gone AS (
  DELETE FROM split_entry USING enrollment
  WHERE split_entry.organization_id = $1 AND enrollment.organization_id = $1 AND enrollment.id = split_entry.enrollment_id
    -- What is forgotten, only the entry knows.
    AND ($2::timestamptz IS NULL OR enrollment.end_time IS NULL OR enrollment.end_time >= $2)
    AND NOT EXISTS (
      SELECT FROM wanted WHERE wanted.enrollment_id = split_entry.enrollment_id AND wanted.step_id = split_entry.step_id)
  RETURNING 1
), changed AS (
  UPDATE split_entry SET sequence_id = wanted.sequence_id, variant_id = wanted.variant_id, at = wanted.at, reached = wanted.reached
  FROM wanted
  WHERE split_entry.organization_id = $1 AND split_entry.enrollment_id = wanted.enrollment_id AND split_entry.step_id = wanted.step_id
    AND (split_entry.sequence_id, split_entry.variant_id, split_entry.at, split_entry.reached)
      IS DISTINCT FROM (wanted.sequence_id, wanted.variant_id, wanted.at, wanted.reached)
  RETURNING 1
), missing AS (
  INSERT INTO split_entry (organization_id, enrollment_id, step_id, sequence_id, variant_id, at, reached)
  SELECT $1, wanted.enrollment_id, wanted.step_id, wanted.sequence_id, wanted.variant_id, wanted.at, wanted.reached
  FROM wanted
  -- So that all is read before the first row is written, and a growing table isn't read again.
  ORDER BY wanted.enrollment_id, wanted.step_id
  ON CONFLICT DO NOTHING
  RETURNING 1
)
SELECT (SELECT count(*) FROM gone) + (SELECT count(*) FROM changed) + (SELECT count(*) FROM missing)
