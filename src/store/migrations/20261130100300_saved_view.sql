-- Lists of activities that are kept under a name, by a seller or for everybody.
CREATE TABLE saved_view (
  organization_id uuid NOT NULL,
  id uuid NOT NULL,
  view_id text COLLATE "C" NOT NULL,
  -- Null: everybody's.
  owner_id uuid,
  -- The domain's Content.
  content jsonb NOT NULL,
  version bigint NOT NULL,
  create_time timestamptz NOT NULL,
  update_time timestamptz NOT NULL,
  CONSTRAINT saved_view_pkey PRIMARY KEY (organization_id, id),
  CONSTRAINT saved_view_view_id_key UNIQUE (organization_id, view_id)
);
