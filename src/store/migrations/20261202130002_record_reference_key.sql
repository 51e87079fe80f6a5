-- Each attribute refers to one record. Must be the last index of the table: while it is empty,
-- Postgres chooses the newest one, and most statements name the record that refers.
ALTER TABLE record_reference
  ADD CONSTRAINT record_reference_pkey PRIMARY KEY (organization_id, record_id, attribute);
