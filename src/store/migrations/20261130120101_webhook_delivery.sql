-- Events that a webhook gave up.
CREATE TABLE webhook_delivery (
  organization_id uuid NOT NULL,
  id uuid NOT NULL,
  -- The webhook's key.
  webhook_id uuid NOT NULL,
  position bigint NOT NULL,
  attempts integer NOT NULL CONSTRAINT webhook_delivery_attempts_check CHECK (attempts > 0),
  last_error text NOT NULL,
  create_time timestamptz NOT NULL,
  -- Somebody asked for another attempt.
  retry_time timestamptz,
  CONSTRAINT webhook_delivery_pkey PRIMARY KEY (organization_id, id)
);
