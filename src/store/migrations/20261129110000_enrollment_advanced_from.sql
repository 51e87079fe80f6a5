-- The enrollment that advanced into this one. Null if something else started it.
ALTER TABLE enrollment ADD COLUMN advanced_from_id uuid;
