-- The places that sellers have in sequences with a throttle, and the lines of those who wait for
-- one. A place that was freed stays as long as it counts for the day on which it was taken.
CREATE TABLE sequence_place (
  organization_id uuid NOT NULL,
  sequence_id uuid NOT NULL,
  -- The queue of the seller, or that of records without an owner.
  queue_id uuid NOT NULL,
  enrollment_id uuid NOT NULL,
  -- NULL while it waits in line.
  begin_time timestamptz,
  -- When it ended, or left the line.
  end_time timestamptz,
  CONSTRAINT sequence_place_pkey PRIMARY KEY (organization_id, sequence_id, queue_id, enrollment_id)
);
