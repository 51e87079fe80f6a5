-- When a timer skips it, unless somebody touches it before. Null: never.
ALTER TABLE activity ADD COLUMN auto_skip_time timestamptz;
