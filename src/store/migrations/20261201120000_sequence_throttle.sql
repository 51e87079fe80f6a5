-- How many enrollments of the sequence a seller gets. `{}`: any number.
ALTER TABLE sequence ADD COLUMN throttle jsonb NOT NULL DEFAULT '{}';
