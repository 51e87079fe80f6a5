-- What history tells of the enrollments that took variants of splits by chance, and of what they
-- reached after that, apart from won records. An enrollment that came there again always took the
-- same variant, and counts from the first time.
SELECT first.organization_id, first.sequence_id, first.enrollment_id, first.step_id, first.variant_id, first.at,
  coalesce(bit_or(CASE {reached} END), 0)::smallint AS reached
FROM (
  SELECT DISTINCT ON (decided.organization_id, decided.enrollment_id, step_id)
    decided.organization_id, decided.sequence_id, decided.enrollment_id, decided.variant_id, decided.id, decided.at,
    -- Arrays in Postgres count from 1, but nodes from 0.
    revised.step_ids[decided.node + 1] AS step_id
  FROM (
    SELECT history.organization_id, enrollment.sequence_id, history.subject_id AS enrollment_id, history.id, history.at,
      history.kind, (history.detail ->> 'node')::integer AS node, history.detail ->> 'outcome' AS variant_id,
      history.detail ->> 'why' AS why,
      -- Before it moved to its revision, it was on the one that the next move tells.
      coalesce((array_agg((history.detail ->> 'revision')::integer) FILTER (WHERE history.kind = {migrated}) OVER later)[1],
        enrollment.revision) AS revision
    FROM history
    JOIN enrollment ON enrollment.organization_id = history.organization_id AND enrollment.id = history.subject_id
    WHERE history.kind IN ({split_decided}, {migrated}){only history}
    WINDOW later AS (PARTITION BY history.organization_id, history.subject_id ORDER BY history.id
      ROWS BETWEEN 1 FOLLOWING AND UNBOUNDED FOLLOWING)
  ) AS decided
  JOIN sequence_revision AS revised ON revised.organization_id = decided.organization_id
    AND revised.sequence_id = decided.sequence_id AND revised.revision = decided.revision{only revised}
  WHERE decided.kind = {split_decided} AND decided.why = '{chance}'
  ORDER BY decided.organization_id, decided.enrollment_id, step_id, decided.id
) AS first
LEFT JOIN history AS later ON later.organization_id = first.organization_id AND later.subject_id = first.enrollment_id
  AND later.id > first.id AND later.kind IN ({heard}, {exited}){only later}
GROUP BY first.organization_id, first.sequence_id, first.enrollment_id, first.step_id, first.variant_id, first.at
