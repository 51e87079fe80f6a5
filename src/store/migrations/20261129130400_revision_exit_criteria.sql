-- The exit criteria of a sequence as an activation froze them.
ALTER TABLE sequence_revision ADD COLUMN exit_criteria jsonb NOT NULL DEFAULT '{}';
