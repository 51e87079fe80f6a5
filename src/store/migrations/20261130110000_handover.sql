-- What an operation took from a seller, so that it can be handed back: a record, or one of its open
-- activities. A row goes when that is handed back, or when the record is deleted.
CREATE TABLE handover (
  organization_id uuid NOT NULL,
  operation_id uuid NOT NULL,
  record_id uuid NOT NULL,
  -- The nil UUID: the record itself.
  activity_id uuid NOT NULL,
  -- Who owns the record since, or in whose queue the activity is since. Null: nobody owns it.
  holder_id uuid,
  CONSTRAINT handover_pkey PRIMARY KEY (organization_id, operation_id, record_id, activity_id)
);
