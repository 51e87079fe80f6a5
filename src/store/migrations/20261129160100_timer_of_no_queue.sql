-- Null for a timer that makes nothing due, which counts for no queue's next due time: the end of a
-- lease.
ALTER TABLE timer ALTER COLUMN queue_id DROP NOT NULL;
