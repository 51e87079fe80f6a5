-- Finds what was merged into a record.
CREATE INDEX tombstone_survivor_idx
  ON tombstone (organization_id, survivor_id) WHERE survivor_id IS NOT NULL;
