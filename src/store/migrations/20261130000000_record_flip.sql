-- The next instant at which a condition may change its answer about a record although nothing but
-- the time has changed. At that instant the record is routed again.
CREATE TABLE record_flip (
  organization_id uuid NOT NULL,
  record_id uuid NOT NULL,
  due_at timestamptz NOT NULL,
  CONSTRAINT record_flip_pkey PRIMARY KEY (organization_id, record_id)
);
