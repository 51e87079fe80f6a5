-- An operation can act on all enrollments or records that match a condition: what it does, as the
-- domain's Bulk.
ALTER TABLE operation ADD COLUMN bulk jsonb;
