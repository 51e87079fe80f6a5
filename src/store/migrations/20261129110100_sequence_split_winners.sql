-- The variants that were chosen as winners, by the ids of the splits' steps.
ALTER TABLE sequence ADD COLUMN split_winners jsonb NOT NULL DEFAULT '{}';
