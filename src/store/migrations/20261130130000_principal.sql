-- Subjects of tokens who have called. Their keys stand where those of API keys stand otherwise.
CREATE TABLE principal (
  organization_id uuid NOT NULL,
  -- A hash of the other three, so that nobody has to look for it.
  id uuid NOT NULL,
  issuer text NOT NULL,
  subject text NOT NULL,
  create_time timestamptz NOT NULL,
  CONSTRAINT principal_pkey PRIMARY KEY (organization_id, id)
);
