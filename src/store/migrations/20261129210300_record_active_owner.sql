-- Counts the active records that sellers own, from the index alone.
CREATE INDEX record_active_owner_idx ON record (organization_id, owner_id) WHERE owner_id IS NOT NULL AND NOT closed;
