-- What happened in sequences is counted by day, so that their statistics needn't read history. Each
-- transaction that writes events of enrollments adds rows with its counts. A loop merges them.
CREATE TABLE sequence_tally (
  organization_id uuid NOT NULL,
  sequence_id uuid NOT NULL,
  revision integer NOT NULL,
  -- In UTC.
  day date NOT NULL,
  id uuid NOT NULL,
  -- True for the sum of earlier rows.
  merged boolean NOT NULL,
  -- The domain's Tally.
  tally jsonb NOT NULL,
  CONSTRAINT sequence_tally_pkey PRIMARY KEY (organization_id, sequence_id, revision, day, id)
);
