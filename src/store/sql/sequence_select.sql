SELECT sequence.organization_id, sequence.id, sequence.sequence_id, sequence.record_type_id,
  sequence.display_name, sequence.description, sequence.definition, sequence.state,
  sequence.revision, sequence.split_winners, sequence.exit_criteria, sequence.working_hours_only,
  sequence.priority, sequence.assign_to,
  sequence.version, sequence.create_time, sequence.update_time, sequence.delete_time,
  sequence.owner_id, sequence.tags, sequence.reenrollment, sequence.throttle, sequence.halt_number, sequence.pause_time,
  sequence.resume_time, sequence.exit_time, owner.seller_id AS owner,
  record_type.record_type_id AS record_type,
  -- jsonb ignores the order of keys. Without a revision, the draft counts as changed.
  (sequence.definition, sequence.exit_criteria, sequence.working_hours_only, sequence.priority, sequence.assign_to)
    IS DISTINCT FROM (sequence_revision.definition, sequence_revision.exit_criteria,
      sequence_revision.working_hours_only, sequence_revision.priority, sequence_revision.assign_to) AS draft_changed,
  ARRAY (
    SELECT segment.segment_id
    FROM segment
    WHERE segment.organization_id = $1
      AND segment.connected_sequence_id = sequence.id
    ORDER BY segment.segment_id
    -- Keeps the answer below the size limits of clients. A list of segments returns all of them.
    LIMIT 1000
  ) AS connected_segments,
  (
    SELECT count(*)
    FROM enrollment
    WHERE enrollment.organization_id = $1
      AND enrollment.sequence_id = sequence.id AND enrollment.end_time IS NULL
  ) AS open_enrollments
FROM sequence
JOIN record_type
  ON record_type.organization_id = sequence.organization_id
  AND record_type.id = sequence.record_type_id
LEFT JOIN seller AS owner
  ON owner.organization_id = sequence.organization_id AND owner.id = sequence.owner_id
LEFT JOIN sequence_revision ON sequence_revision.organization_id = sequence.organization_id
  AND sequence_revision.sequence_id = sequence.id
  AND sequence_revision.revision = sequence.revision
WHERE sequence.organization_id =
