-- Calendars: when people work, so that waits can count working time only.
CREATE TABLE calendar (
  organization_id uuid NOT NULL,
  id uuid NOT NULL,
  calendar_id text COLLATE "C" NOT NULL,
  display_name text NOT NULL,
  -- The domain's Schedule.
  schedule jsonb NOT NULL,
  version bigint NOT NULL,
  create_time timestamptz NOT NULL,
  update_time timestamptz NOT NULL,
  CONSTRAINT calendar_pkey PRIMARY KEY (organization_id, id),
  CONSTRAINT calendar_calendar_id_key UNIQUE (organization_id, calendar_id)
);
