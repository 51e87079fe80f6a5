-- An enrollment fails if a step of it can't be carried out: state 6. It has what that interrupted,
-- like a paused one, until it tries again.
ALTER TABLE enrollment
  DROP CONSTRAINT enrollment_position_check,
  -- PENDING waits for its start. ACTIVE either waits or has an activity. PAUSED and FAILED have
  -- what was interrupted. COMPLETED and EXITED have only an end time.
  ADD CONSTRAINT enrollment_position_check CHECK (CASE
    WHEN state = 1 THEN num_nonnulls(activity_id, pause_time, end_time) = 0 AND waiting_until IS NOT NULL
    WHEN state IN (2, 3, 6) THEN num_nonnulls(waiting_until, activity_id) = 1 AND end_time IS NULL
      AND (state IN (3, 6)) = (pause_time IS NOT NULL)
    WHEN state IN (4, 5) THEN num_nonnulls(waiting_until, activity_id, pause_time) = 0 AND end_time IS NOT NULL
    ELSE false END) NOT VALID;
