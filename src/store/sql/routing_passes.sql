-- Each record's latest pass through the sequence that it is asked about with; those without any are left out.
SELECT DISTINCT ON (enrollment.sequence_id, enrollment.record_id)
  enrollment.sequence_id, enrollment.record_id, enrollment.pass, enrollment.end_time IS NULL
FROM unnest($2::uuid[], $3::uuid[]) AS item (sequence_id, record_id)
JOIN enrollment ON enrollment.sequence_id = item.sequence_id AND enrollment.record_id = item.record_id
WHERE enrollment.organization_id = $1
ORDER BY enrollment.sequence_id, enrollment.record_id, enrollment.pass DESC
