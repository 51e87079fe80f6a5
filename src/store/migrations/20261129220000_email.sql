-- Automated emails that were begun: what is known of each, so that none is sent twice.
CREATE TABLE email (
  organization_id uuid NOT NULL,
  -- An activity is one email.
  activity_id uuid NOT NULL,
  enrollment_id uuid NOT NULL,
  -- The domain's SendingState.
  state smallint NOT NULL CONSTRAINT email_state_check CHECK (state BETWEEN 1 AND 5),
  -- The lease under which it was begun last.
  lease_id uuid NOT NULL,
  attempts integer NOT NULL CONSTRAINT email_attempts_check CHECK (attempts > 0),
  -- The day for which it counts, in the zone of its organization.
  day date NOT NULL,
  -- The seller for whom it counts. Null if its record had no owner.
  seller_id uuid,
  begin_time timestamptz NOT NULL,
  CONSTRAINT email_pkey PRIMARY KEY (organization_id, activity_id)
);
