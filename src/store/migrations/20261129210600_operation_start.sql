-- When an operation may begin. Null: at once.
ALTER TABLE operation ADD COLUMN start_time timestamptz;
