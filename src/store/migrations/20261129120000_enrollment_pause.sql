-- An enrollment can be paused: since when, and until when, if it is resumed by itself. Its wait keeps
-- its planned end meanwhile, and has no timer.
ALTER TABLE enrollment
  ADD COLUMN pause_time timestamptz,
  ADD COLUMN pause_end_time timestamptz,
  DROP CONSTRAINT enrollment_position_check,
  -- PENDING waits for its start. ACTIVE either waits or has an activity. PAUSED has what the pause
  -- interrupted. COMPLETED and EXITED have only an end time.
  ADD CONSTRAINT enrollment_position_check CHECK (CASE
    WHEN state = 1 THEN num_nonnulls(activity_id, pause_time, end_time) = 0 AND waiting_until IS NOT NULL
    WHEN state IN (2, 3) THEN num_nonnulls(waiting_until, activity_id) = 1 AND end_time IS NULL
      AND (state = 3) = (pause_time IS NOT NULL)
    WHEN state IN (4, 5) THEN num_nonnulls(waiting_until, activity_id, pause_time) = 0 AND end_time IS NOT NULL
    ELSE false END) NOT VALID,
  ADD CONSTRAINT enrollment_pause_end_check CHECK (pause_end_time IS NULL OR pause_time IS NOT NULL) NOT VALID;
