-- Where events are sent as they are published, and how far that went. Secrets are kept as they are,
-- because they sign.
CREATE TABLE webhook (
  organization_id uuid NOT NULL,
  id uuid NOT NULL,
  webhook_id text COLLATE "C" NOT NULL,
  url text NOT NULL,
  -- Of the domain's HistoryKind. Empty: all.
  kinds smallint[] NOT NULL,
  disabled boolean NOT NULL,
  secret text NOT NULL,
  -- The secret before, which signs, too, until then.
  old_secret text,
  old_secret_expire_time timestamptz,
  -- The last event that has arrived, was given up or isn't wanted.
  position bigint NOT NULL CONSTRAINT webhook_position_check CHECK (position >= 0),
  -- Failed attempts for the next event.
  attempts integer NOT NULL CONSTRAINT webhook_attempts_check CHECK (attempts >= 0),
  last_error text NOT NULL,
  next_attempt_time timestamptz,
  -- The server that is sending has this lease.
  lease_id uuid,
  lease_expire_time timestamptz,
  version bigint NOT NULL,
  create_time timestamptz NOT NULL,
  update_time timestamptz NOT NULL,
  CONSTRAINT webhook_pkey PRIMARY KEY (organization_id, id),
  CONSTRAINT webhook_webhook_id_key UNIQUE (organization_id, webhook_id),
  CONSTRAINT webhook_lease_check CHECK ((lease_id IS NULL) = (lease_expire_time IS NULL)),
  CONSTRAINT webhook_old_secret_check
    CHECK ((old_secret IS NULL) = (old_secret_expire_time IS NULL))
);
