-- Follows what is published about a record.
CREATE INDEX published_event_record_id_idx
  ON published_event (organization_id, record_id, position) WHERE record_id IS NOT NULL;
