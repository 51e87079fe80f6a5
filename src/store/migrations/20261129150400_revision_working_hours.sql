-- As the sequence was when the revision was frozen.
ALTER TABLE sequence_revision ADD COLUMN working_hours_only boolean NOT NULL DEFAULT false;
