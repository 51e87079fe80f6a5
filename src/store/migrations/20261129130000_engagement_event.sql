-- What the persons of records, and sellers, did outside of upnext. Append-only, and erased with its
-- record.
CREATE TABLE engagement_event (
  organization_id uuid NOT NULL,
  -- The id that the sender gave it.
  event_id text COLLATE "C" NOT NULL,
  -- The hash of what was sent.
  fingerprint bytea NOT NULL,
  record_id uuid NOT NULL,
  -- The activity that the sender named. Null if it named none.
  activity_id uuid,
  -- The domain's EngagementKind.
  kind smallint NOT NULL,
  -- When it happened.
  event_time timestamptz NOT NULL,
  -- True if a program did it, so that it doesn't count.
  by_machine boolean NOT NULL,
  -- The outcome of a call. Null otherwise.
  outcome text,
  -- When a person who is away returns. Null otherwise, or if it isn't known.
  return_time timestamptz,
  ingest_time timestamptz NOT NULL,
  CONSTRAINT engagement_event_pkey PRIMARY KEY (organization_id, event_id)
);
