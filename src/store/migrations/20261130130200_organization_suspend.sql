-- Since when the organization is suspended: its calls are refused, and loops leave its work alone.
ALTER TABLE organization ADD COLUMN suspend_time timestamptz;
