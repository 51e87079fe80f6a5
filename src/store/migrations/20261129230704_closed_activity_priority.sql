-- As it was when the activity was closed.
ALTER TABLE closed_activity ADD COLUMN priority integer NOT NULL DEFAULT 0;
