-- Events that are committed, or about to be, and have no position yet. A write leaves them here in
-- the statement that writes them to history.
CREATE TABLE unpublished_event (
  organization_id uuid NOT NULL,
  id uuid NOT NULL,
  subject_id uuid NOT NULL,
  at timestamptz NOT NULL,
  -- The domain's HistoryKind.
  kind smallint NOT NULL,
  CONSTRAINT unpublished_event_pkey PRIMARY KEY (organization_id, id)
);
