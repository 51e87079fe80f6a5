-- Changes of records to which others may refer. Routing appends a change of each record that refers
-- to one and whose conditions read what changed, a chunk at a time.
CREATE TABLE related_change (
  organization_id uuid NOT NULL,
  id uuid NOT NULL,
  -- The record may have been deleted since.
  record_type_id uuid NOT NULL,
  record_id text COLLATE "C" NOT NULL,
  -- What has another value than before.
  attributes text[] NOT NULL,
  -- The last record for which a change was appended. NULL before the first chunk.
  cursor_record_id uuid,
  CONSTRAINT related_change_pkey PRIMARY KEY (organization_id, id)
);
