SELECT sequence.sequence_id
FROM sequence
LEFT JOIN sequence_revision ON sequence_revision.organization_id = sequence.organization_id
  AND sequence_revision.sequence_id = sequence.id
  AND sequence_revision.revision = sequence.revision
WHERE sequence.organization_id = $1
  -- Otherwise a deleted sequence would keep its template forever. If it is undeleted without the
  -- template, it can't be activated.
  AND sequence.delete_time IS NULL
  -- Whatever the step's kind, and however many branches it is inside.
  AND (jsonb_path_exists(sequence.definition, '$.**.kind.*.template ? (@ == $id)', $2)
    OR jsonb_path_exists(sequence_revision.definition, '$.**.kind.*.template ? (@ == $id)', $2))
ORDER BY sequence.sequence_id
