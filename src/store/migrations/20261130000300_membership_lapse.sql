-- Since when a member hasn't matched the condition of its segment. Null: it matched when it was
-- last evaluated.
ALTER TABLE membership ADD COLUMN lapse_time timestamptz;
