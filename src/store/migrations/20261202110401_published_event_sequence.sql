-- Follows what is published about the enrollments in a sequence.
CREATE INDEX published_event_sequence_id_idx
  ON published_event (organization_id, sequence_id, position) WHERE sequence_id IS NOT NULL;
