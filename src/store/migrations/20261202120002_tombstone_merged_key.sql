-- Finds the names of merged records, for events about them.
CREATE INDEX tombstone_merged_key_idx
  ON tombstone (organization_id, merged_key) WHERE merged_key IS NOT NULL;
