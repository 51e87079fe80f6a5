-- Those who wait in line, the oldest first.
CREATE INDEX sequence_place_waiting_idx ON sequence_place (organization_id, sequence_id, queue_id, enrollment_id) WHERE begin_time IS NULL;
