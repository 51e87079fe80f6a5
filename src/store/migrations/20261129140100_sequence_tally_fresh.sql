-- Finds the rows to merge.
CREATE INDEX sequence_tally_fresh_idx ON sequence_tally (organization_id, id) WHERE NOT merged;
