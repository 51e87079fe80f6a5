-- What couldn't be processed is tried again: how often it failed, when the next attempt is, and what
-- exactly to try.
ALTER TABLE set_aside
  ADD COLUMN attempts integer NOT NULL DEFAULT 1,
  -- Null for items of earlier releases, which are tried again at once.
  ADD COLUMN retry_time timestamptz,
  -- True while attempts follow each other quickly. False once it failed again and again while others
  -- succeeded.
  ADD COLUMN retrying boolean NOT NULL DEFAULT false,
  -- The rest of the timer's key.
  ADD COLUMN due_at timestamptz,
  ADD COLUMN timer_kind smallint,
  -- The operation that processed the record.
  ADD COLUMN operation_id uuid;
