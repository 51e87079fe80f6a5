-- A paused enrollment's activity is paused, too. If it was snoozed, it keeps the end of the snooze.
ALTER TABLE activity
  DROP CONSTRAINT activity_state_check,
  ADD CONSTRAINT activity_state_check CHECK (CASE state
    WHEN 1 THEN snooze_until IS NULL
    WHEN 2 THEN snooze_until IS NOT NULL
    ELSE state = 6 END) NOT VALID;
