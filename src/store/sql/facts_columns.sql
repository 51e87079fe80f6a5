record.owner_id,
  -- A queue has the key of its seller or team. Records without an owner go to the team.
  COALESCE(record.owner_id, team.id) AS queue_id,
  -- An attribute that is not declared, missing or empty gives no name: show the id instead.
  COALESCE(NULLIF(record.attributes ->> NULLIF(record_type.display_name_attribute, ''), ''),
    record.record_id) AS display_name,
  -- What the record says about reaching its person. An empty name is no attribute.
  COALESCE(record.attributes -> record_type.do_not_email_attribute = 'true', false) AS do_not_email,
  COALESCE(record.attributes ->> record_type.email_attribute, '') <> '' AS has_email,
  record.unsubscribe_time IS NOT NULL AS unsubscribed,
  COALESCE(record.attributes -> record_type.do_not_phone_attribute = 'true', false) AS do_not_phone,
  EXISTS (SELECT FROM unnest(record_type.phone_attributes) AS phone (attribute)
    WHERE record.attributes ->> phone.attribute <> '') AS has_phone,
  organization.definition_epoch