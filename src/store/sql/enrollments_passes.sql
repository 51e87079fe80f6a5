SELECT COALESCE(latest.pass, 0)
FROM unnest($1::uuid[], $2::uuid[], $3::uuid[]) WITH ORDINALITY AS item (organization_id, sequence_id, record_id, place)
LEFT JOIN LATERAL (
  SELECT enrollment.pass
  FROM enrollment
  WHERE enrollment.organization_id = item.organization_id
    AND enrollment.organization_id = ANY ($1)
    AND enrollment.sequence_id = item.sequence_id
    AND enrollment.record_id = item.record_id
  ORDER BY enrollment.pass DESC
  LIMIT 1
) AS latest ON true
ORDER BY item.place
