-- The enrollments that took variants of splits by chance, and what each reached after that, so that
-- comparing variants needn't read history. The transactions that write it write this, too.
CREATE TABLE split_entry (
  organization_id uuid NOT NULL,
  enrollment_id uuid NOT NULL,
  step_id text COLLATE "C" NOT NULL,
  sequence_id uuid NOT NULL,
  variant_id text COLLATE "C" NOT NULL,
  at timestamptz NOT NULL,
  -- The bits of the domain's Metrics.
  reached smallint NOT NULL,
  CONSTRAINT split_entry_pkey PRIMARY KEY (organization_id, enrollment_id, step_id),
  CONSTRAINT split_entry_reached_check CHECK (reached >= 0)
);
