-- Records with the segment that they are in and the facts that decisions need. To route them, lock
-- them first.
SELECT record.id, record.record_type_id, record.closed, membership.segment_id, membership.join_time,
  membership.lapse_time,
  COALESCE(segment.on_leave = 'EXIT_ENROLLMENT', false) AS exits_on_leave,
  {facts}
FROM (SELECT $1::uuid AS organization_id) AS item
JOIN record ON record.organization_id = item.organization_id
{tables}
LEFT JOIN membership
  ON membership.organization_id = record.organization_id AND membership.record_id = record.id
LEFT JOIN segment
  ON segment.organization_id = membership.organization_id AND segment.id = membership.segment_id
WHERE record.organization_id = $1 AND record.id = ANY ($2)
ORDER BY record.id
