record.owner_id, COALESCE(record.owner_id, team.id) AS queue_id,
  COALESCE(NULLIF(record.attributes ->> NULLIF(record_type.display_name_attribute, ''), ''),
    record.record_id) AS display_name,
  organization.definition_epoch