-- As the sequence was when the revision was frozen.
ALTER TABLE sequence_revision ADD COLUMN priority integer NOT NULL DEFAULT 0;
