-- Records with the segment that they are in. Only call this after locking the records.
SELECT record.id, record.record_type_id, record.owner_id, record.closed, membership.segment_id,
  COALESCE(segment.on_leave = 'EXIT_ENROLLMENT', false) AS exits_on_leave,
  COALESCE(NULLIF(record.attributes ->> NULLIF(record_type.display_name_attribute, ''), ''),
    record.record_id) AS display_name
FROM record
JOIN record_type
  ON record_type.organization_id = record.organization_id AND record_type.id = record.record_type_id
LEFT JOIN membership
  ON membership.organization_id = record.organization_id AND membership.record_id = record.id
LEFT JOIN segment
  ON segment.organization_id = membership.organization_id AND segment.id = membership.segment_id
WHERE record.organization_id = $1 AND record.id = ANY ($2)
ORDER BY record.id
