-- An activity that somebody put into another queue stays there until its record has another owner:
-- the queue of the owner at that time. Null for all others.
ALTER TABLE activity ADD COLUMN reassigned_from_queue_id uuid;
