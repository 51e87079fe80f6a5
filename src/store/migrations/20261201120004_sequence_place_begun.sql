-- The places that are taken, or count for the day on which they were. A line has few of them,
-- however many wait.
CREATE INDEX sequence_place_begun_idx ON sequence_place (organization_id, sequence_id, queue_id) WHERE begin_time IS NOT NULL;
