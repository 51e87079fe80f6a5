-- The wait that a pause interrupted, if its end depends on more than its length: what was left of it,
-- and since when. It counts only as long as the enrollment has reached its step at that time.
ALTER TABLE enrollment ADD COLUMN resumed jsonb;
