-- Finds what is to be erased with a record.
CREATE INDEX manual_activity_record_idx ON manual_activity (organization_id, record_id);
