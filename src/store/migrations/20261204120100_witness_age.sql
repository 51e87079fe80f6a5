-- Finds what is forgotten after some minutes, the oldest first.
CREATE INDEX witness_age_idx ON witness (create_time);
