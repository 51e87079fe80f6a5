SELECT enrollment.organization_id, enrollment.id
FROM unnest($1::uuid[], $2::uuid[]) AS item (organization_id, id)
JOIN enrollment ON enrollment.organization_id = item.organization_id AND enrollment.id = item.id
ORDER BY enrollment.organization_id, enrollment.id
FOR NO KEY UPDATE OF enrollment
