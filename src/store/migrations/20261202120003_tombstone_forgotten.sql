-- Finds what is forgotten after 30 days. Merged records are not.
CREATE INDEX tombstone_forgotten_idx ON tombstone (create_time) WHERE survivor_id IS NULL;
