-- Counts the variants of a split without reading the table. What is counted is part of the key:
-- keys that are the same share one entry of the index.
CREATE INDEX split_entry_counted_idx ON split_entry (organization_id, sequence_id, step_id, variant_id, reached);
