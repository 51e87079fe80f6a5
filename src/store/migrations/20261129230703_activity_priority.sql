-- How many hours its rank is before its due time. Fixed when the activity is created.
ALTER TABLE activity ADD COLUMN priority integer NOT NULL DEFAULT 0;
