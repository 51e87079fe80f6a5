-- Enrollments with their open activity and the facts that decisions need.
SELECT {columns}, record.record_id AS record_chosen_id, record_type.record_type_id AS record_type_chosen_id,
  {facts}
FROM unnest($1::uuid[], $2::uuid[]) AS item (organization_id, id)
JOIN enrollment ON enrollment.organization_id = item.organization_id AND enrollment.id = item.id
LEFT JOIN activity
  ON activity.organization_id = enrollment.organization_id AND activity.id = enrollment.activity_id
LEFT JOIN record
  ON record.organization_id = enrollment.organization_id AND record.id = enrollment.record_id
{tables}
WHERE one_shard(item.organization_id, $1[1])
ORDER BY enrollment.organization_id, enrollment.id
