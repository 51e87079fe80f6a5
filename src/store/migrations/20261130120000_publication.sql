-- The organizations that publish their events, or did. Publishing takes place under this row's lock,
-- so the order of positions is the order in which they become visible.
CREATE TABLE publication (
  organization_id uuid NOT NULL,
  -- Whether writes leave their events in unpublished_event.
  active boolean NOT NULL,
  -- The last position that was given.
  head bigint NOT NULL CONSTRAINT publication_head_check CHECK (head >= 0),
  CONSTRAINT publication_pkey PRIMARY KEY (organization_id)
);
