-- An email that a worker can't send becomes one for the record's owner, and shows why. Not indexed,
-- so that the change is a HOT update.
ALTER TABLE activity
  ADD COLUMN manual_reason smallint,
  ADD COLUMN manual_detail text,
  ADD CONSTRAINT activity_manual_check CHECK (num_nulls(manual_reason, manual_detail) IN (0, 2));
