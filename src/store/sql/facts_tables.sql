LEFT JOIN record_type
  ON record_type.organization_id = record.organization_id AND record_type.id = record.record_type_id
JOIN organization ON organization.organization_id = item.organization_id
LEFT JOIN team ON team.organization_id = item.organization_id AND team.team_id = 'unassigned'
