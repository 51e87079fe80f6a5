-- How far the history of each organization that doesn't keep it for ever is forgotten. A loop moves
-- it day by day, and holds the row while it deletes.
CREATE TABLE history_horizon (
  organization_id uuid NOT NULL,
  -- Timelines that ended before are gone, or about to go.
  at timestamptz NOT NULL,
  -- Those that ended before are gone.
  done timestamptz NOT NULL,
  CONSTRAINT history_horizon_pkey PRIMARY KEY (organization_id),
  CONSTRAINT history_horizon_done_check CHECK (done <= at)
);
