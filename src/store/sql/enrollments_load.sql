-- Comes after the columns of the enrollment and its open activity: the record's owner, queue and
-- name, and the epoch of the organization's definitions. Records without an owner use the queue of
-- the unassigned team. Records whose type declares no name, or that have none, use their id.
  record.owner_id, COALESCE(record.owner_id, team.id) AS queue_id,
  COALESCE(NULLIF(record.attributes ->> NULLIF(record_type.display_name_attribute, ''), ''),
    record.record_id) AS display_name,
  organization.definition_epoch
FROM unnest($1::uuid[], $2::uuid[]) AS item (organization_id, id)
JOIN enrollment ON enrollment.organization_id = item.organization_id AND enrollment.id = item.id
LEFT JOIN activity
  ON activity.organization_id = enrollment.organization_id AND activity.id = enrollment.activity_id
LEFT JOIN record
  ON record.organization_id = enrollment.organization_id AND record.id = enrollment.record_id
LEFT JOIN record_type
  ON record_type.organization_id = record.organization_id AND record_type.id = record.record_type_id
JOIN organization ON organization.organization_id = enrollment.organization_id
LEFT JOIN team ON team.organization_id = enrollment.organization_id AND team.team_id = 'unassigned'
ORDER BY enrollment.organization_id, enrollment.id
