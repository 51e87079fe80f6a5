-- Each attribute has one value. Must be the last index of the table: while it is empty, Postgres
-- chooses the newest one, and most statements name the record.
ALTER TABLE record_value
  ADD CONSTRAINT record_value_pkey PRIMARY KEY (organization_id, record_id, attribute);
