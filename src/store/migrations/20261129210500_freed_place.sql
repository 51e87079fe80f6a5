-- Append-only. The transaction in which a seller with a maximum loses an active record writes the
-- row. The transaction that lets the waiting members have the place deletes it.
CREATE TABLE freed_place (
  organization_id uuid NOT NULL,
  id uuid NOT NULL,
  seller_id uuid NOT NULL,
  CONSTRAINT freed_place_pkey PRIMARY KEY (organization_id, id)
);
