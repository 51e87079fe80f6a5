-- Who does the activities of a sequence, as an activation froze it.
ALTER TABLE sequence_revision ADD COLUMN assign_to jsonb NOT NULL DEFAULT '"record_owner"';
