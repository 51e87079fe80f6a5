-- The latest pass of each record through its sequence. Pairs without any pass are left out. LATERAL
-- with LIMIT 1 reads only the latest pass, not all of them.
SELECT item.sequence_id, item.record_id, latest.pass_number, latest.end_time, latest.id
FROM unnest($2::uuid[], $3::uuid[]) AS item (sequence_id, record_id)
CROSS JOIN LATERAL (
  SELECT enrollment.pass_number, enrollment.end_time, enrollment.id
  FROM enrollment
  WHERE enrollment.organization_id = $1
    AND enrollment.sequence_id = item.sequence_id
    AND enrollment.record_id = item.record_id
  ORDER BY enrollment.pass_number DESC
  LIMIT 1
) AS latest
ORDER BY item.sequence_id, item.record_id
