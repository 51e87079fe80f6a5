record.owner_id,
  -- A queue has the key of its seller or team. Records without an owner go to the team.
  COALESCE(record.owner_id, team.id) AS queue_id,
  -- An attribute that is not declared, missing or empty gives no name: show the id instead.
  COALESCE(NULLIF(record.attributes ->> NULLIF(record_type.display_name_attribute, ''), ''),
    record.record_id) AS display_name,
  organization.definition_epoch