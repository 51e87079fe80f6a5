-- Proof that a transaction was committed which tells no event. Whoever got no answer to its COMMIT
-- looks for the row. The number of a transaction proves nothing: after a crash, Postgres gives the
-- numbers of lost transactions to others.
CREATE TABLE witness (
  organization_id uuid NOT NULL,
  id uuid NOT NULL,
  create_time timestamptz NOT NULL,
  CONSTRAINT witness_pkey PRIMARY KEY (organization_id, id)
);
