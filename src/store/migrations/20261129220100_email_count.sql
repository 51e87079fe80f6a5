-- How many automated emails count for a day, so that caps are exact.
CREATE TABLE email_count (
  organization_id uuid NOT NULL,
  day date NOT NULL,
  -- The seller, or zero for all of the organization together.
  counted_for uuid NOT NULL,
  emails integer NOT NULL CONSTRAINT email_count_emails_check CHECK (emails >= 0),
  CONSTRAINT email_count_pkey PRIMARY KEY (organization_id, day, counted_for)
);
