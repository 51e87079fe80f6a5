DELETE FROM activity
USING unnest($1::uuid[], $2::uuid[]) AS item (organization_id, id)
WHERE activity.organization_id = item.organization_id
  AND activity.id = item.id
