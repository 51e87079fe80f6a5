-- Who does the activities of steps that don't say it: the domain's Assignee.
ALTER TABLE sequence ADD COLUMN assign_to jsonb NOT NULL DEFAULT '"record_owner"';
