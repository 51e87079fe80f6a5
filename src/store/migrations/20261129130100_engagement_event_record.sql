-- Finds the events of a record by their own time.
CREATE INDEX engagement_event_record_idx ON engagement_event (organization_id, record_id, event_time);
