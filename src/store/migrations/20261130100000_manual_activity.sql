-- The texts of activities that somebody made by hand: each is a program of one step. Rows never
-- change, except that deleting the record erases their words.
CREATE TABLE manual_activity (
  organization_id uuid NOT NULL,
  -- What the enrollment of the activity has in place of a sequence.
  sequence_id uuid NOT NULL,
  revision integer NOT NULL CONSTRAINT manual_activity_revision_check CHECK (revision > 0),
  record_id uuid NOT NULL,
  record_type_id uuid NOT NULL,
  -- The domain's Definition, with one step.
  definition jsonb NOT NULL,
  create_time timestamptz NOT NULL,
  CONSTRAINT manual_activity_pkey PRIMARY KEY (organization_id, sequence_id, revision)
);
