-- A deactivation can pause or exit all enrollments of a sequence. Every decision about one of them
-- looks at the last such halt, until an operation has written it to the enrollment.
ALTER TABLE sequence
  -- Counts the halts. 0 before the first.
  ADD COLUMN halt_number integer NOT NULL DEFAULT 0,
  -- Of the last halt: either since when enrollments are paused, and when they were resumed, or when
  -- they ended.
  ADD COLUMN pause_time timestamptz,
  ADD COLUMN resume_time timestamptz,
  ADD COLUMN exit_time timestamptz,
  ADD CONSTRAINT sequence_halt_check CHECK (num_nonnulls(pause_time, exit_time) = least(halt_number, 1)
    AND (resume_time IS NULL OR pause_time IS NOT NULL));
