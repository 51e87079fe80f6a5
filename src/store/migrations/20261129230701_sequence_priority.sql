-- The priority of activities whose records say none, in points.
ALTER TABLE sequence ADD COLUMN priority integer NOT NULL DEFAULT 0;
