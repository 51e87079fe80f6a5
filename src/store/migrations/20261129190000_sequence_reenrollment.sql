-- When a record may begin the sequence again: the domain's Reenrollment, without its defaults.
ALTER TABLE sequence ADD COLUMN reenrollment jsonb NOT NULL DEFAULT '{}';
