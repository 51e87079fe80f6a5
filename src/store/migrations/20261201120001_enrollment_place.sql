-- The queue of the seller whose place in the sequence it takes, or waits for. NULL: it needs none.
ALTER TABLE enrollment ADD COLUMN place_queue_id uuid;
