-- An open activity is locked through its enrollment. The order prevents deadlocks between batches.
SELECT activity.organization_id, activity.id, activity.enrollment_id
FROM unnest($1::uuid[], $2::uuid[]) AS item (organization_id, id)
JOIN activity ON activity.organization_id = item.organization_id AND activity.id = item.id
JOIN enrollment ON enrollment.organization_id = activity.organization_id
  AND enrollment.id = activity.enrollment_id
WHERE one_shard(item.organization_id, $1[1])
ORDER BY enrollment.organization_id, enrollment.id
FOR NO KEY UPDATE OF enrollment
