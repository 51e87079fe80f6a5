-- The secret with which an organization signs the links by which people unsubscribe.
CREATE TABLE email_key (
  organization_id uuid NOT NULL,
  key bytea NOT NULL,
  CONSTRAINT email_key_pkey PRIMARY KEY (organization_id)
);
