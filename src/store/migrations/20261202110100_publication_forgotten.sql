-- The last position whose event is no longer kept: whoever would read it is told.
ALTER TABLE publication ADD COLUMN forgotten bigint NOT NULL DEFAULT 0
  CONSTRAINT publication_forgotten_check CHECK (forgotten >= 0 AND forgotten <= head);
