-- Records and sequences in the order asked, with everything that decides whether the record may
-- start the sequence. The outer joins keep a row for items that don't exist.
SELECT item.organization_id, record.id AS record_id, record.record_type_id, record_type.record_type_id AS record_type_name,
  record.record_id AS record_name, record.closed,
  sequence.id AS sequence_id, sequence.sequence_id AS sequence_name, sequence.record_type_id AS sequence_record_type_id,
  sequence_type.record_type_id AS sequence_record_type_name, sequence.state, sequence.revision, sequence.delete_time, sequence.reenrollment,
  COALESCE(latest.pass_number, 0) AS pass_number, latest.end_time, open.id AS open_enrollment_id,
  {facts}
FROM unnest($1::uuid[], $2::uuid[], $3::uuid[]) WITH ORDINALITY AS item (organization_id, record_id, sequence_id, place)
LEFT JOIN record ON record.organization_id = item.organization_id AND record.id = item.record_id
{tables}
LEFT JOIN sequence ON sequence.organization_id = item.organization_id AND sequence.id = item.sequence_id
LEFT JOIN record_type AS sequence_type ON sequence_type.organization_id = sequence.organization_id
  AND sequence_type.id = sequence.record_type_id
-- Passes count up, so the highest number is the latest. LATERAL with LIMIT 1 reads only that one.
LEFT JOIN LATERAL (
  SELECT enrollment.pass_number, enrollment.end_time
  FROM enrollment
  WHERE enrollment.organization_id = item.organization_id
    AND one_shard(enrollment.organization_id, $1[1])
    AND enrollment.sequence_id = item.sequence_id
    AND enrollment.record_id = item.record_id
  ORDER BY enrollment.pass_number DESC
  LIMIT 1
) AS latest ON true
-- A unique index allows one open enrollment of a record in a sequence, so no row is doubled.
LEFT JOIN enrollment AS open ON open.organization_id = item.organization_id AND open.record_id = item.record_id
  AND open.sequence_id = item.sequence_id AND open.end_time IS NULL
WHERE one_shard(item.organization_id, $1[1])
ORDER BY item.place
