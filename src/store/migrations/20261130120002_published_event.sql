-- The events that other systems read, in the order of their positions, without gaps. What happened
-- is in history.
CREATE TABLE published_event (
  organization_id uuid NOT NULL,
  position bigint NOT NULL CONSTRAINT published_event_position_check CHECK (position > 0),
  id uuid NOT NULL,
  subject_id uuid NOT NULL,
  at timestamptz NOT NULL,
  -- The domain's HistoryKind.
  kind smallint NOT NULL,
  CONSTRAINT published_event_pkey PRIMARY KEY (organization_id, position)
);
