-- Sequences have owners, and tags under which people find them.
ALTER TABLE sequence
  -- The seller whose sequence it is.
  ADD COLUMN owner_id uuid,
  -- Paths of up to four names, like EMEA/Outbound.
  ADD COLUMN tags text[] NOT NULL DEFAULT '{}';
